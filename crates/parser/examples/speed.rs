//! Reads the files named on the command line again and again on one core, and prints documents and megabytes a
//! second: `cargo run --release -p parser --example speed -- seeds/*.txt`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use document::{Origin, RawDocument, SourceKind};

/// Long enough for the figure to settle.
const TIME: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parser = parser::Parser::new(&parser::Config::built_in())?;
    let mut documents = Vec::new();
    for path in std::env::args().skip(1) {
        let origin = Origin {
            kind: SourceKind::File,
            name: "command line".to_owned(),
            uri: format!("file:///{}", path.trim_start_matches('/')),
            media_type: None,
            charset: None,
            observed_at: "2026-11-22T00:00:00Z".parse()?,
            http: None,
        };
        documents.push(RawDocument::new(origin, std::fs::read(&path)?.into()));
    }
    let round: usize = documents.iter().map(|document| document.body.len()).sum();
    let start = Instant::now();
    let mut rounds = 0;
    while start.elapsed() < TIME {
        for document in &documents {
            let _ = black_box(parser.parse(black_box(document)));
        }
        rounds += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    let count = (rounds * documents.len()) as f64;
    println!(
        "{:.0} documents/s, {:.1} MB/s, {:.1} kB a document",
        count / seconds,
        (rounds * round) as f64 / seconds / 1e6,
        round as f64 / documents.len() as f64 / 1e3
    );
    Ok(())
}
