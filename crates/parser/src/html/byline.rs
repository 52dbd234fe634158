//! Who wrote the page: people's names only.

mod people;

use self::people::{Cleaner, Trust};
use super::blocks::{Block, Blocks, Kind};
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};
use crate::lexicon::{Lexicon, fold};

/// Authors kept: a longer byline is a list of something else.
const AUTHORS_MAX: usize = 12;

/// The authors, in the order of the first source that names any.
pub(super) fn authors(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
) -> Vec<String> {
    let cleaner =
        Cleaner { lexicon, sites: metadata.names_of_no_person().map(fold).chain(host(metadata)).collect() };
    let mut names = Vec::new();
    for author in &metadata.jsonld.authors {
        // An organisation by its type may be a person all the same: many templates know one type only.
        cleaner.add(&author.name, if author.organization { Trust::Line } else { Trust::Field }, &mut names);
    }
    if names.is_empty() {
        for key in [
            "author",
            "article:author",
            "article:author_name",
            "og:article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "citation_author",
            "byl",
            "byline",
            "article.author",
            "cxenseparse:author",
            "creator",
            "og:author",
            "article:author:name",
            "authors",
            "author-name",
            "page.author",
            "news_author",
            "rbauthors",
            "dcterms.author",
        ] {
            for value in metadata.metas_named(key) {
                cleaner.add(value, Trust::Field, &mut names);
            }
            if !names.is_empty() {
                break;
            }
        }
    }
    if names.is_empty() {
        // Twitter cards carry labelled values: "Written by", "Zoe Lam".
        for (label, value) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
            if let (Some(label), Some(value)) = (metadata.meta(&[label]), metadata.meta(&[value]))
                && cleaner.labelled(label).is_some()
            {
                cleaner.add(value, Trust::Field, &mut names);
            }
        }
    }
    // A field may hold what the author logs in by; the page may show the name.
    if names.iter().all(|name| !name.contains(' ')) {
        let mut shown = visible(tree, blocks, &cleaner, AWAY);
        if shown.is_empty() {
            // Some pages set the byline beside the text.
            shown = visible(tree, blocks, &cleaner, AWAY & !Roles::SIDEBAR);
        }
        if names.is_empty() || shown.iter().any(|name| name.contains(' ')) {
            names = shown;
        }
    }
    names.truncate(AUTHORS_MAX);
    names
}

/// Names in what the page shows, outside parts that are `chrome`: marked as author by microdata, by a link relation,
/// by a class; else a line that begins like a byline.
fn visible(tree: &Tree<'_>, blocks: &Blocks, cleaner: &Cleaner<'_>, chrome: Roles) -> Vec<String> {
    let mut names = Vec::new();
    let mut last_end = 0;
    for id in 1..tree.len() {
        if id < last_end || tree.tag(id) == Tag::Text || blocks.roles[id as usize].any(chrome) {
            continue;
        }
        let has = |name, word| {
            tree.raw_attribute(id, name)
                .is_some_and(|value| value.split_ascii_whitespace().any(|other| other == word))
        };
        if has(Name::Itemprop, "author") || has(Name::Itemprop, "creator") || has(Name::Rel, "author") {
            if let Some(text) = tree.short_text(id, LINE_BYTES_MAX) {
                cleaner.add(&text, Trust::Field, &mut names);
            }
            last_end = tree.node(id).end;
        }
    }
    if !names.is_empty() {
        return names;
    }
    // Elements called bylines: links in them first, because they hold the name and nothing else. The foot of a post
    // may name its author too.
    let away = chrome & !Roles::FOOTER & !Roles::CAPTION;
    for id in 1..tree.len() {
        let index = id as usize;
        // "card__author", "gallery-author": what else the name of a byline says is of what it stands in.
        let around = blocks.roles[tree.parent(id) as usize]
            | blocks.own_roles[index] & (away & !(Roles::TEASER | Roles::MEDIA));
        if tree.tag(id) == Tag::Text
            || !blocks.own_roles[index].any(Roles::BYLINE)
            || around.any(away)
            || is_of_a_part(tree, id)
        {
            continue;
        }
        let Some(text) = tree.short_text(id, LINE_BYTES_MAX).filter(|text| !text.is_empty()) else {
            continue;
        };
        // In a vCard the element of class "fn" holds the name, as does one of property "name" in microdata.
        for inner in tree.descendants(id) {
            let is_name = tree.tag(inner) != Tag::Text
                && (tree.raw_attribute(inner, Name::Class) == Some("fn")
                    || tree.raw_attribute(inner, Name::Itemprop) == Some("name"));
            if is_name && let Some(text) = tree.short_text(inner, LINE_BYTES_MAX) {
                cleaner.add(&text, Trust::Field, &mut names);
            }
        }
        if !names.is_empty() {
            return names;
        }
        for inner in tree.descendants(id) {
            if tree.tag(inner) == Tag::A
                && let Some(text) = tree.short_text(inner, LINE_BYTES_MAX)
            {
                // A link in a byline that leads to an author holds a name, be it a nickname.
                let author = tree.raw_attribute(inner, Name::Href).is_some_and(leads_to_author)
                    && text.split_whitespace().count() <= 4;
                cleaner.add(&text, if author { Trust::Field } else { Trust::Line }, &mut names);
            }
        }
        if names.is_empty() {
            // An inline element of this name holds a name alone, be it a nickname.
            let alone = tree.tag(id).is_inline() && text.split_whitespace().count() <= 3;
            if alone {
                cleaner.add(&text, Trust::Field, &mut names);
            } else {
                cleaner.add_line(&text, &mut names);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    // A link to the page of an author, in a line that is near the headline.
    let headline = blocks.list.iter().find(|block| block.kind == Kind::Heading(1)).map(|block| block.first);
    let link_to_author = |id: NodeId| {
        tree.tag(id) == Tag::A
            && !blocks.roles[id as usize].any(chrome)
            && tree.raw_attribute(id, Name::Href).is_some_and(leads_to_author)
    };
    for id in 1..tree.len() {
        let near = headline.is_some_and(|headline| id.abs_diff(headline) <= 120);
        if (near || blocks.roles[id as usize].any(Roles::DATE | Roles::BYLINE))
            && link_to_author(id)
            && let Some(text) = tree.short_text(id, 60)
        {
            cleaner.add(&text, Trust::Link, &mut names);
        }
        if !names.is_empty() {
            return names;
        }
    }
    // A line that begins with "By", or that says so further on and stands with the date: "3 May 2010 by Zoe Lam".
    // Beside the text only what is marked counts.
    let shown = if chrome == AWAY { blocks.list.len() } else { 0 };
    for (block, near) in lines(blocks, chrome).take(shown) {
        let text = blocks.text_of(block);
        let marked = block.roles.any(Roles::DATE | Roles::BYLINE);
        if cleaner.labelled(text).is_some() {
            // A short line near the headline may name an author by one word.
            let alone = (near || marked) && block.words <= 4;
            cleaner.add(text, if alone { Trust::Link } else { Trust::Line }, &mut names);
        } else if near || marked {
            cleaner.add_after_label(text, &mut names);
        }
        if !names.is_empty() {
            return names;
        }
    }
    // A link to the page of an author, wherever it stands.
    for id in 1..tree.len() {
        if link_to_author(id)
            && let Some(text) = tree.short_text(id, LINE_BYTES_MAX)
        {
            cleaner.add(&text, Trust::Line, &mut names);
        }
        if !names.is_empty() {
            break;
        }
    }
    names
}

/// Whether an element that is called a byline is that of a quotation or a picture.
fn is_of_a_part(tree: &Tree<'_>, id: NodeId) -> bool {
    let class = tree.raw_attribute(id, Name::Class).unwrap_or_default();
    let has = |word: &str| {
        class.as_bytes().windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    };
    ["quote", "zitat", "testimonial", "photo", "image", "picture"].into_iter().any(has)
}

/// A byline is no longer than this.
const LINE_BYTES_MAX: usize = 200;

/// Whether an address has a part that says "author", and one after it that says which.
fn leads_to_author(href: &str) -> bool {
    let mut parts = href.split(['/', '?', '&']).filter(|part| !part.is_empty());
    let says = |part: &str| {
        matches!(
            part,
            "author"
                | "authors"
                | "auteur"
                | "auteurs"
                | "autor"
                | "autoren"
                | "autores"
                | "autore"
                | "autori"
                | "journalist"
                | "journalists"
                | "journaliste"
                | "journalistes"
                | "contributor"
                | "contributors"
                | "redacteur"
                | "redaktion"
                | "redaction"
                | "staff"
                | "profil"
                | "reporter"
                | "reporters"
                | "writers"
                | "byline"
                | "columnists"
                | "firmas"
                | "signature"
        )
    };
    parts.by_ref().any(says) && parts.next().is_some()
        || href.split(['?', '&']).skip(1).any(|field| field.starts_with("author="))
}

/// The short lines that are no other part of the page, with whether they stand near the headline.
fn lines(blocks: &Blocks, chrome: Roles) -> impl Iterator<Item = (&Block, bool)> {
    let headline = blocks.list.iter().position(|block| block.kind == Kind::Heading(1)).unwrap_or(usize::MAX);
    blocks
        .list
        .iter()
        .enumerate()
        .filter(move |(_, block)| block.chars <= 140 && block.words <= 18 && !block.roles.any(chrome))
        .map(move |(index, block)| (block, index.abs_diff(headline) <= 5))
}

/// Parts of a page that name people who did not write it.
const AWAY: Roles = Roles(
    Roles::COMMENT.0
        | Roles::RELATED.0
        | Roles::SIDEBAR.0
        | Roles::NAVIGATION.0
        | Roles::FOOTER.0
        | Roles::TEASER.0
        | Roles::HIDDEN.0
        | Roles::CAPTION.0
        | Roles::MEDIA.0,
);

/// The host of the article's address and its name without suffix, as names the site goes by.
fn host(metadata: &Metadata<'_>) -> Vec<String> {
    let Some(host) = metadata
        .url()
        .and_then(|url| url.split("://").nth(1))
        .and_then(|rest| rest.split(['/', ':', '?']).next())
    else {
        return Vec::new();
    };
    let host = host.trim_start_matches("www.");
    let mut names = vec![fold(host)];
    if let Some((name, _)) = host.rsplit_once('.') {
        names.push(fold(name));
    }
    names
}
