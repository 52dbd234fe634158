//! To whom do the words around a quotation attribute it?

use super::grammar::{
    ACCORDING, ADVERB, AND, ARTICLE, AUXILIARY, BEING, CLITIC, HE, INDEFINITE, INVERTED, LEARN, MADAM, MAKE,
    MISTER, NOBODY, PREPOSITION, REFLEXIVE, RELATIVE, SHE, THAT, THEY, VIEW, WORDS,
};
use super::scene::{Gender, Mention, Scene};
use super::verbs::{FINITE, GERUND, INFINITIVE, PARTICIPLE, PLURAL};
use crate::lexicon::Class;
use crate::tokens::{Case, Kind};
use document::EntityKind;

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
    /// Somebody whom no name of the text tells, or more than one.
    Nobody,
}

/// What the words around a quotation say of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribution {
    pub(super) subject: Subject,
    /// Whether it stands right beside the quotation.
    pub(super) close: bool,
}

/// A verb of speech with its auxiliary and its inverted pronoun, as tokens.
#[derive(Debug, Clone, Copy)]
struct Verb {
    start: usize,
    /// One past the last token.
    end: usize,
    pronoun: Option<usize>,
    finite: bool,
    plural: bool,
}

/// How far from a quotation its attribution is looked for.
const FAR: usize = 70;

impl Scene<'_> {
    /// Who said this quotation, as the text tells; `None` where it says nothing of it.
    pub(super) fn attribution(&self, place: usize) -> Option<Attribution> {
        self.behind(place)
            .or_else(|| self.before(place))
            .or_else(|| self.further_behind(place))
            .or_else(|| self.inside(place))
    }

    /// The verb of speech whose main word is this token.
    fn verb(&self, index: usize) -> Option<Verb> {
        let role = self.role(index);
        if role & (FINITE | PARTICIPLE | GERUND | INFINITIVE | LEARN) == 0
            || self.tokens[index].case != Case::Lower
            || self.mention(index).is_some()
        {
            return None;
        }
        let mut start = index;
        if role & LEARN != 0 {
            // A fait savoir, font valoir.
            let made = index.checked_sub(1).filter(|&before| self.is(before, MAKE))?;
            let plural = self.tokens.form(made) == "font";
            let helper = made.checked_sub(1).filter(|&before| self.is(before, AUXILIARY)).unwrap_or(made);
            return Some(Verb { start: helper, end: index + 1, pronoun: None, finite: true, plural });
        }
        let (mut pronoun, mut helper) = (None, 0);
        for _ in 0..4 {
            let Some(before) = start.checked_sub(1) else { break };
            let role = self.role(before);
            if role & INVERTED != 0 {
                pronoun = Some(before);
            } else if role & (AUXILIARY | BEING) != 0 {
                start = before;
                helper = role;
                break;
            } else if role & ADVERB == 0 || self.tokens[before].line {
                break;
            }
            start = before;
        }
        let before = |index: usize| index.checked_sub(1).map_or(0, |before| self.role(before));
        if helper & AUXILIARY != 0 && role & (PARTICIPLE | GERUND) != 0 {
            let plural =
                matches!(self.tokens.form(start), "ont" | "avaient" | "auront" | "auraient" | "eurent");
            return Some(Verb { start, end: index + 1, pronoun, finite: true, plural });
        }
        if helper & BEING != 0 {
            let reflexive = before(start) & REFLEXIVE != 0 && role & PARTICIPLE != 0;
            let plural = matches!(
                self.tokens.form(start),
                "sont" | "étaient" | "seront" | "seraient" | "are" | "were"
            );
            let progressive = !self.grammar.french && role & GERUND != 0;
            return (reflexive || progressive).then_some(Verb {
                start: start - usize::from(reflexive),
                end: index + 1,
                pronoun,
                finite: true,
                plural,
            });
        }
        // After an article or a preposition it is a noun: une demande, the report.
        let noun = before(index) & (ARTICLE | PREPOSITION) != 0 && before(index) & REFLEXIVE == 0;
        if role & FINITE != 0 && !noun {
            let pronoun = Some(index + 1).filter(|&next| self.is(next, INVERTED));
            let mut start = index;
            while start > 0
                && !self.tokens[start].line
                && self.is(start - 1, CLITIC)
                && !self.is(start - 1, INVERTED)
            {
                start -= 1;
            }
            let end = pronoun.unwrap_or(index) + 1;
            return Some(Verb { start, end, pronoun, finite: true, plural: role & PLURAL != 0 });
        }
        let loose = role & GERUND != 0 && before(index) & ARTICLE == 0
            || role & INFINITIVE != 0 && before(index) & PREPOSITION != 0;
        loose.then_some(Verb { start: index, end: index + 1, pronoun: None, finite: false, plural: false })
    }

    fn pronoun(&self, index: usize) -> Subject {
        let role = self.role(index);
        if role & HE != 0 {
            Subject::Pronoun(index, Gender::Masculine)
        } else if role & SHE != 0 {
            Subject::Pronoun(index, Gender::Feminine)
        } else {
            Subject::Nobody
        }
    }

    /// The token of *selon X*, *d'après X*, *according to X*: the first behind it.
    fn according(&self, index: usize) -> Option<usize> {
        if self.is(index, ACCORDING) {
            return Some(if self.grammar.french { index + 1 } else { index + 2 });
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
        if first.line || (first.sentence && (self.grammar.french || !asked)) {
            return None;
        }
        let mut comma = matches!(ends, ",") || asked;
        if matches!(self.tokens.word(from), "," | "–" | "—" | "-") {
            comma = true;
            from += 1;
        }
        let end = self.clause_end(from, place);
        if let Some(behind) = self.according(from) {
            let subject = self.subject_right(behind, end).unwrap_or(Subject::Nobody);
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
        if !comma || self.grammar.french || self.is(from, AND | THAT | RELATIVE | PREPOSITION) {
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
                } else if !self.grammar.french && !self.is(start, AND | THAT | RELATIVE | PREPOSITION) {
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
            None => self.subject_right(verb.end, end).unwrap_or(Subject::Nobody),
        }
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
            } else {
                self.subject_left(verb.start, floor)
                    .or_else(|| match self.subject_right(verb.end, open) {
                        // Ce qu'a déclaré X ; comme l'a dit X.
                        Some(named @ Subject::Named(_)) => Some(named),
                        _ => None,
                    })
                    .unwrap_or(Subject::Nobody)
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

    /// The first verb of speech of a range, which holds no quotation.
    fn first_verb(&self, from: usize, end: usize) -> Option<Verb> {
        (from..end)
            .take_while(|&index| self.quotation(index).is_none())
            .find_map(|index| self.verb(index).filter(|verb| verb.start >= from))
    }

    /// One past the last token of the clause behind a quotation: the sentence's end or the next quotation.
    fn clause_end(&self, from: usize, place: usize) -> usize {
        let next = self.quotations.get(place + 1).map_or(usize::MAX, |next| next.open);
        // The first token may be marked as a beginning: “Why?” Liu asked.
        self.sentence_end(from + 1).min(next).min(from + FAR)
    }

    /// The first person or body that a clause names as its subject, from its beginning on: names behind a preposition
    /// are passed over, and a function takes the name that follows it.
    fn subject_right(&self, from: usize, end: usize) -> Option<Subject> {
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
                let speaks =
                    matches!(mention.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Place);
                if self.tokens.form(mention.end) == "'s" {
                    pending = Some(Subject::Nobody);
                    index = mention.end + 1;
                    continue;
                }
                let apposed = pending.is_some() && person;
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
            let role = self.role(index);
            let word = self.tokens.word(index);
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
    fn subject_right_in_speech(&self, from: usize, end: usize) -> Option<Subject> {
        let name = from + usize::from(self.is(from, MISTER | MADAM));
        let mention = self.mention(name).filter(|mention| mention.start == name && mention.end <= end)?;
        (self.tokens.get(mention.end).is_none_or(|next| next.kind == Kind::Mark)
            && mention.kind == EntityKind::Person)
            .then_some(Subject::Named(mention))
    }

    /// Somebody by name, unless another is joined to the name.
    fn one(&self, mention: Mention, end: usize) -> Subject {
        let joined = mention.end < end
            && self.is(mention.end, AND)
            && self.mention(mention.end + 1).is_some_and(|next| next.kind == mention.kind);
        if joined { Subject::Nobody } else { Subject::Named(mention) }
    }

    /// The subject of the verb that begins at `verb`, looked for leftwards down to `floor`.
    fn subject_left(&self, verb: usize, floor: usize) -> Option<Subject> {
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
