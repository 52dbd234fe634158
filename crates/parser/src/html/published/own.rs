//! Whether a date is the article's own, by its line and where that stands.

use super::find::{Found, find_date};
use super::shown::Page;
use crate::date::Order;
use crate::html::blocks::{Block, Kind};
use crate::html::joints;
use crate::html::role::Roles;
use crate::html::tree::NodeId;
use crate::plain;

impl Page<'_, '_> {
    /// Whether a label is only the first word of another one: "Date" of "Date limite : 3 mars".
    pub(super) fn goes_on_as_another_label(&self, rest: &str) -> bool {
        let Some((words, _)) = rest.split_once(':') else { return false };
        let words = words.trim();
        !words.is_empty()
            && words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\u{a0}' | '\'' | '’' | '-'))
            && self.lexicon.label_of(words).is_none()
    }

    /// Whether a node stands between the headline and the text: what is called a foot there is the head of the article.
    pub(super) fn is_above_text(&self, id: NodeId) -> bool {
        let start = (0..self.blocks.list.len()).find(|index| self.is_text(*index));
        self.headline != 0
            && id > self.headline
            && start.is_some_and(|start| id < self.blocks.list[start].first)
    }

    /// Whether a date without a label that stands below the first paragraphs is the article's, as far as its line tells: it is
    /// called a date, says no more than who and when, or signs the text with its place. Others are those of a concert, a
    /// deadline, or of the article that the line above leads to.
    pub(super) fn is_of_article(&self, index: usize, text_end: usize, found: &Found) -> bool {
        let list = &self.blocks.list;
        let block = &list[index];
        if block.roles.any(Roles::DATE | Roles::BYLINE) {
            return true;
        }
        if found.alone {
            let above = index.checked_sub(1).map(|above| &list[above]).filter(|_| index > text_end + 1);
            let is_title = |above: &Block| {
                matches!(above.kind, Kind::Heading(_))
                    || above.link_density() > LINK_DENSITY && above.words >= TITLE_WORDS
            };
            return !above.is_some_and(is_title);
        }
        self.says_when(block)
            || self.is_text(index) && is_place_and_date(self.blocks.text_of(block), self.order)
    }

    /// Whether a line of a block says no more than who wrote the article, and when.
    pub(super) fn says_when(&self, block: &Block) -> bool {
        let says_when = |line: &str| {
            plain::head_line(line, self.lexicon, self.order).is_some_and(|line| line.published.is_some())
        };
        joints::parted(self.tree, self.blocks, block).split('\n').any(says_when)
    }
}

/// Whether a line is a place and a date as at the end of a letter: "Holm, le 3 mars 2026", "Fait à Holm, le 3 mars 2026".
fn is_place_and_date(line: &str, order: Order) -> bool {
    let Some((place, date)) = line.rsplit_once(", ") else { return false };
    let is_short = |text: &str, most: usize| text.split_whitespace().count() <= most;
    is_short(place, PLACE_WORDS)
        && is_short(date, DATE_WORDS)
        && place.starts_with(char::is_uppercase)
        && !place.contains([':', '.'])
        && line.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit())
        && find_date(date, order).is_some()
}

/// Words of a place before a date, and of that.
const PLACE_WORDS: usize = 3;
const DATE_WORDS: usize = 5;

/// How much of a line is links, and how many words it has, where it is the title of another article.
const LINK_DENSITY: f32 = 0.5;
const TITLE_WORDS: u32 = 3;

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn what_the_text_and_other_articles_tell_is_no_date_of_publication() {
        let lexicon = Lexicon::load(None).unwrap();
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        let published = |inside: &str, below: &str| {
            let page = format!(
                "<title>Le lac a gelé cette nuit</title><main><h1>Le lac a gelé cette nuit</h1>{prose}{inside}{prose}</main>{below}"
            );
            let article = crate::html::read(&page, None, &lexicon).unwrap();
            article.published.map(|date| date.edtf)
        };
        for inside in [
            "<p>Le pont fut ouvert le 3 mai 1944 par le maire.</p>",
            "<p>La fête du lac aura lieu le 14 juin 2025 sur la place.</p>",
            "<p>The law of 11 February 2005 asks for ramps on the ice.</p>",
        ] {
            assert_eq!(published(inside, ""), None, "{inside}");
        }
        for below in [
            "<div class=promo><p>The winter sale ends on 30 May 2026.</p></div>",
            "<div class=box><ul><li>Harbour fair: 30 May 2026</li><li>Ferry talk: 2 June 2026</li></ul></div>",
            "<div class=agenda><p>Samedi 30 mai 2026, salle des fêtes</p></div>",
            "<p>Date limite des candidatures : 30 mai 2026.</p>",
            "<p>Date limite : 30 mai 2026</p>",
            "<div class=more><h3>More</h3><a href=/x>Ferry idea sinks again</a> <span>30 May 2024</span></div>",
            "<div><a href=/x>Ferry idea sinks again</a></div><div>30 May 2024</div>",
            "<h4>Fête du port</h4><p>30 mai 2026</p>",
        ] {
            assert_eq!(published("", below), None, "{below}");
        }
        assert_eq!(published("", "<p>Holm, le 3 mars 2026</p>").as_deref(), Some("2026-03-03"));
        let foot = "<p>Un</p><p>deux</p><p>trois</p><p>quatre</p>";
        for below in [
            "<h3>À ne pas manquer</h3><ul><li><a href=/x>Le port rouvre</a> <span>17 janvier 2026</span></ul>",
            "<h3>Latest</h3><ul><li><a href=/x>Rugby win</a> <span>Jan 17, 2026</span></ul>",
            "<h3>2 commentaires</h3><ul><li><b>Jakez</b> le 3 mars 2026 à 10:12<p>Bravo</ul>",
            "<ul><li><a href=/x>Le port rouvre</a> <time datetime=2026-01-17>hier</time></ul>",
        ] {
            assert_eq!(published("", &format!("{foot}{below}")), None, "{below}");
        }
        for below in
            ["<p>3 mars 2026</p>", "<p>Publié le 3 mars 2026</p>", "<div>Par Zoé Lam, le 3 mars 2026</div>"]
        {
            assert_eq!(published("", below).as_deref(), Some("2026-03-03"), "{below}");
        }
    }
}
