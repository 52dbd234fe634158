//! Where the article begins in a page that was scraped whole, with its menus, notices and previews above the headline.

use super::line::{Line, Role};
use super::{Page, caption, headline, meta};
use crate::byline;

/// A text that begins further up has no menu that could be taken for its head.
const MENU_LINES_MIN: usize = 25;

/// Lines above the text among which its headline is looked for.
const HEAD_LINES_MAX: usize = 30;

/// Lines below the start of the text among which its date or byline may stand: the text may begin with the stand-first.
const BELOW_MAX: usize = 8;

/// What a line that is no running text costs the stretch that it stands in, in words.
const GAP_COST: usize = 3;

/// A paragraph counts as so many words at most, so that one long notice is no article.
const PARAGRAPH_WORDS_MAX: usize = 80;

/// Notices and previews above the headline have no more words than one in so many of the text below.
const ABOVE_SHARE: usize = 4;

/// Lines right above the headline that may be its own: kicker, date, byline.
const OWN_LINES: usize = 3;

/// Short lines in a row that are a menu's.
const MENU_RUN: usize = 2;

/// The headline and the first running line of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beginning {
    pub(super) headline: usize,
    pub(super) body: usize,
}

impl Page<'_> {
    /// Where the article of a whole page begins: its headline stands between the menus and the longest stretch of running
    /// text, and a date or a byline near it. `None` where nothing shows that this is a whole page.
    pub(super) fn beginning_in_whole_page(&self) -> Option<Beginning> {
        let body = self.longest_stretch().filter(|start| *start >= MENU_LINES_MIN)?;
        let is_meta = |line: &Line<'_>| {
            meta::read_line(line, None, self.lexicon, self.order).is_some_and(|meta| {
                meta.published.is_some() || meta.modified.is_some() || !meta.authors.is_empty()
            })
        };
        let mut has_meta = self.lines[body + 1..].iter().take(BELOW_MAX).any(is_meta);
        let (mut found, mut short) = (Vec::new(), 0);
        for index in (body.saturating_sub(HEAD_LINES_MAX)..body).rev() {
            let line = &self.lines[index];
            if is_meta(line) {
                has_meta = true;
                short = 0;
            } else if line.words >= WORDS_MIN
                && headline::may_be(line, self.lexicon, self.order)
                && !self.is_masthead(index)
                && !byline::is_people(&line.text, self.lexicon)
                && !self.is_above_field(index)
                && !self.is_above_credit(index)
                && caption::read(line, self.lexicon).is_none_or(|image| image.credit.is_none())
            {
                found.push(index);
                short = 0;
            } else if !found.is_empty() && line.words < WORDS_MIN {
                short += 1;
            }
            // A menu stands above; or what is above are other articles. Below the date only captions and the stand-first stand.
            if short >= MENU_RUN && has_meta || found.len() >= LINES_MAX {
                break;
            }
        }
        // One that stands on the page once more is the headline: in its title, a breadcrumb or a button to share it.
        let is_again = |index: &&usize| {
            let headline = &self.lines[**index];
            self.lines.iter().enumerate().any(|(other, line)| {
                other != **index
                    && (line.key == headline.key || headline::is_with_site(&line.text, &headline.text))
            })
        };
        let headline = *found.iter().rev().find(is_again).or(found.last()).filter(|_| has_meta)?;
        // A part of a long text, below a list, is no article of its own.
        let words = |lines: &[Line<'_>]| -> usize {
            lines.iter().filter(|line| line.is_open() && line.is_running()).map(|line| line.words).sum()
        };
        let (above, below) = (words(&self.lines[..headline]), words(&self.lines[body..]));
        (above * ABOVE_SHARE <= below).then_some(Beginning { headline, body })
    }

    /// Leaves out what stands above the headline of a whole page, but for the lines right above it.
    pub(super) fn leave_menu_out(&mut self, headline: usize) {
        for line in &mut self.lines[..headline.saturating_sub(OWN_LINES)] {
            if line.is_open() {
                line.role = Role::Chrome;
            }
        }
    }

    /// The first line of the stretch with most running text, in words, less what the lines between cost.
    fn longest_stretch(&self) -> Option<usize> {
        let (mut best, mut best_start) = (0, None);
        let (mut sum, mut start) = (0_usize, 0);
        for (index, line) in self.lines.iter().enumerate() {
            if line.is_open() && line.is_running() && !self.is_aside(line) {
                if sum == 0 {
                    start = index;
                }
                sum += line.words.min(PARAGRAPH_WORDS_MAX);
                if sum > best {
                    (best, best_start) = (sum, Some(start));
                }
            } else {
                sum = sum.saturating_sub(GAP_COST);
            }
        }
        best_start
    }
}

/// Words of a headline in a whole page, where menus have shorter lines.
const WORDS_MIN: usize = 4;

/// Lines between the menus and the text that may be headlines: kicker, headline, stand-first, caption.
const LINES_MAX: usize = 4;

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    const TITLE: &str = "Le canal de Holm rouvre aux barques de loisir";
    const TEXT: &str = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux, \
                        devant des centaines de curieux.\nLe chantier a coûté neuf millions d'euros, dont la moitié \
                        payée par la région.\nLes loueurs espèrent retrouver dès l'été prochain le nombre de clients d'avant.";

    fn menu(lines: usize) -> String {
        let sections = ["lac", "port", "ville", "sport"];
        let line = |number: usize| match number % 7 {
            3 => format!("Tout sur le lac de Holm {number}\n"),
            _ => format!("Rubrique {}\n", sections[number % 4]),
        };
        (0..lines).map(line).collect::<Vec<_>>().concat()
    }

    fn read(page: &str) -> document::Article {
        crate::plain::read(page, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn the_headline_stands_below_a_long_menu() {
        for head in ["Par Zoé Lam\n12 mars 2024", "Publié le 12 mars 2024 à 9h05", "12.03.2024"] {
            let article = read(&format!("{}{TITLE}\n{head}\n{TEXT}\n", menu(42)));
            assert_eq!(article.title.as_deref(), Some(TITLE), "{head}");
            assert_eq!(article.text.as_str(), TEXT.replace('\n', "\n\n"), "{head}");
        }
    }

    #[test]
    fn a_notice_above_the_menu_is_no_text() {
        let notice = "Le Courrier et ses partenaires gardent des traces de votre visite afin de mesurer l'audience du site.";
        let more = "Le garde du port a compté trois cents bateaux dès le premier jour, et il en attend le double cet été.";
        let article =
            read(&format!("{notice}\n{}{TITLE}\n12 mars 2024\n{TEXT}\n{more}\n{more} Oui.\n", menu(42)));
        assert_eq!(article.title.as_deref(), Some(TITLE));
        let expected = format!("{TEXT}\n{more}\n{more} Oui.").replace('\n', "\n\n");
        assert_eq!(article.text.as_str(), expected);
    }

    #[test]
    fn a_long_text_begins_where_it_did() {
        let items: Vec<String> = (0..30).map(|number| format!("- Point numéro {number}\n")).collect();
        let items = items.concat();
        let article =
            read(&format!("{TITLE}\n12 mars 2024\n{TEXT}\n{items}Une suite sans date\n{TEXT} Oui.\n"));
        assert_eq!(article.title.as_deref(), Some(TITLE));
        assert!(article.text.starts_with("Les premières barques"));
    }

    #[test]
    fn a_caption_below_the_date_is_no_headline() {
        let caption = "Des barques devant l'écluse de Holm, au matin";
        let article = read(&format!("{}{TITLE}\n12 mars 2024\nLac\nPort\n{caption}\n{TEXT}\n", menu(42)));
        assert_eq!(article.title.as_deref(), Some(TITLE));
        let article = read(&format!("{}{TITLE}\nPar Zoé Lam\nAnna Lam et Jean Morel\n{TEXT}\n", menu(42)));
        assert_eq!(article.title.as_deref(), Some(TITLE));
    }

    #[test]
    fn what_stands_on_the_page_once_more_is_the_headline() {
        let page = format!(
            "{TITLE} - Le Courrier\n{}Dossier : le retour des canaux\n{TITLE}\n12 mars 2024\n{TEXT}\n",
            menu(42)
        );
        let article = read(&page);
        assert_eq!(article.title.as_deref(), Some(TITLE));
        assert_eq!(article.text.as_str(), TEXT.replace('\n', "\n\n"));
    }

    #[test]
    fn a_box_and_a_caption_below_the_headline_are_none() {
        let caption = "Des barques devant l'écluse de Holm";
        for below in [
            "Newsletter Lac\nChaque jour, à 18 h, tout le meilleur du lac\nVotre e-mail\nOK\nJe m'inscris",
            &format!("Partager\nImprimer\n{caption}\n(Photo : Office du lac)\nPar Zoé Lam"),
        ] {
            let article = read(&format!("{}{TITLE}\n12 mars 2024\n{below}\n{TEXT}\n", menu(42)));
            assert_eq!(article.title.as_deref(), Some(TITLE), "{below}");
            assert_eq!(article.text.as_str(), TEXT.replace('\n', "\n\n"), "{below}");
        }
    }
}
