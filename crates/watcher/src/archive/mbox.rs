//! Mail folders as one file (RFC 4155): messages one below the other, each under a line that begins with `From `.

use std::io::{self, BufRead};

use document::Reason;

use super::{Counted, Input, Limits, Member, Trouble};

/// What each message is declared to be.
const MEDIA_TYPE: &str = "message/rfc822";

/// Whether a file that begins so is a mail folder: it is called one, or a second message begins in it.
pub(super) fn is_mbox(head: &[u8], name: &str) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').peekable();
    if !lines.next().is_some_and(begins_message) || !lines.peek().is_some_and(|line| is_field(line)) {
        return false;
    }
    let is_named = [".mbox", ".mbx"].iter().any(|ending| {
        name.len() > ending.len()
            && name.as_bytes()[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
    });
    let mut is_blank = false;
    is_named
        || lines.any(|line| {
            let begins = is_blank && begins_message(line);
            is_blank = line.trim_ascii().is_empty();
            begins
        })
}

/// Whether a file may be one.
pub(super) fn may_be(head: &[u8]) -> bool {
    head.starts_with(b"From ")
}

/// Reads the messages from here on, `passed` being before them.
pub(super) fn read(
    input: &mut Input,
    passed: u64,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    let mut number = passed;
    let mut message = Message::default();
    // The line with which the first message begins.
    let mut is_blank = true;
    loop {
        let before = input.mark(number + 1);
        let Some(line) = read_line(input, limits.document_bytes)? else { break };
        if is_blank && begins_message(&line.head) {
            if message.bytes > 0 {
                number += 1;
                meet(std::mem::take(&mut message).into_member(number, before, limits))?;
            }
            is_blank = false;
            continue;
        }
        is_blank = line.head.trim_ascii().is_empty();
        message.add(&line, limits.document_bytes);
    }
    if message.bytes > 0 {
        number += 1;
        let next = input.mark(number);
        meet(message.into_member(number, next, limits))?;
    }
    Ok(())
}

/// A message as its lines come.
#[derive(Default)]
struct Message {
    body: Vec<u8>,
    bytes: u64,
}

impl Message {
    fn add(&mut self, line: &Line, limit: usize) {
        // A line of the text that begins as the one between messages does has a sign before it.
        let unquoted = line.head.iter().take_while(|byte| **byte == b'>').count();
        let head = if unquoted > 0 && line.head[unquoted..].starts_with(b"From ") {
            &line.head[1..]
        } else {
            &line.head[..]
        };
        self.body.extend_from_slice(&head[..head.len().min(limit.saturating_sub(self.body.len()))]);
        self.bytes += line.bytes - (line.head.len() - head.len()) as u64;
    }

    fn into_member(self, number: u64, next: super::Mark, limits: &Limits) -> Member {
        let limit = limits.document_bytes;
        let refused = (self.bytes > self.body.len() as u64).then(|| {
            (
                Reason::TooLarge,
                format!(
                    "message {number} has {} bytes, the limit is {limit} (document-bytes-max)",
                    self.bytes
                ),
            )
        });
        Member {
            fragment: format!("M{number}"),
            body: self.body,
            bytes: self.bytes,
            refused,
            media_type: Some(MEDIA_TYPE.to_owned()),
            next,
            ..Member::default()
        }
    }
}

/// A line with its end: its head of as many bytes as a document may have, and its length.
struct Line {
    head: Vec<u8>,
    bytes: u64,
}

fn read_line(input: &mut Input, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Line { head: Vec::new(), bytes: 0 };
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok((line.bytes > 0).then_some(line));
        }
        let end = memchr::memchr(b'\n', available).map(|end| end + 1);
        let part = &available[..end.unwrap_or(available.len())];
        line.bytes += part.len() as u64;
        line.head.extend_from_slice(&part[..part.len().min(limit - line.head.len())]);
        let count = part.len();
        input.consume(count);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

/// Bytes of the longest line between messages.
const SEPARATOR_BYTES_MAX: usize = 400;

/// Whether a line is one between messages: `From`, an address or a mark, and a time with its year, as `asctime` writes it.
fn begins_message(line: &[u8]) -> bool {
    if line.len() > SEPARATOR_BYTES_MAX || !line.starts_with(b"From ") {
        return false;
    }
    let is_time =
        |word: &[u8]| word.contains(&b':') && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).skip(2);
    words.clone().any(is_time) && words.any(is_year)
}

fn is_field(line: &[u8]) -> bool {
    memchr::memchr(b':', line).is_some_and(|at| at > 0 && line[..at].iter().all(u8::is_ascii_graphic))
}
