//! The words of a query: what they match, and how the index is asked for them.
//!
//! A word matches words that begin with it. So that «såret» finds «sår» and «medisinene» finds
//! «medisiner», its ending is taken off, and what is left matches with every other ending; not as
//! a beginning, or «såret» would find «sårbar».

use kjent_core::ids::ClientId;

/// Endings of Norwegian nouns, adjectives and verbs, the longest first; the last is none at all.
const ENDINGS: [&str; 10] = ["ene", "ane", "ne", "en", "et", "er", "ar", "a", "e", ""];

/// Words beyond these are not asked for, and letters neither: nobody types so many.
const MOST_WORDS: usize = 8;
const MOST_LETTERS: usize = 40;

/// The words of a query. Whatever else stands between them says nothing.
pub(super) struct Words(Vec<Word>);

struct Word {
    /// As it was typed, in small letters.
    typed: String,
    /// The same word with other endings.
    forms: Vec<String>,
}

impl Words {
    /// The words in a text that somebody typed.
    pub(super) fn of(query: &str) -> Self {
        let words = spans(query).map(|(_, word)| Word::of(word)).take(MOST_WORDS);
        Self(words.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    pub(super) fn is_one_letter(&self) -> bool {
        self.is_one() && self.0.iter().all(|word| word.typed.chars().nth(1).is_none())
    }

    /// Whether a word of a text is one of these.
    pub(super) fn matches(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.0.iter().any(|one| one.matches(&word))
    }

    /// Whether each is the beginning of a word of the text, just as it was typed.
    pub(super) fn begin_words_of(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|one| spans(&text).any(|(_, word)| word.starts_with(&one.typed)))
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether one of them is in a text.
    pub(super) fn is_in(&self, word: usize, text: &str) -> bool {
        self.0.get(word).is_some_and(|one| one.is_in(&text.to_lowercase()))
    }

    /// Whether all of them are in a text.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|one| one.is_in(&text))
    }

    /// Whether each is in a text or is `elsewhere`, and at least one is in the text.
    pub(super) fn are_in_or(&self, text: &str, elsewhere: impl Fn(usize) -> bool) -> bool {
        let text = text.to_lowercase();
        let here: Vec<bool> = self.0.iter().map(|one| one.is_in(&text)).collect();
        here.contains(&true) && (0..here.len()).all(|word| here[word] || elsewhere(word))
    }

    /// Asks the index for one word at a time.
    fn each(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(Word::expression)
    }

    /// Asks the index for all of them.
    fn all(&self) -> String {
        self.each().collect::<Vec<_>>().join(" AND ")
    }

    /// Asks the index for those that have more than two letters, in the text or in the client's name;
    /// `None` when that says nothing, or everything.
    pub(super) fn longer_ones(&self, called: &[Vec<ClientId>]) -> Option<String> {
        let is_long = |word: &&Word| word.typed.chars().nth(2).is_some();
        let some = self.0.iter().filter(is_long).count();
        if some == 0 || some == self.0.len() {
            return None;
        }
        let asked = self.0.iter().enumerate().filter(|(_, word)| is_long(word));
        let asked = asked.map(|(at, word)| {
            word.or_client(called.get(at).map(Vec::as_slice).unwrap_or_default())
        });
        Some(asked.collect::<Vec<_>>().join(" AND "))
    }

    /// Asks the index for all of them, where a word may also be in the name of the client, and at
    /// least one is in the text. `called` has for each word the clients who have it in their name.
    pub(super) fn all_or_client(&self, called: &[Vec<ClientId>]) -> String {
        if called.iter().all(Vec::is_empty) {
            return self.all();
        }
        let owned = self.0.iter().zip(called).map(|(word, clients)| word.or_client(clients));
        let any = self.each().collect::<Vec<_>>().join(" OR ");
        owned.chain([format!("({any})")]).collect::<Vec<_>>().join(" AND ")
    }
}

impl Word {
    fn of(word: &str) -> Self {
        let typed: String = word.to_lowercase().chars().take(MOST_LETTERS).collect();
        let stem = ENDINGS
            .iter()
            .filter_map(|ending| typed.strip_suffix(ending))
            .find(|stem| stem.chars().nth(1).is_some());
        let stem = stem.unwrap_or(&typed);
        let mut forms: Vec<String> =
            ENDINGS.iter().map(|ending| format!("{stem}{ending}")).collect();
        // «rommet» is of «rom».
        let mut last = stem.chars().rev();
        if let (Some(one), Some(other)) = (last.next(), last.next())
            && one == other
        {
            forms.extend(stem.strip_suffix(one).map(str::to_owned));
        }
        forms.retain(|form| !form.starts_with(&typed));
        Self { typed, forms }
    }

    /// Whether it is in a text in small letters.
    fn is_in(&self, text: &str) -> bool {
        spans(text).any(|(_, word)| self.matches(word))
    }

    /// Whether it matches a word in small letters.
    fn matches(&self, word: &str) -> bool {
        word.starts_with(&self.typed) || self.forms.iter().any(|form| form == word)
    }

    /// Asks the index for it, or for any of these clients.
    fn or_client(&self, clients: &[ClientId]) -> String {
        let owners = clients.iter().map(|client| format!(" OR \"client{}\"", client.0.simple()));
        format!("({}{})", self.expression(), owners.collect::<String>())
    }

    /// Each word stands in quotes and has no quote in it, so none is taken for an operator.
    fn expression(&self) -> String {
        let forms = self.forms.iter().map(|form| format!(" OR \"{form}\""));
        format!("(\"{}\"*{})", self.typed, forms.collect::<String>())
    }
}

/// The words in a text, each with where it begins.
pub(super) fn spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(|letter| !is_letter(letter))
        .map(move |word| {
            let start = from;
            from += word.len();
            from += text[from..].chars().next().map_or(0, char::len_utf8);
            (start, word)
        })
        .filter(|(_, word)| !word.is_empty())
}

/// Letters and digits in which the index surely sees the same: Latin and Cyrillic ones. A word that
/// it cuts in two, as it does at the vowel signs of some scripts, would be a phrase to it, and it
/// knows no phrases.
fn is_letter(letter: char) -> bool {
    let known =
        matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{400}'..='\u{481}');
    known && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_matches_beginnings_and_other_endings() {
        let cases = [
            ("sår", "sår", true),
            ("sår", "såret", true),
            ("sår", "sårbar", true),
            ("såret", "sår", true),
            ("såret", "sårene", true),
            ("Såret", "SÅR", true),
            ("såret", "sårbar", false),
            ("sar", "sår", false),
            ("medisinene", "medisiner", true),
            ("medisiner", "medisinen", true),
            ("sykepleierne", "sykepleieren", true),
            ("hoftene", "hofte", true),
            ("rommet", "rom", true),
            ("katten", "katt", true),
            ("danse", "danset", true),
            ("spiste", "spist", true),
            ("øyet", "øye", true),
            ("øye", "oye", false),
            ("hæl", "hel", false),
            ("en", "tre", false),
            ("e", "etter", true),
        ];
        for (typed, word, is_match) in cases {
            assert_eq!(Words::of(typed).matches(word), is_match, "{typed} and {word}");
        }
    }

    #[test]
    fn whatever_is_typed_is_words() {
        let cases = [
            ("", ""),
            ("  \0 \" * ' ()", ""),
            ("gå AND* NOT", "gå and not"),
            ("\"Line\" sår\0hæl", "line sår hæl"),
            ("text:sår ^hæl -a", "text sår hæl a"),
            ("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8"),
        ];
        for (typed, words) in cases {
            let found: Vec<String> = Words::of(typed).0.into_iter().map(|it| it.typed).collect();
            assert_eq!(found.join(" "), words, "{typed:?}");
        }
        assert_eq!(Words::of(&"å".repeat(10_000)).0.first().map(|it| it.typed.len()), Some(80));
    }
}
