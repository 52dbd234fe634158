//! Names as catalogues file them.

use super::people::Cleaner;

impl Cleaner<'_> {
    /// A name that a catalogue files by its surname, the other way round: "Lam, Zoe".
    pub(super) fn turned(&self, value: &str) -> Option<String> {
        let (surname, given) = value.split_once(',')?;
        let (surname, given) = (surname.trim(), given.trim());
        let count = |text: &str| text.split_whitespace().count();
        let is_single = |text: &str| !text.contains([',', ';', '&', '|', '/']);
        let may_be = (1..=3).contains(&count(surname))
            && (1..=3).contains(&count(given))
            && is_single(given)
            && !self.is_person(surname)
            && (count(surname) == 1 && !self.is_no_name(given)
                || self.is_given_name(given.split_whitespace().next()?));
        may_be.then(|| format!("{given} {surname}"))
    }
}
