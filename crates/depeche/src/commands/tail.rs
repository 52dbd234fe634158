use std::collections::VecDeque;
use std::io::Write;
use std::time::Duration;

use sink::{Error, Stream, View};

use crate::{Done, Failure, Settings};

/// Print stored articles, committed ones only, one JSON object a line
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche tail | jq .title             # the newest ten
  depeche tail --all > articles.jsonl  # everything
  depeche tail -f                      # and go on with what arrives")]
pub struct Arguments {
    /// Go on with what is committed from now on, until interrupted
    #[arg(short, long)]
    follow: bool,
    /// How many of the newest articles to begin with
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    lines: usize,
    /// Begin with the first article
    #[arg(long, conflicts_with = "lines")]
    all: bool,
}

/// Pause between two looks at the ledger. Another process writes it, and a look costs one `stat` while nothing happens.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    let mut view = View::open(&config.sink.store)?;
    let mut output = super::output();
    let mut place = Place::default();
    if !arguments.all {
        place = begin(&view, arguments.lines)?;
    }
    place = print_from(&view, place, &mut output)?;
    if !arguments.follow {
        return Ok(Done::Whole);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        loop {
            looks.tick().await;
            if view.refresh()? {
                place = print_from(&view, place, &mut output)?;
            }
        }
    })
}

/// How far the printing is: the bytes printed of a segment, and everything of those before it.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    segment: u64,
    bytes: u64,
}

/// The place from which `lines` lines are left to print.
fn begin(view: &View, lines: usize) -> Result<Place, Error> {
    let segments: Vec<_> = view.segments(Stream::Articles).collect();
    let mut left = lines as u64;
    for segment in segments.iter().rev() {
        if left > segment.lines {
            left -= segment.lines;
            continue;
        }
        let mut ends = VecDeque::from([0]);
        let Some(mut reader) = segment.reader()? else { continue };
        let mut bytes = 0;
        while let Some(line) = reader.next_line()? {
            bytes += line.len() as u64 + 1;
            ends.push_back(bytes);
            if ends.len() as u64 > left + 1 {
                ends.pop_front();
            }
        }
        return Ok(Place { segment: segment.id, bytes: ends.front().copied().unwrap_or(0) });
    }
    Ok(Place::default())
}

/// Prints everything committed after `place`.
fn print_from(view: &View, mut place: Place, output: &mut impl Write) -> anyhow::Result<Place> {
    let Place { segment: first, .. } = place;
    for segment in view.segments(Stream::Articles).filter(|segment| segment.id >= first) {
        let printed = if segment.id == place.segment { place.bytes } else { 0 };
        if printed < segment.bytes {
            let Some(mut reader) = segment.reader()? else { continue };
            reader.skip(printed)?;
            while let Some(line) = reader.next_line()? {
                output.write_all(line)?;
                output.write_all(b"\n")?;
            }
        }
        // Never back: a commit whose sync failed is taken back, and committed again at the same place.
        place = Place { segment: segment.id, bytes: segment.bytes.max(printed) };
    }
    output.flush()?;
    Ok(place)
}
