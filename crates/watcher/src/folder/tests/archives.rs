//! Archives in a watched folder: the end of the line here settles out of order, loses, and restarts.

use std::fs;

use document::Outcome;

use super::{Bench, config, within};

/// Lines of JSON, numbered.
fn lines(count: usize) -> String {
    let line = |number| format!("{{\"n\": {number}}}\n");
    (1..=count).map(line).collect()
}

fn drop_in(bench: &Bench, name: &str, content: &str) {
    fs::write(bench.beside(name), content).unwrap();
    fs::rename(bench.beside(name), bench.path(name)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_come_one_by_one_and_the_last_when_all_are_settled() {
    let mut bench = Bench::new().watch(config());
    drop_in(&bench, "a.jsonl", &lines(4));
    let mut tickets = Vec::new();
    for number in 1..=3 {
        let (raw, ticket) = bench.receive().await;
        assert_eq!(bench.relative(&raw), format!("a.jsonl#L{number}"));
        tickets.push(ticket);
    }
    for ticket in tickets.into_iter().rev() {
        bench.commit(ticket, Outcome::Stored);
    }
    assert_eq!(bench.store().await.0, "a.jsonl#L4");
    bench.barrier().await;
    // The archive as a whole is known after a restart, and another one of its name is read.
    let mut bench = bench.again().await.watch(config());
    bench.barrier().await;
    drop_in(&bench, "a.jsonl", "{\"n\": 5}\n{\"n\": 6}\n");
    bench.expect(&[("a.jsonl#L1", "{\"n\": 5}")]).await;
    bench.expect(&[("a.jsonl#L2", "{\"n\": 6}")]).await;
    assert_eq!(bench.stop().await.stored, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restart_reading_goes_on_where_all_is_settled() {
    let mut bench = Bench::new().watch(config());
    drop_in(&bench, "a.jsonl", &lines(1000));
    // One after the other, so that each knows of the ones before it.
    for number in 1..=300 {
        assert_eq!(bench.store().await.0, format!("a.jsonl#L{number}"));
    }
    let mut bench = bench.again().await.watch(config());
    let (uri, _) = bench.store().await;
    let resumed: usize = uri.strip_prefix("a.jsonl#L").unwrap().parse().unwrap();
    // As many are read again as were on their way: the queue of this bench, and the one in the reader's hand.
    assert!((200..=301).contains(&resumed), "{resumed}");
    for number in resumed + 1..=1000 {
        assert_eq!(bench.store().await.0, format!("a.jsonl#L{number}"));
    }
    bench.barrier().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_lost_is_offered_again() {
    let mut bench = Bench::new().watch(config());
    drop_in(&bench, "a.jsonl", &lines(10));
    let mut seen = Vec::new();
    for number in 0..5 {
        let (raw, ticket) = bench.receive().await;
        seen.push(bench.relative(&raw));
        bench.commit(ticket, if number == 2 { Outcome::Lost } else { Outcome::Stored });
    }
    while seen.last().unwrap() != "a.jsonl#L10" {
        seen.push(bench.store().await.0);
    }
    assert_eq!(seen.iter().filter(|uri| *uri == "a.jsonl#L3").count(), 2, "{seen:?}");
    for number in 1..=10 {
        assert!(seen.contains(&format!("a.jsonl#L{number}")), "{seen:?}");
    }
    bench.barrier().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_archive_keeps_no_file_waiting() {
    let mut bench = Bench::new().watch(config());
    drop_in(&bench, "a.jsonl", &lines(500));
    let first = bench.receive().await;
    drop_in(&bench, "b.txt", "une ligne");
    let mut before = 0;
    loop {
        let (raw, ticket) = bench.receive().await;
        bench.commit(ticket, Outcome::Stored);
        if bench.relative(&raw) == "b.txt" {
            break;
        }
        before += 1;
    }
    assert!(before < 499, "{before}");
    bench.commit(first.1, Outcome::Stored);
    bench.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_of_nothing_and_the_rest_of_a_damaged_one_are_rejected_once() {
    for (name, content, words, members) in [
        ("a.jsonl", "\n \n", "holds no document", 0),
        (
            "a.warc",
            "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 4\r\n\r\nUne.\r\n\r\nbruit\r\n\r\n",
            "is damaged",
            1,
        ),
    ] {
        let mut bench = Bench::new().watch(config());
        drop_in(&bench, name, content);
        for _ in 0..members {
            bench.store().await;
        }
        let (rejected, ticket) = within(bench.rejects.recv()).await.unwrap().split();
        assert!(rejected.message.contains(words), "{}", rejected.message);
        assert!(rejected.truncated(), "nobody is to take the rest for a document");
        assert_eq!((bench.relative(&rejected.raw), rejected.bytes), (name.to_owned(), content.len() as u64));
        bench.commit(ticket, Outcome::Quarantined);
        bench.barrier().await;
        let mut bench = bench.again().await.watch(config());
        bench.barrier().await;
        assert_eq!(bench.stop().await.quarantined, 0);
    }
}
