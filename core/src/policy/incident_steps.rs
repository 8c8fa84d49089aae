//! Who takes an incident a step on, and in which order.
//!
//! An incident is closed only when the effect of what was done is measured: closing without is how
//! the same thing happens again.

use super::rights::{Right, may};
use crate::fact::IncidentState;
use crate::team::Role;

/// Why a step is not to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepRefusal {
    /// The role doesn't.
    #[error("the role does not take this step")]
    Role,
    /// Another step comes first.
    #[error("another step comes first")]
    Order,
}

/// Whether a step comes next. When what was done had no effect, something else is done.
pub fn comes_next(now: &IncidentState, step: &IncidentState) -> bool {
    use IncidentState::{Acted, Assessed, Closed, Measured, Reported};
    matches!(
        (now, step),
        (Reported, Assessed)
            | (Assessed, Acted)
            | (Acted, Measured)
            | (Measured, Acted)
            | (Measured, Closed)
    )
}

/// Where an incident stands after these steps, in the order in which they were written. Two tablets
/// may take the same step at once; one that does not come next changes nothing.
pub fn state_after<'a>(steps: impl IntoIterator<Item = &'a IncidentState>) -> IncidentState {
    steps.into_iter().fold(IncidentState::Reported, |now, step| {
        if comes_next(&now, step) { step.clone() } else { now }
    })
}

/// Whether a role takes a step from where the incident stands.
pub fn may_step(role: &Role, now: &IncidentState, step: &IncidentState) -> Result<(), StepRefusal> {
    let has_right = may(&Right::StepIncident(step.clone()), role, false);
    match (has_right, comes_next(now, step)) {
        (false, _) => Err(StepRefusal::Role),
        (true, false) => Err(StepRefusal::Order),
        (true, true) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use IncidentState::{Acted, Assessed, Closed, Measured, Reported};

    use super::*;

    #[test]
    fn steps_come_in_their_order_and_closing_needs_a_measured_effect() {
        let next = [
            (Reported, Assessed),
            (Assessed, Acted),
            (Acted, Measured),
            (Measured, Acted),
            (Measured, Closed),
        ];
        for now in IncidentState::ALL {
            for step in IncidentState::ALL {
                let is_next = next.contains(&(now.clone(), step.clone()));
                assert_eq!(comes_next(now, step), is_next, "{now} {step}");
                assert_eq!(may_step(&Role::TeamLead, now, step).is_ok(), is_next);
                let nurse = is_next && *step != Closed;
                assert_eq!(may_step(&Role::Nurse, now, step).is_ok(), nurse);
                for role in [Role::Helper, Role::Therapist, Role::Planner, "newer".into()] {
                    assert_eq!(may_step(&role, now, step), Err(StepRefusal::Role), "{role}");
                }
            }
        }
        assert_eq!(may_step(&Role::TeamLead, &Acted, &Closed), Err(StepRefusal::Order));
    }

    #[test]
    fn two_tablets_that_step_at_once_do_not_skip_a_step() {
        assert_eq!(state_after([]), Reported);
        assert_eq!(state_after(&[Assessed, Assessed, Acted]), Acted);
        assert_eq!(state_after(&[Assessed, Closed]), Assessed);
        let again = [Assessed, Acted, Measured, Acted, Measured, Closed, Assessed];
        assert_eq!(state_after(&again), Closed);
    }
}
