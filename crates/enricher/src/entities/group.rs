//! Which mentions name the same entity?
//!
//! Names that differ only in case, accents, spaces and marks are one name. A surname, or a given name, belongs to
//! the one person of the text who bears it; the short name of an organization to the one whose longer name begins
//! with it or whose initials it is. A man's surname is no woman's (*le président Macron*, *Brigitte Macron*). Names that the list of identities knows as one are one. Where two could be meant,
//! none is.

use std::collections::HashMap;

use document::{Entity, EntityKind, Span};

use super::identities::Identities;
use super::words::{is_legal_form, words};
use crate::given_names::Gender;
use crate::tokens::Tokens;

/// Gathers the mentions of each entity, in the order of their first mentions. What the identities know is called as
/// they say for `language`; `genders` is what each mention tells of its person.
pub(super) fn group(
    tokens: &Tokens<'_>,
    mentions: &[(Span, EntityKind)],
    genders: &[Option<Gender>],
    identities: &Identities,
    language: &str,
) -> Vec<Entity> {
    let mut names = names(tokens, mentions, genders, identities, language);
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
    let parents = fuller.parents(&names);
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
    /// Of a person, as far as it is told.
    gender: Option<Gender>,
    /// Who or what is known by it.
    identity: Option<u32>,
}

/// The distinct names, in the order of their first mentions.
fn names(
    tokens: &Tokens<'_>,
    mentions: &[(Span, EntityKind)],
    genders: &[Option<Gender>],
    identities: &Identities,
    language: &str,
) -> Vec<Name> {
    let text = tokens.text();
    let mut places: HashMap<(EntityKind, String, Option<Gender>), usize> = HashMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut ways: Vec<HashMap<&str, usize>> = Vec::new();
    for (&(span, kind), &gender) in mentions.iter().zip(genders) {
        let Some(written) = span.of(text) else { continue };
        let words = words(written, kind);
        let folded = words.concat();
        // Mme Petit is not M. Petit.
        let told = gender.filter(|_| words.len() == 1);
        let place = *places.entry((kind, folded, told)).or_insert_with(|| {
            let identity = identity(identities, kind, language, written);
            names.push(Name { kind, written: one_line(written), words, spans: Vec::new(), gender, identity });
            ways.push(HashMap::new());
            names.len() - 1
        });
        let name = &mut names[place];
        name.spans.push(span);
        name.gender = name.gender.or(gender);
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

    /// The one fuller name that each name is short for.
    fn parents(&self, names: &[Name]) -> Vec<Option<usize>> {
        let mut parents: Vec<_> = (0..names.len()).map(|index| self.parent(names, index)).collect();
        let mut titled: HashMap<&str, Vec<usize>> = HashMap::new();
        let surname = |name: &Name| name.kind == EntityKind::Person && name.words.len() == 1;
        for (index, name) in names.iter().enumerate() {
            if surname(name) && name.gender.is_some() {
                titled.entry(&name.words[0]).or_default().push(index);
            }
        }
        for both in titled.values() {
            // A man and a woman are not one with somebody of whom neither is known.
            if let [one, other] = both[..]
                && parents[one] == parents[other]
            {
                (parents[one], parents[other]) = (None, None);
            }
        }
        for (index, name) in names.iter().enumerate() {
            if !surname(name) || name.gender.is_some() {
                continue;
            }
            let Some(titled) = titled.get(name.words[0].as_str()) else { continue };
            // Without a title it means whoever all the others mean.
            let others = titled.iter().map(|&other| parents[other].unwrap_or(other));
            let mut meant = others.chain(parents[index]);
            let first = meant.next();
            let one = first.filter(|&first| meant.all(|other| other == first));
            let open = |index: usize| parents[index].is_none() && self.has_fuller(names, index);
            // Of whom several may be meant with the title, several may be without.
            parents[index] = one.filter(|&one| !open(index) || (titled[..] == [one] && open(one)));
        }
        parents
    }

    /// Whether this name is short for any.
    fn has_fuller(&self, names: &[Name], index: usize) -> bool {
        let short = &names[index];
        let key = short.words.last().map(|word| (short.kind, word.clone()));
        let candidates = key.and_then(|key| self.0.get(&key));
        candidates.is_some_and(|candidates| {
            candidates.len() > SHARED || candidates.iter().any(|&other| is_short_for(short, &names[other]))
        })
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
            EntityKind::Person => {
                let unlike = short.gender.is_some() && long.gender.is_some() && short.gender != long.gender;
                !unlike && (full.ends_with(brief) || (brief.len() == 1 && full.starts_with(brief)))
            }
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
    use super::super::genders::genders;
    use super::*;
    use crate::given_names::GivenNames;
    use crate::lexicon::Lexicon;

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
        let tokens = Tokens::new(&text);
        let (given, lexicon) = (GivenNames::new(None).unwrap(), Lexicon::new(None).unwrap());
        let genders = genders(&tokens, &mentions, &given, &lexicon);
        let entities = group(&tokens, &mentions, &genders, &Identities::new(None).unwrap(), "fr");
        let found: Vec<_> =
            entities.iter().map(|entity| (entity.name.as_str(), entity.mentions.len())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_surname_belongs_to_the_one_who_bears_it() {
        check(EntityKind::Person, "[Anna Lund] parle. [Lund] part, [Anna] reste.", &[("Anna Lund", 3)]);
        check(EntityKind::Person, "Mme [Lund] : [Anna Lund]", &[("Anna Lund", 2)]);
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
    fn a_man_is_no_woman_of_his_surname() {
        check(
            EntityKind::Person,
            "Le président [Macron] a voté. [Brigitte Macron] était là.",
            &[("Macron", 1), ("Brigitte Macron", 1)],
        );
        check(
            EntityKind::Person,
            "La ministre [Claire Petit] a été reçue par M. [Petit].",
            &[("Claire Petit", 1), ("Petit", 1)],
        );
        check(
            EntityKind::Person,
            "[Claire Petit] et [Louis Petit] sont là : Mme [Petit] parle, M. [Petit] part.",
            &[("Claire Petit", 2), ("Louis Petit", 2)],
        );
        check(EntityKind::Person, "Mme [Petit] et M. [Petit] sont là.", &[("Petit", 1), ("Petit", 1)]);
        // Camille may be either.
        check(
            EntityKind::Person,
            "[Camille Petit] voit Mme [Petit] et M. [Petit].",
            &[("Camille Petit", 1), ("Petit", 1), ("Petit", 1)],
        );
    }

    #[test]
    fn a_surname_without_a_title_is_whoever_the_titles_mean() {
        check(EntityKind::Person, "M. [Petit] parle. [Petit] part.", &[("Petit", 2)]);
        // The article tells nothing where the text calls a woman so.
        check(
            EntityKind::Person,
            "Le juge [Claire Petit] tranche. Le juge [Petit] part. [Petit] reste.",
            &[("Claire Petit", 3)],
        );
        check(
            EntityKind::Person,
            "La ministre [Claire Petit] arrive. Mme [Petit] parle. [Petit] part.",
            &[("Claire Petit", 3)],
        );
        check(
            EntityKind::Person,
            "[Claire Petit] voit M. [Petit]. [Petit] part.",
            &[("Claire Petit", 1), ("Petit", 1), ("Petit", 1)],
        );
        check(
            EntityKind::Person,
            "[Anna Lund], [Per Lund], M. [Lund] et [Lund]",
            &[("Anna Lund", 1), ("Per Lund", 2), ("Lund", 1)],
        );
        check(
            EntityKind::Person,
            "[Jean Lund], [Per Lund], M. [Lund] et la famille [Lund]",
            &[("Jean Lund", 1), ("Per Lund", 1), ("Lund", 2)],
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
