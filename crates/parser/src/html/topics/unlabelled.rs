//! A list of topics right below the text that no line says is one: its links are of relation "tag", or all have an address of
//! topics.

use std::ops::Range;

use super::{
    ADDRESSED_WORDS, AWAY, LIST_MAX, in_foot_of_site, leads_to_topic, links_in, list_below, others_in,
};
use crate::html::blocks::{Blocks, Kind};
use crate::html::body::Verdict;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Blocks below the last paragraph among which the list is.
const BLOCKS_BELOW: usize = 12;

/// Elements around a list of which one holds the text as well.
const AROUND: usize = 6;

/// The blocks of the list, and its links.
pub(super) fn listed(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
) -> Option<(Range<usize>, Vec<String>)> {
    let list = &blocks.list;
    let is_kept = |at: &usize| verdicts[*at].is_kept();
    let first = (0..list.len()).find(is_kept)?;
    let text_end = (first..list.len()).rev().find(|at| is_kept(at) && list[*at].is_prose())?;
    let mut index = text_end + 1;
    while let Some(block) = list.get(index).filter(|_| index <= text_end + BLOCKS_BELOW) {
        // What a heading stands above is what it says.
        if matches!(block.kind, Kind::Heading(_)) {
            return None;
        }
        let mut end = index + 1;
        if block.links > 0 && others_in(block) == 0 {
            end = index + list_below(tree, blocks, index - 1).take(LIST_MAX + 1).count().max(1);
            let topics: Vec<(NodeId, String)> =
                list[index..end].iter().flat_map(|block| links_in(tree, block)).collect();
            let is_one = (2..=LIST_MAX).contains(&topics.len())
                && topics.iter().all(|(link, words)| is_topic(tree, *link, words))
                && is_beside(tree, block.node, list[text_end].first)
                && !list[index..end].iter().any(|block| {
                    block.roles.any(AWAY) || in_foot_of_site(tree, blocks, block, list[first].first)
                });
            if is_one {
                return Some((index..end, topics.into_iter().map(|(_, words)| words).collect()));
            }
        }
        index = end;
    }
    None
}

fn is_topic(tree: &Tree<'_>, link: NodeId, words: &str) -> bool {
    let is_tag = || {
        tree.raw_attribute(link, Name::Rel)
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("tag")))
    };
    (1..=ADDRESSED_WORDS).contains(&words.split_whitespace().count())
        && (is_tag() || tree.raw_attribute(link, Name::Href).is_some_and(leads_to_topic))
}

/// Whether an element right around a list holds the text as well, and no more than the article.
fn is_beside(tree: &Tree<'_>, list: NodeId, text: NodeId) -> bool {
    tree.ancestors(list)
        .take(AROUND)
        .take_while(|outer| !matches!(tree.tag(*outer), Tag::Body | Tag::Html))
        .any(|outer| tree.contains(outer, text))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn check(below: &str, outside: &str, expected: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}{PROSE}<p>Le vent est tombé \
             avant minuit, puis le ciel s'est dégagé d'un coup.</p>{below}</article>{outside}</body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.tags, expected, "{below} {outside}");
        let is_text = article.text.contains("Grand froid");
        assert!(!is_text || expected.is_empty(), "{below} {}", article.text.as_str());
    }

    #[test]
    fn links_to_topics_right_below_the_text_are_tags() {
        for below in [
            "<ul><li><a href=/x/lac rel=tag>Lac</a></li><li><a href=/x/froid rel=tag>Grand froid</a></li></ul>",
            "<ul><li><a href=/tag/lac>Lac</a></li><li><a href=/tag/froid>Grand froid</a></li></ul>",
            "<div><a href=/theme/lac>Lac</a> <a href=/theme/froid>Grand froid</a></div>",
            "<p><a href='/recherche?tag=lac'>#Lac</a>, <a href='/recherche?tag=froid'>#Grand froid</a></p>",
            "<p>Partager</p><div><a href=/tag/lac>Lac</a><a href=/tag/froid>Grand froid</a></div>",
        ] {
            check(below, "", &["Lac", "Grand froid"]);
        }
    }

    #[test]
    fn other_links_are_no_tags() {
        check("<p><a href=/a/lac>Lac</a>, <a href=/a/froid>Grand froid</a></p>", "", &[]);
        check("<p>Voir <a href=/tag/lac>Lac</a> et <a href=/tag/froid>Grand froid</a>.</p>", "", &[]);
        check("<h3>Ailleurs</h3><p><a href=/tag/lac>Lac</a> <a href=/tag/froid>Grand froid</a></p>", "", &[]);
        check(
            "",
            "<div><ul><li><a href=/tag/lac>Lac</a></li><li><a href=/tag/froid>Froid</a></li></ul></div>",
            &[],
        );
        check("<ul><li><a href=/tag/lac>Lac</a></li><li><a href=/a/froid>Froid</a></li></ul>", "", &[]);
    }
}
