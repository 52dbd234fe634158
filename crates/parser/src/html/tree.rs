//! A page as a flat tree: one pass over its source, no recursion, nothing copied.
//!
//! The builder follows the parsing rules of WHATWG HTML §13.2 where they change what a reader sees (implied end tags,
//! void and raw text elements, scopes) and leaves out those that only move nodes about (foster parenting, the
//! adoption agency). Nodes stand in document order, so the subtree of a node is a range of indices.

mod builder;
mod words;

use std::borrow::Cow;

use memchr::memchr;

use self::builder::Builder;
pub(super) use self::words::{decode, is_space, push_decoded, push_folded};
use super::tag::{Name, Tag};
use crate::encoding::without_controls;

/// Index of a node in its tree.
pub(super) type NodeId = u32;

/// Bytes that most fields have fewer of.
const FIELD_BYTES: usize = 64;
/// Nodes of an element that is read as the value of a field.
const FIELD_NODES_MAX: NodeId = 1 << 13;

/// An element, or a stretch of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// What it is.
    pub tag: Tag,
    attributes_len: u8,
    /// Its depth, the root's being 0.
    pub depth: u16,
    /// The element it stands in. The root is its own parent.
    pub parent: NodeId,
    /// One past the last node of its subtree.
    pub end: NodeId,
    /// The innermost open `a` element, or 0.
    pub link: NodeId,
    /// Of text: its first byte in the source. Of an element: its first attribute.
    start: u32,
    /// Of text and of raw text elements: one past its last byte in the source.
    stop: u32,
}

#[derive(Debug, Clone, Copy)]
struct Attribute {
    name: Name,
    start: u32,
    stop: u32,
}

/// A page as a flat tree over its source. Node 0 is a root that stands for the document.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    source: &'a str,
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// The `a` elements, in order.
    pub links: Vec<NodeId>,
    /// The `script` elements, in order.
    pub scripts: Vec<NodeId>,
    /// The `button` and `input` elements, in order.
    pub controls: Vec<NodeId>,
    /// The elements with a property of microdata (`itemprop`) or a relation (`rel`), in order.
    pub marked: Vec<NodeId>,
    /// The elements that are looked for all over a page, of which it has few, in order: [`Tag::is_sought`].
    pub sought: Vec<NodeId>,
    /// Whether the page had more nodes than are read.
    pub truncated: bool,
}

impl<'a> Tree<'a> {
    /// Reads a page. Any text gives a tree, in time linear in its length.
    pub(super) fn parse(source: &'a str) -> Self {
        let mut builder = Builder::new(source);
        builder.run();
        builder.finish()
    }

    /// Number of nodes, the root included.
    pub(super) fn len(&self) -> NodeId {
        self.nodes.len() as NodeId
    }

    /// The node with this index.
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// What kind of node this is.
    pub(super) fn tag(&self, id: NodeId) -> Tag {
        self.node(id).tag
    }

    /// The element a node stands in.
    pub(super) fn parent(&self, id: NodeId) -> NodeId {
        self.node(id).parent
    }

    /// The elements of one of the kinds that are [sought](Tag::is_sought), in order.
    pub(super) fn all(&self, tag: Tag) -> impl DoubleEndedIterator<Item = NodeId> {
        debug_assert!(tag.is_sought(), "{tag:?}");
        self.sought.iter().copied().filter(move |id| self.tag(*id) == tag)
    }

    /// The nodes below a node, in document order.
    pub(super) fn descendants(&self, id: NodeId) -> std::ops::Range<NodeId> {
        id + 1..self.node(id).end
    }

    /// The elements that a node stands in, innermost first, without the root.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            at = self.parent(at);
            (at != 0).then_some(at)
        })
    }

    /// Whether `inner` is `outer` or stands in it.
    pub(super) fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer <= inner && inner < self.node(outer).end
    }

    /// An attribute as it stands in the source, character references included.
    pub(super) fn raw_attribute(&self, id: NodeId, name: Name) -> Option<&'a str> {
        let node = self.node(id);
        let from = node.start as usize;
        if node.tag == Tag::Text {
            return None;
        }
        let attribute =
            self.attributes[from..from + node.attributes_len as usize].iter().find(|a| a.name == name)?;
        Some(&self.source[attribute.start as usize..attribute.stop as usize])
    }

    /// The attributes of a node as they stand in the source, as far as reading has a use for them.
    pub(super) fn raw_attributes(&self, id: NodeId) -> impl Iterator<Item = (Name, &'a str)> {
        let node = self.node(id);
        let (from, count) = (node.start as usize, node.attributes_len as usize);
        let range = if node.tag == Tag::Text { 0..0 } else { from..from + count };
        self.attributes[range].iter().map(|a| (a.name, &self.source[a.start as usize..a.stop as usize]))
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, id: NodeId, name: Name) -> Option<Cow<'a, str>> {
        self.raw_attribute(id, name).map(|raw| {
            let is_escaped = memchr(b'&', raw.as_bytes()).is_some();
            without_controls(if is_escaped { htmlize::unescape_attribute(raw) } else { raw.into() })
        })
    }

    /// Text of a text node or of a raw text element, as it stands in the source.
    pub(super) fn raw_text(&self, id: NodeId) -> &'a str {
        let node = self.node(id);
        if node.tag == Tag::Text {
            &self.source[node.start as usize..node.stop as usize]
        } else if node.tag.is_raw_text() {
            let start = self.raw_start(id);
            &self.source[start..(node.stop as usize).max(start)]
        } else {
            ""
        }
    }

    /// Where the text of a raw text element starts: it is held in the text node below it.
    fn raw_start(&self, id: NodeId) -> usize {
        let node = self.node(id);
        if node.end > id + 1 { self.nodes[id as usize + 1].start as usize } else { node.stop as usize }
    }

    /// Text of a text node with its character references resolved and without controls, white space as it stands.
    pub(super) fn text(&self, id: NodeId) -> Cow<'a, str> {
        decode(self.raw_text(id))
    }

    /// Whether a text node has a letter or a digit.
    pub(super) fn has_words(&self, id: NodeId) -> bool {
        // Up to the first reference a text stands for itself.
        let mut plain = self.raw_text(id).bytes().take_while(|byte| *byte != b'&');
        plain.any(|byte| byte.is_ascii_alphanumeric()) || self.text(id).contains(char::is_alphanumeric)
    }

    /// [`Tree::inner_text`] if it is at most `bytes_max` long.
    pub(super) fn short_text(&self, id: NodeId, bytes_max: usize) -> Option<String> {
        let text = self.inner_text_up_to(id, bytes_max + 1);
        (text.len() <= bytes_max).then_some(text)
    }

    /// All text below a node in one line, white space folded; not much more than the first kibibytes of it.
    pub(super) fn inner_text(&self, id: NodeId) -> String {
        self.inner_text_up_to(id, 4 << 10)
    }

    /// All text below a node in one line, white space folded, up to the node in which it gets this long. No more nodes
    /// are looked at than a field has: what stands in one another would be walked once for each.
    fn inner_text_up_to(&self, id: NodeId, bytes: usize) -> String {
        let mut out = String::with_capacity(bytes.min(FIELD_BYTES));
        for inner in id..self.node(id).end.min(id + FIELD_NODES_MAX) {
            if out.len() >= bytes {
                break;
            }
            match self.tag(inner) {
                Tag::Text
                    if !matches!(self.tag(self.parent(inner)), Tag::Script | Tag::Style | Tag::Noscript) =>
                {
                    push_decoded(&mut out, self.raw_text(inner));
                }
                tag if !tag.is_inline() || tag == Tag::Br => push_folded(&mut out, " "),
                _ => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;

    use super::*;

    /// Elements and words of a tree in document order, closing marks included.
    fn outline(page: &str) -> String {
        let tree = Tree::parse(page);
        let mut out = String::new();
        let mut open: Vec<NodeId> = Vec::new();
        for id in 1..tree.len() {
            while open.last().is_some_and(|last| tree.node(*last).end <= id) {
                open.pop();
                out.push('}');
            }
            if tree.tag(id) == Tag::Text {
                out.push_str(tree.text(id).trim());
            } else {
                out.push_str(tree.tag(id).name());
                out.push('{');
                open.push(id);
            }
        }
        out.extend(open.iter().map(|_| '}'));
        out
    }

    fn check(page: &str, expected: &str) {
        assert_eq!(outline(page), expected, "{page}");
    }

    #[test]
    fn implied_end_tags() {
        check("<p>a<p>b<div>c</div>", "p{a}p{b}div{c}");
        check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "ul{li{a}li{bul{li{c}}}li{d}}e");
        check("<dl><dt>a<dd>b<dt>c</dl>", "dl{dt{a}dd{b}dt{c}}");
        check("<table><tr><td>a<td>b<tr><td>c</table>d", "table{tr{td{a}td{b}}tr{td{c}}}d");
        check("<p>a<br>b</p>c", "p{abr{}b}c");
        check("<select><option>a<option>b</select>c", "select{option{a}option{b}}c");
    }

    #[test]
    fn a_drawing_without_its_end_holds_no_page() {
        check("<div><b><svg><use/></b></div><p>a</p>", "div{b{svg{*{}}}}p{a}");
        check("<p>a<svg><path/><p>b</p>", "p{asvg{path{}}}p{b}");
        check("<svg><g><section><p>a", "svg{*{}}section{p{a}}");
        check("<div><math><mi>x</div>a", "div{math{*{x}}}a");
        // Labels in HTML stay in the drawing.
        check("<svg><foreignObject><div><p>a</div></foreignObject></svg>b", "svg{foreignobject{div{p{a}}}}b");
        check("<svg><title>a</title><g></g></svg>b", "svg{title{a}*{}}b");
    }

    #[test]
    fn a_heading_without_its_end_holds_no_blocks() {
        check("<h2>a<p>b</p><p>c", "h2{a}p{b}p{c}");
        check("<h1><a>a<div><p>b</div><h2>c</h2>", "h1{a{a}}div{p{b}}h2{c}");
        check("<h2>a<p>b</p></h2>c", "h2{ap{b}}c");
        check("<h1><div>a</div><div>b</div></h1>c", "h1{div{a}div{b}}c");
        check("<h1><p>a<h2>b</h2>", "h1{p{a}}h2{b}");
    }

    #[test]
    fn end_tags_without_a_start() {
        check("a</div></p></b>b", "ab");
        check("<div>a<b>b</div>c", "div{ab{b}}c");
        check("<table><tr><td>a</div>b</table>c", "table{tr{td{ab}}}c");
    }

    #[test]
    fn what_is_no_markup() {
        check("1 < 2 &lt; 3", "1 < 2 < 3");
        check("<!-- <p> -->a<!doctype html><?x?>b", "ab");
        check("<script>if (a<b) '</p>'</script>c", "script{if (a<b) '</p>'}c");
        check("<title>a<b></title>", "title{a<b>}");
        check("a<!-- b", "a<!-- b".split('<').next().unwrap());
    }

    #[test]
    fn elements_of_xhtml_may_end_in_their_start_tag() {
        let xml = "<?xml version='1.0'?><div/><script src=a /><p>a<a id=b /></p><p>b<![CDATA[<c>]]></p>";
        check(xml, "div{}script{}p{aa{}}p{b<c>}");
        let page = "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x.dtd'><title/><script src=a /><p>a</p>";
        check(page, "title{}script{}p{a}");
        check("<div/><p>a", "div{p{a}}");
        check("<script src=a />b", "script{b}");
    }

    #[test]
    fn attributes_are_read_in_any_quotes() {
        let tree = Tree::parse("<a  HREF = 'x&amp;y' class=b/c hidden data-x=1>");
        assert_eq!(tree.attribute(1, Name::Href).as_deref(), Some("x&y"));
        assert_eq!(tree.attribute(1, Name::Class).as_deref(), Some("b/c"));
        assert_eq!(tree.attribute(1, Name::Hidden).as_deref(), Some(""));
    }

    #[test]
    fn a_link_ends_where_its_end_tag_stands() {
        let tree = Tree::parse("<a href=x><div>a</a>b</div>");
        let links: Vec<(String, bool)> = (1..tree.len())
            .filter(|id| tree.tag(*id) == Tag::Text)
            .map(|id| (tree.text(id).into_owned(), tree.node(id).link != 0))
            .collect();
        assert_eq!(links, [("a".to_owned(), true), ("b".to_owned(), false)]);
    }

    /// All words of a page as html5ever sees them.
    fn oracle(page: &str) -> String {
        let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(page);
        let mut out = String::new();
        let mut stack: Vec<Handle> = vec![dom.document.clone()];
        while let Some(node) = stack.pop() {
            if let NodeData::Text { contents } = &node.data {
                out.push_str(&contents.borrow());
            }
            stack.extend(node.children.borrow().iter().rev().cloned());
        }
        out.split_whitespace().collect::<Vec<_>>().concat()
    }

    fn words(page: &str) -> String {
        let tree = Tree::parse(page);
        let text: String =
            (1..tree.len()).filter(|id| tree.tag(*id) == Tag::Text).map(|id| tree.text(id)).collect();
        text.split_whitespace().collect::<Vec<_>>().concat()
    }

    fn markup() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-zé ]{1,12}",
            prop::sample::select(vec![
                "<p>",
                "</p>",
                "<div class='x'>",
                "</div>",
                "<b>",
                "</b>",
                "<a href=\"y\">",
                "</a>",
                "<ul>",
                "<li>",
                "</li>",
                "</ul>",
                "<br>",
                "<br/>",
                "<h2>",
                "</h2>",
                "<!-- c -->",
                "&amp;",
                "&eacute;",
                "<em>",
                "</em>",
                "<section>",
                "</section>",
                "<img src=a alt='b>c'>",
                "<span>",
                "</span>",
                "<blockquote>",
                "</blockquote>",
                "< ",
                "<article>",
                "</article>",
            ])
            .prop_map(ToOwned::to_owned),
        ];
        prop::collection::vec(piece, 0..60)
            .prop_map(|pieces| format!("<!doctype html><body>{}", pieces.concat()))
    }

    proptest! {
        #[test]
        fn words_are_those_that_html5ever_reads(page in markup()) {
            prop_assert_eq!(words(&page), oracle(&page));
        }

        #[test]
        fn any_text_gives_a_tree_of_nested_ranges(page in "[<>/!a-c \"'=&;\\-\\[\\]é]{0,300}") {
            let tree = Tree::parse(&page);
            for id in 1..tree.len() {
                let node = tree.node(id);
                prop_assert!(node.parent < id && id < node.end && node.end <= tree.node(node.parent).end);
            }
        }
    }
}
