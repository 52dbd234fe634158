//! What of a message is handed to the library, which keeps many times the bytes of what it takes apart.

use std::sync::LazyLock;

use mail_parser::{HeaderName, Message, MessageParser};

use crate::ParseError;
use crate::error::INGEST;

/// Takes a message apart, unless it would take many times its bytes, or more of the stack than there is.
pub(super) fn parse(bytes: &[u8]) -> Result<Message<'_>, ParseError> {
    if nesting(bytes) > NESTING_MAX {
        return Err(ParseError::Malformed(format!(
            "more than {NESTING_MAX} messages stand inside one another: save the one that is wanted as a file of its own"
        )));
    }
    if lines_that(bytes, |line| memchr::memmem::find(line, b"--").is_some()) > most(bytes, PARTS_MAX, 64)
        || lines_that(bytes, is_header_field) > most(bytes, FIELDS_MAX, 32)
    {
        return Err(ParseError::TooLarge(
            "the message has more parts or header fields than are read: save its text as a file of its own"
                .to_owned(),
        ));
    }
    if has_long_fields(bytes) {
        return Err(ParseError::TooLarge(
            "the message has longer header fields (addresses, subject, types of parts) than are read: save its text as \
             a file of its own"
                .to_owned(),
        ));
    }
    if holds_several(bytes) {
        return Err(ParseError::Several("messages", INGEST));
    }
    let malformed = || {
        ParseError::Malformed(
            "the message has no readable header: save it once more, with its header".to_owned(),
        )
    };
    PARSER.parse(bytes).ok_or_else(malformed)
}

/// The library, for the fields that an article is read from: of all others it keeps no more than where they stand.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_text(HeaderName::Subject)
        .header_address(HeaderName::From)
        .header_date(HeaderName::Date)
        .header_content_type(HeaderName::ContentType)
        .header_content_type(HeaderName::ContentDisposition)
        .header_text(HeaderName::ContentTransferEncoding)
        .default_header_ignore()
});

/// The names of these fields, but of that for the date, of which the library keeps numbers alone.
const TAKEN_APART: [&str; 5] =
    ["subject", "from", "content-type", "content-disposition", "content-transfer-encoding"];

/// Lines that may hold the boundary of a part, in any message; a part takes some 200 bytes, however short it is.
const PARTS_MAX: usize = 20_000;

/// Lines that may be fields of headers, in all parts together of any message; a field takes some 120 bytes.
const FIELDS_MAX: usize = 100_000;

/// Bytes of one field that is taken apart: every address, word and parameter of it takes 50 to 250 bytes.
const FIELD_BYTES_MAX: usize = 1 << 16;

/// Bytes of all these fields, in all parts together of any message.
const FIELDS_BYTES_MAX: usize = 1 << 19;

/// Bytes of the longest line before a message in a mail folder.
const SEPARATOR_BYTES_MAX: usize = 400;

/// Whether a file is a mail folder (RFC 4155) of more than one message: a line of an address and a time of day and a year
/// before each.
fn holds_several(bytes: &[u8]) -> bool {
    let separates = |line: &[u8]| {
        let words = || line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).skip(2);
        line.len() <= SEPARATOR_BYTES_MAX
            && line.starts_with(b"From ")
            && words().any(|word| word.contains(&b':'))
            && words().any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit))
    };
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let mut is_blank = false;
    lines.next().is_some_and(separates)
        && lines.any(|line| {
            let begins = is_blank && separates(line);
            is_blank = line.trim_ascii().is_empty();
            begins
        })
}

/// What any message may have of something, and a long one of more: one for each `share` of its bytes.
fn most(bytes: &[u8], any: usize, share: usize) -> usize {
    any.max(bytes.len() / share)
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n')
}

fn lines_that(bytes: &[u8], wanted: impl Fn(&[u8]) -> bool) -> usize {
    lines(bytes).filter(|line| wanted(line)).count()
}

/// Whether the library may read a line as a header field: a name, with spaces if need be, and a colon.
fn is_header_field(line: &[u8]) -> bool {
    line.iter().take(80).any(|byte| *byte == b':')
}

/// Whether fields that are taken apart are longer than anybody writes them, folded lines included.
fn has_long_fields(bytes: &[u8]) -> bool {
    let all_max = most(bytes, FIELDS_BYTES_MAX, 16);
    let (mut all, mut field) = (0, None);
    for line in lines(bytes) {
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        field = match field {
            Some(before) if goes_on => Some(before + line.len()),
            _ => is_taken_apart(line).then_some(line.len()),
        };
        if let Some(length) = field {
            all += line.len();
            if length > FIELD_BYTES_MAX || all > all_max {
                return true;
            }
        }
    }
    false
}

/// Whether a line begins a field that is taken apart, by its name as the library reads it: without white space and
/// without colons before it.
fn is_taken_apart(line: &[u8]) -> bool {
    let start = line.iter().position(|byte| *byte != b':' && !byte.is_ascii_whitespace());
    let Some(rest) = start.map(|start| &line[start..]) else { return false };
    let name = rest.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < rest.len()
        && TAKEN_APART.iter().any(|taken| {
            let letters = name.iter().filter(|byte| !byte.is_ascii_whitespace());
            letters.map(u8::to_ascii_lowercase).eq(taken.bytes())
        })
}

/// Messages inside messages that are read. They are let go of by recursion, so a tower of them would overflow the stack.
const NESTING_MAX: usize = 40;

/// How deep messages may stand inside one another at most: the number of parts that declare to be one, or to be a digest,
/// whose parts are messages without saying so.
fn nesting(bytes: &[u8]) -> usize {
    let slashes = memchr::memchr_iter(b'/', bytes);
    let declares = |at: &usize| {
        let before = &bytes[at.saturating_sub(7)..*at];
        let after = bytes.get(at + 1..at + 7).unwrap_or_default();
        before.eq_ignore_ascii_case(b"message") || after.eq_ignore_ascii_case(b"digest")
    };
    slashes.filter(declares).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &[u8], expected: Result<&str, &str>) {
        let read = parse(message);
        let read = read.as_ref().map(|message| message.subject().unwrap_or_default());
        assert_eq!(read.map_err(|error| error.reason().as_str()), expected);
    }

    #[test]
    fn fields_that_take_many_times_their_bytes_are_too_long() {
        let message =
            |field: &str| format!("Subject: s\n{field}\nMIME-Version: 1.0\n\nLe vent.\n").into_bytes();
        for long in [
            format!("From: {}", "g:a;".repeat(50_000)),
            format!("fRoM : {}", "a,".repeat(50_000)),
            format!(": F rom:{}", "a,\n ".repeat(50_000)),
            format!("Subject: {}", "=?a?q?b?= ".repeat(10_000)),
            format!("Content-Type: text/plain{}", ";a=b".repeat(50_000)),
            format!("Content-Disposition: inline\n{}", " ;a=b\r\n".repeat(50_000)),
            format!("From: {}", "a,".repeat(16_000)) + &format!("\nFrom: {}", "a,".repeat(16_000)).repeat(20),
        ] {
            check(&message(&long), Err("too_large"));
        }
        // Many are written to, and the fields that nothing is read from may be as long as they like.
        for honest in [
            format!("From: {}", "Zoé Lam <zoe@lac.example>, ".repeat(500)),
            format!("To: {}", "Zoé Lam <zoe@lac.example>,\n ".repeat(20_000)),
            format!("References: {}", "<1@lac.example>\n ".repeat(20_000)),
            format!("X-Data: {}", "a,".repeat(200_000)),
        ] {
            check(&message(&honest), Ok("s"));
        }
        // A body is no header.
        let body = format!("Subject: s\n\n{}", format!("Note: {}\n", "a, ".repeat(30_000)).repeat(20));
        check(body.as_bytes(), Ok("s"));
    }

    #[test]
    fn parts_and_fields_are_counted_however_they_are_written() {
        let head = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n";
        check((head.to_owned() + &"a--x\n\n".repeat(100_000)).as_bytes(), Err("too_large"));
        check(format!("Subject: s\n{}\n\na", "a b:\n".repeat(300_000)).as_bytes(), Err("too_large"));
        check((head.to_owned() + &"--x\n\nLe vent.\n".repeat(50)).as_bytes(), Ok("s"));
        // A page with many comments is no message of many parts.
        let page = "<!-- ad --><p>Le lac a gelé cette nuit, et le port est fermé depuis ce matin.</p>\n"
            .repeat(30_000);
        check(format!("Subject: s\nContent-Type: text/html\n\n{page}").as_bytes(), Ok("s"));
    }

    #[test]
    fn towers_of_messages_are_not_climbed() {
        let digest = "Subject: s\nContent-Type: multipart/digest; boundary=x\n\n--x\n\n";
        check(digest.repeat(50_000).as_bytes(), Err("malformed"));
        check("Content-Type: message/rfc822\n\n".repeat(50_000).as_bytes(), Err("malformed"));
        check(format!("{}Subject: t\n\nLe vent.\n", digest.repeat(3)).as_bytes(), Ok("s"));
    }
}
