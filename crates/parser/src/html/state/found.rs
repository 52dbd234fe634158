//! The JSON that stands in a script.

use memchr::memchr2_iter;
use serde_json::{Deserializer, Value};

/// Places of a script where JSON may begin that are tried in vain.
const FAILURES_MAX: usize = 64;

/// Bytes of the shortest JSON that is looked at.
const BYTES_MIN: usize = 300;

/// Hands over each JSON object or array of a script: all of it, what is assigned, what is handed to a function, also as a
/// string. `bytes_left` is counted down by what is read.
pub(super) fn each(script: &str, bytes_left: &mut usize, mut found: impl FnMut(&Value)) {
    let whole = script.trim_start();
    let start = script.len() - whole.len();
    let mut at = 0;
    if whole.starts_with(['{', '[']) {
        at = read(script, start, bytes_left, &mut found).unwrap_or(start + 1);
    }
    let mut failures = 0;
    for sign in memchr2_iter(b'=', b'(', script.as_bytes()) {
        let rest = script[sign + 1..].trim_start();
        let begins =
            rest.starts_with(['{', '[']) || rest.starts_with('"') && script[..sign].ends_with("JSON.parse");
        if sign < at || !begins || rest.len() < BYTES_MIN {
            continue;
        }
        if failures == FAILURES_MAX {
            return;
        }
        match read(script, script.len() - rest.len(), bytes_left, &mut found) {
            Some(end) => at = end,
            None => failures += 1,
        }
    }
}

/// Reads the JSON that begins at a place; gives where it ends.
fn read(script: &str, start: usize, bytes_left: &mut usize, found: &mut impl FnMut(&Value)) -> Option<usize> {
    let json = &script[start..];
    let (value, length) = match first(json, bytes_left)? {
        Ok(read) => read,
        // A value that scripts have and JSON has not.
        Err(at) if json[at..].starts_with("undefined") => {
            *bytes_left = bytes_left.checked_sub(json.len())?;
            first(&json.replace(":undefined", ":null"), bytes_left)?.ok()?
        }
        Err(_) => return None,
    };
    if let Value::String(text) = &value {
        found(&first(text, bytes_left)?.ok()?.0);
    } else if length >= BYTES_MIN {
        found(&value);
    }
    Some(start + length.min(json.len()))
}

/// The first value of JSON, whatever follows it, and its length; else where it is none any more. `None` where that is more
/// than is to be read.
fn first(json: &str, bytes_left: &mut usize) -> Option<Result<(Value, usize), usize>> {
    let mut most = json.len().min(*bytes_left);
    while !json.is_char_boundary(most) {
        most -= 1;
    }
    let mut values = Deserializer::from_str(&json[..most]).into_iter::<Value>();
    let value = values.next()?;
    let length = match &value {
        Ok(_) => values.byte_offset(),
        Err(error) => place_of(error, &json[..most]),
    };
    *bytes_left -= length;
    (length < most || most == json.len()).then(|| value.map(|value| (value, length)).map_err(|_| length))
}

/// Where in JSON an error is.
fn place_of(error: &serde_json::Error, json: &str) -> usize {
    let before: usize = json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (before + error.column().saturating_sub(1)).min(json.len());
    while !json.is_char_boundary(at) {
        at -= 1;
    }
    at
}
