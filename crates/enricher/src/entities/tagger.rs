//! Which label does each token get? Twice: once by what stands around it, and once more knowing what the first look
//! made of the same words elsewhere in the text.

use std::ops::Range;
use std::sync::LazyLock;

use crate::entities::features::{Facts, key_of_word};
use crate::entities::label::{LABELS, OUTSIDE, WIDTH, follows, inside, kind};
use crate::entities::model::{Model, Scores};
use crate::entities::second_look::SecondLook;
use crate::tokens::{Case, Kind, Tokens, hash};

/// The longest stretch that is decided at once; what is longer is no sentence.
pub const STRETCH: usize = 512;

/// Room for the keys of a token.
const KEYS: usize = 128;

/// Out of reach of every sum of weights.
const NEVER: i32 = i32::MIN / 4;

/// What the first look makes of a text: the scores of each token, and its labels.
pub fn first_look(model: &Model, tokens: &Tokens<'_>, facts: &Facts) -> (Vec<Scores>, Vec<u8>) {
    look(model, tokens, facts, &open(model, tokens))
}

fn look(model: &Model, tokens: &Tokens<'_>, facts: &Facts, open: &[Range<usize>]) -> (Vec<Scores>, Vec<u8>) {
    let mut scores = vec![Scores::default(); tokens.len()];
    let mut labels = vec![OUTSIDE; tokens.len()];
    let mut back = Vec::with_capacity(STRETCH);
    let mut keys = Vec::with_capacity(KEYS);
    for stretch in stretches(tokens) {
        for open in within(open, &stretch) {
            for index in open.clone() {
                keys.clear();
                facts.keys(stretch.start, stretch.end, index, |key| keys.push(key));
                model.add(&mut keys, &mut scores[index]);
                GRAMMAR.weigh(tokens, index, &mut scores[index]);
            }
            best_path(&model.transitions[0], &scores[open.clone()], &mut back, &mut labels[open]);
        }
    }
    (scores, labels)
}

/// What English grammar says of a token's label, which few annotated texts show: news says *Ireland's Dixon Cargo* and
/// *Sligo-based Aurivo* all the time.
struct Grammar {
    possessive: u64,
    openers: [u64; 8],
}

/// How much less likely a mention goes on behind *'s*, in the model's unit of a 24th of a nat. *King's College* still does.
const BEHIND_POSSESSIVE: i32 = 130;

/// What a word says that ends so: where something is or whose, and no name.
const COMPOUNDS: [&str; 7] = ["-based", "-owned", "-led", "-backed", "-listed", "-headquartered", "-born"];

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::new);

impl Grammar {
    fn new() -> Self {
        let openers = ["its", "their", "his", "her", "our", "this", "these", "those"];
        Self { possessive: hash("'s"), openers: openers.map(hash) }
    }

    fn weigh(&self, tokens: &Tokens<'_>, index: usize, scores: &mut Scores) {
        let token = &tokens[index];
        let no_name = token.sentence && self.openers.contains(&token.hash)
            || token.case != Case::Lower && {
                let form = tokens.form(index);
                COMPOUNDS.iter().any(|end| form.ends_with(end))
            };
        let behind = index > 0 && tokens[index - 1].hash == self.possessive;
        if !no_name && !behind {
            return;
        }
        for label in 1..LABELS as u8 {
            let goes_on = kind(label).is_some_and(|kind| label == inside(kind));
            if no_name {
                scores[usize::from(label)] -= i32::from(i16::MAX);
            } else if goes_on {
                scores[usize::from(label)] -= BEHIND_POSSESSIVE;
            }
        }
    }
}

/// The label of each token.
pub fn tag(model: &Model, tokens: &Tokens<'_>, facts: &Facts) -> Vec<u8> {
    let open = open(model, tokens);
    let (mut scores, mut labels) = look(model, tokens, facts, &open);
    if stretches(tokens).nth(1).is_none() {
        // A text of one sentence has no elsewhere.
        return labels;
    }
    let mut back = Vec::with_capacity(STRETCH);
    let mut keys = Vec::with_capacity(KEYS);
    let second = SecondLook::new(tokens, &labels);
    for stretch in stretches(tokens) {
        for open in within(&open, &stretch) {
            for index in open.clone() {
                keys.clear();
                second.keys(tokens, index, labels[index], |key| keys.push(key));
                model.add(&mut keys, &mut scores[index]);
            }
            best_path(&model.transitions[1], &scores[open.clone()], &mut back, &mut labels[open]);
        }
    }
    labels
}

/// How far a name may reach from what announces it, in tokens: of a hundred annotated names, ninety-nine reach no
/// farther from a capital.
const REACH: usize = 4;

/// How much a small word has to speak for names to announce one, in the model's unit.
const CLEARLY: i32 = 4;

/// The parts of a text that may hold names, in order: what stands near a capital, or near a small word that the model
/// knows from names (*armée syrienne*). The capital of a word that begins a sentence and speaks against names (*Les*)
/// announces none. The rest, a third of dense news and more of other texts, is outside every mention and need not be
/// looked at.
fn open(model: &Model, tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let mut open: Vec<Range<usize>> = Vec::new();
    for (index, token) in tokens.as_slice().iter().enumerate() {
        let leaning = || model.leaning(key_of_word(token));
        let announces = match token.case {
            Case::Title if token.sentence => leaning().is_none_or(|leaning| leaning >= 0),
            Case::Title | Case::Upper | Case::Mixed => true,
            Case::Lower | Case::None if token.kind == Kind::Mixed => true,
            Case::Lower | Case::None => leaning().is_some_and(|leaning| leaning >= CLEARLY),
        };
        if !announces {
            continue;
        }
        let around = index.saturating_sub(REACH)..(index + REACH + 1).min(tokens.len());
        match open.last_mut() {
            Some(last) if around.start <= last.end => last.end = around.end,
            _ => open.push(around),
        }
    }
    open
}

/// What of these parts lies in `stretch`.
fn within(open: &[Range<usize>], stretch: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let first = open.partition_point(|part| part.end <= stretch.start);
    let (start, end) = (stretch.start, stretch.end);
    open[first..]
        .iter()
        .take_while(move |part| part.start < end)
        .map(move |part| part.start.max(start)..part.end.min(end))
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
