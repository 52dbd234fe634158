//! The line that a block shows where its style alone sets elements apart: "Zoé Lam" and "3 mars 2026" in two spans that touch.

use std::borrow::Cow;

use super::blocks::{Block, Blocks};
use super::tag::Tag;
use super::tree::{Tree, push_folded};

/// Characters of the longest block that is read so: longer ones are running text.
const CHARS_MAX: u32 = 200;

/// The words of a short block, with a sign between elements that touch letter to letter.
pub(super) fn parted<'b>(tree: &Tree<'_>, blocks: &'b Blocks, block: &Block) -> Cow<'b, str> {
    let plain = || Cow::Borrowed(blocks.text_of(block));
    if block.chars > CHARS_MAX {
        return plain();
    }
    let mut out = String::new();
    let mut has_joint = false;
    let mut before = None;
    for id in block.first..block.last {
        if tree.tag(id) == Tag::Br {
            out.push('\n');
        }
        if tree.tag(id) != Tag::Text
            || matches!(tree.tag(tree.parent(id)), Tag::Script | Tag::Style | Tag::Sup)
        {
            continue;
        }
        let words = tree.text(id);
        let touches = before.is_some_and(|before| before != tree.parent(id))
            && out.ends_with(char::is_alphanumeric)
            && words.starts_with(char::is_alphanumeric);
        if touches {
            out.push_str(" | ");
            has_joint = true;
        }
        push_folded(&mut out, &words);
        before = Some(tree.parent(id));
    }
    if has_joint { Cow::Owned(out) } else { plain() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inside: &str, expected: &str) {
        let page = format!("<div>{inside}</div>");
        let tree = Tree::parse(&page);
        let blocks = Blocks::of(&tree);
        assert_eq!(parted(&tree, &blocks, &blocks.list[0]), expected, "{inside}");
    }

    #[test]
    fn elements_that_touch_are_parts_of_a_line() {
        check(
            "<span>Zoé Lam</span><span>3 mars 2026</span><span>3 min</span>",
            "Zoé Lam | 3 mars 2026 | 3 min",
        );
        check("<a href=/z>Zoé Lam</a><time>3 mars</time>", "Zoé Lam | 3 mars");
        check("<span>Zoé Lam</span> <span>3 mars</span>", "Zoé Lam 3 mars");
        check("<span>Zoé Lam,</span><span>3 mars</span>", "Zoé Lam,3 mars");
        check("Zoé Lam, le 3<sup>e</sup> jour", "Zoé Lam, le 3e jour");
    }
}
