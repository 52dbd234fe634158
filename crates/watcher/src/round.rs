//! What comes of one look at a feed or a sitemap: its articles are sent for, a few at a time, and what became of each
//! decides what is remembered, and when the list is looked at again.

use std::collections::BTreeMap;
use std::time::Duration;

use document::Outcome;
use jiff::Timestamp;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::article::{Desk, Visited};
use crate::poll::Poll;
use crate::trouble::{Trouble, Troubles};
use crate::{Summary, clock};

/// A look sends for articles so long. What is left waits for the next one, which meets what is new first.
const SENDING_MAX: Duration = Duration::from_mins(30);
/// Entries of a list of which it is remembered how they were, beside what the store knows.
const SEEN_MAX: usize = 10_000;

/// One look at a list.
#[derive(Debug)]
pub(crate) struct Round<'a> {
    desk: &'a Desk,
    poll: &'a Poll<'a>,
    began: Instant,
    /// Articles that are on their way at the same time.
    visits_max: usize,
    visits: JoinSet<(Entry, Visited)>,
    troubles_before: &'a Troubles,
    /// The states of entries that need no visit, by key.
    pub(crate) seen: BTreeMap<String, String>,
    /// The entries whose articles could not be fetched.
    pub(crate) troubles: Troubles,
    pub(crate) summary: Summary,
    /// Whether something is left to do, for which the list has to be read again though it be unchanged.
    pub(crate) undone: bool,
    /// When the list should be looked at again, for that.
    pub(crate) again_at: Option<Timestamp>,
}

/// An entry of a list, as it is remembered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// [`short`] of its key.
    pub(crate) key: String,
    /// What it says of itself now.
    pub(crate) state: String,
}

impl<'a> Round<'a> {
    pub(crate) fn new(
        desk: &'a Desk,
        poll: &'a Poll<'a>,
        troubles_before: &'a Troubles,
        visits_max: usize,
    ) -> Self {
        Self {
            desk,
            poll,
            began: Instant::now(),
            visits_max,
            visits: JoinSet::new(),
            troubles_before,
            seen: BTreeMap::new(),
            troubles: Troubles::new(),
            summary: Summary::default(),
            undone: false,
            again_at: None,
        }
    }

    /// Whether the rest of the list is left undone: the watcher is to stop, or this look took long enough.
    pub(crate) fn is_over(&mut self) -> bool {
        if self.desk.stop.is_cancelled() {
            self.undone = true;
        } else if self.began.elapsed() >= SENDING_MAX {
            self.again(clock::now());
        } else {
            return false;
        }
        true
    }

    /// Remembers an entry as it is.
    pub(crate) fn saw(&mut self, entry: Entry) {
        if self.seen.len() < SEEN_MAX {
            self.seen.insert(entry.key, entry.state);
        }
    }

    /// Whether an entry is left alone now, because its article could not be fetched.
    pub(crate) fn holds_back(&mut self, entry: &Entry) -> bool {
        let trouble = self.troubles_before.get(&entry.key);
        let Some(trouble) = trouble.filter(|trouble| trouble.holds(&entry.state, clock::now())) else {
            return false;
        };
        self.has_trouble(entry.key.clone(), trouble.clone());
        true
    }

    /// Waits until another article can be sent for.
    pub(crate) async fn room(&mut self) {
        while self.visits.len() >= self.visits_max {
            self.take_one().await;
        }
    }

    /// Sends for the article of an entry.
    pub(crate) fn send(&mut self, entry: Entry, visit: impl Future<Output = Visited> + Send + 'static) {
        self.visits.spawn(async move { (entry, visit.await) });
    }

    /// Waits for all that were sent for.
    pub(crate) async fn finish(&mut self) {
        while !self.visits.is_empty() {
            self.take_one().await;
        }
    }

    async fn take_one(&mut self) {
        let Some(Ok((entry, visited))) = self.visits.join_next().await else { return };
        match visited {
            Visited::Settled(outcome) => self.summary.count(outcome),
            Visited::Known | Visited::Unchanged => self.saw(entry),
            Visited::Stopped => self.undone = true,
            Visited::Lost => {
                self.summary.count(Outcome::Lost);
                let pause = self.desk.web.config.retry_wait_max;
                self.again(clock::now().saturating_add(pause).unwrap_or(Timestamp::MAX));
            }
            Visited::Failed(failure) => {
                let before = self.troubles_before.get(&entry.key);
                let trouble = Trouble::after(before, &entry.state, &failure, clock::now());
                // Also what is told, and outlives a crash, before a look of hours is over.
                self.poll.change(|look| {
                    look.trouble.insert(entry.key.clone(), trouble.clone());
                });
                self.has_trouble(entry.key, trouble);
            }
        }
    }

    fn has_trouble(&mut self, key: String, trouble: Trouble) {
        if !trouble.is_final() {
            self.again(trouble.retry_at);
        }
        self.troubles.insert(key, trouble);
    }

    fn again(&mut self, at: Timestamp) {
        self.undone = true;
        self.again_at = Some(self.again_at.map_or(at, |before| before.min(at)));
    }
}

/// Sixteen digits that stand for a text.
pub(crate) fn short(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}
