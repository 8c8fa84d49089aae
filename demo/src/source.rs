//! Where the data files come from: compiled in, or a folder.

use std::path::Path;

use crate::fault::DataError;

/// A data file's name inside the data folder, with slashes, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// `team.toml` or `clients/line-danser.toml`.
    pub name: String,
    /// What it says.
    pub text: String,
}

macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../data/", $name))),)*]
    };
}

/// A test compares this list with the folder.
const FILES: [(&str, &str); 25] = files! {
    "team.toml"
    "clients/amina-yusuf.toml"
    "clients/arne-lund.toml"
    "clients/astrid-fjelde.toml"
    "clients/biret-eira.toml"
    "clients/bjorn-tangen.toml"
    "clients/cecilie-holt.toml"
    "clients/else-brattli.toml"
    "clients/gunnar-brattli.toml"
    "clients/hanna-wik.toml"
    "clients/hedvig-nymoen.toml"
    "clients/ingrid-haug.toml"
    "clients/kari-anne-lunde.toml"
    "clients/leif-ottar-skaar.toml"
    "clients/line-danser.toml"
    "clients/margit-vold.toml"
    "clients/nils-haugerud.toml"
    "clients/oddvar-rud.toml"
    "clients/olav-berge.toml"
    "clients/ragnhild-moe.toml"
    "clients/rune-kleppe.toml"
    "clients/sigrid-dahle.toml"
    "clients/solveig-aune.toml"
    "clients/thea-lervik.toml"
    "clients/torbjorn-lysne.toml"
};

/// The files that are compiled in.
pub fn embedded() -> Vec<SourceFile> {
    FILES
        .iter()
        .map(|(name, text)| SourceFile { name: (*name).into(), text: (*text).into() })
        .collect()
}

/// The files of a folder: `team.toml` and everything in `clients/` that ends in `.toml`, sorted.
pub fn folder(folder: &Path) -> Result<Vec<SourceFile>, DataError> {
    let fail = |file: &str, source| DataError::Unreadable { file: file.into(), source };
    let mut names = vec!["team.toml".to_owned()];
    let entries = folder.join("clients").read_dir().map_err(|error| fail("clients", error))?;
    for entry in entries {
        let name = entry.map_err(|error| fail("clients", error))?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".toml") {
            names.push(format!("clients/{name}"));
        }
    }
    names[1..].sort();
    let read = |name: String| match std::fs::read_to_string(folder.join(&name)) {
        Ok(text) => Ok(SourceFile { name, text }),
        Err(error) => Err(fail(&name, error)),
    };
    names.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        assert_eq!(folder(&data).unwrap_or_default(), embedded());
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = folder(Path::new("/nowhere")).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.starts_with("clients: can't be read")));
    }
}
