//! Images that are the page's and not the article's.

use crate::html::blocks::Blocks;
use crate::html::links;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// The width in pixels up to which an image is an icon, a portrait beside a name, or counts who reads.
const SMALL: u32 = 64;

/// Whether an image is small by what its markup says, a portrait in a byline, or a link to the front page.
pub(super) fn is_of_page(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> bool {
    let width = || tree.raw_attribute(id, Name::Width)?.trim().trim_end_matches("px").parse().ok();
    // In AMP a width may be one side of a ratio.
    let is_small = tree.tag(id) == Tag::Img && width().is_some_and(|width: u32| width <= SMALL);
    let leads_home = || {
        let link = tree.node(id).link;
        link != 0 && tree.raw_attribute(link, Name::Href).is_some_and(links::is_front_page)
    };
    is_small || is_in_byline(tree, blocks, id) || leads_home()
}

/// Whether an image stands in an element called a byline; a large one holds more than who wrote the article.
fn is_in_byline(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> bool {
    let is_byline = |outer: &NodeId| blocks.own_roles[*outer as usize].any(Roles::BYLINE);
    blocks.roles[id as usize].any(Roles::BYLINE)
        && (tree.ancestors(id).filter(is_byline)).any(|outer| tree.node(outer).end - outer <= BYLINE_NODES)
}

/// Nodes of the largest byline.
const BYLINE_NODES: NodeId = 80;

/// Elements around a portrait of which one holds the name as well.
const AROUND: usize = 3;

/// Bytes of the longest name beside a portrait.
const NAME_BYTES: usize = 40;

/// Whether a picture is that of the person whose name alone stands right below it in a link, as its text for those who cannot
/// see it says: "Portrait of Ann Lee".
pub(super) fn is_portrait(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> bool {
    let end = tree.node(id).end;
    let Some(next) = blocks.list.get(blocks.between(0, end).end) else { return false };
    let name = blocks.text_of(next);
    let is_name = next.links == 1
        && next.link_chars == next.chars
        && (2..=4).contains(&next.words)
        && name.len() <= NAME_BYTES
        && blocks.between(id, end).is_empty();
    let is_shown = |id: NodeId| tree.attribute(id, Name::Alt).is_some_and(|alt| alt.contains(name));
    is_name
        && tree.ancestors(id).take(AROUND).any(|outer| tree.contains(outer, next.first))
        && (id..end).any(is_shown)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    #[test]
    fn counters_icons_and_portraits_are_no_images() {
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        for (image, is_kept) in [
            ("<img width=1 height=1 src='https://count.example/t?id=1'>", false),
            ("<img src=/zoe.jpg width=48>", false),
            ("<img src=/zoe.jpg width='40px'>", false),
            ("<div class=byline><img src=/zoe.jpg> Par Zoé Lam</div>", false),
            ("<a href=index.html><img src=home.gif></a>", false),
            ("<img src=/cgi-bin/counter>", false),
            ("<a href=/port.jpg><img src=/port.jpg width=600></a>", true),
            ("<img src=/port.jpg width=100%>", true),
            ("<img src=/counter-terrorism.jpg>", true),
        ] {
            let page = format!(
                "<title>Le lac a gelé</title><article><h1>Le lac a gelé</h1>{image}{prose}{prose}<p>Le vent est tombé \
                 avant minuit, puis le ciel s'est dégagé d'un coup.</p></article>"
            );
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(!article.images.is_empty(), is_kept, "{image}");
        }
    }
}
