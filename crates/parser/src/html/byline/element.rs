//! The names in an element that is called a byline.

use super::Authors;
use super::address::leads_to_author;
use super::people::Trust;
use super::shown::{LINE_BYTES_MAX, Page, is_of_a_part};
use crate::byline;
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::html::tag::{Name, Tag};
use crate::html::topics::leads_to_topic;
use crate::html::tree::{NodeId, Tree, push_folded};
use crate::lexicon::{Label, WordSet, fold};

/// Authors of one article that have a card each.
const CARDS_MAX: usize = 6;

/// Nodes between two of them.
const CARD_GAP: NodeId = 4;

/// Words of the longest byline that is read for names beside its links; longer ones say something of the authors.
const BYLINE_WORDS: usize = 16;

impl Page<'_, '_> {
    /// Names in elements called bylines.
    pub(super) fn in_bylines(&self, ids: std::ops::Range<NodeId>, chrome: Roles) -> Authors {
        let tree = self.place.tree;
        // The foot of a post may name its author too.
        let away = chrome & !Roles::FOOTER & !Roles::CAPTION;
        let is_called = |id: &NodeId| self.place.blocks.own_roles[*id as usize].any(Roles::BYLINE);
        let called = self.place.blocks.called.iter().copied().filter(is_called);
        let contacts = tree.all(Tag::Address).filter(|id| !is_called(id) && self.is_address(*id));
        let mut found: Vec<NodeId> = called.chain(contacts).filter(|id| ids.contains(id)).collect();
        found.sort_unstable();
        for id in found.iter().copied() {
            let own = self.place.blocks.own_roles[id as usize];
            // "card__author", "gallery-author": what else the name of a byline says is of what it stands in.
            if own.any(away & !(Roles::TEASER | Roles::MEDIA))
                || self.place.is_in(tree.parent(id), away)
                || self.is_of_another_article(id)
                || is_of_a_part(tree, id)
            {
                continue;
            }
            let Some(text) = tree.short_text(id, LINE_BYTES_MAX).filter(|text| !text.is_empty()) else {
                continue;
            };
            if self.cleaner.is_of_something_else(&text) {
                continue;
            }
            let mut names = Vec::new();
            if own.any(Roles::BYLINE) {
                names = self.names_of(id, &text);
                let all = self.names_of_cards(id, &found);
                if all.len() > names.len() {
                    names = all;
                }
            } else {
                self.add_contact(id, &text, &mut names);
            }
            if !names.is_empty() {
                return Authors { names, source: Some(Source::Element(id)) };
            }
        }
        Authors::default()
    }

    /// Names in an element called a byline, which holds this text.
    fn names_of(&self, id: NodeId, text: &str) -> Vec<String> {
        let tree = self.place.tree;
        let mut names = Vec::new();
        if self.add_named(id, &mut names) {
            return names;
        }
        // Links first, because they hold the name and nothing else.
        for inner in tree.descendants(id) {
            if tree.tag(inner) == Tag::A
                && !self.is_navigation_in(inner, id)
                && !tree.raw_attribute(inner, Name::Href).is_some_and(leads_to_topic)
                && let Some(name) = tree.short_text(inner, LINE_BYTES_MAX)
                // Longer links hold what is said about the author as well.
                && name.split_whitespace().count() <= 12
            {
                // A link in a byline that leads to an author, or follows "by", holds a name, be it a nickname.
                let labelled = || {
                    let before = text.find(&name).map_or("", |at| &text[..at]);
                    self.cleaner.labelled(before) == Some("")
                };
                if !names.is_empty() && self.is_behind_editing(inner) || self.is_of_pictures(inner) {
                    continue;
                }
                let author = name.split_whitespace().count() <= 4
                    && (tree.raw_attribute(inner, Name::Href).is_some_and(leads_to_author) || labelled());
                self.cleaner.add(&name, if author { Trust::Field } else { Trust::Line }, &mut names);
            }
        }
        // Not all of them need be links: "By Zoe Lam and Bo Ek".
        let behind = |name: &String| text.split_once(name.as_str()).map_or("", |(_, behind)| behind);
        if text.split_whitespace().count() <= BYLINE_WORDS
            // "Translated by:" is a label of somebody else.
            && names.first().is_some_and(|first| !behind(first).contains(':'))
        {
            let mut all = Vec::new();
            self.add_lines(id, &mut all);
            all.retain(|name| !self.is_linked_for_pictures(id, name));
            if all.len() > names.len() && names.iter().all(|name| all.contains(name)) {
                names = all;
            }
        }
        if names.is_empty() && !self.place.blocks.own_roles[id as usize].any(Roles::BIOGRAPHY) {
            // An inline element of this name holds a name alone, be it a nickname.
            if tree.tag(id).is_inline() && text.split_whitespace().count() <= 3 {
                self.cleaner.add(text, Trust::Field, &mut names);
            } else {
                self.add_lines(id, &mut names);
            }
        }
        names
    }

    /// Names in the cards of several authors, one each: elements alike beside this one, or beside each other in it. `called` are
    /// the elements called bylines.
    fn names_of_cards(&self, id: NodeId, called: &[NodeId]) -> Vec<String> {
        let tree = self.place.tree;
        let class = |id| tree.raw_attribute(id, Name::Class);
        let cards = |first: NodeId| -> Vec<NodeId> {
            let is_alike = |other: &NodeId| {
                tree.parent(*other) == tree.parent(first)
                    && tree.tag(*other) == tree.tag(first)
                    && class(*other) == class(first)
            };
            let mut end = tree.node(first).end;
            // Further down stand the authors of other articles.
            let is_beside = |other: &NodeId| {
                let is_near = *other <= end + CARD_GAP;
                end = end.max(tree.node(*other).end);
                is_near
            };
            let alike = called.iter().copied().filter(|other| *other >= first && is_alike(other));
            alike.take_while(is_beside).take(CARDS_MAX + 1).collect()
        };
        let inside = called.iter().copied().find(|other| *other != id && tree.contains(id, *other));
        let found = inside.map(cards).filter(|cards| cards.len() > 1).unwrap_or_else(|| cards(id));
        let mut names: Vec<String> = Vec::new();
        if !(2..=CARDS_MAX).contains(&found.len()) {
            return names;
        }
        for card in found {
            let text = tree.short_text(card, LINE_BYTES_MAX).unwrap_or_default();
            // "Translated by: Bo Ek".
            let lexicon = self.cleaner.lexicon;
            let label = text.split_once(':').map(|(label, _)| label);
            let is_of_author = |label: &str| {
                matches!(lexicon.label_of(label), Some((Label::Byline, _)))
                    && !lexicon.has(WordSet::Editing, &fold(label))
            };
            if label.is_some_and(|label| !is_of_author(label)) {
                continue;
            }
            match self.names_of(card, &text).as_slice() {
                [name] if !names.contains(name) => names.push(name.clone()),
                [_] => {}
                // Of somebody else, or of something else.
                _ => return Vec::new(),
            }
        }
        names
    }

    /// Adds what the elements below one give as names: those of class "fn" in a vCard, of property "name" in microdata.
    pub(super) fn add_named(&self, id: NodeId, names: &mut Vec<String>) -> bool {
        let tree = self.place.tree;
        let before = names.len();
        for inner in tree.descendants(id) {
            // The steps of breadcrumbs have names too.
            let is_name = tree.tag(inner) != Tag::Text
                && !self.is_navigation_in(inner, id)
                && (tree
                    .raw_attribute(inner, Name::Class)
                    .is_some_and(|class| class.split_ascii_whitespace().any(|word| word == "fn"))
                    || tree.raw_attribute(inner, Name::Itemprop) == Some("name"));
            if is_name && let Some(text) = tree.short_text(inner, LINE_BYTES_MAX) {
                self.cleaner.add(&text, Trust::Field, names);
            }
        }
        names.len() > before
    }

    /// Whether a node stands in navigation that stands in another node.
    pub(super) fn is_navigation_in(&self, inner: NodeId, outer: NodeId) -> bool {
        let navigation = |id: NodeId| self.place.blocks.roles[id as usize].any(Roles::NAVIGATION);
        navigation(inner) && !navigation(outer)
    }

    /// Adds the people named by the lines of a byline, up to the first line after them that names nobody.
    fn add_lines(&self, id: NodeId, names: &mut Vec<String>) {
        for line in lines_in(self.place.tree, id, |inner| self.is_navigation_in(inner, id)) {
            let before = names.len();
            if self.add_head_lines(&line, "", names) {
                return;
            }
            if line.split_whitespace().count() <= 12 {
                self.cleaner.add_line(&line, names);
            } else if names.is_empty() {
                self.add_several(&line, names);
            }
            if names.len() == before && before > 0 {
                break;
            }
        }
    }

    /// Adds the people of a longer line that begins with one, and names several: most longer lines are about the author.
    fn add_several(&self, line: &str, names: &mut Vec<String>) {
        let mut people = byline::people(line, self.cleaner.lexicon);
        people.retain(|name| self.cleaner.is_person(name));
        let begins = people.first().is_some_and(|first| line.starts_with(first.as_str()));
        if begins && people.len() > 1 {
            names.extend(people);
        }
    }

    /// Adds the person that the first words of an address name: a known given name or a role in it tell one from a firm.
    fn add_contact(&self, id: NodeId, text: &str, names: &mut Vec<String>) {
        let tree = self.place.tree;
        let first = tree.descendants(id).find(|inner| !tree.raw_text(*inner).trim().is_empty());
        let Some(name) = first.map(|inner| tree.text(inner)) else { return };
        // "Anna Lam, Oslo".
        let name = name.split([',', '|', '·', '(']).next().unwrap_or_default();
        // Where a house has a number, a firm is at home.
        let is_short = name.split_whitespace().count() <= 3 && !text.contains(|c: char| c.is_ascii_digit());
        if is_short && (self.cleaner.is_person(name.trim()) || self.cleaner.names_role(text)) {
            self.cleaner.add(name, Trust::Line, names);
        }
    }
}

/// The lines of what stands in an element: each runs to where an element begins or ends a line by its kind, or by its
/// style, as a small letter and a capital that touch show. Nodes to `skip` add nothing.
fn lines_in(tree: &Tree<'_>, id: NodeId, skip: impl Fn(NodeId) -> bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut before = id;
    for inner in tree.descendants(id) {
        let tag = tree.tag(inner);
        let Some(line) = lines.last_mut() else { break };
        if tag == Tag::Text {
            if skip(inner) {
                continue;
            }
            let words = tree.text(inner);
            if line.ends_with(char::is_lowercase) && words.starts_with(char::is_uppercase) {
                lines.push(String::new());
            } else if line.ends_with(char::is_lowercase)
                && words.starts_with(char::is_lowercase)
                && before != tree.parent(inner)
            {
                // "Zoe Lam" and "and Bo Ek" in two elements that touch.
                line.push(' ');
            }
            before = tree.parent(inner);
            if let Some(line) = lines.last_mut()
                && !matches!(tree.tag(tree.parent(inner)), Tag::Script | Tag::Style | Tag::Noscript)
            {
                push_folded(line, &words);
            }
        } else if (!tag.is_inline() || tag == Tag::Br) && !line.is_empty() {
            lines.push(String::new());
        }
    }
    lines.retain_mut(|line| {
        line.truncate(line.trim_end().len());
        !line.is_empty()
    });
    lines
}
