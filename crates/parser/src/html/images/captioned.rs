//! The words about a picture: its caption and its credit, told by classes, by labels that readers hear ("Image source, …") and
//! by how a credit is written.

use std::ops::Range;

use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree, push_folded};
use crate::lexicon::{Folded, Label, Lexicon};
use crate::plain::{label_of_image, split_caption};

/// Captions longer than this are text that stands in a figure.
const CAPTION_BYTES_MAX: usize = 1500;

/// Bytes of the longest label.
const LABEL_BYTES: usize = 40;

/// The caption and the credit that the words of some nodes in an element are.
pub(super) fn read(
    tree: &Tree<'_>,
    outer: NodeId,
    nodes: Range<NodeId>,
    lexicon: &Lexicon,
) -> (Option<String>, Option<String>) {
    let mut caption = String::new();
    let mut credit = String::new();
    // What a label says that the words behind it are, and where the element ends for which it says that.
    let mut labelled: Option<(Label, NodeId)> = None;
    // Beside its image a figure that has a caption says whose it is.
    let captioned =
        nodes.clone().find(|id| tree.tag(*id) == Tag::Figcaption).filter(|_| tree.tag(outer) == Tag::Figure);
    let mut beside = String::new();
    // Where the innermost element that stands apart ends.
    let mut apart_until = NodeId::MAX;
    let mut id = nodes.start;
    while id < nodes.end {
        if id >= apart_until {
            apart_until = NodeId::MAX;
            push_folded(&mut caption, " ");
            push_folded(&mut credit, " ");
        }
        labelled = labelled.filter(|(_, end)| id < *end);
        match tree.tag(id) {
            // Cells are no words about a picture.
            Tag::Script | Tag::Style | Tag::Button | Tag::Table => {
                id = tree.node(id).end;
                continue;
            }
            Tag::Text if !matches!(tree.tag(tree.parent(id)), Tag::Noscript) => {
                let text = tree.text(id);
                let label = label_in(tree, id, outer, &text, lexicon);
                if let Some((label, _, around)) = label {
                    // Below the label of a credit the caption has an element of its own.
                    labelled = Some((label, tree.node(around).end));
                    push_folded(&mut caption, " ");
                    push_folded(&mut credit, " ");
                }
                let words = label.map_or(text.as_ref(), |(_, rest, _)| rest);
                let is_credit = match labelled {
                    Some((label, _)) => label == Label::Credit,
                    None => is_credit(tree, id, outer),
                };
                let is_beside =
                    || labelled.is_none() && captioned.is_some_and(|inner| !tree.contains(inner, id));
                let line = if is_credit {
                    &mut credit
                } else if is_beside() {
                    &mut beside
                } else {
                    &mut caption
                };
                // Two elements that touch are set apart by their style.
                if line.ends_with('.') && words.starts_with(char::is_uppercase) {
                    line.push(' ');
                }
                push_folded(line, words);
            }
            tag if !tag.is_inline() || tag == Tag::Br => {
                if tag == Tag::Figcaption {
                    labelled = None;
                }
                apart_until = tree.node(id).end;
                push_folded(&mut caption, " ");
                push_folded(&mut credit, " ");
                push_folded(&mut beside, " ");
            }
            _ => {}
        }
        id += 1;
    }
    let told = |text: String| {
        Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= CAPTION_BYTES_MAX)
    };
    let beside = told(beside).filter(|words| lexicon.chrome_of(words, &mut Folded::default()).is_none());
    match beside {
        Some(words) if credit.trim().is_empty() && !caption.trim().is_empty() && may_be_credit(&words) => {
            credit = words;
        }
        Some(words) => caption = format!("{words} {caption}"),
        None => {}
    }
    split_caption(told(caption), told(credit), lexicon)
}

/// Whether words beside an image may say whose it is: few, each with a capital, and no sentence.
fn may_be_credit(words: &str) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase) && word.len() > SMALL_BYTES;
    let count = words.split_whitespace().count();
    (1..=CREDIT_WORDS_MAX).contains(&count)
        && !words.ends_with(['.', '!', '?'])
        && !words.split_whitespace().any(is_small)
}

/// Words of a credit beside an image, and bytes of the longest one without a capital: "for", "via".
const CREDIT_WORDS_MAX: usize = 6;
const SMALL_BYTES: usize = 3;

/// The label that a piece of text begins with, what follows it there, and the element for which it says what it is. A label
/// that has an element of its own is one for what that stands in.
fn label_in<'t>(
    tree: &Tree<'_>,
    text: NodeId,
    outer: NodeId,
    words: &'t str,
    lexicon: &Lexicon,
) -> Option<(Label, &'t str, NodeId)> {
    let own = tree.parent(text);
    let is_whole = own != outer
        && words.trim().len() <= LABEL_BYTES
        && tree.tag(own).is_inline()
        && tree.node(own).end == text + 1;
    // What only some readers hear may be a single word.
    let is_heard = |class: &str| HEARD.iter().any(|word| class.contains(word));
    let whole = || match lexicon.label_of(words)? {
        (label @ (Label::Caption | Label::Credit), end) => {
            let is_all = !words[end..].contains(char::is_alphanumeric);
            let class = tree.raw_attribute(own, Name::Class).unwrap_or_default();
            (is_whole && is_all && is_heard(class)).then_some((label, ""))
        }
        _ => None,
    };
    // "Foto: Anne Petit" in an element of its own.
    let of_element = || match lexicon.label_of(words)? {
        (Label::Credit, end) => {
            let credit = words[end..].trim_start().strip_prefix(':')?.trim_start();
            (own != outer && tree.tag(own).is_inline() && may_be_credit(credit))
                .then_some((Label::Credit, credit))
        }
        _ => None,
    };
    let (label, rest) = label_of_image(words, is_whole, lexicon).or_else(whole).or_else(of_element)?;
    let around = if rest.is_empty() && own != outer { tree.parent(own) } else { own };
    Some((label, rest, around))
}

/// Parts of classes of what only some readers hear.
const HEARD: [&str; 4] = ["visually-hidden", "visuallyhidden", "sr-only", "screen-reader"];

/// Whether an element around a piece of text says that it is a credit.
fn is_credit(tree: &Tree<'_>, text: NodeId, outer: NodeId) -> bool {
    let mut around = tree.ancestors(text).take_while(|ancestor| *ancestor != outer);
    around.any(|around| is_called(tree, around, &CREDITS)) || is_called(tree, outer, &CREDITS[..2])
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

    fn check(figure: &str, caption: Option<&str>, credit: Option<&str>) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}<figure><img src=/lac.jpg>\
             {figure}</figure>{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        let told: Vec<_> =
            article.images.iter().map(|image| (image.caption.as_deref(), image.credit.as_deref())).collect();
        assert_eq!(told, [(caption, credit)], "{figure}");
        let is_text = ["Holm Images", "first ice"].iter().any(|words| article.text.contains(words));
        assert!(!is_text, "{figure} {}", article.text.as_str());
    }

    #[test]
    fn labels_that_readers_hear_are_no_part_of_caption_and_credit() {
        let shown = "The first ice on the lake of Holm";
        for figure in [
            format!(
                "<span><b class=off>Image source, </b>Holm Images</span><figcaption><b class=off>Image caption, </b>{shown}</figcaption>"
            ),
            format!(
                "<div><span><b>Image source, </b>Holm Images</span></div><div><figcaption><b>Image caption, </b><p>{shown}</p></figcaption></div>"
            ),
            format!(
                "<p>Image source, Holm Images</p><figcaption>Image caption, <span>{shown}</span></figcaption>"
            ),
            format!(
                "<span><b>Image copyright</b> Holm Images</span><figcaption><b>Image caption</b> <span>{shown}</span></figcaption>"
            ),
            format!(
                "<figcaption><b>Légende de l'image, </b>{shown}<b>Crédit photo, </b><span>Holm Images</span></figcaption>"
            ),
            format!(
                "<span>Fuente de la imagen, Holm Images</span><figcaption>Pie de foto, {shown}</figcaption>"
            ),
            format!(
                "<span><b>Crédito, </b>Holm Images</span><figcaption><b>Legenda da foto, </b>{shown}</figcaption>"
            ),
            format!("<b>Image source, </b>Holm Images<figcaption>{shown}</figcaption>"),
            format!("<span>Holm Images</span><figcaption>{shown}</figcaption>"),
            format!(
                "<p>Press enter or click to view image in full size</p><figcaption>{shown}<span class=credit>Holm Images</span></figcaption>"
            ),
            format!(
                "<figcaption><span>{shown}</span><span>Credit...</span><span>Holm Images</span></figcaption>"
            ),
            format!("<figcaption><p>{shown}</p><span>Foto: Holm Images</span></figcaption>"),
            format!(
                "<figcaption><span class=visually-hidden>Légende</span><span>{shown}</span><span class=visually-hidden>Crédit</span>\
                 <span>Holm Images</span></figcaption>"
            ),
        ] {
            check(&figure, Some(shown), Some("Holm Images"));
        }
    }

    #[test]
    fn a_caption_that_goes_on_behind_such_a_word_is_whole() {
        for caption in [
            "Image, sound and light of the first ice",
            "Photo of the first ice on the lake",
            "Crédit, dette et glace : the first ice on the lake",
        ] {
            check(&format!("<figcaption>{caption}</figcaption>"), Some(caption), None);
        }
    }
}
