//! Where the links of an article lead, with addresses made absolute.

use document::Reference;
use document::address::is_web;
use rustc_hash::FxHashSet;
use url::Url;

use super::blocks::{Block, Blocks, Kind};
use super::body::{SOURCES, Verdict};
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::Tree;
use crate::lexicon::{Chrome, Folded, Label, Lexicon};
use crate::plain;

/// References kept: an article with more is a list.
const REFERENCES_MAX: usize = 200;

/// What relative addresses of a page are relative to.
pub(super) struct Base(Option<Url>);

impl Base {
    /// Where a text came from that is no page.
    pub(super) fn at(url: Option<&str>) -> Self {
        Self(url.and_then(|url| Url::parse(url).ok()))
    }

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
        matches!(url.scheme(), "http" | "https").then(|| led_to(&url).unwrap_or_else(|| url.into()))
    }

    /// The address of what an article links to or shows: absolute, or as it stands where nothing tells what it is relative
    /// to, for whoever knows where the document came from can still follow it.
    pub(super) fn link(&self, href: &str) -> Option<String> {
        self.resolve(href).or_else(|| if self.0.is_none() { relative(href.trim()) } else { None })
    }
}

/// Where an address leads that only counts who follows it, as editors of documents and results of searches write them:
/// "/url?q=https://…".
fn led_to(url: &Url) -> Option<String> {
    if url.path() != "/url" {
        return None;
    }
    let is_target = |key: &str| matches!(key, "q" | "url");
    let (_, target) = url.query_pairs().find(|(key, value)| is_target(key) && is_web(value))?;
    Url::parse(&target).ok().map(Into::into)
}

/// A relative address as it stands. One that begins with a host lacks no more than how it is asked.
fn relative(href: &str) -> Option<String> {
    let is_relative = matches!(Url::parse(href), Err(url::ParseError::RelativeUrlWithoutBase));
    // Braces are those of a template that nothing filled in.
    if !is_relative || href.is_empty() || href.starts_with('#') || href.contains(['{', '<']) {
        return None;
    }
    Some(if href.starts_with("//") { format!("https:{href}") } else { href.to_owned() })
}

/// Parts of a page whose links are no sources of its article.
const AWAY: Roles = Roles(
    Roles::CHROME.0 & !Roles::TOOLS.0 & !Roles::BIOGRAPHY.0
        | Roles::CAPTION.0
        | Roles::BYLINE.0
        | Roles::MEDIA.0,
);

/// The links in the article's own words and those in its lists of sources, each address once.
pub(super) fn references(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    base: &Base,
    lexicon: &Lexicon,
) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut seen = FxHashSet::default();
    let mut folded = Folded::default();
    let mut began = false; // Whether the text has begun.
    let mut listed = false; // Whether the block before is of a list of sources.
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        let is_text = verdict.is_kept();
        began |= is_text;
        // Lists of sources follow the text, under a short line that says so or in a line that begins so.
        let mut is_labelled = || {
            lexicon.fold_known(blocks.text_of(block), &mut folded)
                && (matches!(lexicon.chrome(&folded), Some((Chrome::Sources, _)))
                    || matches!(lexicon.label(&folded), Some((Label::Sources, _))))
        };
        let item = listed && matches!(block.kind, Kind::Item | Kind::Cell)
            || *verdict == Verdict::Out(SOURCES) && block.links > 0;
        listed = began
            && !block.roles.any(AWAY)
            && (item || block.roles.any(Roles::NOTES) || block.chars <= 80 && is_labelled());
        if block.links == 0 && listed && !is_text && references.len() < REFERENCES_MAX {
            let text = blocks.text_of(block);
            if item {
                references.push(plain::reference(text));
            } else if let Some(value) = after_label(text, &mut folded, lexicon) {
                references.extend(plain::sources_in(value, block.words as usize).unwrap_or_default());
            }
        }
        if !is_text && !listed || block.links == 0 {
            continue;
        }
        let mut last = 0;
        for id in block.first..block.last {
            let link = tree.node(id).link;
            if link == 0 || link == last || tree.tag(id) != Tag::Text {
                continue;
            }
            last = link;
            let Some(url) = tree.attribute(link, Name::Href).and_then(|href| base.link(&href)) else {
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

/// Whether a paragraph is a link and nothing else.
pub(super) fn is_all_link(block: &Block) -> bool {
    block.kind == Kind::Paragraph && block.links == 1 && block.link_chars + SIGNS >= block.chars
}

/// Characters of signs beside a link that is all of its line.
const SIGNS: u32 = 2;

/// What follows the label of sources in a line that begins with one and a colon.
fn after_label<'t>(text: &'t str, folded: &mut Folded, lexicon: &Lexicon) -> Option<&'t str> {
    folded.fold(text);
    match lexicon.label(folded) {
        Some((Label::Sources, end)) => text[end..].trim_start().strip_prefix(':').map(str::trim),
        _ => None,
    }
}

/// Whether an address is that of a site's front page.
pub(super) fn is_front_page(href: &str) -> bool {
    // Asked of every link of a page: the colon is looked for first, for most have none.
    let scheme = memchr::memchr_iter(b':', href.as_bytes()).find(|at| href[at + 1..].starts_with("//"));
    let path = scheme.map_or(href, |at| href[at + 3..].split_once('/').map_or("/", |(_, path)| path));
    matches!(path.trim_matches('/'), "" | "index.html" | "index.php" | "home" | "." | "./")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_what_the_page_says() {
        let check = |head: &str, href: &str, expected: Option<&str>| {
            let metadata = Metadata::of(&Tree::parse(head));
            assert_eq!(Base::of(&metadata, None).link(href).as_deref(), expected, "{head} {href}");
        };
        for head in [
            "<base href=https://lac.example/a/>",
            "<link rel=canonical href=https://lac.example/a/gel>",
            "<meta property=og:url content=https://lac.example/a/gel>",
            "<base href=./b/..><link rel=canonical href=https://lac.example/a/gel>",
            "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"url\": \"https://lac.example/a/gel\"}</script>",
            "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"mainEntityOfPage\": \"https://lac.example/a/gel\"}</script>",
        ] {
            check(head, "port", Some("https://lac.example/a/port"));
            check(head, "/port", Some("https://lac.example/port"));
            check(head, "//port.example/b", Some("https://port.example/b"));
            check(head, "mailto:zoe@lac.example", None);
        }
        // What only counts who follows a link is no part of where it leads.
        for (href, expected) in [
            (
                "https://search.example/url?q=https://port.example/b?a%3D1%26c%3D2&sa=D&usg=x",
                "https://port.example/b?a=1&c=2",
            ),
            ("https://search.example/url?sa=t&url=https%3A%2F%2Fport.example%2Fb", "https://port.example/b"),
            ("https://port.example/url?q=ice", "https://port.example/url?q=ice"),
            (
                "https://port.example/b?url=https://lac.example/",
                "https://port.example/b?url=https://lac.example/",
            ),
        ] {
            check("", href, Some(expected));
        }
        // Nothing says what it is relative to.
        check("<link rel=canonical href=/a/gel>", "../port?x=1", Some("../port?x=1"));
        check("", "/port", Some("/port"));
        check("", "//port.example/b", Some("https://port.example/b"));
        for href in [
            "#notes",
            "javascript:void(0)",
            "mailto:zoe@lac.example",
            "{{ url }}",
            "data:image/gif;base64,R0",
            " ",
        ] {
            check("", href, None);
        }
    }
}
