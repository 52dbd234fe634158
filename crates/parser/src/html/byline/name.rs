//! Whether words have the form of a person's name.

use super::people::{Cleaner, Trust};
use crate::byline;
use crate::letters::is_ideograph;
use crate::lexicon::{WordSet, fold};

impl Cleaner<'_> {
    /// Whether it is a person's name as far as form tells.
    pub(super) fn is_name(&self, name: &str, trust: Trust) -> bool {
        let count = name.chars().count();
        let words: Vec<&str> = name.split_whitespace().collect();
        if !(2..=60).contains(&count)
            || words.len() > 6
            || words.is_empty()
            || !name.chars().any(char::is_alphabetic)
        {
            return false;
        }
        let folded = fold(name);
        let tight: String = folded.chars().filter(|c| *c != ' ').collect();
        // People call sites by their own names.
        if byline::is_outlet_name(name, self.lexicon)
            || self.lexicon.is_outlet(&folded)
            || self.is_site(name)
            || self.lexicon.has(WordSet::Nobody, &tight)
            || byline::is_firm(&words, self.lexicon)
        {
            return false;
        }
        // Initials and log-in names say nobody's name.
        let initials = count <= 3 && name.chars().all(char::is_uppercase) && name.is_ascii();
        if words.len() == 1 && (count <= 2 && name.is_ascii() || initials) || tight.contains("admin") {
            return false;
        }
        // "AFP", "AFP Paris"; but AA Gill is a person.
        let is_agency = |word: &str| {
            (words.len() == 1 || word.len() >= 3 && word.chars().all(char::is_uppercase))
                && self.lexicon.has(WordSet::Agencies, &fold(word))
        };
        if words.iter().any(|word| self.is_no_name(word) || is_agency(word)) {
            return false;
        }
        // A label without what it labels is no name.
        if self.labelled(name).is_some_and(str::is_empty) || words.len() == 1 && self.dated(name) {
            return false;
        }
        // "Die Fischer", "NTV Sport" on NTV, "Powered by", "works in Calgary": what begins with an article or the site's name,
        // what ends small, or begins so and does not end so.
        let first = fold(words[0]);
        let led = words.len() > 1
            && (first.len() > 2 && self.lexicon.has(WordSet::Articles, &first)
                || matches!(first.as_str(), "le" | "la" | "el" | "il")
                || self.sites.contains(&first) && !self.is_person(name));
        let small = |word: &str| word.chars().all(char::is_lowercase);
        let ends = [words[0], words[words.len() - 1]].map(small);
        let uneven = ends[0] != ends[1] && (ends[1] || !self.lexicon.has(WordSet::Particles, &first));
        if led || words.len() > 1 && (uneven || words.iter().any(|word| word.eq_ignore_ascii_case("by"))) {
            return false;
        }
        // A name in ideographs has two to four of them, foreigners' in syllables more.
        let ideographs = name.chars().filter(|c| is_ideograph(*c)).count();
        if ideographs > 0 {
            return ideographs <= 8 && words.len() <= 2 && (trust != Trust::Line || ideographs <= 4);
        }
        // "Radio-Canada", "April"; but Marie-France is a person.
        if words.len() == 1
            && (folded.split(' ').any(|part| self.is_no_name(part)) || crate::date::is_month(name))
        {
            return false;
        }
        if words.last().is_some_and(|word| is_domain(word)) {
            return false;
        }
        let capitals = words
            .iter()
            .filter(|word| {
                word.chars()
                    .find(|c| c.is_alphabetic())
                    .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
                    || is_elided_name(word)
            })
            .count();
        let particles = words.iter().filter(|word| self.lexicon.has(WordSet::Particles, &fold(word))).count();
        match trust {
            Trust::Field => words.len() <= 5 && (capitals > 0 || words.len() <= 2),
            Trust::Link => capitals >= 1 && capitals + particles >= words.len(),
            Trust::Line => {
                words.len() >= 2 && capitals >= 2.min(words.len()) && capitals + particles >= words.len()
            }
        }
    }
}

/// Whether a word is the name of a site: it ends in a suffix under which names are registered.
fn is_domain(word: &str) -> bool {
    let Some((name, _)) = word.rsplit_once('.') else { return false };
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    let is_even = !word.contains(|c: char| c.is_ascii_lowercase()) || !name.contains(char::is_uppercase);
    name.len() >= 2
        && is_plain
        && is_even
        && psl::suffix(word.to_ascii_lowercase().as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// Whether a word is a surname with a small particle that has lost its vowel: "d'Ormesson".
fn is_elided_name(word: &str) -> bool {
    let parts = word.split_once(['\'', '’']);
    parts.is_some_and(|(particle, name)| particle.len() <= 2 && name.starts_with(char::is_uppercase))
}
