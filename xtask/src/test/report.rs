//! The account of a test run: a line per step with its time, and the sum as cargo would print it.

use std::{
    io::{Write, stdout},
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::shell::seconds;

/// How many tests went how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub ignored: u32,
}

impl Tally {
    /// Adds a line that cargo prints after each test program; any other line adds nothing.
    pub fn add_line(&mut self, line: &str) {
        let Some(counts) = line.trim().strip_prefix("test result: ") else {
            return;
        };
        let count = |what: &str| {
            let before = counts.split(what).next().unwrap_or_default();
            before
                .rsplit(['.', ';'])
                .next()
                .and_then(|number| number.trim().parse().ok())
                .unwrap_or(0)
        };
        self.add(Self {
            passed: count(" passed"),
            failed: count(" failed"),
            ignored: count(" ignored"),
        });
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// One step, when it is over.
struct Step {
    name: &'static str,
    took: Duration,
    is_good: bool,
}

/// The steps so far. Each check counts as one test.
pub struct Report {
    started: Instant,
    steps: Vec<Step>,
    tally: Tally,
}

impl Report {
    pub fn new(started: Instant) -> Self {
        Self { started, steps: Vec::new(), tally: Tally::default() }
    }

    /// A step that is right or wrong as a whole; whether it was right.
    pub fn check(&mut self, name: &'static str, act: impl FnOnce() -> Result<()>) -> bool {
        self.tests(name, || {
            let outcome = act();
            let is_good = outcome.is_ok();
            let tally =
                Tally { passed: u32::from(is_good), failed: u32::from(!is_good), ignored: 0 };
            (tally, outcome)
        })
    }

    /// A step of many tests; whether all passed. One that fails without a failed test (it did not
    /// compile) counts as one.
    pub fn tests(&mut self, name: &'static str, act: impl FnOnce() -> (Tally, Result<()>)) -> bool {
        let started = Instant::now();
        let (mut tally, outcome) = act();
        if let Err(error) = &outcome {
            eprintln!("\n{error:#}\n");
            tally.failed = tally.failed.max(1);
        }
        let is_good = outcome.is_ok() && tally.failed == 0;
        self.tally.add(tally);
        self.steps.push(Step { name, took: started.elapsed(), is_good });
        is_good
    }

    /// Prints the account; whether all is well.
    pub fn finish(self) -> bool {
        println!();
        for step in &self.steps {
            let mark = if step.is_good { '✓' } else { '✗' };
            println!("{mark} {:<24}{:>14}", step.name, seconds(step.took));
        }
        let Tally { passed, failed, ignored } = self.tally;
        if failed > 0 {
            println!("\nWhat a step marked ✗ had to say stands above, where it ran.");
        }
        let word = if failed == 0 { "ok" } else { "FAILED" };
        println!(
            "\ntest result: {word}. {passed} passed; {failed} failed; {ignored} ignored; \
             0 measured; 0 filtered out; finished in {:.2}s",
            self.started.elapsed().as_secs_f32()
        );
        // The exit code says it too, if nobody reads this.
        let _ = stdout().flush();
        failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn reads_what_cargo_prints() {
        let mut tally = Tally::default();
        tally.add_line(
            "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out",
        );
        tally.add_line(
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        );
        tally.add_line("test wire::result ... ok");
        assert_eq!(tally, Tally { passed: 13, failed: 2, ignored: 3 });
    }
}
