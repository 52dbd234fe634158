//! Where the links of an article lead, with addresses made absolute.

use document::Reference;
use rustc_hash::FxHashSet;
use url::Url;

use super::blocks::Blocks;
use super::body::Verdict;
use super::metadata::Metadata;
use super::tag::{Name, Tag};
use super::tree::Tree;

/// References kept: an article with more is a list.
const REFERENCES_MAX: usize = 200;

/// What relative addresses of a page are relative to.
pub(super) struct Base(Option<Url>);

impl Base {
    /// The page's `base` element over where the page came from over what it says is its own address.
    pub(super) fn of(metadata: &Metadata<'_>, url: Option<&str>) -> Self {
        let page = url.or_else(|| metadata.url()).and_then(|url| Url::parse(url).ok());
        let base = match (metadata.base.as_deref(), &page) {
            (Some(base), Some(page)) => page.join(base).ok(),
            (Some(base), None) => Url::parse(base).ok(),
            (None, _) => None,
        };
        Self(base.or(page))
    }

    /// An address made absolute; `None` when it is no web address or cannot be made absolute.
    pub(super) fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let url = match Url::parse(href) {
            Ok(url) => url,
            Err(_) => self.0.as_ref()?.join(href).ok()?,
        };
        matches!(url.scheme(), "http" | "https").then(|| url.into())
    }
}

/// The links in the article's own words, each address once.
pub(super) fn references(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    base: &Base,
) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut seen = FxHashSet::default();
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        if !matches!(verdict, Verdict::Text | Verdict::Standfirst) || block.links == 0 {
            continue;
        }
        let mut last = 0;
        for id in block.first..block.last {
            let link = tree.node(id).link;
            if link == 0 || link == last || tree.tag(id) != Tag::Text {
                continue;
            }
            last = link;
            let Some(url) = tree.attribute(link, Name::Href).and_then(|href| base.resolve(&href)) else {
                continue;
            };
            if references.len() < REFERENCES_MAX && seen.insert(url.clone()) {
                let title = Some(tree.inner_text(link)).filter(|title| !title.is_empty());
                references.push(Reference { title, url: Some(url) });
            }
        }
    }
    references
}

/// Whether an address is that of a site's front page.
pub(super) fn is_front_page(href: &str) -> bool {
    let path =
        href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
    matches!(path.trim_matches('/'), "" | "index.html" | "index.php" | "home" | "." | "./")
}
