//! The words of a text with what they mean for numbers and dates, read once for both.
//!
//! Joined words that say a number or a date are parted (`vingt-cinq`, `six-mile`, `mid-May`, `USD115`), so that the
//! grammars see one word at a time.

use std::collections::HashMap;
use std::path::Path;

use document::Span;

use crate::tokens::{Case, Kind, Token, Tokens, hash};

pub(crate) mod calendar;
pub(crate) mod words;

use calendar::{Calendar, Calendars};
use words::{CalendarWord, NumberWord, Period};

use crate::lexicon::UnreadableList;

/// The languages that texts are read in. What is not known of a language is not looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// French.
    French,
    /// English.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Dutch.
    Dutch,
    /// Another one, or one that cannot be told: only what every language writes alike.
    Unknown,
}

impl Tongue {
    /// All of them, each at its own index.
    pub(crate) const ALL: [Self; 8] = [
        Self::French,
        Self::English,
        Self::German,
        Self::Spanish,
        Self::Italian,
        Self::Portuguese,
        Self::Dutch,
        Self::Unknown,
    ];

    /// The language of a BCP 47 primary subtag.
    pub fn of(code: &str) -> Self {
        match code {
            "fr" => Self::French,
            "en" => Self::English,
            "de" => Self::German,
            "es" => Self::Spanish,
            "it" => Self::Italian,
            "pt" => Self::Portuguese,
            "nl" => Self::Dutch,
            _ => Self::Unknown,
        }
    }

    /// The mark before the decimals; `None` where it cannot be told.
    pub(crate) fn decimal_mark(self) -> Option<u8> {
        match self {
            Self::English => Some(b'.'),
            Self::Unknown => None,
            _ => Some(b','),
        }
    }
}

/// What a word means for numbers and dates.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meaning {
    pub(crate) number: Option<NumberWord>,
    pub(crate) calendar: Option<CalendarWord>,
}

/// A token, or a part of a joined one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Hash of its form.
    pub(crate) hash: u64,
    pub(crate) kind: Kind,
    pub(crate) case: Case,
    /// Whether white space, or nothing at all, stands before it.
    pub(crate) spaced: bool,
    /// Whether it begins a line.
    pub(crate) line: bool,
    /// Whether it begins a sentence.
    pub(crate) sentence: bool,
    pub(crate) meaning: Meaning,
    /// The token that it is, or is a part of.
    token: u32,
    /// Where its form stands among the parts; 0 for a whole token.
    part: u32,
}

/// What words mean, by language. Built once.
#[derive(Debug)]
pub struct Vocabulary {
    words: [HashMap<u64, Meaning, rustc_hash::FxBuildHasher>; Tongue::ALL.len()],
    /// The phrases of dates of the languages that have a file of them.
    calendars: Calendars,
}

impl Vocabulary {
    /// The words of all languages, with the words for dates of the files of a folder added.
    pub fn new(folder: Option<&Path>) -> Result<Self, UnreadableList> {
        let calendars = Calendar::all(folder)?;
        let words = Tongue::ALL.map(|tongue| {
            let mut known: HashMap<u64, Meaning, _> = HashMap::default();
            words::numbers(tongue, |word, number| {
                known.entry(hash(word)).or_default().number = Some(number);
            });
            words::calendar(tongue, |word, calendar| {
                known.entry(hash(word)).or_default().calendar = Some(calendar);
            });
            if let Some(calendar) = &calendars[tongue as usize] {
                for (name, number) in &calendar.weekdays {
                    let weekday = CalendarWord::Weekday { number: *number, weak: false };
                    known.entry(hash(name)).or_default().calendar = Some(weekday);
                }
                for name in &calendar.centuries {
                    known.entry(hash(name)).or_default().calendar = Some(CalendarWord::Unit(Period::Century));
                }
                for opening in calendar.openings() {
                    known.entry(opening).or_default().calendar.get_or_insert(CalendarWord::Opening);
                }
            }
            known
        });
        Ok(Self { words, calendars })
    }

    fn meaning(&self, tongue: Tongue, form: &str, key: u64) -> Option<Meaning> {
        let known = &self.words[tongue as usize];
        known
            .get(&key)
            .or_else(|| form.strip_suffix('.').and_then(|abbreviation| known.get(&hash(abbreviation))))
            .copied()
    }
}

/// A text, piece by piece.
#[derive(Debug)]
pub struct Reading<'t> {
    pub(crate) tongue: Tongue,
    /// The phrases of dates of its language.
    pub(crate) calendar: Option<&'t Calendar>,
    tokens: &'t Tokens<'t>,
    pieces: Vec<Piece>,
    /// The pieces that may begin a number or a date.
    pub(crate) hot: Vec<u32>,
    /// The forms of the parts of joined tokens, one behind the other.
    parts: String,
    /// Where each of them stands there.
    ranges: Vec<(u32, u32)>,
}

impl<'t> Reading<'t> {
    /// Reads the tokens of a text in its language.
    pub fn new(tokens: &'t Tokens<'t>, tongue: Tongue, vocabulary: &'t Vocabulary) -> Self {
        let mut reading = Self {
            tongue,
            calendar: vocabulary.calendars[tongue as usize].as_deref(),
            tokens,
            pieces: Vec::with_capacity(tokens.len() + 16),
            hot: Vec::with_capacity(64),
            parts: String::new(),
            ranges: Vec::new(),
        };
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            index += reading.read(index, *token, vocabulary);
        }
        reading
    }

    /// Reads the token at a place, and says how many were read.
    fn read(&mut self, index: usize, token: Token, vocabulary: &Vocabulary) -> usize {
        let form = self.tokens.form(index);
        let meaning = match token.kind {
            Kind::Word | Kind::Mixed => vocabulary.meaning(self.tongue, form, token.hash),
            _ => None,
        };
        if meaning.is_none() && matches!(token.kind, Kind::Word | Kind::Mixed) {
            if form.contains('-') && self.read_joined(index, token, vocabulary) {
                return 1;
            }
            if token.kind == Kind::Mixed
                && let Some(read) = self.read_code_and_number(index, token, vocabulary)
            {
                return read;
            }
        }
        let piece = Piece {
            start: token.start,
            end: token.end,
            hash: token.hash,
            kind: token.kind,
            case: token.case,
            spaced: token.spaced,
            line: token.line,
            sentence: token.sentence,
            meaning: meaning.unwrap_or_default(),
            token: index as u32,
            part: 0,
        };
        self.push(piece);
        1
    }

    fn push(&mut self, piece: Piece) {
        let known = piece.meaning.number.is_some() || piece.meaning.calendar.is_some();
        if known
            || piece.kind == Kind::Number
            || (piece.kind == Kind::Mixed && is_period_code(self.form_of(&piece)))
        {
            self.hot.push(self.pieces.len() as u32);
        }
        self.pieces.push(piece);
    }

    /// Parts `vingt-cinq`, `six-mile`, `mi-octobre`, `23-Sep-2020`, and whatever follows a number and a hyphen
    /// (`12-cent-a-share`). Says whether it did.
    fn read_joined(&mut self, index: usize, token: Token, vocabulary: &Vocabulary) -> bool {
        let word = self.tokens.word(index);
        let mut known = self.pieces.len() > 1
            && !token.spaced
            && self.form(self.pieces.len() - 1) == "-"
            && self.pieces[self.pieces.len() - 2].kind == Kind::Number;
        let mut parts: [(Meaning, Kind, u32, u32); 6] = [(Meaning::default(), Kind::Word, 0, 0); 6];
        let mut count = 0;
        let mut at = token.start;
        let from = self.parts.len();
        for part in word.split(['-', '\u{2010}', '\u{2011}']) {
            if count == parts.len() || part.is_empty() {
                self.parts.truncate(from);
                return false;
            }
            let form_start = self.parts.len();
            self.parts.extend(part.chars().flat_map(char::to_lowercase));
            let form = &self.parts[form_start..];
            let kind = if part.bytes().all(|byte| byte.is_ascii_digit()) {
                Kind::Number
            } else if part.bytes().any(|byte| byte.is_ascii_digit()) {
                Kind::Mixed
            } else {
                Kind::Word
            };
            let meaning = vocabulary.meaning(self.tongue, form, hash(form)).unwrap_or_default();
            // `un-` and `a-` join all kinds of words; a short name of a month or a day only stands with a number.
            known |= kind == Kind::Number
                && part.len() == 4
                && matches!(&self.parts[from..form_start], "mid" | "mi" | "early" | "late");
            known |= meaning.number.is_some_and(|number| number != NumberWord::Article && part.len() > 2)
                || meaning.calendar.is_some_and(|word| word.is_plain() || token.kind == Kind::Mixed);
            parts[count] = (meaning, kind, at, at + part.len() as u32);
            // Every hyphen that words are joined by is one or three bytes long.
            let rest = &word[(at - token.start) as usize + part.len()..];
            at += part.len() as u32 + rest.chars().next().map_or(0, |hyphen| hyphen.len_utf8() as u32);
            count += 1;
        }
        if !known {
            self.parts.truncate(from);
            return false;
        }
        let mut form_start = from as u32;
        for (place, &(meaning, kind, start, end)) in parts[..count].iter().enumerate() {
            let part = &word[(start - token.start) as usize..(end - token.start) as usize];
            let length = part.chars().flat_map(char::to_lowercase).map(char::len_utf8).sum::<usize>() as u32;
            self.ranges.push((form_start, form_start + length));
            let part_number = self.ranges.len() as u32;
            let key = hash(&self.parts[form_start as usize..(form_start + length) as usize]);
            form_start += length;
            let first = place == 0;
            self.push(Piece {
                start,
                end,
                hash: key,
                kind,
                case: if part.starts_with(char::is_uppercase) { Case::Title } else { Case::Lower },
                spaced: first && token.spaced,
                line: first && token.line,
                sentence: first && token.sentence,
                meaning,
                token: index as u32,
                part: part_number,
            });
        }
        true
    }

    /// Parts `USD115`, `EUR2.5bn`, `USD1,500`. Says how many tokens it read.
    fn read_code_and_number(&mut self, index: usize, token: Token, vocabulary: &Vocabulary) -> Option<usize> {
        let bytes = self.tokens.word(index).as_bytes();
        let is_code = bytes.len() > 3 && bytes[..3].iter().all(u8::is_ascii_uppercase);
        let digits = bytes.iter().skip(3).take_while(|byte| byte.is_ascii_digit()).count();
        let scale = &bytes[(3 + digits).min(bytes.len())..];
        if !is_code
            || digits == 0
            || !matches!(scale, b"" | b"m" | b"M" | b"bn" | b"B" | b"k" | b"tn" | b"Md" | b"Mds")
        {
            return None;
        }
        let (start, number) = (token.start, token.start + 3);
        let (mut end, mut read) = (number + digits as u32, 1);
        // The decimals are tokens of their own.
        if scale.is_empty()
            && let (Some(mark), Some(rest)) = (self.tokens.get(index + 1), self.tokens.get(index + 2))
            && matches!(self.tokens.form(index + 1), "." | ",")
            && rest.kind == Kind::Number
            && !(mark.spaced || mark.line || rest.spaced || rest.line)
        {
            (end, read) = (rest.end, 3);
        }
        self.push_part(index, token, (Kind::Word, Case::Upper), (start, number), vocabulary);
        self.push_part(index, token, (Kind::Number, Case::None), (number, end), vocabulary);
        if end < token.end {
            self.push_part(index, token, (Kind::Word, Case::Lower), (end, token.end), vocabulary);
        }
        Some(read)
    }

    /// Adds a stretch of the text, which begins at this token, as a piece of its own.
    fn push_part(
        &mut self,
        index: usize,
        token: Token,
        (kind, case): (Kind, Case),
        (start, end): (u32, u32),
        vocabulary: &Vocabulary,
    ) {
        let word = self.tokens.text().get(start as usize..end as usize).unwrap_or_default();
        let form_start = self.parts.len();
        self.parts.extend(word.chars().flat_map(char::to_lowercase));
        let form = &self.parts[form_start..];
        let key = hash(form);
        let meaning = match kind {
            Kind::Word => vocabulary.meaning(self.tongue, form, key).unwrap_or_default(),
            _ => Meaning::default(),
        };
        self.ranges.push((form_start as u32, self.parts.len() as u32));
        let first = start == token.start;
        self.push(Piece {
            start,
            end,
            hash: key,
            kind,
            case,
            spaced: first && token.spaced,
            line: first && token.line,
            sentence: first && token.sentence,
            meaning,
            token: index as u32,
            part: self.ranges.len() as u32,
        });
    }

    /// The piece at this place; `None` past the end.
    pub(crate) fn get(&self, index: usize) -> Option<&Piece> {
        self.pieces.get(index)
    }

    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Its normalised form; empty past the end.
    pub(crate) fn form(&self, index: usize) -> &str {
        self.pieces.get(index).map_or("", |piece| self.form_of(piece))
    }

    fn form_of(&self, piece: &Piece) -> &str {
        match (piece.part as usize).checked_sub(1).and_then(|part| self.ranges.get(part)) {
            None => self.tokens.form(piece.token as usize),
            Some(&(start, end)) => self.parts.get(start as usize..end as usize).unwrap_or_default(),
        }
    }

    /// The form of the piece `back` places before; empty before the start of the text.
    pub(crate) fn form_before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |index| self.form(index))
    }

    /// It as the text writes it; empty past the end.
    pub(crate) fn word(&self, index: usize) -> &'t str {
        self.pieces
            .get(index)
            .and_then(|piece| self.tokens.text().get(piece.start as usize..piece.end as usize))
            .unwrap_or_default()
    }

    /// What a span covers; empty where it covers nothing.
    pub(crate) fn text_of(&self, span: Span) -> &'t str {
        span.of(self.tokens.text()).unwrap_or_default()
    }

    pub(crate) fn number_word(&self, index: usize) -> Option<NumberWord> {
        self.pieces.get(index)?.meaning.number
    }

    pub(crate) fn calendar_word(&self, index: usize) -> Option<CalendarWord> {
        self.pieces.get(index)?.meaning.calendar
    }

    pub(crate) fn is_kind(&self, index: usize, kind: Kind) -> bool {
        self.pieces.get(index).is_some_and(|piece| piece.kind == kind)
    }

    /// Whether the piece is on the same line as the one before, and touches it where `touching` asks for that.
    pub(crate) fn joined(&self, index: usize, touching: bool) -> bool {
        self.pieces.get(index).is_some_and(|piece| !(piece.line || touching && piece.spaced))
    }

    /// Whether a sentence, a clause or the text ends before this piece.
    pub(crate) fn ends_before(&self, index: usize) -> bool {
        self.pieces.get(index).is_none_or(|piece| {
            piece.line
                || piece.sentence
                || (piece.kind == Kind::Mark && !matches!(self.form(index), "%" | "$" | "€" | "£" | "°"))
        })
    }

    /// The stretch of text from one piece to another, its end excluded.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.pieces.get(start).map_or(0, |piece| piece.start as usize);
        let last = end.checked_sub(1).and_then(|last| self.pieces.get(last));
        Span::new(first, last.map_or(first, |piece| piece.end as usize))
    }
}

/// Whether this is the short name of a part of a year: `T3`, `Q4`, `S1`, `H2`.
fn is_period_code(form: &str) -> bool {
    matches!(form.as_bytes(), [b'q' | b't' | b's' | b'h', b'1'..=b'4'])
}
