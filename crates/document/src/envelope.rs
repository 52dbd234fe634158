use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// A document on its way through the line, with the receipt that goes back to its source.
#[derive(Debug)]
pub struct Envelope<T> {
    /// What is carried.
    pub document: T,
    ticket: Ticket,
}

impl<T> Envelope<T> {
    /// Puts a document on its way. The source keeps the [`Delivery`], which tells how it ended.
    ///
    /// `positions` are committed together with the document's outcome; `reservation` is given back then.
    pub fn new(
        document: T,
        positions: impl IntoIterator<Item = Position>,
        reservation: Reservation,
    ) -> (Self, Delivery) {
        let (receipt, outcome) = oneshot::channel();
        let ticket = Ticket { positions: positions.into_iter().collect(), receipt, reservation };
        (Self { document, ticket }, Delivery(outcome))
    }

    /// Changes the document; the receipt and the positions move along.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Envelope<U> {
        Envelope { document: change(self.document), ticket: self.ticket }
    }

    /// Takes the document out; the ticket is settled once the document's fate is on disk.
    pub fn split(self) -> (T, Ticket) {
        (self.document, self.ticket)
    }
}

/// The receipt of a document without the document. Dropped unsettled, by a crash, a bug or a shutdown, it reports
/// [`Outcome::Lost`] by itself.
#[derive(Debug)]
pub struct Ticket {
    positions: Vec<Position>,
    receipt: oneshot::Sender<Outcome>,
    reservation: Reservation,
}

impl Ticket {
    /// The positions to commit together with the outcome.
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// Tells the source how its document ended. Only after the commit.
    pub fn settle(self, outcome: Outcome) {
        drop(self.reservation);
        // The source may have gone; then nobody asks.
        let _ = self.receipt.send(outcome);
    }
}

/// The source's side of a receipt.
#[derive(Debug)]
pub struct Delivery(oneshot::Receiver<Outcome>);

impl Delivery {
    /// Waits until the document's fate is on disk, or until it is lost.
    pub async fn outcome(self) -> Outcome {
        self.0.await.unwrap_or(Outcome::Lost)
    }

    /// [`Delivery::outcome`] for a thread that may block.
    pub fn outcome_blocking(self) -> Outcome {
        self.0.blocking_recv().unwrap_or(Outcome::Lost)
    }
}

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Its line is in the store.
    Stored,
    /// The store had the same article already.
    Duplicate,
    /// It is in quarantine.
    Quarantined,
    /// Nothing of it was committed; its source will offer it again.
    Lost,
}

/// What a source remembers about a document once it is committed: the value of one key of one source.
///
/// A folder's key is a file's path in it and the value its fingerprint; an archive's key is the archive and the
/// value the member reached. The newest value of a key wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The configured source's name.
    pub source: Arc<str>,
    /// What in the source.
    pub key: String,
    /// How far, or in which state.
    pub value: String,
}

/// A bound on the bytes that are on their way through the line at one time.
#[derive(Debug, Clone)]
pub struct ByteBudget {
    permits: Arc<Semaphore>,
    kibibytes: u32,
}

impl ByteBudget {
    /// A budget of `bytes`, rounded up to a KiB.
    pub fn new(bytes: usize) -> Self {
        let kibibytes = kibibytes(bytes);
        Self { permits: Arc::new(Semaphore::new(kibibytes as usize)), kibibytes }
    }

    /// Waits until `bytes` are free. A document larger than the whole budget waits for all of it.
    pub async fn reserve(&self, bytes: usize) -> Reservation {
        let wanted = kibibytes(bytes).min(self.kibibytes);
        // The semaphore is never closed, so the only answer is a permit.
        Reservation(Arc::clone(&self.permits).acquire_many_owned(wanted).await.ok())
    }

    /// Bytes on their way now, in whole KiB.
    pub fn in_flight(&self) -> usize {
        (self.kibibytes as usize).saturating_sub(self.permits.available_permits()) * 1024
    }
}

/// Whole KiB that hold `bytes`, at least one; at most what a semaphore can count.
fn kibibytes(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024).max(1)).unwrap_or(u32::MAX).min(u32::MAX >> 3)
}

/// A share of a [`ByteBudget`], given back when it is dropped.
#[derive(Debug, Default)]
pub struct Reservation(#[expect(dead_code, reason = "held for its Drop")] Option<OwnedSemaphorePermit>);

impl Reservation {
    /// A share of nothing, for a document whose source has a bound of its own.
    pub fn none() -> Self {
        Self(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_envelope_says_lost() {
        let (envelope, delivery) = Envelope::new((), None, Reservation::none());
        drop(envelope.map(|()| "parsed"));
        assert_eq!(delivery.outcome_blocking(), Outcome::Lost);
    }

    #[test]
    fn a_settled_envelope_says_how() {
        let (envelope, delivery) = Envelope::new((), None, Reservation::none());
        envelope.split().1.settle(Outcome::Duplicate);
        assert_eq!(delivery.outcome_blocking(), Outcome::Duplicate);
    }

    #[tokio::test]
    async fn the_budget_is_given_back_on_settling() {
        let budget = ByteBudget::new(4096);
        let (envelope, delivery) = Envelope::new((), None, budget.reserve(4000).await);
        assert_eq!(budget.in_flight(), 4096);
        envelope.split().1.settle(Outcome::Stored);
        assert_eq!(delivery.outcome().await, Outcome::Stored);
        assert_eq!(budget.in_flight(), 0);
    }

    #[tokio::test]
    async fn a_document_larger_than_the_budget_waits_for_all_of_it() {
        let budget = ByteBudget::new(1024);
        let held = budget.reserve(1 << 30).await;
        assert_eq!(budget.in_flight(), 1024);
        drop(held);
        assert_eq!(budget.in_flight(), 0);
    }
}
