//! How much, and when.

use std::ops::Range;

use document::{EntityKind, Measure};

use super::agents::is_infinite;
use super::frames::{Frame, Need, Role};
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::{Mention, Part};

/// How far behind the word that announces it the day may stand, in tokens.
const SAID: usize = 2;
/// How far behind a comma a date may begin that belongs to what stands before it, in tokens.
const DATED: usize = 2;
/// How far behind an amount the word may stand that goes on about it, in tokens.
const RELATIVE: usize = 4;

impl Reader<'_, '_> {
    /// The amount that belongs to a trigger: the nearest of the first of the frame's measures that is there, in the same
    /// clause and before the next trigger of the frame.
    pub(super) fn amount(
        &self,
        trigger: Found<Role>,
        frame: &Frame,
        is_verb: bool,
        next: usize,
    ) -> Option<usize> {
        if frame.measures.is_empty() {
            return None;
        }
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let reach = frame.amount_reach;
        sentence
            .amounts
            .iter()
            .filter(|(tokens, number)| {
                let amount = &sentence.article.amounts[*number];
                frame.measures.contains(&amount.measure)
                    && (!frame.needs.contains(&Need::Rate)
                        || amount.per.is_some()
                        || amount.measure == Measure::Power
                        // What a battery plant makes in a year goes without saying so.
                        || amount.measure == Measure::Energy && !is_verb)
                    && amount.value.is_some_and(|value| {
                        amount.measure != Measure::Money || value.abs() >= frame.least_sum
                    })
                    && !self.is_taken(trigger, frame, is_verb, tokens, amount.measure)
                    && tokens.start >= clause.start
                    && tokens.end <= clause.end.min(next)
            })
            .filter_map(|(tokens, number)| {
                let distance = if tokens.start >= trigger.end {
                    tokens.start - trigger.end
                } else if tokens.end <= trigger.start && !self.is_cut_off(tokens.end, trigger.start, is_verb)
                {
                    // Before it an amount belongs to it only as its quantity: *300 milliards de contrats*.
                    (trigger.start - tokens.end) * self.weight_before(trigger, tokens.end, is_verb)
                } else if tokens.start < trigger.end && tokens.end > trigger.start {
                    0
                } else {
                    return None;
                };
                let measure = sentence.article.amounts[*number].measure;
                let rank = frame.measures.iter().position(|known| *known == measure);
                (distance <= reach).then_some((rank, distance, *number))
            })
            .min()
            .map(|(.., number)| self.reached(number))
    }

    /// The second of two amounts that something went from or by and to: *rose from 12% to 14%*, *rose $200 million to $1.3
    /// billion*; else the amount itself. A range is one amount.
    fn reached(&self, number: usize) -> usize {
        let sentence = self.sentence;
        let small = sentence.article.small;
        let hash_at = |at: usize| sentence.article.tokens[at].hash;
        let Some(place) = sentence.amounts.iter().position(|(_, known)| *known == number) else {
            return number;
        };
        let (from, _) = &sentence.amounts[place];
        let Some((to, next)) = sentence.amounts.get(place + 1) else { return number };
        let measure = |number: usize| sentence.article.amounts[number].measure;
        let is_pair = to.start == from.end + 1
            && small.tos.contains(&hash_at(from.end))
            && measure(number) == measure(*next);
        if is_pair { *next } else { number }
    }

    /// Whether a comma keeps an amount apart from the verb behind it, or a comma and another who acts from a noun: *X a apporté
    /// 15 millions, Y a signé un contrat*.
    fn is_cut_off(&self, from: usize, to: usize, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let acts = |mention: &Mention| {
            mention.start >= from
                && mention.end <= to
                && mention.part == Part::Subject
                && is_organization(mention.kind)
        };
        // *… for $5 billion and sold Y*
        let joined = is_verb && !sentence.article.small.is_verb_final && sentence.is_joint(to - 1);
        joined
            || (from..to).any(|at| sentence.form(at) == ",")
                && (is_verb || sentence.mentions.iter().any(acts))
    }

    /// How much farther an amount before a trigger counts than one behind it: a verb at the end has it before it.
    fn weight_before(&self, trigger: Found<Role>, amount: usize, is_verb: bool) -> usize {
        // *350 millions d'euros supplémentaires que X vient d'engager*
        let goes_on = is_verb
            && (amount..trigger.start.min(amount + RELATIVE)).any(|at| {
                self.sentence
                    .role_at(at, |role| matches!(role, Role::Embedding | Role::Relative))
                    .is_some_and(|link| self.sentence.form(link.start) != ",")
            })
            && !(amount..trigger.start).any(|at| self.sentence.form(at) == ",");
        if goes_on {
            return 1;
        }
        match (is_verb, self.sentence.article.small.is_verb_final) {
            (true, true) => 1,
            (true, false) if !self.is_passive(trigger) => 4,
            _ => 2,
        }
    }

    /// The day that the sentence gives for it: the first date behind the trigger, before a verb of another kind; else the
    /// last before it. The day on which somebody said so is not the day of it, nor is one that something lasts until.
    pub(super) fn when(&self, trigger: Found<Role>, frame: &Frame) -> Option<String> {
        let sentence = self.sentence;
        let dates: Vec<_> = sentence
            .dates()
            .filter(|(tokens, _)| !self.is_of_announcement(trigger, tokens) && !self.is_elsewhen(tokens))
            .collect();
        let other = |from: usize, to: usize| {
            sentence.phrases.iter().any(|phrase| {
                let Role::Verb(other) = phrase.meaning else { return false };
                phrase.start >= from && phrase.end <= to && self.frame(other).kind != frame.kind
            })
        };
        let date = dates
            .iter()
            .find(|(tokens, _)| tokens.start >= trigger.end)
            .filter(|(tokens, _)| {
                !other(trigger.end, tokens.start) && !self.is_parted(trigger.end, tokens.start, DATED)
            })
            .or_else(|| {
                let before = dates.iter().rfind(|(tokens, _)| tokens.end <= trigger.start);
                before.filter(|(tokens, _)| {
                    !other(tokens.end, trigger.start) && !self.is_aside_of(trigger, tokens)
                })
            });
        date.and_then(|(_, date)| date.resolved.clone().or_else(|| date.edtf.clone()))
    }

    /// Whether a comma parts what begins at `to` from what ends at `from`, unless it begins right behind it, within `near`
    /// tokens: *son usine de Vannes, ouverte en 1963*, but *son usine, en mars*.
    pub(super) fn is_parted(&self, from: usize, to: usize, near: usize) -> bool {
        (from..to).any(|at| self.sentence.form(at) == "," && at + near < to)
    }

    /// Whether a date before a trigger is told of whoever acts: *X, fondé en 1924, va investir …*.
    fn is_aside_of(&self, trigger: Found<Role>, date: &Range<usize>) -> bool {
        let sentence = self.sentence;
        (date.end..trigger.start).any(|at| sentence.form(at) == ",")
            && sentence.mentions.iter().any(|mention| {
                mention.end <= date.start
                    && mention.part == Part::Subject
                    && mention.kind != EntityKind::Place
            })
    }

    /// Whether a date is the day on which somebody said so: *a annoncé mardi que …*, *le 3 mars, X a annoncé …*, *…, it said
    /// on Tuesday*.
    fn is_of_announcement(&self, trigger: Found<Role>, date: &Range<usize>) -> bool {
        let sentence = self.sentence;
        sentence.phrases.iter().any(|said| {
            matches!(said.meaning, Role::Announcement | Role::Source)
                && if said.end <= trigger.start {
                    date.end <= said.start || date.start >= said.end && date.start <= said.end + SAID
                } else {
                    said.start >= trigger.end && date.start >= said.end
                }
        })
    }

    /// Whether the word before a date says that it is not the day of what is told: *until 2029*, *mieux qu'en 2022*.
    fn is_elsewhen(&self, date: &Range<usize>) -> bool {
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Elsewhen && (phrase.end == date.start || phrase.end + 1 == date.start)
        })
    }

    /// Whether a verb of another kind stands between a trigger and an amount, so that it is that verb's.
    fn is_taken(
        &self,
        trigger: Found<Role>,
        frame: &Frame,
        is_verb: bool,
        amount: &Range<usize>,
        measure: Measure,
    ) -> bool {
        self.sentence.phrases.iter().any(|phrase| {
            let Role::Verb(other) = phrase.meaning else { return false };
            let other = self.frame(other);
            phrase.start >= trigger.end
                && phrase.end <= amount.start
                && other.kind != frame.kind
                && other.measures.contains(&measure)
                // *Pénalisé par la faiblesse des commandes, X mettra 65 millions*: these are what it does now.
                && (!other.yields.iter().any(|kind| **kind == *frame.kind)
                    || !is_verb && !is_infinite(self.sentence.form(phrase.start)))
        })
    }

    /// Whose else a percentage behind the trigger is: *contre 12 % pour X*, *devant Y (9 %)*.
    pub(super) fn compared(&self, trigger: Found<Role>, next: usize) -> Vec<(usize, usize)> {
        let sentence = self.sentence;
        let percent = |number: usize| {
            let amount = &sentence.article.amounts[number];
            amount.measure == Measure::Percent && amount.value.is_some()
        };
        let whose = |tokens: &Range<usize>| {
            let holder = sentence.role_at(tokens.end, |role| role == Role::Holder);
            sentence.mentions.iter().find(|mention| {
                let held = holder.is_some_and(|holder| {
                    mention.start >= holder.end && self.is_led_by(mention.start, Role::Holder)
                });
                // *devant X (13 %)*, *behind X with 27%*, *derrière X, à 31 %*
                let joins = |at: usize| {
                    matches!(sentence.form(at), "(" | ",")
                        || sentence
                            .role_at(at, |role| {
                                matches!(role, Role::Companion | Role::Preposition | Role::Locative)
                            })
                            .is_some_and(|phrase| phrase.end == at + 1)
                };
                let beside = tokens.start > mention.end
                    && tokens.start <= mention.end + 2
                    && !matches!(mention.part, Part::Subject | Part::Source)
                    && (mention.end..tokens.start).all(joins);
                is_organization(mention.kind) && (held || beside)
            })
        };
        sentence
            .amounts
            .iter()
            .filter(|(tokens, number)| {
                tokens.start >= trigger.start && tokens.end <= next && percent(*number)
            })
            .filter_map(|(tokens, number)| Some((whose(tokens)?.entity?, *number)))
            .collect()
    }

    /// Whether a word that makes it something else stands right before an amount: *a perdu 12 % de part de marché*.
    pub(super) fn is_excluded(&self, frame: u16, amount: usize) -> bool {
        let sentence = self.sentence;
        let Some(tokens) = sentence.tokens_of_amount(amount) else {
            return false;
        };
        sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Unless(frame)
                && phrase.end <= tokens.start
                && tokens.start <= phrase.end + 1
        })
    }

    /// Whether between a trigger and its amount it is left open: *spending that could reach 3 billion*.
    pub(super) fn is_doubted_before(&self, trigger: Found<Role>, amount: usize) -> bool {
        let sentence = self.sentence;
        let Some(tokens) = sentence.tokens_of_amount(amount) else {
            return false;
        };
        sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Doubt
                && phrase.start >= trigger.end
                && phrase.end <= tokens.start
                && !(phrase.end..tokens.start).any(|at| sentence.form(at) == ",")
        })
    }
}
