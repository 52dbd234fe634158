//! Whom the article speaks of, from one sentence to the next.

use document::EntityKind;

use super::frames::Role;
use super::reader::is_organization;
use super::sentence::{Mention, Part, Sentence};

/// The organization that a sentence is about: the first that acts in its main clause, else whose the thing is that it
/// begins with. `None` where that is whom the one before was about.
pub(super) fn topic_of(sentence: &Sentence<'_>) -> Option<usize> {
    if turns_aside(sentence) {
        return None;
    }
    let organizations = || sentence.mentions.iter().filter(|mention| is_organization(mention.kind));
    // *Chez X, l'heure est à la conquête : Y …*
    let first = organizations()
        .find(|mention| is_at(sentence, mention))
        .or_else(|| {
            organizations().find(|mention| mention.part == Part::Subject && !is_aside(sentence, mention))
        })
        .or_else(|| head_owner(sentence))
        .or_else(|| organizations().find(|mention| mention.part == Part::Agentive))?;
    let at = || head_owner(sentence).filter(|owner| is_at(sentence, owner)).and_then(|owner| owner.entity);
    first.entity.or_else(|| antecedent(sentence, first)).or_else(at)
}

/// Whether a sentence turns aside to somebody else: *X, de son côté, …*.
pub(super) fn turns_aside(sentence: &Sentence<'_>) -> bool {
    sentence.phrases.iter().any(|phrase| phrase.meaning == Role::Aside)
}

/// To whom a sentence turns aside; its paragraph goes on about them.
pub(super) fn turned_to(sentence: &Sentence<'_>) -> Option<usize> {
    let acts = |mention: &&Mention| {
        is_organization(mention.kind) && mention.part == Part::Subject && !is_aside(sentence, mention)
    };
    sentence.mentions.iter().find(acts).filter(|_| turns_aside(sentence)).and_then(|mention| mention.entity)
}

/// The place that a sentence tells of: the first that it is told to be in.
pub(super) fn place_of(sentence: &Sentence<'_>) -> Option<usize> {
    let located = |mention: &&Mention| {
        mention.kind == EntityKind::Place
            && mention.start > sentence.range.start
            && sentence
                .phrases
                .iter()
                .any(|phrase| phrase.meaning == Role::Locative && phrase.end == mention.start)
    };
    sentence.mentions.iter().find(located).and_then(|mention| mention.entity)
}

/// Whether the sentence begins *Chez X* or *At X*.
fn is_at(sentence: &Sentence<'_>, mention: &Mention) -> bool {
    mention.start == sentence.range.start + 1
        && matches!(sentence.form(sentence.range.start), "chez" | "à" | "at")
}

/// How far from the head of a sentence an owner may stand that it is about.
const OWNER: usize = 8;

/// Whose the thing is that a sentence begins with: *Le bénéfice de X …*, *X's accounts …*.
pub(super) fn head_owner<'s>(sentence: &'s Sentence<'_>) -> Option<&'s Mention> {
    sentence.mentions.iter().find(|mention| {
        is_organization(mention.kind)
            && (mention.part == Part::Genitive || is_at(sentence, mention))
            && mention.start < sentence.opening_end() + OWNER
            && !(sentence.range.start..mention.start).any(|at| {
                sentence.role_at(at, |role| matches!(role, Role::Verb(_) | Role::Auxiliary)).is_some()
            })
    })
}

/// Whom a sentence speaks of that begins a paragraph and names *the company*: whom the article is about, unless it is
/// named besides, or the paragraph before was a sentence about somebody else.
pub(super) fn opening_topic(sentence: &Sentence<'_>, main: Option<usize>, goes_on: bool) -> Option<usize> {
    let named = sentence.mentions.iter().any(|mention| mention.entity == main);
    let stands_in = sentence.mentions.iter().any(|mention| {
        mention.entity.is_none() && sentence.role_at(mention.start, |role| role == Role::StandIn).is_some()
    });
    main.filter(|_| sentence.begins_paragraph() && stands_in && !named && !goes_on)
}

/// Whether a mention acts only in a clause that a comma and a relative begin: *…, dont X détient la moitié*.
fn is_aside(sentence: &Sentence<'_>, mention: &Mention) -> bool {
    sentence.phrases.iter().any(|phrase| {
        matches!(phrase.meaning, Role::Relative | Role::Embedding)
            && phrase.end <= mention.start
            && phrase.start > sentence.range.start
            && sentence.form(phrase.start - 1) == ","
            && !(phrase.end..mention.start).any(|at| sentence.form(at) == ",")
    })
}

/// The two organizations that were spoken of last, after this sentence.
pub(super) fn pair_of(
    sentence: &Sentence<'_>,
    before: [Option<usize>; 2],
    topic: Option<usize>,
) -> [Option<usize>; 2] {
    let acts = |mention: &&Mention| {
        is_organization(mention.kind)
            && !matches!(mention.part, Part::Source | Part::Alias | Part::Other | Part::Agentive)
    };
    let mentions = sentence.mentions.iter().filter(acts);
    mentions.filter_map(|mention| mention.entity.or(topic)).fold(before, push)
}

/// The two organizations that a sentence names last, unless it names fewer.
pub(super) fn two_of(sentence: &Sentence<'_>) -> Option<[Option<usize>; 2]> {
    let named = sentence.mentions.iter().filter(|mention| {
        is_organization(mention.kind) && !matches!(mention.part, Part::Source | Part::Alias)
    });
    let two = named.filter_map(|mention| mention.entity).fold([None, None], push);
    (two[0].is_some() && two[1].is_some()).then_some(two)
}

/// The last two with one more.
pub(super) fn push(pair: [Option<usize>; 2], entity: usize) -> [Option<usize>; 2] {
    match pair {
        [_, Some(last)] if last == entity => pair,
        [first, None] if first == Some(entity) => pair,
        [first, None] => [first, Some(entity)],
        [_, last] => [last, Some(entity)],
    }
}

/// The organization that is named before a word that stands for one, in the same sentence.
pub(super) fn antecedent(sentence: &Sentence<'_>, stand_in: &Mention) -> Option<usize> {
    // *X lui attribue 12 %*: whoever tells does not tell it of itself.
    if sentence.role_at(stand_in.start, |role| role == Role::Source).is_some() {
        return None;
    }
    let is_one = |mention: &&Mention| {
        mention.end <= stand_in.start
            && mention.entity.is_some()
            && is_organization(mention.kind)
            && matches!(mention.part, Part::Subject | Part::Genitive)
    };
    let mut before = sentence.mentions.iter().filter(is_one);
    before.rfind(|mention| !is_aside(sentence, mention)).and_then(|mention| mention.entity)
}
