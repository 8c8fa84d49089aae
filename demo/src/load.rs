//! Reads the data files and checks them; reports everything that is wrong, not the first thing.

use serde::de::DeserializeOwned;

use crate::check;
use crate::data::{ClientFile, TeamFile};
use crate::fault::{DataError, DataErrors, Fault, Place};
use crate::locate::line_at;
use crate::source::{self, SourceFile};

/// The data, checked.
#[derive(Clone, Debug)]
pub struct Data {
    /// The team.
    pub team: TeamFile,
    /// The clients by the names of their files, in the order of those.
    pub clients: Vec<(String, ClientFile)>,
}

/// The data that is compiled in.
pub fn embedded() -> Result<Data, DataErrors> {
    load(&source::embedded())
}

/// Reads and checks files.
pub fn load(files: &[SourceFile]) -> Result<Data, DataErrors> {
    let mut errors = Vec::new();
    let mut team = None;
    let mut clients = Vec::new();
    for file in files {
        if file.name == "team.toml" {
            team = parse::<TeamFile>(file, &mut errors).map(|data| (file, data));
        } else if let Some(data) = parse::<ClientFile>(file, &mut errors) {
            clients.push((file, data));
        }
    }
    if !files.iter().any(|file| file.name == "team.toml") {
        let place = Place { file: "team.toml".into(), line: None, field: "the file".into() };
        errors.push(DataError::Wrong { place, fault: Fault::Empty });
    }
    if let Some((file, team)) = &team {
        check::team(file, team, &mut errors);
        for (file, client) in &clients {
            check::client(file, client, team, &mut errors);
        }
        check::across(&clients, &mut errors);
    }
    match team {
        Some((_, team)) if errors.is_empty() => {
            let clients = clients.into_iter().map(|(file, data)| (key(&file.name), data)).collect();
            Ok(Data { team, clients })
        }
        _ => Err(DataErrors(errors)),
    }
}

fn parse<T: DeserializeOwned>(file: &SourceFile, errors: &mut Vec<DataError>) -> Option<T> {
    match toml::from_str(&file.text) {
        Ok(data) => Some(data),
        Err(error) => {
            errors.push(DataError::Syntax {
                file: file.name.clone(),
                line: line_at(&file.text, error.span().map_or(0, |span| span.start)),
                message: error.message().to_owned(),
            });
            None
        }
    }
}

/// `clients/line-danser.toml` is `line-danser`.
fn key(name: &str) -> String {
    name.trim_start_matches("clients/").trim_end_matches(".toml").to_owned()
}
