//! A page as a sequence of blocks: the runs of words between two element boundaries that begin a line.

mod inline;
mod marks;
mod measure;

use rustc_hash::FxHashSet;

use self::measure::measure;
use super::notes;
use super::role::{RoleReader, Roles, is_consent_dialogue};
use super::tag::Tag;
use super::tree::{NodeId, Tree, decode, is_space, push_decoded, push_folded};
use super::word_list;

/// Blocks after this many are not read: each is weighed by some hundred numbers, and no article has a hundredth of them.
const BLOCKS_MAX: usize = 1 << 15;

/// A run of words that stands on lines of its own.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The element it stands in directly.
    pub node: NodeId,
    /// First of the nodes it is made of.
    pub first: NodeId,
    /// One past the last of them.
    pub last: NodeId,
    /// Its bytes in [`Blocks::text`].
    pub start: usize,
    /// One past its last byte.
    pub stop: usize,
    /// Characters.
    pub chars: u32,
    /// Characters inside links.
    pub link_chars: u32,
    /// Characters set in bold.
    pub strong_chars: u32,
    /// Links.
    pub links: u16,
    /// Words: runs of letters and digits, one for each two characters of scripts without spaces.
    pub words: u32,
    /// Commas, full stops and the like.
    pub punctuation: u32,
    /// What it stands in: parts of all its ancestors.
    pub roles: Roles,
    /// The nearest ancestor that says what kind of block this is, and its level if it is a heading.
    pub kind: Kind,
}

/// What the elements around a block say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Heading(u8),
    Item,
    Quote,
    Cell,
    Preformatted,
}

/// All blocks of a page, in document order.
#[derive(Debug)]
pub(super) struct Blocks {
    /// The words of all blocks, one after the other.
    pub text: String,
    /// The blocks.
    pub list: Vec<Block>,
    /// The parts each node plays by itself, after [`Blocks::settle_roles`] took back those that cannot be.
    pub own_roles: Vec<Roles>,
    /// The parts of a node and all its ancestors.
    pub roles: Vec<Roles>,
    /// The elements that blocks stand in, however deep, in document order; most elements hold none.
    pub holders: Vec<NodeId>,
    /// The elements that are called a byline or a date, in document order.
    pub called: Vec<NodeId>,
    /// The links from notes back to their marks, in document order.
    pub links_back: Vec<NodeId>,
}

impl Blocks {
    /// The words of a block.
    pub(super) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start..block.stop]
    }

    /// The blocks that begin between two nodes.
    pub(super) fn between(&self, from: NodeId, to: NodeId) -> std::ops::Range<usize> {
        let at = |node| self.list.partition_point(|block| block.first < node);
        at(from)..at(to).max(at(from))
    }

    /// Whether the page had more blocks than are read.
    pub(super) fn is_truncated(&self) -> bool {
        self.list.len() >= BLOCKS_MAX
    }

    /// Cuts a page into blocks.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut cutter = Cutter {
            tree,
            out: Self {
                text: String::with_capacity(16 << 10),
                list: Vec::with_capacity(256),
                own_roles: vec![Roles::NONE; tree.len() as usize],
                roles: Vec::new(),
                holders: Vec::new(),
                called: Vec::new(),
                links_back: Vec::new(),
            },
            roles: RoleReader::new(),
            current: None,
            breaks: 0,
            mark: 0,
            places: FxHashSet::default(),
            is_open: false,
        };
        cutter.run();
        let mut blocks = cutter.out;
        blocks.find_holders(tree);
        blocks.settle_roles(tree);
        blocks
    }

    fn find_holders(&mut self, tree: &Tree<'_>) {
        let mut holds = vec![false; tree.len() as usize];
        for block in &self.list {
            let mut id = block.node;
            while id != 0 && !std::mem::replace(&mut holds[id as usize], true) {
                id = tree.parent(id);
            }
        }
        self.holders.extend((1..tree.len()).filter(|id| holds[*id as usize]));
    }

    /// Hands the parts of elements down to what stands in them. An element that holds most of the running text of its
    /// page is no chrome, whatever it is called: "content-with-sidebar" is not a side bar. But what is said about cookies may
    /// well be longer than a short article.
    fn settle_roles(&mut self, tree: &Tree<'_>) {
        let mut weight = vec![0_u32; tree.len() as usize];
        let mut total = 0;
        for block in &self.list {
            if block.is_prose() {
                weight[block.node as usize] += block.chars;
                total += block.chars;
            }
        }
        for id in self.holders.iter().rev() {
            weight[tree.parent(*id) as usize] += weight[*id as usize];
        }
        self.roles = vec![Roles::NONE; tree.len() as usize];
        for id in 1..tree.len() {
            if tree.tag(id) == Tag::Text {
                self.roles[id as usize] = self.roles[tree.parent(id) as usize];
                continue;
            }
            let own = &mut self.own_roles[id as usize];
            if own.any(
                Roles::CHROME
                    | Roles::CAPTION
                    | Roles::MEDIA
                    | Roles::BYLINE
                    | Roles::DATE
                    | Roles::STANDFIRST
                    | Roles::EMBED
                    | Roles::INSET
                    | Roles::NOTES
                    | Roles::KICKER
                    | Roles::CONTENTS
                    | Roles::TITLE,
            ) && weight[id as usize] * 10 > total * 4
                && !matches!(tree.tag(id), Tag::Nav | Tag::Footer)
                && !(own.any(Roles::OVERLAY) && is_consent_dialogue(tree, id))
            {
                *own = *own & (Roles::CONTENT | Roles::BODY | Roles::HEADER);
            }
            if own.any(Roles::BYLINE | Roles::DATE) {
                self.called.push(id);
            }
            self.roles[id as usize] = self.roles[tree.parent(id) as usize] | *own;
        }
        for block in &mut self.list {
            block.roles = self.roles[block.node as usize];
            // Inline elements in the block may say more about all of it: a span of class "caption".
            let mut inner = block.first;
            while inner < block.last {
                let node = tree.node(inner);
                if node.tag != Tag::Text && covers(tree, block, inner) {
                    block.roles |= self.own_roles[inner as usize];
                    inner += 1;
                } else {
                    break;
                }
            }
        }
    }
}

/// Whether an element in a block holds all of it.
fn covers(tree: &Tree<'_>, block: &Block, id: NodeId) -> bool {
    tree.node(id).end >= block.last
}

impl Block {
    /// Share of the characters that are in links.
    pub(super) fn link_density(&self) -> f32 {
        self.link_chars as f32 / self.chars.max(1) as f32
    }

    /// Whether it reads like running text.
    pub(super) fn is_prose(&self) -> bool {
        self.chars >= 60 && self.words >= 10 && self.punctuation >= 1 && self.link_chars * 2 < self.chars
    }
}

struct Cutter<'t, 'a> {
    tree: &'t Tree<'a>,
    out: Blocks,
    roles: RoleReader<'a>,
    current: Option<Block>,
    /// Line breaks since the last word.
    breaks: u8,
    /// The element with the mark of the list item that was begun last.
    mark: NodeId,
    /// Where the marks of notes stand in the text, by the names of their places.
    places: FxHashSet<&'a str>,
    /// Whether the next words begin with a bracket that closes around a mark.
    is_open: bool,
}

impl Cutter<'_, '_> {
    fn run(&mut self) {
        let tree = self.tree;
        // The elements around that begin a line: where each ends, and the kind of block it makes.
        let mut around: Vec<(NodeId, NodeId, Kind)> = vec![(tree.len(), 0, Kind::Paragraph)];
        let mut id = 1;
        while id < tree.len() && self.out.list.len() < BLOCKS_MAX {
            while around.len() > 1 && around.last().is_some_and(|(end, ..)| id >= *end) {
                around.pop();
                self.flush(id);
            }
            let (_, container, kind) = around.last().copied().unwrap_or((tree.len(), 0, Kind::Paragraph));
            let node = tree.node(id);
            match node.tag {
                Tag::Text => self.words(id, container, kind),
                Tag::Br => self.breaks = self.breaks.saturating_add(1),
                Tag::Hr => self.flush(id),
                Tag::Button if self.is_all_of_heading(id, container, kind) => {}
                Tag::Math if self.is_word(id) => {
                    self.formula(id, container, kind);
                    id = node.end;
                    continue;
                }
                tag if is_skipped(tag) => {
                    if !tag.is_inline() {
                        self.flush(id);
                    }
                    id = node.end;
                    continue;
                }
                Tag::Sup | Tag::A if self.is_mark_of_note(id) => {
                    self.mark_of_note(id);
                    id = node.end;
                    continue;
                }
                Tag::Span if id == self.mark => {
                    id = node.end;
                    continue;
                }
                tag => {
                    if tag == Tag::Span && inline::is_hint(tree, id) {
                        id = node.end;
                        continue;
                    }
                    let own = self.roles.roles_of(tree, id);
                    if own.any(Roles::HIDDEN) && tag.is_inline() && inline::is_said_beside(tree, id) {
                        id = node.end;
                        continue;
                    }
                    self.out.own_roles[id as usize] = own;
                    if !tag.is_inline() {
                        self.flush(id);
                        let mark = if tag == Tag::P { word_list::mark_of_item(tree, id) } else { None };
                        self.mark = mark.unwrap_or_default();
                        let kind = if mark.is_some() { Kind::Item } else { kind_of(tag, kind) };
                        around.push((node.end, id, kind));
                    } else if node.end == id + 1 {
                        // Nothing in it.
                    } else if self.current.is_none() {
                        // The block begins with this element, so that its class counts for the block.
                        self.begin(id, container, kind);
                    }
                }
            }
            id += 1;
        }
        self.flush(tree.len());
    }

    fn begin(&mut self, first: NodeId, container: NodeId, kind: Kind) {
        let start = self.out.text.len();
        self.current = Some(Block {
            node: container,
            first,
            last: first,
            start,
            stop: start,
            chars: 0,
            link_chars: 0,
            strong_chars: 0,
            links: 0,
            words: 0,
            punctuation: 0,
            roles: Roles::NONE,
            kind,
        });
        self.breaks = 0;
    }

    fn words(&mut self, id: NodeId, container: NodeId, kind: Kind) {
        let mut raw = self.tree.raw_text(id);
        if std::mem::take(&mut self.is_open) {
            raw = notes::without_bracket(raw);
        }
        let bare = raw.trim_ascii_start();
        let begins = self.current.as_ref().is_none_or(|block| block.stop == block.start);
        // Half of all text is the space between elements.
        if begins && bare.is_empty() {
            return;
        }
        // What begins with a letter or a sign of ASCII has words, whatever follows.
        let is_plain = bare.bytes().next().is_some_and(|byte| byte.is_ascii_graphic() && byte != b'&');
        let blank = !is_plain && decode(bare).trim_start().is_empty();
        if begins && blank {
            return;
        }
        if !blank && self.breaks >= 2 && self.current.as_ref().is_some_and(|block| block.stop > block.start) {
            self.flush(id);
        }
        if self.current.is_none() {
            self.begin(id, container, kind);
        }
        let is_strong = !blank && self.is_strong(id);
        let Some(block) = &mut self.current else { return };
        let out = &mut self.out.text;
        let before = out.len();
        if block.kind == Kind::Preformatted {
            for _ in 0..if before > block.start { self.breaks } else { 0 } {
                out.push('\n');
            }
            out.push_str(&decode(raw));
            self.breaks = 0;
        } else {
            if !blank && self.breaks > 0 && before > block.start {
                let kept = out[block.start..].trim_end().len();
                out.truncate(block.start + kept);
                out.push('\n');
            }
            // Where nothing of this block is there yet, no space may lead it, whatever ends the block before.
            if out.len() > block.start {
                push_decoded(out, raw);
            } else if is_plain {
                push_decoded(out, bare);
            } else {
                let text = decode(raw);
                push_folded(out, text.trim_start_matches(|c: char| is_space(c) || c.is_whitespace()));
            }
            if !blank {
                self.breaks = 0;
            }
        }
        let added = &out[before.min(out.len())..];
        let chars = added.chars().count() as u32;
        block.chars += chars;
        if !blank {
            let link = self.tree.node(id).link;
            if link != 0 {
                block.link_chars += chars;
                block.links = block.links.saturating_add(1);
            }
            if is_strong {
                block.strong_chars += chars;
            }
        }
        block.stop = out.len();
        block.last = id + 1;
    }

    /// Whether a text node is set in bold.
    fn is_strong(&self, id: NodeId) -> bool {
        self.tree
            .ancestors(id)
            .take(4)
            .take_while(|parent| self.tree.tag(*parent).is_inline())
            .any(|parent| matches!(self.tree.tag(parent), Tag::Strong | Tag::B))
    }

    fn flush(&mut self, at: NodeId) {
        self.breaks = 0;
        let Some(mut block) = self.current.take() else { return };
        let kept = if block.kind == Kind::Preformatted {
            let text = &self.out.text[block.start..];
            text.trim_end().len()
        } else {
            self.out.text[block.start..].trim_end().len()
        };
        self.out.text.truncate(block.start + kept);
        block.stop = self.out.text.len();
        if block.stop == block.start {
            return;
        }
        block.last = block.last.min(at);
        let start = block.start;
        measure(&mut block, &self.out.text[start..]);
        self.out.list.push(block);
    }
}

/// The kind of block that an element makes of what stands in it.
fn kind_of(tag: Tag, around: Kind) -> Kind {
    match tag {
        Tag::Blockquote => Kind::Quote,
        Tag::Pre | Tag::Xmp => Kind::Preformatted,
        Tag::Li | Tag::Dd | Tag::Dt => Kind::Item,
        Tag::Td | Tag::Th => Kind::Cell,
        Tag::Table | Tag::Ul | Tag::Ol | Tag::Dl => Kind::Paragraph,
        _ => tag.heading_level().map_or(
            // A paragraph in a list item, quotation or cell is part of it; any other block in a heading is not.
            if matches!(around, Kind::Heading(_)) && tag != Tag::Div && tag != Tag::P {
                Kind::Paragraph
            } else {
                around
            },
            Kind::Heading,
        ),
    }
}

/// Elements whose words are not those of the page.
fn is_skipped(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Noscript
            | Tag::Template
            | Tag::Svg
            | Tag::Math
            | Tag::Head
            | Tag::Iframe
            | Tag::Select
            | Tag::Textarea
            | Tag::Object
            | Tag::Video
            | Tag::Audio
            | Tag::Canvas
            | Tag::Noembed
            | Tag::Noframes
            | Tag::Button
            | Tag::Title
            | Tag::Input
    )
}
