//! From bytes to text: which charset, and what of the decoded text is no text.
//!
//! The order is byte order mark, valid UTF-8, what HTTP says, what the document declares, what its bytes look
//! like. A declaration that the bytes contradict is passed over.

mod composed;
mod contradicted;
mod latin9;
mod mac;
mod twice;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decoded text and the charset it was in.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// WHATWG name of the charset, in lower case.
    pub(crate) charset: String,
    /// What the text may have suffered.
    pub(crate) doubt: Option<Doubt>,
}

/// Why a text may not read as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Bytes that are nothing in its charset were replaced.
    Damaged,
    /// It was encoded as UTF-8 twice, and read as if once.
    Twice,
    /// Nothing says its charset, or wrongly: it was told by the looks of the bytes.
    Guessed,
}

impl Decoded<'_> {
    /// The same without what [`without_controls`] takes out, and with accents joined to their letters.
    pub(crate) fn without_controls(self) -> Self {
        Self { text: composed::composed(without_controls(self.text)), ..self }
    }
}

/// Decodes `bytes`, controls and all; text that was encoded twice is repaired. `outside` is the charset that the source declares outside the document, if it does.
pub(crate) fn decode<'a>(bytes: &'a [u8], outside: Option<&str>) -> Decoded<'a> {
    let (encoding, text, doubt) = decode_as(bytes, outside);
    let (text, was_twice) = twice::once(text);
    let doubt = if was_twice { doubt.or(Some(Doubt::Twice)) } else { doubt };
    Decoded { text, charset: encoding.name().to_ascii_lowercase(), doubt }
}

fn decode_as<'a>(bytes: &'a [u8], outside: Option<&str>) -> (&'static Encoding, Cow<'a, str>, Option<Doubt>) {
    let damaged = |had_errors: bool| had_errors.then_some(Doubt::Damaged);
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (encoding, text, damaged(had_errors));
    }
    if let Some(encoding) = utf16_by_zeros(&bytes[..bytes.len().min(HEAD)]) {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        return (encoding, text, damaged(had_errors));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        // ISO-2022-JP is ASCII to the eye; its escape sequences give it away.
        if memchr::memchr(b'\x1b', bytes).is_none() || !text.contains("\x1b$") {
            return (UTF_8, Cow::Borrowed(text), None);
        }
    }
    if is_damaged_utf8(bytes) {
        return (UTF_8, String::from_utf8_lossy(bytes), Some(Doubt::Damaged));
    }
    let declared = [outside.and_then(|label| Encoding::for_label(label.as_bytes())), declared(bytes)];
    for encoding in declared.into_iter().flatten() {
        // The bytes are not UTF-8 and have no zeros: whoever declares UTF-8 or UTF-16 is wrong.
        if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
            continue;
        }
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        if !had_errors {
            if let Some(other) = contradicted::by_another(bytes, encoding, &text) {
                return (other, other.decode_without_bom_handling(bytes).0, Some(Doubt::Guessed));
            }
            return (encoding, text, None);
        }
    }
    let seen = &bytes[..bytes.len().min(DETECTED)];
    if mac::is_mac_roman(seen) {
        return (MACINTOSH, MACINTOSH.decode_without_bom_handling(bytes).0, Some(Doubt::Guessed));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(seen, true);
    let mut encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == WINDOWS_1252 && latin9::is_latin9(bytes) {
        encoding = ISO_8859_15;
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (encoding, text, Some(Doubt::Guessed))
}

/// Bytes within which a declaration is looked for. The HTML standard asks for 1024; pages are less tidy.
const HEAD: usize = 4096;

/// Bytes that the detector sees. Its verdict settles long before, and it is the slowest step here.
const DETECTED: usize = 1 << 18;

/// UTF-16 without a byte order mark, told by the zero bytes that Latin letters have in it.
pub(crate) fn utf16_by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 8 || !head.contains(&0) {
        return None;
    }
    let zeros_at = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros_at(0), zeros_at(1)) {
        (even, odd) if odd * 10 >= pairs * 6 && even * 20 <= pairs => Some(UTF_16LE),
        (even, odd) if even * 10 >= pairs * 6 && odd * 20 <= pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether this is UTF-8 that lost a few bytes on its way: many whole sequences for each broken one. In another
/// charset two bytes that happen to form a sequence are rare, and single bytes that break one are the rule.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        // Every character past ASCII has one lead byte.
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken * 4 && broken > 0
}

/// The charset that the document declares for itself: `<meta charset>`, `<meta http-equiv>`, an XML declaration
/// or a style sheet's like; all are written in ASCII as `charset=` or `encoding=`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if !head.contains(&b'<') {
        return None;
    }
    let head = head.to_ascii_lowercase();
    [&b"charset"[..], &b"encoding"[..]].iter().find_map(|key| {
        let mut rest = &head[..];
        while let Some(at) = rest.windows(key.len()).position(|window| window == *key) {
            rest = &rest[at + key.len()..];
            let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value.iter().position(|byte| !byte.is_ascii_graphic() || b"\"';/>?".contains(byte));
            if let Some(encoding) = Encoding::for_label(&value[..end.unwrap_or(value.len())]) {
                return Some(encoding);
            }
        }
        None
    })
}

/// Takes out what no text shows (C0 and C1 controls, soft hyphens, zero-width spaces, byte order marks and noncharacters in
/// the middle) and makes every line break a line feed. Text without any of these, nearly all there is, is passed through.
pub(crate) fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    if next_candidate(text.as_bytes(), 0).is_none() {
        return text;
    }
    // What stays is copied in runs: pages with carriage returns are long, and have little else to take out.
    let mut clean = String::with_capacity(text.len());
    let mut kept = 0;
    let mut from = 0;
    while let Some(at) = next_candidate(text.as_bytes(), from) {
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        let Some(c) = c.filter(|c| is_control_or_break(*c)) else {
            from = at + 1;
            continue;
        };
        clean.push_str(&text[kept..at]);
        from = at + c.len_utf8();
        kept = from;
        match c {
            '\r' if text.as_bytes().get(from) == Some(&b'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            _ => {}
        }
    }
    clean.push_str(&text[kept..]);
    Cow::Owned(clean)
}

/// The next byte that may begin a character to take out. Quotation marks and no-break spaces share their lead bytes
/// with what goes, so the bytes that follow are looked at too.
fn next_candidate(bytes: &[u8], from: usize) -> Option<usize> {
    let found = |from: usize, stretch: &[u8]| {
        let leads = stretch.iter().enumerate().filter(|(_, byte)| IS_LEAD[usize::from(**byte)]);
        leads.map(|(at, _)| from + at).find(|at| may_hold_control(bytes, *at))
    };
    // Most stretches hold none, which a whole vector of bytes tells at once.
    let (stretches, rest) = bytes[from..].as_chunks::<32>();
    for (at, stretch) in stretches.iter().enumerate() {
        if stretch.iter().fold(false, |any, byte| any | is_lead(*byte))
            && let Some(found) = found(from + 32 * at, stretch)
        {
            return Some(found);
        }
    }
    found(bytes.len() - rest.len(), rest)
}

#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches the compiler tells a whole vector at once"
)]
const fn is_lead(byte: u8) -> bool {
    (byte < 32) & (byte != 9) & (byte != 10)
        | (byte == 127)
        | (byte == 0xc2)
        | (byte == 0xe2)
        | (byte >= 0xef)
}

/// [`is_lead`] of each byte, for stretches that fill no vector.
const IS_LEAD: [bool; 256] = {
    let mut leads = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        leads[byte] = is_lead(byte as u8);
        byte += 1;
    }
    leads
};

/// Whether the character that begins at this byte may be one to take out.
fn may_hold_control(bytes: &[u8], at: usize) -> bool {
    let next = |at: usize| bytes.get(at).copied().unwrap_or(0);
    match bytes[at] {
        0xc2 => next(at + 1) < 0xa0 || next(at + 1) == 0xad,
        0xe2 => next(at + 1) == 0x80 && matches!(next(at + 2), 0x8b | 0xa8 | 0xa9),
        0xef => matches!(next(at + 1), 0xb7 | 0xbb | 0xbf),
        _ => true,
    }
}

fn is_control_or_break(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{feff}' => true,
        _ => c as u32 & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bytes: &[u8], outside: Option<&str>, expected: (&str, &str)) {
        let decoded = decode(bytes, outside).without_controls();
        assert_eq!((decoded.charset.as_str(), decoded.text.as_ref()), expected);
    }

    #[test]
    fn marks_win() {
        check(b"\xef\xbb\xbfd\xc3\xa9j\xc3\xa0", Some("windows-1252"), ("utf-8", "déjà"));
        check(b"\xff\xfed\0\xe9\0j\0\xe0\0", None, ("utf-16le", "déjà"));
        check(b"\xfe\xff\0d\0\xe9\0j\0\xe0", Some("utf-8"), ("utf-16be", "déjà"));
    }

    #[test]
    fn valid_utf8_beats_every_declaration() {
        check(
            "<meta charset=iso-8859-1>déjà".as_bytes(),
            Some("latin1"),
            ("utf-8", "<meta charset=iso-8859-1>déjà"),
        );
    }

    #[test]
    fn http_then_the_document_then_the_bytes() {
        check(b"a\xb3a", Some("iso-8859-2"), ("iso-8859-2", "ała"));
        check(b"<meta charset='iso-8859-2'>a\xb3a", None, ("iso-8859-2", "<meta charset='iso-8859-2'>ała"));
        let xml = b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>a\xb3a";
        check(xml, None, ("iso-8859-2", "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>ała"));
        let detected = decode(b"L'\xe9t\xe9 a \xe9t\xe9 tr\xe8s chaud, d\xe9j\xe0 \x80 10 d'eau.", None);
        assert_eq!(detected.charset, "windows-1252");
        assert_eq!(detected.text, "L'été a été très chaud, déjà € 10 d'eau.");
    }

    #[test]
    fn a_declaration_that_cannot_be_is_passed_over() {
        let latin = b"<meta charset=utf-8> L'\xe9t\xe9 a \xe9t\xe9 tr\xe8s chaud";
        check(latin, Some("utf-8"), ("windows-1252", "<meta charset=utf-8> L'été a été très chaud"));
        check(b"Fran\xe7ais et d\xe9j\xe0 vu", Some("utf-16"), ("windows-1252", "Français et déjà vu"));
    }

    #[test]
    fn what_is_uncertain_is_told() {
        let doubt = |bytes| decode(bytes, None).doubt;
        assert_eq!(doubt("déjà".as_bytes()), None);
        assert_eq!(doubt(b"<meta charset='iso-8859-2'>a\xb3a"), None);
        assert_eq!(doubt(b"d\xc3\xa9j\xc3\xa0, d\xc3\xa9j\xc3\xa0 \xc3"), Some(Doubt::Damaged));
        assert_eq!(doubt(b"L'\xe9t\xe9 a \xe9t\xe9 tr\xe8s chaud"), Some(Doubt::Guessed));
    }

    #[test]
    fn utf8_that_lost_a_byte_stays_utf8() {
        check(b"\xc3\xa9t\xc3\xa9, d\xc3\xa9j\xc3\xa0 \xc3", None, ("utf-8", "été, déjà \u{fffd}"));
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let bytes: Vec<u8> = "Un texte assez long.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&bytes, None, ("utf-16le", "Un texte assez long."));
    }

    #[test]
    fn controls_go_and_breaks_are_line_feeds() {
        check(b"a\0b\x07\r\nc\rd\x0be\x7f\t", None, ("utf-8", "ab\nc\nd\ne\t"));
        check("« été »\u{a0}: l’an\u{2028}\u{feff}2".as_bytes(), None, ("utf-8", "« été »\u{a0}: l’an\n2"));
        check("dé\u{ad}jà\u{200b} vu\u{200d}".as_bytes(), None, ("utf-8", "déjà vu\u{200d}"));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes: Vec<u8>, outside in proptest::option::of("[a-z0-9-]{0,12}")) {
            let decoded = decode(&bytes, outside.as_deref()).without_controls();
            prop_assert!(!decoded.text.contains(is_control_or_break));
        }
    }
}
