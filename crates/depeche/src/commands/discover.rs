use std::io::Write;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use watcher::{Found, WebUrl};

use crate::{Done, Failure, Settings, logging};

/// Find the feeds and sitemaps of a site, and print them as sources, ready to paste into a configuration
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  depeche discover https://www.example.org/ --config my.toml >> my.toml
Looks at the page, at what it and the site's robots.txt name, and else at the usual places; politely, so it takes
some seconds. Exits 3 when there is nothing.")]
pub struct Arguments {
    /// A page of the site
    #[arg(value_name = "URL")]
    url: String,
}

pub fn run(settings: &Settings, arguments: &Arguments) -> Result<Done, Failure> {
    let config = settings.load()?;
    logging::start("warn", false)?;
    let url = WebUrl::deserialize(IntoDeserializer::<ValueError>::into_deserializer(arguments.url.as_str()))
        .map_err(|error| Failure::Usage(error.into()))?;
    if config.watcher.fetch.contact.trim().is_empty() {
        return Err(Failure::Usage(anyhow::anyhow!(
            "watcher.fetch.contact is empty; say in a configuration (--config) how a publisher reaches you"
        )));
    }
    let found = super::runtime()?.block_on(watcher::discover(&config.watcher, &url))?;
    if found.is_empty() {
        return Err(Failure::Work(anyhow::anyhow!(
            "{url} names no feed and no sitemap, and none is at the usual places"
        )));
    }
    let mut output = super::output();
    for (number, one) in found.iter().enumerate() {
        write!(output, "{}", block(one, &name(&url, one, &found[..number])))?;
    }
    output.flush()?;
    Ok(Done::Whole)
}

/// A source's name: the site, its kind, and a number where several are alike.
fn name(url: &WebUrl, found: &Found, before: &[Found]) -> String {
    let host = url.0.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let alike = before.iter().filter(|other| other.kind == found.kind).count();
    let kind = if found.kind == "sitemap" { "-sitemap" } else { "" };
    if alike == 0 { format!("{host}{kind}") } else { format!("{host}{kind}-{}", alike + 1) }
}

/// A source as it stands in a configuration.
fn block(found: &Found, name: &str) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let title = found.title.as_deref().unwrap_or_default().replace(char::is_control, " ");
    let colon = if title.is_empty() { "" } else { ": " };
    let newest =
        found.newest.map(|at| format!(", the newest of {}", at.strftime("%Y-%m-%d"))).unwrap_or_default();
    let full = if found.full_text {
        "# follow = \"content\"             # its articles seem to stand in the feed in full\n"
    } else {
        ""
    };
    format!(
        "\n# {title}{colon}{} entries{newest}\n[[source]]\nname = {}\nkind = \"{}\"\nurl = {}\n{full}",
        found.entries,
        text(name),
        found.kind,
        text(found.url.0.as_str()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_a_source() {
        let url = || WebUrl("https://www.example.org/rss?a=1&b=\"2\"".parse().unwrap());
        let found = Found {
            kind: "feed",
            url: url(),
            title: Some("Une\n[[source]]".to_owned()),
            entries: 20,
            newest: None,
            full_text: true,
        };
        let text = block(&found, &name(&url(), &found, &[]));
        let read: toml::Table = toml::from_str(&text).unwrap();
        let source: watcher::Source = read["source"][0].clone().try_into().unwrap();
        assert_eq!(source.name, "example.org");
        assert!(matches!(source.kind, watcher::Kind::Feed(feed) if feed.url == url()));
        assert_eq!(name(&url(), &found, std::slice::from_ref(&found)), "example.org-2");
    }
}
