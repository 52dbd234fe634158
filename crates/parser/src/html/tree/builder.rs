//! From the source of a page to its nodes: which tag begins and ends what.

mod ends;
mod tags;

use memchr::{memchr, memmem};

use self::ends::is_table_part;
use self::tags::ATTRIBUTES_MAX;
use super::{Attribute, Node, NodeId, Tree};
use crate::html::tag::{Name, NameAt, OF_TAGS, Tag};

/// Elements deeper than this become siblings, as they do in browsers. It bounds every walk up the open elements.
const DEPTH_MAX: usize = 512;
/// Nodes after this many are not read: no article needs a tenth of them, and they bound the memory of a page.
const NODES_MAX: usize = 1 << 20;
/// Nodes that any page may have, however short it is.
const NODES_MIN: usize = 1 << 16;
/// Bytes of a longer page for each node that is kept: markup denser than this has no words in it.
const NODE_BYTES: usize = 8;
/// Links that most pages have fewer of.
const LINKS: usize = 256;
/// Bytes of a document in which it says what it is.
const PROLOG: usize = 1024;

/// What the first lines of a document say that it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Html,
    Xhtml,
    /// With an XML declaration: any element may end in its start tag.
    Xml,
}

impl Syntax {
    fn of(source: &str) -> Self {
        let head = &source.as_bytes()[..source.len().min(PROLOG)];
        let has = |sign: &[u8]| memmem::find(head, sign).is_some();
        if head.trim_ascii_start().starts_with(b"<?xml") {
            Self::Xml
        } else if has(b"DTD XHTML") || has(b"http://www.w3.org/1999/xhtml") {
            Self::Xhtml
        } else {
            Self::Html
        }
    }
}

/// An element that is still open.
#[derive(Clone, Copy)]
struct Open {
    tag: Tag,
    node: NodeId,
    /// Its name in the source, to tell elements of unknown name apart.
    name: (u32, u32),
}

/// Builds the tree from the source, tag by tag.
pub(super) struct Builder<'a> {
    source: &'a str,
    bytes: &'a [u8],
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    links: Vec<NodeId>,
    scripts: Vec<NodeId>,
    controls: Vec<NodeId>,
    marked: Vec<NodeId>,
    sought: Vec<NodeId>,
    open: Vec<Open>,
    /// How many open elements have each tag, so that most end tags without a start cost nothing.
    counts: [u16; 256],
    /// Innermost `a` that an end tag has not closed.
    link: NodeId,
    /// Raw text elements of which no end tag follows any more: looking again would be quadratic.
    unclosed: [bool; 256],
    no_comment_end: bool,
    /// Looks for what may end a comment, and for what may end raw text: a page has many of both.
    dashes: memmem::Finder<'static>,
    end_tags: memmem::Finder<'static>,
    in_body: bool,
    syntax: Syntax,
    nodes_max: usize,
    truncated: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        // Offsets are 32 bits wide.
        let mut stop = source.len().min(u32::MAX as usize);
        while !source.is_char_boundary(stop) {
            stop -= 1;
        }
        let source = &source[..stop];
        let nodes_max = (source.len() / NODE_BYTES).clamp(NODES_MIN, NODES_MAX);
        let nodes = (source.len() / 40).clamp(16, NODES_MAX / 8);
        let root = Node {
            tag: Tag::Other,
            attributes_len: 0,
            depth: 0,
            parent: 0,
            end: 1,
            link: 0,
            start: 0,
            stop: 0,
        };
        let mut builder = Self {
            source,
            bytes: source.as_bytes(),
            nodes: Vec::with_capacity(nodes),
            attributes: Vec::with_capacity(nodes),
            links: Vec::with_capacity(LINKS),
            scripts: Vec::new(),
            controls: Vec::new(),
            marked: Vec::with_capacity(LINKS),
            sought: Vec::with_capacity(LINKS),
            open: Vec::with_capacity(64),
            counts: [0; 256],
            link: 0,
            unclosed: [false; 256],
            no_comment_end: false,
            dashes: memmem::Finder::new("--"),
            end_tags: memmem::Finder::new("</"),
            in_body: false,
            syntax: Syntax::of(source),
            nodes_max,
            truncated: false,
        };
        builder.nodes.push(root);
        builder.open.push(Open { tag: Tag::Other, node: 0, name: (0, 0) });
        builder
    }

    pub(super) fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            if self.nodes.len() + 2 > self.nodes_max {
                self.truncated = true;
                return;
            }
            let text_start = at;
            // A "<" that begins no tag is text.
            let mut from = at;
            let tag = loop {
                match find_near(b'<', &self.bytes[from..]) {
                    None => break self.bytes.len(),
                    Some(found) => {
                        let found = from + found;
                        match self.bytes.get(found + 1) {
                            Some(b'/' | b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z') => break found,
                            _ => from = found + 1,
                        }
                    }
                }
            };
            if tag > text_start {
                self.text(text_start, tag);
            }
            if tag >= self.bytes.len() {
                return;
            }
            at = match self.bytes.get(tag + 1) {
                Some(b'!' | b'?') => self.declaration(tag),
                Some(b'/') => self.end_tag(tag),
                _ => self.start_tag(tag),
            };
        }
    }

    /// Skips a comment, doctype, CDATA section or processing instruction; gives the position after it.
    fn declaration(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"<!--") {
            if rest[4..].starts_with(b">") {
                return at + 5;
            }
            if rest[4..].starts_with(b"->") {
                return at + 6;
            }
            if !self.no_comment_end {
                // The dashes that open a comment may also close it: "<!--->".
                let mut from = at + 4;
                while let Some(found) = self.dashes.find(&self.bytes[from..]) {
                    let dash = from + found;
                    match self.bytes.get(dash + 2) {
                        Some(b'>') => return dash + 3,
                        Some(b'!') if self.bytes.get(dash + 3) == Some(&b'>') => return dash + 4,
                        _ => from = dash + 1,
                    }
                }
                self.no_comment_end = true;
            }
            // A comment that nothing ends would hide the rest of the page; reading on after the next ">" loses less.
        } else if self.syntax == Syntax::Xml && rest.starts_with(b"<![CDATA[") {
            let start = at + b"<![CDATA[".len();
            let stop = memmem::find(&self.bytes[start..], b"]]>").map(|found| start + found);
            let stop_text = stop.unwrap_or(self.bytes.len());
            if stop_text > start {
                self.text(start, stop_text);
            }
            return stop.map_or(stop_text, |stop| stop + 3);
        } else if rest.starts_with(b"<![CDATA[") && self.is_in_foreign() {
            return memmem::find(rest, b"]]>").map_or(self.bytes.len(), |found| at + found + 3);
        }
        memchr(b'>', rest).map_or(self.bytes.len(), |found| at + found + 1)
    }

    fn text(&mut self, start: usize, stop: usize) {
        if !self.in_body {
            if self.bytes[start..stop].iter().all(u8::is_ascii_whitespace) {
                return;
            }
            self.begin_body();
        }
        self.push(Tag::Text, start as u32, stop as u32, 0);
    }

    /// Anything that does not belong in the head ends it.
    fn begin_body(&mut self) {
        self.in_body = true;
        if self.counts[Tag::Head as usize] > 0 {
            self.close_to(Tag::Head, |_| false);
        }
    }

    fn push(&mut self, tag: Tag, start: u32, stop: u32, attributes_len: u8) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let parent = self.open.last().map_or(0, |open| open.node);
        let depth = self.open.len() as u16;
        self.nodes.push(Node {
            tag,
            attributes_len,
            depth,
            parent,
            end: id + 1,
            link: self.link,
            start,
            stop,
        });
        id
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let start = at + 2;
        let name = NameAt::read(self.bytes, start, &OF_TAGS);
        let stop = start + name.name.len();
        let after = self.skip_to_tag_end(stop);
        if stop == start {
            return after; // A bogus comment.
        }
        let tag = Tag::of(name);
        match tag {
            Tag::Br => {
                self.push(Tag::Br, 0, 0, 0);
            }
            Tag::Head => self.begin_body(),
            // What follows them is still read as part of the page.
            Tag::Html | Tag::Body => {}
            Tag::P if self.counts[Tag::P as usize] == 0 => {}
            Tag::Other => self.close_unknown(start, stop),
            _ if self.counts[tag as usize] == 0 => {
                // A heading is ended by the end tag of any heading.
                if tag.heading_level().is_some() {
                    self.close_heading();
                }
            }
            Tag::A => self.close_link(),
            _ if tag.is_inline() => self.close_to(tag, |open| !open.is_inline()),
            _ => self.close_to(tag, |open| open.is_scope() && !tag.is_scope() && !is_table_part(tag)),
        }
        after
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let name_start = at + 1;
        let name = NameAt::read(self.bytes, name_start, &OF_TAGS);
        let name_stop = name_start + name.name.len();
        let tag = Tag::of(name);
        if self.is_in_foreign() && tag.ends_foreign() {
            self.end_foreign();
        }
        let foreign = self.is_in_foreign();
        if !self.in_body && tag.belongs_in_head() {
            // Stays in the head.
        } else if !self.in_body {
            self.begin_body();
        }
        if !foreign {
            if tag.ends_paragraph() && tag.heading_level().is_none() {
                self.end_unclosed_heading(at);
            }
            self.imply_end_tags(tag);
        }
        let first = self.attributes.len();
        let (after, self_closing) = self.read_attributes(name_stop);
        if matches!(tag, Tag::Html | Tag::Body | Tag::Head) && self.counts[tag as usize] > 0 {
            self.attributes.truncate(first);
            return after; // A second one only adds attributes to the first.
        }
        let kept = (self.attributes.len() - first).min(ATTRIBUTES_MAX) as u8;
        let id = self.push(tag, first as u32, 0, kept);
        if self.attributes[first..]
            .iter()
            .take(ATTRIBUTES_MAX)
            .any(|a| matches!(a.name, Name::Itemprop | Name::Rel))
        {
            self.marked.push(id);
        }
        match tag {
            Tag::A => self.links.push(id),
            Tag::Script => self.scripts.push(id),
            Tag::Button | Tag::Input => self.controls.push(id),
            tag if tag.is_sought() => self.sought.push(id),
            _ => {}
        }
        if tag == Tag::A && !foreign {
            self.link = id;
            self.nodes[id as usize].link = id;
        }
        // A browser that is served XHTML as HTML reads a script that ends in its start tag on to the next one's end; whoever
        // wrote it did not mean that.
        let may_end_here = foreign
            || tag == Tag::Svg
            || self.syntax == Syntax::Xml
            || self.syntax == Syntax::Xhtml && tag.is_raw_text();
        if tag.is_void() || self_closing && may_end_here || tag == Tag::Path {
            if tag == Tag::A {
                self.link = 0;
            }
            return after;
        }
        if tag.is_raw_text() && !(foreign && tag != Tag::Style && tag != Tag::Script) {
            return self.raw_text(tag, id, after, &self.source[name_start..name_stop]);
        }
        if self.open.len() < DEPTH_MAX {
            self.counts[tag as usize] += 1;
            self.open.push(Open { tag, node: id, name: (name_start as u32, name_stop as u32) });
        } else if tag == Tag::A {
            self.link = 0;
        }
        after
    }

    /// Takes everything up to the element's own end tag as text; gives the position after that tag.
    fn raw_text(&mut self, tag: Tag, id: NodeId, start: usize, name: &str) -> usize {
        let stop = if tag == Tag::Plaintext { None } else { self.find_end_tag(tag, start, name) };
        let stop = match stop {
            Some(stop) => stop,
            // What a missing end tag would swallow is read as page again, except scripts, which are no text anyway.
            None if matches!(tag, Tag::Title | Tag::Textarea | Tag::Iframe) => {
                memchr(b'<', &self.bytes[start..]).map_or(self.bytes.len(), |found| start + found)
            }
            None => self.bytes.len(),
        };
        let depth = self.nodes[id as usize].depth + 1;
        let text = Node {
            tag: Tag::Text,
            attributes_len: 0,
            depth,
            parent: id,
            end: id + 2,
            link: self.link,
            start: start as u32,
            stop: stop as u32,
        };
        self.nodes.push(text);
        self.nodes[id as usize].end = id + 2;
        self.nodes[id as usize].stop = stop as u32;
        if self.bytes[stop..].starts_with(b"</")
            && Tag::of(NameAt::read(self.bytes, stop + 2, &OF_TAGS)) == tag
        {
            self.skip_to_tag_end(stop + 2 + name.len())
        } else {
            stop
        }
    }

    /// Where the end tag of a raw text element begins.
    fn find_end_tag(&mut self, tag: Tag, start: usize, name: &str) -> Option<usize> {
        if self.unclosed[tag as usize] {
            return None;
        }
        let mut from = start;
        while let Some(found) = self.end_tags.find(&self.bytes[from..]) {
            let stop = from + found;
            let after = stop + 2 + name.len();
            if self.bytes.get(stop + 2..after).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
                && self
                    .bytes
                    .get(after)
                    .is_none_or(|byte| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace())
            {
                return Some(stop);
            }
            from = stop + 2;
        }
        self.unclosed[tag as usize] = true;
        None
    }

    pub(super) fn finish(mut self) -> Tree<'a> {
        self.pop_to(1);
        let end = self.nodes.len() as NodeId;
        self.nodes[0].end = end;
        Tree {
            source: self.source,
            nodes: self.nodes,
            attributes: self.attributes,
            links: self.links,
            scripts: self.scripts,
            controls: self.controls,
            marked: self.marked,
            sought: self.sought,
            truncated: self.truncated,
        }
    }
}

/// Words of eight bytes that are looked at before a search is set up that pays off over longer stretches.
const WORDS_NEAR: usize = 4;

/// Where a byte is that is mostly near: behind a tag, in the value of an attribute. Eight bytes at once; the lowest bit that
/// is left stands for the first of them (Warren, *Hacker's Delight*, 6-1).
#[inline]
fn find_near(byte: u8, bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    let wanted = ONES * u64::from(byte);
    let (words, _) = bytes.as_chunks::<8>();
    let words = &words[..words.len().min(WORDS_NEAR)];
    for (at, word) in words.iter().enumerate() {
        let other = u64::from_le_bytes(*word) ^ wanted;
        let found = other.wrapping_sub(ONES) & !other & HIGHEST;
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let looked_at = words.len() * 8;
    memchr(byte, &bytes[looked_at..]).map(|found| looked_at + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_such_byte_is_found(bytes in prop::collection::vec(prop::sample::select(&b"<=\xbc;\x00\x80"[..]), 0..80), near in 0_usize..80) {
            let mut bytes = bytes;
            prop_assert_eq!(find_near(b'<', &bytes), memchr(b'<', &bytes));
            // One among bytes that differ by a bit.
            bytes.fill(b'=');
            if let Some(byte) = bytes.get_mut(near) {
                *byte = b'<';
            }
            prop_assert_eq!(find_near(b'<', &bytes), memchr(b'<', &bytes));
        }
    }
}
