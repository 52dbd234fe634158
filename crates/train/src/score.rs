//! How many mentions are found: exact span and kind, micro average, as the field counts (CoNLL-2003).

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use document::EntityKind;
use enricher::entities::label::KINDS;

use crate::corpus::{Document, Mention};

/// Counts by kind: right, wrong, missed.
#[derive(Debug, Default)]
pub(crate) struct Score {
    counts: [[usize; 3]; KINDS.len()],
}

impl Score {
    /// Counts what was found in one text.
    pub(crate) fn add(&mut self, gold: &[Mention], found: &[(Range<usize>, EntityKind)]) {
        let found: HashSet<_> = found.iter().cloned().collect();
        for (place, &kind) in KINDS.iter().enumerate() {
            let [right, wrong, missed] = &mut self.counts[place];
            for mention in gold.iter().filter(|mention| mention.kind == Some(kind)) {
                *(if found.contains(&(mention.span.clone(), kind)) { &mut *right } else { &mut *missed }) +=
                    1;
            }
            // A name of a kind that the annotation has no word for is no mistake.
            let outside = |span: &Range<usize>| {
                !gold.iter().any(|mention| {
                    mention.span == *span && matches!(mention.kind, None | Some(EntityKind::Event))
                })
            };
            *wrong += found
                .iter()
                .filter(|(span, found)| {
                    *found == kind
                        && !gold.iter().any(|mention| mention.span == *span && mention.kind == Some(kind))
                        && outside(span)
                })
                .count();
        }
    }

    /// Precision, recall and F1 over these kinds.
    fn of(&self, kinds: &[usize]) -> [f64; 3] {
        let sum = |column: usize| kinds.iter().map(|kind| self.counts[*kind][column]).sum::<usize>() as f64;
        let (right, wrong, missed) = (sum(0), sum(1), sum(2));
        let share = |of: f64| if of > 0.0 { right / of } else { 0.0 };
        [share(right + wrong), share(right + missed), share(right + f64::midpoint(wrong, missed))]
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, kinds: &[usize]| {
            let [precision, recall, f1] = self.of(kinds);
            writeln!(formatter, "  {name:<24} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}")
        };
        for (place, kind) in KINDS.iter().enumerate() {
            line(kind.as_str(), &[place])?;
        }
        line("person + org. + place", &[0, 1, 2])
    }
}

/// Prints what was missed (`-`) and what was found and is not there (`+`), with what stands around it.
pub(crate) fn print_mistakes(document: &Document, found: &[(Range<usize>, EntityKind)]) {
    let text = &document.text;
    let show = |sign: char, span: &Range<usize>, kind: Option<EntityKind>| {
        let from = text.floor_char_boundary(span.start.saturating_sub(40));
        let to = text.ceil_char_boundary((span.end + 30).min(text.len()));
        let (before, name, after) = (&text[from..span.start], &text[span.clone()], &text[span.end..to]);
        let kind = kind.map_or("misc", EntityKind::as_str);
        println!("{sign} {kind:<13}{}", format!("{before}⟦{name}⟧{after}").replace('\n', " ¶ "));
    };
    for mention in &document.mentions {
        if !found.iter().any(|(span, kind)| *span == mention.span && Some(*kind) == mention.kind) {
            show('-', &mention.span, mention.kind);
        }
    }
    for (span, kind) in found {
        if !document.mentions.iter().any(|mention| mention.span == *span && mention.kind == Some(*kind)) {
            show('+', span, Some(*kind));
        }
    }
}
