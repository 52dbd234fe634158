//! A list of JSON documents: an array, alone or under a key of an object, as the answers of search engines and interfaces
//! hold their articles. Read item by item, without keeping more than one.

use std::io::{self, BufRead};

use super::lines::document;
use super::{Counted, Input, Limits, Member, Trouble};

/// The keys that lists of articles stand under, or objects that hold such a list.
const LISTS: [&[u8]; 14] = [
    b"articles",
    b"data",
    b"docs",
    b"documents",
    b"entries",
    b"hits",
    b"items",
    b"news",
    b"posts",
    b"response",
    b"result",
    b"results",
    b"stories",
    b"value",
];

/// What an article has itself; an object with one of these is no list of others.
const OF_ARTICLES: [&[u8]; 9] = [
    b"articleBody",
    b"body",
    b"body_html",
    b"content",
    b"content_html",
    b"headline",
    b"maintext",
    b"text",
    b"body_text",
];

/// Objects in which a list may stand: `{"response": {"results": […]}}`.
const DEPTH_MAX: usize = 3;

/// Bytes of the longest key that is compared.
const KEY_BYTES_MAX: usize = 64;

/// Whether a document that begins so is a list of objects.
pub(super) fn is_list(mut head: &[u8]) -> bool {
    matches!(enter(&mut head), Ok(true)) && matches!(peek(&mut head), Ok(Some(b'{')))
}

/// Reads the items from here on, `passed` being before them.
pub(super) fn read(
    input: &mut Input,
    passed: u64,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    if passed == 0 && !enter(input)? {
        return Err(Trouble::Damaged("it holds no list".to_owned()));
    }
    let mut number = passed;
    loop {
        match peek(input)? {
            None => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
            Some(b']') => return Ok(()),
            Some(b',') if number > 0 => input.consume(1),
            Some(_) if number > passed || passed > 0 => {
                return Err(Trouble::Damaged(format!("no comma follows item {number}")));
            }
            Some(_) => {}
        }
        if peek(input)?.is_none() {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        let mut body = Vec::new();
        let bytes = value(input, &mut |part| {
            body.extend_from_slice(&part[..part.len().min(limits.document_bytes - body.len())]);
        })?;
        number += 1;
        meet(Member {
            fragment: format!("I{number}"),
            next: input.mark(number),
            ..document("item", number, body, bytes, limits)
        })?;
    }
}

/// Reads up to the first item of the list; `false` where there is none.
fn enter(input: &mut dyn BufRead) -> io::Result<bool> {
    if peek(input)? == Some(0xef) {
        // A byte order mark.
        for _ in 0..3 {
            next(input)?;
        }
    }
    match peek(input)? {
        Some(b'[') => {
            input.consume(1);
            return Ok(true);
        }
        Some(b'{') => input.consume(1),
        _ => return Ok(false),
    }
    let mut depth = 1;
    while depth > 0 {
        match peek(input)? {
            Some(b'"') => {
                let mut key = Vec::new();
                value(input, &mut |part| {
                    key.extend_from_slice(&part[..part.len().min(KEY_BYTES_MAX - key.len())]);
                })?;
                let key = key.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\"")).unwrap_or_default();
                if next(input)? != Some(b':') || OF_ARTICLES.contains(&key) && depth == 1 {
                    return Ok(false);
                }
                match peek(input)? {
                    Some(b'[') if LISTS.contains(&key) => {
                        input.consume(1);
                        return Ok(true);
                    }
                    Some(b'{') if LISTS.contains(&key) && depth < DEPTH_MAX => {
                        input.consume(1);
                        depth += 1;
                    }
                    _ => {
                        value(input, &mut |_| {})?;
                    }
                }
            }
            Some(b',') => input.consume(1),
            Some(b'}') => {
                input.consume(1);
                depth -= 1;
            }
            _ => return Ok(false),
        }
    }
    Ok(false)
}

/// The next byte that is no white space, not taken; `None` at the end.
fn peek(input: &mut dyn BufRead) -> io::Result<Option<u8>> {
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok(None);
        }
        let blanks = available.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let found = available.get(blanks).copied();
        input.consume(blanks);
        if found.is_some() {
            return Ok(found);
        }
    }
}

/// The next byte that is no white space; `None` at the end.
fn next(input: &mut dyn BufRead) -> io::Result<Option<u8>> {
    let byte = peek(input)?;
    if byte.is_some() {
        input.consume(1);
    }
    Ok(byte)
}

/// Takes a value and hands its bytes out; gives how many they are. Brackets are counted, nothing else is checked: whether it
/// is JSON is for the parser to say.
fn value(input: &mut dyn BufRead, taken: &mut dyn FnMut(&[u8])) -> io::Result<u64> {
    let (mut depth, mut in_string, mut escaped, mut bytes) = (0_u64, false, false, 0);
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut end = available.len();
        let mut is_over = false;
        for (at, byte) in available.iter().enumerate() {
            if in_string {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => in_string = false,
                    _ => {}
                }
                // A string by itself is a value.
                is_over = !in_string && depth == 0;
            } else {
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    // A number or a word ends before what follows it.
                    b'}' | b']' | b',' if depth == 0 => {
                        (end, is_over) = (at, true);
                        break;
                    }
                    b'}' | b']' => {
                        depth -= 1;
                        is_over = depth == 0;
                    }
                    _ => {}
                }
            }
            if is_over {
                end = at + 1;
                break;
            }
        }
        taken(&available[..end]);
        bytes += end as u64;
        input.consume(end);
        if is_over {
            return Ok(bytes);
        }
    }
}
