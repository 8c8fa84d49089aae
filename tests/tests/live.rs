//! A colleague's note arrives by itself: over the live stream, by asking where that is blocked, and
//! after the network was gone.

use std::future::IntoFuture;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::http::{StatusCode, header};
use kjent_core::command::VisitDraft;
use kjent_core::fact::Note;
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::sync::schedule::Pace;
use kjent_core::view::{EntryBody, StepState, SyncState, VisitState};
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::tablet::{HeadlessTablet, InSync};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// How long something may take before a test gives up; never a measure of speed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A pace at which nothing comes by asking while a test has patience.
fn live_only() -> Pace {
    let never = Duration::from_secs(3600);
    Pace { asking: never, live: never, ..Pace::default() }
}

/// The same, with a back-off that a test can wait for.
fn returning() -> Pace {
    Pace { longest_retry: Duration::from_secs(2), ..live_only() }
}

/// A pace at which it asks all the time.
fn asking() -> Pace {
    Pace { asking: Duration::from_millis(300), ..live_only() }
}

/// Both tablets filled, before either syncs by itself.
async fn two(day: &Day) -> anyhow::Result<(HeadlessTablet, HeadlessTablet)> {
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    Ok((anne, sara))
}

/// Signs a visit that nobody has begun, as the shell would have it: the tablet, then the sync.
fn sign(tablet: &HeadlessTablet, sync: &InSync, words: &str) -> anyhow::Result<ClientId> {
    let cards = tablet.open().read_today()?.visits;
    let card = cards.into_iter().find(|card| card.state == VisitState::Planned);
    let card = card.context("no visit is left")?;
    let note = Note { observation: words.into(), ..Note::default() };
    let draft = VisitDraft { note, ..VisitDraft::default() };
    let changes = tablet.open().finish_visit(card.visit, &draft)?;
    assert!(changes.sync);
    sync.handle.written();
    Ok(card.client)
}

fn has_note(tablet: &HeadlessTablet, client: ClientId, words: &str) -> anyhow::Result<bool> {
    let journal = tablet.open().read_journal(client, 60)?.entries;
    Ok(journal.iter().any(|entry| match &entry.body {
        EntryBody::Visit { note, .. } | EntryBody::Note { note } => note.observation == words,
        _ => false,
    }))
}

fn is_up_to_date(tablet: &HeadlessTablet) -> anyhow::Result<bool> {
    Ok(matches!(tablet.open().read_sync()?.state, SyncState::UpToDate { .. }))
}

/// Waits until the tablet says that it syncs by itself in an hour only: its stream is connected and
/// what it told of is fetched.
async fn settled(tablet: &HeadlessTablet, sync: &mut InSync) -> anyhow::Result<()> {
    let now = tablet.open().read_sync()?.last_contact.context("no contact yet")?;
    let settled = sync.until(|| {
        let view = tablet.open().read_sync()?;
        let is_far = view.next_try.is_some_and(|next| (next - now).num_minutes() > 30);
        Ok(is_far && tablet.network.live_tries() > 0)
    });
    timeout(PATIENCE, settled).await.context("not connected")?
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_note_is_on_the_colleagues_tablet_by_itself() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let (mut annes, mut saras) = (anne.keep_in_sync(live_only()), sara.keep_in_sync(live_only()));
    settled(&anne, &mut annes).await?;
    settled(&sara, &mut saras).await?;

    let mut delays = Vec::new();
    for words in ["Såret er tørt.", "Spiste en halv skive.", "Gikk til postkassen."] {
        let asked = sara.network.requests();
        let signed = Instant::now();
        let client = sign(&anne, &annes, words)?;
        timeout(PATIENCE, saras.until(|| has_note(&sara, client, words)))
            .await
            .context("the note did not come")??;
        delays.push(signed.elapsed());
        timeout(PATIENCE, annes.until(|| is_up_to_date(&anne))).await??;
        timeout(PATIENCE, saras.until(|| is_up_to_date(&sara))).await??;
        // One note is one request of Sara's, and her stream never broke.
        assert_eq!(sara.network.requests(), asked + 1);
        assert_eq!(sara.network.live_tries(), 1);
    }
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    writeln!(std::io::stdout(), "from signing to the colleague's tablet: {delays:?}")?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_stream_is_blocked_the_tablet_asks() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    sara.network.block_live();
    let (annes, mut saras) = (anne.keep_in_sync(live_only()), sara.keep_in_sync(asking()));
    let client = sign(&anne, &annes, "Såret er tørt.")?;
    let came = saras.until(|| has_note(&sara, client, "Såret er tørt."));
    timeout(PATIENCE, came).await.context("the note did not come")??;
    assert!(sara.network.live_tries() > 0);
    // A stream that can't be had is no reason to say that there is no network.
    timeout(PATIENCE, saras.until(|| is_up_to_date(&sara))).await??;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_returns_is_noticed_by_both() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let (mut annes, mut saras) = (anne.keep_in_sync(returning()), sara.keep_in_sync(returning()));
    settled(&anne, &mut annes).await?;
    settled(&sara, &mut saras).await?;

    anne.network.cut();
    sara.network.cut();
    let client = sign(&anne, &annes, "Såret er tørt.")?;
    let offline = annes.until(|| {
        let view = anne.open().read_sync()?;
        Ok(matches!(view.state, SyncState::Offline { .. }) && view.waiting.len() == 1)
    });
    timeout(PATIENCE, offline).await.context("it does not say that it is offline")??;
    assert!(!has_note(&sara, client, "Såret er tørt.")?);

    anne.network.restore();
    sara.network.restore();
    timeout(PATIENCE, annes.until(|| is_up_to_date(&anne))).await.context("Anne's")??;
    let came = saras.until(|| has_note(&sara, client, "Såret er tørt."));
    timeout(PATIENCE, came).await.context("Sara's")??;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_now_tells_its_steps_and_how_each_ended() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, _sara) = two(&day).await?;
    let annes = anne.keep_in_sync(live_only());
    annes.handle.sync_now().await;
    let states = |tablet: &HeadlessTablet| {
        let steps = tablet.open().read_sync()?.steps;
        anyhow::Ok(steps.into_iter().map(|step| step.state).collect::<Vec<_>>())
    };
    assert_eq!(states(&anne)?, [StepState::Done; 3]);

    anne.network.cut();
    sign(&anne, &annes, "Såret er tørt.")?;
    annes.handle.sync_now().await;
    assert_eq!(states(&anne)?, [StepState::Failed]);
    anne.network.restore();
    annes.handle.sync_now().await;
    // Perhaps it had been sent by itself by then, and there was nothing to send.
    let steps = states(&anne)?;
    assert!(steps.len() >= 3 && steps.iter().all(|step| *step == StepState::Done), "{steps:?}");
    assert!(is_up_to_date(&anne)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_proxy_that_speaks_only_in_headers_is_understood() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let busy = Problem::new("server_busy").with("seconds", 7);
    let cases = [
        (StatusCode::SERVICE_UNAVAILABLE, "7", busy.clone()),
        (StatusCode::TOO_MANY_REQUESTS, "7", busy),
        (StatusCode::SERVICE_UNAVAILABLE, "soon", Problem::new("answer_unreadable")),
        (StatusCode::BAD_GATEWAY, "7", Problem::new("answer_unreadable")),
    ];
    for (status, after, expected) in cases {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let answer = move || async move { (status, [(header::RETRY_AFTER, after)], "<html>") };
        let proxy = axum::serve(listener, Router::new().fallback(answer));
        let proxy = tokio::spawn(proxy.into_future());
        assert_eq!(anne.sync_with(&address).await?, Err(expected), "{status} {after}");
        proxy.abort();
    }
    Ok(())
}
