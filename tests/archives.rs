//! Archives give each of their documents once, wherever in them the daemon is killed; what cannot be read is said.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write};

use serde_json::Value;

use crate::harness::{Place, article, by_file, json_lines, stderr};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A record of a web archive: a page of `https://news.example/`, compressed by itself.
fn page(number: usize) -> Vec<u8> {
    let text = article(number);
    let (title, body) = text.split_once("\n\n").unwrap();
    let paragraphs: String = body.split("\n\n").fold(String::new(), |mut html, paragraph| {
        writeln!(html, "<p>{paragraph}</p>").unwrap();
        html
    });
    let html = format!(
        "<html lang=fr><head><meta charset=utf-8><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    );
    let block = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"{number}\"\r\n\r\n{html}"
    );
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2025-03-04T05:06:07Z\r\nWARC-Target-URI: https://news.example/{number}.html\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    gzip(record.as_bytes())
}

fn json(number: usize) -> String {
    let text = article(number);
    let (title, body) = text.split_once("\n\n").unwrap();
    format!("{}\n", serde_json::json!({ "title": title, "text": body }))
}

fn tar(numbers: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for number in numbers {
        let text = article(number);
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, format!("dépêches/{number}.txt"), text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(numbers: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in numbers {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(format!("{number}.txt"), options).unwrap();
        writer.write_all(article(number).as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn every_kind_is_opened() {
    let place = Place::new();
    let daemon = place.start().ready();
    place.drop_in("pages.warc.gz", (0..3).flat_map(page).collect::<Vec<_>>());
    place.drop_in("lines.jsonl.gz", gzip((3..6).map(json).collect::<String>().as_bytes()));
    place.drop_in("press.zip", zip(6..9));
    place.drop_in("press.tar.zst", zstd::encode_all(tar(9..12).as_slice(), 3).unwrap());
    place.drop_in("press.tgz", gzip(&tar(12..15)));
    let mut records = place.follow().take(15);
    assert!(daemon.stop().success());
    place.verify();
    records.sort_by_key(|record| record["source"]["uri"].to_string());
    let uris: Vec<_> = records.iter().map(file_and_fragment).collect();
    let expected = [
        ["lines.jsonl.gz#L1", "lines.jsonl.gz#L2", "lines.jsonl.gz#L3"],
        [
            "pages.warc.gz#https://news.example/0.html",
            "pages.warc.gz#https://news.example/1.html",
            "pages.warc.gz#https://news.example/2.html",
        ],
        [
            "press.tar.zst#d%C3%A9p%C3%AAches/10.txt",
            "press.tar.zst#d%C3%A9p%C3%AAches/11.txt",
            "press.tar.zst#d%C3%A9p%C3%AAches/9.txt",
        ],
        [
            "press.tgz#d%C3%A9p%C3%AAches/12.txt",
            "press.tgz#d%C3%A9p%C3%AAches/13.txt",
            "press.tgz#d%C3%A9p%C3%AAches/14.txt",
        ],
        ["press.zip#6.txt", "press.zip#7.txt", "press.zip#8.txt"],
    ];
    assert_eq!(uris, expected.concat());
    let page = &records[3];
    assert_eq!(page["url"], "https://news.example/0.html");
    let source = &page["source"];
    assert_eq!(
        (&source["kind"], &source["status"], &source["etag"], &source["observed_at"]),
        (&"archive".into(), &200.into(), &"\"0\"".into(), &"2025-03-04T05:06:07Z".into())
    );
}

/// What is behind the folder in a record's URI.
fn file_and_fragment(record: &Value) -> String {
    let uri = record["source"]["uri"].as_str().unwrap();
    uri.split_once("/inbox/").unwrap().1.to_owned()
}

#[test]
fn what_cannot_be_read_is_said() {
    let place = Place::new();
    let mut cut: Vec<_> = (0..3).flat_map(page).collect();
    cut.truncate(cut.len() - 50);
    place.drop_in("cut.warc.gz", cut);
    place.drop_in("lines.jsonl", format!("{}pas du JSON\n{}", json(10), json(11)));
    let mut nested = tar::Builder::new(Vec::new());
    let inner = zip(20..21);
    let mut header = tar::Header::new_gnu();
    header.set_size(inner.len() as u64);
    nested.append_data(&mut header, "inner.zip", inner.as_slice()).unwrap();
    place.drop_in("nested.tar", nested.into_inner().unwrap());

    let ended = place.run(["ingest", "inbox"]);
    assert_eq!(ended.status.code(), Some(4), "{}", stderr(&ended));
    assert_eq!(place.records().len(), 4);
    let list = json_lines(&place.run(["quarantine", "list", "--json"]).stdout);
    let mut said: Vec<_> = list.iter().map(|entry| (entry["message"].as_str().unwrap(), entry)).collect();
    said.sort_by_key(|(message, _)| *message);
    let messages: Vec<_> = said.iter().map(|(message, _)| *message).collect();
    assert_eq!(
        messages,
        [
            "line 2 is not a JSON document",
            "the member is itself a zip archive, which is not opened",
            "the web archive is damaged: it ends too early; 2 members were read",
        ]
    );
    // The rest of a damaged archive is shown, not kept: a retry leaves it alone.
    assert_ne!(said[2].1["bytes"], said[2].1["kept_bytes"]);
    // To name an archive is to want it read, from its start.
    let again = place.run(["ingest", "inbox/lines.jsonl"]);
    assert!(stderr(&again).contains("2 duplicates"), "{}", stderr(&again));
    place.verify();
}

const PAGES: usize = 2000;
const KILLS: usize = 6;

#[test]
fn killed_in_the_middle_of_an_archive() {
    killed("pages.warc.gz", &(0..PAGES).flat_map(page).collect::<Vec<_>>());
}

#[test]
fn killed_in_the_middle_of_a_compressed_stream() {
    killed(
        "lines.jsonl.zst",
        &zstd::encode_all((0..PAGES).map(json).collect::<String>().as_bytes(), 1).unwrap(),
    );
}

#[test]
fn killed_in_the_middle_of_a_directory() {
    killed("press.zip", &zip(0..PAGES));
}

#[test]
fn an_ingest_that_was_killed_goes_on() {
    let place = Place::with_config("[line]\nqueue-depth = 4\n[sink]\nbatch-documents-max = 8\n");
    std::fs::write(place.path("first.txt"), article(PAGES)).unwrap();
    assert!(place.run(["ingest", "first.txt"]).status.success());
    std::fs::write(place.path("pages.warc.gz"), (0..PAGES).flat_map(page).collect::<Vec<_>>()).unwrap();
    let mut killed = place.depeche(["ingest", "pages.warc.gz"]).spawn().unwrap();
    place.follow().take(PAGES / 2);
    killed.kill().unwrap();
    killed.wait().unwrap();

    let ended = place.run(["ingest", "--json", "pages.warc.gz"]);
    assert!(ended.status.success(), "{}", stderr(&ended));
    let read = stderr(&ended);
    let read = read.lines().find(|line| line.contains("\"archive read\"")).unwrap();
    let read: Value = serde_json::from_str(read).unwrap();
    assert!(read["resumed_after"].as_u64().unwrap() as usize >= PAGES / 2 - 200, "{read}");
    assert_eq!(place.records().len(), PAGES + 1);
    // Once it is through, to name it is to want it read from its start.
    let again = place.run(["ingest", "pages.warc.gz"]);
    assert!(stderr(&again).contains(&format!("0 stored, {PAGES} duplicates")), "{}", stderr(&again));
    place.verify();
}

fn killed(name: &str, archive: &[u8]) {
    // Short queues and small commits, so that a kill finds it in the middle.
    let place = Place::with_config("[line]\nqueue-depth = 4\n[sink]\nbatch-documents-max = 8\n");
    place.drop_in(name, archive);
    for kill in 1..=KILLS {
        let mut daemon = place.start().ready();
        place.follow().take(kill * PAGES / (KILLS + 2));
        daemon.kill();
    }
    let mut daemon = place.start().ready();
    let read = daemon.wait_for(&["\"archive read\""]);
    let read: Value = serde_json::from_str(&read).unwrap();
    let resumed = read["resumed_after"].as_u64().unwrap() as usize;
    assert!(resumed >= KILLS * PAGES / (KILLS + 2) - 200, "{read}");
    assert!(daemon.stop().success());

    let records = place.records();
    let titles: BTreeSet<_> = records.iter().map(|record| record["title"].as_str().unwrap()).collect();
    assert_eq!((records.len(), titles.len()), (PAGES, PAGES));
    let verdict = place.verify();
    assert_eq!(verdict["quarantined"], 0, "{verdict:#}");
    // What was on its way at a kill is all that was read twice.
    let stats = json_lines(&place.run(["store", "stats", "--json"]).stdout).remove(0);
    let duplicates = stats["duplicates"].as_u64().unwrap() as usize;
    assert!(duplicates <= KILLS * 100, "{duplicates} documents were read again in {KILLS} kills");

    // An archive that is unchanged is not read again.
    let daemon = place.start().ready();
    place.drop_in("next.txt", article(PAGES));
    let followed = place.follow();
    followed.take(PAGES + 1);
    assert!(daemon.stop().success());
    let stats = json_lines(&place.run(["store", "stats", "--json"]).stdout).remove(0);
    assert_eq!(stats["duplicates"].as_u64().unwrap() as usize, duplicates);
    assert_eq!(by_file(&place.records()).get("next.txt"), Some(&1));
}
