//! A page to an article.
//!
//! A page becomes a flat tree ([`tree`]), the tree a sequence of blocks ([`blocks`]), and all blocks are weighed
//! together with what the page's metadata says ([`body`]).

mod blocks;
mod body;
mod byline;
mod comments;
mod explain;
mod features;
mod headline;
mod images;
mod jsonld;
mod links;
mod metadata;
mod model;
mod published;
mod role;
mod tag;
mod topics;
mod tree;

use document::{Article, Block, BlockKind, Span, Text, Warning};

use self::blocks::{Blocks, Kind};
use self::body::Verdict;
pub(crate) use self::explain::explain;
pub use self::explain::{ExplainedBlock, feature_names};
use self::links::Base;
use self::metadata::Metadata;
use self::tree::Tree;
use crate::ParseError;
use crate::lexicon::Lexicon;

/// Reads a page. `url` is where it came from, if that is on the web; it resolves relative links.
pub(crate) fn read(page: &str, url: Option<&str>, lexicon: &Lexicon) -> Result<Article, ParseError> {
    let tree = Tree::parse(page);
    let metadata = Metadata::of(&tree);
    let blocks = Blocks::of(&tree);
    let title = headline::headline(&tree, &blocks, &metadata);
    let body::Judged { verdicts, .. } =
        body::judge(&tree, &blocks, &metadata, title.as_deref(), lexicon, |rows, weighed| {
            model::FIRST.log_odds(rows, weighed)
        });
    let mut text = String::new();
    let mut spans = Vec::new();
    for (block, verdict) in blocks.list.iter().zip(&verdicts) {
        let kind = match (verdict, block.kind) {
            (Verdict::Standfirst, _) => BlockKind::Standfirst,
            (Verdict::Text, Kind::Paragraph) => BlockKind::Paragraph,
            (Verdict::Text, Kind::Heading(_)) => BlockKind::Heading,
            (Verdict::Text, Kind::Item) => BlockKind::ListItem,
            (Verdict::Text, Kind::Quote) => BlockKind::Quote,
            (Verdict::Text, Kind::Cell) => BlockKind::Table,
            (Verdict::Text, Kind::Preformatted) => BlockKind::Preformatted,
            _ => continue,
        };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(blocks.text_of(block));
        spans.push(Block { kind, span: Span::new(start, text.len()) });
    }
    let mut article = Article::bare("text/html", Text::new(text).ok_or(ParseError::NoText)?);
    article.blocks = spans;
    article.title = title.and_then(Text::new);
    article.authors = byline::authors(&tree, &blocks, &metadata, lexicon);
    article.published = published::published(&tree, &blocks, &metadata, url, lexicon);
    article.modified = published::modified(&tree, &metadata);
    article.publisher = metadata.publisher().and_then(Text::new);
    let base = Base::of(&metadata, url);
    article.url = metadata
        .canonical
        .as_deref()
        .and_then(|href| base.resolve(href))
        .or_else(|| metadata.url().map(ToOwned::to_owned))
        .or_else(|| url.map(ToOwned::to_owned));
    article.description = metadata.description().and_then(Text::new);
    article.comments = comments::comments(&tree, &blocks, &verdicts, lexicon);
    article.references = links::references(&tree, &blocks, &verdicts, &base);
    article.images = images::images(&tree, &blocks, &verdicts, &metadata, &base);
    article.tags = topics::tags(&tree, &blocks, &metadata);
    if tree.truncated {
        let message = "the page has more elements than are read; the rest of it is left out".to_owned();
        article.warnings.push(Warning { code: "page_truncated", message });
    }
    article.declared_language = metadata.language.as_deref().map(ToOwned::to_owned);
    Ok(article)
}
