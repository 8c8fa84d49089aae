//! Any document of three tablets, any of its facts: erased, it is the same but for that.

use super::*;

/// What can happen: who writes what, or who reads from whom.
#[derive(Clone, Debug)]
enum Step {
    Note { tablet: usize },
    Goal { tablet: usize, goal: u8, title: u8 },
    Read { from: usize, to: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let tablet = 0..3_usize;
    prop_oneof![
        3 => tablet.clone().prop_map(|tablet| Step::Note { tablet }),
        3 => (tablet.clone(), 0..3_u8, 0..9_u8)
            .prop_map(|(tablet, goal, title)| Step::Goal { tablet, goal, title }),
        3 => (tablet.clone(), tablet).prop_map(|(from, to)| Step::Read { from, to }),
    ]
}

fn words(number: usize) -> String {
    format!("ord nummer {number:04} som ingen annen skrev")
}

/// Three tablets and a server that has read what the first two have.
fn play(steps: &[Step]) -> Result<(Vec<Document>, Document, Vec<usize>)> {
    let care = Document::new(DocumentRef::care(client()));
    let mut tablets = vec![care.clone(), care.clone(), care];
    let mut notes = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let now = at(number as i64);
        match *step {
            Step::Note { tablet } => {
                let by = worker(tablet as u128);
                let edit = note(number as u128, by, &words(number), None)?;
                tablets[tablet].write(by, now, &[edit])?;
                notes.push(number);
            }
            Step::Goal { tablet, goal, title } => {
                let by = worker(tablet as u128);
                let edit = field(100 + u128::from(goal), "title", &format!("tittel {title}"));
                tablets[tablet].write(by, now, &[edit])?;
            }
            Step::Read { from, to } => {
                let source = tablets[from].clone();
                merge(&source, &mut tablets[to])?;
            }
        }
    }
    let mut server = tablets[0].clone();
    merge(&tablets[1], &mut server)?;
    Ok((tablets, server, notes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_fact_is_erased_from_any_document(
        steps in prop::collection::vec(step(), 1..40),
        which in any::<prop::sample::Index>(),
    ) {
        let (tablets, server, notes) = play(&steps).map_err(fail)?;
        let there: Vec<usize> = notes
            .into_iter()
            .filter(|number| server.holds_fact(fact_id(*number as u128)))
            .collect();
        prop_assume!(!there.is_empty());
        let number = *which.get(&there);
        let id = fact_id(number as u128);
        let stone = tombstone().map_err(fail)?;
        prop_assert!(holds(&server, &words(number)));
        let erased = server.erase(&Erasable::Fact(id), &stone).map_err(fail)?;
        prop_assert!(!holds(&erased.document, &words(number)));

        // All three come back with what the server doesn't have.
        let mut whole = server.clone();
        let mut new = erased.document;
        for tablet in &tablets {
            merge(tablet, &mut whole).map_err(fail)?;
            let mut moves = Moves::between(tablet, &new);
            for raw in tablet.changes() {
                let change = Document::read_change(&raw.bytes).map_err(fail)?;
                if let Rebased::Anew(raw) = moves.rebase(&change).map_err(fail)? {
                    let change = Document::read_change(&raw.bytes).map_err(fail)?;
                    new.apply_all(vec![change]).map_err(fail)?;
                }
            }
        }
        let (mut before, mut after) = (seen(&whole), seen(&new));
        prop_assert!(before.remove(&id.to_string()) != after.remove(&id.to_string()));
        prop_assert_eq!(before, after);
        prop_assert!(!holds(&new, &words(number)));
    }
}

fn fail(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

#[test]
fn a_fact_that_ninety_reports_build_on_is_erased() -> Result<()> {
    let mut document = journal();
    for number in 0..90 {
        let by = worker(number % 4);
        let text =
            format!("{} {}", words(number as usize), "Stelte seg selv ved vasken. ".repeat(12));
        document.write(by, at(number as i64), &[note(number, by, &text, None)?])?;
    }
    // 22 ms in a test build (2026-11-22).
    let erased = document.erase(&Erasable::Fact(fact_id(1)), &tombstone()?)?;
    assert_eq!(erased.renamed.len(), 89);
    assert!(!holds(&erased.document, &words(1)));
    Ok(())
}
