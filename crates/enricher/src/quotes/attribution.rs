//! To whom do the words around a quotation attribute it?

use super::grammar::{ACCORDING, ADVERB, AND, AUXILIARY, CLITIC, NOBODY, PREPOSITION, RELATIVE, THAT, VIEW};
use super::predicate::Verb;
use super::scene::Scene;
use super::small_words;
use super::subject::Subject;
use super::verbs::PARTICIPLE;
use crate::tokens::Kind;
use document::EntityKind;

/// What the words around a quotation say of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribution {
    pub(super) subject: Subject,
    /// Whether it stands right beside the quotation.
    pub(super) close: bool,
}

/// How far behind its auxiliary a participle stands at most.
const FRAME: usize = 24;

/// How far from a quotation its attribution is looked for.
pub(super) const FAR: usize = 70;

impl Scene<'_> {
    /// Who said this quotation, as the text tells; `None` where it says nothing of it.
    pub(super) fn attribution(&self, place: usize) -> Option<Attribution> {
        self.behind(place)
            .or_else(|| self.before(place))
            .or_else(|| self.further_behind(place))
            .or_else(|| self.inside(place))
    }

    /// The token of *selon X*, *d'après X*, *according to X*, *de acuerdo con X*: the first behind it.
    fn according(&self, index: usize) -> Option<usize> {
        if self.is(index, ACCORDING) {
            return Some(if self.grammar.inverts { index + 1 } else { index + 2 });
        }
        let phrases = small_words::according(self.grammar.language);
        let said =
            |phrase: &&[&str]| (index..).zip(phrase.iter()).all(|(at, word)| self.tokens.form(at) == *word);
        if let Some(phrase) = phrases.iter().copied().find(said) {
            return Some(index + phrase.len());
        }
        (self.grammar.french
            && matches!(self.tokens.form(index), "d'")
            && self.tokens.form(index + 1) == "après")
            .then_some(index + 2)
    }

    /// *« … », a déclaré X*; *“…,” X said*; *« … », selon X*.
    fn behind(&self, place: usize) -> Option<Attribution> {
        let close = self.quotations[place].close;
        let mut from = close + 1;
        let first = self.tokens.get(from)?;
        let ends = self.tokens.word(close - 1);
        let asked = matches!(ends, "?" | "!" | "…");
        if first.line || (first.sentence && (self.grammar.inverts || !asked)) {
            return None;
        }
        let mut comma = matches!(ends, ",") || asked;
        if matches!(self.tokens.word(from), "," | "–" | "—" | "-") {
            comma = true;
            from += 1;
        }
        let end = self.clause_end(from, place);
        if !comma && !self.grammar.measured {
            return None;
        }
        let thus = !self.grammar.thus.is_empty() && self.tokens.form(from) == self.grammar.thus;
        if let Some(behind) = self.according(from).or(thus.then_some(from + 1)) {
            let subject = self.subject_right(behind, end).unwrap_or(Subject::Nobody);
            return Some(Attribution { subject, close: true });
        }
        if let Some(subject) = self.framed(from, end) {
            return Some(Attribution { subject, close: true });
        }
        let verb = self.first_verb(from, end.min(from + 18)).filter(|verb| verb.finite)?;
        if (from..verb.start).all(|index| self.is(index, CLITIC | ADVERB) && !self.is(index, AND)) {
            if verb.pronoun.is_none() && self.is(verb.end, THAT) {
                return None;
            }
            return Some(Attribution { subject: self.inverted(verb, end), close: true });
        }
        // The English order; the subject must begin right here.
        if !comma || self.grammar.inverts || self.is(from, AND | THAT | RELATIVE | PREPOSITION) {
            return None;
        }
        let subject = self.subject_left(verb.start, from)?;
        Some(Attribution { subject: if verb.plural { Subject::Nobody } else { subject }, close: true })
    }

    /// The attribution that ends the sentence: *une demande « folle » depuis des mois, a précisé X*.
    fn further_behind(&self, place: usize) -> Option<Attribution> {
        let from = self.quotations[place].close + 1;
        if self.tokens.get(from)?.sentence {
            return None;
        }
        let end = self.sentence_end(from).min(from + FAR);
        for index in from..end {
            if self.quotation(index).is_some() || !matches!(self.tokens.word(index), "," | "–" | "—" | ")")
            {
                continue;
            }
            let start = index + 1;
            let start = if self.tokens.word(start) == "," { start + 1 } else { start };
            let subject = if let Some(behind) = self.according(start) {
                self.subject_right(behind, end)
            } else if let Some(verb) = self
                .first_verb(start, end.min(start + 12))
                .filter(|verb| verb.finite && (verb.pronoun.is_some() || !self.is(verb.end, THAT)))
            {
                if (start..verb.start).all(|index| self.is(index, CLITIC | ADVERB) && !self.is(index, AND)) {
                    Some(self.inverted(verb, end))
                } else if !self.grammar.inverts && !self.is(start, AND | THAT | RELATIVE | PREPOSITION) {
                    self.subject_left(verb.start, start).filter(|_| {
                        verb.end + 1 >= end
                            || self.tokens.word(verb.end) == "."
                            || self.is(verb.end, PREPOSITION)
                    })
                } else {
                    None
                }
            } else {
                None
            };
            if let Some(subject) = subject {
                return Some(Attribution { subject, close: false });
            }
        }
        None
    }

    /// The subject of a verb that stands before it.
    fn inverted(&self, verb: Verb, end: usize) -> Subject {
        match verb.pronoun {
            Some(pronoun) => self.pronoun(pronoun),
            None if verb.plural => Subject::Nobody,
            None => self.subject_right(verb.end, end).unwrap_or(self.omitted()),
        }
    }

    /// Who is meant where a verb has no subject.
    fn omitted(&self) -> Subject {
        if self.grammar.drops_subject { Subject::Omitted } else { Subject::Nobody }
    }

    /// The subject between an auxiliary right behind a quotation and its participle, which ends the clause: *hat X am Montag
    /// gesagt*, *heeft X gezegd*.
    fn framed(&self, from: usize, end: usize) -> Option<Subject> {
        if !self.grammar.verb_second || !self.is(from, AUXILIARY) {
            return None;
        }
        let ends = |at: usize| {
            self.tokens.get(at).is_none_or(|next| next.line || next.sentence || next.kind == Kind::Mark)
        };
        let participle = (from + 2..end.min(from + FRAME))
            .take_while(|&index| self.quotation(index).is_none())
            .find(|&index| self.is(index, PARTICIPLE) && ends(index + 1))?;
        if self.is_plural_auxiliary(from) {
            return Some(Subject::Nobody);
        }
        Some(self.subject_right(from + 1, participle).unwrap_or(Subject::Nobody))
    }

    /// *X a déclaré : « … »*; *Selon X, « … »*; *X, qui dénonce « … »*; a second quotation of one sentence.
    fn before(&self, place: usize) -> Option<Attribution> {
        let open = self.quotations[place].open;
        let colon = open > 0 && self.tokens.word(open - 1) == ":";
        let start = self.sentence_start(open);
        let floor = match (start == open, colon) {
            (false, _) => start,
            (true, true) => self.sentence_start(open - 1),
            (true, false) => return None,
        }
        .max(open.saturating_sub(FAR));
        let shared = place.checked_sub(1).filter(|&before| self.quotations[before].close >= floor);
        let mut index = open;
        while index > floor {
            index -= 1;
            if let Some(other) = self.quotation(index) {
                if Some(other) == shared && self.attribution_reaches(other) {
                    return Some(Attribution { subject: Subject::SameAs(other), close: false });
                }
                index = self.quotations[other].open.max(floor);
                continue;
            }
            if let Some(subject) = self.view(index, floor, open) {
                return Some(Attribution { subject, close: false });
            }
            let Some(verb) = self.verb(index) else { continue };
            let close = colon || open - verb.end <= 3;
            let comma = usize::from(self.tokens.word(verb.start.saturating_sub(1)) == ",");
            let after = verb.start.checked_sub(1 + comma).and_then(|index| self.quotation(index));
            let subject = if let Some(other) = after.filter(|&other| self.behind(other).is_some()) {
                Subject::SameAs(other)
            } else if let Some(pronoun) = verb.pronoun {
                self.pronoun(pronoun)
            } else if !verb.finite {
                match shared {
                    Some(other) if self.quotations[other].close < index => Subject::SameAs(other),
                    _ => self.subject_right(floor, verb.start).unwrap_or(Subject::Nobody),
                }
            } else if verb.plural {
                Subject::Nobody
            } else if self.cites(verb) {
                // Le Parisien cite une source : « … »
                self.subject_right(verb.end, open).unwrap_or(Subject::Nobody)
            } else if self.grammar.verb_second && self.is(floor, PREPOSITION | ADVERB) {
                // Am Montag sagte X: „…“
                match self.subject_right(verb.end, open) {
                    Some(named @ Subject::Named(_)) => named,
                    _ => Subject::Nobody,
                }
            } else {
                self.subject_left(verb.start, floor)
                    .or_else(|| match self.subject_right(verb.end, open).filter(|_| !self.tells(verb)) {
                        // Ce qu'a déclaré X ; comme l'a dit X.
                        Some(named @ Subject::Named(_)) => Some(named),
                        _ => None,
                    })
                    .unwrap_or_else(|| {
                        // Y añadió: «…»
                        let bare = (floor..verb.start).all(|at| self.is(at, AND | ADVERB | CLITIC));
                        if bare { self.omitted() } else { Subject::Nobody }
                    })
            };
            return Some(Attribution { subject, close });
        }
        if !colon {
            return None;
        }
        let subject = self.subject_right(floor, open).filter(|subject| !matches!(subject, Subject::Nobody));
        let only = || {
            let mut people =
                self.mentions_in(floor, open).iter().filter(|mention| mention.kind == EntityKind::Person);
            let first = people.next()?;
            people.next().is_none().then_some(Subject::Named(*first))
        };
        Some(Attribution { subject: subject.or_else(only).unwrap_or(Subject::Nobody), close: true })
    }

    /// Whether the verb gives the words of its object: *cite une source*, *quoted a neighbour*.
    fn cites(&self, verb: Verb) -> bool {
        let form = self.tokens.form(verb.end - 1);
        match self.grammar.language {
            "fr" => matches!(form, "cite" | "citait" | "cita" | "cité" | "citera"),
            "en" => matches!(form, "cites" | "cited" | "quotes" | "quoted"),
            _ => false,
        }
    }

    /// Whether the object of the verb is who listens, in English: *told X*.
    fn tells(&self, verb: Verb) -> bool {
        self.grammar.language == "en"
            && matches!(
                self.tokens.form(verb.end - 1),
                "tells"
                    | "told"
                    | "asks"
                    | "asked"
                    | "reminds"
                    | "reminded"
                    | "warns"
                    | "warned"
                    | "urges"
                    | "urged"
            )
    }

    /// Whose view the words before the quotation that opens at `open` give: *selon X*, and *pour X,* right before it or
    /// at the beginning of the sentence.
    fn view(&self, index: usize, floor: usize, open: usize) -> Option<Subject> {
        let first = index == floor;
        if let Some(behind) = self.according(index) {
            let begins = first || matches!(self.tokens.word(index - 1), "," | "(" | "–" | "—");
            return if begins { self.subject_right(behind, open) } else { None };
        }
        let begins = first || self.tokens.word(index - 1) == ",";
        if !self.is(index, VIEW) || !begins || !(first || self.tokens.word(open - 1) == ",") {
            return None;
        }
        match self.subject_right(index + 1, open)? {
            Subject::Named(mention) if mention.kind == EntityKind::Person || first => {
                Some(Subject::Named(mention))
            }
            pronoun @ Subject::Pronoun(..) if first => Some(pronoun),
            _ => None,
        }
    }

    /// Whether something is said of who spoke this quotation; looked at once more, without its neighbours.
    fn attribution_reaches(&self, place: usize) -> bool {
        self.behind(place).is_some() || {
            let open = self.quotations[place].open;
            let floor = self.sentence_start(open).max(open.saturating_sub(FAR));
            (floor..open).any(|index| self.quotation(index).is_none() && self.verb(index).is_some())
                || (floor..open).any(|index| self.view(index, floor, open).is_some())
        }
    }

    /// *« C'est fini, a dit X, nous partons. »*: the attribution stands between the marks.
    fn inside(&self, place: usize) -> Option<Attribution> {
        let quotation = &self.quotations[place];
        let end = quotation.close.min(quotation.open + 3 * FAR);
        let (_, subject) = self.interjected(quotation.open + 1, end)?;
        Some(Attribution { subject, close: true })
    }

    /// The first attribution in the inverted order that stands in a stretch of speech: one past what was said before
    /// it, and who said it.
    pub(super) fn interjected(&self, from: usize, end: usize) -> Option<(usize, Subject)> {
        (from + 1..end).find_map(|index| {
            let mark = self.tokens.word(index);
            if !matches!(mark, "," | "!" | "?" | "…" | "–" | "—") {
                return None;
            }
            let start = index + 1;
            let in_order = |verb: Verb| {
                (start..verb.start).all(|index| self.is(index, CLITIC | ADVERB) && !self.is(index, AND))
            };
            let end = end.min(start + 24);
            let role_end = end.min(start + 6);
            let verb = (start..role_end)
                .find_map(|index| self.verb(index).filter(|verb| verb.start >= start))
                .filter(|verb| verb.finite && !verb.plural && in_order(*verb))?;
            let subject = match verb.pronoun {
                Some(pronoun) => self.pronoun(pronoun),
                None if self.is(verb.end, NOBODY | THAT) => return None,
                None => self.subject_right_in_speech(verb.end, end)?,
            };
            let behind = usize::from(!matches!(mark, "," | "–" | "—"));
            (!matches!(subject, Subject::Nobody)).then_some((index + behind, subject))
        })
    }

    /// One past the last token of the clause behind a quotation: the sentence's end or the next quotation.
    fn clause_end(&self, from: usize, place: usize) -> usize {
        let next = self.quotations.get(place + 1).map_or(usize::MAX, |next| next.open);
        // The first token may be marked as a beginning: “Why?” Liu asked.
        self.sentence_end(from + 1).min(next).min(from + FAR)
    }
}
