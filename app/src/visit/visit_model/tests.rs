//! Taps on a draft, as cases.

use super::*;

fn intervention(number: u8) -> InterventionId {
    InterventionId::from_bytes(&[number; 16]).unwrap_or_else(|| unreachable!())
}

fn goal() -> GoalId {
    GoalId::from_bytes(&[9; 16]).unwrap_or_else(|| unreachable!())
}

fn plan() -> Vec<VisitInterventionView> {
    (1..=3)
        .map(|number| VisitInterventionView {
            intervention: intervention(number),
            title: "Morgenstell".into(),
            how: None,
            why: None,
            goal: None,
            asks_for: None,
        })
        .collect()
}

#[test]
fn an_answer_is_set_replaced_and_taken_away() {
    let mut draft = VisitDraft::default();
    toggle_answer(&mut draft, intervention(1), Answer::Done);
    assert_eq!(answer(&draft, intervention(1)), Some(Answer::Done));
    let declined = Answer::NotDone(NotDoneReason::Declined);
    toggle_answer(&mut draft, intervention(1), declined.clone());
    assert_eq!(answer(&draft, intervention(1)), Some(declined.clone()));
    assert_eq!(draft.outcomes.len(), 1);
    toggle_answer(&mut draft, intervention(1), declined);
    assert_eq!(answer(&draft, intervention(1)), None);
}

#[test]
fn all_done_answers_the_rest_and_keeps_what_was_said() {
    let mut draft = VisitDraft::default();
    let declined = Answer::NotDone(NotDoneReason::Declined);
    toggle_answer(&mut draft, intervention(2), declined.clone());
    assert_eq!(unanswered(&draft, &plan()), [intervention(1), intervention(3)]);
    all_done(&mut draft, &plan());
    assert!(unanswered(&draft, &plan()).is_empty());
    assert_eq!(answer(&draft, intervention(1)), Some(Answer::Done));
    assert_eq!(answer(&draft, intervention(2)), Some(declined));
}

#[test]
fn progress_is_the_clients_word_until_somebody_else_says_it() {
    let mut draft = VisitDraft::default();
    set_source(&mut draft, goal(), ProgressSource::Worker);
    assert_eq!(progress(&draft, goal()), None);
    set_direction(&mut draft, goal(), Direction::Closer);
    assert_eq!(progress(&draft, goal()).map(|it| it.source.clone()), Some(ProgressSource::Client));
    set_source(&mut draft, goal(), ProgressSource::Worker);
    set_direction(&mut draft, goal(), Direction::Same);
    let noted = progress(&draft, goal()).map(|it| (it.source.clone(), it.direction.clone()));
    assert_eq!(noted, Some((ProgressSource::Worker, Direction::Same)));
    clear_progress(&mut draft, goal());
    assert_eq!(draft.progress, []);
}

#[test]
fn what_is_signed_has_no_loose_spaces() {
    let mut draft = VisitDraft::default();
    draft.note.observation = "  Rolig.\n".into();
    draft.note.judgement = " \n ".into();
    let signed = to_sign(&draft);
    assert_eq!(signed.note.observation, "Rolig.");
    assert_eq!(signed.note.judgement, "");
}

#[test]
fn all_done_is_taken_back_except_what_was_said_since() {
    let mut draft = VisitDraft::default();
    toggle_answer(&mut draft, intervention(2), Answer::Done);
    let before = draft.clone();
    let open = unanswered(&draft, &plan());
    all_done(&mut draft, &plan());
    let mut other = draft.clone();
    undo_done(&mut draft, &open);
    assert_eq!(draft, before);

    let declined = Answer::NotDone(NotDoneReason::Declined);
    toggle_answer(&mut other, intervention(3), declined.clone());
    undo_done(&mut other, &open);
    assert_eq!(answer(&other, intervention(1)), None);
    assert_eq!(answer(&other, intervention(3)), Some(declined));
}

#[test]
fn what_was_done_otherwise_was_done_and_empty_words_are_none() {
    let mut draft = VisitDraft::default();
    adjust(&mut draft, intervention(1), |it| it.reason = "Vondt i kneet".into());
    adjust(&mut draft, intervention(1), |it| it.instead = "Sittende".into());
    assert_eq!(answer(&draft, intervention(1)), Some(Answer::Done));
    let written = adjustment(&draft, intervention(1)).cloned();
    assert_eq!(
        written.map(|it| (it.instead, it.reason)),
        Some(("Sittende".into(), "Vondt i kneet".into()))
    );
    adjust(&mut draft, intervention(1), |it| it.reason = " ".into());
    adjust(&mut draft, intervention(1), |it| it.instead = String::new());
    assert_eq!(draft.adjustments, []);
    let declined = Answer::NotDone(NotDoneReason::Declined);
    toggle_answer(&mut draft, intervention(2), declined.clone());
    adjust(&mut draft, intervention(2), |it| it.reason = "Ville ikke".into());
    assert_eq!(answer(&draft, intervention(2)), Some(declined));
}
