//! The verbs that introduce speech: from an infinitive in a list to the forms that texts use.

/// What a form of a verb of speech is, as bits; one form can be several.
pub(super) const FINITE: u32 = 1;
/// A form of the plural.
pub(super) const PLURAL: u32 = 1 << 1;
/// A past participle, which speaks with an auxiliary before it.
pub(super) const PARTICIPLE: u32 = 1 << 2;
/// A present participle: *ajoutant*, *adding*.
pub(super) const GERUND: u32 = 1 << 3;
/// The infinitive.
pub(super) const INFINITIVE: u32 = 1 << 4;

/// Says what is wrong with a line of a list of verbs, and what to write instead.
pub(super) fn check(language: &str, line: &str) -> Result<(), String> {
    let is_word = |word: &str| {
        word.chars().any(char::is_alphabetic)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    let (verb, given) = line.split_once(':').unwrap_or((line, ""));
    let verb = verb.trim();
    let bare = verb.strip_prefix("s'").or_else(|| verb.strip_prefix("se ")).unwrap_or(verb);
    if !is_word(bare) {
        return Err(format!(
            "{verb:?} is no infinitive; write one verb a line, and its forms behind a colon: dire: dit disent; dit; disant"
        ));
    }
    if let Some(form) = given.split(';').flat_map(str::split_whitespace).find(|form| !is_word(form)) {
        return Err(format!("{form:?} is no form of {verb:?}; forms are words with spaces between them"));
    }
    if given.split(';').count() > 3 {
        return Err(format!(
            "{verb:?} has too many semicolons; forms of the third person; past participles; present participle"
        ));
    }
    let regular = match language {
        "fr" => bare.ends_with("er") || bare.ends_with("ir"),
        "en" => true,
        _ => false,
    };
    if !regular && given.split(';').next().unwrap_or_default().trim().is_empty() {
        return Err(format!(
            "the forms of {verb:?} cannot be told; write those of the third person behind a colon: {verb}: …"
        ));
    }
    Ok(())
}

/// Calls `add` with each form of the verb of this line of a list. The format is told at the head of the lists.
pub(super) fn forms(language: &str, line: &str, mut add: impl FnMut(&str, u32)) {
    let (verb, given) = line.split_once(':').unwrap_or((line, ""));
    let verb = verb.trim();
    let verb = verb.strip_prefix("s'").or_else(|| verb.strip_prefix("se ")).unwrap_or(verb);
    if verb.is_empty() {
        return;
    }
    add(verb, INFINITIVE);
    let mut given = given.split(';');
    let finite = given.next().unwrap_or_default();
    if !finite.trim().is_empty() {
        for (place, form) in finite.split_whitespace().enumerate() {
            // The first form is the singular's, whatever it ends with: prévient, dément.
            let plural = language == "fr" && place > 0 && (form.ends_with("ent") || form.ends_with("ont"));
            add(form, FINITE | if plural { PLURAL } else { 0 });
        }
        for form in given.next().unwrap_or_default().split_whitespace() {
            add(form, PARTICIPLE);
        }
        for form in given.next().unwrap_or_default().split_whitespace() {
            add(form, GERUND);
        }
        return;
    }
    match language {
        "fr" => french(verb, add),
        "en" => english(verb, add),
        _ => {}
    }
}

/// The third person of a verb in -er, or in -ir that goes like *finir*, with its participles.
fn french(verb: &str, mut add: impl FnMut(&str, u32)) {
    let mut all = |stem: &str, endings: &[(&str, u32)]| {
        for (ending, kind) in endings {
            add(&format!("{stem}{ending}"), *kind);
        }
    };
    if let Some(stem) = verb.strip_suffix("er") {
        // Before a and o: lançait, exigeait. Before a mute e: répète, suggère.
        let soft = match stem.chars().next_back() {
            Some('c') => format!("{}ç", &stem[..stem.len() - 1]),
            Some('g') => format!("{stem}e"),
            _ => stem.to_owned(),
        };
        let consonant = stem.rfind('é').filter(|&place| {
            let behind = &stem[place + 'é'.len_utf8()..];
            !behind.is_empty() && !behind.contains(['a', 'e', 'i', 'o', 'u', 'y', 'è', 'ê', 'î', 'û'])
        });
        let grave = match consonant {
            Some(place) => format!("{}è{}", &stem[..place], &stem[place + 'é'.len_utf8()..]),
            None => stem.to_owned(),
        };
        all(&grave, &[("e", FINITE), ("ent", FINITE | PLURAL)]);
        all(&soft, &[("ait", FINITE), ("aient", FINITE | PLURAL), ("a", FINITE), ("ant", GERUND)]);
        all(stem, &[("èrent", FINITE | PLURAL), ("era", FINITE), ("eront", FINITE | PLURAL)]);
        all(stem, &[("erait", FINITE), ("eraient", FINITE | PLURAL)]);
        all(stem, &[("é", PARTICIPLE), ("ée", PARTICIPLE), ("és", PARTICIPLE), ("ées", PARTICIPLE)]);
    } else if let Some(stem) = verb.strip_suffix("ir") {
        all(stem, &[("it", FINITE), ("issent", FINITE | PLURAL), ("issait", FINITE), ("ira", FINITE)]);
        all(stem, &[("issaient", FINITE | PLURAL), ("irent", FINITE | PLURAL), ("iront", FINITE | PLURAL)]);
        all(stem, &[("irait", FINITE), ("i", PARTICIPLE), ("ie", PARTICIPLE), ("is", PARTICIPLE)]);
        all(stem, &[("issant", GERUND)]);
    }
}

/// The third person, the past and the participle of a regular verb.
fn english(verb: &str, mut add: impl FnMut(&str, u32)) {
    let mut all = |third: String, past: String, gerund: String| {
        add(&third, FINITE);
        add(&past, FINITE | PARTICIPLE);
        add(&gerund, GERUND);
    };
    let vowel_before_last = verb.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    if let Some(stem) = verb.strip_suffix('e') {
        all(format!("{verb}s"), format!("{verb}d"), format!("{stem}ing"));
    } else if let Some(stem) = verb.strip_suffix('y').filter(|_| !vowel_before_last) {
        all(format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing"));
    } else {
        let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end));
        let third = if hissing { format!("{verb}es") } else { format!("{verb}s") };
        all(third, format!("{verb}ed"), format!("{verb}ing"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` are forms that the line has, with what they are.
    #[track_caller]
    fn check(language: &str, line: &str, expected: &[(&str, u32)]) {
        let mut found: Vec<(String, u32)> = Vec::new();
        forms(language, line, |form, kind| found.push((form.to_owned(), kind)));
        for (form, kind) in expected {
            assert!(found.contains(&((*form).to_owned(), *kind)), "{form} is not in {found:?}");
        }
    }

    #[test]
    fn what_is_no_verb_is_told() {
        for (language, line, said) in [
            ("fr", "12345", "no infinitive"),
            ("fr", "dire dit disent", "no infinitive"),
            ("fr", "dire: dit; dit; disant; x", "semicolons"),
            ("fr", "dire", "third person"),
            ("es", "zorvanizar", "third person"),
            ("es", "decir: d1ce", "d1ce"),
        ] {
            let told = super::check(language, line).unwrap_err();
            assert!(told.contains(said), "{line}: {told}");
        }
        for (language, line) in
            [("fr", "s'exclamer"), ("fr", "réagir"), ("en", "co-sign"), ("de", "sagen: sagt")]
        {
            assert_eq!(super::check(language, line), Ok(()), "{line}");
        }
    }

    #[test]
    fn regular_verbs_need_no_forms() {
        check("fr", "annoncer", &[("annonçait", FINITE), ("annoncé", PARTICIPLE), ("annonçant", GERUND)]);
        check("fr", "répéter", &[("répète", FINITE), ("répètent", FINITE | PLURAL), ("répéta", FINITE)]);
        check("fr", "s'exclamer", &[("exclame", FINITE), ("exclamer", INFINITIVE)]);
        check("fr", "réagir", &[("réagit", FINITE), ("réagi", PARTICIPLE), ("réagissent", FINITE | PLURAL)]);
        check("en", "add", &[("adds", FINITE), ("added", FINITE | PARTICIPLE), ("adding", GERUND)]);
        check("en", "deny", &[("denies", FINITE), ("denied", FINITE | PARTICIPLE), ("denying", GERUND)]);
        check("en", "state", &[("stated", FINITE | PARTICIPLE), ("stating", GERUND)]);
        check("en", "stress", &[("stresses", FINITE), ("stressed", FINITE | PARTICIPLE)]);
    }

    #[test]
    fn other_verbs_have_the_forms_that_are_given() {
        let line = "dire: dit disent; dit dite; disant";
        check(
            "fr",
            line,
            &[("dit", FINITE), ("disent", FINITE | PLURAL), ("dit", PARTICIPLE), ("disant", GERUND)],
        );
        check(
            "fr",
            "démentir: dément démentent; démenti; démentant",
            &[("dément", FINITE), ("démentent", FINITE | PLURAL)],
        );
    }
}
