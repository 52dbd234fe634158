//! JSON lines: one document a line.

use std::io::{self, BufRead};

use document::Reason;

use super::{Counted, Input, Limits, Member, Trouble};

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
        let refused = if bytes > body.len() as u64 {
            let limit = limits.document_bytes;
            Some((Reason::TooLarge, format!("line {number} has {bytes} bytes, the limit is {limit}")))
        } else if matches!(body.trim_ascii_start().first(), Some(b'{' | b'[')) {
            None
        } else {
            Some((Reason::Malformed, format!("line {number} is not a JSON document")))
        };
        meet(Member {
            fragment: format!("L{number}"),
            body,
            bytes,
            refused,
            media_type: Some("application/json".to_owned()),
            next: input.mark(number),
            ..Member::default()
        })?;
    }
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
