//! The words of a text, cut once and read by everything that looks for something.
//!
//! French comes first: elided words stand alone (`l'`, `qu'`, `jusqu'`) but `aujourd'hui` is one word, inverted
//! pronouns are cut off (`a` `-t-il`), a number keeps its groups (`1 000,5`, with any of the spaces in use), an
//! abbreviation keeps its full stop (`M.`, `U.S.`). Offsets are bytes of the text as it is; what is normalised is
//! the [form](Tokens::form). One pass, whatever the text.

use std::ops::{Index, Range};

use document::Span;
use unicode_normalization::UnicodeNormalization;

mod ends;
mod letters;
mod sentence;

use ends::{address, inverted, number, possessive, word};
use letters::{is_apostrophe, is_hyphen, is_invisible, is_letter};

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Where its form stands in the table's forms.
    form: (u32, u32),
    /// Hash of its form, see [`hash`].
    pub hash: u64,
    /// What it is made of.
    pub kind: Kind,
    /// How its letters are written.
    pub case: Case,
    /// Whether white space, or nothing at all, stands before it.
    pub spaced: bool,
    /// Whether it begins a line.
    pub line: bool,
    /// Whether it begins a sentence.
    pub sentence: bool,
}

impl Token {
    /// Where it stands in the text.
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, with what joins them: `Jean-Yves`, `l'`, `M.`, `AT&T`, `info.fr`.
    Word,
    /// Letters and digits, a letter first: `GB300`, `h30`, `A380-800`.
    Mixed,
    /// Digits with their separators: `2026`, `1 000`, `1.000,5`, `12.05.2026`. Letters that touch it (`5G`, `14h30`)
    /// are a token of their own that is not [`spaced`](Token::spaced).
    Number,
    /// A URL or an e-mail address.
    Address,
    /// A mark that is none of these; runs of `.` or of `-` are one token.
    Mark,
}

/// How the letters of a token are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letter that has a case.
    None,
    /// `usine`.
    Lower,
    /// `Usine`, `Jean-Yves`, and a single capital.
    Title,
    /// `OTAN`, `U.S.`, `GB300`.
    Upper,
    /// `iPhone`, `OpenAI`, `McDonald`.
    Mixed,
}

/// The tokens of one text.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    list: Vec<Token>,
    forms: String,
}

impl<'t> Tokens<'t> {
    /// Cuts a text. Of a text of more than 4 GiB, the first 4 GiB.
    pub fn new(text: &'t str) -> Self {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        let mut cutter = Cutter {
            table: Self {
                text,
                // A French token takes some five bytes with its space.
                list: Vec::with_capacity(text.len() / 5 + 8),
                forms: String::with_capacity(text.len()),
            },
            spaced: true,
            line: true,
            address: 0..0,
        };
        cutter.cut();
        sentence::mark(&mut cutter.table);
        cutter.table
    }

    /// The text that was cut.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The token at this place; `None` past the end.
    pub fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    /// All tokens in order.
    pub fn as_slice(&self) -> &[Token] {
        &self.list
    }

    /// The words of the text at this token, as they stand there; empty past the end.
    pub fn word(&self, index: usize) -> &'t str {
        self.get(index).and_then(|token| token.span().of(self.text)).unwrap_or_default()
    }

    /// The token's normalised form: lower case, `'` for every apostrophe, `-` for every hyphen, a plain space between
    /// groups of digits, letters composed (NFC), no soft hyphen. Empty past the end.
    pub fn form(&self, index: usize) -> &str {
        self.get(index)
            .and_then(|token| self.forms.get(token.form.0 as usize..token.form.1 as usize))
            .unwrap_or_default()
    }

    /// The sentences in order, as ranges of tokens. A line never runs into the next one.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            if start >= self.list.len() {
                return None;
            }
            let end = self.list[start + 1..]
                .iter()
                .position(|token| token.sentence)
                .map_or(self.list.len(), |length| start + 1 + length);
            Some(std::mem::replace(&mut start, end)..end)
        })
    }

    /// The stretch of text from the first to the last token of a range; `None` for a range that holds none.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let tokens = self.list.get(range)?;
        Some(Span::new(tokens.first()?.start as usize, tokens.last()?.end as usize))
    }

    /// The tokens that begin in a span.
    pub(crate) fn within(&self, span: Span) -> Range<usize> {
        self.before(span.start)..self.before(span.end)
    }

    /// The tokens that a span covers, wholly or in part.
    pub fn covering(&self, span: Span) -> Range<usize> {
        let start = self.list.partition_point(|token| token.end as usize <= span.start);
        start..self.before(span.end).max(start)
    }

    /// How many tokens begin before this byte.
    fn before(&self, byte: usize) -> usize {
        self.list.partition_point(|token| (token.start as usize) < byte)
    }
}

impl Index<usize> for Tokens<'_> {
    type Output = Token;

    fn index(&self, index: usize) -> &Token {
        &self.list[index]
    }
}

/// The hash of a token's form: FNV-1a over its bytes, mixed so that every bit counts. The model stores it, so it
/// never changes.
pub fn hash(form: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in form.as_bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

struct Cutter<'t> {
    table: Tokens<'t>,
    /// White space came since the last token.
    spaced: bool,
    /// A line break came since the last token.
    line: bool,
    /// The URL or e-mail address of this stretch between white spaces; empty when it holds none.
    address: Range<usize>,
}

impl Cutter<'_> {
    fn cut(&mut self) {
        let text = self.table.text;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() || is_invisible(c) {
                self.spaced |= c.is_whitespace();
                self.line |= c == '\n' || c == '\u{2028}' || c == '\u{2029}';
                at += c.len_utf8();
                continue;
            }
            if self.spaced {
                let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
                self.address = address(&text[at..end]).map_or(0..0, |found| at + found.start..at + found.end);
            }
            let (end, kind) = if at == self.address.start && !self.address.is_empty() {
                (self.address.end, Kind::Address)
            } else if c.is_ascii_digit() {
                (number(text, at), Kind::Number)
            } else if is_letter(c) || c.is_numeric() {
                let end = word(text, at);
                // An address further on in the stretch is not cut into.
                let end = if at < self.address.start { end.min(self.address.start) } else { end };
                let has_digit = text[at..end].bytes().any(|byte| byte.is_ascii_digit());
                (end, if has_digit { Kind::Mixed } else { Kind::Word })
            } else if is_hyphen(c)
                && !self.spaced
                && let Some(length) = inverted(&text[at + c.len_utf8()..])
            {
                (at + c.len_utf8() + length, Kind::Word)
            } else if matches!(c, '.' | '-') {
                (at + text[at..].bytes().take_while(|&byte| byte == c as u8).count(), Kind::Mark)
            } else if is_apostrophe(c) && possessive(&text[at + c.len_utf8()..]) && !self.spaced {
                (at + c.len_utf8() + 1, Kind::Word)
            } else {
                (at + c.len_utf8(), Kind::Mark)
            };
            self.push(at, end, kind);
            at = end;
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        let word = &self.table.text[start..end];
        let form_start = self.table.forms.len();
        let case = normalise(word, &mut self.table.forms);
        let form = &self.table.forms[form_start..];
        self.table.list.push(Token {
            start: start as u32,
            end: end as u32,
            form: (form_start as u32, self.table.forms.len() as u32),
            hash: hash(form),
            kind,
            case,
            spaced: self.spaced,
            line: self.line,
            sentence: self.line,
        });
        self.spaced = false;
        self.line = false;
    }
}

/// Appends the normalised form of a word, and says how it was written.
fn normalise(word: &str, forms: &mut String) -> Case {
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        forms.push_str(word);
        return Case::Lower;
    }
    let from = forms.len();
    let mut counts = [0_u32; 3]; // capitals, small letters, capitals right after a small letter
    let (mut first, mut after_small, mut combining) = (None, false, false);
    for c in word.chars() {
        if c.is_ascii() {
            let small = c.to_ascii_lowercase();
            forms.push(small);
            if c.is_ascii_alphabetic() {
                let upper = small != c;
                first.get_or_insert(upper);
                counts[usize::from(!upper)] += 1;
                counts[2] += u32::from(upper && after_small);
                after_small = !upper;
            } else {
                after_small = false;
            }
            continue;
        }
        combining |= matches!(c, '\u{300}'..='\u{36f}');
        match c {
            _ if is_apostrophe(c) => forms.push('\''),
            _ if is_hyphen(c) => forms.push('-'),
            _ if is_invisible(c) => {}
            _ if c.is_whitespace() => forms.push(' '),
            _ => {
                let upper = c.is_uppercase();
                if upper || c.is_lowercase() {
                    first.get_or_insert(upper);
                    counts[usize::from(!upper)] += 1;
                    counts[2] += u32::from(upper && after_small);
                    after_small = !upper;
                }
                forms.extend(c.to_lowercase());
            }
        }
    }
    if combining {
        let composed: String = forms[from..].nfc().collect();
        forms.truncate(from);
        forms.push_str(&composed);
    }
    match (first, counts) {
        (None, _) => Case::None,
        (Some(false), [0, ..]) => Case::Lower,
        (Some(true), [1, ..]) => Case::Title,
        (Some(_), [_, 0, _]) => Case::Upper,
        // Capitals only where a part begins: Jean-Yves, Saint-Denis.
        (Some(true), [_, _, 0]) if capitals_begin_parts(word) => Case::Title,
        _ => Case::Mixed,
    }
}

fn capitals_begin_parts(word: &str) -> bool {
    let mut inside = false;
    for c in word.chars() {
        if inside && c.is_uppercase() {
            return false;
        }
        inside = c.is_alphabetic();
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `expected` has a space between two tokens.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = Tokens::new(text);
        let words: Vec<_> = (0..tokens.len()).map(|index| tokens.word(index)).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn elided_words_stand_alone() {
        check("L'usine d’Abilene, qu'il n'a pas vue", "L' usine d’ Abilene , qu' il n' a pas vue");
        check("jusqu'à aujourd'hui, presqu'île", "jusqu' à aujourd'hui , presqu' île");
        check("N'Djamena, O'Brien, d'« or »", "N'Djamena , O'Brien , d' « or »");
    }

    #[test]
    fn hyphens_join_names_and_part_pronouns() {
        check("Jean-Yves de Seine-Saint-Denis", "Jean-Yves de Seine-Saint-Denis");
        check("anti-Brexit, ex-RDA", "anti - Brexit , ex - RDA");
        check("a-t-il dit, celui-ci, dit-elle.", "a -t-il dit , celui -ci , dit -elle .");
    }

    #[test]
    fn numbers_keep_their_groups() {
        check(
            "1 000 baies, 1.000 ou 1,4 et 12\u{202f}500,5",
            "1 000 baies , 1.000 ou 1,4 et 12\u{202f}500,5",
        );
        check("En 2025 300 personnes", "En 2025 300 personnes");
        check("2026-02-08, 14h30, 40%, 5G.", "2026 - 02 - 08 , 14 h30 , 40 % , 5 G .");
        check("la GB300 et l'A380-800", "la GB300 et l' A380-800");
    }

    #[test]
    fn abbreviations_keep_their_full_stop() {
        check("M. Tseng et Mme. Li", "M. Tseng et Mme. Li");
        check("M.Tseng", "M. Tseng");
        check("the U.S. and J.K. Rowling", "the U.S. and J.K. Rowling");
        check("George W. Bush, J.-P. Morel", "George W. Bush , J.-P. Morel");
        check("Apple Inc. a dit. Fin.Suite", "Apple Inc. a dit . Fin . Suite");
    }

    #[test]
    fn the_english_possessive_is_cut_off() {
        check("Apple's and Barron’s", "Apple 's and Barron ’s");
        check("don't we", "don't we");
    }

    #[test]
    fn addresses_are_whole() {
        check("(voir https://a.fr/b?c=d).", "( voir https://a.fr/b?c=d ) .");
        check("écrire à jean.b@exemple.fr.", "écrire à jean.b@exemple.fr .");
        check("Omondo.info, www.exemple.org/x", "Omondo.info , www.exemple.org/x");
    }

    #[test]
    fn a_form_is_lower_case_and_composed() {
        let tokens = Tokens::new("L’E\u{301}te\u{301} soft\u{ad}hyphen 1\u{a0}000");
        let forms: Vec<_> = (0..tokens.len()).map(|index| tokens.form(index)).collect();
        assert_eq!(forms, ["l'", "été", "softhyphen", "1 000"]);
        assert_eq!(tokens[1].hash, hash("été"));
    }

    #[test]
    fn cases_are_told() {
        for (word, case) in [
            ("usine", Case::Lower),
            ("Usine", Case::Title),
            ("Jean-Yves", Case::Title),
            ("A", Case::Title),
            ("OTAN", Case::Upper),
            ("GB300", Case::Upper),
            ("iPhone", Case::Mixed),
            ("OpenAI", Case::Mixed),
            ("12", Case::None),
        ] {
            assert_eq!(Tokens::new(word)[0].case, case, "{word}");
        }
    }

    proptest! {
        #[test]
        fn tokens_cover_all_that_shows(text in r"(\PC|[ \n\t’'«».,\-\u{ad}\u{301}0-9A-Za-zé@/:&])*") {
            let tokens = Tokens::new(&text);
            let mut at = 0;
            for token in tokens.as_slice() {
                let (start, end) = (token.start as usize, token.end as usize);
                prop_assert!(start >= at && end > start);
                prop_assert!(text[at..start].chars().all(|c| c.is_whitespace() || is_invisible(c)));
                let word = token.span().of(&text).unwrap();
                prop_assert_eq!(word.trim(), word);
                at = end;
            }
            prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || is_invisible(c)));
            let mut next = 0;
            for sentence in tokens.sentences() {
                prop_assert_eq!(sentence.start, next);
                prop_assert!(sentence.end > next);
                next = sentence.end;
            }
            prop_assert_eq!(next, tokens.len());
        }
    }
}
