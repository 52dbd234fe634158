//! Each field of a page with where it was found, and each block with what became of it, for people who want to know why.

mod fields;
mod parts;

use super::blocks::{Blocks, Kind};
use super::body::{self, HEAD_LINE, HEADLINE, Judged, PHRASE, TOPICS, Verdict};
use super::byline::Bylines;
use super::features::Row;
use super::headline::Headline;
use super::metadata::Metadata;
use super::tree::Tree;
use super::{features, headline, model, stated, text_of};
use crate::ExplainedBlock;
use crate::date::Date;
use crate::lexicon::{Folded, Lexicon};

/// Gives the log-odds that a block with these features is the article's.
pub type Weigh<'a> = dyn Fn(&[f32]) -> f32 + 'a;

/// What takes the place of the models that ship, for fitting others and for measuring them.
pub struct Weighing<'a> {
    /// Of the first.
    pub first: &'a Weigh<'a>,
    /// Of the second, unless that one is wanted.
    pub second: Option<&'a Weigh<'a>>,
}

/// Names of the features of a block; those from `first` on are known after the first weighing only.
pub fn feature_names() -> &'static [&'static str] {
    features::NAMES
}

/// A page with its headline.
struct Page<'p, 'a> {
    tree: &'p Tree<'a>,
    blocks: Blocks,
    metadata: &'p Metadata<'a>,
    title: Option<Headline>,
}

/// Explains a page: where each field was found, then what became of each block. `url` is where it came from, `latest` the
/// latest day that a date of it can be.
pub(crate) fn explain(
    page: &str,
    url: Option<&str>,
    latest: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<ExplainedBlock> {
    let tree = Tree::parse(page);
    let metadata = Metadata::at(&tree, url);
    let mut page = Page::new(&tree, &metadata, lexicon);
    let mut judged = page.judged(lexicon, None);
    judged.mark(&tree, &mut page.blocks);
    let bylines = Bylines::new(&tree, &page.blocks, &metadata, judged.headline, lexicon);
    let authors = bylines.of_judged(&judged).authors();
    judged.leave_out_byline(&tree, &page.blocks, &authors, lexicon);
    let mut told = fields::fields(&page, &judged, url, latest, lexicon);
    let mut shown = page.explain(&judged, lexicon, false);
    let (text, _) = text_of(&tree, &page.blocks, &judged.verdicts, &judged.tables);
    if let Some((place, markup)) = stated::anywhere(&tree, &metadata, page.title(), &text) {
        let reason = "read: the page shows little of the text that it states";
        told.push(ExplainedBlock::of_rules(place, "part", reason));
        told.extend(explain_inside(&markup, lexicon));
        told.push(ExplainedBlock::of_rules("the page", "part", format!("not read: its text is in {place}")));
        for block in shown.iter_mut().filter(|block| block.is_kept()) {
            block.verdict = "out";
        }
    }
    told.extend(shown);
    told
}

/// Explains the blocks of a page.
pub(crate) fn explain_blocks(
    page: &str,
    lexicon: &Lexicon,
    weighing: Option<&Weighing<'_>>,
) -> Vec<ExplainedBlock> {
    let tree = Tree::parse(page);
    explain_tree(&tree, &Metadata::of(&tree), lexicon, weighing)
}

/// Explains HTML that stands in an article of another format.
pub(crate) fn explain_inside(markup: &str, lexicon: &Lexicon) -> Vec<ExplainedBlock> {
    let tree = Tree::parse(markup);
    let mut metadata = Metadata::of(&tree);
    metadata.is_fragment = true;
    explain_tree(&tree, &metadata, lexicon, None)
}

fn explain_tree(
    tree: &Tree<'_>,
    metadata: &Metadata<'_>,
    lexicon: &Lexicon,
    weighing: Option<&Weighing<'_>>,
) -> Vec<ExplainedBlock> {
    let page = Page::new(tree, metadata, lexicon);
    let judged = page.judged(lexicon, weighing);
    page.explain(&judged, lexicon, weighing.is_some())
}

impl<'p, 'a> Page<'p, 'a> {
    fn new(tree: &'p Tree<'a>, metadata: &'p Metadata<'a>, lexicon: &Lexicon) -> Self {
        let blocks = Blocks::of(tree);
        let title = headline::headline(tree, &blocks, metadata, lexicon);
        Self { tree, blocks, metadata, title }
    }

    fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|title| title.text.as_str())
    }

    fn judged(&self, lexicon: &Lexicon, weighing: Option<&Weighing<'_>>) -> Judged {
        let first = |rows: &[Row], weighed: &[usize]| match weighing {
            None => model::FIRST.log_odds(rows, weighed),
            Some(weighing) => each(rows, weighed, weighing.first),
        };
        let second = |rows: &[Row], weighed: &[usize]| match weighing.and_then(|weighing| weighing.second) {
            None => model::SECOND.log_odds(rows, weighed),
            Some(second) => each(rows, weighed, second),
        };
        body::judge(self.tree, &self.blocks, self.metadata, self.title(), lexicon, first, second)
    }

    fn explain(&self, judged: &Judged, lexicon: &Lexicon, other_models: bool) -> Vec<ExplainedBlock> {
        let Self { blocks, metadata, .. } = self;
        let folded_title = self.title().map(headline::folded);
        let explained = blocks.list.iter().enumerate().map(|(index, block)| {
            let plain = features::is_plain_chrome(block);
            let is_title = || {
                matches!(block.kind, Kind::Heading(_))
                    && folded_title
                        .as_ref()
                        .is_some_and(|title| *title == headline::folded(blocks.text_of(block)))
            };
            let (verdict, why) = match judged.verdicts[index] {
                Verdict::Text => ("text", ""),
                Verdict::Standfirst => ("standfirst", ""),
                Verdict::Caption => ("caption", ""),
                Verdict::Comment => ("comment", ""),
                Verdict::Out(why) if why == HEAD_LINE => ("metadata", why),
                Verdict::Out(why) if why == HEADLINE => ("repeat", why),
                Verdict::Out(why) if why == TOPICS => ("tags", why),
                Verdict::Out("") if is_title() => ("headline", "the headline"),
                Verdict::Out(_) if plain => ("out", "links of a menu, foot or bar"),
                Verdict::Out(why) => ("out", why),
            };
            let weighed = !plain && !metadata.is_fragment;
            let reason = if why == PHRASE {
                let mut folded = Folded::default();
                folded.fold(blocks.text_of(block));
                let chrome = lexicon.chrome(&folded);
                chrome.map_or_else(
                    || why.to_owned(),
                    |(chrome, _)| chrome.told_of(blocks.text_of(block), lexicon),
                )
            } else if !why.is_empty() {
                why.to_owned()
            } else if metadata.is_fragment {
                "the inside of an article, without a page around it".to_owned()
            } else if other_models {
                // The reasons would be those of the models that ship.
                String::new()
            } else {
                told(&judged.rows[index])
            };
            ExplainedBlock {
                text: blocks.text_of(block).to_owned(),
                verdict,
                reason,
                log_odds: weighed.then(|| judged.odds[index]),
                features: if weighed { judged.rows[index].to_vec() } else { Vec::new() },
                field: None,
            }
        });
        explained.collect()
    }
}

/// What moved the weighing of a block most: of the block itself, and of what stands around it.
fn told(row: &Row) -> String {
    let mut reasons: Vec<_> = model::FIRST.reasons(row).into_iter().take(3).collect();
    for (feature, share) in model::SECOND.reasons(row).into_iter().take(4) {
        let is_new = feature != features::FIRST && reasons.iter().all(|(known, _)| *known != feature);
        if is_new && reasons.len() < 5 {
            reasons.push((feature, share));
        }
    }
    let told =
        reasons.iter().map(|(feature, share)| format!("{} ({share:+.1})", features::told(*feature, row)));
    told.collect::<Vec<_>>().join(", ")
}

fn each(rows: &[Row], weighed: &[usize], weigh: &Weigh<'_>) -> Vec<f32> {
    let mut odds = vec![model::NEVER; rows.len()];
    for index in weighed {
        odds[*index] = weigh(&rows[*index]);
    }
    odds
}
