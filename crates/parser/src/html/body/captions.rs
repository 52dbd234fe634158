//! Captions below images that stand in no figure.

use super::Verdict;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::images;
use crate::html::role::Roles;
use crate::html::tables::Table;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::Lexicon;
use crate::plain::split_caption;

/// Characters of the longest caption.
const CAPTION_CHARS: u32 = 300;

/// Characters of the longest caption that nothing but its letters and its place tell.
const SLANTED_CHARS: u32 = 200;

/// Nodes above a block among which its image stands.
const NODES_ABOVE: usize = 40;

/// Takes captions out of the text: a block right below an image that is called a caption, and one in italics or with a
/// credit.
pub(super) fn below_images(
    tree: &Tree<'_>,
    blocks: &Blocks,
    tables: &[Table],
    verdicts: &mut [Verdict],
    lexicon: &Lexicon,
) {
    let mut began = false; // Whether the text has begun.
    for (index, block) in blocks.list.iter().enumerate() {
        let is_kept = verdicts[index].is_kept();
        let is_open =
            is_kept && block.chars <= CAPTION_CHARS && matches!(block.kind, Kind::Paragraph | Kind::Cell);
        if is_open && block.roles.any(Roles::CAPTION) && is_in_figure(tree, block)
            || is_kept && block.chars <= CAPTION_CHARS && is_term_below_image(tree, block)
        {
            verdicts[index] = Verdict::Caption;
            continue;
        }
        let above = index.checked_sub(1).map_or(0, |above| blocks.list[above].last);
        if is_open
            && let Some(image) = image_above(tree, block, above)
            && !tables.iter().any(|table| table.blocks.contains(&index))
            && !blocks.roles[image as usize].any(Roles::CHROME | Roles::BYLINE)
        {
            let is_slanted = |other: Option<&Block>| other.is_some_and(|other| is_slanted(tree, other));
            let has_credit =
                || split_caption(Some(blocks.text_of(block).to_owned()), None, lexicon).1.is_some();
            let is_beside = tree.contains(block.node, image) || is_alone_with(tree, blocks, index, image);
            // Below each other, lines in italics are answers or verses; above the text they may be a stand-first.
            let is_alone = || {
                began
                    && block.chars <= SLANTED_CHARS
                    && !is_slanted(index.checked_sub(1).and_then(|above| blocks.list.get(above)))
                    && !is_slanted(blocks.list.get(index + 1))
            };
            let is_caption = is_called_caption(tree, blocks, block)
                || if is_slanted(Some(block)) {
                    is_beside && block.chars <= SLANTED_CHARS || is_alone() || has_credit()
                } else {
                    is_beside && has_credit()
                        || tree.node(image).end == block.node
                            && ends_with_labelled_credit(blocks.text_of(block), lexicon)
                };
            if is_caption {
                verdicts[index] = Verdict::Caption;
                continue;
            }
        }
        began |= is_kept && block.is_prose();
    }
}

/// Whether a block stands in the caption of a figure that shows an image.
fn is_in_figure(tree: &Tree<'_>, block: &Block) -> bool {
    let around = || std::iter::once(block.node).chain(tree.ancestors(block.node)).take(FIGURE_AROUND);
    let caption = around().find(|outer| tree.tag(*outer) == Tag::Figcaption);
    let figure = around().find(|outer| tree.tag(*outer) == Tag::Figure);
    caption.zip(figure).is_some_and(|(caption, figure)| {
        (figure..caption).rev().take(NODES_ABOVE).any(|id| images::is_picture(tree, id))
    })
}

/// Elements from a block in a caption up to its figure.
const FIGURE_AROUND: usize = 5;

/// The image that stands between a block's words and the block above, which ends before the node `above`.
fn image_above(tree: &Tree<'_>, block: &Block, above: NodeId) -> Option<NodeId> {
    let has_words = |id: &NodeId| tree.tag(*id) == Tag::Text && !tree.raw_text(*id).trim().is_empty();
    let words = (block.first..block.last).find(has_words)?;
    (above..words).rev().take(NODES_ABOVE).find(|id| images::is_picture(tree, *id))
}

/// Whether the element of a block, or one right around it, is called a caption.
fn is_called_caption(tree: &Tree<'_>, blocks: &Blocks, block: &Block) -> bool {
    let around = std::iter::once(block.node).chain(tree.ancestors(block.node)).take(2);
    let inside = (block.first..block.last).take_while(|id| tree.tag(*id) != Tag::Text);
    let inside = inside.filter(|id| tree.node(*id).end >= block.last);
    let is_called = |id: NodeId| blocks.own_roles[id as usize].any(Roles::CAPTION);
    // Or all of its words stand in elements called so, side by side.
    let mut words =
        (block.first..block.last).filter(|id| tree.tag(*id) == Tag::Text && tree.has_words(*id)).peekable();
    around.chain(inside).any(is_called)
        || words.peek().is_some()
            && words
                .all(|id| tree.ancestors(id).take_while(|outer| *outer > block.node).take(4).any(is_called))
}

/// Whether the innermost element around a block and an image holds no other words than those of the block.
fn is_alone_with(tree: &Tree<'_>, blocks: &Blocks, index: usize, image: NodeId) -> bool {
    let list = &blocks.list;
    let block = &list[index];
    let around = tree.ancestors(block.node).take(3).find(|outer| tree.contains(*outer, image));
    let holds =
        |outer: NodeId, other: Option<&Block>| other.is_some_and(|other| tree.contains(outer, other.first));
    around.is_some_and(|outer| {
        !holds(outer, index.checked_sub(1).and_then(|above| list.get(above)))
            && !holds(outer, list.get(index + 1))
    })
}

/// Whether a block is a term or what is said of it in a list that begins with an image: SPIP sets captions so.
fn is_term_below_image(tree: &Tree<'_>, block: &Block) -> bool {
    let list = tree.parent(block.node);
    let begins = || {
        let has_words = |id: &NodeId| tree.tag(*id) == Tag::Text && tree.has_words(*id);
        let mut above = tree.descendants(list).take(TERM_NODES).take_while(|id| !has_words(id));
        above.any(|id| images::is_picture(tree, id))
    };
    block.kind == Kind::Item
        && matches!(tree.tag(block.node), Tag::Dt | Tag::Dd)
        && tree.tag(list) == Tag::Dl
        && begins()
}

/// Nodes of a list among which the image is that it begins with.
const TERM_NODES: usize = 12;

/// Whether a line ends with a credit behind its label or sign: "The port on Monday. Photo: Ann Lee".
fn ends_with_labelled_credit(text: &str, lexicon: &Lexicon) -> bool {
    text.contains([':', '©'])
        && split_caption(Some(text.to_owned()), None, lexicon).1.is_some_and(|credit| {
            let before = text.trim_end_matches(['.', ')', ']']).strip_suffix(credit.as_str());
            before.is_some_and(|before| before.trim_end().ends_with([':', '©']))
        })
}

/// Whether all words of a block are set in italics or in small letters, and none is a link.
fn is_slanted(tree: &Tree<'_>, block: &Block) -> bool {
    let is_inline = |id: &NodeId| tree.tag(*id).is_inline();
    let is_set = |id: NodeId| matches!(tree.tag(id), Tag::I | Tag::Em | Tag::Small);
    block.chars <= CAPTION_CHARS
        && block.link_chars == 0
        && (block.first..block.last)
            .filter(|id| tree.tag(*id) == Tag::Text && !tree.raw_text(*id).trim().is_empty())
            .all(|id| tree.ancestors(id).take(6).take_while(is_inline).any(is_set))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    /// Whether what stands between two paragraphs is the caption of an image and no text.
    fn check(between: &str, is_caption: bool) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}{between}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = read(&page, Some("https://lac.example/a/gel"), &Lexicon::load(None).unwrap()).unwrap();
        let caption = article.images.first().and_then(|image| image.caption.as_deref());
        assert_eq!(caption.is_some_and(|caption| caption.contains("Le port")), is_caption, "{between}");
        assert_eq!(article.text.contains("Le port"), !is_caption, "{between} {}", article.text.as_str());
    }

    #[test]
    fn a_caption_below_an_image_is_no_text() {
        for between in [
            "<table class=tr-caption-container><tr><td><img src=/a.jpg></td></tr><tr><td class=tr-caption>Le port, lundi. Photo : Léa Martin</td></tr></table>",
            "<p><img src=/a.jpg><br><em>Le port, lundi. (Photo Léa Martin)</em></p>",
            "<p><img src=/a.jpg></p><p><i>Le port, lundi matin.</i></p>",
            "<div><a href=/a><img src=/a.jpg></a><small>Le port, lundi matin.</small></div>",
            "<div><img src=/a.jpg><span>Le port, lundi matin. © Léa Martin</span></div>",
            "<table align=right><tr><td><img src=/a.jpg><br><font size=1>Le port, lundi. (Courrier photo by Léa Martin)</font></td></tr></table>",
            "<img src=/a.jpg><div>Le port a fermé lundi. <span>Photo : Léa Martin</span></div>",
            "<amp-img src=/a.jpg></amp-img><p class=caption>Le port, lundi matin, vu du phare.</p>",
        ] {
            check(between, true);
        }
    }

    #[test]
    fn what_an_image_only_stands_above_is_text() {
        for between in [
            "<p><img src=/a.jpg></p><p>Le port a fermé avant midi, et les bateaux y resteront jusqu'au dégel.</p>",
            "<p><img src=/a.jpg></p><p><i>Le port est-il fermé ?</i></p><p><i>Oui, depuis hier, et pour longtemps.</i></p>",
            "<p><img src=/a.jpg></p><p><i>Le port est fermé, écrit <a href=/b>le journal</a>.</i></p>",
            "<img src=/a.jpg><p>Le port a fermé avant midi, et les bateaux y resteront jusqu'au dégel. (Léa Martin/AFP)</p>",
            "<dl><dt>Le port</dt><dd><img src=/a.jpg></dd><dd>Il a fermé avant midi.</dd></dl>",
            "<p><img src=/pixel.gif><i>Le port, dit-il, est fermé depuis hier.</i></p>",
        ] {
            check(between, false);
        }
    }
}
