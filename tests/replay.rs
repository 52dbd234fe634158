//! What was fetched and kept is read through the line again.

use std::fs;
use std::io::Write;

use serde_json::Value;

use crate::harness::{Place, article, stderr};
use crate::site::{Reply, Site};

/// A web archive of these articles, each fetched at its time.
fn archive(articles: &[(usize, &str)]) -> Vec<u8> {
    let records = articles.iter().map(|(number, date)| {
        let text = article(*number);
        let (title, body) = text.split_once("\n\n").unwrap();
        let html = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>");
        let block = format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n{html}");
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: {date}\r\nWARC-Target-URI: https://news.example/{number}\r\n\
             Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(record.as_bytes()).unwrap();
        encoder.finish().unwrap()
    });
    records.collect::<Vec<_>>().concat()
}

fn urls(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["url"].as_str().unwrap()).collect()
}

#[test]
fn what_is_kept_is_read_again() {
    let place = Place::with_config("[watcher.raw-archive]\nfolder = \"raw\"\n");
    let nothing = place.run(["replay"]);
    assert_eq!(nothing.status.code(), Some(2), "there is no such folder yet");
    fs::create_dir(place.path("raw")).unwrap();
    let kept =
        archive(&[(1, "2026-11-20T10:00:00Z"), (2, "2026-11-21T10:00:00Z"), (3, "2026-11-22T10:00:00Z")]);
    fs::write(place.path("raw/depeche-20261120100000-000000.warc.gz"), kept).unwrap();
    // What a crash left: a whole record, and half of one.
    let mut torn = archive(&[(4, "2026-11-22T11:00:00Z"), (5, "2026-11-22T12:00:00Z")]);
    torn.truncate(torn.len() - 40);
    fs::write(place.path("raw/depeche-20261122110000-000000.warc.gz.open"), torn).unwrap();

    let replayed = place.run(["replay", "--since", "2026-11-21T10:00:00Z"]);
    assert_eq!(replayed.status.code(), Some(0), "{}", stderr(&replayed));
    let records = place.records();
    let expected = ["https://news.example/2", "https://news.example/3", "https://news.example/4"];
    let mut found = urls(&records);
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(records[0]["source"]["name"], "replay");
    assert!(place.path("raw/depeche-20261122110000-000000.warc.gz").exists(), "mended");

    let replayed = place.run(["replay", "--since", "2027-01-01"]);
    assert!(stderr(&replayed).contains("0 stored, 0 duplicates, 0 quarantined"), "{}", stderr(&replayed));
    let replayed = place.run(["replay"]);
    assert!(stderr(&replayed).contains("1 stored, 3 duplicates"), "{}", stderr(&replayed));
    let refused = place.run(["replay", "--since", "yesterday"]);
    assert_eq!(refused.status.code(), Some(2));
    place.verify();
}

#[test]
fn a_page_that_is_fetched_is_kept() {
    let site = Site::start();
    let text = article(1);
    let (title, body) = text.split_once("\n\n").unwrap();
    let html =
        format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>");
    site.page("/1", Reply::html(html).with("ETag", "\"one\""));
    let place = Place::with_config(&format!(
        "[watcher.raw-archive]\nfolder = \"raw\"\n[watcher.fetch]\ncontact = \"desk@example.org\"\n\
         allow-addresses = [\"127.0.0.0/8\"]\ndomain-interval-s = 0\n\
         [[source]]\nname = \"page\"\nkind = \"page\"\nurls = [\"{}\"]\nonce = true\n",
        site.url("/1")
    ));
    let daemon = place.start().ready();
    let fetched = place.follow().next();
    assert!(daemon.stop().success());

    // Into the same store it is a duplicate; into another one it is the same article.
    let replayed = place.run(["replay"]);
    assert!(stderr(&replayed).contains("0 stored, 1 duplicate,"), "{}", stderr(&replayed));
    let other = place.path("other");
    let place = place.with_store(&other);
    let replayed = place.run(["replay"]);
    assert_eq!(replayed.status.code(), Some(0), "{}", stderr(&replayed));
    let records = place.records();
    let source = &records[0]["source"];
    assert_eq!((&records[0]["id"], &source["identity"]), (&fetched["id"], &fetched["source"]["identity"]));
    assert_eq!((&source["etag"], &source["status"]), (&"\"one\"".into(), &200.into()));
    assert_eq!(source["digest"], fetched["source"]["digest"]);
}

#[test]
fn an_article_that_a_feed_carries_is_kept_as_well() {
    let site = Site::start();
    let text = article(1);
    let (title, body) = text.split_once("\n\n").unwrap();
    let item = format!(
        "<item><title>{title}</title><link>{}</link><content:encoded><![CDATA[<p>{body}</p>]]></content:encoded></item>",
        site.url("/1")
    );
    let feed = format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>{item}</channel></rss>"
    );
    site.page("/feed", Reply::xml(feed));
    let place = Place::with_config(&format!(
        "[watcher.raw-archive]\nfolder = \"raw\"\n[watcher.fetch]\ncontact = \"desk@example.org\"\n\
         allow-addresses = [\"127.0.0.0/8\"]\ndomain-interval-s = 0\n\
         [[source]]\nname = \"feed\"\nkind = \"feed\"\nfollow = \"content\"\nurl = \"{}\"\n",
        site.url("/feed")
    ));
    let daemon = place.start().ready();
    let carried = place.follow().next();
    assert!(daemon.stop().success());
    let other = place.path("other");
    let place = place.with_store(&other);
    let replayed = place.run(["replay"]);
    assert_eq!(replayed.status.code(), Some(0), "{}", stderr(&replayed));
    let records = place.records();
    assert_eq!(
        (&records[0]["id"], &records[0]["url"], &records[0]["source"]["identity"]),
        (&carried["id"], &site.url("/1").into(), &carried["source"]["identity"])
    );
}
