//! The story of a day on two tablets: both document offline, the network comes back, and nothing
//! is lost, hidden or decided behind anybody's back.

use anyhow::Context;
use kjent_core::command::{ConversationDraft, NewGoal, VisitDraft};
use kjent_core::fact::{InterventionOutcome, Note, WhatMatters};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::plan::{ExpressedBy, Part, Scalar};
use kjent_core::view::{EntryBody, EntryState, SyncState, VisitState};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::plan::edit_goal;
use kjent_tests::tablet::HeadlessTablet;

/// Everything planned done, and a note.
fn documented(tablet: &HeadlessTablet, visit: VisitId, words: &str) -> anyhow::Result<VisitDraft> {
    tablet.open().start_visit(visit)?;
    let view = tablet.open().read_visit(visit)?;
    let outcome = |intervention| InterventionOutcome { intervention, not_done: None };
    Ok(VisitDraft {
        outcomes: view.interventions.iter().map(|one| outcome(one.intervention)).collect(),
        note: Note { observation: words.into(), ..Note::default() },
        ..view.draft
    })
}

/// Documents a visit that nobody has begun, the worker's own if there is one left today, to somebody
/// else than these clients; says to whom.
fn document_a_visit(
    tablet: &HeadlessTablet,
    but: &[ClientId],
    words: &str,
) -> anyhow::Result<ClientId> {
    let mut cards = tablet.open().read_today()?.visits;
    cards.retain(|card| card.state == VisitState::Planned && !but.contains(&card.client));
    cards.sort_by_key(|card| !card.mine);
    let card = cards.first().context("no visit is left")?;
    let draft = documented(tablet, card.visit, words)?;
    tablet.open().finish_visit(card.visit, &draft)?;
    Ok(card.client)
}

fn line(tablet: &HeadlessTablet) -> anyhow::Result<(ClientId, VisitId)> {
    let today = tablet.open().read_today()?;
    let card = today.visits.iter().find(|card| card.name == "Line Danser" && card.mine);
    let card = card.context("Line is not on the list")?;
    Ok((card.client, card.visit))
}

/// The observations in a client's journal on a tablet, newest first, each with how far it came.
fn journal(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<Vec<(String, EntryState)>> {
    let view = tablet.open().read_journal(client, 60)?;
    Ok(view
        .entries
        .into_iter()
        .filter_map(|entry| match entry.body {
            EntryBody::Visit { note, .. } | EntryBody::Note { note } => {
                Some((note.observation, entry.state))
            }
            _ => None,
        })
        .collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_offline_on_two_tablets() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let mut sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    for tablet in [&anne, &sara] {
        tablet.sync().await?;
        let sync = tablet.open().read_sync()?;
        assert!(matches!(sync.state, SyncState::UpToDate { .. }), "{:?}", sync.state);
        assert_eq!(sync.waiting, []);
    }
    assert_eq!(anne.open().heads()?, sara.open().heads()?);

    // The network goes away, and both say so.
    anne.network.cut();
    sara.network.cut();
    for tablet in [&anne, &sara] {
        let problem = tablet.sync().await.err().context("the network was cut")?;
        assert_eq!(problem.code, "server_unreachable");
        let state = tablet.open().read_sync()?.state;
        assert!(matches!(state, SyncState::Offline { since: Some(_) }), "{state:?}");
    }

    // Each documents a visit to a client of her own, both document the same visit, both ask what matters to
    // the same client, and both edit the same goal.
    let (client, visit) = line(&anne)?;
    day.clock.pass_minutes(30);
    let first = document_a_visit(&anne, &[client], "Anne skriver hos sin egen bruker")?;
    let second = document_a_visit(&sara, &[client, first], "Sara skriver hos en annen bruker")?;
    let draft = documented(&anne, visit, "Anne så at såret er tørt")?;
    anne.open().finish_visit(visit, &draft)?;
    let draft = documented(&sara, visit, "Sara så at såret væsker")?;
    sara.open().finish_visit(visit, &draft)?;

    let goal = anne.open().read_client(client)?.goals.first().context("no goal")?.goal;
    edit_goal(&mut anne.open(), client, goal, "title", "Gå til postkassen alene")?;
    day.clock.pass_minutes(1);
    edit_goal(&mut sara.open(), client, goal, "title", "Gå til butikken")?;
    let conversation = |words: &str, goal: &str| ConversationDraft {
        conversation: WhatMatters { words: words.into(), ..WhatMatters::default() },
        goal: NewGoal {
            title: goal.into(),
            expressed_by: ExpressedBy::Client,
            ..NewGoal::default()
        },
        ..ConversationDraft::default()
    };
    let asked = conversation("Å danse igjen", "Danse én dans");
    anne.open().finish_conversation(client, &asked)?;

    let waiting = anne.open().read_sync()?.waiting;
    assert_eq!(waiting.len(), 4, "{waiting:?}");
    assert!(waiting.iter().any(|one| one.client_name == "Line Danser"));
    let unsent = journal(&anne, client)?.into_iter().next().context("an empty journal")?;
    assert_eq!(unsent, ("Anne så at såret er tørt".to_owned(), EntryState::Waiting));

    // A restart in between loses nothing.
    anne.restart()?;
    assert_eq!(anne.open().read_sync()?.waiting, waiting);

    // The network comes back.
    for tablet in [&anne, &sara] {
        tablet.network.restore();
        tablet.sync().await?;
    }
    anne.sync().await?;
    for tablet in [&anne, &sara] {
        let sync = tablet.open().read_sync()?;
        assert!(matches!(sync.state, SyncState::UpToDate { .. }), "{:?}", sync.state);
        for (client, words) in [
            (first, "Anne skriver hos sin egen bruker"),
            (second, "Sara skriver hos en annen bruker"),
            (client, "Anne så at såret er tørt"),
            (client, "Sara så at såret væsker"),
        ] {
            let entries = journal(tablet, client)?;
            let sent = (words.to_owned(), EntryState::Sent);
            assert!(entries.contains(&sent), "{words}: {entries:?}");
        }
        let view = tablet.open().read_client(client)?;
        assert_eq!(view.what_matters.first().map(|one| one.words.as_str()), Some("Å danse igjen"));
        assert!(view.goals.iter().any(|goal| goal.title.value == "Danse én dans"));
        let edited = view.goals.iter().find(|one| one.goal == goal).context("the goal is gone")?;
        let mut values: Vec<(&str, &str)> =
            edited.title.conflict.iter().map(|one| (one.value.as_str(), one.by.as_str())).collect();
        values.sort_unstable();
        assert_eq!(
            values,
            [("Gå til butikken", "Sara Lien"), ("Gå til postkassen alene", "Anne Nordli")]
        );
        let today = tablet.open().read_today()?;
        let card = today.visits.iter().find(|card| card.visit == visit).context("no card")?;
        assert!(
            matches!(card.state, VisitState::Finished { report: EntryState::Sent, .. }),
            "{:?}",
            card.state
        );
    }
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    assert_eq!(anne.open().dump_projection()?, sara.open().dump_projection()?);

    // A person chooses, and the choice is everywhere.
    let chosen = Scalar::text("Gå til postkassen alene");
    let why = "Line sier det er postkassen.";
    sara.open().settle_field(client, Part::Goals, goal.0, "title", chosen, why)?;
    sara.sync().await?;
    anne.sync().await?;
    for tablet in [&anne, &sara] {
        let view = tablet.open().read_client(client)?;
        let edited = view.goals.iter().find(|one| one.goal == goal).context("the goal is gone")?;
        assert_eq!(edited.title.value, "Gå til postkassen alene");
        assert_eq!(edited.title.conflict, []);
    }

    // What the screens read is a function of the changes.
    for tablet in [&mut anne, &mut sara] {
        let before = tablet.open().dump_projection()?;
        assert!(before.len() > 1000, "the projection has {} rows", before.len());
        tablet.open().rebuild_projection()?;
        assert_eq!(tablet.open().dump_projection()?, before);
        tablet.restart()?;
        assert_eq!(tablet.open().dump_projection()?, before);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_note_is_new_until_it_is_read() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let (client, visit) = line(&anne)?;
    let unread = |tablet: &HeadlessTablet| -> anyhow::Result<u32> {
        let today = tablet.open().read_today()?;
        let card = today.visits.iter().find(|card| card.visit == visit).context("no card")?;
        Ok(card.unread)
    };
    anne.open().mark_read(client)?;
    assert_eq!(unread(&anne)?, 0);

    day.clock.pass_minutes(10);
    let mut draft = documented(&sara, visit, "Rødt rundt såret, se etter")?;
    draft.note.important_for_next = true;
    sara.open().finish_visit(visit, &draft)?;
    sara.sync().await?;
    anne.sync().await?;
    assert_eq!(unread(&anne)?, 1);
    let today = anne.open().read_today()?;
    let card = today.visits.iter().find(|card| card.visit == visit).context("no card")?;
    // The newest flag stands first; older ones stand until Anne has been there herself.
    assert_eq!(card.important.first().map(String::as_str), Some("Rødt rundt såret, se etter"));

    anne.open().mark_read(client)?;
    assert_eq!(unread(&anne)?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_has_what_it_acknowledged() -> anyhow::Result<()> {
    let mut day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let (client, visit) = line(&anne)?;
    let draft = documented(&anne, visit, "Kvittert, så drept")?;
    anne.open().finish_visit(visit, &draft)?;
    anne.sync().await?;
    assert_eq!(anne.open().read_sync()?.waiting, []);

    day.server = day.server.kill_and_restart()?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    sara.sync().await?;
    let newest = journal(&sara, client)?.into_iter().next().context("an empty journal")?;
    assert_eq!(newest.0, "Kvittert, så drept");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_signs_first_takes_nobodys_work() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let (client, visit) = line(&anne)?;
    let mut draft = documented(&anne, visit, "Anne er midt i")?;
    anne.open().save_visit_draft(visit, &draft)?;
    let hers = documented(&sara, visit, "Sara var først")?;
    sara.open().finish_visit(visit, &hers)?;
    sara.sync().await?;
    anne.sync().await?;

    let view = anne.open().read_visit(visit)?;
    assert!(matches!(view.state, VisitState::UnderWay { .. }), "{:?}", view.state);
    draft.note.observation.push_str(" en setning");
    anne.open().save_visit_draft(visit, &draft)?;
    anne.open().finish_visit(visit, &draft)?;
    let twice = anne.open().finish_visit(visit, &draft).err();
    assert!(matches!(twice, Some(TabletError::VisitAlreadyFinished)), "{twice:?}");
    anne.sync().await?;
    sara.sync().await?;
    for tablet in [&anne, &sara] {
        let entries = journal(tablet, client)?;
        for words in ["Anne er midt i en setning", "Sara var først"] {
            assert!(entries.contains(&(words.to_owned(), EntryState::Sent)), "{words}");
        }
    }
    Ok(())
}
