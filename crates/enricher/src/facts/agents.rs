//! Who acts, with whom, and to whom it is done.

use document::EntityKind;

use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization, is_thing};
use super::sentence::{Mention, Part};
use super::topic::{antecedent, head_owner, push};
use crate::tokens::{Case, Kind};

/// How far behind a trigger who acts may stand in *par X*, in tokens.
const AGENTIVE: usize = 10;
/// How far behind a noun a clause may begin that goes on about it, in tokens.
const PURSUED: usize = 12;
/// How far an opening without a subject reaches, in tokens.
const OPENING: usize = 16;
/// How far behind a trigger the other party of a contract may stand, in tokens.
const OPPOSITE: usize = 18;
/// How far before a name the word may stand that says in which part it is, in tokens.
const LED: usize = 5;

impl Reader<'_, '_> {
    /// Who acts: of a noun, whose it is, when that stands beside it; else the subject.
    pub(super) fn actors(&self, trigger: Found<Role>, is_verb: bool, of_noun: bool) -> Vec<usize> {
        if of_noun && let Some(owner) = self.owner(trigger) {
            return vec![owner];
        }
        let end = (trigger.end + AGENTIVE).min(self.sentence.range.end);
        // Behind a comma, *par X* is of another: *20 % de la flotte, et par X*.
        let end = if is_verb {
            end
        } else {
            (trigger.end..end).find(|&at| self.sentence.form(at) == ",").unwrap_or(end)
        };
        let agentive = self.after(trigger, end, &[Part::Agentive], is_organization);
        if !agentive.is_empty() {
            return agentive;
        }
        if !is_verb && let Some(pursuer) = self.pursuer(trigger) {
            return vec![pursuer];
        }
        let subjects = self.subjects(trigger, is_verb, is_organization);
        if subjects.is_empty() && of_noun {
            if let Some(bearer) = self.bearer(trigger) {
                return vec![bearer];
            }
            // *Castellane's accounts showed …*, else *Son bénéfice …*
            if let Some(owner) = head_owner(self.sentence).filter(|owner| owner.end <= trigger.start) {
                return self.identity(owner).into_iter().collect();
            }
            if self.is_of_topic(trigger) {
                return self.topic.into_iter().collect();
            }
        }
        subjects
    }

    /// Who acts in a clause that goes on about a noun: *une usine que X construit*, *a plant that X is building*.
    fn pursuer(&self, trigger: Found<Role>) -> Option<usize> {
        let sentence = self.sentence;
        let link = sentence.phrases.iter().find(|phrase| {
            matches!(phrase.meaning, Role::Embedding | Role::Relative)
                && phrase.start >= trigger.end
                && phrase.start < trigger.end + PURSUED
        })?;
        let acts = |role| {
            matches!(
                role,
                Role::Verb(_)
                    | Role::Auxiliary
                    | Role::Plan
                    | Role::Announcement
                    | Role::Source
                    | Role::Clause
            )
        };
        if (trigger.end..link.start).any(|at| sentence.role_at(at, acts).is_some()) {
            return None;
        }
        let mention = sentence.mentions.iter().find(|mention| mention.start >= trigger.end)?;
        let follows = mention.start >= link.end && mention.start < link.end + 3;
        if follows && mention.part == Part::Subject && is_organization(mention.kind) {
            self.identity(mention)
        } else {
            None
        }
    }

    /// Whether a noun is of whom the sentences before were about: *Son bénéfice net*, or where it opens the sentence,
    /// also behind words for when and where.
    pub(super) fn is_of_topic(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let others = sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Generic
                && phrase.start + 4 >= trigger.start
                && phrase.start < trigger.end + 6
        });
        if others {
            return false;
        }
        let before = trigger.start.saturating_sub(3).max(sentence.range.start);
        let possessed =
            (before..trigger.end).any(|at| sentence.role_at(at, |role| role == Role::Possessive).is_some());
        possessed || trigger.start <= self.main_clause(trigger.start) + 2
    }

    /// Where the main clause begins before `at`: behind the comma after an opening *Au premier semestre*.
    fn main_clause(&self, at: usize) -> usize {
        let sentence = self.sentence;
        let start = sentence.range.start;
        let comma = (start..at).rev().find(|&at| sentence.form(at) == ",");
        let acts = |mention: &Mention| mention.part == Part::Subject && mention.kind != EntityKind::Place;
        match comma {
            Some(comma)
                if comma < start + OPENING
                    && self.opens_with_a_preposition()
                    && !sentence.mentions.iter().any(|mention| mention.end <= comma && acts(mention)) =>
            {
                comma + 1
            }
            _ => start,
        }
    }

    fn opens_with_a_preposition(&self) -> bool {
        let sentence = self.sentence;
        let prepositions = |role| {
            matches!(
                role,
                Role::Companion
                    | Role::Preposition
                    | Role::Locative
                    | Role::Agentive
                    | Role::Genitive
                    | Role::Example
            )
        };
        sentence.role_at(sentence.range.start, prepositions).is_some()
            || matches!(sentence.form(sentence.range.start), "au" | "du")
    }

    /// Who acts behind an opening that has no subject: *Avec 40 % du marché, X …*, *En rachetant X, Y …*.
    fn fronted(&self, trigger: Found<Role>, is: fn(EntityKind) -> bool) -> Option<usize> {
        let sentence = self.sentence;
        if trigger.start > sentence.range.start + OPENING || !self.opens_with_a_preposition() {
            return None;
        }
        sentence
            .mentions
            .iter()
            .filter(|mention| mention.part == Part::Subject && is(mention.kind))
            .find(|mention| {
                let at = (sentence.range.start..mention.start)
                    .rev()
                    .take_while(|&at| self.is_beside_a_name(at))
                    .last()
                    .unwrap_or(mention.start);
                at > trigger.end
                    && sentence.form(at - 1) == ","
                    && sentence.role_at(mention.end, |role| role == Role::Clause).is_none()
            })
            .and_then(|mention| self.identity(mention))
    }

    /// To whom something is given, and what: *vend X à Y*, *X est cédé à Y*.
    pub(super) fn receivers(&self, trigger: Found<Role>, next: usize) -> (Vec<usize>, Vec<usize>) {
        let sentence = self.sentence;
        let end = sentence.clause(trigger.start).end.min(next).min(trigger.end + OPPOSITE);
        let behind =
            || sentence.mentions.iter().filter(|mention| mention.start >= trigger.end && mention.start < end);
        let Some(receiver) = behind().find(|mention| {
            is_organization(mention.kind)
                && mention.part == Part::Other
                && self.is_led_by(mention.start, Role::Receiver)
        }) else {
            return (Vec::new(), Vec::new());
        };
        let given = behind().find(|mention| {
            mention.start < receiver.start
                && matches!(mention.part, Part::Object | Part::Subject | Part::Genitive)
                && is_thing(mention.kind)
        });
        let objects: Vec<_> = match given.and_then(|given| self.identity(given)) {
            Some(given) => vec![given],
            None if self.is_passive(trigger) => self.subjects(trigger, true, is_thing),
            None => Vec::new(),
        };
        (self.identity(receiver).into_iter().filter(|agent| !objects.contains(agent)).collect(), objects)
    }

    /// Whether the word at `at` may belong to the name behind it: *le fabricant*, *the chipmaker*.
    fn is_beside_a_name(&self, at: usize) -> bool {
        let token = self.sentence.article.tokens[at];
        token.kind == Kind::Word
            && token.case == Case::Lower
            && self
                .sentence
                .role_at(at, |role| {
                    matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan | Role::Relative)
                })
                .is_none()
    }

    /// Whether a verb stands in the passive, so that who acts may go unsaid.
    pub(super) fn is_passive(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let from = trigger.start.saturating_sub(3).max(sentence.range.start);
        (from..trigger.end).any(|at| {
            matches!(
                sentence.form(at),
                "est" | "sont" | "été" | "sera" | "seront" | "is" | "are" | "was" | "were" | "be" | "been"
            )
        })
    }

    /// Who takes part in what a trigger states: who acts, with whom, and to, from or for whom.
    pub(super) fn parties(&self, trigger: Found<Role>, is_verb: bool, next: usize, wide: bool) -> Vec<usize> {
        let sentence = self.sentence;
        let mut agents = self.both(trigger).unwrap_or_else(|| self.actors(trigger, is_verb, false));
        // *Le contrat, de 3 milliards, …*, *la production a été confiée à X*
        let unsaid = if is_verb { wide && self.is_passive(trigger) } else { self.is_of_topic(trigger) };
        if agents.is_empty() && unsaid {
            agents.extend(self.topic);
        }
        let from = sentence
            .mentions
            .iter()
            .rfind(|mention| {
                mention.end <= trigger.start && mention.part == Part::Subject && is_organization(mention.kind)
            })
            .map_or(trigger.start, |subject| subject.end);
        let before = Found { start: from, end: from, meaning: trigger.meaning };
        if !agents.is_empty() {
            add(&mut agents, self.after(before, trigger.start, &[Part::Companion], is_organization));
        }
        add(&mut agents, self.after(trigger, next, &[Part::Companion], is_organization));
        if wide && agents.is_empty() && !is_verb {
            // *Un contrat lie X à Y*
            let bound = self.bound(trigger, next);
            if bound.len() > 1 {
                return bound;
            }
        }
        if wide && agents.len() < 2 {
            add(&mut agents, self.opposite(trigger, next));
        }
        if let &[only] = &agents[..] {
            // *Avec X, Y a …*, *X, avec lequel Y a …*
            let with = self.companion_before(trigger).or_else(|| self.companion_of_clause(trigger));
            agents.extend(with.filter(|companion| *companion != only));
            if wide && agents.len() < 2 {
                // *X a commandé …*, in an article about Y: of Y.
                agents.extend(self.main.filter(|main| *main != only));
            }
        }
        agents
    }

    /// All that are named in the clause behind a contract: *un contrat lie X à Y*.
    fn bound(&self, trigger: Found<Role>, next: usize) -> Vec<usize> {
        let sentence = self.sentence;
        let end = sentence.clause(trigger.start).end.min(next);
        let end = (trigger.end..end).find(|&at| sentence.form(at) == ",").unwrap_or(end);
        let mut bound = Vec::new();
        for mention in &sentence.mentions {
            let named = mention.start >= trigger.end && mention.end <= end && is_organization(mention.kind);
            if named && matches!(mention.part, Part::Subject | Part::Other | Part::Companion | Part::Object) {
                add(&mut bound, self.identity(mention).into_iter().collect());
            }
        }
        bound
    }

    /// To, from or for whom a contract is: *une commande à X*, *an order from X*.
    fn opposite(&self, trigger: Found<Role>, next: usize) -> Vec<usize> {
        let sentence = self.sentence;
        let end = sentence.clause(trigger.start).end.min(next).min(trigger.end + OPPOSITE);
        sentence
            .mentions
            .iter()
            .filter(|mention| {
                mention.start >= trigger.end
                    && mention.start < end
                    && is_organization(mention.kind)
                    && matches!(mention.part, Part::Other | Part::Genitive | Part::Object)
                    && self.is_led_by(mention.start, Role::Party)
            })
            .take(1)
            .filter_map(|mention| self.identity(mention))
            .collect()
    }

    /// Whether a word of this role stands before the name at `start`, with only small words between them.
    pub(super) fn is_led_by(&self, start: usize, role: Role) -> bool {
        let sentence = self.sentence;
        let from = start.saturating_sub(LED).max(sentence.range.start);
        let mut at = start;
        loop {
            let leads = |phrase: &Found<Role>| phrase.meaning == role && phrase.end == at;
            if sentence.phrases.iter().any(leads) || matches!(sentence.form(at), "au" | "du") && at < start {
                return true;
            }
            if at <= from || !self.is_beside_a_name(at - 1) {
                return false;
            }
            at -= 1;
        }
    }

    /// With whom something is done in a clause about them: *X, avec lequel Y a signé …*.
    fn companion_of_clause(&self, trigger: Found<Role>) -> Option<usize> {
        let sentence = self.sentence;
        let with = sentence.phrases.iter().rfind(|phrase| {
            phrase.meaning == Role::Companion
                && phrase.end <= trigger.start
                && (sentence
                    .role_at(phrase.end, |role| matches!(role, Role::Relative | Role::Embedding))
                    .is_some()
                    || sentence.form(phrase.end - 1) == "qui")
        })?;
        let end = with.start
            - usize::from(with.start > sentence.range.start && sentence.form(with.start - 1) == ",");
        let named =
            sentence.mentions.iter().find(|mention| mention.end == end && is_organization(mention.kind))?;
        self.identity(named)
    }

    /// The two organizations that *les deux groupes* stands for, where it acts.
    pub(super) fn both(&self, trigger: Found<Role>) -> Option<Vec<usize>> {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let both = sentence.phrases.iter().rfind(|phrase| {
            phrase.meaning == Role::Both && phrase.start >= clause.start && phrase.end <= trigger.start
        })?;
        let another = sentence.mentions.iter().any(|mention| {
            mention.start >= both.end
                && mention.end <= trigger.start
                && mention.part == Part::Subject
                && is_organization(mention.kind)
        });
        let here = sentence.mentions.iter().filter(|mention| {
            mention.end <= both.start
                && is_organization(mention.kind)
                && matches!(mention.part, Part::Subject | Part::Genitive | Part::Companion | Part::Object)
        });
        let pair = here.filter_map(|mention| self.identity(mention)).fold(self.pair, push);
        let [Some(one), Some(other)] = pair else { return None };
        (!another).then(|| vec![one, other])
    }

    /// The organization at the head of the sentence with which its subject acts.
    pub(super) fn companion_before(&self, trigger: Found<Role>) -> Option<usize> {
        let mentions = &self.sentence.mentions;
        let first = mentions.iter().find(|mention| is_organization(mention.kind))?;
        let acts = |mention: &Mention| mention.part == Part::Subject && is_organization(mention.kind);
        let subject = mentions
            .iter()
            .any(|mention| acts(mention) && mention.start >= first.end && mention.end <= trigger.start);
        first.entity.filter(|_| first.part == Part::Companion && subject)
    }

    /// Whom a relative clause around the trigger goes on about: *auprès de X, qui est devenu …*.
    pub(super) fn antecedent(&self, trigger: Found<Role>, is: fn(EntityKind) -> bool) -> Option<usize> {
        let sentence = self.sentence;
        let relative = sentence
            .phrases
            .iter()
            .rfind(|phrase| phrase.meaning == Role::Relative && phrase.end <= trigger.start)?;
        let before = if relative.start > sentence.range.start && sentence.form(relative.start - 1) == "," {
            relative.start - 1
        } else {
            relative.start
        };
        // A comma ends it, or another who acts.
        let ended = (relative.end..trigger.start).any(|at| sentence.form(at) == ",")
            || sentence.mentions.iter().any(|mention| {
                mention.start >= relative.end && mention.end <= trigger.start && mention.part == Part::Subject
            });
        let named = sentence.mentions.iter().find(|mention| mention.end == before && is(mention.kind))?;
        if ended { None } else { named.entity }
    }

    pub(super) fn actors_and_objects(
        &self,
        trigger: Found<Role>,
        is_verb: bool,
        next: usize,
    ) -> (Vec<usize>, Vec<usize>) {
        let agentive = self.after(trigger, next, &[Part::Agentive], is_organization);
        let parts: &[Part] = if is_verb { &[Part::Subject, Part::Object] } else { &[Part::Genitive] };
        let behind = || self.after(trigger, next, parts, is_thing);
        let (agents, objects) = match (agentive.is_empty(), is_verb) {
            // *X est racheté par Y*
            (false, true) => (agentive, self.subjects(trigger, true, is_thing)),
            // *le rachat de X par Y*
            (false, false) => (agentive, behind()),
            (true, _) => {
                let mut agents = self.subjects(trigger, is_verb, is_organization);
                if agents.is_empty() && !is_verb {
                    // *X's takeover of Y*
                    agents.extend(self.possessor(trigger));
                }
                (agents, behind())
            }
        };
        let objects = objects.into_iter().filter(|object| !agents.contains(object)).collect();
        (agents, objects)
    }

    /// The organization whose the thing is that a noun names: *les installations de TSMC*, *Kerlane's plant*.
    pub(super) fn owner(&self, trigger: Found<Role>) -> Option<usize> {
        let organization =
            |mention: &&Mention| mention.kind == EntityKind::Organization && mention.part == Part::Genitive;
        let mentions = &self.sentence.mentions;
        let behind = mentions.iter().filter(organization).find(|mention| {
            mention.start >= trigger.end
                && mention.start <= trigger.end + 5
                && !(trigger.end..mention.start)
                    .any(|at| matches!(self.sentence.form(at), "," | "(" | ":" | ";"))
                && !mentions.iter().any(|other| other.start >= trigger.end && other.start < mention.start)
        });
        behind.and_then(|mention| self.identity(mention)).or_else(|| self.possessor(trigger))
    }

    /// Whose a noun is by what stands right before it: *Kerlane's plant*.
    fn possessor(&self, trigger: Found<Role>) -> Option<usize> {
        let sentence = self.sentence;
        let mention = sentence.mentions.iter().find(|mention| {
            is_organization(mention.kind)
                && mention.part == Part::Genitive
                && mention.end < trigger.start
                && mention.end + 5 > trigger.start
                && sentence.form(mention.end).starts_with('\'')
                && (mention.end + 1..trigger.start).all(|at| self.is_beside_a_name(at))
        })?;
        self.identity(mention)
    }

    /// Whose a thing is that bears its name: *l'usine Kerlane*, *the Kerlane plant*.
    fn bearer(&self, trigger: Found<Role>) -> Option<usize> {
        let beside = |mention: &&Mention| {
            is_organization(mention.kind)
                && mention.entity.is_some()
                && (mention.start == trigger.end || mention.end == trigger.start)
        };
        self.sentence.mentions.iter().find(beside).and_then(|mention| mention.entity)
    }

    /// Who acts before the trigger.
    pub(super) fn subjects(
        &self,
        trigger: Found<Role>,
        is_verb: bool,
        is: fn(EntityKind) -> bool,
    ) -> Vec<usize> {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        // An infinitive or a participle has its subject where the clause before has it, a noun too.
        if let Some(antecedent) = self.antecedent(trigger, is) {
            return vec![antecedent];
        }
        let finite = is_verb && !is_infinite(sentence.form(trigger.start));
        let from = if finite { clause.start } else { sentence.range.start };
        let candidates: Vec<&Mention> = sentence
            .mentions
            .iter()
            .filter(|mention| {
                mention.start >= from
                    && mention.end <= trigger.start
                    && is(mention.kind)
                    && mention.part == Part::Subject
                    && !self.is_embedded(mention, trigger)
            })
            .collect();
        let Some(nearest) = candidates.last() else {
            return if finite { Vec::new() } else { self.fronted(trigger, is).into_iter().collect() };
        };
        let generic = sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Generic && phrase.start >= nearest.end && phrase.end <= trigger.start
        });
        if generic {
            return Vec::new();
        }
        let Some(first) = self.identity(nearest) else { return Vec::new() };
        let mut agents = vec![first];
        // All that act together: *X et Y*, also with what is said of X between them.
        if nearest.entity.is_some() {
            for mention in candidates.iter().rev().skip(1) {
                let joined = sentence.range.start <= mention.end
                    && (mention.end..nearest.start).any(|at| matches!(sentence.form(at), "et" | "and" | "&"))
                    && !(mention.end..nearest.start).any(|at| {
                        sentence
                            .role_at(at, |role| {
                                matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Clause | Role::Plan)
                            })
                            .is_some()
                    });
                let entity = if joined { self.identity(mention) } else { None };
                let Some(entity) = entity.filter(|entity| !agents.contains(entity)) else { break };
                agents.insert(0, entity);
            }
        }
        agents
    }

    /// Whether a mention stands in a clause between commas that ends before the trigger.
    pub(super) fn is_embedded(&self, mention: &Mention, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let opens = |phrase: &&Found<Role>| {
            matches!(phrase.meaning, Role::Relative | Role::Embedding)
                && phrase.end <= mention.start
                && phrase.start > sentence.range.start
                && sentence.form(phrase.start - 1) == ","
        };
        let Some(opening) = sentence.phrases.iter().rfind(opens) else { return false };
        let comma = |at: &usize| sentence.form(*at) == ",";
        !(opening.end..mention.start).any(|at| comma(&at))
            && (mention.end..trigger.start).any(|at| comma(&at))
    }

    /// The organizations behind a trigger, before `end`, that have one of these parts.
    pub(super) fn after(
        &self,
        trigger: Found<Role>,
        end: usize,
        parts: &[Part],
        is: fn(EntityKind) -> bool,
    ) -> Vec<usize> {
        let sentence = self.sentence;
        let end = sentence.clause(trigger.start).end.min(end);
        let mut agents: Vec<usize> = Vec::new();
        let mut last: Option<usize> = None;
        for mention in &sentence.mentions {
            if mention.start < trigger.end
                || mention.end > end
                || !is(mention.kind)
                || !parts.contains(&mention.part)
            {
                continue;
            }
            let from = last.unwrap_or(trigger.end);
            if last.is_some_and(|last| mention.start > last + 3) {
                break;
            }
            let examples = sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Example && phrase.start >= from && phrase.end <= mention.start
            });
            let generic = sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Generic && phrase.start >= from && phrase.end <= mention.start
            });
            let verb = trigger.start < trigger.end
                && (from..mention.start).any(|at| {
                    sentence.role_at(at, |role| role == Role::Auxiliary).is_some()
                        && !sentence.is_of(at, Role::Companion)
                });
            if examples || generic || verb {
                break;
            }
            let Some(entity) = self.identity(mention) else { continue };
            if !agents.contains(&entity) {
                agents.push(entity);
            }
            last = Some(mention.end);
        }
        agents
    }

    /// Whom a mention names, or stands for: the organization before it in the sentence, else the topic.
    pub(super) fn identity(&self, mention: &Mention) -> Option<usize> {
        let sentence = self.sentence;
        mention.entity.or_else(|| antecedent(sentence, mention)).or_else(|| {
            // *Ce plat est bon : il s'allie …*: a pronoun is of its own sentence's subject, if that has one.
            let is_pronoun = sentence.role_at(mention.start, |role| role == Role::Pronoun).is_some();
            self.topic.filter(|_| !(is_pronoun && sentence.opens_with_a_noun(mention.start)))
        })
    }
}

/// Whether a verb's form has no subject of its own: an infinitive or a present participle, French or English.
fn is_infinite(form: &str) -> bool {
    ["er", "ir", "re", "ant", "ing"].iter().any(|ending| form.ends_with(ending))
}

/// Adds those that are not there yet.
fn add(agents: &mut Vec<usize>, more: Vec<usize>) {
    for agent in more {
        if !agents.contains(&agent) {
            agents.push(agent);
        }
    }
}
