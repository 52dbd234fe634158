//! The name of the outlet above the headline, which is no headline: a line of few words, with one that reads as a headline
//! below it.

use crate::byline;
use crate::date::Order;
use crate::lexicon::{Lexicon, WordSet, fold};

use super::line::Line;
use super::{Page, meta};

/// Words of an outlet's name; a shorter line is taken for no headline where there is a longer one.
const NAME_WORDS_MIN: usize = 4;
const NAME_WORDS_MAX: usize = 5;

/// Words of a headline below one.
const HEADLINE_WORDS_MIN: usize = 5;

/// Lines below a headline among which the date or the byline stands.
const NEAR: usize = 2;

/// Words of a line of buttons or of a menu that is no phrase of sites.
const MENU_WORDS_MAX: usize = 2;

/// The lines that may be headlines without the name of the outlet that stands above them.
pub(super) fn without(open: Vec<usize>, lines: &[Line<'_>], lexicon: &Lexicon, order: Order) -> Vec<usize> {
    let Some(at) = open.iter().position(|index| lines[*index].words >= NAME_WORDS_MIN) else { return open };
    let below = &open[at + 1..];
    headline_below(open[at], below, lines, lexicon, order)
        .map_or_else(|| open.clone(), |from| below[from..].to_vec())
}

/// The first of the lines below that may be the headline, where the one above them all is an outlet's name: by its words, if
/// it stands beside a menu or on the page once more; because a menu stands between it and a headline with a date or a byline;
/// or because it and a longer line below it both stand on the page once more.
fn headline_below(
    first: usize,
    below: &[usize],
    lines: &[Line<'_>],
    lexicon: &Lexicon,
    order: Order,
) -> Option<usize> {
    let line = &lines[first];
    if line.words > NAME_WORDS_MAX || line.sentence || line.label.is_some() || line.text.contains(':') {
        return None;
    }
    let is_long = |index: usize| lines[index].words >= HEADLINE_WORDS_MIN;
    let next = below.iter().copied().find(|index| is_long(*index))?;
    let tells = |line: &Line<'_>| {
        meta::read_line(line, None, lexicon, order)
            .is_some_and(|meta| meta.published.is_some() || !meta.authors.is_empty())
    };
    let is_menu = |line: &Line<'_>| line.chrome.is_some() || line.words <= MENU_WORDS_MAX && !tells(line);
    let is_again = |index: usize| {
        lines.iter().enumerate().any(|(other, line)| other != index && line.key == lines[index].key)
    };
    let has_menu = |headline: usize| lines[first + 1..headline].iter().any(is_menu);
    if is_name(&line.text, lexicon) {
        let is_within = |other: &Line<'_>| !other.is_running() && other.text.contains(line.text.as_ref());
        let is_one = is_of_place(&line.text, lexicon)
            || has_menu(next)
            || first > 0 && is_menu(&lines[first - 1])
            || lines.iter().enumerate().any(|(other, line)| other != first && is_within(line));
        return is_one.then_some(0);
    }
    let is_told_again = is_again(first);
    let is_dated = |headline: usize| lines[headline + 1..].iter().take(NEAR).any(tells);
    let is_below_menu = |headline: usize| {
        is_long(headline) && has_menu(headline) && !lines[first + 1..headline].iter().any(tells)
    };
    // Between the headline and its date a stand-first may stand.
    let has_dated = below.iter().any(|headline| is_below_menu(*headline) && is_dated(*headline));
    below.iter().position(|headline| {
        has_dated && is_below_menu(*headline)
            || is_told_again
                && is_long(*headline)
                && 2 * lines[*headline].words >= 3 * line.words
                && is_again(*headline)
    })
}

impl Page<'_> {
    /// Whether a line above the headline is the outlet's name by its words. A section goes by such words as well ("Local News"),
    /// but has no article before them, and holds no rights.
    pub(super) fn is_masthead(&self, index: usize) -> bool {
        let name = self.lines[index].text.as_ref();
        let has_article = || {
            name.split_whitespace()
                .next()
                .is_some_and(|first| self.lexicon.has(WordSet::Articles, &fold(first)))
        };
        let holds_rights = || {
            self.lines[index + 1..].iter().any(|line| {
                line.words <= RIGHTS_WORDS_MAX && line.text.contains('©') && line.text.contains(name)
            })
        };
        is_name(name, self.lexicon) && (has_article() || holds_rights())
    }
}

/// Words of a line that says whose the rights are.
const RIGHTS_WORDS_MAX: usize = 15;

/// Whether a line is an outlet's name by its words, all but the small ones with a capital: "La Gazette de Holm".
fn is_name(text: &str, lexicon: &Lexicon) -> bool {
    let is_small = |word: &str| is_joint(&fold(word), lexicon);
    let words = || text.split_whitespace();
    (2..=NAME_WORDS_MAX).contains(&words().count())
        && words().all(|word| word.starts_with(char::is_uppercase) || is_small(word))
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'))
        && words().any(|word| {
            let key = fold(word);
            key.rsplit(' ').next().is_some_and(|word| lexicon.has(WordSet::Outlets, word))
                || lexicon.is_compound(&key)
        })
        && !words().next().is_some_and(|first| byline::is_given_name(first, lexicon))
}

/// "Le Courrier du Lac": an article before, and a word as places have it inside. English headlines have none of these.
fn is_of_place(text: &str, lexicon: &Lexicon) -> bool {
    let mut words = text.split_whitespace().map(fold);
    words.next().is_some_and(|first| lexicon.has(WordSet::Articles, &first))
        && words.skip(1).any(|word| lexicon.has(WordSet::Particles, &word))
}

fn is_joint(word: &str, lexicon: &Lexicon) -> bool {
    [WordSet::Particles, WordSet::Articles, WordSet::And].iter().any(|set| lexicon.has(*set, word))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.";

    fn check(page: &str, title: &str, publisher: Option<&str>) {
        let article = crate::plain::read(page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.title.as_deref(), Some(title), "{page}");
        assert_eq!(article.publisher.as_deref(), publisher, "{page}");
        assert_eq!(article.text.as_str(), TEXT, "{page}");
    }

    #[test]
    fn the_name_of_the_outlet_is_no_headline() {
        for (name, below) in [
            ("La Gazette de Holm", "3 mars 2026"),
            ("The Holm Lake Tribune", "Menu"),
            ("Le Nouveau Courrier du Lac", "Édition abonnés"),
        ] {
            check(&format!("{name}\n{below}\n{TITLE}\n3 mars 2026\n{TEXT}\n"), TITLE, Some(name));
        }
        // Without a word of outlets a menu tells it, or that it stands there again.
        check(
            &format!(
                "Le carnet de Bo\nUn blog sur le lac, le vélo et le reste\nAccueil\nContact\n{TITLE}\n3 mars 2026 / Bo Ekman / 7 commentaires\n{TEXT}\n"
            ),
            TITLE,
            None,
        );
        let standfirst = "Les loueurs de barques attendent beaucoup de monde cet été";
        let page = format!("Le carnet de Bo\nAccueil\n{TITLE}\n{standfirst}\n3 mars 2026\n{TEXT}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.title.as_deref(), Some(TITLE));
        check(&format!("Le carnet de Bo\nAccueil\nContact\n{TITLE}\n3 mars 2026\n{TEXT}\n"), TITLE, None);
        check(
            &format!(
                "Le Phare de Kervella\n{TITLE}\nAbonnez-vous\n3 mars 2026\n{TEXT}\n\n{TITLE}\nLe Phare de Kervella\n"
            ),
            TITLE,
            None,
        );
    }

    #[test]
    fn a_short_headline_is_one() {
        let standfirst = "Les loueurs de barques attendent beaucoup de monde cet été";
        for title in ["Le canal rouvre enfin", "The Law of Lakes", "La tribune du maire de Holm"] {
            let page = format!("{title}\n{standfirst}\n3 mars 2026\n{TEXT}\n");
            let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.title.as_deref(), Some(title), "{page}");
            assert_eq!(article.publisher, None);
        }
    }
}
