//! The words of texts: what they stand for in the source, and with their white space folded.

use std::borrow::Cow;

use memchr::memchr;

use crate::encoding::without_controls;

/// Resolves character references, and takes out what no text shows.
pub(in crate::html) fn decode(raw: &str) -> Cow<'_, str> {
    let is_escaped = memchr(b'&', raw.as_bytes()).is_some();
    without_controls(if is_escaped { htmlize::unescape(raw) } else { raw.into() })
}

/// Appends `text` with every run of white space as one space, and none at the start of `out`.
pub(in crate::html) fn push_folded(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let begins_space = |at: usize| bytes.get(at).is_some_and(|byte| SPACE_BEGINS[usize::from(*byte)]);
    // Words with one space between them, as most are written, go over together.
    let mut kept = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !begins_space(at) || (at > kept && bytes[at] == b' ' && !begins_space(at + 1)) {
            at += 1;
            continue;
        }
        let after = text.len() - text[at..].trim_start_matches(is_space).len();
        if after == at {
            // Another character that begins with the same byte.
            at += 1;
            continue;
        }
        out.push_str(&text[kept..at]);
        if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        (kept, at) = (after, after);
    }
    out.push_str(&text[kept..]);
}

/// [`push_folded`] of what a text in the source stands for ([`decode`]). Nearly all of it stands for itself, which one look
/// at each byte tells.
pub(in crate::html) fn push_decoded(out: &mut String, raw: &str) {
    let bytes = raw.as_bytes();
    let mut kept = 0;
    let mut at = 0;
    let mut before = SPACE;
    while let Some(byte) = bytes.get(at) {
        let kind = KINDS[usize::from(*byte)];
        // A space between two words goes over like their letters: no branch has to be told beforehand where words end.
        if kind & (before | BREAK | OTHER) == 0 {
            before = kind;
            at += 1;
        } else if kind == OTHER && stands_for_itself(bytes, at) {
            before = 0;
            at += 1;
        } else if kind == OTHER {
            out.push_str(&raw[kept..at]);
            push_folded(out, &decode(&raw[at..]));
            return;
        } else {
            out.push_str(&raw[kept..at]);
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            (kept, before) = (at, 0);
        }
    }
    out.push_str(&raw[kept..]);
}

/// What bytes of the source are to [`push_decoded`], beside those of words: a space, other white space of ASCII, and what may
/// begin a character reference, or a character that no text shows or that is white space.
const SPACE: u8 = 1;
const BREAK: u8 = 2;
const OTHER: u8 = 4;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b' ' => SPACE,
            b'\t' | b'\n' | b'\r' | b'\x0c' => BREAK,
            b'&' | 0..0x20 | 0x7f | 0xc2 | 0xe2 | 0xef.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Whether the character that begins at a byte of [`OTHER`] is one that texts show: a quotation mark, a dash, a sign.
fn stands_for_itself(bytes: &[u8], at: usize) -> bool {
    let next = |distance: usize| bytes.get(at + distance).copied().unwrap_or(0);
    match bytes[at] {
        0xc2 => next(1) > 0xa0 && next(1) != 0xad,
        0xe2 => next(1) != 0x80 || !matches!(next(2), 0x8b | 0xa8 | 0xa9),
        _ => false,
    }
}

/// The bytes that characters of [`is_space`] begin with, and others too.
const SPACE_BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let bytes = [b' ', b'\t', b'\n', b'\r', 0x0c, 0xc2, 0xe2, 0xef];
    let mut at = 0;
    while at < bytes.len() {
        begins[bytes[at] as usize] = true;
        at += 1;
    }
    begins
};

/// White space that folds. A no-break space folds too: pages use it as a spacer, and the text of an article does not
/// need it to know where a line may break.
pub(in crate::html) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{a0}' | '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_stands_for_itself_is_what_it_is_decoded_to(
            before in "[a ]{0,2}",
            raw in "[a&é \u{a0}\u{ad}«\u{200b}\u{2019}\u{2028}\u{3000}\u{feff}\u{fb01}\u{1f600}\t\r\n\0;]{0,12}|a &amp;  b&nbsp;c ",
        ) {
            let (mut decoded, mut expected) = (before.clone(), before);
            push_decoded(&mut decoded, &raw);
            push_folded(&mut expected, &decode(&raw));
            prop_assert_eq!(decoded, expected);
        }

        #[test]
        fn folding_is_splitting_and_joining(before in "[a ]{0,2}", text in "[aé \u{a0}\u{200b}\u{2019}\u{2028}\u{feff}\u{fb01}\t\n]{0,12}") {
            let mut folded = before.clone();
            push_folded(&mut folded, &text);
            let mut expected = before;
            for (index, word) in text.split(is_space).enumerate() {
                if index > 0 && !expected.is_empty() && !expected.ends_with(' ') {
                    expected.push(' ');
                }
                expected.push_str(word);
            }
            prop_assert_eq!(folded, expected);
        }
    }
}
