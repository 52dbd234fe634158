//! The author as the thread of comments knows them: `WordPress` marks what the author of a post says below it.

use super::people::{Cleaner, Trust};
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// The class that `WordPress` gives to comments by the author of the post (`get_comment_class`).
const OF_AUTHOR: &str = "bypostauthor";

/// Bytes of a name at most.
const NAME_BYTES_MAX: usize = 60;

/// The author of the post, where one of the comments is theirs; and the element that names them.
pub(super) fn author(tree: &Tree<'_>, cleaner: &Cleaner<'_>) -> Option<(String, NodeId)> {
    let has_class = |id: NodeId, word: &str| {
        tree.tag(id) != Tag::Text
            && tree
                .raw_attribute(id, Name::Class)
                .is_some_and(|class| class.split_ascii_whitespace().any(|other| other == word))
    };
    // Answers stand inside the comment that they answer: only its own head comes before its text.
    let comment = (1..tree.len()).find(|id| has_class(*id, OF_AUTHOR))?;
    let first_of = |class| tree.descendants(comment).find(|id| has_class(*id, class));
    let id = first_of("fn").or_else(|| first_of("comment-author"))?;
    let mut names = Vec::new();
    cleaner.add(&tree.short_text(id, NAME_BYTES_MAX)?, Trust::Field, &mut names);
    match names.as_slice() {
        [name] => Some((name.clone(), id)),
        _ => None,
    }
}
