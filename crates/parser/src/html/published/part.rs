//! What a page shows of its date where none is known to the day: the day without its year, the month; and what the text
//! says of its own day.

use super::is_plausible_in_part;
use super::shown::{AWAY, Page, is_near};
use crate::date::Date;
use crate::html::blocks::{Block, Kind};
use crate::html::body::Verdict;
use crate::html::role::Roles;
use crate::html::tree::NodeId;
use crate::lexicon::{Folded, Label};
use crate::plain;

/// Characters of a line above a date that says what that is.
const ABOVE_CHARS: usize = 80;

/// Lines between the headline and a date that name authors.
const BYLINES: usize = 2;

impl Page<'_, '_> {
    /// A date at the headline that its label, a name beside it or its element says to be the article's; a day without its
    /// year may be all of the line right at the headline.
    pub(super) fn shown_in_part(&self) -> Option<(NodeId, Date)> {
        let near = |(index, block): &(usize, &Block)| {
            block.chars <= 160
                && is_near(block, self.headline)
                && !block.roles.any(AWAY | Roles::COMMENT | Roles::RELATED)
                && !self.is_in_site_head(block.first)
                && !self.is_below_label_of_change(*index)
        };
        let list = &self.blocks.list;
        list.iter().enumerate().filter(near).find_map(|(index, block)| {
            let above = index.checked_sub(1).map_or("", |above| self.blocks.text_of(&list[above]));
            let mut above = above.lines().last().unwrap_or_default();
            self.blocks.text_of(block).split('\n').find_map(|line| {
                let above = std::mem::replace(&mut above, line);
                let head = plain::head_line(line, self.lexicon, self.order)?;
                let date = head.published.filter(is_plausible_in_part)?;
                let is_own = block.roles.any(Roles::DATE | Roles::BYLINE)
                    || !head.authors.is_empty()
                    || self.begins_with_label(line)
                    || self.announces(above)
                    || date.year.is_none() && date.day.is_some() && self.is_right_at_headline(index);
                is_own.then_some((block.first, date))
            })
        })
    }

    /// Whether a block is one line, and nothing stands between it and the headline but who wrote the article.
    fn is_right_at_headline(&self, index: usize) -> bool {
        let list = &self.blocks.list;
        let in_headline = |block: &Block| self.tree.contains(self.headline, block.first);
        let is_byline = |block: &Block| {
            block.chars <= 160
                && plain::head_line(self.blocks.text_of(block), self.lexicon, self.order)
                    .is_some_and(|head| head.published.is_none())
        };
        let above = || list[..index].iter().rev().take(BYLINES + 1).find(|block| !is_byline(block));
        let below = || list.get(index + 1);
        self.headline > 0
            && !self.blocks.text_of(&list[index]).contains('\n')
            && (above().is_some_and(in_headline) || below().is_some_and(in_headline))
    }

    fn begins_with_label(&self, line: &str) -> bool {
        let mut folded = Folded::default();
        folded.fold(line);
        matches!(self.lexicon.label(&folded), Some((Label::Published | Label::Byline, _)))
    }

    /// Whether a line is a label for the date on the next one, or a byline that the date stands below.
    fn announces(&self, line: &str) -> bool {
        line.chars().count() <= ABOVE_CHARS
            && self.begins_with_label(line)
            && plain::head_line(line, self.lexicon, self.order).is_some()
    }

    /// The date in the dateline of a dispatch.
    pub(super) fn dispatched(&self) -> Option<Date> {
        let date = plain::dispatch_date(self.paragraphs().next()?, self.order)?;
        Some(date).filter(is_plausible_in_part)
    }

    /// The day that the text calls its own.
    pub(super) fn own_day(&self) -> Option<Date> {
        plain::own_day(self.paragraphs(), self.lexicon, self.order).filter(is_plausible_in_part)
    }

    fn paragraphs(&self) -> impl Iterator<Item = &str> {
        let blocks = self.blocks.list.iter().zip(self.verdicts);
        blocks
            .filter(|(block, verdict)| {
                **verdict == Verdict::Text && block.kind == Kind::Paragraph && block.is_prose()
            })
            .map(|(block, _)| self.blocks.text_of(block))
    }
}
