//! Words grouped by meaning: `Guadalajara` stands with other cities, `usine` with other plants.

use crate::tokens::{Case, Token};

/// The clusters of the words of a language, by form and case.
#[derive(Debug, Default)]
pub struct Clusters {
    /// Where the words whose key starts with these 16 bits begin in `keys`.
    starts: Vec<u32>,
    /// The other 16 bits of the keys, in order of the whole key, with the fine cluster, from 1.
    words: Vec<(u16, u16)>,
    /// The coarse cluster of each fine one, from 1; 0 stands at 0.
    coarse: Vec<u16>,
}

impl Clusters {
    /// Clusters from words with their form's key, fine and coarse cluster (both from 1), sorted by key.
    pub fn new(words: &[(u32, u16)], coarse: Vec<u16>) -> Self {
        let mut clusters = Self { coarse, ..Self::default() };
        for &(key, fine) in words {
            while clusters.starts.len() <= (key >> 16) as usize {
                clusters.starts.push(clusters.words.len() as u32);
            }
            clusters.words.push((key as u16, fine));
        }
        while clusters.starts.len() <= 1 << 16 {
            clusters.starts.push(clusters.words.len() as u32);
        }
        clusters
    }

    /// Fine and coarse cluster of a token; zeros for a word in no cluster.
    pub(super) fn of(&self, token: &Token) -> (u16, u16) {
        let fine = self
            .find(key(token.hash, token.case))
            // A word of a headline, or one that the table holds in another case.
            .or_else(|| (token.case != Case::Lower).then(|| self.find(key(token.hash, Case::Lower)))?)
            .or_else(|| (token.case != Case::Title).then(|| self.find(key(token.hash, Case::Title)))?)
            .unwrap_or_default();
        (fine, self.coarse.get(usize::from(fine)).copied().unwrap_or_default())
    }

    fn find(&self, key: u32) -> Option<u16> {
        let bucket = (key >> 16) as usize;
        let range = *self.starts.get(bucket)? as usize..*self.starts.get(bucket + 1)? as usize;
        self.words[range].iter().find(|(low, _)| *low == key as u16).map(|&(_, fine)| fine)
    }
}

/// The key of a word: the hash of its form, and how it is written.
pub fn key(hash: u64, case: Case) -> u32 {
    let case = match case {
        Case::None | Case::Lower => 0,
        Case::Title => 1,
        Case::Upper => 2,
        Case::Mixed => 3,
    };
    ((hash ^ (case * 0x2545_f491_4f6c_dd1d)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}
