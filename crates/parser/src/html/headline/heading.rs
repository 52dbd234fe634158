//! The words of a heading.

use super::folded;
use crate::html::blocks::Blocks;
use crate::html::role::Roles;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree, push_decoded, push_folded};

/// A heading's words, as far as they are the headline.
pub(super) struct Heading {
    pub text: String,
    pub folded: String,
    /// Which of the titles in the metadata gives just these words.
    pub borne_out: Option<usize>,
}

impl Heading {
    /// Reads one. The folded titles of the metadata may say whether what stands before or after the headline proper
    /// belongs to it.
    pub(super) fn of(tree: &Tree<'_>, blocks: &Blocks, id: NodeId, titles: &[String]) -> Self {
        let whole = tree.inner_text(id);
        let bare = heading_text(tree, blocks, id);
        let bare = if bare.chars().next().is_some_and(char::is_alphanumeric)
            || bare.starts_with(['"', '«', '„', '“', '‘', '\'', '¿', '¡', '[', '('])
        {
            bare
        } else {
            whole.clone()
        };
        let same_whole = folded(&whole);
        let same_bare = if bare == whole { same_whole.clone() } else { folded(&bare) };
        let texts = texts_in(tree, id);
        for (at, title) in titles.iter().enumerate() {
            if *title == same_whole || *title == same_bare {
                let text = if *title == same_whole { whole } else { bare };
                return Self { text, folded: title.clone(), borne_out: Some(at) };
            }
            if whole.len() <= PARTED_BYTES_MAX
                && let Some(text) = part_that_says(tree, &texts, title)
            {
                return Self { text, folded: title.clone(), borne_out: Some(at) };
            }
        }
        Self { text: bare, folded: same_bare, borne_out: None }
    }
}

/// Whether the words of a heading stand in several elements.
pub(super) fn is_parted(tree: &Tree<'_>, id: NodeId) -> bool {
    let has_words = |inner: &NodeId| tree.tag(*inner) == Tag::Text && tree.has_words(*inner);
    tree.descendants(id).filter(has_words).nth(1).is_some()
}

/// A heading whose parts are looked at is no longer than this.
const PARTED_BYTES_MAX: usize = 1_000;

/// The first texts in a heading.
fn texts_in(tree: &Tree<'_>, id: NodeId) -> Vec<NodeId> {
    tree.descendants(id).filter(|inner| tree.tag(*inner) == Tag::Text).take(12).collect()
}

/// The words of a heading that are a folded title, if they are all of one or more elements in it: what stands beside
/// them is a kicker or a subtitle.
fn part_that_says(tree: &Tree<'_>, texts: &[NodeId], title: &str) -> Option<String> {
    if texts.len() < 2 || title.split(' ').count() < 3 {
        return None;
    }
    (0..texts.len()).find_map(|from| {
        let mut text = String::new();
        tree.has_words(texts[from]).then_some(())?;
        texts[from..].iter().find_map(|piece| {
            push_decoded(&mut text, tree.raw_text(*piece));
            (folded(&text) == title).then(|| text.trim().trim_start_matches([':', ' ', '–', '-']).to_owned())
        })
    })
}

/// A heading's words without kickers, dates and marks that stand in it as elements of their own.
fn heading_text(tree: &Tree<'_>, blocks: &Blocks, id: NodeId) -> String {
    let away = Roles::DATE
        | Roles::PROMPT
        | Roles::HIDDEN
        | Roles::SHARE
        | Roles::TAGS
        | Roles::TOOLS
        | Roles::BYLINE;
    // A kicker stands before the headline: what is called one and comes last is the headline.
    let has_words = |inner: &NodeId| tree.tag(*inner) == Tag::Text && tree.has_words(*inner);
    let last_words = tree.descendants(id).rev().find(has_words).unwrap_or(id);
    let mut out = String::new();
    let mut at = id + 1;
    while at < tree.node(id).end {
        let node = tree.node(at);
        if node.tag == Tag::Text {
            let words = tree.text(at);
            // A small letter and a capital that touch where an element begins or ends are two lines by their style.
            if at > id + 1 && out.ends_with(char::is_lowercase) && words.starts_with(char::is_uppercase) {
                out.push(' ');
            }
            push_folded(&mut out, &words);
        } else if matches!(node.tag, Tag::Script | Tag::Style | Tag::Noscript | Tag::Svg | Tag::Button)
            || blocks.own_roles[at as usize].any(away)
            || blocks.own_roles[at as usize].any(Roles::KICKER) && node.end <= last_words
        {
            // What joins two lines for readers who hear them: "Ice on the lake<span class=visually-hidden>:</span>".
            if let Some(sign) = tree.short_text(at, 1).filter(|sign| sign == ":" && !out.is_empty()) {
                out.truncate(out.trim_end().len());
                out.push_str(&sign);
            }
            at = node.end;
            continue;
        } else if node.tag == Tag::Br || !node.tag.is_inline() {
            push_folded(&mut out, " ");
        }
        at += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_stands_beside_the_headline_in_its_heading_is_left_out() {
        check(
            "<title>The lake froze at last</title><h1>The lake froze at last <small>A winter's tale</small></h1>",
            "The lake froze at last",
        );
        check(
            "<title>The lake froze at last</title><h1><b>Notice of the harbour office and the town:</b>The lake froze at last</h1>",
            "The lake froze at last",
        );
    }

    #[test]
    fn what_is_called_a_kicker_and_comes_last_is_the_headline() {
        check(
            "<title>The town: harbour closed</title><h1><span class=sub>The town</span>: \
             <span class=topline>Ice closes the harbour</span></h1>",
            "The town: Ice closes the harbour",
        );
        check(
            "<title>Harbour closed</title><h1><span class=topline>The town</span> <span>Ice closes the harbour</span></h1>",
            "Ice closes the harbour",
        );
    }

    #[test]
    fn a_line_below_the_headline_in_its_heading_is_left_out() {
        let heading = "<h1>Ice closes the harbour<br>Ferries stay in port</h1>";
        check(
            &format!("<title>Ice closes the harbour | Lake Post</title>{heading}"),
            "Ice closes the harbour",
        );
        check(&format!("<title>Lake Post</title>{heading}"), "Ice closes the harbour Ferries stay in port");
    }

    #[test]
    fn a_heading_for_those_who_hear_the_page_is_no_headline() {
        check("<title>Lake Post</title><h1 class=unsichtbar>Service and menu</h1><p>Text.</p>", "Lake Post");
    }
}
