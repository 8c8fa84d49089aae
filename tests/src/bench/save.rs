//! W4: a visit is signed, on a tablet with a year of forty clients: encryption, projection and
//! full-text index included. Timed without strace, counted with it.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::alone::{self, Errand, MARKS, Saved, Task};
use super::figures::{self, say, us};
use super::team::{SHIFT, SHIFTS_A_DAY};
use super::work;

/// How many shifts are timed. The app is started anew for each, as in the field, so what a worker
/// waits for while documents are read the first time is in the figures.
const TIMED: usize = 5 * SHIFTS_A_DAY;
/// How many shifts' fsyncs are counted, in one start of the app: otherwise the log would never grow
/// so long that a save has to bring it into the database, which costs fsyncs too.
const COUNTED: usize = 2 * SHIFTS_A_DAY;

/// Measures and prints, on the tablet in a folder that holds a year.
pub async fn measure(folder: &Path) -> anyhow::Result<figures::Save> {
    say("W4 save: signing a visit with a year of 40 clients on the tablet")?;
    let first = super::today();
    let task = Task::Save { first, from: 0, shifts: TIMED, between_starts: 1 };
    let saved: Saved = alone::send(&errand(folder, 4000, task)?, &[]).await?;
    say(&format!("  save                   {}", saved.saves))?;
    say(&format!("  fsync of 4 kB here     {}", saved.fsyncs))?;
    let fsyncs_per_save = if may_trace() {
        Some(counted(folder).await?)
    } else {
        say("  fsyncs per save        not counted: there is no strace that may trace")?;
        None
    };
    Ok(figures::Save {
        p50_us: us(saved.saves.at(50)),
        p99_us: us(saved.saves.at(99)),
        fsyncs_per_save,
        fsync_p50_us: us(saved.fsyncs.at(50)),
    })
}

fn errand(folder: &Path, seed: u64, task: Task) -> anyhow::Result<Errand> {
    Ok(Errand { folder: folder.to_owned(), now: work::morning(super::today())?, seed, task })
}

/// How many fsyncs a save makes, on the days after those that were timed.
async fn counted(folder: &Path) -> anyhow::Result<f64> {
    let trace = folder.join("trace");
    let path = trace.to_str().context("the folder's name is no text")?;
    let strace = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", path];
    let first = super::today();
    let task = Task::Save { first, from: TIMED, shifts: COUNTED, between_starts: COUNTED };
    let _: Saved = alone::send(&errand(folder, 5000, task)?, &strace).await?;
    let (log, other) = count(&std::fs::read_to_string(&trace)?);
    let saves = COUNTED * SHIFT;
    let each = (log + other) as f64 / saves as f64;
    say(&format!(
        "  fsyncs per save        {each:.3} ({log} of the log, {other} of other files, n {saves})"
    ))?;
    Ok(each)
}

/// Whether there is a strace, and it may trace.
fn may_trace() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    strace.status().is_ok_and(|status| status.success())
}

/// How many fsyncs between the marks were of the write-ahead log, and how many of other files.
fn count(trace: &str) -> (usize, usize) {
    let [begins, ends] = MARKS;
    let (mut saving, mut log, mut other) = (false, 0, 0);
    for line in trace.lines() {
        let is_sync = line.contains("fsync(") || line.contains("fdatasync(");
        if line.contains(begins) {
            saving = true;
        } else if line.contains(ends) {
            saving = false;
        } else if saving && is_sync && line.contains("-wal>") {
            log += 1;
        } else if saving && is_sync {
            other += 1;
        }
    }
    (log, other)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_lies_between_the_marks_is_counted() {
        let trace = "7 fsync(9</t/kjent.db-wal>) = 0\n\
                     7 fsync(4</t/saving-begins>) = 0\n\
                     7 fdatasync(9</t/kjent.db-wal>) = 0\n\
                     7 fsync(9</t/kjent.db-wal>) = 0\n\
                     7 fsync(8</t/kjent.db>) = 0\n\
                     7 +++ exited with 0 +++\n\
                     7 fsync(4</t/saving-ends>) = 0\n\
                     7 fsync(9</t/kjent.db-wal>) = 0\n";
        assert_eq!(super::count(trace), (2, 1));
    }
}
