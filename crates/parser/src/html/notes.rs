//! Marks in a text that lead to a note or back from one, or to the place itself: `[1]`, `†`, `↩`, `¶`. They are no words.

use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};

/// Bytes of the longest mark.
const BYTES_MAX: usize = 12;

/// Nodes of the longest mark.
const NODES_MAX: usize = 16;

/// Whether an element is such a mark: raised digits that are a link into the page, digits in brackets that are, or a link
/// into the page without a letter or digit.
pub(super) fn is_mark(tree: &Tree<'_>, id: NodeId) -> bool {
    match tree.tag(id) {
        Tag::Sup => {
            let link = || tree.descendants(id).take(NODES_MAX).find(|inner| tree.tag(*inner) == Tag::A);
            is_number(tree, id) && link().is_some_and(|link| leads_to_note(tree, link))
        }
        Tag::A if leads_into_page(tree, id) => {
            let Some(text) = tree.short_text(id, BYTES_MAX) else { return false };
            let text = text.trim();
            let is_raised = || {
                tree.raw_attribute(id, Name::Role) == Some("doc-noteref")
                    || is_called_note(tree, id)
                    || tree.descendants(id).take(NODES_MAX).any(|inner| tree.tag(inner) == Tag::Sup)
            };
            !text.is_empty() && !text.contains(char::is_alphanumeric)
                || is_number_of_note(text) && (text.starts_with(['[', '(']) || is_raised())
        }
        _ => false,
    }
}

/// Whether brackets around a mark hold nothing else: `[<a href="#n1">1</a>]`.
pub(super) fn is_in_brackets(tree: &Tree<'_>, id: NodeId) -> bool {
    let next = tree.node(id).end;
    next < tree.len()
        && tree.tag(next) == Tag::Text
        && tree.raw_text(next).trim_start().starts_with([']', ')'])
}

/// What stands behind the bracket that closes around a mark.
pub(super) fn without_bracket(text: &str) -> &str {
    text.trim_start().strip_prefix([']', ')']).unwrap_or(text)
}

/// The name of the place in the page that a mark leads to.
pub(super) fn place_of_link<'a>(tree: &Tree<'a>, id: NodeId) -> Option<&'a str> {
    let link = (id..tree.node(id).end).take(NODES_MAX).find(|inner| tree.tag(*inner) == Tag::A)?;
    let (_, place) = tree.raw_attribute(link, Name::Href)?.split_once('#')?;
    Some(place).filter(|place| !place.is_empty())
}

/// The names of the place where a mark stands: its own, and that of an element in it or around it.
pub(super) fn names_of_place<'t, 'a>(tree: &'t Tree<'a>, id: NodeId) -> impl Iterator<Item = &'a str> + 't {
    let inside = (id..tree.node(id).end).take(NODES_MAX);
    let around = std::iter::once(tree.parent(id)).filter(move |outer| tree.tag(*outer).is_inline());
    let names =
        move |id| [Name::Id, Name::Name].into_iter().filter_map(move |name| tree.raw_attribute(id, name));
    inside.chain(around).flat_map(names).filter(|name| !name.is_empty())
}

/// Whether a mark is a link from a note back to where the text has its mark: "↩", "^", `[1]` that leads to `#_ftnref1`.
pub(super) fn leads_back(tree: &Tree<'_>, id: NodeId) -> bool {
    let href = tree.raw_attribute(id, Name::Href).filter(|_| tree.tag(id) == Tag::A);
    let Some((_, place)) = href.and_then(|href| href.split_once('#')) else { return false };
    let is_called = || BACK.iter().any(|name| place.contains(name));
    let leads_to_mark = || place.contains("ref") || place.contains(|c: char| c.is_ascii_digit());
    let has_sign =
        || tree.short_text(id, BYTES_MAX).is_some_and(|text| text.contains(['↩', '⤴', '⏎', '↑', '^']));
    is_called() || leads_to_mark() && has_sign()
}

/// Words of the places that such links lead to.
const BACK: [&str; 6] = ["fnref", "ftnref", "cite_ref", "noteref", "footnote-ref", "backlink"];

/// Whether an element is called a note: `footnote-anchor`, `spip_note`.
fn is_called_note(tree: &Tree<'_>, id: NodeId) -> bool {
    let says = |word: &str| NOTES.iter().any(|note| word.eq_ignore_ascii_case(note));
    tree.raw_attribute(id, Name::Class).is_some_and(|class| class.split([' ', '-', '_']).any(says))
}

/// Words that classes of notes have.
const NOTES: [&str; 6] = ["footnote", "footnotes", "endnote", "note", "noteref", "fn"];

/// Whether a raised number is one of a note that has no link, behind what ends a sentence: "…il partit.¹"
pub(super) fn is_raised_number(tree: &Tree<'_>, id: NodeId, before: &str) -> bool {
    let mut last = before.chars().rev();
    tree.tag(id) == Tag::Sup
        && match last.next() {
            Some('.' | '!' | '?' | '…') => last.next().is_some_and(char::is_alphabetic),
            Some(sign) => matches!(sign, '”' | '»' | '“'),
            None => false,
        }
        && tree.short_text(id, BYTES_MAX).is_some_and(|text| {
            let text = text.trim();
            (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        })
}

fn is_number(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.short_text(id, BYTES_MAX).is_some_and(|text| is_number_of_note(text.trim()))
}

/// `1`, `[12]`, `(3)`, `*`, `††`, `[a]`; several of them: `1,2`.
fn is_number_of_note(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']', '(', ')']);
    let is_letter =
        bare.len() == 1 && bare.len() < text.len() && bare.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–' | '*' | '†' | '‡' | '§');
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    is_letter || !bare.is_empty() && digits <= 6 && bare.chars().all(is_sign) && !bare.trim().is_empty()
}

/// Whether a raised link leads to a note: into the page, or to nothing but a script.
fn leads_to_note(tree: &Tree<'_>, link: NodeId) -> bool {
    let leads = |href: &str| href.contains('#') || href.starts_with("javascript:");
    tree.raw_attribute(link, Name::Href).is_some_and(leads)
}

fn leads_into_page(tree: &Tree<'_>, link: NodeId) -> bool {
    // Other sites have places in their pages too.
    tree.raw_attribute(link, Name::Href).is_some_and(|href| href.contains('#') && !href.starts_with("http"))
}

#[cfg(test)]
mod tests {
    use crate::html::blocks::Blocks;
    use crate::html::tree::Tree;

    fn check(inside: &str, expected: &str) {
        let page = format!("<p>{inside}</p>");
        let blocks = Blocks::of(&Tree::parse(&page));
        assert_eq!(blocks.text, expected, "{inside}");
    }

    #[test]
    fn a_mark_of_a_note_is_no_word() {
        for mark in [
            "<sup><a href='#fn1' id=ref1>1</a></sup>",
            "<sup class=reference><a href='#cite_note-1'>[1]</a></sup>",
            "<a href='#fn1'><sup>1</sup></a>",
            "<a href='/lac#fn1'><sup>12</sup></a>",
            "<a href='#_ftn1' name=_ftnref1>[1]</a>",
            "<a href='#n' role=doc-noteref>2</a>",
            "<a class=footnote-anchor href='#footnote-1'>1</a>",
            "<a class='spip_note' href='#nb1'>1</a>",
            "<sup><a href='#fn'>*</a></sup>",
            "<sup><a href='javascript:void(0)'>3</a></sup>",
            "<sup><a href='#a'>1</a>,<a href='#b'>2</a></sup>",
            "<sup><a href='#fn-a'>[a]</a></sup>",
        ] {
            check(&format!("Le lac{mark} a gelé."), "Le lac a gelé.");
            check(&format!("Le lac a gelé{mark}."), "Le lac a gelé.");
            check(&format!("Le lac a gelé.{mark}"), "Le lac a gelé.");
        }
        check("Le lac [<a class=note href='#n1'>1</a>] a gelé", "Le lac a gelé");
        check("Le lac<span class=r>&nbsp;[<a href='#n1' class=note>1</a>]</span>, ici.", "Le lac, ici.");
        check("Le lac<sup>[<a href='#n1'>1</a>]</sup>.", "Le lac.");
        check("Le lac a gelé.<sup>4</sup> Le vent tombe.", "Le lac a gelé. Le vent tombe.");
        check("Registre du port, 2025. <a href='#ref1'>↩</a>", "Registre du port, 2025.");
        check("Le port <a class=anchor href='#port'>¶</a>", "Le port");
    }

    #[test]
    fn raised_figures_of_the_text_are_words() {
        check("1 200 m<sup>2</sup>", "1 200 m2");
        check("Le 3<sup>e</sup> jour.", "Le 3e jour.");
        check("Voir <a href='#page2'>2</a>", "Voir 2");
        check("<a href='#port'>Le port</a>", "Le port");
        check("10.<sup>2</sup>", "10.2");
        check("<sup>1</sup> Registre du port.", "1 Registre du port.");
        check("<sup><a href=/note>a</a></sup>", "a");
        check("<a href=/lac>[1]</a>", "[1]");
        check("Le lac [<a class=note href='#n1'>1</a>, p. 3] a gelé", "Le lac [1, p. 3] a gelé");
    }
}
