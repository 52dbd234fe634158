//! Word lists that people edit: which words and phrases of a text stand in which list.
//!
//! A list is a text file with one entry a line; `#` starts a comment. Entries match whole tokens in any case and
//! with any apostrophe, hyphen or space; an entry of a list of names matches only where its first word is not
//! written in small letters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::tokens::{Case, Tokens};

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
}

/// How the entries of a list are written in texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// With a capital, or at least not all in small letters.
    Name,
    /// In any case.
    Word,
}

/// All lists, ready to be looked for.
#[derive(Debug)]
pub struct Lexicon {
    /// Keyed by the hashes of the first tokens of an entry, combined.
    phrases: HashMap<u64, Node, BuildHasherDefault<Hashed>>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Node {
    /// The classes of the entry that ends here, as bits.
    classes: u16,
    /// Whether an entry goes on from here.
    more: bool,
}

impl Lexicon {
    /// The built-in lists, with the entries of the files of the same names in `folder` added.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let mut lexicon = Self { phrases: HashMap::default() };
        for &(class, _, file, entries) in LISTS {
            lexicon.add(class, entries);
            let Some(path) = folder.map(|folder| folder.join(file)) else { continue };
            match std::fs::read_to_string(&path) {
                Ok(entries) => lexicon.add(class, &entries),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(UnreadableList { path, error }),
            }
        }
        Ok(lexicon)
    }

    fn add(&mut self, class: Class, entries: &str) {
        for line in entries.lines() {
            let entry = line.split('#').next().unwrap_or_default().trim();
            let mut key = 0;
            let tokens = Tokens::new(entry);
            let Some((last, first)) = tokens.as_slice().split_last() else { continue };
            for token in first {
                key = extend(key, token.hash);
                self.phrases.entry(key).or_default().more = true;
            }
            self.phrases.entry(extend(key, last.hash)).or_default().classes |= 1 << class as u16;
        }
    }

    /// Sets, for each token of a text, the bits of the classes of the entries it is part of; of entries of one class
    /// that start at the same token, the longest.
    pub(crate) fn mark(&self, tokens: &Tokens<'_>, sets: &mut Vec<u32>) {
        let list = tokens.as_slice();
        sets.clear();
        sets.resize(list.len(), 0);
        for start in 0..list.len() {
            let mut key = 0;
            for (length, token) in list[start..].iter().enumerate() {
                key = extend(key, token.hash);
                let Some(node) = self.phrases.get(&key) else { break };
                let mut classes = node.classes;
                if list[start].case == Case::Lower {
                    classes &= WORDS;
                }
                while classes != 0 {
                    let (first, others) =
                        (1 << (2 * classes.trailing_zeros()), 2 << (2 * classes.trailing_zeros()));
                    classes &= classes - 1;
                    sets[start] |= first;
                    sets[start + 1..=start + length].iter_mut().for_each(|set| *set |= others);
                }
                if !node.more {
                    break;
                }
            }
        }
    }
}

/// The classes whose entries may be written in small letters.
const WORDS: u16 = {
    let mut words = 0;
    let mut index = 0;
    while index < LISTS.len() {
        if let Written::Word = LISTS[index].1 {
            words |= 1 << LISTS[index].0 as u16;
        }
        index += 1;
    }
    words
};

fn extend(key: u64, hash: u64) -> u64 {
    (key.rotate_left(23) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct Hashed(u64);

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
