use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;

use document::{ByteBudget, Inbox, RawDocument, Rejected, channel};
use tokio::task::JoinHandle;

use super::*;
use crate::folder::tests::{config, within};
use crate::{Positions, Writable};

/// An ingest under way, and the end of its line.
struct Run {
    documents: Inbox<RawDocument>,
    rejects: Inbox<Rejected>,
    progress: watch::Receiver<Progress>,
    stop: CancellationToken,
    ended: JoinHandle<Result<Summary, Error>>,
}

fn start(paths: &[PathBuf]) -> Run {
    let (documents_out, documents) = channel(8);
    let (rejects_out, rejects) = channel(8);
    let line = Line {
        documents: documents_out,
        rejects: rejects_out,
        budget: ByteBudget::new(8 << 20),
        positions: Positions::new(|_, _| panic!("an ingest looks up no position")),
        writable: Writable::new(|| None),
    };
    let stop = CancellationToken::new();
    let (sender, progress) = watch::channel(Progress::default());
    let config = Config { retry_wait_max: Duration::from_millis(20), ..config() };
    let ended = tokio::spawn(ingest(config, paths.to_vec(), line, stop.clone(), sender));
    Run { documents, rejects, progress, stop, ended }
}

/// Ingests `paths` of a folder that holds this and that, and ends each document by what `end` says for its name and
/// how often it came before.
async fn check(paths: &[&str], end: impl Fn(&str, u32) -> Outcome, expected: Summary, names: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    fs::create_dir_all(home.join("d/e")).unwrap();
    for name in ["a", "b.tmp", "d/c", "d/.hidden", "d/e/é"] {
        fs::write(home.join(name), name).unwrap();
    }
    symlink("/etc/passwd", home.join("d/link")).unwrap();
    symlink("d/c", home.join("linked")).unwrap();
    fs::File::create(home.join("large")).unwrap().set_len(100 << 20).unwrap();

    let paths: Vec<_> = paths.iter().map(|path| home.join(path)).collect();
    let Run { documents, rejects, progress, ended, stop: _stop } = start(&paths);
    let mut seen = HashMap::<String, u32>::new();
    loop {
        let (uri, ticket) = tokio::select! {
            Ok(envelope) = documents.recv() => {
                let (raw, ticket) = envelope.split();
                assert_eq!((raw.origin.name.as_str(), ticket.positions()), (INGEST, &[][..]));
                (raw.origin.uri, ticket)
            }
            Ok(envelope) = rejects.recv() => {
                let (rejected, ticket) = envelope.split();
                (rejected.raw.origin.uri, ticket)
            }
            else => break,
        };
        let name = uri.strip_prefix(&format!("file://{}/", home.display())).unwrap().to_owned();
        let before = seen.entry(name.clone()).or_default();
        *before += 1;
        ticket.settle(end(&name, *before - 1));
    }
    let summary = within(ended).await.unwrap().unwrap();
    assert_eq!(summary, expected);
    let mut seen: Vec<_> = seen.into_keys().collect();
    seen.sort();
    assert_eq!(seen, names);
    let progress = *progress.borrow();
    assert!(progress.complete);
    assert_eq!(progress.found, names.len() as u64);
    assert_eq!(progress.settled, progress.found);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_is_read_as_watching_it_would() {
    let expected = Summary { stored: 2, duplicates: 1, quarantined: 1, refused: 1, ..Summary::default() };
    let end = |name: &str, _| match name {
        "a" => Outcome::Duplicate,
        "large" => Outcome::Quarantined,
        _ => Outcome::Stored,
    };
    check(&[""], end, expected, &["a", "d/c", "d/e/%C3%A9", "large"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_named_is_read_whatever_its_name() {
    let expected = Summary { stored: 3, unread: 1, ..Summary::default() };
    let names = ["b.tmp", "d/.hidden", "d/c"];
    check(&["b.tmp", "linked", "d/.hidden", "nowhere"], |_, _| Outcome::Stored, expected, &names).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_lost_is_offered_again_and_at_last_counted() {
    let expected = Summary { stored: 1, lost: 1, refused: 1, ..Summary::default() };
    let end = |name: &str, before| match (name, before) {
        ("d/c", before) if before < 3 => Outcome::Lost,
        ("d/e/%C3%A9", _) => Outcome::Lost,
        _ => Outcome::Stored,
    };
    check(&["d"], end, expected, &["d/c", "d/e/%C3%A9"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_at_all_is_soon_done() {
    check(&[], |_, _| Outcome::Stored, Summary::default(), &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_ends_it_after_what_is_in_flight() {
    let home = tempfile::tempdir().unwrap();
    for i in 0..1000 {
        fs::write(home.path().join(format!("{i}")), "un").unwrap();
    }
    let Run { documents, stop, ended, .. } = start(&[home.path().to_owned()]);
    let mut tickets = vec![within(documents.recv()).await.unwrap().split().1];
    stop.cancel();
    while let Ok(envelope) = within(documents.recv()).await {
        tickets.push(envelope.split().1);
    }
    assert!(!ended.is_finished());
    let stored = tickets.len() as u64;
    for ticket in tickets {
        ticket.settle(Outcome::Stored);
    }
    assert_eq!(within(ended).await.unwrap().unwrap(), Summary { stored, ..Summary::default() });
    assert!(stored < 1000);
}
