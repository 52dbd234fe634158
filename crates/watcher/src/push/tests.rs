//! Callers on real sockets; the end of the line here is the test, so that it can be slow, full, away or stopped.

use std::collections::HashMap;
use std::sync::Mutex;

use document::{ByteBudget, ContentId, Inbox, Outcome, RawDocument, Rejected, Ticket, channel};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;

use super::*;
use crate::folder::tests::{config, within};
use crate::{Positions, Writable};

struct Bench {
    address: SocketAddr,
    documents: Inbox<RawDocument>,
    rejects: Inbox<Rejected>,
    positions: Arc<Mutex<HashMap<String, String>>>,
    trouble: Arc<Mutex<Option<String>>>,
    stop: CancellationToken,
    running: JoinHandle<Summary>,
    _token: tempfile::NamedTempFile,
}

impl Bench {
    async fn new() -> Self {
        Self::over(Arc::default()).await
    }

    /// A door that remembers what another one did.
    async fn over(positions: Arc<Mutex<HashMap<String, String>>>) -> Self {
        let (documents_out, documents) = channel(2);
        let (rejects_out, rejects) = channel(2);
        let trouble = Arc::<Mutex<Option<String>>>::default();
        let (remembered, asked) = (Arc::clone(&positions), Arc::clone(&trouble));
        let line = Line {
            documents: documents_out,
            rejects: rejects_out,
            budget: ByteBudget::new(1 << 20),
            positions: Positions::new(move |_, key| remembered.lock().unwrap().get(key).cloned()),
            writable: Writable::new(move || asked.lock().unwrap().clone()),
        };
        let token = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(token.path(), "sesame").unwrap();
        let place = crate::TokenPlace::File(token.path().to_owned());
        let secret = place.read("door").unwrap();
        let push =
            Push { listen: "127.0.0.1:0".parse().unwrap(), token: Some(place), body_bytes_max: Some(4000) };
        let source = Source {
            name: "door".to_owned(),
            kind: crate::Kind::Push(push.clone()),
            document_bytes_max: Some(1000),
        };
        let stop = CancellationToken::new();
        let door = Arc::new(Door::new(&config(), &source, &push, Some(&secret), line, stop.clone()));
        let listener = TcpListener::bind(push.listen).await.unwrap();
        let address = listener.local_addr().unwrap();
        let stopped = stop.clone();
        let running = tokio::spawn(async move {
            serve(&listener, address, &door, &stopped).await;
            door.finish().await
        });
        Self { address, documents, rejects, positions, trouble, stop, running, _token: token }
    }

    /// Asks with the token; the answer comes when it comes.
    fn ask(&self, query: &str, fields: &str, body: &str) -> JoinHandle<Answer> {
        let head = format!("POST /v1/articles{query} HTTP/1.1\r\nauthorization: Bearer sesame\r\n{fields}");
        tokio::spawn(ask(self.address, head, body.to_owned()))
    }

    /// Ends the next document as the store would.
    async fn commit(&self, outcome: Outcome) -> RawDocument {
        let (raw, ticket) = within(self.documents.recv()).await.unwrap().split();
        self.settle(ticket, outcome, ContentId::of("", &String::from_utf8_lossy(&raw.body)));
        raw
    }

    fn settle(&self, ticket: Ticket, outcome: Outcome, id: ContentId) {
        for position in ticket.positions() {
            let value = position.committed(outcome, id);
            self.positions.lock().unwrap().insert(position.key.clone(), value);
        }
        ticket.settle_as(outcome, id);
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Value,
}

async fn ask(address: SocketAddr, head: String, body: String) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request =
        format!("{head}host: a\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    read_answer(&mut stream).await
}

async fn read_answer(stream: &mut TcpStream) -> Answer {
    let mut answer = String::new();
    within(stream.read_to_string(&mut answer)).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_ascii_lowercase(),
        body: serde_json::from_str(body).unwrap_or(Value::Null),
    }
}

fn id(text: &str) -> String {
    ContentId::of("", text).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_answered_when_it_is_committed() {
    let bench = Bench::new().await;
    let fields = "content-type: text/html; charset=latin1\r\ncontent-location: https://a.example/1\r\n";
    let asked = bench.ask("", fields, "<p>un");
    let raw = bench.commit(Outcome::Stored).await;
    assert_eq!((raw.origin.uri.as_str(), &*raw.body), ("https://a.example/1", &b"<p>un"[..]));
    assert_eq!(raw.origin.media_type.as_deref(), Some("text/html"));
    assert_eq!(raw.origin.charset.as_deref(), Some("latin1"));
    let answer = asked.await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, json!({"documents": [{"outcome": "stored", "id": id("<p>un")}]}));

    let asked = bench.ask("?ack=queued", "", "deux");
    let answer = asked.await.unwrap();
    assert_eq!((answer.status, answer.body), (202, json!({"documents": [{"outcome": "queued"}]})));
    bench.commit(Outcome::Stored).await;
    bench.stop.cancel();
    assert_eq!(within(bench.running).await.unwrap().stored, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_is_taken_without_its_secrets() {
    let bench = Bench::new().await;
    let mut identities = Vec::new();
    for key in ["SECRET", "SECRET2"] {
        let fields = format!("content-location: http://u:pw@a.example/1?api_key={key}&x=2\r\n");
        let asked = bench.ask("", &fields, "un");
        let raw = bench.commit(Outcome::Stored).await;
        assert_eq!(asked.await.unwrap().status, 200);
        assert_eq!(raw.origin.uri, "http://a.example/1?api_key=%E2%80%A6&x=2");
        identities.push(raw.identity.unwrap());
    }
    assert!(!identities.concat().contains("SECRET"), "{identities:?}");
    assert_ne!(identities[0], identities[1], "they are two documents");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_are_answered_one_by_one() {
    let bench = Bench::new().await;
    let body = format!("{{\"a\": 1}}\nfaux\n\n{{\"b\": \"{}\"}}\n{{\"c\": 3}}", "x".repeat(1000));
    let asked = bench.ask("", "content-type: application/x-ndjson\r\n", &body);
    let digest = &document::Digest::of(b"{\"a\": 1}").hex()[..16];
    assert_eq!(bench.commit(Outcome::Stored).await.origin.uri, format!("push:door/{digest}#L1"));
    for expected in
        ["line 2 is not a JSON document", "line 4 has 1009 bytes, the limit is 1000 (document-bytes-max)"]
    {
        let (rejected, ticket) = within(bench.rejects.recv()).await.unwrap().split();
        assert_eq!(rejected.message, expected);
        bench.settle(ticket, Outcome::Quarantined, ContentId::of("", ""));
    }
    bench.commit(Outcome::Duplicate).await;
    let answer = asked.await.unwrap();
    let expected = json!({"documents": [
        {"line": 1, "outcome": "stored", "id": id("{\"a\": 1}")},
        {"line": 2, "outcome": "quarantined", "id": id("")},
        {"line": 4, "outcome": "quarantined", "id": id("")},
        {"line": 5, "outcome": "duplicate", "id": id("{\"c\": 3}")},
    ]});
    assert_eq!((answer.status, answer.body), (200, expected));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_refused() {
    let bench = Bench::new().await;
    let check = async |query: &str, fields: &str, body: &str, expected: u16| {
        let answer = bench.ask(query, fields, body).await.unwrap();
        assert_eq!(answer.status, expected, "{answer:?}");
        assert!(answer.body["error"].is_string(), "{answer:?}");
    };
    check("", "content-type: image/png\r\n", "x", 415).await;
    check("", "content-type: application/x-www-form-urlencoded\r\n", "x", 415).await;
    check("?ack=no", "", "x", 400).await;
    check("", "", "", 400).await;
    check("", "content-type: application/x-ndjson\r\n", "\n\n", 400).await;
    check("", "", &"x".repeat(1001), 413).await;
    check("", "content-type: application/x-ndjson\r\n", &"x".repeat(4001), 413).await;
    for token in ["", "authorization: Bearer no\r\n", "authorization: Basic sesame\r\n"] {
        let head = format!("POST /v1/articles HTTP/1.1\r\n{token}");
        let answer = ask(bench.address, head, "x".to_owned()).await;
        assert!(answer.status == 401 && answer.head.contains("www-authenticate: bearer"), "{answer:?}");
    }
    for (head, expected) in [("GET /v1/articles", 405), ("POST /v1/other", 404), ("GET /healthz", 200)] {
        assert_eq!(ask(bench.address, format!("{head} HTTP/1.1\r\n"), String::new()).await.status, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_a_length_has_the_same_limit() {
    let bench = Bench::new().await;
    let mut stream = TcpStream::connect(bench.address).await.unwrap();
    let head = "POST /v1/articles HTTP/1.1\r\nhost: a\r\nauthorization: Bearer sesame\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(format!("{head}3e9\r\n{}\r\n", "x".repeat(1001)).as_bytes()).await.unwrap();
    assert_eq!(read_answer(&mut stream).await.status, 413);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_body_is_no_document() {
    let bench = Bench::new().await;
    for kind in ["text/plain", "application/x-ndjson"] {
        let mut stream = TcpStream::connect(bench.address).await.unwrap();
        let head = format!(
            "POST /v1/articles HTTP/1.1\r\nhost: a\r\nauthorization: Bearer sesame\r\ncontent-type: {kind}\r\n"
        );
        stream.write_all(format!("{head}content-length: 100\r\n\r\n{{\"a\": 1").as_bytes()).await.unwrap();
        drop(stream);
    }
    // The door has no other document before this one.
    let asked = bench.ask("", "", "entier");
    assert_eq!(bench.commit(Outcome::Stored).await.body, "entier");
    assert_eq!(asked.await.unwrap().status, 200);
    bench.stop.cancel();
    assert_eq!(within(bench.running).await.unwrap().settled(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_remembered() {
    let bench = Bench::new().await;
    let key = "idempotency-key: k/1\r\n";
    let asked = bench.ask("", key, "un");
    // While it is under way, the key is taken.
    let (raw, ticket) = within(bench.documents.recv()).await.unwrap().split();
    assert_eq!(raw.origin.uri, "push:door/k%2F1");
    assert_eq!(bench.ask("", key, "un").await.unwrap().status, 409);
    bench.settle(ticket, Outcome::Stored, ContentId::of("", "un"));
    let first = asked.await.unwrap();
    assert_eq!((first.status, first.head.contains("idempotent-replayed")), (200, false));

    let lines = "content-type: application/x-ndjson\r\nidempotency-key: k2\r\n";
    let asked = bench.ask("", lines, "{\"a\": 1}\n{\"a\": 2}\n");
    bench.commit(Outcome::Stored).await;
    // Nothing is known of the second line.
    let (_, ticket) = within(bench.documents.recv()).await.unwrap().split();
    drop(ticket);
    let half = asked.await.unwrap();
    assert_eq!((half.status, &half.body["documents"][1]["outcome"]), (503, &"not_taken".into()));

    let again = Bench::over(Arc::clone(&bench.positions)).await;
    let replayed = again.ask("", key, "un").await.unwrap();
    assert_eq!((replayed.status, replayed.head.contains("idempotent-replayed: true")), (200, true));
    assert_eq!(replayed.body, first.body);
    assert_eq!(again.ask("", key, "autre").await.unwrap().status, 422);
    let asked = again.ask("", lines, "{\"a\": 1}\n{\"a\": 2}\n");
    assert_eq!(again.commit(Outcome::Stored).await.body, "{\"a\": 2}");
    let answer = asked.await.unwrap();
    assert_eq!((answer.status, &answer.body["documents"][0]), (200, &half.body["documents"][0]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_line_is_said() {
    let bench = Bench::new().await;
    // Two wait in the queue.
    let waiting = [bench.ask("", "", "un"), bench.ask("", "", "deux")];
    let queue = bench.documents.gauge();
    while queue.waiting() < 2 {
        tokio::task::yield_now().await;
    }
    let more = bench.ask("", "", "trois").await.unwrap();
    assert_eq!((more.status, more.head.contains("retry-after: 2")), (429, true), "{more:?}");
    for _ in 0..2 {
        bench.commit(Outcome::Stored).await;
    }
    for asked in waiting {
        assert_eq!(asked.await.unwrap().status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_cannot_be_written_is_said() {
    let bench = Bench::new().await;
    let under_way = bench.ask("", "", "un");
    let (_, ticket) = within(bench.documents.recv()).await.unwrap().split();
    *bench.trouble.lock().unwrap() = Some("the disk is full".to_owned());
    let answer = under_way.await.unwrap();
    assert_eq!((answer.status, &answer.body["documents"][0]["outcome"]), (503, &"queued".into()));
    let answer = bench.ask("", "", "deux").await.unwrap();
    assert_eq!((answer.status, answer.head.contains("retry-after")), (503, true));
    assert!(answer.body["error"].as_str().unwrap().contains("the disk is full"));
    let health = |address| ask(address, "GET /healthz HTTP/1.1\r\n".to_owned(), String::new());
    assert_eq!(health(bench.address).await.status, 503);
    *bench.trouble.lock().unwrap() = None;
    drop(ticket);
    assert_eq!(health(bench.address).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_answers_what_is_under_way() {
    let bench = Bench::new().await;
    let asked = bench.ask("", "", "un");
    let (_, ticket) = within(bench.documents.recv()).await.unwrap().split();
    bench.stop.cancel();
    bench.settle(ticket, Outcome::Stored, ContentId::of("", "un"));
    assert_eq!(asked.await.unwrap().status, 200);
    assert_eq!(within(bench.running).await.unwrap().stored, 1);
    // The door and its end of the line are gone.
    assert!(within(bench.documents.recv()).await.is_err());
}
