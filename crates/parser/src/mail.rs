//! Internet messages (RFC 5322, MIME): newsletters and forwarded articles.

mod cut;
mod digest;
mod explain;
mod forwarded;
mod header;
mod limits;
mod sender;

use std::borrow::Cow;

use document::{Article, Basis, Published, Text};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use crate::encoding::{self, Decoded, Doubt};
use crate::lexicon::Lexicon;
use crate::{ParseError, html, plain};

pub(crate) use self::explain::explain;
use cut::cut;
use header::{date, subject, without_reply_marks};
use limits::parse;
use sender::Sender;

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
    let message = innermost(&outer, lexicon);
    let subject = subject(message);
    let (subject, is_forward) =
        subject.as_deref().map(|subject| without_reply_marks(subject, lexicon)).unwrap_or_default();
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
    if let Some(from) = message.from().and_then(|from| from.first())
        && let Some(name) = from.name.as_deref()
        && article.publisher.is_none()
        && !has_sender
    {
        let address = from.address.as_deref().unwrap_or_default();
        let Sender { authors, publisher } = Sender::of(name, address, is_letter(message), lexicon);
        article.publisher = publisher.and_then(Text::new);
        if article.authors.is_empty() {
            article.authors = authors;
        }
    }
    Ok(Read { article, charset, doubt, has_sender })
}

/// Whether a message went to a list of readers (RFC 2369, RFC 2919).
fn is_letter(message: &Message<'_>) -> bool {
    ["List-Unsubscribe", "List-Id", "List-Post"].iter().any(|field| message.header(*field).is_some())
}

/// The message that is the article: one that was passed on as an attachment, without the envelope around it.
fn innermost<'m, 'x>(outer: &'m Message<'x>, lexicon: &Lexicon) -> &'m Message<'x> {
    let mut message = outer;
    while let Some(inner) = passed_on(message, lexicon) {
        message = inner;
    }
    message
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
fn passed_on<'m, 'x>(message: &'m Message<'x>, lexicon: &Lexicon) -> Option<&'m Message<'x>> {
    let inner = message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(inner) => Some(inner),
        _ => None,
    })?;
    let is_forward = message.subject().is_some_and(|subject| without_reply_marks(subject, lexicon).1);
    let has_text = message.parts.iter().any(
        |part| matches!(&part.body, PartType::Text(text) | PartType::Html(text) if !text.trim().is_empty()),
    );
    (is_forward || !has_text).then_some(inner)
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
            digest::put_heads_back(&mut article, &text, subject, lexicon);
            let has_sender = cut(&mut article, &text, is_forward, lexicon);
            return Ok(Read { article, charset: Some(charset), doubt, has_sender });
        }
    }
    let TextBody { text, charset, doubt } = TextBody::of(message, lexicon);
    let (head, body) = article_of(&text, is_forward, lexicon);
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
    fn of(message: &Message<'_>, lexicon: &Lexicon) -> Self {
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
        let text = forwarded::unquoted(text.replace("\r\n", "\n"), lexicon);
        Self { text: with_marked_headings(text), charset, doubt }
    }
}

/// A text whose headings bear the mark that other texts have, where a service for letters set two stars before them and a
/// rule of dashes below: `** What comes next`.
fn with_marked_headings(text: String) -> String {
    if !text.contains("** ") {
        return text;
    }
    let heading = |line: &str, next: &str| {
        let words = line.strip_prefix("** ").filter(|words| !words.contains("**"))?.trim();
        let is_rule = next.len() >= RULE_MIN && next.bytes().all(|byte| byte == b'-');
        (is_rule && !words.is_empty()).then(|| format!("## {words}\n"))
    };
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().map_or("", |next| next.trim());
        match heading(line.trim_end(), next) {
            Some(heading) => {
                out.push_str(&heading);
                lines.next();
                out.push('\n');
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Dashes of a rule below a heading.
const RULE_MIN: usize = 5;

/// What of a text is the article, below the header of the message that it forwards, or of the one that that forwards.
fn article_of<'t>(text: &'t str, is_forward: bool, lexicon: &Lexicon) -> (&'t str, &'t str) {
    let (head, body) = if is_forward || forwarded::has_apple_mark(text, lexicon) {
        forwarded::parted(text, lexicon).unwrap_or(("", text))
    } else {
        // A text that begins with the header of another message is that message.
        let begins = |(head, _): &(&str, &str)| text.trim_start().starts_with(head);
        forwarded::parted(text, lexicon).filter(begins).unwrap_or_else(|| ("", without_answered(text)))
    };
    if head.is_empty() { (head, body) } else { forwarded::innermost((head, body), lexicon) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_with_a_header_is_a_forwarded_one() {
        let lexicon = Lexicon::load(None).unwrap();
        let head = "From: Bo Ek\nSent: Thursday, February 5, 2026 9:00 AM\nSubject: Ice";
        assert_eq!(
            article_of(&format!("\n{head}\n\nThe wind.\n"), false, &lexicon),
            (head, "\n\nThe wind.\n")
        );
        let quoted = format!("My answer.\n\n{head}\n\nThe wind.\n");
        assert_eq!(article_of(&quoted, false, &lexicon), ("", quoted.as_str()));
        assert_eq!(article_of(&quoted, true, &lexicon), (head, "\n\nThe wind.\n"));
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
    fn headings_of_letters_lose_their_marks() {
        let first = "The lake froze last night, and nobody in the town had expected it so early in the year.";
        let second =
            "The harbour stays closed until the ice has gone, the council of the town said on Monday.";
        let message = format!(
            "From: Ann Lee <ann@lake.example>\nSubject: Ice\nMessage-ID: <1@lake.example>\n\n{first}\n\n\n\
             ** What happens next\n------------------------------------------------------------\n{second}\n"
        );
        let article = read(message.as_bytes(), &Lexicon::load(None).unwrap()).unwrap().article;
        assert_eq!(article.text.as_str(), format!("{first}\n\nWhat happens next\n\n{second}"));
        assert_eq!(article.blocks[1].kind, document::BlockKind::Heading);
        for text in ["** a note\nof the text\n", "** bold ** words\n-----\n", "2 ** 3\n-----\n"] {
            assert_eq!(with_marked_headings(text.to_owned()), text);
        }
    }

    #[test]
    fn a_folder_of_messages_is_not_read_as_one() {
        let lexicon = Lexicon::load(None).unwrap();
        let message = "From ann@lake.example Tue Mar  3 21:14:00 2026\nFrom: Ann Lee <ann@lake.example>\n\
                       Subject: Ice\n\nThe lake froze last night, and nobody had expected it.\n\n";
        assert!(read(message.as_bytes(), &lexicon).is_ok());
        let several = read(message.repeat(2).as_bytes(), &lexicon);
        assert!(matches!(several, Err(ParseError::Several("messages", _))));
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
