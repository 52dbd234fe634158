//! Each block of a page with what became of it, for people who want to know why.

use super::blocks::Blocks;
use super::body::{self, Verdict};
use super::metadata::Metadata;
use super::tree::Tree;
use super::{features, headline, model};
use crate::lexicon::Lexicon;

/// One block of a page, kept or left out.
#[derive(Debug, Clone)]
pub struct ExplainedBlock {
    /// Its words.
    pub text: String,
    /// What became of it: `text`, `standfirst`, `caption`, `comment` or `out`.
    pub verdict: &'static str,
    /// Why, in words.
    pub reason: String,
    /// How likely its words are the article's, as log-odds.
    pub log_odds: f32,
    /// What was known of it, in the order of [`feature_names`].
    pub features: Vec<f32>,
}

/// Names of the features of a block; those from `first` on are known after the first weighing only.
pub fn feature_names() -> &'static [&'static str] {
    features::NAMES
}

/// Explains a page.
pub(crate) fn explain(
    page: &str,
    lexicon: &Lexicon,
    first: Option<&dyn Fn(&[f32]) -> f32>,
) -> Vec<ExplainedBlock> {
    let tree = Tree::parse(page);
    let metadata = Metadata::of(&tree);
    let blocks = Blocks::of(&tree);
    let title = headline::headline(&tree, &blocks, &metadata);
    let judged = body::judge(&tree, &blocks, &metadata, title.as_deref(), lexicon, |row| {
        first.map_or_else(|| model::FIRST.log_odds(row), |first| first(row))
    });
    let explained =
        blocks.list.iter().zip(judged.rows.iter().zip(&judged.verdicts)).map(|(block, (row, verdict))| {
            let (verdict, why) = match verdict {
                Verdict::Text => ("text", None),
                Verdict::Standfirst => ("standfirst", None),
                Verdict::Caption => ("caption", None),
                Verdict::Comment => ("comment", None),
                Verdict::Out(why) => ("out", Some(*why)),
            };
            let reason = why.map_or_else(
                || {
                    let reasons = model::SECOND.reasons(row);
                    let told: Vec<String> =
                        reasons.iter().take(4).map(|(name, share)| format!("{name} {share:+.1}")).collect();
                    told.join(", ")
                },
                ToOwned::to_owned,
            );
            ExplainedBlock {
                text: blocks.text_of(block).to_owned(),
                verdict,
                reason,
                log_odds: model::SECOND.log_odds(row),
                features: row.to_vec(),
            }
        });
    explained.collect()
}
