//! Markdown files, with the front matter that static site generators put before them.

use document::{Article, BlockKind, Image, Reference, Text};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::ParseError;
use crate::body::Body;
use crate::config::JsonFields;
use crate::fields::Fields;
use crate::lexicon::Lexicon;

/// Reads a Markdown file (`CommonMark` with tables, footnotes and strikethrough) as an article.
///
/// The title is the front matter's, else the first heading of the first level.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Result<Article, ParseError> {
    if text.len() > BYTES_MAX {
        return Err(ParseError::TooLarge(format!("the markdown is longer than {BYTES_MAX} bytes")));
    }
    let (front_matter, markdown) = split_front_matter(text);
    let mut page = Page::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(markdown, options) {
        page.take(event);
    }
    page.close_block();
    let (text, blocks) = page.body.finish().ok_or(ParseError::NoText)?;
    let mut article = Article::bare("text/markdown", text);
    article.blocks = blocks;
    article.title = page.title.and_then(Text::new);
    article.references = page.references;
    article.images = page.images;
    if let Some(data) = front_matter {
        Fields::new(&data, &JsonFields::default()).fill(&mut article, lexicon);
    }
    Ok(article)
}

/// Bytes of a Markdown file: the library keeps a node of many bytes for each sign, and no article is so long.
const BYTES_MAX: usize = 1 << 20;

/// Cuts front matter off: YAML between `---` lines, or TOML between `+++` lines. One that cannot be read is left
/// out, since it is no text.
fn split_front_matter(text: &str) -> (Option<Value>, &str) {
    let start = text.trim_start();
    for fence in ["---", "+++"] {
        let Some(rest) = start.strip_prefix(fence) else { continue };
        let Some((blank, rest)) = rest.split_once('\n') else { continue };
        if !blank.trim().is_empty() {
            continue;
        }
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
                let data = if fence == "---" { yaml(&rest[..at]) } else { toml::from_str(&rest[..at]).ok() };
                return (data, &rest[at + line.len()..]);
            }
            at += line.len();
        }
    }
    (None, text)
}

/// Front matter is short; a longer one is a bomb, or no front matter.
const YAML_BYTES_MAX: usize = 1 << 16;

fn yaml(text: &str) -> Option<Value> {
    if text.len() > YAML_BYTES_MAX {
        return None;
    }
    // Anchors that repeat each other grow without end; front matter has a few dozen values.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 10_000,
            max_aliases: 100,
            max_recorded_anchor_events: 10_000,
            max_nodes: 10_000,
        },
    };
    serde_saphyr::from_str_with_options(text, options).ok()
}

/// An article as the events of its Markdown build it. Nesting is counted, not followed.
#[derive(Default)]
struct Page {
    title: Option<String>,
    body: Body,
    references: Vec<Reference>,
    images: Vec<Image>,
    /// Text of the block that is being read.
    block: String,
    kind: Option<BlockKind>,
    quotes: usize,
    /// Number of the next item of each open list; `None` for one with bullets.
    lists: Vec<Option<u64>>,
    in_title: bool,
    /// Where the text of the open link starts in `block`, and where it leads.
    link: Option<(usize, String)>,
    image: Option<(String, String)>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.image {
            Some((_, caption)) => caption.push_str(text),
            None => self.block.push_str(text),
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                let kind = if self.quotes > 0 {
                    BlockKind::Quote
                } else if self.lists.is_empty() {
                    BlockKind::Paragraph
                } else {
                    return; // The item is the block.
                };
                self.start_block(kind);
            }
            Tag::Heading { level, .. } => {
                self.start_block(BlockKind::Heading);
                self.in_title = level == HeadingLevel::H1 && self.title.is_none() && self.body.len() == 0;
            }
            Tag::BlockQuote(_) => {
                self.close_block();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.start_block(BlockKind::Preformatted);
                let _: CodeBlockKind<'_> = kind; // Its language is of no use to a reader of news.
            }
            Tag::List(first) => {
                self.close_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.start_block(BlockKind::ListItem);
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.block = format!("{number}. ");
                    *number += 1;
                }
            }
            Tag::Table(_) => self.start_block(BlockKind::Table),
            Tag::Link { dest_url, .. } => self.link = Some((self.block.len(), dest_url.into_string())),
            Tag::Image { dest_url, .. } => self.image = Some((dest_url.into_string(), String::new())),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.lists.is_empty() => self.close_block(),
            TagEnd::Paragraph => self.block.push('\n'),
            TagEnd::Heading(_) if self.in_title => {
                self.title = Some(std::mem::take(&mut self.block));
                (self.in_title, self.kind) = (false, None);
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item | TagEnd::Table => self.close_block(),
            TagEnd::BlockQuote(_) => {
                self.close_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => self.block.push('\t'),
            TagEnd::TableHead | TagEnd::TableRow => {
                self.block.truncate(self.block.trim_end_matches('\t').len());
                self.block.push('\n');
            }
            TagEnd::Link => {
                if let Some((start, url)) = self.link.take() {
                    let title = self.block.get(start..).map(|text| text.trim().to_owned());
                    let title = title.filter(|title| !title.is_empty() && *title != url);
                    if url.starts_with("http") {
                        self.references.push(Reference { title, url: Some(url) });
                    }
                }
            }
            TagEnd::Image => {
                if let Some((url, caption)) = self.image.take() {
                    let caption = Some(caption.trim().to_owned()).filter(|caption| !caption.is_empty());
                    self.images.push(Image { url: Some(url), caption, credit: None });
                }
            }
            _ => {}
        }
    }

    fn start_block(&mut self, kind: BlockKind) {
        self.close_block();
        self.kind = Some(kind);
    }

    fn close_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if let Some(kind) = self.kind.take().or((!block.trim().is_empty()).then_some(BlockKind::Paragraph)) {
            self.body.push(kind, &block);
        }
    }
}
