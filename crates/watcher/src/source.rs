//! One `[[source]]` block: the keys that all kinds share, and those of each kind.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use document::address;
use serde::de::{self, IgnoredAny};
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::config::some_seconds;
use crate::{Error, Watch};

/// One `[[source]]` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Name that its records and its positions carry; no two sources share one.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Overrides `document-bytes-max` of the `[watcher]` section.
    pub document_bytes_max: Option<usize>,
}

/// What a source is, with the keys that this kind has.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A folder that documents are dropped into, with the folders in it.
    Folder(Folder),
    /// A feed: RSS, Atom or JSON Feed.
    Feed(Feed),
    /// Pages, each an article, watched for change or fetched once.
    Page(Page),
    /// A sitemap, or an index of sitemaps.
    Sitemap(Sitemap),
    /// A door at which others hand documents in over HTTP.
    Push(Push),
}

/// The keys of a `folder`.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// Path of the folder; relative to where the program was started.
    pub path: PathBuf,
    /// Whether the folder is made when it is not there.
    pub create: bool,
    /// Overrides `watch` of the `[watcher]` section.
    pub watch: Option<Watch>,
    /// Overrides `rescan-interval-s` of the `[watcher]` section.
    pub rescan_interval: Option<Duration>,
    /// Overrides `poll-interval-s` of the `[watcher]` section.
    pub poll_interval: Option<Duration>,
}

/// The keys of a `feed`.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Address of the feed.
    pub url: WebUrl,
    /// Where the articles are.
    pub follow: Follow,
    /// How often it is asked.
    pub interval: Interval,
}

/// Where the articles of a feed are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Follow {
    /// On the pages that its items lead to, which are fetched.
    Page,
    /// In the feed, which carries their full text.
    Content,
}

/// The keys of a `page`.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Addresses of the pages.
    pub urls: Vec<WebUrl>,
    /// Whether each is fetched once, and not watched for change.
    pub once: bool,
    /// How often each is asked.
    pub interval: Interval,
}

/// The keys of a `sitemap`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitemap {
    /// Address of the sitemap, or of the index of sitemaps.
    pub url: WebUrl,
    /// Overrides `age-max-days` of the `[watcher.fetch]` section.
    pub age_max_days: Option<u32>,
    /// How often it is asked.
    pub interval: Interval,
}

/// The keys of a `push`.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// Address and port to listen at.
    pub listen: SocketAddr,
    /// Where the bearer token is that callers have to show.
    pub token: Option<TokenPlace>,
    /// Longest request body, in bytes.
    pub body_bytes_max: Option<usize>,
}

/// Overrides of the bounds between which a polling interval adapts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Interval {
    /// Overrides `interval-min-s` of the `[watcher.fetch]` section.
    pub min: Option<Duration>,
    /// Overrides `interval-max-s` of the `[watcher.fetch]` section.
    pub max: Option<Duration>,
}

/// An address on the web: http or https, with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebUrl(pub Url);

/// Where a token is. It is never in the configuration, which is shown and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPlace {
    /// In an environment variable of this name.
    Variable(String),
    /// In a file, but for white space around it.
    File(PathBuf),
}

impl TokenPlace {
    /// The token that is there now.
    pub(crate) fn read(&self, source_name: &str) -> Result<Secret, Error> {
        let (found, place) = match self {
            Self::Variable(name) => {
                (env::var(name).map_err(|error| error.to_string()), format!("environment variable {name}"))
            }
            Self::File(path) => {
                let text = fs::read_to_string(path).map_err(|error| error.to_string());
                (text, format!("file {}", path.display()))
            }
        };
        let reason = match found {
            Ok(token) if !token.trim().is_empty() => return Ok(Secret(token.trim().to_owned())),
            Ok(_) => format!("{place} is empty"),
            Err(error) => format!("{place}: {error}"),
        };
        Err(Error::Token { source_name: source_name.to_owned(), reason })
    }
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, to compare with.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// The address without the password that it may carry.
impl fmt::Display for WebUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&address::shown(&self.0))
    }
}

impl<'de> Deserialize<'de> for WebUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Self(url)),
            Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase) => {
                Err(de::Error::custom(format_args!("{text:?} is no http or https address")))
            }
            Err(error) => Err(de::Error::custom(format_args!("{text:?} is no address: {error}"))),
        }
    }
}

/// All keys of all kinds. Reading them in one go lets an error name the key whose value is wrong.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Keys {
    name: String,
    kind: KindName,
    document_bytes_max: Option<usize>,
    path: Option<PathBuf>,
    create: Option<bool>,
    watch: Option<Watch>,
    #[serde(rename = "rescan-interval-s", default, deserialize_with = "some_seconds")]
    rescan_interval: Option<Duration>,
    #[serde(rename = "poll-interval-s", default, deserialize_with = "some_seconds")]
    poll_interval: Option<Duration>,
    url: Option<WebUrl>,
    urls: Option<Vec<WebUrl>>,
    follow: Option<Follow>,
    once: Option<bool>,
    age_max_days: Option<u32>,
    #[serde(rename = "interval-min-s", default, deserialize_with = "some_seconds")]
    interval_min: Option<Duration>,
    #[serde(rename = "interval-max-s", default, deserialize_with = "some_seconds")]
    interval_max: Option<Duration>,
    listen: Option<SocketAddr>,
    token_env: Option<String>,
    token_file: Option<PathBuf>,
    body_bytes_max: Option<usize>,
    #[serde(flatten)]
    #[expect(clippy::zero_sized_map_values, reason = "flattening wants a map")]
    unknown: BTreeMap<String, IgnoredAny>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindName {
    Folder,
    Feed,
    Page,
    Sitemap,
    Push,
}

impl KindName {
    /// The keys that a source of this kind may have.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Folder => &[
                "name",
                "kind",
                "document-bytes-max",
                "path",
                "create",
                "watch",
                "rescan-interval-s",
                "poll-interval-s",
            ],
            Self::Feed => {
                &["name", "kind", "document-bytes-max", "url", "follow", "interval-min-s", "interval-max-s"]
            }
            Self::Page => {
                &["name", "kind", "document-bytes-max", "urls", "once", "interval-min-s", "interval-max-s"]
            }
            Self::Sitemap => &[
                "name",
                "kind",
                "document-bytes-max",
                "url",
                "age-max-days",
                "interval-min-s",
                "interval-max-s",
            ],
            Self::Push => {
                &["name", "kind", "document-bytes-max", "listen", "token-env", "token-file", "body-bytes-max"]
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Feed => "feed",
            Self::Page => "page",
            Self::Sitemap => "sitemap",
            Self::Push => "push",
        }
    }
}

impl Kind {
    /// The name of the kind, as configured.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Folder(_) => KindName::Folder,
            Self::Feed(_) => KindName::Feed,
            Self::Page(_) => KindName::Page,
            Self::Sitemap(_) => KindName::Sitemap,
            Self::Push(_) => KindName::Push,
        }
        .name()
    }

    /// Where its documents come from: a folder, addresses without their secrets, or the port that it listens at.
    pub fn place(&self) -> String {
        match self {
            Self::Folder(folder) => folder.path.display().to_string(),
            Self::Feed(feed) => feed.url.to_string(),
            Self::Sitemap(sitemap) => sitemap.url.to_string(),
            Self::Page(page) => page.urls.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Self::Push(push) => push.listen.to_string(),
        }
    }

    /// How often it is asked, as far as it says so itself; `None` for what is not asked.
    pub fn interval(&self) -> Option<Interval> {
        match self {
            Self::Feed(Feed { interval, .. })
            | Self::Page(Page { interval, .. })
            | Self::Sitemap(Sitemap { interval, .. }) => Some(*interval),
            Self::Folder(_) | Self::Push(_) => None,
        }
    }

    /// Whether it is fetched from the web.
    pub fn is_fetched(&self) -> bool {
        matches!(self, Self::Feed(_) | Self::Page(_) | Self::Sitemap(_))
    }
}

impl Keys {
    /// The names of the keys that are given, but for those that every source has.
    fn given(&self) -> impl Iterator<Item = &str> {
        let known = [
            ("path", self.path.is_some()),
            ("create", self.create.is_some()),
            ("watch", self.watch.is_some()),
            ("rescan-interval-s", self.rescan_interval.is_some()),
            ("poll-interval-s", self.poll_interval.is_some()),
            ("url", self.url.is_some()),
            ("urls", self.urls.is_some()),
            ("follow", self.follow.is_some()),
            ("once", self.once.is_some()),
            ("age-max-days", self.age_max_days.is_some()),
            ("interval-min-s", self.interval_min.is_some()),
            ("interval-max-s", self.interval_max.is_some()),
            ("listen", self.listen.is_some()),
            ("token-env", self.token_env.is_some()),
            ("token-file", self.token_file.is_some()),
            ("body-bytes-max", self.body_bytes_max.is_some()),
        ];
        let known = known.into_iter().filter(|(_, given)| *given).map(|(name, _)| name);
        known.chain(self.unknown.keys().map(String::as_str))
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::deserialize(deserializer)?;
        let allowed = keys.kind.keys();
        if let Some(key) = keys.given().find(|key| !allowed.contains(key)) {
            return Err(de::Error::unknown_field(key, allowed));
        }
        let interval = Interval { min: keys.interval_min, max: keys.interval_max };
        let kind = match keys.kind {
            KindName::Folder => Kind::Folder(Folder {
                path: required(keys.path, "path")?,
                create: keys.create.unwrap_or(false),
                watch: keys.watch,
                rescan_interval: keys.rescan_interval,
                poll_interval: keys.poll_interval,
            }),
            KindName::Feed => Kind::Feed(Feed {
                url: required(keys.url, "url")?,
                follow: keys.follow.unwrap_or(Follow::Page),
                interval,
            }),
            KindName::Page => Kind::Page(Page {
                urls: some_urls(required(keys.urls, "urls")?)?,
                once: keys.once.unwrap_or(false),
                interval,
            }),
            KindName::Sitemap => Kind::Sitemap(Sitemap {
                url: required(keys.url, "url")?,
                age_max_days: keys.age_max_days,
                interval,
            }),
            KindName::Push => {
                let token = match (keys.token_env, keys.token_file) {
                    (Some(_), Some(_)) => {
                        return Err(de::Error::custom(
                            "a token is in token-env or in token-file, not in both",
                        ));
                    }
                    (Some(variable), None) => Some(TokenPlace::Variable(variable)),
                    (None, Some(path)) => Some(TokenPlace::File(path)),
                    (None, None) => None,
                };
                let listen = required(keys.listen, "listen")?;
                if token.is_none() && !listen.ip().is_loopback() {
                    return Err(de::Error::custom(format_args!(
                        "{listen} can be reached from other machines, so it needs token-env or token-file"
                    )));
                }
                Kind::Push(Push { listen, token, body_bytes_max: keys.body_bytes_max })
            }
        };
        Ok(Self { name: keys.name, kind, document_bytes_max: keys.document_bytes_max })
    }
}

fn required<T, E: de::Error>(value: Option<T>, key: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(key))
}

fn some_urls<E: de::Error>(urls: Vec<WebUrl>) -> Result<Vec<WebUrl>, E> {
    if urls.is_empty() { Err(E::custom("`urls` names no page")) } else { Ok(urls) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a source; empty when nothing is.
    fn check(text: &str, expected: &str) {
        let read = toml::from_str::<Source>(text);
        let message = read.err().map(|error| error.message().to_owned()).unwrap_or_default();
        assert!(
            message.contains(expected) && message.is_empty() == expected.is_empty(),
            "{text:?}: {message:?}"
        );
    }

    #[test]
    fn each_kind_has_its_keys() {
        check("name = 'a'\nkind = 'folder'\npath = 'x'\nwatch = 'poll'", "");
        check("name = 'a'\nkind = 'feed'\nurl = 'https://a.example/rss'\nfollow = 'content'", "");
        check("name = 'a'\nkind = 'page'\nurls = ['https://a.example/1']\nonce = true", "");
        check("name = 'a'\nkind = 'page'\nurls = []", "names no page");
        check("name = 'a'\nkind = 'sitemap'\nurl = 'https://a.example/s.xml'\nage-max-days = 2", "");
        check("name = 'a'\nkind = 'push'\nlisten = '127.0.0.1:8080'", "");
        check("name = 'a'\nkind = 'push'\nlisten = '[::]:8080'\ntoken-env = 'T'", "");
        check("name = 'a'\nkind = 'push'\nlisten = '0.0.0.0:8080'\ntoken-file = 't'", "");
    }

    #[test]
    fn the_defaults_explain_every_key() {
        let explained = include_str!("../../../config/depeche.toml");
        for kind in [KindName::Folder, KindName::Feed, KindName::Page, KindName::Sitemap, KindName::Push] {
            assert!(explained.contains(&format!("kind = \"{}\"", kind.name())));
            for key in kind.keys() {
                assert!(
                    explained.contains(&format!("{key} = ")) || explained.contains(&format!("{key},")),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn what_does_not_belong_is_named() {
        check("name = 'a'\nkind = 'feed'\nurl = 'https://a.example'\npath = 'x'", "unknown field `path`");
        check("name = 'a'\nkind = 'folder'\npath = 'x'\npaht = 'x'", "unknown field `paht`");
        check("name = 'a'\nkind = 'feed'", "missing field `url`");
        check("name = 'a'\nkind = 'fedd'", "unknown variant `fedd`");
        check("name = 'a'\nkind = 'push'\nlisten = '0.0.0.0:80'", "can be reached from other machines");
        check(
            "name = 'a'\nkind = 'push'\nlisten = '[::1]:80'\ntoken-env = 'T'\ntoken-file = 't'",
            "not in both",
        );
        check("name = 'a'\nkind = 'push'\nlisten = '[::1]:80'\ntoken = 't'", "unknown field `token`");
        check("kind = 'folder'\npath = 'x'", "missing field `name`");
        check("name = 'a'\nkind = 'feed'\nurl = 'file:///etc/passwd'", "no http or https address");
        check("name = 'a'\nkind = 'feed'\nurl = 'a.example'", "no http or https address");
        check("name = 'a'\nkind = 'feed'\nurl = 'https://'", "is no address");
        check("name = 'a'\nkind = 'feed'\nurl = 'https://a.example'\ninterval-min-s = -1", "seconds");
    }

    #[test]
    fn a_token_is_read_from_its_place_and_never_shown() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let place = TokenPlace::File(file.path().to_owned());
        assert!(place.read("a").unwrap_err().to_string().contains("is empty"));
        fs::write(file.path(), "hunter2\n").unwrap();
        let token = place.read("a").unwrap();
        assert_eq!((token.expose(), format!("{token:?}").contains("hunter2")), ("hunter2", false));
        let place = TokenPlace::Variable("DEPECHE_NO_SUCH_TOKEN".to_owned());
        assert!(place.read("a").unwrap_err().to_string().contains("DEPECHE_NO_SUCH_TOKEN"));
    }
}
