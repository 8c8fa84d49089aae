//! Which clients are shown. Pure.

use kjent_core::view::ClientCardView;

/// Whose clients are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All of the team's.
    All,
    /// Those on the worker's list today.
    MineToday,
    /// Those whose primary contact the worker is.
    PrimaryContact,
}

impl Shown {
    /// All, in the order to offer them.
    pub const ALL: [Self; 3] = [Self::All, Self::MineToday, Self::PrimaryContact];

    /// As it stands in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::MineToday => "today",
            Self::PrimaryContact => "primary",
        }
    }

    /// What stands in the address.
    pub fn from_code(code: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|it| code == Some(it.code())).unwrap_or(Self::All)
    }

    /// Whether a client is among them.
    pub fn has(self, card: &ClientCardView) -> bool {
        match self {
            Self::All => true,
            Self::MineToday => card.mine_today,
            Self::PrimaryContact => card.is_primary_contact,
        }
    }
}

/// Whether each word that was typed begins a word of the client's name or address.
pub fn matches(card: &ClientCardView, typed: &str) -> bool {
    let known = [&card.name, card.called.as_ref().unwrap_or(&card.name), &card.address];
    let known: Vec<String> = known.iter().flat_map(|text| words(text)).collect();
    words(typed).all(|word| known.iter().any(|one| one.starts_with(&word)))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Card = Result<ClientCardView, Box<dyn std::error::Error>>;

    fn card() -> Card {
        Ok(ClientCardView {
            client: "01920000-0000-7000-8000-000000000001".parse()?,
            name: "Åse-Marie Øverby".into(),
            called: Some("Mia".into()),
            address: "Bakkegata 7, 3. etg.".into(),
            what_matters: None,
            critical: Vec::new(),
            primary_contact: None,
            is_primary_contact: true,
            mine_today: false,
            next_visit: None,
        })
    }

    #[test]
    fn a_client_is_found_by_the_beginnings_of_words() -> Result<(), Box<dyn std::error::Error>> {
        let card = card()?;
        for typed in ["", "  ", "å", "ÅSE", "øver", "marie øv", "mia", "bakke 7", "Øverby, Åse"]
        {
            assert!(matches(&card, typed), "{typed}");
        }
        for typed in ["verby", "åse lie", "ase", "8"] {
            assert!(!matches(&card, typed), "{typed}");
        }
        Ok(())
    }

    #[test]
    fn the_address_says_whose() -> Result<(), Box<dyn std::error::Error>> {
        for shown in Shown::ALL {
            assert_eq!(Shown::from_code(Some(shown.code())), shown);
        }
        assert_eq!(Shown::from_code(None), Shown::All);
        let card = card()?;
        assert_eq!(Shown::ALL.map(|shown| shown.has(&card)), [true, false, true]);
        Ok(())
    }
}
