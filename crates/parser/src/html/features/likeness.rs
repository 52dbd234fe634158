//! How much a block says of what the metadata say.

use rustc_hash::FxHashSet;

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

/// Share of the words of `text` that are among these, if it has about as many.
pub(super) fn likeness(words: &FxHashSet<u64>, text: &str) -> f32 {
    if words.is_empty() || text.len() > 600 {
        return 0.0;
    }
    let (mut shared, mut count) = (0, 0);
    for word in hash_words(text) {
        count += 1;
        shared += usize::from(words.contains(&word));
    }
    if count == 0 { 0.0 } else { 2.0 * shared as f32 / (count + words.len().max(shared)) as f32 }
}

/// Runs of three words.
pub(super) fn shingles(text: &str) -> FxHashSet<u64> {
    let words: Vec<u64> = hash_words(text).collect();
    words
        .windows(3)
        .map(|run| run[0].rotate_left(1) ^ run[1].rotate_left(21) ^ run[2].rotate_left(42))
        .collect()
}

/// Share of the runs of three words of `text` that are among these; -1 for too few words.
pub(super) fn coverage(body: &FxHashSet<u64>, text: &str) -> f32 {
    let words: Vec<u64> = hash_words(text).collect();
    if words.len() < 3 {
        return -0.5;
    }
    let found = words
        .windows(3)
        .filter(|run| {
            body.contains(&(run[0].rotate_left(1) ^ run[1].rotate_left(21) ^ run[2].rotate_left(42)))
        })
        .count();
    found as f32 / (words.len() - 2) as f32
}
