//! The words about a picture: its caption, and the credit in an element of its own.

use std::ops::Range;

use super::CAPTION_BYTES_MAX;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree, push_folded};
use crate::lexicon::Lexicon;
use crate::plain::split_caption;

/// The caption and the credit that the words of some nodes in an element are.
pub(super) fn read(
    tree: &Tree<'_>,
    outer: NodeId,
    nodes: Range<NodeId>,
    lexicon: &Lexicon,
) -> (Option<String>, Option<String>) {
    let mut caption = String::new();
    let mut credit = String::new();
    let mut id = nodes.start;
    while id < nodes.end {
        match tree.tag(id) {
            // Cells are no words about a picture.
            Tag::Script | Tag::Style | Tag::Button | Tag::Table => {
                id = tree.node(id).end;
                continue;
            }
            Tag::Text if !matches!(tree.tag(tree.parent(id)), Tag::Noscript) => {
                let mut around = tree.ancestors(id).take_while(|ancestor| *ancestor != outer);
                let is_credit = around.any(|around| is_called(tree, around, &CREDITS))
                    || is_called(tree, outer, &CREDITS[..2]);
                let words = tree.text(id);
                let line = if is_credit { &mut credit } else { &mut caption };
                // Two elements that touch are set apart by their style.
                if line.ends_with('.') && words.starts_with(char::is_uppercase) {
                    line.push(' ');
                }
                push_folded(line, &words);
            }
            tag if !tag.is_inline() || tag == Tag::Br => {
                push_folded(&mut caption, " ");
                push_folded(&mut credit, " ");
            }
            _ => {}
        }
        id += 1;
    }
    let told = |text: String| {
        Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= CAPTION_BYTES_MAX)
    };
    split_caption(told(caption), told(credit), lexicon)
}

/// Words of classes that call a credit; an element around the whole caption may have the later ones for other reasons.
const CREDITS: [&str; 4] = ["credit", "photographer", "copyright", "source"];

/// Whether an element is called by one of these words, or cites whose picture it is.
fn is_called(tree: &Tree<'_>, id: NodeId, words: &[&str]) -> bool {
    tree.tag(id) == Tag::Cite
        || tree.raw_attribute(id, Name::Class).is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            words.iter().any(|word| class.contains(word))
        })
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    #[test]
    fn a_caption_and_its_credit_may_be_two_elements() {
        let page = |inside: &str| {
            let page = format!(
                "<title>Le lac a gelé</title><article><h1>Le lac a gelé</h1>{PROSE}{inside}{PROSE}{PROSE}</article>"
            );
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            assert!(!article.text.contains("Le port"), "{inside}");
            let told = article.images.into_iter().map(|image| (image.url, image.caption, image.credit));
            told.collect::<Vec<_>>()
        };
        let expected =
            vec![(Some("/a.jpg".to_owned()), Some("Le port.".to_owned()), Some("Léa Martin".to_owned()))];
        for inside in [
            "<div><img src=/a.jpg><div class=gallery-caption>Le port.</div><div class=gallery-credit>Photo : Léa Martin</div></div>",
            "<div class=media><img src=/a.jpg><span class=caption>Le port.</span><span class=credit>Léa Martin</span></div>",
            "<dl class=documents><dt><img src=/a.jpg></dt><dt><strong>Le port.</strong></dt><dd>Photo : Léa Martin</dd></dl>",
            "<figure><img src=/a.jpg><figcaption>Le port.<cite>Léa Martin</cite></figcaption></figure>",
            "<figure><img src=/a.jpg><figcaption>Le port. <span class=credit>| Léa Martin</span></figcaption></figure>",
        ] {
            assert_eq!(page(inside), expected, "{inside}");
        }
    }
}
