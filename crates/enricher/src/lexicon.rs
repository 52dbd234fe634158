//! Word lists that people edit: which words and phrases of a text stand in which list.
//!
//! A list is a text file with one entry a line; `#` starts a comment. Entries match whole tokens in any case and
//! with any apostrophe, hyphen or space; an entry of a list of names matches only where its first word is not
//! written in small letters.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::entities::edges::{self, Edges};
use crate::language::small_words;
use crate::phrases::Phrases;
use crate::reading::calendar;
use crate::tokens::{Case, Token, Tokens, hash};
use crate::{amounts, entities, facts, given_names, quotes};

macro_rules! lists {
    ($($(#[$doc:meta])* $class:ident $kind:ident $file:literal,)*) => {
        /// The lists, each named after what its entries are.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Class {
            $($(#[$doc])* $class,)*
        }

        /// Each list with whether it holds names, its file, and its built-in entries.
        const LISTS: &[(Class, Written, &str, &str)] = &[
            $((Class::$class, Written::$kind, $file, include_str!(concat!("../../../config/lexicon/", $file))),)*
        ];
    };
}

// The model knows a list by its place here: a new one goes to the end, and the models are trained again.
lists! {
    /// States and territories, and groups of them: `France`, `Taïwan`, `Asie`.
    Territory Name "territories.txt",
    /// Regions, provinces, federal states.
    Region Name "regions.txt",
    /// Cities.
    City Name "cities.txt",
    /// Companies.
    Company Name "companies.txt",
    /// Public and international bodies, parties, clubs, universities, unions.
    Organization Name "organizations.txt",
    /// Newspapers, agencies, broadcasters.
    Medium Name "media.txt",
    /// Given names.
    GivenName Name "given-names.txt",
    /// What stands before a person's name: `M.`, `Dr`, `Sir`.
    Title Word "titles.txt",
    /// What people are: `PDG`, `ministre`, `analyste`.
    Function Word "functions.txt",
    /// What stands behind a company's name: `SA`, `Inc.`, `GmbH`.
    LegalForm Word "legal-forms.txt",
    /// What organizations' names are made of: `groupe`, `université`, `Bank`.
    OrganizationWord Word "organization-words.txt",
    /// What places' names are made of: `rue`, `mont`, `River`.
    PlaceWord Word "place-words.txt",
    /// Products.
    Product Name "products.txt",
    /// What stands before a product's name: `puce`, `logiciel`, `smartphone`.
    ProductWord Word "product-words.txt",
    /// What events' names are made of: `championnat`, `sommet`, `Cup`.
    EventWord Word "event-words.txt",
    /// Capitalised words that are no names: nationalities, months, days, technical acronyms.
    Common Name "common-words.txt",
    /// Surnames.
    Surname Name "surnames.txt",
}

/// The lists of companies, public bodies and media: the files with their built-in entries.
pub(crate) const NAMES_OF_BODIES: [(&str, &str); 3] = [
    ("companies.txt", include_str!("../../../config/lexicon/companies.txt")),
    ("organizations.txt", include_str!("../../../config/lexicon/organizations.txt")),
    ("media.txt", include_str!("../../../config/lexicon/media.txt")),
];

/// How the entries of a list are written in texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// With a capital, or at least not all in small letters.
    Name,
    /// In any case.
    Word,
}

/// The names of the files that a folder of lists can hold for the enricher.
pub fn lexicon_files() -> impl Iterator<Item = &'static str> {
    LISTS
        .iter()
        .map(|(_, _, file, _)| *file)
        .chain(entities::list_files())
        .chain(quotes::list_files())
        .chain(given_names::list_files())
        .chain(amounts::list_files())
        .chain(facts::list_files())
        .chain(calendar::list_files())
        .chain([edges::FILE])
}

/// All lists, ready to be looked for.
#[derive(Debug)]
pub struct Lexicon {
    /// The classes of each entry, as bits, by the hashes of its tokens.
    phrases: Phrases<u32>,
    /// What no name has at its ends.
    edges: Edges,
    /// The function words of the languages that have a model.
    small: HashSet<u64, BuildHasherDefault<Hashed>>,
}

impl Lexicon {
    /// The built-in lists, with the entries of the files of the same names in `folder` added.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let small = ["fr", "en"].into_iter().flat_map(small_words).map(hash).collect();
        let mut lexicon = Self { phrases: Phrases::new(), edges: Edges::new(folder)?, small };
        for &(class, _, file, built_in) in LISTS {
            entries(folder, file, built_in, |entry| lexicon.add(class, entry))?;
        }
        Ok(lexicon)
    }

    fn add(&mut self, class: Class, entry: &str) {
        let classes = self.phrases.place(hashes(Tokens::new(entry).as_slice()));
        if let Some(classes) = classes {
            *classes.get_or_insert(0) |= 1 << class as u32;
        }
    }

    /// Takes an entry out of all lists, to see what the tagger makes of a name that it does not know.
    pub fn strike(&mut self, entry: &str) {
        if let Some(classes) = self.phrases.place(hashes(Tokens::new(entry).as_slice())) {
            *classes = None;
        }
    }

    /// Whether a token of this hash, in any writing, is an entry of this list.
    pub(crate) fn has(&self, class: Class, hash: u64) -> bool {
        self.phrases.longest([hash]).is_some_and(|(_, classes)| classes >> class as u32 & 1 == 1)
    }

    /// Whether these tokens together are an entry of this list.
    pub(crate) fn is_entry(&self, class: Class, tokens: &Tokens<'_>, range: Range<usize>) -> bool {
        let Some(words) = tokens.as_slice().get(range) else { return false };
        self.phrases
            .beginning(hashes(words))
            .any(|(length, classes)| length == words.len() && classes >> class as u32 & 1 == 1)
    }

    /// What no name has at its ends.
    pub(crate) fn edges(&self) -> &Edges {
        &self.edges
    }

    /// Whether a token of this hash is a function word.
    pub(crate) fn is_small(&self, hash: u64) -> bool {
        self.small.contains(&hash)
    }

    /// Sets, for each token of a text, the bits of the classes of the entries it is part of; of entries of one class
    /// that start at the same token, the longest.
    pub(crate) fn mark(&self, tokens: &Tokens<'_>, sets: &mut Vec<u64>) {
        let list = tokens.as_slice();
        sets.clear();
        sets.resize(list.len(), 0);
        for start in 0..list.len() {
            for (length, mut classes) in self.phrases.beginning(hashes(&list[start..])) {
                if list[start].case == Case::Lower {
                    classes &= WORDS;
                }
                while classes != 0 {
                    let (first, others) =
                        (1 << (2 * classes.trailing_zeros()), 2 << (2 * classes.trailing_zeros()));
                    classes &= classes - 1;
                    sets[start] |= first;
                    sets[start + 1..start + length].iter_mut().for_each(|set| *set |= others);
                }
            }
        }
    }
}

fn hashes(tokens: &[Token]) -> impl Iterator<Item = u64> {
    tokens.iter().map(|token| token.hash)
}

/// Calls `add` with each entry of a list: the built-in ones, then those of the file of this name in `folder`.
pub(crate) fn entries(
    folder: Option<&Path>,
    file: &str,
    built_in: &str,
    mut add: impl FnMut(&str),
) -> Result<(), UnreadableList> {
    checked_entries(folder, file, built_in, |entry| {
        add(entry);
        Ok(())
    })
}

/// The same for entries that may be wrong: `add` says what is, and the error where.
pub(crate) fn checked_entries(
    folder: Option<&Path>,
    file: &str,
    built_in: &str,
    mut add: impl FnMut(&str) -> Result<(), String>,
) -> Result<(), UnreadableList> {
    let mut each = |path: &Path, list: &str| {
        for (line, text) in (1_usize..).zip(list.lines()) {
            let entry = text.split('#').next().unwrap_or_default().trim();
            if entry.is_empty() {
                continue;
            }
            let checked = if entry.chars().any(char::is_alphanumeric) {
                add(entry)
            } else {
                Err(format!("{entry:?} has no letter; write one entry a line, and # before a comment"))
            };
            checked.map_err(|what| UnreadableList::wrong(path, Some(line), what))?;
        }
        Ok(())
    };
    each(Path::new(file), built_in)?;
    match added(folder, file)? {
        Some((path, list)) => each(&path, &list),
        None => Ok(()),
    }
}

/// The file of this name in `folder`, with its path; `None` where there is none.
pub(crate) fn added(folder: Option<&Path>, file: &str) -> Result<Option<(PathBuf, String)>, UnreadableList> {
    let Some(path) = folder.map(|folder| folder.join(file)) else { return Ok(None) };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(UnreadableList { path, error }),
    }
}

/// The classes whose entries may be written in small letters.
const WORDS: u32 = {
    let mut words = 0;
    let mut index = 0;
    while index < LISTS.len() {
        if let Written::Word = LISTS[index].1 {
            words |= 1 << LISTS[index].0 as u32;
        }
        index += 1;
    }
    words
};

/// Keys are hashes already.
#[derive(Debug, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A word list that is there and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the word list {path}", path = path.display())]
pub struct UnreadableList {
    /// Which.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub error: io::Error,
}

impl UnreadableList {
    /// A list with an entry that says nothing, or something wrong.
    pub(crate) fn wrong(path: &Path, line: Option<usize>, what: impl std::fmt::Display) -> Self {
        let told = line.map_or_else(|| what.to_string(), |line| format!("line {line}: {what}"));
        Self { path: path.to_owned(), error: io::Error::new(io::ErrorKind::InvalidData, told) }
    }
}

/// The first line of a file that holds these words, counted from one.
pub(crate) fn line_of(text: &str, words: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(words)).map(|line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(lexicon: &Lexicon, text: &str, word: usize) -> Vec<&'static str> {
        let mut sets = Vec::new();
        lexicon.mark(&Tokens::new(text), &mut sets);
        LISTS
            .iter()
            .filter(|(class, ..)| sets[word] >> (2 * *class as u32) & 3 != 0)
            .map(|(_, _, file, _)| *file)
            .collect()
    }

    #[test]
    fn entries_match_in_any_writing_but_names_keep_their_capital() {
        let lexicon = Lexicon::new(None).unwrap();
        assert_eq!(classes(&lexicon, "l’ÎLE-DE-FRANCE", 1), ["regions.txt"]);
        assert_eq!(classes(&lexicon, "Afrique du Sud", 0), ["territories.txt"]);
        assert_eq!(classes(&lexicon, "une orange", 1), [] as [&str; 0]);
        assert!(classes(&lexicon, "le PDG parle", 1).contains(&"functions.txt"));
    }

    #[test]
    fn a_folder_adds_entries() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("companies.txt"), "# ours\nZorvanyx  # a comment\n\n").unwrap();
        let lexicon = Lexicon::new(Some(folder.path())).unwrap();
        assert_eq!(classes(&lexicon, "chez ZORVANYX", 1), ["companies.txt"]);
        assert_eq!(classes(&lexicon, "chez Renault", 1), ["companies.txt"]);
    }

    #[test]
    fn a_list_that_cannot_be_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cities.txt"), [0xff, 0xfe]).unwrap();
        let error = Lexicon::new(Some(folder.path())).unwrap_err();
        assert!(error.path.ends_with("cities.txt"), "{error}");
    }
}
