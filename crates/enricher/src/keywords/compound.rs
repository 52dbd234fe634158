//! Is it one term, though it stands only once? *Centre de données*, *énergie nucléaire*, *interest rates*.
//!
//! Without a part-of-speech tagger only forms are believed that hardly anything else has.

use super::{BEFORE, DETERMINER, Terms};
use crate::tokens::Kind;

impl Terms<'_> {
    /// Whether the words from a noun to `last` are one term by their form alone, and go no further.
    pub(super) fn is_compound(&self, start: usize, last: usize) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        // 18 000 panneaux photovoltaïques: a number stands before a noun too.
        let led = self.seen[before].role & (DETERMINER | BEFORE) != 0 || self.is_counted(start);
        if !led || self.tokens[start].line {
            return false;
        }
        match self.words.code {
            "fr" => self.is_french_compound(start, last),
            "en" => self.is_english_compound(start, last),
            _ => false,
        }
    }

    /// A noun with what kind of it it is: *énergie nucléaire*, *chiffre d'affaires*, *pile à combustible*.
    fn is_french_compound(&self, start: usize, last: usize) -> bool {
        let (first, end) = (self.tokens.form(start), self.tokens.form(last));
        if LIGHT.contains(&first) {
            return false;
        }
        match last - start {
            1 => is_relational(end) && !self.goes_on(last),
            2 => {
                let joint = self.tokens.form(start + 1);
                // Un prêt à taux zéro.
                let open = joint == "à" && self.seen.get(last + 1).is_some_and(|next| next.content);
                matches!(joint, "de" | "d'" | "à")
                    && !open
                    && !self.is_infinitive(last)
                    && !is_participle(end)
                    && !LIGHT.contains(&end)
                    && !self.goes_on(last)
            }
            _ => false,
        }
    }

    /// Whether the word behind a term is joined to it, so that the term would be cut short.
    fn goes_on(&self, last: usize) -> bool {
        let next = last + 1;
        let hyphen = matches!(self.tokens.form(next), "-" | "/") && !self.tokens[next].spaced;
        // Conseil départemental de l'Hérault; but *énergie nucléaire en France*.
        let joined = matches!(self.tokens.form(next), "de" | "d'" | "du" | "des")
            || self.tokens.get(next).is_some_and(|next| !next.sentence && !next.line)
                && is_relational(self.tokens.form(next));
        hyphen || joined
    }

    /// Two or three words that nothing parts, before a mark, a preposition, an auxiliary or a verb of the past: *interest
    /// rates are*.
    fn is_english_compound(&self, start: usize, last: usize) -> bool {
        let plain = (start..=last).all(|index| {
            let form = self.tokens.form(index);
            // What ends in s inside is a verb as a rule: *software detects attacks*.
            let verb = form.ends_with("ed") || (index < last && form.ends_with('s') && !form.ends_with("ss"));
            self.tokens[index].kind == Kind::Word
                && self.seen[index].content
                && !verb
                && !form.ends_with("ly")
        });
        let next = self.tokens.form(last + 1);
        let ended = self.tokens.get(last + 1).is_none_or(|mark| {
            mark.sentence || mark.line || matches!(next, "." | "," | ";" | ":" | "!" | "?" | ")")
        });
        let closed = ended || next.ends_with("ed") || BEHIND.contains(&next);
        let hyphen = matches!(next, "-" | "'s");
        plain && last - start <= 2 && !self.tokens.form(last).ends_with("ing") && closed && !hyphen
    }
}

/// English words that stand behind a noun, and before none that would go on with it.
const BEHIND: [&str; 44] = [
    "of", "in", "on", "at", "for", "with", "from", "to", "by", "and", "or", "is", "are", "was", "were",
    "will", "has", "have", "had", "can", "could", "would", "may", "that", "which", "after", "before",
    "during", "since", "gave", "fell", "rose", "said", "made", "took", "went", "came", "saw", "began",
    "became", "grew", "met", "won", "lost",
];

/// Nouns that say little of what follows *de*: *baisse de*, *série de*.
const LIGHT: [&str; 47] = [
    "dizaine",
    "douzaine",
    "quinzaine",
    "vingtaine",
    "trentaine",
    "centaine",
    "millier",
    "baisse",
    "hausse",
    "augmentation",
    "création",
    "ouverture",
    "arrivée",
    "départ",
    "départs",
    "absence",
    "besoin",
    "manque",
    "série",
    "liste",
    "groupe",
    "équipe",
    "quantité",
    "arrêt",
    "retour",
    "échec",
    "perte",
    "prise",
    "remise",
    "mort",
    "vie",
    "millions",
    "demande",
    "recherche",
    "volonté",
    "ville",
    "région",
    "village",
    "pays",
    "ministre",
    "président",
    "directeur",
    "maire",
    "accord",
    "avis",
    "présence",
    "attente",
];

/// Whether a word ends like a French adjective that tells kinds apart: *nucléaire*, *climatique*, *immobilier*.
fn is_relational(form: &str) -> bool {
    // Verbs that end so, and adjectives that tell none apart.
    const OTHER: [&str; 35] = [
        "indique",
        "explique",
        "communique",
        "applique",
        "critique",
        "implique",
        "fabrique",
        "revendique",
        "pratique",
        "provoque",
        "appelle",
        "rappelle",
        "signale",
        "arrive",
        "prive",
        "dérive",
        "active",
        "motive",
        "cultive",
        "faire",
        "plaire",
        "taire",
        "extraire",
        "satisfaire",
        "isole",
        "console",
        "annuel",
        "annuelle",
        "total",
        "totale",
        "actuel",
        "actuelle",
        "public",
        "finale",
        "ancien",
    ];
    let stem = form.strip_suffix('s').unwrap_or(form);
    let endings = [
        "ique", "aire", "al", "ale", "el", "elle", "if", "ive", "ienne", "ien", "ier", "ière", "icole",
        "ole", "ogène",
    ];
    let ends =
        endings.iter().any(|ending| stem.ends_with(ending)) || form.ends_with("aux") || form.ends_with("ics");
    form.chars().count() > 5 && ends && !OTHER.contains(&stem)
}

fn is_participle(form: &str) -> bool {
    ["é", "ée", "és", "ées"].iter().any(|ending| form.ends_with(ending))
}
