//! Logs go to standard error, a line for each thing an operator would ask about.

use std::env::{self, VarError};
use std::fmt::Display;
use std::io::IsTerminal;

use anyhow::anyhow;
use tracing_subscriber::EnvFilter;

use crate::Failure;

/// Starts logging. `RUST_LOG` wins over the configured level, and is refused when it is wrong; `json` makes each line a JSON object.
pub fn start(level: &str, json: bool) -> Result<(), Failure> {
    let wrong = |what: &dyn Display| {
        Failure::Usage(anyhow!(
            "RUST_LOG is no level and no directive ({what}); error, warn, info, debug and trace are levels"
        ))
    };
    let filter = match env::var(EnvFilter::DEFAULT_ENV) {
        Ok(directives) if !directives.trim().is_empty() => {
            EnvFilter::try_new(directives).map_err(|error| wrong(&error))?
        }
        // notify warns of every folder that is deleted while it is watched, which is not news here.
        Ok(_) | Err(VarError::NotPresent) => EnvFilter::new(format!("notify=error,{level}")),
        Err(error) => return Err(wrong(&error)),
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A log that cannot be written (a closed pipe, a full disk) must not stop the work it would tell of.
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal());
    if json {
        builder.json().flatten_event(true).init();
    } else {
        builder.with_target(false).init();
    }
    Ok(())
}
