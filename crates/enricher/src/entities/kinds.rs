//! Which of two kinds is a name that the tagger took for both?
//!
//! A text calls one thing by one name as a rule. Where the same words are a person in one sentence and a body in another, the
//! document decides: what the lists know of the name, a fuller name of one kind, the words beside one mention, or that
//! a person is named in full somewhere. A mention that its own words tell (*M. Michelin*, *le groupe Kerbrat*) stays what it is, and places stay as they are beside bodies: a
//! town's name is its club's too.

use std::collections::HashMap;

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
    for (place, kind) in changes {
        let (span, was) = mentions[place];
        if was != kind && told(tokens, span).is_some_and(|told| !shows(&told, was, tokens, lexicon)) {
            mentions[place].1 = kind;
        }
    }
}

fn told<'t>(tokens: &Tokens<'t>, span: Span) -> Option<Told<'t>> {
    let list = tokens.as_slice();
    let start = list.partition_point(|token| (token.start as usize) < span.start);
    let end = list.partition_point(|token| (token.start as usize) < span.end);
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
