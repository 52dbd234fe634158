//! Who wrote the page: people's names only.

use super::blocks::{Block, Blocks, Kind};
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::Tree;
use crate::lexicon::{Folded, Label, Lexicon, WordSet, fold};

/// Authors kept: a longer byline is a list of something else.
const AUTHORS_MAX: usize = 12;

/// The authors, in the order of the first source that names any.
pub(super) fn authors(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
) -> Vec<String> {
    let cleaner = Cleaner { lexicon, sites: metadata.site_names().map(fold).chain(host(metadata)).collect() };
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
        let shown = visible(tree, blocks, &cleaner);
        if names.is_empty() || shown.iter().any(|name| name.contains(' ')) {
            names = shown;
        }
    }
    names.truncate(AUTHORS_MAX);
    names
}

/// Names in what the page shows: marked as author by microdata, by a link relation, by a class; else a line that
/// begins like a byline.
fn visible(tree: &Tree<'_>, blocks: &Blocks, cleaner: &Cleaner<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut last_end = 0;
    for id in 1..tree.len() {
        if id < last_end || tree.tag(id) == Tag::Text || blocks.roles[id as usize].any(AWAY) {
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
    let away = AWAY & !Roles::FOOTER & !Roles::CAPTION;
    for id in 1..tree.len() {
        let index = id as usize;
        if tree.tag(id) == Tag::Text
            || !blocks.own_roles[index].any(Roles::BYLINE)
            || blocks.roles[index].any(away)
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
                cleaner.add(&text, Trust::Line, &mut names);
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
    // A line that begins with "By", or that says so further on and stands with the date: "3 May 2010 by Zoe Lam".
    for (block, near) in lines(blocks) {
        let text = blocks.text_of(block);
        if cleaner.labelled(text).is_some() {
            cleaner.add(text, Trust::Line, &mut names);
        } else if near || block.roles.any(Roles::DATE | Roles::BYLINE) {
            cleaner.add_after_label(text, &mut names);
        }
        if !names.is_empty() {
            return names;
        }
    }
    // A link to the page of an author.
    for id in 1..tree.len() {
        if tree.tag(id) == Tag::A
            && !blocks.roles[id as usize].any(AWAY)
            && tree.raw_attribute(id, Name::Href).is_some_and(leads_to_author)
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

/// A byline is no longer than this.
const LINE_BYTES_MAX: usize = 200;

/// Whether an address has a part that says "author".
fn leads_to_author(href: &str) -> bool {
    href.split(['/', '?', '&']).any(|part| {
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
                | "contributor"
                | "contributors"
                | "redacteur"
                | "profil"
        )
    })
}

/// The short lines that are no other part of the page, with whether they stand near the headline.
fn lines(blocks: &Blocks) -> impl Iterator<Item = (&Block, bool)> {
    let headline = blocks.list.iter().position(|block| block.kind == Kind::Heading(1)).unwrap_or(usize::MAX);
    blocks
        .list
        .iter()
        .enumerate()
        .filter(|(_, block)| block.chars <= 140 && block.words <= 18 && !block.roles.any(AWAY))
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

/// Where a value stands, and so how much it must look like a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// In a field that is for authors: a nickname may be all there is.
    Field,
    /// After "by" in a line that is about the article.
    Labelled,
    /// In a line of the page.
    Line,
}

struct Cleaner<'l> {
    lexicon: &'l Lexicon,
    /// Names the site goes by, folded.
    sites: Vec<String>,
}

impl Cleaner<'_> {
    /// What follows the words that begin a byline.
    fn labelled<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut folded = Folded::default();
        folded.fold(text);
        match self.lexicon.label(&folded) {
            Some((Label::Byline, end)) => {
                Some(text[end..].trim_start_matches(|c: char| !c.is_alphanumeric()))
            }
            _ => None,
        }
    }

    /// Whether a word begins a statement of when: "Published".
    fn dated(&self, word: &str) -> bool {
        let mut folded = Folded::default();
        folded.fold(word);
        word.len() > 3
            && word.chars().next().is_some_and(char::is_uppercase)
            && matches!(self.lexicon.label(&folded), Some((Label::Published | Label::Modified, _)))
    }

    /// Adds the people that a line names: those after "by", wherever that stands, else those of the whole line.
    fn add_line(&self, text: &str, names: &mut Vec<String>) {
        if self.labelled(text).is_none() {
            self.add_after_label(text, names);
        }
        if names.is_empty() {
            self.add(text, Trust::Line, names);
        }
    }

    /// Adds the people named after a "by" inside a line.
    fn add_after_label(&self, text: &str, names: &mut Vec<String>) {
        for (start, _) in text.match_indices([' ', '|', '·']).take(24) {
            if let Some(name) = self.labelled(text[start..].trim_start_matches([' ', '|', '·'])) {
                self.add(name, Trust::Labelled, names);
                if !names.is_empty() {
                    return;
                }
            }
        }
    }

    /// Adds the people that `text` names.
    fn add(&self, text: &str, trust: Trust, names: &mut Vec<String>) {
        let mut text = text.trim();
        if text.contains("://") || text.starts_with("www.") {
            return;
        }
        while let Some(rest) = self.labelled(text)
            && !rest.is_empty()
        {
            text = rest;
        }
        for part in text
            .split([',', ';', '|', '/', '\n', '·', '•', '&', '、', '–', '—'])
            .flat_map(|part| part.split(" - "))
        {
            let mut words: Vec<&str> = Vec::new();
            for word in part.split_whitespace() {
                let folded = fold(word);
                // "and" joins two people, unless it is a particle of one name, as "y" is.
                if (self.lexicon.has(WordSet::And, &folded) && !self.lexicon.has(WordSet::Particles, &folded)
                    || matches!(folded.as_str(), "y" | "e"))
                    && word.chars().all(char::is_lowercase)
                {
                    self.add_name(&words, trust, names);
                    words.clear();
                } else {
                    words.push(word);
                }
            }
            self.add_name(&words, trust, names);
        }
    }

    fn add_name(&self, words: &[&str], trust: Trust, names: &mut Vec<String>) {
        let mut kept: Vec<&str> = Vec::new();
        for word in words {
            // What follows a bracket, an address or a number is not the name any more.
            if word.starts_with(['(', '[', '@', '<', '|']) || word.contains('@') {
                break;
            }
            if trust != Trust::Field && word.chars().any(|c| c.is_ascii_digit()) {
                break;
            }
            // A small word that is no particle is no part of a name: "Zoe Lam am Montag".
            if trust != Trust::Field
                && !kept.is_empty()
                && word.chars().all(char::is_lowercase)
                && !self.lexicon.has(WordSet::Particles, &fold(word))
            {
                break;
            }
            if !kept.is_empty() && self.dated(word) {
                break;
            }
            kept.push(
                word.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | ':' | '*' | ')' | ']')),
            );
        }
        if let Some(rest) = kept.first().filter(|_| kept.len() > 2).and_then(|_| self.labelled_words(&kept)) {
            kept.drain(..rest);
        }
        // A role ends the name.
        if let Some(at) = kept.iter().position(|word| self.lexicon.has(WordSet::Roles, &fold(word))) {
            kept.truncate(at);
        }
        let name = kept.join(" ");
        let name = name.trim().trim_end_matches('.').trim();
        if self.is_name(name, trust) {
            let folded = fold(name);
            if !names.iter().any(|other| fold(other) == folded) {
                names.push(name.to_owned());
            }
        }
    }

    fn labelled_words(&self, words: &[&str]) -> Option<usize> {
        let text = words.join(" ");
        let rest = self.labelled(&text)?;
        let count = rest.split_whitespace().count();
        (count > 0).then(|| words.len() - count)
    }

    /// Whether it is a person's name as far as form tells.
    fn is_name(&self, name: &str, trust: Trust) -> bool {
        let count = name.chars().count();
        let words: Vec<&str> = name.split_whitespace().collect();
        if !(2..=60).contains(&count)
            || words.len() > 6
            || words.is_empty()
            || !name.chars().any(char::is_alphabetic)
        {
            return false;
        }
        let folded = fold(name);
        let tight: String = folded.chars().filter(|c| *c != ' ').collect();
        if self.lexicon.is_outlet(&folded)
            || self.sites.iter().any(|site| is_site(site, &tight))
            || matches!(
                tight.as_str(),
                "unknown"
                    | "anonymous"
                    | "anonyme"
                    | "author"
                    | "none"
                    | "null"
                    | "undefined"
                    | "guest"
                    | "user"
                    | "root"
            )
        {
            return false;
        }
        // Initials and log-in names say nobody's name.
        let initials = count <= 3 && name.chars().all(char::is_uppercase) && name.is_ascii();
        if words.len() == 1 && (count <= 2 && name.is_ascii() || initials) || tight.contains("admin") {
            return false;
        }
        if words.iter().any(|word| {
            self.lexicon.has(WordSet::NotPeople, &fold(word))
                || self.lexicon.has(WordSet::Agencies, &fold(word)) && words.len() == 1
        }) {
            return false;
        }
        if name.contains('.')
            && name.rsplit('.').next().is_some_and(|end| {
                matches!(
                    end.to_ascii_lowercase().as_str(),
                    "com" | "de" | "fr" | "net" | "org" | "be" | "uk" | "tr" | "it" | "es"
                )
            })
        {
            return false;
        }
        let capitals = words
            .iter()
            .filter(|word| {
                word.chars()
                    .find(|c| c.is_alphabetic())
                    .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
            })
            .count();
        let particles = words.iter().filter(|word| self.lexicon.has(WordSet::Particles, &fold(word))).count();
        match trust {
            Trust::Field => words.len() <= 5 && (capitals > 0 || words.len() <= 2),
            Trust::Labelled => capitals >= 1 && capitals + particles >= words.len(),
            Trust::Line => {
                words.len() >= 2 && capitals >= 2.min(words.len()) && capitals + particles >= words.len()
            }
        }
    }
}

/// Whether a name without its spaces is a site's, but for what its address adds.
fn is_site(site: &str, tight: &str) -> bool {
    let site: String = site.chars().filter(|c| *c != ' ').collect();
    site == tight
        || site.len().min(tight.len()) >= 5
            && site.len().abs_diff(tight.len()) <= 4
            && (site.starts_with(tight) || tight.starts_with(site.as_str()))
}

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
