use std::ops::AddAssign;

use document::Outcome;

/// How the documents ended that were offered, and what could not be offered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents whose line is in the store.
    pub stored: u64,
    /// Documents that the store had already.
    pub duplicates: u64,
    /// Documents that are in quarantine.
    pub quarantined: u64,
    /// Documents of which nothing was committed, because the store could not or because the line closed. A watched
    /// folder offers them again; for [`ingest`](crate::ingest()) the work is not done.
    pub lost: u64,
    /// Paths that could not be read, or that were named and are nothing to read.
    pub unread: u64,
    /// Paths met in a folder that are nothing to read: a FIFO, a socket, a link that leads out of the folder.
    pub refused: u64,
}

impl Summary {
    /// Documents that came to an end: all but the lost.
    pub fn settled(&self) -> u64 {
        self.stored + self.duplicates + self.quarantined
    }

    pub(crate) fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Stored => self.stored += 1,
            Outcome::Duplicate => self.duplicates += 1,
            Outcome::Quarantined => self.quarantined += 1,
            Outcome::Lost => self.lost += 1,
        }
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.stored += other.stored;
        self.duplicates += other.duplicates;
        self.quarantined += other.quarantined;
        self.lost += other.lost;
        self.unread += other.unread;
        self.refused += other.refused;
    }
}
