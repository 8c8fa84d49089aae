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

const fn screen(name: &'static str, tap: &'static str, marker: &'static str) -> Screen {
    Screen { name, before: &[], tap, marker, back: &[BACK], home: CARD }
}

/// A part of a client's page, from the part that the page opens on.
const fn part(name: &'static str, tap: &'static str, marker: &'static str) -> Screen {
    Screen { before: &[CLIENT], ..screen(name, tap, marker) }
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
    screen("client_matters", CLIENT, "[data-testid='start-conversation']"),
    part("client_plan", "[data-testid='part-plan']", "[data-testid='plan-intervention']"),
    part("client_journal", "[data-testid='part-journal']", "[data-testid='journal-entry']"),
    part("client_about", "[data-testid='part-about']", "[data-testid='carer']"),
    screen("visit", "[data-testid='continue-visit']", "[data-testid='note-observation']"),
    Screen {
        before: &["[data-testid='continue-visit']"],
        back: &[BACK, BACK],
        ..screen("not_home", "[data-testid='not-home']", "[data-testid='agreed']")
    },
    Screen {
        before: &["[data-testid='continue-visit']"],
        back: &[BACK, BACK],
        ..screen("resisted_care", "[data-testid='resists']", "[data-testid='resisted-what']")
    },
    Screen {
        back: &[BACK, BACK],
        ..part(
            "conversation",
            "[data-testid='start-conversation']",
            "[data-testid='conversation-words']",
        )
    },
    screen("search", "[data-testid='open-search']", "[data-testid='search-field']"),
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
