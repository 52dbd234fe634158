//! Which mentions name the same entity?

use std::collections::HashMap;

use document::{Entity, EntityKind, Span};

use crate::tokens::Tokens;

/// Gathers the mentions of each entity, in the order of their first mentions.
pub(super) fn group(tokens: &Tokens<'_>, mentions: &[(Span, EntityKind)]) -> Vec<Entity> {
    let text = tokens.text();
    let mut places: HashMap<(EntityKind, &str), usize> = HashMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    for &(span, kind) in mentions {
        let Some(name) = span.of(text) else { continue };
        let place = *places.entry((kind, name)).or_insert_with(|| {
            entities.push(Entity { kind, name: name.to_owned(), reference: None, mentions: Vec::new() });
            entities.len() - 1
        });
        entities[place].mentions.push(span);
    }
    entities
}
