//! A processor a quarter as fast: the app's processes together get a quarter of one core.
//!
//! By the kernel's own accounting, in slices of a hundredth of a second, so that what takes 20 ms
//! takes 80. Harsher than a tablet whose cores are slower, because all processes and threads of the
//! app share the one quarter. It takes the right to make a group, which root has.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// How often the kernel hands out time, in microseconds, and how much of it.
const PERIOD: u32 = 10_000;
const QUOTA: u32 = PERIOD / 4;

/// How long the last process of a group may take to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// A group of processes that is slowed down. It goes when this is dropped.
pub struct Slow {
    group: PathBuf,
}

impl Slow {
    /// Makes the group.
    pub fn new() -> anyhow::Result<Self> {
        let mounts = fs::read_to_string("/proc/mounts")?;
        let name = format!("kjent-bench-{}", std::process::id());
        let mut why = None;
        for mount in mounts.lines() {
            let mut fields = mount.split(' ').skip(1);
            let (place, kind) = (fields.next(), fields.next());
            let options = fields.next().unwrap_or_default();
            let (Some(place), Some(kind)) = (place, kind) else { continue };
            let has_cpu = match kind {
                "cgroup" => options.split(',').any(|option| option == "cpu"),
                "cgroup2" => fs::read_to_string(Path::new(place).join("cgroup.controllers"))
                    .is_ok_and(|all| all.split_whitespace().any(|one| one == "cpu")),
                _ => false,
            };
            if has_cpu {
                let slow = Self { group: Path::new(place).join(&name) };
                match slow.prepare(Path::new(place), kind) {
                    Ok(()) => return Ok(slow),
                    Err(error) => why = Some(error),
                }
            }
        }
        match why {
            Some(why) => Err(why),
            None => bail!("the system has no control groups for the processor"),
        }
    }

    fn prepare(&self, mount: &Path, kind: &str) -> anyhow::Result<()> {
        if kind == "cgroup2" {
            fs::write(mount.join("cgroup.subtree_control"), "+cpu")?;
        }
        fs::create_dir(&self.group).context("no right to make a control group")?;
        if kind == "cgroup2" {
            return Ok(fs::write(self.group.join("cpu.max"), format!("{QUOTA} {PERIOD}"))?);
        }
        fs::write(self.group.join("cpu.cfs_period_us"), PERIOD.to_string())?;
        Ok(fs::write(self.group.join("cpu.cfs_quota_us"), QUOTA.to_string())?)
    }

    /// The file that takes a process into the group.
    pub fn door(&self) -> PathBuf {
        self.group.join("cgroup.procs")
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        // The kernel keeps a group for as long as a process of it is ending.
        let start = Instant::now();
        while fs::remove_dir(&self.group).is_err() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
