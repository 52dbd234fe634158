//! Internet messages (RFC 5322, MIME): newsletters and forwarded articles.

mod explain;
mod forwarded;

use std::borrow::Cow;
use std::collections::HashSet;

use document::{Article, Basis, Block, BlockKind, Published, Text};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::body::Body;
use crate::date::{self, Order};
use crate::encoding::{self, Decoded, Doubt};
use crate::lexicon::{Chrome, Folded, Lexicon};
use crate::{ParseError, byline, html, plain};

pub(crate) use self::explain::explain;

/// An article, and how the part that it was read from was decoded.
pub(crate) struct Read {
    pub(crate) article: Article,
    pub(crate) charset: Option<String>,
    pub(crate) doubt: Option<Doubt>,
    /// Whether a quoted header says whose the article is; whoever passed it on has no part in it.
    has_sender: bool,
}

/// Reads a message as an article: its HTML part, which has structure, or its text part.
pub(crate) fn read(bytes: &[u8], lexicon: &Lexicon) -> Result<Read, ParseError> {
    let outer = parse(bytes)?;
    let message = innermost(&outer);
    let subject = subject(message);
    let (subject, is_forward) = subject.as_deref().map(without_reply_marks).unwrap_or_default();
    let subject = Some(subject).filter(|subject| !subject.is_empty());
    let Read { mut article, charset, doubt, has_sender } =
        read_body(message, subject.as_deref(), is_forward, lexicon)?;
    if let Some(title) = subject.and_then(Text::new) {
        article.title = Some(title);
    }
    // What the header of a forwarded message says was read with its text.
    if let Some(edtf) = date(message)
        && article.published.as_ref().is_none_or(|date| date.basis != Basis::Metadata)
    {
        article.published = Some(Published { edtf, basis: Basis::Metadata });
    }
    if let Some(sender) = message.from().and_then(|from| from.first()?.name.as_deref())
        && article.publisher.is_none()
        && !has_sender
    {
        let people = byline::people(sender, lexicon);
        if people.is_empty() {
            article.publisher = Text::new(sender.trim());
        } else if article.authors.is_empty() {
            article.authors = people;
        }
    }
    Ok(Read { article, charset, doubt, has_sender })
}

/// Takes a message apart, unless it would take many times its bytes, or more of the stack than there is.
fn parse(bytes: &[u8]) -> Result<Message<'_>, ParseError> {
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
    MessageParser::default().parse(bytes).ok_or_else(malformed)
}

/// The message that is the article: one that was passed on as an attachment, without the envelope around it.
fn innermost<'m, 'x>(outer: &'m Message<'x>) -> &'m Message<'x> {
    let mut message = outer;
    while let Some(inner) = passed_on(message) {
        message = inner;
    }
    message
}

/// When a message was sent. A zone that is told by its name (RFC 5322, section 4.3, and the names in Europe) is read;
/// one that could be several leaves the time without an offset.
fn date(message: &Message<'_>) -> Option<String> {
    let date = message.date().filter(|date| date.is_valid() && date.year > 1970)?;
    let raw = raw_field(message, &HeaderName::Date).unwrap_or_default();
    let raw = String::from_utf8_lossy(&raw[..raw.len().min(200)]);
    let raw = raw.split('(').next().unwrap_or_default().trim();
    let (rest, zone) = raw.rsplit_once(' ').unwrap_or((raw, ""));
    if !zone.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(date.to_rfc3339());
    }
    let zone = match zone.to_ascii_uppercase().as_str() {
        // Everywhere else these could be those of other continents.
        "CST" => "-0600",
        "MST" => "-0700",
        "UT" => "UTC",
        _ => zone,
    };
    date::read(&format!("{rest} {zone}"), Order::DayFirst)
        .or_else(|| date::prefix(rest, Order::DayFirst).map(|(date, _)| date))
        .map_or_else(|| Some(date.to_rfc3339()), |date| Some(date.edtf()))
}

/// The bytes of the first field with a name, up to the line break that no folded line follows (RFC 5322, section 2.2.3): the
/// library does not always end them there.
fn raw_field<'m>(message: &'m Message<'_>, name: &HeaderName<'_>) -> Option<&'m [u8]> {
    let header = message.parts.first()?.headers.iter().find(|header| header.name == *name)?;
    let raw = message.raw_message.get(header.offset_start as usize..)?;
    let goes_on = |at: &usize| matches!(raw.get(at + 1), Some(b' ' | b'\t'));
    let end = memchr::memchr_iter(b'\n', raw).find(|at| !goes_on(at)).unwrap_or(raw.len());
    Some(&raw[..end])
}

/// The subject, also where its bytes are neither ASCII nor UTF-8, nor encoded (RFC 2047) as they should be.
fn subject<'m>(message: &'m Message<'_>) -> Option<Cow<'m, str>> {
    let read = message.subject()?;
    if !read.contains(char::REPLACEMENT_CHARACTER) {
        return Some(read.into());
    }
    let raw = raw_field(message, &HeaderName::Subject)?;
    let is_encoded = raw.windows(2).any(|pair| pair == b"=?");
    Some(if is_encoded {
        read.into()
    } else {
        encoding::decode(raw, None).without_controls().text.trim().to_owned().into()
    })
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
        Some(Cow::Borrowed(bytes)) => encoding::decode(bytes, declared).without_controls(),
        Some(Cow::Owned(bytes)) => {
            let Decoded { text, charset, doubt } = encoding::decode(&bytes, declared).without_controls();
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
            let has_sender = cut(&mut article, &text, is_forward, lexicon);
            return Ok(Read { article, charset: Some(charset), doubt, has_sender });
        }
    }
    let TextBody { text, charset, doubt } = TextBody::of(message);
    let (head, body) = article_of(&text, is_forward);
    let mut article = plain::read_below(body, subject, lexicon)?;
    let has_sender = forwarded::read_header(head, &mut article, lexicon);
    Ok(Read { article, charset, doubt, has_sender })
}

/// The text parts of a message, one below the other.
struct TextBody {
    text: String,
    charset: Option<String>,
    doubt: Option<Doubt>,
}

impl TextBody {
    fn of(message: &Message<'_>) -> Self {
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
        Self { text: forwarded::unquoted(text.replace("\r\n", "\n")), charset, doubt }
    }
}

/// What of a text is the article, below the header of the message that it forwards.
fn article_of(text: &str, is_forward: bool) -> (&str, &str) {
    if is_forward || forwarded::has_apple_mark(text) {
        return forwarded::parted(text).unwrap_or(("", text));
    }
    // A text that begins with the header of another message is that message.
    let begins = |(head, _): &(&str, &str)| text.trim_start().starts_with(head);
    forwarded::parted(text).filter(begins).unwrap_or_else(|| ("", without_answered(text)))
}

/// Takes what is not the article's off a text that was HTML, on this page; gives whether a quoted header names its sender.
fn cut(article: &mut Article, page: &str, is_forward: bool, lexicon: &Lexicon) -> bool {
    let Cut { head, fates, authors } = Cut::of(article, page, is_forward, lexicon);
    let mut body = Body::with_capacity(article.text.len());
    let mut left_out = HashSet::new();
    for (block, fate) in article.blocks.iter().zip(fates) {
        let text = block.span.of(&article.text).unwrap_or_default();
        if fate == Fate::Text {
            body.push(block.kind, text);
        } else {
            left_out.extend(text.split(['|', '·', '•', '\n']).map(str::trim));
        }
    }
    // "Unsubscribe" and "Forward to a friend" lead to no source of the article.
    article
        .references
        .retain(|link| link.title.as_deref().is_none_or(|title| !left_out.contains(title.trim())));
    if let Some((text, blocks)) = body.finish() {
        (article.text, article.blocks) = (text, blocks);
        if article.authors.is_empty() {
            article.authors = authors;
        }
        return forwarded::read_header(&head, article, lexicon);
    }
    false
}

/// What a block of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Text,
    /// It stands above a forwarded message, or is the header of that.
    Above,
    /// It is the sender's card, or stands below it.
    Card,
    /// It says who wrote the article.
    Byline,
    /// The sender speaks of the newsletter.
    OfTheSender(Chrome),
}

/// What became of each block of a message, with what was read off those that are no text.
struct Cut {
    head: String,
    fates: Vec<Fate>,
    authors: Vec<String>,
}

impl Cut {
    /// Tells the sender's card at the end of a text, the phrases of newsletters in it, and what stands above a forwarded
    /// message.
    fn of(article: &Article, page: &str, is_forward: bool, lexicon: &Lexicon) -> Self {
        let blocks = &article.blocks;
        let text_of = |block: &Block| block.span.of(&article.text).unwrap_or_default();
        let texts: Vec<&str> = blocks.iter().map(text_of).collect();
        // A text that begins with the header of another message is that message.
        let begins_forwarded = || {
            texts.first().is_some_and(|first| forwarded::is_sender(first.lines().next().unwrap_or_default()))
        };
        let above = if is_forward || begins_forwarded() { forwarded::head_in(&texts) } else { None };
        let left_out = || if is_forward { head_left_out(page, &texts, lexicon) } else { None };
        let (head, below) = above.or_else(left_out).unwrap_or_default();
        let to = texts[below..]
            .iter()
            .position(|text| text.lines().next().unwrap_or_default().trim_end() == "--")
            .map_or(texts.len(), |at| below + at);
        let mut folded = Folded::default();
        let order = Order::of_languages(&lexicon.languages_like(&article.text));
        let mut authors = Vec::new();
        let fates = blocks.iter().zip(&texts).enumerate().map(|(index, (block, text))| {
            if index < below {
                return Fate::Above;
            }
            if index >= to {
                return Fate::Card;
            }
            if index - below < HEAD_BLOCKS
                && block.kind == BlockKind::Paragraph
                && let Some(line) = plain::head_line(text, lexicon, order)
            {
                if authors.is_empty() {
                    authors = line.authors;
                }
                return Fate::Byline;
            }
            folded.fold(text);
            // What a page has in bars and feet, a newsletter sets in the column of its text.
            match lexicon.chrome(&folded) {
                Some((
                    chrome @ (Chrome::Navigation | Chrome::Subscription | Chrome::Share | Chrome::Footer),
                    _,
                )) => Fate::OfTheSender(chrome),
                _ => Fate::Text,
            }
        });
        let mut fates: Vec<Fate> = fates.collect();
        let foot = foot(&texts, &fates);
        for fate in fates[foot].iter_mut().filter(|fate| **fate == Fate::Text) {
            *fate = Fate::Card;
        }
        Self { head, fates, authors }
    }
}

/// The blocks of a newsletter's foot that no phrase tells: those that are no running text, below the last of that and one
/// in which the sender speaks of subscriptions.
fn foot(texts: &[&str], fates: &[Fate]) -> std::ops::Range<usize> {
    let is_running = |(text, fate): (&&str, &Fate)| {
        *fate == Fate::Text && plain::ends_sentence(text) && text.split_whitespace().count() >= RUNNING_WORDS
    };
    let below = texts.iter().zip(fates).rposition(is_running).map_or(texts.len(), |last| last + 1);
    let starts = |fate: &Fate| matches!(fate, Fate::OfTheSender(Chrome::Subscription));
    let from = fates[below..].iter().position(starts).map_or(texts.len(), |at| below + at + 1);
    from..texts.len()
}

/// Words of running text at least.
const RUNNING_WORDS: usize = 10;

/// The header of a forwarded message on a page whose weighing left it out, and how many of the texts that were kept stand
/// above it.
fn head_left_out(page: &str, kept: &[&str], lexicon: &Lexicon) -> Option<(String, usize)> {
    let all = html::read_inside(page, lexicon).blocks;
    let all: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
    let (head, below) = forwarded::head_in(&all)?;
    let above = kept.iter().take(below).take_while(|text| all[..below].contains(text)).count();
    Some((head, above))
}

/// Blocks of a message among which the byline of its article stands.
const HEAD_BLOCKS: usize = 3;

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
    (encoding::without_controls(rest.into()).into_owned(), is_forward)
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
        check("Fwd: Le la\u{ad}c a\u{200b} gelé", "Le lac a gelé", true);
    }

    #[test]
    fn a_text_that_begins_with_a_header_is_a_forwarded_one() {
        let head = "From: Bo Ek\nSent: Thursday, February 5, 2026 9:00 AM\nSubject: Ice";
        assert_eq!(article_of(&format!("\n{head}\n\nThe wind.\n"), false), (head, "\n\nThe wind.\n"));
        let quoted = format!("My answer.\n\n{head}\n\nThe wind.\n");
        assert_eq!(article_of(&quoted, false), ("", quoted.as_str()));
        assert_eq!(article_of(&quoted, true), (head, "\n\nThe wind.\n"));
    }

    #[test]
    fn what_apple_mail_forwards_is_the_article() {
        let lexicon = Lexicon::load(None).unwrap();
        let head = |kind: &str| {
            format!(
                "From: Bo Ek <bo@lake.example>\nDate: Fri, 6 Feb 2026 10:00:00 +0100\nSubject: Fwd: Ice\n\
                Content-Type: text/{kind}; charset=utf-8\n\n"
            )
        };
        let quoted = "For tomorrow.\n\nBegin forwarded message:\n\n> From: Ann Lee <ann@lake.example>\n> Subject: Ice\n\
            > Date: 5 February 2026 at 09:00:00 CET\n> To: Bo Ek <bo@lake.example>\n> \n\
            > The lake froze last night, and nobody had expected it.\n";
        let page = "<html><head></head><body><div>For tomorrow.</div><div><br><blockquote type=cite>\
            <div>Begin forwarded message:</div><br><div><b>From: </b>Ann Lee &lt;<a href='mailto:a@lake.example'>a@lake.example\
            </a>&gt;<br></div><div><b>Subject: </b><b>Ice</b><br></div><div><b>Date: </b>5 February 2026 at 09:00:00 CET<br></div>\
            <div><b>To: </b>Bo Ek &lt;bo@lake.example&gt;<br></div><br><div><p>The lake froze last night, and nobody had expected \
            it.</p></div></blockquote></div></body></html>";
        for message in [head("plain") + quoted, head("html") + page] {
            let article = read(message.as_bytes(), &lexicon).unwrap().article;
            assert_eq!(article.text.as_str(), "The lake froze last night, and nobody had expected it.");
            assert_eq!(article.authors, ["Ann Lee"]);
            assert!(article.published.unwrap().edtf.starts_with("2026-02-05T09:00:00"));
        }
    }

    #[test]
    fn who_passed_a_message_on_does_not_publish_it() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |sender: &str, authors: &[&str], publisher: Option<&str>| {
            let head =
                format!("From: {sender}\nSent: Thursday, February 5, 2026 9:00 AM\nTo: Bo Ek\nSubject: Ice");
            let text = "The lake froze last night, and nobody in the town had expected it.";
            let page = format!(
                "<p>For tomorrow.</p><p>{}</p><p>{text}</p>",
                head.replace('<', "&lt;").replace('\n', "<br>")
            );
            for (kind, body) in [("plain", format!("For tomorrow.\n\n{head}\n\n{text}\n")), ("html", page)] {
                let message = format!(
                    "From: Port Office <port@lake.example>\nSubject: FW: Ice\nMessage-ID: <1@lake.example>\n\
                    Content-Type: text/{kind}; charset=utf-8\n\n{body}"
                );
                let article = read(message.as_bytes(), &lexicon).unwrap().article;
                assert_eq!(article.text.as_str(), text);
                assert_eq!(
                    (article.authors.as_slice(), article.publisher.as_deref()),
                    (&*authors.iter().map(ToString::to_string).collect::<Vec<_>>(), publisher)
                );
            }
        };
        check("Ann Lee <ann@lake.example>", &["Ann Lee"], None);
        check("The Lake Letter <letter@lake.example>", &[], Some("The Lake Letter"));
        check("letter@lake.example", &[], None);
    }

    #[test]
    fn a_zone_may_be_told_by_its_name() {
        let check = |date: &str, expected: &str| {
            for end in ["\r\n", "\n"] {
                let lines =
                    ["From: a@lac.example", &format!("Date: {date}"), "Subject: Lac", "", "Le vent.", ""];
                let bytes = lines.join(end);
                let message = MessageParser::default().parse(bytes.as_bytes()).unwrap();
                assert_eq!(super::date(&message).as_deref(), Some(expected), "{date}");
            }
        };
        check("Tue, 3 Mar 2026 21:14:00 +0100", "2026-03-03T21:14:00+01:00");
        check("Tue, 3 Mar 2026 21:14:00 +0100 (CET)", "2026-03-03T21:14:00+01:00");
        check("Tue, 3 Mar 2026 21:14:00 GMT", "2026-03-03T21:14:00Z");
        check("Tue, 3 Mar 2026 21:14:00 UT", "2026-03-03T21:14:00Z");
        check("Tue, 3 Mar 2026 21:14:00 CET", "2026-03-03T21:14:00+01:00");
        check("Tue, 3 Mar 2026 21:14:00 EST", "2026-03-03T21:14:00-05:00");
        check("Tue, 3 Mar 2026 21:14:00 CST", "2026-03-03T21:14:00-06:00");
        check("Tue, 3 Mar 2026 21:14:00 IST", "2026-03-03T21:14:00");
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
