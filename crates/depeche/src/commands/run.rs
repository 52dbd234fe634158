use std::process;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use jiff::Timestamp;
use sink::Store;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};
use watcher::{Memory, Wanted};

use crate::config::Config;
use crate::control::{Desk, Server};
use crate::readers::Readers;
use crate::reload::{Takers, reload};
use crate::{Done, Failure, Settings, logging, pipeline};

/// Watch the configured sources and store what arrives, until told to stop
///
/// SIGTERM or Ctrl-C stops the sources, lets what is on its way be committed, and exits 0 within the configured
/// shutdown-wait-s; a second one stops at once. Both leave a store that verifies. SIGHUP, or a change of the
/// configuration file, takes up the configured sources, phrase lists and word lists anew; a configuration or a list that
/// is wrong changes nothing. Other settings take effect at the next start; the log names those that changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche run                                   # watch seeds/ and inbox/, store under data/
  depeche run --config my.toml --store /srv/news
  RUST_LOG=debug depeche run --json 2> depeche.log")]
pub struct Arguments {
    /// Log as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Exit code of a stop that left something undone.
const UNDONE: i32 = 3;

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    super::check::validate(&config).map_err(Failure::Usage)?;
    let readers = Readers::new(&config).map_err(Failure::Usage)?;
    logging::start(&config.log.level, arguments.json)?;
    super::runtime()?.block_on(watch_sources(settings, config, readers))?;
    Ok(Done::Whole)
}

async fn watch_sources(settings: &Settings, config: Config, readers: Readers) -> anyhow::Result<()> {
    let mut signals = Signals::install()?;
    let started = Instant::now();
    let sink_config = config.sink.clone();
    // A long recovery must not look like a program that does nothing.
    info!(store = %sink_config.store.display(), "opening the store");
    let opening = tokio::task::spawn_blocking(move || Store::open(sink_config));
    let store = tokio::select! {
        opened = opening => opened??,
        name = signals.next() => {
            // Opening is recovery, which may end anywhere.
            warn!(signal = name, "stopped while the store was being opened");
            process::exit(UNDONE);
        }
    };
    let path = std::path::absolute(store.path()).unwrap_or_else(|_| store.path().to_owned());
    info!(
        store = %path.display(),
        sources = config.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(","),
        articles = store.totals().stored,
        open_ms = started.elapsed().as_millis() as u64,
        "store is open"
    );
    let stop = CancellationToken::new();
    let first = Wanted { config: config.watcher.clone(), sources: config.sources.clone() };
    let (wanted, watched) = watch::channel(first);
    let hangup = signal(SignalKind::hangup())?;
    let takers = Takers { wanted: wanted.clone(), readers: readers.clone() };
    let reloading = tokio::spawn(reload(settings.clone(), config.table.clone(), hangup, takers));
    let line = pipeline::run(&config, &readers, store, &stop, |line, gauges| {
        let stop = stop.clone();
        let store = path.clone();
        async move {
            let memory = Memory::at(super::sources::memory_path(&store));
            let desk = Desk {
                store,
                started_at: Timestamp::now(),
                gauges,
                line: line.clone(),
                wanted: watched,
                memory: memory.clone(),
            };
            let serving = match Server::bind(&desk.store) {
                Ok(server) => Some(tokio::spawn(server.serve(Arc::new(desk), stop.clone()))),
                Err(error) => {
                    warn!(%error, "no control socket, so `depeche status` will not find this daemon");
                    None
                }
            };
            let watched = watcher::run(wanted, memory, line, stop.clone()).await;
            stop.cancel();
            // The desk holds an entrance to the line, which ends when the last entrance is gone.
            if let Some(serving) = serving {
                serving.await?;
            }
            watched.context("the sources cannot be watched")
        }
    });
    tokio::pin!(line);
    let ended = tokio::select! {
        ended = &mut line => ended,
        name = signals.next() => {
            info!(signal = name, wait_s = config.line.shutdown_wait_s, "stopping: what is on its way is committed");
            stop.cancel();
            tokio::select! {
                ended = &mut line => ended,
                name = signals.next() => {
                    warn!(signal = name, "stopped at once");
                    process::exit(UNDONE);
                }
                () = tokio::time::sleep(Duration::from_secs(config.line.shutdown_wait_s)) => {
                    error!("not everything could be committed in time; sources offer it again at the next start");
                    process::exit(UNDONE);
                }
            }
        }
    };
    reloading.abort();
    let summary = ended?;
    info!(
        stored = summary.stored,
        duplicates = summary.duplicates,
        quarantined = summary.quarantined,
        lost = summary.lost,
        "stopped"
    );
    if summary.lost > 0 {
        let lost = super::counted(summary.lost, "document was", "documents were");
        return Err(anyhow!("{lost} not committed and will be read again at the next start"));
    }
    Ok(())
}

/// The signals that stop the daemon.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    pub fn install() -> anyhow::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// The name of the next one.
    pub async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}
