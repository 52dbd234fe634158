//! Which of the names stand in a text, and who and what is named there that no list holds?

use std::ops::Range;

use document::{EntityKind, Span};
use rustc_hash::FxHashSet;

use super::super::capitals::lines_in_capitals;
use super::super::words::is_legal_form;
use super::tongue::Tongue;
use super::{Mention, Name};
use crate::lexicon::{Class, Lexicon};
use crate::phrases::Phrases;
use crate::tokens::{Case, Kind, Token, Tokens, hash};

mod bodies;

#[derive(Debug)]
struct Found {
    tokens: Range<usize>,
    span: Span,
    kind: EntityKind,
}

/// The reading of one text.
pub(super) struct Search<'a> {
    names: &'a Phrases<Name>,
    /// The bit of the text's tongue.
    bit: u8,
    tongue: &'a Tongue,
    tokens: &'a Tokens<'a>,
    lexicon: &'a Lexicon,
    /// For each token, whether it stands in a line that capitals tell nothing in.
    capitals: Vec<bool>,
    /// The last words of the people of the text.
    surnames: FxHashSet<u64>,
    /// Their last two words, where they have more.
    double: FxHashSet<(u64, u64)>,
    found: Vec<Found>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        names: &'a Phrases<Name>,
        bit: u8,
        tongue: &'a Tongue,
        tokens: &'a Tokens<'a>,
        lexicon: &'a Lexicon,
    ) -> Self {
        Self {
            names,
            bit,
            tongue,
            tokens,
            lexicon,
            capitals: lines_in_capitals(tokens),
            surnames: FxHashSet::default(),
            double: FxHashSet::default(),
            found: Vec::new(),
        }
    }

    /// The mentions of the text, in order.
    pub(super) fn run(mut self) -> Vec<Mention> {
        let mut index = 0;
        while index < self.tokens.len() {
            let found = self
                .body(index)
                .or_else(|| self.listed(index))
                .or_else(|| self.person(index))
                .or_else(|| self.company(index))
                .or_else(|| self.inflected(index))
                .or_else(|| self.compound(index));
            index = found.as_ref().map_or(index + 1, |found| found.tokens.end);
            self.found.extend(found);
        }
        self.mention_surnames();
        self.found.into_iter().map(|found| (found.span, found.kind)).collect()
    }

    fn form(&self, index: usize) -> &str {
        self.tokens.form(index)
    }

    fn has(&self, class: Class, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| self.lexicon.has(class, token.hash))
    }

    fn is_given_name(&self, hash: u64) -> bool {
        self.lexicon.has(Class::GivenName, hash) || self.tongue.is_given_name(hash)
    }

    /// The word before this one, where nothing but a space parts them.
    fn before(&self, index: usize) -> Option<usize> {
        let before = index.checked_sub(1)?;
        let token = self.tokens[before];
        // The full stop of « 5G. » ends a sentence.
        let ends = !token.spaced && !token.line && self.tokens.word(before).ends_with('.');
        let word = matches!(token.kind, Kind::Word | Kind::Mixed) && !ends;
        (word && !self.tokens[index].line).then_some(before)
    }

    /// The word behind the one before `index`, where nothing but a space parts them.
    fn behind(&self, index: usize) -> Option<usize> {
        let token = self.tokens.get(index)?;
        let word = matches!(token.kind, Kind::Word | Kind::Mixed);
        (word && !token.line && !token.sentence).then_some(index)
    }

    fn is_capital(&self, index: usize) -> bool {
        !matches!(self.tokens[index].case, Case::Lower | Case::None)
    }

    fn is_word_too(&self, range: &Range<usize>) -> bool {
        let hashes = self.tokens.as_slice()[range.clone()].iter().map(|token| token.hash);
        self.tongue.words.longest(hashes).is_some_and(|(length, ())| length == range.len())
    }

    fn found(&self, tokens: Range<usize>, kind: EntityKind) -> Option<Found> {
        Some(Found { span: self.tokens.span(tokens.clone())?, tokens, kind })
    }

    /// The longest name of the lists that begins here and that the text means.
    fn listed(&self, index: usize) -> Option<Found> {
        let first = self.tokens[index];
        if !self.is_capital(index) {
            return None;
        }
        let hashes = self.tokens.as_slice()[index..].iter().map(|token| token.hash);
        let mut best = None;
        for (length, name) in self.names.beginning(hashes) {
            let range = index..index + length;
            if let Some(end) = self.product(&range, name) {
                return self.found(index..end, EntityKind::Product);
            }
            if name.tongues & self.bit != 0 && self.is_one_line(&range) && self.is_meant(&range, name, first)
            {
                best = Some((range, name.kind));
            }
        }
        let (range, kind) = best?;
        self.found(range, kind)
    }

    fn is_one_line(&self, range: &Range<usize>) -> bool {
        self.tokens.as_slice()[range.start + 1..range.end].iter().all(|token| !token.line)
    }

    /// Whether the text means a name of the lists where its words stand.
    fn is_meant(&self, range: &Range<usize>, name: Name, first: Token) -> bool {
        let shouted = self.capitals[range.start];
        if name.last_capital
            && !self.is_capital(range.end - 1)
            && self.tokens[range.end - 1].case != Case::None
        {
            return false;
        }
        if range.len() == 1 {
            if shouted {
                return false;
            }
            let letters = first.end - first.start;
            if self.lexicon.has(Class::Common, first.hash) && !name.known {
                return false;
            }
            // Weg is no WEG, and two letters are a name only where the lists of this language say so.
            if (name.capitals || letters <= 2) && first.case == Case::Title {
                return false;
            }
            if letters <= 2 && !name.known {
                return false;
            }
        }
        if self.is_shown(range, name.kind) {
            return true;
        }
        if self.is_word_too(range) {
            // A capital inside a sentence is a name's where nouns have none.
            let told =
                !self.tongue.nouns_capital && !first.sentence && !shouted && !self.is_opening(range.start);
            if !told || self.has_determiner(range.start) || self.goes_on(range.end) {
                return false;
            }
        }
        if range.len() > 1 {
            return true;
        }
        if self.tongue.bare.contains(&first.hash)
            && (self.has_determiner(range.start)
                || self.is_counted(range.start)
                || (name.kind == EntityKind::Organization && self.goes_on(range.end)))
        {
            return false;
        }
        if self.is_given_name(first.hash) && !self.is_placed(range.start) {
            return false;
        }
        !self.is_part_of_a_name(range)
    }

    /// Whether the words around a name say what it is: the noun before a body, or the legal form behind it; the
    /// preposition before a place.
    fn is_shown(&self, range: &Range<usize>, kind: EntityKind) -> bool {
        match kind {
            EntityKind::Organization => {
                self.has_organization_noun(range.start) || self.has_legal_form(range.end)
            }
            EntityKind::Place => {
                self.is_placed(range.start) && !self.is_numbered(range.end) && {
                    // in Halle, and not in Essen und Trinken.
                    self.behind(range.end).is_none_or(|next| !self.is_capital(next))
                }
            }
            _ => false,
        }
    }

    fn has_organization_noun(&self, index: usize) -> bool {
        let Some(before) = self.before(index) else { return false };
        if self.tongue.is_organization_noun(self.form(before)) {
            return true;
        }
        // El fabricante chino BYD.
        !self.tongue.nouns_capital
            && self.tokens[before].case == Case::Lower
            && self.before(before).is_some_and(|noun| self.tongue.is_organization_noun(self.form(noun)))
    }

    fn has_legal_form(&self, index: usize) -> bool {
        self.behind(index).is_some_and(|next| self.is_legal_form(next))
    }

    fn is_legal_form(&self, index: usize) -> bool {
        self.is_capital(index) && is_legal_form(&self.form(index).replace('.', ""))
    }

    /// Whether a preposition of places stands before.
    fn is_placed(&self, index: usize) -> bool {
        self.before(index).is_some_and(|before| self.tongue.is_place_preposition(self.tokens[before].hash))
    }

    fn has_determiner(&self, index: usize) -> bool {
        self.before(index).is_some_and(|before| self.tongue.is_determiner(self.tokens[before].hash))
    }

    fn is_counted(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|before| self.tokens[before].kind == Kind::Number)
    }

    /// In Halle 7, Halle A.
    fn is_numbered(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|next| {
            next.kind == Kind::Number || (next.end - next.start == 1 && next.case == Case::Title)
        })
    }

    /// El Metro de Madrid: what the capital begins goes on.
    fn goes_on(&self, index: usize) -> bool {
        self.behind(index).is_some_and(|next| self.tongue.is_link(self.tokens[next].hash))
    }

    /// Whether only a mark that opens, or a colon, stands between the beginning of a sentence and this word.
    fn is_opening(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|before| {
            self.tokens[before].kind == Kind::Mark
                && (self.tokens[before].sentence
                    || matches!(
                        self.tokens.word(before),
                        ":" | "«" | "»" | "“" | "„" | "\"" | "‘" | "¿" | "¡" | "–" | "—" | "•"
                    ))
        })
    }

    /// Whether another name begins or ends with this one: *Real Madrid*, *Ford Foundation*, *Henry Ford*.
    fn is_part_of_a_name(&self, range: &Range<usize>) -> bool {
        let before = self.before(range.start).filter(|&before| self.is_capital(before));
        let begun = before.is_some_and(|before| {
            let hash = self.tokens[before].hash;
            self.tongue.is_part(hash)
                || (self.is_given_name(hash) && !self.is_told(before) && !self.is_small_word(before))
        });
        begun || (!self.tongue.nouns_capital && self.has_capitals_around(range))
    }

    /// Whether a word with a capital that is no function and no noun for a body stands right before, inside the sentence, or
    /// right behind.
    fn has_capitals_around(&self, range: &Range<usize>) -> bool {
        let before = self.before(range.start).is_some_and(|before| {
            self.is_capital(before)
                && !self.tokens[before].sentence
                && !self.is_told(before)
                && !self.tongue.is_determiner(self.tokens[before].hash)
                && !self.tongue.is_organization_noun(self.form(before))
                && !self.has(Class::Function, before)
                && !self.has(Class::OrganizationWord, before)
        });
        let next = self.behind(range.end).filter(|&next| self.is_capital(next));
        before || next.is_some_and(|next| !self.is_legal_form(next) && !self.has(Class::Function, next))
    }

    /// Whether a token is part of the last name found.
    fn is_told(&self, index: usize) -> bool {
        self.found.last().is_some_and(|found| found.tokens.contains(&index))
    }

    /// Whether a given name is more likely the small word that begins a sentence: *Per Mediobanca*, *Al Cairo*.
    fn is_small_word(&self, index: usize) -> bool {
        let token = self.tokens[index];
        (token.sentence || self.is_opening(index))
            && token.end - token.start <= 3
            && self.is_word_too(&(index..index + 1))
    }

    /// Somebody by a given name and what follows it.
    fn person(&self, index: usize) -> Option<Found> {
        let is_given = |index: usize| {
            self.tokens.get(index).is_some_and(|token| self.is_given_name(token.hash))
                && self.tokens[index].case == Case::Title
                && self.tokens[index].kind == Kind::Word
        };
        if !is_given(index) || self.capitals[index] {
            return None;
        }
        if self.is_small_word(index) || (self.tongue.nouns_capital && self.is_word_too(&(index..index + 1))) {
            return None;
        }
        if self.before(index).is_some_and(|before| self.tongue.is_part(self.tokens[before].hash)) {
            return None;
        }
        let mut end = index + 1;
        // Further given names and initials.
        while let Some(next) = self.behind(end) {
            let initial =
                self.tokens[next].end - self.tokens[next].start == 2 && self.tokens.word(next).ends_with('.');
            if !initial && !is_given(next) {
                break;
            }
            end = next + 1;
        }
        let given = end;
        let particles = (0..3).take_while(|&more| {
            self.behind(end + more).is_some_and(|next| {
                self.tongue.is_particle(self.tokens[next].hash) && self.tokens[next].case == Case::Lower
            })
        });
        let surname = end + particles.count();
        let most = if self.tongue.nouns_capital || self.tongue.code == "nl" { 1 } else { 3 };
        let mut at = surname;
        while at - surname < most && self.behind(at).is_some_and(|next| self.is_surname(next)) {
            at += 1;
        }
        // Soares dos Santos.
        let plural = |index: usize| matches!(self.form(index), "dos" | "das");
        if at > surname
            && self.behind(at).is_some_and(plural)
            && self.behind(at + 1).is_some_and(|next| self.is_surname(next))
        {
            at += 2;
        }
        // De Palma, Van Dijk.
        let particle =
            |index: usize| self.tongue.is_particle(self.tokens[index].hash) && self.is_capital(index);
        if at == surname
            && self.behind(at).is_some_and(particle)
            && self.behind(at + 1).is_some_and(|next| self.is_surname(next))
        {
            at += 2;
        }
        if at == surname {
            // The last given name may be a surname too: Klaus Martin.
            return (given - index > 1).then(|| self.found(index..given, EntityKind::Person))?;
        }
        self.found(index..at, EntityKind::Person)
    }

    fn is_surname(&self, index: usize) -> bool {
        let token = self.tokens[index];
        matches!(token.case, Case::Title | Case::Mixed)
            && token.kind == Kind::Word
            && token.end - token.start > 2
            && !self.is_legal_form(index)
            && !self.has(Class::Common, index)
            && !self.has(Class::Function, index)
    }

    /// The German genitive of a name: *Deutschlands*, *Siemens’*.
    fn inflected(&self, index: usize) -> Option<Found> {
        let token = self.tokens[index];
        if self.tongue.code != "de"
            || !matches!(token.case, Case::Title | Case::Mixed | Case::Upper)
            || token.kind != Kind::Word
        {
            return None;
        }
        let stem = self.form(index).strip_suffix('s').filter(|stem| stem.chars().count() > 3)?;
        let (length, name) = self.names.longest([hash(stem)])?;
        let fits = length == 1
            && name.tongues & self.bit != 0
            && (!name.capitals || token.case != Case::Title)
            && matches!(name.kind, EntityKind::Place | EntityKind::Organization);
        let stem_hash = hash(stem);
        let ambiguous = self.tongue.words.longest([stem_hash]).is_some()
            || (self.tongue.bare.contains(&stem_hash) && name.kind != EntityKind::Place)
            || self.is_given_name(stem_hash)
            || self.lexicon.has(Class::Common, stem_hash)
            || self.tongue.words.longest([token.hash]).is_some();
        if !fits || ambiguous || self.has_determiner(index) && name.kind == EntityKind::Organization {
            return None;
        }
        let end = token.end as usize - 1;
        Some(Found { tokens: index..index + 1, span: Span::new(token.start as usize, end), kind: name.kind })
    }

    /// The mentions of people by their surnames alone.
    fn mention_surnames(&mut self) {
        for found in &self.found {
            if found.kind == EntityKind::Person && found.tokens.len() > 1 {
                let last = self.tokens[found.tokens.end - 1].hash;
                self.surnames.insert(last);
                if found.tokens.len() > 2 {
                    self.double.insert((self.tokens[found.tokens.end - 2].hash, last));
                }
            }
        }
        if self.surnames.is_empty() {
            return;
        }
        let mut more = Vec::new();
        let mut place = 0;
        for index in 0..self.tokens.len() {
            while self.found.get(place).is_some_and(|found| found.tokens.end <= index) {
                place += 1;
            }
            let taken = self.found.get(place).is_some_and(|found| found.tokens.contains(&index));
            let word = self.tokens[index];
            if taken || !matches!(word.case, Case::Title | Case::Mixed) {
                continue;
            }
            let german = self.tongue.code == "de";
            let stem = self.form(index).strip_suffix('s').filter(|_| german).map(hash);
            let (end, known) = if self.surnames.contains(&word.hash) {
                (word.end, true)
            } else {
                (word.end - 1, stem.is_some_and(|stem| self.surnames.contains(&stem)))
            };
            // Der Koch is no Mr Koch.
            let article = self.tongue.nouns_capital && self.has_determiner(index);
            let other = self.before(index).is_some_and(|before| {
                self.is_capital(before)
                    && self.is_given_name(self.tokens[before].hash)
                    && !self.tokens[before].sentence
            });
            // Gomes Neto, of Francisco Gomes Neto.
            let first = index.checked_sub(1).filter(|&before| {
                self.is_capital(before) && self.double.contains(&(self.tokens[before].hash, word.hash))
            });
            let first = first.unwrap_or(index);
            let part = !self.tongue.nouns_capital && self.has_capitals_around(&(first..index + 1));
            if known && !article && !other && !part {
                let span = Span::new(self.tokens[first].start as usize, end as usize);
                more.push(Found { tokens: first..index + 1, span, kind: EntityKind::Person });
            }
        }
        self.found.append(&mut more);
        self.found.sort_by_key(|found| found.span);
    }
}
