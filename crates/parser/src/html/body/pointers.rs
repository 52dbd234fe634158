//! Pointers to other articles that stand in the text: a label with links behind it, or a list of links below one.

use std::ops::Range;

use super::{PHRASE, Verdict, cards};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::features::Phrase;
use crate::html::tag::{Name, Tag};
use crate::html::topics;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Folded, Lexicon};
use crate::plain;

/// Why a pointer is left out.
const POINTER: &str = "a pointer to other articles";

/// Characters of the longest label.
const LABEL_CHARS: u32 = 60;

/// Characters of the longest line that is a label with links behind it.
const LINE_CHARS: u32 = 300;

/// Words of a title of another article.
const TITLE_WORDS: std::ops::RangeInclusive<u32> = 4..=20;

/// Words of the shortest title of another article in a list.
const TITLE_MIN: u32 = 3;

/// Titles of the longest list of them between two paragraphs.
const LIST_MAX: usize = 8;

/// Characters beside a title: "→", ">>".
const SIGNS: u32 = 3;

/// Links of the longest list.
const LINKS_MAX: usize = 25;

/// Takes pointers out of the text: "Related: The port froze", "Sur le même sujet" above links.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    phrases: &[Phrase],
    verdicts: &mut [Verdict],
    lexicon: &Lexicon,
) {
    let mut folded = Folded::default();
    for index in 0..blocks.list.len() {
        let block = &blocks.list[index];
        if is_title_between(tree, blocks, verdicts, index) {
            verdicts[index] = Verdict::Out(POINTER);
            continue;
        }
        if let Some(items) = titles_between(tree, blocks, verdicts, index) {
            for verdict in &mut verdicts[items] {
                *verdict = Verdict::Out(POINTER);
            }
            continue;
        }
        if block.links > 0 {
            let is_line = verdicts[index] == Verdict::Text
                && block.chars <= LINE_CHARS
                && block.link_density() > 0.3
                && matches!(block.kind, Kind::Paragraph | Kind::Item);
            if is_line
                && topics::words_before_list(tree, block).is_some_and(|before| {
                    lexicon.chrome_of(&before, &mut folded) == Some((Chrome::Related, true))
                        || is_more(&before)
                })
            {
                verdicts[index] = Verdict::Out(POINTER);
            }
            if block.links > 1 && is_line && are_phrases(tree, block, lexicon, &mut folded) {
                verdicts[index] = Verdict::Out(PHRASE);
            }
            continue;
        }
        let leads = blocks.list.get(index + 1).is_some_and(|next| next.links > 0);
        if block.chars > LABEL_CHARS || !leads {
            continue;
        }
        let label = phrases[index].whole();
        if !matches!(label, Some(Chrome::Related | Chrome::Navigation)) {
            continue;
        }
        let list = || topics::list_below(tree, blocks, index).take(LINKS_MAX + 1);
        let count = list().count();
        // Below a word of menus ("Most read", "Contents") titles are other articles', if they lead to these.
        let are_titles =
            || count > 1 && list().all(|block| block.words >= TITLE_MIN && leads_away(tree, block));
        if (1..=LINKS_MAX).contains(&count) && (label == Some(Chrome::Related) || are_titles()) {
            for verdict in &mut verdicts[index..=index + count] {
                if *verdict == Verdict::Text {
                    *verdict = Verdict::Out(POINTER);
                }
            }
        }
    }
}

/// Whether the words before a link are "More:", which is a word of menus without its colon.
fn is_more(before: &str) -> bool {
    let before = before.trim();
    let word = before.trim_end_matches([':', ' ']);
    word.len() < before.len() && word.eq_ignore_ascii_case("more")
}

/// Whether the words of all links of a line that has nothing else are phrases of sites: "Email this | Print | Back to top".
fn are_phrases(tree: &Tree<'_>, block: &Block, lexicon: &Lexicon, folded: &mut Folded) -> bool {
    topics::others_in(block) == 0
        && topics::links_in(tree, block).all(|(_, words)| {
            folded.fold(&words);
            lexicon.chrome(folded).is_some_and(|(_, whole)| whole)
        })
}

/// Whether the first link of a block leads to another page.
pub(super) fn leads_away(tree: &Tree<'_>, block: &Block) -> bool {
    let mut links = (block.first..block.last).map(|id| tree.node(id).link).filter(|link| *link != 0);
    let href = links.next().and_then(|link| tree.raw_attribute(link, Name::Href));
    href.is_some_and(cards::leads_elsewhere)
}

/// The items of a list between two paragraphs that are all titles of other articles of the site: each a link, and no more.
fn titles_between(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    index: usize,
) -> Option<Range<usize>> {
    let list = &blocks.list;
    let is_item = |at: usize| list[at].kind == Kind::Item && verdicts[at] == Verdict::Text;
    if !is_item(index) || index == 0 || verdicts[index - 1] != Verdict::Text {
        return None;
    }
    let around = tree.ancestors(list[index].node).find(|id| matches!(tree.tag(*id), Tag::Ul | Tag::Ol))?;
    let items = blocks.between(around, tree.node(around).end);
    let is_paragraph = |at: usize| {
        verdicts.get(at) == Some(&Verdict::Text) && list[at].kind == Kind::Paragraph && list[at].is_prose()
    };
    // What a colon announces is the text's own.
    let is_between = items.start == index
        && (1..=LIST_MAX).contains(&items.len())
        && is_paragraph(index - 1)
        && is_paragraph(items.end)
        && !blocks.text_of(&list[index - 1]).trim_end().ends_with([':', '：']);
    let is_title = |at: usize| {
        let block = &list[at];
        is_item(at)
            && (TITLE_MIN..=*TITLE_WORDS.end()).contains(&block.words)
            && block.links > 0
            && block.chars == block.link_chars
            && !blocks.text_of(block).ends_with('.')
            && link_in_site(tree, block).is_some()
    };
    (is_between && items.clone().all(is_title)).then_some(items)
}

/// The link that all words of a block stand in, if it leads to another page of the site.
fn link_in_site(tree: &Tree<'_>, block: &Block) -> Option<NodeId> {
    let words = |id: &NodeId| tree.tag(*id) == Tag::Text && !tree.raw_text(*id).trim().is_empty();
    let mut links =
        (block.first..block.last).filter(words).map(|id| tree.node(id).link).filter(|link| *link != 0);
    let link = links.next()?;
    let href = tree.raw_attribute(link, Name::Href).unwrap_or_default().trim();
    let is_in_site = href.starts_with('/') && !href.starts_with("//") && cards::leads_elsewhere(href);
    (is_in_site && links.all(|other| other == link)).then_some(link)
}

/// Whether a paragraph between two others is a link of several words to another page of the site and nothing else, and no
/// sentence: the title of another article.
fn is_title_between(tree: &Tree<'_>, blocks: &Blocks, verdicts: &[Verdict], index: usize) -> bool {
    let block = &blocks.list[index];
    if verdicts[index] != Verdict::Text
        || block.kind != Kind::Paragraph
        || !TITLE_WORDS.contains(&block.words)
        || block.links == 0
        || block.chars.saturating_sub(block.link_chars) > SIGNS
        || plain::ends_sentence(blocks.text_of(block))
    {
        return false;
    }
    let is_text = |other: Option<&usize>| {
        other.is_some_and(|at| verdicts[*at] == Verdict::Text && blocks.list[*at].is_prose())
    };
    let is_between = is_text(index.checked_sub(1).as_ref())
        && is_text(Some(&(index + 1)).filter(|at| **at < verdicts.len()));
    is_between && link_in_site(tree, block).is_some()
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    /// How many links a text keeps with this between its paragraphs.
    fn check(between: &str, kept: usize) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}{between}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = read(&page, Some("https://lac.example/a/gel"), &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.references.len(), kept, "{between} {}", article.text.as_str());
        assert_eq!(article.text.contains("fermée"), kept > 0, "{between} {}", article.text.as_str());
    }

    #[test]
    fn a_label_before_links_points_to_other_articles() {
        for between in [
            "<p><strong>Related:</strong> <a href=/b>La piscine est fermée</a></p>",
            "<p>Lire aussi : <a href=/b>La piscine est fermée</a> et <a href=/c>Le stade</a></p>",
            "<p><b>Mehr zum Thema:</b> <a href=/b>La piscine est fermée</a></p>",
            "<div><p>Sur le même sujet</p><ul><li><a href=/b>La piscine est fermée</a></li><li><a href=/c>Le stade</a></li></ul></div>",
            "<p><a href=/b>La piscine est fermée pour un an</a></p>",
            "<p><a href=/b>Imprimer</a> | <a href=/c>Retour en haut</a></p>",
            "<p><b>→ <a href=/b>LA PISCINE EST fermée POUR UN AN</a></b></p>",
            "<h3>À lire aussi</h3><div><p><a href=/b>La piscine est fermée</a></p><p><a href=/c>Le stade fait débat</a></p></div>",
        ] {
            check(between, 0);
        }
    }

    #[test]
    fn links_in_what_is_said_stay() {
        check("<p>Site : <a href=/b>la piscine fermée</a></p>", 1);
        check("<p><a href=https://port.example/b>La piscine est fermée, dit le port</a></p>", 1);
        check("<p><a href=/b>La piscine est fermée, et personne ne sait pourquoi.</a></p>", 1);
        check(
            "<p>La piscine est fermée, écrit <a href=/b>le journal du port</a>, et personne ne sait pourquoi.</p>",
            1,
        );
        check("<p>Plus : <a href=/b>la piscine</a> est fermée jusqu'en septembre, dit la mairie.</p>", 1);
    }
}
