//! Which mentions name the same entity?
//!
//! Names that differ only in case, accents, spaces and marks are one name. A surname, or a given name, belongs to
//! the one person of the text who bears it; the short name of an organization to the one whose longer name begins
//! with it or whose initials it is. Names that the list of identities knows as one are one. Where two could be meant,
//! none is.

use std::collections::HashMap;

use document::{Entity, EntityKind, Span};

use super::identities::Identities;
use super::words::{is_legal_form, words};
use crate::tokens::Tokens;

/// Gathers the mentions of each entity, in the order of their first mentions. What the identities know is called as
/// they say for `language`.
pub(super) fn group(
    tokens: &Tokens<'_>,
    mentions: &[(Span, EntityKind)],
    identities: &Identities,
    language: &str,
) -> Vec<Entity> {
    let mut names = names(tokens, mentions, identities, language);
    let mut firsts: HashMap<u32, usize> = HashMap::new();
    for index in 0..names.len() {
        let Some(identity) = names[index].identity else { continue };
        let first = *firsts.entry(identity).or_insert(index);
        if first != index {
            let spans = std::mem::take(&mut names[index].spans);
            names[first].spans.extend(spans);
        }
    }
    let fuller = Fuller::new(&names);
    let parents: Vec<_> = (0..names.len()).map(|index| fuller.parent(&names, index)).collect();
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = *parent {
            // What its fuller name is one with. Whoever is known by the short name is nobody with a longer one: Carrefour is
            // not Carrefour Italie, nor Siemens Siemens Energy.
            let parent = names[parent].identity.map_or(parent, |identity| firsts[&identity]);
            if parent != index && names[index].identity.is_none() {
                let spans = std::mem::take(&mut names[index].spans);
                names[parent].spans.extend(spans);
            }
        }
    }
    let mut entities: Vec<Entity> = names
        .into_iter()
        .filter(|name| !name.spans.is_empty())
        .map(|Name { kind, written, mut spans, identity, .. }| {
            spans.sort_unstable();
            let identity = identity.and_then(|place| identities.get(place));
            let name = identity.and_then(|identity| identity.name(language)).map_or(written, str::to_owned);
            let reference = identity.and_then(|identity| identity.reference.clone());
            Entity { kind, name, reference, mentions: spans }
        })
        .collect();
    entities.sort_by_key(|entity| entity.mentions.first().copied());
    entities
}

/// One name, however it is written.
struct Name {
    kind: EntityKind,
    /// As it is written most often; of several ways, the first.
    written: String,
    /// Its words, folded.
    words: Vec<String>,
    spans: Vec<Span>,
    /// Who or what is known by it.
    identity: Option<u32>,
}

/// The distinct names, in the order of their first mentions.
fn names(
    tokens: &Tokens<'_>,
    mentions: &[(Span, EntityKind)],
    identities: &Identities,
    language: &str,
) -> Vec<Name> {
    let text = tokens.text();
    let mut places: HashMap<(EntityKind, String), usize> = HashMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut ways: Vec<HashMap<&str, usize>> = Vec::new();
    for &(span, kind) in mentions {
        let Some(written) = span.of(text) else { continue };
        let words = words(written, kind);
        let folded = words.concat();
        let place = *places.entry((kind, folded)).or_insert_with(|| {
            let identity = identity(identities, kind, language, written);
            names.push(Name { kind, written: one_line(written), words, spans: Vec::new(), identity });
            ways.push(HashMap::new());
            names.len() - 1
        });
        names[place].spans.push(span);
        let often = ways[place].entry(written).or_default();
        *often += 1;
        let often = *often;
        let others =
            |most: usize| ways[place].iter().all(|(other, count)| *other == written || *count <= most);
        // A headline in capitals is not how a name is written.
        let calmer = is_shouted(&names[place].written) && !is_shouted(written);
        if others(often - usize::from(!calmer)) {
            names[place].written = one_line(written);
        }
    }
    for name in names.iter_mut().filter(|name| name.kind == EntityKind::Organization) {
        if let Some(spelling) = identities.spelling(&name.written) {
            name.written = spelling.to_owned();
        }
    }
    names
}

/// Who or what is known by a name. The legal form behind a company's name is no part of what it is known by.
fn identity(identities: &Identities, kind: EntityKind, language: &str, written: &str) -> Option<u32> {
    identities.of(kind, language, written).or_else(|| {
        let (name, last) = written.rsplit_once(char::is_whitespace)?;
        let form = words(last, kind).concat();
        (kind == EntityKind::Organization && is_legal_form(&form))
            .then(|| identities.of(kind, language, name.trim_end_matches(',')))?
    })
}

fn is_shouted(written: &str) -> bool {
    written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of several words, by what a short name for them may be.
struct Fuller(HashMap<(EntityKind, String), Vec<usize>>);

/// A short name that so many longer names share names none of them.
const SHARED: usize = 16;

impl Fuller {
    fn new(names: &[Name]) -> Self {
        let mut fuller: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            let [first, .., last] = &name.words[..] else { continue };
            let mut keys = match name.kind {
                EntityKind::Person => vec![first.clone(), last.clone()],
                EntityKind::Organization => {
                    vec![first.clone(), initials(&name.words, 0), initials(&name.words, 3)]
                }
                EntityKind::Place | EntityKind::Product | EntityKind::Event => continue,
            };
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                fuller.entry((name.kind, key)).or_default().push(index);
            }
        }
        Self(fuller)
    }

    /// The one fuller name that this name is short for.
    fn parent(&self, names: &[Name], index: usize) -> Option<usize> {
        let short = &names[index];
        // A person's short name ends the fuller one, so that its last word is the key; a given name is both.
        let key = if short.kind == EntityKind::Person { short.words.last() } else { short.words.first() };
        let candidates = self.0.get(&(short.kind, key?.clone()))?;
        if candidates.len() > SHARED {
            return None;
        }
        let mut fuller =
            candidates.iter().copied().filter(|&other| other != index && is_short_for(short, &names[other]));
        // Several fuller names are one entity only where each is short for the longest.
        let mut best = fuller.next()?;
        for other in fuller {
            let (long, brief) = if names[other].words.len() > names[best].words.len() {
                (other, best)
            } else {
                (best, other)
            };
            if !is_short_for(&names[brief], &names[long]) {
                return None;
            }
            best = long;
        }
        Some(best)
    }
}

fn is_short_for(short: &Name, long: &Name) -> bool {
    let (brief, full) = (&short.words, &long.words);
    full.len() > brief.len()
        && match short.kind {
            EntityKind::Person => full.ends_with(brief) || (brief.len() == 1 && full.starts_with(brief)),
            EntityKind::Organization => {
                full.starts_with(brief) || (brief.len() == 1 && is_initials(&brief[0], full))
            }
            EntityKind::Place | EntityKind::Product | EntityKind::Event => false,
        }
}

/// Whether `letters` are the initials of these words, small words left out or not.
fn is_initials(letters: &str, words: &[String]) -> bool {
    letters.chars().nth(1).is_some() && (initials(words, 0) == letters || initials(words, 3) == letters)
}

/// The initials of the words of more than `least` bytes.
fn initials(words: &[String], least: usize) -> String {
    words.iter().filter(|word| word.len() > least).filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `marked` has its mentions in `[…]`, all of one kind; `expected` is each entity with how often it is mentioned.
    #[track_caller]
    fn check(kind: EntityKind, marked: &str, expected: &[(&str, usize)]) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        let mut start = 0;
        for c in marked.chars() {
            match c {
                '[' => start = text.len(),
                ']' => mentions.push((Span::new(start, text.len()), kind)),
                c => text.push(c),
            }
        }
        let entities = group(&Tokens::new(&text), &mentions, &Identities::new(None).unwrap(), "fr");
        let found: Vec<_> =
            entities.iter().map(|entity| (entity.name.as_str(), entity.mentions.len())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_surname_belongs_to_the_one_who_bears_it() {
        check(EntityKind::Person, "[Anna Lund] parle. [Lund] part, [Anna] reste.", &[("Anna Lund", 3)]);
        check(EntityKind::Person, "M. [Lund] : [Anna Lund]", &[("Anna Lund", 2)]);
    }

    #[test]
    fn a_surname_of_two_people_belongs_to_neither() {
        check(
            EntityKind::Person,
            "[Anna Lund], [Per Lund] et [Lund]",
            &[("Anna Lund", 1), ("Per Lund", 1), ("Lund", 1)],
        );
    }

    #[test]
    fn initials_and_short_names_are_the_organization() {
        check(
            EntityKind::Organization,
            "[Banque centrale du Nord] ([BCN]), la [BCN], [Banque centrale]",
            &[("Banque centrale du Nord", 4)],
        );
        check(EntityKind::Organization, "[Kerlane Group] et [Kerlane], [KERLANE]", &[("Kerlane Group", 3)]);
    }

    #[test]
    fn the_commonest_way_to_write_it_is_the_name() {
        check(EntityKind::Organization, "[Kerlane], [KERLANE] et [KERLANE]", &[("KERLANE", 3)]);
        check(EntityKind::Organization, "[Open Rail], [OpenRail]", &[("Open Rail", 2)]);
        check(EntityKind::Person, "[PAUL MOREL]\n[Paul Morel]", &[("Paul Morel", 2)]);
        check(EntityKind::Product, "un [Zephyr] et des [Zephyrs]", &[("Zephyr", 2)]);
    }

    #[test]
    fn names_that_are_known_as_one_are_one() {
        check(EntityKind::Organization, "[Hon Hai] ou [Foxconn], dit [Foxconn]", &[("Foxconn", 3)]);
        check(EntityKind::Place, "[Beijing], [Pékin] et les [USA]", &[("Pékin", 2), ("États-Unis", 1)]);
    }

    #[test]
    fn a_listed_name_is_written_as_the_list_has_it() {
        check(EntityKind::Organization, "[Open AI], [Open-AI]", &[("OpenAI", 2)]);
        check(EntityKind::Organization, "[Hon-Hai] et [Micro soft]", &[("Foxconn", 1), ("Micro soft", 1)]);
        check(EntityKind::Organization, "[Cloud Flare], [Cloudflare]", &[("Cloud Flare", 2)]);
        check(EntityKind::Organization, "[Siemens AG] et [Siemens]", &[("Siemens", 2)]);
    }

    #[test]
    fn who_is_known_is_nobody_with_a_longer_name() {
        check(
            EntityKind::Organization,
            "[Siemens Energy], [Siemens]",
            &[("Siemens Energy", 1), ("Siemens", 1)],
        );
        check(
            EntityKind::Organization,
            "[Carrefour Italie], [Carrefour]",
            &[("Carrefour Italie", 1), ("Carrefour", 1)],
        );
    }

    #[test]
    fn other_kinds_are_not_shortened() {
        check(EntityKind::Place, "[New York] et [York]", &[("New York", 1), ("York", 1)]);
    }
}
