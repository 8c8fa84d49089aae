//! The people around the client, on real tablets with a real server: who answers for them, who may be
//! told what, and what was said.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::Days;
use kjent_core::fact::{
    Basis, BasisKind, Caller, CapacityAssessment, CapacityOutcome, Channel, Consent, ConsentForm,
    ConsentGiver, ConsentScope, ContactLogged,
};
use kjent_core::ids::{ClientId, ContactId};
use kjent_core::people::{ConsentState, Disclosure, Responsibility};
use kjent_core::plan::{Part, Scalar};
use kjent_core::view::{EntryBody, GapsView, PeopleView};
use kjent_demo::names;
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::tablet::HeadlessTablet;

fn line() -> ClientId {
    names::client("line-danser")
}

fn people(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<PeopleView> {
    Ok(tablet.open().read_client(client)?.people)
}

fn write(
    tablet: &HeadlessTablet,
    client: ClientId,
    part: Part,
    object: Option<uuid::Uuid>,
    fields: &[(&str, Option<Scalar>)],
) -> Result<uuid::Uuid, TabletError> {
    let fields: BTreeMap<String, Option<Scalar>> =
        fields.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
    tablet.open().edit_plan(client, part, object, &fields, None, "").map(|done| done.0)
}

fn disclosure(people: &PeopleView, name: &str) -> anyhow::Result<(ContactId, Disclosure)> {
    let found = people.contacts.iter().find(|it| it.name == name).context("no such contact")?;
    Ok((found.contact, found.disclosure.clone()))
}

async fn tablet(day: &Day, employee: &str, seed: u64) -> anyhow::Result<HeadlessTablet> {
    let tablet = HeadlessTablet::enrol(&day.server, employee, &day.clock, seed).await?;
    tablet.sync().await?;
    Ok(tablet)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_responsible_is_said_and_so_are_two() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = tablet(&day, ANNE, 1).await?;
    let sara = tablet(&day, SARA, 2).await?;
    let fatima = tablet(&day, FATIMA, 3).await?;
    let lead = tablet(&day, INGVILD, 4).await?;

    // Torbjørn's primary contact ended yesterday, and nobody came after.
    let torbjorn = names::client("torbjorn-lysne");
    let gaps = lead.open().read_gaps()?.clients;
    assert_eq!(gaps.iter().map(|gap| gap.client).collect::<Vec<_>>(), [torbjorn]);
    assert_eq!(lead.open().read_today()?.gaps, 1);
    let gap = Responsibility::Gap { since: Some(day.today) };
    assert_eq!(people(&anne, torbjorn)?.primary_contact.state, gap);
    assert_eq!(anne.open().read_today()?.gaps, 0);
    assert_eq!(anne.open().read_gaps()?, GapsView::default());

    // A helper doesn't appoint, not even where she is responsible herself.
    let ragnhild = names::client("ragnhild-moe");
    assert!(!people(&fatima, ragnhild)?.may.appoint);
    let appoint = |employee: &str| {
        let worker = names::worker(employee).to_string();
        vec![("primary_contact", Scalar::code(worker)), ("primary_contact_to", None)]
    };
    let refused = write(&fatima, ragnhild, Part::Client, None, &appoint(ANNE));
    assert!(matches!(refused, Err(TabletError::Refused(_))), "{refused:?}");
    write(&fatima, ragnhild, Part::Client, None, &[("need_skin", Scalar::text("Hovne legger"))])?;

    // Two nurses appoint one each at once: neither is dropped in silence.
    anne.network.cut();
    sara.network.cut();
    write(&anne, torbjorn, Part::Client, None, &appoint(ANNE))?;
    write(&sara, torbjorn, Part::Client, None, &appoint(SARA))?;
    for tablet in [&anne, &sara, &anne, &lead] {
        tablet.network.restore();
        tablet.sync().await?;
    }
    for tablet in [&anne, &sara, &lead] {
        let role = people(tablet, torbjorn)?.primary_contact;
        let mut names: Vec<_> = role.conflict.iter().map(|one| one.value.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Anne Nordli", "Sara Lien"]);
        assert_eq!(role.state, Responsibility::Held);
    }
    assert_eq!(lead.open().read_gaps()?.clients.len(), 1);

    // The lead chooses, and there is one.
    let chosen = Scalar::code(names::worker(SARA));
    lead.open().settle_field(
        torbjorn,
        Part::Client,
        uuid::Uuid::nil(),
        "primary_contact",
        chosen,
        "Sara kjenner ham.",
    )?;
    lead.sync().await?;
    anne.sync().await?;
    let role = people(&anne, torbjorn)?.primary_contact;
    assert_eq!((role.name.as_str(), role.conflict.len()), ("Sara Lien", 0));
    assert!(lead.open().read_gaps()?.clients.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_opens_what_it_says_until_it_is_taken_back() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = tablet(&day, ANNE, 1).await?;
    let sara = tablet(&day, SARA, 2).await?;

    // A guardian with a mandate for money is told nothing about health.
    let solveig = names::client("solveig-aune");
    let (guardian, told) = disclosure(&people(&anne, solveig)?, "Liv Torunn Aasheim")?;
    assert_eq!(told, Disclosure::EconomyOnly);
    assert!(!told.covers_health());

    // Wenche may be told when somebody comes; Anne writes down that Line lets her know more.
    let (wenche, told) = disclosure(&people(&anne, line())?, "Wenche Aker")?;
    assert_eq!(told, Disclosure::Consented { scopes: vec![ConsentScope::Practical] });
    let consent = |to, until| Consent {
        what: ConsentScope::Health,
        words: "Hvis jeg faller.".into(),
        to,
        to_words: String::new(),
        from: day.today,
        until,
        how: ConsentForm::Spoken,
        given_by: ConsentGiver::Client,
    };
    let nobody = anne.open().give_consent(line(), &consent(None, None));
    assert!(matches!(nobody, Err(TabletError::Field(_))), "{nobody:?}");
    anne.open().give_consent(line(), &consent(Some(wenche), None))?;
    anne.sync().await?;
    sara.sync().await?;
    let seen = people(&sara, line())?;
    assert!(disclosure(&seen, "Wenche Aker")?.1.covers_health());
    let given = seen.consents.iter().find(|it| it.consent.words == "Hvis jeg faller.");
    let given = given.context("the consent did not come")?.clone();
    assert_eq!((given.state, given.by.as_str()), (ConsentState::Holds, "Anne Nordli"));

    // A talk rests on a consent that holds, and on one's own.
    let talk = |with, consent| ContactLogged {
        with: Some(with),
        with_words: String::new(),
        channel: Channel::Phone,
        caller: Caller::They,
        content: "Fortalte om fallet.".into(),
        result: String::new(),
        basis: Basis { kind: BasisKind::Consent, consent, words: String::new() },
    };
    let (tone, _) = disclosure(&seen, "Tone Danser Lie")?;
    for basis in [talk(tone, Some(given.fact)), talk(wenche, None)] {
        let refused = sara.open().finish_contact(line(), &basis);
        assert!(matches!(refused, Err(TabletError::Field(_))), "{refused:?}");
    }
    let foreign = sara.open().finish_contact(solveig, &talk(guardian, Some(given.fact)));
    assert!(matches!(foreign, Err(TabletError::Field(_))), "{foreign:?}");
    sara.open().finish_contact(line(), &talk(wenche, Some(given.fact)))?;

    // Line takes it back: from then on nothing rests on it.
    sara.open().withdraw_consent(line(), given.fact, "Sa det ved kaffen.")?;
    sara.sync().await?;
    anne.sync().await?;
    let seen = people(&anne, line())?;
    assert!(!disclosure(&seen, "Wenche Aker")?.1.covers_health());
    let found = seen.consents.iter().find(|it| it.fact == given.fact).context("it is gone")?;
    assert_eq!(found.state, ConsentState::Withdrawn);
    assert_eq!(found.withdrawn.as_deref(), Some("Sa det ved kaffen."));
    let again = anne.open().finish_contact(line(), &talk(wenche, Some(given.fact)));
    assert!(matches!(again, Err(TabletError::Field(_))), "{again:?}");

    // A consent runs out by itself.
    let last = day.today.checked_add_days(Days::new(2)).context("no such day")?;
    anne.open().give_consent(line(), &consent(Some(wenche), Some(last)))?;
    let state = |anne: &HeadlessTablet| {
        let seen = people(anne, line())?;
        let it = seen.consents.iter().find(|it| it.consent.until == Some(last));
        anyhow::Ok(it.context("the consent is gone")?.state)
    };
    assert_eq!(state(&anne)?, ConsentState::RunsOut);
    day.clock.pass_minutes(3 * 24 * 60);
    assert_eq!(state(&anne)?, ConsentState::Over);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_talk_is_kept_while_it_is_typed_and_stands_in_the_journal() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = tablet(&day, ANNE, 1).await?;
    let sara = tablet(&day, SARA, 2).await?;
    anne.network.cut();
    let draft = ContactLogged {
        with_words: "Legevakten".into(),
        content: "Legen vil se henne i kveld.".into(),
        caller: Caller::We,
        basis: Basis {
            kind: BasisKind::Law,
            consent: None,
            words: "Samarbeid om helsehjelp".into(),
        },
        ..ContactLogged::default()
    };
    anne.open().save_contact_draft(line(), &draft)?;
    anne.restart()?;
    assert_eq!(anne.open().read_contact_draft(line())?, draft);
    let no_ground = ContactLogged {
        basis: Basis { words: String::new(), ..draft.basis.clone() },
        ..draft.clone()
    };
    let refused = anne.open().finish_contact(line(), &no_ground);
    assert!(matches!(refused, Err(TabletError::Field(_))), "{refused:?}");
    anne.open().finish_contact(line(), &draft)?;
    assert_eq!(anne.open().read_contact_draft(line())?, ContactLogged::default());

    anne.network.restore();
    anne.sync().await?;
    sara.sync().await?;
    let view = sara.open().read_client(line())?;
    let journal = sara.open().read_journal(line(), 60)?.entries;
    let logged = journal.iter().find_map(|entry| match &entry.body {
        EntryBody::Contact { with, contact } if with == "Legevakten" => Some(contact),
        _ => None,
    });
    assert_eq!(logged, Some(&draft));
    assert_eq!(view.people.log.first().map(|it| it.with.as_str()), Some("Legevakten"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn capacity_is_about_one_matter_and_what_is_written_at_once_stays() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = tablet(&day, ANNE, 1).await?;
    let sara = tablet(&day, SARA, 2).await?;
    let client = names::client("olav-berge");
    assert_eq!(people(&anne, client)?.assessments, []);
    let assess = |matter: &str, outcome| CapacityAssessment {
        matter: matter.into(),
        outcome,
        reasons: "Svarer likt to dager på rad.".into(),
    };
    anne.network.cut();
    sara.network.cut();
    anne.open().assess_capacity(client, &assess("Flytting", CapacityOutcome::Lacks))?;
    sara.open().assess_capacity(client, &assess("Bilde av såret", CapacityOutcome::Has))?;
    let no_reasons =
        CapacityAssessment { reasons: " ".into(), ..assess("Mat", CapacityOutcome::Has) };
    let refused = anne.open().assess_capacity(client, &no_reasons);
    assert!(matches!(refused, Err(TabletError::Field(_))), "{refused:?}");

    // Two areas of the profile, written at once, are two fields.
    let (skin, social) = (Scalar::text("Leggsår"), Scalar::text("Bror Per"));
    write(&anne, client, Part::Client, None, &[("need_skin", skin.clone())])?;
    write(&sara, client, Part::Client, None, &[("strength_social", social.clone())])?;

    // Critical information is ended, and neither deleted nor a tag.
    let label = [("kind", Scalar::code("allergy")), ("label", Scalar::text("Plaster"))];
    let item = write(&anne, client, Part::CriticalInfo, None, &label)?;
    let tags = |tablet: &HeadlessTablet| {
        let view = tablet.open().read_client(client)?;
        anyhow::Ok(view.critical.iter().filter(|it| it.label == "Plaster").count())
    };
    assert_eq!(tags(&anne)?, 1);
    let yesterday = day.today.pred_opt();
    write(&anne, client, Part::CriticalInfo, Some(item), &[("ended", Scalar::day(yesterday))])?;
    for tablet in [&anne, &sara, &anne] {
        tablet.network.restore();
        tablet.sync().await?;
    }
    for tablet in [&anne, &sara] {
        let seen = people(tablet, client)?;
        let mut matters: Vec<_> =
            seen.assessments.iter().map(|it| it.assessment.matter.as_str()).collect();
        matters.sort_unstable();
        assert_eq!(matters, ["Bilde av såret", "Flytting"]);
        assert_eq!(seen.profile.get("need_skin").cloned(), skin);
        assert_eq!(seen.profile.get("strength_social").cloned(), social);
        assert_eq!(tablet.open().read_client(client)?.conflicts, []);
        assert!(!seen.profile.contains_key("national_number"));
        assert_eq!(tags(tablet)?, 0);
        let ended = seen.critical.iter().find(|it| it.label == "Plaster");
        assert_eq!(ended.map(|it| it.ended), Some(yesterday));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn known_faces_are_counted_from_the_visits_that_were_made() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = tablet(&day, ANNE, 1).await?;
    let view = anne.open().read_client(line())?;
    let visits: u32 = view.carers_28_days.iter().map(|carer| carer.visits).sum();
    let most = view.carers_28_days.first().context("nobody came")?.visits;
    let figures = view.people.continuity;
    assert_eq!((figures.visits, figures.carers as usize), (visits, view.carers_28_days.len()));
    assert_eq!(figures.usual, (most * 200 + visits) / (visits * 2));
    assert!(figures.usual <= figures.top_three && figures.top_three <= 100);
    // Who comes next, and how often each has been there.
    let ahead = view.people.ahead;
    assert!(!ahead.is_empty());
    assert!(ahead.is_sorted_by_key(|visit| visit.starts));
    for visit in &ahead {
        let known = view.carers_28_days.iter().find(|carer| carer.name == visit.name);
        assert_eq!(visit.visits, known.map_or(0, |carer| carer.visits), "{}", visit.name);
    }
    // She has been with Line, and never with Ragnhild.
    assert!(view.people.first_time.is_none());
    assert!(people(&anne, names::client("ragnhild-moe"))?.first_time.is_some());
    Ok(())
}
