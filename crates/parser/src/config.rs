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

impl JsonFields {
    /// What is wrong with the first pointer that is none: the key that it stands at, and what to write instead.
    pub fn wrong(&self) -> Option<(&'static str, String)> {
        let keys = [
            ("title", &self.title),
            ("text", &self.text),
            ("html", &self.html),
            ("description", &self.description),
            ("authors", &self.authors),
            ("published", &self.published),
            ("modified", &self.modified),
            ("url", &self.url),
            ("publisher", &self.publisher),
            ("language", &self.language),
            ("tags", &self.tags),
        ];
        keys.into_iter()
            .find_map(|(key, pointers)| Some((key, pointers.iter().find_map(|text| wrong(text))?)))
    }
}

/// What is wrong with a JSON Pointer (RFC 6901, section 3): the empty one is the whole document, any other begins with `/`,
/// and `~` stands in `~0` and `~1` alone.
fn wrong(pointer: &str) -> Option<String> {
    let is_escape = |rest: &str| rest.starts_with(['0', '1']);
    let is_escaped = pointer.split('~').skip(1).all(is_escape);
    if pointer.is_empty() || pointer.starts_with('/') && is_escaped {
        return None;
    }
    let path = if pointer.starts_with('/') {
        pointer.to_owned()
    } else {
        // A path as jq and JSONPath write it: `$.doc.items[0]`.
        let steps = pointer.strip_prefix('$').unwrap_or(pointer).replace('[', ".").replace(']', "");
        let steps = if steps.contains('/') { steps } else { steps.replace('.', "/") };
        format!("/{}", steps.trim_start_matches(['/', '.']))
    };
    let mut parts = path.split('~');
    let mut fixed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        fixed.push_str(if is_escape(part) { "~" } else { "~0" });
        fixed.push_str(part);
    }
    Some(format!(
        "{pointer:?} is no JSON Pointer (RFC 6901): it begins with `/`, and in the name of a member `~` is written `~0` and \
         `/` is written `~1`; for instance {fixed:?}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_told_from_other_paths() {
        for right in ["", "/", "/doc/headline", "/a~1b/~0c/0", "/été d'ici/$x"] {
            assert_eq!(wrong(right), None, "{right}");
        }
        for (other, instead) in [
            ("doc.headline", "\"/doc/headline\""),
            ("$.doc.items[0].name", "\"/doc/items/0/name\""),
            ("doc/headline", "\"/doc/headline\""),
            ("title", "\"/title\""),
            ("/doc/~2x", "\"/doc/~02x\""),
            ("/doc~", "\"/doc~0\""),
            ("a~1b~", "\"/a~1b~0\""),
            (" /doc", "\"/ /doc\""),
        ] {
            let what = wrong(other).unwrap_or_default();
            assert!(what.starts_with(&format!("{other:?} is no")) && what.ends_with(instead), "{what}");
        }
        let fields = JsonFields { url: vec!["/url".into(), "link".into()], ..JsonFields::default() };
        assert_eq!(fields.wrong().map(|(key, _)| key), Some("url"));
    }
}
