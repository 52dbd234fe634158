//! What a site's front puts above a headline that is as long as one: its sections in a row, a list of what is read now, its own
//! name above these.

use crate::date::Order;
use crate::lexicon::{Chrome, Lexicon, WordSet, fold};

use super::headline::is_breadcrumb;
use super::line::Line;
use super::meta;

/// Words of a row of sections.
const ROW_WORDS_MIN: usize = 3;
const ROW_WORDS_MAX: usize = 12;

/// Words of a headline below a front.
const HEADLINE_WORDS_MIN: usize = 5;

/// The lines that may be headlines without those of the front above a headline that stands apart, right above its date or its
/// byline: below a list of what is read now, or where the front page or a row of sections stands between.
pub(super) fn without(open: Vec<usize>, lines: &[Line<'_>], lexicon: &Lexicon, order: Order) -> Vec<usize> {
    let Some(first) = open.first().copied() else { return open };
    let tells = |line: &Line<'_>| meta::tells_who_or_when(line, lexicon, order);
    let is_told = |index: usize| lines.get(index + 1).is_some_and(tells);
    let is_headline = |index: usize| {
        let line = &lines[index];
        line.gap && line.words >= HEADLINE_WORDS_MIN && !line.sentence && is_told(index)
    };
    let Some(at) = open.iter().position(|index| is_headline(*index)).filter(|at| *at > 0) else {
        return open;
    };
    let headline = open[at];
    let is_front = |line: &Line<'_>| {
        is_row_of_sections(&line.text, lexicon)
            || is_breadcrumb(&line.text, lexicon)
            || lexicon.has(WordSet::Home, &fold(&line.text))
            || matches!(line.chrome, Some((Chrome::Navigation, true))) && fold(&line.text) == MENU
    };
    // A headline of its own has its date or its byline above the next one.
    let is_bare = || !open[..at].iter().any(|index| is_told(*index));
    let has_front = || lines[first + 1..headline].iter().any(is_front);
    let is_listed = |index: usize| {
        let above = (0..index).rev().take_while(|above| !lines[above + 1].gap);
        above.into_iter().any(|above| matches!(lines[above].chrome, Some((Chrome::Related, true))))
    };
    let all_listed = || open[..at].iter().all(|index| is_listed(*index) || lines[*index].words < 3);
    if is_bare() && (has_front() || all_listed()) { open[at..].to_vec() } else { open }
}

/// The same word in most languages.
const MENU: &str = "menu";

/// "Accueil Actualités Économie Sport": sections and the front page in a row, without a sign between them.
pub(super) fn is_row_of_sections(text: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(ROW_WORDS_MIN..=ROW_WORDS_MAX).contains(&words.len())
        || !words.iter().all(|word| word.starts_with(char::is_uppercase) && word.chars().all(is_of_name))
    {
        return false;
    }
    let is_home = lexicon.has(WordSet::Home, &fold(words[0]));
    let is_section = |word: &&&str| lexicon.has(WordSet::Sections, &fold(word));
    let sections = words.iter().filter(is_section).count() + usize::from(is_home);
    is_home && sections * 2 >= words.len() || sections == words.len()
}

fn is_of_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '-' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn title(head: &str) -> String {
        let page = format!("{head}\n\n{TEXT}\n\n{TEXT} Oui.\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        article.title.map(|title| title.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_front_of_a_site_is_no_headline() {
        for front in [
            "Accueil Actualités Économie Politique Sport",
            "Home World Business Sport",
            "Sujets du moment\nLe budget de Holm adopté\nLa grève du 5 mars au port",
            "Trending now\nThe budget of Holm is adopted\nThe strike of 5 March",
            "Ministère de la Navigation intérieure\n\nAccueil Presse Communiqués",
            "Nous respectons votre vie privée\nAvec nos 842 partenaires, nous stockons des informations.\nTout accepter",
            "We value your privacy\nWe and our 842 partners store information on a device.\nAccept all",
            "La Voix de Holm",
            "Météo Holm : 12°",
        ] {
            assert_eq!(
                title(&format!("{front}\n\n{TITLE}\n\nPar Zoé Lam\nPublié le 3 mars 2026")),
                TITLE,
                "{front}"
            );
        }
    }

    #[test]
    fn a_headline_above_other_lines_is_one() {
        let standfirst = "Les loueurs de barques attendent beaucoup de monde cet été";
        for head in [
            format!("{TITLE}\n\nMenu\n\nPar Zoé Lam\n3 mars 2026"),
            format!("{TITLE}\nPartager\n\n{standfirst}\n\nPar Zoé Lam\n3 mars 2026"),
            format!("{TITLE}\nPar Zoé Lam\nAccueil\n\n{standfirst}\n3 mars 2026"),
            format!(
                "{TITLE}\nÀ lire aussi\nHolm : les dockers en grève depuis lundi\n\n{standfirst}\n\nPar Zoé Lam"
            ),
        ] {
            assert_eq!(title(&head), TITLE, "{head}");
        }
        let title_of_subjects = "Politique Culture Sport : tout change à Holm";
        assert_eq!(title(&format!("{title_of_subjects}\n\nPar Zoé Lam")), title_of_subjects);
    }

    #[test]
    fn buttons_consent_and_dates_that_stand_twice_are_no_headline() {
        let headline = "L'écluse de Holm rouvre aux premières barques";
        let page = |above: &str, below: &str| {
            let page = format!(
                "{above}{headline}\nPar Zoé Lam\nPublié le 3 mars 2026\n{TEXT}\n{TEXT} Oui.\n{below}\n"
            );
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
        };
        for (above, below) in [
            ("Un geste pour tous nos proches\n", "Un geste pour tous nos proches"),
            (
                "Avec votre accord, nos partenaires et nous utilisons des cookies pour mesurer l'audience.\nAccepter\nRefuser\n",
                "",
            ),
        ] {
            let article = page(above, below);
            assert_eq!(article.title.as_deref(), Some(headline), "{above}");
            assert!(article.text.starts_with("Les premières barques"), "{above}");
        }
        // What the text says of cookies is its own.
        let own = "Le port dit que son site utilise des cookies et traceurs pour compter ses visiteurs, et rien de plus.";
        let page = format!("{headline}\nPar Zoé Lam\n3 mars 2026\n{own}\n{TEXT}\n");
        assert!(crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap().text.starts_with(own));
    }

    #[test]
    fn a_short_sentence_may_open_the_text() {
        let page = |first: &str| {
            let page = format!("{TITLE}\nPar Zoé Lam\n3 mars 2026\n{first}\n{TEXT}\n");
            crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap()
        };
        for first in ["C'est faux.", "« Non. »", "Anne Petit, directrice du port, le reconnaît."] {
            let article = page(first);
            assert!(article.text.starts_with(first), "{first}");
            assert_eq!(article.authors, ["Zoé Lam"], "{first}");
        }
    }

    #[test]
    fn line_breaks_may_be_written_out() {
        let page = format!("{TITLE}\\nPar Zoé Lam\\n3 mars 2026\\n\\n{TEXT}\\n\\n{TEXT} Oui.");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.title.as_deref(), Some(TITLE));
        assert_eq!(article.text.as_str(), format!("{TEXT}\n\n{TEXT} Oui."));
        let code = r"Le caractère \n finit une ligne, dit-on.";
        assert_eq!(super::super::with_line_breaks(code), code);
    }
}
