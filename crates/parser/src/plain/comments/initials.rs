//! The letters that stand for a reader's picture: `A` above *Anna*, `BE` above *Bo Ek*.

use super::{Draft, Mark, author, is_nickname};
use crate::lexicon::Lexicon;
use crate::plain::line::Line;

/// Marks the lines that are initials of the name below them, where a comment begins.
pub(super) fn mark(lines: &[Line<'_>], marks: &mut [Mark], lexicon: &Lexicon) {
    for (index, pair) in lines.windows(2).enumerate() {
        if marks[index] != Mark::Says || !are_of(&pair[0].text, &pair[1].text) {
            continue;
        }
        match marks[index + 1] {
            Mark::Says if is_nickname(&pair[1].text) => {
                marks[index] = Mark::Starts(Some(author(&pair[1].text, lexicon)));
                marks[index + 1] = Mark::Skipped;
            }
            Mark::Dated(Some(_)) => marks[index] = Mark::Starts(None),
            _ => {}
        }
    }
}

/// Takes the letter off names that it stands on one line with, where it does so in all of them: `A Anna`.
pub(super) fn take_off(drafts: &mut [Draft<'_>]) {
    let rest_of = |name: &str| {
        let (letters, rest) = name.split_once(' ')?;
        are_of(letters, rest).then(|| rest.trim_start().to_owned())
    };
    let names = || drafts.iter().filter_map(|draft| draft.author.as_deref());
    if names().count() < 2 || !names().all(|name| rest_of(name).is_some()) {
        return;
    }
    for author in drafts.iter_mut().filter_map(|draft| draft.author.as_mut()) {
        *author = rest_of(author).unwrap_or_default();
    }
}

/// Whether one or two letters are those that the words of a name begin with.
fn are_of(letters: &str, name: &str) -> bool {
    let mut expected = name
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let is_same = |letter: char, first: char| letter.to_lowercase().eq(first.to_lowercase());
    let count = letters.chars().count();
    (1..=2).contains(&count)
        && letters.chars().all(|c| c.is_alphabetic() && (count == 1 || c.is_uppercase()))
        && letters.chars().all(|letter| expected.next().is_some_and(|first| is_same(letter, first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_name_are_told_from_words() {
        for (letters, name, expected) in [
            ("A", "Anna", true),
            ("É", "élise77", true),
            ("BE", "Bo Ek", true),
            ("JM", "Jean-Marc Lam", true),
            ("A", "Bo Ek", false),
            ("Bo", "Bo Ek", false),
            ("BE", "Bo", false),
            ("3", "3 boats", false),
            ("", "Anna", false),
        ] {
            assert_eq!(are_of(letters, name), expected, "{letters} {name}");
        }
    }
}
