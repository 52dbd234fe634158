use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The `[parser]` section of the configuration. Defaults live in `config/depeche.toml`, which says what each key
/// is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// Threads that read documents; 0 is one for each core.
    pub workers: usize,
    /// Folder whose files take the place of the built-in phrase lists of the same name, or add a language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<PathBuf>,
    /// Bytes that a compressed document may grow to; past them it is rejected as too large.
    pub decompressed_bytes_max: usize,
    /// How many times its compressed length a document may grow to once it is past a mebibyte; past that it is
    /// taken for a decompression bomb and rejected as too large.
    pub decompression_ratio_max: usize,
    /// Where articles stand in JSON documents of the user's own shape.
    #[serde(default)]
    pub json_fields: JsonFields,
}

impl Config {
    /// The settings that `config/depeche.toml` ships with: every core, the built-in phrase lists.
    pub fn built_in() -> Self {
        Self {
            workers: 0,
            lexicon: None,
            decompressed_bytes_max: 64 << 20,
            decompression_ratio_max: 200,
            json_fields: JsonFields::default(),
        }
    }
}

/// For each field of an article, the JSON Pointers (RFC 6901) where a JSON document may hold it; the first that
/// leads to a value wins. They are tried before the shapes that the parser knows by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct JsonFields {
    /// The headline.
    pub title: Vec<String>,
    /// The text, as plain text.
    pub text: Vec<String>,
    /// The text, as HTML.
    pub html: Vec<String>,
    /// The stand-first or summary.
    pub description: Vec<String>,
    /// A name, an object with a `name`, or an array of these.
    pub authors: Vec<String>,
    /// A date in ISO 8601, RFC 2822 or in words, or Unix seconds.
    pub published: Vec<String>,
    /// Like `published`.
    pub modified: Vec<String>,
    /// The canonical URL.
    pub url: Vec<String>,
    /// The outlet: a name or an object with a `name`.
    pub publisher: Vec<String>,
    /// BCP 47 code.
    pub language: Vec<String>,
    /// An array of strings, or one string separated by commas.
    pub tags: Vec<String>,
}
