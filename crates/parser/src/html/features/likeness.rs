//! How much a block says of what the metadata say.

use rustc_hash::FxHashSet;

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
    pub(super) fn likeness(&self, words: &FxHashSet<u64>) -> f32 {
        if words.is_empty() || self.0.is_empty() {
            return 0.0;
        }
        let shared = self.0.iter().filter(|word| words.contains(word)).count();
        2.0 * shared as f32 / (self.0.len() + words.len().max(shared)) as f32
    }

    /// Share of the runs of three words that are among these; -0.5 for too few words.
    pub(super) fn coverage(&self, body: &FxHashSet<u64>) -> f32 {
        if self.0.len() < 3 {
            return -0.5;
        }
        let found = self.0.windows(3).filter(|run| body.contains(&shingle(run))).count();
        found as f32 / (self.0.len() - 2) as f32
    }
}

/// A number for each word, in any letter case.
fn hash_words(text: &str) -> impl Iterator<Item = u64> {
    // FNV-1a, a byte at a time: the words are short.
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        if word.is_ascii() {
            word.bytes().map(|byte| byte.to_ascii_lowercase()).fold(BASIS, step)
        } else {
            let mut buffer = [0; 4];
            word.chars()
                .flat_map(char::to_lowercase)
                .fold(BASIS, |hash, c| c.encode_utf8(&mut buffer).bytes().fold(hash, step))
        }
    })
}

/// The words of `text`.
pub(super) fn word_set(text: &str) -> FxHashSet<u64> {
    hash_words(text).collect()
}

/// Runs of three words.
pub(super) fn shingles(text: &str) -> FxHashSet<u64> {
    let words: Vec<u64> = hash_words(text).collect();
    words.windows(3).map(shingle).collect()
}

fn shingle(run: &[u64]) -> u64 {
    run[0].rotate_left(1) ^ run[1].rotate_left(21) ^ run[2].rotate_left(42)
}
