//! Editing the plan: an object's fields, and the fact that tells of it, in one change.

use std::collections::BTreeMap;

use kjent_core::document::{DocumentRef, Edit};
use kjent_core::fact::{
    Discussed, FactBody, FieldChange, Occasion, PlanChange, PlanProposal, ProposalDeclined,
};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::oslo;
use kjent_core::plan::{Part, Scalar};
use kjent_core::view::{ChangeSet, WorkView};
use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::transact::Writing;
use crate::{Tablet, TabletError};

/// Fields and their new values; nothing takes a field away.
pub type NewFields = BTreeMap<String, Option<Scalar>>;

/// An edit of one object of the plan, with what is said about it.
pub(crate) struct PlanEdit<'a> {
    pub part: Part,
    /// Nil for the client's profile.
    pub object: Uuid,
    pub fields: &'a NewFields,
    pub occasion: Occasion,
    pub discussed: Option<&'a Discussed>,
    pub reason: &'a str,
    pub proposal: Option<FactId>,
}

/// An object as it stands in the projection.
pub(crate) struct Standing {
    fields: Map<String, Value>,
    conflicts: Map<String, Value>,
}

impl Tablet {
    /// Writes fields of an object of the plan, or makes a new one; returns which.
    pub fn edit_plan(
        &mut self,
        client: ClientId,
        part: Part,
        object: Option<Uuid>,
        fields: &NewFields,
        discussed: Option<&Discussed>,
        reason: &str,
    ) -> Result<(Uuid, ChangeSet), TabletError> {
        self.transact(|writing| {
            let (object, occasion) = match (part, object) {
                (Part::Client, _) => (Uuid::nil(), Occasion::Edited),
                (_, Some(object)) => (object, Occasion::Edited),
                (_, None) => (writing.object_id()?, Occasion::Made),
            };
            let fields = &writing.appointed(client, part, fields)?;
            let edit =
                PlanEdit { part, object, fields, occasion, discussed, reason, proposal: None };
            writing.edit_plan(client, &edit)?;
            Ok(object)
        })
    }

    /// Chooses between the values of a field that two tablets wrote at once. Which they were stays
    /// in the journal, with the reason.
    pub fn settle_field(
        &mut self,
        client: ClientId,
        part: Part,
        object: Uuid,
        field: &str,
        value: Option<Scalar>,
        reason: &str,
    ) -> Result<ChangeSet, TabletError> {
        if reason.trim().is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let done = self.transact(|writing| {
            let fields = NewFields::from([(field.to_owned(), value)]);
            let occasion = Occasion::Settled;
            let edit = PlanEdit {
                part,
                object,
                fields: &fields,
                occasion,
                discussed: None,
                reason,
                proposal: None,
            };
            writing.edit_plan(client, &edit)
        })?;
        Ok(done.1)
    }

    /// Asks for a change of the plan; the plan stays as it is.
    pub fn propose_plan_change(
        &mut self,
        client: ClientId,
        part: Part,
        object: Option<Uuid>,
        fields: &NewFields,
        reason: &str,
    ) -> Result<ChangeSet, TabletError> {
        if reason.trim().is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let done = self.transact(|writing| {
            let proposal = writing.propose(client, part, object, fields, reason)?;
            proposal.ok_or(TabletError::NothingWritten)
        })?;
        Ok(done.1)
    }

    /// Follows a proposal: the plan becomes as it says.
    pub fn follow_proposal(
        &mut self,
        client: ClientId,
        proposal: FactId,
        discussed: Option<&Discussed>,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let asked = writing.open_proposal(client, proposal)?;
            let fields: NewFields =
                asked.fields.into_iter().map(|one| (one.field, one.after)).collect();
            let object = match asked.object {
                Some(object) => object,
                None => writing.object_id()?,
            };
            let edit = PlanEdit {
                part: asked.part,
                object,
                fields: &fields,
                occasion: Occasion::Proposal,
                discussed,
                reason: &asked.reason,
                proposal: Some(proposal),
            };
            writing.edit_plan(client, &edit)
        })?;
        Ok(done.1)
    }

    /// Answers a proposal with no.
    pub fn decline_proposal(
        &mut self,
        client: ClientId,
        proposal: FactId,
        reason: &str,
    ) -> Result<ChangeSet, TabletError> {
        if reason.trim().is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let done = self.transact(|writing| {
            let asked = writing.open_proposal(client, proposal)?;
            writing.check_may_edit(client, asked.part)?;
            let declined = ProposalDeclined { proposal, reason: reason.trim().to_owned() };
            writing.add_fact(client, writing.now, None, declined)
        })?;
        Ok(done.1)
    }
}

impl Writing<'_> {
    /// The fields with what goes without saying when somebody else is made responsible: from today,
    /// unless a day is named, and nothing of the predecessor's days and telephone.
    fn appointed(
        &self,
        client: ClientId,
        part: Part,
        fields: &NewFields,
    ) -> Result<NewFields, TabletError> {
        let mut fields = fields.clone();
        if part != Part::Client {
            return Ok(fields);
        }
        for role in ["primary_contact", "service_lead"] {
            let Some(worker) = fields.get(role).cloned() else { continue };
            let standing = self.standing(client, part, Uuid::nil())?;
            let before = standing.as_ref().and_then(|it| it.fields.get(role));
            if before.and_then(Scalar::from_json) == worker {
                continue;
            }
            let from = worker.and_then(|_| Scalar::day(Some(oslo::day(self.now))));
            for (of, value) in [("from", from), ("to", None), ("phone", None)] {
                fields.entry(format!("{role}_{of}")).or_insert(value);
            }
        }
        Ok(fields)
    }

    /// Adds a proposal; none when the plan says so already.
    pub(crate) fn propose(
        &mut self,
        client: ClientId,
        part: Part,
        object: Option<Uuid>,
        fields: &NewFields,
        reason: &str,
    ) -> Result<Option<FactId>, TabletError> {
        let standing = match object {
            Some(object) => self.standing(client, part, object)?.ok_or(TabletError::NotFound)?,
            None => Standing { fields: Map::new(), conflicts: Map::new() },
        };
        let fields = changes(&standing, fields);
        if fields.is_empty() {
            return Ok(None);
        }
        let proposal = PlanProposal { part, object, fields, reason: reason.trim().to_owned() };
        self.add_fact(client, self.now, None, proposal).map(Some)
    }

    /// What an object is called.
    pub(crate) fn title(
        &self,
        client: ClientId,
        part: Part,
        object: Uuid,
    ) -> Result<String, TabletError> {
        let standing = self.standing(client, part, object)?.ok_or(TabletError::NotFound)?;
        let field = part.sentences().first().and_then(|field| standing.fields.get(*field));
        Ok(field.and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    /// Writes an edit and the fact that tells of it. Fields that hold their value already are left
    /// alone; when all do, nothing is written.
    pub(crate) fn edit_plan(
        &mut self,
        client: ClientId,
        edit: &PlanEdit<'_>,
    ) -> Result<(), TabletError> {
        let edits = self.plan_edits(client, edit)?;
        if edits.is_empty() {
            return Ok(());
        }
        self.write(DocumentRef::care(client), &edits, &WorkView::Plan(edit.part))
    }

    /// The edits of a plan's object and the fact that tells of them; none when nothing changes.
    pub(crate) fn plan_edits(
        &self,
        client: ClientId,
        edit: &PlanEdit<'_>,
    ) -> Result<Vec<Edit>, TabletError> {
        let PlanEdit { part, object, .. } = *edit;
        let standing = match (self.standing(client, part, object)?, &edit.occasion) {
            (Some(standing), _) => standing,
            (None, Occasion::Edited | Occasion::Settled) => return Err(TabletError::NotFound),
            (None, _) => Standing { fields: Map::new(), conflicts: Map::new() },
        };
        let is_discussed = edit.discussed.is_some_and(|discussed| !discussed.lacks_reason());
        let is_due = matches!(part, Part::Goals | Part::Interventions);
        if !is_discussed
            && (is_due && edit.occasion != Occasion::Settled || edit.discussed.is_some())
        {
            return Err(TabletError::DiscussionNeeded);
        }
        let fields = changes(&standing, edit.fields);
        let mut object_then = standing.fields;
        for change in &fields {
            match &change.after {
                Some(after) => drop(object_then.insert(change.field.clone(), after.into())),
                None => drop(object_then.remove(&change.field)),
            }
        }
        let edited: Vec<&str> = edit.fields.keys().map(String::as_str).collect();
        part.check(&object_then, &edited)?;
        if fields.is_empty() {
            return Ok(Vec::new());
        }
        let mut edits: Vec<Edit> = fields
            .iter()
            .map(|change| Edit::SetField {
                part,
                object,
                field: change.field.clone(),
                value: change.after.as_ref().map_or(Value::Null, Value::from),
            })
            .collect();
        let told = PlanChange {
            part,
            object,
            occasion: edit.occasion.clone(),
            fields,
            discussed: edit.discussed.cloned(),
            reason: edit.reason.trim().to_owned(),
            proposal: edit.proposal,
        };
        edits.push(self.fact_edit(client, self.now, None, &told.into())?.1);
        Ok(edits)
    }

    /// An object as it stands; `None` when there is none.
    pub(crate) fn standing(
        &self,
        client: ClientId,
        part: Part,
        object: Uuid,
    ) -> Result<Option<Standing>, TabletError> {
        let row: Option<(String, Option<String>)> = self
            .tx
            .prepare_cached(
                "SELECT fields, conflicts FROM plan_object
                 WHERE client = ?1 AND part = ?2 AND id = ?3",
            )?
            .query_row(params![client.bytes(), part.key(), object.as_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((fields, conflicts)) = row else { return Ok(None) };
        let conflicts = conflicts.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(Some(Standing {
            fields: serde_json::from_str(&fields)?,
            conflicts: conflicts.unwrap_or_default(),
        }))
    }

    /// A proposal that nobody has answered yet.
    fn open_proposal(
        &self,
        client: ClientId,
        proposal: FactId,
    ) -> Result<PlanProposal, TabletError> {
        // An answer that the server refused is none.
        let mut query = self.tx.prepare_cached(
            "SELECT id, kind, body FROM fact
             WHERE client = ?1 AND kind IN ('plan_proposal', 'plan_change', 'proposal_declined')
                AND NOT EXISTS (
                    SELECT 1 FROM change WHERE change.fact = fact.id AND change.state = 2
                )",
        )?;
        let rows = query.query_map([client.bytes()], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        let mut found = None;
        for row in rows {
            let (id, kind, body) = row?;
            let answered = match FactBody::from_bytes(&kind.as_str().into(), &body)? {
                FactBody::PlanProposal(asked) if id == proposal.bytes() => {
                    found = Some(asked);
                    None
                }
                FactBody::PlanChange(change) => change.proposal,
                FactBody::ProposalDeclined(declined) => Some(declined.proposal),
                _ => None,
            };
            if answered == Some(proposal) {
                return Err(TabletError::AlreadyAnswered);
            }
        }
        found.ok_or(TabletError::NotFound)
    }
}

/// What an edit changes: the fields that don't hold their new value already, or hold another one
/// beside it.
fn changes(standing: &Standing, fields: &NewFields) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for (field, after) in fields {
        let before = standing.fields.get(field).and_then(Scalar::from_json);
        let values = standing.conflicts.get(field).and_then(Value::as_array);
        let mut put_aside: Vec<Scalar> = values
            .into_iter()
            .flatten()
            .filter_map(|one| one.get("value").and_then(Scalar::from_json))
            .filter(|value| Some(value) != after.as_ref())
            .collect();
        put_aside.dedup();
        if before != *after || values.is_some() {
            changes.push(FieldChange {
                field: field.clone(),
                before,
                after: after.clone(),
                put_aside,
            });
        }
    }
    changes
}
