//! Marks of notes, which are no words of a block, and the notes that they lead to.

use super::Cutter;
use crate::html::notes;
use crate::html::tree::NodeId;

impl Cutter<'_, '_> {
    /// The words of the block that is being read, up to here.
    fn before(&self) -> &str {
        self.current.as_ref().map_or("", |block| self.out.text[block.start..].trim_end())
    }

    pub(super) fn is_mark_of_note(&self, id: NodeId) -> bool {
        if notes::is_mark(self.tree, id) {
            // A bracket before a mark would be left without one behind it.
            return !self.before().ends_with(['[', '(']) || notes::is_in_brackets(self.tree, id);
        }
        notes::is_raised_number(self.tree, id, self.before())
    }

    /// Notes where a mark stands, or that it leads back to one; takes the bracket before it off the block.
    pub(super) fn mark_of_note(&mut self, id: NodeId) {
        let begins = self.before().trim_end_matches(['[', '(']).is_empty();
        let leads_to_mark =
            || notes::place_of_link(self.tree, id).is_some_and(|place| self.places.contains(place));
        if notes::leads_back(self.tree, id) || begins && leads_to_mark() {
            self.out.links_back.push(id);
        } else if !begins {
            self.places.extend(notes::names_of_place(self.tree, id));
        }
        if self.before().ends_with(['[', '('])
            && let Some(block) = &mut self.current
        {
            let text = &mut self.out.text;
            let before = text[block.start..].chars().count();
            let kept = text[block.start..].trim_end().trim_end_matches(['[', '(']).trim_end().len();
            text.truncate(block.start + kept);
            let taken = (before - text[block.start..].chars().count()) as u32;
            block.chars = block.chars.saturating_sub(taken);
            block.stop = text.len();
            self.is_open = true;
        }
    }
}
