//! «Hva er viktig for deg?»: the question, the client's words, the worker's judgement, the goal.

mod answer_part;
mod conversation_form;
mod conversation_model;
mod conversation_screen;
mod goal_part;
mod prompts;

pub use conversation_screen::ConversationScreen;
