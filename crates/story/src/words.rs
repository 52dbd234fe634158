//! A text as a stream of word hashes that typography does not change.
//!
//! Letters lose their case and their marks, apostrophes, hyphens, quotation marks and all kinds of space only part
//! words, invisible characters are not there: *L’État* set by one outlet is *l'Etat* set by another. In scripts that
//! write words without spaces each character is a word.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Multiplier of the word hash: an odd number without pattern (2^64 divided by the golden ratio).
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Calls `each` with every word of `text`, folded.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(Word)) {
    let mut word = Word::EMPTY;
    let mut end = |word: &mut Word| {
        if word.letters > 0 {
            each(std::mem::replace(word, Word::EMPTY));
        }
    };
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => word.push(c),
            'A'..='Z' => word.push(c.to_ascii_lowercase()),
            '\0'..='\x7f' | '’' | '«' | '»' | '\u{a0}' | '\u{202f}' => end(&mut word),
            'à' | 'â' | 'À' | 'Â' => word.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => word.push('e'),
            'î' | 'ï' | 'Î' => word.push('i'),
            'ô' | 'Ô' => word.push('o'),
            'ù' | 'û' | 'ü' => word.push('u'),
            'ç' | 'Ç' => word.push('c'),
            // A soft hyphen and the zero-width characters are inside words, and nobody sees them.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
            _ if is_combining_mark(c) => {}
            _ if is_word_by_itself(c) => {
                end(&mut word);
                word.push(c);
                end(&mut word);
            }
            'œ' | 'Œ' => "oe".chars().for_each(|c| word.push(c)),
            'æ' | 'Æ' => "ae".chars().for_each(|c| word.push(c)),
            'ß' => "ss".chars().for_each(|c| word.push(c)),
            _ if c.is_alphanumeric() => decompose_compatible(c, |part| {
                if part.is_alphanumeric() && !is_combining_mark(part) {
                    part.to_lowercase().for_each(|lower| word.push(lower));
                }
            }),
            _ => end(&mut word),
        }
    }
    end(&mut word);
}

/// A folded word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Hash of all its letters.
    pub(crate) hash: u64,
    /// Hash of its first letters alone: *délocalise* and *délocalisation* have the same, which serves as a stem in
    /// any language that changes the ends of its words.
    pub(crate) stem: u64,
    /// How many letters and digits it has.
    pub(crate) letters: u32,
    /// Whether a letter is among them.
    pub(crate) has_letter: bool,
}

/// Letters that [`Word::stem`] is made of.
const STEM: u32 = 6;

impl Word {
    const EMPTY: Self = Self { hash: 0, stem: 0, letters: 0, has_letter: false };

    fn push(&mut self, c: char) {
        self.hash = (self.hash ^ u64::from(c)).wrapping_mul(MULTIPLIER).rotate_left(26);
        if self.letters < STEM {
            self.stem = self.hash;
        }
        self.letters += 1;
        self.has_letter |= !c.is_numeric();
    }
}

/// Whether `c` belongs to a script that writes words without spaces.
fn is_word_by_itself(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // kana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

/// Spreads the bits of a hash (finalizer of `MurmurHash3`).
pub(crate) fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

/// A hash of a text's words that typography does not change; `None` when it has none.
pub(crate) fn folded(text: &str) -> Option<u64> {
    let mut hash = 0u64;
    let mut words = 0;
    each_word(text, |word| {
        hash = mix(hash.rotate_left(5) ^ word.hash);
        words += 1;
    });
    (words > 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn words(text: &str) -> Vec<u64> {
        let mut words = Vec::new();
        each_word(text, |word| words.push(word.hash));
        words
    }

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        assert_eq!(words(one) == words(other), same, "{one:?} and {other:?}");
    }

    #[test]
    fn typography_does_not_matter() {
        check("L’État, à 40\u{a0}% : « Déjà »…", "l'Etat a 40 % - \"deja\"", true);
        check("États-Unis", "ETATS UNIS", true);
        check("cœur", "COEUR", true);
        check("im\u{ad}por\u{200b}tant", "important", true);
        check("e\u{301}te\u{301}", "été", true);
        check("Ősz Łódź", "osz łodz", true);
        check("40 %", "41 %", false);
        check("un deux", "deux un", false);
    }

    #[test]
    fn a_script_without_spaces_has_a_word_a_character() {
        assert_eq!(words("富士康宣布").len(), 5);
    }

    #[test]
    fn a_stem_outlives_the_ending() {
        let mut stems = Vec::new();
        each_word("délocalise délocalisation déluge", |word| stems.push(word.stem));
        assert_eq!(stems[0], stems[1]);
        assert_ne!(stems[0], stems[2]);
    }

    proptest! {
        #[test]
        fn composition_does_not_matter(text in "[a-zA-Zàéîôüçñ ’'-]{0,40}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(words(&text), words(&apart));
        }

        #[test]
        fn any_text_has_words_or_none(text in ".*") {
            prop_assert_eq!(words(&text).is_empty(), folded(&text).is_none());
        }
    }
}
