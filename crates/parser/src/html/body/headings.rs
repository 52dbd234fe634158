//! Headings that the weighing left out, and that are text with what they head.

use super::Verdict;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::features::Phrase;
use crate::html::role::Roles;
use crate::html::tag::Name;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::Label;

/// Takes headings into the text that open an inner box of it: what they head is text, and they are no phrase of sites.
pub(super) fn keep_inner(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    phrases: &[Phrase],
    verdicts: &mut [Verdict],
    odds: &[f32],
) {
    let is_text = |at: &usize| verdicts[*at].is_kept();
    let is_prose = |at: &usize| is_text(at) && blocks.list[*at].is_prose();
    let Some(first_prose) = (0..verdicts.len()).find(is_prose) else { return };
    let below_headline = headline.map(|headline| blocks.between(0, tree.node(headline).end).end);
    let start = below_headline.unwrap_or(first_prose);
    for index in (start..verdicts.len().saturating_sub(1)).rev() {
        let (block, next) = (&blocks.list[index], &blocks.list[index + 1]);
        if verdicts[index] != Verdict::Out("") || odds[index] <= BOX_DOUBT {
            continue;
        }
        let is_of_list = heads_list(tree, blocks, verdicts, index);
        let is_open = odds[index] > if is_of_list { BOX_DOUBT } else { HEADING_DOUBT };
        let is_heading = matches!(block.kind, Kind::Heading(2..)) || is_called_heading(tree, block);
        if !is_open || !is_heading {
            continue;
        }
        // "This" begins dates, and "Summary" stand-firsts; both begin headings as well.
        let is_label =
            |label| !matches!(label, Label::Today | Label::Description | Label::Title | Label::Body);
        let is_known = phrases[index].chrome.is_some() || phrases[index].label.is_some_and(is_label);
        // A box of facts beside the text may be all text.
        let is_of_box = is_of_list || index > first_prose && heads_box(tree, blocks, verdicts, index);
        let heads = || {
            let around = tree.parent(block.node);
            verdicts[index + 1] == Verdict::Text
                && tree.contains(around, next.first)
                // Above the first paragraph other lines stand at the headline.
                && (next.is_prose() && index > first_prose || next.kind == Kind::Item || is_of_box)
        };
        let has_letters = || blocks.text_of(block).contains(char::is_alphabetic);
        let chrome = if is_of_box { Roles::CHROME & !Roles::SIDEBAR } else { Roles::CHROME };
        let is_plain = block.links == 0
            && block.chars <= INNER_CHARS
            && !block.roles.any(chrome | Roles::CAPTION | Roles::MEDIA | Roles::BYLINE);
        if is_plain && !is_known && heads() && has_letters() {
            verdicts[index] = Verdict::Text;
        }
    }
}

/// Words in the classes of paragraphs that are headings inside a text, in the languages of papers.
const CALLED: &[&str] = &[
    "intertitre",
    "intertitle",
    "inter-titre",
    "inter-title",
    "crosshead",
    "cross-head",
    "subhead",
    "zwischentitel",
    "zwischenueberschrift",
    "ladillo",
    "intertitulo",
    "entretitulo",
    "sottotitoletto",
    "tussenkop",
];

/// Words of the longest such heading.
const CALLED_WORDS: u32 = 14;

/// Whether the class of a short paragraph calls it a heading inside the text.
fn is_called_heading(tree: &Tree<'_>, block: &Block) -> bool {
    block.kind == Kind::Paragraph
        && block.words <= CALLED_WORDS
        && tree.raw_attribute(block.node, Name::Class).is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            CALLED.iter().any(|word| class.contains(word))
        })
}

/// Whether a heading stands first in an element whose other blocks are all text.
fn heads_box(tree: &Tree<'_>, blocks: &Blocks, verdicts: &[Verdict], index: usize) -> bool {
    let around = tree.parent(blocks.list[index].node);
    let inside = blocks.between(around, tree.node(around).end);
    let mut others = index + 1..inside.end;
    inside.start == index && !others.is_empty() && others.all(|at| verdicts[at] == Verdict::Text)
}

/// Log-odds above which a heading is text where what it heads is: lists of contents say its words, too.
const HEADING_DOUBT: f32 = -1.25;

/// The same for the heading of a box that holds nothing else but a list of the text.
const BOX_DOUBT: f32 = -3.0;

/// Whether a heading stands in an element with nothing else but items of a list, all of them text.
fn heads_list(tree: &Tree<'_>, blocks: &Blocks, verdicts: &[Verdict], index: usize) -> bool {
    let around = tree.parent(blocks.list[index].node);
    let inside = blocks.between(around, tree.node(around).end);
    let mut others = index + 1..inside.end;
    inside.start == index
        && (2..=BOX_BLOCKS).contains(&others.len())
        && others.all(|at| verdicts[at] == Verdict::Text && blocks.list[at].kind == Kind::Item)
}

/// Items of the longest list of such a box.
const BOX_BLOCKS: usize = 40;

/// Characters of the longest heading of an inner box.
const INNER_CHARS: u32 = 100;

#[cfg(test)]
mod tests {
    use super::super::{HEADLINE, PHRASE};
    use super::*;
    use crate::html::tag::Tag;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    #[test]
    fn a_heading_is_text_with_what_it_heads() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |page: &str, odds: f32, before: &[Verdict], kept: bool| {
            let tree = Tree::parse(page);
            let blocks = Blocks::of(&tree);
            let known = crate::html::features::phrases(&blocks, &lexicon);
            let at = before.iter().position(|verdict| *verdict == Verdict::Out("")).unwrap();
            let mut verdicts = before.to_vec();
            let headline = tree.all(Tag::H1).next();
            keep_inner(&tree, &blocks, headline, &known, &mut verdicts, &vec![odds; before.len()]);
            assert_eq!(verdicts[at] == Verdict::Text, kept, "{page} {odds}");
        };
        let (out, text, title) = (Verdict::Out(""), Verdict::Text, Verdict::Out(HEADLINE));
        let points =
            format!("<h1>Gel</h1><div><h2>Ce qui se dit</h2><ul><li>Le lac a gelé</li></ul></div>{PROSE}");
        check(&points, -0.5, &[title, out, text, text], true);
        let below = format!("<h1>Gel</h1>{PROSE}<div><h3>Le port</h3>{PROSE}</div>");
        check(&below, -0.5, &[title, text, out, text], true);
        check(&below, -3.0, &[title, text, out, text], false);
        check(&below.replace("Le port", "Publicité"), -0.5, &[title, text, out, text], false);
        check(&below.replace("Le port", "<a href=/port>Le port</a>"), -0.5, &[title, text, out, text], false);
        check(&below, -0.5, &[title, text, out, Verdict::Out(PHRASE)], false);
        let box_of = format!(
            "<h1>Gel</h1>{PROSE}<aside class=encadre><h3>Repères</h3><p>2019. Projet.</p></aside>{PROSE}"
        );
        check(&box_of, -0.5, &[title, text, out, text, text], true);
        check(&box_of, -0.5, &[title, text, out, Verdict::Out(PHRASE), text], false);
        let called = format!("<h1>Gel</h1>{PROSE}<p class=intertitle>« Un piège »</p>{PROSE}");
        check(&called, -0.5, &[title, text, out, text], true);
        check(&called.replace("intertitle", "x"), -0.5, &[title, text, out, text], false);
        let above = format!("<h1>Gel</h1><div><h2>Le port attend</h2>{PROSE}</div>");
        check(&above, -0.5, &[title, out, text], false);
    }
}
