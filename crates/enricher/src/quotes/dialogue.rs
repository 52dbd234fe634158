//! Speech behind a dash at the beginning of a paragraph: *– Bonjour, dit-elle.*
//!
//! A dash begins lists and asides too, so only a line that says who speaks, in the inverted order, is taken.

use document::{Quote, Span};

use super::scene::Scene;
use super::subject::Subject;
use crate::tokens::Tokens;

/// Whether a line of the text begins with a dash.
pub(super) fn has_dashes(tokens: &Tokens<'_>) -> bool {
    (0..tokens.len()).any(|index| begins(tokens, index))
}

fn begins(tokens: &Tokens<'_>, index: usize) -> bool {
    tokens[index].line
        && matches!(tokens.word(index), "–" | "—")
        && tokens.get(index + 1).is_some_and(|next| next.spaced && !next.line)
}

/// The dialogue of a text.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Quote> {
    let tokens = scene.tokens;
    let mut quotes = Vec::new();
    let lines = (0..tokens.len()).filter(|&index| begins(tokens, index));
    for dash in lines {
        let end = (dash + 1..tokens.len().min(dash + 120))
            .find(|&index| tokens[index].line)
            .unwrap_or(tokens.len());
        if end - dash > 120 || scene.quotation(dash).is_some() {
            continue;
        }
        let Some((last, subject)) = scene.interjected(dash + 1, end) else { continue };
        let Some(span) = tokens.span(dash + 1..last) else { continue };
        let Some(said) = span.of(tokens.text()) else { continue };
        let speaker = match subject {
            Subject::Named(mention) => Some(mention),
            Subject::Pronoun(index, gender) => {
                scene.referent(index, gender, None).and_then(|entity| scene.nearest(entity, index))
            }
            _ => None,
        };
        quotes.push(Quote {
            span: Span::new(span.start, span.end),
            text: said.to_owned(),
            speaker: speaker.map(|mention| scene.entities[mention.entity].name.clone()),
            speaker_span: speaker.and_then(|mention| tokens.span(mention.start..mention.end)),
        });
    }
    quotes
}
