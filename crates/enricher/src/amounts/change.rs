//! Does a verb say by how much something changed? *Fell $2 to $71.30*, *stieg um 2 auf 21 Milliarden*.

use crate::reading::{Reading, Tongue};

/// That something changed by the number behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A finite verb of change says so: *fell $2 to $71.30*.
    Sure,
    /// It may as well be by about so much: *could rise $2 to $3 a barrel*, *lost $2 to $3 million*.
    Doubtful,
}

/// How many words may stand between a number and the verb of change before it.
const REACH: usize = 8;

/// Whether what begins at `from` is by how much something changed.
pub(super) fn step(reading: &Reading<'_>, from: usize) -> Option<Step> {
    let mut at = from;
    let mut up = false;
    while at > 0 && from - at < 5 && reading.joined(at, false) && is_hedge(reading.form(at - 1)) {
        at -= 1;
        up |= matches!(reading.form(at), "up" | "down") && reading.tongue == Tongue::English;
    }
    let before = at.checked_sub(1).filter(|_| reading.joined(at, false));
    let Some(before) = before else { return up.then_some(Step::Doubtful) };
    if !is_by(reading, before) {
        // *Was up $2 to $71.30.*
        if up && !is_verb(reading, before) {
            return Some(Step::Doubtful);
        }
        let verb = is_verb(reading, before);
        let transitive = || reading.tongue == Tongue::English && is_transitive(reading.form(before));
        return (verb || transitive())
            .then(|| if verb { certainty(reading, before) } else { Step::Doubtful });
    }
    // Between the verb and *by* stands what is changed: *raised its forecast by $2 billion to $21 billion*.
    let verb = (before.saturating_sub(REACH)..before)
        .rev()
        .take_while(|&at| !reading.ends_before(at + 1))
        .find(|&at| is_verb(reading, at) || is_transitive(reading.form(at)))?;
    Some(if verb + 1 == before { certainty(reading, verb) } else { Step::Doubtful })
}

/// Whether nothing but a change can be meant by the word between the two numbers: *um 2 auf 21*, *met 2 naar 21*, *2 para 21*.
pub(super) fn is_arrow(reading: &Reading<'_>, at: usize) -> bool {
    matches!(
        (reading.tongue, reading.form(at)),
        (Tongue::German, "auf") | (Tongue::Dutch, "naar") | (Tongue::Portuguese, "para")
    )
}

/// Whether the word says that a number tells by how much: *um 2 auf 21*.
pub(super) fn is_by(reading: &Reading<'_>, at: usize) -> bool {
    matches!(
        (reading.tongue, reading.form(at)),
        (Tongue::English, "by")
            | (Tongue::German, "um")
            | (Tongue::Dutch, "met")
            | (Tongue::Spanish, "en")
            | (Tongue::Italian, "di")
            | (Tongue::Portuguese, "em")
    )
}

/// Whether the verb tells of what happened, or of what may: *could rise*, *lost* of shares and of wealth.
fn certainty(reading: &Reading<'_>, verb: usize) -> Step {
    let form = reading.form(verb);
    let told = reading.tongue == Tongue::English
        && !matches!(form, "lost" | "lose" | "losing" | "gained" | "gain" | "shed" | "added")
        && !may_be(reading, verb);
    let other = !matches!(reading.tongue, Tongue::English | Tongue::French | Tongue::Dutch);
    if told || other { Step::Sure } else { Step::Doubtful }
}

/// Whether *to* or an auxiliary of what may be stands before the verb.
fn may_be(reading: &Reading<'_>, verb: usize) -> bool {
    (1..=2).any(|back| {
        matches!(
            reading.form_before(verb, back),
            "to" | "will" | "would" | "could" | "may" | "might" | "should" | "can" | "typically" | "usually"
        )
    })
}

/// Whether the word only rounds the number, or says how the verb is meant.
fn is_hedge(form: &str) -> bool {
    #[rustfmt::skip]
    const HEDGES: &[&str] = &[
        "about", "around", "nearly", "almost", "some", "more", "less", "than", "over", "just", "only", "another", "further",
        "a", "as", "much", "up", "down", "back", "an", "additional", "environ", "près", "quelque", "rund", "etwa", "knapp",
        "fast", "ungefähr", "circa", "ca.", "unos", "unas", "casi", "cerca", "quasi", "oltre", "mais", "quase", "bijna",
        "ongeveer", "ruim",
    ];
    HEDGES.contains(&form) || (form.len() > 5 && form.ends_with("ly"))
}

/// Whether the word is a verb of change.
pub(super) fn is_verb(reading: &Reading<'_>, at: usize) -> bool {
    let form = reading.form(at);
    let stems = stems(reading.tongue);
    if !stems.iter().any(|stem| form.starts_with(stem)) {
        return false;
    }
    // *Un aumento de 10 a 12 %*: what the verb is made a noun of.
    !matches!(reading.tongue, Tongue::Spanish | Tongue::Italian | Tongue::Portuguese)
        || !matches!(
            reading.form_before(at, 1),
            "un" | "una"
                | "el"
                | "la"
                | "il"
                | "l'"
                | "un'"
                | "um"
                | "uma"
                | "o"
                | "a"
                | "del"
                | "al"
                | "do"
                | "da"
                | "no"
                | "su"
                | "de"
                | "di"
                | "gran"
                | "forte"
                | "este"
                | "questo"
        )
}

/// Verbs that something is changed by: *raised its dividend by*. Alone before a sum they mean something else.
fn is_transitive(form: &str) -> bool {
    const STEMS: &[&str] =
        &["raise", "raising", "lower", "reduc", "lift", "boost", "slash", "expand", "trim"];
    matches!(form, "cut" | "cuts" | "cutting" | "hike" | "hiked")
        || STEMS.iter().any(|stem| form.starts_with(stem))
}

#[rustfmt::skip]
fn stems(tongue: Tongue) -> &'static [&'static str] {
    match tongue {
        Tongue::English => &[
            "rise", "rose", "rising", "fall", "fell", "climb", "drop", "jump", "slip", "slid", "grow", "grew", "shrink",
            "shrank", "shrunk", "increas", "decreas", "widen", "narrow", "surg", "plung", "soar", "declin", "sank", "sink",
            "sunk", "tumbl", "dipp", "eased", "easing", "edged", "inched", "swell", "leap", "rebound", "rallie",
            "slump", "skid", "retreat", "crept", "creep", "ticked", "lose", "losing", "lost", "gain", "shed", "added",
            "rocket", "skyrocket", "plummet",
        ],
        Tongue::French => &[
            "augment", "progress", "grimp", "baiss", "chut", "recul", "bondi", "gagn", "perd", "cédé", "diminu", "monté",
            "tomb", "bond", "réduit", "accru", "crû",
        ],
        Tongue::German => &[
            "stieg", "steig", "gestiegen", "anstieg", "angestiegen", "fiel", "fällt", "fallen", "gefallen", "sank", "sink",
            "gesunken", "wuchs", "wächst", "wachs", "gewachsen", "kletter", "geklettert", "schrumpf", "geschrumpft", "sprang",
            "erhöh", "verringer", "zunahm", "zugenommen", "verlor", "gewann", "gewonnen", "rutsch", "senk", "gesenkt", "reduzier",
        ],
        Tongue::Spanish => &[
            "subió", "subi", "sube", "bajó", "baja", "bajaron", "cayó", "cae", "cayeron", "caíd", "aument", "creci", "crece",
            "disminu", "descend", "retroced", "ganó", "perdi", "avanz", "increment", "dispar", "desplom", "pasó", "pasaron",
        ],
        Tongue::Italian => &[
            "salit", "sale", "salgono", "scend", "sces", "aument", "cresc", "cresciut", "diminu", "calat", "calano", "cadut",
            "perso", "persi", "guadagn", "balzat", "crollat", "ridott", "passat", "passa",
        ],
        Tongue::Portuguese => &[
            "subi", "sobe", "caiu", "caíram", "cai", "aument", "cresce", "diminu", "recu", "baix", "avanç", "perdeu", "ganhou",
            "dispar", "despenc", "passou", "passaram",
        ],
        Tongue::Dutch => &[
            "steeg", "stegen", "gestegen", "stijg", "daal", "gedaald", "groei", "gegroeid", "zakt", "gezakt", "toegenomen",
            "afgenomen", "verloor", "verloren",
        ],
        Tongue::Unknown => &[],
    }
}
