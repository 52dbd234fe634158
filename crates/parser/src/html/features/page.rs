//! What is told of blocks by the elements that they stand in, and of elements by the blocks in them.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::headline::folded;
use crate::html::metadata::Metadata;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Sums over the blocks below a node.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    pub chars: u32,
    pub link_chars: u32,
    pub prose: u32,
    pub blocks: u32,
}

impl Sum {
    pub(super) fn links(self) -> f32 {
        self.link_chars as f32 / self.chars.max(1) as f32
    }

    pub(super) fn prose(self) -> f32 {
        self.prose as f32 / self.chars.max(1) as f32
    }
}

/// Characters of prose in the container after this block.
pub(super) fn container_prose_left(
    tree: &Tree<'_>,
    blocks: &Blocks,
    container: NodeId,
    index: usize,
    before: &[u32],
) -> u32 {
    let end = tree.node(container).end;
    let stop = blocks.list.partition_point(|block| block.first < end);
    before[stop.max(index + 1)] - before[index + 1]
}

/// The block that shows the headline.
pub(super) fn headline_block(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    title: Option<&str>,
) -> Option<usize> {
    let title = folded(title?);
    // Folding costs more than counting: most blocks are of another length.
    let chars = title.chars().count() as u32;
    let matches = |block: &&Block| {
        block.chars >= chars && block.chars <= chars + chars / 3 + 8 && folded(blocks.text_of(block)) == title
    };
    let heading =
        blocks.list.iter().position(|block| matches!(block.kind, Kind::Heading(_)) && matches(&block));
    heading.or_else(|| blocks.list.iter().position(|block| matches(&block))).or_else(|| {
        let (id, _) = metadata.headings.iter().find(|(_, level)| *level == 1)?;
        blocks.list.iter().position(|block| tree.contains(*id, block.first))
    })
}

/// How many elements like the one around a block stand side by side, and what they hold together: cards of a list.
pub(super) fn card(
    tree: &Tree<'_>,
    ancestors: &[NodeId],
    container: NodeId,
    sums: &[Sum],
    alike: &FxHashMap<(NodeId, u64), u32>,
    keys: &[u64],
) -> (u32, Sum) {
    let mut best = (0, Sum::default());
    for pair in ancestors.windows(2).skip(1).take(5) {
        let (inner, outer) = (pair[0], pair[1]);
        if inner == container || matches!(tree.tag(inner), Tag::Tr | Tag::Td | Tag::Tbody) {
            break;
        }
        let alike = alike.get(&(outer, keys[inner as usize])).copied().unwrap_or(0);
        if alike >= 2 && alike > best.0 {
            best = (alike, sums[outer as usize]);
        }
    }
    best
}

/// A number for the name and class of an element.
pub(super) fn class_key(tree: &Tree<'_>, id: NodeId) -> u64 {
    let mut hasher = FxHasher::default();
    (tree.tag(id) as u8).hash(&mut hasher);
    tree.raw_attribute(id, Name::Class).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

/// A number for the names of the elements around a block.
pub(super) fn shape(tree: &Tree<'_>, block: &Block) -> u64 {
    let mut hasher = FxHasher::default();
    (tree.tag(block.node) as u8).hash(&mut hasher);
    tree.node(block.node).depth.hash(&mut hasher);
    for id in tree.ancestors(block.node).take(4) {
        (tree.tag(id) as u8).hash(&mut hasher);
    }
    hasher.finish()
}
