//! The screens that are measured, as data: a new screen is a line here.

use serde::Serialize;

/// A screen, and the taps around it, from the day's list and back to it.
#[derive(Debug, Serialize)]
pub struct Screen {
    /// Its name in the figures.
    pub name: &'static str,
    /// What is tapped before, so that the measured tap can be made.
    pub before: &'static [&'static str],
    /// What is tapped.
    pub tap: &'static str,
    /// What is on this screen and not on the one before it.
    pub marker: &'static str,
    /// What is tapped to come back to the day's list.
    pub back: &'static [&'static str],
    /// What the day's list shows.
    pub home: &'static str,
}

/// A card of the day's list.
pub const CARD: &str = "[data-testid='visit-card']";
const CLIENT: &str = "[data-testid='open-client']";
const BACK: &str = "[data-testid='back']";
const DAY: &str = "[data-testid='open-today']";
const JOURNAL: &str = "[data-testid='part-journal']";
const CURVES: &str = "[data-testid='part-curves']";
const PEOPLE: &str = "[data-testid='part-people']";
const VISIT: &str = "[data-testid='continue-visit']";

const fn screen(name: &'static str, tap: &'static str, marker: &'static str) -> Screen {
    Screen { name, before: &[], tap, marker, back: &[BACK], home: CARD }
}

/// A main screen, by the navigation.
const fn main(name: &'static str, tap: &'static str, marker: &'static str) -> Screen {
    Screen { back: &[DAY], ..screen(name, tap, marker) }
}

/// A part of a client's page, from the part that the page opens on.
const fn part(name: &'static str, tap: &'static str, marker: &'static str) -> Screen {
    Screen { before: &[CLIENT], ..screen(name, tap, marker) }
}

/// A form over a client's page: what is tapped before it, and the form.
const fn form(
    name: &'static str,
    before: &'static [&'static str],
    tap: &'static str,
    marker: &'static str,
) -> Screen {
    Screen { before, back: &[BACK, DAY], ..screen(name, tap, marker) }
}

/// A form over the visit that is under way.
const fn of_visit(name: &'static str, tap: &'static str, marker: &'static str) -> Screen {
    Screen { before: &[VISIT], back: &[BACK, BACK], ..screen(name, tap, marker) }
}

/// A dialog over the day's list.
const fn dialog(
    name: &'static str,
    tap: &'static str,
    marker: &'static str,
    back: &'static [&'static str],
) -> Screen {
    Screen { back, ..screen(name, tap, marker) }
}

/// All of them. A visit is under way when they are measured.
pub const SCREENS: &[Screen] = &[
    Screen { before: &[CLIENT], back: &[], ..screen("today", BACK, CARD) },
    Screen {
        back: &["[data-testid='show-mine']"],
        ..screen(
            "today_team",
            "[data-testid='show-team']",
            "[data-testid='show-team'][aria-current='true']",
        )
    },
    main("clients", "[data-testid='open-clients']", "[data-testid='client-card']"),
    main(
        "follow_ups",
        "[data-testid='open-follow-ups']",
        "[data-testid='thread'], [data-testid='no-threads']",
    ),
    main("handover", "[data-testid='open-handover']", "[data-testid='report-span']"),
    main("search", "[data-testid='open-search']", "[data-testid='search-field']"),
    screen("client_overview", CLIENT, "[data-testid='start-conversation']"),
    part("client_plan", "[data-testid='part-plan']", "[data-testid='plan-intervention']"),
    part("client_journal", JOURNAL, "[data-testid='journal-entry']"),
    part("client_curves", CURVES, "[data-testid='new-measurement']"),
    part("client_people", PEOPLE, "[data-testid='faces']"),
    part(
        "client_decisions",
        "[data-testid='part-decisions']",
        "[data-testid='decision'], [data-testid='no-decisions']",
    ),
    form(
        "note",
        &[CLIENT, JOURNAL],
        "[data-testid='new-note']",
        "[data-testid='note-observation']",
    ),
    form(
        "measure",
        &[CLIENT, CURVES],
        "[data-testid='new-measurement']",
        "[data-testid='finish-observations']",
    ),
    form(
        "contact",
        &[CLIENT, PEOPLE],
        "[data-testid='log-other']",
        "[data-testid='finish-contact']",
    ),
    form(
        "conversation",
        &[CLIENT],
        "[data-testid='start-conversation']",
        "[data-testid='conversation-words']",
    ),
    screen("visit", VISIT, "[data-testid='note-observation']"),
    of_visit("not_home", "[data-testid='not-home']", "[data-testid='agreed']"),
    of_visit("resisted_care", "[data-testid='resists']", "[data-testid='resisted-what']"),
    of_visit("incident", "[data-testid='report-incident']", "[data-testid='send-incident']"),
    dialog(
        "sync",
        "[data-testid='sync-line']",
        "[data-testid='last-contact']",
        &["[data-testid='close-sync-dialog']"],
    ),
    dialog(
        "worker_menu",
        "[data-testid='worker-menu']",
        "[data-testid='lock']",
        &["[data-testid='close-worker-dialog']"],
    ),
];
