//! Who is the subject of a verb, or of *selon*, on this side of it?

use document::EntityKind;

use super::attribution::FAR;
use super::grammar::{
    ADVERB, AND, ARTICLE, AUXILIARY, BEING, CLITIC, HE, INDEFINITE, INVERTED, MADAM, MISTER, NOBODY,
    PREPOSITION, REFLEXIVE, RELATIVE, SHE, THAT, THEY, WORDS,
};
use super::scene::{Mention, Scene};
use super::verbs::FINITE;
use crate::given_names::Gender;
use crate::lexicon::Class;
use crate::tokens::{Case, Kind};

/// How many words a title before a person's name has at most.
const TITLE: usize = 10;

/// Whom the text gives as the speaker.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    /// Somebody by name.
    Named(Mention),
    /// *il*, *she*, at this token.
    Pronoun(usize, Gender),
    /// Somebody by a function alone, at this token: *le ministre*.
    Function(usize),
    /// Whoever said another quotation, of this place.
    SameAs(usize),
    /// Nobody is named, since it is who spoke before: *añadió*.
    Omitted,
    /// Somebody whom no name of the text tells, or more than one.
    Nobody,
}

impl Scene<'_> {
    pub(super) fn pronoun(&self, index: usize) -> Subject {
        let role = self.role(index);
        if role & HE != 0 {
            Subject::Pronoun(index, Gender::Masculine)
        } else if role & SHE != 0 {
            Subject::Pronoun(index, Gender::Feminine)
        } else {
            Subject::Nobody
        }
    }

    /// The first person or body that a clause names as its subject, from its beginning on: names behind a preposition
    /// are passed over, and a function takes the name that follows it.
    pub(super) fn subject_right(&self, from: usize, end: usize) -> Option<Subject> {
        let mut pending: Option<Subject> = None;
        // Behind a preposition: how many words of its noun came, and whether one was a function.
        let mut governed: Option<(usize, bool)> = None;
        let mut adjoined = false;
        // The last noun was what somebody says.
        let mut said = false;
        // The subject's noun is a body's: agence, groupe.
        let mut body = false;
        let mut index = from;
        while index < end {
            if self.quotation(index).is_some() {
                break;
            }
            if let Some(mention) = self.mention(index) {
                let person = mention.kind == EntityKind::Person;
                let speaks = matches!(mention.kind, EntityKind::Person | EntityKind::Organization)
                    || (mention.kind == EntityKind::Place && self.grammar.inverts);
                if self.tokens.form(mention.end) == "'s" {
                    pending = Some(Subject::Nobody);
                    index = mention.end + 1;
                    continue;
                }
                let apposed = pending.is_some() && person;
                if governed.is_none()
                    && let Some(bearer) = self.bearer(mention, from, end)
                {
                    return Some(bearer);
                }
                match governed {
                    None if !speaks => return Some(Subject::Nobody),
                    None if pending.is_none() || apposed || !adjoined => return Some(self.one(mention, end)),
                    Some((words, false)) if words > 0 && person => return Some(self.one(mention, end)),
                    // L'agence de presse officielle syrienne Sana.
                    Some((words, _)) if words > 0 && body && mention.kind == EntityKind::Organization => {
                        return Some(self.one(mention, end));
                    }
                    // Selon les propos de X.
                    Some((0, _)) if speaks && said => return Some(self.one(mention, end)),
                    None => break,
                    Some(_) => governed = Some((1, false)),
                }
                index = mention.end;
                continue;
            }
            let mut role = self.role(index);
            let word = self.tokens.word(index);
            // Ein Sprecher der Siemens AG.
            if self.grammar.nouns_capital
                && pending.is_some()
                && matches!(self.tokens.form(index), "der" | "des")
            {
                role = PREPOSITION;
            }
            if matches!(word, ";" | ":" | "." | "?" | "!" | "…") {
                break;
            }
            if matches!(word, "," | "–" | "—" | "(" | ")") {
                governed = None;
                adjoined = true;
                if pending.is_some() {
                    // Only a name that stands by itself says who « le PDG de Foxconn » is.
                    let next = index + 1 + usize::from(self.is(index + 1, MISTER | MADAM));
                    let Some(mention) =
                        self.mention(next).filter(|mention| mention.kind == EntityKind::Person)
                    else {
                        break;
                    };
                    return Some(self.one(mention, end));
                }
            } else if role & (RELATIVE | THAT) != 0 {
                break;
            } else if role & (MISTER | MADAM) != 0 {
                governed = governed.filter(|(words, _)| *words == 0);
            } else if role & (HE | SHE | THEY | NOBODY) != 0
                && (role & (ARTICLE | CLITIC) == 0 || (index == from && role & ARTICLE == 0))
                && pending.is_none()
            {
                if governed.is_none() || index == from {
                    return Some(self.pronoun(index));
                }
                governed = Some((1, false));
            } else if role & PREPOSITION != 0 && !(index == from && role & ARTICLE != 0) {
                governed = Some((0, false));
            } else if role & (AUXILIARY | BEING) != 0 || (pending.is_some() && role & FINITE != 0) {
                break;
            } else if role & AND != 0 {
                if pending.is_some() {
                    return Some(Subject::Nobody);
                }
                governed = None;
            } else if role & ARTICLE != 0 {
                if governed.is_none() && pending.is_none() {
                    pending = Some(Subject::Nobody);
                    adjoined = false;
                }
            } else if role & ADVERB == 0 && self.tokens[index].kind == Kind::Word {
                let function = self.is_function(index);
                said = governed.is_none() && role & WORDS != 0;
                let hash = self.tokens[index].hash;
                body |= governed.is_none() && self.lexicon.has(Class::OrganizationWord, hash);
                if let Some((words, found)) = governed {
                    governed = Some((words + 1, found || function));
                } else if function {
                    let nobody = index > from && self.is(index - 1, INDEFINITE);
                    if !matches!(pending, Some(Subject::Function(_))) && !nobody {
                        pending = Some(Subject::Function(index));
                    }
                } else if self.grammar.nouns_capital {
                    // Siemens-Chef Roland Busch.
                    if pending.is_none() {
                        (pending, adjoined) = (Some(Subject::Nobody), false);
                    }
                } else if self.tokens[index].case != Case::Lower && !self.tokens[index].sentence {
                    // A name that was not found is somebody else's.
                    return Some(Subject::Nobody);
                }
            }
            index += 1;
        }
        pending
    }

    /// A name right behind the verb, up to the next mark: only that is certain between the marks of a quotation.
    pub(super) fn subject_right_in_speech(&self, from: usize, end: usize) -> Option<Subject> {
        let name = from + usize::from(self.is(from, MISTER | MADAM));
        let mention = self.mention(name).filter(|mention| mention.start == name && mention.end <= end)?;
        (self.tokens.get(mention.end).is_none_or(|next| next.kind == Kind::Mark)
            && mention.kind == EntityKind::Person)
            .then_some(Subject::Named(mention))
    }

    /// Who bears the title that an English body or place stands before: *Google chief executive Sundar Pichai*. `None` where no title follows the name. Right behind the verb of speech or a preposition, at
    /// `from`, no other verb can follow, so that any noun may be the title; elsewhere it has to be a known one.
    fn bearer(&self, name: Mention, from: usize, end: usize) -> Option<Subject> {
        if self.grammar.inverts || !matches!(name.kind, EntityKind::Organization | EntityKind::Place) {
            return None;
        }
        let led = from
            .checked_sub(1)
            .is_some_and(|before| self.is(before, PREPOSITION) || self.verb(before).is_some());
        if !led && !self.is_function(name.end) && self.mention(name.end).is_none() {
            return None;
        }
        let mut function = None;
        for index in name.end..end.min(name.end + TITLE) {
            if let Some(mention) = self.mention(index) {
                if mention.kind == EntityKind::Person {
                    return Some(self.one(mention, end));
                }
                continue;
            }
            let joined = self.is(index, AND) && function.is_some();
            if self.quotation(index).is_some()
                || self.tokens[index].kind != Kind::Word
                || (!joined && !self.is_plain(index))
            {
                break;
            }
            if self.is_function(index) {
                function = function.or(Some(index));
            }
        }
        let nobody = name.start > 0 && self.is(name.start - 1, INDEFINITE);
        function.map(|function| if nobody { Subject::Nobody } else { Subject::Function(function) })
    }

    /// Whether this word can stand between a name and a title, or be one.
    fn is_plain(&self, index: usize) -> bool {
        let joins = ADVERB | AND | ARTICLE | AUXILIARY | BEING | CLITIC | PREPOSITION | RELATIVE | THAT;
        self.is_function(index) || !self.is(index, joins | HE | SHE | THEY | NOBODY | FINITE)
    }

    /// Somebody by name, unless another is joined to the name.
    fn one(&self, mention: Mention, end: usize) -> Subject {
        let joined = mention.end < end
            && self.is(mention.end, AND)
            && self.mention(mention.end + 1).is_some_and(|next| next.kind == mention.kind);
        if joined { Subject::Nobody } else { Subject::Named(mention) }
    }

    /// The subject of the verb that begins at `verb`, looked for leftwards down to `floor`.
    pub(super) fn subject_left(&self, verb: usize, floor: usize) -> Option<Subject> {
        let mut function = None;
        let mut noun = false;
        let mut index = verb;
        for _ in 0..FAR {
            if index <= floor {
                break;
            }
            let at = index - 1;
            if let Some(place) = self.quotation(at) {
                index = self.quotations[place].open;
                noun = true;
                continue;
            }
            if let Some(mention) = self.mention(at) {
                if mention.start < floor {
                    break;
                }
                if self.is_governed(mention) {
                    index = self.skip_governed(mention.start, floor);
                    (function, noun) = (None, true);
                    continue;
                }
                let joined = mention.start >= floor + 2
                    && self.is(mention.start - 1, AND)
                    && self.mention(mention.start - 2).is_some();
                if !self.grammar.inverts
                    && matches!(mention.kind, EntityKind::Organization | EntityKind::Place)
                {
                    // A Google spokesperson said.
                    if let Some(title) = function.filter(|_| self.is_plain(mention.end)) {
                        let nobody = mention.start > 0 && self.is(mention.start - 1, INDEFINITE);
                        return Some(if nobody { Subject::Nobody } else { Subject::Function(title) });
                    }
                    if mention.kind == EntityKind::Place {
                        return Some(Subject::Nobody);
                    }
                }
                let speaks = !matches!(mention.kind, EntityKind::Product | EntityKind::Event);
                return Some(if joined || !speaks { Subject::Nobody } else { Subject::Named(mention) });
            }
            let role = self.role(at);
            match self.tokens.word(at) {
                "," | "–" | "—" | ")" => {
                    if noun || function.is_some() {
                        // X, premier vice-président du Burundi a réagi: the second comma is missing.
                        return Some(
                            at.checked_sub(1)
                                .and_then(|before| self.mention(before))
                                .filter(|mention| {
                                    mention.kind == EntityKind::Person && mention.start >= floor
                                })
                                .map_or(Subject::Nobody, Subject::Named),
                        );
                    }
                    let from = floor.max(at.saturating_sub(40));
                    let opening = if self.tokens.word(at) == ")" { "(" } else { self.tokens.word(at) };
                    let begin = (from..at).rev().find(|&index| self.tokens.word(index) == opening)?;
                    let named = begin + 1 + usize::from(self.is(begin + 1, MISTER | MADAM));
                    if let Some(mention) = self.mention(named)
                        && mention.start == named
                        && mention.end == at
                        && mention.kind == EntityKind::Person
                    {
                        return Some(Subject::Named(mention));
                    }
                    index = begin;
                    continue;
                }
                "'s" | "’s" => {
                    return Some(function.map_or(Subject::Nobody, Subject::Function));
                }
                _ => {}
            }
            if self.tokens[at].kind == Kind::Mark {
                break;
            }
            if role & THAT != 0 {
                break;
            }
            if role & RELATIVE != 0 {
                index = at;
                if index > floor && self.tokens.word(index - 1) == "," {
                    index -= 1;
                }
                (function, noun) = (None, false);
                continue;
            }
            if !noun && function.is_none() {
                if role & AND != 0 {
                    return self.subject_right(floor, at);
                }
                if role & (HE | SHE | THEY | NOBODY) != 0 && role & CLITIC == 0 && role & INVERTED == 0 {
                    return Some(self.pronoun(at));
                }
                if role & (CLITIC | ADVERB | REFLEXIVE) != 0 {
                    index = at;
                    continue;
                }
            }
            if role & ARTICLE != 0 && role & PREPOSITION == 0 {
                if at > floor && self.is(at - 1, PREPOSITION) {
                    index = at - 1;
                    (function, noun) = (None, true);
                    continue;
                }
                let nobody = role & INDEFINITE != 0;
                return Some(function.filter(|_| !nobody).map_or(Subject::Nobody, Subject::Function));
            }
            if role & PREPOSITION != 0 {
                function = None;
            } else if role & (AUXILIARY | BEING) != 0 {
                break;
            } else if role & ADVERB == 0 {
                noun = true;
                if self.is_function(at) {
                    function = Some(at);
                }
            }
            index = at;
        }
        (noun || function.is_some()).then_some(Subject::Nobody)
    }

    /// The preposition that governs what begins at `index`.
    fn skip_governed(&self, index: usize, floor: usize) -> usize {
        let from = floor.max(index.saturating_sub(5));
        (from..index).rev().find(|&before| self.is(before, PREPOSITION)).unwrap_or(from)
    }
}
