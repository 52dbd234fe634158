//! Lists in the text, which are kept whole: the weighing may tell short items of one list apart.

use std::ops::Range;

use super::Verdict;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::role::Roles;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};

/// Items of a list that is read as one.
const ITEMS: std::ops::RangeInclusive<usize> = 2..=40;

/// Characters of items that are sentences, of which one that is text tells enough.
const SENTENCE: usize = 50;

/// Mean log-odds of the items of a list above which all of it is text, if a third of it is.
const DOUBTFUL: f32 = -1.0;

/// Takes the rest of a list into the text of which the weighing took a part: items that lead nowhere else.
pub(super) fn keep_whole(tree: &Tree<'_>, blocks: &Blocks, odds: &[f32], verdicts: &mut [Verdict]) {
    let mut index = 0;
    while let Some(block) = blocks.list.get(index) {
        let Some(list) = list_of(tree, block) else {
            index += 1;
            continue;
        };
        let items = index..blocks.between(block.first, tree.node(list).end).end.max(index + 1);
        index = items.end;
        let is_facts = is_between_paragraphs(tree, blocks, verdicts, items.clone());
        let chrome = if is_facts { Roles::CHROME & !Roles::SIDEBAR } else { Roles::CHROME };
        let is_item = |at: usize| {
            let block = &blocks.list[at];
            let is_open = matches!(verdicts[at], Verdict::Text | Verdict::Out(""));
            is_open
                && block.kind == Kind::Item
                && block.link_chars * 3 < block.chars
                && !block.roles.any(chrome | Roles::CONTENTS)
        };
        let count = items.len();
        let kept = items.clone().filter(|at| verdicts[*at] == Verdict::Text).count();
        let mean = odds[items.clone()].iter().sum::<f32>() / count as f32;
        let chars: u32 = blocks.list[items.clone()].iter().map(|block| block.chars).sum();
        let is_told = kept * 3 >= count || chars as usize >= count * SENTENCE;
        let is_part = (1..count).contains(&kept) && is_told;
        if ITEMS.contains(&count) && is_part && mean > DOUBTFUL && items.clone().all(is_item) {
            verdicts[items].fill(Verdict::Text);
        }
    }
}

/// Whether items stand in a box of facts: beside the text by its name, between two paragraphs of it, and leading nowhere.
fn is_between_paragraphs(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    items: Range<usize>,
) -> bool {
    let list = &blocks.list;
    let is_side = |id: &NodeId| blocks.own_roles[*id as usize].any(Roles::SIDEBAR);
    let Some(side) = tree.ancestors(list[items.start].node).find(is_side) else { return false };
    let inside = blocks.between(side, tree.node(side).end);
    let around = tree.parent(side);
    let is_text = |at: &usize| verdicts[*at].is_kept();
    let is_paragraph =
        |at: usize| list[at].is_prose() && list[at].node != around && tree.contains(around, list[at].first);
    (0..inside.start).rev().find(is_text).is_some_and(is_paragraph)
        && (inside.end..list.len()).find(is_text).is_some_and(is_paragraph)
        && list[inside].iter().all(|block| block.links == 0)
}

/// The outermost list that a block stands in as an item of it.
fn list_of(tree: &Tree<'_>, block: &Block) -> Option<NodeId> {
    let is_list = |id: &NodeId| matches!(tree.tag(*id), Tag::Ul | Tag::Ol | Tag::Dl);
    (block.kind == Kind::Item).then(|| tree.ancestors(block.node).filter(is_list).last())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::body::Verdict::{Out, Text};

    #[test]
    fn a_list_is_kept_whole_or_as_it_was() {
        let check = |page: &str, odds: &[f32], expected: &[Verdict]| {
            let tree = Tree::parse(page);
            let blocks = Blocks::of(&tree);
            let mut verdicts: Vec<Verdict> =
                odds.iter().map(|odds| if *odds > 0.0 { Text } else { Out("") }).collect();
            keep_whole(&tree, &blocks, odds, &mut verdicts);
            assert_eq!(verdicts, expected, "{page}");
        };
        let list = "<p>Ice<ul><li>One<li>Two<ul><li>Three</ul></ul><p>Snow";
        check(list, &[3.0, 0.5, -0.6, 0.1, 3.0], &[Text; 5]);
        check(list, &[3.0, 0.5, -6.0, -2.0, 3.0], &[Text, Text, Out(""), Out(""), Text]);
        check(list, &[3.0, -0.5, -0.6, -0.1, 3.0], &[Text, Out(""), Out(""), Out(""), Text]);
        let glossary = "<p>Ice<dl><dt>Frazil<dd>Needles<dt>Slush<dd>Mush</dl><p>Snow";
        check(glossary, &[3.0, 0.5, -0.6, 0.1, -0.2, 3.0], &[Text; 6]);
        let prose = "<p>The lake froze over night, and nobody had seen that coming, said the keeper.</p>";
        let facts = format!("{prose}<aside><ul><li>One<li>Two<li>Three</ul></aside>");
        let odds = [3.0, -0.3, -0.2, 0.4, 3.0];
        check(&format!("{facts}{prose}"), &odds, &[Text; 5]);
        check(&facts, &odds[..4], &[Text, Out(""), Out(""), Text]);
        let links = "<ul><li>One<li><a href=/>Two</a></ul>";
        check(links, &[0.5, -0.1], &[Text, Out("")]);
    }
}
