//! The way in through an identity provider: a real server, a certified provider, and a scripted
//! browser between them. What a certified provider never does, a forger in front of it does.

mod forger;
mod world;

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, ensure};
use kjent_core::problem::Problem;
use kjent_core::protocol::{FinishSignInRequest, PROTOCOL};
use kjent_core::view::{SyncState, VisitState};
use kjent_server::oidc::OidcSettings;
use kjent_tablet::{Clock, Tablet};
use kjent_tests::day::{ANNE, SARA};
use kjent_tests::faults::acts;
use kjent_tests::oidc::{Browser, Provider, Visitor};
use kjent_tests::tablet::PIN;
use serde_json::{Value, json};

use forger::{Forger, Signed};
use world::{World, parameter};

const CLIENT: &str = "kjent";
const NEW_PIN: &str = "739164";

fn refused<T>(code: &str) -> Result<T, String> {
    Err(code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_signs_in_with_the_browser_and_syncs() -> Result<()> {
    let provider = Provider::start()?;
    let world = World::with(Some(OidcSettings::new(&provider.issuer(), CLIENT)?)).await?;
    let known = world.device(1).await?;
    let ways = world.ways_in(&known).await?;
    ensure!(ways.password && ways.provider, "{ways:?}");
    let tablet = world.join(&known, &mut Browser::new()?, ANNE).await?;
    ensure!(world.sync(&tablet).await.is_ok());
    let open = lock(&tablet);
    let view = open.read_sync()?;
    ensure!(matches!(view.state, SyncState::UpToDate { .. }), "{view:?}");
    ensure!(!open.read_today()?.visits.is_empty());
    drop(open);
    drop(tablet);
    // From now on the PIN opens it, without a network and without the provider.
    drop(provider);
    Tablet::open(known.folder.path(), PIN, world.clock.environment(2))?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_address_is_random_and_about_nobody() -> Result<()> {
    let provider = Provider::start()?;
    let world = World::with(Some(OidcSettings::new(&provider.issuer(), CLIENT)?)).await?;
    let known = world.device(1).await?;
    let first = world.begin(&known).await?;
    let second = world.begin(&known).await?;
    for random in ["state", "nonce", "code_challenge"] {
        let (one, other) = (parameter(first.url(), random)?, parameter(second.url(), random)?);
        ensure!(one.len() >= 43 && one != other, "{random}");
    }
    let names: Vec<_> = reqwest::Url::parse(first.url())?
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    let mut names: Vec<_> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    let expected = [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    ];
    ensure!(names == expected, "{names:?}");
    ensure!(parameter(first.url(), "code_challenge_method")? == "S256");
    ensure!(parameter(first.url(), "redirect_uri")? == "kjent://signed-in");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confidential_client_needs_its_secret() -> Result<()> {
    let provider = Provider::start_with(&json!({ "secret": "between us" }))?;
    let settings = OidcSettings::new(&provider.issuer(), CLIENT)?;
    for (secret, code) in [("between us", None), ("another", Some("sign_in_not_confirmed"))] {
        let settings = settings.clone().with_secret(Some(secret.to_owned()));
        let world = World::with(Some(settings)).await?;
        let known = world.device(1).await?;
        let outcome = world.sign_in(&known, &mut Browser::new()?, ANNE, None).await?;
        ensure!(outcome.as_ref().err().map(String::as_str) == code, "{outcome:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_worker_gets_in_and_only_in_ways_that_are_open() -> Result<()> {
    let provider = Provider::start()?;
    let settings = OidcSettings::new(&provider.issuer(), CLIENT)?;
    let world = World::with_settings(|all| {
        all.oidc = Some(settings.clone());
        all.password_log_in = false;
    })
    .await?;
    let known = world.device(1).await?;
    ensure!(!world.ways_in(&known).await?.password);
    let stranger = world.sign_in(&known, &mut Browser::new()?, "9999", None).await?;
    ensure!(stranger == refused("not_a_worker"), "{stranger:?}");
    // Where the provider calls a worker by another name than the number, the office says which.
    world.tie("9999", SARA)?;
    let sara = world.sign_in(&known, &mut Browser::new()?, "9999", None).await?;
    ensure!(
        sara.is_ok_and(|sara| sara.teams.iter().any(|team| team.member(sara.worker).is_some()))
    );
    // A profile is renewed by its own worker, on its own device.
    let anne = world.sign_in(&known, &mut Browser::new()?, ANNE, None).await?;
    let Ok(anne) = anne else { anyhow::bail!("{anne:?}") };
    let sara = world.sign_in(&known, &mut Browser::new()?, SARA, Some(anne.tablet)).await?;
    ensure!(sara == refused("profile_not_yours"), "{sara:?}");
    let other = world.device(2).await?;
    let there = world.sign_in(&other, &mut Browser::new()?, ANNE, Some(anne.tablet)).await?;
    ensure!(there == refused("profile_not_yours"), "{there:?}");
    let again = world.sign_in(&known, &mut Browser::new()?, ANNE, Some(anne.tablet)).await?;
    ensure!(again.is_ok_and(|again| again.tablet == anne.tablet && again.token != anne.token));

    let closed = World::with(None).await?;
    let known = closed.device(1).await?;
    ensure!(!closed.ways_in(&known).await?.provider);
    let outcome = closed.sign_in(&known, &mut Browser::new()?, ANNE, None).await?;
    ensure!(outcome == refused("way_in_closed"), "{outcome:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_good_once_on_its_own_device_for_ten_minutes() -> Result<()> {
    let provider = Provider::start()?;
    let world = World::with(Some(OidcSettings::new(&provider.issuer(), CLIENT)?)).await?;
    let (mine, theirs) = (world.device(1).await?, world.device(2).await?);
    let mut browser = Browser::new()?;
    let begin = async || world.begin(&mine).await;
    let finish = async |caller, state: &str, code: &str| {
        let (state, code) = (state.to_owned(), code.to_owned());
        let request = FinishSignInRequest { protocol: PROTOCOL, state, code, profile: None };
        let finished = world.client.finish_sign_in(&caller, &request).await;
        finished.map(|_| ()).map_err(|error| Problem::from(&error).code)
    };
    let (unknown, not_confirmed) = (refused("sign_in_unknown"), refused("sign_in_not_confirmed"));

    let first = begin().await?;
    let link = browser.sign_in(first.url(), ANNE).await?;
    let (state, code) = (parameter(&link, "state")?, parameter(&link, "code")?);
    // Another device can neither use it nor spoil it.
    ensure!(finish(theirs.caller(), &state, &code).await == unknown);
    ensure!(finish(mine.caller(), "made up", &code).await == unknown);
    ensure!(finish(mine.caller(), &state, &code).await == Ok(()));
    // The same state again, and the same code under a fresh state.
    ensure!(finish(mine.caller(), &state, &code).await == unknown);
    let second = begin().await?;
    let fresh = parameter(second.url(), "state")?;
    ensure!(finish(mine.caller(), &fresh, &code).await == not_confirmed);
    // A failed try spends the state too.
    ensure!(finish(mine.caller(), &fresh, &code).await == unknown);

    // The code of one sign-in with the state of another: PKCE's verifier is the wrong one.
    let (one, other) = (begin().await?, begin().await?);
    let link = browser.sign_in(one.url(), ANNE).await?;
    let state = parameter(other.url(), "state")?;
    ensure!(finish(mine.caller(), &state, &parameter(&link, "code")?).await == not_confirmed);

    // A link of another sign-in is refused on the tablet, and nothing is asked.
    let waiting = begin().await?;
    let outcome = waiting.finish(&world.client, &link, None).await;
    ensure!(outcome.is_err_and(|error| Problem::from(&error).code == "sign_in_unknown"));
    // Whoever changes their mind in the browser isn't told that something is broken.
    let left = begin().await?;
    // The other browser is signed in already, and isn't asked any more.
    let link = Browser::new()?.open(left.url(), Visitor::Cancels).await?;
    let outcome = left.finish(&world.client, &link, None).await;
    ensure!(outcome.is_err_and(|error| Problem::from(&error).code == "sign_in_cancelled"));

    let slow = begin().await?;
    let link = browser.sign_in(slow.url(), ANNE).await?;
    world.clock.pass_minutes(10);
    let outcome = slow.finish(&world.client, &link, None).await;
    ensure!(outcome.is_err_and(|error| Problem::from(&error).code == "sign_in_unknown"));
    Ok(())
}

/// What a forger made of a token, and whether it is taken all the same.
type Forgery = (&'static str, Signed, Box<dyn Fn(&mut Value) + Send + Sync>, bool);

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_as_it_must_be_is_refused() -> Result<()> {
    const SECRET: &str = "between us";
    let forger = Forger::start().await?;
    let provider = Provider::start_with(&json!({ "issuer": forger.issuer, "secret": SECRET }))?;
    forger.put_before(provider.issuer());
    let settings = OidcSettings::new(&forger.issuer, CLIENT)?.with_secret(Some(SECRET.to_owned()));
    let world = World::with(Some(settings)).await?;
    let known = world.device(1).await?;
    let mut browser = Browser::new()?;
    let seconds = world.clock.now().millis() / 1000;
    let set = |name: &'static str, value: Value| -> Box<dyn Fn(&mut Value) + Send + Sync> {
        Box::new(move |claims: &mut Value| claims[name] = value.clone())
    };
    let same = || set("locale", json!("nb"));
    let without = |name: &'static str| -> Box<dyn Fn(&mut Value) + Send + Sync> {
        Box::new(move |claims: &mut Value| {
            claims.as_object_mut().map(|claims| claims.remove(name));
        })
    };
    let secret = || Signed::WithSecret(SECRET.to_owned());
    let cases: Vec<Forgery> = vec![
        ("as it should be", Signed::Well, same(), true),
        ("for another client", Signed::Well, set("aud", json!("other")), false),
        ("for another client too", Signed::Well, set("aud", json!([CLIENT, "other"])), false),
        ("given to another client", Signed::Well, set("azp", json!("other")), false),
        ("of another issuer", Signed::Well, set("iss", json!("http://127.0.0.1:9")), false),
        ("of another sign-in", Signed::Well, set("nonce", json!("another")), false),
        ("of no sign-in", Signed::Well, without("nonce"), false),
        ("over, within the skew", Signed::Well, set("exp", json!(seconds - 110)), true),
        ("over", Signed::Well, set("exp", json!(seconds - 125)), false),
        ("of soon, within the skew", Signed::Well, set("iat", json!(seconds + 110)), true),
        ("of later", Signed::Well, set("iat", json!(seconds + 125)), false),
        ("about nobody", Signed::Well, without("employee_number"), false),
        ("about an empty name", Signed::Well, set("employee_number", json!(" ")), false),
        ("about a number", Signed::Well, set("employee_number", json!(1001)), true),
        ("not signed", Signed::NotAtAll, same(), false),
        ("signed with the shared secret", secret(), same(), false),
        ("signed with another key", Signed::ByAnother, same(), false),
        ("signed with no key that is known", Signed::ByNobody, same(), false),
    ];
    for (what, signed, change, is_taken) in cases {
        forger.forge(signed, change);
        let outcome = world.sign_in(&known, &mut browser, ANNE, None).await?;
        let code = (!is_taken).then_some("sign_in_not_confirmed");
        ensure!(outcome.as_ref().err().map(String::as_str) == code, "{what}: {outcome:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_is_fetched_once_and_made_up_ones_cost_one_request_a_minute() -> Result<()> {
    // The provider gets another key, as it does now and then, while the server knows the old one.
    let provider = Provider::start()?;
    let (issuer, port) = (provider.issuer(), provider.port);
    let world = World::with(Some(OidcSettings::new(&issuer, CLIENT)?)).await?;
    let known = world.device(1).await?;
    ensure!(world.sign_in(&known, &mut Browser::new()?, ANNE, None).await?.is_ok());
    drop(provider);
    let provider = Provider::start_with(&json!({ "port": port, "key": "second" }))?;
    let outcome = world.sign_in(&known, &mut Browser::new()?, ANNE, None).await?;
    ensure!(outcome.is_ok(), "{outcome:?}");
    drop(provider);

    let forger = Forger::start().await?;
    let provider = Provider::start_with(&json!({ "issuer": forger.issuer }))?;
    forger.put_before(provider.issuer());
    let world = World::with(Some(OidcSettings::new(&forger.issuer, CLIENT)?)).await?;
    let known = world.device(1).await?;
    let mut browser = Browser::new()?;
    forger.forge(Signed::ByNobody, |_| {});
    for (minutes, keys) in [(0, 2), (0, 2), (1, 3), (0, 3)] {
        world.clock.pass_minutes(minutes);
        let outcome = world.sign_in(&known, &mut browser, ANNE, None).await?;
        ensure!(outcome == refused("sign_in_not_confirmed"), "{outcome:?}");
        ensure!(forger.keys_given() == keys, "{} after {minutes}", forger.keys_given());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_or_another_is_told_in_words() -> Result<()> {
    let provider = Provider::start()?;
    let (issuer, port) = (provider.issuer(), provider.port);
    let world = World::with(Some(OidcSettings::new(&issuer, CLIENT)?)).await?;
    let known = world.device(1).await?;
    let begun = world.begin(&known).await?;
    let link = Browser::new()?.sign_in(begun.url(), ANNE).await?;
    drop(provider);
    let outcome = begun.finish(&world.client, &link, None).await;
    ensure!(outcome.is_err_and(|error| Problem::from(&error).code == "provider_unreachable"));
    // A server that begins now doesn't get to know the provider at all.
    let fresh = World::with(Some(OidcSettings::new(&issuer, CLIENT)?)).await?;
    let known = fresh.device(1).await?;
    let begin = async || fresh.sign_in(&known, &mut Browser::new()?, ANNE, None).await;
    let outcome = begin().await?;
    ensure!(outcome == refused("provider_unreachable"), "{outcome:?}");
    // Nor does it take another that answers there.
    let options = json!({ "port": port, "issuer": "http://127.0.0.1:9" });
    let another = Provider::start_with(&options)?;
    let outcome = begin().await?;
    ensure!(outcome == refused("provider_unreachable"), "{outcome:?}");
    drop(another);
    // And once it is back, it is found.
    let _provider = Provider::start_with(&json!({ "port": port }))?;
    let outcome = begin().await?;
    ensure!(outcome.is_ok(), "{outcome:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_its_account_and_the_work_is_kept() -> Result<()> {
    let mut provider = Provider::start()?;
    let port = provider.port;
    let settings = OidcSettings::new(&provider.issuer(), CLIENT)?.following_accounts();
    let world = World::with(Some(settings)).await?;
    let known = world.device(1).await?;
    let mut browser = Browser::new()?;
    let tablet = world.join(&known, &mut browser, ANNE).await?;
    ensure!(world.sync(&tablet).await.is_ok());
    // Each time it is asked, the provider gives another token to ask with next.
    for _ in 0..3 {
        world.clock.pass_minutes(61);
        ensure!(world.sync(&tablet).await.is_ok());
    }

    provider.end_account(ANNE)?;
    // Within the hour nobody asks.
    ensure!(world.sync(&tablet).await.is_ok());
    world.clock.pass_minutes(61);
    let visits = lock(&tablet).read_today()?.visits;
    let planned = visits.into_iter().find(|card| card.state == VisitState::Planned);
    let visit = planned.context("every visit of the day is signed")?.visit;
    let before = world.changes()?;
    acts::sign(&mut lock(&tablet), visit, &acts::words(1))?;
    ensure!(world.sync(&tablet).await == refused("account_ended"));
    // What was written in good faith came through before the session ended.
    ensure!(world.changes()? > before);
    let then = world.changes()?;
    ensure!(world.sync(&tablet).await == refused("account_ended"));
    ensure!(world.changes()? == then);

    // With an account again, the worker signs in and goes on where they were.
    provider.begin_account(ANNE)?;
    drop(tablet);
    let begun = world.begin(&known).await?;
    let link = Browser::new()?.sign_in(begun.url(), ANNE).await?;
    let (folder, environment) = (known.folder.path(), known.environment.clone());
    let again = begun.open_again(&world.client, &link, folder, NEW_PIN, environment).await?;
    let tablet = Mutex::new(again);
    ensure!(world.sync(&tablet).await.is_ok());
    let view = lock(&tablet).read_sync()?;
    ensure!(matches!(view.state, SyncState::UpToDate { .. }), "{view:?}");

    // That the provider is down ends nobody's session; nor that it was.
    drop(provider);
    world.clock.pass_minutes(61);
    ensure!(world.sync(&tablet).await.is_ok());
    ensure!(world.sync(&tablet).await.is_ok());
    // A provider that has lost its memory knows no token any more: that is for the worker to mend.
    let _provider = Provider::start_with(&json!({ "port": port }))?;
    world.clock.pass_minutes(61);
    ensure!(world.sync(&tablet).await == refused("account_ended"));
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
