//! JSON that a JSON parser refuses, as far as it can be read for sure.
//!
//! Writers of JSON-LD leave line breaks and quotation marks in strings as they are, quote with apostrophes, end lists in
//! commas, put comments around the whole, or cut it off. What stands where a string may end, and only there, ends it; what
//! is not ended is left out.

use serde_json::{Map, Value};

/// Things inside one another that are read.
const DEPTH_MAX: usize = 128;

/// Bytes of the longest name of a property.
const NAME_BYTES_MAX: usize = 60;

/// Reads the first object or array of a text. Nothing is certain of what stands behind a mistake that has no other remedy,
/// so that reading ends there, or when `values_left` are read, which it counts down.
pub(super) fn salvage(text: &str, values_left: &mut usize) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let mut open: Vec<Open> = Vec::new();
    while *values_left > 0 {
        *values_left -= 1;
        let Some(step) = reader.step(open.last_mut()) else { break };
        let value = match step {
            Step::Opened(inner) if open.len() < DEPTH_MAX => {
                open.push(inner);
                continue;
            }
            Step::Opened(_) => break,
            Step::Named => continue,
            Step::Value(value) => value,
            Step::Closed => match open.pop() {
                Some(inner) => inner.into_value(),
                None => break,
            },
        };
        match open.last_mut() {
            Some(outer) => outer.put(value),
            None => return Some(value),
        }
    }
    // Whatever is still open ends here.
    while let Some(inner) = open.pop() {
        match open.last_mut() {
            Some(outer) => outer.put(inner.into_value()),
            None => return Some(inner.into_value()),
        }
    }
    None
}

/// An object or an array of which the end is not read yet.
enum Open {
    /// With the name of the property whose value comes next.
    Object(Map<String, Value>, Option<String>),
    Array(Vec<Value>),
}

impl Open {
    fn put(&mut self, value: Value) {
        match self {
            Self::Object(members, name) => {
                if let Some(name) = name.take() {
                    members.insert(name, value);
                }
            }
            Self::Array(items) => items.push(value),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Self::Object(members, _) => Value::Object(members),
            Self::Array(items) => Value::Array(items),
        }
    }
}

/// What stood at a place.
enum Step {
    Opened(Open),
    /// The name of a property.
    Named,
    Value(Value),
    Closed,
}

/// Where a string stands, which tells what may follow its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Name,
    Member,
    Item,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Takes what comes next; `None` at the end, and where nothing is certain any more.
    fn step(&mut self, open: Option<&mut Open>) -> Option<Step> {
        self.skip_blanks();
        let next = self.rest().chars().next()?;
        match (next, &open) {
            ('{' | '[', None | Some(Open::Array(_) | Open::Object(_, Some(_)))) => {
                self.at += 1;
                let inner =
                    if next == '{' { Open::Object(Map::new(), None) } else { Open::Array(Vec::new()) };
                return Some(Step::Opened(inner));
            }
            ('}', Some(Open::Object(..))) | (']', Some(Open::Array(_))) => {
                self.at += 1;
                return Some(Step::Closed);
            }
            _ => {}
        }
        match open? {
            Open::Object(_, name @ None) => {
                *name = Some(self.name(next)?);
                Some(Step::Named)
            }
            Open::Object(..) => self.value(next, Place::Member).map(Step::Value),
            Open::Array(_) => self.value(next, Place::Item).map(Step::Value),
        }
    }

    /// Skips white space, commas and comments.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let after = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c.is_control());
            let comment = if after.starts_with("//") {
                after.find('\n').unwrap_or(after.len())
            } else if after.starts_with("/*") {
                after.find("*/").map_or(after.len(), |end| end + 2)
            } else {
                0
            };
            let skipped = rest.len() - after.len() + comment;
            if skipped == 0 {
                return;
            }
            self.at += skipped;
        }
    }

    /// The name of a property and the colon behind it.
    fn name(&mut self, next: char) -> Option<String> {
        let name = if matches!(next, '"' | '\'') {
            self.string(next, Place::Name)?
        } else {
            let end = self.rest().find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '@' | '$')))?;
            let name = self.rest()[..end].to_owned();
            self.at += end;
            name
        };
        self.skip_blanks();
        self.at += usize::from(self.rest().starts_with(':'));
        (!name.is_empty() && self.text[..self.at].ends_with(':')).then_some(name)
    }

    fn value(&mut self, next: char, place: Place) -> Option<Value> {
        if matches!(next, '"' | '\'') {
            return self.string(next, place).map(Value::String);
        }
        // A number or a word that nothing ends may be half of one.
        let end = self.rest().find(|c: char| matches!(c, ',' | '}' | ']') || c.is_whitespace())?;
        let word = &self.rest()[..end];
        let value = match word {
            "undefined" | "NaN" => Value::Null,
            word => serde_json::from_str(word).ok()?,
        };
        self.at += end;
        Some(value)
    }

    /// A string up to the quotation mark that can end it; `None` where none can.
    fn string(&mut self, quote: char, place: Place) -> Option<String> {
        let mut out = String::new();
        let start = self.at + quote.len_utf8();
        let mut rest = self.text[start..].char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            match c {
                '\\' => {
                    let escape = &self.text[start + at..];
                    let (read, length) = escaped(escape);
                    out.push_str(&read);
                    while rest.next_if(|(next, _)| *next < at + length).is_some() {}
                }
                c if c == quote && ends_string(&self.text[start + at + 1..], place) => {
                    self.at = start + at + 1;
                    return Some(out);
                }
                c if c.is_control() && !matches!(c, '\n' | '\t') => {}
                c => out.push(c),
            }
        }
        self.at = self.text.len();
        None
    }
}

/// What an escape stands for, with its length. One that stands for nothing is two characters as they are.
fn escaped(text: &str) -> (String, usize) {
    let length = match text.as_bytes().get(1) {
        Some(b'u') if text.get(6..8) == Some("\\u") => 12,
        Some(b'u') => 6,
        _ => 2,
    };
    let json = |length: usize| {
        let read: Option<String> =
            text.get(..length).and_then(|text| serde_json::from_str(&format!("\"{text}\"")).ok());
        read.map(|read| (read, length))
    };
    if let Some(read) = json(length).or_else(|| json(6)) {
        return read;
    }
    match text[1..].chars().next() {
        Some(quote @ '\'') => (quote.to_string(), 2),
        _ => ("\\".to_owned(), 1),
    }
}

/// Whether what follows a quotation mark can follow the end of a string.
fn ends_string(rest: &str, place: Place) -> bool {
    let rest = rest.trim_start();
    let Some(next) = rest.chars().next() else { return place != Place::Name };
    match (place, next) {
        (Place::Name, next) => next == ':',
        (Place::Member, '}' | ']') | (Place::Item, ']') => true,
        (Place::Member, ',') => {
            let after = rest[1..].trim_start();
            after.is_empty() || after.starts_with(['}', ']', ',', '/']) || begins_with_name(after)
        }
        // The comma is missing.
        (Place::Member, _) => begins_with_name(rest),
        (Place::Item, ',') => {
            let after = rest[1..].trim_start();
            after.is_empty() || after.starts_with(['"', '\'', '{', '[', ']', ','])
        }
        (Place::Item, _) => false,
    }
}

/// Whether a text begins with the name of a property; where the text ends in one, it was cut off there.
fn begins_with_name(text: &str) -> bool {
    let (quote, inner) = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => (Some(quote), &text[1..]),
        _ => (None, text),
    };
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '$' | '-' | ':' | '.');
    let end = inner.find(|c: char| !is_of_name(c)).unwrap_or(inner.len());
    if end > NAME_BYTES_MAX {
        return false;
    }
    let Some(quote) = quote else { return end > 0 && inner[..end].ends_with(':') };
    match inner[end..].strip_prefix(quote) {
        Some(rest) => end > 0 && (rest.trim_start().starts_with(':') || rest.trim().is_empty()),
        None => end == inner.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Option<Value> {
        salvage(text, &mut 100_000)
    }

    fn check(text: &str, expected: Value) {
        assert_eq!(read(text), Some(expected), "{text}");
    }

    #[test]
    fn what_is_cut_off_ends_where_it_is_cut() {
        check(r#"{"a": "Le lac", "b": "Le po"#, json!({"a": "Le lac"}));
        check(r#"{"a": {"b": ["x", "y"], "c": 12"#, json!({"a": {"b": ["x", "y"]}}));
        check(r#"[{"a": "Le lac""#, json!([{"a": "Le lac"}]));
        check(r#"{"a": "Le lac", "b"#, json!({"a": "Le lac"}));
    }

    #[test]
    fn marks_in_a_string_do_not_end_it() {
        check(
            r#"{"a": "Il dit "non", puis rien", "b": 1}"#,
            json!({"a": "Il dit \"non\", puis rien", "b": 1}),
        );
        check(
            r#"{"a": "Le "lac"", "b": ["Le "port"", "x"]}"#,
            json!({"a": "Le \"lac\"", "b": ["Le \"port\"", "x"]}),
        );
        check(
            "{\"a\": \"Le\nlac\\q\t\", \"b\": \"\\u00e9\\ud83d\\ude00\\n\"}",
            json!({"a": "Le\nlac\\q\t", "b": "é😀\n"}),
        );
    }

    #[test]
    fn other_breakages_are_read_as_meant() {
        check("{'a': 'L'été', 'b': 'x',}", json!({"a": "L'été", "b": "x"}));
        check(
            "{a: \"x\", // why\n \"b\": [1, 2,], /* c */ \"c\": undefined}",
            json!({"a": "x", "b": [1, 2], "c": null}),
        );
        check("{\"a\": \"x\"\n \"b\": \"y\"}; junk", json!({"a": "x", "b": "y"}));
    }

    #[test]
    fn nothing_is_certain_behind_a_mistake() {
        check(r#"{"a": "x", ] "b": "y"}"#, json!({"a": "x"}));
        check(r#"{"a": word, "b": "y"}"#, json!({}));
        assert_eq!(read("no json"), None);
        assert!(read(&"[".repeat(100_000)).is_some());
        assert!(read(&format!("[{}", "\"\" ".repeat(300_000))).is_some());
    }

    #[test]
    fn no_more_values_are_read_than_are_left() {
        let mut left = 10;
        let value = salvage(&format!("[{}", "1 ".repeat(100)), &mut left).unwrap();
        assert_eq!((value.as_array().map(Vec::len), left), (Some(9), 0));
    }

    proptest! {
        #[test]
        fn whole_json_is_read_as_it_is(name in "[a-z@]{1,8}", text in "[a-zé ,.:{}']{0,30}", number in 0..1000) {
            let value = json!({name: [text, {"x": number}], "y": null});
            prop_assert_eq!(read(&value.to_string()), Some(value));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "[\\[{\"'\\\\u0-9a-f:,} \n]{0,80}") {
            let _ = read(&text);
        }
    }
}
