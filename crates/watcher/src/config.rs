use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::{Deserialize, Deserializer, de};
use url::{Host, Url};

use crate::{Kind, Source, canonical};

/// The `[watcher]` section: how sources are watched, unless a source says otherwise.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// A longer document is rejected; its head, up to this many bytes, ends in quarantine.
    pub document_bytes_max: usize,
    /// No more members than these are read of one archive.
    pub archive_members_max: u64,
    /// Bytes that may come out of an archive for each byte of it, once past 1 MiB.
    pub archive_ratio_max: u64,
    /// How a folder is watched.
    pub watch: Watch,
    /// Pause between two scans of a folder whose events work, for what the events may have missed.
    #[serde(rename = "rescan-interval-s", deserialize_with = "seconds")]
    pub rescan_interval: Duration,
    /// Pause between two scans of a folder that is polled.
    #[serde(rename = "poll-interval-s", deserialize_with = "seconds")]
    pub poll_interval: Duration,
    /// A file nobody was heard to write or close is complete once its size and time stood still for this long.
    #[serde(rename = "stable-ms", deserialize_with = "milliseconds")]
    pub stable: Duration,
    /// A file being written is waited for until it is closed, or silent for this long; so is an empty one.
    #[serde(rename = "complete-wait-max-s", deserialize_with = "seconds")]
    pub complete_wait_max: Duration,
    /// Longest pause before a document that the store could not take is offered again.
    #[serde(rename = "retry-wait-max-s", deserialize_with = "seconds")]
    pub retry_wait_max: Duration,
    /// Files of one folder that are read at the same time.
    pub readers: usize,
    /// How sources on the web are fetched.
    pub fetch: Fetch,
    /// Where what is fetched is kept.
    pub raw_archive: RawArchive,
}

/// The `[watcher.fetch]` section: how the web is asked, and how gently.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fetch {
    /// How a publisher reaches whoever runs this: an address, or a page about it. Part of the user agent.
    pub contact: String,
    /// Product token, in the user agent and in robots.txt.
    pub agent: String,
    /// Whether robots.txt is obeyed.
    pub robots: bool,
    /// Pause between two requests to one registrable domain.
    #[serde(rename = "domain-interval-s", deserialize_with = "seconds")]
    pub domain_interval: Duration,
    /// Requests to one registrable domain at the same time.
    pub domain_connections_max: usize,
    /// Longest pause that a robots.txt can ask for between two requests.
    #[serde(rename = "crawl-delay-max-s", deserialize_with = "seconds")]
    pub crawl_delay_max: Duration,
    /// Longest pause that a `Retry-After` can ask for, and longest of our own.
    #[serde(rename = "retry-after-max-s", deserialize_with = "seconds")]
    pub retry_after_max: Duration,
    /// Requests at the same time, over all domains.
    pub connections_max: usize,
    /// How long a connection may take to be made.
    #[serde(rename = "connect-wait-max-s", deserialize_with = "seconds")]
    pub connect_wait_max: Duration,
    /// A server that sends nothing for so long is cut off.
    #[serde(rename = "silence-max-s", deserialize_with = "seconds")]
    pub silence_max: Duration,
    /// One answer may take so long, its redirects included.
    #[serde(rename = "answer-wait-max-s", deserialize_with = "seconds")]
    pub answer_wait_max: Duration,
    /// A server that goes on sending more slowly than this is cut off.
    pub bytes_per_second_min: u64,
    /// Longest feed, decompressed.
    pub feed_bytes_max: usize,
    /// Longest sitemap, decompressed.
    pub sitemap_bytes_max: usize,
    /// Shortest pause between two looks at a source.
    #[serde(rename = "interval-min-s", deserialize_with = "seconds")]
    pub interval_min: Duration,
    /// Longest pause between two looks at a source.
    #[serde(rename = "interval-max-s", deserialize_with = "seconds")]
    pub interval_max: Duration,
    /// An entry of a sitemap that is older is not fetched.
    pub age_max_days: u32,
    /// Networks that may be spoken to although they are not of the public Internet.
    #[serde(deserialize_with = "networks")]
    pub allow_addresses: Vec<IpNet>,
    /// Files of certificates (PEM) that are trusted beside the system's.
    pub authorities: Vec<PathBuf>,
    /// Domains for which other rules hold.
    #[serde(rename = "domain", default)]
    pub domains: Vec<Domain>,
}

/// One `[[watcher.fetch.domain]]` block: what holds for one registrable domain in place of the section.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Domain {
    /// The registrable domain (`example.co.uk`), or an address.
    #[serde(deserialize_with = "registrable")]
    pub name: String,
    /// Pause between two requests.
    #[serde(rename = "interval-s", default, deserialize_with = "some_seconds")]
    pub interval: Option<Duration>,
    /// Requests at the same time.
    pub connections_max: Option<usize>,
    /// Whether its robots.txt is obeyed.
    pub robots: Option<bool>,
}

/// A name that rules can be found by: no budget is kept for a part of a domain.
fn registrable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name.parse::<IpAddr>().is_ok() {
        return Ok(name);
    }
    let host = Host::parse(&name).ok().and_then(|host| Url::parse(&format!("http://{host}/")).ok());
    let site = host.as_ref().map(canonical::site).unwrap_or_default();
    if site.eq_ignore_ascii_case(&name) {
        Ok(site)
    } else if site.is_empty() {
        Err(de::Error::custom(format_args!("{name:?} is no domain")))
    } else {
        Err(de::Error::custom(format_args!("{name:?} is a part of a domain; write {site:?}")))
    }
}

/// The `[watcher.raw-archive]` section: keeping what is fetched.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawArchive {
    /// Folder of the web archives; without one nothing is kept.
    pub folder: Option<PathBuf>,
    /// A file is finished once it has so many bytes, or when the day (UTC) is over.
    pub file_bytes_max: u64,
}

/// How a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Watch {
    /// By events where a self-test shows that they work, else by polling.
    Auto,
    /// By the system's events.
    Events,
    /// By looking again and again.
    Poll,
}

impl Config {
    /// The settings of one source: these, with what the source says for itself laid over them.
    pub(crate) fn of(&self, source: &Source) -> Self {
        let mut own = self.clone();
        own.document_bytes_max = source.document_bytes_max.unwrap_or(self.document_bytes_max);
        if let Kind::Folder(folder) = &source.kind {
            own.watch = folder.watch.unwrap_or(self.watch);
            own.rescan_interval = folder.rescan_interval.unwrap_or(self.rescan_interval);
            own.poll_interval = folder.poll_interval.unwrap_or(self.poll_interval);
        }
        own
    }
}

pub(crate) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    deserializer.deserialize_any(Amount { per_second: 1.0, unit: "seconds" })
}

pub(crate) fn some_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    seconds(deserializer).map(Some)
}

/// Reads networks (`10.1.0.0/16`), and single addresses as networks of one.
fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let read = |text: &String| text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    let network = |text: String| {
        read(&text).ok_or_else(|| {
            de::Error::custom(format_args!("{text:?} is no network, as \"10.1.0.0/16\" is, and no address"))
        })
    };
    texts.into_iter().map(network).collect()
}

fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    deserializer.deserialize_any(Amount { per_second: 1e3, unit: "milliseconds" })
}

/// No setting means more; sums of times stay far from what a clock can hold.
const LONGEST: Duration = Duration::from_hours(24 * 366);

/// Reads a duration from a number, whole or not, of the unit that the key names.
struct Amount {
    per_second: f64,
    unit: &'static str,
}

impl de::Visitor<'_> for Amount {
    type Value = Duration;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a number of {} between zero and a year", self.unit)
    }

    fn visit_f64<E: de::Error>(self, amount: f64) -> Result<Duration, E> {
        Duration::try_from_secs_f64(amount / self.per_second)
            .ok()
            .filter(|duration| *duration <= LONGEST)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Float(amount), &self))
    }

    fn visit_i64<E: de::Error>(self, amount: i64) -> Result<Duration, E> {
        self.visit_f64(amount as f64)
    }

    fn visit_u64<E: de::Error>(self, amount: u64) -> Result<Duration, E> {
        self.visit_f64(amount as f64)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const WATCHER: &str = "document-bytes-max = 1\narchive-members-max = 1\narchive-ratio-max = 1\n\
        watch = 'auto'\nrescan-interval-s = 300\npoll-interval-s = 0.5\nstable-ms = 250\ncomplete-wait-max-s = 60\nretry-wait-max-s = 30\nreaders = 2\n\
        [raw-archive]\nfile-bytes-max = 1\n";

    /// The settings that are built into the program.
    pub(crate) fn defaults() -> Config {
        let file: toml::Table = toml::from_str(include_str!("../../../config/depeche.toml")).unwrap();
        file["watcher"].clone().try_into().unwrap()
    }

    #[test]
    fn a_source_overrides_the_section() {
        let config: Config = with(WATCHER).unwrap();
        let source: Source =
            toml::from_str("name = 'a'\nkind = 'folder'\npath = 'x'\nwatch = 'poll'\npoll-interval-s = 2")
                .unwrap();
        assert_eq!(config.stable, Duration::from_millis(250));
        assert_eq!(config.poll_interval, Duration::from_millis(500));
        let own = config.of(&source);
        assert_eq!((own.watch, own.poll_interval), (Watch::Poll, Duration::from_secs(2)));
        assert_eq!(own.rescan_interval, Duration::from_mins(5));
    }

    /// The defaults of how the web is asked, with `text` for the rest.
    fn with(text: &str) -> Result<Config, toml::de::Error> {
        let mut table: toml::Table = toml::from_str(text)?;
        let file: toml::Table = toml::from_str(include_str!("../../../config/depeche.toml"))?;
        table.insert("fetch".to_owned(), file["watcher"]["fetch"].clone());
        table.try_into()
    }

    #[test]
    fn rules_are_given_for_a_whole_domain() {
        let read = |name: &str| toml::from_str::<Domain>(&format!("name = {name:?}"));
        for (name, known) in [
            ("Example.co.uk", "example.co.uk"),
            ("localhost", "localhost"),
            ("::1", "::1"),
            ("127.0.0.1", "127.0.0.1"),
        ] {
            assert_eq!(read(name).unwrap().name, known);
        }
        let message = |name: &str| read(name).unwrap_err().message().to_owned();
        assert!(message("www.example.co.uk").contains("write \"example.co.uk\""));
        assert!(message("https://example.org").contains("is no domain"));
    }

    #[test]
    fn a_single_address_is_a_network_of_one() {
        let read = |text: &str| {
            let file: toml::Table = toml::from_str(include_str!("../../../config/depeche.toml")).unwrap();
            let mut fetch = file["watcher"]["fetch"].as_table().unwrap().clone();
            fetch.insert("allow-addresses".to_owned(), vec![text].into());
            fetch.try_into::<Fetch>()
        };
        assert_eq!(read("10.1.0.0/16").unwrap().allow_addresses, ["10.1.0.0/16".parse().unwrap()]);
        assert_eq!(read("10.0.0.1").unwrap().allow_addresses, ["10.0.0.1/32".parse().unwrap()]);
        assert_eq!(read("::1").unwrap().allow_addresses, ["::1/128".parse().unwrap()]);
        assert!(read("intranet").unwrap_err().to_string().contains("\"intranet\" is no network"));
    }

    #[test]
    fn a_time_that_cannot_be_is_refused() {
        for bad in ["-1", "nan", "inf", "1e300", "40_000_000", "'5 s'"] {
            let text = WATCHER.replace("poll-interval-s = 0.5", &format!("poll-interval-s = {bad}"));
            assert!(with(&text).is_err(), "{bad}");
        }
    }
}
