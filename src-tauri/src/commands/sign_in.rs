//! Signing in at the municipality's identity provider.

use kjent_core::command::{CancelSignIn, ReadWaysIn, SignIn, SignInAgain};
use tauri::{State, command};

use super::Answer;
use crate::browser::Browser;
use crate::session::Session;

#[command]
pub async fn read_ways_in(session: State<'_, Session>, request: ReadWaysIn) -> Answer<ReadWaysIn> {
    let ReadWaysIn {} = request;
    session.ways_in().await
}

#[command]
pub async fn sign_in(
    session: State<'_, Session>,
    browser: State<'_, Browser>,
    request: SignIn,
) -> Answer<SignIn> {
    session.sign_in(&browser, request).await?;
    session.view()
}

#[command]
pub async fn sign_in_again(
    session: State<'_, Session>,
    browser: State<'_, Browser>,
    request: SignInAgain,
) -> Answer<SignInAgain> {
    session.sign_in_again(&browser, request).await?;
    session.view()
}

#[command]
pub fn cancel_sign_in(browser: State<'_, Browser>, request: CancelSignIn) -> Answer<CancelSignIn> {
    let CancelSignIn {} = request;
    browser.give_up();
    Ok(())
}
