//! Who makes a visit, and whether it is made: real tablets and a real server.

use anyhow::Context;
use kjent_core::command::VisitDraft;
use kjent_core::fact::{CancelReason, Note};
use kjent_core::ids::VisitId;
use kjent_core::view::{EntryBody, VisitCardView, VisitState};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, SARA};
use kjent_tests::tablet::HeadlessTablet;

fn card(tablet: &HeadlessTablet, visit: VisitId) -> anyhow::Result<VisitCardView> {
    let visits = tablet.open().read_today()?.visits;
    visits.into_iter().find(|card| card.visit == visit).context("the visit is on no list")
}

/// A visit that is Sara's and that nobody has begun.
fn saras(sara: &HeadlessTablet) -> anyhow::Result<VisitId> {
    let visits = sara.open().read_today()?.visits;
    let card = visits.iter().find(|card| card.mine && card.state == VisitState::Planned);
    Ok(card.context("Sara has no visits")?.visit)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_take_over_a_visit_out_of_each_others_sight_and_both_are_shown() -> anyhow::Result<()> {
    let day = Day::start()?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 1).await?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 2).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    for tablet in [&sara, &anne, &fatima] {
        tablet.sync().await?;
    }
    let visit = saras(&sara)?;
    let saras_name = card(&anne, visit)?.worker_name;

    anne.network.cut();
    fatima.network.cut();
    anne.open().take_over_visit(visit)?;
    anne.open().take_over_visit(visit)?;
    day.clock.pass_minutes(1);
    fatima.open().take_over_visit(visit)?;
    let alone = card(&anne, visit)?;
    assert!(alone.mine);
    let taken = alone.taken_over.context("not taken over")?;
    assert_eq!((taken.by.len(), taken.by_me, taken.from_me), (1, true, false));
    assert_eq!(card(&sara, visit)?.taken_over, None);

    anne.network.restore();
    fatima.network.restore();
    for tablet in [&anne, &fatima, &anne, &sara] {
        tablet.sync().await?;
    }
    let both = |tablet: &HeadlessTablet| -> anyhow::Result<(bool, usize)> {
        let card = card(tablet, visit)?;
        assert_eq!(card.worker_name, saras_name, "the plan stays as it is");
        Ok((card.mine, card.taken_over.context("not taken over")?.by.len()))
    };
    assert_eq!(both(&anne)?, (true, 2));
    assert_eq!(both(&fatima)?, (true, 2));
    assert_eq!(both(&sara)?, (false, 2));
    assert!(card(&sara, visit)?.taken_over.is_some_and(|taken| taken.from_me));

    // One gives it back: the other has it. Taking it again is a new fact.
    fatima.open().give_back_visit(visit)?;
    for tablet in [&fatima, &anne, &sara] {
        tablet.sync().await?;
    }
    assert_eq!(both(&anne)?, (true, 1));
    assert!(!card(&fatima, visit)?.mine);
    anne.open().give_back_visit(visit)?;
    anne.sync().await?;
    sara.sync().await?;
    let again = card(&sara, visit)?;
    assert_eq!((again.mine, again.taken_over), (true, None));

    // Taking over is no report: the one who went signs.
    anne.open().take_over_visit(visit)?;
    anne.open().start_visit(visit)?;
    let note = Note { observation: "Sov godt".into(), ..Note::default() };
    anne.open().finish_visit(visit, &VisitDraft { note, ..VisitDraft::default() })?;
    let refused = anne.open().give_back_visit(visit);
    assert!(matches!(refused, Err(TabletError::VisitAlreadyFinished)), "{refused:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_visit_says_why_until_it_is_made_after_all() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 1).await?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 2).await?;
    sara.sync().await?;
    anne.sync().await?;
    let visit = saras(&sara)?;

    let wordless = sara.open().cancel_visit(visit, CancelReason::Other, "  ");
    assert!(matches!(wordless, Err(TabletError::ReasonNeeded)), "{wordless:?}");
    assert_eq!(card(&sara, visit)?.state, VisitState::Planned);

    sara.open().cancel_visit(visit, CancelReason::InHospital, "Ullevål siden i natt")?;
    sara.restart()?;
    sara.sync().await?;
    anne.sync().await?;
    for tablet in [&sara, &anne] {
        let state = card(tablet, visit)?.state;
        let VisitState::Cancelled { reason, words, .. } = state else {
            anyhow::bail!("the list says {state:?}")
        };
        assert_eq!((reason, words.as_str()), (CancelReason::InHospital, "Ullevål siden i natt"));
    }
    let client = card(&anne, visit)?.client;
    let journal = anne.open().read_client(client)?.journal;
    let told = |entry: &EntryBody| matches!(entry, EntryBody::VisitCancelled { .. });
    assert!(journal.iter().any(|entry| told(&entry.body)), "the journal doesn't tell of it");

    day.clock.pass_minutes(3);
    anne.open().reinstate_visit(visit)?;
    anne.sync().await?;
    sara.sync().await?;
    assert_eq!(card(&sara, visit)?.state, VisitState::Planned);
    Ok(())
}
