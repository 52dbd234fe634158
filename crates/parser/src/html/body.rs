//! Which blocks of a page are the article: all of them are weighed together.

mod appended;
mod biography;
mod boxes;
mod briefs;
mod captions;
mod cards;
mod consent;
mod contents;
mod endnotes;
mod foot;
mod head;
mod headings;
mod lists;
mod pointers;
mod press;
mod questions;
mod quoted;
mod set_apart;
mod signed;
mod sources;
mod threads;

use std::ops::Range;

pub(crate) use self::consent::asks_for_consent;
pub(super) use self::set_apart::{HEAD_LINE, HEADLINE, TOPICS};
pub(super) use self::sources::SOURCES;
pub(super) use self::threads::is_bare_name;

use super::blocks::{Block, Blocks, Kind};
use super::byline::Authors;
use super::features::{self, Row};
use super::headline;
use super::links;
use super::metadata::Metadata;
use super::role::Roles;
use super::tables::Table;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};
use crate::lexicon::{Folded, Lexicon};

/// What became of a block, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The article's own words.
    Text,
    /// The summary under the headline.
    Standfirst,
    /// A caption or credit of an image.
    Caption,
    /// A reader's comment.
    Comment,
    /// Left out, with the reason in words; empty where the weighing alone decided.
    Out(&'static str),
}

impl Verdict {
    /// Whether the block is in the text.
    pub(super) fn is_kept(self) -> bool {
        matches!(self, Self::Text | Self::Standfirst)
    }
}

/// Why a block with a phrase that sites put into their articles is left out.
pub(super) const PHRASE: &str = "a phrase of sites";

/// What is known of the blocks of a page, and what became of each.
pub(super) struct Judged {
    /// What is known of each.
    pub rows: Vec<Row>,
    /// How likely each is the article's, as log-odds.
    pub odds: Vec<f32>,
    /// What became of each.
    pub verdicts: Vec<Verdict>,
    /// The heading near which readers look for author and date.
    pub headline: Option<NodeId>,
    /// The tables of data, which are kept or left out whole.
    pub tables: Vec<Table>,
    /// Where other articles stand that are appended to the page's own.
    pub appended: Vec<Range<NodeId>>,
    /// The blocks that sign the text at its foot.
    pub signatures: Vec<usize>,
    /// Where readers' comments stand that no name tells.
    pub threads: Vec<Range<NodeId>>,
    /// What the page lists as what its article is about.
    pub topics: Vec<String>,
}

impl Judged {
    /// Takes the lines that name the authors out of the text, and what is said of them below it.
    pub(super) fn leave_out_byline(
        &mut self,
        tree: &Tree<'_>,
        blocks: &Blocks,
        authors: &Authors,
        lexicon: &Lexicon,
    ) {
        let named = (authors.names.as_slice(), authors.source);
        signed::leave_out_byline(tree, blocks, &mut self.verdicts, named, lexicon);
        biography::leave_out(tree, blocks, &mut self.verdicts, &authors.names, lexicon);
        drop_empty_headings(blocks, &mut self.verdicts);
    }

    /// Marks the parts of the page that are of other articles or of readers, for whoever looks for authors and dates.
    pub(super) fn mark(&self, tree: &Tree<'_>, blocks: &mut Blocks) {
        mark(tree, blocks, &self.appended, Roles::RELATED);
        mark(tree, blocks, &self.threads, Roles::COMMENT);
    }
}

/// Characters of the blocks in a range that are in the text.
fn kept_chars(blocks: &Blocks, verdicts: &[Verdict], range: Range<usize>) -> u32 {
    range.filter(|at| verdicts[*at].is_kept()).map(|at| blocks.list[at].chars).sum()
}

/// Takes out of the text what of some blocks is in it.
fn leave_out_kept(verdicts: &mut [Verdict], why: &'static str) {
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_kept()) {
        *verdict = Verdict::Out(why);
    }
}

fn mark(tree: &Tree<'_>, blocks: &mut Blocks, parts: &[Range<NodeId>], role: Roles) {
    for id in parts.iter().cloned().flatten() {
        blocks.roles[id as usize] |= role;
        if tree.tag(id) != Tag::Text {
            blocks.own_roles[id as usize] |= role;
        }
    }
    for block in &mut blocks.list {
        if parts.iter().any(|part| part.contains(&block.first)) {
            block.roles |= role;
        }
    }
}

/// Log-odds of the first weighing below which a block is left out: one in thirty-three would have to be the article's.
const SURELY_OUT: f32 = -3.5;

/// Decides about every block of a page.
pub(super) fn judge(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    title: Option<&str>,
    lexicon: &Lexicon,
    first: impl Fn(&[Row], &[usize]) -> Vec<f32>,
    second: impl Fn(&[Row], &[usize]) -> Vec<f32>,
) -> Judged {
    let headline = title.and_then(|title| head::place_of(tree, blocks, metadata, title));
    let headline = headline.or_else(|| metadata.headline(tree, title));
    if metadata.is_fragment {
        return Judged { headline, ..judge_fragment(tree, blocks, title, lexicon) };
    }
    let container = container(tree, blocks);
    let phrases = features::phrases(blocks, lexicon);
    let (mut rows, class_keys) = features::rows(tree, blocks, metadata, title, container, &phrases);
    let weighed: Vec<usize> =
        (0..blocks.list.len()).filter(|at| !features::is_plain_chrome(&blocks.list[*at])).collect();
    let odds = first(&rows, &weighed);
    features::add_context(tree, blocks, &mut rows, &class_keys, &odds);
    // What the first weighing is sure to leave out needs no second one.
    let open: Vec<usize> = weighed.into_iter().filter(|at| odds[*at] > SURELY_OUT).collect();
    let odds = second(&rows, &open);
    let mut verdicts: Vec<Verdict> =
        blocks.list.iter().zip(&odds).map(|(block, odds)| judge_block(block, *odds)).collect();
    let tables = Table::all_of(tree, blocks);
    for table in &tables {
        table.settle(blocks, &mut verdicts);
    }
    let appended = appended::leave_out(tree, blocks, metadata, headline, title, lexicon, &mut verdicts);
    let threads = threads::set_apart(tree, blocks, headline, &phrases, lexicon, &mut verdicts);
    let topics = set_apart::topics(tree, blocks, &phrases, &mut verdicts, lexicon);
    pointers::leave_out(tree, blocks, &phrases, &mut verdicts, lexicon);
    cards::leave_out(tree, blocks, metadata, headline, &mut verdicts);
    cards::leave_out_cut_off(tree, blocks, headline, &mut verdicts);
    contents::leave_out(tree, blocks, metadata, &mut verdicts);
    sources::leave_out(blocks, &phrases, &mut verdicts);
    consent::leave_out(tree, blocks, headline, lexicon, &mut verdicts);
    boxes::leave_out(tree, blocks, headline, &phrases, lexicon, &mut verdicts);
    endnotes::leave_out(tree, blocks, &mut verdicts);
    press::leave_out(blocks, &phrases, &mut verdicts, lexicon);
    quoted::leave_out(tree, blocks, &tables, &mut verdicts);
    questions::keep(tree, blocks, &odds, &mut verdicts);
    lists::keep_whole(tree, blocks, &odds, &mut verdicts);
    briefs::leave_out(tree, blocks, &mut verdicts, lexicon);
    headings::keep_inner(tree, blocks, headline, &phrases, &mut verdicts, &odds);
    head::phrases(blocks, &phrases, &mut verdicts, &odds, lexicon);
    if let Some((headline, title)) = headline.zip(title) {
        head::heading(tree, blocks, &mut verdicts, headline, title);
        head::standfirst(tree, blocks, metadata, &mut verdicts, headline, lexicon);
    }
    head::no_standfirst_below(blocks, &mut verdicts);
    set_apart::rules(blocks, &mut verdicts);
    set_apart::headlines(blocks, &mut verdicts, title);
    set_apart::head_lines(tree, blocks, &mut verdicts, lexicon);
    let signatures = signed::foot_lines(tree, blocks, &mut verdicts, lexicon);
    set_apart::credits(tree, blocks, &mut verdicts, lexicon);
    captions::below_images(tree, blocks, &tables, &mut verdicts, lexicon);
    foot::below_head(tree, blocks, &phrases, &mut verdicts);
    foot::corrections(tree, blocks, headline, &mut verdicts, lexicon);
    drop_empty_headings(blocks, &mut verdicts);
    Judged { rows, odds, verdicts, headline, tables, appended, signatures, threads, topics }
}

/// Decides about the blocks of what is the inside of an article already: all of them are text but what a site's
/// phrases, or the parts that the markup names, tell from it.
fn judge_fragment(tree: &Tree<'_>, blocks: &Blocks, title: Option<&str>, lexicon: &Lexicon) -> Judged {
    let folded_title = title.map(headline::folded);
    let last = blocks.list.len().saturating_sub(1);
    let mut folded = Folded::default();
    let mut headed = false;
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(blocks.list.len());
    for (index, block) in blocks.list.iter().enumerate() {
        let text = blocks.text_of(block);
        folded.fold(text);
        let is_title = !headed
            && matches!(block.kind, Kind::Heading(_))
            && folded_title.as_deref().is_some_and(|title| title == headline::folded(text));
        headed |= is_title;
        verdicts.push(if block.roles.any(Roles::COMMENT) {
            Verdict::Comment
        } else if block.roles.any(Roles::CAPTION) {
            Verdict::Caption
        } else if is_title {
            Verdict::Out("the headline")
        } else if block.roles.any(Roles::CHROME) {
            Verdict::Out("a part that is no article's by its name")
        } else if lexicon.chrome(&folded).is_some_and(|(_, whole)| whole || block.link_density() > 0.5) {
            Verdict::Out(PHRASE)
        } else if index == last && index > 0 && points_back(tree, block) {
            Verdict::Out("a pointer back to the site")
        } else if block.roles.any(Roles::STANDFIRST) {
            Verdict::Standfirst
        } else {
            Verdict::Text
        });
    }
    let tables = Table::all_of(tree, blocks);
    for table in &tables {
        table.settle(blocks, &mut verdicts);
    }
    set_apart::headlines(blocks, &mut verdicts, title);
    set_apart::credits(tree, blocks, &mut verdicts, lexicon);
    captions::below_images(tree, blocks, &tables, &mut verdicts, lexicon);
    drop_empty_headings(blocks, &mut verdicts);
    let count = blocks.list.len();
    Judged {
        rows: vec![[0.0; features::COUNT]; count],
        odds: vec![0.0; count],
        verdicts,
        headline: None,
        tables,
        appended: Vec::new(),
        signatures: Vec::new(),
        threads: Vec::new(),
        topics: Vec::new(),
    }
}

/// Whether a line leads to an article and to the front page: "The post … appeared first on …", as feeds end in.
fn points_back(tree: &Tree<'_>, block: &Block) -> bool {
    let links = || (block.first..block.last).filter(|id| tree.tag(*id) == Tag::A);
    let href = |id| tree.raw_attribute(id, Name::Href);
    block.words <= 60
        && links().count() == 2
        && links().filter_map(href).filter(|href| links::is_front_page(href)).count() == 1
}

fn judge_block(block: &Block, log_odds: f32) -> Verdict {
    if log_odds > 0.0 {
        // A list of points is told from the line that sums them up.
        let is_one = block.roles.any(Roles::STANDFIRST) && block.kind != Kind::Item;
        if is_one { Verdict::Standfirst } else { Verdict::Text }
    } else if block.roles.any(Roles::COMMENT) {
        Verdict::Comment
    } else if block.roles.any(Roles::CAPTION) {
        Verdict::Caption
    } else {
        Verdict::Out("")
    }
}

/// The element whose blocks, weighed together, are the most article.
fn container(tree: &Tree<'_>, blocks: &Blocks) -> NodeId {
    let mut weights = vec![0.0_f32; tree.len() as usize];
    for block in &blocks.list {
        weights[block.node as usize] += weight(block);
    }
    for id in blocks.holders.iter().rev() {
        weights[tree.parent(*id) as usize] += weights[*id as usize];
    }
    let score = |id: NodeId| {
        let own = blocks.own_roles[id as usize];
        let factor = if own.any(Roles::BODY) {
            1.2
        } else if matches!(tree.tag(id), Tag::Article | Tag::Main) {
            1.08
        } else if own.any(Roles::CONTENT) {
            1.03
        } else {
            1.0
        };
        weights[id as usize] * if weights[id as usize] > 0.0 { factor } else { 1.0 }
    };
    // The innermost of equals.
    let better = |best: (NodeId, f32), id: NodeId| {
        let score = score(id);
        if score >= best.1 { (id, score) } else { best }
    };
    let (best, most) = blocks.holders.iter().copied().fold((0, f32::MIN), better);
    if most > 0.0 {
        return best;
    }
    // Nothing speaks for any; then elements without blocks, which weigh nothing, are no worse.
    (1..tree.len()).filter(|id| tree.tag(*id) != Tag::Text).fold((0, f32::MIN), better).0
}

/// How much a block speaks for what it stands in being the article, in characters.
fn weight(block: &Block) -> f32 {
    let chars = block.chars.min(1500) as f32;
    if block.roles.any(Roles::CHROME) {
        return -0.4 * chars.min(300.0);
    }
    if block.is_prose() {
        return chars * (1.0 - block.link_density());
    }
    match block.kind {
        Kind::Heading(_) => 0.0,
        _ if block.link_density() > 0.5 => -0.6 * chars.min(200.0),
        _ if block.words >= 6 && block.punctuation > 0 => 0.5 * chars,
        _ => -8.0,
    }
}

/// A heading with nothing under it heads nothing.
fn drop_empty_headings(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let mut follows = false;
    for (block, verdict) in blocks.list.iter().zip(verdicts).rev() {
        match (block.kind, *verdict) {
            (Kind::Heading(_), Verdict::Text) if !follows => *verdict = Verdict::Out("heading of nothing"),
            (_, Verdict::Text | Verdict::Standfirst) => follows = true,
            _ => {}
        }
    }
}
