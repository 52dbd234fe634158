//! Phrases that are looked up word by word: the longest one that starts somewhere.

use std::collections::HashMap;

/// What is known of each phrase, by the keys of its words (hashes, as a rule).
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    nodes: HashMap<u64, Node<T>, rustc_hash::FxBuildHasher>,
}

#[derive(Debug)]
struct Node<T> {
    /// What is known of the phrase that ends here.
    known: Option<T>,
    /// Whether a phrase goes on from here.
    more: bool,
}

impl<T: Copy> Phrases<T> {
    pub(crate) fn new() -> Self {
        Self { nodes: HashMap::default() }
    }

    /// Adds a phrase; one that is there already is replaced.
    pub(crate) fn insert(&mut self, words: impl IntoIterator<Item = u64>, known: T) {
        let mut key = 0;
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            key = extend(key, word);
            let node = self.nodes.entry(key).or_insert(Node { known: None, more: false });
            if words.peek().is_some() {
                node.more = true;
            } else {
                node.known = Some(known);
            }
        }
    }

    /// The longest phrase that begins these words: how many words it has, and what is known of it.
    pub(crate) fn longest(&self, words: impl IntoIterator<Item = u64>) -> Option<(usize, T)> {
        let mut found = None;
        let mut key = 0;
        for (length, word) in (1..).zip(words) {
            key = extend(key, word);
            let Some(node) = self.nodes.get(&key) else { break };
            if let Some(known) = node.known {
                found = Some((length, known));
            }
            if !node.more {
                break;
            }
        }
        found
    }
}

/// The key of a phrase with one more word; that of no words is 0.
pub(crate) fn extend(key: u64, word: u64) -> u64 {
    (key.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found() {
        let mut phrases = Phrases::new();
        phrases.insert([1], "one");
        phrases.insert([1, 2, 3], "three");
        assert_eq!(phrases.longest([1, 2, 3, 4]), Some((3, "three")));
        assert_eq!(phrases.longest([1, 2, 4]), Some((1, "one")));
        assert_eq!(phrases.longest([2]), None);
    }
}
