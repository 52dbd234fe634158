//! Which characters are letters: what Unicode says, quicker for the commonest ones.

/// [`char::is_alphabetic`].
pub(crate) fn is_letter(c: char) -> bool {
    of_common(c).unwrap_or_else(|| c.is_alphabetic())
}

/// [`char::is_alphanumeric`].
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_digit() || of_common(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether a character is of the scripts of China, Japan and Korea, which set few spaces and have no capitals.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Whether a character is a letter, where it is one or plainly none of the commonest scripts; Unicode's tables take some
/// fifty instructions to tell.
fn of_common(c: char) -> Option<bool> {
    match c {
        // Latin, without the signs for multiplication and division; Cyrillic; Han; Hangul.
        'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | 'Ѐ'..='ҁ' | '一'..='鿿' | '가'..='힣' => {
            Some(true)
        }
        // ASCII, the first signs of Latin-1, general punctuation.
        '\0'..='©' | '‐'..='⁞' => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_unicode_says() {
        let differing: Vec<char> = ('\0'..=char::MAX)
            .filter(|c| is_letter(*c) != c.is_alphabetic() || is_letter_or_digit(*c) != c.is_alphanumeric())
            .collect();
        assert!(differing.is_empty(), "{differing:?}");
    }
}
