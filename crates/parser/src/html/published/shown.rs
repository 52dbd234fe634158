//! The date that readers see.

use std::cell::OnceCell;

use document::{Basis, Published};

use super::bar::{shows_today, site_head_end};
use super::changed::{change_in, has_class_of_change};
use super::find::{Found, earliest_labelled, find_date};
use super::scripts::day_in_scripts;
use super::zone::{begun_in_zone_of, in_zone_of, is_noon, swapped};
use super::{is_plausible, machine_date, order, same_day};
use crate::date::{self, Date, Order};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::body::Verdict;
use crate::html::joints;
use crate::html::metadata::Metadata;
use crate::html::place::is_in_foot_of_article;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Folded, Label, Lexicon};
use crate::plain;

/// Parts of a page whose dates are of other things.
pub(super) const AWAY: Roles = Roles(
    Roles::COMMENT.0
        | Roles::RELATED.0
        | Roles::SIDEBAR.0
        | Roles::NAVIGATION.0
        | Roles::FOOTER.0
        | Roles::TEASER.0
        | Roles::HIDDEN.0
        | Roles::EMBED.0,
);

/// A page whose own dates are looked for.
pub(in crate::html) struct Page<'p, 'a> {
    pub tree: &'p Tree<'a>,
    pub blocks: &'p Blocks,
    pub verdicts: &'p [Verdict],
    pub metadata: &'p Metadata<'a>,
    pub headline: NodeId,
    /// Where the head of the site ends, above the headline: it shows what day it is.
    site_head_end: OnceCell<NodeId>,
    pub order: Order,
    /// The latest day that a date can be, where it is known when the page was read.
    pub latest: Option<Date>,
    pub lexicon: &'p Lexicon,
}

impl<'p, 'a> Page<'p, 'a> {
    /// A page of which nothing is left to find but its dates.
    pub(in crate::html) fn new(
        tree: &'p Tree<'a>,
        blocks: &'p Blocks,
        verdicts: &'p [Verdict],
        metadata: &'p Metadata<'a>,
        headline: Option<NodeId>,
        latest: Option<Date>,
        lexicon: &'p Lexicon,
    ) -> Self {
        let order = order(blocks, metadata);
        let headline = headline.unwrap_or_default();
        let site_head_end = OnceCell::new();
        Self { tree, blocks, verdicts, metadata, headline, site_head_end, order, latest, lexicon }
    }

    /// Whether a node stands where a site shows what day it is: in its head, or above the headline in an element that says so.
    pub(super) fn is_in_site_head(&self, id: NodeId) -> bool {
        id < *self.site_head_end.get_or_init(|| self.find_site_head_end())
            || id < self.headline && shows_today(self.tree, id)
    }

    fn find_site_head_end(&self) -> NodeId {
        let is_text = |(block, verdict): (&Block, &Verdict)| verdict.is_kept() && block.is_prose();
        let text = self.blocks.list.iter().zip(self.verdicts).position(is_text);
        let start = text.map_or(self.headline, |text| self.headline.min(self.blocks.list[text].first));
        let host = self.metadata.host().map(|(host, _)| host);
        site_head_end(self.tree, self.blocks, host, start, self.lexicon)
    }

    /// The elements that have a property of schema.org.
    pub(super) fn with_property(&self, property: &str) -> impl Iterator<Item = NodeId> {
        self.tree.marked.iter().copied().filter(move |id| {
            self.tree
                .raw_attribute(*id, Name::Itemprop)
                .is_some_and(|prop| prop.split_ascii_whitespace().any(|word| word == property))
        })
    }

    /// The first date wanted that the markup calls that of publication.
    pub(super) fn in_microdata(&self, wanted: impl Fn(&Date) -> bool) -> Option<(NodeId, Date)> {
        let away = Roles::COMMENT | Roles::RELATED;
        (self.tree.marked.iter().copied())
            .filter(|id| {
                self.tree.raw_attribute(*id, Name::Itemprop).is_some_and(|prop| {
                    prop.split_ascii_whitespace().any(|word| word == "datePublished" || word == "dateCreated")
                }) && !self.blocks.roles[*id as usize].any(away)
            })
            .find_map(|id| Some((id, machine_date(self.tree, id, self.order).filter(&wanted)?)))
    }

    /// The first date wanted in the article's time elements, but for those of a change.
    pub(super) fn first_time(&self, wanted: impl Fn(&Date) -> bool) -> Option<(NodeId, Date)> {
        // What stands further down is of other articles, whatever it is called.
        let list = &self.blocks.list;
        let foot = self.text_end().and_then(|end| list.get(end + FOOT_BLOCKS));
        let end = foot.map_or(self.tree.len(), |block| block.last.max(self.headline));
        (self.tree.sought.iter().copied())
            .take_while(|id| *id < end)
            .filter(|id| is_time(self.tree, *id) && !self.is_time_away(*id))
            .filter(|id| !self.is_in_site_head(*id) && !self.is_told_of_in_text(*id))
            .filter(|id| !has_class_of_change(self.tree, *id) && !self.is_called_change(*id))
            .find_map(|id| Some((id, machine_date(self.tree, id, self.order).filter(&wanted)?)))
    }

    /// Whether a time stands in a line of the text that says more than it, and is no dateline: "2 March: the ice breaks."
    fn is_told_of_in_text(&self, id: NodeId) -> bool {
        let list = &self.blocks.list;
        let at = list.partition_point(|block| block.last <= id);
        let Some(block) = list.get(at).filter(|block| block.first <= id && self.is_text(at)) else {
            return false;
        };
        let is_first = || (0..at).filter(|index| self.is_text(*index)).nth(DATELINE_BLOCKS - 1).is_none();
        let words = self.tree.inner_text(id).split_whitespace().count();
        block.words as usize > words + SENTENCE_WORDS_BESIDE && !is_first()
    }

    /// Whether a line at the headline says who wrote the article: builders of sites call what somebody wrote by hand an embed.
    fn is_byline_in_embed(&self, block: &Block) -> bool {
        block.roles & AWAY == Roles::EMBED
            && is_near(block, self.headline)
            && matches!(self.lexicon.label_of(self.blocks.text_of(block)), Some((Label::Byline, _)))
    }

    /// The date that is all of a block below the label of publication in a box beside the text, whatever that is called.
    fn fact_beside_text(&self, index: usize) -> Option<Date> {
        let block = &self.blocks.list[index];
        let label = &self.blocks.list[index.checked_sub(1)?];
        let is_beside = block.roles & AWAY & !(Roles::SIDEBAR | Roles::TEASER) == Roles::NONE;
        if !is_beside || block.chars > HEAD_CHARS || block.links + label.links > 0 {
            return None;
        }
        let words = self.blocks.text_of(label);
        let (Label::Published, end) = self.lexicon.label_of(words)? else { return None };
        let (found, _) = self.date_in(block).filter(|_| !words[end..].contains(char::is_alphanumeric))?;
        found.alone.then_some(found.date)
    }

    /// Whether a time stands in a part of the page that is of other things.
    fn is_time_away(&self, id: NodeId) -> bool {
        let away = self.blocks.roles[id as usize] & AWAY;
        let is_of_article =
            || is_in_foot_of_article(self.tree, self.blocks, id, self.headline) || self.is_above_text(id);
        away != Roles::NONE && !(away == Roles::FOOTER && is_of_article())
    }

    /// A date of the metadata as the page shows it. Machines write times in UTC, whose day is not always the day on
    /// which readers saw the page; and dates in figures whose order only the page tells.
    pub(super) fn as_readers_saw(&self, written: &str, stated: Date, url_date: Option<Date>) -> Published {
        let as_stated = || Published { edtf: stated.edtf(), basis: Basis::Metadata };
        let in_utc = stated.time.is_some_and(|time| time.offset == Some(0));
        let swapped = swapped(written, &stated);
        if !in_utc && swapped.is_none() {
            return as_stated();
        }
        let mut local = None;
        let mut bare = None;
        let headline = self.headline;
        for block in &self.blocks.list {
            if block.chars > 160
                || !is_near(block, headline) && !block.roles.any(Roles::DATE | Roles::BYLINE)
                || block.roles.any(AWAY)
                || self.is_in_site_head(block.first)
            {
                continue;
            }
            let Some((shown, is_labelled)) = self.date_in(block).map(|(found, said)| (found.date, said))
            else {
                continue;
            };
            // A caption tells when a picture was taken, a sentence when something was done.
            let is_told = || {
                let text = self.blocks.text_of(block);
                let has_time = || (block.first..block.last).any(|id| self.tree.tag(id) == Tag::Time);
                block.roles.any(Roles::DATE | Roles::BYLINE)
                    || has_time()
                    || !block.roles.any(Roles::CAPTION) && !block.is_prose() && !plain::ends_sentence(text)
                    || plain::head_line(text, self.lexicon, self.order).is_some()
            };
            if !is_labelled && !is_told() {
                continue;
            }
            if same_day(&shown, &stated) {
                if shown.time.is_some() || !is_noon(&stated) {
                    return as_stated();
                }
                bare = Some(shown);
            }
            if local.is_none() {
                local = match &swapped {
                    Some(swapped) if same_day(&shown, swapped) => Some(*swapped),
                    _ if in_utc => in_zone_of(&stated, &shown),
                    _ => None,
                };
            }
        }
        // What has to fill in a time for a day takes noon, which is the same day nearly everywhere.
        if let Some(day) = bare {
            return Published { edtf: day.edtf(), basis: Basis::Metadata };
        }
        if let Some(local) = local {
            // A time element may have the instant in the zone of its readers.
            let has_zone = |date: &Date| date.time.is_some_and(|time| time.offset.is_some());
            let told =
                |date: &Date| has_zone(date) && same_day(date, &local) && in_zone_of(&stated, date).is_some();
            if local.time.is_none()
                && let Some((_, date)) = self.first_time(told)
            {
                return Published { edtf: date.edtf(), basis: Basis::Metadata };
            }
            let basis = if local.time.is_some() { Basis::Metadata } else { Basis::Dateline };
            return Published { edtf: local.edtf(), basis };
        }
        match url_date.filter(|date| in_utc && date.day.is_some()) {
            Some(date) if !same_day(&date, &stated) && in_zone_of(&stated, &date).is_some() => {
                Published { edtf: date.edtf(), basis: Basis::Url }
            }
            _ if in_utc => {
                let language = self.metadata.language.as_deref().unwrap_or_default();
                begun_in_zone_of(&stated, language)
                    .or_else(|| day_in_scripts(self.tree, &stated))
                    .map_or_else(as_stated, |day| Published { edtf: day.edtf(), basis: Basis::Metadata })
            }
            _ => as_stated(),
        }
    }

    /// Whether a line at the headline, or one that is called a date, shows this day.
    pub(super) fn shows(&self, date: &Date) -> bool {
        let headline = self.headline;
        self.blocks.list.iter().any(|block| {
            (is_near(block, headline) || block.roles.any(Roles::DATE | Roles::BYLINE))
                && block.chars <= 160
                && !self.is_in_site_head(block.first)
                && self.date_in(block).is_some_and(|(found, _)| same_day(&found.date, date))
        })
    }

    /// The date in a short block, with whether the block says that it is that of publication; none if it says that it
    /// is that of a change.
    fn date_in(&self, block: &Block) -> Option<(Found, bool)> {
        if !self.blocks.text_of(block).bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let text = &*joints::parted(self.tree, self.blocks, block);
        let mut first = None;
        let mut folded = Folded::default();
        for line in text.split('\n') {
            let line = &*plain::parted(line, self.lexicon);
            match self.lexicon.label_of(line) {
                Some((Label::Published, end)) if !self.goes_on_as_another_label(&line[end..]) => {
                    if let Some(found) = find_date(&line[end..], self.order) {
                        return Some((earliest_labelled(found, line, self.lexicon, self.order), true));
                    }
                }
                // The day on which somebody printed the page.
                None if matches!(
                    self.lexicon.chrome_of(line, &mut folded),
                    Some((Chrome::Navigation, _))
                ) => {}
                // What follows on the line of a change may be a change too: "Updated on 3 May, 10:00"; or it is called the day of
                // publication: "Modifié le 6 mai. Publié le 4 mai".
                Some((Label::Modified, _)) => {
                    let head =
                        plain::head_line(line, self.lexicon, self.order).filter(|head| head.is_labelled);
                    let date = head
                        .and_then(|head| head.published)
                        .filter(|date| date.day.is_some() && is_plausible(date));
                    if let Some(date) = date {
                        return Some((Found { date, at_start: true, alone: false, ranges: false }, true));
                    }
                }
                _ if first.is_none() => {
                    let change = || change_in(line, self.lexicon, self.order);
                    first = find_date(line, self.order).and_then(|found| match change() {
                        Some((at, _)) => find_date(&line[..at], self.order),
                        None => Some(found),
                    });
                }
                _ => {}
            }
        }
        let mut found = first?;
        found.alone &= !text.contains('\n');
        Some((found, false))
    }

    /// A date that is an element of its own in a longer line.
    fn dated_element_in(&self, block: &Block) -> Option<Found> {
        let dated = |id: &NodeId| {
            self.tree.tag(*id) != Tag::Text && self.blocks.own_roles[*id as usize].any(Roles::DATE)
        };
        let found = (block.first..block.last).filter(dated).find_map(|id| {
            let text = self.tree.short_text(id, 60)?;
            find_date(&text, self.order).filter(|found| found.at_start && !self.is_called_change(id))
        })?;
        let label = self.lexicon.label_of(self.blocks.text_of(block));
        (!matches!(label, Some((Label::Modified, _)))).then_some(found)
    }

    pub(super) fn is_text(&self, index: usize) -> bool {
        self.verdicts[index].is_kept()
    }

    /// The last block of the text.
    pub(super) fn text_end(&self) -> Option<usize> {
        (0..self.blocks.list.len()).rev().find(|index| self.is_text(*index))
    }

    /// Whether a block is a sentence that says something else than the date in it: "The bridge was opened on 3 May 1944."
    fn is_sentence_about_it(&self, index: usize, block: &Block) -> bool {
        let text = self.blocks.text_of(block);
        block.words >= SENTENCE_WORDS
            && (plain::ends_sentence(text) || text.ends_with(':'))
            && (self.is_text(index) || !is_near(block, self.headline))
            && !block.roles.any(Roles::DATE | Roles::BYLINE)
    }

    /// Whether a block heads what readers wrote, or other articles.
    fn heads_others(&self, block: &Block, folded: &mut Folded) -> bool {
        if block.chars > HEAD_CHARS || !self.lexicon.fold_known(self.blocks.text_of(block), folded) {
            return false;
        }
        let chrome = self.lexicon.chrome(folded).map(|(chrome, _)| chrome);
        matches!(chrome, Some(Chrome::Comments | Chrome::CommentFrame | Chrome::Related))
    }

    /// A date that readers see: labelled "published", or alone in an element called date, nearest to the headline; or
    /// the dateline with which the text begins; and where it stands.
    pub(super) fn shown(&self) -> Option<(NodeId, Date)> {
        let list = &self.blocks.list;
        let text_end = self.text_end().unwrap_or(usize::MAX);
        let text_start =
            (0..list.len()).find(|index| self.is_text(*index)).map_or(0, |index| list[index].first);
        let anchors = [self.headline, text_start];
        let mut best: Option<(i64, NodeId, Date)> = None;
        let mut offer = |score: i64, block: &Block, date: Date| {
            if best.is_none_or(|(other, ..)| score > other) {
                best = Some((score, block.first, date));
            }
        };
        let mut folded = Folded::default();
        let mut paragraphs = 0;
        let mut prose = 0;
        let mut is_others = false;
        for (index, block) in list.iter().enumerate() {
            is_others = is_others || index > text_end && self.heads_others(block, &mut folded);
            let is_below = prose > 1;
            prose += usize::from(self.is_text(index) && block.is_prose());
            if self.is_text(index) && block.kind == Kind::Paragraph {
                paragraphs += 1;
                if paragraphs <= 3
                    && let text = self.blocks.text_of(block)
                    && let Some(date) = dateline(text, self.order)
                    && change_in(text.lines().next().unwrap_or_default(), self.lexicon, self.order).is_none()
                    && !self.is_below_label_of_change(index)
                {
                    offer(95 - paragraphs, block, date);
                }
            }
            // Below the first paragraph a date in a heading is that of what it heads.
            if matches!(block.kind, Kind::Heading(_)) && self.is_text(index) && paragraphs > 0 {
                continue;
            }
            // The foot of a page counts where it says what the date is.
            let in_foot = block.roles & AWAY == Roles::FOOTER;
            let foot = in_foot && !is_in_foot_of_article(self.tree, self.blocks, block.node, self.headline);
            if block.roles.any(AWAY)
                && !block.roles.any(Roles::DATE)
                && !in_foot
                && !self.is_byline_in_embed(block)
                || block.roles.any(Roles::COMMENT | Roles::RELATED | Roles::NOTES)
                || self.is_in_site_head(block.first)
            {
                if let Some(date) = self.fact_beside_text(index) {
                    offer(FACT_SCORE, block, date);
                }
                continue;
            }
            let far =
                anchors.iter().map(|anchor| i64::from(block.first.abs_diff(*anchor))).min().unwrap_or(0);
            let nearness = 100 - (far / 20).min(60);
            let short = block.chars <= if block.roles.any(Roles::DATE) { 500 } else { 160 };
            // "This entry was posted on Saturday, 3 December 2011 and is filed under": long, but labelled.
            let found = if block.chars <= 600 { self.date_in(block) } else { None };
            // Below the text a line with a link is that of another article.
            let is_other = is_others || index > text_end.saturating_add(FOOT_BLOCKS) && block.links > 0;
            let says_more = |found: &Found| {
                !found.alone && self.is_sentence_about_it(index, block)
                    || found.at_start && self.is_below_label_of_change(index)
                    || is_below && !self.is_of_article(index, text_end, found)
            };
            let may_tell = short && !foot && !is_other;
            let found = found.filter(|(found, labelled)| *labelled || may_tell && !says_more(found));
            let Some((found, labelled)) = found else {
                if !is_other && let Some(found) = self.dated_element_in(block) {
                    offer(nearness + 40 - found.penalty(), block, found.date);
                }
                continue;
            };
            let mut score = nearness;
            if labelled {
                score += 60;
            }
            if block.roles.any(Roles::DATE) {
                score += 50;
            }
            if block.roles.any(Roles::BYLINE) {
                score += 20;
            }
            if block.chars > 60 && !labelled {
                score -= if found.at_start || self.says_when(block) { 10 } else { 60 };
            }
            // A line that is all date may end the text as well as begin it.
            if found.alone && (index.abs_diff(text_end) <= 2 || is_near(block, self.headline)) {
                score += 30;
            } else if index > list.len() / 2 {
                score -= 20;
            }
            offer(score - found.penalty(), block, found.date);
        }
        best.filter(|(score, ..)| *score >= 60).map(|(_, first, date)| (first, date))
    }
}

/// Whether an element is a time, or holds one in its title as hAtom has it: `<abbr class="published" title="2026-03-03">`.
fn is_time(tree: &Tree<'_>, id: NodeId) -> bool {
    let is_published = |class: &str| class.split_ascii_whitespace().any(|word| word == "published");
    match tree.tag(id) {
        Tag::Time => true,
        Tag::Abbr => {
            tree.raw_attribute(id, Name::Class).is_some_and(is_published)
                && tree.raw_attribute(id, Name::Title).is_some()
        }
        _ => false,
    }
}

/// Nodes behind the headline among which the date of an article stands.
const NEAR: NodeId = 160;

/// Blocks below the text among which its date stands, if it stands there.
const FOOT_BLOCKS: usize = 3;

/// How far a date in a box beside the text is believed: where the page shows no other one.
const FACT_SCORE: i64 = 60;

/// Words of the shortest sentence that says something of a date.
const SENTENCE_WORDS: u32 = 6;

/// Characters of the longest heading of comments or of other articles.
const HEAD_CHARS: u32 = 60;

/// Whether a block stands where the date of an article with this headline does.
pub(super) fn is_near(block: &Block, headline: NodeId) -> bool {
    block.first.saturating_add(40) > headline && block.first < headline.saturating_add(NEAR)
}

/// The date of a dateline: one that the text begins with, perhaps after a place or what kind of text it is, and set
/// off from what follows.
fn dateline(text: &str, order: Order) -> Option<Date> {
    let head = &text[..text.floor_char_boundary(60)];
    let starts = [0].into_iter().chain(head.match_indices(' ').take(4).map(|(at, _)| at + 1));
    let (date, end) = starts.into_iter().find_map(|at| {
        let (date, length) = date::prefix(&text[at..], order)?;
        Some((date, at + length))
    })?;
    let rest = text[end..].trim_start();
    let set_off = rest.is_empty()
        || rest.starts_with(['–', '—', '|', '„', '“', '«', '"', '/', '·', '•', ')', ':'])
        || rest.starts_with("- ");
    (set_off && date.day.is_some() && is_plausible(&date)).then_some(date)
}

/// First blocks of the text that may begin with a dateline.
const DATELINE_BLOCKS: usize = 2;

/// Words beside a time from which on a line tells of something else than its day.
const SENTENCE_WORDS_BESIDE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = dateline(text, Order::DayFirst).map(|date| date.edtf());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn of_two_labelled_dates_the_earlier_is_that_of_publication() {
        let lexicon = Lexicon::load(None).unwrap();
        let prose = "<p>Der See ist in der Nacht zugefroren, und niemand hatte das kommen sehen, sagt der Wart des Hafens.</p>";
        let published = |line: &str| {
            let page = format!("<html lang=de><h1>Eis auf dem See</h1>{line}{prose}{prose}");
            crate::html::read(&page, None, &lexicon).unwrap().published.map(|date| date.edtf)
        };
        let line = "<p class=date>Stand: 05.02.2026, 07:30 Uhr | Veröffentlicht: 04.02.2026, 18:12 Uhr</p>";
        assert_eq!(published(line).as_deref(), Some("2026-02-04T18:12"));
        assert_eq!(published("<p>Gedruckt am 30. November 2026</p>"), None);
        let line = "<p>Erstellt: 04.05.2026, 18:30 Uhr | Aktualisiert: 05.05.2026, 09:00 Uhr</p>";
        assert_eq!(published(line).as_deref(), Some("2026-05-04T18:30"));
        let line = "<p>Aktualisiert: 05.05.2026, 09:00 Uhr. Erstellt: 04.05.2026, 18:30 Uhr</p>";
        assert_eq!(published(line).as_deref(), Some("2026-05-04T18:30"));
        let line = "<p>Oberholm, 04.05.2026 - 18:30 Uhr | Aktualisiert 05.05.2026 - 09:00 Uhr</p>";
        assert_eq!(published(line).as_deref(), Some("2026-05-04T18:30"));
        assert_eq!(published("<p>Aktualisiert: 05.05.2026, 09:00 Uhr</p>"), None);
    }

    #[test]
    fn a_text_begins_with_its_dateline() {
        check("08.02.2026 – Der Wind hat sich gelegt.", "2026-02-08");
        check("Oslo, 8 février 2026 — Le vent est tombé.", "2026-02-08");
        check("Pressemitteilung vom 8. Februar 2026 | Der Wind", "2026-02-08");
        check("Le 8 février 2026, le vent est tombé.", "none");
        check("Le vent est tombé le soir.", "none");
    }
}
