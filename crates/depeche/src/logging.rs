//! Logs go to standard error, a line for each thing an operator would ask about.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging. `RUST_LOG` wins over the configured level; `json` makes each line a JSON object.
pub fn start(level: &str, json: bool) {
    // notify warns of every folder that is deleted while it is watched, which is not news here.
    let directives = format!("notify=error,{level}");
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(directives));
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
}
