//! Notes below a text, and their marks in it: `[1]`, `(1)`. The notes are references, as in a page, and the marks are no words.

use std::borrow::Cow;

use document::BlockKind;

use super::line::{Line, Role};
use super::{Page, reference};
use crate::lexicon::{Chrome, Folded};

/// Words of the head of notes.
const HEAD_WORDS_MAX: usize = 4;

/// Notes of one text.
const NOTES_MAX: usize = 400;

/// Blocks of notes of one text whose marks are looked for; it keeps reading linear.
const BLOCKS_MAX: usize = 20;

/// Notes that begin at a line.
pub(super) struct Notes {
    /// Where the last of them ends.
    end: usize,
    /// What stands before and behind the number of a mark.
    signs: (char, char),
    /// The line that heads them.
    head: Option<usize>,
}

impl Page<'_> {
    /// The notes that begin here: `[1] Lam, Lakes, 2014`, `[2] …`, each of which is marked in the text above. Numbers in round
    /// brackets may be the text's own, so that they need a head ("Notes"), as do numbers with a full stop.
    pub(super) fn notes_from(&self, index: usize) -> Option<Notes> {
        if self.found.notes > BLOCKS_MAX {
            return None;
        }
        let first = &self.lines[index];
        let opens = |sign: char| first.text.starts_with(&format!("{sign}1"));
        let is_head = self.is_head_of_notes(index);
        let (at, signs) = if opens('[') {
            (index, ('[', ']'))
        } else if is_head {
            let next = self.lines.get(index + 1)?;
            let signs = if next.text.starts_with("(1)") { ('(', ')') } else { ('[', ']') };
            (index + 1, signs)
        } else {
            return None;
        };
        let is_note = |(at, line): &(usize, &Line<'_>)| {
            line.is_open() && note(&line.text, at + 1, signs).is_some_and(|note| !note.is_empty())
        };
        let below = self.lines[at..].iter().enumerate().take(NOTES_MAX);
        let count = below.take_while(is_note).count();
        let is_marked = |number: usize| {
            let mark = mark(number, signs);
            self.lines[..index].iter().rev().any(|line| is_text(line) && line.text.contains(&mark))
        };
        // All of them are where the brackets might be the text's; the first is enough where they can be nothing else.
        let is_one = count > 0 && if is_head { (1..=count).all(is_marked) } else { is_marked(1) };
        let head = if is_head {
            Some(index)
        } else {
            index.checked_sub(1).filter(|above| self.is_head_of_notes(*above))
        };
        is_one.then_some(Notes { end: at + count, signs, head })
    }

    /// "Notes", "Notes et références", "Notes aux rédactions": a few words, the first of them a head of lists of sources.
    fn is_head_of_notes(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let first = line.text.split_whitespace().next().unwrap_or_default();
        line.words <= HEAD_WORDS_MAX
            && !line.sentence
            && matches!(self.lexicon.chrome_of(first, &mut Folded::default()), Some((Chrome::Sources, true)))
    }

    /// Takes notes for references, and their marks out of the text; gives the line below them.
    pub(super) fn take_notes(&mut self, index: usize, notes: &Notes) -> usize {
        if let Some(head) = notes.head {
            self.lines[head].role = Role::Chrome;
        }
        let start = notes.head.filter(|head| *head == index).map_or(index, |head| head + 1);
        for at in start..notes.end {
            let text = note(&self.lines[at].text, at - start + 1, notes.signs).unwrap_or_default().to_owned();
            self.found.references.push(reference(&text));
            self.lines[at].role = Role::Source;
        }
        let count = notes.end - start;
        self.found.notes += 1;
        if self.found.notes > BLOCKS_MAX {
            return notes.end;
        }
        for line in self.lines[..index].iter_mut().filter(|line| is_text(line)) {
            if let Some(text) = without_marks(&line.text, count, notes.signs) {
                line.text = Cow::Owned(text);
            }
        }
        notes.end
    }
}

/// Whether a line is one of the text, decided or not.
fn is_text(line: &Line<'_>) -> bool {
    matches!(line.role, Role::Text(kind) if kind != BlockKind::Preformatted)
}

fn mark(number: usize, (before, behind): (char, char)) -> String {
    format!("{before}{number}{behind}")
}

/// The words of the note of this number, which stands in the signs of its mark or before a full stop.
fn note(line: &str, number: usize, signs: (char, char)) -> Option<&str> {
    let digits = number.to_string();
    line.strip_prefix(&mark(number, signs))
        .or_else(|| line.strip_prefix(&digits)?.strip_prefix(['.', ')'])?.strip_prefix(' '))
        .map(|note| {
            note.trim_start_matches(['↑', '↩', '.', ':', ' ', '\u{a0}']).trim_end_matches(['↩', '↑', ' '])
        })
}

/// A text without the marks of so many notes and the space before each; `None` where it has none.
fn without_marks(text: &str, count: usize, (before, behind): (char, char)) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(before) {
        let inside = &text[at + before.len_utf8()..];
        let Some((number, _)) = inside.split_once(behind) else { break };
        let is_mark =
            number.len() <= 3 && number.parse().is_ok_and(|number: usize| (1..=count).contains(&number));
        if is_mark && at >= from {
            out.push_str(text[from..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']));
            from = at + before.len_utf8() + number.len() + behind.len_utf8();
        }
    }
    (from > 0).then(|| {
        out.push_str(&text[from..]);
        out
    })
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str =
        "La vallée de Nordby devait accueillir quatre barrages, et un seul fut construit, en 1957.";

    fn read(text: &str, below: &str) -> document::Article {
        let page = format!("Les barrages de Nordby\n\nPar Zoé Lam\n\n{text}\n\n{below}\n");
        crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn notes_are_references_and_their_marks_no_words() {
        for (one, two, head, notes) in [
            (
                "[1]",
                " [2]",
                "",
                "[1] A. Lam, « Lakes », Limnos, 2026. https://lac.example/12\n[2] B. Ek, Les lacs du Nord et leurs poissons d'hiver, 2014.",
            ),
            (
                " (1)",
                "(2)",
                "Notes\n\n",
                "(1) A. Lam, « Lakes », Limnos, 2026. https://lac.example/12\n(2) B. Ek, Les lacs du Nord et leurs poissons d'hiver, 2014.",
            ),
            (
                "[1]",
                "[2]",
                "Notes\n\n",
                "1. A. Lam, « Lakes », Limnos, 2026. https://lac.example/12\n2. B. Ek, Les lacs du Nord et leurs poissons d'hiver, 2014.",
            ),
            (
                "[1]",
                "[2]",
                "Notes aux rédactions\n",
                "[1] A. Lam, « Lakes », Limnos, 2026. https://lac.example/12\n[2] B. Ek, Les lacs du Nord et leurs poissons d'hiver, 2014.",
            ),
        ] {
            let marked = format!("{FIRST} Les archives{one} le montrent{two}.");
            let article = read(&marked, &format!("{head}{notes}"));
            assert_eq!(article.text.as_str(), format!("{FIRST} Les archives le montrent."), "{notes}");
            assert_eq!(article.references.len(), 2, "{notes}");
            assert_eq!(article.references[0].url.as_deref(), Some("https://lac.example/12"));
            assert!(article.references[1].title.as_deref().unwrap().starts_with("B. Ek"));
        }
    }

    #[test]
    fn numbers_in_brackets_are_words() {
        let text = format!("{FIRST} Le maire (1) et le préfet [sic] en voulaient (2) trois.");
        let article = read(&text, &format!("{FIRST} Oui."));
        assert!(article.text.starts_with(&text));
        // Notes without marks are a list, and keep what else stands in brackets.
        let article =
            read(&text, "Étapes\n1. Sonder la roche de la vallée\n2. Détourner le lit de la rivière");
        assert!(article.text.starts_with(&text));
        assert_eq!(article.references.len(), 0);
        let text = format!("{FIRST} La loi (1957) le dit [1].");
        let article = read(&text, "[1] Loi du 3 mai 1957 sur les barrages de montagne.");
        assert_eq!(article.text.as_str(), format!("{FIRST} La loi (1957) le dit."));
    }
}
