//! The first and the last word of a line, where they are told without folding it: most are runs of plain letters.

/// A word of plain letters, in small ones.
pub(super) struct PlainWord {
    letters: [u8; Self::LETTERS_MAX],
    length: usize,
}

impl PlainWord {
    /// Letters of the longest word that is told so.
    const LETTERS_MAX: usize = 32;

    /// The first word of a line.
    pub(super) fn first_of(line: &str) -> Option<Self> {
        Self::of(line.bytes())
    }

    /// The last word of a line.
    pub(super) fn last_of(line: &str) -> Option<Self> {
        let mut word = Self::of(line.bytes().rev())?;
        word.letters[..word.length].reverse();
        Some(word)
    }

    /// The first word of a line, or the last one of a line that is read from its end.
    fn of(line: impl Iterator<Item = u8>) -> Option<Self> {
        // What folding makes more of than the end of a word.
        let is_special = |byte: u8| !byte.is_ascii() || byte.is_ascii_digit() || matches!(byte, b'\'' | b'#');
        let mut word = Self { letters: [0; Self::LETTERS_MAX], length: 0 };
        for byte in line {
            if byte.is_ascii_alphabetic() {
                *word.letters.get_mut(word.length)? = byte.to_ascii_lowercase();
                word.length += 1;
            } else if is_special(byte) {
                return None;
            } else if word.length > 0 {
                break;
            }
        }
        (word.length > 0).then_some(word)
    }

    pub(super) fn letters(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::Folded;

    proptest! {
        #[test]
        fn plain_words_are_those_of_the_folded_line(line in "[a-zA-Z0-9#'’é .,:\u{ad}-]{0,40}") {
            let mut folded = Folded::default();
            folded.fold(&line);
            let words: Vec<&str> = folded.words().collect();
            if let Some(first) = PlainWord::first_of(&line) {
                prop_assert_eq!(first.letters(), words[0].as_bytes());
            }
            if let Some(last) = PlainWord::last_of(&line) {
                prop_assert_eq!(last.letters(), words[words.len() - 1].as_bytes());
            }
        }
    }

    #[test]
    fn a_line_begins_and_ends_with_plain_words() {
        let words = |line| [PlainWord::first_of(line), PlainWord::last_of(line)];
        let [first, last] = words("« Read more about it »".trim_matches(['«', '»']));
        assert_eq!((first.unwrap().letters(), last.unwrap().letters()), (&b"read"[..], &b"it"[..]));
        for line in ["", "…", "l'eau d'été", "3rd of 4", "été passé", &"a".repeat(33)] {
            assert!(words(line).iter().all(Option::is_none), "{line}");
        }
    }
}
