use std::collections::BTreeMap;
use std::io::Write;

use anyhow::anyhow;
use serde::Serialize;
use sink::{Stream, View};

use super::{counted, print_json};
use crate::{Done, Failure, Settings};

/// Look into the store
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Hold the whole store against its promises: ledger, lengths, checksums, every line, unique ids, stories, sightings,
    /// facts
    #[command(
        after_help = "Reads every committed byte. Exits 3 when anything is wrong, and says what and where.
Examples:
  depeche store verify
  depeche store verify --json | jq -r '.faults[].file' | sort | uniq -c"
    )]
    Verify(Arguments),
    /// Count what is in the store
    #[command(after_help = "Examples:
  depeche store stats
  depeche store stats --json | jq .articles")]
    Stats(Arguments),
}

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(settings: &Settings, command: &Command) -> Result<Done, Failure> {
    let config = settings.load()?;
    match command {
        Command::Verify(arguments) => verify(&config.sink.store, arguments.json),
        Command::Stats(arguments) => stats(&config.sink.store, arguments.json),
    }
}

#[derive(Debug, Serialize)]
struct Verdict {
    right: bool,
    segments: u64,
    articles: u64,
    quarantined: u64,
    joins: u64,
    sightings: u64,
    facts: u64,
    faults: Vec<Fault>,
}

#[derive(Debug, Serialize)]
struct Fault {
    file: String,
    line: Option<u64>,
    what: String,
}

fn verify(store: &std::path::Path, json: bool) -> Result<Done, Failure> {
    let found = sink::verify(store)?;
    let verdict = Verdict {
        right: found.faults.is_empty(),
        segments: found.segments,
        articles: found.articles,
        quarantined: found.quarantined,
        joins: found.joins,
        sightings: found.sightings,
        facts: found.facts,
        faults: found
            .faults
            .into_iter()
            .map(|fault| Fault { file: fault.path.display().to_string(), line: fault.line, what: fault.what })
            .collect(),
    };
    if json {
        print_json(&verdict)?;
    } else {
        let mut output = super::output();
        for Fault { file, line, what } in &verdict.faults {
            match line {
                Some(line) => writeln!(output, "{file}, line {line}: {what}")?,
                None => writeln!(output, "{file}: {what}")?,
            }
        }
        writeln!(
            output,
            "{}: {}, {}, {}, {} of stories and {} in {}",
            if verdict.right { "right" } else { "WRONG" },
            counted(verdict.articles, "article", "articles"),
            counted(verdict.facts, "fact", "facts"),
            counted(verdict.sightings, "sighting", "sightings"),
            counted(verdict.joins, "join", "joins"),
            counted(verdict.quarantined, "quarantine entry", "quarantine entries"),
            counted(verdict.segments, "segment", "segments")
        )?;
        output.flush()?;
    }
    match verdict.faults.len() as u64 + found.untold {
        0 => Ok(Done::Whole),
        count => {
            let faults = counted(count, "fault", "faults");
            Err(Failure::Work(anyhow!("{faults} in the store {}", store.display())))
        }
    }
}

#[derive(Debug, Serialize)]
struct Stats {
    articles: u64,
    facts: u64,
    duplicates: u64,
    sightings: u64,
    joined_stories: u64,
    quarantined: u64,
    quarantine_reasons: BTreeMap<&'static str, u64>,
    segments: u64,
    open_segments: u64,
    line_bytes: u64,
    file_bytes: u64,
    committed_at: Option<jiff::Timestamp>,
}

fn stats(store: &std::path::Path, json: bool) -> Result<Done, Failure> {
    let view = View::open(store)?;
    let totals = view.totals();
    let mut stats = Stats {
        articles: totals.stored,
        facts: totals.facts,
        duplicates: totals.duplicates,
        sightings: totals.sightings,
        joined_stories: totals.joins,
        quarantined: totals.quarantined,
        quarantine_reasons: BTreeMap::new(),
        segments: 0,
        open_segments: 0,
        line_bytes: 0,
        file_bytes: 0,
        committed_at: view.committed_at(),
    };
    for segment in Stream::ALL.into_iter().flat_map(|stream| view.segments(stream)) {
        stats.segments += 1;
        stats.open_segments += u64::from(!segment.sealed);
        stats.line_bytes += segment.bytes;
        stats.file_bytes += segment.file_bytes;
    }
    sink::unresolved(&view, |entry| {
        *stats.quarantine_reasons.entry(entry.reason.as_str()).or_default() += 1;
        Ok::<_, sink::Error>(())
    })?;
    if json {
        print_json(&stats)?;
        return Ok(Done::Whole);
    }
    let mut output = super::output();
    writeln!(output, "articles      {}", stats.articles)?;
    writeln!(output, "facts         {}", stats.facts)?;
    writeln!(output, "duplicates    {}", stats.duplicates)?;
    writeln!(output, "sightings     {}", stats.sightings)?;
    writeln!(output, "joined        {} stories", stats.joined_stories)?;
    writeln!(output, "quarantined   {}", stats.quarantined)?;
    for (reason, count) in &stats.quarantine_reasons {
        writeln!(output, "  {reason:<18} {count}")?;
    }
    writeln!(output, "segments      {} ({} open)", stats.segments, stats.open_segments)?;
    writeln!(output, "bytes         {} of lines in {} of files", stats.line_bytes, stats.file_bytes)?;
    if let Some(at) = stats.committed_at {
        writeln!(output, "last commit   {at}")?;
    }
    output.flush()?;
    Ok(Done::Whole)
}
