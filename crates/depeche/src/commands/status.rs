use std::io::Write;

use anyhow::anyhow;

use super::print_json;
use crate::control::{self, Request, Status};
use crate::{Done, Failure, Settings};

/// Tell how the running daemon is: whether it can write, and if not, what it waits for
#[derive(Debug, clap::Args)]
#[command(after_help = "Exits 0 when a daemon runs on the store and can write, and 3 otherwise.
Examples:
  depeche status
  depeche status --store /srv/news --json | jq .in_flight_bytes")]
pub struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    let store = &config.sink.store;
    let status: Option<Status> = super::runtime()?.block_on(control::ask(store, &Request::Status))?;
    let Some(status) = status else {
        return Err(Failure::Work(anyhow!("no daemon runs on the store {}", store.display())));
    };
    if arguments.json {
        print_json(&status)?;
    } else {
        let mut output = super::output();
        writeln!(output, "store      {}", status.store.display())?;
        writeln!(
            output,
            "process    {}, version {}, since {}",
            status.pid, status.version, status.started_at
        )?;
        for (name, waiting) in &status.queues {
            writeln!(output, "queue      {name}: {waiting} waiting")?;
        }
        writeln!(output, "in flight  {} bytes", status.in_flight_bytes)?;
        output.flush()?;
    }
    match status.waiting {
        None => Ok(Done::Whole),
        Some(waiting) => Err(Failure::Work(anyhow!(
            "the store cannot be written since {}, and the sources wait: {}",
            waiting.since,
            waiting.reason
        ))),
    }
}
