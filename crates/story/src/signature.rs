//! A text as 64 small numbers, of which two texts share about as many as they share word pairs.
//!
//! One-permutation `MinHash` (Li, Owen and Zhang, *One Permutation Hashing*, 2012): each pair of neighbouring words is
//! hashed once, falls into one of 64 bins, and the smallest hash of a bin represents it. Bins that stay empty, as in a
//! short text, borrow from others by optimal densification (Shrivastava, *Optimal Densification for Fast and Accurate
//! Minwise Hashing*, 2017), so that the share of equal bins estimates the Jaccard similarity of the sets of pairs
//! without bias. Its standard error is at most 1/16. Of each hash one byte is kept (Li and König, *b-Bit Minwise
//! Hashing*, 2010): one of 256 different bins is taken for equal, which is small beside that.

use document::SKETCH_BINS;

use crate::words::{each_word, mix};

/// The signature of `text`, and how many word pairs it was made of; all zero for a text of less than two words.
pub(crate) fn of(text: &str) -> ([u8; SKETCH_BINS], u32) {
    const EMPTY: u64 = u64::MAX;
    let mut smallest = [EMPTY; SKETCH_BINS];
    let mut pairs = 0u32;
    let mut before = None;
    each_word(text, |word| {
        if let Some(before) = before.replace(word.hash) {
            let hash = mix(u64::rotate_left(before, 31).wrapping_add(word.hash));
            let bin = &mut smallest[(hash >> 58) as usize];
            *bin = (*bin).min(hash << 6);
            pairs = pairs.saturating_add(1);
        }
    });
    let mut signature = [0; SKETCH_BINS];
    if pairs == 0 {
        return (signature, 0);
    }
    for (bin, number) in signature.iter_mut().enumerate() {
        let mut lender = bin;
        let mut attempt = 0u64;
        while smallest[lender] == EMPTY {
            // The same lender for the same bin and attempt in every text: that is what keeps the estimate unbiased.
            attempt += 1;
            lender = (mix((bin as u64) << 32 | attempt) >> 58) as usize;
        }
        // The smallest of many hashes begins with zeros: mixed again, eight bits tell nearly all apart.
        *number = mix(smallest[lender]) as u8;
    }
    (signature, pairs)
}

/// The estimated Jaccard similarity of the two texts' sets of word pairs, in [0, 1].
pub(crate) fn similarity(one: &[u8; SKETCH_BINS], other: &[u8; SKETCH_BINS]) -> f32 {
    let equal: u16 = one.iter().zip(other).map(|(one, other)| u16::from(one == other)).sum();
    f32::from(equal) / SKETCH_BINS as f32
}

/// The similarity from which a text of `pairs` word pairs is said to repeat another.
///
/// Nearly half of all pairs, at the least. A text of a few words has few pairs, of which a phrase that everybody uses makes
/// a large part: there the bar is higher.
pub(crate) fn bar(pairs: u32) -> f32 {
    const LONG: f32 = 0.45;
    const SHORT: f32 = 0.85;
    // From here on, what a text shares by chance is small beside it.
    const SETTLES: f32 = 10.0;
    LONG + (SHORT - LONG) * (SETTLES / pairs.max(1) as f32).min(1.0)
}

/// A text of fewer word pairs than this says too little to be a copy.
pub(crate) const PAIRS_MIN: u32 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` words that are all different, numbered from `first`.
    fn text(first: usize, count: usize) -> String {
        (first..first + count).map(|number| format!("mot{number}")).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: f32) {
        let estimate = similarity(&of(one).0, &of(other).0);
        // Three standard errors.
        assert!((estimate - expected).abs() <= 0.19, "{estimate} for {expected}");
    }

    #[test]
    fn the_share_of_equal_bins_is_the_share_of_pairs() {
        check(&text(0, 1000), &text(0, 1000), 1.0);
        check(&text(0, 1000), &text(500, 1000), 0.333);
        check(&text(0, 1000), &text(200, 800), 0.8);
        check(&text(0, 1000), &text(1000, 1000), 0.0);
        // Fewer pairs than bins.
        check(&text(0, 31), &text(0, 31), 1.0);
        check(&text(0, 31), &text(10, 31), 0.5);
        check(&text(0, 31), &text(100, 31), 0.0);
    }

    #[test]
    fn many_estimates_have_no_bias() {
        for (count, shift) in [(400, 100), (40, 10), (12, 3)] {
            let mean = (0..300)
                .map(|run| {
                    let (one, other) = (run * 1000, run * 1000 + shift);
                    similarity(&of(&text(one, count)).0, &of(&text(other, count)).0)
                })
                .sum::<f32>()
                / 300.0;
            let pairs = (count - 1) as f32;
            let truth = (pairs - shift as f32) / (pairs + shift as f32);
            assert!((mean - truth).abs() < 0.03, "{mean} for {truth} with {count} words");
        }
    }

    #[test]
    fn a_text_of_one_word_has_no_signature() {
        assert_eq!(of("mot"), ([0; SKETCH_BINS], 0));
    }
}
