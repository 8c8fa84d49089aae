//! Commands about a form of the plan that is being filled in: kept like every other draft.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fact::Discussed;
use crate::ids::ClientId;

commands! {
    /// The form as it was last typed, when it is under way.
    ReadPlanDraft = "read_plan_draft" -> Option<PlanDraft> {
        /// Which form.
        place: PlanDraftPlace,
    }

    /// Save the form so far.
    SavePlanDraft = "save_plan_draft" -> () {
        /// Which form.
        place: PlanDraftPlace,
        /// Everything so far.
        draft: PlanDraft,
    }

    /// Throw away what was typed: it is saved in the plan, or given up.
    DiscardPlanDraft = "discard_plan_draft" -> () {
        /// Which form.
        place: PlanDraftPlace,
    }
}

/// Which form of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDraftPlace {
    /// Whose plan.
    pub client: ClientId,
    /// The form's name.
    pub form: String,
    /// What it is about; absent for a new object and for the profile.
    pub object: Option<Uuid>,
}

impl PlanDraftPlace {
    /// The same for the same form, and for no other.
    pub fn id(&self) -> Uuid {
        let object = self.object.unwrap_or_default();
        Uuid::new_v5(&self.client.0, format!("{}/{object}", self.form).as_bytes())
    }
}

/// A form of the plan as far as it has been filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDraft {
    /// What stands in the fields, by name.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// With whom it was talked over.
    #[serde(default)]
    pub discussed: Option<Discussed>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}
