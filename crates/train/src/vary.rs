//! The same texts with other names in them: what stands around a name teaches more than the name itself.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use document::EntityKind;

use crate::corpus::{Document, Mention};
use crate::crf::Random;
use crate::sentences::Names;

/// Names of one word of the annotated texts, by kind and by the word before them, which says what article they ask
/// for.
struct Seen {
    after: HashMap<(EntityKind, String), Vec<String>>,
    before: HashSet<(EntityKind, String, String)>,
}

impl Seen {
    fn new(documents: &[Document]) -> Self {
        let mut seen = Self { after: HashMap::new(), before: HashSet::new() };
        for document in documents {
            for (kind, name, before) in single(document) {
                if seen.before.insert((kind, name.to_owned(), before.clone())) {
                    seen.after.entry((kind, before)).or_default().push(name.to_owned());
                }
            }
        }
        seen
    }

    /// Another name that may stand behind all of these words.
    fn other(&self, kind: EntityKind, before: &[String], random: &mut Random) -> Option<String> {
        let names = self.after.get(&(kind, before.first()?.clone()))?;
        (0..TRIES).map(|_| &names[random.below(names.len())]).find_map(|name| {
            let fits = |before: &String| self.before.contains(&(kind, name.clone(), before.clone()));
            before.iter().all(fits).then(|| name.clone())
        })
    }
}

const TRIES: usize = 12;

/// The organizations and places of one word in a text, with the word before each.
fn single(document: &Document) -> impl Iterator<Item = (EntityKind, &str, String)> {
    document.mentions.iter().filter_map(|Mention { span, kind }| {
        let name = &document.text[span.clone()];
        let kind = kind.filter(|kind| matches!(kind, EntityKind::Organization | EntityKind::Place))?;
        let before = document.text[..span.start].rsplit([' ', '\n', '\u{a0}']).find(|word| !word.is_empty());
        (!name.contains(' ')).then(|| (kind, name, before.unwrap_or_default().to_lowercase()))
    })
}

/// Each text once more, its people, and its organizations and places of one word, under other names.
pub(crate) fn vary(documents: &[Document], names: &Names) -> Result<Vec<Document>> {
    let seen = Seen::new(documents);
    let mut random = Random(0x0a4e_2026);
    documents.iter().map(|document| varied(document, &seen, names, &mut random)).collect()
}

fn varied(document: &Document, seen: &Seen, names: &Names, random: &mut Random) -> Result<Document> {
    let mut before: HashMap<(EntityKind, &str), Vec<String>> = HashMap::new();
    for (kind, name, word) in single(document) {
        before.entry((kind, name)).or_default().push(word);
    }
    let mut chosen: HashMap<(EntityKind, String), String> = HashMap::new();
    let mut varied = Document::default();
    let mut from = 0;
    for Mention { span, kind } in &document.mentions {
        if span.start < from {
            continue;
        }
        let name = &document.text[span.clone()];
        let other = match kind {
            Some(EntityKind::Person) => {
                let words: Vec<&str> = name.split(' ').collect();
                let mut other = Vec::new();
                for (place, word) in words.iter().enumerate() {
                    let known = chosen.get(&(EntityKind::Person, (*word).to_owned())).cloned();
                    let new = match known {
                        Some(known) => known,
                        None if !is_plain(word) => (*word).to_owned(),
                        None if place == 0 && words.len() > 1 => {
                            let list = if random.below(2) == 0 { "first" } else { "given-names" };
                            names.pick(list, random)?.to_owned()
                        }
                        None => names.pick("last", random)?.to_owned(),
                    };
                    chosen.insert((EntityKind::Person, (*word).to_owned()), new.clone());
                    other.push(if is_capitals(word) { new.to_uppercase() } else { new });
                }
                other.join(" ")
            }
            Some(kind @ (EntityKind::Organization | EntityKind::Place)) if !name.contains(' ') => {
                let words = before.get(&(*kind, name)).map_or(&[][..], Vec::as_slice);
                chosen
                    .entry((*kind, name.to_owned()))
                    .or_insert_with(|| seen.other(*kind, words, random).unwrap_or_else(|| name.to_owned()))
                    .clone()
            }
            _ => name.to_owned(),
        };
        varied.text.push_str(&document.text[from..span.start]);
        let start = varied.text.len();
        varied.text.push_str(&other);
        varied.mentions.push(Mention { span: start..varied.text.len(), kind: *kind });
        from = span.end;
    }
    varied.text.push_str(&document.text[from..]);
    Ok(varied)
}

/// Whether a word is a name by itself: capitalised, and no initial.
fn is_plain(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().count() > 2
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
}

fn is_capitals(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(|c| !c.is_lowercase())
}
