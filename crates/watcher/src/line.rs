use std::fmt;
use std::sync::Arc;

use document::{ByteBudget, Outbox, RawDocument, Rejected};

/// Where documents go, and what is known about those that went before.
#[derive(Debug, Clone)]
pub struct Line {
    /// Documents to be parsed.
    pub documents: Outbox<RawDocument>,
    /// Documents that are too large to be parsed.
    pub rejects: Outbox<Rejected>,
    /// Bound on the bytes that are on their way.
    pub budget: ByteBudget,
    /// What the store remembers.
    pub positions: Positions,
    /// Whether the store can be written.
    pub writable: Writable,
}

/// Tells whether the store can be written now.
#[derive(Clone)]
pub struct Writable(Arc<Trouble>);

type Trouble = dyn Fn() -> Option<String> + Send + Sync;

impl Writable {
    /// A store that cannot be written when `trouble` says why.
    pub fn new(trouble: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(trouble))
    }

    /// Why it cannot; `None` when it can.
    pub(crate) fn trouble(&self) -> Option<String> {
        (self.0)()
    }
}

impl fmt::Debug for Writable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Writable({:?})", self.trouble())
    }
}

/// What the store remembers: for a source's name and a key of it, the value that was last committed.
///
/// The answer is the newest one: by the time a receipt comes back, the position that was committed with its
/// document can be looked up. The watcher keeps no such memory of its own, because a folder may hold millions of
/// files; a look-up that lags makes it offer a known file again (a duplicate), never lose one.
#[derive(Clone)]
pub struct Positions(Arc<Lookup>);

type Lookup = dyn Fn(&str, &str) -> Option<String> + Send + Sync;

impl Positions {
    /// Positions that `lookup` answers, called with the source's name and the key, from any thread.
    pub fn new(lookup: impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    /// The last committed value of `key`; `None` when nothing of it was ever committed.
    pub(crate) fn value(&self, source: &str, key: &str) -> Option<String> {
        (self.0)(source, key)
    }
}

impl fmt::Debug for Positions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Positions(…)")
    }
}
