//! Is it over? What the verbs around a bare weekday say of its side: *a annoncé vendredi*, *will meet on Monday*.

use super::Toward;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// How far a verb may stand from the day, in pieces.
const REACH: usize = 12;
/// How near it stands where hardly anything else can belong to the day.
const NEAR: usize = 4;

/// The side that the verbs of the sentence speak for, and whether the nearest stands so near that it surely is the
/// day's; `None` where no form is known or two disagree.
pub(super) fn tense(reading: &Reading<'_>, start: usize, end: usize) -> Option<(Toward, bool)> {
    let sentence = |index: usize| reading.get(index).is_none_or(|piece| piece.sentence);
    let near = |indices: &mut dyn Iterator<Item = usize>| {
        indices.enumerate().find_map(|(distance, index)| Some((distance, verb(reading, index)?)))
    };
    // A piece that begins a sentence is its last one on the way back.
    let mut inside = !sentence(start);
    let left = near(
        &mut (start.saturating_sub(REACH)..start)
            .rev()
            .take_while(|&index| std::mem::replace(&mut inside, !sentence(index))),
    );
    let right = near(&mut (end..end + REACH).take_while(|&index| !sentence(index)));
    match (left, right) {
        (Some((distance, side)), Some((other, opposite))) if side != opposite => {
            (distance < NEAR && other >= NEAR).then_some((side, true))
        }
        (Some((distance, side)), other) => {
            Some((side, distance < NEAR || other.is_some_and(|(other, _)| other < NEAR)))
        }
        (None, other) => other.map(|(distance, side)| (side, distance < NEAR)),
    }
}

#[rustfmt::skip]
fn verb(reading: &Reading<'_>, index: usize) -> Option<Toward> {
    let form = reading.form(index);
    if !reading.is_kind(index, Kind::Word) {
        return None;
    }
    match reading.tongue {
        Tongue::French => match form {
            "a" | "ont" | "avait" | "avaient" | "était" | "étaient" | "fut" | "furent" | "a-t-il" | "eu" | "mort" | "morte"
            | "décédé" | "décédée" => Some(Toward::Past),
            "sera" | "seront" | "aura" | "auront" | "va" | "vont" | "doit" | "doivent" | "devrait" | "devraient" | "prévu"
            | "prévue" | "prévus" | "prévues" | "attendu" | "attendue" | "attendus" | "attendues" | "prochain" | "compte"
            | "comptent" | "prévoit" | "prévoient" => Some(Toward::Future),
            _ if form.chars().count() > 4 && (form.ends_with("era") || form.ends_with("eront") || form.ends_with("ira")
                || form.ends_with("iront") || form.ends_with("dra") || form.ends_with("dront")) => Some(Toward::Future),
            "souhait" | "portrait" | "extrait" | "retrait" | "attrait" | "connait" | "paraît" | "connaît" | "satisfait"
            | "parfait" | "bienfait" | "forfait" => None,
            _ if form.chars().count() > 5 && (form.ends_with("ait") || form.ends_with("aient")) => Some(Toward::Past),
            _ => None,
        },
        Tongue::English => match form {
            "was" | "were" | "had" | "said" | "told" | "did" | "met" | "won" | "lost" | "fell" | "rose"
            | "went" | "came" | "saw" | "made" | "took" | "began" | "died" | "left" | "got" | "held" => Some(Toward::Past),
            "will" | "would" | "shall" | "ll" | "i'll" | "we'll" | "he'll" | "she'll" | "they'll" | "you'll" | "scheduled"
            | "due" | "expected" | "plans" | "plan" | "planned" | "going" | "upcoming" | "should" | "must" | "please" => {
                Some(Toward::Future)
            }
            _ if form.len() > 4 && form.ends_with("ed") => Some(Toward::Past),
            _ => None,
        },
        _ => None,
    }
}
