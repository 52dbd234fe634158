//! What a page says about itself outside the article: meta elements, links, JSON-LD.

use std::borrow::Cow;

use document::address::is_web;

use super::jsonld::{self, JsonLd};
use super::source::Source;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree, push_folded};

/// Meta elements kept: no page has a use for more.
const METAS_MAX: usize = 300;

/// Names of meta elements that hold a summary, the most exact first: Open Graph, HTML, Twitter, Dublin Core.
const DESCRIPTIONS: &[&str] =
    &["og:description", "description", "twitter:description", "dc.description", "dcterms.description"];

/// Names of meta elements that hold the outlet's name, the most exact first: Open Graph, Dublin Core, HTML; `publisher` and
/// `copyright` are plain words that templates use.
const PUBLISHERS: &[&str] =
    &["og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name", "copyright"];

/// Names of meta elements that hold the article's address: Open Graph, Twitter, App Links (`al:`), Parse.ly.
const URLS: &[&str] = &["og:url", "twitter:url", "al:web:url", "parsely-link"];

/// Whether a value can be the name of an outlet.
pub(super) fn is_name_of_outlet(name: &str) -> bool {
    !name.contains("://") && name.chars().count() < 80
}

/// What a page says about itself.
#[derive(Debug)]
pub(super) struct Metadata<'a> {
    /// Names and contents of the meta elements, names in lower case, in order.
    metas: Vec<(String, Cow<'a, str>)>,
    /// Text of the title element.
    pub page_title: Option<String>,
    /// `link rel=canonical`.
    pub canonical: Option<Cow<'a, str>>,
    /// Language that the html element declares.
    pub language: Option<Cow<'a, str>>,
    /// `base href`.
    pub base: Option<Cow<'a, str>>,
    /// What it says in JSON-LD.
    pub jsonld: JsonLd,
    /// The publisher that microdata name, and where.
    microdata_publisher: Option<(NodeId, String)>,
    /// The headings of level 1 to 3 with their level, in order.
    pub headings: Vec<(NodeId, u8)>,
    /// Where the page was found, if that is on the web.
    pub found_at: Option<String>,
    /// Whether this is no page but the inside of an article, as feeds carry it: nothing in it belongs to a page.
    pub is_fragment: bool,
}

impl<'a> Metadata<'a> {
    /// Collects it.
    pub(super) fn of(tree: &Tree<'a>) -> Self {
        let mut metas = Vec::new();
        let mut page_title = None;
        let mut canonical = None;
        let mut language = None;
        let mut base = None;
        let mut headings = Vec::new();
        let mut is_fragment = true;
        for id in tree.sought.iter().copied() {
            let tag = tree.tag(id);
            is_fragment &= !is_of_a_page(tag);
            match tag {
                Tag::Meta if metas.len() < METAS_MAX => {
                    let name = [Name::Property, Name::Name, Name::Itemprop, Name::HttpEquiv]
                        .into_iter()
                        .find_map(|name| tree.attribute(id, name));
                    if let (Some(name), Some(content)) = (name, tree.attribute(id, Name::Content))
                        && !content.trim().is_empty()
                    {
                        metas.push((key(name.trim()), trimmed(content)));
                    }
                }
                Tag::Title if page_title.is_none() => {
                    let title = tree.inner_text(id);
                    page_title = Some(title).filter(|title| !title.is_empty());
                }
                Tag::Link
                    if canonical.is_none()
                        && tree
                            .raw_attribute(id, Name::Rel)
                            .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    canonical = tree.attribute(id, Name::Href).map(trimmed).filter(|href| !href.is_empty());
                }
                Tag::Html if language.is_none() => {
                    language = tree
                        .attribute(id, Name::Lang)
                        .or_else(|| tree.attribute(id, Name::XmlLang))
                        .map(trimmed)
                        .filter(|lang| !lang.is_empty());
                }
                Tag::Base if base.is_none() => base = tree.attribute(id, Name::Href),
                tag @ (Tag::H1 | Tag::H2 | Tag::H3) if headings.len() < 60 => {
                    headings.push((id, tag.heading_level().unwrap_or(1)));
                }
                _ => {}
            }
        }
        let shown: Vec<String> = headings
            .iter()
            .filter(|(_, level)| *level == 1)
            .map(|(id, _)| super::headline::folded(&tree.inner_text(*id)))
            .collect();
        let same = |name: &str| {
            let name = super::headline::folded(name);
            !name.is_empty()
                && (shown.contains(&name)
                    || page_title
                        .as_deref()
                        .is_some_and(|title| super::headline::folded(title).starts_with(&name)))
        };
        let jsonld = jsonld::read(tree, same);
        let publishers =
            tree.marked.iter().filter(|id| tree.raw_attribute(**id, Name::Itemprop) == Some("publisher"));
        let microdata_publisher = publishers.copied().find_map(|id| Some((id, named(tree, id)?)));
        Self {
            metas,
            page_title,
            canonical,
            language,
            base,
            jsonld,
            microdata_publisher,
            headings,
            found_at: None,
            is_fragment,
        }
    }

    /// The same of a page that was found at this address.
    pub(super) fn at(tree: &Tree<'a>, url: Option<&str>) -> Self {
        Self { found_at: url.map(ToOwned::to_owned), ..Self::of(tree) }
    }

    /// The content of the first meta element with the first of these names that there is.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas_named(name).next())
    }

    /// The contents of all meta elements with this name.
    pub(super) fn metas_named(&self, name: &str) -> impl Iterator<Item = &str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_ref())
    }

    /// The contents of the meta elements with these names, by their names.
    pub(super) fn metas_of<'m>(
        &'m self,
        names: &'m [&'static str],
    ) -> impl Iterator<Item = (Source, &'m str)> {
        names.iter().flat_map(|name| self.metas_named(name).map(|text| (Source::Meta(name), text)))
    }

    /// Stand-first or summary, in one line.
    pub(super) fn description(&self) -> Option<String> {
        let mut out = String::new();
        push_folded(&mut out, &without_tags(self.descriptions().next()?.1));
        Some(out).filter(|text| !text.is_empty())
    }

    /// What may be the description, in the order in which it is believed.
    pub(super) fn descriptions(&self) -> impl Iterator<Item = (Source, &str)> {
        let linked_data = self.jsonld.description.as_deref().filter(|_| self.jsonld.is_article);
        self.metas_of(DESCRIPTIONS).chain(linked_data.map(|text| (Source::LinkedData, text)))
    }

    /// What may be the name of the outlet, in the order in which it is believed.
    pub(super) fn publishers(&self) -> impl Iterator<Item = (Source, &str)> {
        let linked_data = |text| (Source::LinkedData, text);
        let publisher = self.jsonld.publisher.as_deref().map(linked_data);
        let microdata = self.microdata_publisher.as_ref();
        let microdata = microdata.map(|(id, name)| (Source::Element(*id), name.as_str()));
        publisher
            .into_iter()
            .chain(microdata)
            .chain(self.metas_of(PUBLISHERS))
            .chain(self.jsonld.site.as_deref().map(linked_data))
    }

    /// The article's address as the page gives it, else where it was found.
    pub(super) fn address(&self) -> Option<&str> {
        self.url().or(self.found_at.as_deref())
    }

    /// The host of the article's address without `www`, and its name without the suffix: `journal.example`, `journal`.
    pub(super) fn host(&self) -> Option<(&str, &str)> {
        let rest = self.address()?.split("://").nth(1)?;
        let host = rest.split(['/', ':', '?']).next()?.trim_start_matches("www.");
        Some((host, host.rsplit_once('.').map_or(host, |(name, _)| name)))
    }

    /// The heading near which readers look for author and date: the one that is the article's title, else the first of
    /// level 1.
    pub(super) fn headline(&self, tree: &Tree<'_>, title: Option<&str>) -> Option<NodeId> {
        let title = super::headline::folded(title.unwrap_or_default());
        let text = |id: NodeId| super::headline::folded(&tree.inner_text(id));
        let same = |(id, _): &&(NodeId, u8)| {
            let heading = text(*id);
            !heading.is_empty() && (heading == title || title.len() >= 10 && heading.ends_with(&title))
        };
        let first = || self.headings.iter().find(|(id, level)| *level == 1 && !text(*id).is_empty());
        self.headings.iter().find(same).or_else(first).map(|(id, _)| *id)
    }

    /// The names the site goes by, to tell them from people; its owner's is none of them.
    pub(super) fn names_of_no_person(&self) -> impl Iterator<Item = &str> {
        let owner = self.jsonld.publisher.as_deref().filter(|_| self.jsonld.publisher_is_person);
        self.site_names().filter(move |name| Some(*name) != owner)
    }

    /// The names the site goes by, to tell them from the headline.
    pub(super) fn site_names(&self) -> impl Iterator<Item = &str> {
        self.jsonld
            .publisher
            .as_deref()
            .into_iter()
            .chain(self.jsonld.site.as_deref())
            .chain(self.meta(&["og:site_name"]))
            .chain(self.meta(&["publisher"]))
            .chain(self.meta(&["application-name"]))
    }

    /// The article's own address, absolute where the page says so.
    pub(super) fn url(&self) -> Option<&str> {
        self.urls().map(|(_, url)| url).find(|url| is_web(url))
    }

    /// What the page names as its address, in the order in which it is believed.
    pub(super) fn urls(&self) -> impl Iterator<Item = (Source, &str)> {
        let canonical = self.canonical.as_deref().map(|url| (Source::Canonical, url));
        let linked_data = self.jsonld.url.as_deref().map(|url| (Source::LinkedData, url));
        canonical.into_iter().chain(self.metas_of(URLS)).chain(linked_data)
    }
}

/// The name of a meta element as it is looked for: in lower case, that of Dublin Core with a full stop ("DC:Creator").
fn key(name: &str) -> String {
    let mut key = name.to_ascii_lowercase();
    if let Some(at) = key.find(':').filter(|at| matches!(&key[..*at], "dc" | "dcterms")) {
        key.replace_range(at..=at, ".");
    }
    key
}

/// The name of what an element of microdata is: its property "name", else all its words where it has no properties.
fn named(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let value = |id: NodeId| {
        let content = tree.attribute(id, Name::Content).map(Cow::into_owned);
        content.or_else(|| tree.short_text(id, NAME_BYTES)).map(|name| name.trim().to_owned())
    };
    let is_name = |inner: &NodeId| tree.raw_attribute(*inner, Name::Itemprop) == Some("name");
    let name = tree.descendants(id).take(NAME_NODES).find(is_name);
    let is_item = tree.raw_attribute(id, Name::Itemscope).is_some();
    let found = if name.is_some() || is_item { name.and_then(value) } else { value(id) };
    found.filter(|name| !name.is_empty())
}

/// Nodes of an element of microdata among which its name is, and bytes of the longest name.
const NAME_NODES: usize = 60;
const NAME_BYTES: usize = 120;

/// Whether an element stands in pages, and not in the articles that feeds carry.
fn is_of_a_page(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Html
            | Tag::Head
            | Tag::Body
            | Tag::Title
            | Tag::Meta
            | Tag::Link
            | Tag::Frameset
            | Tag::Nav
            | Tag::Main
            | Tag::Footer
            | Tag::Aside
            | Tag::Form
    )
}

/// Text that somebody pasted with its markup, without it.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("</") && !text.contains("/>") {
        return Cow::Borrowed(text);
    }
    let tree = Tree::parse(text);
    Cow::Owned(tree.inner_text(0))
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.trim().len() == text.len() { text } else { Cow::Owned(text.trim().to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, publisher: Option<&str>) {
        let tree = Tree::parse(page);
        let metadata = Metadata::of(&tree);
        assert_eq!(metadata.publishers().next().map(|(_, name)| name), publisher, "{page}");
    }

    #[test]
    fn the_publisher_is_read_from_microdata() {
        check(
            "<div itemprop=publisher itemscope itemtype=https://schema.org/Organization><meta itemprop=name content='Port Infos'></div>",
            Some("Port Infos"),
        );
        check(
            "<p itemprop=publisher itemscope><a href=/ itemprop=url><span itemprop=name> Port Infos </span></a></p>",
            Some("Port Infos"),
        );
        check("<span itemprop=publisher>Port Infos</span>", Some("Port Infos"));
        check("<meta itemprop=publisher content='Port Infos'>", Some("Port Infos"));
        check("<div itemprop=publisher itemscope><img itemprop=logo src=/l.png> of the port</div>", None);
    }
}
