//! Where it happens.

use document::EntityKind;

use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::{Mention, Part};

/// How far from a trigger a place may stand, in tokens.
const PLACE: usize = 22;
/// How far before a trigger the word may stand that means the place told of before: *y a investi*.
const THERE: usize = 5;
/// How far behind a comma a place may begin that belongs to what stands before it, in tokens.
const APART: usize = 5;

impl Reader<'_, '_> {
    /// Where it happens.
    pub(super) fn place(&self, trigger: Found<Role>, of_thing: bool) -> Option<usize> {
        let sentence = self.sentence;
        let located = |mention: &&Mention| {
            mention.kind == EntityKind::Place
                && self.is_located(
                    mention.start,
                    of_thing && mention.start >= trigger.end && mention.start < trigger.end + 6,
                )
        };
        let examples = |from: usize, to: usize| {
            sentence
                .phrases
                .iter()
                .any(|phrase| phrase.meaning == Role::Example && phrase.start >= from && phrase.end <= to)
        };
        // Somebody else acts from here on: *X a fermé son usine, et Y ouvre la sienne à Z*.
        let turns = |from: usize, to: usize| {
            sentence.mentions.iter().any(|mention| {
                mention.start > from
                    && mention.end <= to
                    && is_organization(mention.kind)
                    && mention.part == Part::Subject
                    && (matches!(sentence.form(mention.start - 1), "," | "while")
                        || sentence.is_joint(mention.start - 1))
            })
        };
        // Who says so says it elsewhere: *« …», a-t-il dit à X*.
        let told = |from: usize, to: usize| {
            (from..to).any(|at| matches!(sentence.form(at), "»" | "”"))
                || sentence.phrases.iter().any(|phrase| {
                    phrase.meaning == Role::Announcement && phrase.start >= from && phrase.end <= to
                })
        };
        // What is no plant is not where the next verb is: *que X a racheté en 2021, a fermé son usine de Y*.
        let goes_on = |from: usize, to: usize| !of_thing && self.is_parted(from, to, APART);
        let behind = sentence
            .mentions
            .iter()
            .filter(located)
            .find(|mention| mention.start >= trigger.end && mention.start - trigger.end <= PLACE)
            .filter(|mention| {
                !examples(trigger.end, mention.start)
                    && !goes_on(trigger.end, mention.start)
                    && !turns(trigger.end, mention.start)
                    && !told(trigger.end, mention.start)
            });
        let before = || {
            sentence
                .mentions
                .iter()
                .rev()
                .filter(located)
                .find(|mention| mention.end <= trigger.start && trigger.start - mention.end <= PLACE)
                .filter(|mention| !examples(mention.end, trigger.start))
        };
        let is_there = |at: usize| sentence.article.small.theres.contains(&sentence.article.tokens[at].hash);
        let around = trigger.start.saturating_sub(THERE).max(sentence.range.start)
            ..(trigger.end + PLACE).min(sentence.range.end);
        behind.or_else(before).and_then(|mention| mention.entity).or_else(|| {
            // *L'usine est désormais fermée*: the one that was told of.
            self.there.filter(|_| around.into_iter().any(is_there) || of_thing && self.is_known(trigger))
        })
    }

    /// Whether a noun is of something that was told of: *the plant*, *its factory*.
    fn is_known(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let Some(before) = trigger.start.checked_sub(1).filter(|&at| at >= sentence.range.start) else {
            return false;
        };
        // *Près du campus*, *leurs installations* may be elsewhere.
        let definite = sentence.is_of(trigger.start, Role::StandIn)
            && (before == sentence.range.start || !sentence.follows_preposition(before));
        let own = sentence.role_at(before, |role| role == Role::Possessive).is_some();
        !matches!(sentence.form(before), "du" | "au")
            && (definite || own && !sentence.form(before).starts_with("leur"))
    }

    /// The places that *and* joins with the one where several things are: *ses usines de Cholet et de Vannes*.
    pub(super) fn joined_places(&self, trigger: Found<Role>, place: usize) -> Vec<usize> {
        let sentence = self.sentence;
        if !sentence.form(trigger.start).ends_with('s') {
            return Vec::new();
        }
        let behind = sentence.mentions.iter().filter(|mention| mention.start >= trigger.end);
        let leads = |role| matches!(role, Role::Locative | Role::Genitive);
        behind
            .clone()
            .zip(behind.skip(1))
            .filter(|(first, second)| {
                first.entity == Some(place)
                    && second.kind == EntityKind::Place
                    && sentence.is_joint(first.end)
                    && (first.end + 1..second.start).all(|at| sentence.role_at(at, leads).is_some())
            })
            .filter_map(|(_, second)| second.entity.filter(|entity| *entity != place))
            .take(1)
            .collect()
    }

    /// Whether a word for where stands before the name at `start`: *à*, *dans l'État de*, *au centre du*.
    pub(super) fn is_located(&self, start: usize, genitive: bool) -> bool {
        let sentence = self.sentence;
        // *A Crolles, …*, without its accent.
        if start == sentence.range.start + 1
            && sentence.form(start - 1) == "a"
            && sentence.article.small.is_head_first
        {
            return true;
        }
        let from = start.saturating_sub(5).max(sentence.range.start);
        let mut at = start;
        while at > from {
            let before = at - 1;
            if matches!(sentence.form(before), "," | ";" | ":" | "(" | ")")
                || sentence.mentions.iter().any(|mention| (mention.start..mention.end).contains(&before))
            {
                return false;
            }
            for phrase in sentence.phrases.iter().filter(|phrase| phrase.end == at) {
                match phrase.meaning {
                    Role::Locative => return true,
                    Role::Genitive if genitive => return true,
                    _ => {}
                }
            }
            at = before;
        }
        false
    }

    /// Places that are each given with who is there: *l'une à Houston avec Kerlane, l'autre à Dallas avec Zorane*.
    pub(super) fn distributed(&self, trigger: Found<Role>) -> Vec<(usize, usize)> {
        let sentence = self.sentence;
        let mentions = &sentence.mentions;
        mentions
            .iter()
            .zip(mentions.iter().skip(1))
            .filter(|(place, agent)| {
                place.start >= trigger.start
                    && place.kind == EntityKind::Place
                    && agent.kind == EntityKind::Organization
                    && matches!(agent.part, Part::Companion | Part::Agentive)
                    && agent.start <= place.end + 3
                    && self.is_located(place.start, false)
            })
            .filter_map(|(place, agent)| Some((place.entity?, agent.entity?)))
            .collect()
    }
}
