//! Names of outlets that have the form of a person's: "Hessischer Bote", "Il Mattino", "Lake Letter".

use super::is_given_name;
use crate::lexicon::{Lexicon, WordSet, fold};

/// Whether a name of several words is an outlet's: one of them is a word that outlets go by, and the first is not a given
/// name, as a person's is who is called Anna Star.
pub(crate) fn is_outlet_name(name: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<String> = name.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first().filter(|_| words.len() > 1) else { return false };
    let is_of_outlet = |word: &String| {
        lexicon.has(WordSet::Outlets, word)
            || lexicon.has(WordSet::NotPeople, word)
            || lexicon.is_compound(word)
    };
    !is_given_name(first, lexicon)
        && (lexicon.has(WordSet::Articles, first) || words.iter().any(is_of_outlet))
}

/// Whether a name is the one a site goes by: its publisher's, or that in its host ("lake-post.example").
pub(crate) fn is_site_name(name: &str, publisher: Option<&str>, host: Option<&str>) -> bool {
    let tight = |text: &str| fold(text).replace(' ', "");
    let name = tight(name);
    let is_in_host =
        |host: &str| host.split('.').any(|label| name.len() > HOST_BYTES_MIN && tight(label) == name);
    publisher.is_some_and(|publisher| tight(publisher) == name) || host.is_some_and(is_in_host)
}

/// A title without the name of its outlet, where a sign sets that off at the end: "Ice on the lake - Lake Post".
pub(crate) fn without_outlet<'t>(title: &'t str, publisher: Option<&str>) -> &'t str {
    let signs = [" - ", " | ", " – ", " — "];
    match signs.iter().filter_map(|sign| Some((title.rfind(sign)?, sign.len()))).max() {
        Some((at, length)) if is_site_name(&title[at + length..], publisher, None) => title[..at].trim_end(),
        _ => title,
    }
}

/// Bytes of a name that is compared with a host; shorter ones are in too many.
const HOST_BYTES_MIN: usize = 5;

#[cfg(test)]
mod tests {
    use super::super::people;
    use super::*;

    #[test]
    fn outlets_are_told_from_people() {
        let lexicon = Lexicon::load(None).unwrap();
        for (name, expected) in [
            ("Hessischer Bote", true),
            ("Le Monde de demain", true),
            ("The Daily Bugle Newsletter", true),
            ("Courrier picard", true),
            ("Lake Courier", true),
            ("Corriere della Riva", true),
            ("Diario de Ribera", true),
            ("Jornal do Rosal", true),
            ("Oudenburger Courant", true),
            ("Holmer Tageblatt", true),
            ("Anna Star", false),
            ("Zoé Lam", false),
            ("Kofi Mensah", false),
            ("Bote", false),
        ] {
            assert_eq!(is_outlet_name(name, &lexicon), expected, "{name}");
        }
    }

    #[test]
    fn a_site_goes_by_its_host() {
        assert!(is_site_name("Lake Post", None, Some("www.lake-post.example")));
        assert!(is_site_name("Lake Post", Some("The Lake Post"), Some("lakepost.example")));
        assert!(is_site_name("Zoé Lam", Some("Zoe Lam"), None));
        assert!(!is_site_name("Ann Lee", Some("Lake Post"), Some("lake.example")));
    }

    #[test]
    fn subjects_are_no_people() {
        let lexicon = Lexicon::load(None).unwrap();
        for subject in [
            "Intelligence Artificielle",
            "Artificial Intelligence",
            "Künstliche Intelligenz",
            "Inteligencia Artificial",
            "Kunstmatige Intelligentie",
            "World Economy",
            "Sécurité Intérieure",
        ] {
            assert_eq!(people(subject, &lexicon), [""; 0], "{subject}");
        }
        let names = "Ivan Klíma, Jude Law und Anna Händel";
        assert_eq!(people(names, &lexicon), ["Ivan Klíma", "Jude Law", "Anna Händel"]);
    }
}
