//! JSON lines: one document a line.

use std::io::{self, BufRead};

use document::{RawDocument, Reason};

use super::{Counted, Input, Limits, Member, Trouble};

/// What each line is declared to be.
pub(crate) const MEDIA_TYPE: &str = "application/json";

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads the lines from here on, `passed` being before them. Whether a line that begins as JSON is JSON to its end is for
/// the parser to say, who reads it anyway.
pub(super) fn read(
    input: &mut Input,
    passed: u64,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    let mut number = passed;
    loop {
        let Some((mut body, mut bytes)) = read_line(input, limits.document_bytes)? else { return Ok(()) };
        if number == 0 && body.starts_with(BYTE_ORDER_MARK) {
            body.drain(..BYTE_ORDER_MARK.len());
            bytes -= BYTE_ORDER_MARK.len() as u64;
        }
        number += 1;
        if bytes == body.len() as u64 {
            if body.last() == Some(&b'\r') {
                body.pop();
                bytes -= 1;
            }
            if body.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
        }
        meet(Member {
            fragment: format!("L{number}"),
            next: input.mark(number),
            ..document("line", number, body, bytes, limits)
        })?;
    }
}

/// A JSON document of an archive: its first bytes up to the limit, and how many it has. `what` is what the archive numbers.
pub(super) fn document(what: &str, number: u64, body: Vec<u8>, bytes: u64, limits: &Limits) -> Member {
    let refused = if bytes > body.len() as u64 {
        let limit = limits.document_bytes;
        Some((
            Reason::TooLarge,
            format!("{what} {number} has {bytes} bytes, the limit is {limit} (document-bytes-max)"),
        ))
    } else if begins_as_json(&body) {
        None
    } else {
        Some((Reason::Malformed, format!("{what} {number} is not a JSON document")))
    };
    Member { body, bytes, refused, media_type: Some(MEDIA_TYPE.to_owned()), ..Member::default() }
}

/// Whether a line begins as JSON documents do.
pub(crate) fn begins_as_json(line: &[u8]) -> bool {
    matches!(line.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Whether a document is a line of JSON lines that is offered to be read: one that does not begin as JSON is not.
pub fn is_json_line(raw: &RawDocument) -> bool {
    raw.origin.media_type.as_deref() == Some(MEDIA_TYPE) && begins_as_json(&raw.body)
}

/// The next line without its end, or its head of `limit` bytes, and its length; `None` at the end.
fn read_line(input: &mut Input, limit: usize) -> io::Result<Option<(Vec<u8>, u64)>> {
    let mut line = Vec::new();
    let mut bytes = 0;
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok((bytes > 0).then_some((line, bytes)));
        }
        let end = memchr::memchr(b'\n', available);
        let part = &available[..end.unwrap_or(available.len())];
        bytes += part.len() as u64;
        line.extend_from_slice(&part[..part.len().min(limit - line.len())]);
        let count = part.len() + usize::from(end.is_some());
        input.consume(count);
        if end.is_some() {
            return Ok(Some((line, bytes)));
        }
    }
}
