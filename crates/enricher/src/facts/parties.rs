//! With whom it is done, and to whom.

use document::{EntityKind, Measure};

use super::agents::is_infinite;
use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization, is_thing};
use super::sentence::{Mention, Part};
use super::topic::push;
use crate::tokens::Kind;

/// How far behind a trigger the other party of a contract may stand, in tokens.
const OPPOSITE: usize = 18;
/// How far before a name the word may stand that says in which part it is, in tokens.
const LED: usize = 5;
/// How far behind a verb a number of goods may stand, in tokens.
const GOODS: usize = 4;

impl Reader<'_, '_> {
    /// Who takes part in what a trigger states: who acts, with whom, and to, from or for whom.
    pub(super) fn parties(&self, trigger: Found<Role>, is_verb: bool, next: usize, wide: bool) -> Vec<usize> {
        let sentence = self.sentence;
        let mut agents = self.both(trigger).unwrap_or_else(|| self.actors(trigger, is_verb, false));
        if agents.is_empty() && !is_verb {
            // *Le contrat, de 3 milliards, a été signé par X et Y*
            agents = self.after(trigger, next, &[Part::Agentive], is_organization);
        }
        // *Le contrat, de 3 milliards, …*, *la production a été confiée à X*
        let unsaid = if is_verb { wide && self.is_passive(trigger) } else { self.is_of_topic(trigger) };
        if agents.is_empty() && unsaid {
            agents.extend(self.topic);
        }
        if wide && is_verb && agents.len() == 1 && self.is_passive(trigger) {
            // *X was awarded a contract by Y*
            add(&mut agents, self.subjects(trigger, is_verb, is_organization));
        }
        let from = sentence
            .mentions
            .iter()
            .rfind(|mention| {
                mention.end <= trigger.start && mention.part == Part::Subject && is_organization(mention.kind)
            })
            .map_or(trigger.start, |subject| subject.end);
        let from = self.coordinated(trigger.start).map_or(from, |at| at.max(from));
        let before = Found { start: from, end: from, meaning: trigger.meaning };
        if !agents.is_empty() {
            add(&mut agents, self.after(before, trigger.start, &[Part::Companion], is_organization));
        }
        let given = if wide { self.given(trigger, next) } else { next };
        add(&mut agents, self.after(trigger, given, &[Part::Companion], is_organization));
        if wide && is_verb && (trigger.start..trigger.end).any(|at| sentence.form(at) == "lui") {
            // *X lui achètera …*
            add(&mut agents, self.topic.into_iter().collect());
        }
        if wide && !is_verb && (agents.is_empty() || agents.len() == 1 && from == trigger.start) {
            // *La production sera assurée par X dans le cadre d'un contrat*
            let maker = self.maker(trigger.start);
            if agents.is_empty() && maker.is_some() {
                agents.extend(self.topic);
            }
            add(&mut agents, maker.into_iter().collect());
        }
        if wide && agents.is_empty() && !is_verb {
            // *Un contrat lie X à Y*
            let bound = self.bound(trigger, next);
            if bound.len() > 1 {
                return bound;
            }
        }
        if wide && agents.len() < 2 {
            // *X a attribué à Y un contrat*, *un contrat avec Y*
            add(&mut agents, self.opposite(before, trigger.start));
            if agents.len() < 2 {
                add(&mut agents, self.opposite(trigger, next));
            }
        }
        if let &[only] = &agents[..] {
            // *Avec X, Y a …*, *X, avec lequel Y a …*
            let with = self.companion_before(trigger).or_else(|| self.companion_of_clause(trigger));
            agents.extend(with.filter(|companion| *companion != only));
        }
        agents
    }

    /// Where the predicate begins that `at` stands in, if the sentence's subject has another before it: *has an agreement
    /// with X, and will supply …*.
    fn coordinated(&self, at: usize) -> Option<usize> {
        let sentence = self.sentence;
        let acts = |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan);
        (sentence.range.start..at)
            .rev()
            .find(|&joint| sentence.is_joint(joint) && sentence.role_at(joint + 1, acts).is_some())
    }

    /// Whether goods by number or quantity stand right behind a verb: *90 planes*, *300 tonnes de lait*; *trois usines* and
    /// *two subsidiaries* are no goods.
    pub(super) fn sells_goods(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        sentence.amounts.iter().any(|(tokens, number)| {
            let measure = sentence.article.amounts[*number].measure;
            let whole = |at: usize| {
                self.frames.is_company(sentence.form(at), sentence.article.tokens[at].hash)
                    || sentence.is_noun_of_place(at, self.frames)
            };
            tokens.start >= trigger.end
                && tokens.start < trigger.end + GOODS
                && matches!(
                    measure,
                    Measure::Count | Measure::Mass | Measure::Volume | Measure::Energy | Measure::Power
                )
                && !(tokens.start..(tokens.end + 2).min(sentence.range.end)).any(whole)
        })
    }

    /// The organization that an amount goes into: *invested $4 billion in X*.
    pub(super) fn recipients(&self, amount: Option<usize>) -> Vec<usize> {
        let sentence = self.sentence;
        let Some(tokens) = amount.and_then(|amount| sentence.tokens_of_amount(amount)) else {
            return Vec::new();
        };
        let into = |mention: &&Mention| {
            mention.start >= tokens.end
                && mention.start <= tokens.end + LED
                && is_organization(mention.kind)
                && self.is_led_by(mention.start, Role::Into)
        };
        sentence.mentions.iter().find(into).and_then(|mention| mention.entity).into_iter().collect()
    }

    /// The organization that an amount is paid for, right behind it: *paid $3 billion for X*.
    pub(super) fn paid_for(&self, trigger: Found<Role>, amount: Option<usize>) -> Option<usize> {
        let sentence = self.sentence;
        let tokens = sentence.tokens_of_amount(amount?)?;
        let lead = sentence.role_at(tokens.end, |role| role == Role::Payee)?;
        let mention = sentence.mentions.iter().find(|mention| mention.start >= lead.end)?;
        // *For a licence from X*, *for X's rights* and *for X chips* is no company paid for.
        let apart =
            |at: usize| sentence.separates(at) || sentence.is_genitive(at) || !self.is_beside_a_name(at);
        let behind = sentence.article.tokens.get(mention.end);
        let is_whole = mention.part != Part::Genitive
            && (mention.end >= sentence.range.end
                || behind.is_some_and(|next| next.kind != Kind::Word)
                || sentence
                    .role_at(mention.end, |role| role.links() || matches!(role, Role::Clause))
                    .is_some()
                || sentence.is_joint(mention.end));
        (tokens.start >= trigger.end
            && mention.start <= lead.end + LED
            && is_organization(mention.kind)
            && !(lead.end..mention.start).any(apart)
            && is_whole)
            .then_some(mention.entity)
            .flatten()
    }

    /// Where those end with whom a contract is: *to supply X with Y chips* is none with Y.
    fn given(&self, trigger: Found<Role>, next: usize) -> usize {
        let mut mentions = self.sentence.mentions.iter();
        mentions
            .find(|mention| {
                mention.start >= trigger.end
                    && mention.end <= next
                    && mention.part == Part::Object
                    && is_organization(mention.kind)
            })
            .map_or(next, |receiver| receiver.end)
    }

    /// By whom it is done under a contract that is named after them in the same clause.
    fn maker(&self, end: usize) -> Option<usize> {
        let clause = self.sentence.clause(end).start;
        let mut mentions = self.sentence.mentions.iter();
        mentions
            .rfind(|mention| {
                mention.start >= clause
                    && mention.end <= end
                    && mention.part == Part::Agentive
                    && is_organization(mention.kind)
            })
            .and_then(|mention| self.identity(mention))
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
        let subject = mentions.iter().any(|mention| {
            acts(mention)
                && mention.start >= first.end
                && (mention.end <= trigger.start || self.sentence.article.small.is_verb_final)
        });
        first.entity.filter(|_| first.part == Part::Companion && subject)
    }

    /// With whom something is done in a clause about them: *X, avec lequel Y a signé …*.
    pub(super) fn companion_of_clause(&self, trigger: Found<Role>) -> Option<usize> {
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

    /// To, from or for whom a contract is: *une commande à X*, *an order from X*.
    pub(super) fn opposite(&self, trigger: Found<Role>, next: usize) -> Vec<usize> {
        let sentence = self.sentence;
        let end = sentence.clause(trigger.start).end.min(next).min(trigger.end + OPPOSITE);
        sentence
            .mentions
            .iter()
            .filter(|mention| {
                mention.start >= trigger.end
                    && mention.start < end
                    && is_organization(mention.kind)
                    && (mention.part == Part::Object
                        || matches!(mention.part, Part::Other | Part::Genitive | Part::Agentive)
                            && self.is_led_by(mention.start, Role::Party))
            })
            .take(1)
            .filter_map(|mention| self.identity(mention))
            .collect()
    }

    /// All that are named in the clause behind a contract: *un contrat lie X à Y*.
    pub(super) fn bound(&self, trigger: Found<Role>, next: usize) -> Vec<usize> {
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

    pub(super) fn actors_and_objects(
        &self,
        trigger: Found<Role>,
        is_verb: bool,
        next: usize,
    ) -> (Vec<usize>, Vec<usize>) {
        let sentence = self.sentence;
        if let Some(predicate) = self.predicate(trigger).filter(|_| is_verb)
            && let Some(doers) = self.doers(trigger, &predicate)
        {
            return (doers, self.subjects_of(&predicate, is_thing));
        }
        // *Pour racheter X, rejetée par Y*: an infinitive has no doer behind it, nor has what a comma ends.
        let end = (trigger.end..next).find(|&at| sentence.form(at) == ",").unwrap_or(next);
        let agentive = if is_verb && is_infinite(sentence.form(trigger.start)) {
            Vec::new()
        } else {
            self.after(trigger, if is_verb { next } else { end }, &[Part::Agentive], is_organization)
        };
        let parts: &[Part] = if is_verb { &[Part::Subject, Part::Object] } else { &[Part::Genitive] };
        let behind = || match self.predicate(trigger).filter(|_| is_verb) {
            Some(predicate) => self.objects_of(&predicate),
            None => self.after(trigger, next, parts, is_thing),
        };
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
        let mut objects: Vec<usize> = objects.into_iter().filter(|object| !agents.contains(object)).collect();
        if is_verb && objects.is_empty() {
            objects.extend(self.object_before(trigger).filter(|object| !agents.contains(object)));
        }
        (agents, objects)
    }

    /// To whom it is done in a clause about them: *X, que Y a racheté*, *X, which Y acquired*.
    fn object_before(&self, trigger: Found<Role>) -> Option<usize> {
        let sentence = self.sentence;
        let acts = |from: usize| {
            sentence.mentions.iter().any(|mention| {
                mention.start >= from && mention.end <= trigger.start && mention.part == Part::Subject
            })
        };
        let link = sentence.phrases.iter().rfind(|phrase| {
            matches!(phrase.meaning, Role::Embedding | Role::Relative)
                && phrase.end <= trigger.start
                && matches!(sentence.form(phrase.start), "que" | "qu'" | "which" | "that")
                && acts(phrase.end)
        })?;
        let comma = link.start > sentence.range.start && sentence.form(link.start - 1) == ",";
        let end = link.start - usize::from(comma);
        let named = sentence.mentions.iter().find(|mention| mention.end == end && is_thing(mention.kind))?;
        self.identity(named)
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
                && mention.entity.is_some()
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

    /// The organizations behind a trigger, before `end`, that have one of these parts.
    pub(super) fn after(
        &self,
        trigger: Found<Role>,
        end: usize,
        parts: &[Part],
        is: fn(EntityKind) -> bool,
    ) -> Vec<usize> {
        let sentence = self.sentence;
        // A row that begins before `end` may go on behind it.
        let clause = sentence.clause(trigger.start).end;
        let end = clause.min(end);
        let mut agents: Vec<usize> = Vec::new();
        let mut last: Option<usize> = None;
        for mention in &sentence.mentions {
            if mention.start < trigger.end
                || mention.end > if last.is_none() { end } else { clause }
                || !is(mention.kind)
                || !parts.contains(&mention.part)
            {
                continue;
            }
            let from = last.unwrap_or(trigger.end);
            let row = last.map(|last| {
                // *X and the Canadian fund Y*
                let joined = sentence.is_joint(last);
                last + if joined { 6 } else { 3 }
            });
            if row.is_some_and(|row| mention.start > row) {
                break;
            }
            let examples = sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Example && phrase.start >= from && phrase.end <= mention.start
            });
            let generic = sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Generic && phrase.start >= from && phrase.end <= mention.start
            });
            // *Un partenariat a été noué entre X et Y*: the verb is the noun's own, unless another acts.
            let own = last.is_none()
                && matches!(parts, [Part::Companion | Part::Agentive])
                && !sentence.mentions.iter().any(|other| {
                    other.start >= trigger.end && other.end <= mention.start && other.part == Part::Subject
                });
            let verb = !own
                && trigger.start < trigger.end
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

    /// Whether a word of this role stands before the name at `start`, with only small words between them.
    pub(super) fn is_led_by(&self, start: usize, role: Role) -> bool {
        let sentence = self.sentence;
        let from = start.saturating_sub(LED).max(sentence.range.start);
        let mut at = start;
        loop {
            let leads = |phrase: &Found<Role>| phrase.meaning == role && phrase.end == at;
            // *face à X* is not *à X*.
            let longer = |phrase: &Found<Role>| {
                phrase.meaning == Role::Preposition && phrase.end == at && phrase.end - phrase.start > 1
            };
            if sentence.phrases.iter().any(longer) {
                return false;
            }
            if sentence.phrases.iter().any(leads) || matches!(sentence.form(at), "au" | "du") && at < start {
                return true;
            }
            if at <= from || !self.is_beside_a_name(at - 1) {
                return false;
            }
            at -= 1;
        }
    }
}

/// Adds those that are not there yet.
pub(super) fn add(agents: &mut Vec<usize>, more: Vec<usize>) {
    for agent in more {
        if !agents.contains(&agent) {
            agents.push(agent);
        }
    }
}
