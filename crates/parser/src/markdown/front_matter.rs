//! The data that static site generators put before the text of a Markdown file.

use serde_json::{Map, Value};

use super::export;
use crate::format;
use crate::lexicon::fold;

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
    if let Some(end) = format::title_block(start) {
        return (Some(title_fields(&start[..end])), &start[end..]);
    }
    match format::reader_head(start) {
        Some(end) => (Some(reader_fields(&start[..end])), export::without_lists(&start[end..])),
        None => (None, text),
    }
}

/// The fields of a title block as Pandoc has it: title, authors and date, in this order, each behind a sign of percent; what
/// is indented goes on.
fn title_fields(block: &str) -> Value {
    let mut values: Vec<String> = Vec::new();
    for line in block.lines() {
        let joint = if values.len() == AUTHORS_LINE { ";" } else { " " };
        match (line.strip_prefix('%'), values.last_mut()) {
            (Some(value), _) => values.push(value.trim().to_owned()),
            (None, Some(value)) => value.extend([joint, line.trim()]),
            (None, None) => {}
        }
    }
    let fields = ["title", "author", "date"].into_iter().zip(values).filter(|(_, value)| !value.is_empty());
    Value::Object(fields.map(|(name, value)| (name.to_owned(), value.into())).collect())
}

/// The line of a title block that names the authors, one a line or between semicolons.
const AUTHORS_LINE: usize = 2;

/// The name that others give to a field of an export; empty where it is none of an article.
pub(super) fn reader_name(name: &str) -> &'static str {
    match fold(name).as_str() {
        "url source" | "url" | "source url" | "source" => "url",
        "published time" | "published" | "date" | "published date" => "published",
        "author" | "authors" | "byline" => "author",
        "description" | "summary" | "excerpt" => "description",
        "site name" | "site" | "publisher" => "site_name",
        "title" | "full title" => "title",
        _ => "",
    }
}

/// The fields above Markdown that a service made of a page, under the names that others give them.
fn reader_fields(head: &str) -> Value {
    let fields = head.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        let (name, value) = (reader_name(name), value.trim());
        (!name.is_empty() && !value.is_empty()).then(|| (name.to_owned(), value.into()))
    });
    Value::Object(fields.collect())
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

/// The fields of YAML that is none, for a colon or a bracket in a title: lines of a name and a value, and below a name
/// without one a list, further fields, or lines of text.
fn lines(text: &str) -> Value {
    let mut fields = Map::new();
    let mut open: Option<(&str, Value)> = None;
    for line in text.lines() {
        let is_indented = line.starts_with([' ', '\t']);
        let bare = line.trim();
        let item = bare.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        match (field(bare), &mut open) {
            (_, Some((_, value))) if item.is_some() || is_indented => add(value, bare, item),
            (Some((name, value)), _) if !is_indented => {
                close(&mut fields, open.take());
                if is_open(value) {
                    open = Some((name, Value::Null));
                } else {
                    fields.insert(name.to_owned(), scalar(value));
                }
            }
            _ => {}
        }
    }
    close(&mut fields, open);
    Value::Object(fields)
}

/// The name and the value of a line.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    is_name.then(|| (name, value.trim()))
}

/// Whether a value is what stands on the lines below: nothing, or the mark of a block of text.
fn is_open(value: &str) -> bool {
    matches!(value, "" | "|" | ">" | "|-" | ">-" | "|+" | ">+")
}

/// Adds a line below a name to its value.
fn add(value: &mut Value, line: &str, item: Option<&str>) {
    let named = |line: &str| {
        field(line)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), scalar(value)))
    };
    match (value, item.map(str::trim)) {
        (value @ Value::Null, Some(item)) => {
            *value = Value::Array(Vec::new());
            add(value, line, Some(item));
        }
        (Value::Array(items), Some(item)) if !item.is_empty() => {
            items.push(
                named(item).map_or_else(|| scalar(item), |field| Value::Object(Map::from_iter([field]))),
            );
        }
        (value @ Value::Null, None) => {
            *value = named(line).map_or_else(|| line.into(), |field| Value::Object(Map::from_iter([field])));
        }
        (Value::Object(fields), None) => fields.extend(named(line)),
        (Value::String(text), None) if !line.is_empty() => {
            text.push(' ');
            text.push_str(line);
        }
        _ => {}
    }
}

fn close(fields: &mut Map<String, Value>, open: Option<(&str, Value)>) {
    if let Some((name, value)) = open.filter(|(_, value)| !value.is_null()) {
        fields.insert(name.to_owned(), value);
    }
}

/// A value on one line: a list in brackets, or a string, in quotation marks or not. Those inside are its own.
fn scalar(value: &str) -> Value {
    if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return list.split(',').map(|item| Value::from(unquoted(item.trim()))).collect();
    }
    unquoted(value).into()
}

fn unquoted(value: &str) -> String {
    let inner = |quote: char| {
        let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
        let ends_early = inner.replace("\\\\", "").replace(&format!("\\{quote}"), "").contains(quote);
        (!ends_early).then(|| inner.replace(&format!("\\{quote}"), &quote.to_string()))
    };
    inner('"').or_else(|| inner('\'')).unwrap_or_else(|| value.to_owned())
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
    fn a_title_block_of_pandoc_is_front_matter() {
        let text = "% Le lac a gelé\n  cette nuit\n% Zoé Lam\n  Bo Ek\n% 3 mars 2026\n\nLe vent est tombé.\n";
        check(text, "/title", "Le lac a gelé cette nuit");
        check(text, "/author", "Zoé Lam;Bo Ek");
        check(text, "/date", "3 mars 2026");
        assert_eq!(split(text).1, "\nLe vent est tombé.\n");
        check("% Le lac\n%\n% 2026-03-03\n\nLe vent.", "/date", "2026-03-03");
        for text in [
            "% des voix, dit le maire.\n\nLe vent.",
            "%% Le lac\n%% Zoé Lam\n",
            "% Le lac\n% Zoé Lam\nLe vent.",
        ] {
            assert_eq!(split(text), (None, text));
        }
    }

    #[test]
    fn a_colon_in_a_title_costs_no_other_field() {
        let text = "---\ntitle: Le lac: le gel [suite]\nauthor: Zoé Lam\n  - x: y\n---\n";
        check(text, "/title", "Le lac: le gel [suite]");
        check(text, "/author", "Zoé Lam");
    }

    #[test]
    fn yaml_that_is_none_is_read_line_by_line() {
        let text = "---\ntitle: Budget: the ministry says \"no\"\ntags:\n- lake\n- \"hard: winters\"\n- 'ice'\n\
            authors:\n  - name: Zoé Lam\n  - Bo Ek\nsection: [Lac, \"Port\"]\ndescription: >\n  The lake\n  froze.\n\
            image:\n  url: https://lake.example/i.jpg\n  caption: 'Ice: lots'\ndate: \"2026-02-08\"\nempty:\n---\n";
        check(text, "/title", "Budget: the ministry says \"no\"");
        check(text, "/tags/0", "lake");
        check(text, "/tags/1", "hard: winters");
        check(text, "/tags/2", "ice");
        check(text, "/authors/0/name", "Zoé Lam");
        check(text, "/authors/1", "Bo Ek");
        check(text, "/section/1", "Port");
        check(text, "/description", "The lake froze.");
        check(text, "/image/caption", "Ice: lots");
        check(text, "/date", "2026-02-08");
        assert_eq!(split(text).0.unwrap().get("empty"), None);
        let quoted = "---\ntitle: \"Budget\": le ministère dit \"non\"\nsource: x: y\nsubtitle: \"dit \\\"non\\\"\"\n---\n";
        check(quoted, "/title", "\"Budget\": le ministère dit \"non\"");
        check(quoted, "/subtitle", "dit \"non\"");
    }
}
