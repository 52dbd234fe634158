use std::thread;
use std::time::Duration;

use document::{EnrichedArticle, Envelope, Inbox, Outcome, Position, Rejected, Ticket};
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::seal::Ready;
use crate::store::{Entry, Store};
use crate::{Config, Error};

/// Whether the store can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// It can.
    Writing,
    /// It cannot now. What is on its way waits, and the sources wait with it.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// What failed, on what.
        reason: String,
    },
}

/// The sink stage: commits what arrives in groups, settles the receipts, seals segments; returns when both queues are
/// closed and drained and every segment has its final form.
///
/// A write that fails for now (a full disk, a failing device) is tried again with a growing pause while everything
/// waits, and `health` says why, until `stop` is cancelled. An error says why waiting cannot help, or could not until
/// then; what was not committed is lost then, and its receipts say so.
pub async fn run(
    store: Store,
    articles: Inbox<EnrichedArticle>,
    rejects: Inbox<Rejected>,
    health: watch::Sender<Health>,
    stop: CancellationToken,
) -> Result<(), Error> {
    let config = store.config().clone();
    let (work, inbox) = mpsc::channel(1);
    let (ended, end) = oneshot::channel();
    let writer = Writer {
        store,
        health,
        stop,
        runtime: Handle::current(),
        work: work.downgrade(),
        sealing: false,
        seal_after: None,
    };
    let path = config.store.clone();
    let started = thread::Builder::new().name("sink".to_owned()).spawn(move || {
        // The stage may have been dropped; then nobody asks how the writer ended.
        let _ = ended.send(writer.work(inbox));
    });
    if let Err(source) = started {
        return Err(Error::Io { action: "start a thread for", path, source });
    }
    gather(&config, &articles, &rejects, work).await;
    // A writer that panicked dropped its end: its documents report themselves lost, and the program has to know.
    end.await.unwrap_or(Err(Error::WriterGone { path }))
}

/// Gathers documents into groups, until both queues are closed and drained or the writer is gone. A group goes on
/// growing while the writer is busy with the one before.
async fn gather(
    config: &Config,
    articles: &Inbox<EnrichedArticle>,
    rejects: &Inbox<Rejected>,
    work: mpsc::Sender<Work>,
) {
    let wait = Duration::from_millis(config.batch_wait_ms);
    let mut group = Group::default();
    let mut deadline = Instant::now();
    let (mut articles_open, mut rejects_open, mut waited) = (true, true, false);
    loop {
        let empty = group.entries.is_empty();
        let full = group.entries.len() >= config.batch_documents_max || group.bytes >= config.batch_bytes_max;
        let closed = !articles_open && !rejects_open;
        if empty && closed {
            break;
        }
        let due = !empty && (full || closed || waited);
        tokio::select! {
            biased;
            permit = work.reserve(), if due => match permit {
                Ok(permit) => permit.send(Work::Group(std::mem::take(&mut group))),
                Err(_) => break,
            },
            envelope = articles.recv(), if articles_open && !full => match envelope {
                Ok(envelope) => group.take(envelope.map(Entry::Article)),
                Err(_) => articles_open = false,
            },
            envelope = rejects.recv(), if rejects_open && !full => match envelope {
                Ok(envelope) => group.take(envelope.map(Entry::Rejected)),
                Err(_) => rejects_open = false,
            },
            () = sleep_until(deadline), if !empty && !waited => waited = true,
        }
        if group.entries.is_empty() {
            waited = false;
        } else if empty {
            deadline = Instant::now() + wait;
        }
    }
}

/// Documents that wait for one commit, and their receipts in the same order.
#[derive(Default)]
struct Group {
    entries: Vec<(Entry, Vec<Position>)>,
    tickets: Vec<Ticket>,
    bytes: usize,
}

impl Group {
    fn take(&mut self, envelope: Envelope<Entry>) {
        let (entry, ticket) = envelope.split();
        self.bytes += entry.raw().body.len();
        self.entries.push((entry, ticket.positions().to_vec()));
        self.tickets.push(ticket);
    }
}

enum Work {
    Group(Group),
    Sealed(Result<Ready, Error>),
}

/// The thread that owns the store.
struct Writer {
    store: Store,
    health: watch::Sender<Health>,
    stop: CancellationToken,
    runtime: Handle,
    work: mpsc::WeakSender<Work>,
    /// Whether a segment is being given its final form on another thread.
    sealing: bool,
    /// After a failure, no segment is sealed before this.
    seal_after: Option<Instant>,
}

/// Longest time between two looks at what is due although nothing arrives.
const TICK: Duration = Duration::from_secs(30);

/// Pause after a segment could not be sealed: it costs a whole pass over the segment to find out.
const SEAL_PAUSE: Duration = Duration::from_mins(1);

impl Writer {
    fn work(mut self, mut inbox: mpsc::Receiver<Work>) -> Result<(), Error> {
        let runtime = self.runtime.clone();
        loop {
            // A day ends and a pause is over also when nothing arrives.
            let waited = runtime.block_on(async { tokio::time::timeout(TICK, inbox.recv()).await });
            match waited {
                Ok(Some(Work::Group(group))) => self.commit(group)?,
                Ok(Some(Work::Sealed(ready))) => {
                    self.sealing = false;
                    if let Err(error) = ready.and_then(|ready| self.store.seal(ready)) {
                        self.seal_after = Some(Instant::now() + SEAL_PAUSE);
                        let pause_s = SEAL_PAUSE.as_secs();
                        tracing::warn!(%error, pause_s, "segment not sealed, to be tried again");
                    }
                }
                Ok(None) => break,
                Err(_) => {}
            }
            self.store.end_days_before(Timestamp::now());
            self.seal_in_background();
        }
        // Everything is committed. A segment that cannot be sealed now is sealed after the next start.
        if let Err(error) = self.seal_all() {
            tracing::warn!(%error, "segments left open, to be sealed after the next start");
        }
        self.store.close()
    }

    fn seal_all(&mut self) -> Result<(), Error> {
        self.store.reopen()?;
        for job in self.store.to_seal(true) {
            self.store.seal(job.prepare()?)?;
        }
        Ok(())
    }

    /// Commits a group, however long it takes.
    fn commit(&mut self, group: Group) -> Result<(), Error> {
        const FIRST_PAUSE: Duration = Duration::from_millis(250);
        let longest = Duration::from_secs(self.store.config().retry_wait_s_max);
        let mut pause = FIRST_PAUSE.min(longest);
        let Group { entries, tickets, .. } = group;
        let mut tickets = Some(tickets);
        loop {
            let now = Timestamp::now();
            let settle = |outcomes: &[Outcome]| {
                let ended = entries.iter().zip(outcomes);
                for (ticket, ((entry, _), outcome)) in tickets.take().into_iter().flatten().zip(ended) {
                    ticket.settle_as(*outcome, entry.id());
                }
            };
            let Err(error) = self.store.commit(&entries, now, settle) else { break };
            if !error.is_temporary() || self.stop.is_cancelled() {
                return Err(error);
            }
            self.report_waiting(now, &error, pause);
            self.runtime.block_on(async {
                // The end of the pause or the stop: in both cases one more attempt is due.
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = self.stop.cancelled() => {}
                }
            });
            pause = (pause * 2).min(longest);
        }
        let recovered = self.health.send_if_modified(|health| {
            let waited = *health != Health::Writing;
            *health = Health::Writing;
            waited
        });
        if recovered {
            tracing::info!("store can be written again");
        }
        Ok(())
    }

    fn report_waiting(&self, now: Timestamp, error: &Error, pause: Duration) {
        let reason = error.to_string();
        tracing::error!(
            error = reason,
            retry_in_ms = pause.as_millis() as u64,
            "store cannot be written, sources wait"
        );
        self.health.send_modify(|health| {
            let since = match health {
                Health::Writing => now,
                Health::Waiting { since, .. } => *since,
            };
            *health = Health::Waiting { since, reason };
        });
    }

    /// Gives the oldest full segment its final form on another thread, one at a time.
    fn seal_in_background(&mut self) {
        if self.sealing || self.seal_after.is_some_and(|after| Instant::now() < after) {
            return;
        }
        let (Some(job), Some(work)) = (self.store.to_seal(false).into_iter().next(), self.work.upgrade())
        else {
            return;
        };
        self.sealing = true;
        self.runtime.spawn(async move {
            let Ok(ready) = tokio::task::spawn_blocking(move || job.prepare()).await else { return };
            // Sending keeps the queue open, so a seal under way at the end is still committed.
            let _ = work.send(Work::Sealed(ready)).await;
        });
    }
}
