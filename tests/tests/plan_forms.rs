//! What is typed in a form of the plan survives until it is saved or given up, and goes with the
//! client; what the client could manage stands in the plan; and an intervention leads to its notes.

use anyhow::{Context, ensure};
use kjent_core::command::{NoteDraft, NoteTask, PlanDraft, PlanDraftPlace};
use kjent_core::fact::{Discussed, DiscussedWith, FactKind, Note};
use kjent_core::ids::{ClientId, InterventionId};
use kjent_core::plan::{Part, Scalar, SelfManagement};
use kjent_core::view::{HitKind, InterventionView};
use kjent_demo::names;
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::tablet::HeadlessTablet;
use rusqlite::{Connection, params};
use uuid::Uuid;

fn line() -> ClientId {
    names::client("line-danser")
}

fn intervention(tablet: &HeadlessTablet) -> anyhow::Result<InterventionView> {
    let all = tablet.open().read_client(line())?.interventions;
    all.into_iter().next().context("no interventions")
}

fn typed(title: &str) -> PlanDraft {
    PlanDraft {
        texts: [("title".to_owned(), title.to_owned())].into(),
        discussed: Some(Discussed { with: DiscussedWith::Client, words: "Ja".into() }),
        reason: "Hun ba om det".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_in_a_form_of_the_plan_is_kept_and_leaves_with_the_client()
-> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let place = |form: &str, object: Option<Uuid>| PlanDraftPlace {
        client: line(),
        form: form.into(),
        object,
    };
    let goal = anne.open().read_client(line())?.goals.first().context("no goals")?.goal.0;
    let (edit, new) = (place("goal", Some(goal)), place("new-goal", None));
    assert_eq!(anne.open().read_plan_draft(&edit)?, None);
    anne.open().save_plan_draft(&edit, &typed("Gå til butikken"))?;
    anne.open().save_plan_draft(&new, &typed("Danse"))?;
    anne.open().save_plan_draft(&new, &typed("Danse igjen"))?;
    anne.restart()?;
    assert_eq!(anne.open().read_plan_draft(&edit)?, Some(typed("Gå til butikken")));
    assert_eq!(anne.open().read_plan_draft(&new)?, Some(typed("Danse igjen")));
    assert_eq!(anne.open().read_plan_draft(&place("goal", None))?, None, "another form");
    anne.open().discard_plan_draft(&edit)?;
    assert_eq!(anne.open().read_plan_draft(&edit)?, None);

    // Nobody could save it once the client has left the team: it keeps nobody here, and goes.
    let office = Connection::open(day.server.database())?;
    let other = [7_u8; 16];
    office.execute("INSERT INTO team (id, name) VALUES (?1, 'Et annet lag')", [other])?;
    for (table, key) in [("client", "id"), ("document", "client")] {
        let moves = format!("UPDATE {table} SET team = ?2 WHERE {key} = ?1");
        office.execute(&moves, params![line().bytes(), other])?;
    }
    anne.sync().await?;
    assert_eq!(anne.open().read_sync()?.left, []);
    assert_eq!(anne.open().read_plan_draft(&new)?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_the_client_can_manage_it_stands_in_the_plan() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let one = intervention(&anne)?;
    let fields = [("self_management".to_owned(), Scalar::text("training"))].into();
    let discussed = Discussed { with: DiscussedWith::Client, words: String::new() };
    let object = Some(one.intervention.0);
    anne.open().edit_plan(line(), Part::Interventions, object, &fields, Some(&discussed), "")?;
    anne.sync().await?;
    sara.sync().await?;
    let view = sara.open().read_client(line())?;
    let told = view.interventions.iter().find(|it| it.intervention == one.intervention);
    let told = told.context("it is gone")?;
    assert_eq!(told.self_management, Some(SelfManagement::Training));
    let journal = sara.open().read_journal(line(), 60)?.entries;
    let changed = journal.iter().find(|it| it.kind == FactKind::PlanChange);
    ensure!(changed.is_some_and(|it| it.author == "Anne Nordli"), "the journal is silent");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intervention_leads_to_the_notes_about_it() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let about = intervention(&anne)?.intervention;
    let note = |words: &str, interventions: Vec<InterventionId>| NoteDraft {
        note: Note { observation: words.into(), interventions, ..Note::default() },
        ..NoteDraft::default()
    };
    let told = |tablet: &HeadlessTablet| -> anyhow::Result<Vec<String>> {
        let notes = tablet.open().read_notes_about(line(), about)?;
        Ok(notes.into_iter().map(|it| it.first_words).collect())
    };
    let before = told(&anne)?;
    anne.open().finish_note(line(), NoteTask::Tell, &note("Gikk fint", vec![about]))?;
    anne.open().finish_note(line(), NoteTask::Tell, &note("Om noe annet", Vec::new()))?;
    day.clock.pass_minutes(1);
    sara.open().finish_note(line(), NoteTask::Tell, &note("Gikk ikke", vec![about]))?;
    sara.sync().await?;
    anne.sync().await?;
    sara.sync().await?;
    let both = ["Gikk ikke".to_owned(), "Gikk fint".to_owned()];
    let expected: Vec<String> = both.into_iter().chain(before).collect();
    assert_eq!((told(&anne)?, told(&sara)?), (expected.clone(), expected));
    let page = anne.open().read_notes_about(line(), about)?;
    ensure!(page.iter().all(|it| !it.profession.code().is_empty()), "whose note isn't said");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_and_what_is_critical_are_found_by_their_words() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let page = anne.open().read_client(line())?;
    let critical = page.critical.first().context("nothing is critical")?.label.clone();
    let decision = page.decisions.first().context("no decisions")?.decision.content.clone();
    for (words, kind) in [(critical, HitKind::Critical), (decision, HitKind::Decision)] {
        let hits = anne.open().search(&words, 50)?.hits;
        let found = hits.iter().any(|hit| hit.client == line() && hit.kind == kind);
        ensure!(found, "«{words}» is not found: {hits:?}");
    }
    Ok(())
}
