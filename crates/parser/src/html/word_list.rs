//! Lists as Word saves them: paragraphs of a class of its own, each with its bullet or number in an element that begins it.

use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// Bytes of the longest bullet or number with the spaces behind it.
const MARK_BYTES: usize = 40;

/// Bytes of the longest bullet or number: "viii."
const SIGN_BYTES: usize = 6;

/// Nodes at the head of a paragraph among which its bullet is.
const NODES: usize = 6;

/// The element with the bullet or number of a paragraph that is an item of a list.
pub(super) fn mark_of_item(tree: &Tree<'_>, paragraph: NodeId) -> Option<NodeId> {
    let class = tree.raw_attribute(paragraph, Name::Class)?;
    if !class.starts_with("Mso") || class.starts_with("MsoToc") {
        return None;
    }
    let inside = tree.descendants(paragraph).take(NODES);
    let first = inside
        .take_while(|id| tree.tag(*id) != Tag::Text || tree.raw_text(*id).trim().is_empty())
        .find(|id| tree.tag(*id) == Tag::Span && (is_ignored(tree, *id) || is_spaced(tree, *id)))?;
    let text = tree.short_text(first, MARK_BYTES)?;
    is_sign(text.trim()).then_some(first)
}

/// Whether Word says of an element that it is the mark of an item, or the font around one.
fn is_ignored(tree: &Tree<'_>, id: NodeId) -> bool {
    let says = |id| {
        tree.raw_attribute(id, Name::Style).is_some_and(|style| {
            style.trim_start().to_ascii_lowercase().replace(' ', "").starts_with("mso-list:ignore")
        })
    };
    let inner = id + 1;
    says(id) || inner < tree.node(id).end && tree.tag(inner) == Tag::Span && says(inner)
}

/// Whether an element ends in spaces that do not break in a font of their own, as a bullet does in a filtered page.
fn is_spaced(tree: &Tree<'_>, id: NodeId) -> bool {
    let mut inner = tree.descendants(id).take(NODES).filter(|inner| tree.tag(*inner) == Tag::Span);
    inner.next().is_some_and(|spaces| {
        let text = tree.raw_text(spaces + 1);
        text.contains("&nbsp;") || text.contains('\u{a0}')
    })
}

/// Whether words are a bullet or the number of an item: "·", "o", "1.", "b)".
fn is_sign(words: &str) -> bool {
    let bare = words.trim_end_matches(['.', ')']);
    words.len() <= SIGN_BYTES
        && !words.is_empty()
        && (!words.contains(char::is_alphanumeric)
            || matches!(words, "o" | "§" | "q" | "v" | "Ø" | "ü")
            || bare.len() < words.len() && bare.chars().all(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use document::BlockKind;

    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p class=MsoNormal>The lake froze over night, and nobody had seen that coming, said the keeper of the port.<o:p></o:p></p>";

    fn check(item: &str, expected: (BlockKind, &str)) {
        let page = format!(
            "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><title>Ice at last</title><style><!-- p.MsoNormal {{margin:0cm}} \
             --></style></head><body><div class=WordSection1><h1>Ice at last<o:p></o:p></h1>{PROSE}{PROSE}{item}{PROSE}</div></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        let mut blocks =
            article.blocks.iter().map(|block| (block.kind, block.span.of(&article.text).unwrap()));
        assert!(blocks.any(|block| block == expected), "{item}: {}", article.text.as_str());
        assert!(!article.text.contains("margin") && !article.text.contains("supportLists"));
    }

    #[test]
    fn paragraphs_with_a_bullet_or_number_are_items_without_it() {
        let spaces = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>";
        for mark in ["·", "o", "1.", "b)", "-"] {
            let ignored = format!("<span style='mso-list:Ignore'>{mark}{spaces}</span>");
            for head in [
                format!("<![if !supportLists]>{ignored}<![endif]>"),
                format!("<![if !supportLists]><span style='font-family:Symbol'>{ignored}</span><![endif]>"),
                format!("<span style='font-family:Symbol'>{mark}{spaces}</span>"),
            ] {
                let item = format!(
                    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'>{head}The outer mole is closed.<o:p></o:p></p>"
                );
                check(&item, (BlockKind::ListItem, "The outer mole is closed."));
            }
        }
    }

    #[test]
    fn other_paragraphs_stay_what_they_are() {
        for (item, expected) in [
            (
                "<p class=MsoListParagraph>The outer mole is closed, and so is the inner one.</p>",
                "The outer mole is closed, and so is the inner one.",
            ),
            (
                "<p class=MsoNormal><span lang=EN-GB>1.</span> The outer mole is closed, and so is the inner one.</p>",
                "1. The outer mole is closed, and so is the inner one.",
            ),
            (
                "<p class=MsoNormal><span>A<span>&nbsp;mole</span></span> is closed, and so is the inner one.</p>",
                "A mole is closed, and so is the inner one.",
            ),
        ] {
            check(item, (BlockKind::Paragraph, expected));
        }
    }
}
