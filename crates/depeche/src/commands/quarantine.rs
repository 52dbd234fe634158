use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use anyhow::anyhow;
use document::{ContentId, Envelope, Outcome, RawDocument, Reason, Stage};
use jiff::Timestamp;
use serde::Serialize;
use sink::{QuarantineLine, Store, View};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use watcher::Summary;

use crate::control::{self, Request, Retried};
use crate::readers::Readers;
use crate::{Done, Failure, Settings, logging, pipeline};

/// Look at documents that could not become articles, and try them again
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List them, oldest first
    #[command(after_help = "Examples:
  depeche quarantine list
  depeche quarantine list --json | jq -r 'select(.reason == \"no_text\") | .uri'")]
    List(ListArguments),
    /// Print one: what was wrong with it on standard error, its bytes as they came on standard output
    #[command(after_help = "Examples:\n  depeche quarantine show 3f2a > document.bin")]
    Show {
        /// Its id, or as much of the beginning as is unique
        id: String,
    },
    /// Give them to the line again, for instance after an update
    #[command(after_help = "Works with a daemon running on the store and without one.\nExamples:
  depeche quarantine retry --all
  depeche quarantine retry 3f2a 77c0")]
    Retry(RetryArguments),
}

#[derive(Debug, clap::Args)]
pub struct ListArguments {
    /// Print JSON lines
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct RetryArguments {
    /// Ids, or as much of their beginnings as is unique
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// All of them
    #[arg(long)]
    all: bool,
}

pub fn run(settings: &Settings, command: &Command) -> Result<Done, Failure> {
    let config = settings.load()?;
    let store = &config.sink.store;
    let entries = entries(&View::open(store)?)?;
    match command {
        Command::List(arguments) => list(&entries, arguments.json),
        Command::Show { id } => show(store, find(&entries, id)?),
        Command::Retry(RetryArguments { ids, all }) => {
            let chosen: Vec<_> = if *all {
                entries.iter().collect()
            } else {
                ids.iter().map(|id| find(&entries, id)).collect::<Result<_, _>>()?
            };
            if let Some(cut) = chosen.iter().find(|entry| entry.kept_bytes < entry.bytes)
                && !all
            {
                return Err(Failure::Usage(anyhow!(
                    "of {} only the first {} of {} bytes are kept; raise document-bytes-max and give {} to \
                     `depeche ingest`",
                    cut.id,
                    cut.kept_bytes,
                    cut.bytes,
                    cut.uri
                )));
            }
            let whole = chosen.iter().filter(|entry| entry.kept_bytes == entry.bytes);
            let ids: Vec<_> = whole.map(|entry| entry.id).collect();
            if ids.len() < chosen.len() {
                let cut = (chosen.len() - ids.len()) as u64;
                let cut = super::counted(cut, "document is", "documents are");
                super::tell(format_args!("{cut} kept in part and left alone"));
            }
            retry(&config, ids)
        }
    }
}

/// An entry, as it is listed.
#[derive(Debug, Clone, Serialize)]
struct Entry {
    id: ContentId,
    stage: Stage,
    reason: Reason,
    message: String,
    uri: String,
    bytes: u64,
    kept_bytes: u64,
    digest: document::Digest,
    quarantined_at: Timestamp,
}

/// The entries that are not resolved.
fn entries(view: &View) -> Result<Vec<Entry>, sink::Error> {
    let mut entries = Vec::new();
    sink::unresolved(view, |entry| {
        entries.push(Entry {
            id: entry.id,
            stage: entry.stage,
            reason: entry.reason,
            message: entry.message.to_string(),
            uri: entry.source.uri.to_string(),
            bytes: entry.source.bytes,
            kept_bytes: entry.kept_bytes,
            digest: entry.source.digest,
            quarantined_at: entry.quarantined_at,
        });
        Ok::<_, sink::Error>(())
    })?;
    Ok(entries)
}

fn find<'a>(entries: &'a [Entry], prefix: &str) -> Result<&'a Entry, Failure> {
    if prefix.is_empty() {
        return Err(Failure::Usage(anyhow!("an id is needed; see `depeche quarantine list`")));
    }
    let mut hits = entries.iter().filter(|entry| entry.id.to_string().starts_with(prefix));
    match (hits.next(), hits.next()) {
        (Some(hit), None) => Ok(hit),
        (None, _) => {
            Err(Failure::Usage(anyhow!("there is no {prefix} in quarantine; see `depeche quarantine list`")))
        }
        (Some(_), Some(_)) => {
            Err(Failure::Usage(anyhow!("{prefix} is the beginning of several ids; give more of it")))
        }
    }
}

fn list(entries: &[Entry], json: bool) -> Result<Done, Failure> {
    let mut output = super::output();
    for entry in entries {
        if json {
            serde_json::to_writer(&mut output, entry)?;
            writeln!(output)?;
        } else {
            let Entry { id, reason, bytes, uri, message, .. } = entry;
            let at = entry.quarantined_at.strftime("%Y-%m-%d %H:%M");
            writeln!(output, "{id}  {at}  {:<18} {bytes:>10} bytes  {uri}  {message}", reason.as_str())?;
        }
    }
    output.flush()?;
    match entries {
        _ if json => {}
        [] => super::tell(format_args!("nothing is in quarantine")),
        _ => super::tell(format_args!(
            "`depeche quarantine show ID` prints a document, `depeche quarantine retry ID` gives it to the line again"
        )),
    }
    Ok(Done::Whole)
}

fn show(store: &Path, entry: &Entry) -> Result<Done, Failure> {
    let body = sink::body_path(store, &entry.digest);
    let mut bytes = std::fs::File::open(&body)
        .map_err(|error| anyhow!("cannot open the kept document {}: {error}", body.display()))?;
    super::tell(format_args!("id           {}", entry.id));
    super::tell(format_args!("uri          {}", entry.uri));
    super::tell(format_args!("rejected by  {}, {}", entry.stage.as_str(), entry.reason.as_str()));
    super::tell(format_args!("message      {}", entry.message));
    super::tell(format_args!("at           {}", entry.quarantined_at));
    super::tell(format_args!(
        "bytes        {}, {} kept in {}",
        entry.bytes,
        entry.kept_bytes,
        body.display()
    ));
    let mut output = super::output();
    std::io::copy(&mut bytes, &mut output)?;
    output.flush()?;
    Ok(Done::Whole)
}

/// Gives entries to the line: the running daemon's, or one that is started for it.
fn retry(config: &crate::config::Config, ids: Vec<ContentId>) -> Result<Done, Failure> {
    logging::start("warn", false)?;
    let retried = super::runtime()?.block_on(async {
        let store = &config.sink.store;
        if let Some(retried) = control::ask(store, &Request::Retry { entries: ids.clone() }).await? {
            return Ok(retried);
        }
        let readers = Readers::new(config)?;
        let open = Store::open(config.sink.clone())?;
        let stop = CancellationToken::new();
        let mut retried = Retried::default();
        let answer = &mut retried;
        let told = stop.clone();
        let line = pipeline::run(config, &readers, open, &stop, |line, _| async move {
            *answer = offer(store, &ids, &line, &told).await?;
            Ok(Summary::default())
        });
        super::ingest::stop_on_signal(line, &stop).await?;
        anyhow::Ok(retried)
    })?;
    let Retried { stored, duplicates, quarantined, lost } = retried;
    let duplicates = super::counted(duplicates, "duplicate", "duplicates");
    super::tell(format_args!("{stored} stored, {duplicates}, {quarantined} still in quarantine"));
    match (lost, quarantined) {
        (0, 0) => Ok(Done::Whole),
        (0, _) => Ok(Done::WithQuarantined),
        _ => {
            let lost = super::counted(lost, "document", "documents");
            Err(Failure::Work(anyhow!("{lost} could not be read or committed; try again")))
        }
    }
}

/// Offers entries to a line until `stop`, and waits until each that was offered is settled. The others count as lost:
/// those not offered, those that are resolved, and those that never were.
pub async fn offer(
    store: &Path,
    ids: &[ContentId],
    line: &watcher::Line,
    stop: &CancellationToken,
) -> anyhow::Result<Retried> {
    let wanted: HashSet<_> = ids.iter().copied().collect();
    let path = store.to_owned();
    // Reading the quarantine is a matter of files.
    let entries = tokio::task::spawn_blocking(move || {
        let mut entries = Vec::new();
        sink::unresolved(&View::open(&path)?, |entry| {
            if wanted.contains(&entry.id) {
                entries.push((entry.id, entry.kept_bytes, serde_json::to_vec(&entry)?));
            }
            anyhow::Ok(())
        })?;
        anyhow::Ok(entries)
    })
    .await??;
    let mut retried = Retried { lost: (ids.len() - entries.len()) as u64, ..Retried::default() };
    let mut receipts = JoinSet::new();
    for (id, kept_bytes, entry) in entries {
        if stop.is_cancelled() {
            retried.lost += 1;
            continue;
        }
        let reservation = line.budget.reserve(usize::try_from(kept_bytes)?).await;
        let path = store.to_owned();
        let raw = match tokio::task::spawn_blocking(move || document(&path, &entry)).await? {
            Ok(Some(raw)) => raw,
            Ok(None) => {
                retried.quarantined += 1;
                continue;
            }
            Err(error) => {
                tracing::warn!(id = %id, error = %error, "kept document cannot be read");
                retried.lost += 1;
                continue;
            }
        };
        let (envelope, delivery) = Envelope::new(raw, Some(sink::retry_position(id)), reservation);
        if line.documents.send(envelope).await.is_err() {
            retried.lost += 1;
            continue;
        }
        receipts.spawn(delivery.outcome());
    }
    while let Some(outcome) = receipts.join_next().await {
        match outcome? {
            Outcome::Stored => retried.stored += 1,
            Outcome::Duplicate => retried.duplicates += 1,
            Outcome::Quarantined => retried.quarantined += 1,
            Outcome::Lost => retried.lost += 1,
        }
    }
    Ok(retried)
}

/// The document of an entry; `None` when it is refused again as it was before the parser saw it, who would take a broken
/// line of JSON lines, or what is left of a damaged archive, for a text.
fn document(store: &Path, entry: &[u8]) -> anyhow::Result<Option<RawDocument>> {
    let entry: QuarantineLine<'_> = serde_json::from_slice(entry)?;
    let raw = sink::document(store, &entry)?;
    let refused = entry.stage == Stage::Watcher && entry.reason == Reason::Malformed;
    Ok((!refused || watcher::is_json_line(&raw)).then_some(raw))
}
