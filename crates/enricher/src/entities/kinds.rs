//! Which of two kinds is a name that the tagger took for both?
//!
//! A text calls one thing by one name as a rule. Where the same words are a person in one sentence and a body in another, the
//! document decides: what the lists know of the name, a fuller name of one kind, the words beside one mention, or that
//! a person is named in full somewhere. A mention that its own words tell (*M. Michelin*, *le groupe Kerbrat*) stays what it is, and places stay as they are beside bodies: a
//! town's name is its club's too.
//!
//! One word that nobody knows and that begins the name of the text's one longer organization is short for it (*Brannock
//! Robotics*, *Brannock*), whatever the tagger took it for.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use document::{EntityKind, Span};

use super::identities::Identities;
use crate::lexicon::{Class, Lexicon};
use crate::tokens::{Tokens, hash};

use EntityKind::{Organization, Person, Place, Product};

/// A mention as a range of tokens.
struct Told<'t> {
    written: &'t str,
    /// Its first token.
    start: usize,
    /// One past the last.
    end: usize,
}

/// Gives the mentions of one name one kind, where the document tells which.
pub(super) fn agree(
    mentions: &mut [(Span, EntityKind)],
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    identities: &Identities,
    language: &str,
) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (span, _)) in mentions.iter().enumerate() {
        if let Some(written) = span.of(tokens.text()) {
            places.entry(written.to_lowercase()).or_default().push(place);
        }
    }
    let whole =
        places.iter().flat_map(|(name, named)| named.iter().map(|&place| (name.as_str(), mentions[place].1)));
    let fuller = fuller(whole.filter(|(_, kind)| matches!(kind, Person | Organization | Product)));
    let mut changes = Vec::new();
    for (folded, named) in &places {
        let count = |kind: EntityKind| named.iter().filter(|&&place| mentions[place].1 == kind).count();
        let counts = [Person, Organization, Product, Place].map(|kind| (kind, count(kind)));
        let present = counts.iter().filter(|(_, count)| *count > 0).count();
        let bodies = count(Organization) + count(Product);
        if present < 2 || count(EntityKind::Event) > 0 || (count(Place) > 0 && bodies > 0) {
            continue;
        }
        let Some(first) = named.first().and_then(|&place| told(tokens, mentions[place].0)) else { continue };
        let listed = || of_lists(&first, &counts, tokens, lexicon, identities, language);
        let longer = || fuller.get(folded.as_str()).copied().flatten();
        let shown = || {
            let told =
                named.iter().filter_map(|&place| Some((told(tokens, mentions[place].0)?, mentions[place].1)));
            of_neighbours(told, tokens, lexicon)
        };
        // Fuller names of two kinds: Louis Renault and Renault SA.
        let torn = fuller.get(folded.as_str()) == Some(&None);
        let told = || by_number(&counts, &first, tokens, lexicon).filter(|_| !torn);
        let decided = listed().or_else(longer).or_else(shown).or_else(told);
        let Some(kind) = decided.filter(|kind| count(*kind) > 0) else { continue };
        changes.extend(named.iter().map(|&place| (place, kind)));
    }
    changes.extend(short_for_bodies(&places, mentions, tokens, lexicon, identities, language));
    for (place, kind) in changes {
        let (span, was) = mentions[place];
        if was != kind && told(tokens, span).is_some_and(|told| !shows(&told, was, tokens, lexicon)) {
            mentions[place].1 = kind;
        }
    }
}

/// The mentions of one word that are short for the one organization of the text whose longer name begins with it.
fn short_for_bodies(
    places: &HashMap<String, Vec<usize>>,
    mentions: &[(Span, EntityKind)],
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    identities: &Identities,
    language: &str,
) -> Vec<(usize, EntityKind)> {
    let is = |named: &[usize], kind| named.iter().any(|&place| mentions[place].1 == kind);
    let longer = |kind| {
        places.iter().filter(move |(name, named)| name.contains(' ') && is(named, kind)).map(|(name, _)| name)
    };
    let mut bodies: HashMap<&str, Option<&str>> = HashMap::new();
    for name in longer(Organization) {
        let first = name.split(' ').next().unwrap_or_default();
        let known = bodies.entry(first).or_insert(Some(name));
        // Brannock Robotics and Brannock Robotics Inc are one.
        *known = known.and_then(|known| match (known.starts_with(name.as_str()), name.starts_with(known)) {
            (true, _) => Some(known),
            (_, true) => Some(name),
            _ => None,
        });
    }
    if bodies.is_empty() {
        return Vec::new();
    }
    let people: HashSet<&str> = longer(Person).flat_map(|name| name.split(' ')).collect();
    let mut short = Vec::new();
    for (name, named) in places {
        let Some(Some(body)) = bodies.get(name.as_str()) else { continue };
        let mut rest = body.split(' ').skip(1).peekable();
        // *Chabrières de Vars* has the name of what lies there.
        let lies_there =
            rest.peek().is_some_and(|&next| matches!(next, "de" | "du" | "des" | "of" | "en" | "sur" | "in"));
        if people.contains(name.as_str()) || lies_there || rest.any(is_local) {
            continue;
        }
        let mut all = named.iter().filter_map(|&place| told(tokens, mentions[place].0));
        if all.any(|told| names_another(&told, tokens, lexicon, identities, language)) {
            continue;
        }
        let taken = named.iter().filter(|&&place| matches!(mentions[place].1, Person | Place));
        short.extend(taken.map(|&place| (place, Organization)));
    }
    short
}

/// Whether one word is known as something else than a body, or what stands before it says so: *à Brannock*, *Mr Brannock*.
fn names_another(
    told: &Told<'_>,
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    identities: &Identities,
    language: &str,
) -> bool {
    let before = told.start.checked_sub(1).map_or("", |before| tokens.form(before));
    [Class::Territory, Class::Region, Class::City, Class::GivenName, Class::Surname, Class::Common]
        .into_iter()
        .any(|class| lexicon.is_entry(class, tokens, told.start..told.end))
        || [Class::Title, Class::Function, Class::OrganizationWord, Class::PlaceWord]
            .into_iter()
            .any(|class| lexicon.has(class, tokens[told.start].hash))
        || [Place, Person].into_iter().any(|kind| identities.of(kind, language, told.written).is_some())
        || matches!(before, "in" | "near" | "at" | "outside" | "à" | "près" | "vers" | "depuis")
        || shows(told, Person, tokens, lexicon)
}

/// Whether the word is for what towns have, so that the body's first word may be a town: *Clonmel Council*.
#[rustfmt::skip]
fn is_local(word: &str) -> bool {
    matches!(word,
        "council" | "city" | "town" | "county" | "university" | "college" | "school" | "hospital" | "police" | "airport" | "port"
        | "united" | "fc" | "football" | "club" | "court" | "museum" | "district" | "parish" | "festival" | "arena" | "station"
        | "diocese" | "cathedral" | "church" | "orchestra" | "opera" | "theatre" | "theater" | "library" | "zoo" | "park" | "fire"
        | "village" | "borough" | "state" | "island" | "region" | "athletic" | "rovers" | "wanderers" | "rugby" | "basketball"
        | "hockey" | "cricket" | "sc" | "ac" | "rc" | "métropole" | "agglomération" | "agglo" | "habitat" | "tourisme" | "volley"
        | "handball" | "times" | "tribune" | "post" | "herald" | "gazette" | "news" | "valley" | "community" | "health" | "medical"
        | "chamber" | "housing" | "harbour" | "water" | "electric" | "railway" | "brewery" | "distillery" | "castle" | "abbey")
}

fn told<'t>(tokens: &Tokens<'t>, span: Span) -> Option<Told<'t>> {
    let Range { start, end } = tokens.within(span);
    Some(Told { written: span.of(tokens.text())?, start, end })
}

/// The one kind that the lists know the name as.
fn of_lists(
    told: &Told<'_>,
    counts: &[(EntityKind, usize)],
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    identities: &Identities,
    language: &str,
) -> Option<EntityKind> {
    let entry = |class| lexicon.is_entry(class, tokens, told.start..told.end);
    let is_listed = |kind| {
        identities.of(kind, language, told.written).is_some()
            || match kind {
                Organization => entry(Class::Company) || entry(Class::Organization) || entry(Class::Medium),
                Product => entry(Class::Product),
                _ => false,
            }
    };
    let mut known = counts.iter().map(|(kind, _)| *kind).filter(|kind| is_listed(*kind));
    let one = known.next()?;
    known.next().is_none().then_some(one)
}

/// The kinds of the fuller names of a text by each shorter one: *Yann Kerbrat* by *Kerbrat*, *Kerbrat SA* by *Kerbrat*.
/// `None` where they differ.
fn fuller<'n>(names: impl Iterator<Item = (&'n str, EntityKind)>) -> HashMap<&'n str, Option<EntityKind>> {
    let mut fuller: HashMap<&str, Option<EntityKind>> = HashMap::new();
    for (name, kind) in names {
        let seams = name.match_indices(' ').take(LONG);
        let shorter = seams.map(|(seam, _)| match kind {
            Person => &name[seam + 1..],
            _ => &name[..seam],
        });
        for short in shorter {
            let known = fuller.entry(short).or_insert(Some(kind));
            *known = known.filter(|known| *known == kind);
        }
    }
    fuller
}

/// How many words of a name are looked at.
const LONG: usize = 6;

/// The one kind that words beside the mentions show.
fn of_neighbours<'t>(
    mentions: impl Iterator<Item = (Told<'t>, EntityKind)>,
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
) -> Option<EntityKind> {
    let mut shown = mentions.filter(|(told, kind)| shows(told, *kind, tokens, lexicon)).map(|(_, kind)| kind);
    let first = shown.next()?;
    shown.all(|kind| kind == first).then_some(first)
}

/// The kind that the name has at least twice as often as all others together, of a person and something that is no body.
///
/// Between a person and a body counting tells nothing: an unknown company is taken for a person again and again. But a
/// person is named in full somewhere, so that one word which is a body once, and no surname that is known, is the body.
/// Whether something is a product or whoever makes it, neither tells.
fn by_number(
    counts: &[(EntityKind, usize)],
    told: &Told<'_>,
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
) -> Option<EntityKind> {
    let count =
        |kind: EntityKind| counts.iter().find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count);
    let person = count(Person);
    if person == 0 {
        return None;
    }
    if count(Organization) > 0 {
        let word = tokens.get(told.start).map_or(0, |token| token.hash);
        let known = [Class::Surname, Class::GivenName].into_iter().any(|class| lexicon.has(class, word));
        return (told.end - told.start == 1 && !known && count(Product) == 0).then_some(Organization);
    }
    let others = count(Product) + count(Place);
    if person >= 2 * others {
        return Some(Person);
    }
    (others >= 2 * person).then(|| if count(Place) > 0 { Place } else { Product })
}

/// Whether the words beside a mention say what it is: a title or a function before a person, a noun for a body before one.
fn shows(told: &Told<'_>, kind: EntityKind, tokens: &Tokens<'_>, lexicon: &Lexicon) -> bool {
    let Some(before) = told.start.checked_sub(1) else { return false };
    let form = tokens[before].hash;
    match kind {
        Person => {
            // The full stop of these is cut off in the list.
            matches!(tokens.form(before), "m." | "mr." | "mrs." | "ms." | "dr.")
                || lexicon.has(Class::Title, form)
                || lexicon.has(Class::Function, form)
        }
        Organization => {
            let behind = tokens.get(told.end).map_or(hash(""), |next| next.hash);
            lexicon.has(Class::OrganizationWord, form) || lexicon.has(Class::LegalForm, behind)
        }
        Product => lexicon.has(Class::ProductWord, form),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `marked` has its mentions as `[name](kind)`; `expected` are the kinds that they have in the end.
    #[track_caller]
    fn check(marked: &str, expected: &[EntityKind]) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        let mut rest = marked;
        while let Some((before, behind)) = rest.split_once('[') {
            text.push_str(before);
            let (name, behind) = behind.split_once("](").unwrap();
            let (kind, behind) = behind.split_once(')').unwrap();
            let kind = EntityKind::ALL.into_iter().find(|known| known.as_str() == kind).unwrap();
            mentions.push((Span::new(text.len(), text.len() + name.len()), kind));
            text.push_str(name);
            rest = behind;
        }
        text.push_str(rest);
        let (lexicon, identities) = (Lexicon::new(None).unwrap(), Identities::new(None).unwrap());
        agree(&mut mentions, &Tokens::new(&text), &lexicon, &identities, "fr");
        let kinds: Vec<_> = mentions.into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, expected, "{marked}");
    }

    #[test]
    fn a_fuller_name_decides() {
        check(
            "[Yann Kerbrat](person) part. [Kerbrat](organization) et [Kerbrat](person).",
            &[Person, Person, Person],
        );
        check("[Zorva SA](organization) vend, [Zorva](person) et [Zorva](organization)", &[Organization; 3]);
        check(
            "[Louis Zorva](person), [Zorva SA](organization), [Zorva](person) et [Zorva](organization)",
            &[Person, Organization, Person, Organization],
        );
    }

    #[test]
    fn what_the_lists_know_decides() {
        check("[Nvidia](person) vend et [Nvidia](organization) achète", &[Organization; 2]);
    }

    #[test]
    fn one_word_without_a_fuller_name_is_a_body_if_it_is_one_once() {
        check("[Zorva](organization), [Zorva](person), [Zorva](person)", &[Organization; 3]);
        // A surname that is known may be somebody's.
        check("[Martin](organization), [Martin](person)", &[Organization, Person]);
    }

    #[test]
    fn one_word_that_begins_one_longer_organization_is_it() {
        check(
            "[Zorvel Robotics](organization) grows. She founded [Zorvel](place). [Zorvel](person) ships.",
            &[Organization; 3],
        );
        // A town, a person, two bodies, and a body that a town has.
        check("[Metz Conseil](organization) et [Metz](place)", &[Organization, Place]);
        check("[Zorvel Robotics](organization) à [Zorvel](place)", &[Organization, Place]);
        check(
            "[Zorvel Robotics](organization), [Ilse Zorvel](person), [Zorvel](person)",
            &[Organization, Person, Person],
        );
        check("[Zorvel Robotics](organization) et M. [Zorvel](person)", &[Organization, Person]);
        check(
            "[Zorvel Robotics](organization), [Zorvel Foods](organization), [Zorvel](place)",
            &[Organization, Organization, Place],
        );
        check("[Zorvel Council](organization) et [Zorvel](place)", &[Organization, Place]);
        check("[Zorvel de Vars](organization) et [Zorvel](place)", &[Organization, Place]);
    }

    #[test]
    fn a_person_or_a_thing_is_what_it_is_twice_as_often() {
        check("[Zorva](product), [Zorva](person), [Zorva](person)", &[Person; 3]);
        check("[Zorva](product), [Zorva](person)", &[Product, Person]);
        check("[Zorva](organization), [Zorva](product), [Zorva](product)", &[Organization, Product, Product]);
    }

    #[test]
    fn what_its_own_words_tell_stays() {
        check("[Nvidia](organization) et M. [Nvidia](person)", &[Organization, Person]);
        check("[Metz](place) et [Metz](organization) et [Metz](place)", &[Place, Organization, Place]);
    }
}
