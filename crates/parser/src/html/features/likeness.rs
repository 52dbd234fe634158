//! How much a block says of what the metadata say.

use rustc_hash::FxHashSet;

use crate::letters::is_letter_or_digit;

/// The words of a block as numbers, taken once for all that they are compared with.
#[derive(Default)]
pub(super) struct Words(Vec<u64>);

impl Words {
    /// Takes the words of `text` in place of those before.
    pub(super) fn take(&mut self, text: &str) {
        self.0.clear();
        number_words(text, |word| self.0.push(word));
    }

    /// Share of the words that are among these, if there are about as many.
    pub(super) fn likeness(&self, words: &Known) -> f32 {
        if words.numbers.is_empty() || self.0.is_empty() {
            return 0.0;
        }
        let shared = self.0.iter().filter(|word| words.contains(**word)).count();
        2.0 * shared as f32 / (self.0.len() + words.numbers.len().max(shared)) as f32
    }

    /// Share of the runs of three words that are among these; -0.5 for too few words.
    pub(super) fn coverage(&self, body: &Known) -> f32 {
        if self.0.len() < 3 {
            return -0.5;
        }
        let found = self.0.windows(3).filter(|run| body.contains(shingle(run))).count();
        found as f32 / (self.0.len() - 2) as f32
    }
}

/// Gives a number for each word, in any letter case.
fn number_words(text: &str, mut give: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut word = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let small = SMALL[usize::from(*byte)];
        at += 1;
        if small != 0 {
            word = step(word, small);
            continue;
        }
        if !byte.is_ascii() {
            let Some(c) = text[at - 1..].chars().next() else { break };
            at += c.len_utf8() - 1;
            if is_letter_or_digit(c) {
                let mut buffer = [0; 4];
                word = c
                    .to_lowercase()
                    .fold(word, |word, c| c.encode_utf8(&mut buffer).bytes().fold(word, step));
                continue;
            }
        }
        if word != 0 {
            give(std::mem::take(&mut word));
        }
    }
    if word != 0 {
        give(word);
    }
}

/// The letters and digits of ASCII, as small letters; 0 for other bytes.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            small[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// Adds a byte to the number of a word, which is never 0. The first eight stand side by side, so that nothing waits for a
/// product; the others are mixed in (FNV-1a).
fn step(word: u64, byte: u8) -> u64 {
    if word >> 56 == 0 { word << 8 | u64::from(byte) } else { mixed(word ^ u64::from(byte)) }
}

fn mixed(number: u64) -> u64 {
    number.wrapping_mul(0x0100_0000_01b3)
}

/// The words of a field, or its runs of three words, as numbers.
#[derive(Default)]
pub(super) struct Known {
    numbers: FxHashSet<u64>,
    /// A bit for each number, by [`bit_of`]: most words of a page are not in a title, and need no other look.
    bits: [u64; 4],
}

impl Known {
    /// The words of `text`.
    pub(super) fn words(text: &str) -> Self {
        let mut words = Words::default();
        words.take(text);
        words.0.into_iter().collect()
    }

    /// The runs of three words of `text`.
    pub(super) fn shingles(text: &str) -> Self {
        let mut words = Words::default();
        words.take(text);
        words.0.windows(3).map(shingle).collect()
    }

    fn contains(&self, number: u64) -> bool {
        let (place, bit) = bit_of(number);
        self.bits[place] & bit != 0 && self.numbers.contains(&number)
    }
}

impl FromIterator<u64> for Known {
    fn from_iter<T: IntoIterator<Item = u64>>(numbers: T) -> Self {
        let mut known = Self { numbers: numbers.into_iter().collect(), bits: [0; 4] };
        for number in &known.numbers {
            let (place, bit) = bit_of(*number);
            known.bits[place] |= bit;
        }
        known
    }
}

/// One of 256 bits for a number.
fn bit_of(number: u64) -> (usize, u64) {
    let place = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
    ((place >> 6) as usize, 1 << (place & 63))
}

fn shingle(run: &[u64]) -> u64 {
    run.iter().fold(0, |shingle: u64, word| mixed(shingle.rotate_left(21) ^ word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_in_any_case() {
        let hashes = |text| {
            let mut words = Words::default();
            words.take(text);
            words.0
        };
        assert_eq!(hashes("« L’ÉTÉ 2026, à Œuf »").len(), 5);
        assert_eq!(hashes("« L’ÉTÉ 2026, à Œuf »"), hashes("l été 2026 À œuf…"));
        assert!(hashes("« … »").is_empty());
        assert_eq!(hashes("Wintereis a"), hashes("(WINTEREIS) A"));
        assert_ne!(hashes("wintereis"), hashes("winterbis"));
    }
}
