//! What ends an element: its end tag, and start tags that imply the end of others (WHATWG HTML §13.2.6.4.7).

use memchr::memchr_iter;

use super::Builder;
use crate::html::tag::Tag;
use crate::html::tree::NodeId;

/// Bytes from a block in a heading on within which the heading ends, if it has an end.
const HEADING_BYTES: usize = 2 << 10;
/// Nodes of a heading among which its first words stand.
const HEADING_NODES: usize = 32;

impl Builder<'_> {
    /// Ends the innermost open element with this tag, and all in it, unless a barrier stands between.
    pub(super) fn close_to(&mut self, tag: Tag, barrier: impl Fn(Tag) -> bool) {
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

    pub(super) fn close_unknown(&mut self, start: usize, stop: usize) {
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

    pub(super) fn close_heading(&mut self) {
        if let Some(index) = self.open.iter().rposition(|open| open.tag.heading_level().is_some())
            && index + 4 >= self.open.len()
        {
            self.pop_to(index);
        }
    }

    /// Ends the link. Blocks that were opened in it stay open, but what they get from now on is not in the link.
    pub(super) fn close_link(&mut self) {
        self.link = 0;
        self.close_to(Tag::A, |open| !open.is_inline());
    }

    /// Ends all open elements from this one inwards.
    pub(super) fn pop_to(&mut self, index: usize) {
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

    /// Whether a drawing or a formula is open.
    pub(super) fn is_in_foreign(&self) -> bool {
        self.counts[Tag::Svg as usize] + self.counts[Tag::Math as usize] > 0
    }

    /// Ends the drawing or formula that a page forgot to end, as browsers do; not one whose labels are HTML.
    pub(super) fn end_foreign(&mut self) {
        while let Some(index) = self
            .open
            .iter()
            .rposition(|open| matches!(open.tag, Tag::Svg | Tag::Math | Tag::ForeignObject | Tag::Title))
        {
            if !matches!(self.open[index].tag, Tag::Svg | Tag::Math) {
                return;
            }
            self.pop_to(index);
        }
    }

    /// Ends a heading that nothing else ends when a block begins in it: a page that forgot the end tag means the block to be
    /// text. A heading whose end tag follows before another one begins may hold blocks.
    pub(super) fn end_unclosed_heading(&mut self, at: usize) {
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
    pub(super) fn has_words_since(&self, node: NodeId) -> bool {
        self.nodes[node as usize..].iter().take(HEADING_NODES).any(|node| {
            node.tag == Tag::Text
                && !self.bytes[node.start as usize..node.stop as usize].trim_ascii().is_empty()
        })
    }

    /// Ends what a start tag implies the end of.
    pub(super) fn imply_end_tags(&mut self, tag: Tag) {
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
}

pub(super) fn is_table_part(tag: Tag) -> bool {
    matches!(tag, Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot)
}
