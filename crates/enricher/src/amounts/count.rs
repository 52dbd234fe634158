//! What is counted? *1 000 baies de serveurs*, *300 people*.
//!
//! There is no part-of-speech tagger here. A noun is taken where its plural shows, and nothing where it does not.

use document::Span;

use super::rate::rate;
use crate::reading::words::{CalendarWord, NumberWord, Period};
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// What a number counts.
pub(crate) struct Counted {
    /// The noun.
    pub(crate) noun: Span,
    /// One past the last piece of the noun, or of the rate.
    pub(crate) end: usize,
    /// UCUM unit of time.
    pub(crate) per: Option<&'static str>,
}

/// The plural noun at this piece, with the rate that may follow its complements.
pub(crate) fn counted(reading: &Reading<'_>, start: usize) -> Option<Counted> {
    let mut at = start;
    if is_people(reading, at) {
        let (per, end) = rate(reading, at + 1).map_or((None, at + 1), |(per, end)| (Some(per), end));
        return Some(Counted { noun: reading.span(at, at + 1), end, per });
    }
    // Tous deux situés, toutes trois âgées: both of them are nothing that is counted.
    let all = reading.tongue == Tongue::French
        && start.checked_sub(1).is_some_and(|number| {
            reading.number_word(number).is_some()
                && matches!(reading.form_before(number, 1), "tous" | "toutes")
        });
    if !stands(reading, at) || all {
        return None;
    }
    // Adjectives that go before: three *new* plants, trois *nouvelles* usines.
    let adjective = match reading.tongue {
        Tongue::French => is_french_adjective(reading.form(at)),
        Tongue::English => !is_plural(reading, at) && is_english_adjective(reading, at),
        _ => return None,
    };
    // Trois jeunes fauchés are three young people.
    let young = adjective && reading.form(at) == "jeunes" && is_participle(reading.form(at + 1));
    at += usize::from(adjective && !young);
    let form = reading.form(at);
    let other = reading.tongue == Tongue::French
        && ((adjective && !young && is_french_adjective(form)) || is_elliptic(form));
    if !stands(reading, at) || !is_plural(reading, at) || other {
        return None;
    }
    let noun = reading.span(at, at + 1);
    let end = at + 1;
    let (per, end) = rate_after_complements(reading, end).map_or((None, end), |(per, end)| (Some(per), end));
    Some(Counted { noun, end, per })
}

/// Whether a plural noun stands at this piece.
pub(crate) fn follows(reading: &Reading<'_>, at: usize) -> bool {
    stands(reading, at) && is_plural(reading, at) && !is_french_adjective(reading.form(at))
}

/// Whether the inhabitants of somewhere are counted by the million: *67 millions de Français*, *45 million Americans*.
fn is_people(reading: &Reading<'_>, at: usize) -> bool {
    let joint = match reading.tongue {
        Tongue::French => matches!(reading.form_before(at, 1), "de" | "d'"),
        Tongue::English => false,
        _ => return false,
    };
    let behind_scale = at.checked_sub(1 + usize::from(joint)).is_some_and(|scale| {
        matches!(reading.number_word(scale), Some(NumberWord::Scale { .. } | NumberWord::Collective { .. }))
    });
    let name = |at: usize| {
        reading.get(at).is_some_and(|piece| {
            piece.kind == Kind::Word
                && piece.case == Case::Title
                && piece.end - piece.start > 4
                && !piece.line
        })
    };
    (joint || reading.tongue == Tongue::English)
        && behind_scale
        && name(at)
        && !name(at + 1)
        && is_plural(reading, at)
}

/// Whether a word in small letters that is no word of grammar stands here.
fn stands(reading: &Reading<'_>, at: usize) -> bool {
    reading.get(at).is_some_and(|piece| {
        piece.kind == Kind::Word
            && piece.case == Case::Lower
            && (piece.spaced || reading.form_before(at, 1) == "d'")
            && !piece.line
            && piece.meaning.number.is_none()
            && !is_calendar(piece.meaning.calendar)
            && piece.end - piece.start > 2
            && !is_grammar(reading.tongue, reading.form(at))
    })
}

fn is_calendar(word: Option<CalendarWord>) -> bool {
    matches!(
        word,
        Some(
            CalendarWord::Month { .. }
                | CalendarWord::Day(_)
                | CalendarWord::Opening
                | CalendarWord::Unit(Period::Day | Period::Month | Period::Year)
        )
    )
}

fn is_plural(reading: &Reading<'_>, at: usize) -> bool {
    let form = reading.form(at);
    match reading.tongue {
        Tongue::French => form.ends_with(['s', 'x']) && !form.ends_with("ment"),
        _ => {
            matches!(
                form,
                "people" | "men" | "women" | "children" | "police" | "staff" | "households" | "data"
            ) || (form.ends_with('s')
                && !form.ends_with("ss")
                && !form.ends_with("us")
                && !form.ends_with("is"))
        }
    }
}

#[rustfmt::skip]
fn is_french_adjective(form: &str) -> bool {
    matches!(form,
        "nouveaux" | "nouvelles" | "grands" | "grandes" | "petits" | "petites" | "autres" | "premiers" | "premières"
        | "derniers" | "dernières" | "prochains" | "prochaines" | "jeunes" | "vieux" | "vieilles" | "gros" | "grosses"
        | "bons" | "bonnes" | "meilleurs" | "meilleures" | "beaux" | "belles" | "longs" | "longues" | "principaux"
        | "principales" | "anciens" | "anciennes" | "futurs" | "futures" | "différents" | "différentes" | "mêmes"
        | "vrais" | "vraies" | "simples" | "hauts" | "hautes" | "mauvais" | "mauvaises" | "véritables" | "énormes"
        | "divers" | "diverses" | "petit" | "seuls" | "seules" | "courts" | "courtes"
        | "forts" | "fortes" | "lourds" | "lourdes" | "vastes" | "nombreux" | "nombreuses" | "célèbres" | "rares" | "brefs"
        | "brèves" | "terribles" | "éventuels" | "éventuelles" | "supposés" | "fameux" | "fameuses"
        | "portés" | "portées" | "courageux" | "courageuses")
}

fn is_participle(form: &str) -> bool {
    form.ends_with("és") || form.ends_with("ées")
}

/// Participles and adjectives that say what became of what was counted before, and are no nouns: *sur 14 essais, 10
/// réussis*. People who are called so (*12 blessés*, *25 élus*) are counted.
#[rustfmt::skip]
fn is_elliptic(form: &str) -> bool {
    let stem = form.strip_suffix("es").or_else(|| form.strip_suffix('s')).unwrap_or(form);
    // Nouns that only look so.
    !matches!(form, "produits" | "traités") && matches!(stem,
        "réussi" | "échoué" | "raté" | "manqué" | "validé" | "invalidé" | "refusé" | "accepté" | "adopté" | "rejeté" | "approuvé"
        | "achevé" | "terminé" | "fini" | "vendu" | "acheté" | "livré" | "construit" | "détruit" | "prévu" | "confirmé" | "signé"
        | "testé" | "réuni" | "obtenu" | "gagné" | "perdu" | "marqué" | "encaissé" | "transformé" | "tenté" | "publié" | "ouvert"
        | "fermé" | "restant" | "supplémentaire" | "positif" | "positiv" | "négatif" | "négativ" | "favorable" | "défavorable"
        | "opposé" | "consécutif" | "consécutiv" | "annulé" | "reporté" | "maintenu" | "supprimé" | "créé" | "recensé"
        | "enregistré" | "constaté" | "déclaré" | "traité" | "examiné" | "utilisé" | "installé" | "exporté" | "importé"
        | "distribué" | "produit" | "compri" | "possible" | "disponible" | "identique" | "suivant" | "précédent" | "plein" | "vide"
        | "neuf" | "neuv" | "occupé" | "loué" | "rénové" | "équipé" | "payé" | "gratuit" | "payant" | "inclu" | "exclu" | "retenu"
        | "classé" | "jugé" | "proposé" | "estimé" | "situé" | "âgé" | "promi" | "annoncé" | "envisagé" | "demandé" | "exigé"
        | "évoqué" | "choqué" | "cassé" | "rempli" | "atteint" | "pourvu")
}

/// Whether a plural follows what can be an adjective: *two dead people*, not *30 in houses*.
fn is_english_adjective(reading: &Reading<'_>, at: usize) -> bool {
    let form = reading.form(at);
    !form.ends_with("ly") && stands(reading, at + 1) && is_plural(reading, at + 1)
}

#[rustfmt::skip]
fn is_grammar(tongue: Tongue, form: &str) -> bool {
    match tongue {
        Tongue::French => matches!(form,
            "dans" | "sous" | "plus" | "moins" | "puis" | "mais" | "pas" | "très" | "vers" | "après" | "dès" | "sans"
            | "jamais" | "toujours" | "alors" | "depuis" | "lors" | "hors" | "aux" | "eux" | "ceux" | "nous" | "vous"
            | "ils" | "elles" | "les" | "des" | "ses" | "ces" | "mes" | "tes" | "nos" | "vos" | "fois" | "près"
            | "sommes" | "suis" | "êtes" | "avons" | "mis" | "pris" | "compris" | "permis" | "soumis" | "remis"
            | "transmis" | "commis" | "parmi" | "envers" | "travers" | "certes" | "ailleurs" | "surtout" | "celles"
            | "quels" | "quelles" | "leurs" | "tous" | "toutes" | "plusieurs" | "certains" | "certaines" | "dus"
            | "jours" | "mois" | "ans" | "heures" | "points" | "dehors" | "exprès" | "désormais" | "néanmoins"
            | "peux" | "veux" | "deux" | "mieux" | "prix" | "choix" | "cours" | "hors-série" | "corps"
            | "temps" | "procès" | "succès" | "accès" | "progrès" | "repas" | "cas" | "dos" | "os" | "pays-bas"
            | "reprises" | "bis" | "quelques" | "locales" | "au-dessus" | "au-dessous" | "tiers" | "quarts" | "cinquièmes" | "sixièmes" | "septièmes" | "huitièmes" | "neuvièmes" | "dixièmes"
            | "centièmes" | "millièmes" | "dizaines" | "lorsque" | "tandis" | "sauf" | "chez" | "avec" | "pour" | "entre" | "puisque"),
        _ => matches!(form,
            "is" | "was" | "has" | "does" | "this" | "its" | "his" | "hers" | "ours" | "theirs" | "yours" | "as" | "us"
            | "always" | "perhaps" | "versus" | "times" | "says" | "goes" | "towards" | "besides" | "across" | "unless"
            | "sometimes" | "afterwards" | "and" | "the" | "that" | "with" | "from" | "for" | "were" | "are" | "had"
            | "have" | "will" | "would" | "could" | "should" | "may" | "might" | "can" | "when" | "while" | "who"
            | "which" | "what" | "but" | "not" | "than" | "then" | "there" | "their" | "they" | "them" | "into" | "onto"
            | "over" | "under" | "about" | "after" | "before" | "between" | "during" | "since" | "until" | "because"
            | "though" | "although" | "among" | "against" | "said" | "say" | "told" | "did" | "been" | "being" | "other"
            | "others" | "more" | "most" | "less" | "few" | "all" | "both" | "each" | "every" | "per" | "out" | "off"
            | "down" | "also" | "only" | "just" | "even" | "still" | "such" | "some" | "any" | "our" | "your" | "her"
            | "him" | "she" | "you" | "where" | "why" | "how" | "now" | "here" | "years" | "points" | "means" | "minus"
            | "plus" | "dollars" | "yes" | "thus" | "whereas" | "of" | "in" | "on" | "at" | "by" | "to" | "or" | "if"
            | "so" | "up" | "be" | "we" | "it" | "he" | "do" | "an" | "percent" | "whose" | "has-been" | "later" | "ago"
            | "took" | "made" | "died" | "left" | "came" | "went" | "got" | "let" | "via" | "near" | "once" | "ways" | "thirds"
            | "quarters" | "fifths" | "sixths" | "sevenths" | "eighths" | "ninths" | "tenths" | "hundredths" | "thousandths"),
    }
}

/// The rate behind a noun or a unit and what belongs to it: *baies [de serveurs IA] par semaine*, *tonnes [of green
/// hydrogen] per year*, *euros nets par mois*.
pub(super) fn rate_after_complements(reading: &Reading<'_>, start: usize) -> Option<(&'static str, usize)> {
    // Behind *de* stands a noun and what describes it.
    let mut inside = false;
    for at in start..start + COMPLEMENTS {
        if let Some((per, end)) = rate(reading, at) {
            return Some((per, end));
        }
        let piece = reading.get(at).filter(|piece| {
            matches!(piece.kind, Kind::Word | Kind::Mixed) && !piece.line && piece.meaning.number.is_none()
        })?;
        let form = reading.form(at);
        let joins = matches!(form, "de" | "d'" | "en" | "of" | "in");
        // *Vélos et trottinettes par an*: both.
        let row = at == start && matches!(form, "et" | "and");
        inside |= joins || row;
        let acronym = piece.case == Case::Upper || piece.kind == Kind::Mixed;
        let described = match reading.tongue {
            Tongue::French => form.ends_with(['s', 'x']) || matches!(form, "net" | "brut"),
            Tongue::English => form.ends_with("ed"),
            _ => false,
        };
        let complement = inside && (matches!(form, "et" | "and" | "l'") || !is_clause(reading.tongue, form));
        if !joins && !acronym && !described && !complement {
            return None;
        }
    }
    None
}

/// How far a rate may stand from its noun, in pieces.
const COMPLEMENTS: usize = 7;

/// Whether a word goes on with something else than what describes a noun: a verb, a pronoun, a preposition.
fn is_clause(tongue: Tongue, form: &str) -> bool {
    is_grammar(tongue, form)
        || match tongue {
            Tongue::French => matches!(
                form,
                "est"
                    | "sont"
                    | "a"
                    | "ont"
                    | "était"
                    | "sera"
                    | "seront"
                    | "avait"
                    | "peut"
                    | "doit"
                    | "qui"
                    | "que"
                    | "qu'"
                    | "dont"
                    | "où"
                    | "à"
                    | "au"
                    | "sur"
                    | "par"
                    | "il"
                    | "elle"
                    | "on"
                    | "se"
                    | "ne"
                    | "et"
                    | "ou"
                    | "soit"
                    | "contre"
                    | "pendant"
                    | "durant"
                    | "selon"
                    | "si"
                    | "comme"
            ),
            _ => matches!(form, "it's" | "its" | "a" | "i" | "my" | "if" | "no" | "every" | "each" | "will"),
        }
}
