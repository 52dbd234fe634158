//! From the source of a page to its nodes: which tag begins and ends what.

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

use super::{Attribute, Node, NodeId, Tree};
use crate::html::tag::{Name, Tag};

/// Elements deeper than this become siblings, as they do in browsers. It bounds every walk up the open elements.
const DEPTH_MAX: usize = 512;
/// Nodes after this many are not read: no article needs a tenth of them, and they bound the memory of a page.
const NODES_MAX: usize = 1 << 20;
/// Nodes that any page may have, however short it is.
const NODES_MIN: usize = 1 << 16;
/// Bytes of a longer page for each node that is kept: markup denser than this has no words in it.
const NODE_BYTES: usize = 8;
/// Bytes of a document in which it says what it is.
const PROLOG: usize = 1024;
/// Bytes from a block in a heading on within which the heading ends, if it has an end.
const HEADING_BYTES: usize = 2 << 10;
/// Nodes of a heading among which its first words stand.
const HEADING_NODES: usize = 32;
/// Attributes of one element after this many are not kept.
const ATTRIBUTES_MAX: usize = 64;

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
    open: Vec<Open>,
    /// How many open elements have each tag, so that most end tags without a start cost nothing.
    counts: [u16; 256],
    /// Innermost `a` that an end tag has not closed.
    link: NodeId,
    /// Raw text elements of which no end tag follows any more: looking again would be quadratic.
    unclosed: [bool; 256],
    no_comment_end: bool,
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
            open: Vec::with_capacity(64),
            counts: [0; 256],
            link: 0,
            unclosed: [false; 256],
            no_comment_end: false,
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
                match memchr(b'<', &self.bytes[from..]) {
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
                while let Some(found) = memmem::find(&self.bytes[from..], b"--") {
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
        } else if rest.starts_with(b"<![CDATA[")
            && self.counts[Tag::Svg as usize] + self.counts[Tag::Math as usize] > 0
        {
            return memmem::find(rest, b"]]>").map_or(self.bytes.len(), |found| at + found + 3);
        }
        memchr(b'>', rest).map_or(self.bytes.len(), |found| at + found + 1)
    }

    fn text(&mut self, start: usize, stop: usize) {
        let blank = self.bytes[start..stop].iter().all(u8::is_ascii_whitespace);
        if !blank && !self.in_body {
            self.begin_body();
        }
        if blank && !self.in_body {
            return;
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
        let stop = name_end(self.bytes, start);
        let after = self.skip_to_tag_end(stop);
        if stop == start {
            return after; // A bogus comment.
        }
        let tag = Tag::of(&self.bytes[start..stop]);
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

    /// Ends the innermost open element with this tag, and all in it, unless a barrier stands between.
    fn close_to(&mut self, tag: Tag, barrier: impl Fn(Tag) -> bool) {
        let mut index = self.open.len();
        while index > 1 {
            index -= 1;
            let open = self.open[index].tag;
            if open == tag {
                self.pop_to(index);
                return;
            }
            if barrier(open) {
                return;
            }
        }
    }

    fn close_unknown(&mut self, start: usize, stop: usize) {
        if self.counts[Tag::Other as usize] == 0 {
            return;
        }
        let name = &self.bytes[start..stop];
        for index in (1..self.open.len()).rev() {
            let open = self.open[index];
            if open.tag == Tag::Other
                && self.bytes[open.name.0 as usize..open.name.1 as usize].eq_ignore_ascii_case(name)
            {
                self.pop_to(index);
                return;
            }
            if open.tag.is_scope() {
                return;
            }
        }
    }

    fn close_heading(&mut self) {
        if let Some(index) = self.open.iter().rposition(|open| open.tag.heading_level().is_some())
            && index + 4 >= self.open.len()
        {
            self.pop_to(index);
        }
    }

    /// Ends the link. Blocks that were opened in it stay open, but what they get from now on is not in the link.
    fn close_link(&mut self) {
        self.link = 0;
        self.close_to(Tag::A, |open| !open.is_inline());
    }

    /// Ends all open elements from this one inwards.
    fn pop_to(&mut self, index: usize) {
        let end = self.nodes.len() as NodeId;
        while self.open.len() > index.max(1) {
            let Some(open) = self.open.pop() else { return };
            self.counts[open.tag as usize] -= 1;
            self.nodes[open.node as usize].end = end;
            if open.node == self.link {
                self.link = 0;
            }
        }
    }

    /// Ends a heading that nothing else ends when a block begins in it: a page that forgot the end tag means the block to be
    /// text. A heading whose end tag follows before another one begins may hold blocks.
    fn end_unclosed_heading(&mut self, at: usize) {
        let Some(index) = self.open.iter().rposition(|open| !open.tag.is_inline()) else { return };
        let heading = self.open[index];
        if heading.tag.heading_level().is_none() || !self.has_words_since(heading.node) {
            return;
        }
        let ahead = &self.bytes[at..self.bytes.len().min(at + HEADING_BYTES)];
        let level = |rest: &[u8]| matches!(rest, [b'h' | b'H', b'1'..=b'6', after, ..] if !after.is_ascii_alphanumeric());
        let next = memchr_iter(b'<', ahead).map(|found| &ahead[found + 1..]).find_map(|rest| match rest {
            [b'/', name @ ..] => level(name).then_some(true),
            name => level(name).then_some(false),
        });
        if next != Some(true) {
            self.pop_to(index);
        }
    }

    /// Whether words stand among the first nodes from this one on.
    fn has_words_since(&self, node: NodeId) -> bool {
        self.nodes[node as usize..].iter().take(HEADING_NODES).any(|node| {
            node.tag == Tag::Text
                && !self.bytes[node.start as usize..node.stop as usize].trim_ascii().is_empty()
        })
    }

    /// Ends what a start tag implies the end of.
    fn imply_end_tags(&mut self, tag: Tag) {
        if tag.ends_paragraph() && self.counts[Tag::P as usize] > 0 {
            self.close_to(Tag::P, |open| open.is_scope() || open == Tag::Button);
        }
        match tag {
            Tag::Li if self.counts[Tag::Li as usize] > 0 => {
                self.close_to(Tag::Li, |open| {
                    matches!(open, Tag::Ul | Tag::Ol | Tag::Menu) || open.is_scope()
                });
            }
            Tag::Dd | Tag::Dt if self.counts[Tag::Dd as usize] + self.counts[Tag::Dt as usize] > 0 => {
                for tag in [Tag::Dd, Tag::Dt] {
                    self.close_to(tag, |open| open == Tag::Dl || open.is_scope());
                }
            }
            Tag::Option | Tag::Optgroup if self.counts[Tag::Option as usize] > 0 => {
                self.close_to(Tag::Option, |open| {
                    matches!(open, Tag::Select | Tag::Optgroup) || open.is_scope()
                });
            }
            Tag::Tr if self.counts[Tag::Tr as usize] > 0 => self.close_to(Tag::Tr, |open| open == Tag::Table),
            Tag::Td | Tag::Th if self.counts[Tag::Td as usize] + self.counts[Tag::Th as usize] > 0 => {
                for tag in [Tag::Td, Tag::Th] {
                    self.close_to(tag, |open| matches!(open, Tag::Table | Tag::Tr));
                }
            }
            Tag::Tbody | Tag::Thead | Tag::Tfoot if self.counts[Tag::Table as usize] > 0 => {
                for tag in [Tag::Tbody, Tag::Thead, Tag::Tfoot] {
                    self.close_to(tag, |open| open == Tag::Table);
                }
            }
            Tag::A if self.counts[Tag::A as usize] > 0 => self.close_link(),
            Tag::Button if self.counts[Tag::Button as usize] > 0 => self.close_to(Tag::Button, Tag::is_scope),
            _ if tag.heading_level().is_some() => {
                if let Some(open) = self.open.last()
                    && open.tag.heading_level().is_some()
                {
                    self.pop_to(self.open.len() - 1);
                }
            }
            _ => {}
        }
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let name_start = at + 1;
        let name_stop = name_end(self.bytes, name_start);
        let tag = Tag::of(&self.bytes[name_start..name_stop]);
        let foreign = self.counts[Tag::Svg as usize] + self.counts[Tag::Math as usize] > 0;
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
            && Tag::of(&self.bytes[stop + 2..name_end(self.bytes, stop + 2)]) == tag
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
        while let Some(found) = memmem::find(&self.bytes[from..], b"</") {
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

    /// Reads attributes up to the end of the tag; gives the position after it, and whether it ended in `/>`.
    fn read_attributes(&mut self, mut at: usize) -> (usize, bool) {
        let bytes = self.bytes;
        let first = self.attributes.len();
        let mut slash = false;
        loop {
            match bytes.get(at) {
                None => return (bytes.len(), slash),
                Some(b'>') => return (at + 1, slash),
                Some(b'/') => {
                    slash = true;
                    at += 1;
                    continue;
                }
                Some(byte) if byte.is_ascii_whitespace() => {
                    at += 1;
                    continue;
                }
                Some(_) => slash = false,
            }
            let start = at;
            // An "=" that begins a name belongs to it.
            at += 1;
            while let Some(byte) = bytes.get(at)
                && !matches!(byte, b'=' | b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
            {
                at += 1;
            }
            let name = &bytes[start..at];
            let mut equals = at;
            while bytes.get(equals).is_some_and(u8::is_ascii_whitespace) {
                equals += 1;
            }
            let mut value = (at, at);
            if bytes.get(equals) == Some(&b'=') {
                at = equals + 1;
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                match bytes.get(at) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let from = at + 1;
                        let stop = memchr(*quote, &bytes[from..]).map_or(bytes.len(), |found| from + found);
                        value = (from.min(bytes.len()), stop);
                        at = (stop + 1).min(bytes.len());
                    }
                    Some(_) => {
                        let from = at;
                        while let Some(byte) = bytes.get(at)
                            && !matches!(byte, b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
                        {
                            at += 1;
                        }
                        value = (from, at);
                    }
                    None => {}
                }
            }
            if self.attributes.len() - first < ATTRIBUTES_MAX
                && let Some(name) = Name::of(name)
            {
                self.attributes.push(Attribute { name, start: value.0 as u32, stop: value.1 as u32 });
            }
        }
    }

    /// The position after the `>` that ends a tag, quoted attribute values skipped.
    fn skip_to_tag_end(&self, mut at: usize) -> usize {
        loop {
            match memchr3(b'>', b'"', b'\'', &self.bytes[at.min(self.bytes.len())..]) {
                None => return self.bytes.len(),
                Some(found) => {
                    at += found;
                    match self.bytes[at] {
                        b'>' => return at + 1,
                        // Only a value is quoted: a stray quote in an end tag is not worth the rest of the page.
                        quote => match memchr2(quote, b'>', &self.bytes[at + 1..]) {
                            Some(found) if self.bytes[at + 1 + found] == quote => at += found + 2,
                            Some(found) => return at + found + 2,
                            None => return self.bytes.len(),
                        },
                    }
                }
            }
        }
    }

    pub(super) fn finish(mut self) -> Tree<'a> {
        self.pop_to(1);
        let end = self.nodes.len() as NodeId;
        self.nodes[0].end = end;
        Tree {
            source: self.source,
            nodes: self.nodes,
            attributes: self.attributes,
            truncated: self.truncated,
        }
    }
}

fn is_table_part(tag: Tag) -> bool {
    matches!(tag, Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot)
}

/// One past the last byte of the tag name that starts at `start`.
fn name_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at)
        && !matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
    {
        at += 1;
    }
    at
}
