use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use watcher::{Memory, Standing};

use super::print_json;
use crate::control::{self, Request};
use crate::{Done, Failure, Settings};

/// List the sources: when each was last read, when it is due, and why it waits
///
/// Asks the running daemon, and where there is none, what the last one remembered.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche sources
  depeche sources --json | jq -r 'select(.failures > 0) | [.name, .waits] | @tsv'")]
pub struct Arguments {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Where a store keeps what is remembered of sources.
pub fn memory_path(store: &Path) -> PathBuf {
    store.join("sources.redb")
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    let store = &config.sink.store;
    let asked: Option<Vec<Standing>> = super::runtime()?.block_on(control::ask(store, &Request::Sources))?;
    let standings = match asked {
        Some(standings) => standings,
        None => watcher::standings(&Memory::read(&memory_path(store))?, &config.sources),
    };
    if arguments.json {
        for standing in &standings {
            print_json(standing)?;
        }
        return Ok(Done::Whole);
    }
    let now = Timestamp::now();
    let mut output = super::output();
    for standing in &standings {
        let Standing { name, kind, address, .. } = standing;
        writeln!(output, "{name}  ({kind})  {address}")?;
        if let Some(at) = standing.succeeded_at {
            let news = standing
                .changed_at
                .map_or("nothing new yet".to_owned(), |at| format!("last news {}", ago(at, now)));
            writeln!(output, "    last read {}, {news}", ago(at, now))?;
        } else if !matches!(kind.as_str(), "folder" | "push") {
            writeln!(output, "    not read yet")?;
        }
        if let Some(at) = standing.reading_since {
            writeln!(output, "    being read since {}", ago(at, now))?;
        }
        if standing.failures > 0 {
            let times = super::counted(standing.failures.into(), "time", "times in a row");
            writeln!(output, "    failed {times}")?;
        }
        if let Some(reason) = &standing.waits {
            writeln!(output, "    waits: {reason}")?;
        }
        if let Some(at) = standing.due_at.filter(|_| standing.reading_since.is_none()) {
            writeln!(output, "    next due {}", ago(at, now))?;
        }
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// A time as its distance from now.
fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(at).as_secs();
    let (amount, unit) = match seconds.unsigned_abs() {
        seconds @ 0..120 => (seconds, "s"),
        seconds @ 120..7200 => (seconds / 60, "min"),
        seconds @ 7200..172_800 => (seconds / 3600, "h"),
        seconds => (seconds / 86_400, "days"),
    };
    if seconds < 0 { format!("in {amount} {unit}") } else { format!("{amount} {unit} ago") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_distances() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let check = |at: &str, expected: &str| assert_eq!(ago(at.parse().unwrap(), now), expected);
        check("2026-11-22T11:59:20Z", "40 s ago");
        check("2026-11-22T12:10:00Z", "in 10 min");
        check("2026-11-22T02:00:00Z", "10 h ago");
        check("2026-11-12T12:00:00Z", "10 days ago");
    }
}
