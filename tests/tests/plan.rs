//! The plan on real tablets: what may be written and by whom, what is asked for, what two wrote at
//! once, and whether it still mirrors the client.

use std::collections::BTreeMap;

use anyhow::Context;
use kjent_core::command::{ConversationDraft, NewGoal, VisitDraft};
use kjent_core::fact::{
    ConversationOutcome, Direction, Discussed, DiscussedWith, GoalAttainment, GoalEvaluation,
    GoalProgress, Note, Occasion, PlanReview, ProgressSource, WhatMatters,
};
use kjent_core::ids::{ClientId, GoalId};
use kjent_core::plan::{Currency, GoalStatus, InterventionGap, Part, Scalar};
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, EntryBody, GoalView, VisitState};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::plan::{edit_goal, with_client};
use kjent_tests::tablet::HeadlessTablet;

type Fields = BTreeMap<String, Option<Scalar>>;

fn fields<const N: usize>(fields: [(&str, &str); N]) -> Fields {
    fields.into_iter().map(|(field, text)| (field.to_owned(), Scalar::text(text))).collect()
}

/// The code of the sentence that the worker reads, and the field it is about.
fn problem<T>(outcome: Result<T, TabletError>) -> (String, String) {
    let Err(error) = outcome else { return ("no error".into(), String::new()) };
    let problem = Problem::from(&error);
    let field = problem.args.get("field").cloned().unwrap_or_default();
    (problem.code, field)
}

fn said(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

fn line() -> ClientId {
    kjent_demo::names::client("line-danser")
}

fn view(tablet: &HeadlessTablet) -> anyhow::Result<ClientView> {
    Ok(tablet.open().read_client(line())?)
}

fn goal(view: &ClientView, title: &str) -> anyhow::Result<GoalView> {
    view.goals.iter().find(|goal| goal.title.value == title).cloned().context("no such goal")
}

/// Everybody has what everybody wrote.
async fn sync_all(tablets: &[&HeadlessTablet]) -> anyhow::Result<()> {
    for tablet in tablets.iter().chain(tablets) {
        tablet.sync().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_refused_by_the_field_that_is_wrong_and_changes_nothing() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let before = anne.open().dump_projection()?;
    let goal = goal(&view(&anne)?, "Gå til postkassen selv")?.goal.0;
    let intervention = view(&anne)?.interventions.first().context("none")?.intervention.0;
    let with = with_client();
    let nobody = |words: &str| Discussed { with: DiscussedWith::Nobody, words: words.into() };
    let edit = |part, object, fields: Fields, discussed: Option<&Discussed>| {
        problem(anne.open().edit_plan(line(), part, object, &fields, discussed, ""))
    };
    let cases = [
        (Part::Goals, Some(goal), fields([("title", " ")]), said("field_needed", "title")),
        (Part::Goals, Some(goal), fields([("due", "snart")]), said("field_invalid", "due")),
        (Part::Goals, Some(goal), fields([("titel", "x")]), said("field_unknown", "titel")),
        (Part::Goals, None, fields([("title", "Gå")]), said("field_needed", "expressed_by")),
        (
            Part::Interventions,
            Some(intervention),
            fields([("recurrence", "hver morgen")]),
            said("field_invalid", "recurrence"),
        ),
        (
            Part::Interventions,
            Some(intervention),
            fields([("goal", "målet")]),
            said("field_invalid", "goal"),
        ),
        (
            Part::Interventions,
            None,
            fields([("title", "Gå tur"), ("status", "active")]),
            said("field_needed", "competence"),
        ),
        (Part::Goals, Some(line().0), fields([("title", "x")]), said("not_found", "")),
        (Part::Decisions, None, fields([("content", "x")]), said("field_needed", "service")),
    ];
    for (part, object, fields, expected) in cases {
        assert_eq!(edit(part, object, fields.clone(), Some(&with)), expected, "{fields:?}");
    }
    // Nothing about somebody without them; and if so, why.
    let title = fields([("title", "Noe annet")]);
    for discussed in [None, Some(&nobody("")), Some(&nobody("  "))] {
        let refused = edit(Part::Goals, Some(goal), title.clone(), discussed);
        assert_eq!(refused, said("discussion_needed", ""), "{discussed:?}");
    }
    // The office decides on services, and nurses don't.
    let decided = fields([
        ("service", "home_nursing"),
        ("case_number", "1"),
        ("decided_on", "2026-01-01"),
        ("applied_on", "2026-01-01"),
        ("valid_from", "2026-01-01"),
        ("valid_to", "2026-12-31"),
        ("content", "x"),
        ("scope", "x"),
        ("purpose", "x"),
        ("client_goal", "x"),
        ("reasons", "x"),
        ("legal_basis", "x"),
        ("caseworker", "x"),
    ]);
    let mut decided = decided;
    decided.insert("copayment".into(), Some(Scalar::Flag(false)));
    assert_eq!(edit(Part::Decisions, None, decided, None), said("role_may_not", ""));
    assert_eq!(anne.open().dump_projection()?, before);
    assert_eq!(anne.open().read_sync()?.waiting, []);

    // With a reason why it was not talked over, it goes; what stands there already writes nothing.
    assert_eq!(
        edit(Part::Goals, Some(goal), title.clone(), Some(&nobody("Hun sov."))).0,
        "no error"
    );
    assert_eq!(anne.open().read_sync()?.waiting.len(), 1);
    assert_eq!(edit(Part::Goals, Some(goal), title, Some(&with)).0, "no error");
    assert_eq!(anne.open().read_sync()?.waiting.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_stays_in_the_journal_with_what_was_and_why() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    sync_all(&[&anne, &sara]).await?;
    let old = "Gå til postkassen selv";
    let id = goal(&view(&anne)?, old)?.goal;
    let edited = fields([("title", "Gå til butikken selv"), ("own_part", "Øver på trappa.")]);
    let why = "Postkassen er nådd.";
    anne.open().edit_plan(line(), Part::Goals, Some(id.0), &edited, Some(&with_client()), why)?;
    sync_all(&[&anne, &sara]).await?;
    for tablet in [&anne, &sara] {
        let view = view(tablet)?;
        let goal = goal(&view, "Gå til butikken selv")?;
        let words: Vec<&str> = goal.wordings.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(words, [old]);
        assert_eq!(goal.wordings[0].reason, why);
        let journal = tablet.open().read_journal(line(), 60)?.entries;
        let change = journal.iter().find_map(|entry| match &entry.body {
            EntryBody::PlanChange { title, change } => Some((title.as_str(), change)),
            _ => None,
        });
        let (title, change) = change.context("not in the journal")?;
        assert_eq!((title, change.reason.as_str()), ("Gå til butikken selv", why));
        assert_eq!(change.discussed, Some(with_client()));
        assert_eq!(change.fields.len(), 2);
    }

    // A new intervention that doesn't say why, how or when is marked as such.
    let made = fields([("title", "Gå tur"), ("competence", "anyone"), ("status", "active")]);
    let with = with_client();
    let (object, _) =
        anne.open().edit_plan(line(), Part::Interventions, None, &made, Some(&with), "")?;
    let view = view(&anne)?;
    let made =
        view.interventions.iter().find(|one| one.intervention.0 == object).context("none")?;
    let gaps = [InterventionGap::Why, InterventionGap::How, InterventionGap::When];
    assert_eq!(made.gaps, gaps);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn both_values_stand_until_somebody_says_which_and_why() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    sync_all(&[&anne, &sara, &fatima]).await?;
    let first = view(&anne)?.interventions.first().context("none")?.intervention.0;
    let other = view(&anne)?.primary_contact.value;
    let me = |tablet: &HeadlessTablet| tablet.open().worker().worker;
    for (tablet, how) in [(&anne, "Hun vasker seg selv."), (&sara, "Hun sitter på krakken.")] {
        let how = fields([("how", how)]);
        let with = with_client();
        tablet.open().edit_plan(line(), Part::Interventions, Some(first), &how, Some(&with), "")?;
    }
    // Line's primary contact too: whom the two appointed is shown by name.
    for worker in [me(&sara), me(&fatima)] {
        let tablet = if worker == me(&sara) { &anne } else { &sara };
        let contact = BTreeMap::from([("primary_contact".to_owned(), Scalar::code(worker))]);
        tablet.open().edit_plan(line(), Part::Client, None, &contact, None, "")?;
    }
    sync_all(&[&anne, &sara, &fatima]).await?;
    for tablet in [&anne, &sara, &fatima] {
        let conflicts = view(tablet)?.conflicts;
        let told: Vec<(Part, &str, usize)> =
            conflicts.iter().map(|it| (it.part, it.field.as_str(), it.values.len())).collect();
        assert_eq!(told, [(Part::Client, "primary_contact", 2), (Part::Interventions, "how", 2)]);
        let mut names: Vec<_> =
            conflicts[0].values.iter().filter_map(|it| it.means.clone()).collect();
        names.sort();
        assert_eq!(names, ["Fatima Haidari", "Sara Lien"], "{other} was before");
        let mut authors: Vec<&str> = conflicts[1].values.iter().map(|it| it.by.as_str()).collect();
        authors.sort_unstable();
        assert_eq!(authors, ["Anne Nordli", "Sara Lien"]);
    }

    let profile = view(&anne)?.conflicts.first().context("settled by itself")?.object;
    let settle = |tablet: &HeadlessTablet, why: &str| {
        let chosen = Scalar::text("Hun sitter på krakken.");
        tablet.open().settle_field(line(), Part::Interventions, first, "how", chosen, why)
    };
    assert_eq!(problem(settle(&anne, "  ")), said("reason_needed", ""));
    settle(&anne, "Slik Line vil ha det.")?;
    let chosen = Scalar::code(me(&sara));
    anne.open().settle_field(
        line(),
        Part::Client,
        profile,
        "primary_contact",
        chosen,
        "Avtalt med teamleder.",
    )?;
    sync_all(&[&anne, &sara]).await?;
    for tablet in [&anne, &sara] {
        let view = view(tablet)?;
        assert_eq!(view.conflicts, []);
        assert_eq!(view.primary_contact.value, "Sara Lien");
        let journal = tablet.open().read_journal(line(), 60)?.entries;
        let settled: Vec<_> = journal
            .iter()
            .filter_map(|entry| match &entry.body {
                EntryBody::PlanChange { change, .. } if change.occasion == Occasion::Settled => {
                    Some((change.reason.as_str(), change.fields.first()?.put_aside.clone()))
                }
                _ => None,
            })
            .collect();
        let aside: Vec<Scalar> = Scalar::text("Hun vasker seg selv.").into_iter().collect();
        assert!(settled.contains(&("Slik Line vil ha det.", aside)), "{settled:?}");
        assert_eq!(settled.len(), 2);
    }
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_edit_asks_and_is_answered_once() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 2).await?;
    sync_all(&[&anne, &fatima]).await?;
    let id = goal(&view(&fatima)?, "Gå til postkassen selv")?.goal;
    let edit = edit_goal(&mut fatima.open(), line(), id, "title", "Gå til bussen");
    assert_eq!(problem(edit).0, "role_may_not");

    let propose = |title: &str, why: &str| {
        let asked = fields([("title", title)]);
        fatima.open().propose_plan_change(line(), Part::Goals, Some(id.0), &asked, why)
    };
    assert_eq!(problem(propose("Gå til bussen", " ")).0, "reason_needed");
    assert_eq!(problem(propose("Gå til postkassen selv", "Samme")).0, "nothing_written");
    propose("Gå til bussen", "Hun går lenger enn postkassen nå.")?;
    day.clock.pass_minutes(1);
    propose("Gå til byen", "Hun vil til byen.")?;
    sync_all(&[&fatima, &anne]).await?;

    let open = view(&anne)?.proposals;
    let asked: Vec<(&str, &str)> =
        open.iter().map(|it| (it.by.as_str(), it.proposal.reason.as_str())).collect();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0], ("Fatima Haidari", "Hun går lenger enn postkassen nå."));
    assert_eq!(view(&anne)?.goals.iter().filter(|it| it.goal == id).count(), 1);
    // Following is an edit of the plan, and is talked over like any other.
    let (first, second) = (open[0].fact, open[1].fact);
    assert_eq!(problem(anne.open().follow_proposal(line(), first, None)).0, "discussion_needed");
    assert_eq!(
        problem(fatima.open().follow_proposal(line(), first, Some(&with_client()))).0,
        "role_may_not"
    );
    assert_eq!(problem(fatima.open().decline_proposal(line(), first, "nei")).0, "role_may_not");
    assert_eq!(problem(anne.open().decline_proposal(line(), second, "")).0, "reason_needed");

    anne.open().follow_proposal(line(), first, Some(&with_client()))?;
    anne.open().decline_proposal(line(), second, "Vi venter til våren.")?;
    for proposal in [first, second] {
        let again = anne.open().follow_proposal(line(), proposal, Some(&with_client()));
        assert_eq!(problem(again).0, "already_answered");
        let again = anne.open().decline_proposal(line(), proposal, "nei");
        assert_eq!(problem(again).0, "already_answered");
    }
    sync_all(&[&anne, &fatima]).await?;
    for tablet in [&anne, &fatima] {
        let view = view(tablet)?;
        assert_eq!(view.proposals, []);
        assert_eq!(goal(&view, "Gå til bussen")?.goal, id);
        let journal = tablet.open().read_journal(line(), 60)?.entries;
        let told = |wanted: fn(&EntryBody) -> bool| {
            journal.iter().filter(|entry| wanted(&entry.body)).count()
        };
        assert_eq!(told(|body| matches!(body, EntryBody::PlanProposal { .. })), 2);
        assert_eq!(told(|body| matches!(body, EntryBody::ProposalDeclined { .. })), 1);
    }
    Ok(())
}

fn evaluation(goal: GoalId, outcome: GoalAttainment) -> GoalEvaluation {
    GoalEvaluation {
        goal,
        outcome,
        goes_on: false,
        words: "Går til postkassen alene.".into(),
        client_view: "«Der er jeg.»".into(),
        next: "Butikken.".into(),
        discussed: with_client(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evaluation_and_where_the_goal_stands_are_one_change() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 2).await?;
    sync_all(&[&anne, &fatima]).await?;
    let id = goal(&view(&anne)?, "Gå til postkassen selv")?.goal;
    let mut told = evaluation(id, GoalAttainment::Reached);
    assert_eq!(problem(fatima.open().evaluate_goal(line(), &told)).0, "role_may_not");
    let wordless = GoalEvaluation { words: " ".into(), ..told.clone() };
    assert_eq!(problem(anne.open().evaluate_goal(line(), &wordless)).0, "reason_needed");
    told.discussed = Discussed { with: DiscussedWith::Nobody, words: String::new() };
    assert_eq!(problem(anne.open().evaluate_goal(line(), &told)).0, "discussion_needed");
    let stranger = evaluation(GoalId(line().0), GoalAttainment::Reached);
    assert_eq!(problem(anne.open().evaluate_goal(line(), &stranger)).0, "not_found");

    // Halfway, and on.
    told = GoalEvaluation { goes_on: true, ..evaluation(id, GoalAttainment::Partly) };
    anne.open().evaluate_goal(line(), &told)?;
    assert_eq!(goal(&view(&anne)?, "Gå til postkassen selv")?.status, GoalStatus::Active);
    day.clock.pass_minutes(1);
    anne.open().evaluate_goal(line(), &evaluation(id, GoalAttainment::Reached))?;
    assert_eq!(anne.open().read_sync()?.waiting.len(), 2);
    sync_all(&[&anne, &fatima]).await?;
    for tablet in [&anne, &fatima] {
        let view = view(tablet)?;
        let goal = goal(&view, "Gå til postkassen selv")?;
        assert_eq!(goal.status, GoalStatus::Reached);
        let outcomes: Vec<_> =
            goal.evaluations.iter().map(|it| it.evaluation.outcome.clone()).take(2).collect();
        assert_eq!(outcomes, [GoalAttainment::Reached, GoalAttainment::Partly]);
        assert_eq!(goal.untouched, 0);
        let journal = tablet.open().read_journal(line(), 60)?.entries;
        assert!(journal.iter().any(|entry| matches!(
            &entry.body,
            EntryBody::GoalEvaluation { title, .. } if title == "Gå til postkassen selv"
        )));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_that_nobody_speaks_of_is_untouched_for_so_many_visits() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let of = |anne: &HeadlessTablet| -> anyhow::Result<GoalView> {
        goal(&view(anne)?, "Ta støvsugingen selv igjen")
    };
    let silent = of(&anne)?;
    assert!(silent.untouched > 12, "{}", silent.untouched);
    let mark = |goal| GoalProgress {
        goal,
        direction: Direction::Closer,
        source: ProgressSource::Relative,
        words: "Sier datteren.".into(),
    };
    let stranger = mark(GoalId(line().0));
    assert_eq!(problem(anne.open().note_progress(line(), &stranger)).0, "not_found");
    anne.open().note_progress(line(), &mark(silent.goal))?;
    let noted = of(&anne)?;
    assert_eq!(noted.untouched, 0);
    assert_eq!(noted.progress.first().map(|it| it.words.as_str()), Some("Sier datteren."));

    // A visit where nobody speaks of it counts again.
    day.clock.pass_minutes(60);
    let today = anne.open().read_today()?;
    let card = today
        .visits
        .iter()
        .find(|card| card.client == line() && matches!(card.state, VisitState::Planned));
    let visit = card.context("Line has no visit left")?.visit;
    anne.open().start_visit(visit)?;
    let note = Note { observation: "Sover.".into(), ..Note::default() };
    let draft = VisitDraft { note, ..anne.open().read_visit(visit)?.draft };
    anne.open().finish_visit(visit, &draft)?;
    assert_eq!(of(&anne)?.untouched, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_makes_the_plan_current_until_its_next_day_has_passed() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 2).await?;
    let lead = HeadlessTablet::enrol(&day.server, INGVILD, &day.clock, 3).await?;
    sync_all(&[&anne, &fatima, &lead]).await?;
    let review = PlanReview {
        discussed: with_client(),
        participants: "Line og Tone".into(),
        words: "Alt står.".into(),
        next_on: Some(day.today + chrono::Days::new(1)),
    };
    let silent = PlanReview {
        discussed: Discussed { with: DiscussedWith::Nobody, words: String::new() },
        ..review.clone()
    };
    assert_eq!(problem(anne.open().review_plan(line(), &silent)).0, "discussion_needed");
    assert_eq!(problem(fatima.open().review_plan(line(), &review)).0, "role_may_not");
    anne.open().review_plan(line(), &review)?;
    sync_all(&[&anne, &lead]).await?;
    for tablet in [&anne, &lead] {
        let view = view(tablet)?;
        let last = view.last_review.context("no review")?;
        assert_eq!((last.by.as_str(), last.on), ("Anne Nordli", day.today));
        assert_eq!(last.review, review);
        assert_eq!(view.currency, Currency::Current(review.next_on));
    }
    day.clock.pass_minutes(2 * 24 * 60);
    let overdue = review.next_on.map(Currency::Overdue);
    assert_eq!(Some(view(&anne)?.currency), overdue);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_becomes_several_goals_talked_over_with_who_spoke() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let goal = |title: &str| NewGoal { title: title.into(), ..NewGoal::default() };
    let draft = ConversationDraft {
        conversation: WhatMatters {
            outcome: ConversationOutcome::NotAble,
            words: "Hun vil ut, og hun vil ha musikk.".into(),
            spoken_by: "Datteren Tone".into(),
            participants: "Tone".into(),
            ..WhatMatters::default()
        },
        goal: goal("Ut hver dag"),
        more_goals: vec![goal("  "), goal("Musikk til kaffen")],
    };
    anne.open().save_conversation_draft(line(), &draft)?;
    assert_eq!(anne.open().read_conversation_draft(line())?, draft);
    anne.open().finish_conversation(line(), &draft)?;
    assert_eq!(anne.open().read_conversation_draft(line())?, ConversationDraft::default());
    assert_eq!(anne.open().read_sync()?.waiting.len(), 1, "it is one change");
    let view = view(&anne)?;
    let asked = view.what_matters.first().context("no conversation")?;
    assert_eq!(asked.participants, "Tone");
    for title in ["Ut hver dag", "Musikk til kaffen"] {
        assert!(view.goals.iter().any(|goal| goal.title.value == title), "{title}");
    }
    let journal = anne.open().read_journal(line(), 60)?.entries;
    let discussed: Vec<_> = journal
        .iter()
        .filter_map(|entry| match &entry.body {
            EntryBody::PlanChange { change, .. } if change.occasion == Occasion::Made => {
                change.discussed.clone()
            }
            _ => None,
        })
        .collect();
    let with = Discussed { with: DiscussedWith::Representative, words: "Datteren Tone".into() };
    assert_eq!(discussed, [with.clone(), with]);
    Ok(())
}

#[test]
fn a_draft_of_before_there_could_be_more_goals_is_still_read() -> anyhow::Result<()> {
    let old = r#"{"conversation":{"outcome":"answered","words":"Ut"},
        "goal":{"title":"Ut hver dag","own_part":"","expressed_by":"client","due":null}}"#;
    let draft: ConversationDraft = serde_json::from_str(old)?;
    let titles: Vec<&str> = draft.goals().map(|goal| goal.title.as_str()).collect();
    assert_eq!(titles, ["Ut hver dag"]);
    Ok(())
}
