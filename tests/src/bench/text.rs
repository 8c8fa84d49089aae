//! Notes for a team larger and a year longer than the demo's stories reach.
//!
//! Every sentence begins as one of the demo's and goes over into another where the two share a
//! word, and its numbers vary. So the words come as often as in the stories, and hardly a sentence
//! comes twice: text that repeats itself would flatter whoever compresses it.

use std::collections::HashMap;
use std::sync::Arc;

use kjent_core::fact::Note;
use kjent_demo::Data;
use kjent_demo::random::Random;

/// How often, in percent, a sentence goes over into another at a word that they share.
const TURNS: usize = 25;
/// The longest sentence, in words.
const LONGEST: usize = 28;

/// The stories' sentences of one sort.
struct Pool {
    sentences: Vec<Vec<String>>,
    places: HashMap<String, Vec<(usize, usize)>>,
}

impl Pool {
    fn new<'a>(texts: impl Iterator<Item = &'a String>) -> Self {
        let words = |text: &String| text.split_whitespace().map(str::to_owned).collect();
        let sentences: Vec<Vec<String>> = texts.map(words).collect();
        let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (sentence, words) in sentences.iter().enumerate() {
            for (place, word) in words.iter().enumerate() {
                places.entry(word.clone()).or_default().push((sentence, place));
            }
        }
        Self { sentences, places }
    }

    fn sentence(&self, random: &mut Random) -> String {
        let (mut sentence, mut place) = (random.below(self.sentences.len()), 0);
        let mut words: Vec<String> = Vec::new();
        while let Some(word) = self.sentences.get(sentence).and_then(|words| words.get(place)) {
            if words.len() == LONGEST {
                break;
            }
            words.push(varied(word, random));
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

/// The word with another last digit, when it has any.
fn varied(word: &str, random: &mut Random) -> String {
    let Some(at) = word.rfind(|letter: char| letter.is_ascii_digit()) else {
        return word.to_owned();
    };
    format!("{}{}{}", &word[..at], random.below(10), &word[at + 1..])
}

/// The stories' sentences by what they are about.
struct Pools {
    observation: Pool,
    judgement: Pool,
    client_view: Pool,
    further_plan: Pool,
    progress: Pool,
}

/// Somebody who writes: the stories' sentences, and chance of their own.
#[derive(Clone)]
pub struct Pen {
    pools: Arc<Pools>,
    random: Random,
}

impl Pen {
    /// A pen that writes from these stories. The same name gives the same text.
    pub fn new(data: &Data, name: &str) -> Self {
        let phases = || data.clients.iter().flat_map(|(_, client)| &client.phases);
        let goals = data.clients.iter().flat_map(|(_, client)| &client.goals);
        let pools = Pools {
            observation: Pool::new(phases().flat_map(|phase| &phase.observation)),
            judgement: Pool::new(phases().flat_map(|phase| &phase.judgement)),
            client_view: Pool::new(phases().flat_map(|phase| &phase.client_view)),
            further_plan: Pool::new(phases().flat_map(|phase| &phase.further_plan)),
            progress: Pool::new(
                goals.flat_map(|goal| &goal.progress).flat_map(|progress| &progress.words),
            ),
        };
        Self { pools: Arc::new(pools), random: Random::new(1, name) }
    }

    /// Another pen with the same stories.
    pub fn named(&self, name: &str) -> Self {
        Self { pools: self.pools.clone(), random: Random::new(1, name) }
    }

    /// One to three sentences about what was seen.
    pub fn observation(&mut self) -> String {
        let count = 1 + self.random.below(3);
        let sentences: Vec<String> =
            (0..count).map(|_| self.pools.observation.sentence(&mut self.random)).collect();
        sentences.join(" ")
    }

    /// What it means.
    pub fn judgement(&mut self) -> String {
        self.pools.judgement.sentence(&mut self.random)
    }

    /// What the client says.
    pub fn client_view(&mut self) -> String {
        self.pools.client_view.sentence(&mut self.random)
    }

    /// What comes next.
    pub fn further_plan(&mut self) -> String {
        self.pools.further_plan.sentence(&mut self.random)
    }

    /// How a goal is going.
    pub fn progress(&mut self) -> String {
        self.pools.progress.sentence(&mut self.random)
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
