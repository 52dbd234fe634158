//! Who sent a message: people, an outlet, or somebody for one.

use crate::byline;
use crate::lexicon::{Lexicon, WordSet, fold};

/// What the name of a sender tells.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sender {
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
}

/// Signs between a person and the outlet that she writes for.
const JOINTS: [&str; 6] = [" | ", " – ", " — ", " - ", " (", ", "];

impl Sender {
    /// Reads the name of a sender. Where the message is one to a list of readers (`is_letter`), a name that nothing shows to be
    /// a person's is the outlet's: neither a known given name nor the address, which would hold the surname.
    pub(super) fn of(name: &str, address: &str, is_letter: bool, lexicon: &Lexicon) -> Self {
        let name = name.trim().trim_matches('"').trim();
        if name.is_empty() || name.contains('@') {
            return Self::default();
        }
        if let Some(turned) = byline::turned(name, false, lexicon) {
            return Self { authors: vec![turned], publisher: None };
        }
        if let Some(sender) = Self::for_outlet(name, lexicon) {
            return sender;
        }
        let people = |text: &str| {
            let mut people = byline::people(text, lexicon);
            people.retain(|person| {
                !byline::is_outlet_name(text, lexicon) && (!is_letter || is_person(person, address, lexicon))
            });
            people
        };
        let joints = JOINTS.iter().filter_map(|joint| name.find(joint).map(|at| (at, joint.len())));
        if let Some((at, length)) = joints.min() {
            let (first, second) = (&name[..at], name[at + length..].trim_end_matches(')').trim());
            let (before, after) = (people(first), people(second));
            // "Lake Letter | Ann Lee" and "Ann Lee | Lake Letter".
            if !before.is_empty() && after.is_empty() && second.starts_with(char::is_uppercase) {
                return Self { authors: before, publisher: Some(second.to_owned()) };
            }
            if before.is_empty() && !after.is_empty() && !first.trim().is_empty() {
                return Self { authors: after, publisher: Some(first.trim().to_owned()) };
            }
        }
        let authors = people(name);
        let publisher = authors.is_empty().then(|| name.to_owned());
        Self { authors, publisher }
    }

    /// Somebody and the outlet, where a word stands between them: "Ann Lee from Lake Notes", "Zoé Lam de L'Écho". The person
    /// comes first, unless the second name alone begins as one.
    fn for_outlet(name: &str, lexicon: &Lexicon) -> Option<Self> {
        let joins = |word: &&str| {
            word.starts_with(char::is_lowercase) && lexicon.has(WordSet::WritesFor, &fold(word))
        };
        name.split_whitespace().skip(2).filter(joins).find_map(|word| {
            let at = word.as_ptr() as usize - name.as_ptr() as usize;
            let (first, second) = (name[..at].trim(), name[at + word.len()..].trim());
            let (before, after) = (byline::people(first, lexicon), byline::people(second, lexicon));
            if before.len() != 1 || before[0] != first || !second.starts_with(char::is_uppercase) {
                return None;
            }
            // "Anna de Holm", "Carlo di Marco": a part of a name.
            if lexicon.has(WordSet::Particles, &fold(word))
                && !(has_surname(first, lexicon) && is_outlet(second, lexicon))
            {
                return None;
            }
            let begins_as_person = |text: &str| {
                text.split_whitespace().next().is_some_and(|word| byline::is_given_name(word, lexicon))
            };
            let (authors, publisher) =
                if !begins_as_person(first) && begins_as_person(second) && !after.is_empty() {
                    (after, first)
                } else {
                    (before, second)
                };
            Some(Self { authors, publisher: Some(publisher.to_owned()) })
        })
    }
}

/// Whether a name has a word behind its given names.
fn has_surname(name: &str, lexicon: &Lexicon) -> bool {
    name.split_whitespace().skip(1).any(|word| !byline::is_given_name(word, lexicon))
}

/// Whether a name is an outlet's by its words, or for the article that it begins with: "L'Écho".
fn is_outlet(name: &str, lexicon: &Lexicon) -> bool {
    let first = fold(name.split_whitespace().next().unwrap_or_default());
    first.starts_with("l'")
        || lexicon.has(WordSet::Articles, &first)
        || byline::is_outlet_name(name, lexicon)
        || lexicon.has(WordSet::Outlets, &fold(name))
}

/// Whether a name is a person's as far as its given name or the address shows: "amensah@…" for Ama Mensah.
fn is_person(name: &str, address: &str, lexicon: &Lexicon) -> bool {
    let given = name.split_whitespace().next().unwrap_or_default();
    let surname = fold(name.split_whitespace().last().unwrap_or_default());
    let local = fold(address.split('@').next().unwrap_or_default());
    byline::is_given_name(given, lexicon) || surname.len() >= SURNAME_MIN && local.contains(&surname)
}

/// Letters of a surname that an address is compared with.
const SURNAME_MIN: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, address: &str, is_letter: bool, authors: &[&str], publisher: Option<&str>) {
        let sender = Sender::of(name, address, is_letter, &Lexicon::load(None).unwrap());
        assert_eq!((&*sender.authors, sender.publisher.as_deref()), (&*owned(authors), publisher), "{name}");
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn outlets_are_no_people() {
        for name in [
            "Hessischer Bote",
            "Le Monde de demain",
            "The Daily Bugle Newsletter",
            "Corriere della Riva",
            "El Heraldo",
            "Oudenburger Courant",
            "La Lettre du lac",
            "Lake Post",
        ] {
            check(name, "news@lake.example", false, &[], Some(name));
        }
        // Nothing says that this is nobody, but the list that it is sent to.
        check("Riva Notte", "ciao@riva.example", true, &[], Some("Riva Notte"));
        check("Riva Notte", "ciao@riva.example", false, &["Riva Notte"], None);
        check("Ama Mensah", "amensah@lake.example", true, &["Ama Mensah"], None);
        check("Ann Lee", "letter@lake.example", true, &["Ann Lee"], None);
    }

    #[test]
    fn a_word_tells_for_whom_somebody_writes() {
        for (name, authors, publisher) in [
            ("Fergus Amory from Harbour Notes", ["Fergus Amory"], "Harbour Notes"),
            ("Fergus Amory at Harbour Notes", ["Fergus Amory"], "Harbour Notes"),
            ("Harbour Notes from Anna Lam", ["Anna Lam"], "Harbour Notes"),
            ("Sandrine Le Goff de L'Écho", ["Sandrine Le Goff"], "L'Écho"),
            ("Karl Behrens von Hafen Nachrichten", ["Karl Behrens"], "Hafen Nachrichten"),
            ("Carla Zanetti di Il Mattino", ["Carla Zanetti"], "Il Mattino"),
        ] {
            for is_letter in [true, false] {
                check(name, "notes@harbour.example", is_letter, &authors, Some(publisher));
            }
        }
        for name in ["Anna de Holm", "Carlo di Marco", "Jean Marie de La Fontaine", "Anna van der Berg"] {
            check(name, "a@lake.example", false, &[name], None);
        }
        check("Letters from Holm", "letters@holm.example", true, &[], Some("Letters from Holm"));
    }

    #[test]
    fn somebody_may_write_for_an_outlet() {
        check("Ann Lee | Lake Post", "a@lake.example", true, &["Ann Lee"], Some("Lake Post"));
        check("Lake Post - Ann Lee", "a@lake.example", true, &["Ann Lee"], Some("Lake Post"));
        check("Ann Lee from The Tide", "a@lake.example", true, &["Ann Lee"], Some("The Tide"));
        check(
            "Zoé Lam (Le Courrier du lac)",
            "z@lac.example",
            false,
            &["Zoé Lam"],
            Some("Le Courrier du lac"),
        );
        check("Lam, Zoé", "z@lac.example", false, &["Zoé Lam"], None);
        check("\"Ann Lee\"", "a@lake.example", false, &["Ann Lee"], None);
        check("ann@lake.example", "ann@lake.example", false, &[], None);
    }
}
