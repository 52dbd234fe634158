use std::io::Write;

use crate::{Done, Failure};

/// Prints the JSON Schema of a stored record.
pub fn run() -> Result<Done, Failure> {
    let schema = schemars::schema_for!(sink::Record<'static>);
    let mut output = super::output();
    serde_json::to_writer_pretty(&mut output, &schema)?;
    writeln!(output)?;
    output.flush()?;
    Ok(Done::Whole)
}
