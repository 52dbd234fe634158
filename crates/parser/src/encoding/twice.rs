//! Text that was made UTF-8 twice: its bytes were taken for Windows-1252 on the way, and encoded once more ("Ã©" for "é").

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Sequences that a text has at least where it was encoded twice.
const SEQUENCES_MIN: usize = 3;

/// Of the characters past ASCII so many in ten are of such sequences; a text that is right has others, and may quote one.
const SHARE_MIN: usize = 8;

/// What the lead bytes of UTF-8 read as in Windows-1252, for characters up to U+07FF and for those of three bytes that texts
/// in Latin letters have (quotation marks, dashes, the euro sign).
const LEADS: [char; 4] = ['Ã', 'Â', 'Å', 'â'];

/// The text as it was written, where it is beyond doubt that it was encoded twice.
pub(super) fn repaired(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // A lead, and what may follow it: most texts have none of these pairs.
    let may_begin = |at: &usize| match bytes.get(at + 1..) {
        Some([0xa2, 0xe2, 0x82, 0xac, ..] | [0x83, b' ', ..]) => true,
        Some([0x82 | 0x83 | 0x85, next, ..]) => *next >= 0xc2,
        _ => false,
    };
    if memchr::memchr_iter(0xc3, bytes).filter(may_begin).take(SEQUENCES_MIN).count() < SEQUENCES_MIN {
        return None;
    }
    let (mut sequences, mut within, mut beyond_ascii) = (0, 0, 0);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii() {
            let end = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if let Some((meant, length)) = sequence(rest) {
            sequences += 1;
            within += rest[..length].chars().filter(|c| !c.is_ascii()).count();
            out.push(meant);
            rest = &rest[length..];
        } else {
            beyond_ascii += 1;
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (sequences >= SEQUENCES_MIN && within * 10 >= (within + beyond_ascii) * SHARE_MIN).then_some(out)
}

/// The character that the first characters of a text stand for, and how many bytes they have.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut characters = text.char_indices();
    let (_, lead) = characters.next().filter(|(_, c)| LEADS.contains(c))?;
    let length = if lead == 'â' { 3 } else { 2 };
    let mut bytes = [0; 3];
    bytes[0] = byte_of(lead)?;
    let mut end = lead.len_utf8();
    for slot in &mut bytes[1..length] {
        let (at, c) = characters.next()?;
        *slot = byte_of(c).or_else(|| (lead == 'Ã' && c == ' ').then_some(0xa0))?;
        end = at + c.len_utf8();
        if lead == 'Ã' && c == ' ' {
            // A no-break space that became a space: "Ã la" for "à la", where that was the space between the words as well.
            let is_double = text[end..].starts_with(' ');
            return Some(('à', if is_double { end } else { at }));
        }
    }
    let meant = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    (!meant.is_control()).then_some((meant, end))
}

/// The byte that a character is in Windows-1252; the five that are nothing there are controls.
fn byte_of(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (0x80..=0xff) if !matches!(code, 0x80..=0x9f) => u8::try_from(code).ok(),
        code @ (0x81 | 0x8d | 0x8f | 0x90 | 0x9d) => u8::try_from(code).ok(),
        0x100.. => {
            let mut buffer = [0; 4];
            let (bytes, _, had_errors) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            match *bytes {
                [byte] if !had_errors => Some(byte),
                _ => None,
            }
        }
        _ => None,
    }
}

/// [`repaired`], or the text as it is.
pub(super) fn once(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    match repaired(&text) {
        Some(text) => (Cow::Owned(text), true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn twice(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_repaired() {
        for text in [
            "L’été a été très chaud à Holm, où l’eau manque : « déjà », dit-elle.",
            "Größere Schäden gab es nicht – „zum Glück“, sagte die Bürgermeisterin.",
            "La sequía dejó 14 % del embalse; ¿quién pagará los daños del año?",
            "O coração da região não está à venda, diz a associação: “é nosso”.",
            "Perché la città è così? Più di 3 € l’ora… È già tardi.",
            "Cœur, sœur, œuf : ça coûte 3 € — voilà.",
        ] {
            assert_eq!(repaired(&twice(text)).as_deref(), Some(text), "{}", twice(text));
        }
        assert_eq!(repaired("Ã la une Ã©tÃ©").as_deref(), Some("à la une été"));
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "L’été a été très chaud à Holm.",
            "SÃO PAULO – A ÃFRICA E O CORAÇÃO, NÃO, JÁ, Ã, Ã.",
            "Le serveur affichait « Ã© », « Ã¨ » et « Ã  » à la place de é, è et à, a raconté l'ingénieur désolé, très gêné.",
            "Âge, âne, pâte, gâteau, Â, â",
            "Ã©tÃ©",
            "Å, Åse og Øyvind på Ålesund",
        ] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_repaired_or_not(text in "[a-zÃÂâ€™©¨ éè]{0,60}|.*") {
            let _ = repaired(&text);
        }
    }
}
