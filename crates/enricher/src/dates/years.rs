//! Are four figures a year? *En 2026*, *the 2018 results*, *seit 2019*; not *2000 personnes* or *le roman 1984*.

use super::edtf::Date;
use super::{Found, Meaning, absolute, tight};
use crate::reading::words::NumberWord;
use crate::reading::{Reading, Tongue};
use crate::tokens::{Case, Kind};

/// A year by itself, where something says that the figures are one.
pub(super) fn read(reading: &Reading<'_>, start: usize, last_year: Option<usize>) -> Option<Found> {
    let (year, end) = absolute::year(reading, start)?;
    let figures = reading.is_kind(start, Kind::Number);
    let touched = start > 0 && reading.joined(start, true) && !reading.pieces()[start].line;
    let dashed = last_year.is_some_and(|last| last + 1 == start)
        && matches!(reading.form_before(start, 1), "-" | "–" | "/");
    if touched
        && !dashed
        && !matches!(
            reading.form_before(start, 1),
            "(" | "[" | "d'" | "l'" | "'" | "\"" | "«" | "=" | ">" | "<" | "mid" | "mi" | "early" | "late"
        )
    {
        return None;
    }
    // 2019-123 is the number of a decree.
    let numbered = tight(reading, end, &["-", "/"])
        && reading.is_kind(end + 1, Kind::Number)
        && !matches!(reading.word(end + 1).len(), 2 | 4);
    // So is 2014/65 that of a directive.
    let law = tight(reading, end, &["/", "-"])
        && matches!(
            reading.form_before(start, 1),
            "directive"
                | "règlement"
                | "décret"
                | "loi"
                | "ordonnance"
                | "arrêté"
                | "décision"
                | "résolution"
                | "regulation"
        );
    if numbered || law {
        return None;
    }
    let before = reading.form_before(start, 1);
    // A year that a list, a range or a comparison goes on with: *2007 and 2009*, *de 2012 à 2014*.
    let listed = last_year.is_some_and(|last| start >= last && start - last <= 3)
        && (dashed
            || matches!(
                before,
                "et" | "à"
                    | "ou"
                    | "and"
                    | "to"
                    | "or"
                    | ","
                    | "y"
                    | "e"
                    | "und"
                    | "bis"
                    | "a"
                    | "en"
                    | "but"
                    | "not"
                    | "puis"
            ));
    let cue = cue(reading, start, before);
    let strong = matches!(cue, Some(Cue::Strong)) || listed;
    let in_range = if strong { (1000..2200).contains(&year) } else { (1800..2100).contains(&year) };
    if !in_range || (cue.is_none() && !listed) || (!figures && !strong) {
        return None;
    }
    // 2000 mètres, 1900 domiciles: what is counted is no year.
    let next = reading.form(end);
    let measured = reading.joined(end, false)
        && (matches!(
            next,
            "%" | "€"
                | "$"
                | "£"
                | "m"
                | "km"
                | "kg"
                | "g"
                | "ha"
                | "mw"
                | "w"
                | "°"
                | "people"
                | "°c"
                | "personnes"
                | "euros"
                | "dollars"
        ) || matches!(reading.number_word(end), Some(NumberWord::Scale { .. })));
    // En 2000 exemplaires; but *in 2019 sales fell* goes on without a comma.
    let counts = crate::amounts::counts(reading, end);
    let counted = match reading.tongue {
        Tongue::French => counts && !matches!(before, "année" | "an" | "saison" | "exercice" | "édition"),
        // The 2024 elections are held in it; the 2000 people are not.
        Tongue::English => {
            let before_noun = matches!(before, "the" | "its" | "their" | "our" | "his" | "her");
            counts && !strong && (!before_noun || reading.word(start).ends_with("00"))
        }
        _ => reading.get(end).is_some_and(|next| {
            next.kind == Kind::Word && !next.line && !next.sentence && may_be_counted(reading, end)
        }),
    };
    if measured || counted {
        return None;
    }
    let approximate = matches!(before, "vers" | "circa" | "ca");
    let date = Date { approximate, ..Date::of_year(year) };
    Some(Found { start, end, meaning: Meaning::date(date) })
}

/// Whether a word behind figures can be a noun that they count, in a language whose nouns are not told from other words.
fn may_be_counted(reading: &Reading<'_>, at: usize) -> bool {
    let form = reading.form(at);
    if is_grammar(form) || reading.calendar.is_some_and(|calendar| calendar.tense(form).is_some()) {
        return false;
    }
    match reading.tongue {
        Tongue::German => reading.get(at).is_some_and(|next| next.case != Case::Lower),
        // What is counted has its plural.
        Tongue::Spanish | Tongue::Portuguese => form.ends_with('s'),
        Tongue::Dutch => form.ends_with('s') || form.ends_with("en"),
        _ => true,
    }
}

/// Articles, prepositions and auxiliaries of German, Spanish, Italian, Portuguese and Dutch.
#[rustfmt::skip]
fn is_grammar(form: &str) -> bool {
    matches!(form,
        "der" | "die" | "das" | "den" | "dem" | "ein" | "eine" | "und" | "in" | "im" | "mit" | "von" | "für" | "auf" | "bei" | "als"
        | "wurde" | "wurden" | "wird" | "war" | "waren" | "hat" | "hatte" | "ist" | "sind" | "dort" | "gab" | "el" | "la" | "los" | "las"
        | "un" | "una" | "y" | "o" | "de" | "del" | "en" | "con" | "por" | "para" | "se" | "fue" | "ha" | "que" | "il" | "lo" | "gli" | "le"
        | "e" | "di" | "da" | "a" | "al" | "che" | "per" | "erano" | "era" | "os" | "as" | "um" | "uma" | "do" | "em" | "com" | "foi"
        | "no" | "na" | "het" | "een" | "van" | "op" | "met" | "door" | "voor" | "werd" | "werden" | "is" | "zijn" | "had" | "om" | "er")
}

/// How sure the words before four figures make it that they are a year.
enum Cue {
    /// Only a year goes there, or hardly anything else.
    Strong,
    /// A number could go there too.
    Weak,
}

#[rustfmt::skip]
fn cue(reading: &Reading<'_>, start: usize, before: &str) -> Option<Cue> {
    let before_that = reading.form_before(start, 2);
    match reading.tongue {
        Tongue::French => match before {
            "en" | "depuis" | "dès" | "année" | "l'année" | "an" | "saison" | "exercice" | "édition" | "période" | "horizon"
            | "fin" | "début" | "mi" | "courant" | "avant" | "après" | "millésime" | "rentrée" | "campagne" | "ici" => Some(Cue::Strong),
            // D'ici à 2030, jusqu'à 2030.
            "à" if matches!(before_that, "ici" | "jusqu'") => Some(Cue::Strong),
            "entre" | "vers" | "pour" | "budget" | "circa" | "éditions" => Some(Cue::Weak),
            "de" | "du" | "d'" if !names_event(reading, start) => {
                let counted = matches!(before_that, "plus" | "moins" | "près" | "loin" | "bilan" | "état" | "total" | "autour" | "nombre" | "ordre"
                    // Of the book of that name.
                    | "exemplaires" | "lecture" | "adaptation" | "auteur");
                (!counted).then_some(Cue::Weak)
            }
            "(" => closes(reading, start + 1),
            _ => follows_noun(reading, start).then_some(Cue::Weak),
        },
        Tongue::English => match before {
            "in" | "since" | "year" | "fiscal" | "late" | "early" | "mid" | "during" | "until" | "till" | "through" | "cy" | "fy"
            | "election" | "season" => Some(Cue::Strong),
            "by" | "before" | "after" | "from" | "between" | "circa" | "on" | "than" | "=" | ">" | "<" => Some(Cue::Weak),
            "of" if matches!(before_that, "year" | "end" | "middle" | "beginning" | "start" | "sales" | "summer" | "fall" | "autumn" | "spring" | "winter"
                | "crisis" | "half" | "quarter" | "rest" | "class" | "months") => Some(Cue::Weak),
            "the" | "its" | "their" | "our" | "his" | "her" => (reading.get(start + 1).is_some_and(|next| next.kind == Kind::Word && next.case == Case::Lower)).then_some(Cue::Weak),
            "(" => closes(reading, start + 1),
            _ => None,
        },
        _ => {
            let before = (1..=3).filter_map(|back| Some(reading.get(start.checked_sub(back)?)?.hash));
            reading.calendar?.leads_year(before).then_some(Cue::Strong)
        }
    }
}

/// Whether the word before can be the noun that a year belongs to: *le circuit 2016*, *les résultats 2018*; the year of
/// a named event belongs to its name.
fn follows_noun(reading: &Reading<'_>, start: usize) -> bool {
    let recent = matches!(reading.word(start).as_bytes(), [b'1', b'9', ..] | [b'2', b'0', b'0'..=b'4', _]);
    let round = reading.word(start).ends_with("00");
    let noun = start.checked_sub(1).and_then(|before| reading.get(before)).is_some_and(|piece| {
        piece.kind == Kind::Word
            && piece.case == Case::Lower
            && piece.end - piece.start > 4
            && piece.meaning.number.is_none()
    });
    let form = reading.form_before(start, 1);
    let other = form.ends_with("er")
        || form.ends_with("ent")
        || form.ends_with("ait")
        || matches!(
            form,
            "environ"
                | "quelque"
                | "quelques"
                | "compte"
                | "dont"
                | "avec"
                | "seront"
                | "étaient"
                | "moins"
                | "jusqu'"
                | "parmi"
                | "contre"
                | "encore"
                | "toutes"
                | "autres"
                | "premiers"
                | "premières"
                | "derniers"
                | "dernières"
                | "article"
                | "numéro"
                | "route"
                | "ligne"
                | "modèle"
                | "presque"
                | "quasi"
                | "soit"
                | "recense"
                | "accueille"
                | "chaque"
                | "depuis"
                | "leurs"
                | "notre"
                | "votre"
                | "comme"
                | "entre"
                | "après"
                | "avant"
                | "pendant"
                | "durant"
                // The title of a work: *le roman 1984*.
                | "roman"
                | "romans"
                | "livre"
                | "album"
                | "série"
                | "essai"
                | "ouvrage"
                | "chanson"
                | "pièce"
                | "manga"
                | "comédie"
                | "sous"
                | "chez"
                | "vers"
        );
    recent && !round && noun && !other && !names_event(reading, start)
}

fn closes(reading: &Reading<'_>, at: usize) -> Option<Cue> {
    matches!(reading.form(at), ")" | "-" | "–" | "," | ";").then_some(Cue::Weak)
}

/// Whether *de 2018* belongs to the name of an event: *Jeux olympiques d'hiver de 2018*, *Festival d'Avignon de 2016*.
fn names_event(reading: &Reading<'_>, start: usize) -> bool {
    (1..=7)
        .map_while(|back| start.checked_sub(back))
        .map_while(|index| {
            let piece = reading.get(index)?;
            let link = matches!(reading.form(index), "de" | "d'" | "du" | "des" | "la" | "l'");
            let named = piece.case != Case::Lower && piece.case != Case::None && !piece.sentence;
            let word = piece.kind == Kind::Word && !piece.line;
            // A verb or a preposition ends the name.
            let inside = link
                || named
                || !matches!(
                    reading.form(index),
                    "à" | "en" | "pour" | "dans" | "par" | "est" | "a" | "et" | "qui" | "que"
                );
            (word && inside).then_some(named)
        })
        .any(|named| named)
}
