//! What made a piece of work late, in a sentence or two.

use kjent_core::policy::LateReason;
use kjent_core::view::LateView;

use crate::i18n::{I18n, moment, t_string};

/// «Kom sent: skrevet 12. november 14:10, mottatt i dag 08:02. Anne Nordli hadde sluttet i laget.»
pub fn late_words(i18n: I18n, late: &LateView) -> String {
    let (written, received) = (moment(i18n, late.written), moment(i18n, late.received));
    let why = why(i18n, late);
    t_string!(i18n, client.late_work, written = written, received = received, why = why).to_string()
}

/// The same on a list where everything came late.
pub fn late_item_words(i18n: I18n, late: &LateView) -> String {
    let (written, received) = (moment(i18n, late.written), moment(i18n, late.received));
    let why = why(i18n, late);
    t_string!(i18n, late.item, written = written, received = received, why = why).to_string()
}

fn why(i18n: I18n, late: &LateView) -> String {
    let name = late.author.clone();
    let why = match late.reason {
        LateReason::LeftTeam => t_string!(i18n, client.late_left, name = name).to_string(),
        LateReason::OtherRole => t_string!(i18n, client.late_role, name = name).to_string(),
        LateReason::ClientMoved => t_string!(i18n, client.late_moved).to_owned(),
        LateReason::GrantOver => t_string!(i18n, client.late_grant_over, name = name).to_string(),
        LateReason::Restricted => t_string!(i18n, client.late_restricted, name = name).to_string(),
    };
    match late.tablet_clock {
        Some(clock) => {
            t_string!(i18n, client.late_clock, why = why, clock = moment(i18n, clock)).to_string()
        }
        None => why,
    }
}
