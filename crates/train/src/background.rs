//! How common words are in news at large, for the keywords: in how many texts each stands.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use enricher::keywords::background::{key, pack};
use enricher::tokens::{Kind, Tokens};

use crate::corpus::Document;

/// A word of fewer texts is as good as unseen.
const TEXTS_MIN: u16 = 2;

/// The packed table of the words of these texts.
pub(crate) fn background(documents: &[Document]) -> Result<Vec<u8>> {
    let mut often: BTreeMap<u32, u16> = BTreeMap::new();
    for document in documents {
        let tokens = Tokens::new(&document.text);
        let words: BTreeSet<u32> = (0..tokens.len())
            .filter(|&index| matches!(tokens[index].kind, Kind::Word | Kind::Mixed))
            .map(|index| key(tokens.form(index)))
            .collect();
        for word in words {
            let count = often.entry(word).or_default();
            *count = count.saturating_add(1);
        }
    }
    let words = often.into_iter().filter(|(_, often)| *often >= TEXTS_MIN).collect();
    Ok(pack(documents.len() as u32, words)?)
}
