use std::borrow::Cow;

use document::ContentId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::findings::{Amount, Fact};
use super::{Published, Record};

/// Something that an article states, with all that is needed to read it without the article: one line of the facts'
/// segments. It says what the article's own line says, and nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactLine<'a> {
    /// Identity of the fact: its article and its place among that article's facts.
    pub id: ContentId,
    /// The article.
    pub article: ContentId,
    /// The story that the article tells.
    pub story: ContentId,
    /// The article that this article repeats nearly word for word; null when there is none.
    pub duplicate_of: Option<ContentId>,
    /// The article's address.
    #[serde(borrow)]
    pub url: Option<Cow<'a, str>>,
    /// Its outlet.
    #[serde(borrow)]
    pub publisher: Option<Cow<'a, str>>,
    /// When it was published.
    #[serde(borrow)]
    pub published: Option<Published<'a>>,
    /// When its source saw it.
    pub observed_at: Timestamp,
    /// BCP 47 code of its language.
    #[serde(borrow)]
    pub language: Cow<'a, str>,
    /// What kind of fact it is.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// Canonical names of those who act.
    pub agents: Cow<'a, [String]>,
    /// Their identifiers, in the same order; null for one that has none.
    #[serde(borrow)]
    pub agent_refs: Vec<Option<Cow<'a, str>>>,
    /// Canonical names of what is acted upon.
    pub objects: Cow<'a, [String]>,
    /// Canonical name of the place.
    #[serde(borrow)]
    pub place: Option<Cow<'a, str>>,
    /// Its identifier.
    #[serde(borrow)]
    pub place_ref: Option<Cow<'a, str>>,
    /// When, in EDTF.
    #[serde(borrow)]
    pub when: Option<Cow<'a, str>>,
    /// The amount, as it stands in the article's `amounts`.
    #[serde(borrow)]
    pub amount: Option<Amount<'a>>,
    /// How far it has come.
    #[serde(borrow)]
    pub status: Option<Cow<'a, str>>,
    /// The words of the sentence that it rests on.
    #[serde(borrow)]
    pub evidence: Cow<'a, str>,
}

impl<'a> FactLine<'a> {
    /// The lines of an article's facts, in order.
    pub(crate) fn of(record: &'a Record<'_>) -> Vec<Self> {
        let facts = record.facts.as_deref().unwrap_or_default();
        let ends: Vec<u32> = facts.iter().flat_map(|fact| fact.evidence).collect();
        let sentences = bytes_at(&record.text, &ends);
        (0u32..)
            .zip(facts.iter().zip(sentences.chunks_exact(2)))
            .map(|(number, (fact, ends))| {
                let evidence = record.text.get(ends[0]..ends[1]).unwrap_or_default();
                Self::new(record, number, fact, evidence)
            })
            .collect()
    }

    fn new(record: &'a Record<'_>, number: u32, fact: &'a Fact<'_>, evidence: &'a str) -> Self {
        let reference = |name: &str| {
            let named = record.entities.iter().flatten().find(|entity| entity.name == name);
            named.and_then(|entity| entity.reference.as_deref()).map(Cow::Borrowed)
        };
        let amount = fact.amount.and_then(|number| record.amounts.as_ref()?.get(number as usize));
        Self {
            id: ContentId::of(&record.id.to_string(), &format!("fact {number}")),
            article: record.id,
            story: record.story.map_or(record.id, |story| story.id),
            duplicate_of: record.story.and_then(|story| story.duplicate_of),
            url: record.url.as_deref().map(Cow::Borrowed),
            publisher: record.publisher.as_deref().map(Cow::Borrowed),
            published: record.published.clone(),
            observed_at: record.source.observed_at,
            language: Cow::Borrowed(record.language.as_ref().map_or("und", |language| &language.code)),
            kind: Cow::Borrowed(&fact.kind),
            agents: Cow::Borrowed(&fact.agents),
            agent_refs: fact.agents.iter().map(|name| reference(name)).collect(),
            objects: Cow::Borrowed(&fact.objects),
            place: fact.place.as_deref().map(Cow::Borrowed),
            place_ref: fact.place.as_deref().and_then(reference),
            when: fact.when.as_deref().map(Cow::Borrowed),
            amount: amount.cloned(),
            status: fact.status.as_deref().map(Cow::Borrowed),
            evidence: Cow::Borrowed(evidence),
        }
    }
}

/// The byte offsets of these code points of `text`, in one pass over it.
fn bytes_at(text: &str, points: &[u32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_unstable_by_key(|number| points[*number]);
    let mut bytes = vec![text.len(); points.len()];
    let mut wanted = order.into_iter().peekable();
    for (point, (byte, _)) in text.char_indices().enumerate() {
        if wanted.peek().is_none() {
            break;
        }
        while let Some(number) = wanted.next_if(|number| points[*number] as usize == point) {
            bytes[number] = byte;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_found_in_any_order() {
        assert_eq!(bytes_at("été à", &[5, 0, 4, 4, 9, 1]), [8, 0, 6, 6, 8, 2]);
        assert_eq!(bytes_at("", &[0]), [0]);
    }
}
