//! Is it over? What the verbs around a bare weekday say of its side: *a annoncé vendredi*, *will meet on Monday*.

use super::Toward;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// How far a verb may stand from the day.
const REACH: usize = 12;

/// The side that the nearest verb form of the sentence speaks for; `None` where no form is known.
pub(super) fn tense(reading: &Reading<'_>, start: usize, end: usize) -> Option<Toward> {
    let before = (start.saturating_sub(REACH)..start).rev().scan(true, |inside, index| {
        let open = *inside;
        *inside = reading.get(index).is_some_and(|piece| !piece.sentence);
        open.then_some(index)
    });
    let after =
        (end..end + REACH).take_while(|&index| reading.get(index).is_some_and(|piece| !piece.sentence));
    let near = |indices: &mut dyn Iterator<Item = usize>| {
        indices.enumerate().find_map(|(distance, index)| Some((distance, verb(reading, index)?)))
    };
    let (left, right) = (near(&mut before.into_iter()), near(&mut after.into_iter()));
    match (left, right) {
        (Some((left_distance, left)), Some((right_distance, right))) => {
            // The verb before the day is the one it belongs to, unless it is far.
            Some(if left_distance <= right_distance + 3 { left } else { right })
        }
        (left, right) => left.or(right).map(|(_, side)| side),
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
