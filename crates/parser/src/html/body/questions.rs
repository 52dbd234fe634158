//! Questions between paragraphs, which interviews are made of: the weighing may take short ones for something else.

use super::Verdict;
use crate::html::blocks::{Blocks, Kind};
use crate::html::role::Roles;
use crate::html::tree::Tree;

/// Log-odds above which a question is text between two paragraphs that are.
const DOUBT: f32 = -1.5;

/// Words and characters of such a question.
const WORDS: u32 = 2;
const CHARS: u32 = 200;

/// Takes questions into the text that stand between two of its paragraphs in one element with them.
pub(super) fn keep(tree: &Tree<'_>, blocks: &Blocks, odds: &[f32], verdicts: &mut [Verdict]) {
    let away = Roles::CHROME | Roles::CAPTION | Roles::MEDIA | Roles::BYLINE | Roles::DATE;
    for at in 1..verdicts.len().saturating_sub(1) {
        let block = &blocks.list[at];
        if verdicts[at] != Verdict::Out("") || odds[at] <= DOUBT || block.kind != Kind::Paragraph {
            continue;
        }
        let is_question = block.words >= WORDS
            && block.chars <= CHARS
            && block.links == 0
            && !block.roles.any(away)
            && blocks.text_of(block).ends_with(['?', '？']);
        let parent = tree.parent(block.node);
        let is_beside = |other: usize| {
            let other_block = &blocks.list[other];
            verdicts[other] == Verdict::Text
                && other_block.kind == Kind::Paragraph
                && tree.parent(other_block.node) == parent
        };
        if is_question && is_beside(at - 1) && is_beside(at + 1) {
            verdicts[at] = Verdict::Text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::body::Verdict::{Out, Text};

    #[test]
    fn a_question_between_two_answers_is_text() {
        let check = |page: &str, odds: [f32; 3], expected: Verdict| {
            let tree = Tree::parse(page);
            let blocks = Blocks::of(&tree);
            let mut verdicts: Vec<Verdict> =
                odds.iter().map(|odds| if *odds > 0.0 { Text } else { Out("") }).collect();
            keep(&tree, &blocks, &odds, &mut verdicts);
            assert_eq!(verdicts[1], expected, "{page}");
        };
        check("<p>It froze.<p>What now ?<p>We wait.", [3.0, -0.1, 3.0], Text);
        check("<p>It froze.<p>What now ?<p>We wait.", [3.0, -2.0, 3.0], Out(""));
        check("<p>It froze.<p>What now ?<p>We wait.", [3.0, -0.1, -3.0], Out(""));
        check("<p>It froze.<p>Read on<p>We wait.", [3.0, -0.1, 3.0], Out(""));
        check("<p>It froze.<div><p>Lost your key?</div><p>We wait.", [3.0, -0.1, 3.0], Out(""));
    }
}
