//! What JSON holds whose text stands in no place that is known: where its strings are, and what the user can do.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use document::Warning;
use serde_json::Value;

use crate::date::{self, Order};
use crate::fields::Fields;
use crate::{ExplainedBlock, ParseError};

/// Values that are looked at.
const VALUES_MAX: usize = 2_000;

/// Levels of objects and lists that are gone into.
const DEPTH_MAX: usize = 8;

/// Bytes of the name of a field.
const NAME_BYTES_MAX: usize = 200;

/// Strings that a message names, and characters of each.
const NAMED_MAX: usize = 6;
const NAMED_CHARS: usize = 40;

/// Strings that are explained, and characters of each.
const TOLD_MAX: usize = 60;
const TOLD_CHARS: usize = 300;

/// What is wrong with data without words.
const NO_STRING: &str = "the json holds no string, and so no text: fetch the article itself, or leave it out";

/// Why no text was read, with what stands where.
pub(super) fn error(data: &Value) -> ParseError {
    let strings = strings(data);
    let Some(longest) = strings.iter().max_by_key(|(_, text)| text.len()) else {
        return ParseError::NoField(NO_STRING.to_owned());
    };
    let named = strings
        .iter()
        .take(NAMED_MAX)
        .chain(strings.iter().skip(NAMED_MAX).filter(|found| found.0 == longest.0));
    let named: Vec<String> =
        named.map(|(pointer, text)| format!("{pointer} {:?}", beginning(text, NAMED_CHARS))).collect();
    ParseError::NoField(format!(
        "the json has no text where articles are known to have it: name its place in [parser.json-fields] of the \
         configuration, for instance text = [{:?}]; it holds {}",
        longest.0,
        named.join(", ")
    ))
}

/// The code of [`title`].
pub(crate) const TITLE_UNREAD: &str = "title_unread";

/// A title has so many words and bytes.
const TITLE_WORDS: RangeInclusive<usize> = 2..=40;
const TITLE_BYTES_MAX: usize = 300;

/// Strings that may be the title, which are named.
const TITLES_MAX: usize = 3;

/// Tells where an article without a title may have one: at lines of some words that stand in no other field.
pub(super) fn title(data: &Value, fields: &Fields<'_>) -> Option<Warning> {
    let may_be = |(pointer, text): &(String, &str)| {
        text.len() <= TITLE_BYTES_MAX
            && TITLE_WORDS.contains(&text.split_whitespace().count())
            && !text.trim().contains('\n')
            && !text.contains("://")
            && date::read(text, Order::Unknown).is_none()
            && !fields.is_known(pointer)
    };
    let found: Vec<_> = strings(data).into_iter().filter(may_be).take(TITLES_MAX).collect();
    let (first, _) = found.first()?;
    let named: Vec<String> =
        found.iter().map(|(pointer, text)| format!("{pointer} {:?}", beginning(text, NAMED_CHARS))).collect();
    let message = format!(
        "the json has no title where articles are known to have it: name its place in [parser.json-fields] of the \
         configuration, for instance title = [{first:?}]; it holds {}",
        named.join(", ")
    );
    Some(Warning { code: TITLE_UNREAD, message })
}

/// Tells of each string that stands in no field, with its place.
pub(super) fn explain(data: &Value) -> impl Iterator<Item = ExplainedBlock> {
    let told = |(pointer, text): (String, &str)| {
        let reason = format!("{pointer} is no place of a field, unless [parser.json-fields] names it");
        ExplainedBlock::of_field("unknown", beginning(text, TOLD_CHARS), "out", reason)
    };
    // Those at the top are told of as fields.
    strings(data).into_iter().filter(|(pointer, _)| pointer.rfind('/') > Some(0)).take(TOLD_MAX).map(told)
}

/// The strings of the data that are not blank, with their JSON Pointers (RFC 6901).
fn strings(data: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut left = VALUES_MAX;
    gather(data, &mut String::new(), DEPTH_MAX, &mut left, &mut found);
    found
}

fn gather<'d>(
    value: &'d Value,
    pointer: &mut String,
    depth: usize,
    left: &mut usize,
    found: &mut Vec<(String, &'d str)>,
) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    let length = pointer.len();
    match value {
        Value::String(text) if !text.trim().is_empty() => found.push((pointer.clone(), text)),
        Value::Object(members) if depth > 0 => {
            // Names are repeated for each string below them.
            for (name, member) in members.iter().filter(|(name, _)| name.len() <= NAME_BYTES_MAX) {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                gather(member, pointer, depth - 1, left, found);
                pointer.truncate(length);
            }
        }
        Value::Array(items) if depth > 0 => {
            for (index, item) in items.iter().enumerate() {
                let _ = write!(pointer, "/{index}");
                gather(item, pointer, depth - 1, left, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// The beginning of a text, on one line.
fn beginning(text: &str, chars: usize) -> String {
    let mut shown: String =
        text.split_whitespace().take(chars).flat_map(|word| [" ", word]).skip(1).collect();
    if let Some((at, _)) = shown.char_indices().nth(chars) {
        shown.truncate(shown[..at].trim_end().len());
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JsonFields;

    #[test]
    fn the_setting_for_the_places_is_named() {
        let data: Value = serde_json::from_str(
            r#"{"kopf": {"zeile": "Der See"}, "stück/1": ["Der See ist in der Nacht zugefroren, und niemand hat es erwartet."], "n": 3}"#,
        )
        .unwrap();
        assert_eq!(
            error(&data).to_string(),
            "the json has no text where articles are known to have it: name its place in [parser.json-fields] of the \
             configuration, for instance text = [\"/stück~11/0\"]; it holds /kopf/zeile \"Der See\", /stück~11/0 \"Der See ist \
             in der Nacht zugefroren, und…\""
        );
        let told: Vec<String> = explain(&data).map(|told| told.reason).collect();
        assert_eq!(told[0], "/kopf/zeile is no place of a field, unless [parser.json-fields] names it");
        assert_eq!(error(&Value::from(3)).to_string(), NO_STRING);
    }

    #[test]
    fn a_title_in_an_unknown_place_is_told_of() {
        let check = |json: &str, expected: Option<&str>| {
            let data: Value = serde_json::from_str(json).unwrap();
            let configured = JsonFields::default();
            let told = title(&data, &Fields::new(&data, &configured)).map(|warning| warning.message);
            let expected = expected.map(|named| {
                let first = named.split(' ').next().unwrap();
                format!(
                    "the json has no title where articles are known to have it: name its place in [parser.json-fields] of \
                     the configuration, for instance title = [\"{first}\"]; it holds {named}"
                )
            });
            assert_eq!(told, expected, "{json}");
        };
        check(
            r#"{"kopfzeile": "Der See friert", "text": "Der See ist zugefroren.", "author": {"name": "Zoé Lam"}}"#,
            Some("/kopfzeile \"Der See friert\""),
        );
        // What stands in other fields, and what no title is, is none.
        check(
            r#"{"text": "Der See ist zugefroren.", "author": "Zoé Lam", "stand": "3 mars 2026", "quelle": "siehe https://lac.example/a",
            "zeilen": "Der See\nist zu", "wort": "See"}"#,
            None,
        );
    }

    #[test]
    fn deep_and_wide_data_are_looked_at_in_part() {
        let deep = format!("{}\"x\"{}", "[".repeat(100), "]".repeat(100));
        assert!(strings(&serde_json::from_str(&deep).unwrap()).is_empty());
        let long = format!("{{\"{}\": \"x\", \"b\": \"x\"}}", "a".repeat(100_000));
        assert_eq!(strings(&serde_json::from_str(&long).unwrap()), [("/b".to_owned(), "x")]);
        let wide = Value::from(vec!["x"; 100_000]);
        assert!(strings(&wide).len() <= VALUES_MAX);
    }
}
