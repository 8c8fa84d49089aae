//! Whether a step's inputs are those of the last time: a hash in a file beside what it made.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// What a step was made from.
pub struct Fingerprint {
    kept_in: PathBuf,
    value: String,
}

impl Fingerprint {
    /// Of these files' contents; `kept_in` is where the last one was kept.
    pub fn of(kept_in: impl Into<PathBuf>, files: &[impl AsRef<Path>]) -> Result<Self> {
        // std's hasher may change between Rust releases: then a step is done once more, no harm.
        let mut hasher = DefaultHasher::new();
        for file in files {
            let file = file.as_ref();
            let content =
                fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            content.hash(&mut hasher);
        }
        let value = format!("{:016x}", hasher.finish());
        Ok(Self { kept_in: kept_in.into(), value })
    }

    /// Whether the step was finished with these very inputs.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.kept_in).is_ok_and(|kept| kept == self.value)
    }

    /// Call before the step, so that one that breaks off is done again.
    pub fn forget(&self) {
        // Gone already is as good.
        let _ = fs::remove_file(&self.kept_in);
    }

    /// Call when the step is finished.
    pub fn keep(&self) -> Result<()> {
        fs::write(&self.kept_in, &self.value)
            .with_context(|| format!("cannot write {}", self.kept_in.display()))
    }
}
