//! Short pieces of news below the text, under a head such as "In brief": each has a heading that leads to a page of its own.

use super::{Verdict, cards, kept_chars, leave_out_kept};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::tag::Name;
use crate::html::tree::Tree;
use crate::lexicon::{Folded, Lexicon, WordSet};

/// Why they are left out.
const BRIEFS: &str = "other news in brief";

/// Characters of the longest head.
const HEAD_CHARS: u32 = 40;

/// Blocks of a piece below its heading.
const PIECE_BLOCKS: usize = 3;

/// Pieces that are looked at.
const PIECES_MAX: usize = 30;

/// Takes them out of the text.
pub(super) fn leave_out(tree: &Tree<'_>, blocks: &Blocks, verdicts: &mut [Verdict], lexicon: &Lexicon) {
    let list = &blocks.list;
    let mut folded = Folded::default();
    let mut is_head = |block: &Block| {
        folded.fold(blocks.text_of(block));
        lexicon.has(WordSet::Briefs, folded.as_str())
    };
    for (index, block) in list.iter().enumerate() {
        let is_short = block.chars <= HEAD_CHARS && block.links == 0;
        let leads = || list.get(index + 1).is_some_and(|next| is_link_away(tree, next));
        if !is_short || !leads() || !is_head(block) {
            continue;
        }
        let Some(end) = end_of_pieces(tree, blocks, index + 1) else { continue };
        // In a bulletin they are the text.
        if kept_chars(blocks, verdicts, 0..index) > kept_chars(blocks, verdicts, index..end) {
            leave_out_kept(&mut verdicts[index..end], BRIEFS);
        }
    }
}

/// One past the last of two pieces or more that begin at a block.
fn end_of_pieces(tree: &Tree<'_>, blocks: &Blocks, begin: usize) -> Option<usize> {
    let list = &blocks.list;
    let heads = |at: usize| list.get(at).is_some_and(|block| is_link_away(tree, block));
    let (mut at, mut pieces) = (begin, 0);
    while pieces < PIECES_MAX && heads(at) {
        let below = (at + 1..list.len()).take(PIECE_BLOCKS);
        let is_said = |at: &usize| list[*at].kind == Kind::Paragraph && !heads(*at);
        let said = below.take_while(is_said).count();
        if said == 0 {
            break;
        }
        at += 1 + said;
        pieces += 1;
    }
    (pieces >= 2).then_some(at)
}

/// Whether a heading, or a line set like one, is a link to another page and nothing else.
fn is_link_away(tree: &Tree<'_>, block: &Block) -> bool {
    let is_set_so = matches!(block.kind, Kind::Heading(_)) || block.strong_chars * 5 > block.chars * 4;
    let mut links = (block.first..block.last).map(|id| tree.node(id).link).filter(|link| *link != 0);
    is_set_so
        && block.link_density() > 0.9
        && links
            .next()
            .and_then(|link| tree.raw_attribute(link, Name::Href))
            .is_some_and(cards::leads_elsewhere)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn check(below: &str, kept: bool) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}{PROSE}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p>{below}</article></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert!(article.text.contains("Le vent est tombé"), "{below}");
        assert_eq!(article.text.contains("Penmarec"), kept, "{below} {}", article.text.as_str());
    }

    fn pieces(head: &str, open: &str, close: &str) -> String {
        format!(
            "{head}{open}Un bac échoué à Penmarec{close}<p>Un bac s'est échoué lundi devant Penmarec, sans faire de blessé.</p>\
             {open}Le stade rouvre en mai{close}<p>Le stade de Kerlann rouvrira en mai, a annoncé la mairie de Penmarec.</p>"
        )
    }

    #[test]
    fn news_in_brief_below_the_text_are_other_articles() {
        for head in ["<h2>En bref</h2>", "<p><b>EN BREF</b></p>", "<h3>News in brief</h3>"] {
            check(&pieces(head, "<h3><a href=/b>", "</a></h3>"), false);
            check(&pieces(head, "<p><b><a href=/b>", "</a></b></p>"), false);
        }
    }

    #[test]
    fn parts_of_the_text_stay() {
        check(&pieces("<h2>En bref</h2>", "<h3>", "</h3>"), true);
        check(&pieces("<h2>En bref</h2>", "<h3><a href=#b>", "</a></h3>"), true);
        check(&pieces("<h2>À voir au port</h2>", "<h3><a href=/b>", "</a></h3>"), true);
        check(
            "<h2>En bref</h2><p>Un bac s'est échoué lundi devant Penmarec, sans faire de blessé.</p>",
            true,
        );
    }
}
