//! Who sent a message: people, an outlet, or somebody for one.

use crate::byline;
use crate::lexicon::{Lexicon, fold};

/// What the name of a sender tells.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sender {
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
}

/// Signs and words between a person and the outlet that she writes for.
const JOINTS: [&str; 9] = [" | ", " – ", " — ", " - ", " (", ", ", " from ", " at ", " chez "];

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
