//! Opening by face or finger. The system's prompt is waited for where nobody else waits.

use kjent_core::command::{ReadBiometry, SwitchOffBiometry, SwitchOnBiometry, UnlockByBiometry};
use kjent_core::problem::Problem;
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, Manager, State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_biometry(session: State<'_, Session>, request: ReadBiometry) -> Answer<ReadBiometry> {
    let ReadBiometry {} = request;
    session.biometry()
}

#[command]
pub async fn switch_on_biometry(
    app: AppHandle,
    request: SwitchOnBiometry,
) -> Answer<SwitchOnBiometry> {
    let SwitchOnBiometry { pin, words } = request;
    apart(app, move |session| {
        session.switch_on_biometry(pin.reveal(), &words)?;
        session.biometry()
    })
    .await
}

#[command(async)]
pub fn switch_off_biometry(
    session: State<'_, Session>,
    request: SwitchOffBiometry,
) -> Answer<SwitchOffBiometry> {
    let SwitchOffBiometry {} = request;
    session.switch_off_biometry()?;
    session.biometry()
}

#[command]
pub async fn unlock_by_biometry(
    app: AppHandle,
    request: UnlockByBiometry,
) -> Answer<UnlockByBiometry> {
    let UnlockByBiometry { profile, words } = request;
    apart(app, move |session| {
        session.unlock_by_biometry(&profile, &words)?;
        session.view()
    })
    .await
}

async fn apart<T: Send + 'static>(
    app: AppHandle,
    act: impl FnOnce(&Session) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let ended = spawn_blocking(move || act(&app.state::<Session>())).await;
    ended.unwrap_or_else(|_| Err(Problem::new("biometry_refused")))
}
