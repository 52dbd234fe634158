//! The publisher's own tags, sections and topics.

mod unlabelled;

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::blocks::{Block, Blocks, Kind};
use super::body::Verdict;
use super::headline::folded;
use super::metadata::Metadata;
use super::place::is_in_foot_of_article;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree, push_folded};
use crate::lexicon::{Chrome, Folded, Label, Lexicon, WordSet};

/// Tags kept.
const TAGS_MAX: usize = 40;

/// Meta elements that name the section: Open Graph, also under the prefix of the whole, schema.org, Parse.ly.
const SECTIONS: [&str; 4] = ["article:section", "og:article:section", "articlesection", "parsely-section"];

/// Meta elements that list tags: Open Graph, Google News, HTML and schema.org, Parse.ly, Sailthru, Dublin Core, Highwire.
const LISTS: [&str; 9] = [
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "keywords",
    "parsely-tags",
    "sailthru.tags",
    "dc.subject",
    "dcterms.subject",
    "citation_keywords",
];

/// What stands between two tags of a list.
const BETWEEN: [char; 2] = [',', ';'];

/// The tags, each once, as the metadata, links of relation "tag" and lists below a line that says so give them.
pub(super) fn tags(
    tree: &Tree<'_>,
    blocks: &Blocks,
    listed: &[String],
    metadata: &Metadata<'_>,
    headline: Option<NodeId>,
) -> Vec<String> {
    let mut tags = Vec::new();
    let mut seen: FxHashSet<String> = metadata.site_names().map(folded).collect();
    let mut add = |tag: &str| {
        let tag = tag.trim();
        if tags.len() < TAGS_MAX && (2..=60).contains(&tag.chars().count()) && seen.insert(folded(tag)) {
            tags.push(tag.to_owned());
        }
    };
    metadata.jsonld.keywords.iter().for_each(|tag| add(tag));
    for name in SECTIONS {
        metadata.metas_named(name).for_each(&mut add);
    }
    for name in LISTS {
        metadata.metas_named(name).flat_map(|list| list.split(BETWEEN)).for_each(&mut add);
    }
    for id in tree.marked.iter().copied() {
        if let Some(list) = in_microdata(tree, blocks, id) {
            list.split(BETWEEN).for_each(&mut add);
        }
    }
    for id in tree.links.iter().copied() {
        if tree
            .raw_attribute(id, Name::Rel)
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "tag"))
            && !blocks.roles[id as usize].any(Roles::RELATED | Roles::SIDEBAR | Roles::NAVIGATION)
            && (!blocks.roles[id as usize].any(Roles::FOOTER)
                || is_in_foot_of_article(tree, blocks, id, headline.unwrap_or_default()))
            && let Some(text) = tree.short_text(id, 120)
        {
            add(text.trim_start_matches('#'));
        }
    }
    for tag in listed {
        add(tag.trim_start_matches('#'));
    }
    tags
}

/// Blocks below the text among which a list of topics begins.
const BLOCKS_BELOW: usize = 40;
/// What an element of microdata says of the article in words, if they are its keywords or its section.
fn in_microdata(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> Option<String> {
    let names = tree.raw_attribute(id, Name::Itemprop)?;
    let is_of_tags = |name: &str| matches!(name, "keywords" | "articleSection");
    // Meta elements have been read by their names.
    if tree.tag(id) == Tag::Meta
        || !names.split_ascii_whitespace().any(is_of_tags)
        || blocks.roles[id as usize].any(MARKED_AWAY)
    {
        return None;
    }
    let content = tree.attribute(id, Name::Content).map(Cow::into_owned);
    content.or_else(|| tree.short_text(id, LIST_BYTES))
}

/// Parts of a page whose properties are those of other articles.
const MARKED_AWAY: Roles =
    Roles(Roles::RELATED.0 | Roles::SIDEBAR.0 | Roles::NAVIGATION.0 | Roles::TEASER.0 | Roles::COMMENT.0);

/// Bytes of the longest element that lists keywords.
const LIST_BYTES: usize = 600;

/// Blocks and links of such a list.
const LIST_MAX: usize = 25;
/// Words and characters of the longest topic; longer links are titles of other articles, unless their address says that it
/// is a topic's.
const TOPIC_WORDS: usize = 3;
const ADDRESSED_WORDS: usize = 6;
const TOPIC_CHARS: usize = 40;
/// Characters of the longest line above a list.
const HEAD_CHARS: u32 = 60;

/// Parts of a page whose lists of topics are the site's.
const AWAY: Roles = Roles(
    Roles::NAVIGATION.0
        | Roles::SIDEBAR.0
        | Roles::COMMENT.0
        | Roles::OVERLAY.0
        | Roles::HIDDEN.0
        | Roles::TEASER.0
        | Roles::SHARE.0
        | Roles::ADVERT.0
        | Roles::TOOLS.0,
);

/// What a line says of the links below or behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// They are topics.
    Topics,
    /// They lead to other articles, unless all their addresses are those of topics.
    Related,
}

/// The links of the first list of topics in or below the text, and its blocks: "Filed under: Lakes, Ice", or short links
/// below a line that says "Related topics".
pub(super) fn listed(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    lexicon: &Lexicon,
) -> Option<(Range<usize>, Vec<String>)> {
    let is_text = |index: &usize| verdicts[*index].is_kept();
    let list = &blocks.list;
    let first = (0..list.len()).find(is_text)?;
    let text_end = (0..list.len()).rev().find(is_text)?;
    let is_away =
        |block: &Block| block.roles.any(AWAY) || in_foot_of_site(tree, blocks, block, list[first].first);
    let mut folded = Folded::default();
    let mut is_head = |text: &str| {
        folded.fold(text);
        let is_label = |(label, end): (Label, usize)| {
            label == Label::Tags && !text[end..].contains(char::is_alphanumeric)
        };
        if lexicon.has(WordSet::Topics, folded.as_str()) || lexicon.label(&folded).is_some_and(is_label) {
            return Some(Head::Topics);
        }
        matches!(lexicon.chrome(&folded), Some((Chrome::Related, true))).then_some(Head::Related)
    };
    for index in first..list.len().min(text_end + 1 + BLOCKS_BELOW) {
        let block = &list[index];
        if is_away(block) {
            continue;
        }
        let mut end = index + 1;
        let (head, topics): (Head, Vec<(NodeId, String)>) = if block.links == 0 {
            if block.chars > HEAD_CHARS {
                continue;
            }
            let Some(head) = is_head(blocks.text_of(block)) else { continue };
            end += list_below(tree, blocks, index).take(LIST_MAX).count();
            (head, list[index + 1..end].iter().flat_map(|block| links_in(tree, block)).collect())
        } else {
            let Some(before) = words_before_list(tree, block) else { continue };
            let Some(head) = is_head(&before) else { continue };
            (head, links_in(tree, block).collect())
        };
        let is_topic = |(link, text): &(NodeId, String)| {
            let addressed = || tree.raw_attribute(*link, Name::Href).is_some_and(leads_to_topic);
            let words = text.split_whitespace().count();
            let is_short = words <= TOPIC_WORDS && text.chars().count() <= TOPIC_CHARS;
            (is_short && head == Head::Topics) || words <= ADDRESSED_WORDS && addressed()
        };
        // "Share", "More".
        let is_phrase = |text: &str| {
            let mut folded = Folded::default();
            folded.fold(text);
            lexicon.chrome(&folded).is_some_and(|(_, whole)| whole)
        };
        // In the midst of the text a single link is a pointer.
        let least = if index < text_end { 2 } else { 1 };
        if (least..=LIST_MAX).contains(&topics.len()) && topics.iter().all(is_topic) {
            let topics = topics.into_iter().map(|(_, text)| text).filter(|text| !is_phrase(text)).collect();
            return Some((index..end, topics));
        }
    }
    unlabelled::listed(tree, blocks, verdicts)
}

/// Whether a block stands in the foot of the site, and not in that of the article whose text begins at a node.
fn in_foot_of_site(tree: &Tree<'_>, blocks: &Blocks, block: &Block, text: NodeId) -> bool {
    block.roles.any(Roles::FOOTER) && !is_in_foot_of_article(tree, blocks, block.node, text)
}

/// Whether an address has a part that says that what follows it is a topic: "/tag/lakes", "?topic=lakes".
pub(super) fn leads_to_topic(href: &str) -> bool {
    let mut parts = href.split(['/', '?', '&', '=']).filter(|part| !part.is_empty());
    let says = |part: &str| TOPIC_PARTS.iter().any(|word| part.eq_ignore_ascii_case(word));
    parts.by_ref().any(says) && parts.next().is_some()
}

/// Parts of addresses below which topics stand.
const TOPIC_PARTS: [&str; 33] = [
    "tag",
    "tags",
    "topic",
    "topico",
    "topicos",
    "onderwerpen",
    "topics",
    "theme",
    "themes",
    "thema",
    "themen",
    "sujet",
    "sujets",
    "mot-cle",
    "mots-cles",
    "thematique",
    "thematiques",
    "keyword",
    "keywords",
    "category",
    "categorie",
    "categoria",
    "label",
    "labels",
    "tema",
    "temas",
    "etiqueta",
    "etiquetas",
    "argomento",
    "argomenti",
    "schlagwort",
    "stichwort",
    "onderwerp",
];

/// The blocks of nothing but links in the list below a block.
pub(super) fn list_below<'p>(
    tree: &'p Tree<'_>,
    blocks: &'p Blocks,
    index: usize,
) -> impl Iterator<Item = &'p Block> {
    let is_list = |id: &NodeId| matches!(tree.tag(*id), Tag::Ul | Tag::Ol | Tag::Dl);
    let around = move |block: &Block| {
        let list = tree.ancestors(block.node).find(is_list).filter(|_| block.kind == Kind::Item);
        list.unwrap_or_else(|| tree.parent(block.node))
    };
    let below = blocks.list.get(index + 1..).unwrap_or_default();
    let first = below.first().map(around);
    below
        .iter()
        .take_while(move |other| Some(around(other)) == first)
        .take_while(|block| block.links > 0 && others_in(block) == 0)
}

/// The words before the links of a block that are all it has besides them.
pub(super) fn words_before_list(tree: &Tree<'_>, block: &Block) -> Option<String> {
    if others_in(block) > HEAD_CHARS {
        return None;
    }
    let before = words_before_links(tree, block);
    (others_in(block) as usize <= before.chars().count()).then_some(before)
}

/// Characters between two links of a list.
const SIGNS: u32 = 3;

/// How many characters of a block are neither in its links nor the signs between them.
pub(super) fn others_in(block: &Block) -> u32 {
    block.chars.saturating_sub(block.link_chars + SIGNS * u32::from(block.links))
}

/// Each link in a block with its words, up to one more than a list has.
pub(super) fn links_in<'t>(tree: &'t Tree<'_>, block: &Block) -> impl Iterator<Item = (NodeId, String)> + 't {
    let mut last = 0;
    (block.first..block.last)
        .filter(move |id| {
            let link = tree.node(*id).link;
            tree.tag(*id) == Tag::Text && link != 0 && std::mem::replace(&mut last, link) != link
        })
        .take(LIST_MAX + 1)
        .map(|id| (tree.node(id).link, tree.inner_text(tree.node(id).link)))
}

/// The words of a block before its first link.
fn words_before_links(tree: &Tree<'_>, block: &Block) -> String {
    let mut out = String::new();
    for id in block.first..block.last {
        if tree.tag(id) != Tag::Text {
            continue;
        }
        if tree.node(id).link != 0 || out.len() > 4 * HEAD_CHARS as usize {
            break;
        }
        push_folded(&mut out, &tree.text(id));
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn check(below: &str, expected: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><nav><b>Thèmes</b><a href=/s>Sport</a></nav><article>\
             <h1>Le lac a gelé</h1>{PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p>\
             {below}</article><footer><h4>Sujets</h4><ul><li><a href=/m>Monde</a></ul></footer></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.tags, expected, "{below}");
    }

    #[test]
    fn links_below_a_line_that_says_so_are_tags() {
        let expected = &["Lac", "Grand froid"];
        for below in [
            "<h3>Sujets associés</h3><ul><li><a href=/lac>Lac</a></li><li><a href=/froid>Grand froid</a></li></ul>",
            "<div>Topics</div><div><a href=/lac>Lac</a> <a href=/froid>Grand froid</a></div>",
            "<p>Tags : <a href=/lac>Lac</a>, <a href=/froid>Grand froid</a></p>",
            "<p><span>Sur le même thème</span> <a href=/lac>#Lac</a> | <a href=/froid>#Grand froid</a></p>",
            "<footer class=entry-footer>Filed under <a href=/lac>Lac</a> · <a href=/froid>Grand froid</a></footer>",
            "<h4>Themen in diesem Artikel</h4><a href=/lac>Lac</a><br><a href=/froid>Grand froid</a>",
            "<h3>Onderwerpen in dit artikel</h3><ul><li><p><a href=/lac>Lac</a></p></li><li><p><a href=/froid>Grand froid</a></p></li></ul>\
             <p><a href=/son>Écouter</a></p>",
            "<section><h2>Temas relacionados:</h2><p><a href=/lac>Lac</a></p><p><a href=/froid>Grand froid</a></p></section>",
        ] {
            check(below, expected);
        }
    }

    #[test]
    fn links_to_other_articles_are_no_tags() {
        for below in [
            "<h3>Sur le même thème</h3><ul><li><a href=/x>La boulangerie de la gare a fermé ses portes</a></li>\
             <li><a href=/y>Lac</a></li></ul>",
            "<p>Le sujet fâche, écrit <a href=/j>Le Journal</a>, et le port attend la suite avec le maire.</p>",
            "<aside><h3>Topics</h3><a href=/sport>Sport</a></aside>",
            "<p>Sujets associés</p>",
            "<p>Mehr zum Thema: <a href=/x>Hallenbad bleibt zu</a></p>",
            "<h3>Sur le même sujet</h3><ul><li><a href=/x>La piscine rouvre</a></li><li><a href=/y>Le lac fond</a></li></ul>",
            "<h4>Related topics</h4><a href=/x>The pool stays closed</a>",
            "<div>Lire aussi</div><div><a href=/x>Le port</a> <a href=/tag/lac>Lac</a></div>",
        ] {
            check(below, &[]);
        }
        for below in [
            "<p>Mehr zum Thema: <a href=/thema/lac>Lac</a>, <a href=/tag/x>Hiver de tous les records</a></p>",
            "<h3>Sur le même sujet</h3><ul><li><a href='/?tag=lac'>Lac</a><li><a href=/mot-cle/h>Hiver de tous les records</a></ul>",
        ] {
            check(below, &["Lac", "Hiver de tous les records"]);
        }
    }

    fn check_head(head: &str, expected: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title>{head}</head><body><h1>Le lac a gelé</h1>{PROSE}{PROSE}</body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.tags, expected, "{head}");
    }

    #[test]
    fn every_field_of_tags_is_read_once() {
        for name in [
            "name=DC.subject",
            "name=dc:subject",
            "name=dcterms.subject",
            "name=parsely-tags",
            "name=sailthru.tags",
            "name=news_keywords",
            "name=keywords",
            "property=article:tag",
            "itemprop=keywords",
        ] {
            check_head(&format!("<meta {name} content='Lac, Grand froid,lac'>"), &["Lac", "Grand froid"]);
        }
        check_head("<meta itemprop=articleSection content=Lacs><meta name=keywords content=lacs>", &["Lacs"]);
    }

    #[test]
    fn json_ld_lists_keywords_in_many_ways() {
        for keywords in [
            r#""Lac, Grand froid""#,
            r#"["Lac", "Grand froid"]"#,
            r#"["Lac, Grand froid", "lac"]"#,
            r#"[{"@type": "DefinedTerm", "name": "Lac"}, {"@type": "DefinedTerm", "name": "Grand froid"}]"#,
            r#"[{"@type": "DefinedTerm", "termCode": "l1", "name": "Lac"}, "Grand froid"]"#,
        ] {
            check_head(
                &format!(
                    r#"<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Le lac a gelé",
                    "keywords": {keywords}}}</script>"#
                ),
                &["Lac", "Grand froid"],
            );
        }
    }

    #[test]
    fn properties_of_microdata_are_tags() {
        check(
            "<p>Thème&nbsp;: <a itemprop=articleSection href=/l>Lac</a>, <i itemprop=keywords>Gel; Glace</i></p>",
            &["Lac", "Gel", "Glace"],
        );
        check("<aside><a itemprop=keywords href=/l>Lac</a></aside>", &[]);
    }

    #[test]
    fn fields_of_tags_are_split_at_commas() {
        let page = format!(
            "<html><head><title>Le lac a gelé</title><meta property=article:tag content='Lac, Hiver,Le port'>\
             <meta property=article:tag content=Glace></head><body><h1>Le lac a gelé</h1>{PROSE}{PROSE}</body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.tags, ["Lac", "Hiver", "Le port", "Glace"]);
    }
}
