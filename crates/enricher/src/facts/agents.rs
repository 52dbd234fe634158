//! Who acts.

use document::EntityKind;

use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::{Mention, Part};
use super::topic::{antecedent, head_owner};
use crate::tokens::{Case, Kind, hash};

/// How far behind a trigger who acts may stand in *par X*, in tokens.
const AGENTIVE: usize = 10;
/// How far behind *and* the name may stand that it joins, in tokens.
const JOINED: usize = 7;
/// How far behind *allows* whoever it makes act may stand, in tokens.
const CAUSED: usize = 5;

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
            // *Kerlane's accounts showed …*, else *Son bénéfice …*
            if let Some(owner) = head_owner(self.sentence).filter(|owner| owner.end <= trigger.start) {
                return self.identity(owner).into_iter().collect();
            }
            if self.is_of_topic(trigger) {
                return self.topic.into_iter().collect();
            }
        }
        subjects
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
        // *Net profit at X*, of which nobody knows that it is a company.
        let at_another = sentence.role_at(trigger.end, |role| role == Role::Host).is_some_and(|host| {
            sentence.article.tokens.get(host.end).is_some_and(|next| next.case != Case::Lower)
        });
        if at_another {
            return false;
        }
        let before = trigger.start.saturating_sub(3).max(sentence.range.start);
        let possessed =
            (before..trigger.end).any(|at| sentence.role_at(at, |role| role == Role::Possessive).is_some());
        possessed
            || trigger.start <= sentence.main_clause(trigger.start) + 2
            // *Im zweiten Quartal stieg der Umsatz*
            || sentence.article.small.is_verb_final
                && sentence.opens_with_a_preposition()
                && !sentence.mentions.iter().any(|mention| mention.start < trigger.start)
            // *…, while net profit fell*
            || trigger.start == sentence.clause(trigger.start).start
    }

    /// Whether the word at `at` may belong to the name behind it: *le fabricant*, *the chipmaker*.
    pub(super) fn is_beside_a_name(&self, at: usize) -> bool {
        let token = self.sentence.article.tokens[at];
        token.kind == Kind::Word
            && (token.case == Case::Lower || self.sentence.article.small.is_verb_final)
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
        (from..trigger.end)
            .any(|at| sentence.article.small.passives.contains(&sentence.article.tokens[at].hash))
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
        // *permettra à X de produire*, *allows X to build*
        let is_made = |mention: &Mention| {
            sentence.phrases.iter().any(|phrase| {
                phrase.meaning == Role::Causative
                    && phrase.end <= mention.start
                    && mention.start < phrase.end + CAUSED
            })
        };
        let made_to = sentence.mentions.iter().find(|mention| {
            is_verb
                && is_made(mention)
                && is(mention.kind)
                && mention.end + 1 == trigger.start
                && (sentence.is_genitive(mention.end) || sentence.form(mention.end) == "to")
        });
        if let Some(agent) = made_to.and_then(|mention| self.identity(mention)) {
            return vec![agent];
        }
        if sentence.article.small.is_verb_final
            && is_verb
            && let Some(predicate) = self.predicate(trigger)
        {
            return self.subjects_of(&predicate, is);
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
        // *X outbid Y to buy Z*: it is X who buys.
        let aim = trigger.start - usize::from(sentence.form(trigger.start) != "to");
        let nearest: &Mention = match candidates[..] {
            [.., first, last]
                if is_verb
                    && last.end == aim
                    && sentence.form(aim) == "to"
                    && !is_made(last)
                    && !self.are_joined(first.end, last.start) =>
            {
                first
            }
            _ => nearest,
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
                let joined = self.are_joined(mention.end, nearest.start);
                let entity = if joined { self.identity(mention) } else { None };
                let Some(entity) = entity.filter(|entity| !agents.contains(entity)) else { break };
                agents.insert(0, entity);
            }
        }
        agents
    }

    /// Whether *and* joins the name that ends at `end` with the one that begins at `start`, also with what is said of the first
    /// between commas: *X, installé à Lyon, et le groupe Y*. In *X won a contract, and Y …* it joins more than names.
    fn are_joined(&self, end: usize, start: usize) -> bool {
        let sentence = self.sentence;
        let acts = |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Clause | Role::Plan);
        let near = start.saturating_sub(JOINED).max(end);
        (near..start).any(|at| sentence.is_joint(at))
            && (sentence.is_joint(end) || sentence.form(end) == "," || sentence.form(end) == "(")
            && !(end..start).any(|at| sentence.role_at(at, acts).is_some())
    }

    /// Whether an organization that no list knows is a body by its name: a ministry, a federation.
    pub(super) fn is_public(&self, entity: usize) -> bool {
        let article = self.sentence.article;
        article.entities[entity].reference.is_none()
            && self.words_of(entity).any(|word| article.small.bodies.contains(&hash(&word)))
    }

    /// Whether an organization is a body that no company noun stands for, save one in its own name: *la fédération*.
    fn is_body(&self, entity: usize, stand_in: &Mention) -> bool {
        let bodies = &self.sentence.article.small.bodies;
        let noun = self.sentence.form(stand_in.end - 1);
        self.words_of(entity).any(|word| bodies.contains(&hash(&word)))
            && !self.words_of(entity).any(|word| word == noun)
    }

    /// The words of a name, in small letters.
    fn words_of(&self, entity: usize) -> impl Iterator<Item = String> {
        let name = &self.sentence.article.entities[entity].name;
        name.split([' ', '\'', '’', '-']).map(str::to_lowercase)
    }

    /// What part in what was told a word says that somebody had: *the buyer*, *the latter*.
    fn told_part(&self, mention: &Mention) -> Option<Role> {
        if mention.entity.is_some() {
            return None;
        }
        let parts = |role| matches!(role, Role::Buyer | Role::Target | Role::Former | Role::Latter);
        let role = self.sentence.role_at(mention.start, parts)?.meaning;
        // Without a deal *the buyer* is whom the sentences before were about.
        (role != Role::Buyer || self.deal.is_some()).then_some(role)
    }

    /// Whom a mention names, or stands for: the organization before it in the sentence, else the topic.
    pub(super) fn identity(&self, mention: &Mention) -> Option<usize> {
        let sentence = self.sentence;
        let stands_in = mention.entity.is_none();
        match self.told_part(mention) {
            Some(Role::Buyer) => return self.deal.map(|deal| deal.buyer),
            Some(Role::Target) => return self.deal.and_then(|deal| deal.target),
            Some(Role::Former) => return self.two[0],
            Some(Role::Latter) => return self.two[1],
            _ => {}
        }
        // *X a signé avec elle*: not with itself.
        let here = || if mention.part == Part::Companion { None } else { antecedent(sentence, mention) };
        let whom = mention.entity.or_else(here).or_else(|| {
            // *Ce plat est bon : il s'allie …*: a pronoun is of its own sentence's subject, if that has one.
            let is_told_of = sentence.role_at(mention.start, |role| role == Role::Source).is_some();
            let first = sentence.article.tokens[mention.start].hash;
            let is_pronoun = !is_told_of
                && !sentence.article.small.first_persons.contains(&first)
                && sentence.role_at(mention.start, |role| role == Role::Pronoun).is_some();
            self.topic.filter(|_| {
                let of_another = || {
                    // *La première pierre de son usine, pour laquelle il débourse …*: of its owner.
                    let owned = |phrase: &Found<Role>| {
                        phrase.meaning == Role::Possessive && phrase.end <= mention.start
                    };
                    sentence.opens_with_a_noun(mention.start) && !sentence.phrases.iter().any(owned)
                };
                !(is_pronoun && (self.behind_a_thing || of_another()))
            })
        });
        // *The company* is no ministry, and no person.
        whom.filter(|&whom| {
            let is_company = (mention.start..mention.end)
                .any(|at| self.frames.is_company(sentence.form(at), sentence.article.tokens[at].hash));
            !stands_in
                || is_organization(sentence.article.names.kind(whom))
                    && !(is_company && self.is_body(whom, mention))
        })
    }
}

/// Whether a verb's form has no subject of its own: an infinitive or a present participle, French or English.
pub(super) fn is_infinite(form: &str) -> bool {
    ["er", "ir", "re", "ant", "ing", "able", "ables"].iter().any(|ending| form.ends_with(ending))
}
