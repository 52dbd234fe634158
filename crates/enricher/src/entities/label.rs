//! What the tagger says of a token: outside, or the beginning or inside of a mention of a kind (BIO).

use document::EntityKind;

/// How many labels there are.
pub const LABELS: usize = 11;

/// The labels and one unused place, which makes a row of weights sixteen bytes.
pub const WIDTH: usize = 12;

/// The kinds in the order of their labels.
pub const KINDS: [EntityKind; 5] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Product, EntityKind::Event];

/// Outside every mention.
pub const OUTSIDE: u8 = 0;

/// The label of the first token of a mention.
pub fn begin(kind: EntityKind) -> u8 {
    KINDS.iter().position(|known| *known == kind).map_or(OUTSIDE, |place| 2 * place as u8 + 1)
}

/// The label of the other tokens of a mention.
pub fn inside(kind: EntityKind) -> u8 {
    begin(kind) + 1
}

/// The kind of a label; `None` outside.
pub fn kind(label: u8) -> Option<EntityKind> {
    KINDS.get(usize::from(label.checked_sub(1)? / 2)).copied()
}

/// Whether `label` may follow `before`: a mention does not start in its middle.
pub fn follows(before: u8, label: u8) -> bool {
    label == OUTSIDE || label % 2 == 1 || before == label || before + 1 == label
}

/// The mentions in a row of labels: ranges of tokens with their kind.
pub fn mentions(labels: &[u8]) -> impl Iterator<Item = (std::ops::Range<usize>, EntityKind)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < labels.len() {
            let start = at;
            at += 1;
            if let Some(kind) = kind(labels[start]) {
                let inside = inside(kind);
                while labels.get(at) == Some(&inside) {
                    at += 1;
                }
                return Some((start..at, kind));
            }
        }
        None
    })
}
