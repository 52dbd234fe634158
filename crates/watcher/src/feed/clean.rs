//! Feeds as they should have been sent: one encoding, no characters that XML forbids, no entities that only HTML has.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// The text of a feed.
///
/// The encoding is, in this order: that of a byte order mark; UTF-8, if the bytes are valid in it; the one that HTTP
/// declares; the one that the XML declaration names; the one that the bytes look like. Servers declare charsets
/// without looking, and bytes beyond ASCII are not valid UTF-8 by chance.
pub(super) fn text(body: &[u8], declared: Option<&str>) -> String {
    let decoded = match Encoding::for_bom(body) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&body[length..]).0,
        None => match std::str::from_utf8(body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => encoding(body, declared).decode_without_bom_handling(body).0,
        },
    };
    let text = decoded.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if text.starts_with('{') {
        return text.to_owned();
    }
    well_formed(without_declaration(text))
}

fn encoding(body: &[u8], declared: Option<&str>) -> &'static Encoding {
    let named =
        declared.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| in_declaration(body));
    // UTF-8 was tried; who names it is wrong.
    named.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(body, true);
        detector.guess(None, Utf8Detection::Deny)
    })
}

/// The encoding that an XML declaration names.
fn in_declaration(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&body[..body.len().min(200)]);
    let (declaration, _) = head.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// The text is Unicode by now, so a declaration that names an encoding is wrong.
fn without_declaration(text: &str) -> &str {
    match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((declaration, rest)) if !declaration.contains('<') => rest.trim_start(),
        _ => text,
    }
}

/// Takes out what XML 1.0 forbids, and writes ampersands and entities of HTML so that an XML reader reads them.
fn well_formed(text: &str) -> String {
    let mut clean = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '&' || c == '<' || is_forbidden(c)) {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(section) = rest.strip_prefix("<![CDATA[") {
            // In there an ampersand is one.
            let end = section.find("]]>").map_or(rest.len(), |end| "<![CDATA[".len() + end + "]]>".len());
            clean.extend(rest[..end].chars().filter(|c| !is_forbidden(*c)));
            rest = &rest[end..];
        } else if rest.starts_with('&') {
            rest = push_reference(&mut clean, rest);
        } else {
            let c = rest.chars().next().unwrap_or_default();
            if !is_forbidden(c) {
                clean.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    clean.push_str(rest);
    clean
}

/// The longest name of an entity of HTML has 31 characters.
const REFERENCE_CHARS_MAX: usize = 33;

/// Pushes the reference at the beginning of `rest` as XML can read it; returns what comes after.
fn push_reference<'a>(clean: &mut String, rest: &'a str) -> &'a str {
    let end = rest
        .char_indices()
        .take(REFERENCE_CHARS_MAX)
        .skip(1)
        .find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '#')
        .filter(|(at, c)| *c == ';' && *at > 1);
    let Some((end, _)) = end else {
        clean.push_str("&amp;");
        return &rest[1..];
    };
    let (reference, after) = rest.split_at(end + 1);
    let name = &reference[1..end];
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        clean.push_str(reference);
        return after;
    }
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        match code.ok().and_then(char::from_u32) {
            // Escaped as it was: it may be markup.
            Some(c) if !is_forbidden(c) => {
                clean.push_str("&#");
                clean.push_str(&u32::from(c).to_string());
                clean.push(';');
            }
            _ => {}
        }
        return after;
    }
    let unescaped = htmlize::unescape(reference);
    if unescaped == reference {
        clean.push_str("&amp;");
        return &rest[1..];
    }
    for c in unescaped.chars() {
        match c {
            '&' => clean.push_str("&amp;"),
            '<' => clean.push_str("&lt;"),
            c => clean.push(c),
        }
    }
    after
}

/// Whether XML 1.0 forbids a character (2.2).
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(body: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(text(body, declared), expected, "{:?}", String::from_utf8_lossy(body));
    }

    #[test]
    fn bytes_are_read_in_the_encoding_that_they_have() {
        check("\u{feff}<a>é</a>".as_bytes(), Some("iso-8859-1"), "<a>é</a>");
        check("<a>é</a>".as_bytes(), Some("iso-8859-1"), "<a>é</a>");
        check(b"<a>\xe9</a>", Some("iso-8859-15"), "<a>é</a>");
        check(b"<?xml version='1.0' encoding='windows-1252'?>\n<a>\x93\xe9\x94</a>", None, "<a>“é”</a>");
        check(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>d\xe9j\xe0 vu</a>",
            Some("utf-8"),
            "<a>déjà vu</a>",
        );
        let utf16: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, None, "<a>é</a>");
    }

    #[test]
    fn what_xml_forbids_is_taken_out() {
        check(b"\n\n  <?xml version='1.0'?><a>x\x00\x0b\x1fy</a>", None, "<a>xy</a>");
        check(b"<a>&#x1F;&#0;&#xD800;&#233;</a>", None, "<a>&#233;</a>");
        check(b"<a><![CDATA[a & b \x02 &nbsp; ]]></a>", None, "<a><![CDATA[a & b  &nbsp; ]]></a>");
    }

    #[test]
    fn ampersands_are_made_readable() {
        check(
            "<a>R&D & Cie &eacute;&nbsp;&lt;&amp;</a>".as_bytes(),
            None,
            "<a>R&amp;D &amp; Cie é\u{a0}&lt;&amp;</a>",
        );
        check("<a href='?a=1&b=2&copy;'>".as_bytes(), None, "<a href='?a=1&amp;b=2©'>");
        check("<a>&unknown; &".as_bytes(), None, "<a>&amp;unknown; &amp;");
    }

    #[test]
    fn json_is_left_as_it_is() {
        check(b" {\"title\": \"R&D\"}", None, "{\"title\": \"R&D\"}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let text = text(&body, None);
            let forbidden = text.starts_with('<') && text.contains(is_forbidden);
            prop_assert!(!forbidden);
        }
    }
}
