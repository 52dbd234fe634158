//! Text that somebody scraped before us, read as an article: which line is the headline, what is text, and what
//! a site put around it. Told by structure, and by the phrase lists.

mod caption;
mod comments;
mod dateline;
mod headline;
mod line;
mod meta;

use std::collections::HashSet;

use document::{Article, Basis, BlockKind, Comment, Image, Published, Reference, Text, Warning};

use crate::ParseError;
use crate::body::Body;
use crate::byline;
use crate::date::{Date, Order};
use crate::lexicon::{Chrome, Label, Lexicon};
use line::{Line, Opening, Role};

/// Reads scraped text as an article.
///
/// Fails with [`ParseError::NoText`] when nothing is left once the site's own words are taken out.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Result<Article, ParseError> {
    let mut page = Page::new(text, lexicon)?;
    let body = page.body_start();
    page.read_headline(body);
    let body = page.read_head(body);
    page.read_body(body);
    page.into_article()
}

/// [`read`] for text whose headline stands elsewhere, as in a message or a JSON document: no line of it is taken
/// for the headline, and lines that repeat `title` are left out.
pub(crate) fn read_below(text: &str, title: Option<&str>, lexicon: &Lexicon) -> Result<Article, ParseError> {
    let mut page = Page::new(text, lexicon)?;
    if let Some(title) = title {
        page.drop_title(title);
    }
    let body = page.body_start();
    let body = page.read_head(body);
    page.read_body(body);
    page.into_article()
}

/// The order of day and month in numbers, from the language of the text. Found out only where a line needs it.
fn order(lines: &[Line<'_>], text: &str, lexicon: &Lexicon) -> Order {
    let numeric = |line: &Line<'_>| {
        line.words < 40
            && line.text.as_bytes().windows(3).any(|window| {
                window[0].is_ascii_digit() && matches!(window[1], b'/' | b'-') && window[2].is_ascii_digit()
            })
    };
    if lines.iter().any(numeric) { Order::of_language(lexicon.language(text)) } else { Order::Unknown }
}

/// What the lines other than text say.
#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    title_key: Option<u64>,
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

/// Headings are shorter than this, in words.
const HEADING_WORDS_MAX: usize = 20;

/// After a mark of the end (a correction form, a source list) text goes on only with so many words in a line.
const TAIL_RUNNING_WORDS: usize = 25;

impl<'a> Page<'a> {
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

    /// Marks the lines that say a headline which is known already.
    fn drop_title(&mut self, title: &str) {
        let key = line::key_of(title);
        for line in &mut self.lines {
            if line.key == key {
                line.role = Role::Repeat;
            }
        }
        self.found.title_key = Some(key);
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

    /// The first line of running text; past the end when there is none.
    fn body_start(&self) -> usize {
        let running = |line: &Line<'_>| line.is_running() && !self.is_aside(line);
        let first = self.lines.iter().position(running).unwrap_or(self.lines.len());
        // A long headline may end as a sentence does; what repeats it, or stands below it, shows what it is.
        match self.lines.get(first) {
            Some(line)
                if line.words <= 25
                    && !self.lines[..first].iter().any(|line| line.is_open() && line.words >= 4) =>
            {
                let again = self.lines.iter().skip(first + 1).any(|other| other.key == line.key);
                if again { first + 1 } else { first }
            }
            _ => first,
        }
    }

    /// Whether a long line is a caption, metadata or a label's value rather than text.
    fn is_aside(&self, line: &Line<'_>) -> bool {
        caption::read(line, self.lexicon).is_some()
            || meta::read_line(line, None, self.lexicon, self.order).is_some()
            || matches!(
                line.labelled_with_colon(),
                Some((Label::Title | Label::Description | Label::Url | Label::Publisher | Label::Tags, _))
            )
    }

    fn read_headline(&mut self, body: usize) {
        let Some(headline) = headline::find(&self.lines, body, self.lexicon, self.order) else { return };
        let key = self.lines[headline.line].key;
        self.lines[headline.line].role = Role::Title;
        for line in &mut self.lines {
            let same = line.key == key
                || *line.text == headline.text
                || headline::is_with_site(&line.text, &headline.text);
            if line.is_open() && same {
                line.role = Role::Repeat;
            }
        }
        self.found.labelled_head =
            self.lines[headline.line].labelled_with_colon().is_some_and(|(label, _)| label == Label::Title);
        if let Some(date) = headline.date {
            self.found.published = Some((date, Basis::Dateline));
        }
        self.found.title_key = Some(key);
        self.found.title = Some(headline.text);
    }

    /// Reads what stands before the running text; gives the line where the text starts, stand-first included.
    fn read_head(&mut self, body: usize) -> usize {
        let title = self.lines.iter().position(|line| line.role == Role::Title);
        let (running, body) = (body, self.head_end(body));
        if body > running && self.lines[running].is_open() {
            self.lines[running].role = Role::Text(BlockKind::Standfirst);
        }
        let mut pending = None;
        let mut last_meta = title.unwrap_or(0);
        for index in 0..body {
            if !self.lines[index].is_open() {
                continue;
            }
            if self.read_aside(index, &mut pending) {
                if self.lines[index].role == Role::Meta {
                    last_meta = index;
                }
            } else if title.is_some_and(|title| index < title) {
                self.read_above_title(index);
            }
        }
        // A line of names is a byline only beside other signs of one.
        for index in title.map_or(0, |title| title + 1)..body {
            let line = &self.lines[index];
            let beside_meta =
                |index: usize| self.lines.get(index).is_some_and(|line| line.role == Role::Meta);
            if line.is_open()
                && (beside_meta(index + 1) || index > 0 && beside_meta(index - 1))
                && (byline::is_people(&line.text, self.lexicon)
                    || byline::is_name_with_role(&line.text, self.lexicon))
            {
                let names = byline::people(&line.text, self.lexicon);
                self.add_candidates(names);
                self.lines[index].role = Role::Meta;
                last_meta = last_meta.max(index);
            }
        }
        // Running text above the metadata is the stand-first.
        let after_title = title.map_or(0, |title| title + 1);
        for index in after_title..body.min(self.lines.len()) {
            let line = &self.lines[index];
            if !line.is_open() {
                continue;
            }
            self.lines[index].role = if line.words >= 5 && (index < last_meta || line.sentence) {
                Role::Text(BlockKind::Standfirst)
            } else if self.is_heading(index) && (line.words >= 4 || self.has_short_headings(body)) {
                Role::Text(BlockKind::Heading)
            } else if line.words >= 5 {
                Role::Text(BlockKind::Standfirst)
            } else {
                Role::Chrome
            };
        }
        body
    }

    /// Where the head ends: before the running text, or below a stand-first that has dates or authors under it.
    fn head_end(&self, body: usize) -> usize {
        let Some(first) = self.lines.get(body).filter(|line| line.is_open() && line.words < 90) else {
            return body;
        };
        if caption::read(first, self.lexicon).is_some() {
            return body;
        }
        let mut pending = None;
        let mut metas = 0;
        for index in body + 1..(body + 12).min(self.lines.len()) {
            let line = &self.lines[index];
            if line.is_running() && !self.is_aside(line) {
                return if metas > 0 { index } else { body };
            }
            let said = meta::read_line(line, pending, self.lexicon, self.order);
            pending = None;
            if let Some(meta) = said {
                pending = meta.pending;
                metas += 1;
            }
        }
        body
    }

    /// Whether headings of one to three words stand in the text, so that one more above it is likely.
    fn has_short_headings(&self, body: usize) -> bool {
        (body + 1..self.lines.len())
            .take(SIGHT)
            .any(|index| self.lines[index].words <= 3 && self.is_heading(index))
    }

    /// A line above the headline: a breadcrumb gives sections, anything else is a menu's.
    fn read_above_title(&mut self, index: usize) {
        let line = &self.lines[index];
        if headline::is_breadcrumb(&line.text) {
            let parts: Vec<String> =
                line.text.split(['>', '›', '»', '/']).skip(1).map(|part| part.trim().to_owned()).collect();
            self.add_tags(parts);
        }
        self.lines[index].role = Role::Chrome;
    }

    fn read_body(&mut self, body: usize) {
        let end = self.last_running(body);
        let mut tail = false;
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
            match line.chrome {
                Some((Chrome::Sources, true)) if self.source_list(index + 1) > 0 => {
                    self.lines[index].role = Role::Chrome;
                    index = self.read_sources(index + 1);
                    tail = true;
                    continue;
                }
                Some((Chrome::Related, true)) => {
                    self.lines[index].role = Role::Chrome;
                    index = self.skip_teasers(index + 1, end);
                    tail |= end.is_none_or(|end| index > end);
                    continue;
                }
                Some((Chrome::Footer, _)) => tail = true,
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
            if !self.read_aside(index, &mut pending) {
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

    fn starts_with_head(&self, index: usize) -> bool {
        matches!(self.lines[index].chrome, Some((Chrome::Comments, _)))
    }

    /// Whether a thread starts here: under its head, when what follows is a thread or at least not the article; or
    /// at the first of several readers' pictures.
    fn thread_starts(&mut self, index: usize, end: usize) -> bool {
        let rest = &self.lines[index + 1..];
        match self.lines[index].chrome {
            Some((Chrome::Comments, _)) => {
                if self.found.false_threads > 3 {
                    return false; // A word of the article's own, it seems.
                }
                let words = |lines: &[Line<'_>]| -> usize {
                    lines.iter().filter(|line| line.is_running()).map(|line| line.words).sum()
                };
                // "Comment" is a button too; "0 comments" has none.
                let promises = comments::promised(&self.lines[index].text);
                if promises == Some(0)
                    || promises.is_none() && !comments::may_be_thread(rest, self.lexicon, self.order)
                {
                    return false;
                }
                let before = words(&self.lines[..index]);
                let starts = comments::is_thread(rest, self.lexicon, self.order)
                    || index > end
                    || words(rest) * 2 < before;
                self.found.false_threads += usize::from(!starts);
                starts
            }
            Some((Chrome::Avatar, _)) => {
                rest.iter().any(|line| matches!(line.chrome, Some((Chrome::Avatar, _))))
            }
            _ => false,
        }
    }

    /// Reads a line that is not text by itself: metadata, a caption, tags, a label's value, chrome. `pending` is
    /// what the line before announced. Gives whether it was one.
    fn read_aside(&mut self, index: usize, pending: &mut Option<Label>) -> bool {
        let line = &self.lines[index];
        let announced = pending.take();
        if let Some((label, value)) = line.labelled_with_colon()
            && let Some(role) = self.found.take_labelled(label, value, line.words)
        {
            self.lines[index].role = role;
            return true;
        }
        if is_hashtags(&line.text) {
            let tags =
                line.text.split_whitespace().map(|tag| tag.trim_start_matches('#').to_owned()).collect();
            self.add_tags(tags);
            self.lines[index].role = Role::Tags;
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
                if let Some(date) = meta.published
                    && self.found.published.is_none()
                {
                    self.found.published = Some((date, Basis::Dateline));
                }
                self.found.modified = self.found.modified.or(meta.modified);
                self.add_authors(meta.authors);
                self.add_candidates(meta.candidates);
                self.lines[index].role = Role::Meta;
                true
            }
            None => false,
        }
    }

    /// Decides on a line that may be text.
    fn read_text(&mut self, index: usize, body: usize, end: Option<usize>, tail: bool) {
        let line = &self.lines[index];
        let role = if tail && line.words < TAIL_RUNNING_WORDS {
            Role::Chrome
        } else if line.opening == Opening::Quote {
            Role::Text(BlockKind::Quote)
        } else if line.is_item() {
            Role::Text(BlockKind::ListItem)
        } else if line.is_running() || line.sentence && !line.text.ends_with('?') {
            Role::Text(BlockKind::Paragraph)
        } else if end.is_none_or(|end| index > end) && !line.sentence {
            self.read_after_text(index, body)
        } else if self.is_heading(index) {
            Role::Text(BlockKind::Heading)
        } else if line.sentence {
            Role::Text(BlockKind::Paragraph)
        } else if self.in_bare_list(index) {
            Role::Text(BlockKind::ListItem)
        } else {
            Role::Text(BlockKind::Paragraph)
        };
        self.lines[index].role = role;
    }

    /// A line after the last running text that is no sentence: a signature, a list the text ends with, or the
    /// first of what a site puts below its articles.
    fn read_after_text(&mut self, index: usize, body: usize) -> Role {
        let line = &self.lines[index];
        if index <= body || self.found.title.is_none() && self.lines.len() < 3 {
            return Role::Text(BlockKind::Paragraph);
        }
        let below_text = matches!(self.lines[index - 1].role, Role::Text(BlockKind::Paragraph));
        if below_text && self.found.authors.is_empty() && byline::is_people(&line.text, self.lexicon) {
            let names = byline::people(&line.text, self.lexicon);
            self.add_authors(names);
            return Role::Meta;
        }
        // Quantities without bullets are a list when there are two of them.
        let counted = |index: usize| {
            let starts = |line: &Line<'_>| line.text.starts_with(|c: char| c.is_ascii_digit());
            self.lines.get(index).is_some_and(starts) && self.lines.get(index + 1).is_some_and(starts)
        };
        let in_list = self.lines[index - 1].role == Role::Text(BlockKind::ListItem);
        let listed = |at: usize| {
            self.lines.get(at).is_some_and(|line| {
                line.is_open()
                    && (line.is_item()
                        || counted(at)
                        || in_list && line.text.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let list_follows = listed(index + 1);
        if listed(index)
            && (in_list || list_follows || self.lines[index - 1].role == Role::Text(BlockKind::Heading))
        {
            return Role::Text(BlockKind::ListItem);
        }
        if list_follows && line.words <= HEADING_WORDS_MAX {
            return Role::Text(BlockKind::Heading);
        }
        if line.text.ends_with([':', ',', ';'])
            || line.words > HEADING_WORDS_MAX
            || !(is_capital(&line.text) || is_desk_mark(&line.text))
        {
            return Role::Text(BlockKind::Paragraph);
        }
        if !is_desk_mark(&line.text) {
            self.found.left_out += 1;
        }
        Role::Chrome
    }

    /// Whether a line reads as a heading: short, no sentence, with text below it.
    fn is_heading(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let question = line.text.ends_with('?');
        let ends = line.sentence && !question || line.text.ends_with([',', ';', '…']);
        let announces = line.text.ends_with(':');
        if ends
            || line.chrome.is_some()
            || line.is_item()
            || line.words > HEADING_WORDS_MAX
            || !is_capital(&line.text)
        {
            return false;
        }
        if question && line.words > 14 {
            return false;
        }
        // Another heading may stand between it and the text.
        let below = self.lines[index + 1..]
            .iter()
            .take(SIGHT)
            .filter(|next| next.role != Role::Repeat && next.chrome.is_none())
            .find(|next| {
                !next.is_open()
                    || next.is_running()
                    || next.is_item()
                    || next.sentence
                    || next.words > HEADING_WORDS_MAX
            });
        match below {
            Some(next) if next.is_item() => line.words <= 8,
            Some(next) if !next.is_open() => next.role == Role::Caption || matches!(next.role, Role::Text(_)),
            Some(next) => {
                next.words > line.words && !announces && (!question || next.words >= 2 * line.words)
            }
            None => false,
        }
    }

    /// Whether a line is one of several short ones in a row, as list items without bullets are.
    fn in_bare_list(&self, index: usize) -> bool {
        let short = |line: Option<&Line<'_>>| {
            line.is_some_and(|line| line.words <= HEADING_WORDS_MAX && !line.sentence && !line.gap)
        };
        short(self.lines.get(index)) || short(self.lines.get(index + 1))
    }

    /// Whether a known author's name stands here over a few words about that author.
    fn is_author_card(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let known = line.words <= 6 && self.found.authors.iter().any(|name| *name == *line.text);
        known
            && self.lines.get(index + 1).is_some_and(|next| {
                next.is_open()
                    && next.words <= 70
                    && line.text.split_whitespace().any(|word| next.text.contains(word))
            })
    }

    /// How many lines of a source list start at `index`.
    fn source_list(&self, index: usize) -> usize {
        let items = self.lines[index..].iter().take(SIGHT).any(Line::is_item);
        self.lines[index..]
            .iter()
            .take_while(|line| {
                let listed = if items {
                    line.is_item()
                } else {
                    line.words <= 25 && !(line.sentence && line.words > 8 && !line.text.contains("http"))
                };
                line.is_open()
                    && line.chrome.is_none_or(|(chrome, _)| line.is_item() && chrome != Chrome::Related)
                    && listed
            })
            .count()
    }

    fn read_sources(&mut self, index: usize) -> usize {
        let end = index + self.source_list(index);
        for line in &mut self.lines[index..end] {
            line.role = Role::Source;
            self.found.references.push(reference(&line.text));
        }
        end
    }

    /// Skips the other articles that a "read also" head lists; gives the line after them.
    fn skip_teasers(&mut self, index: usize, text_end: Option<usize>) -> usize {
        let text_after = text_end.is_some_and(|end| index <= end);
        let mut end = index;
        while let Some(line) = self.lines.get(end) {
            let group_goes_on = end == index || !line.gap || line.is_item();
            if self.is_author_card(end) {
                end += 2;
                continue;
            }
            if !line.is_open() || line.is_running() || line.chrome.is_some() || text_after && !group_goes_on {
                break;
            }
            end += 1;
        }
        for line in &mut self.lines[index..end] {
            line.role = Role::Chrome;
        }
        end
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
            !self.lines.iter().any(|line| line.words > 8 && line.text.contains(name.as_str()))
        });
        self.add_authors(names);
    }

    fn add_tags(&mut self, tags: Vec<String>) {
        self.found.add_tags(tags);
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
        if found.left_out > 0 {
            let message = format!("{} lines after the text were left out as no part of it", found.left_out);
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
                self.add_tags(value.split([',', ';', '|', '•', '·', '#', '/']).map(str::to_owned).collect());
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
            Label::Sources
                if words <= 40 && !value.is_empty() && !(line::ends_sentence(value) && words > 15) =>
            {
                let value = value.trim_end_matches('.');
                let many = !value.contains("http");
                let parts = value.split(|c: char| many && matches!(c, ',' | ';' | '|' | '/'));
                self.references.extend(parts.filter(|part| !part.trim().is_empty()).map(reference));
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

/// A listed source: its words, and its address when it has one.
fn reference(text: &str) -> Reference {
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

/// "abc/de/fg": the initials of those who handled a dispatch.
fn is_desk_mark(text: &str) -> bool {
    let mut marks = text.split(['/', '-']);
    text.contains(['/', '-'])
        && marks
            .all(|mark| (1..=4).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// "#economy #ports".
fn is_hashtags(text: &str) -> bool {
    text.starts_with('#')
        && text
            .split_whitespace()
            .all(|word| word.len() > 1 && word.starts_with('#') && !word[1..].starts_with('#'))
}

fn is_capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}
