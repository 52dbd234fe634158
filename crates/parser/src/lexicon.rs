//! The phrase lists that people edit, under `config/lexicon/`: what sites write around their articles.

use std::path::Path;

use crate::Error;

/// The phrase lists, compiled.
#[derive(Debug)]
pub(crate) struct Lexicon {}

impl Lexicon {
    /// Compiles the built-in lists; files in `folder` take the place of those of the same name.
    pub(crate) fn load(folder: Option<&Path>) -> Result<Self, Error> {
        if let Some(path) = folder {
            std::fs::read_dir(path).map_err(|source| Error::ReadLexicon { path: path.to_owned(), source })?;
        }
        Ok(Self {})
    }
}
