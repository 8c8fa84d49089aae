//! The one style sheet: the fonts' faces, Designsystemet, its `digdir` theme, and then the app's own
//! files. Designsystemet is in cascade layers and the app's rules are not, so the app's always win.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Context, Result};

use crate::{paths, setup};

/// The theme asks for Inter. Latin, and extended Latin for the Sámi letters in people's names.
pub const FONTS: &[&str] = &["inter-latin-wght-normal", "inter-latin-ext-wght-normal"];
const FONT_FACES: &str = "@fontsource-variable/inter/wght.css";
const DESIGN: &[&str] = &[
    "@digdir/designsystemet-css/dist/src/index.css",
    "@digdir/designsystemet-theme/brand/digdir.css",
];

/// All of it, in order.
pub fn style_sheet() -> Result<String> {
    let mut sheet = font_faces(&read_package_file(FONT_FACES)?)?;
    for path in DESIGN {
        append(&mut sheet, path, &read_package_file(path)?)?;
    }
    for path in paths::files_under(Path::new("app/src"), ".css")? {
        let content =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        append(&mut sheet, &path.display().to_string(), &content)?;
    }
    Ok(sheet)
}

fn append(sheet: &mut String, name: &str, content: &str) -> Result<()> {
    // A character set may be named only at the very start, and index.html has named it.
    let content = content.trim_start().trim_start_matches("@charset \"UTF-8\";");
    writeln!(sheet, "\n/* {name} */\n{}", content.trim())?;
    Ok(())
}

/// The package's own faces for the subsets that we ship, under the name that the theme uses.
fn font_faces(css: &str) -> Result<String> {
    let mut faces = String::new();
    for font in FONTS {
        let file = format!("./files/{font}.woff2");
        let face = css
            .split_inclusive('}')
            .find(|face| face.contains(&file))
            .with_context(|| format!("{FONT_FACES} has no face for {font}"))?;
        let start = face.find("@font-face").context("a font face that does not begin")?;
        let face = face[start..].replace("Inter Variable", "Inter").replace("./files/", "fonts/");
        writeln!(faces, "{face}")?;
    }
    Ok(faces)
}

fn read_package_file(path: &str) -> Result<String> {
    let file = setup::package_file(path);
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}
