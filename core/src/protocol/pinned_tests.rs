//! The bytes of one of each message and of each kind of fact. Tablets and servers of different
//! versions meet: a test that fails here means that they no longer understand each other, or that
//! old journals can't be read.

mod door;
mod rights;

use serde_bytes::{ByteArray, ByteBuf};
use uuid::Uuid;

use super::*;
use crate::access::chain::{AccessEntry, AccessHead, AccessLink};
use crate::access::{AccessAct, AccessOutcome, AccessReason, AccessRow};
use crate::cbor;
use crate::clinical::mst::WeightLoss;
use crate::clinical::{
    Consciousness, FallAnswers, Measurement, MeasurementKind, MstAnswers, YesNo,
};
use crate::document::{DocumentRef, Fact, packed};
use crate::fact::{
    Basis, BasisKind, Caller, CancelReason, Capacity, CapacityAssessment, CapacityOutcome, Channel,
    CoercionDecision, CoerciveMeasure, Concern, Consent, ConsentForm, ConsentGiver, ConsentScope,
    ConsentWithdrawn, ContactAttempt, ContactLogged, ContactOutcome, ContactStep,
    ConversationOutcome, DeliveryExplained, Direction, Discussed, DiscussedWith, FactBody,
    FieldChange, FollowUp, FollowUpFrom, GoalAttainment, GoalEvaluation, GoalProgress, Handover,
    HandoverAccepted, HandoverTo, Harm, Incident, IncidentKind, IncidentState, IncidentStep,
    InjurySign, InterventionOutcome, MissedContact, NotDoneReason, Note, NoteOccasion, Notified,
    Observations, Occasion, PlanChange, PlanProposal, PlanReview, ProgressSource, ProposalDeclined,
    ResistedCare, Restriction, RestrictionEnded, Told, TrustTried, Unplanned, UnplannedReason,
    VisitCancelled, VisitGivenBack, VisitReinstated, VisitReport, VisitTakenOver, WhatMatters,
    WrongPerson,
};
use crate::ids::{
    AccessId, ClientId, ContactId, DecisionId, DeviceId, FactId, GoalId, GrantId, InterventionId,
    TabletId, TeamId, VisitId, WorkerId,
};
use crate::lease::LEASE_DAYS;
use crate::plan::{Part, Scalar};
use crate::policy::Refusal;
use crate::team::{Granted, Member, Profession, Role, Team};
use crate::time::Timestamp;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at() -> Timestamp {
    Timestamp::from_millis(1_795_255_200_123)
}

fn team() -> Team {
    Team {
        id: TeamId(id(1)),
        name: "Arbeidslag Torshov".into(),
        members: vec![Member {
            worker: WorkerId(id(2)),
            name: "Anne Nordli".into(),
            role: Role::Nurse,
            profession: Profession::Nurse,
            from: "2025-01-01".parse().unwrap_or_default(),
            to: None,
        }],
        clients: vec![ClientId(id(3))],
        granted: Vec::new(),
    }
}

fn changes() -> DocumentChanges {
    let month = "2026-11".parse().unwrap_or_else(|_| unreachable!());
    let document = DocumentRef::journal(ClientId(id(3)), month);
    DocumentChanges { document, changes: vec![ByteBuf::from([1, 2, 3])] }
}

fn fact(body: &FactBody) -> Option<Fact> {
    Fact::new(ClientId(id(3)), WorkerId(id(2)), at(), at(), body).ok()
}

fn check<T>(name: &str, value: &T, pinned: &str)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let bytes = cbor::write(value).unwrap_or_default();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, pinned.trim(), "{name}");
    assert_eq!(cbor::read::<T>(&bytes).as_ref(), Ok(value), "{name}");
}

#[test]
fn messages_are_these_bytes() {
    let document = changes().document;
    let packed = packed::pack([b"no change".as_slice()]);
    let request = SyncRequest {
        protocol: 2,
        now: at(),
        push: vec![Pushed { document, generation: 1, changes: packed.clone() }],
        cursors: vec![Cursor {
            team: TeamId(id(1)),
            through: 7,
            receipts: 3,
            filled: true,
            roster: u64::MAX,
        }],
        want: vec![document],
        read: vec![ReadMark { client: ClientId(id(3)), through: 6, at: at() }],
        reviewed: Vec::new(),
        access: Vec::new(),
    };
    check("sync request", &request, include_str!("pinned/sync_request.hex"));
    let part = Some(crate::plan::Part::Goals);
    let response = SyncResponse {
        now: at(),
        outcomes: vec![
            Outcome::Accepted(8),
            Outcome::Refused(Refusal::RoleMayNot { part: crate::plan::Part::Goals }),
            Outcome::Outdated,
        ],
        teams: vec![TeamNews {
            team: TeamId(id(1)),
            roster: Some(team()),
            since: "2026-08".parse().unwrap_or_else(|_| unreachable!()),
            changes: vec![Changes { document, changes: packed }],
            through: 8,
            more: false,
            list: Some(vec![Listed { document, generation: 1, bytes: 900, heads: 5 }]),
            renewed: vec![(document, 2)],
            late: vec![LateWork {
                document,
                hash: ByteArray::new([9; 32]),
                worker: WorkerId(id(2)),
                fact: Some(FactId(id(9))),
                part,
                written: at(),
                sent: at(),
                received: at(),
                reason: LateReason::LeftTeam,
            }],
            receipts: vec![Receipt {
                worker: WorkerId(id(2)),
                client: Some(ClientId(id(3))),
                through: 7,
                at: at(),
            }],
            receipts_through: 4,
            digest: ByteArray::new([8; 32]),
            grants: Vec::new(),
        }],
        documents: vec![Snapshot { document, generation: 1, bytes: ByteBuf::from([4, 5]) }],
        absent: vec![DocumentRef::care(ClientId(id(3)))],
        access: None,
        lease_days: LEASE_DAYS,
    };
    check("sync response", &response, include_str!("pinned/sync_response.hex"));
    let short = SyncResponse { lease_days: 30, ..response.clone() };
    check("sync response with a lease", &short, include_str!("pinned/sync_response_lease.hex"));
    rights::access_log_messages_are_these_bytes(&request, &response);
    let bundle = Bundle {
        team: team(),
        workers: vec![BundledWorker { worker: WorkerId(id(2)), employee_number: "1001".into() }],
        documents: vec![changes()],
    };
    check("bundle", &bundle, include_str!("pinned/bundle.hex"));
}

#[test]
fn facts_are_these_bytes_and_can_be_read_for_ever() {
    let progress = GoalProgress {
        goal: GoalId(id(5)),
        direction: Direction::Closer,
        source: ProgressSource::Client,
        words: "Det går bedre".into(),
    };
    let note = Note {
        observation: "Spiste en halv skive.".into(),
        judgement: "Matlysten er bedre.".into(),
        client_view: "«Det smakte.»".into(),
        important_for_next: true,
        ..Note::default()
    };
    let outcome = |number, not_done| InterventionOutcome {
        intervention: InterventionId(id(number)),
        not_done,
    };
    let report = VisitReport {
        visit: Some(VisitId(id(6))),
        unplanned: None,
        started: at(),
        finished: at().plus_minutes(30),
        outcomes: vec![outcome(7, None), outcome(8, Some(NotDoneReason::Declined))],
        progress: vec![progress.clone()],
        note: note.clone(),
        observations: Observations::default(),
    };
    let unplanned = VisitReport {
        visit: None,
        unplanned: Some(Unplanned {
            visit: VisitId(id(16)),
            reason: UnplannedReason::Alarm,
            words: "Hadde falt i gangen".into(),
        }),
        ..report.clone()
    };
    let measured = VisitReport { observations: observations(), ..report.clone() };
    let conversation = WhatMatters {
        outcome: ConversationOutcome::Answered,
        words: "Jeg vil klare å gå til postkassen selv igjen".into(),
        judgement: "Motivert.".into(),
        follow_up_on: "2026-12-01".parse().ok(),
        ..WhatMatters::default()
    };
    let visit = VisitId(id(6));
    let cancelled =
        VisitCancelled { visit, reason: CancelReason::Other, words: "Er på hytta.".into() };
    let cases = [
        (FactBody::VisitReport(report), include_str!("pinned/visit_report.hex")),
        (FactBody::Note(note), include_str!("pinned/note.hex")),
        (FactBody::WhatMatters(conversation), include_str!("pinned/what_matters.hex")),
        (FactBody::GoalProgress(progress), include_str!("pinned/goal_progress.hex")),
        (plan_change().into(), include_str!("pinned/plan_change.hex")),
        (plan_proposal().into(), include_str!("pinned/plan_proposal.hex")),
        (proposal_declined().into(), include_str!("pinned/proposal_declined.hex")),
        (delivery_explained().into(), include_str!("pinned/delivery_explained.hex")),
        (VisitTakenOver { visit }.into(), include_str!("pinned/visit_taken_over.hex")),
        (VisitGivenBack { visit }.into(), include_str!("pinned/visit_given_back.hex")),
        (cancelled.into(), include_str!("pinned/visit_cancelled.hex")),
        (VisitReinstated { visit }.into(), include_str!("pinned/visit_reinstated.hex")),
        (missed_contact().into(), include_str!("pinned/missed_contact.hex")),
        (resisted_care(None).into(), include_str!("pinned/resisted_care.hex")),
        (resisted_care(decided()).into(), include_str!("pinned/resisted_care_decided.hex")),
        (resisted_care(emergency()).into(), include_str!("pinned/resisted_care_emergency.hex")),
        (measured.into(), include_str!("pinned/visit_report_measured.hex")),
        (unplanned.into(), include_str!("pinned/visit_report_unplanned.hex")),
        (observations().into(), include_str!("pinned/observations.hex")),
        (incident().into(), include_str!("pinned/incident.hex")),
        (incident_step().into(), include_str!("pinned/incident_step.hex")),
        (linked_note().into(), include_str!("pinned/linked_note.hex")),
        (wrong_person().into(), include_str!("pinned/wrong_person.hex")),
        (handover().into(), include_str!("pinned/handover.hex")),
        (handover_accepted().into(), include_str!("pinned/handover_accepted.hex")),
        (goal_evaluation().into(), include_str!("pinned/goal_evaluation.hex")),
        (plan_review().into(), include_str!("pinned/plan_review.hex")),
        (long_conversation().into(), include_str!("pinned/what_matters_with_others.hex")),
        (consent().into(), include_str!("pinned/consent.hex")),
        (consent_withdrawn().into(), include_str!("pinned/consent_withdrawn.hex")),
        (capacity_assessment().into(), include_str!("pinned/capacity_assessment.hex")),
        (contact_logged().into(), include_str!("pinned/contact_logged.hex")),
        (restriction().into(), include_str!("pinned/restriction.hex")),
        (restricted_role().into(), include_str!("pinned/restriction_of_role.hex")),
        (restriction_ended().into(), include_str!("pinned/restriction_ended.hex")),
    ];
    for (body, pinned) in cases {
        let sealed = fact(&body);
        check("fact", &sealed, pinned);
        assert_eq!(sealed.and_then(|fact| fact.read().ok()), Some(body));
    }
}

fn restriction() -> Restriction {
    let worker = Some(WorkerId(id(20)));
    Restriction { worker, role: None, words: "Hun er naboen min.".into() }
}

fn restricted_role() -> Restriction {
    Restriction { worker: None, role: Some(Role::Planner), words: "Det angår dem ikke.".into() }
}

fn restriction_ended() -> RestrictionEnded {
    RestrictionEnded { restriction: FactId(id(21)), words: "Vi er venner igjen.".into() }
}

fn missed_contact() -> MissedContact {
    let attempt = |step, whom: &str, minutes| ContactAttempt {
        step,
        whom: whom.into(),
        at: at().plus_minutes(minutes),
    };
    MissedContact {
        visit: VisitId(id(6)),
        steps: vec![
            attempt(ContactStep::Rang, "", 2),
            attempt(ContactStep::PhonedContact, "Tone Danser Lie", 4),
        ],
        outcome: ContactOutcome::NotFound,
        alarm_to: "Vaktleder Ingvild".into(),
        words: "Gardinene er trukket for.".into(),
    }
}

fn resisted_care(coercion: Option<CoerciveMeasure>) -> ResistedCare {
    ResistedCare {
        visit: VisitId(id(6)),
        interventions: vec![InterventionId(id(7))],
        what: "Slo etter vaskekluten.".into(),
        tried: vec![TrustTried::TookTime, TrustTried::Relative],
        tried_words: "Datteren snakket med henne.".into(),
        capacity: Capacity::Lacks,
        capacity_words: "Forstår ikke hva såret gjør.".into(),
        harm: "Såret blir verre.".into(),
        notified: vec![Notified::Nurse, Notified::Gp],
        decision_needed: true,
        coercion,
    }
}

fn decided() -> Option<CoerciveMeasure> {
    let today = "2026-11-22".parse().ok()?;
    let decision =
        CoercionDecision { reference: "4A-2026-7".into(), decided_on: "2026-11-01".parse().ok()? };
    CoerciveMeasure::new("Holdt hånden hennes.", Some(decision), "", today).ok()
}

fn emergency() -> Option<CoerciveMeasure> {
    let today = "2026-11-22".parse().ok()?;
    CoerciveMeasure::new("Dro henne bort.", None, "Det brant på kjøkkenet.", today).ok()
}

fn observations() -> Observations {
    Observations {
        measurements: vec![
            Measurement::number(MeasurementKind::Temperature, 368),
            Measurement::blood_pressure(128, 74),
            Measurement::consciousness(&Consciousness::Alert),
        ],
        scale_two: "2026-03-01 Kari Lege".parse().ok(),
        mst: Some(MstAnswers {
            weight_loss: Some(WeightLoss::Yes),
            lost_kg: Some(3),
            poor_appetite: Some(YesNo::No),
        }),
        fall: Some(FallAnswers {
            fallen: Some(YesNo::Yes),
            gait_cm_per_s: Some(75),
            ..FallAnswers::default()
        }),
    }
}

fn incident() -> Incident {
    Incident {
        kind: IncidentKind::Fall,
        what: "Line lå på badegulvet.".into(),
        place: "Badet".into(),
        how: "Hun skulle skru av lyset.".into(),
        why: "Lysbryteren sitter for langt unna.".into(),
        harm: Some(Harm::Minor),
        done_at_once: "Hjulpet opp med stol.".into(),
        client_told: Some(Told::Yes),
        relatives_told: Some(Told::NotYet),
        follow_up: "Ergoterapeut ser på badet.".into(),
        follow_up_by: "2026-11-29".parse().ok(),
        follow_up_from: None,
        follow_up_worker: None,
        injuries: Some(vec![InjurySign::Skin]),
        observations: Observations {
            measurements: vec![Measurement::number(MeasurementKind::Pulse, 92)],
            ..Observations::default()
        },
    }
}

fn incident_step() -> IncidentStep {
    let incident = FactId(id(13));
    IncidentStep { incident, step: IncidentState::Assessed, words: "Badet var mørkt.".into() }
}

fn plan_change() -> PlanChange {
    PlanChange {
        part: Part::Goals,
        object: id(9),
        occasion: Occasion::Settled,
        fields: vec![FieldChange {
            field: "title".into(),
            before: Scalar::text("Gå til postkassen"),
            after: Scalar::text("Gå til butikken"),
            put_aside: vec![Scalar::Number(3), Scalar::Flag(true)],
        }],
        discussed: Some(Discussed { with: DiscussedWith::Nobody, words: "Hun sov.".into() }),
        reason: "Line sier butikken.".into(),
        proposal: Some(FactId(id(11))),
    }
}

fn plan_proposal() -> PlanProposal {
    let fields = plan_change().fields;
    PlanProposal { part: Part::Goals, object: Some(id(9)), fields, reason: "Går lenger.".into() }
}

fn goal_evaluation() -> GoalEvaluation {
    GoalEvaluation {
        goal: GoalId(id(5)),
        outcome: GoalAttainment::Partly,
        goes_on: true,
        words: "Går til porten.".into(),
        client_view: "«Snart framme.»".into(),
        next: "Ut hver dag.".into(),
        discussed: Discussed { with: DiscussedWith::Client, words: String::new() },
    }
}

fn plan_review() -> PlanReview {
    PlanReview {
        discussed: Discussed {
            with: DiscussedWith::ClientAndRelative,
            words: "Begge er enige.".into(),
        },
        participants: "Line og datteren".into(),
        words: "Målene står.".into(),
        next_on: "2027-02-01".parse().ok(),
    }
}

fn long_conversation() -> WhatMatters {
    WhatMatters {
        outcome: ConversationOutcome::NotAble,
        words: "Hun vil høre på radio.".into(),
        spoken_by: "Datteren".into(),
        participants: "Datteren Tone".into(),
        ..WhatMatters::default()
    }
}

fn proposal_declined() -> ProposalDeclined {
    ProposalDeclined { proposal: FactId(id(11)), reason: "Vi venter til våren.".into() }
}

fn delivery_explained() -> DeliveryExplained {
    DeliveryExplained {
        decision: DecisionId(id(12)),
        from: "2026-10-25".parse().unwrap_or_default(),
        to: "2026-11-21".parse().unwrap_or_default(),
        reason: "På sykehus i to uker.".into(),
    }
}

fn linked_note() -> Note {
    Note {
        observation: "Puls 108.".into(),
        occasion: Some(NoteOccasion::Phone),
        goals: vec![GoalId(id(9))],
        interventions: vec![InterventionId(id(7))],
        concern: Some(Concern::Relative),
        follow_up: Some(FollowUp {
            by: "2026-11-23".parse().unwrap_or_default(),
            from: FollowUpFrom::Worker,
            worker: Some(WorkerId(id(2))),
            what: "Mål pulsen igjen".into(),
        }),
        answers: vec![FactId(id(12))],
        closes: vec![FactId(id(13))],
        ..Note::default()
    }
}

fn wrong_person() -> WrongPerson {
    WrongPerson { reason: "Åpnet feil kort.".into() }
}

fn handover() -> Handover {
    Handover {
        to: HandoverTo::Worker,
        worker: Some(WorkerId(id(2))),
        text: "Ring fastlegen før ti.".into(),
        about: Some(FactId(id(11))),
    }
}

fn handover_accepted() -> HandoverAccepted {
    HandoverAccepted { handover: FactId(id(14)) }
}

fn consent() -> Consent {
    Consent {
        what: ConsentScope::Health,
        words: "Ikke om økonomien.".into(),
        to: Some(ContactId(id(12))),
        to_words: "Fysikalsk institutt".into(),
        from: "2026-11-01".parse().unwrap_or_default(),
        until: "2027-05-01".parse().ok(),
        how: ConsentForm::Spoken,
        given_by: ConsentGiver::Client,
    }
}

fn consent_withdrawn() -> ConsentWithdrawn {
    ConsentWithdrawn { consent: FactId(id(13)), how: "Sa det på besøket.".into() }
}

fn capacity_assessment() -> CapacityAssessment {
    CapacityAssessment {
        matter: "Flytting til omsorgsbolig".into(),
        outcome: CapacityOutcome::Has,
        reasons: "Gjengir valget og hva det fører til.".into(),
    }
}

fn contact_logged() -> ContactLogged {
    ContactLogged {
        with: Some(ContactId(id(12))),
        with_words: "Legevakten".into(),
        channel: Channel::Phone,
        caller: Caller::They,
        content: "Spurte hvordan det går.".into(),
        result: "Ringer igjen fredag.".into(),
        basis: Basis {
            kind: BasisKind::Consent,
            consent: Some(FactId(id(13))),
            words: "Samtykke".into(),
        },
    }
}

#[test]
fn a_kind_of_a_newer_version_is_kept_and_said_to_be_unknown() {
    let mut newer = fact(&FactBody::Note(Note::default())).unwrap_or_else(|| unreachable!());
    newer.kind = crate::fact::FactKind::from_code("wound_photo");
    newer.body = vec![0xff];
    let again = newer.seal().and_then(|bytes| Fact::open(&bytes));
    assert_eq!(again.as_ref(), Ok(&newer));
    assert_eq!(newer.read(), Ok(FactBody::Unknown));
}
