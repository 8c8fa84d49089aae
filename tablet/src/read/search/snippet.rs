//! The piece of a text that shows why it was found.

use kjent_core::view::SnippetPart;

use super::words::{Words, spans};

/// How many bytes a piece has, about: two or three lines on a tablet.
const LENGTH: usize = 180;
/// How many of them stand before the first word that was looked for.
const BEFORE: usize = 50;

/// The text around the first of the words, with all of them marked; «…» where something is left out.
pub(super) fn snippet(text: &str, words: &Words) -> Vec<SnippetPart> {
    let found: Vec<(usize, usize)> = spans(text)
        .filter(|(_, word)| words.matches(word))
        .map(|(start, word)| (start, start + word.len()))
        .collect();
    let first = found.first().map_or(0, |(start, _)| *start);
    let start = match text.get(..boundary(text, first.saturating_sub(BEFORE))) {
        // From a word's beginning on.
        Some(left_out) if !left_out.is_empty() => {
            let from = left_out.len();
            let gap = text[from..first].find(char::is_whitespace);
            gap.map_or(first, |gap| from + gap).min(first)
        }
        _ => 0,
    };
    let end = match boundary(text, start + LENGTH) {
        end if end == text.len() => end,
        end => text[start..end].rfind(char::is_whitespace).map_or(end, |gap| start + gap),
    };
    let mut at = end - text[start..end].trim_start().len();
    let mut parts = vec![SnippetPart::Plain(if start > 0 { "… " } else { "" }.to_owned())];
    for (from, to) in found {
        if from >= at && to <= end {
            parts.push(SnippetPart::Plain(text[at..from].to_owned()));
            parts.push(SnippetPart::Match(text[from..to].to_owned()));
            at = to;
        }
    }
    parts.push(SnippetPart::Plain(text[at..end].to_owned()));
    parts.push(SnippetPart::Plain(if end < text.len() { " …" } else { "" }.to_owned()));
    parts.retain(|part| *part != SnippetPart::Plain(String::new()));
    parts
}

/// The nearest place at or before a byte where a letter begins.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, query: &str) -> String {
        let parts = snippet(text, &Words::of(query)).into_iter().map(|part| match part {
            SnippetPart::Plain(text) => text,
            SnippetPart::Match(word) => format!("[{word}]"),
        });
        parts.collect()
    }

    #[test]
    fn the_words_are_marked_and_the_rest_left_out() {
        let filler = "Spiste godt og var i godt humør. ".repeat(8);
        let long = format!("{filler}Såret på hælen er tørt. {filler}");
        let cases = [
            ("Sår på hæl.", "sår", "[Sår] på hæl."),
            ("Sår på hæl.\nHælen er rød", "hæl såret", "[Sår] på [hæl].\n[Hælen] er rød"),
            ("Ingenting", "sår", "Ingenting"),
            ("", "sår", ""),
        ];
        for (text, query, expected) in cases {
            assert_eq!(shown(text, query), expected);
        }
        let piece = shown(&long, "sår");
        assert!(piece.starts_with("… ") && piece.ends_with(" …"), "{piece}");
        assert!(piece.contains("humør. [Såret] på hælen"), "{piece}");
        assert!(piece.len() < LENGTH + 20, "{piece}");
    }

    #[test]
    fn letters_are_never_cut() {
        for filler in ["å", "ææ ", "🙂", "x å"] {
            for count in 0..60 {
                let text = format!("{}sår{}", filler.repeat(count), filler.repeat(100));
                let piece = shown(&text, "sår");
                assert!(piece.chars().count() <= LENGTH + 20, "{piece}");
            }
        }
    }
}
