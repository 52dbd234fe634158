//! The places of a headline that were passed over, for people who want to know why.

use super::{Headline, Titles, folded, stated, without_site};
use crate::html::blocks::Blocks;
use crate::html::metadata::Metadata;
use crate::html::source::{PassedOver, Source};
use crate::html::tree::Tree;
use crate::lexicon::Lexicon;

/// What might have been the headline besides the one that was found, and why it is not.
pub(in crate::html) fn passed_over(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    found: Option<&Headline>,
    lexicon: &Lexicon,
) -> Vec<PassedOver> {
    let titles = Titles::of(tree, blocks, metadata, lexicon);
    let source = found.map(|found| found.source);
    let title = found.map(|found| folded(&found.text)).unwrap_or_default();
    let mut passed_over = Vec::new();
    for (other, text) in stated(metadata).filter(|(other, _)| Some(*other) != source) {
        let bare = without_site(text, &titles.site);
        let why = if bare.is_empty() || titles.site.is(&bare) {
            "a name that the site goes by".to_owned()
        } else if folded(&bare) == title {
            "says the same".to_owned()
        } else if !title.is_empty() && folded(&bare).starts_with(&title) {
            "says the same, and more".to_owned()
        } else {
            let before = source.map(|source| source.told(tree)).unwrap_or_default();
            format!("{before} comes before it")
        };
        passed_over.push(PassedOver::new(other, text, why));
    }
    let headings: Vec<_> = titles.headings(tree, blocks, metadata).collect();
    let of_found = headings.iter().find(|(_, id, _)| source == Some(Source::Element(*id)));
    for (score, id, heading) in &headings {
        let why = match of_found {
            Some((_, found, _)) if found == id => continue,
            Some((best, ..)) => format!("less likely a headline ({score:.1}) than the one found ({best:.1})"),
            None => format!("hardly a headline ({score:.1})"),
        };
        passed_over.push(PassedOver::new(Source::Element(*id), heading.text.as_str(), why));
    }
    passed_over
}
