//! The header that a mail program shows above a message, where somebody copied it with the text: "De : …", "Objet : …".

use document::Basis;

use super::Page;
use super::line::Role;
use crate::byline;
use crate::date;
use crate::lexicon::{WordSet, fold};

/// Fields of a header, at least and at most.
const FIELDS_MIN: usize = 3;
const FIELDS_MAX: usize = 8;

/// Bytes of the name of a field.
const NAME_BYTES_MAX: usize = 24;

impl Page<'_> {
    /// Reads the header that the text begins with: its subject is the headline. Gives whether it has one.
    pub(super) fn read_letter_head(&mut self) -> bool {
        let sets = [WordSet::Sender, WordSet::Sent, WordSet::Addressed];
        let field = |index: usize| {
            let line = self.lines.get(index).filter(|line| line.is_open())?;
            let (name, value) = line.text.split_once(':')?;
            if name.len() > NAME_BYTES_MAX {
                return None;
            }
            let name = fold(name);
            let set = sets.into_iter().find(|set| self.lexicon.has(*set, &name))?;
            Some((set, value.trim().to_owned()))
        };
        let fields: Vec<(WordSet, String)> = (0..FIELDS_MAX).map_while(field).collect();
        let has = |set: WordSet| fields.iter().any(|(other, _)| *other == set);
        // What is sent to somebody has an address in it; the subject is the other one.
        let is_subject = |(set, value): &(WordSet, String)| {
            *set == WordSet::Addressed && !value.contains('@') && value.contains(' ')
        };
        if fields.len() < FIELDS_MIN || !has(WordSet::Sender) || !has(WordSet::Sent) {
            return false;
        }
        let Some(subject) = fields.iter().rposition(is_subject) else { return false };
        for (index, (set, value)) in fields.into_iter().enumerate() {
            self.lines[index].role = if index == subject { Role::Title } else { Role::Meta };
            match set {
                _ if index == subject => self.found.title = Some(value),
                WordSet::Sent => {
                    self.found.published = date::read(&value, self.order).map(|date| (date, Basis::Dateline));
                }
                WordSet::Sender => {
                    let name = value.split('<').next().unwrap_or_default();
                    let first = name.split_whitespace().next().unwrap_or_default();
                    if byline::is_given_name(first, self.lexicon) {
                        self.add_authors(byline::people(name, self.lexicon));
                    }
                }
                _ => {}
            }
        }
        self.found.title_key = self.found.title.as_deref().map(super::line::key_of);
        self.found.title_line = Some(subject);
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    #[test]
    fn the_subject_is_the_headline() {
        let title = "Le canal rouvre aux barques";
        for (sender, rest, author) in [
            (
                "De : Zoé Lamant <zoe@lac.example>",
                "À : lecteurs@lac.example\nDate : 3 mars 2026 à 08:00\nObjet :",
                Some("Zoé Lamant"),
            ),
            (
                "De : La lettre du lac <l@lac.example>",
                "Envoyé : mardi 3 mars 2026 08:00\nÀ : l@lac.example\nObjet :",
                None,
            ),
            (
                "Von: Anna Lam <l@see.example>",
                "Gesendet: Dienstag, 3. März 2026 08:00\nAn: l@see.example\nBetreff:",
                Some("Anna Lam"),
            ),
        ] {
            let page = format!("{sender}\n{rest} {title}\n\nBonjour à tous,\n\n{TEXT}\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.title.as_deref(), Some(title), "{page}");
            assert_eq!(
                article.published.map(|date| date.edtf).as_deref(),
                Some("2026-03-03T08:00"),
                "{page}"
            );
            assert_eq!(article.authors.first().map(String::as_str), author, "{page}");
            assert_eq!(article.text.as_str(), TEXT, "{page}");
        }
    }

    #[test]
    fn other_fields_are_no_header() {
        let page = format!("De : Holm\nÀ : Nordby\nEn : deux heures\n\n{TEXT}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_ne!(article.title.as_deref(), Some("Nordby"));
    }
}
