//! One feed: what it brings, how often it is asked, and what it is asked after.

use super::*;

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
    let standing = bench.standing(&feed(&scene.site, "feed"));
    assert_eq!(standing.waits.as_deref(), Some("1 article could not be fetched: 404 (1)"));
    // Its item is edited: something may be there now.
    scene.articles(&["/1"]);
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/2", "B"), ("/1", "A'")])));
    assert_eq!(bench.paths(1).await, ["1"]);
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
    bench.want(&text.replace("/feed\"", "/feed2\""));
    assert_eq!(bench.paths(1).await, ["1"]);
    bench.stop().await;
    assert_eq!(scene.site.count("/feed"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_moved_for_good_is_asked_where_it_is_and_where_it_was_when_it_is_not_there() {
    let scene = Scene::new();
    scene.articles(&["/1", "/2"]);
    scene.site.page("/feed", Reply::redirect(301, "/moved"));
    scene.site.page("/moved", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    let text = feed(&scene.site, "feed");
    // It has said so four times in four days.
    let memory = Memory::at(scene.folder.path().join("sources.redb"));
    memory.open().unwrap();
    memory.change_look("feed", &scene.site.url("/feed"), |look| {
        let since = clock::now() - jiff::SignedDuration::from_hours(4 * 24);
        look.moved = Some(Moved { to: scene.site.url("/moved"), since, times: 4 });
    });
    memory.close().await;
    let bench = scene.watch(&text);
    assert_eq!(bench.paths(1).await, ["1"]);
    scene.site.wait_for("/moved", 4);
    assert_eq!(scene.site.count("/feed"), 1, "the fifth time was enough");
    scene.site.page("/feed", Reply::xml(rss(&scene.site, &[("/2", "B")])));
    scene.site.page("/moved", Reply::new(404, ""));
    assert_eq!(bench.paths(1).await, ["2"]);
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_moved_today_is_asked_where_it_was() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    scene.site.page("/feed", Reply::redirect(308, "/moved"));
    scene.site.page("/moved", Reply::xml(rss(&scene.site, &[("/1", "A")])));
    let bench = scene.watch(&feed(&scene.site, "feed"));
    assert_eq!(bench.paths(1).await, ["1"]);
    scene.site.wait_for("/moved", 7);
    bench.stop().await;
    assert!(scene.site.count("/feed") >= 7);
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
