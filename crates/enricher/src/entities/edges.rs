//! Words that no name begins or ends with: `config/lexicon/name-edges.toml`.

use std::path::Path;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::lexicon::{UnreadableList, added};
use crate::tokens::hash;

pub(crate) const FILE: &str = "name-edges.toml";
const BUILT_IN: &str = include_str!("../../../../config/lexicon/name-edges.toml");

/// The words, by their hashes.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    verbs: FxHashSet<u64>,
    french: FxHashSet<u64>,
    english: FxHashSet<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    verbs: Words,
    #[serde(default)]
    nationalities: Words,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    fr: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

impl Edges {
    /// The built-in words, with those of the file of the same name in `folder` added.
    pub(crate) fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let mut edges = Self::default();
        edges.add(BUILT_IN, Path::new(FILE))?;
        if let Some((path, text)) = added(folder, FILE)? {
            edges.add(&text, &path)?;
        }
        Ok(edges)
    }

    fn add(&mut self, text: &str, path: &Path) -> Result<(), UnreadableList> {
        let file: File = toml::from_str(text).map_err(|error| UnreadableList::wrong(path, None, error))?;
        let hashes = |words: Vec<String>| words.into_iter().map(|word| hash(&word.to_lowercase()));
        self.verbs.extend(hashes(file.verbs.fr).chain(hashes(file.verbs.en)));
        self.french.extend(hashes(file.nationalities.fr));
        self.english.extend(hashes(file.nationalities.en));
        Ok(())
    }

    /// Whether a word in small letters is a finite verb of news, one that no name has inside.
    pub(crate) fn is_verb(&self, hash: u64) -> bool {
        self.verbs.contains(&hash)
    }

    /// Whether the French call people and companies so by where they are from.
    pub(crate) fn is_french_nationality(&self, hash: u64) -> bool {
        self.french.contains(&hash)
    }

    /// Whether the English do; these words begin names of bodies too.
    pub(crate) fn is_english_nationality(&self, hash: u64) -> bool {
        self.english.contains(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_adds_words() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "[verbs]\nfr = ['zorvanise']").unwrap();
        let edges = Edges::new(Some(folder.path())).unwrap();
        assert!(edges.is_verb(hash("zorvanise")) && edges.is_verb(hash("gagne")));
        std::fs::write(folder.path().join(FILE), "[verbes]").unwrap();
        assert!(Edges::new(Some(folder.path())).unwrap_err().path.ends_with(FILE));
    }
}
