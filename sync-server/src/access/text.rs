//! The extract as a text.

use std::fmt::Write;

use super::extract::Extract;
use super::words::{ABOUT, LEAD, MADE, NONE, QUESTIONS, TITLE, WHAT, WHEN, WHO, WHY};

pub(super) fn write(extract: &Extract) -> String {
    let say = |text| extract.language.of(text);
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(out, "{}\n", say(TITLE));
    let _ = writeln!(out, "{}: {}\n{}: {}\n", say(ABOUT), extract.name, say(MADE), extract.made);
    let _ = writeln!(out, "{}\n", say(LEAD));
    if extract.lines.is_empty() {
        let _ = writeln!(out, "{}\n", say(NONE));
    }
    for line in &extract.lines {
        let late = line.late.as_ref().map(|late| format!(" ({late})")).unwrap_or_default();
        let _ = writeln!(out, "{}: {}{late}", say(WHEN), line.when);
        for (heading, words) in [(WHO, &line.who), (WHAT, &line.what), (WHY, &line.why)] {
            let _ = writeln!(out, "  {}: {words}", say(heading));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", say(QUESTIONS));
    out
}
