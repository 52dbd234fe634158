use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use document::SourceKind;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::article::{Desk, Web};
use crate::memory::Memory;
use crate::{Config, Error, Kind, Line, Source, Summary, feed, folder, page, push, sitemap};

/// What is remembered of sources is written so often, besides at once where it matters.
const SAVE_EVERY: Duration = Duration::from_secs(2);

/// Watches the sources and offers their documents to `line` until `stop` is cancelled.
///
/// Then nothing more is offered, the watcher's ends of the queues are dropped, which closes the line, and `run`
/// returns once the receipts of all that was in flight are back. It also ends so when the line closes by itself.
///
/// A new value of `sources` is taken up at once: sources that are no longer in it stop as above, those that changed
/// stop and start again, new ones start, and the others go on.
///
/// # Errors
///
/// When a source cannot be watched at all: its folder is missing, is not a folder, or cannot be opened; or when two
/// sources share a name. Nothing was offered then. A folder that goes away later is waited for. Of a later set, a
/// source that cannot be watched is told in the log, and the others go on.
pub async fn run(
    config: Config,
    mut sources: watch::Receiver<Vec<Source>>,
    memory: Memory,
    line: Line,
    stop: CancellationToken,
) -> Result<Summary, Error> {
    let first = sources.borrow_and_update().clone();
    let mut names = HashSet::new();
    for source in &first {
        if !names.insert(source.name.as_str()) {
            return Err(Error::SameName(source.name.clone()));
        }
    }
    let mut watcher = Watcher {
        config,
        memory,
        line: Some(line),
        stop: stop.child_token(),
        web: None,
        running: HashMap::new(),
        waiting: HashMap::new(),
        tasks: JoinSet::new(),
    };
    let mut prepared = Vec::new();
    for source in first {
        watcher.prepare(&source).await?;
        prepared.push(source);
    }
    for source in prepared {
        watcher.start(source);
    }
    let ended = watcher.watch(&mut sources).await;
    watcher.memory.save_soon().await;
    ended
}

struct Watcher {
    config: Config,
    memory: Memory,
    /// Our end of the line, until the watcher is to stop.
    line: Option<Line>,
    stop: CancellationToken,
    /// What the sources on the web share, once there is one.
    web: Option<Arc<Web>>,
    running: HashMap<String, Running>,
    /// Sources that start when the one of the same name has stopped.
    waiting: HashMap<String, Source>,
    tasks: JoinSet<(String, Result<Summary, Error>)>,
}

/// A source that is watched.
struct Running {
    source: Source,
    stop: CancellationToken,
    /// Whether a new set of sources wants it stopped.
    unwanted: bool,
}

impl Watcher {
    async fn watch(&mut self, sources: &mut watch::Receiver<Vec<Source>>) -> Result<Summary, Error> {
        let mut total = Ok(Summary::default());
        let mut saves = tokio::time::interval(SAVE_EVERY);
        saves.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Whether the set of sources can still change, and whether the line closed.
        let (mut changing, mut closed) = (true, false);
        let stop = self.stop.clone();
        loop {
            if self.tasks.is_empty() && (stop.is_cancelled() || closed) {
                return total;
            }
            tokio::select! {
                Some(ended) = self.tasks.join_next() => {
                    let (name, ended) = match ended {
                        Ok(ended) => ended,
                        Err(_) => (String::new(), Err(Error::SourceLost)),
                    };
                    let running = self.running.remove(&name);
                    match (ended, &mut total) {
                        (Ok(summary), Ok(total)) => *total += summary,
                        (Err(error), Ok(_)) => {
                            stop.cancel();
                            total = Err(error);
                        }
                        _ => {}
                    }
                    // A source that nobody stopped ends because the line closed.
                    closed |= running.is_some_and(|running| !running.unwanted);
                    if let Some(next) = self.waiting.remove(&name)
                        && !stop.is_cancelled()
                    {
                        self.start(next);
                    }
                }
                changed = sources.changed(), if changing && !stop.is_cancelled() => {
                    changing = changed.is_ok();
                    if changing {
                        let set = sources.borrow_and_update().clone();
                        self.take_up(set).await;
                    }
                }
                _ = saves.tick(), if self.web.is_some() => self.memory.save_soon().await,
                () = stop.cancelled(), if self.line.is_some() => self.line = None,
            }
        }
    }

    /// Makes sure that a source can be watched.
    async fn prepare(&mut self, source: &Source) -> Result<(), Error> {
        match &source.kind {
            Kind::Folder(settings) => {
                let (name, settings) = (source.name.clone(), settings.clone());
                let opened = tokio::task::spawn_blocking(move || folder::open(&name, &settings)).await;
                // The runtime is going down, and nobody asks.
                opened.unwrap_or(Ok(()))
            }
            Kind::Feed(_) | Kind::Page(_) | Kind::Sitemap(_) => self.prepare_web().await,
            // It listens as soon as it starts.
            Kind::Push(_) => Ok(()),
        }
    }

    async fn prepare_web(&mut self) -> Result<(), Error> {
        if self.web.is_some() {
            return Ok(());
        }
        let (config, memory) = (self.config.clone(), self.memory.clone());
        let making = tokio::task::spawn_blocking(move || {
            memory.open().map_err(Error::Memory)?;
            Web::new(&config, memory)
        });
        match making.await {
            Ok(web) => self.web = Some(Arc::new(web?)),
            Err(_) => return Err(Error::SourceLost),
        }
        Ok(())
    }

    /// Starts a source that can be watched.
    fn start(&mut self, source: Source) {
        let Some(line) = self.line.clone() else { return };
        let stop = self.stop.child_token();
        let (name, config) = (source.name.clone(), self.config.clone());
        let running = Running { source: source.clone(), stop: stop.clone(), unwanted: false };
        self.running.insert(name.clone(), running);
        let desk = |kind, web: &Arc<Web>| Desk {
            web: Arc::clone(web),
            line: line.clone(),
            source: Arc::from(source.name.as_str()),
            kind,
            document_bytes_max: config.of(&source).document_bytes_max,
            stop: stop.clone(),
        };
        match (source.kind.clone(), &self.web) {
            (Kind::Folder(settings), _) => {
                self.tasks
                    .spawn(async move { (name, folder::run(&config, &source, &settings, line, stop).await) });
            }
            (Kind::Feed(settings), Some(web)) => {
                let desk = desk(SourceKind::Feed, web);
                self.tasks.spawn(async move { (name, Ok(feed::run(desk, settings).await)) });
            }
            (Kind::Page(settings), Some(web)) => {
                let desk = desk(SourceKind::Page, web);
                self.tasks.spawn(async move { (name, Ok(page::run(desk, settings).await)) });
            }
            (Kind::Sitemap(settings), Some(web)) => {
                let desk = desk(SourceKind::Sitemap, web);
                self.tasks.spawn(async move { (name, Ok(sitemap::run(desk, settings).await)) });
            }
            (Kind::Push(settings), _) => {
                self.tasks
                    .spawn(async move { (name, push::run(&config, &source, &settings, line, stop).await) });
            }
            // What is fetched was prepared before, and the web with it.
            (Kind::Feed(_) | Kind::Page(_) | Kind::Sitemap(_), None) => {
                self.tasks.spawn(async move { (name, Err(Error::SourceLost)) });
            }
        }
    }

    /// Takes up a new set of sources.
    async fn take_up(&mut self, set: Vec<Source>) {
        let mut kept = HashSet::new();
        let (mut started, mut changed, mut stopped) = (0, 0, 0);
        for source in set {
            kept.insert(source.name.clone());
            let same = |running: &Running| running.source == source && !running.unwanted;
            if self.running.get(&source.name).is_some_and(same) {
                continue;
            }
            if let Err(error) = self.prepare(&source).await {
                let error =
                    std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source())
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(": ");
                error!(source = source.name, error, "source cannot be watched");
                continue;
            }
            if let Some(running) = self.running.get_mut(&source.name) {
                running.unwanted = true;
                running.stop.cancel();
                self.waiting.insert(source.name.clone(), source);
                changed += 1;
            } else {
                self.start(source);
                started += 1;
            }
        }
        self.waiting.retain(|name, _| kept.contains(name));
        for (name, running) in &mut self.running {
            if !kept.contains(name) && !running.unwanted {
                running.unwanted = true;
                running.stop.cancel();
                stopped += 1;
            }
        }
        info!(started, changed, stopped, "sources were taken up anew");
    }
}
