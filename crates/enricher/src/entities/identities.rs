//! Who is who: names that mean the same wherever they stand, with an identifier where there is one.
//!
//! The built-in list is `config/lexicon/identities.tsv`; its first lines say how it is written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use document::EntityKind;
use rustc_hash::FxHashMap;

use super::seams::{has_only, seams};
use super::words::words;
use crate::language::CODES;
use crate::lexicon::{NAMES_OF_BODIES, UnreadableList, entries};

/// Identities by their names.
#[derive(Debug)]
pub struct Identities {
    list: Vec<Identity>,
    /// By kind, language (its place in [`CODES`], or [`ANY`]) and folded name.
    names: FxHashMap<(EntityKind, u8, String), Known>,
    /// How the listed names of bodies are written that have a seam, by their folded form.
    spellings: FxHashMap<String, (String, u64)>,
}

/// The language of a name that is used in all of them.
const ANY: u8 = u8::MAX;

/// What a name means.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// A place in the list.
    identity: u32,
    /// Where the name may be parted, see [`seams`].
    seams: u64,
}

/// Somebody or something that is known by several names.
#[derive(Debug)]
pub struct Identity {
    /// Identifier; `None` where only the names are known to be one.
    pub reference: Option<String>,
    /// What it is.
    pub kind: EntityKind,
    /// What records call it where no name of their language is known.
    name: Option<String>,
    /// Its names with their language's place in [`CODES`], or [`ANY`].
    names: Vec<(u8, String)>,
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
    /// A list that tells how names are written cannot be read.
    #[error(transparent)]
    List(#[from] UnreadableList),
    /// A name has a language before it that is none of those that articles are told in.
    #[error("{}, line {line}: {language:?} is no language of names; write one of {languages}, or for a name that has a colon a language before it (en:{language}:…)", path.display(), languages = CODES.join(", "))]
    Language {
        /// Which.
        path: PathBuf,
        /// Where.
        line: usize,
        /// What stands for one.
        language: String,
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

pub(super) const FILE: &str = "identities.tsv";
const BUILT_IN: &str = include_str!("../../../../config/lexicon/identities.tsv");

impl Identities {
    /// The built-in identities, with those of the file of the same name in `folder` laid over them.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnusableIdentities> {
        let mut identities =
            Self { list: Vec::new(), names: FxHashMap::default(), spellings: FxHashMap::default() };
        identities.add(BUILT_IN, Path::new(FILE))?;
        for (file, list) in NAMES_OF_BODIES {
            entries(folder, file, list, |name| identities.spell(name))?;
        }
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
            if let Some(language) = names.split('|').find_map(unknown_language) {
                return Err(UnusableIdentities::Language {
                    path: path.to_owned(),
                    line: number,
                    language: language.to_owned(),
                });
            }
            self.add_one(reference, kind, names).ok_or_else(wrong)?;
        }
        Ok(())
    }

    fn add_one(&mut self, reference: &str, kind: EntityKind, names: &str) -> Option<()> {
        let place = self.list.len() as u32;
        let names: Vec<(u8, String)> = names
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| {
                let tagged = name.split_once(':').and_then(|(code, name)| Some((code_place(code)?, name)));
                let (language, name) = tagged.unwrap_or((ANY, name));
                (language, name.trim().to_owned())
            })
            .collect();
        for (language, name) in &names {
            let folded = words(name, kind).concat();
            let known = Known { identity: place, seams: seams(name, true) };
            if *language == ANY {
                // Whoever takes a name over takes it in all languages.
                for language in 0..CODES.len() as u8 {
                    self.names.remove(&(kind, language, folded.clone()));
                }
            } else {
                self.names.insert((kind, *language, folded.clone()), known);
                if !EVERYWHERE.contains(&CODES[usize::from(*language)]) {
                    continue;
                }
            }
            self.names.insert((kind, ANY, folded), known);
        }
        // Where the languages differ, the other names are only other ways to write it.
        let (first_language, first) = names.first()?;
        let name = (*first_language == ANY).then(|| first.clone());
        let reference =
            Some(reference.trim()).filter(|reference| !matches!(*reference, "-" | "")).map(str::to_owned);
        self.list.push(Identity { reference, kind, name, names });
        Some(())
    }

    fn spell(&mut self, name: &str) {
        let seams = seams(name, true);
        if seams != 0 {
            self.spellings.insert(words(name, EntityKind::Organization).concat(), (name.to_owned(), seams));
        }
    }

    /// The identity that a name of a kind means in the language of this code, by its place. Other spaces and hyphens than
    /// the list has are passed over where the name has a seam: *Open AI* is `OpenAI`, *Micro soft* is not Microsoft.
    pub(super) fn of(&self, kind: EntityKind, language: &str, written: &str) -> Option<u32> {
        self.known(kind, language, written).or_else(|| {
            // Der Deutschen Bank.
            let (first, rest) = written.split_once(' ').filter(|_| language == "de")?;
            let first = first.strip_suffix('n').filter(|first| first.ends_with('e'))?;
            self.known(kind, language, &format!("{first} {rest}"))
        })
    }

    fn known(&self, kind: EntityKind, language: &str, written: &str) -> Option<u32> {
        let folded = words(written, kind).concat();
        let own = code_place(language).unwrap_or(ANY);
        let mut key = (kind, own, folded);
        let known = self.names.get(&key).or_else(|| {
            key.1 = ANY;
            self.names.get(&key)
        })?;
        has_only(seams(written, false), known.seams).then_some(known.identity)
    }

    /// How the lists write a body's name that is written with other spaces or hyphens.
    pub(super) fn spelling(&self, written: &str) -> Option<&str> {
        let (name, allowed) = self.spellings.get(&words(written, EntityKind::Organization).concat())?;
        let own = seams(written, false);
        (own != seams(name, false) && has_only(own, *allowed)).then_some(name.as_str())
    }

    /// The identity at a place.
    pub(super) fn get(&self, place: u32) -> Option<&Identity> {
        self.list.get(place as usize)
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Identity> {
        self.list.iter()
    }
}

/// What looks like the code of a language before a name, and is none that is told.
fn unknown_language(name: &str) -> Option<&str> {
    let (code, name) = name.trim().split_once(':')?;
    let looks = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    (looks && !name.is_empty() && code_place(code).is_none()).then_some(code)
}

impl Identity {
    /// What a record in the language of this code calls it; `None` where that is not known.
    pub fn name(&self, language: &str) -> Option<&str> {
        let own = code_place(language);
        let of_language = self.names.iter().find(|(code, _)| Some(*code) == own).map(|(_, name)| name);
        of_language.or(self.name.as_ref()).map(String::as_str)
    }

    /// Its names that are used in the language of this code, those of all languages among them.
    pub(super) fn names_in(&self, language: &str) -> impl Iterator<Item = &str> {
        let own = code_place(language);
        let used = move |code: u8| code == ANY || Some(code) == own;
        self.names.iter().filter(move |(code, _)| used(*code)).map(|(_, name)| name.as_str())
    }
}

/// The languages whose names are known in articles of other languages too.
const EVERYWHERE: [&str; 2] = ["fr", "en"];

fn code_place(code: &str) -> Option<u8> {
    CODES.iter().position(|known| *known == code).map(|place| place as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_however_it_is_written() {
        let identities = Identities::new(None).unwrap();
        let of = |kind, name| {
            let identity = identities.get(identities.of(kind, "fr", name)?)?;
            Some((
                identity.reference.as_deref(),
                identity.name("fr"),
                identity.name("en"),
                identity.name("de"),
            ))
        };
        let us =
            Some((Some("iso3166:US"), Some("États-Unis"), Some("United States"), Some("Vereinigte Staaten")));
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
        let place = identities.of(EntityKind::Organization, "fr", "foxconn").unwrap();
        assert_eq!(identities.get(place).unwrap().reference.as_deref(), Some("ours:7"));
        assert!(identities.of(EntityKind::Organization, "fr", "Hon Hai").is_some());
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

    #[test]
    fn a_name_of_one_language_means_nothing_in_another() {
        let identities = Identities::new(None).unwrap();
        let of = |language, name| {
            let place = identities.of(EntityKind::Place, language, name)?;
            Some((
                identities.get(place)?.reference.as_deref(),
                identities.get(place)?.name(language).map(str::to_owned),
            ))
        };
        let iceland = Some((Some("iso3166:IS"), Some("Island".to_owned())));
        assert_eq!((of("de", "Island"), of("en", "Island")), (iceland, None));
        // Where nothing says how another language writes it, the plain name is it.
        assert_eq!(of("de", "Paris"), Some((Some("geonames:2988507"), Some("Paris".to_owned()))));
        assert_eq!(of("es", "París"), Some((Some("geonames:2988507"), Some("París".to_owned()))));
        assert_eq!(of("nl", "Beijing"), Some((Some("geonames:1816670"), Some("Peking".to_owned()))));
    }

    #[test]
    fn a_name_may_be_parted_only_at_its_seams() {
        let identities = Identities::new(None).unwrap();
        let is = |name: &str| {
            let place = identities.of(EntityKind::Organization, "fr", name)?;
            identities.get(place)?.name("fr").map(str::to_owned)
        };
        assert_eq!(is("Open AI").as_deref(), Some("OpenAI"));
        assert_eq!(is("Hon-Hai").as_deref(), Some("Foxconn"));
        assert_eq!(is("HonHai").as_deref(), Some("Foxconn"));
        assert_eq!(is("Coca Cola").as_deref(), Some("Coca-Cola"));
        assert_eq!(is("Micro soft"), None);
        assert_eq!(is("Ren-ault"), None);
    }
}
