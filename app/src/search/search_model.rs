//! Where a hit leads, and what is shown of it. Pure.

use kjent_core::fact::FactKind;
use kjent_core::view::{HitKind, HitView, SnippetPart};

/// What the screen has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing has been looked for.
    First,
    /// Nothing was found.
    Nothing,
    /// So many were found.
    Hits(usize),
    /// More than are shown.
    TooMany(usize),
}

impl Stage {
    /// What it is, when these words gave so many hits of at most `limit`.
    pub fn of(query: &str, hits: usize, limit: u32) -> Self {
        match hits {
            _ if query.is_empty() => Stage::First,
            0 => Stage::Nothing,
            _ if u32::try_from(hits).is_ok_and(|hits| hits < limit) => Stage::Hits(hits),
            _ => Stage::TooMany(hits),
        }
    }
}

/// The address of a hit: the client's page, where it stands.
pub fn address(hit: &HitView) -> String {
    let client = hit.client;
    match (&hit.kind, hit.fact) {
        (HitKind::Client, _) => format!("/client/{client}"),
        (HitKind::Critical, _) => format!("/client/{client}?part=overview"),
        (HitKind::Decision, _) => format!("/client/{client}?part=decisions"),
        (HitKind::Contact, _) => format!("/client/{client}?part=people"),
        (HitKind::Goal | HitKind::Intervention | HitKind::Fact(FactKind::GoalProgress), _) => {
            format!("/client/{client}?part=plan")
        }
        (HitKind::Fact(FactKind::WhatMatters), _) => format!("/client/{client}?part=overview"),
        (HitKind::Fact(_), Some(fact)) => format!("/client/{client}?part=journal&entry={fact}"),
        (HitKind::Fact(_), None) => format!("/client/{client}?part=journal"),
    }
}

/// The snippet, unless it says nothing but the client's name, which stands above it.
pub fn snippet(hit: &HitView) -> &[SnippetPart] {
    let text = hit.snippet.iter().map(|part| match part {
        SnippetPart::Plain(text) | SnippetPart::Match(text) => text.as_str(),
    });
    if text.collect::<String>() == hit.client_name { &[] } else { &hit.snippet }
}

#[cfg(test)]
mod tests {
    use kjent_core::ids::{ClientId, FactId};

    use super::*;

    type Hit = Result<HitView, Box<dyn std::error::Error>>;

    fn hit(kind: HitKind, snippet: Vec<SnippetPart>) -> Hit {
        let client: ClientId = "01920000-0000-7000-8000-000000000001".parse()?;
        let fact: FactId = "01920000-0000-7000-8000-000000000002".parse()?;
        Ok(HitView {
            client,
            client_name: "Line Danser".into(),
            kind,
            fact: Some(fact),
            when: None,
            author: None,
            snippet,
        })
    }

    #[test]
    fn a_hit_leads_to_where_it_stands() -> Result<(), Box<dyn std::error::Error>> {
        let cases = [
            (HitKind::Client, ""),
            (HitKind::Contact, "?part=people"),
            (HitKind::Goal, "?part=plan"),
            (HitKind::Intervention, "?part=plan"),
            (HitKind::Decision, "?part=decisions"),
            (HitKind::Critical, "?part=overview"),
            (
                HitKind::Fact(FactKind::Note),
                "?part=journal&entry=01920000-0000-7000-8000-000000000002",
            ),
        ];
        for (kind, place) in cases {
            let page = "/client/01920000-0000-7000-8000-000000000001";
            assert_eq!(address(&hit(kind, Vec::new())?), format!("{page}{place}"));
        }
        Ok(())
    }

    #[test]
    fn a_name_is_not_said_twice() -> Result<(), Box<dyn std::error::Error>> {
        let name = || [SnippetPart::Match("Line".into()), SnippetPart::Plain(" Danser".into())];
        assert_eq!(snippet(&hit(HitKind::Client, name().into())?), []);
        let mut called = Vec::from(name());
        called.push(SnippetPart::Plain("\nLinemor".into()));
        assert_eq!(snippet(&hit(HitKind::Client, called.clone())?), called);
        Ok(())
    }

    #[test]
    fn the_screen_says_when_there_are_more() {
        let cases = [
            ("", 0, Stage::First),
            ("sår", 0, Stage::Nothing),
            ("sår", 49, Stage::Hits(49)),
            ("sår", 50, Stage::TooMany(50)),
        ];
        for (query, hits, stage) in cases {
            assert_eq!(Stage::of(query, hits, 50), stage, "{query} {hits}");
        }
    }
}
