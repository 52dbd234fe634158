use std::path::PathBuf;

use serde::Deserialize;

/// The `[enricher]` section of the configuration. Its defaults stand in `config/depeche.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// How many threads enrich at one time; 0 means one for each core.
    pub workers: usize,
    /// A folder of word lists that are read over the built-in ones: a file of the same name adds its entries.
    /// `None` for the built-in lists alone.
    #[serde(default)]
    pub lexicon: Option<PathBuf>,
}

impl Config {
    /// One worker with the lists and the model that are built into the binary.
    pub fn built_in() -> Self {
        Self { workers: 1, lexicon: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_an_error() {
        let config: Config = toml::from_str("workers = 1").unwrap();
        assert_eq!(config, Config::built_in());
        assert!(toml::from_str::<Config>("workers = 1\nlexicons = 'x'").is_err());
    }
}
