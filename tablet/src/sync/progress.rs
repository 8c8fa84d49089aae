//! How far the sync has come that the worker asked for, step by step.

use kjent_core::view::{Step, StepState, StepView};

/// A sync's progress. Only one that was asked for has any: those in the background would have the
/// steps come and go on the screen without a reason that a worker could see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// How much waited when it began.
    pub to_send: usize,
    /// How much of it has been answered.
    pub sent: usize,
    /// How many changes have come.
    pub fetched: usize,
    /// Whether the server has answered.
    pub answered: bool,
    /// How it ended, when it has.
    pub end: Option<End>,
}

/// How a sync ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Both sides have the same.
    Equal,
    /// Something is left to send or to fetch.
    Unequal,
    /// It broke off.
    Failed,
}

impl Progress {
    /// The steps so far, in their order.
    pub fn steps(&self) -> Vec<StepView> {
        let under_way = match self.end {
            None => StepState::UnderWay,
            Some(End::Failed) => StepState::Failed,
            Some(End::Equal | End::Unequal) => StepState::Done,
        };
        let step = |step, state| StepView { step, state };
        if !self.answered {
            return vec![step(Step::Connecting, under_way)];
        }
        let mut steps = vec![step(Step::Connecting, StepState::Done)];
        if self.to_send > 0 {
            let state = if self.sent >= self.to_send {
                StepState::Done
            } else if self.end.is_some() {
                StepState::Failed
            } else {
                StepState::UnderWay
            };
            steps.push(step(Step::Sending { sent: self.sent, of: self.to_send }, state));
        }
        steps.push(step(Step::Fetching { fetched: self.fetched }, under_way));
        match self.end {
            Some(End::Equal) => steps.push(step(Step::Comparing, StepState::Done)),
            Some(End::Unequal) => steps.push(step(Step::Comparing, StepState::Failed)),
            Some(End::Failed) | None => {}
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_told_as_it_happens_and_how_it_ended() {
        use StepState::{Done, Failed, UnderWay};
        let connecting = |state| StepView { step: Step::Connecting, state };
        let sending = |sent, state| StepView { step: Step::Sending { sent, of: 12 }, state };
        let fetching = |fetched, state| StepView { step: Step::Fetching { fetched }, state };
        let comparing = |state| StepView { step: Step::Comparing, state };

        let mut progress = Progress { to_send: 12, ..Progress::default() };
        assert_eq!(progress.steps(), [connecting(UnderWay)]);
        let broken = Progress { end: Some(End::Failed), ..progress.clone() };
        assert_eq!(broken.steps(), [connecting(Failed)]);

        progress = Progress { sent: 3, answered: true, fetched: 5, ..progress };
        let so_far = [connecting(Done), sending(3, UnderWay), fetching(5, UnderWay)];
        assert_eq!(progress.steps(), so_far);
        let broken = Progress { end: Some(End::Failed), ..progress.clone() };
        assert_eq!(broken.steps(), [connecting(Done), sending(3, Failed), fetching(5, Failed)]);

        progress = Progress { sent: 12, fetched: 40, end: Some(End::Equal), ..progress };
        let all = [connecting(Done), sending(12, Done), fetching(40, Done), comparing(Done)];
        assert_eq!(progress.steps(), all);
        progress = Progress { to_send: 0, sent: 0, end: Some(End::Unequal), ..progress };
        assert_eq!(progress.steps(), [connecting(Done), fetching(40, Done), comparing(Failed)]);
    }
}
