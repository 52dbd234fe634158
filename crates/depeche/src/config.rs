//! The configuration: the built-in defaults with the user's file laid over them, checked before anything starts.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::de::DeTable;
use toml::{Spanned, Table, Value};
use watcher::Kind;

/// `config/depeche.toml`, as it was when this program was built.
pub const DEFAULTS: &str = include_str!("../../../config/depeche.toml");

/// A queue of documents is a cushion; a deeper one only hides that a stage is slow.
const QUEUE_DEPTH_MAX: usize = 1 << 20;

/// All settings. Each stage owns its section.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// Where documents come from.
    #[serde(rename = "source", default)]
    pub sources: Vec<watcher::Source>,
    pub line: Line,
    pub watcher: watcher::Config,
    pub parser: parser::Config,
    pub enricher: enricher::Config,
    pub sink: sink::Config,
    pub log: Log,
    /// All of it as it is written.
    #[serde(skip)]
    pub table: Table,
}

/// The `[line]` section: the queues between the stages.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// Documents that wait between two stages, at most.
    pub queue_depth: usize,
    /// Bytes of documents on their way at one time.
    pub in_flight_bytes_max: usize,
    /// How long a stop waits for what is on its way, in seconds.
    pub shutdown_wait_s: u64,
}

/// The `[log]` section.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Log {
    /// A level, or directives as in `RUST_LOG`.
    pub level: String,
}

/// What is wrong with a configuration, with the place where that can be told.
#[derive(Debug)]
pub struct ConfigError {
    file: Option<PathBuf>,
    line: Option<usize>,
    what: String,
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(formatter, "{}, line {line}: ", file.display())?,
            (Some(file), None) => write!(formatter, "{}: ", file.display())?,
            (None, _) => {}
        }
        formatter.write_str(&self.what)
    }
}

impl Config {
    /// The defaults, with `file` laid over them, and `store` over that.
    pub fn load(file: Option<&Path>, store: Option<&Path>) -> Result<Self, ConfigError> {
        let text = match file {
            None => String::new(),
            Some(path) => fs::read_to_string(path).map_err(|error| ConfigError {
                file: Some(path.to_owned()),
                line: None,
                what: format!("cannot be read: {error}"),
            })?,
        };
        let mut config = Self::from_text(&text).map_err(|(offset, what)| ConfigError {
            file: file.map(Path::to_owned),
            line: offset.map(|offset| 1 + text[..offset].matches('\n').count()),
            what,
        })?;
        if let Some(store) = store {
            store.clone_into(&mut config.sink.store);
        }
        Ok(config)
    }

    /// The defaults with `text` laid over them. An error has the offset in `text` where it can be told.
    fn from_text(text: &str) -> Result<Self, (Option<usize>, String)> {
        let syntax =
            |error: toml::de::Error| (error.span().map(|span| span.start), error.message().to_owned());
        let mut merged: Table = toml::from_str(DEFAULTS).map_err(syntax)?;
        let user: Table = toml::from_str(text).map_err(syntax)?;
        let spans = DeTable::parse(text).map_err(syntax)?;
        lay_over(&mut merged, user);
        let mut config: Self =
            serde_path_to_error::deserialize(Value::Table(merged.clone())).map_err(|error| {
                let message = error.inner().message().trim().to_owned();
                let mut path: Vec<String> = error
                    .path()
                    .iter()
                    .filter_map(|segment| match segment {
                        serde_path_to_error::Segment::Map { key } => Some(key.clone()),
                        serde_path_to_error::Segment::Seq { index } => Some(index.to_string()),
                        _ => None,
                    })
                    .collect();
                let (what, unknown) = explain(&message);
                path.extend(unknown.filter(|key| path.last() != Some(key)));
                (offset_of(&spans, &path), format!("{}: {what}", path.join(".")))
            })?;
        config.table = merged;
        config.contradiction().map_or(Ok(config), |(path, what)| {
            Err((offset_of(&spans, &path), format!("{}: {what}", path.join("."))))
        })
    }

    /// What no single value shows to be wrong: the path of the key, and what is wrong with it.
    fn contradiction(&self) -> Option<(Vec<String>, String)> {
        let at = |path: &[&str]| path.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        for (number, source) in self.sources.iter().enumerate() {
            let key = |name: &str| at(&["source", &number.to_string(), name]);
            if source.name.trim().is_empty() {
                return Some((key("name"), "a source needs a name".to_owned()));
            }
            if source.name.chars().any(char::is_control) {
                return Some((key("name"), "a name is one line without control characters".to_owned()));
            }
            if source.name == sink::QUARANTINE || watcher::RESERVED.contains(&source.name.as_str()) {
                return Some((key("name"), format!("{:?} is the name of something else", source.name)));
            }
            if self.sources[..number].iter().any(|earlier| earlier.name == source.name) {
                return Some((key("name"), format!("another source is named {:?} already", source.name)));
            }
            if let Some((name, what)) = self.interval_of(source) {
                return Some((key(name), what));
            }
        }
        for (number, source) in self.sources.iter().enumerate() {
            let Kind::Folder(folder) = &source.kind else { continue };
            let same = |earlier: &&watcher::Source| matches!(&earlier.kind, Kind::Folder(other) if other.path == folder.path);
            if let Some(earlier) = self.sources[..number].iter().find(same) {
                let what = format!("source {:?} has the same path", earlier.name);
                return Some((at(&["source", &number.to_string(), "path"]), what));
            }
        }
        if let Some(fetched) = self.sources.iter().find(|source| source.kind.is_fetched())
            && self.watcher.fetch.contact.trim().is_empty()
        {
            let what = format!(
                "is empty; source {:?} is fetched, and its publisher must be able to reach you (an address, a page)",
                fetched.name
            );
            return Some((at(&["watcher", "fetch", "contact"]), what));
        }
        let fetch = &self.watcher.fetch;
        let word = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-');
        if fetch.agent.is_empty() || !fetch.agent.chars().all(word) {
            return Some((
                at(&["watcher", "fetch", "agent"]),
                "must be letters, `_` and `-` (RFC 9309)".to_owned(),
            ));
        }
        if !fetch.contact.chars().all(|c| matches!(c, ' '..='~') && !matches!(c, '(' | ')')) {
            let what = "must be of visible ASCII characters without parentheses: it stands in a header";
            return Some((at(&["watcher", "fetch", "contact"]), what.to_owned()));
        }
        if fetch.interval_min > fetch.interval_max {
            return Some((
                at(&["watcher", "fetch", "interval-min-s"]),
                "is more than interval-max-s".to_owned(),
            ));
        }
        let at_least_one: [(&[&str], usize); _] = [
            (&["watcher", "fetch", "connections-max"], fetch.connections_max),
            (&["watcher", "fetch", "domain-connections-max"], fetch.domain_connections_max),
            (&["watcher", "fetch", "feed-bytes-max"], fetch.feed_bytes_max),
            (&["watcher", "fetch", "sitemap-bytes-max"], fetch.sitemap_bytes_max),
            (&["line", "queue-depth"], self.line.queue_depth),
            (&["line", "in-flight-bytes-max"], self.line.in_flight_bytes_max),
            (&["watcher", "document-bytes-max"], self.watcher.document_bytes_max),
            (&["watcher", "archive-members-max"], self.watcher.archive_members_max as usize),
            (&["watcher", "archive-ratio-max"], self.watcher.archive_ratio_max as usize),
            (&["watcher", "readers"], self.watcher.readers),
            (&["watcher", "raw-archive", "file-bytes-max"], self.watcher.raw_archive.file_bytes_max as usize),
            (&["sink", "batch-documents-max"], self.sink.batch_documents_max),
            (&["sink", "batch-bytes-max"], self.sink.batch_bytes_max),
            (&["sink", "segment-bytes-max"], self.sink.segment_bytes_max as usize),
            (&["sink", "ledger-bytes-max"], self.sink.ledger_bytes_max as usize),
            (&["sink", "retry-wait-s-max"], self.sink.retry_wait_s_max as usize),
            (&["sink", "story-window-days"], self.sink.story_window_days as usize),
            (&["sink", "story-articles-max"], self.sink.story_articles_max),
            (&["line", "shutdown-wait-s"], self.line.shutdown_wait_s as usize),
        ];
        if let Some((path, _)) = at_least_one.iter().find(|(_, value)| *value == 0) {
            return Some((at(path), "must be at least 1".to_owned()));
        }
        if self.line.queue_depth > QUEUE_DEPTH_MAX {
            return Some((at(&["line", "queue-depth"]), format!("must be at most {QUEUE_DEPTH_MAX}")));
        }
        if !(1..=19).contains(&self.sink.compression_level) {
            return Some((at(&["sink", "compression-level"]), "must be from 1 to 19".to_owned()));
        }
        if let Some((key, what)) = self.parser.json_fields.wrong() {
            return Some((at(&["parser", "json-fields", key]), what));
        }
        if self.log.level.parse::<tracing_subscriber::EnvFilter>().is_err() {
            return Some((
                at(&["log", "level"]),
                format!("{:?} is no level and no directive", self.log.level),
            ));
        }
        None
    }

    /// What is wrong with the interval that a source sets for itself, and at which key.
    fn interval_of(&self, source: &watcher::Source) -> Option<(&'static str, String)> {
        let interval = source.kind.interval()?;
        let min = interval.min.unwrap_or(self.watcher.fetch.interval_min);
        let max = interval.max.unwrap_or(self.watcher.fetch.interval_max);
        let own = interval.min.is_some() || interval.max.is_some();
        (own && min > max).then(|| {
            let key = if interval.min.is_some() { "interval-min-s" } else { "interval-max-s" };
            let (min, max) = (min.as_secs_f64(), max.as_secs_f64());
            (key, format!("interval-min-s, {min}, is more than interval-max-s, {max}"))
        })
    }
}

/// Lays `over` over `under`, key by key; only tables are merged.
fn lay_over(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay_over(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// A deserialisation message for people, and the key that nobody knows, when that is what is wrong.
fn explain(message: &str) -> (String, Option<String>) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown field") {
        // The names of our types tell nobody what to write.
        let what = match message.split_once(", expected struct ") {
            Some((what, _)) => format!("{what}, expected a section: keys with their values"),
            None => message.to_owned(),
        };
        return (what, None);
    }
    let Some(unknown) = quoted.next() else { return (message.to_owned(), None) };
    let known: Vec<_> = quoted.collect();
    let nearest = nearest(unknown, known.iter().copied());
    let what = match nearest {
        Some(key) => format!("there is no such key; did you mean `{key}`?"),
        None => format!("there is no such key; the keys here are {}", known.join(", ")),
    };
    (what, Some(unknown.to_owned()))
}

/// The word among those that are known that `unknown` is most like, when it is like one.
pub fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (strsim::normalized_damerau_levenshtein(unknown, word), word))
        .filter(|(likeness, _)| *likeness > 0.5)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, word)| word)
}

/// Where a key stands in the user's file; the nearest key around it that stands there, when it does not.
fn offset_of(table: &Spanned<DeTable<'_>>, path: &[String]) -> Option<usize> {
    use toml::de::DeValue;

    let mut table = table.get_ref();
    let mut offset = None;
    let mut path = path.iter();
    while let Some(key) = path.next() {
        let (name, value) = table.get_key_value(key.as_str())?;
        offset = Some(name.span().start);
        let value = match value.get_ref() {
            DeValue::Array(list) => {
                let Some(item) = path.next().and_then(|index| list.get(index.parse::<usize>().ok()?)) else {
                    break;
                };
                offset = Some(item.span().start);
                item.get_ref()
            }
            value => value,
        };
        match value {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line that an error names and what it says.
    fn wrong(text: &str) -> (Option<usize>, String) {
        let (offset, what) = Config::from_text(text).expect_err("the text is wrong");
        (offset.map(|offset| 1 + text[..offset].matches('\n').count()), what)
    }

    #[test]
    fn the_defaults_are_whole() {
        let config = Config::from_text("").unwrap();
        let names: Vec<_> = config.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["seeds", "inbox"]);
        assert_eq!(config.sink.batch_documents_max, 256);
    }

    #[test]
    fn a_file_is_laid_over_key_by_key() {
        let config = Config::from_text("[sink]\nbatch-wait-ms = 5").unwrap();
        assert_eq!((config.sink.batch_wait_ms, config.sink.batch_documents_max), (5, 256));
    }

    #[test]
    fn a_misspelt_key_names_its_line_and_its_neighbour() {
        assert_eq!(
            wrong("[log]\nlevel = \"info\"\n\n[sink]\nbatch-wait = 5\n"),
            (Some(5), "sink.batch-wait: there is no such key; did you mean `batch-wait-ms`?".to_owned())
        );
        assert_eq!(
            wrong("[sinks]\nx = 1\n"),
            (Some(1), "sinks: there is no such key; did you mean `sink`?".to_owned())
        );
        let (line, what) = wrong("[[source]]\nname = \"a\"\nkind = \"folder\"\npaht = \"x\"\n");
        assert_eq!((line, what.contains("did you mean `path`?")), (Some(4), true), "{what}");
        let (line, what) =
            wrong("[[source]]\nname = \"a\"\nkind = \"feed\"\nurl = \"https://a.example\"\npath = \"x\"\n");
        assert_eq!(line, Some(5), "a key of another kind: {what}");
        assert!(
            what.starts_with("source.0.path: there is no such key; the keys here are name, kind"),
            "{what}"
        );
    }

    #[test]
    fn a_wrong_value_names_its_line() {
        let (line, what) = wrong("[sink]\n# comment\nbatch-wait-ms = \"long\"\n");
        assert_eq!((line, what.starts_with("sink.batch-wait-ms: invalid type")), (Some(3), true), "{what}");
        let (line, what) = wrong("line = 3\n");
        let expected = "line: invalid type: integer `3`, expected a section: keys with their values";
        assert_eq!((line, what.as_str()), (Some(1), expected));
        assert_eq!(wrong("[sink]\nbatch-documents-max = 0\n").0, Some(2));
        assert_eq!(wrong("[sink\n").0, Some(1));
        let feed = "[[source]]\nname = \"a\"\nkind = \"feed\"\nurl = \"https://a.example\"\n";
        for (interval, line) in [
            ("interval-max-s = 60\ninterval-min-s = 90\n", 6),
            ("interval-max-s = 1\n", 5),
            ("interval-min-s = 999999\n", 5),
        ] {
            let (found, what) = wrong(&format!("{feed}{interval}"));
            assert_eq!((found, what.contains("is more than interval-max-s")), (Some(line), true), "{what}");
        }
        let (line, what) = wrong("[[source]]\nname = \"a\\u001b[31m\"\nkind = \"folder\"\npath = \"x\"\n");
        assert_eq!((line, what.contains("control characters")), (Some(2), true), "{what}");
        for (pointer, instead) in [("doc.headline", "\"/doc/headline\""), ("/doc/~2x", "\"/doc/~02x\"")] {
            let (line, what) =
                wrong(&format!("[parser.json-fields]\ntext = [\"\"]\ntitle = [\"/a\", \"{pointer}\"]\n"));
            let expected = format!("parser.json-fields.title: \"{pointer}\" is no JSON Pointer");
            assert_eq!(
                (line, what.starts_with(&expected), what.ends_with(instead)),
                (Some(3), true, true),
                "{what}"
            );
        }
        let twice = "[[source]]\nname = \"a\"\nkind = \"folder\"\npath = \"x\"\n";
        let (line, what) = wrong(&format!("{twice}{twice}"));
        assert_eq!((line, what.contains("named \"a\" already")), (Some(6), true), "{what}");
    }
}
