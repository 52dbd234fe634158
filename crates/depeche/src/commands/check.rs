use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use watcher::Kind;

use crate::config::{Config, DEFAULTS};
use crate::readers::Readers;
use crate::{Done, Failure, Settings};

/// Check the configuration, and say what it means
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche check --config my.toml
  depeche check --print > my.toml    # start from the defaults")]
pub struct Arguments {
    /// Print the built-in settings with their comments, and do nothing else
    #[arg(long)]
    print: bool,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let mut output = super::output();
    if arguments.print {
        output.write_all(DEFAULTS.as_bytes())?;
        output.flush()?;
        return Ok(Done::Whole);
    }
    let config = settings.load()?;
    validate(&config).map_err(Failure::Usage)?;
    Readers::new(&config).map_err(Failure::Usage)?;
    writeln!(output, "the configuration is right")?;
    for source in &config.sources {
        writeln!(output, "source {}: {} {}", source.name, source.kind.name(), source.kind.place())?;
    }
    writeln!(output, "store: {}", config.sink.store.display())?;
    output.flush()?;
    Ok(Done::Whole)
}

/// Holds the sources and the store against the machine: what is named is there, so that a wrong name is found before
/// the night. Lists are held against it by whoever makes [`Readers`] of them.
pub fn validate(config: &Config) -> anyhow::Result<()> {
    for source in &config.sources {
        let Kind::Folder(folder) = &source.kind else { continue };
        if !folder.create && !folder.path.is_dir() {
            return Err(anyhow!(
                "the folder {} of source {:?} does not exist; make it, or set create = true",
                folder.path.display(),
                source.name
            ));
        }
        apart(&folder.path, &config.sink.store)?;
    }
    watcher::check(&config.watcher, &config.sources)?;
    Ok(())
}

/// Fails when a folder that is read and the store lie in one another: the store would be read as news.
pub fn apart(read: &Path, store: &Path) -> anyhow::Result<()> {
    let (read, store) = (resolved(read), resolved(store));
    if read.starts_with(&store) || store.starts_with(&read) {
        return Err(anyhow!(
            "the store {} and the folder {} lie in one another; choose another store with --store or sink.store",
            store.display(),
            read.display()
        ));
    }
    Ok(())
}

/// A path without links as far as it exists, absolute in any case.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = absolute.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    match existing {
        Some((part, real)) => absolute.strip_prefix(part).map_or(real.clone(), |rest| real.join(rest)),
        None => absolute,
    }
}
