//! Where a secret lies that is not the PIN: the platform's key store, or, where there is none, a file.
//!
//! The platform's own stores are the shell's (`src-tauri/src/key_store.rs`): this crate draws in no
//! desktop. A file keeps a profile apart from a copy of its database alone, and no more than that.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::write_whole;

/// Keeps small secrets under names.
pub trait KeyStore: Send + Sync {
    /// The secret of this name, when there is one.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError>;

    /// Keeps a secret, instead of the one that had the name: wholly or not at all.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;

    /// Forgets a secret; nothing happens when there is none.
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;
}

/// The key store failed.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// The platform's own words, which name no secret.
    #[error("the platform's key store failed")]
    Platform(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file.
    #[error("a secret's file could not be read or written")]
    File(#[from] io::Error),
}

/// The name under which `probe` tries a store.
const PROBE: &str = "probe";

/// Whether a store keeps what it is given, found out by giving it something.
pub fn probe(store: &dyn KeyStore) -> Result<bool, KeyStoreError> {
    store.set(PROBE, b"kjent")?;
    let kept = store.get(PROBE)?;
    store.delete(PROBE)?;
    let is_kept = kept.is_some_and(|kept| kept.as_slice() == b"kjent");
    Ok(is_kept && store.get(PROBE)?.is_none())
}

/// Secrets as files that only their owner may read.
pub struct FileKeyStore {
    folder: PathBuf,
}

impl FileKeyStore {
    /// In `key-store/` in a folder.
    pub fn beside(folder: &Path) -> Self {
        Self { folder: folder.join("key-store") }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl KeyStore for FileKeyStore {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        match fs::read(self.file(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        make_private_folder(&self.folder)?;
        match write_whole(&self.file(name), secret) {
            // A full disk must not keep a worker out: what is as long as before needs no more room.
            Err(error) if error.kind() == ErrorKind::StorageFull => {
                Ok(overwrite(&self.file(name), secret)?)
            }
            written => Ok(written?),
        }
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match fs::remove_file(self.file(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for FileKeyStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FileKeyStore")
    }
}

/// Writes over a file of the same length. A power cut in this moment may tear it, unlike
/// `write_whole`.
fn overwrite(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::options().write(true).open(file)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Err(ErrorKind::StorageFull.into());
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder that only its owner may look into.
fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_a_secret_for_its_owner_alone() -> Result<(), KeyStoreError> {
        let folder = tempfile::tempdir()?;
        let store = FileKeyStore::beside(folder.path());
        assert!(store.get("one")?.is_none());
        store.delete("one")?;
        store.set("one", b"first")?;
        store.set("one", b"second")?;
        assert_eq!(store.get("one")?.as_deref().map(Vec::as_slice), Some(&b"second"[..]));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| Ok::<_, io::Error>(fs::metadata(path)?.permissions().mode());
            assert_eq!(mode(&folder.path().join("key-store"))? & 0o777, 0o700);
            assert_eq!(mode(&folder.path().join("key-store/one"))? & 0o777, 0o600);
        }
        store.delete("one")?;
        assert!(store.get("one")?.is_none());
        assert!(probe(&store)?);
        Ok(())
    }
}
