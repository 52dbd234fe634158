//! Markdown files, with the front matter that static site generators put before them.

mod above;
mod directives;
mod export;
mod fate;
mod front_matter;

use std::borrow::Cow;

use document::{Article, Basis, BlockKind, Image, Published, Reference, Text};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::body::Body;
use crate::config::JsonFields;
use crate::date::Order;
use crate::encoding::without_controls;
use crate::fields::Fields;
use crate::lexicon::{Chrome, Folded, Lexicon, fold};
use crate::plain::{self, ends_sentence};
use crate::{ExplainedBlock, ParseError, html};
use above::Above;
use fate::Fate;

/// Reads a Markdown file (`CommonMark` with tables, footnotes and strikethrough) as an article.
///
/// The title is the front matter's, else the first heading of the first level, below a site's lines where there are any. What
/// pages that were turned into Markdown
/// bring along (bylines, share bars, links to other articles) is told from the text by the phrase lists.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Result<Article, ParseError> {
    let (front_matter, markdown) = export::whole(text)?;
    let configured = JsonFields::default();
    let fields = front_matter.as_ref().map(|data| Fields::new(data, &configured));
    let title = fields.as_ref().and_then(Fields::title);
    let own = title.as_deref().and_then(|title| export::without_site(title, &markdown));
    let page = Page::read(
        &markdown,
        own.map(|(title, _)| title.to_owned()).or_else(|| title.clone()),
        lexicon,
        None,
    );
    let mut article = page.into_article()?;
    if let Some(fields) = fields {
        fields.fill(&mut article, lexicon);
    }
    if let Some((title, site)) = own {
        article.title = Text::new(title);
        article.publisher = article.publisher.or_else(|| Text::new(site));
    }
    Ok(article)
}

/// [`read`] for a text whose headline stands elsewhere, as in a JSON document.
pub(crate) fn read_below(
    text: &str,
    title: Option<String>,
    lexicon: &Lexicon,
) -> Result<Article, ParseError> {
    let (_, markdown) = parted(text)?;
    let page = Page::read(markdown, title, lexicon, None);
    page.into_article()
}

/// [`explain()`] for a text whose headline stands elsewhere.
pub(crate) fn explain_below(
    text: &str,
    title: Option<String>,
    lexicon: &Lexicon,
) -> Result<Vec<ExplainedBlock>, ParseError> {
    let (_, markdown) = parted(text)?;
    Ok(Page::read(markdown, title, lexicon, Some(Vec::new())).told.unwrap_or_default())
}

/// Tells of each field of the front matter, and of each block, what it was taken for.
pub(crate) fn explain(text: &str, lexicon: &Lexicon) -> Result<Vec<ExplainedBlock>, ParseError> {
    let (front_matter, markdown) = export::whole(text)?;
    let configured = JsonFields::default();
    let fields = front_matter.as_ref().map(|data| Fields::new(data, &configured));
    let told = fields.as_ref().map(|fields| fields.explain(lexicon)).unwrap_or_default();
    let title = fields.as_ref().and_then(Fields::title);
    let own = title.as_deref().and_then(|title| export::without_site(title, &markdown));
    let page = Page::read(
        &markdown,
        own.map(|(title, _)| title.to_owned()).or_else(|| title.clone()),
        lexicon,
        Some(told),
    );
    Ok(page.told.unwrap_or_default())
}

/// The front matter and the text below it.
fn parted(text: &str) -> Result<(Option<serde_json::Value>, &str), ParseError> {
    if text.len() > BYTES_MAX {
        return Err(ParseError::TooLarge(format!(
            "the markdown is longer than {BYTES_MAX} bytes: cut it into files of one article each"
        )));
    }
    Ok(front_matter::split(text))
}

/// Bytes of a Markdown file: the library keeps a node of many bytes for each sign, and no article is so long.
const BYTES_MAX: usize = 1 << 20;

/// An article as the events of its Markdown build it. Nesting is counted, not followed.
struct Page<'l> {
    lexicon: &'l Lexicon,
    order: Order,
    /// The headline that the front matter gives, folded.
    known_title: Option<String>,
    title: Option<String>,
    body: Body,
    blocks: usize,
    references: Vec<Reference>,
    images: Vec<Image>,
    authors: Vec<String>,
    published: Option<Published>,
    modified: Option<Published>,
    block: Open,
    quotes: usize,
    /// Open lists.
    lists: usize,
    in_title: bool,
    /// What stands above the headline, until that is found.
    above: Above,
    /// Where the text of the open link starts in the block, and where it leads.
    link: Option<(usize, String)>,
    image: Option<(Image, String)>,
    emphasis: usize,
    /// A block of HTML as it stands there.
    html: String,
    /// Whether the block before was nothing but an image.
    after_image: bool,
    /// Whether the lines before head links to other articles.
    among_related: bool,
    /// The head of a list of sources, until it is known that one follows; empty once it does.
    sources: Option<String>,
    folded: Folded,
    /// What became of each block, where somebody wants to know.
    told: Option<Vec<ExplainedBlock>>,
}

/// The block that is being read.
#[derive(Default)]
struct Open {
    text: String,
    kind: Option<BlockKind>,
    /// Bytes of its text in links.
    linked: usize,
    /// Bytes of its text that are emphasised.
    emphasised: usize,
    /// References and images that were known when it began.
    references_before: usize,
    images_before: usize,
}

/// Words of a line that a site puts into its articles.
const LINE_WORDS: usize = 8;

/// Blocks below the headline among which a byline stands.
const HEAD_BLOCKS: usize = 3;

impl<'l> Page<'l> {
    /// The article that was read.
    fn into_article(self) -> Result<Article, ParseError> {
        let (text, blocks) = self.body.finish().ok_or(ParseError::NoText)?;
        let mut article = Article::bare("text/markdown", text);
        article.blocks = blocks;
        article.title = self.title.and_then(Text::new);
        article.references = self.references;
        article.images = self.images;
        (article.authors, article.published, article.modified) =
            (self.authors, self.published, self.modified);
        Ok(article)
    }

    /// Reads all of a text. What is `told` of its front matter goes before what is told of its blocks.
    fn read(
        markdown: &str,
        known_title: Option<String>,
        lexicon: &'l Lexicon,
        told: Option<Vec<ExplainedBlock>>,
    ) -> Self {
        let markdown = &*directives::left_out(markdown);
        let mut page = Self { told, ..Self::new(known_title, markdown, lexicon) };
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(markdown, options) {
            page.take(event);
        }
        page.close_block();
        page.close_sources();
        page
    }

    fn new(known_title: Option<String>, markdown: &str, lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            order: Order::of_languages(&lexicon.languages_like(markdown)),
            known_title: known_title.map(|title| fold(&title)),
            title: None,
            body: Body::default(),
            blocks: 0,
            references: Vec::new(),
            images: Vec::new(),
            authors: Vec::new(),
            published: None,
            modified: None,
            block: Open::default(),
            quotes: 0,
            lists: 0,
            in_title: false,
            above: Above::of(markdown),
            link: None,
            image: None,
            emphasis: 0,
            html: String::new(),
            after_image: false,
            among_related: false,
            sources: None,
            folded: Folded::default(),
            told: None,
        }
    }

    /// Notes what became of a block, where somebody wants to know.
    fn tell(&mut self, text: &str, kind: BlockKind, fate: Fate) {
        if let Some(told) = &mut self.told {
            let phrase = self.lexicon.phrase(&self.folded).map_or("", |(_, phrase, _)| phrase);
            told.push(fate::told(text, kind, fate, phrase));
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            // References may have stood for what no text shows.
            Event::Text(text) | Event::Code(text) => self.text(&without_controls(Cow::Borrowed(&text))),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) if html.starts_with("<br") => self.text("\n"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, caption)) = &mut self.image {
            caption.push_str(text);
            return;
        }
        self.block.text.push_str(text);
        self.block.linked += if self.link.is_some() { text.len() } else { 0 };
        self.block.emphasised += if self.emphasis > 0 || text.trim().is_empty() { text.len() } else { 0 };
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                let kind = if self.quotes > 0 {
                    BlockKind::Quote
                } else if self.lists == 0 {
                    BlockKind::Paragraph
                } else {
                    return; // The item is the block.
                };
                self.start_block(kind);
            }
            Tag::Heading { level, .. } => {
                self.start_block(BlockKind::Heading);
                self.in_title = level == HeadingLevel::H1 && self.above.may_end_in_headline();
            }
            Tag::BlockQuote(_) => {
                self.close_block();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => self.start_block(BlockKind::Preformatted),
            Tag::List(_) => {
                self.close_block();
                self.lists += 1;
            }
            // Its number is no word of the text, as in a page.
            Tag::Item => self.start_block(BlockKind::ListItem),
            Tag::Table(_) => self.start_block(BlockKind::Table),
            Tag::HtmlBlock => {
                self.close_block();
                self.html.clear();
            }
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.link = Some((self.block.text.len(), dest_url.into_string())),
            Tag::Image { dest_url, title, .. } => {
                let caption = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
                let image = Image { url: Some(dest_url.into_string()), caption, credit: None };
                self.image = Some((image, String::new()));
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.lists == 0 => self.close_block(),
            TagEnd::Paragraph => self.block.text.push('\n'),
            TagEnd::Heading(_) if self.in_title => {
                self.in_title = false;
                let above = std::mem::take(&mut self.above);
                // Beside a headline that is known, another one heads the text.
                if self.known_title.as_ref().is_some_and(|title| *title != fold(&self.block.text)) {
                    self.close_block();
                } else {
                    self.leave_out(&above);
                    let title = std::mem::take(&mut self.block).text;
                    self.tell(&title, BlockKind::Heading, Fate::Title);
                    self.title = Some(title);
                }
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item | TagEnd::Table => self.close_block(),
            TagEnd::BlockQuote(_) => {
                self.close_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::HtmlBlock => self.read_html(),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::TableCell => self.block.text.push('\t'),
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = &mut self.block.text;
                row.truncate(row.trim_end_matches('\t').len());
                row.push('\n');
            }
            TagEnd::Link => {
                if let Some((start, url)) = self.link.take() {
                    let title = self.block.text.get(start..).map(|text| text.trim().to_owned());
                    let title = title.filter(|title| !title.is_empty() && *title != url);
                    if url.starts_with("http") {
                        self.references.push(Reference { title, url: Some(url) });
                    }
                }
            }
            TagEnd::Image => {
                if let Some((mut image, words)) = self.image.take() {
                    let words = export::without_number(words.trim());
                    image.caption = image.caption.or_else(|| (!words.is_empty()).then(|| words.to_owned()));
                    self.images.push(image);
                }
            }
            _ => {}
        }
    }

    fn start_block(&mut self, kind: BlockKind) {
        self.close_block();
        self.block.kind = Some(kind);
        (self.block.references_before, self.block.images_before) = (self.references.len(), self.images.len());
    }

    fn close_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let blank = block.text.trim().is_empty();
        let Some(kind) = block.kind.or((!blank).then_some(BlockKind::Paragraph)) else { return };
        let has_image = self.images.len() > block.images_before;
        if blank {
            self.above.note_references(block.references_before..self.references.len());
            self.after_image |= has_image;
            return;
        }
        let fate = self.fate(kind, &block, has_image);
        self.tell(&block.text, kind, fate);
        if fate == Fate::Text {
            self.close_sources();
            let is_linked = block.linked * 2 > block.text.trim().len();
            self.push(kind, &block.text, is_linked);
            if is_linked {
                self.above.note_references(block.references_before..self.references.len());
            }
        }
        self.after_image = false;
    }

    /// What a block is taken for. What it says if it is no text goes where it belongs.
    fn fate(&mut self, kind: BlockKind, block: &Open, has_image: bool) -> Fate {
        let text = block.text.trim();
        let is_list_item = kind == BlockKind::ListItem;
        let is_linked = block.linked * 2 > text.len();
        if is_list_item && self.sources.is_some() {
            self.sources = Some(String::new());
            if self.references.len() == block.references_before {
                self.references.push(plain::reference(text));
            }
            return Fate::Source;
        }
        if std::mem::take(&mut self.among_related) && is_linked {
            self.among_related = true;
            self.references.truncate(block.references_before);
            return Fate::Related;
        }
        if !matches!(kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem) {
            return Fate::Text;
        }
        // What is set off at an image, by its type alone or by the credit that it begins with, is its caption.
        let credit =
            if kind == BlockKind::Paragraph { plain::credit_first(text, self.lexicon) } else { None };
        if kind == BlockKind::Paragraph
            && (has_image || self.after_image)
            && (block.emphasised >= block.text.len() || credit.is_some())
            && let Some(image) = self.images.last_mut()
        {
            let (caption, credit) = plain::split_caption(Some(text.to_owned()), None, self.lexicon);
            (image.caption, image.credit) = (caption.or(image.caption.take()), credit);
            return Fate::Caption;
        }
        if credit.is_some() {
            return Fate::Credit;
        }
        if kind == BlockKind::Paragraph
            && self.blocks < HEAD_BLOCKS
            && let Some(line) = plain::head_line(text, self.lexicon, self.order)
        {
            let told = |date: crate::date::Date| Published { edtf: date.edtf(), basis: Basis::Dateline };
            self.authors.extend(line.authors);
            self.published = self.published.take().or(line.published.map(told));
            self.modified = self.modified.take().or(line.modified.map(told));
            return Fate::Head;
        }
        self.folded.fold(text);
        let Some((chrome, whole)) = self.lexicon.chrome(&self.folded) else { return Fate::Text };
        if !whole && plain::is_report(text, &self.folded, self.lexicon) {
            return Fate::Text;
        }
        let out = match (chrome, kind) {
            (Chrome::Sources, _) if whole && !is_list_item => {
                self.close_sources();
                self.sources = Some(text.to_owned());
                return Fate::SourcesHead;
            }
            // A word of menus may head a part of an article as well.
            (Chrome::Comments | Chrome::Avatar | Chrome::CommentFrame | Chrome::Sources, _)
            | (Chrome::Navigation | Chrome::Footer, BlockKind::Heading) => false,
            // "Share on Facebook" is a line of its own; a sentence that begins like one is not.
            (_, BlockKind::Paragraph) => {
                whole || is_linked || self.folded.len() <= LINE_WORDS && !ends_sentence(text)
            }
            (_, BlockKind::Heading) => whole || is_linked,
            _ => is_linked,
        };
        if out {
            self.among_related = chrome == Chrome::Related;
            self.references.truncate(block.references_before);
            return Fate::Phrase(chrome);
        }
        Fate::Text
    }

    /// Takes the head of a list of sources that did not come as a heading of the text.
    fn close_sources(&mut self) {
        if let Some(head) = self.sources.take().filter(|head| !head.is_empty()) {
            self.push(BlockKind::Heading, &head, false);
        }
    }

    fn push(&mut self, kind: BlockKind, text: &str, is_linked: bool) {
        let told = self.told.as_ref().and_then(|told| {
            let last = told.last().filter(|block| block.text == text.trim());
            last.map(|_| told.len() - 1)
        });
        self.body.push(kind, text);
        self.blocks += 1;
        self.above.note(self.body.count(), kind, text, is_linked, told);
    }

    /// Takes a site's lines above the headline off the text.
    fn leave_out(&mut self, above: &Above) {
        self.body.retain(|index| !above.is_out(index));
        self.blocks = self.body.count();
        let mut index = 0;
        self.references.retain(|_| {
            index += 1;
            !above.is_reference_out(index - 1)
        });
        let Some(told) = &mut self.told else { return };
        for index in above.told_out() {
            if let Some(block) = told.get_mut(index) {
                (block.verdict, block.reason) = ("out", "a site's line above the headline".to_owned());
            }
        }
    }

    /// Reads a block of HTML. It is the inside of an article, whatever elements are in it.
    fn read_html(&mut self) {
        let markup = std::mem::take(&mut self.html);
        if let Some(told) = &mut self.told {
            told.extend(html::explain_inside(&markup, self.lexicon));
        }
        let inside = html::read_inside(&markup, None, self.lexicon);
        for (kind, text) in inside.blocks {
            self.push(kind, &text, false);
        }
        self.references.extend(inside.references);
        self.images.extend(inside.images);
    }
}
