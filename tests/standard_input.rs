//! What is written into `depeche ingest -` is stored: a document, lines as they come, an archive.

use std::io::{Read, Write};
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::harness::{Place, article, json_lines, stderr};

fn ingest(place: &Place, input: &[u8]) -> Output {
    let mut command = place.depeche(["ingest", "-"]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn line(number: usize) -> String {
    let text = article(number);
    let (title, body) = text.split_once("\n\n").unwrap();
    format!(
        "{}\n",
        serde_json::json!({ "title": title, "text": body, "url": format!("https://a.example/{number}") })
    )
}

fn uris(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["source"]["uri"].as_str().unwrap()).collect()
}

#[test]
fn a_document_lines_and_archives() {
    let place = Place::new();
    let ended = ingest(&place, article(0).as_bytes());
    assert_eq!(ended.status.code(), Some(0), "{}", stderr(&ended));
    let lines: Vec<_> = (1..4).map(line).collect();
    let ended = ingest(&place, format!("{}aucun JSON\n", lines.concat()).as_bytes());
    assert!(stderr(&ended).contains("3 stored, 0 duplicates, 1 quarantined"), "{}", stderr(&ended));
    assert_eq!(ended.status.code(), Some(4));
    let mut tar = tar::Builder::new(Vec::new());
    let text = article(4);
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    tar.append_data(&mut header, "a/4.txt", text.as_bytes()).unwrap();
    let packed = zstd::encode_all(tar.into_inner().unwrap().as_slice(), 3).unwrap();
    assert_eq!(ingest(&place, &packed).status.code(), Some(0));
    // Documents overtake each other on their way.
    let mut records = place.records();
    records.sort_by_key(|record| record["source"]["uri"].to_string());
    assert_eq!(
        uris(&records),
        [
            "file:///dev/stdin",
            "file:///dev/stdin#L1",
            "file:///dev/stdin#L2",
            "file:///dev/stdin#L3",
            "file:///dev/stdin#a/4.txt"
        ]
    );
    assert_eq!(
        (&records[0]["source"]["kind"], &records[4]["source"]["kind"]),
        (&"push".into(), &"archive".into())
    );
    assert_eq!(records[1]["url"], "https://a.example/1");
    // What is cut off is said.
    let ended = ingest(&place, &packed[..packed.len() - 20]);
    assert_eq!(ended.status.code(), Some(4), "{}", stderr(&ended));
    assert_eq!(ingest(&place, b"").status.code(), Some(4));
    place.verify();
}

#[test]
fn a_line_is_committed_before_the_next_one_is_written() {
    let place = Place::new();
    // A store to follow.
    assert_eq!(ingest(&place, article(0).as_bytes()).status.code(), Some(0));
    let mut command = place.depeche(["ingest", "-"]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let follower = place.follow();
    follower.next();
    for number in 1..4 {
        stdin.write_all(line(number).as_bytes()).unwrap();
        assert_eq!(follower.next()["source"]["uri"], format!("file:///dev/stdin#L{number}"));
    }
    // A signal ends it although the writer says nothing and goes on living.
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("stopped before the end"), "{said}");
    assert_eq!(place.records().len(), 4);
    place.verify();
}

#[test]
fn a_dash_stands_alone() {
    let place = Place::new();
    let ended = place.run(["ingest", "-", "inbox"]);
    assert_eq!((ended.status.code(), json_lines(&ended.stdout).len()), (Some(2), 0));
}
