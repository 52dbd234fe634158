//! Internet messages (RFC 5322, MIME): newsletters and forwarded articles.

use document::{Article, Basis, Published, Text};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::lexicon::Lexicon;
use crate::{ParseError, byline, html, plain};

/// Reads a message as an article: its HTML part, which has structure, or its text part. Also gives the charset
/// that the part declares.
pub(crate) fn read(bytes: &[u8], lexicon: &Lexicon) -> Result<(Article, Option<String>), ParseError> {
    if nesting(bytes) > NESTING_MAX {
        return Err(ParseError::Malformed(format!(
            "more than {NESTING_MAX} messages stand inside one another"
        )));
    }
    let malformed = || ParseError::Malformed("the message has no readable header".to_owned());
    let message = MessageParser::default().parse(bytes).ok_or_else(malformed)?;
    let subject = message.subject().map(without_reply_marks).filter(|subject| !subject.is_empty());
    let (mut article, charset) = read_body(&message, subject.as_deref(), lexicon)?;
    if let Some(title) = subject.and_then(Text::new) {
        article.title = Some(title);
    }
    if let Some(date) = message.date().filter(|date| date.is_valid() && date.year > 1970) {
        article.published = Some(Published { edtf: date.to_rfc3339(), basis: Basis::Metadata });
    }
    if let Some(sender) = message.from().and_then(|from| from.first()?.name.as_deref()) {
        let people = byline::people(sender, lexicon);
        if people.is_empty() {
            article.publisher = Text::new(sender.trim());
        } else if article.authors.is_empty() {
            article.authors = people;
        }
    }
    Ok((article, charset))
}

/// Messages inside messages that are read. The library follows them by recursion, so a tower of them would
/// overflow the stack.
const NESTING_MAX: usize = 40;

/// How deep messages may stand inside one another at most: the number of parts that declare to be one.
fn nesting(bytes: &[u8]) -> usize {
    let declared = |window: &[u8]| window.eq_ignore_ascii_case(b"message/");
    bytes.windows(8).filter(|window| window[7] == b'/' && declared(window)).count()
}

fn read_body(
    message: &Message<'_>,
    subject: Option<&str>,
    lexicon: &Lexicon,
) -> Result<(Article, Option<String>), ParseError> {
    for part in message.html_bodies() {
        if let PartType::Html(page) = &part.body
            && let Ok(article) = html::read(page, None, lexicon)
        {
            return Ok((article, charset(part)));
        }
    }
    let mut text = String::new();
    let mut first = None;
    for part in message.text_bodies() {
        if let PartType::Text(body) = &part.body {
            first = first.or(charset(part));
            text.push_str(without_signature(body));
            text.push_str("\n\n");
        }
    }
    plain::read_below(&text.replace("\r\n", "\n"), subject, lexicon).map(|article| (article, first))
}

fn charset(part: &MessagePart<'_>) -> Option<String> {
    Some(part.content_type()?.attribute("charset")?.to_ascii_lowercase())
}

/// What stands below `-- ` is the sender's card (RFC 3676, section 4.3).
fn without_signature(body: &str) -> &str {
    ["\n-- \n", "\n-- \r\n"].iter().filter_map(|mark| body.find(mark)).min().map_or(body, |at| &body[..at])
}

/// The subject without the marks of replies and forwards ("Re: Fwd: Subject").
fn without_reply_marks(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim();
        if !["re", "fw", "fwd", "tr", "aw", "wg", "rv", "enc", "i", "r"]
            .iter()
            .any(|known| mark.eq_ignore_ascii_case(known))
        {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}
