//! Headlines and first lines in capitals, as agencies write them: names that the text has in normal writing are found there.

use std::collections::HashMap;

use document::{EntityKind, Span};

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
        let here = if shouted[index] { known.get(&list[index].hash) } else { None };
        let longest = here.into_iter().flatten().find(|name| {
            let end = index + name.words.len();
            end <= list.len()
                && shouted[end - 1]
                && list[index..end].iter().map(|token| token.hash).eq(name.words.iter().copied())
        });
        let Some(name) = longest else {
            index += 1;
            continue;
        };
        let end = index + name.words.len();
        found.extend(tokens.span(index..end).map(|span| (span, name.kind)));
        index = end;
    }
    mentions.retain(|(span, _)| {
        found.iter().all(|(other, _)| span.end <= other.start || other.end <= span.start)
    });
    mentions.append(&mut found);
    mentions.sort_unstable_by_key(|(span, _)| *span);
}

/// A name in normal writing.
struct Name {
    words: Vec<u64>,
    kind: EntityKind,
}

/// The names outside of lines in capitals by the hash of their first word, the longest first. One word that the text has in
/// small letters too may be the word, and a name of two kinds is of neither.
fn names(mentions: &[(Span, EntityKind)], tokens: &Tokens<'_>, shouted: &[bool]) -> HashMap<u64, Vec<Name>> {
    let list = tokens.as_slice();
    let mut kinds: HashMap<Vec<u64>, Option<EntityKind>> = HashMap::new();
    for (span, kind) in mentions {
        let start = list.partition_point(|token| (token.start as usize) < span.start);
        let end = list.partition_point(|token| (token.start as usize) < span.end);
        let Some(words) = list.get(start..end).filter(|words| !words.is_empty()) else { continue };
        if shouted[start] || words.iter().all(|word| word.case == Case::Upper) {
            continue;
        }
        let words: Vec<u64> = words.iter().map(|word| word.hash).collect();
        kinds
            .entry(words)
            .and_modify(|known| *known = known.filter(|known| known == kind))
            .or_insert(Some(*kind));
    }
    let small = |word: u64| list.iter().any(|token| token.hash == word && token.case == Case::Lower);
    let mut names: HashMap<u64, Vec<Name>> = HashMap::new();
    for (words, kind) in kinds {
        let (Some(kind), Some(&first)) = (kind, words.first()) else { continue };
        if words.len() > 1 || !small(first) {
            names.entry(first).or_default().push(Name { words, kind });
        }
    }
    for names in names.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
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
