//! Sitemaps, pages, sets of sources that change, and stops.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_at_a_stop_is_not_lost() {
    let scene = Scene::new();
    scene.site.on("/1", |_, _| std::thread::park_timeout(Duration::from_mins(1)));
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    let bench = scene.watch(&feed(&scene.site, "feed"));
    scene.site.wait_for("/1", 1);
    assert_eq!(bench.stop().await, Summary::default());
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
async fn what_failed_is_known_before_a_look_is_over() {
    let scene = Scene::new();
    scene.articles(&["/waits"]);
    let url = |path: &str| format!("<url><loc>{}</loc></url>", scene.site.url(path));
    scene.site.page("/map", Reply::xml(format!("<urlset>{}{}</urlset>", url("/missing"), url("/waits"))));
    let text =
        format!("[[source]]\nname = \"map\"\nkind = \"sitemap\"\nurl = \"{}\"\n", scene.site.url("/map"));
    let bench = scene.watch(&text);
    // The store has not said yet what became of one article.
    let (_, ticket) = within(bench.documents.recv()).await.unwrap().split();
    until(|| bench.standing(&text).waits.is_some_and(|told| told.contains("1 article could not be fetched")))
        .await;
    assert!(bench.standing(&text).reading_since.is_some());
    bench.settle(ticket, Outcome::Stored);
    until(|| bench.standing(&text).succeeded_at.is_some()).await;
    assert_eq!(bench.standing(&text).reading_since, None);
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_set_of_sources_is_taken_up() {
    let scene = Scene::new();
    scene.articles(&["/1", "/2"]);
    scene.site.page("/one", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    scene.site.page("/two", Reply::xml(rss(&scene.site, &[("/2", "B")])));
    let bench = scene.watch(&feed(&scene.site, "one"));
    assert_eq!(bench.paths(1).await, ["1"]);
    bench.want(&feed(&scene.site, "two"));
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
    let wanted = watch::Sender::new(Wanted { config, sources: sources(&feed(&scene.site, "feed")) });
    let memory = Memory::at(scene.folder.path().join("sources.redb"));
    let ended = within(crate::run(wanted, memory, line, CancellationToken::new())).await;
    assert!(ended.unwrap_err().to_string().contains("watcher.fetch.contact"));
    assert!(scene.site.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_is_allowed_since_is_asked_at_the_next_start() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    let text = format!("{}interval-min-s = 3600\n", feed(&scene.site, "feed"));
    let mut strict = config();
    strict.fetch.allow_addresses.clear();
    let bench = scene.watch_with(strict, &text);
    until(|| bench.standing(&text).failures == 1).await;
    bench.stop().await;
    assert!(scene.site.asked().is_empty());
    let bench = scene.watch(&text);
    assert_eq!(bench.paths(1).await, ["1"]);
    bench.stop().await;
}
