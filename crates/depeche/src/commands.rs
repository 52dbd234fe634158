//! One file a subcommand.

pub mod check;
pub mod discover;
pub mod enrich;
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

/// Says something on standard error, which may be closed: what is said there is no result.
fn tell(what: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// The runtime of a command that waits for things.
fn runtime() -> anyhow::Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
