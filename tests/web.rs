//! What is listed is followed: each article of a feed, a sitemap or a page is stored once, whatever else leads to it and
//! whenever the program is killed; an edited one is a revision; nobody is asked who must not be.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp, Unit};
use rustix::process::Signal;
use serde_json::Value;

use crate::harness::{Daemon, Place, json_lines, stderr};
use crate::site::{Reply, Site};

const FETCH: &str = "[watcher.fetch]\ncontact = \"desk@example.org\"\nallow-addresses = [\"127.0.0.0/8\"]\n\
    domain-interval-s = 0\ndomain-connections-max = 4\ninterval-min-s = 0.1\ninterval-max-s = 0.1\n";

/// A page of an article that reads like one.
fn page(number: usize, words: &str) -> String {
    format!(
        "<html lang=\"fr\"><head><title>Le budget numéro {number} est adopté</title></head><body><article>\
         <h1>Le budget numéro {number} est adopté</h1><p>La mairie a présenté mardi son budget annuel, le numéro \
         {number} de la série. Les élus ont longuement débattu des dépenses prévues pour les écoles.</p>\
         <p>{words} Le texte a finalement été adopté par une large majorité, selon le compte rendu.</p>\
         </article></body></html>"
    )
}

/// A date that a feed may state.
fn yesterday() -> Timestamp {
    let yesterday = Timestamp::now() - SignedDuration::from_hours(24);
    yesterday.round(Unit::Hour).unwrap()
}

/// A feed with the articles of these numbers, the newest first.
fn rss(site: &Site, numbers: impl IntoIterator<Item = usize>) -> String {
    let items = numbers.into_iter().map(|number| {
        format!(
            "<item><title>Le budget numéro {number} est adopté</title><link>{}?utm_source=rss</link>\
             <guid isPermaLink=\"false\">{number}</guid><pubDate>{}</pubDate></item>",
            site.url(&format!("/{number}")),
            yesterday().strftime("%a, %d %b %Y %H:%M:%S GMT")
        )
    });
    format!(
        "<rss version=\"2.0\"><channel><title>La une</title>{}</channel></rss>",
        items.collect::<String>()
    )
}

/// Serves the articles, with and without what traces the reader.
fn serve(site: &Site, number: usize, words: &str) {
    for query in ["", "?utm_source=rss"] {
        let reply = Reply::html(page(number, words)).with("ETag", &format!("\"{number}-{}\"", words.len()));
        site.page(&format!("/{number}{query}"), reply);
    }
}

fn source(name: &str, kind: &str, url: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nkind = \"{kind}\"\nurl = \"{url}\"\n")
}

fn followed(place: &Place) -> Daemon {
    let mut daemon = place.start();
    daemon.wait_for(&["\"feed is followed\""]);
    daemon
}

fn urls(records: &[Value]) -> Vec<&str> {
    let mut urls: Vec<_> = records.iter().map(|record| record["source"]["uri"].as_str().unwrap()).collect();
    urls.sort_unstable();
    urls
}

#[test]
fn two_feeds_a_sitemap_and_a_dropped_file_are_one_article() {
    let site = Site::start();
    serve(&site, 1, "");
    site.page("/one", Reply::xml(rss(&site, [1])));
    site.page("/two", Reply::xml(rss(&site, [1])));
    // Whichever comes first, it announces the date.
    let map = format!(
        "<urlset><url><loc>{}</loc><news:news><news:publication_date>{}</news:publication_date></news:news></url></urlset>",
        site.url("/1"),
        yesterday()
    );
    site.page("/map", Reply::xml(map));
    let place = Place::with_config(&format!(
        "{FETCH}{}{}{}",
        source("one", "feed", &site.url("/one")),
        source("two", "feed", &site.url("/two")),
        source("map", "sitemap", &site.url("/map"))
    ));
    let daemon = followed(&place);
    let record = place.follow().next();
    assert_eq!(record["source"]["status"], 200);
    let edtf = record["published"]["edtf"].as_str().unwrap();
    assert!(edtf.starts_with(&yesterday().to_string()[..10]), "{record}");
    assert_eq!(record["published"]["basis"], "feed");
    assert_eq!((&record["revision"], &record["revises"]), (&1.into(), &Value::Null));
    place.drop_in("1.html", page(1, ""));
    for path in ["/one", "/two", "/map"] {
        let before = site.count(path);
        site.wait_for(path, before + 3);
    }
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 1);
    assert_eq!(site.count("/1") + site.count("/1?utm_source=rss"), 1, "it was fetched once");
    place.verify();
}

#[test]
fn an_edited_article_is_a_revision() {
    let site = Site::start();
    serve(&site, 1, "");
    let feed = rss(&site, [1]);
    site.page("/feed", Reply::xml(feed.clone()));
    let place = Place::with_config(&format!("{FETCH}{}", source("feed", "feed", &site.url("/feed"))));
    let daemon = followed(&place);
    let follower = place.follow();
    let first = follower.next();
    serve(&site, 1, "Une correction.");
    site.page("/feed", Reply::xml(feed.replace("adopté", "rejeté")));
    let second = follower.next();
    assert_eq!((&second["revision"], &second["revises"]), (&2.into(), &first["id"]));
    assert!(daemon.stop().success());

    // An index that is made anew from the lines knows the revisions.
    fs::remove_file(place.store().join("index.redb")).unwrap();
    let daemon = followed(&place);
    serve(&site, 1, "Une seconde correction.");
    site.page("/feed", Reply::xml(feed.replace("adopté", "ajourné")));
    let third = loop {
        let record = follower.next();
        if record["revision"] == 3 {
            break record;
        }
    };
    assert_eq!(third["revises"], second["id"]);
    assert!(daemon.stop().success());
    place.verify();
}

#[test]
fn killed_again_and_again_each_article_is_stored_once_and_hardly_fetched_twice() {
    const ARTICLES: usize = 60;
    const KILLS: usize = 8;
    let site = Site::start();
    for number in 0..ARTICLES {
        serve(&site, number, "");
    }
    // The feed grows with each look, and shows the newest twenty.
    let shown = Arc::new(AtomicUsize::new(0));
    let (serving, growing) = (site.clone(), Arc::clone(&shown));
    site.on("/feed", move |asked, stream| {
        let newest = (growing.fetch_add(4, Ordering::SeqCst) + 4).min(ARTICLES);
        Reply::xml(rss(&serving, (newest.saturating_sub(20)..newest).rev())).write(asked, stream);
    });
    let place = Place::with_config(&format!("{FETCH}{}", source("feed", "feed", &site.url("/feed"))));
    for kill in 0..KILLS {
        let mut daemon = followed(&place);
        site.wait_for(&format!("/{}?utm_source=rss", kill * 4), 1);
        daemon.kill();
    }
    let daemon = followed(&place);
    place.follow().take(ARTICLES);
    assert!(daemon.stop().success());
    place.verify();
    let records = place.records();
    assert_eq!(records.len(), ARTICLES);
    let mut unique = urls(&records);
    unique.dedup();
    assert_eq!(unique.len(), ARTICLES);
    assert!(records.iter().all(|record| record["revision"] == 1));
    // What was on its way when it was killed is fetched again, and nothing else.
    let fetched: usize = (0..ARTICLES).map(|number| site.count(&format!("/{number}?utm_source=rss"))).sum();
    assert!(fetched <= ARTICLES + KILLS * 8, "{fetched} fetches for {ARTICLES} articles and {KILLS} kills");
}

#[test]
fn killed_while_two_feeds_a_sitemap_and_dropped_files_bring_the_same_each_article_is_stored_once() {
    const ARTICLES: usize = 40;
    const KILLS: usize = 6;
    let site = Site::start();
    for number in 0..ARTICLES {
        serve(&site, number, "");
    }
    site.page("/one", Reply::xml(rss(&site, 0..ARTICLES)));
    site.page("/two", Reply::xml(rss(&site, (0..ARTICLES).rev())));
    let urls =
        (0..ARTICLES).map(|number| format!("<url><loc>{}</loc></url>", site.url(&format!("/{number}"))));
    site.page("/map", Reply::xml(format!("<urlset>{}</urlset>", urls.collect::<String>())));
    let place = Place::with_config(&format!(
        "{FETCH}{}{}{}",
        source("one", "feed", &site.url("/one")),
        source("two", "feed", &site.url("/two")),
        source("map", "sitemap", &site.url("/map"))
    ));
    for kill in 0..KILLS {
        let asked = site.asked().len();
        let mut daemon = followed(&place);
        for number in (kill..ARTICLES).step_by(KILLS) {
            place.drop_in(&format!("{number}.html"), page(number, ""));
        }
        // Somewhere in the middle, a little further each time.
        site.wait_until(|all| all.len() >= asked + 6 + 2 * kill);
        daemon.kill();
    }
    let daemon = followed(&place);
    place.follow().take(ARTICLES);
    // Everything has been seen by everybody.
    for path in ["/one", "/two", "/map"] {
        let before = site.count(path);
        site.wait_for(path, before + 2);
    }
    assert!(daemon.stop().success());
    place.verify();
    let records = place.records();
    let ids: std::collections::BTreeSet<_> =
        records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!((records.len(), ids.len()), (ARTICLES, ARTICLES));
    assert!(records.iter().all(|record| record["revision"].is_null() || record["revision"] == 1));
}

#[test]
fn a_restart_remembers_what_sites_asked_for() {
    let site = Site::start();
    site.page("/feed", Reply::new(429, "").with("Retry-After", "3600"));
    let place = Place::with_config(&format!("{FETCH}{}", source("feed", "feed", &site.url("/feed"))));
    let mut daemon = followed(&place);
    daemon.wait_for(&["\"site wants to be asked less often\"", "429"]);
    daemon.kill();
    let told = json_lines(&place.run(["sources", "--json"]).stdout);
    let feed = told.iter().find(|standing| standing["name"] == "feed").unwrap();
    assert!(feed["waits"].as_str().unwrap().contains("429"), "{feed}");
    let asked = site.count("/feed");
    let daemon = followed(&place);
    // The running daemon tells the same.
    let output = place.run(["sources"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("waits: "), "{}", stderr(&output));
    assert!(daemon.stop().success());
    assert_eq!(site.count("/feed"), asked);
}

#[test]
fn sources_are_taken_up_anew_and_a_wrong_set_changes_nothing() {
    let site = Site::start();
    for number in 1..=3 {
        serve(&site, number, "");
        site.page(&format!("/feed{number}"), Reply::xml(rss(&site, [number])));
    }
    let feed = |number: usize| source(&format!("feed{number}"), "feed", &site.url(&format!("/feed{number}")));
    let place = Place::with_config(&format!("{FETCH}{}", feed(1)));
    let mut daemon = followed(&place);
    let follower = place.follow();
    follower.next();
    let config = place.path("depeche.toml");
    fs::write(&config, format!("{FETCH}{}{}", feed(1), feed(2))).unwrap();
    daemon.signal(Signal::HUP);
    assert!(follower.next()["source"]["uri"].as_str().unwrap().contains("/2"));
    fs::write(&config, format!("{FETCH}{}", feed(3).replace("url =", "ulr ="))).unwrap();
    let said = daemon.wait_for(&["configuration is wrong"]);
    assert!(said.contains("did you mean `url`"), "{said}");
    // The file alone is enough.
    let looks = site.count("/feed2");
    site.wait_for("/feed2", looks + 1);
    fs::write(&config, format!("{FETCH}{}", feed(3))).unwrap();
    assert!(follower.next()["source"]["uri"].as_str().unwrap().contains("/3"));
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 3);
}

#[test]
fn settings_that_wait_for_the_next_start_are_told() {
    let site = Site::start();
    serve(&site, 1, "");
    site.page("/feed", Reply::xml(rss(&site, [1])));
    let place = Place::new();
    let mut daemon = place.start().ready();
    let follower = place.follow();
    // Nothing was fetched yet: a contact can still be given, with the first source that needs one.
    let feed = source("feed", "feed", &site.url("/feed"));
    let config = place.path("depeche.toml");
    fs::write(&config, format!("{FETCH}[sink]\nbatch-wait-ms = 7\n{feed}")).unwrap();
    daemon.signal(Signal::HUP);
    let said = daemon.wait_for(&["take effect at the next start"]);
    assert!(said.contains("\"settings\":\"sink.batch-wait-ms\""), "{said}");
    assert!(follower.next()["source"]["uri"].as_str().unwrap().contains("/1"));
    fs::write(&config, format!("{}{feed}", FETCH.replace("desk@", "news@"))).unwrap();
    daemon.signal(Signal::HUP);
    daemon.wait_for(&["watcher.fetch or watcher.raw-archive changed"]);
    assert!(daemon.stop().success());
    assert!(site.asked().iter().all(|asked| asked.headers["user-agent"].contains("desk@")));
}

#[test]
fn a_page_that_lies_about_its_charset_is_read_as_it_is() {
    let site = Site::start();
    // Windows-1252, which its server and its own declaration call UTF-8.
    let page = page(1, "Déjà vu, à Orléans.").replace("<head>", "<head><meta charset=\"utf-8\">");
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    site.page("/1", Reply::html(bytes));
    let place = Place::with_config(&format!(
        "{FETCH}[[source]]\nname = \"page\"\nkind = \"page\"\nonce = true\nurls = [{:?}]\n",
        site.url("/1")
    ));
    let daemon = place.start().ready();
    let record = place.follow().next();
    assert!(daemon.stop().success());
    assert!(record["text"].as_str().unwrap().contains("Déjà vu, à Orléans."), "{}", record["text"]);
    assert_eq!(record["source"]["charset"], "windows-1252");
    assert_eq!(record["pipeline"]["warnings"][0]["code"], "charset_guessed");
}

#[test]
fn a_page_does_not_pass_for_that_of_another_site() {
    let site = Site::start();
    let canonical =
        |to: &str| page(1, "").replace("<title>", &format!("<link rel=canonical href=\"{to}\"><title>"));
    site.page("/1", Reply::html(canonical("https://www.example.com/1")));
    site.page("/2?x=1", Reply::html(canonical(&site.url("/2")).replace("budget", "traité")));
    let pages = format!("{:?}", [site.url("/1"), site.url("/2?x=1")]);
    let place = Place::with_config(&format!(
        "{FETCH}[[source]]\nname = \"page\"\nkind = \"page\"\nonce = true\nurls = {pages}\n"
    ));
    let daemon = place.start().ready();
    let records = place.follow().take(2);
    assert!(daemon.stop().success());
    let mut told: Vec<_> = records.iter().map(|record| record["url"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, [site.url("/1"), site.url("/2")]);
}

#[test]
fn a_stop_in_the_middle_of_an_answer_is_a_clean_one() {
    let site = Site::start();
    let hold = |_: &crate::site::Asked, _: &mut std::net::TcpStream| {
        std::thread::park_timeout(crate::harness::PATIENCE);
    };
    site.on("/1?utm_source=rss", hold);
    site.on("/2", hold);
    site.page("/feed", Reply::xml(rss(&site, [1])));
    site.page("/map", Reply::xml(format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/2"))));
    let place = Place::with_config(&format!(
        "{FETCH}{}{}",
        source("feed", "feed", &site.url("/feed")),
        source("map", "sitemap", &site.url("/map"))
    ));
    let daemon = followed(&place);
    site.wait_for("/1?utm_source=rss", 1);
    site.wait_for("/2", 1);
    assert!(daemon.stop().success(), "nothing was lost that had been offered");
}

#[test]
fn a_site_tells_its_feeds() {
    let site = Site::start();
    site.page(
        "/",
        Reply::html("<head><link rel=alternate type=application/rss+xml title=Une href=/feed><link rel=alternate type=application/atom+xml href=/none></head>"),
    );
    site.page("/feed", Reply::xml(rss(&site, [1, 2])));
    site.page(
        "/robots.txt",
        Reply::new(200, format!("User-agent: *\nDisallow: /x\nSitemap: {}\n", site.url("/map.xml"))),
    );
    site.page("/map.xml", Reply::xml(format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/1"))));
    let place = Place::with_config(FETCH);
    let output = place.run(["discover", &site.url("/")]);
    assert!(output.status.success(), "{}", stderr(&output));
    let printed = String::from_utf8(output.stdout).unwrap();
    let table: toml::Table = toml::from_str(&printed).unwrap();
    let found: Vec<_> =
        table["source"].as_array().unwrap().iter().map(|source| source["kind"].as_str().unwrap()).collect();
    assert_eq!(found, ["feed", "sitemap"], "{printed}");
    let nothing = Site::start();
    nothing.page("/", Reply::html("<p>nothing"));
    assert_eq!(place.run(["discover", &nothing.url("/")]).status.code(), Some(3));
}

#[test]
fn what_is_secret_stays_out_of_the_log_and_of_the_records() {
    let site = Site::start();
    serve(&site, 1, "");
    let seen = Arc::new(Mutex::new(None));
    let (serving, noting) = (site.clone(), Arc::clone(&seen));
    site.on("/feed?api_key=hunter2", move |asked, stream| {
        *noting.lock().unwrap() = asked.headers.get("authorization").cloned();
        Reply::xml(rss(&serving, [1])).write(asked, stream);
    });
    let url = site.url("/feed?api_key=hunter2").replace("http://", "http://me:hunter3@");
    let place =
        Place::with_config(&format!("{FETCH}[log]\nlevel = \"debug\"\n{}", source("feed", "feed", &url)));
    let mut daemon = followed(&place);
    let record = place.follow().next();
    daemon.signal(Signal::TERM);
    assert!(daemon.wait().success());
    assert!(seen.lock().unwrap().as_ref().unwrap().starts_with("Basic "));
    let listed = place.run(["sources"]);
    for told in [daemon.log(), record.to_string(), String::from_utf8_lossy(&listed.stdout).into_owned()] {
        assert!(!told.contains("hunter"), "{told}");
    }
}
