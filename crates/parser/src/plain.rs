//! Text that somebody scraped before us, read as an article: which line is the headline, what is text, and what
//! a site put around it. Told by structure, and by the phrase lists.

mod aside;
mod bar;
mod block;
mod boxes;
mod caption;
mod cards;
mod chronology;
mod comments;
mod contents;
mod database;
mod dateline;
mod dump;
mod explain;
mod foot;
mod found;
mod front;
mod head;
mod head_line;
mod headline;
mod ideographs;
mod images;
mod letter;
mod letters;
mod line;
mod listed;
mod lone;
mod masthead;
mod meta;
mod names;
mod notes;
mod others;
mod own;
mod pages;
mod parts;
mod place;
mod prompts;
mod prose;
mod report;
mod slug;
mod stranger;
mod tables;
mod tags;
mod teasers;
mod times;
mod walk;
mod whole_page;
mod wrap;

use std::borrow::Cow;
use std::collections::HashSet;

use document::{Article, Reference};

use crate::date::Order;
use crate::html::asks_for_consent;
use crate::lexicon::Lexicon;
use crate::{ExplainedBlock, ParseError};
use found::Found;
use line::{Line, Role};

pub(crate) use self::caption::{credit_first, label_of_image, split as split_caption};
pub(crate) use self::comments::head_of_comment;
pub(crate) use self::dateline::{of_dispatch as dispatch_date, of_own_news as own_day};
pub(crate) use self::head_line::{head_line, may_be_head_line, parted};
pub(crate) use self::line::ends_sentence;
pub(crate) use self::listed::{reference, sources_in};
pub(crate) use self::prose::opens_sentence;
pub(crate) use self::report::is_report;

/// Reads scraped text as an article.
///
/// Fails with [`ParseError::NoText`] when nothing is left once the site's own words are taken out.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Result<Article, ParseError> {
    if is_one_word(text) {
        return Err(ParseError::NoText);
    }
    Page::read(&with_line_breaks(text), lexicon)?.into_article()
}

/// Whether a text is a single word, as what is left of a broken file is, or data in letters (base64). Languages written
/// without spaces say whole sentences in one.
fn is_one_word(text: &str) -> bool {
    let is_spaced = |c: char| c < SPACELESS_FROM || !c.is_alphabetic();
    text.split_whitespace().nth(1).is_none() && text.chars().all(is_spaced)
}

/// From Thai on scripts stand in Unicode of which many are written without spaces.
const SPACELESS_FROM: char = '\u{e00}';

/// A text without line breaks that has them written out, as a program prints a string: "Title\\nBy Ann Lee".
fn with_line_breaks(text: &str) -> Cow<'_, str> {
    let is_printed = !text.trim_end().contains('\n') && text.matches("\\n").nth(BREAKS_MIN - 1).is_some();
    if is_printed { Cow::Owned(text.replace("\\r", "").replace("\\n", "\n")) } else { Cow::Borrowed(text) }
}

/// Lines at the top of a page among which it asks for consent, and lines below that with its buttons.
const CONSENT_LINES_MAX: usize = 12;
const CONSENT_BUTTONS: usize = 2;

/// Line breaks of a text that has them written out.
const BREAKS_MIN: usize = 3;

/// Tells of each field what it is, and of each line what it was taken for.
pub(crate) fn explain(text: &str, lexicon: &Lexicon) -> Result<Vec<ExplainedBlock>, ParseError> {
    let text = with_line_breaks(text);
    let page = Page::read(&text, lexicon)?;
    let lines: Vec<ExplainedBlock> = page.lines.iter().map(|line| explain::line(line, lexicon)).collect();
    let mut told = page.into_article().map(|article| crate::explain::fields_of(&article)).unwrap_or_default();
    told.extend(lines);
    Ok(told)
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

/// [`read_below`] for a text that its publisher hands out by itself, as in a JSON document: nothing of it is left out but what
/// is a site's beyond doubt.
pub(crate) fn read_own(text: &str, title: Option<&str>, lexicon: &Lexicon) -> Result<Article, ParseError> {
    Page::read_own(text, title, lexicon)?.into_article()
}

/// [`explain()`] for a text that its publisher hands out by itself.
pub(crate) fn explain_own(
    text: &str,
    title: Option<&str>,
    lexicon: &Lexicon,
) -> Result<Vec<ExplainedBlock>, ParseError> {
    let page = Page::read_own(text, title, lexicon)?;
    Ok(page.lines.iter().map(|line| explain::line(line, lexicon)).collect())
}

fn link(url: &str) -> Reference {
    Reference { title: None, url: Some(url.to_owned()) }
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
        page.read_database_head();
        page.leave_running_heads_out();
        let mut body = page.body_start();
        if let Some(beginning) = page.beginning_in_whole_page() {
            body = beginning.body;
            page.take_headline(headline::at(&page.lines, beginning.headline, page.order));
            page.leave_menu_out(beginning.headline);
        } else if !page.read_letter_head() {
            page.read_headline(body);
        }
        page.unlabel_text(body);
        page.leave_boxes_out(page.found.title_line.map_or(0, |title| title + 1));
        page.keep_dated_headings(body);
        page.keep_years(body);
        page.keep_signatures_of_letters(body);
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
        page.leave_boxes_out(0);
        let body = page.body_start();
        page.keep_dated_headings(body);
        page.keep_years(body);
        let body = page.read_head(body);
        page.read_body(body);
        Ok(page)
    }

    fn new(text: &'a str, lexicon: &'a Lexicon) -> Result<Self, ParseError> {
        let addresses = dump::addresses(text);
        let text = addresses.as_ref().map_or(text, |addresses| &text[..addresses.start]);
        let (lines, hrefs) = line::lines(text, addresses.as_ref(), lexicon);
        if lines.len() > LINES_MAX {
            return Err(ParseError::TooLarge(format!(
                "the text has more than {LINES_MAX} lines: cut it into files of one article each"
            )));
        }
        let order = order(&lines, text, lexicon);
        let found = Found { references: hrefs.into_iter().map(link).collect(), ..Found::default() };
        let mut page = Self { lines, lexicon, order, found };
        page.drop_repeats();
        page.leave_consent_out();
        page.keep_sentences();
        page.leave_machine_boxes_out();
        Ok(page)
    }

    /// Leaves out a sentence at the top of a page that asks for consent to cookies, above its buttons.
    fn leave_consent_out(&mut self) {
        let is_button =
            |line: &Line<'_>| line.chrome.is_some_and(|(_, is_whole)| is_whole) && line.words <= 4;
        let asks = |index: &usize| {
            let line = &self.lines[*index];
            let mut below = self.lines[index + 1..].iter().take(CONSENT_BUTTONS);
            line.is_open() && below.any(is_button) && asks_for_consent(&line.text, self.lexicon)
        };
        if let Some(index) = (0..self.lines.len()).take(CONSENT_LINES_MAX).find(asks) {
            self.lines[index].role = Role::Chrome;
        }
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
}
