use std::path::Path;

use anyhow::anyhow;

use crate::config::DEFAULTS;
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
    if arguments.print {
        print!("{DEFAULTS}");
        return Ok(Done::Whole);
    }
    let config = settings.load()?;
    // What is named and read at the start is read here, so that a wrong list is found before the night.
    parser::Parser::new(&config.parser).map_err(|error| Failure::Usage(error.into()))?;
    enricher::Enricher::new(&config.enricher).map_err(|error| Failure::Usage(error.into()))?;
    for source in &config.sources {
        if !source.create && !Path::new(&source.path).is_dir() {
            return Err(Failure::Usage(anyhow!(
                "the folder {} of source {:?} does not exist; make it, or set create = true",
                source.path.display(),
                source.name
            )));
        }
    }
    println!("the configuration is right");
    for source in &config.sources {
        println!("source {}: folder {}", source.name, source.path.display());
    }
    println!("store: {}", config.sink.store.display());
    Ok(Done::Whole)
}
