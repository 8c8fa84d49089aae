//! Finds the line of a field in a TOML text.

use toml::de::{DeTable, DeValue};

/// The line, from 1, that a byte is on.
pub fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

/// The line of a path such as `visits[2].at`, or of the nearest thing around it that is there.
pub fn line_of(text: &str, path: &str) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let root = DeValue::Table(root.into_inner());
    let mut here = &root;
    let mut byte = None;
    for step in path.split(['.', '[']).map(|step| step.trim_end_matches(']')) {
        let found = match here {
            DeValue::Table(table) => table
                .iter()
                .find(|(key, _)| key.get_ref().as_ref() == step)
                .map(|(key, value)| (key.span().start, value.get_ref())),
            DeValue::Array(items) => step
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
                .map(|value| (value.span().start, value.get_ref())),
            _ => None,
        };
        let Some((at, value)) = found else { break };
        byte = Some(at);
        here = value;
    }
    byte.map(|byte| line_at(text, byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_in_tables_arrays_and_arrays_of_tables() {
        let text = "a = 1\nb = [\n  2,\n  3,\n]\n\n[[c]]\nd = 4\n\n[[c]]\nd = 5\n";
        let cases = [
            ("a", Some(1)),
            ("b[1]", Some(4)),
            ("c[1].d", Some(11)),
            ("c[1].missing", Some(10)),
            ("z", None),
        ];
        for (path, line) in cases {
            assert_eq!(line_of(text, path), line, "{path}");
        }
    }
}
