//! The address of an image: that of its largest candidate, for the widest screens.

use std::borrow::Cow;

use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// An image's address as it is written: that of its largest candidate. Pages that load images late keep it in attributes of
/// their own, and something to hold its place where browsers look for it. Of the sources of a picture those for narrow
/// screens come last, and those that say nothing of their size behind the image, which is for all screens.
pub(super) fn source(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let own = || candidate(tree, id).map(|(_, url)| url);
    // A picture has its sources before its image.
    let picture = Some(tree.parent(id)).filter(|outer| tree.tag(*outer) == Tag::Picture);
    let of_picture = |is_one: fn(&Tree<'_>, NodeId) -> bool| {
        let inside = picture.into_iter().flat_map(|picture| tree.descendants(picture)).take(SOURCES_MAX);
        let sources = inside.filter(|inner| tree.tag(*inner) == Tag::Source && is_one(tree, *inner));
        of_largest(sources.filter_map(|source| candidate(tree, source)))
    };
    let alone = || {
        [Name::DataSrc, Name::DataLazySrc, Name::DataOriginal, Name::Src]
            .into_iter()
            .filter_map(|name| tree.attribute(id, name))
            .find(|value| !holds_place(value))
    };
    own()
        .or_else(|| of_picture(is_larger))
        .or_else(|| alone().map(Cow::into_owned))
        .or_else(|| of_picture(|tree, source| !is_for_narrow(tree, source)))
        .or_else(|| of_picture(|_, _| true))
}

/// Whether a source of a picture is for narrow screens alone.
fn is_for_narrow(tree: &Tree<'_>, source: NodeId) -> bool {
    tree.raw_attribute(source, Name::Media).is_some_and(|media| {
        ["max-width", "max-device-width", "width<", "width <", "portrait"]
            .iter()
            .any(|word| media.contains(word))
    })
}

/// Whether a source of a picture says that it is larger than the image, or is loaded late, when that only holds its place.
fn is_larger(tree: &Tree<'_>, source: NodeId) -> bool {
    let has = |name| tree.raw_attribute(source, name).is_some();
    let is_wide = || tree.raw_attribute(source, Name::Media).is_some_and(|media| media.contains("min-width"));
    !is_for_narrow(tree, source)
        && (has(Name::DataSrcset)
            || has(Name::DataLazySrcset)
            || is_wide()
            || candidate(tree, source).is_some_and(|(size, _)| size > 1.0))
}

/// The largest candidate of an element's set, with its size.
fn candidate(tree: &Tree<'_>, id: NodeId) -> Option<(f32, String)> {
    let sets = [Name::DataSrcset, Name::DataLazySrcset, Name::Srcset];
    let mut sets = sets.into_iter().filter_map(|name| tree.attribute(id, name));
    sets.find_map(|set| largest(&set).map(|(size, url)| (size, url.to_owned())))
}

/// The first of the largest.
fn of_largest<T>(sized: impl Iterator<Item = (f32, T)>) -> Option<T> {
    let larger = |best: Option<(f32, T)>, other: (f32, T)| match best {
        Some(best) if best.0 >= other.0 => Some(best),
        _ => Some(other),
    };
    sized.fold(None, larger).map(|(_, url)| url)
}

/// Nodes of a picture among which its sources are.
const SOURCES_MAX: usize = 40;

/// Candidates of a set that are looked at.
const CANDIDATES_MAX: usize = 64;

/// The largest candidate of a set (WHATWG HTML §4.8.4.2.1), with its size: "a.jpg 400w, b.jpg 800w", "a.jpg, b.jpg 2x".
fn largest(set: &str) -> Option<(f32, &str)> {
    // The first of the largest; most sets have nothing in them that only holds a place.
    let of = |is_one: fn(&str) -> bool| {
        candidates(set).take(CANDIDATES_MAX).filter(|(_, url)| is_one(url)).fold(
            None,
            |best: Option<(f32, &str)>, other| match best {
                Some((most, _)) if most >= other.0 => best,
                _ => Some(other),
            },
        )
    };
    of(|_| true).filter(|(_, url)| !holds_place(url)).or_else(|| of(|url| !holds_place(url)))
}

/// The candidates of a set, each with its size.
fn candidates(set: &str) -> impl Iterator<Item = (f32, &str)> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| !byte.is_ascii_whitespace() && byte != b',')?;
        rest = &rest[start..];
        // Addresses may have commas in them; the one at the end, or behind the size, sets the next candidate off.
        let end = rest.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let (descriptor, behind) =
            if word.ends_with(',') { ("", behind) } else { behind.split_once(',').unwrap_or((behind, "")) };
        rest = behind;
        let number = descriptor.split_ascii_whitespace().next().unwrap_or_default();
        let number = number.trim_end_matches(['w', 'x', 'h']);
        Some((number.parse().unwrap_or(1.0), word.trim_end_matches(',')))
    })
}

/// Whether an address is that of nothing, or of something that is shown until the image is there.
pub(super) fn holds_place(url: &str) -> bool {
    let url = url.trim();
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let file = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    url.is_empty()
        || matches!(
            file.as_str(),
            "px.gif" | "px.png" | "p.gif" | "clear.gif" | "dot.gif" | "shim.gif" | "trans.gif"
        )
        || url.starts_with("data:")
        || url.starts_with("about:")
        || [
            "1x1",
            "blank.",
            "spacer",
            "placeholder",
            "transparent",
            "pixel",
            "lazyload",
            "lazy-load",
            "empty.",
            "grey.gif",
            "gray.gif",
        ]
        .iter()
        .any(|word| file.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_need_no_space_between_them() {
        assert_eq!(largest("/s,1.jpg 300w,/l.jpg 2000w,/m.jpg 1200w"), Some((2000.0, "/l.jpg")));
        assert_eq!(largest("/s.jpg 1x,/l.jpg 2x"), Some((2.0, "/l.jpg")));
        assert_eq!(largest("/s.jpg, /l.jpg 2x"), Some((2.0, "/l.jpg")));
        assert_eq!(largest(" , "), None);
    }

    #[test]
    fn the_largest_picture_is_the_image() {
        let check = |inside: &str, expected: &str| {
            let tree = Tree::parse(inside);
            let image = (1..tree.len()).find(|id| tree.tag(*id) == Tag::Img).unwrap();
            assert_eq!(source(&tree, image).as_deref(), Some(expected), "{inside}");
        };
        let narrow = "<source media='(max-width: 600px)' srcset=s.jpg>";
        check(&format!("<picture>{narrow}<img src=l.jpg></picture>"), "l.jpg");
        check(
            &format!(
                "<picture>{narrow}<source media='(max-width: 900px)' srcset='m.jpg 900w'><img src=l.jpg></picture>"
            ),
            "l.jpg",
        );
        check(&format!("<picture>{narrow}<img src='data:,'></picture>"), "s.jpg");
        check(&format!("<picture>{narrow}<source srcset=l.webp><img src='data:,'></picture>"), "l.webp");
        check("<picture><source type=image/webp srcset=l.webp><img src=l.jpg></picture>", "l.jpg");
        check("<picture><source media='(min-width: 900px)' srcset=l.jpg><img src=s.jpg></picture>", "l.jpg");
        check("<picture><source srcset='s.jpg, l.jpg 2x'><img src=s.jpg></picture>", "l.jpg");
        check("<picture><source data-srcset=l.jpg><img src=s.jpg></picture>", "l.jpg");
        check(
            "<picture><source media=print srcset=p.jpg><img src=s.jpg srcset='m.jpg 2x'></picture>",
            "m.jpg",
        );
    }
}
