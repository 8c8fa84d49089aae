//! Who may do what, on real tablets with a real server: each role's own commands, a client who bars
//! somebody, a protected address, and break-glass.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use kjent_core::command::{IncidentDraft, NoteDraft, NoteTask};
use kjent_core::fact::{
    CapacityAssessment, CapacityOutcome, Discussed, DiscussedWith, FactKind, Handover, HandoverTo,
    IncidentKind, IncidentState, Note, PlanReview, Restriction,
};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::plan::{Part, Scalar};
use kjent_core::policy::{Deed, Right, StepRefusal, may};
use kjent_core::team::Role;
use kjent_core::view::{EntryBody, ReceiptStep, ReceiptView, VisitCardView};
use kjent_demo::names;
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::tablet::HeadlessTablet;

/// A therapist.
const MAJA: &str = "1006";
/// A helper who does nothing here.
const MAREK: &str = "1012";
/// The planner.
const PETTER: &str = "1011";

fn line() -> ClientId {
    names::client("line-danser")
}

async fn tablet(day: &Day, employee: &str, seed: u64) -> anyhow::Result<HeadlessTablet> {
    let tablet = HeadlessTablet::enrol(&day.server, employee, &day.clock, seed).await?;
    tablet.sync().await?;
    Ok(tablet)
}

fn note(words: &str) -> NoteDraft {
    let note = Note { observation: words.into(), ..Note::default() };
    NoteDraft { note, ..NoteDraft::default() }
}

/// Whether a command was let through, or refused for want of the right.
fn let_through<T: std::fmt::Debug>(done: Result<T, TabletError>) -> anyhow::Result<bool> {
    match done {
        Ok(_) => Ok(true),
        Err(
            TabletError::Refused(_)
            | TabletError::NotYourEntry
            | TabletError::Step(StepRefusal::Role),
        ) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

/// The commands that are rights, each tried on a tablet.
fn attempts(
    tablet: &HeadlessTablet,
    client: ClientId,
    incident: FactId,
    theirs: FactId,
) -> anyhow::Result<Vec<(Right, bool)>> {
    let fact = Right::WriteFact;
    let edit = |part, field: &str, value: &str| {
        let fields = BTreeMap::from([(field.to_owned(), Scalar::text(value))]);
        let object = (part == Part::Client).then(uuid::Uuid::nil);
        tablet.open().edit_plan(client, part, object, &fields, None, "").map(|done| done.0)
    };
    let review = PlanReview {
        discussed: Discussed { with: DiscussedWith::Client, words: String::new() },
        participants: String::new(),
        words: "Står fast.".into(),
        next_on: None,
    };
    let assessment = CapacityAssessment {
        matter: "Flytting".into(),
        outcome: CapacityOutcome::Has,
        reasons: "Forstår.".into(),
    };
    let bar = Restriction {
        worker: Some(names::worker(MAREK)),
        role: None,
        words: "Vi kjenner hverandre.".into(),
    };
    let handover = Handover {
        to: HandoverTo::NextShift,
        worker: None,
        text: "Ring Tone.".into(),
        about: None,
    };
    let mut open = tablet.open();
    // Nobody writes what stands already: what is typed is another for each who tries.
    let done = vec![
        (
            fact(FactKind::Note),
            let_through(open.finish_note(client, NoteTask::Tell, &note("Sov.")))?,
        ),
        (fact(FactKind::Handover), let_through(open.hand_over(client, &handover))?),
        (
            fact(FactKind::CapacityAssessment),
            let_through(open.assess_capacity(client, &assessment))?,
        ),
        (fact(FactKind::PlanReview), let_through(open.review_plan(client, &review))?),
        (fact(FactKind::Restriction), let_through(open.restrict(client, &bar))?),
        (
            Right::StepIncident(IncidentState::Assessed),
            let_through(open.take_incident_step(client, incident, &IncidentState::Assessed, "x"))?,
        ),
        (
            Right::Do(Deed::CorrectOthers),
            let_through(open.finish_note(client, NoteTask::Correct(theirs), &note("Annet.")))?,
        ),
    ];
    drop(open);
    let mut done = done;
    done.push((
        Right::EditPart(Part::Client),
        let_through(edit(Part::Client, "about_me", &format!("Glad {incident}")))?,
    ));
    let phone = edit(Part::Client, "primary_contact_phone", &incident.to_string());
    done.push((Right::Do(Deed::Appoint), let_through(phone)?));
    Ok(done)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_does_with_its_own_commands_what_the_table_says() -> anyhow::Result<()> {
    let day = Day::start()?;
    let lead = tablet(&day, INGVILD, 1).await?;
    // A client whom none of those who try answers for.
    let client = names::client("torbjorn-lysne");
    let mut incident = IncidentDraft { kind: Some(IncidentKind::Fall), ..IncidentDraft::default() };
    incident.incident.what = "Lå på badegulvet.".into();
    lead.open().finish_note(client, NoteTask::Tell, &note("Skrevet av lederen."))?;
    let theirs = lead.open().read_journal(client, 60)?;
    let theirs = theirs.entries.first().context("no note")?.fact;
    let roles = [
        (FATIMA, Role::Helper),
        (ANNE, Role::Nurse),
        (MAJA, Role::Therapist),
        (PETTER, Role::Planner),
    ];
    for (seed, (employee, role)) in (2..).zip(roles) {
        // One for each: a step that is taken is not taken again.
        // The newest is found by its time.
        day.clock.pass_minutes(1);
        lead.open().report_incident(client, &incident)?;
        lead.sync().await?;
        let reported = lead.open().read_incidents(Some(client))?;
        let reported = reported.first().context("no incident")?.fact;
        let mut tablet = tablet(&day, employee, seed).await?;
        if role == Role::Planner {
            // She is shown none of it.
            ensure!(tablet.open().read_incidents(Some(client))?.is_empty(), "an incident");
            tablet.restart()?;
            let refused = tablet.open().finish_note(client, NoteTask::Tell, &note("Nei."));
            ensure!(!let_through(refused)?, "a planner writes no note");
            continue;
        }
        for (right, done) in attempts(&tablet, client, reported, theirs)? {
            ensure!(done == may(&right, &role, false), "{} as {role}: {done}", right.name());
        }
        // What the tablet let through, the server accepts.
        tablet.sync().await?;
        let refused = tablet.open().read_sync()?.refused;
        ensure!(refused.is_empty(), "{role}: {refused:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planner_reads_whom_to_visit_and_where_and_nothing_of_how_they_are() -> anyhow::Result<()>
{
    let day = Day::start()?;
    let petter = tablet(&day, PETTER, 1).await?;
    let open = petter.open();
    let page = open.read_client(line())?;
    ensure!(!page.name.is_empty() && !page.address.is_empty(), "she has a name and an address");
    ensure!(open.read_journal(line(), 60)?.entries.is_empty(), "the journal");
    ensure!(page.goals.is_empty() && page.critical.is_empty(), "health");
    ensure!(page.what_matters.is_empty() && page.about_me.is_none(), "what matters");
    ensure!(page.people.contacts.is_empty() && page.people.consents.is_empty(), "people");
    for refused in
        [open.read_curves(line()).map(drop), open.read_note(line(), NoteTask::Tell).map(drop)]
    {
        ensure!(matches!(refused, Err(TabletError::NotForYourRole)), "{refused:?}");
    }
    ensure!(open.read_follow_ups()?.threads.is_empty(), "threads");
    ensure!(open.read_incidents(None)?.is_empty(), "incidents");
    for query in ["besøk", "hun"] {
        let hits = open.search(query, 50)?.hits;
        ensure!(hits.iter().all(|hit| hit.fact.is_none()), "{query}: {hits:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_barred_loses_the_client_after_sending_what_waits_and_gets_them_back()
-> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = tablet(&day, ANNE, 1).await?;
    let lead = tablet(&day, INGVILD, 2).await?;
    let bar = Restriction {
        worker: Some(names::worker(ANNE)),
        role: None,
        words: "Hun er naboen min.".into(),
    };
    anne.open().finish_note(line(), NoteTask::Tell, &note("Skrevet før sperringen."))?;
    day.clock.pass_minutes(5);
    lead.open().restrict(line(), &bar)?;
    lead.sync().await?;
    anne.sync().await?;
    anne.sync().await?;
    ensure!(anne.open().read_sync()?.refused.is_empty(), "what was written before is not refused");
    ensure!(anne.open().read_client(line()).is_err(), "the page is gone");
    let seen = |tablet: &HeadlessTablet| -> anyhow::Result<bool> {
        let cards = tablet.open().read_clients()?;
        let hits = tablet.open().search("Line Danser", 20)?.hits;
        Ok(cards.iter().any(|card| card.client == line())
            || hits.iter().any(|hit| hit.client == line()))
    };
    ensure!(!seen(&anne)?, "nothing of the client is on the tablet");
    let documents = anne.open().heads()?.len();
    lead.sync().await?;
    ensure!(documents < lead.open().heads()?.len(), "nor their documents");
    let journal = lead.open().read_journal(line(), 60)?.entries;
    ensure!(
        journal.iter().any(|entry| entry.first_words == "Skrevet før sperringen."),
        "it is not lost"
    );
    // Said by the one whom it is about, it holds on her own tablet before any sync.
    let sara = tablet(&day, SARA, 3).await?;
    let own = Restriction { worker: Some(names::worker(SARA)), ..bar };
    sara.open().restrict(line(), &own)?;
    ensure!(sara.open().read_client(line()).is_err() && !seen(&sara)?, "her own tablet refuses");

    let page = lead.open().read_client(line())?;
    let first = page.people.restrictions.first().context("no bar is shown")?.clone();
    ensure!(first.name == "Anne Nordli" && first.ended.is_none(), "{first:?}");
    lead.open().end_restriction(line(), first.fact, "Vi er venner igjen.")?;
    lead.sync().await?;
    anne.sync().await?;
    ensure!(seen(&anne)?, "everything is back");
    ensure!(anne.open().read_client(line())?.people.restrictions.len() == 1, "as it was");
    Ok(())
}

/// Who goes to a visit by every view of a tablet that says so: its card, the list of clients, the
/// client's page. Whether it has to be given to somebody else.
fn goes(tablet: &HeadlessTablet, visit: &VisitCardView) -> anyhow::Result<(Vec<String>, bool)> {
    let card = tablet.card(visit.visit)?;
    let by = card.taken_over.map_or_else(|| vec![card.worker_name.clone()], |it| it.by);
    let by: Vec<String> = by.into_iter().filter(|name| !name.is_empty()).collect();
    ensure!(card.to_give == by.is_empty(), "the card contradicts itself");
    let next = tablet.next_visit(visit.client)?.context("no next visit")?;
    ensure!(next.starts == visit.starts && next.worker_names == by, "the list: {next:?}");
    let ahead = tablet.open().read_client(visit.client)?.people.ahead;
    let ahead: Vec<String> = ahead
        .into_iter()
        .filter(|it| it.starts == visit.starts && !it.name.is_empty())
        .map(|it| it.name)
        .collect();
    ensure!(ahead == by, "the page: {ahead:?}");
    Ok((by, card.to_give))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_of_somebody_who_is_barred_has_to_be_given_to_another_and_no_receipt_names_her()
-> anyhow::Result<()> {
    let day = Day::start()?;
    let [anne, sara, lead, petter] = day.tablets([ANNE, SARA, INGVILD, PETTER]).await?;
    let visit = sara.own_next()?;
    let client = visit.client;
    anne.open().finish_note(client, NoteTask::Tell, &note("Til den som kommer."))?;
    anne.sync().await?;
    // That it is there is told with the request after the one that fetched it.
    sara.sync().await?;
    sara.open().mark_read(client)?;
    sara.sync().await?;
    anne.sync().await?;
    let receipt = || -> anyhow::Result<ReceiptView> {
        let journal = anne.open().read_journal(client, 60)?.entries;
        let own = journal.into_iter().find(|it| it.mine && it.first_words == "Til den som kommer.");
        own.and_then(|it| it.receipt).context("no receipt")
    };
    ensure!(matches!(receipt()?.step, ReceiptStep::Read { .. }), "{:?}", receipt()?);
    assert_eq!(goes(&anne, &visit)?, (vec!["Sara Lien".to_owned()], false));

    let bar = Restriction {
        worker: Some(names::worker(SARA)),
        role: None,
        words: "Hun er naboen min.".into(),
    };
    lead.open().restrict(client, &bar)?;
    assert_eq!(goes(&lead, &visit)?, (Vec::new(), true), "at once, on the tablet that said so");
    lead.sync().await?;
    for tablet in [&anne, &petter] {
        tablet.sync().await?;
        assert_eq!(goes(tablet, &visit)?, (Vec::new(), true));
    }
    ensure!(anne.open().read_visit(visit.visit)?.to_give, "the visit's own page");
    let told = receipt()?;
    assert_eq!((told.step, told.others), (ReceiptStep::OnServer, 0));

    // Whoever plans sees it, and nobody else is told what to do.
    let is_listed = |tablet: &HeadlessTablet| -> anyhow::Result<bool> {
        let listed = tablet.open().read_gaps()?.to_give;
        ensure!(listed.len() == tablet.open().read_today()?.to_give as usize, "{listed:?}");
        Ok(listed.iter().any(|it| (it.client, it.starts) == (client, visit.starts)))
    };
    ensure!(is_listed(&lead)? && is_listed(&petter)? && !is_listed(&anne)?, "not told to the two");
    ensure!(petter.open().read_gaps()?.clients.is_empty(), "who is responsible is the lead's");

    anne.open().take_over_visit(visit.visit)?;
    anne.sync().await?;
    for tablet in [&lead, &petter] {
        tablet.sync().await?;
        assert_eq!(goes(tablet, &visit)?, (vec!["Anne Nordli".to_owned()], false));
        ensure!(!is_listed(tablet)?, "it is given");
    }
    // From whom it was taken over isn't told either, on the card and on the visit's own page.
    for tablet in [&lead, &petter, &anne] {
        assert_eq!(tablet.card(visit.visit)?.worker_name, "");
    }
    assert_eq!(anne.open().read_visit(visit.visit)?.worker_name, "");
    // A whole role is barred as well as one worker.
    let nurses = Restriction { worker: None, role: Some(Role::Nurse), ..bar };
    lead.open().restrict(client, &nurses)?;
    assert_eq!(goes(&lead, &visit)?, (Vec::new(), true));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_address_is_seen_by_who_visits_that_day_and_by_the_lead() -> anyhow::Result<()>
{
    let day = Day::start()?;
    let lead = tablet(&day, INGVILD, 1).await?;
    let anne = tablet(&day, ANNE, 2).await?;
    let visits = anne.open().read_today()?.visits;
    let mine = visits.iter().find(|card| card.mine).context("she visits nobody")?.client;
    let address = lead.open().read_client(mine)?.address;
    let fields = BTreeMap::from([("address_protected".to_owned(), Some(Scalar::Flag(true)))]);
    lead.open().edit_plan(mine, Part::Client, None, &fields, None, "")?;
    lead.sync().await?;
    anne.sync().await?;
    let maja = tablet(&day, MAJA, 3).await?;
    let goes = maja.open().read_today()?.visits.iter().any(|it| it.mine && it.client == mine);
    ensure!(!goes, "the other one visits somebody else");
    for (tablet, sees) in [(&lead, true), (&anne, true), (&maja, false)] {
        let expected = if sees { address.clone() } else { String::new() };
        let page = tablet.open().read_client(mine)?;
        ensure!(page.address == expected, "the page");
        ensure!(page.people.profile.contains_key("address") == sees, "the form");
        let cards = tablet.open().read_clients()?;
        let card = cards.iter().find(|card| card.client == mine).context("no card")?;
        ensure!(card.address == expected, "the list");
        let told = page.people.first_time.map(|it| it.address);
        ensure!(told.is_none_or(|told| told == expected), "the first time");
        for card in tablet.open().read_today()?.visits.iter().filter(|it| it.client == mine) {
            ensure!(card.address == expected, "the day's list");
        }
    }
    // An address that was changed stands in no entry that she is shown.
    let moved = BTreeMap::from([("address".to_owned(), Scalar::text("Hemmelig vei 1"))]);
    lead.open().edit_plan(mine, Part::Client, None, &moved, None, "")?;
    lead.sync().await?;
    maja.sync().await?;
    let journal = maja.open().read_journal(mine, 60)?.entries;
    let tells = journal.iter().any(|entry| match &entry.body {
        EntryBody::PlanChange { change, .. } => {
            change.fields.iter().any(|it| it.field == "address")
        }
        _ => false,
    });
    ensure!(!tells, "the journal tells where the client lives");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn break_glass_lets_in_for_a_while_and_the_lead_goes_through_it() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = tablet(&day, ANNE, 1).await?;
    let lead = tablet(&day, INGVILD, 2).await?;
    let bar = Restriction {
        worker: Some(names::worker(ANNE)),
        role: None,
        words: "Hun er naboen min.".into(),
    };
    lead.open().restrict(line(), &bar)?;
    lead.sync().await?;
    anne.sync().await?;
    ensure!(anne.open().read_client(line()).is_err(), "she is barred");

    let id = line().to_string();
    for (number, reason) in [("", "Falt på trappa."), (&*id, "kort")] {
        ensure!(anne.break_glass(number, reason).await.is_err(), "{reason}");
    }
    anne.network.cut();
    ensure!(anne.break_glass(&id, "Falt på trappa.").await.is_err(), "without a network");
    anne.network.restore();
    anne.break_glass(&id, "Falt på trappa.").await?;
    anne.sync().await?;
    let page = anne.open().read_client(line())?;
    let until = page.granted_until.context("it is not said until when")?;
    ensure!(page.may_edit.is_empty(), "she edits nothing");
    anne.open().finish_note(line(), NoteTask::Tell, &note("Hjalp henne opp."))?;
    anne.sync().await?;
    ensure!(anne.open().read_sync()?.refused.is_empty(), "the note is accepted");

    lead.sync().await?;
    ensure!(lead.open().read_today()?.grants == 1, "the lead is told");
    let told = lead.open().read_grants()?;
    let grant = told.first().context("no grant")?;
    ensure!(grant.worker_name == "Anne Nordli" && grant.reason == "Falt på trappa.", "{grant:?}");
    lead.open().review_grant(grant.grant, "Riktig bruk.")?;
    ensure!(lead.open().read_today()?.grants == 0, "it is gone through");
    lead.sync().await?;
    let again = lead.open().read_grants()?;
    let reviewed = again.first().and_then(|it| it.reviewed.clone()).context("not reviewed")?;
    ensure!(reviewed.comment == "Riktig bruk.", "{reviewed:?}");
    ensure!(anne.open().read_grants()?.is_empty(), "nobody but the lead is told");

    // Twelve hours later the page is closed, also where there is no network.
    anne.network.cut();
    let left = until - kjent_core::oslo::local(anne.now());
    day.clock.pass_minutes(left.num_minutes() + 1);
    ensure!(anne.open().read_client(line()).is_err(), "it is over");
    ensure!(!anne.open().read_clients()?.iter().any(|card| card.client == line()), "it is over");
    Ok(())
}
