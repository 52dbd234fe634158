//! How fast a folder is watched. Run with
//! `cargo test --release -p watcher figures -- --ignored --nocapture --test-threads=1`.

use std::fs;
use std::time::Instant;

use document::Outcome;

use super::*;

const FILES: usize = 100_000;

/// Writes many files of an article's length.
fn fill(bench: &Bench) {
    let body = "un mot après l'autre ".repeat(150);
    for folder in 0..100 {
        let folder = bench.path(format!("{folder}"));
        fs::create_dir(&folder).unwrap();
        for file in 0..FILES / 100 {
            fs::write(folder.join(format!("{file}")), &body).unwrap();
        }
    }
}

fn realistic() -> Config {
    Config { stable: Duration::from_millis(500), poll_interval: Duration::from_secs(1), ..config() }
}

/// Stores documents as fast as they come.
async fn store_all(bench: &mut Bench, count: usize) {
    for _ in 0..count {
        let (_, ticket) = bench.receive().await;
        bench.commit(ticket, Outcome::Stored);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn known_files_and_new_ones() {
    let bench = Bench::new();
    fill(&bench);
    let began = Instant::now();
    let mut bench = bench.watch(realistic());
    store_all(&mut bench, FILES).await;
    let took = began.elapsed();
    eprintln!(
        "{FILES} new files of 3 kB read and delivered in {took:?}: {:.0}/s",
        FILES as f64 / took.as_secs_f64()
    );

    let bench = bench.again().await;
    fs::write(bench.path("new"), "new").unwrap();
    let began = Instant::now();
    let mut bench = bench.watch(Config { stable: Duration::ZERO, ..realistic() });
    bench.expect(&[("new", "new")]).await;
    let found = began.elapsed();
    // What is written now is heard of once the scan has set the watches.
    let last = bench.path("99/new");
    fs::write(last, "new").unwrap();
    bench.expect(&[("99/new", "new")]).await;
    eprintln!("{FILES} known files: a new one found in {found:?}, all looked at in {:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn latency_from_complete_file_to_document() {
    let mut bench = Bench::new().watch(realistic());
    bench.barrier().await;
    let mut latencies = Vec::new();
    for i in 0..500 {
        fs::write(bench.path(format!("{i}")), format!("{i}")).unwrap();
        let began = Instant::now();
        bench.store().await;
        latencies.push(began.elapsed());
    }
    latencies.sort();
    eprintln!(
        "close to document: p50 {:?}, p99 {:?}, max {:?}",
        latencies[250], latencies[495], latencies[499]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn a_burst_while_it_is_watched() {
    let mut bench = Bench::new().watch(realistic());
    bench.barrier().await;
    let folder = bench.path("");
    let began = Instant::now();
    let writing = tokio::task::spawn_blocking(move || {
        let body = "un mot après l'autre ".repeat(150);
        for i in 0..FILES {
            fs::write(folder.join(format!("{i}")), &body).unwrap();
        }
        Instant::now()
    });
    store_all(&mut bench, FILES).await;
    let took = began.elapsed();
    let written = writing.await.unwrap();
    bench.barrier().await;
    eprintln!(
        "burst of {FILES}: delivered in {took:?}, the last {:?} after the last write",
        written.elapsed()
    );
}
