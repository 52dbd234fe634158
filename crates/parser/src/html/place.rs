//! Where readers look for author and date: at the headline, and in no other part of the page.

use super::blocks::Blocks;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// Nodes around the headline among which its author and date stand.
const NEAR: NodeId = 200;

/// A page with its headline.
#[derive(Clone, Copy)]
pub(super) struct Place<'p, 'a> {
    pub tree: &'p Tree<'a>,
    pub blocks: &'p Blocks,
    pub headline: Option<NodeId>,
}

impl Place<'_, '_> {
    /// The nodes at the headline, in whose midst it stands; none without one.
    pub(super) fn around_headline(&self) -> std::ops::Range<NodeId> {
        self.headline.map_or(0..0, |headline| {
            headline.saturating_sub(60).max(1)..headline.saturating_add(NEAR).min(self.tree.len())
        })
    }

    /// Whether a node stands in parts of the page that play `roles`. What is said of an element that holds the headline
    /// as well, or of the headline itself, is said of the article: "post-format-gallery", "gallery--title".
    pub(super) fn is_in(&self, id: NodeId, roles: Roles) -> bool {
        if !self.blocks.roles[id as usize].any(roles) {
            return false;
        }
        let Some(headline) = self.headline.filter(|headline| headline.abs_diff(id) <= NEAR) else {
            return true;
        };
        let roles = roles & !self.blocks.own_roles[headline as usize];
        std::iter::once(id)
            .chain(self.tree.ancestors(id))
            .take_while(|outer| !self.tree.contains(*outer, headline))
            .any(|outer| self.blocks.own_roles[outer as usize].any(roles))
    }
}

/// Whether a node stands in the foot of the article with this headline, and not in that of the site.
pub(super) fn is_in_foot_of_article(tree: &Tree<'_>, blocks: &Blocks, id: NodeId, headline: NodeId) -> bool {
    let around = || std::iter::once(id).chain(tree.ancestors(id));
    let is_foot = |id: &NodeId| blocks.own_roles[*id as usize].any(Roles::FOOTER);
    let Some(foot) = around().filter(is_foot).last() else { return false };
    let is_called = |id: NodeId| {
        tree.tag(id) == Tag::Article
            || tree
                .raw_attribute(id, Name::Class)
                .is_some_and(|class| class.split_ascii_whitespace().any(|word| ARTICLES.contains(&word)))
    };
    headline != 0 && tree.ancestors(foot).any(|outer| tree.contains(outer, headline) && is_called(outer))
}

/// Classes of elements that hold an article and nothing else.
const ARTICLES: [&str; 7] = ["hentry", "h-entry", "post", "entry", "article", "story", "node"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: bool) {
        let tree = Tree::parse(page);
        let find = |tag| (1..tree.len()).find(|id| tree.tag(*id) == tag);
        let place = Place { tree: &tree, blocks: &Blocks::of(&tree), headline: find(Tag::H1) };
        assert_eq!(place.is_in(find(Tag::Span).unwrap(), Roles::MEDIA), expected, "{page}");
    }

    #[test]
    fn an_article_has_a_foot_of_its_own() {
        let check = |page: &str, expected: bool| {
            let tree = Tree::parse(page);
            let find = |tag| (1..tree.len()).find(|id| tree.tag(*id) == tag).unwrap();
            let found = is_in_foot_of_article(&tree, &Blocks::of(&tree), find(Tag::A), find(Tag::H1));
            assert_eq!(found, expected, "{page}");
        };
        check("<article><h1>Ice</h1><footer><a>Lakes</a></footer></article>", true);
        check(
            "<div class='post hentry'><h1>Ice</h1><div class=post-footer><p><a>Lakes</a></p></div></div>",
            true,
        );
        check("<article><h1>Ice</h1></article><footer><a>Lakes</a></footer>", false);
        check(
            "<div class=page><article><h1>Ice</h1></article><div class=footer><a>Lakes</a></div></div>",
            false,
        );
    }

    #[test]
    fn what_the_article_is_called_is_not_said_of_its_parts() {
        check("<body><div class=gallery><h1>The lake froze</h1><span>Zoe Lam</span></div>", false);
        check("<body><div><h1>The lake froze</h1><div class=gallery><span>Zoe Lam</span></div></div>", true);
        check("<body><div class=gallery><span>Zoe Lam</span></div>", true);
        check(
            "<body><h1 class=gallery--title>The lake froze</h1><p class=gallery--meta><span>Zoe Lam</span>",
            false,
        );
    }
}
