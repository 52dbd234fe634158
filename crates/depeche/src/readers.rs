//! The parser and the enricher of a configuration, with its folders of lists.

use std::sync::Arc;

use anyhow::anyhow;
use enricher::Enricher;
use parser::Parser;
use tokio::sync::watch;

use crate::config::{Config, nearest};

/// Who reads the documents, made from phrase lists and word lists that may be read anew while the line runs.
#[derive(Clone)]
pub struct Readers {
    pub parser: watch::Sender<Arc<Parser>>,
    pub enricher: watch::Sender<Arc<Enricher>>,
}

impl Readers {
    /// Loads models and lists.
    ///
    /// # Errors
    ///
    /// When a list that is configured cannot be read, or means nothing.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        lists(config)?;
        let parser = Parser::new(&config.parser)?;
        let enricher = Enricher::new(&config.enricher)?;
        Ok(Self {
            parser: watch::Sender::new(Arc::new(parser)),
            enricher: watch::Sender::new(Arc::new(enricher)),
        })
    }

    /// The same with the lists of a configuration as they are now. The models are shared.
    ///
    /// # Errors
    ///
    /// As for [`Readers::new`]; these readers stay as they were.
    pub fn read_anew(&self, config: &Config) -> anyhow::Result<(Arc<Parser>, Arc<Enricher>)> {
        lists(config)?;
        let enricher = Arc::clone(&self.enricher.borrow());
        Ok((Arc::new(Parser::new(&config.parser)?), Arc::new(enricher.reloaded(&config.enricher)?)))
    }
}

/// Fails where a folder of lists is missing, or holds a file whose name no list has: it would be passed over in silence.
pub fn lists(config: &Config) -> anyhow::Result<()> {
    // One folder can serve both.
    let mut known: Vec<_> = parser::lexicon_files().chain(enricher::lexicon_files()).collect();
    known.sort_unstable();
    known.dedup();
    for (setting, folder) in
        [("parser.lexicon", &config.parser.lexicon), ("enricher.lexicon", &config.enricher.lexicon)]
    {
        let Some(folder) = folder else { continue };
        let entries = std::fs::read_dir(folder).map_err(|error| {
            anyhow!("the folder {} of {setting} cannot be read: {error}", folder.display())
        })?;
        for entry in entries {
            let entry = entry.map_err(|error| anyhow!("cannot read {}: {error}", folder.display()))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let beside =
                name.starts_with('.') || name.ends_with('~') || name.to_lowercase().starts_with("readme");
            if beside || entry.path().is_dir() || known.contains(&&*name) {
                continue;
            }
            let hint = nearest(&name, known.iter().copied())
                .map_or_else(String::new, |nearest| format!(" (did you mean {nearest}?)"));
            return Err(anyhow!(
                "{} in the folder of {setting} is no list{hint}; the names of the lists are those of the files in config/lexicon",
                entry.path().display()
            ));
        }
    }
    Ok(())
}
