//! How many words and signs a block has.

use super::Block;
use crate::letters::{is_ideograph, is_letter_or_digit};

/// What a byte is to [`measure`]: a letter or digit, a sign that sets words off, or of a character beyond ASCII.
const LETTER: u32 = 1;
const PUNCTUATION: u32 = LETTER << 1;
const BEYOND: u32 = 4;

const SIGNS: [u32; 256] = {
    let mut signs = [BEYOND; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        signs[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => LETTER,
            b'.' | b',' | b';' | b'!' | b'?' | b':' => PUNCTUATION,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// Bytes that are measured at once: as many as a register of any processor holds.
const STRETCH: usize = 16;

/// Counts the words and the punctuation of a block.
pub(super) fn measure(block: &mut Block, text: &str) {
    let mut counts = Counts::default();
    counts.add(text);
    block.words += counts.words + counts.ideographs / 2;
    block.punctuation += counts.punctuation;
}

/// What is counted.
#[derive(Default)]
struct Counts {
    words: u32,
    punctuation: u32,
    /// Letters of scripts without spaces.
    ideographs: u32,
    /// 1 in a word, else 0: added up without a branch, for nothing tells beforehand where words end.
    in_word: u32,
}

impl Counts {
    fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if let Some(stretch) = bytes[at..].first_chunk().filter(|stretch| stretch.is_ascii()) {
                self.add_ascii(stretch);
                at += STRETCH;
                continue;
            }
            let sign = SIGNS[usize::from(*byte)];
            if sign != BEYOND {
                self.words += sign & LETTER & !self.in_word;
                self.punctuation += sign / PUNCTUATION;
                self.in_word = sign & LETTER;
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            let is_letter = is_letter_or_digit(c);
            if is_letter && is_without_spaces(c) {
                self.ideographs += 1;
            } else if is_letter {
                self.words += LETTER & !self.in_word;
            } else if matches!(c, '…' | '。' | '、' | '，' | '！' | '？' | '،' | '؟' | '।') {
                self.punctuation += 1;
            }
            self.in_word = u32::from(is_letter);
        }
    }

    /// Counts what [`SIGNS`] tells of each byte. Without branches or tables the compiler takes all bytes at once.
    fn add_ascii(&mut self, stretch: &[u8; STRETCH]) {
        let (mut letters, mut signs) = ([0_u8; STRETCH], [0_u8; STRETCH]);
        for ((letter, sign), byte) in letters.iter_mut().zip(&mut signs).zip(stretch) {
            let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
            let is_digit = byte.wrapping_sub(b'0') < 10;
            *letter = u8::from(is_letter) | u8::from(is_digit);
            let ends = u8::from(*byte == b'.') | u8::from(*byte == b'!') | u8::from(*byte == b'?');
            let parts = u8::from(*byte == b',') | u8::from(*byte == b';') | u8::from(*byte == b':');
            *sign = ends | parts;
        }
        let letters_in_a_row = u128::from_le_bytes(letters);
        let begun = letters_in_a_row & !(letters_in_a_row << 8 | u128::from(self.in_word));
        self.words += sum(begun);
        self.punctuation += sum(u128::from_le_bytes(signs));
        self.in_word = u32::from(letters[STRETCH - 1]);
    }
}

/// The sum of sixteen bytes that are 0 or 1: the highest byte of a product with ones is the sum of all.
fn sum(bytes: u128) -> u32 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let pairs = bytes as u64 + (bytes >> 64) as u64;
    (pairs.wrapping_mul(ONES) >> 56) as u32
}

/// Whether a letter is of a script that sets no spaces between words.
fn is_without_spaces(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{e00}'..='\u{eff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words and punctuation, told character by character.
    fn counted(text: &str) -> (u32, u32) {
        let (mut words, mut ideographs, mut in_word) = (0, 0, false);
        for c in text.chars() {
            let is_letter = is_letter_or_digit(c);
            let spaceless = is_letter && is_without_spaces(c);
            ideographs += u32::from(spaceless);
            words += u32::from(is_letter && !spaceless && !in_word);
            in_word = is_letter;
        }
        let is_sign = |c: &char| ".,;!?:…。、，！？،؟।".contains(*c);
        (words + ideographs / 2, text.chars().filter(is_sign).count() as u32)
    }

    proptest! {
        #[test]
        fn stretches_count_what_their_characters_do(text in "[a-zA-Z0-9 .,;:!?@\\[\\]`{/é…水、\t-]{0,90}", plain in "[ -~]{0,90}") {
            for text in [text, plain] {
                let mut counts = Counts::default();
                counts.add(&text);
                prop_assert_eq!((counts.words + counts.ideographs / 2, counts.punctuation), counted(&text));
            }
        }
    }
}
