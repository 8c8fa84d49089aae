//! Icons from Aksel (`app/icons`): decoration beside words, never instead of them.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {$(
        $(#[$doc])*
        pub const $name: &str = include_str!(concat!("../../icons/", $file, ".svg"));
    )*};
}

icons! {
    ADD = "Plus";
    ALERT = "ExclamationmarkTriangle";
    BANDAGE = "Bandage";
    BELL = "Bell";
    BACK = "ArrowLeft";
    CALENDAR = "Calendar";
    CHECK = "Checkmark";
    CHECK_CIRCLE = "CheckmarkCircle";
    CLOCK = "Clock";
    CLOSE = "XMark";
    CLOUD = "Cloud";
    CLOUD_DOWN = "CloudDown";
    CLOUD_SLASH = "CloudSlash";
    CLOUD_UP = "CloudUp";
    COPY = "Files";
    DAY = "House";
    DOWN = "ArrowDown";
    EYE = "Eye";
    FORWARD = "ArrowRight";
    HANDSHAKE = "Handshake";
    HEART = "Heart";
    HOUSE = "HouseHeart";
    INCIDENT = "ExclamationmarkTriangle";
    JOURNAL = "FileText";
    KEY = "KeyVertical";
    LOCK = "PadlockLocked";
    MESSAGES = "ChatElipsis";
    PENCIL = "Pencil";
    PEOPLE = "PersonGroup";
    PERSON = "Person";
    PERSON_KNOWN = "PersonCheckmark";
    PHONE = "Phone";
    PLUS = "Plus";
    SEARCH = "MagnifyingGlass";
    STOP = "XMarkOctagon";
    TABLET = "Tablet";
    SYNC = "ArrowsCirclepath";
    UP = "ArrowUp";
}

/// An icon, hidden from screen readers.
pub fn icon(svg: &'static str) -> impl IntoView {
    view! { <span class="kj-icon" aria-hidden="true" inner_html=svg></span> }
}
