//! Break-glass: somebody is let in to one client for twelve hours, to read and to write notes; the
//! client's team lead hears of it, and says what was found.

use anyhow::{Context, Result};
use kjent_core::access::{AccessAct, AccessOutcome};
use kjent_core::document::{DocumentRef, Edit};
use kjent_core::plan::Part;
use kjent_core::policy::Refusal;
use kjent_core::problem::Problem;
use kjent_core::protocol::{
    BreakGlassResponse, GrantReport, GrantReview, LateReason, Outcome, SyncResponse,
};
use kjent_core::team::Role;
use serde_json::json;
use uuid::Uuid;

use super::bars::bar_all;
use super::people::{BARRED, MEMBERS, OTHER_LEAD, OWN, world};
use super::push;
use crate::tablet::{Tablet, journal};
use crate::world::{Answer, LEAD, PASSWORD, ROVER, STRANGER, World, client, team, worker};

const NURSE: u128 = MEMBERS + 1;
const REASON: &str = "Falt på trappa, naboen ringte.";
const HOUR: i64 = 60;

async fn let_in(tablet: &Tablet, number: u128) -> Result<BreakGlassResponse> {
    tablet.break_glass(&client(number).to_string(), REASON).await?.message()
}

fn grants(answer: &SyncResponse) -> Vec<GrantReport> {
    answer.teams.iter().flat_map(|news| news.grants.clone()).collect()
}

#[tokio::test]
async fn one_client_of_another_team_is_read_for_twelve_hours_and_then_gone() -> Result<()> {
    let world = world().await?;
    let mut stranger = world.enrol(STRANGER).await?;
    stranger.sync().await?;
    stranger.note(client(9), "Sov godt.")?;
    stranger.sync().await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    let granted = let_in(&nurse, 9).await?;
    assert_eq!(granted.until, world.clock_now().plus_minutes(12 * HOUR));

    let answer = nurse.sync().await?;
    let theirs = answer.teams.iter().find(|news| news.team == team(2)).context("no team")?;
    let roster = theirs.roster.as_ref().context("no roster")?;
    assert_eq!(roster.clients, [client(9)]);
    assert_eq!(roster.granted.iter().map(|it| it.until).collect::<Vec<_>>(), [granted.until]);
    assert_eq!(nurse.document(journal(client(9))).facts().len(), 1);
    assert_eq!(*theirs.digest, {
        let again = nurse.sync().await?;
        let news = again.teams.into_iter().find(|news| news.team == team(2));
        *news.context("no team")?.digest
    });

    // She writes notes, and nothing else.
    nurse.note(client(9), "Kom til etter fallet.")?;
    assert!(nurse.sync().await?.outcomes.iter().all(Outcome::is_accepted));
    let title = Edit::SetField {
        part: Part::Client,
        object: Uuid::nil(),
        field: "about_me".into(),
        value: json!("x"),
    };
    let outcome = push(&mut nurse, DocumentRef::care(client(9)), &[title]).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::RoleMayNot { part: Part::Client }));
    // The client's own team knows her by name, and as what she came.
    let answer = stranger.sync().await?;
    let roster = answer.teams.first().and_then(|news| news.roster.clone()).context("no roster")?;
    let came = roster.member(worker(NURSE)).context("she is nobody there")?;
    assert_eq!((came.role.clone(), came.name.is_empty()), (Role::BreakGlass, false));

    // What she wrote in time is late when it comes after, and what she writes then is refused.
    let before = nurse.note(client(9), "Skrevet i tide.")?;
    nurse.outbox.clear();
    world.clock.forward(12 * HOUR);
    nurse.now = nurse.now.plus_minutes(12 * HOUR);
    assert!(nurse.push(journal(client(9)), &before.bytes).await?.is_accepted());
    stranger.now = nurse.now;
    let late: Vec<_> = stranger.sync().await?.teams.iter().flat_map(|it| it.late.clone()).collect();
    assert_eq!(late.iter().map(|it| it.reason).collect::<Vec<_>>(), [LateReason::GrantOver]);
    let answer = nurse.sync().await?;
    assert!(!answer.teams.iter().any(|news| news.team == team(2)));
    let mut asking = nurse.request(Vec::new());
    asking.want = vec![DocumentRef::care(client(9))];
    let answer: SyncResponse = nurse.send(&asking).await?.message()?;
    assert!(answer.documents.is_empty());
    let at = nurse.now;
    let journal = nurse.note_of(client(9), at, "Skrevet for sent.")?;
    let (_, change) = nurse.outbox.pop().context("nothing was written")?;
    let outcome = nurse.push(journal, &change.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam));
    Ok(())
}

#[tokio::test]
async fn the_clients_lead_hears_of_it_and_nobody_else_and_reviews_it_once() -> Result<()> {
    let world = world().await?;
    let nurse = world.enrol(NURSE).await?;
    let_in(&nurse, 9).await?;
    let (mut lead, mut rover) = (world.enrol(STRANGER).await?, world.enrol(ROVER).await?);
    let mut other = world.enrol(OTHER_LEAD).await?;
    assert!(grants(&rover.sync().await?).is_empty() && grants(&other.sync().await?).is_empty());
    let told = grants(&lead.sync().await?);
    let grant = told.first().context("not told")?;
    assert_eq!((grant.worker, grant.client, &*grant.reason), (worker(NURSE), client(9), REASON));
    assert_eq!((told.len(), &grant.reviewed), (1, &None));

    let review =
        |words: &str| GrantReview { grant: grant.grant, at: lead.now, comment: words.to_owned() };
    let (hers, later) = (review("Riktig bruk."), review("Noe annet."));
    // Nobody but the client's lead says anything of it.
    for tablet in [&mut rover, &mut other] {
        tablet.reviewed = vec![later.clone()];
        tablet.sync().await?;
    }
    lead.reviewed = vec![hers];
    let told = grants(&lead.sync().await?);
    lead.reviewed = vec![later];
    let again = grants(&lead.sync().await?);
    for told in [told, again] {
        let reviewed = told.first().and_then(|it| it.reviewed.clone()).context("not reviewed")?;
        assert_eq!((reviewed.by, &*reviewed.comment), (worker(STRANGER), "Riktig bruk."));
    }
    Ok(())
}

#[tokio::test]
async fn a_client_is_named_whole_and_a_reason_is_given() -> Result<()> {
    let world = world().await?;
    let nurse = world.enrol(NURSE).await?;
    let mut lead = world.enrol(STRANGER).await?;
    lead.sync().await?;
    let number = Edit::SetField {
        part: Part::Client,
        object: Uuid::nil(),
        field: "national_number".into(),
        value: json!("13116900216"),
    };
    let outcome = push(&mut lead, DocumentRef::care(client(9)), &[number]).await?;
    anyhow::ensure!(outcome.is_accepted(), "{outcome:?}");
    let id = client(9).to_string();
    let cases = [
        ("13116900216", REASON, Ok(())),
        ("131169 00216", REASON, Ok(())),
        (&*id, REASON, Ok(())),
        (&*id, "  for kort  ", Err((422, "reason_too_short".to_owned()))),
        ("1311690021", REASON, Err((404, "client_unknown".to_owned()))),
        ("Testperson 9", REASON, Err((404, "client_unknown".to_owned()))),
        (&id[..20], REASON, Err((404, "client_unknown".to_owned()))),
    ];
    for (named, reason, expected) in cases {
        let answer = nurse.break_glass(named, reason).await?;
        let is = if answer.status == 200 { Ok(()) } else { Err(answer.problem()?) };
        assert_eq!(is, expected, "{named} {reason}");
    }
    let no_token = world.post("/v1/break-glass", Vec::new()).await?;
    assert_eq!(no_token.problem()?, (401, "not_authenticated".to_owned()));
    Ok(())
}

#[tokio::test]
async fn one_who_is_barred_reads_by_break_glass_and_it_is_told() -> Result<()> {
    let world: World = world().await?;
    let mut nurse = world.enrol(NURSE).await?;
    bar_all(&world, client(BARRED)).await?;
    nurse.sync().await?;
    assert!(nurse.documents.values().all(|it| it.reference().client != client(BARRED)));
    let_in(&nurse, BARRED).await?;
    let answer = nurse.sync().await?;
    let roster = answer.teams.first().and_then(|news| news.roster.clone()).context("no roster")?;
    assert_eq!(roster.clients, [client(OWN), client(BARRED)]);
    assert_eq!(roster.granted.len(), 1);
    assert!(nurse.document(DocumentRef::care(client(BARRED))).facts().len() >= 5);
    let mut lead = world.enrol(OTHER_LEAD).await?;
    assert_eq!(grants(&lead.sync().await?).len(), 1);
    Ok(())
}

/// An id of nobody.
fn nobody(number: u128) -> String {
    client(7000 + number).to_string()
}

/// How many minutes an answer says to wait.
fn wait(answer: &Answer) -> Result<String> {
    let problem: Problem = serde_json::from_slice(&answer.body)?;
    anyhow::ensure!((answer.status, &*problem.code) == (429, "too_many_tries"), "{problem:?}");
    problem.args.get("minutes").cloned().context("no minutes")
}

#[tokio::test]
async fn trying_numbers_costs_growing_time_by_worker_and_by_device() -> Result<()> {
    let mut world = world().await?;
    let mut nurse = world.enrol(NURSE).await?;
    let other = world.enrol(MEMBERS).await?;
    for number in 0..5 {
        let answer = nurse.break_glass(&nobody(number), REASON).await?;
        assert_eq!(answer.problem()?, (404, "client_unknown".to_owned()));
    }
    assert_eq!(wait(&nurse.break_glass(&client(9).to_string(), REASON).await?)?, "1");
    // Not on another device either, nor anybody on this one; a restart shortens nothing.
    let elsewhere = world.enrol(NURSE).await?;
    assert_eq!(wait(&elsewhere.break_glass(&nobody(6), REASON).await?)?, "1");
    world.account(LEAD)?;
    let shared = nurse.device.log_in(&LEAD.to_string(), PASSWORD, None).await?.message()?;
    let shared = Tablet::new(nurse.device.clone(), shared);
    assert_eq!(wait(&shared.break_glass(&nobody(7), REASON).await?)?, "1");
    world = world.restart().await?;
    nurse.device.server = world.url("");
    assert_eq!(wait(&nurse.break_glass(&nobody(8), REASON).await?)?, "1");
    world.clock.forward(1);
    nurse.now = world.clock_now();
    let answer = nurse.break_glass(&nobody(9), REASON).await?;
    assert_eq!(answer.problem()?, (404, "client_unknown".to_owned()));
    assert_eq!(wait(&nurse.break_glass(&nobody(10), REASON).await?)?, "5");
    // Whoever guesses nothing is no part of it, and after the wait a client who is one is found.
    let mut other = other;
    other.device.server = world.url("");
    let_in(&other, 9).await?;
    world.clock.forward(5);
    let_in(&nurse, 9).await?;
    // What was found takes nothing back of what was guessed; a day without a guess does.
    let answer = nurse.break_glass(&nobody(11), REASON).await?;
    assert_eq!(answer.problem()?, (404, "client_unknown".to_owned()));
    assert_eq!(wait(&nurse.break_glass(&nobody(12), REASON).await?)?, "15");
    world.clock.forward(24 * HOUR);
    for number in 13..18 {
        let answer = nurse.break_glass(&nobody(number), REASON).await?;
        assert_eq!(answer.problem()?, (404, "client_unknown".to_owned()));
    }
    Ok(())
}

#[tokio::test]
async fn each_attempt_is_a_row_with_how_it_went_and_no_number() -> Result<()> {
    let world = world().await?;
    let (nurse, planner) = (world.enrol(NURSE).await?, world.enrol(MEMBERS + 3).await?);
    for number in 0..5 {
        nurse.break_glass(&nobody(number), REASON).await?;
    }
    // What is turned away unseen is one row a day, however often.
    for _ in 0..3 {
        assert_eq!(nurse.break_glass(&nobody(5), REASON).await?.status, 429);
        assert_eq!(planner.break_glass(&client(9).to_string(), REASON).await?.status, 403);
    }
    world.clock.forward(1);
    let_in(&nurse, 9).await?;
    let log = world.access_log()?.into_iter().map(|stored| stored.entry);
    let rows: Vec<_> = log.filter(|entry| entry.row.act == AccessAct::BreakGlass).collect();
    let of = |number| rows.iter().filter(move |entry| entry.worker == Some(worker(number)));
    let outcomes = |number| of(number).map(|entry| entry.row.outcome.clone()).collect::<Vec<_>>();
    let refused = AccessOutcome::Refused;
    let mut hers = vec![refused.clone(); 6];
    hers.push(AccessOutcome::Given);
    assert_eq!((outcomes(NURSE), outcomes(MEMBERS + 3)), (hers, vec![refused.clone()]));
    for entry in rows {
        assert_eq!(entry.row.words, REASON);
        assert_eq!(entry.row.client.is_some(), entry.row.outcome != refused);
    }
    Ok(())
}
