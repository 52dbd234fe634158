//! What was answered 200 is in the store once, whatever kills the daemon; who got no answer may ask again with his key.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::harness::{Daemon, PATIENCE, Place, article, let_pass};

/// A place with a door, and the port of the door.
pub fn with_door() -> (Place, u16) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let place = Place::with_config(&format!(
        "[[source]]\nname = \"newsroom\"\nkind = \"push\"\nlisten = \"127.0.0.1:{port}\"\ntoken-file = \"token\"\n"
    ));
    fs::write(place.path("token"), "sesame\n").unwrap();
    (place, port)
}

pub fn open(place: &Place) -> Daemon {
    let mut daemon = place.start();
    daemon.wait_for(&["\"documents can be handed in\""]);
    daemon
}

/// A configuration with this door alone.
fn door(name: &str, port: u16, token: &str) -> String {
    format!(
        "[[source]]\nname = \"{name}\"\nkind = \"push\"\nlisten = \"127.0.0.1:{port}\"\ntoken-file = \"{token}\"\n"
    )
}

/// Hands a document in: the status, and what was said.
pub fn post(port: u16, fields: &str, body: &str) -> io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let head = format!(
        "POST /v1/articles HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer sesame\r\n{fields}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(ErrorKind::UnexpectedEof)?;
    let status =
        head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
    Ok((status, serde_json::from_str(body)?))
}

#[test]
fn a_command_line_client_hands_a_page_in() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let (place, port) = with_door();
    let daemon = open(&place);
    let text = article(1);
    let (title, body) = text.split_once("\n\n").unwrap();
    fs::write(
        place.path("page.html"),
        format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"),
    )
    .unwrap();
    let curl = |token: &str| {
        let output = Command::new("curl")
            .args(["--silent", "--data-binary", "@page.html", "--header", "content-type: text/html"])
            .args(["--header", "content-location: https://news.example/1"])
            .args(["--header", &format!("authorization: Bearer {token}")])
            .arg(format!("http://127.0.0.1:{port}/v1/articles"))
            .current_dir(place.inbox().parent().unwrap())
            .output()
            .unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let answer = curl("sesame");
    let record = &place.records()[0];
    assert_eq!(answer["documents"][0], serde_json::json!({ "outcome": "stored", "id": record["id"] }));
    assert_eq!(
        (&record["url"], &record["source"]["kind"]),
        (&"https://news.example/1".into(), &"push".into())
    );
    assert_eq!(record["source"]["name"], "newsroom");
    assert_eq!(curl("sesame")["documents"][0]["outcome"], "duplicate");
    assert!(curl("falsch")["error"].as_str().unwrap().contains("token"));
    assert!(!daemon.log().contains("sesame"));
    assert!(daemon.stop().success());
    place.verify();
}

#[test]
fn a_batch_reports_each_line() {
    let (place, port) = with_door();
    let daemon = open(&place);
    let line = |number: usize| {
        let text = article(number);
        let (title, body) = text.split_once("\n\n").unwrap();
        format!("{}\n", serde_json::json!({ "title": title, "text": body }))
    };
    let body = format!("{}aucun JSON\n{}{}", line(1), line(2), line(1));
    let fields = "content-type: application/x-ndjson\r\nidempotency-key: batch-1\r\n";
    let (status, first) = post(port, fields, &body).unwrap();
    let outcomes: Vec<_> =
        first["documents"].as_array().unwrap().iter().map(|told| told["outcome"].as_str().unwrap()).collect();
    // The last line is the first one again; which of the two comes through first is not promised.
    let mut twins = [outcomes[0], outcomes[3]];
    twins.sort_unstable();
    assert_eq!(
        (status, outcomes.len(), &outcomes[1..3], twins),
        (200, 4, &["quarantined", "stored"][..], ["duplicate", "stored"])
    );
    assert!(daemon.stop().success());
    // The key is remembered by another process, word for word.
    let daemon = open(&place);
    assert_eq!(post(port, fields, &body).unwrap(), (200, first));
    assert_eq!(post(port, fields, &line(3)).unwrap().0, 422);
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 2);
    place.verify();
}

#[test]
fn a_line_with_an_edited_text_is_a_revision() {
    let (place, port) = with_door();
    let daemon = open(&place);
    for (number, url) in [(1, "https://www.lac.example/gel?utm_source=x"), (2, "http://lac.example/gel/")] {
        let text = article(number);
        let (title, body) = text.split_once("\n\n").unwrap();
        let line = serde_json::json!({ "title": title, "text": body, "url": url });
        let (status, told) =
            post(port, "content-type: application/x-ndjson\r\n", &format!("{line}\n")).unwrap();
        assert_eq!((status, &told["documents"][0]["outcome"]), (200, &"stored".into()));
    }
    assert!(daemon.stop().success());
    let records = place.records();
    assert!(records.iter().all(|record| record["source"]["identity"] == "//lac.example/gel"), "{records:?}");
    assert_eq!((&records[1]["revision"], &records[1]["revises"]), (&2.into(), &records[0]["id"]));
    place.verify();
}

const SENDERS: usize = 4;
const KILLS: usize = 8;

#[test]
fn killed_while_documents_are_handed_in() {
    let (place, port) = with_door();
    let (next, enough) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let acknowledged = thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut acknowledged = Vec::new();
                    while enough.load(Ordering::SeqCst) == 0 {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        let fields = format!("content-type: text/plain\r\nidempotency-key: {number}\r\n");
                        // Without an answer, the same again: the daemon is dead, or not up yet, or was killed meanwhile.
                        let id = loop {
                            match post(port, &fields, &article(number)) {
                                Ok((200, told)) => break told["documents"][0]["id"].clone(),
                                Ok((409 | 429 | 503, _)) | Err(_) => let_pass(Duration::from_millis(5)),
                                Ok(other) => panic!("{other:?}"),
                            }
                        };
                        acknowledged.push(id.as_str().unwrap().to_owned());
                    }
                    acknowledged
                })
            })
            .collect();
        for kill in 0..KILLS {
            let mut daemon = open(&place);
            let_pass(Duration::from_millis(100 + 37 * kill as u64));
            daemon.kill();
        }
        let daemon = open(&place);
        enough.store(1, Ordering::SeqCst);
        let acknowledged: Vec<_> = senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect();
        assert!(daemon.stop().success());
        acknowledged
    });
    let records = place.records();
    let stored: BTreeSet<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    let answered: BTreeSet<_> = acknowledged.iter().map(String::as_str).collect();
    eprintln!("{} documents were handed in over {KILLS} kills", acknowledged.len());
    assert_eq!((stored.len(), answered.len()), (records.len(), acknowledged.len()), "each article once");
    assert_eq!(stored, answered);
    assert_eq!(place.verify()["quarantined"], 0);
}

#[test]
fn a_stop_answers_what_is_under_way() {
    let (place, port) = with_door();
    let mut daemon = open(&place);
    let answers: Vec<_> = thread::scope(|scope| {
        let senders: Vec<_> = (0..16)
            .map(|number| scope.spawn(move || post(port, "content-type: text/plain\r\n", &article(number))))
            .collect();
        // Some are in the store, some on their way, some not yet connected.
        place.follow().take(2);
        daemon.signal(Signal::TERM);
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    assert!(daemon.wait().success(), "{}", daemon.log());
    let stored = answers.iter().filter(|answer| matches!(answer, Ok((200, _)))).count();
    assert!(stored >= 2 && stored == place.records().len(), "{answers:?}");
}

#[test]
fn a_door_that_cannot_be_opened_leaves_the_others_as_they_were() {
    let (place, port) = with_door();
    let mut daemon = open(&place);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = taken.local_addr().unwrap().port();
    let config = place.path("depeche.toml");
    let text = |number| (post(port, "content-type: text/plain\r\n", &article(number)).unwrap().0, number);
    let wrong = [
        (door("newsroom", busy, "token"), "cannot listen at"),
        (door("newsroom", port, "no-such-token"), "has no token"),
        (door("newsroom", port, "token") + &door("other", port, "token"), "cannot both listen at"),
    ];
    for (number, (set, why)) in wrong.into_iter().enumerate() {
        fs::write(&config, set).unwrap();
        daemon.signal(Signal::HUP);
        let said = daemon.wait_for(&["stay as they were"]);
        assert!(said.contains(why), "{said}");
        assert_eq!(text(number), (200, number), "the door is open");
        let listed = String::from_utf8(place.run(["sources"]).stdout).unwrap();
        assert!(listed.contains(&format!("127.0.0.1:{port}")) && !listed.contains("other"), "{listed}");
    }
    assert!(daemon.stop().success());
    assert_eq!(place.records().len(), 3);
}

#[test]
fn a_token_that_was_changed_in_its_place_is_asked_for() {
    let (place, port) = with_door();
    let mut daemon = open(&place);
    assert_eq!(post(port, "content-type: text/plain\r\n", &article(1)).unwrap().0, 200);
    fs::write(place.path("token"), "falsch").unwrap();
    daemon.signal(Signal::HUP);
    daemon.wait_for(&["\"documents can be handed in\""]);
    assert_eq!(post(port, "content-type: text/plain\r\n", &article(2)).unwrap().0, 401);
    assert!(daemon.stop().success());
}

#[test]
fn a_door_takes_over_the_address_of_another() {
    let (place, port) = with_door();
    let mut daemon = open(&place);
    let config = place.path("depeche.toml");
    fs::write(place.path("new"), "falsch").unwrap();
    // Its token changes, then its name.
    for (name, token, status) in [("newsroom", "new", 401), ("desk", "new", 401), ("desk", "token", 200)] {
        fs::write(&config, door(name, port, token)).unwrap();
        daemon.signal(Signal::HUP);
        daemon.wait_for(&["\"documents can be handed in\"", name]);
        assert_eq!(post(port, "content-type: text/plain\r\n", &article(1)).unwrap().0, status);
    }
    assert!(daemon.stop().success());
    assert_eq!(place.records()[0]["source"]["name"], "desk");
}
