use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use document::SourceKind;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::article::Desk;
use crate::fetch::Fetcher;
use crate::memory::Memory;
use crate::web::Web;
use crate::{Config, Error, Kind, Line, Source, Summary, feed, folder, page, push, sitemap};

/// What is remembered of sources is written so often, besides at once where it matters.
const SAVE_EVERY: Duration = Duration::from_secs(2);

/// What is to be watched, and how.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The `[watcher]` section.
    pub config: Config,
    /// The `[[source]]` blocks.
    pub sources: Vec<Source>,
}

/// Holds what is wanted against the machine, as far as that can be done without starting anything: there is a contact
/// where something is to be fetched, tokens and certificates are where the configuration says, and no two doors share
/// an address.
///
/// # Errors
///
/// The first thing that is wrong.
pub fn check(config: &Config, sources: &[Source]) -> Result<(), Error> {
    let mut names = HashSet::new();
    let mut doors = Vec::<(&Source, SocketAddr)>::new();
    for source in sources {
        if !names.insert(source.name.as_str()) {
            return Err(Error::SameName(source.name.clone()));
        }
        let Kind::Push(push) = &source.kind else { continue };
        if let Some(token) = &push.token {
            token.read(&source.name)?;
        }
        if let Some((other, _)) = doors.iter().find(|(_, address)| push::collide(*address, push.listen)) {
            return Err(Error::SameAddress(other.name.clone(), source.name.clone(), push.listen));
        }
        doors.push((source, push.listen));
    }
    if sources.iter().any(|source| source.kind.is_fetched()) {
        Fetcher::check(&config.fetch)?;
    }
    Ok(())
}

/// Watches the sources and offers their documents to `line` until `stop` is cancelled.
///
/// Then nothing more is offered, the watcher's ends of the queues are dropped, which closes the line, and `run`
/// returns once the receipts of all that was in flight are back. It also ends so when the line closes by itself.
///
/// A new value of `wanted` is taken up at once: sources that are no longer in it stop as above, those that changed
/// stop and start again, new ones start, and the others go on. Of its settings, how the web is asked is taken up until
/// the first source on the web was started; the others stay as they were.
///
/// # Errors
///
/// When a source cannot be watched at all: [`check`] fails, its folder is missing, is not a folder, or cannot be opened,
/// or its address cannot be listened at. Nothing was offered then. A folder that goes away later is waited for. A later
/// set with a source that cannot be watched is told in the log, and changes nothing: `wanted` holds the set before again.
pub async fn run(
    wanted: watch::Sender<Wanted>,
    memory: Memory,
    line: Line,
    stop: CancellationToken,
) -> Result<Summary, Error> {
    let mut news = wanted.subscribe();
    let first = news.borrow_and_update().clone();
    check(&first.config, &first.sources)?;
    let mut watcher = Watcher {
        config: first.config.clone(),
        memory,
        line: Some(line),
        stop: stop.child_token(),
        web: None,
        running: HashMap::new(),
        waiting: HashMap::new(),
        tasks: JoinSet::new(),
    };
    for ready in watcher.prepare(first.sources.clone()).await? {
        watcher.start(ready);
    }
    let ended = watcher.watch(first, &wanted, &mut news).await;
    watcher.memory.close().await;
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
    /// Sources that start when those that are in their way have stopped.
    waiting: HashMap<String, Ready>,
    tasks: JoinSet<(String, Result<Summary, Error>)>,
}

/// A source that is watched.
struct Running {
    source: Source,
    /// Digest of the token of a door, which may change where its place stays.
    token: Option<blake3::Hash>,
    stop: CancellationToken,
    /// Whether a new set of sources wants it stopped.
    unwanted: bool,
}

/// A source that can be watched.
struct Ready {
    source: Source,
    door: Option<push::Ready>,
}

impl Watcher {
    async fn watch(
        &mut self,
        mut watched: Wanted,
        wanted: &watch::Sender<Wanted>,
        news: &mut watch::Receiver<Wanted>,
    ) -> Result<Summary, Error> {
        let mut total = Ok(Summary::default());
        let mut saves = tokio::time::interval(SAVE_EVERY);
        saves.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut closed = false;
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
                    let free: Vec<_> =
                        self.waiting.extract_if(|_, ready| !is_held(&self.running, &ready.source)).collect();
                    for (_, ready) in free {
                        self.start(ready);
                    }
                }
                Ok(()) = news.changed(), if !stop.is_cancelled() => {
                    let set = news.borrow_and_update().clone();
                    if self.take_up(&set).await {
                        watched = set;
                    } else {
                        // Whoever asks what is watched is told so, and nobody is notified.
                        wanted.send_if_modified(|now| {
                            if now.sources == set.sources {
                                *now = watched.clone();
                            }
                            false
                        });
                    }
                }
                _ = saves.tick(), if self.web.is_some() => self.memory.save_soon().await,
                () = stop.cancelled(), if self.line.is_some() => self.line = None,
            }
        }
    }

    /// Makes sure that these sources can be watched, all of them.
    async fn prepare(&mut self, sources: Vec<Source>) -> Result<Vec<Ready>, Error> {
        let mut prepared = Vec::new();
        for source in sources {
            let mut door = None;
            match &source.kind {
                Kind::Folder(settings) => {
                    let (name, settings) = (source.name.clone(), settings.clone());
                    let opened = tokio::task::spawn_blocking(move || folder::open(&name, &settings)).await;
                    // The runtime is going down, and nobody asks.
                    opened.unwrap_or(Ok(()))?;
                }
                Kind::Feed(_) | Kind::Page(_) | Kind::Sitemap(_) => self.prepare_web().await?,
                Kind::Push(settings) => {
                    // No two wanted doors share an address, so whoever of ours has it is about to give it up.
                    let waiting = self.waiting.values().map(|ready| &ready.source);
                    let mut ours = self.running.values().map(|running| &running.source).chain(waiting);
                    let is_ours = ours.any(|other| share_address(other, &source));
                    door = Some(push::prepare(&source, settings, is_ours).await?);
                }
            }
            prepared.push(Ready { source, door });
        }
        Ok(prepared)
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
    fn start(&mut self, ready: Ready) {
        let Some(line) = self.line.clone() else { return };
        let Ready { source, door } = ready;
        let stop = self.stop.child_token();
        let (name, config) = (source.name.clone(), self.config.clone());
        let token = door.as_ref().and_then(push::Ready::token);
        let running = Running { source: source.clone(), token, stop: stop.clone(), unwanted: false };
        self.running.insert(name.clone(), running);
        let desk = |kind, web: &Arc<Web>| Desk {
            web: Arc::clone(web),
            line: line.clone(),
            source: Arc::from(source.name.as_str()),
            kind,
            document_bytes_max: config.of(&source).document_bytes_max,
            stop: stop.clone(),
        };
        let lost = |name| async move { (name, Err(Error::SourceLost)) };
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
                let Some(door) = door else { return drop(self.tasks.spawn(lost(name))) };
                self.tasks.spawn(async move {
                    (name, Ok(push::run(&config, &source, &settings, door, line, stop).await))
                });
            }
            // What is fetched was prepared before, and the web with it.
            (Kind::Feed(_) | Kind::Page(_) | Kind::Sitemap(_), None) => {
                self.tasks.spawn(lost(name));
            }
        }
    }

    /// Takes up a new set of sources, when all of it can be watched; tells whether it did.
    async fn take_up(&mut self, wanted: &Wanted) -> bool {
        let Wanted { config, sources } = wanted;
        if self.web.is_none() {
            // Nothing was fetched yet, so nothing rests on how.
            (self.config.fetch, self.config.raw_archive) = (config.fetch.clone(), config.raw_archive.clone());
        } else if (&self.config.fetch, &self.config.raw_archive) != (&config.fetch, &config.raw_archive) {
            warn!("watcher.fetch or watcher.raw-archive changed, which takes effect at the next start");
        }
        let kept: HashSet<_> = sources.iter().map(|source| source.name.clone()).collect();
        let goes_on = |source: &Source| {
            self.running.get(&source.name).is_some_and(|running| {
                running.source == *source && !running.unwanted && running.token == push::token(source)
            })
        };
        let new: Vec<_> = sources.iter().filter(|source| !goes_on(source)).cloned().collect();
        let prepared = match check(&self.config, sources) {
            Ok(()) => self.prepare(new).await,
            Err(error) => Err(error),
        };
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
                let error = causes.map(ToString::to_string).collect::<Vec<_>>().join(": ");
                error!(error, "the new sources cannot be watched, they stay as they were");
                return false;
            }
        };
        let (mut started, mut changed, mut stopped) = (0, 0, 0);
        for (name, running) in &mut self.running {
            let is_new = prepared.iter().any(|ready| ready.source.name == *name);
            if running.unwanted || (kept.contains(name) && !is_new) {
                continue;
            }
            running.unwanted = true;
            running.stop.cancel();
            stopped += usize::from(!is_new);
        }
        self.waiting.clear();
        for ready in prepared {
            if self.running.contains_key(&ready.source.name) {
                changed += 1;
            } else {
                started += 1;
            }
            if is_held(&self.running, &ready.source) {
                self.waiting.insert(ready.source.name.clone(), ready);
            } else {
                self.start(ready);
            }
        }
        info!(started, changed, stopped, "sources were taken up anew");
        true
    }
}

/// Whether a source has to wait until one that runs has stopped.
fn is_held(running: &HashMap<String, Running>, source: &Source) -> bool {
    running.contains_key(&source.name)
        || running.values().any(|running| share_address(&running.source, source))
}

/// Whether two sources are doors that cannot be open at the same time.
fn share_address(one: &Source, other: &Source) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Push(one), Kind::Push(other)) => push::collide(one.listen, other.listen),
        _ => false,
    }
}
