use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::article::FETCHED;
use crate::memory::{Look, Memory};
use crate::source::WebUrl;
use crate::{Kind, Source, canonical, clock, trouble};

/// How one address of a source stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The source's name.
    pub name: String,
    /// The source's kind, as configured.
    pub kind: String,
    /// Folder or address; without the secrets that it may carry.
    pub address: String,
    /// Since when it is being looked at.
    #[serde(default)]
    pub reading_since: Option<Timestamp>,
    /// The last look that succeeded; `None` where there was none, or where nothing is asked (a folder).
    pub succeeded_at: Option<Timestamp>,
    /// The last look that brought something new.
    pub changed_at: Option<Timestamp>,
    /// When the next look is due.
    pub due_at: Option<Timestamp>,
    /// Looks in a row that failed.
    pub failures: u32,
    /// Why it waits longer than it would, or is not looked at any more.
    pub waits: Option<String>,
}

/// How these sources stand, an entry for each address of each.
pub fn standings(memory: &Memory, sources: &[Source]) -> Vec<Standing> {
    let mut standings = Vec::new();
    for source in sources {
        let mut push = |url: &WebUrl| {
            let look = memory.look(&source.name, url.0.as_str());
            standings.push(Standing {
                name: source.name.clone(),
                kind: source.kind.name().to_owned(),
                address: url.to_string(),
                reading_since: look.reading_since,
                succeeded_at: look.succeeded_at,
                changed_at: look.changed_at,
                due_at: look.due_at.filter(|_| look.gone_at.is_none()),
                failures: look.failures,
                waits: reason(memory, &look, url),
            });
        };
        match &source.kind {
            Kind::Feed(feed) => push(&feed.url),
            Kind::Sitemap(sitemap) => push(&sitemap.url),
            Kind::Page(page) => page.urls.iter().for_each(push),
            Kind::Folder(_) | Kind::Push(_) => standings.push(Standing {
                name: source.name.clone(),
                kind: source.kind.name().to_owned(),
                address: source.kind.place(),
                reading_since: None,
                succeeded_at: None,
                changed_at: None,
                due_at: None,
                failures: 0,
                waits: None,
            }),
        }
    }
    standings
}

fn reason(memory: &Memory, look: &Look, url: &WebUrl) -> Option<String> {
    if let Some(since) = look.gone_at {
        return Some(format!("gone for good (410) since {since}; change its url or remove it"));
    }
    let site = canonical::site(&url.0);
    let domain = memory.domain(&site);
    if let Some(until) = domain.blocked_until.filter(|until| *until > clock::now()) {
        return Some(format!("{site} is left alone until {until}: {}", domain.reason));
    }
    if let Some(error) = &look.error {
        return Some(error.clone());
    }
    trouble::told(&look.trouble)
}

/// Names that no source may have: positions that belong to no single source stand under them.
pub const RESERVED: &[&str] = &[FETCHED, crate::INGEST, crate::REPLAY];
