//! Letters and their accents as one character (NFC), where a text has them apart: so macOS names files, and some editors write.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text with each letter and the accents behind it composed. Signs stay as they are: what composes with `<` or `=` is no
/// accent of theirs in a page.
pub(super) fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    if next_accent(text.as_bytes(), 0).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    while let Some(at) = next_accent(text.as_bytes(), kept) {
        let letter = text[kept..at].chars().next_back().filter(|c| c.is_alphabetic());
        let start = at - letter.map_or(0, char::len_utf8);
        let marks = text[at..].find(|c: char| !is_combining_mark(c)).unwrap_or(text.len() - at).max(1);
        let end = text.ceil_char_boundary(at + marks);
        out.push_str(&text[kept..start]);
        if letter.is_some() {
            out.extend(text[start..end].nfc());
        } else {
            out.push_str(&text[start..end]);
        }
        kept = end;
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// The next byte from `from` on that begins a combining accent (U+0300 to U+036F), which are `CC 80` to `CD AF`.
fn next_accent(bytes: &[u8], from: usize) -> Option<usize> {
    let is_accent = |at: &usize| {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        bytes[*at] == 0xcc || (0x80..=0xaf).contains(&next)
    };
    memchr::memchr2_iter(0xcc, 0xcd, &bytes[from..]).map(|at| from + at).find(is_accent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(composed(text.into()), expected, "{text:?}");
    }

    #[test]
    fn accents_join_their_letters() {
        check("Publie\u{301} a\u{300} Bo\u{308}blingen", "Publié à Böblingen");
        check("ệ\u{301}e\u{323}\u{302}", "ệ\u{301}ệ");
        check("C\u{327}a", "Ça");
        check("<p>\u{338}a =\u{338} \u{301}", "<p>\u{338}a =\u{338} \u{301}");
        check("déjà vu", "déjà vu");
        check("\u{301}", "\u{301}");
    }

    proptest! {
        #[test]
        fn composing_twice_changes_nothing(text in "[a-zé\u{300}-\u{308}\u{338}< ]{0,30}|.*") {
            let once = composed(text.as_str().into()).into_owned();
            prop_assert_eq!(composed(once.as_str().into()), once.as_str());
        }
    }
}
