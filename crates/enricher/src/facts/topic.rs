//! Whom the article speaks of, from one sentence to the next.

use super::frames::Role;
use super::reader::is_organization;
use super::sentence::{Mention, Part, Sentence};

/// The organization that a sentence is about: the first that acts, else the first that is named and does not only tell.
/// `None` where that is whom the one before was about.
pub(super) fn topic_of(sentence: &Sentence<'_>) -> Option<usize> {
    if sentence.phrases.iter().any(|phrase| phrase.meaning == Role::Aside) {
        return None;
    }
    let organizations = || sentence.mentions.iter().filter(|mention| is_organization(mention.kind));
    let first = organizations()
        .find(|mention| mention.part == Part::Subject)
        .or_else(|| organizations().find(|mention| !matches!(mention.part, Part::Source | Part::Alias)))?;
    first.entity.or_else(|| antecedent(sentence, first))
}

/// The two organizations that were named last, after this sentence.
pub(super) fn pair_of(sentence: &Sentence<'_>, before: [Option<usize>; 2]) -> [Option<usize>; 2] {
    let acts = |mention: &&Mention| {
        is_organization(mention.kind)
            && !matches!(mention.part, Part::Source | Part::Alias | Part::Other | Part::Agentive)
    };
    sentence.mentions.iter().filter(acts).filter_map(|mention| mention.entity).fold(before, |pair, entity| {
        match pair {
            [_, Some(last)] if last == entity => pair,
            [first, None] if first == Some(entity) => pair,
            [first, None] => [first, Some(entity)],
            [_, last] => [last, Some(entity)],
        }
    })
}

/// The organization that is named before a word that stands for one, in the same sentence.
pub(super) fn antecedent(sentence: &Sentence<'_>, stand_in: &Mention) -> Option<usize> {
    let is_one = |mention: &&Mention| {
        mention.end <= stand_in.start
            && mention.entity.is_some()
            && is_organization(mention.kind)
            && matches!(mention.part, Part::Subject | Part::Genitive)
    };
    sentence.mentions.iter().rfind(is_one).and_then(|mention| mention.entity)
}
