//! Credits that need more than their own words to be told: a number of a figure, a year, the label of an image.

use document::Image;

use super::super::line::Line;
use super::{AGENCY_WORDS_MAX, ALONE_WORDS_MAX, CREDIT_WORDS_MAX, folded_words, image};
use crate::byline;
use crate::lexicon::{Label, Lexicon, WordSet};

/// `A minister in Oslo. - Ann Lee © 2019 AFP`: who took it stands before the sign, and the year behind it.
pub(super) fn around_sign(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let (before, behind) = text.split_once('©')?;
    let cut = [" - ", " – ", " — "].iter().filter_map(|cut| Some((before.rfind(cut)?, cut.len()))).max()?;
    let name = before[cut.0 + cut.1..].trim();
    let agency = behind.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    let is_credit = byline::is_people(name, lexicon)
        && !agency.is_empty()
        && folded_words(agency).all(|word| lexicon.has(WordSet::Agencies, &word));
    is_credit.then(|| image(&text[..cut.0], text[cut.0 + cut.1..].trim(), lexicon))
}

/// `Figure 1. The port by year. (Source: Ann Lee)`: a label of captions with a number, and at the end whose it is.
pub(super) fn numbered(line: &Line<'_>, lexicon: &Lexicon) -> Option<Image> {
    let (Label::Caption, end) = line.label? else { return None };
    let is_numbered = line.text[..end].ends_with(|c: char| c.is_ascii_digit());
    let inner = line.text.trim_end_matches('.').strip_suffix(')').filter(|_| is_numbered)?;
    let (caption, labelled) = inner.rsplit_once('(')?;
    let (Label::Sources | Label::Credit, end) = lexicon.label_of(labelled)? else { return None };
    let credit = labelled[end..].trim_start_matches([' ', '\u{a0}']).strip_prefix(':')?.trim();
    (1..=CREDIT_WORDS_MAX)
        .contains(&credit.split_whitespace().count())
        .then(|| image(caption, credit, lexicon))
}

/// Whether a line is the name of an agency and nothing else, as it stands below an image.
pub(in crate::plain) fn is_agency(line: &Line<'_>, lexicon: &Lexicon) -> bool {
    line.words <= AGENCY_WORDS_MAX && lexicon.has(WordSet::Agencies, &crate::lexicon::fold(&line.text))
}

/// `Ann Lee - stock.adobe.com`, `Ann Lee | Bloomberg | Getty Images`: a name and an agency that signs set apart.
pub(in crate::plain) fn is_person_of_agency(text: &str, lexicon: &Lexicon) -> bool {
    SIGNS.iter().any(|sign| {
        text.split_once(sign).is_some_and(|(name, rest)| {
            let agency = rest.rsplit(sign).next().unwrap_or_default();
            lexicon.has(WordSet::Agencies, &crate::lexicon::fold(agency)) && byline::is_people(name, lexicon)
        })
    })
}

/// Whether the words behind the label of a credit are one by which somebody goes: "Illustration: Flock".
pub(super) fn is_nickname(credit: &str) -> bool {
    credit.starts_with(char::is_uppercase) && credit.chars().all(char::is_alphanumeric)
}

/// Signs between who took an image and for whom.
const SIGNS: [&str; 4] = [" - ", " – ", " | ", " — "];

/// `Photo d'archives Ann Lee`, `PHOTO ANN LEE, ARCHIVES THE LAKE`: a label of two words or more, or all
/// in capitals, and a name.
pub(super) fn labelled_name<'t>(line: &'t Line<'_>, lexicon: &Lexicon) -> Option<(Label, &'t str)> {
    let (Label::Caption | Label::Credit, end) = line.label? else { return None };
    let credit = line.text[end..].trim();
    // In capitals the label may be a word, and the outlet stands behind the name.
    let in_capitals = !line.text.contains(char::is_lowercase);
    let name = credit.split(',').next().filter(|_| in_capitals).unwrap_or(credit);
    let is_one = line.words <= ALONE_WORDS_MAX
        && !line.sentence
        && (in_capitals || line.text[..end].trim().contains([' ', '\'', '’']))
        && byline::is_people(name, lexicon);
    is_one.then_some((Label::Credit, credit))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const FIRST: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                         devant des centaines de curieux.";
    const LAST: &str = "Les loueurs espèrent retrouver dès l'été prochain le nombre de clients d'avant.";

    fn read(between: &str) -> document::Article {
        let page = format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{FIRST}\n\n{between}\n\n{LAST}\n");
        crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn a_credit_in_the_text_is_an_image() {
        for (line, caption, credit) in [
            (
                "L'écluse de Holm, au printemps. - Anne Petit © 2019 AFP",
                Some("L'écluse de Holm, au printemps."),
                "Anne Petit © 2019 AFP",
            ),
            (
                "Figure 1. Passages par mois. (Source : Office du lac)",
                Some("Figure 1. Passages par mois."),
                "Office du lac",
            ),
            (
                "L'écluse de Holm (Nord), en 2023. LP/Anne Petit",
                Some("L'écluse de Holm (Nord), en 2023."),
                "LP/Anne Petit",
            ),
            ("Photo d'archives Anne Petit", None, "Anne Petit"),
            ("Shutterstock", None, "Shutterstock"),
            ("Anne Petit - stock.adobe.com", None, "Anne Petit - stock.adobe.com"),
            ("Anne Petit | Bloomberg | Getty Images", None, "Anne Petit | Bloomberg | Getty Images"),
            ("Illustration : Flock", None, "Flock"),
            ("PHOTO ANNE PETIT, ARCHIVES LE LAC", None, "ANNE PETIT, ARCHIVES LE LAC"),
        ] {
            let article = read(line);
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{LAST}"), "{line}");
            let image = &article.images[0];
            assert_eq!(
                (image.caption.as_deref(), image.credit.as_deref()),
                (caption, Some(credit)),
                "{line}"
            );
            assert_eq!(article.authors, ["Zoé Lam"], "{line}");
        }
    }

    #[test]
    fn words_that_are_no_credit_are_text() {
        for line in [
            "Les écluses du canal - Une histoire © 2019 de bois et de fer",
            "Le canal compte neuf écluses (source : l'office du lac), et il en faudrait dix.",
            "Photo d'archives et souvenirs",
            "L'ONU et Anne Petit",
        ] {
            let article = read(line);
            assert_eq!(article.text.as_str(), format!("{FIRST}\n\n{line}\n\n{LAST}"), "{line}");
        }
    }
}
