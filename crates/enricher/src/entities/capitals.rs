//! Headlines and first lines in capitals, as agencies write them: names that the text has in normal writing are found there.

use std::collections::HashMap;

use document::{EntityKind, Span};
use rustc_hash::FxHashSet;

use crate::phrases::Phrases;
use crate::tokens::{Case, Kind, Tokens};

/// For each token, whether it stands in a line that capitals tell nothing in.
pub(super) fn lines_in_capitals(tokens: &Tokens<'_>) -> Vec<bool> {
    let list = tokens.as_slice();
    let mut lines = vec![false; list.len()];
    let mut start = 0;
    while start < list.len() {
        let end = (start + 1..list.len()).find(|&index| list[index].line).unwrap_or(list.len());
        let words = || {
            list[start..end].iter().filter(|token| token.kind == Kind::Word && token.end - token.start > 3)
        };
        let upper = words().filter(|token| token.case == Case::Upper).count();
        if upper > 2 && upper * 2 > words().count() {
            lines[start..end].fill(true);
        }
        start = end;
    }
    lines
}

/// Adds the mentions in lines of capitals of names that are mentioned elsewhere, of the same kind. What was found there
/// before and overlaps one gives way.
pub(super) fn add_shouted(mentions: &mut Vec<(Span, EntityKind)>, tokens: &Tokens<'_>) {
    let shouted = lines_in_capitals(tokens);
    if !shouted.contains(&true) {
        return;
    }
    let known = names(mentions, tokens, &shouted);
    let list = tokens.as_slice();
    let mut found = Vec::new();
    let mut index = 0;
    while index < list.len() {
        let words = list[index..].iter().zip(&shouted[index..]).take_while(|(_, shouted)| **shouted);
        let Some((length, kind)) = known.longest(words.map(|(word, _)| word.hash)) else {
            index += 1;
            continue;
        };
        found.extend(tokens.span(index..index + length).map(|span| (span, kind)));
        index += length;
    }
    // Both are in order.
    mentions.retain(|(span, _)| {
        let next = found.partition_point(|(other, _): &(Span, _)| other.end <= span.start);
        found.get(next).is_none_or(|(other, _)| span.end <= other.start)
    });
    mentions.append(&mut found);
    mentions.sort_unstable_by_key(|(span, _)| *span);
}

/// The names outside of lines in capitals. One word that the text has in small letters too may be the word, and a name of
/// two kinds is of neither.
fn names(mentions: &[(Span, EntityKind)], tokens: &Tokens<'_>, shouted: &[bool]) -> Phrases<EntityKind> {
    let list = tokens.as_slice();
    let small: FxHashSet<u64> =
        list.iter().filter(|token| token.case == Case::Lower).map(|token| token.hash).collect();
    let mut kinds: HashMap<Vec<u64>, Option<EntityKind>> = HashMap::new();
    for (span, kind) in mentions {
        let range = tokens.within(*span);
        let start = range.start;
        let Some(words) = list.get(range).filter(|words| !words.is_empty()) else { continue };
        if shouted[start] || words.iter().all(|word| word.case == Case::Upper) {
            continue;
        }
        let words: Vec<u64> = words.iter().map(|word| word.hash).collect();
        kinds
            .entry(words)
            .and_modify(|known| *known = known.filter(|known| known == kind))
            .or_insert(Some(*kind));
    }
    let mut names = Phrases::new();
    for (words, kind) in kinds {
        if let (Some(kind), [first, rest @ ..]) = (kind, &words[..])
            && !(rest.is_empty() && small.contains(first))
        {
            names.insert(words, kind);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `found` are the names that are mentioned in normal writing, with their kinds; `expected` those found in capitals.
    #[track_caller]
    fn check(text: &str, found: &[(&str, EntityKind)], expected: &[(&str, EntityKind)]) {
        let mut mentions: Vec<_> = found
            .iter()
            .map(|(name, kind)| (text.find(name).unwrap(), name.len(), *kind))
            .map(|(start, length, kind)| (Span::new(start, start + length), kind))
            .collect();
        mentions.sort_unstable_by_key(|(span, _)| *span);
        let before = mentions.clone();
        add_shouted(&mut mentions, &Tokens::new(text));
        assert!(mentions.is_sorted_by_key(|(span, _)| *span));
        let added: Vec<_> = mentions
            .into_iter()
            .filter(|mention| !before.contains(mention))
            .map(|(span, kind)| (span.of(text).unwrap(), kind))
            .collect();
        assert_eq!(added, expected);
    }

    use EntityKind::{Organization, Person, Place};

    #[test]
    fn names_of_the_text_are_found_in_capitals() {
        check(
            "PAUL MOREL QUITTE RENAULT APRÈS DIX ANS\n\nPaul Morel quitte Renault. Le maire de Nantes est parti.",
            &[("Paul Morel", Person), ("Renault", Organization), ("Nantes", Place)],
            &[("PAUL MOREL", Person), ("RENAULT", Organization)],
        );
    }

    #[test]
    fn a_word_that_the_text_has_in_small_letters_is_none() {
        check(
            "UNE MARÉE ORANGE DANS TOUTE LA VILLE\n\nOrange a peint une porte en orange.",
            &[("Orange", Organization)],
            &[],
        );
    }

    #[test]
    fn a_line_in_normal_writing_stays_as_it_is() {
        check("Renault vend. RENAULT est là.", &[("Renault", Organization)], &[]);
    }
}
