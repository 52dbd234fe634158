//! Files that arrive in a real folder, by events and by polling. The line's end here commits as the store does: the
//! position first, then the receipt.

mod archives;
mod arrivals;
mod figures;
mod model;
mod service;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use document::{ByteBudget, Inbox, Outcome, RawDocument, Rejected, Ticket, channel};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::events::Heard;
use crate::{Config, Error, Folder, Kind, Line, Positions, Source, Summary, Watch, Writable};

/// No test waits longer than this for something that must come.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) fn config() -> Config {
    Config {
        document_bytes_max: 1 << 20,
        archive_members_max: 100_000,
        archive_ratio_max: 200,
        watch: Watch::Auto,
        rescan_interval: Duration::from_hours(1),
        poll_interval: Duration::from_millis(20),
        stable: Duration::from_millis(100),
        complete_wait_max: Duration::from_secs(20),
        retry_wait_max: Duration::from_millis(200),
        readers: 2,
        fetch: crate::config::tests::defaults().fetch,
        raw_archive: crate::RawArchiveConfig { folder: None, file_bytes_max: 1 << 30 },
    }
}

/// Watches these sources, for good.
pub(crate) fn run(
    config: Config,
    sources: Vec<Source>,
    line: Line,
    stop: CancellationToken,
) -> impl Future<Output = Result<Summary, Error>> {
    let wanted = tokio::sync::watch::Sender::new(crate::Wanted { config, sources });
    crate::run(wanted, crate::Memory::at("/nowhere".into()), line, stop)
}

/// A watched folder and the end of its line.
pub(crate) struct Bench {
    /// Holds the folder and what is beside it, on the same file system.
    home: tempfile::TempDir,
    pub(crate) documents: Inbox<RawDocument>,
    pub(crate) rejects: Inbox<Rejected>,
    positions: Arc<Mutex<HashMap<String, String>>>,
    line: Option<Line>,
    pub(crate) stop: CancellationToken,
    running: Option<JoinHandle<Result<Summary, Error>>>,
}

impl Bench {
    /// A folder that nobody watches yet.
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("inbox")).unwrap();
        Self::over(home, Arc::default())
    }

    fn over(home: tempfile::TempDir, positions: Arc<Mutex<HashMap<String, String>>>) -> Self {
        let (documents_out, documents) = channel(64);
        let (rejects_out, rejects) = channel(64);
        let remembered = Arc::clone(&positions);
        let line = Line {
            documents: documents_out,
            rejects: rejects_out,
            budget: ByteBudget::new(64 << 20),
            positions: Positions::new(move |source, key| {
                assert_eq!(source, "inbox");
                remembered.lock().unwrap().get(key).cloned()
            }),
            writable: Writable::new(|| None),
        };
        let stop = CancellationToken::new();
        Self { home, documents, rejects, positions, line: Some(line), stop, running: None }
    }

    /// The same folder and the same memory after a restart.
    pub(crate) async fn again(mut self) -> Self {
        self.stop().await;
        let Self { home, positions, .. } = self;
        Self::over(home, positions)
    }

    pub(crate) fn watch(mut self, config: Config) -> Self {
        let source = self.source();
        let line = self.line.take().unwrap();
        self.running = Some(tokio::spawn(run(config, vec![source], line, self.stop.clone())));
        self
    }

    /// [`Bench::watch`], with events that the test tells by [`Heard::hear`].
    pub(crate) fn watch_told(mut self, config: Config, heard: &Arc<Heard>) -> Self {
        let (source, folder) = (self.source(), self.settings());
        let (line, stop) = (self.line.take().unwrap(), self.stop.clone());
        let heard = Arc::clone(heard);
        self.running =
            Some(tokio::spawn(
                async move { super::watch(&config, &source, &folder, line, stop, heard).await },
            ));
        self
    }

    pub(crate) fn source(&self) -> Source {
        Source { name: "inbox".to_owned(), kind: Kind::Folder(self.settings()), document_bytes_max: None }
    }

    pub(crate) fn settings(&self) -> Folder {
        Folder { path: self.path(""), create: false, watch: None, rescan_interval: None, poll_interval: None }
    }

    /// A folder that is watched so, and whose first scan is over.
    pub(crate) async fn watched(watch: Watch) -> Self {
        let mut bench = Self::new().watch(Config { watch, ..config() });
        bench.barrier().await;
        bench
    }

    /// Stops watching; what was offered and not taken is lost.
    pub(crate) async fn stop(&mut self) -> Summary {
        self.stop.cancel();
        while let Ok(envelope) = within(self.documents.recv()).await {
            drop(envelope);
        }
        within(self.running.take().unwrap()).await.unwrap().unwrap()
    }

    /// A path in the folder.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.home.path().join("inbox").join(relative)
    }

    /// A path beside the folder.
    pub(crate) fn beside(&self, relative: &str) -> PathBuf {
        self.home.path().join(relative)
    }

    /// The next document, which stays in flight.
    pub(crate) async fn receive(&mut self) -> (RawDocument, Ticket) {
        within(self.documents.recv()).await.unwrap().split()
    }

    /// Commits what became of a document.
    pub(crate) fn commit(&self, ticket: Ticket, outcome: Outcome) {
        if outcome != Outcome::Lost {
            let position = ticket.positions()[0].clone();
            self.positions.lock().unwrap().insert(position.key, position.value);
        }
        ticket.settle(outcome);
    }

    /// Stores the next document; gives its URI, as far as it is in the folder, and its text.
    pub(crate) async fn store(&mut self) -> (String, String) {
        let (raw, ticket) = self.receive().await;
        self.commit(ticket, Outcome::Stored);
        (self.relative(&raw), String::from_utf8_lossy(&raw.body).into_owned())
    }

    /// The URI of a document, as far as it is in the folder.
    pub(crate) fn relative(&self, raw: &RawDocument) -> String {
        let root = super::name::file_uri(&self.home.path().canonicalize().unwrap().join("inbox"));
        raw.origin.uri.strip_prefix(&root).unwrap().trim_start_matches('/').to_owned()
    }

    /// Stores the next documents until one of each of these was stored, in whatever order, and no other.
    pub(crate) async fn expect(&mut self, expected: &[(&str, &str)]) {
        let mut stored = Vec::new();
        for _ in expected {
            stored.push(self.store().await);
        }
        stored.sort();
        let mut expected: Vec<_> =
            expected.iter().map(|(uri, text)| ((*uri).to_owned(), (*text).to_owned())).collect();
        expected.sort();
        assert_eq!(stored, expected);
    }

    /// Puts a file into the folder and waits for it to come out, with nothing before it.
    pub(crate) async fn barrier(&mut self) {
        let path = self.path("barrier");
        fs::write(self.beside("barrier"), "barrier").unwrap();
        fs::rename(self.beside("barrier"), path).unwrap();
        self.expect(&[("barrier", "barrier")]).await;
    }
}

/// Waits for something that must come.
pub(crate) async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("what must come did not")
}
