//! Signing in at the municipality's identity provider: the button, and the wait for the browser.

mod sign_in_button;

pub use sign_in_button::SignInButton;
