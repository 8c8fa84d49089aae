//! Lays out `target/ui/`: what the webview loads and nothing else.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::styles;
use crate::{paths, setup};

/// Brings `target/ui/` up to date; `loadable` holds the module and its JavaScript.
pub fn assemble(loadable: &Path) -> Result<()> {
    let folder = Path::new(paths::UI);
    fs::create_dir_all(folder)?;
    let wanted = contents(loadable)?;
    for path in paths::files_under(folder, "")? {
        if !wanted.contains_key(path.strip_prefix(folder)?) {
            fs::remove_file(&path)?;
        }
    }
    for (path, content) in &wanted {
        write_if_changed(&folder.join(path), content)?;
    }
    Ok(())
}

fn contents(loadable: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for name in ["index.html", "start.js"] {
        files.insert(PathBuf::from(name), read(&Path::new("app").join(name))?);
    }
    files.insert(PathBuf::from("app.css"), styles::style_sheet()?.into_bytes());
    for path in paths::files_under(loadable, "")? {
        // With the snippets of JavaScript that crates bring along, in folders of their own.
        files.insert(path.strip_prefix(loadable)?.to_path_buf(), read(&path)?);
    }
    let inter = setup::package_file("@fontsource-variable/inter");
    for font in styles::FONTS {
        let name = format!("{font}.woff2");
        files.insert(Path::new("fonts").join(&name), read(&inter.join("files").join(&name))?);
    }
    // The font's licence asks to travel with it.
    files.insert(PathBuf::from("fonts/LICENSE"), read(&inter.join("LICENSE"))?);
    Ok(files)
}

fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
