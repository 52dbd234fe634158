//! Words with their clusters, as `clusters` writes them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use enricher::entities::clusters::{Clusters, key};
use enricher::tokens::Tokens;

/// The words of a language that have a cluster.
pub(crate) struct Words {
    /// Keys of words with their fine clusters, from 1.
    pub(crate) words: Vec<(u32, u16)>,
    /// The coarse cluster of each fine one, from 1; 0 stands at 0.
    pub(crate) coarse: Vec<u16>,
}

impl Words {
    /// Reads lines of a word, its fine and its coarse cluster, packed.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = String::from_utf8(zstd::decode_all(&bytes[..])?)?;
        let mut words = Self { words: Vec::new(), coarse: vec![0] };
        for line in text.lines() {
            let mut columns = line.split('\t');
            let mut column = || columns.next().with_context(|| format!("a column is missing in {line:?}"));
            let word = column()?;
            let fine = column()?.parse::<u16>()? + 1;
            let coarse = column()?.parse::<u16>()? + 1;
            let tokens = Tokens::new(word);
            if let [token] = tokens.as_slice() {
                words.words.push((key(token.hash, token.case), fine));
            }
            if words.coarse.len() <= usize::from(fine) {
                words.coarse.resize(usize::from(fine) + 1, 0);
            }
            words.coarse[usize::from(fine)] = coarse;
        }
        words.words.sort_unstable();
        words.words.dedup_by_key(|(key, _)| *key);
        Ok(words)
    }

    pub(crate) fn clusters(&self) -> Clusters {
        Clusters::new(&self.words, self.coarse.clone())
    }
}
