//! Internet messages (RFC 5322, MIME): newsletters and forwarded articles.

use std::borrow::Cow;

use document::{Article, Basis, Block, BlockKind, Published, Text};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::body::Body;
use crate::date::{self, Order};
use crate::encoding::{self, Decoded, Doubt};
use crate::lexicon::{Chrome, Folded, Lexicon, fold};
use crate::{ParseError, byline, html, plain};

/// An article, and how the part that it was read from was decoded.
pub(crate) struct Read {
    pub(crate) article: Article,
    pub(crate) charset: Option<String>,
    pub(crate) doubt: Option<Doubt>,
}

/// Reads a message as an article: its HTML part, which has structure, or its text part.
pub(crate) fn read(bytes: &[u8], lexicon: &Lexicon) -> Result<Read, ParseError> {
    if nesting(bytes) > NESTING_MAX {
        return Err(ParseError::Malformed(format!(
            "more than {NESTING_MAX} messages stand inside one another"
        )));
    }
    if lines_that(bytes, |line| line.starts_with(b"--")) > PARTS_MAX
        || lines_that(bytes, is_header_field) > FIELDS_MAX
    {
        return Err(ParseError::TooLarge(
            "the message has more parts or header fields than are read".to_owned(),
        ));
    }
    let malformed = || ParseError::Malformed("the message has no readable header".to_owned());
    let outer = MessageParser::default().parse(bytes).ok_or_else(malformed)?;
    let mut message = &outer;
    // A message that was passed on as an attachment is the article; what stands around it is the envelope.
    while let Some(inner) = passed_on(message) {
        message = inner;
    }
    let subject = subject(message);
    let (subject, is_forward) = subject.as_deref().map(without_reply_marks).unwrap_or_default();
    let subject = Some(subject).filter(|subject| !subject.is_empty());
    let Read { mut article, charset, doubt } = read_body(message, subject.as_deref(), is_forward, lexicon)?;
    if let Some(title) = subject.and_then(Text::new) {
        article.title = Some(title);
    }
    // What the header of a forwarded message says was read with its text.
    if let Some(date) = message.date().filter(|date| date.is_valid() && date.year > 1970)
        && article.published.as_ref().is_none_or(|date| date.basis != Basis::Metadata)
    {
        article.published = Some(Published { edtf: date.to_rfc3339(), basis: Basis::Metadata });
    }
    if let Some(sender) = message.from().and_then(|from| from.first()?.name.as_deref())
        && article.publisher.is_none()
    {
        let people = byline::people(sender, lexicon);
        if people.is_empty() {
            article.publisher = Text::new(sender.trim());
        } else if article.authors.is_empty() {
            article.authors = people;
        }
    }
    Ok(Read { article, charset, doubt })
}

/// The subject, also where its bytes are neither ASCII nor UTF-8, nor encoded (RFC 2047) as they should be.
fn subject<'m>(message: &'m Message<'_>) -> Option<Cow<'m, str>> {
    let read = message.subject()?;
    if !read.contains(char::REPLACEMENT_CHARACTER) {
        return Some(read.into());
    }
    let header = message.parts.first()?.headers.iter().find(|header| header.name == HeaderName::Subject)?;
    let raw = message.raw_message.get(header.offset_start as usize..header.offset_end as usize)?;
    let is_encoded = raw.windows(2).any(|pair| pair == b"=?");
    Some(if is_encoded { read.into() } else { encoding::decode(raw, None).text.trim().to_owned().into() })
}

/// The text of a part, from its bytes: senders declare no charset, or another one than they use.
fn decoded<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>, read: &'m str) -> Decoded<'m> {
    let declared = part.content_type().and_then(|content_type| content_type.attribute("charset"));
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    let bytes = raw.and_then(|raw| match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
    });
    match bytes {
        Some(Cow::Borrowed(bytes)) => encoding::decode(bytes, declared),
        Some(Cow::Owned(bytes)) => {
            let Decoded { text, charset, doubt } = encoding::decode(&bytes, declared);
            Decoded { text: text.into_owned().into(), charset, doubt }
        }
        // What the library made of a transfer encoding that is broken.
        None => Decoded {
            text: read.into(),
            charset: declared.unwrap_or("utf-8").to_ascii_lowercase(),
            doubt: None,
        },
    }
}

/// The message that another one carries, if it is what that one is about: forwarded, or with nothing else in it.
fn passed_on<'m, 'x>(message: &'m Message<'x>) -> Option<&'m Message<'x>> {
    let inner = message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(inner) => Some(inner),
        _ => None,
    })?;
    let is_forward = message.subject().is_some_and(|subject| without_reply_marks(subject).1);
    let has_text = message.parts.iter().any(
        |part| matches!(&part.body, PartType::Text(text) | PartType::Html(text) if !text.trim().is_empty()),
    );
    (is_forward || !has_text).then_some(inner)
}

/// Lines that may begin a part of a message; more are no message but a bomb, since a part takes many times their bytes.
const PARTS_MAX: usize = 20_000;

/// Lines that may be fields of headers, in all parts together.
const FIELDS_MAX: usize = 100_000;

fn lines_that(bytes: &[u8], wanted: impl Fn(&[u8]) -> bool) -> usize {
    bytes.split(|byte| *byte == b'\n').filter(|line| wanted(line)).count()
}

/// Whether a line has the form of a header field (RFC 5322, section 2.2): a name without spaces, and a colon.
fn is_header_field(line: &[u8]) -> bool {
    line.iter()
        .take(80)
        .position(|byte| *byte == b':')
        .is_some_and(|at| line[..at].iter().all(u8::is_ascii_graphic))
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
    is_forward: bool,
    lexicon: &Lexicon,
) -> Result<Read, ParseError> {
    for part in message.html_bodies() {
        let PartType::Html(page) = &part.body else { continue };
        let Decoded { text, charset, doubt } = decoded(message, part, page);
        if let Ok(mut article) = html::read(&text, None, lexicon) {
            cut(&mut article, is_forward, lexicon);
            return Ok(Read { article, charset: Some(charset), doubt });
        }
    }
    let mut text = String::new();
    let (mut charset, mut doubt) = (None, None);
    for part in message.text_bodies() {
        let PartType::Text(body) = &part.body else { continue };
        let decoded = decoded(message, part, body);
        charset = charset.or(Some(decoded.charset));
        doubt = doubt.or(decoded.doubt);
        text.push_str(without_signature(&decoded.text));
        text.push_str("\n\n");
    }
    let text = text.replace("\r\n", "\n");
    let (head, body) =
        if is_forward { forwarded(&text).unwrap_or(("", &text)) } else { ("", without_answered(&text)) };
    let mut article = plain::read_below(body, subject, lexicon)?;
    read_header(head, &mut article, lexicon);
    Ok(Read { article, charset, doubt })
}

/// Takes the sender's card off the end of a text that was HTML, the phrases of newsletters out of it, and off its start
/// what stands above a forwarded message.
fn cut(article: &mut Article, is_forward: bool, lexicon: &Lexicon) {
    let blocks = &article.blocks;
    let text_of = |block: &Block| block.span.of(&article.text).unwrap_or_default();
    let first_line = |block: &Block| text_of(block).lines().next().unwrap_or_default();
    let marked = |block: &Block| is_forward && is_forward_mark(first_line(block));
    let from = blocks.iter().position(marked);
    let to = blocks
        .iter()
        .skip(from.unwrap_or(0))
        .position(|block| first_line(block).trim_end() == "--")
        .map_or(blocks.len(), |at| from.unwrap_or(0) + at);
    let head = from.map(|from| text_of(&blocks[from]).to_owned()).unwrap_or_default();
    // The header may be a block of its own below the mark.
    let below = from.map_or(0, |from| {
        from + 1 + blocks[from + 1..].iter().take_while(|block| text_of(block).lines().all(is_field)).count()
    });
    let head = blocks[from.map_or(below, |from| from + 1)..below]
        .iter()
        .fold(head, |head, block| head + "\n" + text_of(block));
    let mut body = Body::with_capacity(article.text.len());
    let mut folded = Folded::default();
    let order = Order::of_languages(&lexicon.languages_like(&article.text));
    for (index, block) in blocks.get(below..to).unwrap_or_default().iter().enumerate() {
        if index < HEAD_BLOCKS
            && block.kind == BlockKind::Paragraph
            && let Some(line) = plain::head_line(text_of(block), lexicon, order)
        {
            if article.authors.is_empty() {
                article.authors = line.authors;
            }
            continue;
        }
        folded.fold(text_of(block));
        // What a page has in bars and feet, a newsletter sets in the column of its text.
        let of_the_sender = matches!(
            lexicon.chrome(&folded),
            Some((Chrome::Navigation | Chrome::Subscription | Chrome::Share | Chrome::Footer, _))
        );
        if !of_the_sender {
            body.push(block.kind, text_of(block));
        }
    }
    if let Some((text, blocks)) = body.finish() {
        (article.text, article.blocks) = (text, blocks);
        read_header(&head, article, lexicon);
    }
}

/// Blocks of a message among which the byline of its article stands.
const HEAD_BLOCKS: usize = 3;

/// The header and the body of the message that a text forwards.
fn forwarded(text: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    let mark = text.split_inclusive('\n').take(LINES_ABOVE_MAX).find_map(|line| {
        start += line.len();
        is_forward_mark(line.trim()).then_some(start)
    })?;
    let blank =
        text[mark..].trim_start().find("\n\n").map(|at| text.len() - text[mark..].trim_start().len() + at)?;
    Some((&text[mark..blank], &text[blank..]))
}

/// Lines that somebody writes above what he forwards.
const LINES_ABOVE_MAX: usize = 200;

/// Whether a line says that a forwarded message follows: words between dashes, or Apple's words for it.
fn is_forward_mark(line: &str) -> bool {
    let inner = line.trim_matches(['-', '_', ' ', '>']);
    let dashed = line.starts_with("---") && line.ends_with("---");
    let words = inner.split_whitespace().count();
    dashed && (1..=5).contains(&words) && inner.chars().any(char::is_alphabetic)
        || [
            "Begin forwarded message:",
            "Début du message réexpédié :",
            "Anfang der weitergeleiteten Nachricht:",
        ]
        .contains(&line)
}

/// Whether a line is a field of a header as mail programs quote one: `From: …`, `*Envoyé :* …`.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        let name = name.trim_matches(['*', ' ', '>', '\u{a0}']);
        !name.is_empty() && name.split_whitespace().count() <= 2 && name.chars().count() <= 20
    })
}

/// Takes sender and date from the quoted header of a forwarded message.
fn read_header(head: &str, article: &mut Article, lexicon: &Lexicon) {
    for line in head.lines().filter(|line| is_field(line)) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim_matches(['*', ' ', '\u{a0}']);
        match fold(name).as_str() {
            "from" | "de" | "von" | "da" | "van" => {
                let sender = value.split(['<', '[']).next().unwrap_or_default().trim_matches(['"', ' ']);
                article.authors = byline::people(sender, lexicon);
                if article.authors.is_empty() {
                    article.publisher = Text::new(sender);
                }
            }
            "date" | "datum" | "data" | "fecha" | "sent" | "envoye" | "envoye le" | "gesendet"
            | "enviado" | "inviato" | "verzonden" => {
                if let Some((date, _)) = date::prefix(value, Order::DayFirst) {
                    article.published = Some(Published { edtf: date.edtf(), basis: Basis::Metadata });
                }
            }
            _ => {}
        }
    }
}

/// What stands below `-- ` is the sender's card (RFC 3676, section 4.3).
fn without_signature(body: &str) -> &str {
    ["\n-- \n", "\n-- \r\n"].iter().filter_map(|mark| body.find(mark)).min().map_or(body, |at| &body[..at])
}

/// A text without the message that it answers, where that is quoted whole below it, under a line that says whose it is.
fn without_answered(text: &str) -> &str {
    let mut start = text.len();
    let mut quoted = false;
    for line in text.split_inclusive('\n').rev() {
        let is_quoted = line.starts_with('>');
        if !is_quoted && !line.trim().is_empty() {
            break;
        }
        quoted |= is_quoted;
        start -= line.len();
    }
    let above = text[..start].trim_end();
    let own = above.rfind("\n\n").map_or("", |at| &above[..at]);
    // "On 8 Feb 2026, Ann Lee <ann@example.org> wrote:"
    let says_whose = above.ends_with(':') && above[own.len()..].trim().lines().count() <= 3;
    if quoted && says_whose && !own.trim().is_empty() { own } else { text }
}

/// The subject without the marks of replies and forwards ("Re: Fwd: Subject"), and whether the last of them was that of
/// a forward.
fn without_reply_marks(subject: &str) -> (String, bool) {
    let mut rest = subject.trim();
    let mut is_forward = false;
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim().to_ascii_lowercase();
        if ["fw", "fwd", "tr", "wg", "rv", "enc", "i", "doorst"].contains(&mark.as_str()) {
            is_forward = true;
        } else if ["re", "aw", "r", "sv", "antw"].contains(&mark.as_str()) {
            is_forward = false;
        } else {
            break;
        }
        rest = after.trim_start();
    }
    (rest.to_owned(), is_forward)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(subject: &str, expected: &str, is_forward: bool) {
        assert_eq!(without_reply_marks(subject), (expected.to_owned(), is_forward));
    }

    #[test]
    fn marks_of_replies_are_no_part_of_a_subject() {
        check("Fwd: Le lac a gelé", "Le lac a gelé", true);
        check("TR : Re: Le lac a gelé", "Le lac a gelé", false);
        check("WG: AW: WG: Der See", "Der See", true);
        check("Lac : le gel", "Lac : le gel", false);
    }

    #[test]
    fn a_forwarded_message_is_found_below_its_mark() {
        let text = "Pour demain.\n\n---------- Message transféré ---------\nDe : Bo Ek\nDate : jeu. 5 févr. 2026\n\nLe vent.\n";
        assert_eq!(forwarded(text), Some(("De : Bo Ek\nDate : jeu. 5 févr. 2026", "\n\nLe vent.\n")));
        assert_eq!(forwarded("Le vent.\n\n-----\n\nLa pluie."), None);
    }

    #[test]
    fn the_message_that_is_answered_is_no_part_of_the_answer() {
        let answer =
            "Le vent est tombé.\n\nOn 8 Feb 2026, Bo Ek <bo@lake.example>\nwrote:\n> Le vent ?\n>\n> Bo\n\n";
        assert_eq!(without_answered(answer), "Le vent est tombé.");
        for whole in [
            "Le vent :\n\n> Il est tombé.\n\nOui.\n",
            "Il dit :\n> Le vent.\n",
            "Le vent.\n\n> Il est tombé.\n",
        ] {
            assert_eq!(without_answered(whole), whole);
        }
    }

    #[test]
    fn bytes_are_read_as_what_they_are_whatever_is_declared() {
        let lexicon = Lexicon::load(None).unwrap();
        let text = "La municipalité a adopté mardi un budget record pour ses écoles, après un été de débats.";
        let latin =
            |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<_>>();
        let check = |fields: &str, body: Vec<u8>, charset: &str| {
            let head = "From: a@lac.example\r\nDate: Tue, 3 Mar 2026 21:14:00 +0100\r\nSubject: Un été\r\n";
            let message = [latin(head), fields.into(), b"\r\n".to_vec(), body].concat();
            let read = read(&message, &lexicon).unwrap();
            assert_eq!(read.article.text.trim_end(), text, "{fields}");
            assert_eq!(read.article.title.as_deref(), Some("Un été"));
            assert_eq!(read.charset.as_deref(), Some(charset), "{fields}");
        };
        check("", latin(text), "windows-1252");
        check("Content-Type: text/plain; charset=nonsense\r\n", latin(text), "windows-1252");
        check("Content-Type: text/plain; charset=us-ascii\r\n", text.into(), "utf-8");
        check("Content-Type: text/plain; charset=iso-8859-1\r\n", text.into(), "utf-8");
        check("Content-Type: text/plain; charset=iso-8859-1\r\n", latin(text), "windows-1252");
        let quoted = text.replace('é', "=C3=A9");
        let encoded = "Content-Transfer-Encoding: quoted-printable\r\n";
        check(&format!("{encoded}Content-Type: text/plain; charset=iso-8859-1\r\n"), quoted.into(), "utf-8");
    }
}
