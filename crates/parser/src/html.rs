//! A page to an article.
//!
//! A page becomes a flat tree ([`tree`]), the tree a sequence of blocks ([`blocks`]), and all blocks are weighed
//! together with what the page's metadata says ([`body`]).

mod address;
mod blocks;
mod body;
mod byline;
mod comments;
mod explain;
mod features;
mod headline;
mod images;
mod joints;
mod jsonld;
mod links;
mod metadata;
mod model;
mod no_article;
mod notes;
mod place;
mod published;
mod publisher;
mod role;
mod source;
mod state;
mod stated;
mod tables;
mod tag;
mod topics;
mod tree;
mod word_list;

use std::borrow::Cow;

use document::{Article, Basis, Block, BlockKind, Image, Reference, Span, Text, Warning};

use self::blocks::{Blocks, Kind};
use self::body::Verdict;
pub(crate) use self::body::asks_for_consent;
use self::byline::Bylines;
pub use self::explain::{Weigh, Weighing, feature_names};
pub(crate) use self::explain::{explain, explain_blocks, explain_inside};
use self::links::Base;
use self::metadata::Metadata;
pub(crate) use self::published::in_url as date_in_address;
use self::tables::Table;
use self::tree::Tree;
use crate::ParseError;
use crate::body::Body;
use crate::date::Date;
use crate::encoding::without_controls;
use crate::lexicon::Lexicon;

/// Reads a page. `url` is where it came from, if that is on the web; it resolves relative links.
pub(crate) fn read(page: &str, url: Option<&str>, lexicon: &Lexicon) -> Result<Article, ParseError> {
    read_until(page, url, None, lexicon)
}

/// [`read`] with the latest day that a date of the page can be.
pub(crate) fn read_until(
    page: &str,
    url: Option<&str>,
    latest: Option<Date>,
    lexicon: &Lexicon,
) -> Result<Article, ParseError> {
    let tree = Tree::parse(page);
    let metadata = Metadata::at(&tree, url);
    let mut blocks = Blocks::of(&tree);
    let title = headline::headline(&tree, &blocks, &metadata, lexicon).map(|headline| headline.text);
    let mut judged = body::judge(
        &tree,
        &blocks,
        &metadata,
        title.as_deref(),
        lexicon,
        |rows, weighed| model::FIRST.log_odds(rows, weighed),
        |rows, weighed| model::SECOND.log_odds(rows, weighed),
    );
    judged.mark(&tree, &mut blocks);
    let bylines = Bylines::new(&tree, &blocks, &metadata, judged.headline, lexicon);
    let authors = bylines.of_judged(&judged).authors();
    judged.leave_out_byline(&tree, &blocks, &authors, lexicon);
    let body::Judged { verdicts, headline, tables, topics, .. } = judged;
    let (text, spans) = text_of(&tree, &blocks, &verdicts, &tables);
    let base = Base::of(&metadata, url);
    let stated = stated::beyond(&tree, &metadata, title.as_deref(), &text, &base, lexicon);
    let body = match &stated {
        Some(stated) => stated.body().finish(),
        None => Text::new(text).map(|text| (text, spans)),
    };
    let other =
        |text: &str| no_article::instead_of_article(&blocks, &metadata, title.as_deref(), text, lexicon);
    let Some((text, spans)) = body else { return Err(other("").unwrap_or(ParseError::NoText)) };
    let other = if authors.names.is_empty() { other(text.as_str()) } else { None };
    let mut article = Article::of_blocks("text/html", text, spans);
    article.title = title.and_then(Text::new);
    article.authors = authors.names;
    let page = published::Page::new(&tree, &blocks, &verdicts, &metadata, headline, latest, lexicon);
    let (published, modified) = published::dates(&page, url);
    article.published = published.map(|found| found.date);
    article.modified = modified.map(|found| found.date);
    // The address is of what was asked for, whatever came instead.
    let has_date = article.published.as_ref().is_some_and(|date| date.basis != Basis::Url);
    if let Some(other) = other.filter(|_| !has_date) {
        return Err(other);
    }
    article.publisher =
        publisher::publisher(&tree, &blocks, &metadata, lexicon).and_then(|(_, name)| Text::new(name));
    article.url = address::own(&metadata, &base, url);
    article.description = metadata.description().and_then(Text::new);
    article.comments = comments::comments(&tree, &blocks, &verdicts, page.order, lexicon);
    article.references = match stated {
        Some(stated) => stated.references,
        None => links::references(&tree, &blocks, &verdicts, &base, lexicon),
    };
    article.images = images::images(&tree, &blocks, &verdicts, &metadata, headline, &base, lexicon);
    article.tags = topics::tags(&tree, &blocks, &topics, &metadata, headline);
    if tree.truncated || blocks.is_truncated() {
        let message = "the page has more elements than are read; the rest of it is left out".to_owned();
        article.warnings.push(Warning { code: "page_truncated", message });
    }
    article.declared_language = metadata.language.as_deref().map(ToOwned::to_owned);
    Ok(article)
}

/// What a piece of an article holds.
pub(crate) struct Inside {
    /// Its text, block by block.
    pub(crate) blocks: Vec<(BlockKind, String)>,
    pub(crate) references: Vec<Reference>,
    pub(crate) images: Vec<Image>,
}

impl Inside {
    /// Its text, to which more may be added.
    pub(crate) fn body(&self) -> Body {
        let mut body = Body::with_capacity(self.blocks.iter().map(|(_, text)| text.len() + 2).sum());
        for (kind, text) in &self.blocks {
            body.push(*kind, text);
        }
        body
    }
}

/// Reads HTML that stands in an article of another format, whose address is `url`. Nothing in it is a page's.
pub(crate) fn read_inside(markup: &str, url: Option<&str>, lexicon: &Lexicon) -> Inside {
    inside(markup, &Base::at(url), lexicon)
}

fn inside(markup: &str, base: &Base, lexicon: &Lexicon) -> Inside {
    let tree = Tree::parse(markup);
    let mut metadata = Metadata::of(&tree);
    metadata.is_fragment = true;
    let blocks = Blocks::of(&tree);
    let (first, second) = (|_: &[_], _: &[_]| Vec::new(), |_: &[_], _: &[_]| Vec::new());
    let judged = body::judge(&tree, &blocks, &metadata, None, lexicon, first, second);
    let (text, spans) = text_of(&tree, &blocks, &judged.verdicts, &judged.tables);
    Inside {
        blocks: spans
            .iter()
            .map(|block| (block.kind, text[block.span.start..block.span.end].to_owned()))
            .collect(),
        references: links::references(&tree, &blocks, &judged.verdicts, base, lexicon),
        images: images::images(&tree, &blocks, &judged.verdicts, &metadata, None, base, lexicon),
    }
}

/// The words of a field that may be escaped for a page, or carry a little of its markup.
pub(crate) fn words(text: &str) -> Cow<'_, str> {
    without_references(metadata::without_tags(text))
}

/// A text with its character references resolved, where it has any that are written out (`&eacute;`, `&#233;`), and without
/// characters that no text shows.
pub(crate) fn without_references(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_reference = |at: usize| {
        let name =
            bytes[at + 1..].iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
        let end = at + 1 + name.count();
        end > at + 2 && bytes.get(end) == Some(&b';')
    };
    if !memchr::memchr_iter(b'&', bytes).any(is_reference) {
        return without_controls(text);
    }
    Cow::Owned(without_controls(htmlize::unescape(text.as_ref())).into_owned())
}

/// The text that the verdicts leave, with its blocks.
fn text_of(tree: &Tree<'_>, blocks: &Blocks, verdicts: &[Verdict], tables: &[Table]) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut tables = tables.iter().peekable();
    for (index, (block, verdict)) in blocks.list.iter().zip(verdicts).enumerate() {
        let table = tables.peek().filter(|table| table.blocks.contains(&index));
        let kind = match (verdict, block.kind) {
            (Verdict::Standfirst, _) => BlockKind::Standfirst,
            (Verdict::Text, _) if table.is_some() => BlockKind::Table,
            // A cell of a table that only sets the page holds what any paragraph holds.
            (Verdict::Text, Kind::Paragraph | Kind::Cell) => BlockKind::Paragraph,
            (Verdict::Text, Kind::Heading(_)) => BlockKind::Heading,
            (Verdict::Text, Kind::Item) => BlockKind::ListItem,
            (Verdict::Text, Kind::Quote) => BlockKind::Quote,
            (Verdict::Text, Kind::Preformatted) => BlockKind::Preformatted,
            _ => {
                tables.next_if(|table| table.blocks.end == index + 1);
                continue;
            }
        };
        if let Some(table) = table {
            if table.blocks.start == index {
                let start = begin_block(&mut text);
                table.write(tree, blocks, &mut text);
                spans.push(Block { kind, span: Span::new(start, text.len()) });
            }
            tables.next_if(|table| table.blocks.end == index + 1);
            continue;
        }
        let start = begin_block(&mut text);
        text.push_str(blocks.text_of(block));
        spans.push(Block { kind, span: Span::new(start, text.len()) });
    }
    (text, spans)
}

/// Sets a block off from the one before it; gives where it begins.
fn begin_block(text: &mut String) -> usize {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    fn lexicon() -> &'static Lexicon {
        static LEXICON: std::sync::LazyLock<Lexicon> =
            std::sync::LazyLock::new(|| Lexicon::load(None).unwrap());
        &LEXICON
    }

    /// A page of our own, with an article and what stands around one.
    const PAGE: &str = include_str!("../testdata/html/lake.html");

    #[test]
    fn an_article_is_told_from_its_page() {
        let article = read(PAGE, Some("https://journal.example/lac/gel"), lexicon()).unwrap();
        let mut found = String::new();
        let _ = writeln!(found, "title: {}", article.title.as_deref().unwrap_or_default());
        let _ = writeln!(found, "authors: {}", article.authors.join("; "));
        let _ = writeln!(found, "published: {}", article.published.as_ref().map_or("", |date| &date.edtf));
        let _ = writeln!(found, "publisher: {}", article.publisher.as_deref().unwrap_or_default());
        let _ = writeln!(found, "tags: {}", article.tags.join("; "));
        for image in &article.images {
            let _ = writeln!(found, "image: {image:?}");
        }
        for reference in &article.references {
            let _ = writeln!(found, "reference: {reference:?}");
        }
        for comment in &article.comments {
            let _ = writeln!(found, "comment: {:?}: {}", comment.author, comment.text.as_str());
        }
        for block in &article.blocks {
            let _ = writeln!(found, "{:?}: {}", block.kind, block.span.of(&article.text).unwrap());
        }
        assert_eq!(found, include_str!("../testdata/html/lake.txt"));
    }

    /// Reads a hostile page; the bound is far above what it takes, and far below what anything quadratic would.
    fn check(page: &str) {
        let start = Instant::now();
        let _ = read(page, None, lexicon());
        assert!(start.elapsed() < Duration::from_secs(30), "{} bytes took {:?}", page.len(), start.elapsed());
    }

    #[test]
    fn hostile_pages_are_read_in_time() {
        let prose = "Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port. ";
        check(&"<".repeat(5_000_000));
        check(&"<div>".repeat(1_000_000));
        check(&format!("{}{}", "<div class=author>".repeat(100_000), prose.repeat(20)));
        check(&"<b><p>".repeat(300_000));
        check(&"<a>".repeat(1_000_000));
        check(&"</p>".repeat(1_000_000));
        check(&format!("{}{}", "<b>".repeat(500), "</i></u></table>".repeat(100_000)));
        check(&format!("<p {}", "a=b ".repeat(1_000_000)));
        check(&"<p class='a b c d e f'".repeat(200_000));
        check(&"<title>".repeat(500_000));
        check(&"<!--".repeat(1_000_000));
        check(&"<![CDATA[".repeat(500_000));
        check(&"<svg><![CDATA[".repeat(300_000));
        check(&"&".repeat(3_000_000));
        check(&"&#x10ffff;".repeat(300_000));
        check(&format!("<p>{prose}</p>").repeat(20_000));
        check(&format!("<h1>{prose}</h1>").repeat(20_000));
        check(&format!("<div class=comment><li>{prose}").repeat(10_000));
        check(&format!("<figure><img src=a>{prose}").repeat(10_000));
        check(&"<script type='application/ld+json'>{\"@type\":\"Article\"}</script>".repeat(20_000));
        check(&format!("<script type='application/ld+json'>{}</script>", "[".repeat(500_000)));
        check(&format!("<script type='application/ld+json'>{{'a': [{}</script>", "1 ".repeat(2_000_000)));
        check(&format!(
            "<script type='application/ld+json'>{{\"a\": \"{}</script>",
            "\" , ".repeat(1_000_000)
        ));
        check(&format!("<title>{}</title><nav>{}", "x | ".repeat(900), "<a href=/>y</a>".repeat(200_000)));
        check(&"<p>Updated updated updated 1".repeat(50_000));
        check(&"<img src=/a.jpg><p>© AFP</p>".repeat(20_000));
        check(&format!("<meta name=author content='{}'>", "Zoé Lam et ".repeat(50_000)));
        check(&"<time datetime='2026-01-01'>".repeat(100_000));
        let title = "<title>Ice closes the harbour</title><script>";
        check(&format!("{title}x={}", "{\"a\":[".repeat(1_000_000)));
        check(&format!("{title}{}", "f({\"a\":undefined,".repeat(300_000)));
        check(&format!("{title}{}", "x=[\"Ice closes the harbour\",".repeat(200_000)));
        let spans = "{\"a\":\"b c\"},".repeat(50_000);
        check(&format!("{title}x={{\"t\":\"Ice closes the harbour\",\"b\":[{spans}1]}}"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(page in ".{0,400}") {
            let _ = read(&page, None, lexicon());
        }

        #[test]
        fn a_damaged_page_is_read_without_panic(
            cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
            noise in "[<>\"'/=&a-z -]{0,12}",
        ) {
            let mut page = PAGE.to_owned();
            for (from, to) in cuts {
                let (from, to) = (from.index(page.len() + 1), to.index(page.len() + 1));
                let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 200));
                if page.is_char_boundary(from) && page.is_char_boundary(to) {
                    page.replace_range(from..to, &noise);
                }
            }
            if let Ok(article) = read(&page, None, lexicon()) {
                // Blocks cover the text but for the joints, in order.
                let joined: Vec<&str> = article.blocks.iter().filter_map(|block| block.span.of(&article.text)).collect();
                prop_assert_eq!(joined.join("\n\n"), article.text.as_str());
            }
        }
    }
}
