//! An article's text as it is put together: blocks, joined by a blank line, with where each stands.

use document::{Block, BlockKind, Span, Text};

/// Text and blocks that always agree.
#[derive(Debug, Default)]
pub(crate) struct Body {
    text: String,
    blocks: Vec<Block>,
}

impl Body {
    /// A body with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), blocks: Vec::new() }
    }

    /// Adds a block; blank ones are passed over.
    pub(crate) fn push(&mut self, kind: BlockKind, block: &str) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        self.blocks.push(Block { kind, span: Span::new(start, self.text.len()) });
    }

    /// Number of blocks so far.
    pub(crate) fn count(&self) -> usize {
        self.blocks.len()
    }

    /// Keeps the blocks with these numbers alone.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(usize) -> bool) {
        let before = std::mem::take(self);
        for (_, block) in before.blocks.iter().enumerate().filter(|(index, _)| is_kept(*index)) {
            self.push(block.kind, &before.text[block.span.start..block.span.end]);
        }
    }

    /// The text and its blocks; `None` when nothing was added.
    pub(crate) fn finish(self) -> Option<(Text, Vec<Block>)> {
        Some((Text::new(self.text)?, self.blocks))
    }
}
