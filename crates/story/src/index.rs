//! The articles of the window, and the place of a new one among them.

use std::collections::VecDeque;

use document::{ContentId, Sketch};
use jiff::Timestamp;
use rustc_hash::FxHashMap;

use crate::band::{Bands, NUMBER_MASK, Signature};
use crate::plot::{NOWHERE, Plots};
use crate::signature::{self, PAIRS_MIN};

/// How far back articles are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Days for which an article stays in the window.
    pub window_days: u32,
    /// Articles in the window, at most: when there are more, the first ones leave early. It bounds the memory.
    pub articles_max: usize,
}

/// An article that has to be given its place.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Its id.
    pub id: ContentId,
    /// When its source saw it. The window's clock is the latest of these.
    pub seen: Timestamp,
    /// What it is compared by.
    pub sketch: &'a Sketch,
}

/// The place of an article among those of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The story that it tells: the id of the first article that told it.
    pub story: ContentId,
    /// The article that it repeats nearly word for word.
    pub repeats: Option<Repeat>,
    /// Two stories that this article shows to be one.
    pub join: Option<Join>,
}

/// A repetition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeat {
    /// The first article of the window with nearly these words.
    pub of: ContentId,
    /// The estimated part of word pairs that the two share, in (0, 1].
    pub similarity: f32,
}

/// One story is seen to be another: from now on articles that tell either have the older one's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    /// The younger of the two.
    pub story: ContentId,
    /// The older of the two.
    pub into: ContentId,
}

/// The articles and stories of a sliding window.
#[derive(Debug, Clone)]
pub struct Index {
    pub(crate) limits: Limits,
    /// Seconds since 1970; never goes back.
    pub(crate) clock: i64,
    /// Number of the first article of `rows`, counted from the beginning.
    pub(crate) first: u64,
    pub(crate) rows: VecDeque<Row>,
    pub(crate) bands: Bands,
    pub(crate) plots: Plots,
}

/// An article of the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: ContentId,
    pub(crate) seen: i64,
    pub(crate) pairs: u32,
    /// The bands that it holds, a bit for each.
    pub(crate) held: u32,
    pub(crate) story: u32,
    pub(crate) signature: Signature,
}

/// More articles than this cannot be told apart in the table of bands.
const ARTICLES_MAX: usize = NUMBER_MASK as usize;

impl Index {
    /// A window without articles.
    pub fn new(limits: Limits) -> Self {
        let limits = Limits { articles_max: limits.articles_max.clamp(1, ARTICLES_MAX), ..limits };
        Self {
            limits,
            clock: i64::MIN,
            first: 0,
            rows: VecDeque::new(),
            bands: Bands::new(limits.articles_max),
            plots: Plots::default(),
        }
    }

    /// Gives an article its place, and takes it into the window. An article is to be given once.
    pub fn place(&mut self, arrival: &Arrival<'_>) -> Place {
        self.make_room(arrival.seen);
        let repeats = self.repeated(arrival.sketch);
        let (slot, join) = match repeats {
            Some((row, _)) => (self.plots.root(self.rows[row].story), None),
            None => match self.plots.find(arrival.sketch, self.limits.window_days) {
                None => (self.plots.begin(arrival.id, self.next()), None),
                Some(found) => {
                    let join = found.joins.and_then(|younger| {
                        let join = Join { story: self.story_id(younger)?, into: self.story_id(found.story)? };
                        self.plots.join(younger, found.story);
                        Some(join)
                    });
                    (found.story, join)
                }
            },
        };
        self.take_in(arrival, slot);
        Place {
            story: self.story_id(slot).unwrap_or(arrival.id),
            repeats: repeats.map(|(row, similarity)| Repeat { of: self.rows[row].id, similarity }),
            join,
        }
    }

    /// Takes in articles that were given their places before, as they were committed.
    pub fn replay(&mut self) -> Replay<'_> {
        let stories = self.plots.slots.iter().enumerate();
        let stories = stories.filter_map(|(slot, story)| Some((story.as_ref()?.id, slot as u32))).collect();
        Replay { index: self, stories }
    }

    /// How many articles are in the window.
    pub fn articles(&self) -> usize {
        self.rows.len()
    }

    /// How many stories the articles of the window tell.
    pub fn stories(&self) -> usize {
        self.plots.count()
    }

    /// Bytes of memory that the index takes, to within what an allocator adds.
    pub fn bytes(&self) -> usize {
        let stories = self.plots.slots.iter().flatten();
        self.rows.capacity() * size_of::<Row>()
            + self.bands.bytes()
            + self.plots.slots.capacity() * size_of::<Option<crate::plot::Story>>()
            + stories.map(|story| story.features.capacity() * size_of::<document::Feature>()).sum::<usize>()
            + self.plots.postings.capacity() * (size_of::<(u32, crate::plot::Posting)>() + 1) * 8 / 7
            + self.plots.lists.capacity() * size_of::<[u32; crate::plot::NEWEST]>()
    }

    /// The first article of the window that this one repeats, by its row, and how much of it.
    fn repeated(&self, sketch: &Sketch) -> Option<(usize, f32)> {
        if sketch.pairs < PAIRS_MIN {
            return None;
        }
        let mut alike = Vec::new();
        self.bands.alike(&sketch.signature, |number| &self.rows[self.row(number)].signature, &mut alike);
        let mut rows: Vec<_> = alike.into_iter().map(|number| self.row(number)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().find_map(|row| {
            let other = &self.rows[row];
            let similarity = signature::similarity(&sketch.signature, &other.signature);
            (similarity >= signature::bar(sketch.pairs.min(other.pairs))).then_some((row, similarity))
        })
    }

    /// Lets articles leave until there is room for one that is seen now.
    fn make_room(&mut self, seen: Timestamp) {
        self.clock = self.clock.max(seen.as_second());
        let oldest = self.clock.saturating_sub(i64::from(self.limits.window_days) * 24 * 60 * 60);
        while let Some(row) = self.rows.front()
            && (row.seen < oldest || self.rows.len() >= self.limits.articles_max)
        {
            let (held, story, signature) = (row.held, row.story, row.signature);
            let (first, rows) = (self.first, &self.rows);
            self.bands.release(first, held, &signature, |number| &rows[row_of(number, first)].signature);
            self.plots.leave(story);
            self.rows.pop_front();
            self.first += 1;
        }
    }

    fn take_in(&mut self, arrival: &Arrival<'_>, story: u32) {
        let Sketch { pairs, signature, .. } = *arrival.sketch;
        let number = self.next();
        let row = Row { id: arrival.id, seen: self.clock, pairs, held: 0, story, signature };
        if self.rows.len() == self.rows.capacity() {
            // By doubling, but never past what the window can hold.
            let most = self.limits.articles_max.saturating_sub(self.rows.len());
            self.rows.reserve_exact(self.rows.len().max(64).min(most).max(1));
        }
        self.rows.push_back(row);
        if pairs >= PAIRS_MIN {
            let (first, rows) = (self.first, &self.rows);
            let held = self.bands.hold(number, &signature, |number| &rows[row_of(number, first)].signature);
            if let Some(row) = self.rows.back_mut() {
                row.held = held;
            }
        }
        self.plots.tell(story, arrival.sketch);
    }

    /// Number of the next article.
    fn next(&self) -> u64 {
        self.first + self.rows.len() as u64
    }

    fn row(&self, number: u64) -> usize {
        row_of(number, self.first)
    }

    fn story_id(&self, slot: u32) -> Option<ContentId> {
        Some(self.plots.story(slot)?.id)
    }
}

/// The row of an article of which the low bits of its number are known.
pub(crate) fn row_of(number: u64, first: u64) -> usize {
    (number.wrapping_sub(first) & NUMBER_MASK) as usize
}

/// Takes articles into an [`Index`] with the places that they were given before.
pub struct Replay<'a> {
    index: &'a mut Index,
    stories: FxHashMap<ContentId, u32>,
}

impl Replay<'_> {
    /// Takes in the next article, with its story and the join that it caused.
    ///
    /// After the same articles as before, the index is what it was. Where it begins in the middle, stories that began
    /// earlier keep their ids.
    pub fn take(&mut self, arrival: &Arrival<'_>, story: ContentId, join: Option<Join>) {
        self.index.make_room(arrival.seen);
        if let Some(Join { story, into }) = join
            && let Some(younger) = self.live(story)
        {
            let older = self.live(into).unwrap_or_else(|| self.begin(into));
            if younger != older {
                self.index.plots.join(younger, older);
            }
        }
        let slot = self.live(story).unwrap_or_else(|| self.begin(story));
        self.index.take_in(arrival, self.index.plots.root(slot));
    }

    fn begin(&mut self, story: ContentId) -> u32 {
        let slot = self.index.plots.begin(story, self.index.next());
        self.stories.insert(story, slot);
        slot
    }

    /// The slot of a story; `None` when its last article has left the window meanwhile.
    fn live(&self, story: ContentId) -> Option<u32> {
        let slot = self.stories.get(&story).copied().unwrap_or(NOWHERE);
        self.index.plots.story(slot).filter(|held| held.id == story).map(|_| slot)
    }
}

#[cfg(test)]
mod tests;
