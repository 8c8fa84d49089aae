//! The house rules that a compiler doesn't know, each a function from a file to what is wrong in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::{paths, shell};

/// A file past this needs a reason that you would tell a colleague.
const MAX_LINES: usize = 600;
/// Text that a person of the project wrote.
const WRITTEN: &[&str] =
    &[".rs", ".toml", ".md", ".sql", ".css", ".html", ".js", ".json", ".yml", ".yaml", "/run"];
/// What reads a clock; in `core`, time is an argument.
const CLOCKS: &[&str] = &["Utc::now", "Local::now", "SystemTime::now", "Instant::now"];

/// Looks at every file of the repository.
pub fn check() -> Result<()> {
    shell::short_step("tidy", || {
        let top = env::current_dir()?;
        let mut found = Vec::new();
        for path in paths::files_under(Path::new("."), "")? {
            let path = path.strip_prefix(".").map(PathBuf::from).unwrap_or(path);
            let name = path.display().to_string();
            if !WRITTEN.iter().any(|ending| name.ends_with(ending)) {
                continue;
            }
            // What isn't text is nobody's writing.
            let Ok(content) = fs::read_to_string(&path) else {
                continue;
            };
            found.extend(wrongs(&name, &content, &top.display().to_string()));
        }
        if found.is_empty() { Ok(()) } else { bail!(found.join("\n")) }
    })
}

/// What is wrong in a file, a line for each.
fn wrongs(name: &str, content: &str, top: &str) -> Vec<String> {
    let mut wrongs = Vec::new();
    let is_rust = name.ends_with(".rs");
    if is_rust && !content.starts_with("//!") {
        wrongs.push(format!("{name}: opens without a `//!` that says what it owns"));
    }
    let lines = content.lines().count();
    if (is_rust || name.ends_with(".css")) && lines > MAX_LINES {
        wrongs.push(format!("{name}: {lines} lines; past {MAX_LINES} it is to be divided"));
    }
    // In two parts, so that this file doesn't name a machine's folders either. The checkout's own
    // folder counts when it is a path that nobody would write by chance, as `/src` is not.
    let mut homes = vec![concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
    homes.extend((top.matches('/').count() > 1).then_some(top));
    for (number, line) in content.lines().enumerate() {
        let place = format!("{name}:{}", number + 1);
        if let Some(home) = homes.iter().find(|home| line.contains(*home)) {
            wrongs.push(format!("{place}: {home} is a folder of one machine"));
        }
        if name.ends_with("package-lock.json") && line.contains("\"resolved\"") {
            wrongs.push(format!("{place}: names a registry's host; .npmrc leaves it out"));
        }
        let is_core = name.starts_with("core/src/");
        if let Some(clock) = CLOCKS.iter().find(|clock| is_core && line.contains(**clock)) {
            wrongs.push(format!("{place}: {clock} reads a clock; in core, time is an argument"));
        }
    }
    wrongs
}

#[cfg(test)]
mod tests {
    use super::wrongs;

    #[test]
    fn names_what_is_wrong_and_where() {
        let long = "//! Long.\n".repeat(601);
        let cases = [
            ("core/src/goal.rs", "//! Goals.\nfn goal() {}\n", None),
            ("core/src/goal.rs", "fn goal() {}\n", Some("core/src/goal.rs: opens without")),
            ("app/src/day.rs", long.as_str(), Some("app/src/day.rs: 601 lines")),
            ("core/src/goal.rs", "//! Goals.\nUtc::now();\n", Some("core/src/goal.rs:2: Utc::now")),
            ("tablet/src/clock.rs", "//! Time.\nUtc::now();\n", None),
            ("README.md", "cd /somewhere/kjent\n", Some("README.md:1: /somewhere/kjent is")),
            ("README.md", "look in /somewhere\n", None),
            ("package-lock.json", "\"resolved\": \"x\"\n", Some("package-lock.json:1: names")),
        ];
        for (name, content, expected) in cases {
            let found = wrongs(name, content, "/somewhere/kjent");
            match expected {
                Some(start) => {
                    assert!(found.len() == 1 && found[0].starts_with(start), "{found:?}")
                }
                None => assert!(found.is_empty(), "{found:?}"),
            }
        }
    }
}
