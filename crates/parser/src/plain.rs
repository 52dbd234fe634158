//! Text that somebody scraped before us, read as an article: which line is the headline, what is text, and what
//! a site put around it. Told by structure, and by the phrase lists.

mod aside;
mod block;
mod caption;
mod comments;
mod dateline;
mod explain;
mod foot;
mod head;
mod head_line;
mod headline;
mod line;
mod meta;
mod stranger;
mod tags;

use std::collections::HashSet;

use document::{Article, Basis, BlockKind, Comment, Image, Published, Reference, Text, Warning};

use crate::body::Body;
use crate::byline;
use crate::date::{Date, Order};
use crate::lexicon::{Chrome, Label, Lexicon};
use crate::{ExplainedBlock, ParseError};
use line::{Line, Role};

pub(crate) use self::caption::{credit_first, split as split_caption};
pub(crate) use self::comments::head_of_comment;
pub(crate) use self::dateline::{of_dispatch as dispatch_date, of_own_news as own_day};
pub(crate) use self::head_line::{head_line, parted};
pub(crate) use self::line::ends_sentence;

/// Reads scraped text as an article.
///
/// Fails with [`ParseError::NoText`] when nothing is left once the site's own words are taken out.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Result<Article, ParseError> {
    Page::read(text, lexicon)?.into_article()
}

/// Tells of each line what it was taken for.
pub(crate) fn explain(text: &str, lexicon: &Lexicon) -> Result<Vec<ExplainedBlock>, ParseError> {
    Ok(Page::read(text, lexicon)?.lines.iter().map(|line| explain::line(line, lexicon)).collect())
}

/// [`read`] for text whose headline stands elsewhere, as in a message or a JSON document: no line of it is taken
/// for the headline, and lines that repeat `title` are left out.
pub(crate) fn read_below(text: &str, title: Option<&str>, lexicon: &Lexicon) -> Result<Article, ParseError> {
    Page::read_below(text, title, lexicon)?.into_article()
}

/// [`explain()`] for text whose headline stands elsewhere.
pub(crate) fn explain_below(
    text: &str,
    title: Option<&str>,
    lexicon: &Lexicon,
) -> Result<Vec<ExplainedBlock>, ParseError> {
    let page = Page::read_below(text, title, lexicon)?;
    Ok(page.lines.iter().map(|line| explain::line(line, lexicon)).collect())
}

/// The order of day and month in numbers, from the language of the text. Found out only where a line needs it.
fn order(lines: &[Line<'_>], text: &str, lexicon: &Lexicon) -> Order {
    let numeric = |line: &Line<'_>| {
        line.words < 40
            && line.text.as_bytes().windows(3).any(|window| {
                window[0].is_ascii_digit() && matches!(window[1], b'/' | b'-') && window[2].is_ascii_digit()
            })
    };
    if lines.iter().any(numeric) {
        Order::of_languages(&lexicon.languages_like(text))
    } else {
        Order::Unknown
    }
}

/// What the lines other than text say.
#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    title_key: Option<u64>,
    title_line: Option<usize>,
    /// Whether the date stands above the headline and has no label: a newspaper's head has the day of reading.
    is_masthead: bool,
    published: Option<(Date, Basis)>,
    modified: Option<Date>,
    authors: Vec<String>,
    description: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    comments: Vec<Comment>,
    references: Vec<Reference>,
    images: Vec<Image>,
    tags: Vec<String>,
    /// Whether the headline was labelled, as in an export of fields.
    labelled_head: bool,
    /// Unlabelled names that were considered as authors.
    candidates: usize,
    /// Heads of threads that turned out to be none.
    false_threads: usize,
    /// Lines after the text that no rule could name.
    left_out: usize,
    /// Sentences that were left out below a foot of the page.
    foot_sentences: usize,
}

struct Page<'a> {
    lines: Vec<Line<'a>>,
    lexicon: &'a Lexicon,
    order: Order,
    found: Found,
}

/// Repeated lines of so many words are the same words once more, not a refrain.
const REPEAT_WORDS_MIN: usize = 8;

/// Lines that a decision about one line looks ahead; it keeps reading linear.
const SIGHT: usize = 40;

/// Lines of an article; what has more is a log or a list.
const LINES_MAX: usize = 100_000;

/// Unlabelled names that are looked up in the text, and tags that are kept.
const NAMES_MAX: usize = 40;

impl<'a> Page<'a> {
    /// Decides on every line of a text that begins with its headline.
    fn read(text: &'a str, lexicon: &'a Lexicon) -> Result<Self, ParseError> {
        let mut page = Self::new(text, lexicon)?;
        let body = page.body_start();
        page.read_headline(body);
        let body = page.read_head(body);
        page.read_body(body);
        Ok(page)
    }

    /// Decides on every line of a text whose headline stands elsewhere.
    fn read_below(text: &'a str, title: Option<&str>, lexicon: &'a Lexicon) -> Result<Self, ParseError> {
        let mut page = Self::new(text, lexicon)?;
        if let Some(title) = title {
            page.drop_title(title);
        }
        let body = page.body_start();
        let body = page.read_head(body);
        page.read_body(body);
        Ok(page)
    }

    fn new(text: &'a str, lexicon: &'a Lexicon) -> Result<Self, ParseError> {
        let lines = line::lines(text, lexicon);
        if lines.len() > LINES_MAX {
            return Err(ParseError::TooLarge(format!("the text has more than {LINES_MAX} lines")));
        }
        let order = order(&lines, text, lexicon);
        let mut page = Self { lines, lexicon, order, found: Found::default() };
        page.drop_repeats();
        Ok(page)
    }

    /// Marks paragraphs that stand there a second time, as they do where a page is scraped twice.
    fn drop_repeats(&mut self) {
        let mut seen = HashSet::new();
        for line in &mut self.lines {
            if line.words >= REPEAT_WORDS_MIN && line.is_running() && !seen.insert(line.key) {
                line.role = Role::Repeat;
            }
        }
    }

    fn read_body(&mut self, body: usize) {
        let end = self.last_running(body);
        let mut tail = false;
        let mut below = foot::Below::default();
        let mut pending = None;
        let mut index = body;
        while index < self.lines.len() {
            if let Some(text_end) = end
                && index > body
                && self.lines[index].is_open()
                && self.thread_starts(index, text_end)
            {
                let from = index + usize::from(self.starts_with_head(index));
                for line in &mut self.lines[index..from] {
                    line.role = Role::Thread;
                }
                let (found, taken) =
                    comments::read(&mut self.lines[from..], self.found.title_key, self.lexicon, self.order);
                self.found.comments.extend(found);
                index = from + taken;
                tail = true;
                continue;
            }
            let line = &self.lines[index];
            if !line.is_open() {
                index += 1;
                continue;
            }
            if let Some(next) = self.read_tags(index, end) {
                tail |= end.is_none_or(|end| index > end);
                index = next;
                continue;
            }
            let line = &self.lines[index];
            match line.chrome {
                Some((Chrome::Sources, true)) if self.source_list(index + 1) > 0 => {
                    self.lines[index].role = Role::Chrome;
                    index = self.read_sources(index + 1);
                    tail |= !self.text_goes_on(index - 1, &mut below);
                    continue;
                }
                Some((Chrome::Related, true)) => {
                    self.lines[index].role = Role::Chrome;
                    index = self.skip_teasers(index + 1, end);
                    tail |= end.is_none_or(|end| index > end);
                    continue;
                }
                Some((Chrome::Footer, _)) => tail |= !self.text_goes_on(index, &mut below),
                // Nothing of the article stands below its comment button, when it is below the article.
                Some((Chrome::Comments, _)) => tail |= end.is_none_or(|end| index > end),
                _ if self.is_author_card(index) => {
                    self.lines[index].role = Role::Meta;
                    if let Some(card) = self.lines.get_mut(index + 1) {
                        card.role = Role::Chrome;
                    }
                }
                _ => {}
            }
            if !self.read_aside(index, !tail, &mut pending) {
                self.read_text(index, body, end, tail);
            }
            index += 1;
        }
    }

    /// The last line of running text, comments and asides included: after it nothing is a heading.
    fn last_running(&self, body: usize) -> Option<usize> {
        (body..self.lines.len()).rev().find(|index| {
            let line = &self.lines[*index];
            line.is_running() && !self.is_aside(line)
        })
    }

    /// Reads a line that is not text by itself: metadata, a caption, tags, a label's value, chrome. `pending` is
    /// what the line before announced; `in_text` says that the text has not ended. Gives whether it was one.
    fn read_aside(&mut self, index: usize, in_text: bool, pending: &mut Option<Label>) -> bool {
        let line = &self.lines[index];
        let announced = pending.take();
        if let Some((label, value)) = line.labelled_with_colon()
            && let Some(role) = self.found.take_labelled(label, value, line.words)
        {
            self.lines[index].role = role;
            return true;
        }
        if tags::are_hashtags(&line.text) {
            let tags = tags::split(&line.text).map(str::to_owned).collect();
            self.found.add_tags(tags);
            self.lines[index].role = Role::Tags;
            return true;
        }
        if let Some(meta) = meta::read_byline(line, self.lexicon, self.order) {
            *pending = meta.pending;
            self.take_meta(meta, index);
            return true;
        }
        if in_text
            && matches!(line.chrome, Some((Chrome::Footer, _)))
            && let Some(image) = caption::signed(&line.text, self.lexicon)
        {
            self.found.images.push(image);
            self.lines[index].role = Role::Caption;
            return true;
        }
        if line.chrome.is_some_and(|(chrome, _)| chrome != Chrome::Sources) {
            // "(Reporting by Ann Lee; Editing by Bo Ek)" is a footer that names the author.
            if let Some((Label::Byline, at)) = line.label.filter(|_| self.found.authors.is_empty()) {
                let names = line.text[at..].split(';').next().unwrap_or_default();
                let names = byline::people(names, self.lexicon);
                self.add_authors(names);
            }
            self.lines[index].role = Role::Chrome;
            return true;
        }
        if let Some(image) = caption::read(line, self.lexicon) {
            self.found.images.push(image);
            self.lines[index].role = Role::Caption;
            return true;
        }
        if line.is_ticker() {
            self.lines[index].role = Role::Chrome;
            return true;
        }
        if line.text.starts_with("http") && !line.text.contains(' ') {
            let url = line.text.clone().into_owned();
            self.found.references.push(Reference { title: None, url: Some(url) });
            self.lines[index].role = Role::Source;
            return true;
        }
        match meta::read_line(line, announced, self.lexicon, self.order) {
            Some(meta) => {
                *pending = meta.pending;
                self.take_meta(meta, index);
                true
            }
            None => false,
        }
    }

    /// Takes what a line of metadata says.
    fn take_meta(&mut self, meta: meta::Meta, index: usize) {
        if let Some(date) = meta.published
            && (self.found.published.is_none() || self.found.is_masthead && meta.is_labelled)
        {
            self.found.published = Some((date, Basis::Dateline));
            self.found.is_masthead = !meta.is_labelled && self.found.title_line.is_some_and(|at| index < at);
        }
        self.found.modified = self.found.modified.or(meta.modified);
        self.lines[index].role = Role::Meta;
        self.add_authors(meta.authors);
        self.add_candidates(meta.candidates);
    }

    fn add_authors(&mut self, names: Vec<String>) {
        for name in names {
            if !self.found.authors.contains(&name) {
                self.found.authors.push(name);
            }
        }
    }

    /// Names that no label calls authors. One that the text speaks of is a place, or whom the text is about.
    fn add_candidates(&mut self, mut names: Vec<String>) {
        self.found.candidates += names.len();
        if self.found.candidates > NAMES_MAX {
            return; // A list of names is no byline.
        }
        names.retain(|name| {
            let may_speak = |line: &&Line<'_>| line.words > 8 && line.role != Role::Meta;
            !self.lines.iter().filter(may_speak).any(|line| line.text.contains(name.as_str()))
        });
        self.add_authors(names);
    }

    fn into_article(mut self) -> Result<Article, ParseError> {
        let texts = || self.lines.iter().filter(|line| matches!(line.role, Role::Text(_)));
        if self.found.published.is_none() {
            let first = texts().find(|line| line.is_running());
            self.found.published = first
                .and_then(|line| dateline::of_dispatch(&line.text, self.order))
                .map(|date| (date, Basis::Dateline))
                .or_else(|| {
                    let paragraphs = texts().filter(|line| line.is_running()).map(|line| line.text.as_ref());
                    let date = dateline::of_own_news(paragraphs, self.lexicon, self.order)?;
                    Some((date, Basis::Body))
                });
        }
        let mut body = Body::with_capacity(texts().map(|line| line.text.len() + 2).sum());
        for line in &self.lines {
            if let Role::Text(kind) = line.role {
                body.push(kind, &line.text);
            }
        }
        let found = self.found;
        // A text that is one line long is its own headline, and has no other text.
        let (text, blocks) = match (body.finish(), &found.title) {
            (Some(body), _) => body,
            (None, Some(title))
                if self.lines.iter().all(|line| matches!(line.role, Role::Title | Role::Repeat)) =>
            {
                let mut body = Body::default();
                body.push(BlockKind::Paragraph, title);
                body.finish().ok_or(ParseError::NoText)?
            }
            (None, _) => return Err(ParseError::NoText),
        };
        let mut article = Article::bare("text/plain", text);
        article.blocks = blocks;
        article.title = found.title.and_then(Text::new);
        article.description = found.description.and_then(Text::new);
        article.publisher = found.publisher.and_then(Text::new);
        article.url = found.url;
        article.authors = found.authors;
        article.published = found.published.map(|(date, basis)| Published { edtf: date.edtf(), basis });
        article.modified = found.modified.map(|date| Published { edtf: date.edtf(), basis: Basis::Dateline });
        article.comments = found.comments;
        article.references = found.references;
        article.images = found.images;
        article.tags = found.tags;
        // One sentence is the foot's own ("We read every letter.").
        let sentences = Some(found.foot_sentences).filter(|count| *count > 1).unwrap_or(0);
        let left_out = found.left_out + sentences;
        if left_out > 0 {
            let message = format!("{left_out} lines after the text were left out as no part of it");
            article.warnings.push(Warning { code: "tail_left_out", message });
        }
        Ok(article)
    }
}

impl Found {
    /// Takes the value of a label; gives the role of its line, or nothing when the label does not fit its value.
    fn take_labelled(&mut self, label: Label, value: &str, words: usize) -> Option<Role> {
        let set = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| value.to_owned());
        };
        match label {
            // Under a head of labelled fields the source is the outlet.
            Label::Sources if self.labelled_head && self.publisher.is_none() && words <= 10 => {
                set(&mut self.publisher);
                Some(Role::Meta)
            }
            Label::Title if self.title.as_deref() == Some(value) => Some(Role::Repeat),
            Label::Tags if words <= 40 && !value.is_empty() => {
                self.add_tags(tags::split(value).map(str::to_owned).collect());
                Some(Role::Tags)
            }
            Label::Url if value.starts_with("http") => {
                set(&mut self.url);
                Some(Role::Meta)
            }
            Label::Publisher if words <= 10 && !value.is_empty() => {
                set(&mut self.publisher);
                Some(Role::Meta)
            }
            Label::Description if !value.is_empty() => {
                set(&mut self.description);
                Some(Role::Meta)
            }
            Label::Sources => {
                self.references.extend(sources_in(value, words)?);
                Some(Role::Source)
            }
            _ => None,
        }
    }

    fn add_tags(&mut self, tags: Vec<String>) {
        for tag in tags {
            let tag = tag.trim().trim_end_matches('.').to_owned();
            if !tag.is_empty() && tag.len() <= 80 && self.tags.len() < NAMES_MAX && !self.tags.contains(&tag)
            {
                self.tags.push(tag);
            }
        }
    }
}

/// The sources after their label, in a line of so many words; `None` where a sentence follows instead.
pub(crate) fn sources_in(value: &str, words: usize) -> Option<Vec<Reference>> {
    if words > 40 || value.is_empty() || line::ends_sentence(value) && words > 15 {
        return None;
    }
    let value = value.trim_end_matches('.');
    let many = !value.contains("http");
    let parts = value.split(|c: char| many && matches!(c, ',' | ';' | '|' | '/'));
    Some(parts.filter(|part| !part.trim().is_empty()).map(reference).collect())
}

/// A listed source: its words, and its address when it has one.
pub(crate) fn reference(text: &str) -> Reference {
    let numbered = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match numbered.strip_prefix(['.', ')']) {
        Some(rest) if numbered.len() < text.len() && rest.starts_with(' ') => rest.trim(),
        _ => text.trim(),
    };
    let Some(at) = text.find("http://").or_else(|| text.find("https://")) else {
        return Reference { title: Some(text.to_owned()), url: None };
    };
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |end| at + end);
    let url = text[at..end].trim_end_matches([')', ']', '.', ',', ';', '>']).to_owned();
    let title = format!("{}{}", &text[..at], &text[end..]);
    let title = title.trim().trim_end_matches(['(', '[', '<', ':', '-', '–', '—', ',']).trim().to_owned();
    Reference { title: (!title.is_empty()).then_some(title), url: Some(url) }
}
