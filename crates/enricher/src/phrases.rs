//! Phrases that are looked up word by word, from where they start.

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

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { nodes: HashMap::default() }
    }
}

impl<T: Copy> Phrases<T> {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a phrase; one that is there already is replaced.
    pub(crate) fn insert(&mut self, words: impl IntoIterator<Item = u64>, known: T) {
        if let Some(place) = self.place(words) {
            *place = Some(known);
        }
    }

    /// What is known of a phrase, to be changed; `None` for a phrase of no words.
    pub(crate) fn place(&mut self, words: impl IntoIterator<Item = u64>) -> Option<&mut Option<T>> {
        let mut words = words.into_iter();
        let mut key = extend(0, words.next()?);
        for word in words {
            self.nodes.entry(key).or_insert(Node { known: None, more: true }).more = true;
            key = extend(key, word);
        }
        Some(&mut self.nodes.entry(key).or_insert(Node { known: None, more: false }).known)
    }

    /// The longest phrase that begins these words: how many words it has, and what is known of it.
    pub(crate) fn longest(&self, words: impl IntoIterator<Item = u64>) -> Option<(usize, T)> {
        self.beginning(words).last()
    }

    /// All phrases that begin these words, the shortest first.
    #[inline]
    pub(crate) fn beginning(&self, words: impl IntoIterator<Item = u64>) -> impl Iterator<Item = (usize, T)> {
        let (mut key, mut more) = (0, true);
        let nodes = words.into_iter().map_while(move |word| {
            if !more {
                return None;
            }
            key = extend(key, word);
            let node = self.nodes.get(&key)?;
            more = node.more;
            Some(node.known)
        });
        (1..).zip(nodes).filter_map(|(length, known)| Some((length, known?)))
    }
}

/// The key of a phrase with one more word; that of no words is 0.
fn extend(key: u64, word: u64) -> u64 {
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
