use std::path::PathBuf;

use anyhow::anyhow;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ingest::{once, there};
use crate::{Done, Failure, Settings, logging};

/// Read what was fetched through the line again, for instance after an update
///
/// Takes web archives, those of the configured raw-archive folder unless others are named. Articles that come out as they
/// are in the store are duplicates. A replay that was interrupted goes on where it was.
#[derive(Debug, clap::Args)]
#[command(after_help = "Works without a daemon running on the store.
Examples:
  depeche replay --since 2026-11-01
  depeche replay raw/depeche-20261122101112-000000.warc.gz --store /srv/news-again
Exits 4 when documents went to quarantine; see `depeche quarantine list`.")]
pub struct Arguments {
    /// Archives, and folders of archives
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Only what was fetched at this time or later: a day (UTC), or an instant in RFC 3339
    #[arg(long, value_name = "TIME", value_parser = parse_since)]
    since: Option<Timestamp>,
    /// Log as JSON, one object a line
    #[arg(long)]
    json: bool,
}

fn parse_since(text: &str) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let day = text.parse::<Date>().map_err(|error| error.to_string())?;
    day.to_zoned(TimeZone::UTC).map(|midnight| midnight.timestamp()).map_err(|error| error.to_string())
}

pub fn run(settings: &Settings, arguments: Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    super::check::lists(&config).map_err(Failure::Usage)?;
    logging::start(if arguments.json { &config.log.level } else { "warn" }, arguments.json)?;
    let Arguments { mut paths, since, .. } = arguments;
    if paths.is_empty() {
        let Some(folder) = &config.watcher.raw_archive.folder else {
            return Err(Failure::Usage(anyhow!(
                "name archives, or set folder under [watcher.raw-archive] to where what is fetched is kept"
            )));
        };
        paths.push(folder.clone());
    }
    for path in &paths {
        there(path, &config)?;
    }
    let watcher = config.watcher.clone();
    once(&config, |line, stop, report| watcher::replay(watcher, paths, since, line, stop, report))
}
