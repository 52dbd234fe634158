//! A table of contents: links that lead to the headings of the text and to nothing else.

use std::collections::BTreeSet;
use std::ops::Bound;

use rustc_hash::FxHashSet;

use super::{Verdict, leave_out_kept};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::headline::folded;
use crate::html::metadata::Metadata;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Why it is left out.
const CONTENTS: &str = "a table of contents";

/// Links and blocks of the longest one.
const LINKS_MAX: usize = 60;

/// Characters of the longest line in one; longer ones say what stands in the text.
const LINE_CHARS: u32 = 100;

/// Characters between two links, and of what numbers them.
const SIGNS: u32 = 4;

/// Characters of the longest line above one.
const HEAD_CHARS: u32 = 60;

/// Takes tables of contents out of the text, with the lines above them: two links at least into the page, to places that
/// are there, with no words but those of the links, and most of these are headings of the text. Links that are sentences
/// tell of the text, and are kept; so is what the text says nowhere else.
pub(super) fn leave_out(tree: &Tree<'_>, blocks: &Blocks, metadata: &Metadata<'_>, verdicts: &mut [Verdict]) {
    let own = metadata.url();
    let mut places: Option<FxHashSet<&str>> = None;
    let mut headings: Option<BTreeSet<String>> = None;
    let mut index = 0;
    while index < blocks.list.len() {
        let start = index;
        let mut targets: Vec<&str> = Vec::new();
        while let Some(block) = blocks.list.get(index).filter(|_| targets.len() < LINKS_MAX)
            && let Some(found) = jumps(tree, blocks, block, own)
        {
            targets.extend(found);
            index += 1;
        }
        if index == start {
            index += 1;
            continue;
        }
        let is_text = |at: usize| verdicts[at] == Verdict::Text;
        if targets.len() < 2 || !(start..index).any(is_text) {
            continue;
        }
        let places = places.get_or_insert_with(|| places_in(tree));
        let there = targets.iter().filter(|target| places.contains(**target)).count();
        let headings = headings.get_or_insert_with(|| headings_in(blocks, verdicts));
        let count = links_in(tree, blocks, start..index).filter(|words| is_repeated(words, headings)).count();
        if there * 2 < targets.len() || count * 2 < targets.len() {
            continue;
        }
        let from = if start > 0 && heads(blocks, start - 1, index) { start - 1 } else { start };
        leave_out_kept(&mut verdicts[from..index], CONTENTS);
    }
}

/// Where the links of a block lead in the page, if they are all that it has.
fn jumps<'a>(tree: &Tree<'a>, blocks: &Blocks, block: &Block, own: Option<&str>) -> Option<Vec<&'a str>> {
    let others = block.chars.saturating_sub(block.link_chars);
    if block.links == 0 || others > SIGNS * (u32::from(block.links) + 1) {
        return None;
    }
    let text = blocks.text_of(block);
    if text.ends_with(['.', '!']) || block.chars > LINE_CHARS * u32::from(block.links) {
        return None;
    }
    let mut last = 0;
    let mut targets = Vec::new();
    for id in block.first..block.last {
        let link = tree.node(id).link;
        if tree.tag(id) != Tag::Text || link == 0 || std::mem::replace(&mut last, link) == link {
            continue;
        }
        targets.push(place(tree.raw_attribute(link, Name::Href)?, own)?);
    }
    Some(targets)
}

/// The place in the page itself to which an address leads.
fn place<'h>(href: &'h str, own: Option<&str>) -> Option<&'h str> {
    // Most links lead to other pages.
    memchr::memchr(b'#', href.as_bytes())?;
    let (page, place) = href.trim().split_once('#')?;
    let is_own = || own.is_some_and(|own| path(own).ends_with(path(page)));
    (!place.is_empty() && (page.is_empty() || is_own())).then_some(place)
}

/// The headings of the text.
fn headings_in(blocks: &Blocks, verdicts: &[Verdict]) -> BTreeSet<String> {
    let kept = blocks.list.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept());
    let headings = kept.filter(|(block, _)| matches!(block.kind, Kind::Heading(_)));
    headings.map(|(block, _)| without_number(&folded(blocks.text_of(block))).to_owned()).collect()
}

/// The words of each link in blocks.
fn links_in<'t>(
    tree: &'t Tree<'_>,
    blocks: &'t Blocks,
    range: std::ops::Range<usize>,
) -> impl Iterator<Item = String> + 't {
    let mut last = 0;
    let links = blocks.list[range].iter().flat_map(|block| block.first..block.last).filter_map(move |id| {
        let link = tree.node(id).link;
        (tree.tag(id) == Tag::Text && link != 0 && std::mem::replace(&mut last, link) != link).then_some(link)
    });
    links.map(|link| without_number(&folded(&tree.inner_text(link))).to_owned())
}

/// Whether a heading begins with the words of a link, or they are one word.
fn is_repeated(words: &str, headings: &BTreeSet<String>) -> bool {
    let heading = || headings.range::<str, _>((Bound::Included(words), Bound::Unbounded)).next();
    !words.contains(' ') || heading().is_some_and(|heading| heading.starts_with(words))
}

/// Words without the number before them.
fn without_number(words: &str) -> &str {
    words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
}

/// An address without its scheme, its query and the stroke at its end.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('?').next().unwrap_or_default().trim_end_matches('/')
}

/// The names of the places in a page.
fn places_in<'a>(tree: &Tree<'a>) -> FxHashSet<&'a str> {
    let names = |id: NodeId| {
        let name = if tree.tag(id) == Tag::A { tree.raw_attribute(id, Name::Name) } else { None };
        tree.raw_attribute(id, Name::Id).into_iter().chain(name)
    };
    (1..tree.len()).flat_map(names).collect()
}

/// Whether a block is the line above a table of contents, which ends at the block `end`: a short one that heads nothing else.
fn heads(blocks: &Blocks, index: usize, end: usize) -> bool {
    let block = &blocks.list[index];
    let text = blocks.text_of(block);
    let is_line = block.links == 0
        && block.chars <= HEAD_CHARS
        && !text.ends_with(['.', '!', '…', '»', '”'])
        && !folded(text).is_empty();
    let heads_more = || {
        // A heading with a paragraph below the links is that of a section.
        let next = blocks.list.get(end);
        next.is_some_and(|next| !matches!(next.kind, Kind::Heading(_)) && next.node != block.node)
    };
    is_line
        && match block.kind {
            Kind::Paragraph => true,
            Kind::Heading(_) => !heads_more(),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(contents: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title><link rel=canonical href='https://lac.example/gel'></head><body>\
             <article><h1>Le lac a gelé cette nuit</h1>{PROSE}{contents}<h2 id=nuit>Une nuit sans vent</h2>{PROSE}\
             <h2 id=port>Le port est fermé</h2>{PROSE}<p><a name=suite></a>Le vent est tombé avant minuit, puis le ciel s'est \
             dégagé d'un coup, et l'eau a pris jusqu'au milieu.</p></article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn links_to_the_headings_are_no_text() {
        let without = text("");
        for contents in [
            "<p>Dans cet article</p><ul><li><a href='#nuit'>Une nuit sans vent</a></li><li><a href='#port'>Le port est fermé</a></li></ul>",
            "<div><b>Sommaire</b><br><a href='#nuit'>Une nuit sans vent</a> | <a href='#port'>Le port est fermé</a></div>",
            "<h2>Au menu</h2><ol><li>1. <a href='#nuit'>Une nuit sans vent</a></li><li>2. <a href='#port'>Le port</a></li>\
             <li>3. <a href='#suite'>Et la suite ?</a></li></ol>",
            "<p>Inhalt:</p><ul><li><a href='https://lac.example/gel#nuit'>Une nuit</a></li><li><a href='/gel#port'>Le port</a></li></ul>",
            "<p><a href='#nuit'>Une nuit sans vent</a></p><p><a href='#port'>Le port est fermé</a></p>",
        ] {
            assert_eq!(text(contents), without, "{contents}");
        }
    }

    #[test]
    fn what_says_something_is_kept() {
        for contents in [
            "<ul><li>Le lac a pris en une nuit (<a href='#nuit'>voir</a>).</li><li>Le port est fermé (<a href='#port'>voir</a>).</li></ul>",
            "<ul><li><a href='#nuit'>Le lac fermé a pris en une nuit, sans un souffle de vent.</a></li>\
             <li><a href='#port'>Le port attend, et la mairie ne dit rien de plus pour l'instant.</a></li></ul>",
            "<p>La suite est plus bas, au bord de l'eau, là où <a href='#port'>le port est fermé</a> depuis hier.</p>",
        ] {
            assert!(text(contents).len() > text("").len() + 30, "{contents}");
        }
    }
}
