//! Who wrote it: the people that a byline names, without "by", roles, outlets, addresses and handles.

mod firm;
mod outlet;
mod turned;

use crate::lexicon::{Folded, Lexicon, WordSet, fold};

pub(crate) use self::firm::{is_firm, is_short_surname, with_whole_forms};
pub(crate) use self::outlet::{is_outlet_name, is_site_name, without_outlet};
pub(crate) use self::turned::turned;

/// A byline longer than this, in bytes, is a sentence.
const BYLINE_MAX: usize = 400;

/// A line of names longer than this, in bytes, says something else too.
const NAMES_MAX: usize = 120;

/// The people named in a byline that has been cut free of its label ("by").
///
/// Outlets, desks and agencies are no people and are left out. A name has two to six words; one word alone may
/// be anything, and is left out too.
pub(crate) fn people(byline: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut names = Vec::new();
    if byline.len() <= BYLINE_MAX {
        let mut folded = Folded::default();
        let byline = with_whole_forms(byline, lexicon);
        let byline = without_place_of_outlet(&byline);
        for part in byline.split([',', ';', '&', '|', '/', '·', '•', '\n', '(', ')', '–', '—', '+']) {
            for name in between_ands(part, lexicon, &mut folded) {
                if let Some(name) = person(name, lexicon, &mut folded)
                    && !names.contains(&name)
                {
                    names.push(name);
                }
            }
        }
    }
    // "Ann Lee, HOLMTIMES Asia": beside people in small letters, what begins in capitals is an outlet.
    if names.len() > 1 && names[0].split(' ').all(|word| word.contains(char::is_lowercase)) {
        names.retain(|name| !begins_in_capitals(name, lexicon));
    }
    names
}

/// A byline without the place behind an outlet's name: "Ana Ruiz, N1 AC — Belo Horizonte".
fn without_place_of_outlet(byline: &str) -> &str {
    match byline.split_once(" — ") {
        Some((named, place)) if named.contains(',') && !place.contains([',', '—']) => named,
        _ => byline,
    }
}

/// Whether the first of two words alone is in capitals, and the second is no given name: "LAM Zoé" is a person.
fn begins_in_capitals(name: &str, lexicon: &Lexicon) -> bool {
    name.split_once(' ').is_some_and(|(first, second)| {
        first.len() >= CAPITALS_MIN
            && first.bytes().all(|byte| byte.is_ascii_uppercase())
            && second.contains(char::is_lowercase)
            && !second.contains(' ')
            && !is_given_name(second, lexicon)
            && !is_given_name(first, lexicon)
    })
}

/// Letters of an outlet's name in capitals; surnames in them are mostly shorter.
const CAPITALS_MIN: usize = 6;

/// Whether `text` is nothing but people's names.
pub(crate) fn is_people(text: &str, lexicon: &Lexicon) -> bool {
    if text.len() > NAMES_MAX || text.contains(['.', ':', '?', '!', '(', '"', '«']) && !text.contains(". ") {
        return false;
    }
    let names = people(text, lexicon);
    let said: usize = names.iter().map(|name| name.split_whitespace().count()).sum();
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let words = text.split_whitespace().filter(is_word).count();
    // A title is no other word: "Dr. Ann Lee".
    let is_title = |word: &&str| lexicon.has(WordSet::Degrees, &fold(word));
    said > 0
        && (words < said + names.len()
            || words - text.split_whitespace().filter(is_title).count() < said + names.len())
}

/// Whether `text` is people's names and where they write from: "Ann Lee in Oslo", "Zoé Lam à Holm".
pub(crate) fn is_people_in_place(text: &str, lexicon: &Lexicon) -> bool {
    if text.len() > NAMES_MAX || text.contains(['.', ':', '?', '!']) {
        return false;
    }
    // "Ann Lee in Oslo and Bo Ek in Holm".
    let parts = between_ands(text, lexicon, &mut Folded::default());
    if parts.len() == 2 && is_in_place(parts[0], lexicon) {
        return is_in_place(parts[1].trim_start(), lexicon);
    }
    is_in_place(text, lexicon)
}

fn is_in_place(text: &str, lexicon: &Lexicon) -> bool {
    let is_small = |word: &str| word.chars().all(char::is_lowercase) && word.len() <= PREPOSITION_BYTES_MAX;
    let joins =
        |word: &str| [WordSet::And, WordSet::Particles].iter().any(|set| lexicon.has(*set, &fold(word)));
    let Some(preposition) = text.split_whitespace().rfind(|word| is_small(word) && !joins(word)) else {
        return false;
    };
    let at = preposition.as_ptr() as usize - text.as_ptr() as usize;
    let (names, place) = (&text[..at], text[at + preposition.len()..].trim());
    let is_place = place.split_whitespace().count() <= PLACE_WORDS_MAX
        && place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let first = names.split_whitespace().next().unwrap_or_default();
    let names = names.trim_end().trim_end_matches(',');
    !place.is_empty() && is_place && is_given_name(first, lexicon) && is_people(names, lexicon)
}

/// Bytes of a word before a place, and words of that.
const PREPOSITION_BYTES_MAX: usize = 3;
const PLACE_WORDS_MAX: usize = 3;

/// Whether `text` is people's names and whom they write for: "Ann Lee and Bo Ek | Associated Press", "Zoé Lam (avec AFP)".
pub(crate) fn is_people_of_outlet(text: &str, lexicon: &Lexicon) -> bool {
    if text.len() > NAMES_MAX {
        return false;
    }
    let mut folded = Folded::default();
    let mut names = text;
    // Each turn takes an outlet off the end.
    loop {
        let end = names.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let Some(at) = before_agency(&names[..end], lexicon)
            .or_else(|| names[..end].rfind(['|', ',', '/', '·', '•', '(', '–', '—', '-']))
        else {
            return false;
        };
        let outlet = names[at..end].trim_start_matches(|c: char| !c.is_alphanumeric());
        folded.fold(outlet);
        if !is_outlets(&folded, outlet.starts_with(char::is_uppercase), lexicon) {
            return false;
        }
        names = names[..at].trim_end();
        if is_people(names, lexicon) {
            return true;
        }
    }
}

/// Where the word stands that joins an agency to the names before it: "Ann Lee and Reuters".
fn before_agency(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let (rest, agency) = text.rsplit_once(' ')?;
    let (names, and) = rest.rsplit_once(' ')?;
    let joins = lexicon.has(WordSet::And, &fold(and)) && lexicon.has(WordSet::Agencies, &fold(agency));
    joins.then_some(names.len())
}

/// Whether folded words are the names of agencies or outlets, and words that join them: "avec Reuters et AFP".
fn is_outlets(folded: &Folded, in_capitals: bool, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = folded.words().collect();
    let names = || words.split(|word| lexicon.has(WordSet::And, word)).filter(|name| !name.is_empty());
    let is_one = |name: &[&str]| {
        lexicon.has(WordSet::Agencies, &name.join(" "))
            || in_capitals && name.len() <= 4 && name.iter().any(|word| lexicon.is_outlet(word))
            || in_capitals && is_outlet_name(&name.join(" "), lexicon)
    };
    names().next().is_some() && names().all(is_one)
}

/// Whether `text` names agencies and nothing else: "Avec AFP et Reuters", "EFE y ANSA".
pub(crate) fn is_agencies(text: &str, lexicon: &Lexicon) -> bool {
    if text.len() > AGENCIES_MAX {
        return false;
    }
    let mut folded = Folded::default();
    folded.fold(text);
    let words: Vec<&str> = folded.words().collect();
    let joins = |word: &&str| lexicon.has(WordSet::And, word) || matches!(*word, "y" | "e");
    let mut names = words.split(joins).filter(|name| !name.is_empty()).peekable();
    names.peek().is_some() && names.all(|name| lexicon.has(WordSet::Agencies, &name.join(" ")))
}

/// Bytes of the longest line of agencies.
const AGENCIES_MAX: usize = 60;

/// Whether `text` is one name with what that person does: "Ann Lee, Arts Correspondent".
pub(crate) fn is_name_with_role(text: &str, lexicon: &Lexicon) -> bool {
    // "Zoé Lam, directrice du port, le reconnaît." is a sentence.
    if text.ends_with('.') && text.matches(',').count() > 1 {
        return false;
    }
    let mut folded = Folded::default();
    let mut is_one = |(name, office): (&str, &str)| {
        folded.fold(office);
        is_people(name, lexicon)
            && folded.len() <= OFFICE_WORDS_MAX
            && folded.words().any(|word| lexicon.has(WordSet::Roles, word))
    };
    before_sign(text).is_some_and(&mut is_one) || before_role(text, lexicon).is_some_and(is_one)
}

/// The name of a person that a line says with what that person does, and nothing else of: "Zoé Lam, journaliste au service
/// économie", but not "Zoé Lam, journaliste, raconte".
pub(crate) fn name_before_role<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    if text.len() > NAMES_MAX || text.contains([':', '?', '!', '«', '"']) || text.ends_with('.') {
        return None;
    }
    let (name, office) = before_sign(text).or_else(|| before_role(text, lexicon))?;
    let office = office.trim_end_matches(')');
    let mut words = office.split_whitespace().map(fold);
    let begins_so = words.by_ref().take(OFFICE_LEAD_WORDS).any(|word| lexicon.has(WordSet::Roles, &word));
    let is_one = begins_so && words.count() < OFFICE_WORDS_MAX && !office.contains([',', ';']);
    (is_one && is_people(name, lexicon) && people(name, lexicon).len() == 1).then_some(name)
}

/// Words of what a person does, and those among which the word for it stands.
const OFFICE_WORDS_MAX: usize = 8;
const OFFICE_LEAD_WORDS: usize = 3;

/// What stands before and behind the first sign that parts a name from what its bearer does. A hyphen joins two names.
fn before_sign(text: &str) -> Option<(&str, &str)> {
    let signs = [",", "|", "–", "—", " - ", " ("];
    let (at, sign) = signs.iter().filter_map(|sign| Some((text.find(sign)?, sign))).min()?;
    Some((text[..at].trim_end(), text[at + sign.len()..].trim_start()))
}

/// A person's name and what stands behind it, which begins with a role: "Zoé Lam Journaliste".
fn before_role<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(&'t str, &'t str)> {
    let mut words = text.split_whitespace();
    if text.len() > NAMES_MAX || !words.next().is_some_and(|first| is_given_name(first, lexicon)) {
        return None;
    }
    let role = words.skip(1).find(|word| lexicon.has(WordSet::Roles, &fold(word)))?;
    let at = role.as_ptr() as usize - text.as_ptr() as usize;
    role.starts_with(char::is_uppercase).then(|| (text[..at].trim_end(), &text[at..]))
}

/// Whether a word is a given name, or begins with one: "Jean-Marc".
pub(crate) fn is_given_name(word: &str, lexicon: &Lexicon) -> bool {
    let given = fold(word);
    lexicon.has(WordSet::GivenNames, &given)
        || given.split(' ').next().is_some_and(|part| lexicon.has(WordSet::GivenNames, part))
}

/// How many titles a name begins with, which are no part of it: "Prof. Dr. Ann Lee", "Mme Zoé Lam". One letter is a title
/// only before a known given name: "M. Jean Morel", but not "M. Night Lee". Before a single word it stays.
pub(crate) fn titles_before(words: &[&str], lexicon: &Lexicon) -> usize {
    let is_title = |at: usize| {
        let key = fold(words[at]);
        lexicon.has(WordSet::Degrees, &key)
            && (key.len() > 1 || words.get(at + 1).is_some_and(|next| is_given_name(next, lexicon)))
    };
    (0..words.len().saturating_sub(2)).take_while(|at| is_title(*at)).count()
}

/// The name that words begin with whose last word outlets and roles have as well, where it is a person's all the same: behind
/// a known given name that no town has, with a role or nothing behind it ("Emily Post", "Peter Chef, Holm").
pub(crate) fn with_surname_of_outlet<'w, 't>(
    words: &'w [&'t str],
    lexicon: &Lexicon,
) -> Option<&'w [&'t str]> {
    let is_initial = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let last = if words.get(1).is_some_and(is_initial) { 2 } else { 1 };
    let (first, surname) = (words.first()?, words.get(last)?);
    if !surname.starts_with(char::is_uppercase) || !lexicon.has(WordSet::Surnames, &fold(surname)) {
        return None;
    }
    let is_over = words.get(last + 1).is_none_or(|next| {
        next.starts_with(|c: char| !c.is_uppercase()) || lexicon.has(WordSet::Roles, &fold(next))
    });
    (is_over && is_given_name(first, lexicon) && !lexicon.has(WordSet::Towns, &fold(first)))
        .then(|| &words[..=last])
}

/// Cuts `Ann Lee and Bo Ek` at its "and".
fn between_ands<'a>(part: &'a str, lexicon: &Lexicon, folded: &mut Folded) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut start = 0;
    // "ANNE LAM ET BO EK": capitals hide which words are small.
    let in_capitals = !part.contains(char::is_lowercase);
    for word in part.split_whitespace() {
        let at = word.as_ptr() as usize - part.as_ptr() as usize;
        folded.fold(word);
        // A capital letter or a full stop is an initial: "Ann E. Lee", "José Y. Ek".
        let small = word.starts_with(char::is_lowercase) || in_capitals && word.len() > 1;
        if small && lexicon.has(WordSet::And, folded.as_str()) && !joins_one_name(part, at) {
            names.push(&part[start..at]);
            start = at + word.len();
        }
    }
    names.push(&part[start..]);
    names
}

/// Whether a Spanish or Portuguese "y" or "e" at this place joins two surnames: two people have two words each.
fn joins_one_name(part: &str, at: usize) -> bool {
    let (before, after) = (part[..at].split_whitespace().count(), part[at..].split_whitespace().count() - 1);
    before + after > 2 && after == 1
}

/// Words of the longest name, and particles beside them: "María José de la Cruz y Ortega".
pub(crate) const NAME_WORDS: usize = 6;
pub(crate) const PARTICLES: usize = 4;

/// Whether a word is a part of names that is written small: "van", "dos", "de’".
pub(crate) fn is_particle(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.has(WordSet::Particles, &fold(word.trim_matches(['\'', '’'])))
}

/// The person that a piece of a byline names; what follows the name (a role, an office) is cut off.
fn person(piece: &str, lexicon: &Lexicon, folded: &mut Folded) -> Option<String> {
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let words: Vec<&str> = piece.split_whitespace().collect();
    let words = &words[titles_before(&words, lexicon)..];
    let words = &words[outlet_before(words, lexicon)..];
    let words = without_second(words);
    if lexicon.is_body(&words[..words.len().min(2)])
        || is_firm(words, lexicon)
        || words.len() > 1 && lexicon.has(WordSet::Agencies, &fold(piece))
    {
        return None;
    }
    if lexicon.has(WordSet::Nobody, &words.iter().map(|word| fold(word)).collect::<String>()) {
        return None;
    }
    if let Some(name) = with_surname_of_outlet(words, lexicon) {
        return Some(name.join(" "));
    }
    let in_capitals = !piece.contains(char::is_lowercase);
    let mut name: Vec<&str> = Vec::new();
    let mut full_words = 0;
    for word in words.iter().copied() {
        folded.fold(word);
        let key = folded.as_str();
        if word.contains(['@', ':', '_']) || word.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        let is_office =
            |key: &str| lexicon.has(WordSet::NotPeople, key) || lexicon.has(WordSet::Agencies, key);
        // "ARD-Studio Oslo"; but Marie-France is a person.
        let is_joined_office =
            || key.contains(' ') && !is_given_name(word, lexicon) && key.split(' ').any(is_office);
        if is_office(key) && !is_short_surname(word) || is_joined_office() {
            // "AFP", "Le Monde" are no people; after a whole name they are where that person works.
            if full_words >= 2 && name.len() > 2 {
                break;
            }
            return None;
        }
        if lexicon.has(WordSet::Roles, key) {
            if name.is_empty() {
                continue; // "Dr Ann Lee", "journaliste Anne Li".
            }
            break;
        }
        // "ANN LEE FOR THE POST": small words that capitals hide.
        if in_capitals && name.len() >= 2 && key.len() > 2 && lexicon.is_small(key) {
            break;
        }
        // "A." is an initial.
        let is_article = || lexicon.has(WordSet::Articles, key) && !word.ends_with('.');
        if name.is_empty() && (is_article() || key.starts_with("l'")) {
            return None;
        }
        let particle = is_particle(word, lexicon);
        let capital = word.starts_with(char::is_uppercase);
        // Inside a name small words are particles ("van der") or hide their capital ("d'Ormesson").
        let small_part = particle || has_inner_capital(word) && !name.is_empty();
        if !capital && !small_part {
            break;
        }
        full_words += usize::from(capital && !particle);
        let shape = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '‐') || is_mark(c);
        if !word.chars().all(shape) {
            return None;
        }
        name.push(word);
    }
    while name.last().is_some_and(|word| word.starts_with(char::is_lowercase) && !has_inner_capital(word)) {
        name.pop(); // "Ann Lee in" Paris.
    }
    let initials_only = name.iter().all(|word| word.chars().filter(|c| c.is_alphabetic()).count() < 2);
    let particles = name.iter().filter(|word| is_particle(word, lexicon)).count();
    let fits = name.len() >= 2
        && (1..=NAME_WORDS).contains(&(name.len() - particles))
        && particles <= PARTICLES
        && full_words >= 1
        && !initials_only;
    let last = name.last().map_or("", |word| word.trim_end_matches('.'));
    (fits && !last.is_empty()).then(|| {
        let mut joined = name.join(" ");
        if last.chars().count() > 2 && joined.ends_with('.') {
            joined.pop();
        }
        joined
    })
}

/// A name that stands there twice, as it does below a portrait: "Zoé Lam Zoé Lam".
fn without_second<'p, 't>(words: &'p [&'t str]) -> &'p [&'t str] {
    let (first, second) = words.split_at(words.len() / 2);
    if first.len() > 1 && first == second { first } else { words }
}

/// How many words of an outlet's name stand before a person's: "Holm Matin Zoé Lam". The outlet's name ends in a word that
/// outlets go by, and a known given name follows.
fn outlet_before(words: &[&str], lexicon: &Lexicon) -> usize {
    if words.len() < OUTLET_WORDS + 2 || is_given_name(words[0], lexicon) {
        return 0;
    }
    let is_one = words[0].starts_with(char::is_uppercase)
        && lexicon.has(WordSet::Outlets, &fold(words[1]))
        && is_given_name(words[OUTLET_WORDS], lexicon);
    if is_one { OUTLET_WORDS } else { 0 }
}

/// Words of an outlet's name before a person's.
const OUTLET_WORDS: usize = 2;

/// "d'Ormesson", "al-Masri", "McLane": a small letter first, a capital inside.
fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(byline: &str, expected: &[&str]) {
        assert_eq!(people(byline, &Lexicon::load(None).unwrap()), expected, "{byline}");
    }

    #[test]
    fn people_are_named() {
        check("Zoé Lam", &["Zoé Lam"]);
        check(" : Jean-Marc d'Orval ", &["Jean-Marc d'Orval"]);
        check("Anna van der Berg et Luc DESCHAMPS", &["Anna van der Berg", "Luc DESCHAMPS"]);
        check("Ann E. Lee, Bo Ek and Cy Oh", &["Ann E. Lee", "Bo Ek", "Cy Oh"]);
        check("María Ruiz y José Pérez", &["María Ruiz", "José Pérez"]);
        check("José Ortega y Gasset", &["José Ortega y Gasset"]);
        check("John R. Smith Jr.", &["John R. Smith Jr."]);
        for name in [
            "Chiara de' Medici",
            "Chiara de’ Medici",
            "João dos Santos",
            "Ali al-Masri",
            "Dana O’Neill",
            "A. van den Broek",
            "J.-P. Morvan",
            "J. R. R. Tolk",
            "Anne d’Ornano",
        ] {
            check(name, &[name]);
        }
        check("ANNE LE GOFF ET BO EKMAN", &["ANNE LE GOFF", "BO EKMAN"]);
        check("ANN LEE AND BO EK", &["ANN LEE", "BO EK"]);
        check("JOSÉ ORTEGA Y GASSET", &["JOSÉ ORTEGA Y GASSET"]);
    }

    #[test]
    fn roles_and_places_are_cut_off() {
        check("Zoé Lam, journaliste au service économie", &["Zoé Lam"]);
        check("Ann Lee in Oslo", &["Ann Lee"]);
        check("Ann Lee, Technology Correspondent", &["Ann Lee"]);
        check("Dr. Ann Lee (Reuters)", &["Ann Lee"]);
        check("Zoé Lam avec AFP", &["Zoé Lam"]);
        check("Zoé Lam @zoelam", &["Zoé Lam"]);
        check("ANN LEE FOR THE DAILY HOLM", &["ANN LEE"]);
        check("ZOÉ LAM POUR LE COURRIER DU LAC", &["ZOÉ LAM"]);
        check("ANNA VAN DER BERG", &["ANNA VAN DER BERG"]);
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        for title in [
            "Dr.",
            "Dr",
            "Prof. Dr.",
            "Mme",
            "M.",
            "Me",
            "Herr",
            "Frau",
            "Sra.",
            "Dott.ssa",
            "Dhr.",
            "Dipl.-Ing.",
        ] {
            check(&format!("{title} Anna Lam"), &["Anna Lam"]);
        }
        check("Pr Zoé Lam et M. Jean Morel", &["Zoé Lam", "Jean Morel"]);
        // An initial, and a title that a surname alone follows.
        check("M. Night Ekman", &["M. Night Ekman"]);
        check("Dr Morel", &[]);
        assert!(is_people("Dr. Zoé Lam", &Lexicon::load(None).unwrap()));
    }

    #[test]
    fn an_office_may_be_joined_by_a_hyphen() {
        check("Jörg Ahl, ARD-Studio Oslo", &["Jörg Ahl"]);
        check("Marie-France Lam", &["Marie-France Lam"]);
    }

    #[test]
    fn a_surname_may_be_a_word_of_outlets_or_roles() {
        check("Emily Post", &["Emily Post"]);
        check("Emily Post and Bill Press", &["Emily Post", "Bill Press"]);
        check("Anna R. Daily, Holm", &["Anna R. Daily"]);
        check("Peter Chef", &["Peter Chef"]);
        check("Emily Post Staff Writer", &["Emily Post"]);
        for outlet in [
            "New York Post",
            "Ouest Presse",
            "Associated Press",
            "Holm Post",
            "Charlotte Post",
            "Victoria Press",
            "Emily Post Gazette",
        ] {
            check(outlet, &[]);
        }
    }

    #[test]
    fn outlets_are_no_people() {
        for outlet in
            ["La rédaction", "AFP", "Agence France-Presse", "Reuters Staff", "The Oslo Times", "admin", ""]
        {
            check(outlet, &[]);
        }
        check("ailleurs, le vent est tombé", &[]);
        check("Le Monde avec AFP", &[]);
    }

    #[test]
    fn a_line_of_names_is_nothing_else() {
        let lexicon = Lexicon::load(None).unwrap();
        for (line, expected) in [
            ("Zoé Lam", true),
            ("Zoé Lam et Bo Ek", true),
            ("Zoé Lam a marché longtemps", false),
            ("Une chaîne renforcée", false),
            ("Zoé Lam : le portrait", false),
        ] {
            assert_eq!(is_people(line, &lexicon), expected, "{line}");
        }
    }

    #[test]
    fn an_outlet_may_stand_behind_the_names() {
        let lexicon = Lexicon::load(None).unwrap();
        for (line, expected) in [
            ("Ann Lee | Associated Press", true),
            ("Ann Lee and Bo Ek, Lake Post", true),
            ("Zoé Lam (avec AFP)", true),
            ("Zoé Lam, avec Reuters et AFP", true),
            ("Zoé Lam – Reuters, AFP", true),
            ("Joana Seixas e Lusa", true),
            ("Ann Lee and Reuters", true),
            ("Zoé Lam | Le Courrier de Holm", true),
            ("Zoé Lam – La Voix du lac", true),
            ("Ann Lee and Bo Ek", false),
            ("Ann Lee", false),
            ("Ann Lee, a fisherman", false),
            ("The port in Oslo | Associated Press", false),
            ("Oslo – Reuters", false),
        ] {
            assert_eq!(is_people_of_outlet(line, &lexicon), expected, "{line}");
        }
    }

    #[test]
    fn a_line_may_name_agencies_alone() {
        let lexicon = Lexicon::load(None).unwrap();
        for line in ["Avec AFP et Reuters", "EFE y ANSA", "AFP", "avec l'AFP"] {
            assert!(is_agencies(line, &lexicon), "{line}");
        }
        for line in ["Avec", "", "AFP est une agence", "Holm", "Anna Lam et AFP"] {
            assert!(!is_agencies(line, &lexicon), "{line}");
        }
    }

    #[test]
    fn a_place_may_stand_behind_the_names() {
        let lexicon = Lexicon::load(None).unwrap();
        for (line, expected) in [
            ("Ann Lee in Oslo", true),
            ("Ann Lee and Bo Ek in New Holm", true),
            ("Zoé Lam, à Holm", true),
            ("Anna Lam sur le quai", false),
            ("Anna Lam et Jean Morel", false),
            ("The port in Oslo", false),
            ("Anna van der Berg", false),
        ] {
            assert_eq!(is_people_in_place(line, &lexicon), expected, "{line}");
        }
    }

    #[test]
    fn a_role_may_stand_behind_the_name() {
        let lexicon = Lexicon::load(None).unwrap();
        for (line, expected) in [
            ("Ann Lee, Arts Correspondent", true),
            ("Anna Lam Journaliste", true),
            ("Jean-Marc Morel Reporter Lac Info", true),
            ("Jean-Marc Morel, journaliste", true),
            ("Anna Lam (correspondante à Holm)", true),
            ("Anna Lam directrice du port", false),
            ("Anna Lam", false),
            ("Port Journaliste", false),
        ] {
            assert_eq!(is_name_with_role(line, &lexicon), expected, "{line}");
        }
        for (line, expected) in [
            ("Zoé Lam, journaliste au service économie", Some("Zoé Lam")),
            ("Jean-Marc Morel - Grand reporter", Some("Jean-Marc Morel")),
            ("Ann Lee, Transport Correspondent", Some("Ann Lee")),
            ("Anna Lam (correspondante à Holm)", Some("Anna Lam")),
            ("Anna Lam, journaliste de Holm, est morte", None),
            ("Anna Lam, journaliste, raconte", None),
            ("Anna Lam : journaliste à Holm", None),
            ("Zoé Lam et Bo Ek, journalistes", None),
        ] {
            assert_eq!(name_before_role(line, &lexicon), expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_byline_is_read(byline in ".*") {
            people(&byline, &Lexicon::default());
        }
    }
}
