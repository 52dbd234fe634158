//! Cards of other articles that are one link as a whole: picture, kicker, title and teaser. Between paragraphs they read like
//! some of them.

use super::{Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::{Block, Blocks};
use crate::html::metadata::Metadata;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Why a block of one is left out.
const CARD: &str = "a card that leads to another article";

/// Characters and blocks of the longest card.
const CARD_CHARS: u32 = 700;
const CARD_BLOCKS: usize = 8;

/// Cards of the shortest list of them.
const LIST_MIN: usize = 3;

/// Nodes of a card in which its parts are looked for.
const NODES_MAX: usize = 80;

/// Takes cards out of the text, unless most of it is cards: then the page lists things, and they are what it says.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    headline: Option<NodeId>,
    verdicts: &mut [Verdict],
) {
    let mut cards: Vec<std::ops::Range<usize>> = Vec::new();
    let (mut in_cards, mut in_text) = (0, 0);
    let mut index = 0;
    while let Some(block) = blocks.list.get(index) {
        let card = if verdicts[index].is_kept() { card_around(tree, blocks, block, headline) } else { None };
        let next = card.as_ref().map_or(index + 1, |card| card.end.max(index + 1));
        let chars = kept_chars(blocks, verdicts, index..next);
        *(if card.is_some() { &mut in_cards } else { &mut in_text }) += chars;
        cards.extend(card);
        index = next;
    }
    // A page that is no article by its data may list what it speaks of.
    let lists = cards.len() >= LIST_MIN && in_cards * 3 > in_text && !metadata.jsonld.is_article;
    if in_cards > in_text || lists {
        return;
    }
    for card in cards {
        leave_out_kept(&mut verdicts[card], CARD);
    }
}

/// Takes lists of other articles out of the text that give the title of each as a link, and its first words, which they
/// break off: "The port froze — It came over night, and nobody...".
pub(super) fn leave_out_cut_off(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    verdicts: &mut [Verdict],
) {
    let mut index = 0;
    while index < blocks.list.len() {
        let parent = tree.parent(blocks.list[index].node);
        if !is_cut_off(tree, blocks, index, verdicts)
            || headline.is_some_and(|headline| tree.contains(parent, headline))
        {
            index += 1;
            continue;
        }
        let list = index..blocks.between(parent, tree.node(parent).end).end.max(index + 1);
        let cut_off = list.clone().filter(|at| is_cut_off(tree, blocks, *at, verdicts)).count();
        let kept = list.clone().filter(|at| verdicts[*at].is_kept()).count();
        if cut_off >= LIST_MIN && cut_off * 4 >= kept * 3 {
            leave_out_kept(&mut verdicts[list.clone()], CARD);
        }
        index = list.end;
    }
}

/// Whether a block of the text is the title of another article with the first words of that.
fn is_cut_off(tree: &Tree<'_>, blocks: &Blocks, index: usize, verdicts: &[Verdict]) -> bool {
    let block = &blocks.list[index];
    if !verdicts[index].is_kept() || block.links == 0 || block.link_chars * 4 > block.chars * 3 {
        return false;
    }
    let end = blocks.text_of(block).trim_end_matches([']', ')', '»', ' ']);
    let words = |id: &NodeId| tree.tag(*id) == Tag::Text && tree.has_words(*id);
    (end.ends_with("...") || end.ends_with('…'))
        && (block.first..block.last).find(words).is_some_and(|first| {
            let link = tree.node(first).link;
            link != 0
                && tree.raw_text(first).split_whitespace().count() >= TITLE_WORDS
                && tree.raw_attribute(link, Name::Href).is_some_and(leads_elsewhere)
        })
}

/// Words of the shortest title that is told from a name.
const TITLE_WORDS: usize = 4;

/// The blocks of the card that a block stands in, if it does.
fn card_around(
    tree: &Tree<'_>,
    blocks: &Blocks,
    block: &Block,
    headline: Option<NodeId>,
) -> Option<std::ops::Range<usize>> {
    let others = block.chars.saturating_sub(block.link_chars);
    if block.links == 0 || others > u32::from(block.links) || block.chars > CARD_CHARS {
        return None;
    }
    let words = |id: &NodeId| tree.tag(*id) == Tag::Text && !tree.raw_text(*id).trim().is_empty();
    let link = tree.node((block.first..block.last).find(words)?).link;
    let end = tree.node(link).end;
    let is_whole = block.last <= end && (link < block.first || covers_from_start(tree, block, link));
    let holds_headline =
        headline.is_some_and(|headline| tree.contains(link, headline) || tree.contains(headline, link));
    if link == 0 || !is_whole || holds_headline || !leads_elsewhere(tree.raw_attribute(link, Name::Href)?) {
        return None;
    }
    let inside = blocks.between(link, end);
    if inside.is_empty() || inside.len() > CARD_BLOCKS {
        return None;
    }
    let chars: u32 = blocks.list[inside.clone()].iter().map(|block| block.chars).sum();
    if chars > CARD_CHARS {
        return None;
    }
    let parts = tree.descendants(link).take(NODES_MAX);
    let has_picture =
        || parts.clone().any(|id| matches!(tree.tag(id), Tag::Img | Tag::Picture | Tag::Svg | Tag::AmpImg));
    let is_card =
        inside.len() > 1 || tree.tag(block.node) != Tag::P && (has_picture() || has_parts(tree, link));
    is_card.then_some(inside)
}

/// Whether nothing of a block stands before a link in it.
fn covers_from_start(tree: &Tree<'_>, block: &Block, link: NodeId) -> bool {
    (block.first..link).all(|id| tree.tag(id) != Tag::Text || tree.raw_text(id).trim().is_empty())
}

/// Whether a link is set of several parts with words, as kicker, title and teaser are.
fn has_parts(tree: &Tree<'_>, link: NodeId) -> bool {
    let mut parts = 0;
    let mut id = link + 1;
    let end = tree.node(link).end.min(link + NODES_MAX as NodeId);
    while id < end {
        let is_part = tree.tag(id) != Tag::Text && !is_emphasis(tree.tag(id));
        parts += usize::from(
            is_part
                && tree
                    .descendants(id)
                    .take(NODES_MAX)
                    .any(|inner| tree.tag(inner) == Tag::Text && tree.raw_text(inner).trim().len() > 1),
        );
        id = tree.node(id).end;
    }
    parts >= 2
}

/// Whether an element only sets words off in a line.
fn is_emphasis(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::B
            | Tag::Strong
            | Tag::I
            | Tag::Em
            | Tag::U
            | Tag::Q
            | Tag::Cite
            | Tag::Abbr
            | Tag::Sup
            | Tag::Sub
    )
}

/// Whether an address leads to another page: not to a place in this one, a picture or a document.
pub(super) fn leads_elsewhere(href: &str) -> bool {
    let href = href.trim();
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let is_file = path.rsplit_once('.').is_some_and(|(_, end)| {
        let end = end.to_ascii_lowercase();
        matches!(
            end.as_str(),
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg" | "pdf" | "mp3" | "mp4"
        )
    });
    !path.is_empty() && !is_file && !href.starts_with("javascript:") && !href.starts_with("mailto:")
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(between: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>{PROSE}{PROSE}\
             {between}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris jusqu'au \
             milieu.</p></article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn a_card_that_is_one_link_is_no_text() {
        let without = text("");
        for card in [
            "<a href=/b><img src=/b.jpg><span>Sport</span><h3>La piscine ferme</h3><p>Les nageurs iront à Holm, où les lignes d'eau \
             sont déjà prises par trois clubs.</p></a>",
            "<div><a href=/b><div>Sport</div><div>La piscine ferme</div><div>Les nageurs iront à Holm, où les lignes d'eau sont \
             déjà prises.</div></a></div>",
            "<a class=z href=/b><span>Sport</span> <span>La piscine ferme</span> <span>Les nageurs iront à Holm, où les lignes \
             d'eau sont déjà prises.</span></a>",
            "<div><a href=https://holm.example/b><picture><img src=/b.jpg></picture>La piscine ferme, et les nageurs iront à Holm, \
             où les lignes d'eau sont prises.</a></div>",
        ] {
            assert_eq!(text(card), without, "{card}");
        }
    }

    #[test]
    fn titles_with_first_words_that_break_off_are_of_other_articles() {
        let items = |end: &str| -> String {
            let item = |n| {
                format!(
                    "<li><a href=/b{n}>La piscine de Holm ferme pour {n} mois</a> <span>HOLM : les nageurs iront ailleurs, où les lignes \
                     d'eau sont prises, et le maire le sait{end}</span></li>"
                )
            };
            (1..5).map(item).collect()
        };
        let list = |end: &str| format!("<div><ul>{}</ul></div>", items(end));
        assert_eq!(text(&list("...")), text(""));
        assert_eq!(text(&list(" […]")), text(""));
        assert!(text(&list(", dit-il.")).len() > text("").len());
    }

    #[test]
    fn a_link_in_what_is_said_is_text() {
        for line in [
            "<p><a href=/b>Le rapport du port sur la glace, en quarante pages, est en ligne depuis hier, dit le garde.</a></p>",
            "<p><a href=/b><b>Le rapport du port</b> sur <i>la glace</i>, en quarante pages, est en ligne, dit le garde.</a></p>",
            "<p>Le garde l'a dit : <a href=/b><span>la glace</span> <span>porte un cheval</span></a>, et chacun le croit au port.</p>",
        ] {
            assert!(text(line).len() > text("").len(), "{line}");
        }
    }
}
