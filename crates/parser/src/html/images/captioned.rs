//! The words about a picture: its caption and its credit, told by classes, by labels that readers hear ("Image source, …") and
//! by how a credit is written.

use std::ops::Range;

use crate::byline;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree, push_folded};
use crate::lexicon::{Folded, Label, Lexicon, WordSet};
use crate::plain::{ends_sentence, label_of_image, split_caption};

/// Captions longer than this are text that stands in a figure.
const CAPTION_BYTES_MAX: usize = 1500;

/// Bytes of the longest label.
const LABEL_BYTES: usize = 40;

/// The caption and the credit of a figure: the words of its `figcaption`. Those beside its picture are whose it is, or for who
/// cannot see it, unless there are no others.
pub(super) fn of_figure(
    tree: &Tree<'_>,
    figure: NodeId,
    lexicon: &Lexicon,
) -> (Option<String>, Option<String>) {
    let mut captions = tree.descendants(figure).filter(|id| tree.tag(*id) == Tag::Figcaption);
    let (Some(inner), None) = (captions.next(), captions.next()) else {
        return read(tree, figure, tree.descendants(figure), lexicon);
    };
    let (caption, credit) = words(tree, inner, tree.descendants(inner), lexicon);
    let (caption, credit) = split_caption(caption, credit, lexicon);
    if caption.is_none() && credit.is_none() {
        // A script shows what attributes say.
        let said = |names: [Name; 2]| {
            names.into_iter().find_map(|name| tree.attribute(inner, name)).map(|text| text.trim().to_owned())
        };
        let caption = said([Name::DataCaption, Name::DataCCaption]).filter(|text| is_plain(text));
        let credit = said([Name::DataCredit, Name::DataCCredit]).filter(|text| is_plain(text));
        if caption.is_some() {
            return split_caption(caption, credit, lexicon);
        }
    }
    if caption.is_none() {
        return read(tree, figure, tree.descendants(figure), lexicon);
    }
    if credit.is_some() {
        return (caption, credit);
    }
    let (before, said_before) = words(tree, figure, figure + 1..inner, lexicon);
    let (behind, said_behind) = words(tree, figure, tree.node(inner).end..tree.node(figure).end, lexicon);
    let beside = before.or(behind).filter(|beside| is_whose(beside, lexicon));
    let (_, credit) = split_caption(None, said_before.or(said_behind).or(beside), lexicon);
    (caption, credit)
}

/// The caption and the credit that the words of some nodes in an element are.
pub(super) fn read(
    tree: &Tree<'_>,
    outer: NodeId,
    nodes: Range<NodeId>,
    lexicon: &Lexicon,
) -> (Option<String>, Option<String>) {
    let (caption, credit) = words(tree, outer, nodes, lexicon);
    split_caption(caption, credit, lexicon)
}

/// The words of a caption and of its credit.
fn words(
    tree: &Tree<'_>,
    outer: NodeId,
    nodes: Range<NodeId>,
    lexicon: &Lexicon,
) -> (Option<String>, Option<String>) {
    let mut caption = String::new();
    let mut credit = String::new();
    // What a label says that the words behind it are, and where the element ends for which it says that.
    let mut labelled: Option<(Label, NodeId)> = None;
    let mut before = None;
    let mut id = nodes.start;
    while id < nodes.end {
        labelled = labelled.filter(|(_, end)| id < *end);
        match tree.tag(id) {
            Tag::A if is_button(tree, id, lexicon) => {
                id = tree.node(id).end;
                continue;
            }
            // Cells are no words about a picture.
            Tag::Script | Tag::Style | Tag::Button | Tag::Table => {
                id = tree.node(id).end;
                continue;
            }
            Tag::Text if !matches!(tree.tag(tree.parent(id)), Tag::Noscript) => {
                let text = tree.text(id);
                if before.is_some_and(|before| is_behind_block(tree, before, id)) {
                    push_folded(&mut caption, " ");
                    push_folded(&mut credit, " ");
                }
                before = Some(id);
                let label = label_in(tree, id, outer, &text, lexicon)
                    .or_else(|| credit_in(tree, id, outer, &text, lexicon).filter(|_| !caption.is_empty()));
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
                let line = if is_credit { &mut credit } else { &mut caption };
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
    (told(caption), told(credit))
}

/// Whether the value of an attribute is a caption, and no markup of one.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= CAPTION_BYTES_MAX && !text.contains('<')
}

/// Bytes of the longest button in a caption.
const BUTTON_BYTES: usize = 40;

/// Whether a link is a phrase of sites: "Purchase Photo", "Enlarge image".
fn is_button(tree: &Tree<'_>, link: NodeId, lexicon: &Lexicon) -> bool {
    tree.short_text(link, BUTTON_BYTES).filter(|text| !text.is_empty()).is_some_and(|text| {
        lexicon.chrome_of(&text, &mut Folded::default()).is_some_and(|(_, is_whole)| is_whole)
    })
}

/// Whether a piece of text touches the words of a block that ends before it.
fn is_behind_block(tree: &Tree<'_>, before: NodeId, text: NodeId) -> bool {
    let ended = tree.ancestors(before).take(AROUND).take_while(|outer| tree.node(*outer).end <= text);
    ended.into_iter().any(|outer| !tree.tag(outer).is_inline())
}

/// Elements around a piece of text of which one may be a block.
const AROUND: usize = 8;

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
    // What only readers of screens hear is a label without a sign.
    let unseen = || {
        let class = tree.raw_attribute(own, Name::Class).unwrap_or_default();
        let is_unseen =
            ["sr-only", "hidden", "screen-reader", "invisible"].iter().any(|word| class.contains(word));
        let said = words.trim();
        let (label, end) = lexicon.label_of(said).filter(|_| is_whole && is_unseen)?;
        (end == said.len()).then_some((label, ""))
    };
    let known = label_of_image(words, is_whole, lexicon);
    let (label, rest) = known.or_else(|| unseen().filter(|(label, _)| is_of_image(*label)))?;
    let around = if rest.is_empty() && own != outer { tree.parent(own) } else { own };
    Some((label, rest, around))
}

fn is_of_image(label: Label) -> bool {
    matches!(label, Label::Caption | Label::Credit)
}

/// The words behind the label of a credit that an element behind a caption begins with: "Foto: Ann Lee".
fn credit_in<'t>(
    tree: &Tree<'_>,
    text: NodeId,
    outer: NodeId,
    words: &'t str,
    lexicon: &Lexicon,
) -> Option<(Label, &'t str, NodeId)> {
    let own = tree.parent(text);
    let begins = own != outer && tree.tag(own) != Tag::A && own + 1 == text;
    let (Label::Credit | Label::Sources, end) = lexicon.label_of(words).filter(|_| begins)? else {
        return None;
    };
    let rest = words[end..].trim().strip_prefix(':')?.trim();
    let is_short = rest.split_whitespace().count() <= CREDIT_WORDS;
    (is_short && rest.starts_with(char::is_uppercase) && !ends_sentence(rest)).then_some((
        Label::Credit,
        rest,
        own,
    ))
}

/// Words of the longest credit behind a label.
const CREDIT_WORDS: usize = 10;

/// Whether words beside a picture say whose it is and no more: a person, an agency, an outlet.
fn is_whose(text: &str, lexicon: &Lexicon) -> bool {
    let mut folded = Folded::default();
    folded.fold(text);
    byline::is_people(text, lexicon)
        || lexicon.has(WordSet::Agencies, folded.as_str())
        || lexicon.is_outlet(folded.as_str())
        || split_caption(Some(text.to_owned()), None, lexicon).0.is_none()
}

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
            "<div class=image><img src=/a.jpg><div class=legende>Le port.</div><div class=copyright>© Léa Martin</div></div>",
            "<figure><img src=/a.jpg><figcaption class=c data-c-caption='Le port.' data-c-credit='Léa Martin'></figcaption></figure>",
            "<figure><img src=/a.jpg><figcaption><span class=sr-only>Légende</span>Le port.<span class=sr-only>Crédit</span>Léa Martin</figcaption></figure>",
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
    fn what_stands_beside_a_picture_with_a_caption_is_whose_it_is() {
        let shown = "The first ice on the lake of Holm";
        let caption = format!("<div><figcaption>{shown}</figcaption></div>");
        check(&format!("<div><span>Getty Images</span></div>{caption}"), Some(shown), Some("Getty Images"));
        check(&format!("<div><span>Anna Lam</span></div>{caption}"), Some(shown), Some("Anna Lam"));
        check(
            &format!("<div role=button>Click to view the image in full size</div>{caption}"),
            Some(shown),
            None,
        );
        check(
            &format!(
                "<span>Image</span><figcaption><span>{shown}.</span><span><b>Credit...</b><i>Anna Lam for The Lake</i></span></figcaption>"
            ),
            Some(&format!("{shown}.")),
            Some("Anna Lam for The Lake"),
        );
        check(
            &format!("<figcaption><p>{shown}</p><span>Foto: Anna Lam / Holm Images</span></figcaption>"),
            Some(shown),
            Some("Anna Lam / Holm Images"),
        );
        check(
            &format!("<figcaption>{shown} <a href=/buy>Purchase Photo</a></figcaption>"),
            Some(shown),
            None,
        );
        check("<figcaption><p class=source>(Foto: Holm Images)</p></figcaption>", None, Some("Holm Images"));
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
