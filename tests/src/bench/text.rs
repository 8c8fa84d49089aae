//! Notes for a team larger and a year longer than the demo's stories reach.
//!
//! Every sentence begins as one of the demo's and goes over into others where they share a word; its
//! numbers vary, and now and then a word is mistyped. The words come as often as in the stories, and
//! hardly a sentence comes twice: text that repeats itself would flatter whoever compresses it.
//! Nobody has to make sense of it. Measured 2026-11: zstd -19 makes a note of 107 bytes 16.

use std::collections::HashMap;
use std::sync::Arc;

use kjent_core::fact::Note;
use kjent_demo::Data;
use kjent_demo::random::Random;

/// How often, in percent, a sentence goes over into another at a word that they share.
const TURNS: usize = 60;
/// How often, in percent, a word is mistyped, as on a telephone in a stairway.
const SLIPS: usize = 3;
/// The longest sentence, in words.
const LONGEST: usize = 28;

/// The stories' sentences, and where each word stands in them.
#[derive(Default)]
struct Corpus {
    sentences: Vec<Vec<String>>,
    places: HashMap<String, Vec<(usize, usize)>>,
}

/// The sentences of a corpus that one sort of text begins with.
type Beginnings = std::ops::Range<usize>;

impl Corpus {
    fn add<'a>(&mut self, texts: impl Iterator<Item = &'a String>) -> Beginnings {
        let first = self.sentences.len();
        for text in texts {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            for (place, word) in words.iter().enumerate() {
                let places = self.places.entry(word.clone()).or_default();
                places.push((self.sentences.len(), place));
            }
            self.sentences.push(words);
        }
        first..self.sentences.len()
    }

    fn sentence(&self, beginnings: &Beginnings, random: &mut Random) -> String {
        let mut sentence = beginnings.start + random.below(beginnings.len());
        let mut place = 0;
        let mut words: Vec<String> = Vec::new();
        while let Some(word) = self.sentences.get(sentence).and_then(|words| words.get(place)) {
            if words.len() == LONGEST {
                break;
            }
            words.push(typed(word, random));
            if random.chance(TURNS)
                && let Some(&elsewhere) = self.places.get(word).and_then(|all| random.pick(all))
            {
                (sentence, place) = elsewhere;
            }
            place += 1;
        }
        words.join(" ")
    }
}

/// The word with another last digit, when it has any; now and then with two letters changed about.
fn typed(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if let Some(at) = letters.iter().rposition(char::is_ascii_digit) {
        letters[at] = char::from(b"0123456789"[random.below(10)]);
    } else if letters.len() > 3 && random.chance(SLIPS) {
        let at = 1 + random.below(letters.len() - 2);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// The corpus with what each sort of text begins with.
#[derive(Default)]
struct Stories {
    corpus: Corpus,
    observation: Beginnings,
    judgement: Beginnings,
    client_view: Beginnings,
    further_plan: Beginnings,
    progress: Beginnings,
}

impl Stories {
    fn new(data: &Data) -> Self {
        let clients = || data.clients.iter().map(|(_, client)| client);
        let phases = || clients().flat_map(|client| &client.phases);
        let events = || clients().flat_map(|client| &client.events);
        let goals = || clients().flat_map(|client| &client.goals);
        let said = goals().flat_map(|goal| &goal.progress).flat_map(|progress| &progress.words);
        let observed = phases().flat_map(|phase| &phase.observation);
        let judged = phases().flat_map(|phase| &phase.judgement);
        let viewed = phases().flat_map(|phase| &phase.client_view);
        let planned = phases().flat_map(|phase| &phase.further_plan);
        let mut corpus = Corpus::default();
        Self {
            observation: corpus.add(observed.chain(events().map(|event| &event.observation))),
            judgement: corpus.add(judged.chain(events().map(|event| &event.judgement))),
            client_view: corpus.add(viewed.chain(events().map(|event| &event.client_view))),
            further_plan: corpus.add(planned.chain(events().map(|event| &event.further_plan))),
            progress: corpus.add(said.chain(events().map(|event| &event.done))),
            corpus,
        }
    }
}

/// Somebody who writes: the stories' sentences, and chance of their own.
#[derive(Clone)]
pub struct Pen {
    stories: Arc<Stories>,
    random: Random,
}

impl Pen {
    /// A pen that writes from these stories. The same name gives the same text.
    pub fn new(data: &Data, name: &str) -> Self {
        Self { stories: Arc::new(Stories::new(data)), random: Random::new(1, name) }
    }

    /// Another pen with the same stories.
    pub fn named(&self, name: &str) -> Self {
        Self { stories: self.stories.clone(), random: Random::new(1, name) }
    }

    /// One to three sentences about what was seen.
    pub fn observation(&mut self) -> String {
        let count = 1 + self.random.below(3);
        let stories = self.stories.clone();
        let sentences: Vec<String> = (0..count)
            .map(|_| stories.corpus.sentence(&stories.observation, &mut self.random))
            .collect();
        sentences.join(" ")
    }

    /// What it means.
    pub fn judgement(&mut self) -> String {
        self.stories.corpus.sentence(&self.stories.judgement, &mut self.random)
    }

    /// What the client says.
    pub fn client_view(&mut self) -> String {
        self.stories.corpus.sentence(&self.stories.client_view, &mut self.random)
    }

    /// What comes next.
    pub fn further_plan(&mut self) -> String {
        self.stories.corpus.sentence(&self.stories.further_plan, &mut self.random)
    }

    /// How a goal is going.
    pub fn progress(&mut self) -> String {
        self.stories.corpus.sentence(&self.stories.progress, &mut self.random)
    }

    /// A visit's note, with its parts as often as in the demo's history.
    pub fn note(&mut self) -> Note {
        let mut note = Note { observation: self.observation(), ..Note::default() };
        if self.random.chance(38) {
            note.judgement = self.judgement();
        }
        if self.random.chance(36) {
            note.client_view = self.client_view();
        }
        if self.random.chance(14) {
            note.further_plan = self.further_plan();
        }
        note
    }

    /// True in this many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.random.chance(percent)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_gives_one_text_and_hardly_a_note_comes_twice() -> anyhow::Result<()> {
        let pen = Pen::new(&kjent_demo::embedded()?, "anne");
        let notes = |name| {
            let mut pen = pen.named(name);
            (0..1000).map(move |_| pen.observation()).collect::<Vec<_>>()
        };
        assert_eq!(notes("sara"), notes("sara"));
        let both: BTreeSet<String> = notes("sara").into_iter().chain(notes("anne")).collect();
        assert!(both.len() > 1900, "{} of 2000 differ", both.len());
        Ok(())
    }
}
