use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use anyhow::anyhow;
use indicatif::{ProgressBar, ProgressStyle};
use sink::Store;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use watcher::{Progress, Summary};

use super::run::Signals;
use crate::config::Config;
use crate::readers::Readers;
use crate::{Done, Failure, Settings, logging, pipeline};

/// Store the documents under some paths, once: files, archives, and folders with all that is in them
///
/// WARC, zip, tar and JSON lines are opened, member by member; what a file is is told from its bytes. An archive that
/// was interrupted goes on where it was; anything else that is named is read from its start.
///
/// Ends when everything is committed, with a summary on standard error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche ingest seeds
  depeche ingest ~/press/2026-11 letter.eml --store /srv/news
  depeche ingest CC-NEWS-20261122.warc.gz export.jsonl.zst
  producer | depeche ingest -          # JSON lines as they come, an archive, or one document
A fifo, a socket or a link out of a folder is passed over and told in the log.
Exits 4 when documents went to quarantine; see `depeche quarantine list`.")]
pub struct Arguments {
    /// Files, archives and folders; `-` alone is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Log as JSON, one object a line
    #[arg(long)]
    json: bool,
}

pub fn run(settings: &Settings, arguments: Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    logging::start(if arguments.json { &config.log.level } else { "warn" }, arguments.json)?;
    let from_pipe = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    if from_pipe && arguments.paths.len() > 1 {
        return Err(Failure::Usage(anyhow!("- is standard input, and stands alone")));
    }
    for path in arguments.paths.iter().filter(|_| !from_pipe) {
        there(path, &config)?;
    }
    let watcher = config.watcher.clone();
    once(&config, |line, stop, report| async move {
        if from_pipe {
            watcher::ingest_stream(watcher, Box::new(std::io::stdin()), line, stop, report).await
        } else {
            watcher::ingest(watcher, arguments.paths, line, stop, report).await
        }
    })
}

/// Fails unless a path that was named is there, and apart from the store.
pub fn there(path: &Path, config: &Config) -> Result<(), Failure> {
    if !path.exists() {
        return Err(Failure::Usage(anyhow!("there is no file or folder {}", path.display())));
    }
    super::check::apart(path, &config.sink.store).map_err(Failure::Usage)
}

/// Gives what `offer` offers to the line of a store of its own, with a progress bar, and tells how it went.
pub fn once<Offering>(
    config: &Config,
    offer: impl FnOnce(watcher::Line, CancellationToken, watch::Sender<Progress>) -> Offering,
) -> Result<Done, Failure>
where
    Offering: Future<Output = Result<Summary, watcher::Error>>,
{
    let readers = Readers::new(config).map_err(Failure::Usage)?;
    let summary = super::runtime()?.block_on(async {
        let store = Store::open(config.sink.clone())?;
        let stop = CancellationToken::new();
        let (report, progress) = watch::channel(Progress::default());
        let bar = tokio::spawn(show(progress));
        let line = pipeline::run(config, &readers, store, &stop, |line, _| {
            let work = offer(line, stop.clone(), report);
            async { Ok(work.await?) }
        });
        let summary = stop_on_signal(line, &stop).await?;
        bar.await?;
        anyhow::Ok(summary)
    })?;
    conclude(summary, config.sink.store.display().to_string().as_str())
}

/// Tells how it went, and picks the exit code.
fn conclude(summary: Summary, store: &str) -> Result<Done, Failure> {
    let Summary { stored, duplicates, quarantined, lost, unread, refused } = summary;
    let passed_over = if refused > 0 {
        let paths = super::counted(
            refused,
            "path passed over that is no document",
            "paths passed over that are no documents",
        );
        format!("; {paths}")
    } else {
        String::new()
    };
    let duplicates = super::counted(duplicates, "duplicate", "duplicates");
    super::tell(format_args!(
        "{stored} stored, {duplicates}, {quarantined} quarantined in {store}{passed_over}"
    ));
    if lost + unread > 0 {
        let unread = super::counted(unread, "path was", "paths were");
        let lost = super::counted(lost, "document", "documents");
        return Err(Failure::Work(anyhow!(
            "{unread} not read and {lost} not committed; the log above says why"
        )));
    }
    Ok(if quarantined > 0 { Done::WithQuarantined } else { Done::Whole })
}

/// Lets a signal end the work early, and a second one at once.
pub async fn stop_on_signal<T>(
    work: impl Future<Output = anyhow::Result<T>>,
    stop: &CancellationToken,
) -> anyhow::Result<T> {
    let mut signals = Signals::install()?;
    tokio::pin!(work);
    tokio::select! {
        ended = &mut work => return ended,
        name = signals.next() => {
            tracing::warn!(signal = name, "stopping: what is on its way is committed");
            stop.cancel();
        }
    }
    tokio::select! {
        ended = work => {
            ended?;
            Err(anyhow!("stopped before the end; the same command takes up what is missing"))
        }
        _ = signals.next() => process::exit(3),
    }
}

/// A progress bar on a terminal; nothing elsewhere.
async fn show(mut progress: watch::Receiver<Progress>) {
    let style =
        ProgressStyle::with_template("{spinner} {pos}/{len} documents, {per_sec}, {eta} left {wide_bar}");
    // Standard error that is no terminal draws nothing.
    let bar = ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    while progress.changed().await.is_ok() {
        let Progress { found, settled, .. } = *progress.borrow_and_update();
        bar.set_length(found);
        bar.set_position(settled);
    }
    bar.finish_and_clear();
}
