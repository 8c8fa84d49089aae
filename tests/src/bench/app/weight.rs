//! What the app weighs: the memory of its processes, and the UI's wasm.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::programs::workspace;

/// The memory of one of the app's processes.
#[derive(Debug)]
pub struct Part {
    /// The process's name.
    pub name: String,
    /// Its proportional set size in kB: pages that several processes share are counted once.
    pub pss_kb: u64,
    /// What of it is its own and no file's, in kB.
    pub own_kb: u64,
}

/// The memory of a process and of all that it started.
pub fn memory(process: u32) -> anyhow::Result<Vec<Part>> {
    let mut family = vec![process];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        for entry in fs::read_dir("/proc")? {
            let name = entry?.file_name();
            let Some(child) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            if parent_of(child) == Some(parent) {
                family.push(child);
            }
        }
        next += 1;
    }
    family.iter().map(|process| part(*process)).collect()
}

fn parent_of(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in brackets, may hold anything.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn part(process: u32) -> anyhow::Result<Part> {
    let maps = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let kb = |name: &str| -> anyhow::Result<u64> {
        let line = maps.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
        Ok(number.with_context(|| format!("{process} has no {name}"))?.trim().parse()?)
    };
    let name = fs::read_to_string(format!("/proc/{process}/comm"))?.trim().to_owned();
    Ok(Part { name, pss_kb: kb("Pss:")?, own_kb: kb("Pss_Anon:")? })
}

/// How large the UI's wasm is.
#[derive(Debug)]
pub struct Wasm {
    /// As it is.
    pub bytes: u64,
    /// After `gzip -9`.
    pub gz_bytes: u64,
    /// After brotli, as the app's own program holds it; absent where there is no Node.
    pub br_bytes: Option<u64>,
}

/// The wasm that the app was built with.
pub fn wasm() -> anyhow::Result<Wasm> {
    let file = workspace().join("target/ui/kjent_bg.wasm");
    let bytes = fs::metadata(&file).context("cargo xtask ui makes the wasm")?.len();
    let packed = Command::new("gzip").args(["-9", "-c"]).arg(&file).output()?;
    ensure!(packed.status.success(), "gzip: {}", String::from_utf8_lossy(&packed.stderr));
    let gz_bytes = u64::try_from(packed.stdout.len())?;
    Ok(Wasm { bytes, gz_bytes, br_bytes: brotli(&file) })
}

fn brotli(file: &Path) -> Option<u64> {
    let script = "const file = require('fs').readFileSync(process.argv[1]);
        process.stdout.write(String(require('zlib').brotliCompressSync(file).length))";
    let packed = Command::new("node").args(["-e", script]).arg(file).output().ok()?;
    String::from_utf8(packed.stdout).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_and_its_child_are_found_and_weigh_something() -> anyhow::Result<()> {
        let mut child = Command::new("sleep").arg("60").spawn()?;
        let parts = memory(std::process::id());
        child.kill()?;
        child.wait()?;
        let parts = parts?;
        assert!(parts.iter().any(|part| part.name == "sleep"), "{parts:?}");
        assert!(parts[0].pss_kb > parts[0].own_kb && parts[0].own_kb > 100, "{parts:?}");
        Ok(())
    }
}
