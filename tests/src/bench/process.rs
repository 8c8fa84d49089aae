//! What the system knows of a process: memory and processor time, out of `/proc`.

use std::fs;
use std::time::Duration;

use anyhow::Context;

/// How `/proc` names this process.
pub const THIS: &str = "self";

/// The kernel's unit of processor time as `/proc` tells it, the same on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// The most memory that the process has held at once, in kB: since its start, or since
/// `forget_peak`.
pub fn peak_kb(process: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(number.context("the process has no peak")?.trim().parse()?)
}

/// Counts the peak anew from what the process holds now.
pub fn forget_peak(process: &str) -> anyhow::Result<()> {
    Ok(fs::write(format!("/proc/{process}/clear_refs"), "5")?)
}

/// The processor time that the process has used, its own and the system's for it.
pub fn cpu(process: &str) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in brackets, may hold anything.
    let (_, rest) = stat.rsplit_once(')').context("no process")?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut ticks = || -> anyhow::Result<u32> { Ok(fields.next().context("no time")?.parse()?) };
    Ok(TICK * (ticks()? + ticks()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_a_peak_and_uses_time() -> anyhow::Result<()> {
        assert!(peak_kb(THIS)? > 1000);
        let before = cpu(THIS)?;
        let mut number = 1_u64;
        while cpu(THIS)? == before {
            number = number.wrapping_mul(3).wrapping_add(1);
        }
        assert_ne!(number, 1);
        Ok(())
    }
}
