use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why the store could not do its work.
#[derive(Debug, Error)]
pub enum Error {
    /// A file operation failed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process has the store open for writing.
    #[error("the store {} is in use by {holder}; stop that process, or choose another store", path.display())]
    InUse {
        /// The store.
        path: PathBuf,
        /// Who says it holds the lock.
        holder: String,
    },
    /// The ledger is broken in a way that no crash explains.
    #[error(
        "the ledger {} is corrupt at byte {offset}: {what}; nothing was changed, restore it from a backup or \
         start a new store",
        path.display()
    )]
    LedgerCorrupt {
        /// The file.
        path: PathBuf,
        /// Where the first broken record begins.
        offset: usize,
        /// What is wrong.
        what: String,
    },
    /// A segment holds less than was committed, which no crash explains.
    #[error(
        "the segment {} holds {found} bytes where {committed} were committed; nothing was changed, restore it \
         from a backup or start a new store",
        path.display()
    )]
    SegmentShort {
        /// The file.
        path: PathBuf,
        /// Bytes that are there.
        found: u64,
        /// Bytes that the ledger says were committed.
        committed: u64,
    },
    /// A segment is there that the ledger does not speak of, which no crash explains.
    #[error(
        "the segment {} is not in the ledger {}, which is missing or older than the store; nothing was changed, restore \
         the ledger from a backup or start a new store",
        path.display(),
        ledger.display()
    )]
    SegmentUnknown {
        /// The file.
        path: PathBuf,
        /// The folder of the ledger.
        ledger: PathBuf,
    },
    /// A segment's bytes are not those that were committed.
    #[error("the segment {} does not hold the bytes that were committed: its checksum differs", path.display())]
    SegmentCorrupt {
        /// The file.
        path: PathBuf,
    },
    /// The store was written by another version of this program.
    #[error("the ledger {} has format {found}, and this program reads format 1", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The format it names.
        found: u32,
    },
    /// There is no store.
    #[error("there is no store at {}", path.display())]
    Missing {
        /// Where one was looked for.
        path: PathBuf,
    },
    /// The thread that writes ended without saying why.
    #[error("the writer of the store {} ended unexpectedly", path.display())]
    WriterGone {
        /// The store.
        path: PathBuf,
    },
    /// The index of known articles failed.
    #[error("the index {} failed: {source}", path.display())]
    Index {
        /// The file.
        path: PathBuf,
        /// What the database said.
        source: Box<redb::Error>,
    },
}

impl Error {
    /// Whether waiting may help: the disk is full or failing now. Corruption does not go away.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Index { .. })
    }
}

/// Adds to an I/O error what was tried, on what.
pub(crate) trait IoContext<T> {
    fn on(self, action: &'static str, path: &Path) -> Result<T, Error>;
}

impl<T> IoContext<T> for io::Result<T> {
    fn on(self, action: &'static str, path: &Path) -> Result<T, Error> {
        self.map_err(|source| Error::Io { action, path: path.to_owned(), source })
    }
}
