//! What tells a name from a common word in a language: `config/lexicon/names.LANGUAGE.toml`.

use std::path::Path;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::lexicon::{UnreadableList, added};
use crate::phrases::Phrases;
use crate::tokens::{Tokens, hash};

/// A language whose names are told by the lists alone.
#[derive(Debug)]
pub(super) struct Tongue {
    pub(super) code: &'static str,
    /// Whether every noun has a capital.
    pub(super) nouns_capital: bool,
    /// Names that are words too.
    pub(super) words: Phrases<()>,
    /// Names that are words too where an article stands before them.
    pub(super) bare: FxHashSet<u64>,
    determiners: FxHashSet<u64>,
    place_prepositions: FxHashSet<u64>,
    organization_nouns: Vec<String>,
    bodies: FxHashSet<u64>,
    parts: FxHashSet<u64>,
    particles: FxHashSet<u64>,
    given_names: FxHashSet<u64>,
    links: FxHashSet<u64>,
}

/// A file of a language.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    bare: Vec<String>,
    #[serde(default)]
    determiners: Vec<String>,
    #[serde(default)]
    place_prepositions: Vec<String>,
    #[serde(default)]
    organization_nouns: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    parts: Vec<String>,
    #[serde(default)]
    particles: Vec<String>,
    #[serde(default)]
    given_names: Vec<String>,
    #[serde(default)]
    links: Vec<String>,
}

/// The languages, each with its file and what the program brings along.
pub(crate) const FILES: [(&str, &str, &str); 5] = [
    ("de", "names.de.toml", include_str!("../../../../../config/lexicon/names.de.toml")),
    ("es", "names.es.toml", include_str!("../../../../../config/lexicon/names.es.toml")),
    ("it", "names.it.toml", include_str!("../../../../../config/lexicon/names.it.toml")),
    ("pt", "names.pt.toml", include_str!("../../../../../config/lexicon/names.pt.toml")),
    ("nl", "names.nl.toml", include_str!("../../../../../config/lexicon/names.nl.toml")),
];

impl Tongue {
    /// The tongue of a file, with the file of the same name in `folder` added.
    pub(super) fn new(
        (code, file, built_in): (&'static str, &str, &str),
        folder: Option<&Path>,
    ) -> Result<Self, UnreadableList> {
        let mut tongue = Self {
            code,
            nouns_capital: code == "de",
            words: Phrases::new(),
            bare: FxHashSet::default(),
            determiners: FxHashSet::default(),
            place_prepositions: FxHashSet::default(),
            organization_nouns: Vec::new(),
            bodies: FxHashSet::default(),
            parts: FxHashSet::default(),
            particles: FxHashSet::default(),
            given_names: FxHashSet::default(),
            links: FxHashSet::default(),
        };
        tongue.add(built_in, Path::new(file))?;
        if let Some((path, text)) = added(folder, file)? {
            tongue.add(&text, &path)?;
        }
        Ok(tongue)
    }

    fn add(&mut self, text: &str, path: &Path) -> Result<(), UnreadableList> {
        let file: File = toml::from_str(text).map_err(|error| UnreadableList::wrong(path, None, error))?;
        for name in &file.words {
            self.words.insert(Tokens::new(name).as_slice().iter().map(|token| token.hash), ());
        }
        for (set, words) in [
            (&mut self.bare, file.bare),
            (&mut self.determiners, file.determiners),
            (&mut self.place_prepositions, file.place_prepositions),
            (&mut self.bodies, file.bodies),
            (&mut self.parts, file.parts),
            (&mut self.particles, file.particles),
            (&mut self.given_names, file.given_names),
            (&mut self.links, file.links),
        ] {
            set.extend(words.iter().map(|word| hash(&word.to_lowercase())));
        }
        self.organization_nouns.extend(file.organization_nouns.iter().map(|noun| noun.to_lowercase()));
        Ok(())
    }

    pub(super) fn is_determiner(&self, hash: u64) -> bool {
        self.determiners.contains(&hash)
    }

    pub(super) fn is_place_preposition(&self, hash: u64) -> bool {
        self.place_prepositions.contains(&hash)
    }

    /// Whether a word before a place is a body of that place: *Universidad*, *Stadtwerke*.
    pub(super) fn is_body(&self, hash: u64) -> bool {
        self.bodies.contains(&hash)
    }

    /// Whether a word makes another name of the place's name that follows it: *San*, *Real*.
    pub(super) fn is_part(&self, hash: u64) -> bool {
        self.parts.contains(&hash)
    }

    /// Whether a word goes on with what the word before it began: *Allianz pro Schiene*, *Metro de Madrid*.
    pub(super) fn is_link(&self, hash: u64) -> bool {
        self.links.contains(&hash)
    }

    /// Whether a word is a given name of this language's own list.
    pub(super) fn is_given_name(&self, hash: u64) -> bool {
        self.given_names.contains(&hash)
    }

    /// Whether a word stands between a given name and a surname: *von*, *de*.
    pub(super) fn is_particle(&self, hash: u64) -> bool {
        self.particles.contains(&hash)
    }

    /// Whether a word says that a body's name follows: *Autobauer*, *empresa*. In the languages that write compounds as
    /// one word, its last part tells.
    pub(super) fn is_organization_noun(&self, form: &str) -> bool {
        let compounds = matches!(self.code, "de" | "nl");
        self.organization_nouns
            .iter()
            .any(|noun| if compounds { form.ends_with(noun.as_str()) } else { form == noun })
    }
}
