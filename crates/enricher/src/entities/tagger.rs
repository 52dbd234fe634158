//! Which label does each token get? Twice: once by what stands around it, and once more knowing what the first look
//! made of the same words elsewhere in the text.

use crate::entities::features::Facts;
use crate::entities::label::{LABELS, OUTSIDE, WIDTH, follows};
use crate::entities::model::{Model, Scores};
use crate::entities::second_look::SecondLook;
use crate::tokens::Tokens;

/// The longest stretch that is decided at once; what is longer is no sentence.
pub const STRETCH: usize = 512;

/// Room for the keys of a token.
const KEYS: usize = 128;

/// Out of reach of every sum of weights.
const NEVER: i32 = i32::MIN / 4;

/// What the first look makes of a text: the scores of each token, and its labels.
pub fn first_look(model: &Model, tokens: &Tokens<'_>, facts: &Facts) -> (Vec<Scores>, Vec<u8>) {
    let mut scores = Vec::with_capacity(tokens.len());
    let mut labels = vec![OUTSIDE; tokens.len()];
    let mut back = Vec::with_capacity(STRETCH);
    let mut keys = Vec::with_capacity(KEYS);
    for stretch in stretches(tokens) {
        for index in stretch.clone() {
            let mut sum = Scores::default();
            keys.clear();
            facts.keys(stretch.start, stretch.end, index, |key| keys.push(key));
            model.add(&mut keys, &mut sum);
            scores.push(sum);
        }
        best_path(&model.transitions[0], &scores[stretch.clone()], &mut back, &mut labels[stretch]);
    }
    (scores, labels)
}

/// The label of each token.
pub fn tag(model: &Model, tokens: &Tokens<'_>, facts: &Facts) -> Vec<u8> {
    let (mut scores, mut labels) = first_look(model, tokens, facts);
    let mut back = Vec::with_capacity(STRETCH);
    let mut keys = Vec::with_capacity(KEYS);
    let look = SecondLook::new(tokens, &labels);
    for (index, sum) in scores.iter_mut().enumerate() {
        keys.clear();
        look.keys(tokens, index, labels[index], |key| keys.push(key));
        model.add(&mut keys, sum);
    }
    for stretch in stretches(tokens) {
        best_path(&model.transitions[1], &scores[stretch.clone()], &mut back, &mut labels[stretch]);
    }
    labels
}

/// The sentences, cut where they are too long to be sentences.
pub fn stretches(tokens: &Tokens<'_>) -> impl Iterator<Item = std::ops::Range<usize>> {
    tokens.sentences().flat_map(|sentence| {
        sentence.clone().step_by(STRETCH).map(move |start| start..(start + STRETCH).min(sentence.end))
    })
}

/// The best sequence of labels (Viterbi): the sum of what the tokens and the transitions say is highest.
fn best_path(
    transitions: &[Scores; WIDTH],
    scores: &[Scores],
    back: &mut Vec<[u8; WIDTH]>,
    labels: &mut [u8],
) {
    back.clear();
    // A sentence starts as if it followed a token outside every mention.
    let mut best = [NEVER; WIDTH];
    best[usize::from(OUTSIDE)] = 0;
    for token in scores {
        let mut next = [NEVER; WIDTH];
        let mut from = [0; WIDTH];
        for (before, (&score, added)) in best.iter().zip(transitions).enumerate().take(LABELS) {
            for label in 0..WIDTH {
                let candidate = score + added[label];
                if candidate > next[label] {
                    next[label] = candidate;
                    from[label] = before as u8;
                }
            }
        }
        for label in 0..WIDTH {
            next[label] = (next[label] + token[label]).max(NEVER);
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).max_by_key(|&label| (best[label], LABELS - label)).unwrap_or_default() as u8;
    for (place, from) in labels.iter_mut().zip(back.iter()).rev() {
        *place = label;
        label = from[usize::from(label)];
    }
}

/// Transitions in the model's unit, with those that cannot be kept out of reach.
pub fn allowed(mut transitions: [Scores; WIDTH]) -> [Scores; WIDTH] {
    for (before, row) in transitions.iter_mut().enumerate() {
        for (label, score) in row.iter_mut().enumerate() {
            if label >= LABELS || before >= LABELS || !follows(before as u8, label as u8) {
                *score = i32::from(i16::MIN);
            }
        }
    }
    transitions
}
