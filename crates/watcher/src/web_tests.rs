//! Sources on the web against a real site on loopback, with the test as the store: it commits what arrives.

mod feeds;
mod kept;
mod others;
mod shared;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use document::{ByteBudget, Inbox, Outcome, RawDocument, Rejected, Ticket, channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::config::tests::defaults;
use crate::folder::tests::within;
use crate::memory::Moved;
use crate::site::{Reply, Site};
use crate::{
    Config, Error, Line, Memory, Positions, Source, Standing, Summary, Wanted, Writable, clock, standings,
};

/// The positions of a store, over restarts.
type Committed = Arc<Mutex<HashMap<(String, String), String>>>;

/// Sources that are watched, and the end of their line.
struct Bench {
    documents: Inbox<RawDocument>,
    rejects: Inbox<Rejected>,
    committed: Committed,
    memory: Memory,
    wanted: watch::Sender<Wanted>,
    stop: CancellationToken,
    running: JoinHandle<Result<Summary, Error>>,
}

fn config() -> Config {
    let mut config = defaults();
    config.retry_wait_max = Duration::from_millis(20);
    config.fetch.contact = "desk@example.org".to_owned();
    config.fetch.allow_addresses = vec!["127.0.0.0/8".parse().unwrap()];
    config.fetch.domain_interval = Duration::ZERO;
    config.fetch.interval_min = Duration::from_millis(20);
    config.fetch.interval_max = Duration::from_millis(20);
    config
}

fn sources(text: &str) -> Vec<Source> {
    let mut table: toml::Table = toml::from_str(text).unwrap();
    table.remove("source").unwrap().try_into().unwrap()
}

impl Bench {
    /// Watches `text`, with what a store committed and what is remembered in a file.
    fn start(config: Config, text: &str, committed: &Committed, memory: &std::path::Path) -> Self {
        let (documents_out, documents) = channel(8);
        let (rejects_out, rejects) = channel(8);
        let remembered = Arc::clone(committed);
        let line = Line {
            documents: documents_out,
            rejects: rejects_out,
            budget: ByteBudget::new(8 << 20),
            positions: Positions::new(move |source, key| {
                remembered.lock().unwrap().get(&(source.to_owned(), key.to_owned())).cloned()
            }),
            writable: Writable::new(|| None),
        };
        let stop = CancellationToken::new();
        let memory = Memory::at(memory.to_owned());
        let wanted = watch::Sender::new(Wanted { config, sources: sources(text) });
        let running = tokio::spawn(crate::run(wanted.clone(), memory.clone(), line, stop.clone()));
        Self { documents, rejects, committed: Arc::clone(committed), memory, wanted, stop, running }
    }

    /// The next document, committed with its positions as this.
    async fn commit(&self, outcome: Outcome) -> RawDocument {
        let envelope = within(self.documents.recv()).await.expect("a document arrives");
        let (raw, ticket) = envelope.split();
        self.settle(ticket, outcome);
        raw
    }

    /// Commits the positions of a document with its outcome.
    fn settle(&self, ticket: Ticket, outcome: Outcome) {
        if outcome != Outcome::Lost {
            let mut committed = self.committed.lock().unwrap();
            for position in ticket.positions() {
                committed.insert((position.source.to_string(), position.key.clone()), position.value.clone());
            }
        }
        ticket.settle(outcome);
    }

    /// The next documents, all stored, by the path of each.
    async fn paths(&self, count: usize) -> Vec<String> {
        let mut paths = Vec::new();
        for _ in 0..count {
            let raw = self.commit(Outcome::Stored).await;
            paths.push(
                raw.origin.uri.split_once("127.0.0.1:").unwrap().1.split_once('/').unwrap().1.to_owned(),
            );
        }
        paths.sort();
        paths
    }

    /// From now on these sources are wanted.
    fn want(&self, text: &str) {
        self.wanted.send_modify(|wanted| wanted.sources = sources(text));
    }

    fn standing(&self, text: &str) -> Standing {
        standings(&self.memory, &sources(text)).remove(0)
    }

    /// Stops watching. Nothing may be on its way.
    async fn stop(self) -> Summary {
        self.stop.cancel();
        let summary = within(self.running).await.unwrap().unwrap();
        assert!(self.documents.try_recv().is_none() && self.rejects.try_recv().is_none());
        summary
    }
}

/// Waits until something is so that another task brings about.
async fn until(so: impl Fn() -> bool) {
    within(async {
        while !so() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// A feed with these items: path, title.
fn rss(site: &Site, items: &[(&str, &str)]) -> String {
    let items = items.iter().map(|(path, title)| {
        format!(
            "<item><title>{title}</title><link>{}</link><guid isPermaLink=\"false\">{path}</guid></item>",
            site.url(path)
        )
    });
    format!(
        "<rss version=\"2.0\"><channel><title>A</title><link>x</link><description/>{}</channel></rss>",
        items.collect::<String>()
    )
}

fn feed(site: &Site, name: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nkind = \"feed\"\nurl = \"{}\"\n", site.url(&format!("/{name}")))
}

struct Scene {
    site: Site,
    committed: Committed,
    folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        Self { site: Site::start(), committed: Committed::default(), folder: tempfile::tempdir().unwrap() }
    }

    fn watch(&self, text: &str) -> Bench {
        self.watch_with(config(), text)
    }

    fn watch_with(&self, config: Config, text: &str) -> Bench {
        Bench::start(config, text, &self.committed, &self.folder.path().join("sources.redb"))
    }

    /// The same after a crash that lost what was remembered of sources.
    fn watch_anew(&self, text: &str) -> Bench {
        Bench::start(config(), text, &self.committed, &self.folder.path().join("another.redb"))
    }

    fn articles(&self, paths: &[&str]) {
        for path in paths {
            self.site.page(path, Reply::html(format!("<p>{path}")).with("ETag", &format!("\"{path}\"")));
        }
    }
}
