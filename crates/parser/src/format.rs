//! What a document is, told from its bytes first, then from what its source and its name say.

mod code;
mod markdown;
mod markup;

pub(crate) use self::markdown::{looks_like_markdown, title_block};

use document::{Origin, SourceKind};

use crate::{ParseError, xml};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// HTML or XHTML.
    Html,
    /// Plain text, scraped from somewhere.
    Plain,
    /// Markdown, with or without front matter.
    Markdown,
    /// An Internet message (RFC 5322) with MIME parts.
    Mail,
    /// A JSON document, or a JSONL file.
    Json,
    /// XML that is no XHTML.
    Xml(xml::Kind),
    /// Style sheets, scripts and bare data, which hold no article; what it is.
    Code(&'static str),
}

impl Format {
    /// The media type that the record names it by.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Plain | Self::Code(_) => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Mail => "message/rfc822",
            Self::Json => "application/json",
            Self::Xml(_) => "application/xml",
        }
    }
}

/// Refuses bytes that no text format begins with or holds. Bytes that pass are text in some charset.
pub(crate) fn refuse_binary(bytes: &[u8]) -> Result<(), ParseError> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ParseError::Empty);
    }
    // A PDF may have a little junk before its signature (ISO 32000-2, annex I).
    let text_start = head.trim_ascii_start();
    if text_start.starts_with(b"%PDF-") || text_start.starts_with(b"\xef\xbb\xbf%PDF-") {
        return Err(ParseError::Pdf);
    }
    let signature = SIGNATURES.iter().find(|(signature, ..)| head.starts_with(signature));
    if let Some((_, name, remedy)) = signature {
        return Err(ParseError::UnsupportedFormat(name, remedy));
    }
    if head.len() > 12 && head.starts_with(b"RIFF") && matches!(&head[8..12], b"WEBP" | b"WAVE" | b"AVI ") {
        return Err(ParseError::UnsupportedFormat("a RIFF image, sound or video", LEAVE_OUT));
    }
    if head.len() > 12 && &head[4..8] == b"ftyp" && head[0] == 0 {
        return Err(ParseError::UnsupportedFormat("an ISO media file (MP4, HEIC, AVIF)", LEAVE_OUT));
    }
    if is_utf16(head) {
        return Ok(());
    }
    let controls = head.iter().filter(|byte| IS_CONTROL[usize::from(**byte)]).count();
    // Of bytes at random one in nine is a control, by chance one in eleven; of text next to none.
    if controls * 20 > head.len() {
        return Err(ParseError::UnsupportedFormat("binary data", LEAVE_OUT));
    }
    Ok(())
}

/// The bytes that no text has, but by mistake.
const IS_CONTROL: [bool; 256] = {
    let mut controls = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        controls[byte as usize] = matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
        byte += 1;
    }
    controls
};

/// Bytes that are looked at to tell a format.
const HEAD: usize = 4096;

/// What to do with what holds no text.
pub(crate) const LEAVE_OUT: &str = "it holds no text, so leave it out";

/// What to do with what a word processor wrote.
const SAVE_AS_TEXT: &str = "save it as HTML or as plain text";

/// What to do with archives that are not opened.
const UNPACK: &str = "unpack it first";

/// Signatures of formats that reach news folders by mistake. Two-byte ones are left out: text may begin so.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image", LEAVE_OUT),
    (b"\xff\xd8\xff", "a JPEG image", LEAVE_OUT),
    (b"GIF87a", "a GIF image", LEAVE_OUT),
    (b"GIF89a", "a GIF image", LEAVE_OUT),
    (b"II*\0", "a TIFF image", LEAVE_OUT),
    (b"MM\0*", "a TIFF image", LEAVE_OUT),
    (b"\0\0\x01\0", "an icon", LEAVE_OUT),
    (
        b"PK\x03\x04",
        "a zip archive or an office document",
        "`depeche ingest FILE` opens an archive; save an office document as HTML or as plain text",
    ),
    (b"PK\x05\x06", "a zip archive", "it is empty, so leave it out"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", SAVE_AS_TEXT),
    (b"{\\rtf", "an RTF document", SAVE_AS_TEXT),
    (b"%!PS", "a PostScript document", SAVE_AS_TEXT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (b"BZh91AY&SY", "a bzip2 archive", UNPACK),
    (b"\x7fELF", "a program", LEAVE_OUT),
    (b"MZ\x90\0", "a program", LEAVE_OUT),
    (b"\xcf\xfa\xed\xfe", "a program", LEAVE_OUT),
    (b"\xca\xfe\xba\xbe", "a program", LEAVE_OUT),
    (b"\0asm", "a program", LEAVE_OUT),
    (b"SQLite format 3\0", "a database", LEAVE_OUT),
    (b"ID3\x03", "an MP3 sound", LEAVE_OUT),
    (b"ID3\x04", "an MP3 sound", LEAVE_OUT),
    (b"OggS\0", "an Ogg sound", LEAVE_OUT),
    (b"fLaC\0", "a FLAC sound", LEAVE_OUT),
    (b"\x1aE\xdf\xa3", "a Matroska video", LEAVE_OUT),
    (b"wOFF", "a font", LEAVE_OUT),
    (b"wOF2", "a font", LEAVE_OUT),
];

/// Whether the bytes are UTF-16: by their byte order mark, or by the zero bytes that Latin text has in it.
fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || crate::encoding::utf16_by_zeros(head).is_some()
}

/// Tells what decoded text is: from its first characters where they leave no doubt, then from the media type that
/// the source declares, then from the file's name, as far as the text bears them out, then from its elements and the
/// marks of Markdown, and plain text failing all of them.
pub(crate) fn of_text(text: &str, origin: &Origin) -> Format {
    let start = text.trim_start();
    if looks_like_html(start) {
        return Format::Html;
    }
    if looks_like_json(start) {
        return Format::Json;
    }
    let kind = xml::kind(start);
    if let Some(kind @ (xml::Kind::News | xml::Kind::List(..))) = kind {
        return Format::Xml(kind);
    }
    let named = by_name(match origin.kind {
        // A member's own path follows that of its archive.
        SourceKind::Archive => origin.uri.split_once('#').map_or("", |(_, path)| path),
        _ => &origin.uri,
    });
    if looks_like_mail(start, named == Some(Format::Markdown)) {
        return Format::Mail;
    }
    // A source that declares plain text often knows no better (a web server does so for Markdown).
    let declared =
        origin.media_type.as_deref().and_then(by_media_type).filter(|format| *format != Format::Plain);
    // The content of an item of a feed may be a summary without markup, whose line breaks mean nothing.
    let is_content = origin.kind == SourceKind::Feed && origin.http.is_none();
    match declared.or(named) {
        Some(Format::Html) if is_content => Format::Html,
        // What does not look like JSON or mail is not, whatever it is called.
        Some(Format::Json) if is_json(start) => Format::Json,
        Some(Format::Markdown)
            if has_front_matter(start) || title_block(start).is_some() || markdown::may_be_markdown(text) =>
        {
            Format::Markdown
        }
        Some(Format::Html) if markup::is_marked_up(text) => Format::Html,
        Some(Format::Html) if !markup::has_no_markup(text) && !markdown::looks_like_markdown(text) => {
            Format::Html
        }
        _ if kind.is_some() => Format::Xml(xml::Kind::Other),
        _ if has_front_matter(start)
            || markdown::looks_like_markdown(text)
            || reader_head(start).is_some() =>
        {
            Format::Markdown
        }
        _ if markup::is_marked_up(text) => Format::Html,
        _ => code::kind(text).map_or(Format::Plain, Format::Code),
    }
}

/// Whether a text that is called JSON is, be it a single value, or begins as it does.
fn is_json(start: &str) -> bool {
    start.starts_with(['{', '[']) || serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok()
}

/// Elements that a page or a fragment of one begins with.
const FIRST_ELEMENTS: [&str; 34] = [
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "div",
    "article",
    "section",
    "main",
    "header",
    "nav",
    "p",
    "h1",
    "h2",
    "h3",
    "table",
    "span",
    "a",
    "img",
    "br",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "figure",
    "pre",
    "hr",
    "h4",
];

/// Whether the first characters of a text are those of a page, or of a fragment of one.
pub(crate) fn looks_like_html(start: &str) -> bool {
    // Comments, declarations and processing instructions may come before the first element.
    let mut rest = start;
    for _ in 0..64 {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if starts_with_ignoring_case(rest, "<?xml") || starts_with_ignoring_case(rest, "<!doctype") {
            if starts_with_ignoring_case(rest, "<!doctype html") {
                return true;
            }
            ">"
        } else {
            break;
        };
        match rest.find(end) {
            Some(at) => rest = rest[at + end.len()..].trim_start(),
            None => return false,
        }
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name_end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, after) = tag.split_at(name_end);
    after.starts_with(['>', ' ', '\t', '\n', '\r', '/'])
        && FIRST_ELEMENTS.iter().any(|first| name.eq_ignore_ascii_case(first))
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// An object or array whose first member begins as JSON does; `[Photo] Le ministre…` and `{Exclusif} …` do not.
fn looks_like_json(start: &str) -> bool {
    let Some(inner) = start.strip_prefix('{') else {
        let Some(inner) = start.strip_prefix('[') else { return false };
        return inner.trim_start().starts_with('{') && looks_like_json(inner.trim_start());
    };
    let inner = inner.trim_start();
    if inner.starts_with('}') {
        return true;
    }
    let Some(name) = inner.strip_prefix('"') else { return false };
    name.find('"').is_some_and(|end| name[end + 1..].trim_start().starts_with(':'))
}

/// Header fields that only messages have.
const MAIL_FIELDS: [&str; 9] = [
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "x-mailer",
    "list-unsubscribe",
    "dkim-signature",
    "content-transfer-encoding",
];

/// Header fields (RFC 5322) up to a blank line, among them one that only messages have, or their sender and more.
///
/// Where Markdown is expected the sender has to have an address, for its authors write metadata in such lines as well.
fn looks_like_mail(start: &str, is_named_markdown: bool) -> bool {
    let (mut telling, mut from, mut about) = (false, false, false);
    // An mbox separator line may come first.
    let lines =
        start.strip_prefix("From ").map_or(start, |rest| rest.split_once('\n').map_or("", |(_, rest)| rest));
    for line in lines.lines().take(400) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue; // A folded field goes on.
        }
        let Some((name, value)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        telling |= MAIL_FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field));
        from |= name.eq_ignore_ascii_case("from") && (value.contains('@') || !is_named_markdown);
        about |= name.eq_ignore_ascii_case("subject")
            || name.eq_ignore_ascii_case("date")
            || name.eq_ignore_ascii_case("to");
    }
    telling || (from && about)
}

fn has_front_matter(start: &str) -> bool {
    ["---", "+++"].iter().any(|fence| {
        let mut lines = start.lines();
        lines.next().is_some_and(|line| line.trim_end() == *fence)
            && lines.take(200).any(|line| line.trim_end() == *fence)
    })
}

/// Lines of the head that a reader's export begins with.
const READER_HEAD_LINES: usize = 20;

/// Where the Markdown begins below the head of fields that services put there which turn pages into it: `Title: …`,
/// `URL Source: …`, and at last `Markdown Content:`.
pub(crate) fn reader_head(start: &str) -> Option<usize> {
    let mut at = 0;
    for line in start.split_inclusive('\n').take(READER_HEAD_LINES) {
        at += line.len();
        let bare = line.trim();
        if bare.eq_ignore_ascii_case("markdown content:") {
            return Some(at);
        }
        let is_field = bare.split_once(':').is_some_and(|(name, _)| {
            name.split_whitespace().count() <= 3 && name.chars().all(|c| c.is_alphabetic() || c == ' ')
        });
        if !bare.is_empty() && !is_field {
            return None;
        }
    }
    None
}

fn by_media_type(media_type: &str) -> Option<Format> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let is = |name: &str| essence.eq_ignore_ascii_case(name);
    if is("text/html") || is("application/xhtml+xml") {
        Some(Format::Html)
    } else if is("text/markdown") || is("text/x-markdown") {
        Some(Format::Markdown)
    } else if is("message/rfc822") {
        Some(Format::Mail)
    } else if essence.to_ascii_lowercase().ends_with("json") || is("application/x-ndjson") {
        Some(Format::Json)
    } else if is("text/plain") {
        Some(Format::Plain)
    } else {
        None
    }
}

fn by_name(uri: &str) -> Option<Format> {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "html" | "htm" | "xhtml" | "shtml" => Some(Format::Html),
        "md" | "markdown" | "mdown" | "mkd" => Some(Format::Markdown),
        "eml" | "mbox" => Some(Format::Mail),
        "json" | "jsonl" | "ndjson" => Some(Format::Json),
        "txt" | "text" => Some(Format::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_may_begin_with_any_block() {
        for start in ["<dl><dt>", "<li>", "<LI class=a>", "<blockquote>", "<h4>", "<!-- c --> <ol>"] {
            assert!(looks_like_html(start), "{start}");
        }
        for start in ["<lien>", "<i>", "<3 le lac", "< li>", "<dlx>"] {
            assert!(!looks_like_html(start), "{start}");
        }
    }

    fn origin_of(name: &str) -> Origin {
        Origin {
            kind: SourceKind::File,
            name: "test".to_owned(),
            uri: format!("file:///{name}"),
            media_type: None,
            charset: None,
            observed_at: "2026-11-22T00:00:00Z".parse().unwrap(),
            http: None,
        }
    }

    fn of(name: &str, text: &str) -> Format {
        of_text(text, &origin_of(name))
    }

    const SCRAPED: &str = "Le lac a gelé\n\nPar Zoé Lam\nPublié le 3 mars 2026\n\nLe lac a gelé cette nuit, et personne ne \
        l'avait prévu. Le port est fermé – 3 < 5, R&D.\n";

    #[test]
    fn the_bytes_win_over_the_name() {
        for name in ["a.html", "a.htm", "a.md", "a.json", "a.eml", "a.txt", "a"] {
            assert_eq!(of(name, SCRAPED), Format::Plain, "{name}");
            let mail = "From: Zoé Lam <zoe@lac.example>\nDate: Tue, 3 Mar 2026 21:14:00 +0100\nSubject: Le gel\n\nLe lac.\n";
            assert_eq!(of(name, mail), Format::Mail, "{name}");
            let page = "<strong>Le Courrier</strong>\n<h1>Le lac</h1>\n<p>Le lac a gelé.</p><p>Oui.</p>";
            assert_eq!(of(name, page) == Format::Html, name != "a.md", "{name}");
            let markdown =
                "# Le lac\n\nLe port est [fermé](https://lac.example/port).\n\n## La suite\n\nLe vent.\n";
            assert_eq!(of(name, markdown), Format::Markdown, "{name}");
        }
    }

    #[test]
    fn a_name_decides_where_the_bytes_leave_it_open() {
        assert_eq!(of("a.html", "Le lac a gel&eacute;.\n\nOui."), Format::Html);
        assert_eq!(of("a.html", "Le lac<br>a gelé."), Format::Html);
        assert_eq!(of("a.txt", "Le lac a gel&eacute;.\n\nOui."), Format::Plain);
        for text in [
            "# Le lac\n\nOui.",
            "Le lac\n======\n\nOui.",
            "Le *lac* a gelé.",
            "Le lac `a` gelé.",
            "Le lac.\n\n1. Un\n2. Deux\n",
            "Le lac  \na gelé.",
            "---\ntitle: Le lac\n---\nOui.",
            "Le lac.\n\n- Un\n- Deux\n",
        ] {
            assert_eq!(of("a.md", text), Format::Markdown, "{text}");
            assert_ne!(of("a.md", text), of("a.txt", "Le lac a gelé."), "{text}");
        }
        for text in [
            "+ 1 !",
            "- Oui, dit-elle.",
            "8. mars",
            "C:\\lac",
            "5 * 3 = 15 et 2 * 4 = 8",
            "le_lac_gelé",
            "l`été",
        ] {
            assert_eq!(of("a.md", &format!("{SCRAPED}\n{text}\n")), Format::Plain, "{text}");
        }
        // Metadata as authors of Markdown write it.
        let metadata = "From: Le Courrier\nDate: 3 mars 2026\n\n# Le lac\n\nOui.";
        assert_eq!(of("a.md", metadata), Format::Markdown);
    }

    #[test]
    fn the_content_of_an_item_is_what_its_feed_says() {
        let summary = "Le lac a gelé\ncette nuit, et personne ne l'avait prévu.";
        let origin = |kind| Origin { kind, media_type: Some("text/html".to_owned()), ..origin_of("a") };
        assert_eq!(of_text(summary, &origin(SourceKind::Feed)), Format::Html);
        assert_eq!(of_text(summary, &origin(SourceKind::Push)), Format::Plain);
    }

    #[test]
    fn what_holds_no_article_is_named() {
        for value in ["null", " true\n", "\"Le lac\"", "3.5", "[]"] {
            assert_eq!(of("a.json", value), Format::Json, "{value}");
        }
        assert_eq!(of("a.txt", "null"), Format::Plain);
        let sheet = "body { margin: 0; color: #333 }\n.lac a:hover { font-size: 12px; }\n";
        assert_eq!(of("a.txt", sheet), Format::Code("a style sheet (CSS)"));
        assert_eq!(of("a.txt", "body{color:red}"), Format::Code("a style sheet (CSS)"));
        assert_eq!(of("a.txt", "function a(){return b(1)}"), Format::Code("a script or bare data"));
    }

    #[test]
    fn bytes_with_many_controls_are_no_text() {
        let with_controls = |letters: usize| [vec![b'a'; letters], vec![1]].concat().repeat(50);
        assert!(matches!(refuse_binary(&with_controls(10)), Err(ParseError::UnsupportedFormat(..))));
        assert!(matches!(refuse_binary(&with_controls(13)), Err(ParseError::UnsupportedFormat(..))));
        // A text that a printer or a terminal left its marks in.
        assert!(refuse_binary(&with_controls(40)).is_ok());
    }

    #[test]
    fn the_head_of_a_reader_ends_where_markdown_begins() {
        let head = "Title: Le lac\n\nURL Source: https://lac.example\n\nMarkdown Content:\n";
        assert_eq!(reader_head(&format!("{head}Le vent.")), Some(head.len()));
        for other in ["Title: Le lac\n\nLe vent est tombé.\n\nMarkdown Content:\n", "Markdown: le lac\n", ""]
        {
            assert_eq!(reader_head(other), None);
        }
    }
}
