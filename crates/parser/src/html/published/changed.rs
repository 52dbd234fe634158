//! The date of the last change that readers see.

use super::find::find_date;
use super::shown::{AWAY, Page, is_near};
use super::{Dated, is_plausible_in_part, machine_date};
use crate::date::{self, Date, Order};
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree, decode};
use crate::letters::is_letter_or_digit;
use crate::lexicon::{Folded, Label, Lexicon, WordSet, fold};
use crate::plain;

/// Words of the longest label before a date of change.
const LABEL_WORDS: usize = 8;

/// Blocks after the text among which a note about its last change stands.
const BLOCKS_BELOW: usize = 3;

impl Page<'_, '_> {
    /// A date that a label calls that of a change: "Mis à jour le 4 mars 2026". It stands at the headline, in an element
    /// called date or byline, or right below the text; in the text itself it is a line of its own. A time alone is one of the
    /// day of publication where the line says that as well: "Publié le 3 mars 2026 à 10h05 | Mis à jour à 11h20".
    pub(super) fn shown_change(&self, published: Option<&Date>) -> Option<(NodeId, Date)> {
        let list = &self.blocks.list;
        let below = self.text_end().map_or(0..0, |end| end..end + 1 + BLOCKS_BELOW);
        let away = AWAY | Roles::COMMENT;
        list.iter().enumerate().find_map(|(index, block)| {
            let is_called = block.roles.any(Roles::DATE | Roles::BYLINE);
            let is_placed =
                is_called || self.is_text(index) || below.contains(&index) || is_near(block, self.headline);
            if block.chars > 600 || block.roles.any(away) || !is_placed || self.is_in_site_head(block.first) {
                return None;
            }
            let text = self.blocks.text_of(block);
            if !text.bytes().any(|byte| byte.is_ascii_digit()) {
                return None;
            }
            if self.is_below_label_of_change(index) {
                let date = date::read(text, self.order).filter(is_plausible_in_part);
                return date.map(|date| (block.first, date));
            }
            text.split('\n').find_map(|line| {
                let line = &*plain::parted(line, self.lexicon);
                // In the text the label stands in a line of metadata, and few lines can be one.
                if self.is_text(index) && !plain::may_be_head_line(line, self.lexicon) {
                    return None;
                }
                let (_, date) = change_in(line, self.lexicon, self.order)
                    .or_else(|| self.change_on_day(line, published?))
                    .filter(|(at, _)| may_begin_statement(&line[..*at], &line[*at..], self.lexicon))?;
                let alone = || plain::head_line(line, self.lexicon, self.order).is_some();
                (!self.is_text(index) || alone()).then_some((block.first, date))
            })
        })
    }

    /// Where a line that says the day of publication calls a later time of it that of a change.
    fn change_on_day(&self, line: &str, published: &Date) -> Option<(usize, Date)> {
        let (at, time) = labelled(line, self.lexicon, date::clock)?;
        let is_later =
            published.time.is_none_or(|before| (before.hour, before.minute) <= (time.hour, time.minute));
        let says_day = |start: usize| {
            date::prefix(&line[start..], self.order)
                .is_some_and(|(date, _)| Date { time: published.time, ..date } == *published)
        };
        let mut starts = line[..at].char_indices().map(|(start, _)| start).filter(|start| {
            line[*start..].starts_with(|c: char| c.is_alphanumeric())
                && !line[..*start].ends_with(|c: char| c.is_alphanumeric())
        });
        (published.is_whole() && is_later && starts.by_ref().take(STARTS_MAX).any(says_day))
            .then_some((at, Date { time: Some(time), ..*published }))
    }

    /// The date of the first time element whose markup or label calls it that of a change.
    pub(super) fn changed_time(&self) -> Option<(NodeId, Date)> {
        let away = AWAY | Roles::COMMENT;
        (self.tree.all(Tag::Time))
            .filter(|id| !self.blocks.roles[*id as usize].any(away))
            .filter(|id| !self.is_in_site_head(*id))
            .filter(|id| has_class_of_change(self.tree, *id) || self.is_called_change(*id))
            .find_map(|id| Some((id, machine_date(self.tree, id, self.order).filter(Date::is_whole)?)))
    }

    /// The date that sums up a box in which stands when the article was first published: it is that of the last change.
    /// `<details><summary>4 May, 12.40</summary>First published on 4 May, 10.02</details>`
    pub(super) fn revised_above(&self, published: &Dated) -> Option<(NodeId, Date)> {
        let Source::Element(id) = published.source else { return None };
        let list = &self.blocks.list;
        let at = list.partition_point(|block| block.last <= id);
        let (block, above) = (list.get(at)?, at.checked_sub(1).and_then(|above| list.get(above))?);
        let label = self.lexicon.label_of(self.blocks.text_of(block));
        if self.tree.tag(above.node) != Tag::Summary || !matches!(label, Some((Label::Published, _))) {
            return None;
        }
        let date = find_date(self.blocks.text_of(above), self.order).filter(|found| found.at_start)?.date;
        (date.time.is_some() && date.edtf() != published.date.edtf).then_some((above.first, date))
    }

    /// Whether the markup of a time element, or the words before it, call its date that of a change.
    pub(super) fn is_called_change(&self, time: NodeId) -> bool {
        let tree = self.tree;
        if tree.raw_attribute(time, Name::Itemprop).is_some_and(|property| property.contains("dateModified"))
        {
            return true;
        }
        let list = &self.blocks.list;
        let at = list.partition_point(|block| block.last <= time);
        let Some(block) = list.get(at).filter(|block| block.first <= time) else { return false };
        let before = words_before(tree, block.first, time);
        let mut folded = Folded::default();
        folded.fold_words(&tree.inner_text(time), LABEL_WORDS);
        matches!(self.lexicon.label(&folded), Some((Label::Modified, _)))
            || ends_in_change(&before, self.lexicon, &mut folded)
            || before.trim().is_empty() && self.is_below_label_of_change(at)
    }

    /// Whether the line above a block is a label of a date of change.
    pub(super) fn is_below_label_of_change(&self, index: usize) -> bool {
        let above = index.checked_sub(1).map(|above| self.blocks.text_of(&self.blocks.list[above]));
        above.is_some_and(|above| {
            above.len() <= LABEL_BYTES && ends_in_change(above, self.lexicon, &mut Folded::default())
        })
    }
}

/// Nodes and bytes before a time element that its label is looked for in: a run of words may hold many such elements.
const NODES_BEFORE: usize = 40;
const BYTES_BEFORE: usize = 240;

/// The last words of a block, which begins with the node `first`, before a time element in it.
fn words_before(tree: &Tree<'_>, first: NodeId, time: NodeId) -> String {
    let mut words = Vec::new();
    let mut bytes = 0;
    for id in (first..time).rev().take(NODES_BEFORE).filter(|id| tree.tag(*id) == Tag::Text) {
        let raw = tree.raw_text(id);
        let end = &raw[raw.floor_char_boundary(raw.len().saturating_sub(BYTES_BEFORE))..];
        words.push(decode(end));
        bytes += end.trim().len();
        if bytes >= BYTES_BEFORE {
            break;
        }
    }
    words.reverse();
    words.join(" ")
}

/// Whether the class of a time element calls it that of a change, and of nothing else.
pub(super) fn has_class_of_change(tree: &Tree<'_>, time: NodeId) -> bool {
    let class = tree.raw_attribute(time, Name::Class).unwrap_or_default();
    (class.contains("updated") || class.contains("modified")) && !class.contains("published")
}

/// Bytes of a line that is a label, with a name before it at most.
const LABEL_BYTES: usize = 60;

/// Whether a text ends in a label of a date of change.
fn ends_in_change(text: &str, lexicon: &Lexicon, folded: &mut Folded) -> bool {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let starts = text.char_indices().rev().filter(|(at, c)| {
        c.is_alphanumeric() && !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric)
    });
    starts.take(LABEL_WORDS).any(|(at, _)| {
        folded.fold_words(&text[at..], LABEL_WORDS);
        matches!(lexicon.label(folded), Some((Label::Modified, end)) if at + end == text.len())
    })
}

/// Words before a time of change among which the day of publication begins.
const STARTS_MAX: usize = 40;

/// Where a line calls a date that of a change, and that date.
pub(super) fn change_in(line: &str, lexicon: &Lexicon, order: Order) -> Option<(usize, Date)> {
    labelled(line, lexicon, |rest| date_after(rest, order))
}

/// Where the first label of a change is behind which something can be read, and what.
fn labelled<T>(line: &str, lexicon: &Lexicon, read: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
    let mut folded = Folded::default();
    // Bytes tell where words begin sooner than characters; the signs beyond ASCII are taken off a word afterwards.
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let mut end = 0;
    while let Some(skipped) = line.as_bytes()[end..].iter().position(is_of_word) {
        let start = end + skipped;
        let length = line.as_bytes()[start..].iter().position(|byte| !is_of_word(byte));
        end = length.map_or(line.len(), |length| start + length);
        if !lexicon.may_begin_change(line.as_bytes()[start]) {
            continue;
        }
        let word = line[start..end].trim_start_matches(|c: char| !is_letter_or_digit(c));
        let at = end - word.len();
        // "更新日：2026年3月3日": the date follows a wide colon without a space.
        let word = word.split('：').next().unwrap_or_default();
        if !lexicon.may_call_change(word.trim_end_matches(|c: char| !is_letter_or_digit(c))) {
            continue;
        }
        folded.fold_words(&line[at..], LABEL_WORDS);
        if let Some((Label::Modified, label)) = lexicon.label(&folded)
            && let Some(found) = read(&line[at + label..])
        {
            return Some((at, found));
        }
    }
    None
}

/// Whether a word may begin a statement behind what stands before it in its line: a sign, a date or a time; or it is set off
/// by its capital. "Le règlement a été mis à jour le 4 mars" says nothing of the page.
fn may_begin_statement(before: &str, label: &str, lexicon: &Lexicon) -> bool {
    let before = before.trim_end();
    let goes_on = !before.contains(' ') && lexicon.has(WordSet::And, &fold(before));
    let last = before.split_whitespace().next_back().unwrap_or_default();
    // "and last updated" goes on from the line above.
    goes_on
        || !before.ends_with(char::is_alphanumeric)
        || last.starts_with(|c: char| c.is_ascii_digit())
        || label.starts_with(char::is_uppercase)
}

/// The date that follows a label; between them there may be a time and its zone ("at 10:30 a.m. ET on").
fn date_after(text: &str, order: Order) -> Option<Date> {
    let rest = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | '(' | ',')
    });
    let read = |text: &str| date::prefix(text, order).map(|(date, _)| date).filter(is_plausible_in_part);
    let mut timed = false;
    let mut at = 0;
    for word in rest.split_inclusive(char::is_whitespace).take(6) {
        if (at == 0 || timed)
            && let Some(date) = read(&rest[at..])
        {
            return Some(date);
        }
        at += word.len();
        timed |= word.contains([':', 'h', 'H']) && word.starts_with(|c: char| c.is_ascii_digit());
        if word.chars().filter(|c| c.is_alphabetic()).count() > 4 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let lexicon = Lexicon::load(None).unwrap();
        let found = change_in(line, &lexicon, Order::DayFirst).map(|(_, date)| date.edtf());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{line}");
    }

    #[test]
    fn a_label_calls_a_date_that_of_a_change() {
        check("Mis à jour le 4 mars 2026 à 10h12", "2026-03-04T10:12");
        check("Par Zoé Lam | Publié le 3 mars 2026 | Mis à jour le 4 mars 2026", "2026-03-04");
        check("Publié le 3 mars 2026 à 08h00, modifié le 4 mars", "XXXX-03-04");
        check("Publié le 3 mars 2026 à 8h mis à jour le 4 mars 2026", "2026-03-04");
        check("Zoé Lam Mis à jour le 4 mars 2026", "2026-03-04");
        check("Last updated: March 4, 2026, 9:30 a.m.", "2026-03-04T09:30");
        check("Mis à jour\u{a0}: «\u{a0}4 mars 2026\u{a0}»", "none");
        check("Par Zoé Lam –Mis à jour\u{a0}: 4 mars 2026", "2026-03-04");
        check("Updated at 10:30 a.m. ET on March 4, 2026", "2026-03-04");
        check("Zuletzt aktualisiert am 4. März 2026 um 10:30 Uhr", "2026-03-04T10:30");
        check("Última actualización: 4 de marzo de 2026", "2026-03-04");
        check("Ultimo aggiornamento: 4 marzo 2026 alle 10:30", "2026-03-04T10:30");
        check("Atualizado em 4 de março de 2026", "2026-03-04");
        check("Laatst bijgewerkt op 4 maart 2026", "2026-03-04");
    }

    #[test]
    fn the_words_before_a_date_are_the_last_ones() {
        let check = |before: &str, expected: &str| {
            let page = format!("<p>{before}<time>4 May</time>");
            let tree = Tree::parse(&page);
            let time = (1..tree.len()).rev().find(|id| tree.tag(*id) == Tag::Time).unwrap();
            assert_eq!(words_before(&tree, 2, time), expected);
        };
        check("Zoé Lam, <b>Updated</b>", "Zoé Lam,  Updated");
        check(&format!("{} Updated", "é".repeat(1000)), &format!("{} Updated", "é".repeat(116)));
        check(&format!("<i>Modified</i>{}", "<time>1 May</time>".repeat(100)), &vec!["1 May"; 20].join(" "));
    }

    #[test]
    fn a_sentence_says_nothing_of_the_page() {
        let lexicon = Lexicon::load(None).unwrap();
        let begins = |before: &str, label: &str| may_begin_statement(before, label, &lexicon);
        assert!(begins("and ", "last updated March 4, 2026"));
        assert!(!begins("Le maire et ", "mis à jour le 4 mars 2026"));
        assert!(!begins("Le règlement a été ", "mis à jour le 4 mars 2026"));
        assert!(begins("", "mis à jour le 4 mars 2026"));
        assert!(begins("Publié le 3 mars 2026 à 8h ", "mis à jour le 4 mars 2026"));
        assert!(begins("Zoé Lam ", "Mis à jour le 4 mars 2026"));
        assert!(begins("8 March 2026 (", "updated 9 March 2026)"));
    }

    #[test]
    fn other_dates_are_none_of_a_change() {
        check("Publié le 3 mars 2026", "none");
        check("Updated: the lake froze on March 4, 2026", "none");
        check("Updated 2 hours ago", "none");
        check("Mis à jour le 31 février 2026", "none");
        check("Les élus ont modifié le règlement du 4 mars 2026", "none");
    }

    /// The date of change of a page with this head and these lines below its headline.
    fn check_page(head: &str, lines: &str, expected: &str) {
        let page = format!(
            "<html lang=fr><head><title>Le lac a gelé</title>{head}</head><body><article><h1>Le lac a gelé</h1>{lines}<p>Le lac a \
             gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p><p>Le vent est tombé \
             avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = crate::html::read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        let found = article.modified.map(|date| date.edtf);
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{head} {lines}");
    }

    #[test]
    fn a_time_alone_is_of_the_day_of_publication() {
        check_page("", "<p>Publié le 3 mars 2026 à 10h05 | Mis à jour à 11h20</p>", "2026-03-03T11:20");
        check_page("", "<p>Publié le 3 mars 2026 à 10h05, modifié à 11h20</p>", "2026-03-03T11:20");
        check_page(
            "",
            "<p class=date>Published March 3, 2026 at 10:05. Updated: 11:20</p>",
            "2026-03-03T11:20",
        );
        check_page("", "<p>Publié le 3 mars 2026 à 10h05 | Mis à jour à 9h20</p>", "none");
        let stated = "<meta property=article:published_time content=2026-03-01>";
        check_page(stated, "<p>Mis à jour à 11h20</p>", "none");
    }

    #[test]
    fn what_sums_up_when_it_was_first_published_is_a_change() {
        let details = "<details><summary>4 mars 2026, 12h40</summary>Publié le 4 mars 2026, 10h02</details>";
        check_page("", details, "2026-03-04T12:40");
        check_page("", "<p>4 mars 2026, 12h40</p><p>Publié le 4 mars 2026, 10h02</p>", "none");
    }

    #[test]
    fn a_word_may_touch_the_time_before_it() {
        let glued = "<p>Publié le 2 mars 2026 à 13h03, modifié le 2 mars 2026 à 16h40<span>Temps de lecture 2 min</span></p>";
        check_page("", glued, "2026-03-02T16:40");
    }

    #[test]
    fn a_change_before_publication_is_none() {
        let stated = |published: &str, modified: &str| {
            format!(
                "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"Le lac a gelé\", \
                 \"datePublished\": \"{published}\", \"dateModified\": \"{modified}\"}}</script>"
            )
        };
        let before = stated("2026-01-09T15:00:00+01:00", "2026-01-09T10:00:00+01:00");
        check_page(&before, "", "none");
        check_page(&before, "<p>Publié le 9 janvier 2026 à 15h00, modifié à 17h20</p>", "2026-01-09T17:20");
        check_page(&stated("2026-01-09T15:00:00+01:00", "2026-01-09T14:00:00Z"), "", "2026-01-09T14:00:00Z");
        check_page(&stated("2026-01-10T00:30:00+02:00", "2026-01-09T23:00:00Z"), "", "2026-01-09T23:00:00Z");
        check_page(&stated("2026-01-10", "2026-01-09"), "", "none");
        check_page(&stated("2026-01-09", "2026-01-09T10:00:00Z"), "", "2026-01-09T10:00:00Z");
    }
}
