//! Which given names women bear, and which men: `config/lexicon/given-names.feminine.txt` and `.masculine.txt`.

use std::path::Path;

use crate::lexicon::{UnreadableList, entries};
use crate::tokens::hash;

/// Which of *il* and *elle* a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    Feminine,
    Masculine,
}

/// Given names by the gender of those who bear them, as sorted hashes; one of both stands in both.
#[derive(Debug)]
pub struct GivenNames {
    feminine: Vec<u64>,
    masculine: Vec<u64>,
}

/// The lists, with their built-in entries.
const FEMININE: (&str, &str) =
    ("given-names.feminine.txt", include_str!("../../../config/lexicon/given-names.feminine.txt"));
const MASCULINE: (&str, &str) =
    ("given-names.masculine.txt", include_str!("../../../config/lexicon/given-names.masculine.txt"));

/// The files that a folder of lists can hold.
pub(crate) fn list_files() -> impl Iterator<Item = &'static str> {
    [FEMININE.0, MASCULINE.0].into_iter()
}

impl GivenNames {
    /// The built-in lists, with the files of the same names in `folder` added.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let list = |(file, built_in)| {
            let mut names = Vec::new();
            entries(folder, file, built_in, |name| names.push(hash(&name.to_lowercase())))?;
            names.sort_unstable();
            Ok::<_, UnreadableList>(names)
        };
        Ok(Self { feminine: list(FEMININE)?, masculine: list(MASCULINE)? })
    }

    /// The gender that the name of this hash tells; `None` where it is in neither list, or in both.
    pub(crate) fn of(&self, name: u64) -> Option<Gender> {
        match (self.feminine.binary_search(&name).is_ok(), self.masculine.binary_search(&name).is_ok()) {
            (true, false) => Some(Gender::Feminine),
            (false, true) => Some(Gender::Masculine),
            _ => None,
        }
    }
}
