//! What must be absent from each room's dependencies. The rooms' borders hold because this checks
//! them; `ARCHITECTURE.md` says the same in words.

use anyhow::{Result, bail};

use crate::shell;

/// A room, and what must not be found under its floor.
struct Room {
    /// What cargo is to list.
    tree: &'static [&'static str],
    absent: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    // Documents and domain: no IO, no clock, no network, no C.
    Room {
        tree: &["--package", "kjent-core", "--features", "documents"],
        absent: &[
            "axum",
            "hyper",
            "leptos",
            "libsqlite3-sys",
            "mio",
            "reqwest",
            "rusqlite",
            "socket2",
            "tauri",
            "tokio",
            "zstd-sys",
        ],
    },
    // The UI holds core's words only, and no document.
    Room {
        tree: &["--package", "kjent-app", "--target", "wasm32-unknown-unknown"],
        absent: &[
            "automerge",
            "kjent-server",
            "kjent-tablet",
            "rusqlite",
            "tauri",
            "tokio",
            "zstd-sys",
        ],
    },
    Room {
        tree: &["--package", "kjent-tablet"],
        absent: &["axum", "kjent-server", "leptos", "tauri"],
    },
    Room { tree: &["--package", "kjent-server"], absent: &["kjent-tablet", "leptos", "tauri"] },
    Room { tree: &["--package", "kjent-shell"], absent: &["axum", "kjent-server", "leptos"] },
];

/// Lists every room's dependencies and looks for what must be absent.
pub fn check() -> Result<()> {
    shell::short_step("What must be absent", || {
        let mut found = Vec::new();
        for room in ROOMS {
            let tree = shell::output(
                shell::cargo()
                    .args(["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
                    .args(room.tree),
            )?;
            found.extend(intruders(&tree, room.absent).map(|name| {
                let why =
                    format!("cargo tree --edges normal {} --invert {name}", room.tree.join(" "));
                format!("{} must not depend on {name}; what brings it: {why}", room.tree[1])
            }));
        }
        if found.is_empty() { Ok(()) } else { bail!(found.join("\n")) }
    })
}

/// Those of `absent` that a tree lists.
fn intruders<'a>(tree: &str, absent: &'a [&str]) -> impl Iterator<Item = &'a str> {
    absent
        .iter()
        .copied()
        .filter(move |name| tree.lines().any(|line| line.split_whitespace().next() == Some(name)))
}

#[cfg(test)]
mod tests {
    use super::intruders;

    #[test]
    fn finds_whole_names_only() {
        let tree = "kjent-core v0.1.0\ntokio-util v0.7.0\nmio v1.0.0 (*)";
        let found: Vec<_> = intruders(tree, &["tokio", "mio"]).collect();
        assert_eq!(found, ["mio"]);
    }
}
