//! The authors that a page shows its readers.

use super::Authors;
use super::address::leads_to_author;
use super::people::{Cleaner, Trust};
use crate::html::blocks::Block;
use crate::html::body::Verdict;
use crate::html::links::is_front_page;
use crate::html::place::Place;
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// A byline is no longer than this.
pub(super) const LINE_BYTES_MAX: usize = 200;

/// Nodes between the marks of two authors of one article, and of an element that holds these and little else.
const BESIDE_NODES: NodeId = 24;
const BOX_NODES: NodeId = 48;

/// Parts of a page that name people who did not write it.
pub(super) const AWAY: Roles = Roles(
    Roles::COMMENT.0
        | Roles::RELATED.0
        | Roles::SIDEBAR.0
        | Roles::NAVIGATION.0
        | Roles::FOOTER.0
        | Roles::TEASER.0
        | Roles::HIDDEN.0
        | Roles::CAPTION.0
        | Roles::MEDIA.0,
);

/// A page whose byline is looked for.
pub(super) struct Page<'p, 'a> {
    pub place: Place<'p, 'a>,
    pub cleaner: &'p Cleaner<'p>,
    /// What became of the blocks, where that is known.
    pub verdicts: &'p [Verdict],
}

impl Page<'_, '_> {
    /// Names in what the page shows, outside parts that are `chrome`: marked as author by microdata, by a link relation,
    /// by a class; else a line that begins like a byline.
    pub(super) fn names(&self, chrome: Roles) -> Authors {
        let all = 1..self.place.tree.len();
        let mut authors = self.marked(all.clone(), chrome);
        if authors.names.is_empty() {
            authors = self.in_bylines(all, chrome);
        }
        if authors.names.is_empty() {
            authors = self.linked_at_headline(chrome);
        }
        if authors.names.is_empty() {
            authors = self.in_lines(chrome);
        }
        if authors.names.is_empty() {
            // A link to the page of an author, wherever it stands.
            let links = self.place.tree.links.iter().copied();
            authors = self.linked(links, chrome, LINE_BYTES_MAX, Trust::Line);
        }
        authors
    }

    /// Whether a node stands in parts of the page that are `chrome`, or in what shows another article.
    fn is_away(&self, id: NodeId, chrome: Roles) -> bool {
        self.place.is_in(id, chrome) || self.is_of_another_article(id)
    }

    pub(super) fn is_block_away(&self, block: &Block, chrome: Roles) -> bool {
        self.place.is_in(block.node, chrome) || self.is_of_another_article(block.last - 1)
    }

    /// Whether a node stands in the card of another article, or below the title of one beside the text.
    pub(super) fn is_of_another_article(&self, id: NodeId) -> bool {
        let tree = self.place.tree;
        let headline = self.place.headline;
        let holds_headline = |outer: NodeId| headline.is_some_and(|headline| tree.contains(outer, headline));
        let around =
            || std::iter::once(id).chain(tree.ancestors(id)).take_while(|outer| !holds_headline(*outer));
        let is_beside = self.place.is_in(id, Roles::SIDEBAR);
        let is_other = |outer: NodeId| {
            let has_title = || tree.descendants(outer).any(|inner| is_title_of_another(tree, inner));
            let is_card = || {
                tree.node(outer).end - outer <= CARD_NODES
                    && tree.short_text(outer, CARD_BYTES).is_some()
                    && has_title()
            };
            tree.tag(outer) == Tag::Article && (is_beside || headline.is_some() && is_card())
        };
        if around().any(is_other) || self.is_in_card(id) {
            return true;
        }
        let own_roles = &self.place.blocks.own_roles;
        let sidebar = around().find(|outer| own_roles[*outer as usize].any(Roles::SIDEBAR));
        sidebar.filter(|_| is_beside).is_some_and(|sidebar| {
            (sidebar..id).rev().take(TITLE_NODES).any(|before| is_title_of_another(tree, before))
        })
    }

    /// Whether a node stands in a link to another page that holds much more than a byline.
    fn is_in_card(&self, id: NodeId) -> bool {
        let tree = self.place.tree;
        let link = tree.node(id).link;
        if link == 0 || self.place.headline.is_some_and(|headline| tree.contains(link, headline)) {
            return false;
        }
        let href = tree.raw_attribute(link, Name::Href).unwrap_or_default();
        let is_long = || {
            let text = tree.short_text(link, LINE_BYTES_MAX);
            text.is_none_or(|text| text.split_whitespace().count() >= CARD_WORDS)
        };
        may_lead_to_article(href) && is_long()
    }

    /// Whether an element is marked or called a byline.
    pub(super) fn is_called_byline(&self, id: NodeId) -> bool {
        let tree = self.place.tree;
        let own = self.place.blocks.own_roles[id as usize];
        tree.tag(id) != Tag::Text && (own.any(Roles::BYLINE) || is_marked(tree, id) || self.is_address(id))
    }

    /// Whether an element is the contact of the article, as its author is: it stands at the headline.
    pub(super) fn is_address(&self, id: NodeId) -> bool {
        self.place.tree.tag(id) == Tag::Address && self.place.around_headline().contains(&id)
    }

    /// Why nobody who is named in this byline is the author, if that is for where it stands.
    pub(super) fn why_away(&self, id: NodeId) -> Option<&'static str> {
        if self.is_of_another_article(id) {
            Some("of another article")
        } else if self.place.is_in(id, AWAY) {
            Some("in a part of the page that is of other things")
        } else if is_of_a_part(self.place.tree, id) {
            Some("of a quotation or a picture")
        } else {
            None
        }
    }

    /// Names in a byline at the headline.
    pub(super) fn names_at_headline(&self) -> Authors {
        let near = self.place.around_headline();
        let authors = self.marked(near.clone(), AWAY);
        if authors.names.is_empty() { self.in_bylines(near, AWAY) } else { authors }
    }

    /// Names in elements that microdata or a link relation mark as author.
    fn marked(&self, ids: std::ops::Range<NodeId>, chrome: Roles) -> Authors {
        let tree = self.place.tree;
        let mut authors = Authors::default();
        let (mut first, mut last_end) = (None, 0);
        let from = tree.marked.partition_point(|id| *id < ids.start);
        for id in tree.marked[from..].iter().copied().take_while(|id| *id < ids.end) {
            if id < last_end {
                continue;
            }
            // Whoever is marked further down is named again, or wrote something else.
            if !authors.names.is_empty() && id > last_end + BESIDE_NODES {
                break;
            }
            let is_beside = |first: NodeId| {
                let around =
                    tree.ancestors(first).find(|outer| tree.contains(*outer, id)).unwrap_or_default();
                let is_near =
                    |inner: NodeId| around == tree.parent(inner) || around == tree.parent(tree.parent(inner));
                // Or each stands in boxes of its own, in one that holds nothing but bylines.
                is_near(first) || is_near(id) || tree.node(around).end - around <= BOX_NODES
            };
            if is_marked(tree, id)
                && !self.is_away(id, chrome)
                && first.is_none_or(is_beside)
                && !(tree.tag(id) == Tag::A && self.is_of_pictures(id))
            {
                let mut names = Vec::new();
                // Longer text is about the author.
                if !self.add_named(id, &mut names)
                    && let Some(text) = tree.short_text(id, LINE_BYTES_MAX)
                    && text.split_whitespace().count() <= 12
                {
                    self.cleaner.add(&text, Trust::Field, &mut names);
                }
                let is_known = |name: &String| {
                    authors
                        .names
                        .iter()
                        .any(|other| other.contains(name.as_str()) || name.contains(other.as_str()))
                };
                names.retain(|name| !is_known(name));
                authors.names.extend(names);
                first = first.or((!authors.names.is_empty()).then_some(id));
                authors.come_from(Source::Element(id));
                last_end = tree.node(id).end;
            }
        }
        authors
    }

    /// Names in links to the page of an author that stand near the headline.
    fn linked_at_headline(&self, chrome: Roles) -> Authors {
        let is_near = |id: &NodeId| {
            self.place.headline.is_some_and(|headline| id.abs_diff(headline) <= 120)
                || self.place.blocks.roles[*id as usize].any(Roles::DATE | Roles::BYLINE)
        };
        self.linked(self.place.tree.links.iter().copied().filter(is_near), chrome, 60, Trust::Link)
    }

    /// The names in the first of these links that leads to the page of an author and names anybody.
    fn linked(
        &self,
        links: impl Iterator<Item = NodeId>,
        chrome: Roles,
        bytes_max: usize,
        trust: Trust,
    ) -> Authors {
        let tree = self.place.tree;
        let mut authors = Authors::default();
        let mut around = None;
        for id in links {
            // Whoever is linked beside the first author is one as well.
            if around.is_some_and(|around| !tree.contains(around, id)) {
                break;
            }
            if self.is_link_to_author(id, chrome)
                && !self.is_of_pictures(id)
                && around.is_none_or(|around| tree.parent(id) == around && !self.is_behind_editing(id))
                && let Some(text) = tree.short_text(id, bytes_max)
            {
                // The link may show a picture with its own credit.
                if !self.add_named(id, &mut authors.names) {
                    self.cleaner.add(&text, trust, &mut authors.names);
                }
                authors.come_from(Source::Element(id));
                around = around.or((!authors.names.is_empty()).then(|| tree.parent(id)));
            }
        }
        authors
    }

    /// The name in a link to the page of an author that stands below the headline behind "by": it may be a given name alone.
    pub(super) fn linked_behind_label(&self) -> Authors {
        let (tree, near) = (self.place.tree, self.place.around_headline());
        let from = tree.links.partition_point(|id| Some(*id) < self.place.headline);
        for id in tree.links[from..].iter().copied().take_while(|id| near.contains(id)) {
            let line = tree.short_text(tree.parent(id), LINE_BYTES_MAX).unwrap_or_default();
            let Some(name) = tree.short_text(id, LINE_BYTES_MAX).filter(|name| !name.is_empty()) else {
                continue;
            };
            let is_behind =
                |line: &str| self.cleaner.labelled(line).is_some_and(|rest| rest.starts_with(&name));
            let is_labelled = || is_behind(&line) || line == name && self.is_below_label(id);
            if self.is_link_to_author(id, AWAY) && is_labelled() {
                let mut names = Vec::new();
                self.cleaner.add(&name, Trust::Link, &mut names);
                return Authors { names, source: Some(Source::Element(id)) };
            }
        }
        Authors::default()
    }

    /// Whether the block before that of a node is a label of authors and no more.
    fn is_below_label(&self, id: NodeId) -> bool {
        let list = &self.place.blocks.list;
        let at = list.partition_point(|block| block.last <= id);
        let before = at.checked_sub(1).map(|at| self.place.blocks.text_of(&list[at]));
        before.is_some_and(|text| self.cleaner.labelled(text) == Some(""))
    }

    fn is_link_to_author(&self, id: NodeId, chrome: Roles) -> bool {
        self.place.tree.raw_attribute(id, Name::Href).is_some_and(leads_to_author)
            && !self.is_away(id, chrome)
    }
}

/// Whether microdata or a link relation mark an element as author.
pub(in crate::html) fn is_marked(tree: &Tree<'_>, id: NodeId) -> bool {
    let has = |value: &str, word| value.split_ascii_whitespace().any(|other| other == word);
    tree.raw_attributes(id).any(|(name, value)| match name {
        Name::Itemprop => has(value, "author") || has(value, "creator"),
        Name::Rel => has(value, "author"),
        _ => false,
    })
}

/// Nodes and bytes of a card that shows another article: its title, a few words, who wrote it.
const CARD_NODES: NodeId = 100;
const CARD_BYTES: usize = 400;

/// Words of a link that holds more than a byline.
const CARD_WORDS: usize = 12;

/// Nodes between the title of an article beside the text and its author.
const TITLE_NODES: usize = 40;

/// Words of a link that may be the title of an article.
const TITLE_WORDS: usize = 4;

/// Whether an address may be that of another article: none in the page itself, of an author or of the front page.
fn may_lead_to_article(href: &str) -> bool {
    !href.is_empty() && !href.starts_with('#') && !leads_to_author(href) && !is_front_page(href)
}

/// Whether a node is a link that reads like the title of another article: it is a heading, or has as many words as one.
pub(in crate::html) fn is_title_of_another(tree: &Tree<'_>, id: NodeId) -> bool {
    if tree.tag(id) != Tag::A {
        return false;
    }
    let href = tree.raw_attribute(id, Name::Href).unwrap_or_default();
    if !may_lead_to_article(href) {
        return false;
    }
    let is_heading = |id: NodeId| tree.tag(id).heading_level().is_some();
    tree.ancestors(id).take(3).any(is_heading)
        || tree.descendants(id).take(12).any(is_heading)
        || tree
            .short_text(id, LINE_BYTES_MAX)
            .is_some_and(|text| text.split_whitespace().count() >= TITLE_WORDS)
}

/// Whether an element that is called a byline is that of a quotation or a picture.
pub(super) fn is_of_a_part(tree: &Tree<'_>, id: NodeId) -> bool {
    let class = tree.raw_attribute(id, Name::Class).unwrap_or_default();
    let has = |word: &str| {
        class.as_bytes().windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    };
    ["quote", "zitat", "testimonial", "photo", "image", "picture"].into_iter().any(has)
}
