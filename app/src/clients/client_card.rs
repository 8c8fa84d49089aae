//! One client in the list; the whole card leads to the client's page.

use kjent_core::view::ClientCardView;
use leptos::prelude::*;

use crate::components::critical::CriticalTags;
use crate::components::icon::{CLOCK, HOUSE, PERSON, icon};
use crate::components::quote::quote;
use crate::i18n::{I18n, address_word, moment, t_string};

/// The card.
pub fn client_card(i18n: I18n, card: &ClientCardView) -> impl IntoView + use<> {
    let critical = card.critical.clone();
    let next = match &card.next_visit {
        Some(next) => {
            let name = match next.worker_names.as_slice() {
                [] => t_string!(i18n, visits.to_give).to_owned(),
                names => names.join(", "),
            };
            let when = moment(i18n, next.starts);
            t_string!(i18n, clients.next_visit, when = when, name = name).to_string()
        }
        None => t_string!(i18n, clients.no_next_visit).to_owned(),
    };
    let contact = match &card.primary_contact {
        Some(_) if card.is_primary_contact => t_string!(i18n, clients.contact_is_you).to_owned(),
        Some(name) => t_string!(i18n, clients.contact, name = name.clone()).to_string(),
        None => t_string!(i18n, clients.no_contact).to_owned(),
    };
    view! {
        <li class="kj-card kj-client-card" data-testid="client-card" data-client=card.client.to_string()>
            <div class="kj-client-card__who">
                <h2 class="kj-client-card__name">
                    <a href=format!("/client/{}", card.client) data-testid="open-client">{card.name.clone()}</a>
                </h2>
                <p class="kj-fact">{icon(HOUSE)} <span>{address_word(i18n, &card.address)}</span></p>
            </div>
            {card.what_matters.clone().map(quote)}
            <CriticalTags critical=Signal::stored(critical) />
            <div class="kj-client-card__facts">
                <p class="kj-fact">{icon(CLOCK)} <span>{next}</span></p>
                <p class="kj-fact">{icon(PERSON)} <span>{contact}</span></p>
            </div>
        </li>
    }
}
