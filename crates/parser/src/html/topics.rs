//! The publisher's own tags, sections and topics.

use rustc_hash::FxHashSet;

use super::blocks::Blocks;
use super::headline::folded;
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::Tree;

/// Tags kept.
const TAGS_MAX: usize = 40;

/// The tags, each once, as the metadata and links of relation "tag" give them.
pub(super) fn tags(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    let mut seen: FxHashSet<String> = metadata.site_names().map(folded).collect();
    let mut add = |tag: &str| {
        let tag = tag.trim();
        if tags.len() < TAGS_MAX && (2..=60).contains(&tag.chars().count()) && seen.insert(folded(tag)) {
            tags.push(tag.to_owned());
        }
    };
    metadata.jsonld.keywords.iter().for_each(|tag| add(tag));
    for name in ["article:section", "og:article:section", "article:tag", "og:article:tag"] {
        metadata.metas_named(name).for_each(&mut add);
    }
    for name in ["news_keywords", "keywords", "parsely-tags", "sailthru.tags"] {
        metadata.metas_named(name).flat_map(|list| list.split([',', ';'])).for_each(&mut add);
    }
    for id in 1..tree.len() {
        if tree.tag(id) == Tag::A
            && tree
                .raw_attribute(id, Name::Rel)
                .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "tag"))
            && !blocks.roles[id as usize]
                .any(Roles::RELATED | Roles::SIDEBAR | Roles::FOOTER | Roles::NAVIGATION)
            && let Some(text) = tree.short_text(id, 120)
        {
            add(text.trim_start_matches('#'));
        }
    }
    tags
}
