//! depeche turns news, wherever it comes from, into clean, enriched, exactly-once JSONL.
//!
//! This program puts the stages together: arguments, logging, signals, exit codes. What a stage does is in its crate.

#![allow(unreachable_pub, reason = "a program has no outside: `pub` here means to its other modules")]

mod commands;
mod config;
mod control;
mod logging;
mod pipeline;
mod readers;
mod reload;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;

/// How a command ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// All of it.
    Whole,
    /// All of it, with documents in quarantine.
    WithQuarantined,
}

/// How a command ended badly; the message says what failed, on what, and what to do.
#[derive(Debug)]
pub enum Failure {
    /// The arguments or the configuration are wrong.
    Usage(anyhow::Error),
    /// The work could not be done.
    Work(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        match error.into().downcast::<config::ConfigError>() {
            Ok(wrong) => Self::Usage(wrong.into()),
            Err(other) => Self::Work(other),
        }
    }
}

const AFTER_HELP: &str = "Examples:
  depeche ingest seeds                 # once
  depeche run --config my.toml         # the daemon
  depeche tail | jq .title

Exit codes:
  0  done
  2  wrong usage or wrong configuration
  3  the work could not be done; the message says what failed
  4  done, with documents in quarantine";

/// Turns news, wherever it comes from, into clean, enriched, exactly-once JSONL.
#[derive(Debug, Parser)]
#[command(name = "depeche", version, after_help = AFTER_HELP, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Args)]
struct Settings {
    /// Settings to lay over the built-in ones (see config/depeche.toml, or `depeche check --print`)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the store, instead of the configured one
    #[arg(long, global = true, value_name = "DIR")]
    store: Option<PathBuf>,
}

impl Settings {
    fn load(&self) -> Result<Config, config::ConfigError> {
        Config::load(self.config.as_deref(), self.store.as_deref())
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Watch the configured sources and store what arrives, until told to stop
    Run(commands::run::Arguments),
    /// Store the documents under some paths, once
    Ingest(commands::ingest::Arguments),
    /// Read what was fetched through the line again, for instance after an update
    Replay(commands::replay::Arguments),
    /// Read files as articles and print them, without storing anything
    Parse(commands::parse::Arguments),
    /// Enrich texts given as JSON lines and print what was found, without storing anything
    Enrich(commands::enrich::Arguments),
    /// Print stored articles, committed ones only
    Tail(commands::tail::Arguments),
    /// Print the stories that stored articles tell
    Stories(commands::stories::Arguments),
    /// Print the facts that stored articles state
    Facts(commands::facts::Arguments),
    /// Look into the store
    #[command(
        subcommand,
        after_help = "Examples:\n  depeche store verify\n  depeche store stats --store /srv/news"
    )]
    Store(commands::store::Command),
    /// Look at documents that could not become articles, and try them again
    #[command(
        subcommand,
        after_help = "Examples:\n  depeche quarantine list\n  depeche quarantine show 3f2a\n  depeche quarantine retry --all"
    )]
    Quarantine(commands::quarantine::Command),
    /// List the sources: when each was last read, when it is due, and why it waits
    Sources(commands::sources::Arguments),
    /// Find the feeds and sitemaps of a site
    Discover(commands::discover::Arguments),
    /// Tell how the running daemon is
    Status(commands::status::Arguments),
    /// Check the configuration
    Check(commands::check::Arguments),
    /// Print the JSON Schema of a stored record
    #[command(after_help = "Examples:
  depeche schema > record.schema.json
  depeche schema | jq -r '.properties | keys[]'")]
    Schema,
}

fn main() -> ExitCode {
    let Cli { settings, command } = Cli::parse();
    let ended = match command {
        Command::Run(arguments) => commands::run::run(&settings, &arguments),
        Command::Ingest(arguments) => commands::ingest::run(&settings, arguments),
        Command::Replay(arguments) => commands::replay::run(&settings, arguments),
        Command::Parse(arguments) => commands::parse::run(&settings, &arguments),
        Command::Enrich(arguments) => commands::enrich::run(&settings, &arguments),
        Command::Tail(arguments) => commands::tail::run(&settings, &arguments),
        Command::Stories(arguments) => commands::stories::run(&settings, &arguments),
        Command::Facts(arguments) => commands::facts::run(&settings, &arguments),
        Command::Store(command) => commands::store::run(&settings, &command),
        Command::Quarantine(command) => commands::quarantine::run(&settings, &command),
        Command::Sources(arguments) => commands::sources::run(&settings, &arguments),
        Command::Discover(arguments) => commands::discover::run(&settings, &arguments),
        Command::Status(arguments) => commands::status::run(&settings, &arguments),
        Command::Check(arguments) => commands::check::run(&settings, &arguments),
        Command::Schema => commands::schema::run(),
    };
    match ended {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::WithQuarantined) => ExitCode::from(4),
        Err(Failure::Work(error)) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(Failure::Usage(error)) => report(&error, 2),
        Err(Failure::Work(error)) => report(&error, 3),
    }
}

fn report(error: &anyhow::Error, code: u8) -> ExitCode {
    // Standard error may be closed; the exit code still tells.
    let _ = writeln!(std::io::stderr(), "depeche: {}", told(error));
    ExitCode::from(code)
}

/// An error with its causes, each once: some errors end with what their cause says.
fn told(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |mut told, cause| {
        let cause = cause.to_string();
        if !told.ends_with(&cause) {
            if !told.is_empty() {
                told.push_str(": ");
            }
            told.push_str(&cause);
        }
        told
    })
}

/// Whether it failed because nobody reads the output any more (`depeche tail | head`).
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let io = || std::io::Error::other("the disk is gone");
        assert_eq!(
            told(&anyhow::Error::from(io()).context("cannot read x")),
            "cannot read x: the disk is gone"
        );
        let said = anyhow::Error::from(io()).context("cannot read x: the disk is gone").context("no store");
        assert_eq!(told(&said), "no store: cannot read x: the disk is gone");
    }

    #[test]
    fn every_help_has_examples() {
        fn check(command: &mut clap::Command, path: &str) {
            let help = command.render_long_help().to_string();
            assert!(help.contains("Examples:\n  depeche "), "{path}:\n{help}");
            // `help` is clap's own.
            for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
                let path = format!("{path} {}", inner.get_name());
                check(inner, &path);
            }
        }
        check(&mut Cli::command(), "depeche");
    }
}
