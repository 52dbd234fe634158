//! Who is who: names that mean the same wherever they stand, with an identifier where there is one.
//!
//! The built-in list is `config/lexicon/identities.tsv`; its first lines say how it is written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use document::EntityKind;
use rustc_hash::FxHashMap;

use super::group::words;

/// Identities by their names.
#[derive(Debug)]
pub struct Identities {
    list: Vec<Identity>,
    /// Places in the list, by kind and folded name.
    names: FxHashMap<(EntityKind, String), u32>,
}

/// Somebody or something that is known by several names.
#[derive(Debug)]
pub struct Identity {
    /// Identifier; `None` where only the names are known to be one.
    pub reference: Option<String>,
    /// What records call it, whatever their language.
    name: Option<String>,
    /// What records in a language call it.
    by_language: Vec<(String, String)>,
}

/// A list of identities that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnusableIdentities {
    /// It is there and cannot be read.
    #[error("cannot read the identities in {}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is no identity.
    #[error("{}, line {line}: an identity is an identifier, a kind (person, organization, place, product, event) and names, with tabs between them", path.display())]
    Wrong {
        /// Which.
        path: PathBuf,
        /// Where.
        line: usize,
    },
}

const FILE: &str = "identities.tsv";
const BUILT_IN: &str = include_str!("../../../../config/lexicon/identities.tsv");

impl Identities {
    /// The built-in identities, with those of the file of the same name in `folder` laid over them.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnusableIdentities> {
        let mut identities = Self { list: Vec::new(), names: FxHashMap::default() };
        identities.add(BUILT_IN, Path::new(FILE))?;
        let Some(path) = folder.map(|folder| folder.join(FILE)) else { return Ok(identities) };
        match fs::read_to_string(&path) {
            Ok(lines) => identities.add(&lines, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(UnusableIdentities::Unreadable { path, source }),
        }
        Ok(identities)
    }

    fn add(&mut self, lines: &str, path: &Path) -> Result<(), UnusableIdentities> {
        for (number, line) in (1..).zip(lines.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || UnusableIdentities::Wrong { path: path.to_owned(), line: number };
            let mut fields = line.split('\t');
            let (Some(reference), Some(kind), Some(names), None) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                return Err(wrong());
            };
            let kind = EntityKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or_else(wrong)?;
            self.add_one(reference, kind, names).ok_or_else(wrong)?;
        }
        Ok(())
    }

    fn add_one(&mut self, reference: &str, kind: EntityKind, names: &str) -> Option<()> {
        let place = self.list.len() as u32;
        let mut plain = None;
        let mut by_language = Vec::new();
        for name in names.split('|').map(str::trim).filter(|name| !name.is_empty()) {
            let (language, name) = match name.split_once(':') {
                Some((language, name)) if language.len() == 2 => (Some(language), name),
                _ => (None, name),
            };
            self.names.insert((kind, words(name, kind).concat()), place);
            match language {
                Some(language) => by_language.push((language.to_owned(), name.to_owned())),
                None => plain = plain.or_else(|| Some(name.to_owned())),
            }
        }
        // Where the languages differ, the other names are only other ways to write it.
        let name = if by_language.is_empty() { Some(plain?) } else { None };
        let reference =
            Some(reference.trim()).filter(|reference| !matches!(*reference, "-" | "")).map(str::to_owned);
        self.list.push(Identity { reference, name, by_language });
        Some(())
    }

    /// The identity that a folded name of a kind means, by its place.
    pub(super) fn of(&self, kind: EntityKind, folded: &str) -> Option<u32> {
        // The key is looked up as it stands; names are short.
        self.names.get(&(kind, folded.to_owned())).copied()
    }

    /// The identity at a place.
    pub(super) fn get(&self, place: u32) -> Option<&Identity> {
        self.list.get(place as usize)
    }
}

impl Identity {
    /// What a record in the language of this code calls it; `None` where that is not known.
    pub fn name(&self, language: &str) -> Option<&str> {
        let of_language = self.by_language.iter().find(|(code, _)| code == language).map(|(_, name)| name);
        of_language.or(self.name.as_ref()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_however_it_is_written() {
        let identities = Identities::new(None).unwrap();
        let of = |kind, name| {
            let identity = identities.get(identities.of(kind, &words(name, kind).concat())?)?;
            Some((
                identity.reference.as_deref(),
                identity.name("fr"),
                identity.name("en"),
                identity.name("de"),
            ))
        };
        let us = Some((Some("iso3166:US"), Some("États-Unis"), Some("United States"), None));
        assert_eq!(of(EntityKind::Place, "ETATS-UNIS"), us);
        assert_eq!(of(EntityKind::Place, "the United States"), us);
        assert_eq!(of(EntityKind::Organization, "United States"), None);
        let foxconn = Some((Some("TWSE:2317"), Some("Foxconn"), Some("Foxconn"), Some("Foxconn")));
        assert_eq!(of(EntityKind::Organization, "Hon Hai Technology Group"), foxconn);
    }

    #[test]
    fn a_folder_adds_identities_and_takes_names_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "# ours\nours:7\torganization\tZorvanyx|Foxconn\n").unwrap();
        let identities = Identities::new(Some(folder.path())).unwrap();
        let place = identities.of(EntityKind::Organization, "foxconn").unwrap();
        assert_eq!(identities.get(place).unwrap().reference.as_deref(), Some("ours:7"));
        assert!(identities.of(EntityKind::Organization, "honhai").is_some());
    }

    #[test]
    fn a_wrong_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for wrong in ["x\tcompany\tZorvanyx", "x\tplace", "x\tplace\t", "x\tplace\ta\tb"] {
            fs::write(folder.path().join(FILE), format!("\n{wrong}\n")).unwrap();
            let error = Identities::new(Some(folder.path())).unwrap_err().to_string();
            assert!(error.contains("identities.tsv, line 2"), "{error}");
        }
    }
}
