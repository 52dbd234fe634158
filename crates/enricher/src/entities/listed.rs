//! Which names of the lists stand in a text whose language has no model?
//!
//! A name of several words, or with a capital inside a sentence of a language that writes nouns small, is hardly ever
//! anything else. A name that is a common word too (*Orange*, *Essen*, *Meta*) is believed only where the words around it
//! say what it is. People are known by their given names, and companies that no list holds by their legal form. What
//! the lists do not tell is left out.

mod search;
mod tongue;

use std::path::Path;

use document::{EntityKind, Span};

use super::identities::Identities;
use crate::lexicon::{Lexicon, NAMES_OF_BODIES, UnreadableList, entries};
use crate::phrases::Phrases;
use crate::tokens::{Case, Tokens};
use search::Search;
pub(crate) use tongue::FILES;
use tongue::Tongue;

/// The names of the lists, for the languages without a model.
#[derive(Debug)]
pub(super) struct Listed {
    names: Phrases<Name>,
    tongues: Vec<Tongue>,
}

/// What is known of a name.
#[derive(Debug, Clone, Copy)]
struct Name {
    kind: EntityKind,
    /// The tongues that it is used in, as bits.
    tongues: u8,
    /// Written in capitals alone: an acronym.
    capitals: bool,
    /// Its last word has a capital.
    last_capital: bool,
    /// An identity says so, and not only a list of names in French and English.
    known: bool,
}

/// A mention, which may end within a token.
type Mention = (Span, EntityKind);

impl Listed {
    /// The names of the identities and of the lists of bodies, with the lists of `folder` added.
    pub(super) fn new(folder: Option<&Path>, identities: &Identities) -> Result<Self, UnreadableList> {
        let tongues: Vec<Tongue> =
            FILES.into_iter().map(|file| Tongue::new(file, folder)).collect::<Result<_, _>>()?;
        let mut listed = Self { names: Phrases::new(), tongues };
        for (file, list) in NAMES_OF_BODIES {
            entries(folder, file, list, |name| listed.add(name, EntityKind::Organization, u8::MAX, false))?;
        }
        for identity in identities.all() {
            for place in 0..listed.tongues.len() {
                let code = listed.tongues[place].code;
                for name in identity.names_in(code) {
                    listed.add(name, identity.kind, 1 << place, true);
                    if let Some(inflected) = inflected(name).filter(|_| code == "de") {
                        listed.add(&inflected, identity.kind, 1 << place, true);
                    }
                }
            }
        }
        Ok(listed)
    }

    fn add(&mut self, name: &str, kind: EntityKind, tongues: u8, known: bool) {
        self.add_one(name, kind, tongues, known);
        if let Some(parted) = otherwise_spaced(name) {
            self.add_one(&parted, kind, tongues, known);
        }
    }

    fn add_one(&mut self, name: &str, kind: EntityKind, tongues: u8, known: bool) {
        let tokens = Tokens::new(name);
        let Some(last) = tokens.len().checked_sub(1) else { return };
        let capitals = last == 0 && tokens[0].case == Case::Upper;
        let last_capital = !matches!(tokens[last].case, Case::Lower | Case::None);
        let Some(place) = self.names.place(tokens.as_slice().iter().map(|token| token.hash)) else { return };
        match place {
            Some(name) if name.kind == kind => {
                name.tongues |= tongues;
                name.capitals &= capitals;
                name.last_capital &= last_capital;
                name.known |= known;
            }
            // An identity knows better than a list; of two, the first one.
            Some(name) if name.known || !known => {}
            _ => *place = Some(Name { kind, tongues, capitals, last_capital, known }),
        }
    }

    /// The mentions of a text in the language of this code, in order; none where it is no tongue of the lists.
    pub(super) fn find(&self, tokens: &Tokens<'_>, language: &str, lexicon: &Lexicon) -> Vec<Mention> {
        let Some(place) = self.tongues.iter().position(|tongue| tongue.code == language) else {
            return Vec::new();
        };
        Search::new(&self.names, 1 << place, &self.tongues[place], tokens, lexicon).run()
    }
}

/// A German name of several words as it stands behind an article: *der Deutschen Bank*.
fn inflected(name: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ').filter(|(first, _)| first.ends_with('e') && first.len() > 4)?;
    Some(format!("{first}n {rest}"))
}

/// A name with spaces for its hyphens, a hyphen for its space, or parted where a capital follows a small letter: *Mercedes Benz*,
/// *Tel-Aviv*, *Open AI*. `None` where it has neither.
fn otherwise_spaced(name: &str) -> Option<String> {
    if name.contains('-') {
        return Some(name.replace('-', " "));
    }
    if name.split(' ').count() == 2 {
        return Some(name.replace(' ', "-"));
    }
    let mut parted = String::with_capacity(name.len() + 1);
    let mut small = 0;
    for c in name.chars() {
        // McDonald, iPhone and eBay have a hump that nobody parts.
        if c.is_uppercase() && small > 2 {
            parted.push(' ');
        }
        small = if c.is_lowercase() { small + 1 } else { 0 };
        parted.push(c);
    }
    (parted.len() > name.len()).then_some(parted)
}

#[cfg(test)]
mod tests;
