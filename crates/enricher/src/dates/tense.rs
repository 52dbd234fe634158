//! Is it over? What the verbs around a bare weekday say of its side: *a annoncé vendredi*, *will meet on Monday*.

use super::Toward;
use crate::reading::{Reading, Tongue};
use crate::tokens::Kind;

/// How far a verb may stand from the day, in pieces.
const REACH: usize = 12;
/// How near it stands where hardly anything else can belong to the day.
const NEAR: usize = 4;

/// Stems of verbs that put a day off.
const PUT_OFF: [&str; 9] =
    ["reporté", "repoussé", "décalé", "ajourné", "moved", "postponed", "pushed", "rescheduled", "adjourned"];

/// The side that the verbs of the sentence speak for, and whether the nearest stands so near that it surely is the
/// day's; `None` where no form is known or two disagree.
pub(super) fn tense(reading: &Reading<'_>, start: usize, end: usize) -> Option<(Toward, bool)> {
    let sentence = |index: usize| reading.get(index).is_none_or(|piece| piece.sentence);
    // What something is compared with is over: *de plus que vendredi*, *more than on Friday*.
    let compared = matches!(
        (reading.form_before(start, 2), reading.form_before(start, 1)),
        ("plus" | "moins" | "mieux", "que") | (_, "than") | ("than", "on")
    );
    if compared {
        return Some((Toward::Past, true));
    }
    // What is put off is put ahead, whenever that was done: *a été reportée au 12 mai*, *was moved to Monday*.
    if matches!(reading.form_before(start, 1), "au" | "à" | "to" | "until")
        && PUT_OFF.iter().any(|verb| reading.form_before(start, 2).starts_with(verb))
    {
        return Some((Toward::Future, true));
    }
    // How far the nearest verb stands, its side, and whether a comma parts it from the day.
    let near = |indices: &mut dyn Iterator<Item = usize>| {
        let mut parted = false;
        indices.enumerate().find_map(|(distance, index)| {
            parted |= reading.form(index) == ",";
            Some((distance, verb(reading, index)?, parted))
        })
    };
    // Where few verbs are known, a semicolon ends what a verb may be asked of.
    let stops = |index: usize| reading.calendar.is_some() && reading.form(index) == ";";
    // A piece that begins a sentence is its last one on the way back.
    let mut inside = !sentence(start);
    let left = near(
        &mut (start.saturating_sub(REACH)..start)
            .rev()
            .take_while(|&index| !stops(index) && std::mem::replace(&mut inside, !sentence(index))),
    );
    // *Said on Monday that it would*, *a annoncé lundi qu'il fermera*: another clause begins right behind the day.
    let embeds = matches!(
        (reading.tongue, reading.form(end)),
        (Tongue::English, "that" | "it" | "he" | "she" | "they" | "we") | (Tongue::French, "que" | "qu'")
    ) && left.is_some_and(|(distance, side, _)| side == Toward::Past && distance < NEAR);
    let right = near(
        &mut (end..if embeds { end } else { end + REACH })
            .take_while(|&index| !sentence(index) && !stops(index)),
    );
    // Where few verbs are known, that of another clause tells nothing: *am Samstag hatte er gewonnen, am Sonntag folgt*.
    let opens = (0..3).any(|back| start.checked_sub(back).is_some_and(sentence));
    // Am Montag, sagte er, ist es vorbei: where the verb is second, a comma behind the day brings in another's.
    let second = matches!(reading.tongue, Tongue::German | Tongue::Dutch);
    let own = |verb: Option<(usize, Toward, bool)>, opens: bool| {
        verb.filter(|(_, _, parted)| reading.calendar.is_none() || !parted || opens)
    };
    let (left, right) = (own(left, false), own(right, opens && !second));
    // *Le procès, ouvert lundi, doit durer*: the participle's day is over.
    if left.is_none_or(|(distance, side, parted)| side == Toward::Past || parted || distance >= NEAR)
        && start
            .checked_sub(if matches!(reading.form_before(start, 1), "le" | "ce") { 2 } else { 1 })
            .is_some_and(|before| is_past_participle(reading, before))
    {
        return Some((Toward::Past, true));
    }
    match (left, right) {
        (Some((distance, side, parted)), Some((other, opposite, parted_too))) if side != opposite => {
            match (parted, parted_too) {
                // The clause of the day is the nearer one.
                (false, true) => Some((side, distance < NEAR)),
                (true, false) => Some((opposite, other < NEAR)),
                _ => (distance < NEAR && other >= NEAR).then_some((side, true)),
            }
        }
        (Some((distance, side, _)), other) => {
            Some((side, distance < NEAR || other.is_some_and(|(other, ..)| other < NEAR)))
        }
        // Behind a comma the verb is the day's where the day opens the sentence.
        (None, other) => other.map(|(distance, side, parted)| (side, distance < NEAR && (!parted || opens))),
    }
}

/// Whether a French participle stands here that says what was done: *ouvert*, *publié*. *Prévu* and *attendu* say what is
/// to come, *annoncé* may do both, and behind *être* the auxiliary decides.
fn is_past_participle(reading: &Reading<'_>, index: usize) -> bool {
    const DONE: [&str; 46] = [
        "ouvert",
        "découvert",
        "paru",
        "rendu",
        "reçu",
        "élu",
        "réélu",
        "conclu",
        "remis",
        "transmis",
        "soumis",
        "signé",
        "publié",
        "présenté",
        "dévoilé",
        "diffusé",
        "adopté",
        "voté",
        "lancé",
        "arrêté",
        "interpellé",
        "inauguré",
        "condamné",
        "nommé",
        "tué",
        "retrouvé",
        "déposé",
        "décédé",
        "achevé",
        "entamé",
        "débuté",
        "commencé",
        "révélé",
        "examiné",
        "jugé",
        "inhumé",
        "relâché",
        "libéré",
        "hospitalisé",
        "intercepté",
        "mené",
        "réalisé",
        "rejeté",
        "approuvé",
        "évacué",
        "survenu",
    ];
    let stem = reading.form(index).trim_end_matches('s');
    let stem = stem.strip_suffix('e').unwrap_or(stem);
    reading.tongue == Tongue::French
        && DONE.contains(&stem)
        && !matches!(
            reading.form_before(index, 1),
            "être" | "est" | "sont" | "soit" | "soient" | "un" | "l'" | "cet"
        )
}

#[rustfmt::skip]
fn verb(reading: &Reading<'_>, index: usize) -> Option<Toward> {
    let form = reading.form(index);
    if !reading.is_kind(index, Kind::Word) {
        return None;
    }
    match reading.tongue {
        Tongue::French => match form {
            // Était prévu lundi: what was planned did not come, or is over.
            "prévu" | "prévue" | "prévus" | "prévues" | "attendu" | "attendue" | "attendus" | "attendues"
                if matches!(reading.form_before(index, 1), "initialement" | "originellement" | "était" | "étaient") =>
            {
                None
            }
            // S'est imposé, se sont réunis; est tombé, but *est attendu* is to come.
            "est" | "sont" if matches!(reading.form_before(index, 1), "s'" | "se") => Some(Toward::Past),
            "est" | "sont" if is_past_of_being(reading.form(index + 1)) => Some(Toward::Past),
            "a" | "ont" | "avait" | "avaient" | "était" | "étaient" | "fut" | "furent" | "a-t-il" | "eu" | "mort" | "morte"
            | "décédé" | "décédée" => Some(Toward::Past),
            "fera" | "feront" | "ira" | "iront" | "sera" | "seront" | "aura" | "auront" | "va" | "vont" | "doit" | "doivent" | "devrait" | "devraient" | "prévu"
            | "prévue" | "prévus" | "prévues" | "attendu" | "attendue" | "attendus" | "attendues" | "prochain" | "compte"
            | "comptent" | "prévoit" | "prévoient" => Some(Toward::Future),
            _ if form.chars().count() > 4 && (form.ends_with("era") || form.ends_with("eront") || form.ends_with("ira")
                || form.ends_with("iront") || form.ends_with("dra") || form.ends_with("dront")) => Some(Toward::Future),
            // The conditional looks ahead: *pourrait être voté lundi*; *serait* may do both.
            "pourrait" | "pourraient" => Some(Toward::Future),
            "serait" | "seraient" => None,
            _ if form.ends_with("erait") || form.ends_with("eraient") => Some(Toward::Future),
            "souhait" | "portrait" | "extrait" | "retrait" | "attrait" | "connait" | "paraît" | "connaît" | "satisfait"
            | "parfait" | "bienfait" | "forfait" => None,
            _ if form.chars().count() > 5 && (form.ends_with("ait") || form.ends_with("aient")) => Some(Toward::Past),
            _ => None,
        },
        Tongue::English => match form {
            // It will be held, it is to be held: the auxiliary decides.
            _ if matches!(reading.form_before(index, 1), "be" | "being") => None,
            "be" if reading.form_before(index, 1) == "to" => Some(Toward::Future),
            // The same word in the present and the past, and behind *will* and *to*.
            "beat" | "hit" | "cut" | "put" | "set" | "shut" => (!matches!(
                reading.form_before(index, 1),
                "will" | "would" | "to" | "can" | "could" | "may" | "might" | "must" | "should" | "shall" | "not" | "the" | "a"
            ))
            .then_some(Toward::Past),
            "was" | "were" | "struck" | "broke" | "became" | "gave" | "brought" | "built" | "sent" | "led" | "spoke" | "drew"
            | "ran" | "sold" | "shot" | "flew" | "had" | "said" | "told" | "did" | "met" | "won" | "lost" | "fell" | "rose"
            | "went" | "came" | "saw" | "made" | "took" | "began" | "died" | "left" | "got" | "held" => Some(Toward::Past),
            "will" | "would" | "shall" | "ll" | "i'll" | "we'll" | "he'll" | "she'll" | "they'll" | "you'll" | "scheduled"
            | "due" | "expected" | "plans" | "plan" | "planned" | "going" | "upcoming" | "should" | "must" | "please" => {
                Some(Toward::Future)
            }
            _ if form.len() > 4 && form.ends_with("ed") => Some(Toward::Past),
            _ => None,
        },
        // Si è votato; but *è convocata* may be to come.
        Tongue::Italian
            if matches!(form, "è" | "sono") && matches!(reading.form_before(index, 1), "si" | "s'") =>
        {
            Some(Toward::Past)
        }
        _ => reading.calendar?.tense(form),
    }
}

/// Whether a participle makes its past with *être*.
fn is_past_of_being(form: &str) -> bool {
    const STEMS: [&str; 19] = [
        "tombé",
        "arrivé",
        "parti",
        "venu",
        "allé",
        "devenu",
        "revenu",
        "entré",
        "sorti",
        "resté",
        "monté",
        "descendu",
        "intervenu",
        "survenu",
        "apparu",
        "rentré",
        "passé",
        "parvenu",
        "né",
    ];
    STEMS
        .iter()
        .any(|stem| form.strip_prefix(stem).is_some_and(|ending| matches!(ending, "" | "e" | "s" | "es")))
}
