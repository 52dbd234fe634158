use std::fmt;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::ContentId;

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
    receipt: oneshot::Sender<Receipt>,
    reservation: Reservation,
}

impl Ticket {
    /// The positions to commit together with the outcome.
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// Tells the source how its document ended. Only after the commit.
    pub fn settle(self, outcome: Outcome) {
        self.answer(Receipt { outcome, id: None });
    }

    /// [`Ticket::settle`], with the id of what was committed.
    pub fn settle_as(self, outcome: Outcome, id: ContentId) {
        self.answer(Receipt { outcome, id: Some(id) });
    }

    fn answer(self, receipt: Receipt) {
        drop(self.reservation);
        // The source may have gone; then nobody asks.
        let _ = self.receipt.send(receipt);
    }
}

/// The source's side of a receipt.
#[derive(Debug)]
pub struct Delivery(oneshot::Receiver<Receipt>);

/// How a document ended, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// How it ended.
    pub outcome: Outcome,
    /// Id of its article, or of its entry in quarantine; `None` when nothing was committed.
    pub id: Option<ContentId>,
}

impl Receipt {
    const LOST: Self = Self { outcome: Outcome::Lost, id: None };
}

impl Delivery {
    /// Waits until the document's fate is on disk, or until it is lost.
    pub async fn outcome(self) -> Outcome {
        self.receipt().await.outcome
    }

    /// [`Delivery::outcome`], with the id of what was committed.
    pub async fn receipt(self) -> Receipt {
        self.0.await.unwrap_or(Receipt::LOST)
    }

    /// The outcome if it is known already, without waiting for it. Once it is told it is not told again.
    pub fn try_outcome(&mut self) -> Option<Outcome> {
        match self.0.try_recv() {
            Ok(receipt) => Some(receipt.outcome),
            Err(oneshot::error::TryRecvError::Empty) => None,
            Err(oneshot::error::TryRecvError::Closed) => Some(Outcome::Lost),
        }
    }

    /// [`Delivery::outcome`] for a thread that may block.
    pub fn outcome_blocking(self) -> Outcome {
        self.0.blocking_recv().unwrap_or(Receipt::LOST).outcome
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

/// Beginning of the value of a position that keeps a receipt.
const RECEIPT: &str = "receipt ";

impl Position {
    /// A position that keeps how its document ended, for a sender who may ask again: the store adds outcome and id to the
    /// value when it commits. `of` tells the document from another one under the same key; it has no space in it.
    pub fn receipt(source: Arc<str>, key: String, of: impl fmt::Display) -> Self {
        Self { source, key, value: format!("{RECEIPT}{of}") }
    }

    /// The value to commit with a document that ended so.
    pub fn committed(&self, outcome: Outcome, id: ContentId) -> String {
        if self.value.starts_with(RECEIPT) {
            format!("{} {} {id}", self.value, outcome.as_str())
        } else {
            self.value.clone()
        }
    }

    /// Reads the committed value of a [`Position::receipt`]: of what it is, and the receipt.
    pub fn parse_receipt(value: &str) -> Option<(&str, Receipt)> {
        let mut parts = value.strip_prefix(RECEIPT)?.split(' ');
        let (of, outcome, id) = (parts.next()?, parts.next()?, parts.next()?);
        let outcome = [Outcome::Stored, Outcome::Duplicate, Outcome::Quarantined]
            .into_iter()
            .find(|known| known.as_str() == outcome)?;
        Some((of, Receipt { outcome, id: Some(id.parse().ok()?) }))
    }
}

impl Outcome {
    /// The name it is told by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Duplicate => "duplicate",
            Self::Quarantined => "quarantined",
            Self::Lost => "lost",
        }
    }
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
    async fn a_receipt_says_as_what() {
        let id = ContentId::of("a", "b");
        let (envelope, delivery) = Envelope::new((), None, Reservation::none());
        envelope.split().1.settle_as(Outcome::Stored, id);
        assert_eq!(delivery.receipt().await, Receipt { outcome: Outcome::Stored, id: Some(id) });
    }

    #[test]
    fn a_receipt_that_was_committed_reads_back() {
        let id = ContentId::of("a", "b");
        let position = Position::receipt(Arc::from("push"), "key".to_owned(), "d1");
        for outcome in [Outcome::Stored, Outcome::Duplicate, Outcome::Quarantined] {
            let value = position.committed(outcome, id);
            assert_eq!(Position::parse_receipt(&value), Some(("d1", Receipt { outcome, id: Some(id) })));
        }
        assert_eq!(Position::parse_receipt(&position.value), None);
        let other = Position { value: "3".to_owned(), ..position };
        assert_eq!(other.committed(Outcome::Stored, id), "3");
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
