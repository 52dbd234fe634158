use story::{Name, Quantity, Telling};

use super::Record;
use super::findings::EntityName;

impl Record<'_> {
    /// What the article is compared by, made of the stored line alone: the same as when it was enriched.
    pub(crate) fn telling(&self) -> Telling<'_> {
        let (entities, amounts) = (self.entities.iter().flatten(), self.amounts.iter().flatten());
        let (dates, keywords) = (self.dates.iter().flatten(), self.keywords.iter().flatten());
        Telling {
            title: &self.title,
            text: &self.text,
            language: self.language.as_ref().map_or("und", |language| &language.code),
            published: self.published.as_ref().map(|published| &*published.edtf),
            names: entities
                .map(|entity| Name {
                    is_place: entity.kind == EntityName::Place,
                    name: &entity.name,
                    reference: entity.reference.as_deref(),
                    mentions: entity.mentions.len(),
                })
                .collect(),
            quantities: amounts
                .filter_map(|amount| {
                    let (measure, unit) = (&*amount.measure, amount.unit.as_deref());
                    Some(Quantity { measure, value: amount.value?, unit })
                })
                .collect(),
            dates: dates.filter_map(|date| date.resolved.as_deref()).collect(),
            keywords: keywords.map(|keyword| &*keyword.term).collect(),
        }
    }
}
