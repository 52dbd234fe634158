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
        self.0.extend(hash_words(text));
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

/// A number for each word, in any letter case.
fn hash_words(text: &str) -> impl Iterator<Item = u64> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut hash = None;
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                let mut word = hash.unwrap_or(BASIS);
                while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
                    word = step(word, byte.to_ascii_lowercase());
                    at += 1;
                }
                hash = Some(word);
                continue;
            }
            at += 1;
            let c = if byte.is_ascii() { None } else { text[at - 1..].chars().next() };
            at += c.map_or(0, |c| c.len_utf8() - 1);
            if let Some(c) = c.filter(|c| is_letter_or_digit(*c)) {
                let mut buffer = [0; 4];
                let bytes = |hash, c: char| c.encode_utf8(&mut buffer).bytes().fold(hash, step);
                hash = Some(c.to_lowercase().fold(hash.unwrap_or(BASIS), bytes));
            } else if hash.is_some() {
                break;
            }
        }
        hash
    })
}

/// FNV-1a, a byte at a time: the words are short.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// The words of a field, or its runs of three words, as numbers.
#[derive(Default)]
pub(super) struct Known {
    numbers: FxHashSet<u64>,
    /// A bit for each number, by its last byte: most words of a page are not in a title, and need no other look.
    bits: [u64; 4],
}

impl Known {
    /// The words of `text`.
    pub(super) fn words(text: &str) -> Self {
        hash_words(text).collect()
    }

    /// The runs of three words of `text`.
    pub(super) fn shingles(text: &str) -> Self {
        let words: Vec<u64> = hash_words(text).collect();
        words.windows(3).map(shingle).collect()
    }

    fn contains(&self, number: u64) -> bool {
        self.bits[(number >> 6 & 3) as usize] & 1 << (number & 63) != 0 && self.numbers.contains(&number)
    }
}

impl FromIterator<u64> for Known {
    fn from_iter<T: IntoIterator<Item = u64>>(numbers: T) -> Self {
        let mut known = Self { numbers: numbers.into_iter().collect(), bits: [0; 4] };
        for number in &known.numbers {
            known.bits[(number >> 6 & 3) as usize] |= 1 << (number & 63);
        }
        known
    }
}

fn shingle(run: &[u64]) -> u64 {
    run[0].rotate_left(1) ^ run[1].rotate_left(21) ^ run[2].rotate_left(42)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_in_any_case() {
        let hashes = |text| hash_words(text).collect::<Vec<_>>();
        assert_eq!(hashes("« L’ÉTÉ 2026, à Œuf »").len(), 5);
        assert_eq!(hashes("« L’ÉTÉ 2026, à Œuf »"), hashes("l été 2026 À œuf…"));
        assert!(hashes("« … »").is_empty());
    }
}
