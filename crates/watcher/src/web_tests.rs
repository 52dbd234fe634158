//! Sources on the web against a real site on loopback, with the test as the store: it commits what arrives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use document::{ByteBudget, Inbox, Outcome, RawDocument, Rejected, Ticket, channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::config::tests::defaults;
use crate::folder::tests::within;
use crate::site::{Reply, Site};
use crate::{Config, Error, Line, Memory, Positions, Source, Standing, Summary, Writable, standings};

/// The positions of a store, over restarts.
type Committed = Arc<Mutex<HashMap<(String, String), String>>>;

/// Sources that are watched, and the end of their line.
struct Bench {
    documents: Inbox<RawDocument>,
    rejects: Inbox<Rejected>,
    committed: Committed,
    memory: Memory,
    sources: watch::Sender<Vec<Source>>,
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
    fn start(text: &str, committed: &Committed, memory: &std::path::Path) -> Self {
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
        let (set, receiver) = watch::channel(sources(text));
        let running = tokio::spawn(crate::run(config(), receiver, memory.clone(), line, stop.clone()));
        Self { documents, rejects, committed: Arc::clone(committed), memory, sources: set, stop, running }
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
        Bench::start(text, &self.committed, &self.folder.path().join("sources.redb"))
    }

    /// The same after a crash that lost what was remembered of sources.
    fn watch_anew(&self, text: &str) -> Bench {
        Bench::start(text, &self.committed, &self.folder.path().join("another.redb"))
    }

    fn articles(&self, paths: &[&str]) {
        for path in paths {
            self.site.page(path, Reply::html(format!("<p>{path}")).with("ETag", &format!("\"{path}\"")));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_article_of_a_feed_is_fetched_once() {
    let scene = Scene::new();
    scene.articles(&["/1", "/2", "/3"]);
    let text = feed(&scene.site, "feed");
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/2", "B"), ("/1", "A")])).with("ETag", "\"1\""));
    let bench = scene.watch(&text);
    let first = bench.commit(Outcome::Stored).await;
    let (path, title) = if first.origin.uri.ends_with("/1") { ("/1", "A") } else { ("/2", "B") };
    assert_eq!(first.announced.unwrap().title.as_deref(), Some(title));
    assert_eq!(first.identity.unwrap(), format!("//127.0.0.1:{}{path}", scene.site.port()));
    bench.paths(1).await;
    scene.site.wait_for("/feed", 4);
    let page = Reply::xml(rss(&scene.site, &[("/3", "C"), ("/2", "B"), ("/1", "A")])).with("ETag", "\"2\"");
    scene.site.page("/feed", page);
    assert_eq!(bench.paths(1).await, ["3"]);
    assert_eq!(bench.stop().await.stored, 3);
    let looks: Vec<_> = scene.site.asked().into_iter().filter(|asked| asked.path == "/feed").collect();
    assert!(!looks[0].headers.contains_key("if-none-match"));
    assert_eq!(looks[2].headers["if-none-match"], "\"1\"", "an unchanged feed costs a 304");

    // A restart that forgot when it looked, but not what was committed.
    let bench = scene.watch_anew(&text);
    let before = scene.site.count("/feed");
    scene.site.wait_for("/feed", before + 2);
    assert_eq!(bench.stop().await, Summary::default());
    for path in ["/1", "/2", "/3", "/robots.txt"] {
        let robots = usize::from(path == "/robots.txt");
        assert_eq!(scene.site.count(path), 1 + robots, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edited_article_comes_again_under_its_identity_and_an_unchanged_one_costs_a_304() {
    let scene = Scene::new();
    scene.articles(&["/1", "/2"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/2", "B"), ("/1", "A")])));
    let text = feed(&scene.site, "feed");
    let bench = scene.watch(&text);
    assert_eq!(bench.paths(2).await, ["1", "2"]);
    // Both say that they changed; one did.
    scene.site.page("/1", Reply::html("<p>edited").with("ETag", "\"new\""));
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/2", "B'"), ("/1", "A'")])));
    let edited = bench.commit(Outcome::Stored).await;
    assert_eq!(
        (&edited.body[..], edited.identity.unwrap()),
        (&b"<p>edited"[..], format!("//127.0.0.1:{}/1", scene.site.port()))
    );
    scene.site.wait_for("/2", 2);
    let asked = scene.site.asked().into_iter().filter(|asked| asked.path == "/2").nth(1).unwrap();
    assert_eq!(asked.headers["if-none-match"], "\"/2\"");
    // Its address changes too: the identifier says that it is the same.
    scene.articles(&["/1-moved"]);
    let moved = rss(&scene.site, &[("/2", "B'"), ("/1", "A''")])
        .replace(&format!("{}<", scene.site.url("/1")), &format!("{}<", scene.site.url("/1-moved")));
    scene.site.page("/feed", Reply::xml(moved));
    let moved = bench.commit(Outcome::Stored).await;
    assert_eq!(moved.identity.unwrap(), format!("//127.0.0.1:{}/1", scene.site.port()));
    let before = scene.site.count("/feed");
    scene.site.wait_for("/feed", before + 3);
    assert_eq!((scene.site.count("/1"), scene.site.count("/2"), scene.site.count("/1-moved")), (2, 2, 1));
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_that_several_sources_lead_to_is_fetched_once() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    let port = scene.site.port();
    let tracked = rss(&scene.site, &[("/1?utm_source=rss", "A")]);
    scene.site.page("/1?utm_source=rss", Reply::html("<p>/1"));
    scene.site.page("/one", Reply::xml(tracked));
    scene.site.page("/two", Reply::xml(rss(&scene.site, &[("/1", "Another headline")])));
    scene.site.page(
        "/map",
        Reply::xml(format!("<urlset><url><loc>http://127.0.0.1:{port}/1#top</loc></url></urlset>")),
    );
    let text = format!(
        "{}{}[[source]]\nname = \"map\"\nkind = \"sitemap\"\nurl = \"{}\"\n[[source]]\nname = \"page\"\nkind = \"page\"\nonce = true\nurls = [\"{}\"]\n",
        feed(&scene.site, "one"),
        feed(&scene.site, "two"),
        scene.site.url("/map"),
        scene.site.url("/1/")
    );
    scene.articles(&["/1/"]);
    let bench = scene.watch(&text);
    bench.commit(Outcome::Stored).await;
    for path in ["/one", "/two", "/map"] {
        scene.site.wait_for(path, 3);
    }
    assert_eq!(bench.stop().await.stored, 1);
    let fetched: usize = ["/1", "/1?utm_source=rss", "/1/"].map(|path| scene.site.count(path)).iter().sum();
    assert_eq!(fetched, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_wanted_once_is_not_fetched_again_after_waiting_for_its_turn() {
    let scene = Scene::new();
    // One article under two addresses: whichever visit comes second waits until the first is committed.
    scene.articles(&["/1", "/1/"]);
    let bench = scene.watch(&format!(
        "[[source]]\nname = \"page\"\nkind = \"page\"\nonce = true\nurls = [\"{}\", \"{}\"]\n",
        scene.site.url("/1"),
        scene.site.url("/1/")
    ));
    bench.commit(Outcome::Stored).await;
    // A page that is watched comes around again: by then the second visit had its turn.
    scene.articles(&["/live"]);
    let mut both = bench.sources.borrow().clone();
    both.extend(sources(&format!(
        "[[source]]\nname = \"live\"\nkind = \"page\"\nurls = [\"{}\"]\n",
        scene.site.url("/live")
    )));
    bench.sources.send_replace(both);
    assert_eq!(bench.paths(1).await, ["live"]);
    assert_eq!(bench.stop().await.stored, 2);
    assert_eq!(scene.site.count("/1") + scene.site.count("/1/"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_store_cannot_take_is_offered_again() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/1", "A")])).with("ETag", "\"1\""));
    let bench = scene.watch(&feed(&scene.site, "feed"));
    bench.commit(Outcome::Lost).await;
    bench.commit(Outcome::Lost).await;
    bench.commit(Outcome::Stored).await;
    let before = scene.site.count("/feed");
    scene.site.wait_for("/feed", before + 2);
    let summary = bench.stop().await;
    assert_eq!((summary.stored, summary.lost), (1, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_that_is_not_there_holds_nothing_up() {
    let scene = Scene::new();
    scene.articles(&["/2"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/2", "B"), ("/1", "A")])).with("ETag", "\"1\""));
    let bench = scene.watch(&feed(&scene.site, "feed"));
    assert_eq!(bench.paths(1).await, ["2"]);
    scene.site.wait_for("/feed", 3);
    assert_eq!(scene.site.count("/1"), 1, "a 404 is not asked for with every look");
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_is_gone_is_not_asked_any_more_and_says_so() {
    let scene = Scene::new();
    scene.site.page("/feed", Reply::new(410, ""));
    let text = feed(&scene.site, "feed");
    let bench = scene.watch(&text);
    until(|| bench.standing(&text).waits.is_some()).await;
    let standing = bench.standing(&text);
    assert!(standing.waits.unwrap().starts_with("gone for good (410)"));
    assert_eq!(standing.due_at, None);
    bench.stop().await;
    // A restart does not forget; another address is another feed.
    let bench = scene.watch(&text);
    until(|| bench.standing(&text).waits.is_some()).await;
    scene.articles(&["/1"]);
    scene.site.page("/feed2", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    bench.sources.send_replace(sources(&text.replace("/feed\"", "/feed2\"")));
    assert_eq!(bench.paths(1).await, ["1"]);
    bench.stop().await;
    assert_eq!(scene.site.count("/feed"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_fails_is_asked_less_often_and_says_why() {
    let scene = Scene::new();
    let text = feed(&scene.site, "feed");
    let bench = scene.watch(&text);
    until(|| bench.standing(&text).failures >= 2).await;
    assert_eq!(bench.standing(&text).waits.as_deref(), Some("it answers 404"));
    scene.site.page("/feed", Reply::html("<!DOCTYPE html><html><body>A new design"));
    until(|| bench.standing(&text).waits.as_deref() == Some("it is a web page, not a feed")).await;
    scene.articles(&["/1"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    bench.paths(1).await;
    until(|| bench.standing(&text).failures == 0).await;
    assert_eq!(bench.standing(&text).waits, None);
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_that_asks_for_a_pause_is_left_alone_by_all_sources() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    scene.site.page("/one", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    scene.site.page("/1", Reply::new(503, "").with("Retry-After", "1800"));
    let text = feed(&scene.site, "one");
    let bench = scene.watch(&text);
    scene.site.wait_for("/1", 1);
    until(|| bench.standing(&text).waits.is_some_and(|why| why.contains("127.0.0.1 is left alone until")))
        .await;
    bench.stop().await;
    let before = scene.site.asked().len();
    // A restart keeps the promise, for another source of the site as well.
    let both = format!("{text}{}", feed(&scene.site, "two"));
    let bench = scene.watch(&both);
    until(|| standings(&bench.memory, &sources(&both)).iter().all(|standing| standing.due_at.is_some()))
        .await;
    bench.stop().await;
    assert_eq!(scene.site.asked().len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_text_of_a_feed_is_taken_where_it_is_trusted() {
    let scene = Scene::new();
    let item = |content: &str| {
        Reply::xml(format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>A</title>\
             <link>x</link><description/><item><title>L'eau &amp; le feu</title><link>{}</link><guid>1</guid>\
             <content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>",
            scene.site.url("/1")
        ))
    };
    scene.site.page("/feed", item("<p>Le texte.</p>"));
    let bench = scene.watch(&format!("{}follow = \"content\"\n", feed(&scene.site, "feed")));
    let raw = bench.commit(Outcome::Stored).await;
    let body = String::from_utf8(raw.body.to_vec()).unwrap();
    assert!(body.contains("<h1>L'eau &amp; le feu</h1><p>Le texte.</p>"), "{body}");
    assert_eq!(raw.origin.uri, scene.site.url("/1"));
    scene.site.page("/feed", item("<p>Le texte corrigé.</p>"));
    let edited = bench.commit(Outcome::Stored).await;
    assert_eq!(edited.identity, raw.identity);
    let before = scene.site.count("/feed");
    scene.site.wait_for("/feed", before + 2);
    assert_eq!(bench.stop().await.stored, 2);
    assert_eq!(scene.site.count("/1"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sitemap_brings_what_is_new_and_what_was_changed() {
    let scene = Scene::new();
    scene.articles(&["/new", "/undated", "/old", "/below"]);
    let now = jiff::Timestamp::now();
    let recent = now - jiff::SignedDuration::from_hours(24);
    let map = |changed: jiff::Timestamp| {
        let url = |path: &str, date: String| format!("<url><loc>{}</loc>{date}</url>", scene.site.url(path));
        let dated = |date: jiff::Timestamp| format!("<lastmod>{date}</lastmod>");
        Reply::xml(format!(
            "<urlset>{}{}{}</urlset>",
            url("/new", dated(changed)),
            url("/undated", String::new()),
            url("/old", dated(now - jiff::SignedDuration::from_hours(24 * 30)))
        ))
    };
    scene.site.page("/map", map(recent));
    let elsewhere = "<url><loc>http://127.0.0.2/elsewhere</loc></url>";
    scene.site.page(
        "/map2",
        Reply::xml(format!("<urlset><url><loc>{}</loc></url>{elsewhere}</urlset>", scene.site.url("/below"))),
    );
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc></sitemap></sitemapindex>",
        scene.site.url("/map"),
        scene.site.url("/map2"),
        scene.site.url("/index")
    );
    scene.site.page("/index", Reply::xml(index));
    let text =
        format!("[[source]]\nname = \"map\"\nkind = \"sitemap\"\nurl = \"{}\"\n", scene.site.url("/index"));
    let bench = scene.watch(&text);
    assert_eq!(bench.paths(3).await, ["below", "new", "undated"]);
    scene.site.wait_for("/map", 3);
    scene.site.page("/new", Reply::html("<p>edited"));
    scene.site.page("/map", map(jiff::Timestamp::now()));
    assert_eq!(bench.paths(1).await, ["new"]);
    let before = scene.site.count("/map");
    scene.site.wait_for("/map", before + 2);
    bench.stop().await;
    assert_eq!((scene.site.count("/new"), scene.site.count("/undated"), scene.site.count("/old")), (2, 1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_watched_for_change_or_fetched_once() {
    let scene = Scene::new();
    scene.articles(&["/live", "/once"]);
    let text = format!(
        "[[source]]\nname = \"live\"\nkind = \"page\"\nurls = [\"{}\"]\n[[source]]\nname = \"once\"\nkind = \"page\"\nonce = true\nurls = [\"{}\"]\n",
        scene.site.url("/live"),
        scene.site.url("/once")
    );
    let bench = scene.watch(&text);
    assert_eq!(bench.paths(2).await, ["live", "once"]);
    scene.site.wait_for("/live", 3);
    scene.site.page("/live", Reply::html("<p>changed").with("ETag", "\"new\""));
    assert_eq!(bench.paths(1).await, ["live"]);
    bench.stop().await;
    assert_eq!(scene.site.count("/once"), 1);
    let bench = scene.watch_anew(&text);
    let before = scene.site.count("/live");
    scene.site.wait_for("/live", before + 2);
    bench.stop().await;
    assert_eq!(scene.site.count("/once"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_long_is_rejected_with_its_head() {
    let scene = Scene::new();
    scene.site.page("/1", Reply::html("x".repeat(5000)));
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    let bench = scene.watch(&format!("{}document-bytes-max = 1000\n", feed(&scene.site, "feed")));
    let (rejected, ticket) = within(bench.rejects.recv()).await.unwrap().split();
    assert_eq!((rejected.raw.body.len(), rejected.bytes), (1000, 5000));
    bench.settle(ticket, Outcome::Quarantined);
    let before = scene.site.count("/feed");
    scene.site.wait_for("/feed", before + 2);
    assert_eq!(bench.stop().await.quarantined, 1);
    assert_eq!(scene.site.count("/1"), 1, "it is not fetched again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_set_of_sources_is_taken_up() {
    let scene = Scene::new();
    scene.articles(&["/1", "/2"]);
    scene.site.page("/one", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    scene.site.page("/two", Reply::xml(rss(&scene.site, &[("/2", "B")])));
    let bench = scene.watch(&feed(&scene.site, "one"));
    assert_eq!(bench.paths(1).await, ["1"]);
    bench.sources.send_replace(sources(&feed(&scene.site, "two")));
    assert_eq!(bench.paths(1).await, ["2"]);
    let before = scene.site.count("/one");
    let looks = scene.site.count("/two");
    scene.site.wait_for("/two", looks + 3);
    assert!(scene.site.count("/one") <= before + 1, "the first one stopped");
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_closes_ends_the_watch() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    let bench = scene.watch(&feed(&scene.site, "feed"));
    drop(bench.documents);
    assert_eq!(within(bench.running).await.unwrap().unwrap().stored, 0);
}

#[tokio::test]
async fn nothing_is_fetched_without_a_contact() {
    let scene = Scene::new();
    let mut config = config();
    config.fetch.contact.clear();
    let (documents, _documents_in) = channel(1);
    let (rejects, _rejects_in) = channel(1);
    let line = Line {
        documents,
        rejects,
        budget: ByteBudget::new(1),
        positions: Positions::new(|_, _| None),
        writable: Writable::new(|| None),
    };
    let set = watch::channel(sources(&feed(&scene.site, "feed"))).1;
    let memory = Memory::at(scene.folder.path().join("sources.redb"));
    let ended = within(crate::run(config, set, memory, line, CancellationToken::new())).await;
    assert!(ended.unwrap_err().to_string().contains("watcher.fetch.contact"));
    assert!(scene.site.asked().is_empty());
}
