//! Debug builds only: `cargo xtask run` opens the app on today's list as one of the demo workers,
//! enrolled and unlocked by the ordinary ways with what these variables hold.

use std::env::var;

use kjent_core::problem::Problem;
use kjent_core::view::SessionView;

use crate::session::Session;

/// Enrols with `KJENT_SERVER`, `KJENT_DEMO_CODE` and `KJENT_DEMO_PIN` when not enrolled, unlocks
/// with the PIN when locked; does nothing without a PIN.
pub async fn prepare(session: &Session) -> Result<(), Problem> {
    let Ok(pin) = var("KJENT_DEMO_PIN") else { return Ok(()) };
    match (session.view()?, var("KJENT_SERVER"), var("KJENT_DEMO_CODE")) {
        (SessionView::NotEnrolled, Ok(server), Ok(code)) => {
            session.enrol(&server, &code, &pin).await
        }
        (SessionView::Locked { .. }, _, _) => session.unlock(&pin),
        _ => Ok(()),
    }
}
