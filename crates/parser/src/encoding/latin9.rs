//! Whether bytes that look like windows-1252 are ISO-8859-15, which the detector does not know: it has `œ`, `Œ`, `Ÿ` and the
//! euro sign where windows-1252 has fractions and the general sign of currencies.

/// Whether Western text that is neither UTF-8 nor declared is in ISO-8859-15.
///
/// Sure are `½` inside a word (*c½ur*) and `¤` at a number. A fraction by itself, an accent that windows-1252 has where this one
/// has letters of Finnish, and any byte that means nothing in ISO charsets speak against it.
pub(super) fn is_latin9(bytes: &[u8]) -> bool {
    let mut witnesses = 0;
    for (at, byte) in bytes.iter().copied().enumerate() {
        if byte < 0x80 {
            continue;
        }
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        match byte {
            0xa4 if ends_in_number(before) || begins_with_number(after) => witnesses += 1,
            0xbc..=0xbe if is_in_word(before, after) => witnesses += 1,
            0x80..=0x9f | 0xa6 | 0xa8 | 0xb4 | 0xb8 | 0xbc..=0xbe => return false,
            _ => {}
        }
    }
    witnesses > 0
}

/// Whether a letter stands between other letters, or at the beginning of a French word of those that `œ` begins.
fn is_in_word(before: &[u8], after: &[u8]) -> bool {
    let follows = after.first().is_some_and(|byte| is_letter(*byte));
    let precedes = before.last().is_some_and(|byte| is_letter(*byte) || *byte == b'\'');
    let begins = [&b"uvr"[..], b"uf", b"ufs", b"il", b"illet"].iter().any(|rest| {
        after.get(..rest.len()).is_some_and(|start| start.eq_ignore_ascii_case(rest))
            && (*rest == b"uvr" || after.get(rest.len()).is_none_or(|byte| !is_letter(*byte)))
    });
    let is_free = before.last().is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80);
    follows && precedes || is_free && begins
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0xc0
}

fn ends_in_number(before: &[u8]) -> bool {
    let without_space = before.strip_suffix(b" ").or_else(|| before.strip_suffix(b"\xa0")).unwrap_or(before);
    without_space.last().is_some_and(u8::is_ascii_digit)
}

fn begins_with_number(after: &[u8]) -> bool {
    let without_space = after.strip_prefix(b" ").or_else(|| after.strip_prefix(b"\xa0")).unwrap_or(after);
    without_space.first().is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        Encoding, ISO_8859_2, ISO_8859_15, MACINTOSH, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254,
    };

    use super::*;
    use crate::encoding::decode;

    fn bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn signs_that_windows_has_elsewhere_tell() {
        for text in [
            "Au c\u{153}ur de l'été, la s\u{153}ur du maire a déjà voté.",
            "Un hors-d'\u{153}uvre, l'\u{153}il déjà fermé.",
            "Les \u{152}uvres complètes, un \u{153}uf et un \u{153}il après l'été.",
            "Le pont a coûté 10 millions, soit 12 € par élève et 3\u{a0}€ par an, là-bas.",
            "Die Brücke kostete 1500€ für jeden, größer als früher.",
            "De brug kostte € 1.500, zei de burgemeester van Coëvorden.",
            "El puente costó 12 € más que el año pasado, según el señor Muñoz.",
            "Il ponte è costato 12 € in più, perché così è la città.",
            "A ponte custou 12 € a mais, então não há solução.",
        ] {
            let written = bytes(ISO_8859_15, text);
            let decoded = decode(&written, None);
            assert_eq!((decoded.charset.as_str(), decoded.text.as_ref()), ("iso-8859-15", text));
        }
    }

    #[test]
    fn other_charsets_are_none() {
        for (encoding, text) in [
            (WINDOWS_1252, "Au c\u{153}ur de l'été, 12 € par élève, déjà."),
            (WINDOWS_1252, "2½ heures après, ½ litre d'été, 3¼ de plus là-bas, déjà."),
            (WINDOWS_1252, "Add ½cup of crème fraîche, then ½ teaspoon of sugar to the purée."),
            (WINDOWS_1252, "L\u{b4}été 12 ¤ déjà, c\u{b4}était là."),
            (WINDOWS_1252, "L'été a été très chaud, déjà."),
            (WINDOWS_1252, "Le signe ¤ n'est pas à côté."),
            (WINDOWS_1254, "Köprü 12 € tuttu, dedi başkan; çok pahalı."),
            (WINDOWS_1250, "Most stál 12 € víc, řekl starosta; příliš žlutý kůň."),
            (ISO_8859_2, "Žluťoučký kůň úpěl ďábelské ódy, příliš žlutý."),
            (MACINTOSH, "L'été, § 12 : déjà à côté."),
        ] {
            assert!(!is_latin9(&bytes(encoding, text)), "{text}");
        }
    }
}
