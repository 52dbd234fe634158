//! A document that cannot become an article is kept whole with its reason, and can be tried again.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Place, article, json_lines, stderr};
use crate::push::{open, post, with_door};

#[test]
fn it_is_listed_shown_and_tried_again() {
    let place = Place::with_config("[watcher]\ncomplete-wait-max-s = 1");
    let picture = [b"\xff\xd8\xff\xe0\0\x10JFIF".as_slice(), &[0x80; 5000]].concat();
    place.drop_in("picture.html", &picture);
    place.drop_in("empty.txt", "");
    place.drop_in("good.txt", article(1));
    let ingested = place.run(["ingest", "inbox"]);
    assert_eq!(ingested.status.code(), Some(4), "done, with documents in quarantine");

    let entries = json_lines(&place.run(["quarantine", "list", "--json"]).stdout);
    assert_eq!(entries.len(), 2);
    let entry = entries.iter().find(|entry| entry["bytes"] == picture.len()).unwrap();
    assert_eq!((&entry["stage"], &entry["reason"]), (&"parser".into(), &"unsupported_format".into()));
    let id = entry["id"].as_str().unwrap();

    let shown = place.run(["quarantine", "show", &id[..8]]);
    assert_eq!(shown.stdout, picture, "kept byte for byte");
    assert!(stderr(&shown).contains("picture.html"));
    assert_eq!(place.run(["quarantine", "show", "zzz"]).status.code(), Some(2));

    // Without a daemon, and with one: what was wrong is still wrong, and nothing is doubled.
    let retried = place.run(["quarantine", "retry", "--all"]);
    assert_eq!(retried.status.code(), Some(4), "{}", stderr(&retried));
    let daemon = place.start().ready();
    let retried = place.run(["quarantine", "retry", id]);
    assert_eq!(retried.status.code(), Some(4), "{}", stderr(&retried));
    assert!(daemon.stop().success());
    assert_eq!(place.verify()["quarantined"], 2);
}

#[test]
fn what_can_be_read_now_leaves_it() {
    // A document that is rejected only because of a setting stands for one that an update can read.
    let place = Place::with_config("[parser]\ndecompressed-bytes-max = 100");
    place.drop_in("letter.txt.gz", gzip(article(1).as_bytes()));
    assert_eq!(place.run(["ingest", "inbox"]).status.code(), Some(4));
    let config = fs::read_to_string(place.path("depeche.toml")).unwrap();
    fs::write(place.path("depeche.toml"), config.replace("100", "1000000")).unwrap();
    let retried = place.run(["quarantine", "retry", "--all"]);
    assert!(retried.status.success(), "{}", stderr(&retried));
    assert_eq!(place.run(["quarantine", "list", "--json"]).stdout, b"");
    assert_eq!(place.verify()["articles"], 1);
}

#[test]
fn what_is_read_at_last_is_the_article_that_its_source_named() {
    let (place, port) = with_door();
    let daemon = open(&place);
    let fields = "content-type: application/json\r\ncontent-location: https://news.example/lac\r\n";
    let push = |text: &str| {
        let body = json!({ "doc": { "kopf": "Le lac a gelé en une nuit", "koerper": text } });
        post(port, fields, &body.to_string()).unwrap()
    };
    let (_, told) = push(&article(1));
    assert_eq!(told["documents"][0]["outcome"], "quarantined", "{told}");
    assert!(daemon.stop().success());

    let mut config = fs::read_to_string(place.path("depeche.toml")).unwrap();
    config.push_str("\n[parser.json-fields]\ntitle = [\"/doc/kopf\"]\ntext = [\"/doc/koerper\"]\n");
    fs::write(place.path("depeche.toml"), config).unwrap();
    let daemon = open(&place);
    let retried = place.run(["quarantine", "retry", "--all"]);
    assert!(retried.status.success(), "{}", stderr(&retried));
    let (status, told) = push(&format!("{}\nLa glace a fondu le lendemain.", article(1)));
    assert_eq!(status, 200, "{told}");
    assert!(daemon.stop().success());

    let records = place.records();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["source"]["identity"], "//news.example/lac");
    assert_eq!((&records[0]["revision"], &records[0]["revises"]), (&1.into(), &Value::Null));
    assert_eq!((&records[1]["revision"], &records[1]["revises"]), (&2.into(), &records[0]["id"]));
    place.verify();
}

#[test]
fn a_line_that_is_no_json_does_not_become_a_text() {
    let (place, port) = with_door();
    let good = json!({ "title": "Le budget", "text": article(1) });
    place.drop_in("lines.jsonl.gz", gzip(format!("{good}\nbroken\n{good}\n").as_bytes()));
    assert_eq!(place.run(["ingest", "inbox"]).status.code(), Some(4));
    let daemon = open(&place);
    let (_, told) = post(port, "content-type: application/x-ndjson\r\n", "not json\n").unwrap();
    assert_eq!(told["documents"][0]["outcome"], "quarantined", "{told}");
    let retry = || {
        let retried = place.run(["quarantine", "retry", "--all"]);
        assert_eq!(retried.status.code(), Some(4), "{}", stderr(&retried));
        assert!(stderr(&retried).contains("0 stored, 0 duplicates, 2 still"), "{}", stderr(&retried));
    };
    retry();
    assert!(daemon.stop().success());
    retry();
    assert_eq!(place.records().len(), 1);
    assert_eq!(place.verify()["quarantined"], 2);
}

/// A gzip file (RFC 1952) of one stored block, which needs no compressor.
fn gzip(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    let mut file = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01".to_vec();
    file.extend(length.to_le_bytes());
    file.extend((!length).to_le_bytes());
    file.extend(content);
    file.extend(crc32(content).to_le_bytes());
    file.extend(u32::from(length).to_le_bytes());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
