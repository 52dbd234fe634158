//! The daemon's own door: a Unix socket in the store, over which other commands ask how it is and hand it documents
//! from quarantine. A request is one line of JSON, the answer another.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use document::ContentId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sink::Health;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use watcher::{Memory, Wanted};

use crate::pipeline::Gauges;

/// A longer request is not ours.
const REQUEST_BYTES_MAX: u64 = 16 << 20;

/// A caller has this long to ask; whoever only holds the line is sent away.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pause after the system could not accept a caller (out of descriptors, say), which would fail again at once.
const PAUSE: Duration = Duration::from_secs(1);

const NAME: &str = "control.sock";

/// The socket's address by way of its opened folder: the system takes no path of more than some hundred bytes, and a
/// store may stand deeper. Good for as long as `folder` is open.
fn address(folder: &File) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}/{NAME}", folder.as_raw_fd()))
}

/// What can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Request {
    /// How the daemon is; answered with a [`Status`].
    Status,
    /// How the sources stand; answered with a list of [`Standing`](watcher::Standing)s.
    Sources,
    /// Give these quarantine entries to the line again; answered with a [`Retried`].
    Retry {
        /// The entries.
        entries: Vec<ContentId>,
    },
}

/// How a daemon is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Status {
    /// Whether it can do its work now.
    pub healthy: bool,
    /// What it waits for, and since when, when it cannot.
    pub waiting: Option<Waiting>,
    /// Process id.
    pub pid: u32,
    /// Version of the program.
    pub version: String,
    /// When it was started.
    pub started_at: Timestamp,
    /// Its store.
    pub store: PathBuf,
    /// Documents that wait between two stages, by queue, in the order of the line.
    pub queues: Vec<(String, usize)>,
    /// Bytes of documents on their way.
    pub in_flight_bytes: usize,
}

/// Why a daemon waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Waiting {
    /// Since when.
    pub since: Timestamp,
    /// What failed, on what.
    pub reason: String,
}

/// How retried entries ended.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Retried {
    /// Stored as articles.
    pub stored: u64,
    /// The store had the article already.
    pub duplicates: u64,
    /// Rejected again.
    pub quarantined: u64,
    /// Not committed, or no longer there.
    pub lost: u64,
}

/// A question to which there is no answer.
#[derive(Debug, Serialize, Deserialize)]
struct Refusal {
    error: String,
}

/// The daemon's end.
pub struct Server {
    listener: UnixListener,
    path: PathBuf,
}

impl Server {
    /// Opens the socket. The store's lock is held, so a socket that is there belongs to a daemon that is gone.
    pub fn bind(store: &Path) -> io::Result<Self> {
        let path = store.join(NAME);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let folder = File::open(store)?;
        Ok(Self { listener: UnixListener::bind(address(&folder))?, path })
    }

    /// Answers until `stop`, and then whoever has asked already.
    pub async fn serve(self, desk: Arc<Desk>, stop: CancellationToken) {
        let mut callers = JoinSet::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(_) = callers.join_next() => {}
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        let (desk, stop) = (Arc::clone(&desk), stop.clone());
                        callers.spawn(async move {
                            // A caller that hangs up has lost interest.
                            let _ = answer(stream, &desk, &stop).await;
                        });
                    }
                    Err(error) => {
                        tracing::warn!(%error, "control socket could not accept");
                        let _ = tokio::time::timeout(PAUSE, stop.cancelled()).await;
                    }
                },
            }
        }
        while callers.join_next().await.is_some() {}
        // The file may be gone with the whole store.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Who answers.
pub struct Desk {
    pub store: PathBuf,
    pub started_at: Timestamp,
    pub gauges: Gauges,
    pub line: watcher::Line,
    pub wanted: watch::Receiver<Wanted>,
    pub memory: Memory,
}

async fn answer(stream: UnixStream, desk: &Desk, stop: &CancellationToken) -> io::Result<()> {
    let (input, mut output) = stream.into_split();
    let mut request = String::new();
    let mut input = BufReader::new(input.take(REQUEST_BYTES_MAX));
    tokio::select! {
        () = stop.cancelled() => return Ok(()),
        asked = tokio::time::timeout(PATIENCE, input.read_line(&mut request)) => asked??,
    };
    let answer = match serde_json::from_str(&request) {
        Ok(Request::Status) => serde_json::to_string(&desk.status()),
        Ok(Request::Sources) => {
            let sources = desk.wanted.borrow().sources.clone();
            serde_json::to_string(&watcher::standings(&desk.memory, &sources))
        }
        Ok(Request::Retry { entries }) => {
            let retried = crate::commands::quarantine::offer(&desk.store, &entries, &desk.line, stop).await;
            match retried {
                Ok(retried) => serde_json::to_string(&retried),
                Err(error) => serde_json::to_string(&Refusal { error: crate::told(&error) }),
            }
        }
        Err(error) => serde_json::to_string(&Refusal { error: format!("not a request: {error}") }),
    };
    output.write_all(answer?.as_bytes()).await?;
    output.write_all(b"\n").await
}

impl Desk {
    fn status(&self) -> Status {
        let waiting = match &*self.gauges.health.borrow() {
            Health::Writing => None,
            Health::Waiting { since, reason } => Some(Waiting { since: *since, reason: reason.clone() }),
        };
        Status {
            healthy: waiting.is_none(),
            waiting,
            pid: std::process::id(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: self.started_at,
            store: self.store.clone(),
            queues: self
                .gauges
                .queues
                .iter()
                .map(|(name, waiting)| ((*name).to_owned(), waiting()))
                .collect(),
            in_flight_bytes: self.gauges.budget.in_flight(),
        }
    }
}

/// Asks the daemon of a store; `None` when there is none.
pub async fn ask<Answer: for<'a> Deserialize<'a>>(
    store: &Path,
    request: &Request,
) -> anyhow::Result<Option<Answer>> {
    let connected = match File::open(store) {
        Ok(folder) => UnixStream::connect(address(&folder)).await,
        Err(error) => Err(error),
    };
    let mut stream = match connected {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => {
            let socket = store.join(NAME);
            return Err(anyhow::Error::new(error).context(format!("cannot ask {}", socket.display())));
        }
    };
    let mut request = serde_json::to_vec(request)?;
    request.push(b'\n');
    stream.write_all(&request).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    anyhow::ensure!(!answer.is_empty(), "the daemon stopped before it answered");
    if let Ok(refusal) = serde_json::from_str::<Refusal>(&answer) {
        anyhow::bail!("the daemon answers: {}", refusal.error);
    }
    Ok(Some(serde_json::from_str(&answer)?))
}
