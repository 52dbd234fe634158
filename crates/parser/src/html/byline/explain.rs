//! The places of authors that were passed over, for people who want to know why.

use super::people::{Cleaner, Trust};
use super::shown::LINE_BYTES_MAX;
use super::{AUTHORS, Authors, Bylines, LABELLED};
use crate::html::source::{PassedOver, Source};
use crate::html::tree::NodeId;
use crate::lexicon::{WordSet, fold};

/// Places that are told of, the fields among them.
const PLACES_MAX: usize = 30;

impl Bylines<'_, '_> {
    /// What might have named the authors besides what did, and why it did not.
    pub(in crate::html) fn passed_over(&self, found: &Authors) -> Vec<PassedOver> {
        let metadata = self.metadata;
        let mut passed_over = Vec::new();
        let mut field = |source: Source, value: &str, trust: Trust| {
            let names = self.named(value, trust);
            if found.source != Some(source) || names.is_empty() {
                passed_over.push(PassedOver::new(source, value, self.why_not(value, &names, found)));
            }
        };
        for author in &metadata.jsonld.authors {
            let trust = if author.organization { Trust::Line } else { Trust::Field };
            field(Source::LinkedData, &author.name, trust);
        }
        for (key, _) in AUTHORS {
            metadata.metas_named(key).for_each(|value| field(Source::Meta(key), value, Trust::Field));
        }
        for (label, value) in LABELLED {
            if let (Some(label), Some(text)) = (metadata.meta(&[label]), metadata.meta(&[value]))
                && self.cleaner.labelled(label).is_some()
            {
                field(Source::Meta(value), text, Trust::Field);
            }
        }
        let (tree, page) = (self.place.tree, self.page());
        let mut end = 0;
        for id in 1..tree.len() {
            if id < end || passed_over.len() >= PLACES_MAX || !page.is_called_byline(id) {
                continue;
            }
            let Some(value) = tree.short_text(id, LINE_BYTES_MAX).filter(|text| !text.is_empty()) else {
                continue;
            };
            end = tree.node(id).end;
            let names_them = |source: NodeId| tree.contains(id, source) || tree.contains(source, id);
            if matches!(found.source, Some(Source::Element(source)) if names_them(source)) {
                continue;
            }
            let why = match page.why_away(id) {
                Some(why) => why.to_owned(),
                None => self.why_not(&value, &self.named(&value, Trust::Field), found),
            };
            passed_over.push(PassedOver::new(Source::Element(id), value, why));
        }
        passed_over
    }

    fn named(&self, value: &str, trust: Trust) -> Vec<String> {
        let mut names = Vec::new();
        self.cleaner.add(value, trust, &mut names);
        names
    }

    /// Why a value that names these people did not name the authors.
    fn why_not(&self, value: &str, names: &[String], found: &Authors) -> String {
        match found.source {
            _ if names.is_empty() => self.cleaner.why_nobody(value),
            Some(_) if names == found.names => "says the same".to_owned(),
            Some(source) => format!("{} comes before it", source.told(self.place.tree)),
            None => "not at the headline".to_owned(),
        }
    }
}

impl Cleaner<'_> {
    /// Why a value that names no person does not.
    fn why_nobody(&self, value: &str) -> String {
        let words: Vec<&str> = value.split_whitespace().collect();
        let is_agency = |word: &&&str| self.lexicon.has(WordSet::Agencies, &fold(word));
        if self.is_site(value) {
            "a name that the site goes by".to_owned()
        } else if self.is_advertising(value) {
            "a phrase of advertising".to_owned()
        } else if self.lexicon.is_body(&words) {
            "begins as public bodies do".to_owned()
        } else if let Some(word) = words.iter().find(|word| self.is_no_name(word)) {
            format!("\"{word}\" is in no person's name")
        } else if let Some(word) = words.iter().find(is_agency) {
            format!("\"{word}\" is an agency")
        } else {
            "does not look like a person's name".to_owned()
        }
    }
}
