//! Is it so at all? What is denied, came to nothing, is made up or depends on an *if* is no fact.

use document::EntityKind;

use super::agents::is_infinite;
use super::frames::Role;
use super::patterns::Found;
use super::reader::{Reader, is_organization};
use super::sentence::{Mention, Part, Sentence};
use crate::tokens::{Case, Kind};

/// How far before a trigger a word may stand that denies it, in words.
const DENIAL: usize = 8;
/// How far before a trigger a word may stand that announces it, in tokens.
const ANNOUNCED: usize = 10;
/// How far behind what was only tried a verb or noun may stand, in tokens.
const ATTEMPTED: usize = 16;
/// How far before a noun the verb may stand whose form leaves it open, in tokens.
const HYPOTHESIS: usize = 8;
/// How far from a sum the word may stand that makes it a fine, in tokens.
const FINE: usize = 4;
/// How far behind the comma that ends a statement the words may stand that say whose it is: *…, it said*.
const SAID: usize = 4;

impl Reader<'_, '_> {
    /// Whether the words around the trigger, or its own form, say that it is not so or only may be.
    pub(super) fn is_denied(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let from = (clause.start..trigger.start)
            .rev()
            .filter(|&at| sentence.article.tokens[at].kind == Kind::Word)
            .nth(DENIAL - 1)
            .unwrap_or(clause.start);
        let denied = sentence.phrases.iter().any(|phrase| {
            let before = phrase.start >= from && phrase.end <= trigger.start;
            match phrase.meaning {
                // *übernimmt X nicht*
                Role::Negation if sentence.article.small.is_verb_final => {
                    phrase.start >= clause.start && phrase.end <= clause.end
                }
                Role::Negation | Role::Doubt => {
                    before
                        || (phrase.start >= trigger.end && phrase.start < trigger.end + 2)
                        || phrase.end <= trigger.start && self.opens_clause(phrase, clause.start)
                }
                Role::Nearly => is_verb && phrase.end == trigger.start,
                Role::Conditional => before && !self.is_announced(trigger),
                Role::Denial => phrase.start >= clause.start && phrase.end <= trigger.start,
                _ => false,
            }
        });
        denied
            || is_verb && self.is_hypothetical(trigger) && !self.is_announced(trigger)
            || !is_verb && self.is_supposed(trigger) && !self.is_announced(trigger)
            || self.is_refused(trigger, is_verb)
            || self.is_attempted(trigger, is_verb)
            || self.is_conditional(trigger, is_verb)
    }

    /// Whether a verb's form is the French conditional: *investirait*.
    pub(super) fn is_hypothetical(&self, trigger: Found<Role>) -> bool {
        let form = self.sentence.form(trigger.start);
        form.ends_with("rait") || form.ends_with("raient")
    }

    /// Whether a trigger's frame is of deeds, which may be refused or tried in vain.
    fn is_deed(&self, trigger: Found<Role>) -> bool {
        matches!(trigger.meaning, Role::Verb(frame) | Role::Noun(frame) if self.frame(frame).is_deed)
    }

    /// Whether what a noun or an infinitive names was refused or came to nothing: *turned down an offer to buy X*, *le
    /// rachat de X a été rejeté*. What a finite verb states came about, whatever was refused besides.
    fn is_refused(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        if !self.is_deed(trigger) || is_verb && !self.is_bare(trigger) {
            return false;
        }
        let clause = sentence.clause(trigger.start);
        let comma = |from: usize, to: usize| (from..to).any(|at| sentence.form(at) == ",");
        let is_auxiliary = |at: usize| sentence.role_at(at, |role| role == Role::Auxiliary).is_some();
        // Another verb between a noun and what became of it has the noun for its subject or object.
        let acts = |from: usize, to: usize| {
            let to = (from..to).rev().find(|&at| !is_auxiliary(at)).map_or(from, |at| at + 1);
            (from..to).any(|at| {
                let links = |role| matches!(role, Role::Relative | Role::Embedding);
                is_auxiliary(at) || sentence.role_at(at, links).is_some()
            })
        };
        sentence.phrases.iter().any(|phrase| match phrase.meaning {
            Role::Refusal => {
                phrase.start >= clause.start
                    && phrase.end <= trigger.start
                    && !comma(phrase.end, trigger.start)
            }
            // One comma ends what the noun stands in: *closed its factory, after efforts to sell it failed*.
            Role::Failure => {
                phrase.start >= trigger.end
                    && phrase.end <= clause.end
                    && !acts(trigger.end, phrase.start)
                    && (trigger.end..phrase.start).filter(|&at| sentence.form(at) == ",").count() % 2 == 0
            }
            _ => false,
        })
    }

    /// Whether a verb stands in the infinitive, or behind the English *to*.
    fn is_bare(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        is_infinite(sentence.form(trigger.start))
            || (trigger.start.saturating_sub(1).max(sentence.range.start)..trigger.end)
                .any(|at| sentence.form(at) == "to")
    }

    /// Whether something has to come about first: *will buy X if …*, *rachètera X à condition que …*.
    fn is_conditional(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let clause = sentence.clause(trigger.start);
        let conditions = || {
            sentence.phrases.iter().filter(|phrase| {
                phrase.meaning == Role::Condition
                    && phrase.start >= clause.start
                    && phrase.end <= clause.end
                    && sentence.role_at(phrase.start, |role| role == Role::Approval).is_none()
            })
        };
        if conditions().next().is_none() {
            return false;
        }
        let acts = |from: usize, to: usize| {
            (from..to).any(|at| {
                sentence
                    .role_at(at, |role| {
                        matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Plan | Role::Conditional)
                    })
                    .is_some()
            })
        };
        let open = self.is_ahead(trigger, is_verb) || is_verb && self.is_bare(trigger);
        conditions().any(|condition| {
            if condition.end <= trigger.start {
                open
            } else {
                condition.start >= trigger.end && (open || !acts(trigger.end, condition.start))
            }
        })
    }

    /// Whether others still have to agree to it: *sous réserve du feu vert de …*.
    pub(super) fn awaits_approval(&self, trigger: Found<Role>) -> bool {
        let clause = self.sentence.clause(trigger.start);
        self.sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Approval && phrase.start >= clause.start && phrase.end <= clause.end
        })
    }

    /// Whether a phrase is what opens the clause that begins at `start`, wholly: *comme si*, and not the *si* of *même si*.
    fn opens_clause(&self, phrase: &Found<Role>, start: usize) -> bool {
        phrase.end == start
            && self
                .sentence
                .role_at(phrase.start, |role| role == Role::Clause)
                .is_some_and(|opener| opener.end == phrase.end)
    }

    /// Whether somebody only tried, hoped or wanted to: *tried to buy X*, *a cherché à ouvrir une usine*. It holds for the
    /// infinitive, and for what it is done to.
    fn is_attempted(&self, trigger: Found<Role>, is_verb: bool) -> bool {
        let sentence = self.sentence;
        let is_bare = self.is_bare(trigger)
            || trigger.start + 1 < trigger.end && is_infinite(sentence.form(trigger.start + 1));
        if !self.is_deed(trigger) && !is_verb || is_verb && !is_bare {
            return false;
        }
        let clause = sentence.clause(trigger.start);
        let ends = |at: usize| {
            sentence.form(at) == ","
                || !is_verb && sentence.is_joint(at)
                || sentence
                    .role_at(at, |role| matches!(role, Role::Auxiliary | Role::Relative | Role::Embedding))
                    .is_some()
        };
        sentence.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Attempt
                && phrase.start >= clause.start
                && phrase.start < trigger.start
                && trigger.start < phrase.end + ATTEMPTED
                && !(phrase.end..trigger.start).any(ends)
        })
    }

    /// Whether the verb before a noun is a French conditional: *X détiendrait 20 % du marché*.
    fn is_supposed(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let from = trigger.start.saturating_sub(HYPOTHESIS).max(sentence.clause(trigger.start).start);
        let acts = |role| matches!(role, Role::Verb(_) | Role::Auxiliary | Role::Relative | Role::Embedding);
        (from..trigger.start)
            .rev()
            .take_while(|&at| sentence.form(at) != ",")
            .find(|&at| is_conditional_form(sentence.form(at)) || sentence.role_at(at, acts).is_some())
            .is_some_and(|at| is_conditional_form(sentence.form(at)))
    }

    /// Whether a sum is a fine: *fined $3 billion over a contract*, *30 millions d'euros d'amende pour un contrat*.
    pub(super) fn is_fine(&self, trigger: Found<Role>, amount: usize) -> bool {
        let sentence = self.sentence;
        let Some(tokens) = sentence.tokens_of_amount(amount) else {
            return false;
        };
        let apart = |from: usize, to: usize| {
            (from..to).any(|at| sentence.form(at) == ",")
                || from <= trigger.start && trigger.end <= to && from < to
        };
        // A frame may be of fines itself.
        let own = |phrase: &&Found<Role>| {
            !sentence.phrases.iter().any(|known| {
                matches!((known.meaning, trigger.meaning), (Role::Verb(of) | Role::Noun(of), Role::Verb(frame) | Role::Noun(frame)) if of == frame)
                    && known.start <= phrase.start
                    && known.end > phrase.start
            })
        };
        let fines = sentence.phrases.iter().filter(|phrase| phrase.meaning == Role::Fine);
        fines.filter(own).any(|phrase| {
            if phrase.end <= tokens.start {
                tokens.start < phrase.end + FINE && !apart(phrase.end, tokens.start)
            } else {
                // *$2 billion in fines*, *30 millions d'euros d'amende*
                phrase.start == tokens.end
                    || phrase.start == tokens.end + 1
                        && (sentence.is_genitive(tokens.end) || sentence.form(tokens.end) == "in")
            }
        })
    }

    /// Whether whoever acts said so: *X said it would build*, *X a annoncé qu'il investirait*, *…, it said*. Of others, it
    /// is hearsay, unless somebody says it who speaks for them: *le directeur général a confirmé que X investirait*.
    pub(super) fn is_announced(&self, trigger: Found<Role>) -> bool {
        let sentence = self.sentence;
        let own = |from: usize, to: usize| {
            sentence
                .mentions
                .iter()
                .any(|mention| mention.entity.is_none() && mention.start >= from && mention.end <= to)
        };
        let said = sentence
            .phrases
            .iter()
            .rfind(|phrase| phrase.meaning == Role::Announcement && phrase.end <= trigger.start);
        if let Some(said) = said
            && trigger.start - said.end <= ANNOUNCED
        {
            let other = |mention: &&Mention| {
                mention.entity.is_some()
                    && mention.start >= said.end
                    && mention.end <= trigger.start
                    && mention.part == Part::Subject
            };
            return match sentence.mentions.iter().find(other) {
                None => own(said.end, trigger.start),
                Some(_) => self.is_said_for(said.start),
            };
        }
        let behind = sentence.phrases.iter().find(|phrase| {
            phrase.meaning == Role::Announcement
                && phrase.start >= trigger.end
                && (phrase.start.saturating_sub(SAID)..phrase.start).any(|at| sentence.form(at) == ",")
        });
        behind.is_some_and(|said| own(said.start.saturating_sub(SAID), said.end + SAID))
    }

    /// Whether somebody speaks before `end` who speaks for whoever acts, and no other organization.
    fn is_said_for(&self, end: usize) -> bool {
        let sentence = self.sentence;
        let before = |mention: &&Mention| mention.end <= end && mention.part == Part::Subject;
        let mut speakers = sentence.mentions.iter().filter(before);
        let of_person = |mention: &Mention| mention.kind == EntityKind::Person;
        let spokesman =
            sentence.phrases.iter().any(|phrase| phrase.meaning == Role::Spokesman && phrase.end <= end);
        let person = sentence.mentions.iter().any(|mention| mention.end <= end && of_person(mention));
        (spokesman || person) && !speakers.any(|mention| is_organization(mention.kind))
    }
}

/// Whether a form is surely a French conditional, of whatever verb, and no imperfect: *détiendrait*, and not *montrait*.
fn is_conditional_form(form: &str) -> bool {
    let Some(stem) = form.strip_suffix("ait").or_else(|| form.strip_suffix("aient")) else {
        return false;
    };
    ["er", "dr", "vr", "ettr", "nir", "lir", "uir", "sir"].iter().any(|ending| stem.ends_with(ending))
        && !["cadr", "livr", "ouvr", "œuvr", "havr", "désir"].iter().any(|ending| stem.ends_with(ending))
}

impl Sentence<'_> {
    /// Whether it says of what was told before that it came to nothing: *The deal collapsed*, *Les discussions ont échoué*.
    pub(super) fn comes_to_nothing(&self) -> bool {
        let first = self.range.start;
        let definite = self.is_article(first) && !matches!(self.form(first), "a" | "an" | "un" | "une");
        self.phrases.iter().any(|phrase| {
            phrase.meaning == Role::Failure
                && self.phrases.iter().any(|noun| {
                    matches!(noun.meaning, Role::Noun(_) | Role::Doubt)
                        && (definite && noun.start <= first + 2 || noun.start == first)
                        && noun.end <= phrase.start
                        && phrase.start - noun.end <= 3
                })
        })
    }

    /// Whether it tells what somebody has made up: *dans le roman, …*, *in the film about …*. In *le film plastique* and
    /// *the film industry* another noun follows; *200 millions dans la série* are spent on it.
    pub(super) fn is_fiction(&self) -> bool {
        self.phrases.iter().filter(|phrase| phrase.meaning == Role::Fiction).any(|phrase| {
            let spent = self
                .amounts
                .iter()
                .any(|(tokens, _)| tokens.end <= phrase.start && tokens.end + 2 > phrase.start)
                || self
                    .phrases
                    .iter()
                    .any(|verb| matches!(verb.meaning, Role::Verb(_)) && verb.end == phrase.start);
            let Some(next) = self.article.tokens.get(phrase.end).filter(|_| phrase.end < self.range.end)
            else {
                return !spent;
            };
            let whole = next.kind != Kind::Word
                || next.case == Case::Title && self.form(phrase.end).len() > 1
                || self.role_at(phrase.end, Role::links).is_some();
            whole && !spent
        })
    }

    /// Whether that begins with its first words, so that what the paragraph goes on to tell is made up as well.
    pub(super) fn opens_fiction(&self) -> bool {
        let first = self.range.start;
        self.phrases.iter().any(|phrase| phrase.meaning == Role::Fiction && phrase.start <= first + 2)
    }
}
