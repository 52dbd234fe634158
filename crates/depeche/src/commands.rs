//! One file a subcommand.

pub mod check;
pub mod discover;
pub mod enrich;
pub mod facts;
pub mod ingest;
pub mod parse;
pub mod quarantine;
pub mod replay;
pub mod run;
pub mod schema;
pub mod sources;
pub mod status;
pub mod store;
pub mod stories;
pub mod tail;

use std::io::{BufWriter, StdoutLock, Write};

use tokio::runtime::Runtime;

/// A buffered standard output, for commands that print many lines.
fn output() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(64 << 10, std::io::stdout().lock())
}

/// Prints a value as one line of JSON.
fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut output = output();
    serde_json::to_writer(&mut output, value)?;
    writeln!(output)?;
    Ok(output.flush()?)
}

/// A number and what it counts.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Says something on standard error, which may be closed: what is said there is no result.
fn tell(what: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// A character that cannot steer the terminal: a control character, or one that turns the direction of writing (UAX #9),
/// becomes U+FFFD. A tab and the end of a line stay.
fn printable(c: char) -> char {
    let steers = (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if steers { '\u{fffd}' } else { c }
}

/// The runtime of a command that waits for things.
fn runtime() -> anyhow::Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
