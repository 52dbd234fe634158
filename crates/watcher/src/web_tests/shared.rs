//! Several sources lead to one article, or to one site.

use super::*;

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
    let text = format!(
        "[[source]]\nname = \"page\"\nkind = \"page\"\nonce = true\nurls = [\"{}\", \"{}\"]\n",
        scene.site.url("/1"),
        scene.site.url("/1/")
    );
    let bench = scene.watch(&text);
    bench.commit(Outcome::Stored).await;
    // A page that is watched comes around again: by then the second visit had its turn.
    scene.articles(&["/live"]);
    bench.want(&format!(
        "{text}[[source]]\nname = \"live\"\nkind = \"page\"\nurls = [\"{}\"]\n",
        scene.site.url("/live")
    ));
    assert_eq!(bench.paths(1).await, ["live"]);
    assert_eq!(bench.stop().await.stored, 2);
    assert_eq!(scene.site.count("/1") + scene.site.count("/1/"), 1);
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
async fn an_article_that_two_feeds_carry_is_offered_once() {
    let scene = Scene::new();
    let item = |content: &str| {
        Reply::xml(format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><item>\
             <title>A</title><link>{}</link><content:encoded><![CDATA[<p>{content}</p>]]></content:encoded>\
             </item></channel></rss>",
            scene.site.url("/1")
        ))
    };
    // Each sets it in its own way, so that only its address tells that it is one.
    scene.site.page("/one", item("Le texte."));
    scene.site.page("/two", item("Le texte (extrait)."));
    let feeds = ["one", "two"].map(|name| format!("{}follow = \"content\"\n", feed(&scene.site, name)));
    let bench = scene.watch(&feeds.concat());
    scene.site.wait_for("/one", 1);
    scene.site.wait_for("/two", 1);
    bench.commit(Outcome::Stored).await;
    for path in ["/one", "/two"] {
        scene.site.wait_for(path, 3);
    }
    assert_eq!(bench.stop().await.stored, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_under_two_addresses_keeps_what_is_known_of_its_own() {
    let scene = Scene::new();
    scene.articles(&["/1"]);
    let port = scene.site.port();
    scene
        .site
        .page("/amp/1", Reply::html(format!("<link rel=canonical href=http://127.0.0.1:{port}/1><p>amp")));
    let page = |name: &str, path: &str, once: bool| {
        let url = scene.site.url(path);
        format!("[[source]]\nname = \"{name}\"\nkind = \"page\"\nonce = {once}\nurls = [\"{url}\"]\n")
    };
    let bench = scene.watch(&page("one", "/1", false));
    bench.commit(Outcome::Stored).await;
    bench.want(&format!("{}{}", page("one", "/1", false), page("amp", "/amp/1", true)));
    let other = bench.commit(Outcome::Stored).await;
    assert_eq!(other.identity.unwrap(), format!("//127.0.0.1:{port}/1"));
    let before = scene.site.count("/1");
    scene.site.wait_for("/1", before + 2);
    bench.stop().await;
    let last = scene.site.asked().into_iter().rfind(|asked| asked.path == "/1").unwrap();
    assert_eq!(last.headers["if-none-match"], "\"/1\"", "it still costs a 304");
}
