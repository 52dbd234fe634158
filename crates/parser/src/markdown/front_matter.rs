//! The data that static site generators put before the text of a Markdown file.

use serde_json::{Map, Value};

/// Cuts front matter off: YAML between `---` lines, or TOML between `+++` lines. One that cannot be read is left
/// out but for its plain lines, since it is no text.
pub(super) fn split(text: &str) -> (Option<Value>, &str) {
    let start = text.trim_start();
    for fence in ["---", "+++"] {
        let Some(rest) = start.strip_prefix(fence) else { continue };
        let Some((blank, rest)) = rest.split_once('\n') else { continue };
        if !blank.trim().is_empty() {
            continue;
        }
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
                let data = if fence == "---" { yaml(&rest[..at]) } else { toml(&rest[..at]) };
                return (data, &rest[at + line.len()..]);
            }
            at += line.len();
        }
    }
    (None, text)
}

/// Front matter is short; a longer one is a bomb, or no front matter.
const YAML_BYTES_MAX: usize = 1 << 16;

fn yaml(text: &str) -> Option<Value> {
    if text.len() > YAML_BYTES_MAX {
        return None;
    }
    // Anchors that repeat each other grow without end; front matter has a few dozen values.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 10_000,
            max_aliases: 100,
            max_recorded_anchor_events: 10_000,
            max_nodes: 10_000,
        },
    };
    serde_saphyr::from_str_with_options(text, options).ok().or_else(|| Some(lines(text)))
}

/// The fields of YAML that is none, for a colon or a bracket in a title: lines of a name and a value.
fn lines(text: &str) -> Value {
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']);
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        (is_name && !value.is_empty()).then(|| (name.to_owned(), Value::String(value.to_owned())))
    };
    Value::Object(text.lines().filter_map(field).collect::<Map<_, _>>())
}

fn toml(text: &str) -> Option<Value> {
    let table: toml::Table = toml::from_str(text).ok()?;
    Some(json_of(toml::Value::Table(table)))
}

/// The same data, with dates as strings. TOML that nests too deep to follow is refused where it is read.
fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json_of(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, pointer: &str, expected: &str) {
        let data = split(text).0.unwrap();
        assert_eq!(data.pointer(pointer).and_then(Value::as_str), Some(expected), "{text}");
    }

    #[test]
    fn dates_of_toml_are_strings() {
        check("+++\ndate = 2026-02-08T07:30:00Z\n+++\n", "/date", "2026-02-08T07:30:00Z");
        check("+++\n[page]\ndate = [2026-02-08]\n+++\n", "/page/date/0", "2026-02-08");
    }

    #[test]
    fn a_colon_in_a_title_costs_no_other_field() {
        let text = "---\ntitle: Le lac: le gel [suite]\nauthor: Zoé Lam\n  - x: y\n---\n";
        check(text, "/title", "Le lac: le gel [suite]");
        check(text, "/author", "Zoé Lam");
    }
}
