//! The list of the team's clients says of each what her page and the day's list say.

use anyhow::Context;
use kjent_core::command::VisitDraft;
use kjent_core::fact::Note;
use kjent_core::view::VisitState;
use kjent_tests::day::{ANNE, Day};
use kjent_tests::tablet::HeadlessTablet;

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_what_the_pages_say() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    assert_eq!(anne.open().read_clients()?, [], "nothing is here before the first sync");
    anne.sync().await?;
    let tablet = anne.open();
    let cards = tablet.read_clients()?;
    let today = tablet.read_today()?;
    assert!(cards.len() > 10, "only {} clients", cards.len());
    assert!(cards.iter().any(|card| card.is_primary_contact));
    for card in &cards {
        let page = tablet.read_client(card.client)?;
        assert_eq!(card.name, page.name);
        assert_eq!(card.address, page.address);
        assert_eq!(card.critical, page.critical, "{}", card.name);
        // Who was it until yesterday is it no more.
        let is_gap = page.people.primary_contact.state.is_gap();
        let holder = if is_gap { String::new() } else { page.primary_contact.value };
        assert_eq!(card.primary_contact.clone().unwrap_or_default(), holder, "{}", card.name);
        let mut visits = today.visits.iter().filter(|visit| visit.client == card.client);
        let mine = visits.clone().any(|visit| visit.mine);
        assert_eq!(card.mine_today, mine, "{}", card.name);
        if let Some(visit) = visits.clone().next() {
            assert_eq!(card.what_matters, visit.what_matters, "{}", card.name);
        }
        let is_over = |starts: chrono::NaiveDateTime, minutes: u32| {
            starts + chrono::Duration::minutes(minutes.into()) <= today.now
        };
        let next =
            visits.find(|it| it.state == VisitState::Planned && !is_over(it.starts, it.minutes));
        if let Some(next) = next {
            let shown = card.next_visit.as_ref().context("no next visit")?;
            let goes = vec![next.worker_name.clone()];
            assert_eq!((shown.starts, &shown.worker_names), (next.starts, &goes));
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_visit_is_the_next_one_no_more() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let next_of = |client| -> anyhow::Result<_> {
        let cards = anne.open().read_clients()?;
        let card = cards.into_iter().find(|card| card.client == client).context("not listed")?;
        Ok(card.next_visit)
    };
    let visits = anne.open().read_today()?.visits;
    let mut coming = Vec::new();
    for visit in visits.into_iter().filter(|visit| visit.mine) {
        if next_of(visit.client)?.is_some_and(|next| next.starts == visit.starts) {
            coming.push(visit);
        }
    }
    let visit = coming.pop().context("none of today's visits is to come")?;
    let note = Note { observation: "Alt vel".into(), ..Note::default() };
    anne.open().finish_visit(visit.visit, &VisitDraft { note, ..VisitDraft::default() })?;
    let after = next_of(visit.client)?;
    assert!(after.is_none_or(|next| next.starts > visit.starts));
    Ok(())
}
