//! Folding: the form in which phrases and lines are compared.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::letters::is_letter_or_digit;

/// Words of a line that are folded; a phrase is shorter than this.
const WORDS_MAX: usize = 24;

/// Bytes that are folded; a phrase is shorter than this.
const BYTES_MAX: usize = 400;

/// The beginning of a line, folded: lower case, no accents, punctuation as space, every number as `#`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Folded {
    text: String,
    words: Vec<Word>,
    cut: bool,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    source_end: usize,
}

impl Folded {
    /// Folds `line` in place of what was folded before.
    pub(crate) fn fold(&mut self, line: &str) {
        self.fold_words(line, WORDS_MAX);
    }

    /// [`Self::fold`] for no more than the first `words_max` words.
    pub(crate) fn fold_words(&mut self, line: &str, words_max: usize) {
        self.text.clear();
        self.words.clear();
        self.cut = false;
        // Room for a line of some words at once; signs of ASCII never fold to more than one byte.
        self.text.reserve(line.len().min(BYTES_MAX) + 1);
        self.words.reserve(words_max.min(line.len() / 4 + 1));
        let mut start = None; // Where the word that is being read starts in `text`.
        let mut number = false; // Whether the last character read was part of a number.
        let bytes = line.as_bytes();
        let mut next = 0;
        while next < bytes.len() {
            let at = next;
            if at >= BYTES_MAX {
                self.cut = true;
                break;
            }
            // Plain letters, which most are, go over together.
            let ahead = &bytes[at..bytes.len().min(BYTES_MAX)];
            let run = ahead.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            if run > 0 {
                self.open_word(&mut start);
                let from = self.text.len();
                self.text.push_str(&line[at..at + run]);
                self.text[from..].make_ascii_lowercase();
                number = false;
                next += run;
                continue;
            }
            let c = if bytes[at].is_ascii() {
                char::from(bytes[at])
            } else {
                let Some(c) = line[at..].chars().next() else { break };
                c
            };
            next += c.len_utf8();
            if c.is_ascii_digit() || c == '#' {
                if !number || start.is_none() {
                    self.open_word(&mut start);
                    self.text.push('#');
                }
                number = true;
                continue;
            }
            if !c.is_ascii() || c == '\'' && start.is_some() {
                let before = self.text.len();
                let opened = start;
                self.open_word(&mut start);
                let from = self.text.len();
                push_folded(c, &mut self.text, opened.is_some());
                if self.text.len() > from {
                    number = false;
                    continue;
                }
                self.text.truncate(before);
                start = opened;
                if is_combining_mark(c) || c == '\u{ad}' {
                    continue;
                }
            }
            if number
                && joins_digits(c)
                && line[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
            {
                continue;
            }
            number = false;
            if let Some(start) = start.take() {
                self.words.push(Word { start, end: self.text.len(), source_end: at });
                if self.words.len() >= words_max {
                    self.cut = true;
                    return;
                }
            }
        }
        if let Some(start) = start {
            let source_end = if self.cut { line.floor_char_boundary(BYTES_MAX) } else { line.len() };
            self.words.push(Word { start, end: self.text.len(), source_end });
        }
    }

    /// Starts a word, unless one is being read.
    fn open_word(&mut self, start: &mut Option<usize>) {
        if start.is_none() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            *start = Some(self.text.len());
        }
    }

    /// All of it; meaningful as a whole only when [`Self::is_whole`].
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the line is no longer than what is folded of it.
    pub(crate) fn is_whole(&self) -> bool {
        !self.cut
    }

    /// Number of words, at most some twenty.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The first words, longest first: what they are, and where they end in the source.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = (&str, usize)> {
        self.words.iter().rev().map(|word| (&self.text[..word.end], word.source_end))
    }

    /// The last words of a whole line, longest first.
    pub(crate) fn endings(&self) -> impl Iterator<Item = &str> {
        let words = if self.cut { &[][..] } else { &self.words };
        words.iter().map(|word| &self.text[word.start..])
    }

    /// Each word.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &self.text[word.start..word.end])
    }
}

/// A single word folded into `buffer`: letters only, up to the buffer's length; `None` for a longer one. It costs
/// no allocation, for dates are looked for in every line.
pub(crate) fn fold_word<'b>(word: &str, buffer: &'b mut [u8; 32]) -> Option<&'b str> {
    if word.is_ascii() {
        let small = buffer.get_mut(..word.len())?;
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        return std::str::from_utf8(small).ok();
    }
    let mut length = 0;
    for c in word.chars() {
        let mut fits = true;
        let mut push = |c: char| {
            let end = length + c.len_utf8();
            match buffer.get_mut(length..end) {
                Some(slot) => {
                    c.encode_utf8(slot);
                    length = end;
                }
                None => fits = false,
            }
        };
        if c.is_ascii() {
            push(c.to_ascii_lowercase());
        } else {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(&mut push);
                }
            });
        }
        if !fits {
            return None;
        }
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// `text` folded; for phrases and for comparisons that are not in a loop.
pub(crate) fn fold(text: &str) -> String {
    // Most that is folded so is a word of a name.
    if text.len() <= BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return text.to_ascii_lowercase();
    }
    let mut folded = Folded::default();
    folded.fold(text);
    folded.text
}

/// Signs that group the digits of one number: `1 234`, `1.234,5`, `3/4`, `16:30`.
fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | '/' | ':' | '-' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn push_folded(c: char, out: &mut String, inside_word: bool) {
    match c {
        '\'' | '’' | 'ʼ' | '‘' if inside_word => out.push('\''),
        'é' | 'è' | 'ê' | 'É' | 'È' | 'Ê' => out.push('e'),
        'à' | 'â' | 'À' => out.push('a'),
        'ç' => out.push('c'),
        'ô' => out.push('o'),
        'î' => out.push('i'),
        'ù' | 'û' => out.push('u'),
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        'ß' | 'ẞ' => out.push_str("ss"),
        '©' => out.push('©'),
        c if is_letter_or_digit(c) => decompose_canonical(c, |part| {
            match part {
                // A ligature may bear an accent: Ǣ.
                'Æ' | 'æ' => out.push_str("ae"),
                _ if is_combining_mark(part) => {}
                _ => out.extend(part.to_lowercase()),
            }
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(fold(line), expected);
    }

    #[test]
    fn case_accents_and_punctuation_do_not_matter() {
        check("À LIRE AUSSI :", "a lire aussi");
        check("→ Lire l’article…", "lire l'article");
        check("Abonnez-vous !", "abonnez vous");
        check("e\u{301}te\u{301} cœur", "ete coeur");
        check("« Größe, GRÖẞE »", "grosse grosse");
        check("Ǣther", "aether");
        check(" ", "");
        check("'quoted'", "quoted'");
    }

    #[test]
    fn numbers_are_alike() {
        check("Commentaires (12)", "commentaires #");
        check("1 234 abonnés, 16:30", "# # abonnes #");
        check("1.234,5 k", "# k");
        check("le 3 / 4", "le # #");
        check("4K", "#k");
    }

    #[test]
    fn words_lead_back_to_their_source() {
        let mut folded = Folded::default();
        folded.fold("Édité par : Zoé Lam");
        let (words, end) = folded.beginnings().nth(2).unwrap();
        assert_eq!((words, &"Édité par : Zoé Lam"[end..]), ("edite par", " : Zoé Lam"));
        assert_eq!(folded.endings().last(), Some("lam"));
    }

    #[test]
    fn long_lines_are_cut() {
        let mut folded = Folded::default();
        folded.fold(&"mot ".repeat(1_000_000));
        assert!(!folded.is_whole());
        assert_eq!((folded.len(), folded.endings().count()), (WORDS_MAX, 0));
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
