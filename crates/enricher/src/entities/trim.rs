//! What of a decoded mention can be part of a name?
//!
//! The tagger decides word by word and takes a neighbour in now and then that no name has: a mark, a verb, the
//! nationality of a company. What is left behind here is none for certain; the rest stays as the tagger saw it. The words
//! are those of `config/lexicon/name-edges.toml`.

use std::ops::Range;

use document::EntityKind;

use crate::lexicon::{Class, Lexicon};
use crate::tokens::{Case, Kind, Tokens};

/// A mention without what cannot be part of a name; `None` where nothing is left.
pub(super) fn trimmed(
    tokens: &Tokens<'_>,
    mut range: Range<usize>,
    kind: EntityKind,
    lexicon: &Lexicon,
) -> Option<(Range<usize>, EntityKind)> {
    strip_marks(tokens, &mut range);
    if range.start >= range.end {
        return None;
    }
    if is_function(tokens, &range, kind, lexicon) {
        return None;
    }
    let kind = cut_before_verb(tokens, &mut range, kind, lexicon);
    drop_nationality(tokens, &mut range, kind, lexicon);
    strip_marks(tokens, &mut range);
    let kind = if is_product(tokens, &range, kind, lexicon) { EntityKind::Product } else { kind };
    (range.start < range.end).then_some((range, kind))
}

/// The names that marks join in one mention: *Yann Kerbrat ; Kerbrat*, *Paul Morel / Anne Lund*. A slash that touches both
/// sides joins the names of two people only: AC/DC is one.
pub(super) fn parted(
    tokens: &Tokens<'_>,
    range: Range<usize>,
    kind: EntityKind,
) -> impl Iterator<Item = (Range<usize>, EntityKind)> {
    let parts = move |index: usize| match tokens.word(index) {
        ";" | "|" | "•" => true,
        "/" => tokens[index].spaced || kind == EntityKind::Person,
        _ => false,
    };
    let mut start = range.start;
    std::iter::from_fn(move || {
        if start >= range.end {
            return None;
        }
        let end = (start..range.end).find(|&index| parts(index)).unwrap_or(range.end);
        let part = start..end;
        start = end + 1;
        Some((part, kind))
    })
}

/// Whether a company's name before a product's makes the product: *Microsoft Copilot*.
fn is_product(tokens: &Tokens<'_>, range: &Range<usize>, kind: EntityKind, lexicon: &Lexicon) -> bool {
    kind == EntityKind::Organization
        && ![Class::Company, Class::Organization, Class::Medium]
            .into_iter()
            .any(|class| lexicon.is_entry(class, tokens, range.clone()))
        && (range.start + 1..range.end).any(|seam| {
            lexicon.is_entry(Class::Company, tokens, range.start..seam)
                && lexicon.is_entry(Class::Product, tokens, seam..range.end)
        })
}

/// Takes the marks at both ends away. What closes a bracket inside the name, or ends its last word (*Yahoo!*), stays.
fn strip_marks(tokens: &Tokens<'_>, range: &mut Range<usize>) {
    let is_mark = |index: usize| tokens[index].kind == Kind::Mark;
    while range.start < range.end && is_mark(range.start) {
        range.start += 1;
    }
    while range.start < range.end && is_mark(range.end - 1) {
        let last = range.end - 1;
        let opening = match tokens.word(last) {
            ")" => "(",
            "]" => "[",
            "»" => "«",
            "”" => "“",
            "\"" => "\"",
            "!" | "+" | "?" if !tokens[last].spaced => return,
            _ => "",
        };
        if (range.start..last).any(|index| tokens.word(index) == opening) {
            return;
        }
        range.end = last;
    }
}

/// *ministre de la Culture*, *directeur général*: what somebody is, and no body; nor is what a minister is in charge of.
fn is_function(tokens: &Tokens<'_>, range: &Range<usize>, kind: EntityKind, lexicon: &Lexicon) -> bool {
    if kind != EntityKind::Organization {
        return false;
    }
    let first = tokens[range.start];
    if first.case == Case::Lower
        && lexicon.has(Class::Function, first.hash)
        && !lexicon.has(Class::OrganizationWord, first.hash)
    {
        return true;
    }
    let small = |index: &usize| {
        matches!(
            tokens.form(*index),
            "de" | "la" | "le" | "l'" | "du" | "des" | "d'" | "à" | "of" | "for" | "the"
        )
    };
    let before = (range.start.saturating_sub(4)..range.start).rev().find(|index| !small(index));
    let charge = before.is_some_and(|before| {
        before + 1 < range.start
            && matches!(
                tokens.form(before),
                "ministre" | "ministres" | "vice-ministre" | "minister" | "ministers"
            )
    });
    charge
        && ![Class::Organization, Class::Company, Class::Medium]
            .into_iter()
            .any(|class| lexicon.is_entry(class, tokens, range.clone()))
}

/// Ends a mention before a finite verb in it: *Brightwell raised*, *Google gagne 2 %*. A work's title may have a verb,
/// so that of a product only a company is left, as a company.
fn cut_before_verb(
    tokens: &Tokens<'_>,
    range: &mut Range<usize>,
    kind: EntityKind,
    lexicon: &Lexicon,
) -> EntityKind {
    let small = |index: &usize| tokens[*index].case == Case::Lower && tokens[*index].kind == Kind::Word;
    let mut inside = (range.start + 1..range.end).filter(small);
    match kind {
        EntityKind::Person => {
            let began = |index: usize| {
                (range.start..index).any(|index| !matches!(tokens[index].case, Case::Lower | Case::None))
            };
            let is_particle = |index: usize| {
                PARTICLES.contains(&tokens.form(index))
                    // Catherine of Aragon, but Sarah Whitlock of Unite.
                    || (index == range.start + 1 && matches!(tokens.form(index), "of" | "the"))
            };
            let end = inside.find(|&index| began(index) && !is_particle(index));
            range.end = end.unwrap_or(range.end);
        }
        EntityKind::Organization | EntityKind::Place => {
            range.end =
                inside.find(|&index| lexicon.edges().is_verb(tokens[index].hash)).unwrap_or(range.end);
        }
        EntityKind::Product => {
            let head = tokens[range.start].hash;
            let company = lexicon.has(Class::Company, head) && !lexicon.has(Class::Product, head);
            if company
                && inside.next().is_some_and(|index| {
                    index == range.start + 1 && lexicon.edges().is_verb(tokens[index].hash)
                })
            {
                range.end = range.start + 1;
                return EntityKind::Organization;
            }
        }
        EntityKind::Event => {}
    }
    kind
}

/// Small words inside people's names.
const PARTICLES: &[&str] = &[
    "de", "du", "des", "d'", "la", "le", "les", "l'", "van", "von", "vom", "der", "den", "ten", "ter", "zu",
    "di", "da", "del", "della", "dos", "do", "das", "al", "el", "bin", "ben", "ibn", "y", "e", "et",
];

/// Leaves the nationality before a company's name out: *l'Américain Nvidia*, *le Taïwanais Foxconn*. British Airways and
/// Crédit suisse keep theirs: what is left has to be a company by itself.
fn drop_nationality(tokens: &Tokens<'_>, range: &mut Range<usize>, kind: EntityKind, lexicon: &Lexicon) {
    if range.len() < 2 || !matches!(kind, EntityKind::Organization | EntityKind::Product) {
        return;
    }
    let (first, second) = (range.start, range.start + 1);
    let french = lexicon.edges().is_french_nationality(tokens[first].hash);
    let is_nationality = french || lexicon.edges().is_english_nationality(tokens[first].hash);
    if !is_nationality || matches!(tokens[second].case, Case::Lower | Case::None) {
        return;
    }
    if lexicon.is_entry(Class::Company, tokens, range.clone())
        || lexicon.is_entry(Class::Organization, tokens, range.clone())
        || lexicon.is_entry(Class::Medium, tokens, range.clone())
    {
        return;
    }
    if french || lexicon.is_entry(Class::Company, tokens, second..range.end) {
        range.start = second;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mention is between brackets; `expected` is what is left of it.
    #[track_caller]
    fn check(kind: EntityKind, marked: &str, expected: Option<(&str, EntityKind)>) {
        let (start, end) = (marked.find('[').unwrap(), marked.find(']').unwrap());
        let text = marked.replace(['[', ']'], "");
        let tokens = Tokens::new(&text);
        let place = |at: usize| tokens.as_slice().partition_point(|token| (token.start as usize) < at);
        let lexicon = Lexicon::new(None).unwrap();
        let left = trimmed(&tokens, place(start)..place(end - 1), kind, &lexicon);
        let left = left.map(|(range, kind)| (tokens.span(range).unwrap().of(&text).unwrap(), kind));
        assert_eq!(left, expected);
    }

    use EntityKind::{Organization, Person, Product};

    #[test]
    fn marks_at_the_ends_are_no_part_of_a_name() {
        check(Organization, "chez [Renault ;] et", Some(("Renault", Organization)));
        check(Organization, "chez [« Renault »]", Some(("Renault", Organization)));
        check(Organization, "[Bosch (France)] vend", Some(("Bosch (France)", Organization)));
        check(Organization, "[;]", None);
    }

    #[test]
    fn a_nationality_is_no_part_of_a_company() {
        check(Organization, "L'[Américain Nvidia] et", Some(("Nvidia", Organization)));
        check(Organization, "le [Taïwanais Foxconn]", Some(("Foxconn", Organization)));
        check(Organization, "the [Taiwanese Foxconn]", Some(("Foxconn", Organization)));
        check(Organization, "the [British Museum]", Some(("British Museum", Organization)));
        let agency = "European Chemicals Agency";
        check(Organization, "the [European Chemicals Agency]", Some((agency, Organization)));
        check(Organization, "[American Express]", Some(("American Express", Organization)));
        check(Organization, "la [Française des jeux]", Some(("Française des jeux", Organization)));
    }

    #[test]
    fn a_company_before_a_product_makes_the_product() {
        check(Organization, "[Microsoft Copilot] aide", Some(("Microsoft Copilot", Product)));
        check(Organization, "[Renault Group] vend", Some(("Renault Group", Organization)));
    }

    #[test]
    fn marks_part_names() {
        let names = |text: &str, kind| {
            let tokens = Tokens::new(text);
            let parts = parted(&tokens, 0..tokens.len(), kind);
            parts.filter_map(|(range, _)| tokens.span(range)?.of(text).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(names("Yann Kerbrat ; Kerbrat", Person), ["Yann Kerbrat", "Kerbrat"]);
        assert_eq!(names("Morel/Lund", Person), ["Morel", "Lund"]);
        assert_eq!(names("AC/DC", Organization), ["AC/DC"]);
    }

    #[test]
    fn a_verb_ends_a_name() {
        check(Person, "[Brightwell raised] 12", Some(("Brightwell", Person)));
        check(Person, "[Sarah Whitlock of Unite]", Some(("Sarah Whitlock", Person)));
        check(Person, "[Catherine of Aragon]", Some(("Catherine of Aragon", Person)));
        check(Person, "[Ursula von der Leyen]", Some(("Ursula von der Leyen", Person)));
        check(Product, "[Google gagne 2 %]", Some(("Google", Organization)));
        check(Product, "[La vie est belle]", Some(("La vie est belle", Product)));
    }

    #[test]
    fn what_somebody_is_is_no_body() {
        check(Organization, "le [ministre de la Culture]", None);
        check(Organization, "la ministre de l'[Agriculture]", None);
        check(Organization, "the minister for [Trade]", None);
        check(Organization, "le PDG de [Renault]", Some(("Renault", Organization)));
        check(Organization, "la [ministère de la Culture]", Some(("ministère de la Culture", Organization)));
    }
}
