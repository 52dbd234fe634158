//! Headings above the headline that say less: a section, or a site's name that readers do not see.

use super::heading::Heading;
use super::site::SITE_WORDS;
use super::{AWAY, Titles, folded, is_shared};
use crate::html::blocks::{Block, Blocks};
use crate::html::metadata::Metadata;
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};

impl Titles<'_> {
    /// Whether a heading that readers do not see says all of the title element, and the page is shared by another title.
    pub(super) fn is_hidden_site(
        &self,
        blocks: &Blocks,
        metadata: &Metadata<'_>,
        id: NodeId,
        heading: &Heading,
    ) -> bool {
        let is_title = || metadata.page_title.as_deref().is_some_and(|title| folded(title) == heading.folded);
        blocks.roles[id as usize].any(Roles::HIDDEN)
            && heading.folded.split(' ').count() <= SITE_WORDS
            && self.meta.iter().any(|(source, title)| is_shared(*source) && folded(title) != heading.folded)
            && is_title()
    }

    /// The heading that an article begins with below one that is no more than a section, where the title element says no more
    /// than that either.
    pub(super) fn below_section(
        &self,
        tree: &Tree<'_>,
        blocks: &Blocks,
        metadata: &Metadata<'_>,
        section: NodeId,
        heading: &Heading,
    ) -> Option<(NodeId, Heading)> {
        let is_title = |(source, _): &(Source, String)| *source == Source::PageTitle;
        if heading.folded != self.first_part
            || !self.meta.iter().all(is_title)
            || !self.site.is_common_section(&heading.text)
        {
            return None;
        }
        let below = metadata.headings.iter().find(|(id, level)| *id > section && *level > 1)?;
        let is_above_text = || !blocks.list[blocks.between(section, below.0)].iter().any(Block::is_prose);
        let in_article =
            || tree.ancestors(below.0).any(|outer| matches!(tree.tag(outer), Tag::Article | Tag::Main));
        let has_link =
            || tree.node(below.0).link != 0 || tree.descendants(below.0).any(|id| tree.tag(id) == Tag::A);
        if blocks.roles[below.0 as usize].any(AWAY) || !in_article() || has_link() || !is_above_text() {
            return None;
        }
        let heading = self.heading(tree, blocks, *below);
        (heading.folded.split(' ').count() >= HEADLINE_WORDS).then_some((below.0, heading))
    }

    /// Whether a heading is the name of a section that begins the title element, and the page is shared by another title.
    pub(super) fn is_section(&self, heading: &Heading) -> bool {
        heading.borne_out.is_none()
            && heading.folded == self.first_part
            && self.meta.iter().any(|(source, _)| *source != Source::PageTitle)
            && self.site.is_common_section(&heading.text)
    }
}

/// Words of the shortest headline below the name of a section.
const HEADLINE_WORDS: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_section_above_the_headline_is_none() {
        let shared = "<meta property=og:title content='Ice closes the harbour'>";
        let body = "<h1>News</h1><article><h3>Ice closes the harbour</h3><p>It froze.</p></article>";
        check(&format!("<title>News - Lake Post</title>{shared}{body}"), "Ice closes the harbour");
        check(&format!("<title>News - Lake Post</title>{body}"), "Ice closes the harbour");
        let list = "<h1>News</h1><main><h3><a href=/ice>Ice closes the harbour</a></h3><h3><a href=/x>Ferry sinks</a></h3></main>";
        check(&format!("<title>News - Lake Post</title>{list}"), "News");
        check(
            "<title>News | Lake Post</title><meta property=og:title content=News><h1>News</h1><p>Text.",
            "News",
        );
    }

    #[test]
    fn a_hidden_site_name_is_no_headline() {
        let page = |shared: &str| {
            format!(
                "<title>Lake Post</title><meta property=og:title content='{shared}'><h1 style='display:none'>Lake Post</h1>\
                 <div class=headline>Ice closes the harbour</div><p>It froze.</p>"
            )
        };
        check(&page("Ice closes the harbour"), "Ice closes the harbour");
        check(&page("Lake Post"), "Lake Post");
    }
}
