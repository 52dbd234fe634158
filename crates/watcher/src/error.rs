use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::{ClientError, MemoryError, WebUrl};

/// Why watching could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Two sources have the same name, so their positions could not be told apart.
    #[error("two sources are named {0:?}")]
    SameName(String),
    /// Two doors cannot be open at the same time.
    #[error("sources {0:?} and {1:?} cannot both listen at {2}")]
    SameAddress(String, String, SocketAddr),
    /// The folder of a source is not there, and the source does not say that it be made.
    #[error("folder {path:?} of source {source_name:?} does not exist; make it, or set create = true")]
    FolderMissing {
        /// The source's name.
        source_name: String,
        /// The folder as configured.
        path: PathBuf,
    },
    /// The path of a source is something else than a folder.
    #[error("path {path:?} of source {source_name:?} is not a folder")]
    NotAFolder {
        /// The source's name.
        source_name: String,
        /// The path as configured.
        path: PathBuf,
    },
    /// The folder of a source cannot be made or opened.
    #[error("cannot open folder {path:?} of source {source_name:?}")]
    Folder {
        /// The source's name.
        source_name: String,
        /// The folder as configured.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// Sources are to be fetched, and nobody says who fetches them.
    #[error("watcher.fetch.contact is empty; say how a publisher reaches you before anything is fetched")]
    NoContact,
    /// The HTTP client cannot be made.
    #[error("nothing can be fetched")]
    Client(#[source] ClientError),
    /// What is remembered of sources cannot be used.
    #[error("what is remembered of sources cannot be used")]
    Memory(#[source] MemoryError),
    /// A page cannot be fetched.
    #[error("{url} cannot be fetched: {what}")]
    NotFetched {
        /// Its address.
        url: WebUrl,
        /// Why.
        what: String,
    },
    /// The task of a source ended unexpectedly, by a defect of ours.
    #[error("a source ended unexpectedly; the log above says where")]
    SourceLost,
    /// The address of a door cannot be listened at.
    #[error("cannot listen at {address} for source {source_name:?}")]
    Listen {
        /// The source's name.
        source_name: String,
        /// The address as configured.
        address: SocketAddr,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The token of a door is not where the configuration says.
    #[error("source {source_name:?} has no token: {reason}")]
    Token {
        /// The source's name.
        source_name: String,
        /// What is missing.
        reason: String,
    },
    /// The folder of the raw archive cannot be made or written.
    #[error("cannot keep what is fetched in {folder:?}")]
    RawArchive {
        /// The folder as configured.
        folder: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The input could not be read to its end.
    #[error("cannot read the input")]
    Input(#[source] io::Error),
    /// A thread could not be started.
    #[error("cannot start a thread")]
    Thread(#[source] io::Error),
}
