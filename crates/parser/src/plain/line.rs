//! Lines of scraped text, and what can be told of one by itself.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::dump::Addresses;
use super::{bar, prose, wrap};
use crate::lexicon::{Chrome, Folded, Label, Lexicon};

/// One line that is not blank: a paragraph, a heading, or something a site put there.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// What it says, without space around it and without its bullet.
    pub(super) text: Cow<'a, str>,
    /// Whether a blank line stands before it.
    pub(super) gap: bool,
    /// What it began with.
    pub(super) opening: Opening,
    /// Number of words.
    pub(super) words: usize,
    /// Whether it ends as a sentence does.
    pub(super) sentence: bool,
    /// What it is when it is all a site's; and whether a phrase says so of the whole line.
    pub(super) chrome: Option<(Chrome, bool)>,
    /// What the rest of it is, and where in `text` that rest starts.
    pub(super) label: Option<(Label, usize)>,
    /// Equal for lines that differ in case, accents and punctuation alone.
    pub(super) key: u64,
    /// What it was found to be.
    pub(super) role: Role,
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// With its words.
    Words,
    /// With a bullet, or with a number and a full stop.
    Item,
    /// With `>`, as quotations in mail do.
    Quote,
    /// With `#` signs, as headings in Markdown do.
    Hashes,
}

/// What a line is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not decided yet.
    Open,
    /// The headline.
    Title,
    /// The headline or a paragraph, once more.
    Repeat,
    /// No part of the article.
    Chrome,
    /// Dates and authors.
    Meta,
    /// A caption or a credit.
    Caption,
    /// A part of the comment thread.
    Thread,
    /// A listed source.
    Source,
    /// The publisher's tags.
    Tags,
    /// Part of the text.
    Text(document::BlockKind),
}

/// Phrases longer than this are not chrome, whatever they begin with.
const CHROME_WORDS_MAX: usize = 40;

/// Words of a long line that are compared with labels.
const LABEL_WORDS_MAX: usize = 5;

/// Running text has at least so many words, when it does not end as a sentence does.
const RUNNING_WORDS: usize = 30;

impl Line<'_> {
    /// Whether it reads as running text: sentences, not a heading or a button.
    pub(super) fn is_running(&self) -> bool {
        self.chrome.is_none() && (self.words >= RUNNING_WORDS || (self.sentence && self.words >= 10))
    }

    /// Whether it began as an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.opening == Opening::Item
    }

    /// Whether it is market figures: few words, and changes in percent with their sign.
    pub(super) fn is_ticker(&self) -> bool {
        if self.words > 24 || self.sentence || self.is_item() {
            return false;
        }
        let mut figures = 0;
        let mut names = 0;
        let mut changes = 0;
        for word in self.text.split_whitespace() {
            let digits = word.trim_start_matches(['+', '-', '−', '▲', '▼', '(']);
            if digits.starts_with(|c: char| c.is_ascii_digit()) {
                figures += 1;
                changes += usize::from(digits.len() < word.len());
            } else if word.contains(char::is_alphanumeric) {
                names += 1;
            }
        }
        changes > 0 && self.text.contains('%') && names <= 3 * figures && names <= 8
    }

    /// Whether it is what a player shows of its time: "0:00", "0:00 / 1:32", "/".
    pub(super) fn is_time_of_player(&self) -> bool {
        let is_time = |part: &str| {
            part.split_once(':').is_some_and(|(minutes, seconds)| {
                (1..=2).contains(&minutes.len())
                    && seconds.len() == 2
                    && [minutes, seconds].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            })
        };
        let mut parts = self.text.split(['/', ' ']).filter(|part| !part.is_empty());
        self.text.len() <= 13 && (self.text == "/" || !self.text.is_empty() && parts.all(is_time))
    }

    /// Whether nothing has been decided about it.
    pub(super) fn is_open(&self) -> bool {
        self.role == Role::Open
    }

    /// The words after its label, when a colon or a dash sets the label off.
    pub(super) fn labelled_with_colon(&self) -> Option<(Label, &str)> {
        let (label, at) = self.label?;
        let rest = self.text[at..].trim_start();
        let rest = rest.strip_prefix([':', '：', '|', '=']).or_else(|| rest.strip_prefix("– "))?;
        Some((label, rest.trim()))
    }
}

/// Cuts text into lines. Lines that were broken at a fixed width, as in mail and on wires, are joined again. The numbers of
/// links in them are taken out, and the addresses of those in longer lines are given as well.
pub(super) fn lines<'a>(
    text: &'a str,
    addresses: Option<&Addresses<'a>>,
    lexicon: &Lexicon,
) -> (Vec<Line<'a>>, Vec<&'a str>) {
    let width = wrap_width(text).or_else(|| wrap::width(text, lexicon));
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut folded = Folded::default();
    let (mut gap, mut previous_length, mut previous_is_soft, mut is_parted) = (true, 0, false, false);
    // Whether the line above is a bullet and nothing else.
    let mut is_below_bullet = false;
    // One line more than an article may have is enough to tell that this is none.
    for raw in text.split('\n') {
        if lines.len() > super::LINES_MAX {
            break;
        }
        let trimmed = raw.trim_matches(is_blank);
        if !trimmed.contains(char::is_alphanumeric) {
            // Rules and bullets alone are layout; so is a line of dots, but for a comment's lone full stop.
            is_below_bullet = BULLETS.contains(&trimmed);
            gap |= !is_below_bullet;
            continue;
        }
        let (quoted, unquoted) = strip_quote(trimmed);
        let (hashes, unmarked) = strip_hashes(unquoted);
        let (item, bare) = strip_bullet(unmarked);
        let item = std::mem::take(&mut is_below_bullet) || item;
        // The headings of dispatches: "- Two years of works -".
        let between_dashes = if item { between_dashes(unmarked, bare) } else { None };
        let (item, bare) = between_dashes.map_or((item, bare), |bare| (false, bare));
        let hashes = hashes || between_dashes.is_some();
        let opening = match (quoted, item) {
            (true, _) => Opening::Quote,
            _ if hashes => Opening::Hashes,
            (false, true) => Opening::Item,
            (false, false) => Opening::Words,
        };
        let length = raw.trim_end().chars().count();
        // What mail programs wrap goes on behind a space (RFC 3676).
        let is_soft = length >= WRAPPED_MIN && raw.trim_end_matches('\r').ends_with(' ');
        if let (Some(width), Some(last)) = (width, lines.last_mut()) {
            let first_word = bare.find(char::is_whitespace).unwrap_or(bare.len());
            // The line before was full: its next word would have stood past the margin.
            if !gap
                && !item
                && previous_length <= width
                && length <= width
                && quoted == (last.opening == Opening::Quote)
                && (previous_length + 1 + first_word > width
                    || previous_is_soft
                    || previous_length * 3 >= width * 2
                        && last.opening != Opening::Hashes
                        && wrap::goes_on(&last.text, bare, lexicon))
            {
                wrap::join(last.text.to_mut(), bare, is_parted, lexicon);
                (previous_length, previous_is_soft) = (length, is_soft);
                is_parted = raw.trim_end().ends_with('\u{ad}');
                continue;
            }
        }
        (previous_length, previous_is_soft) = (length, is_soft);
        is_parted = raw.trim_end().ends_with('\u{ad}');
        lines.push(Line {
            text: Cow::Borrowed(bare),
            gap,
            opening,
            words: 0,
            sentence: false,
            chrome: None,
            label: None,
            key: 0,
            role: if is_end_mark(trimmed) { Role::Chrome } else { Role::Open },
        });
        gap = false;
    }
    let mut hrefs = Vec::new();
    let linked = if addresses.is_some() { lines.as_mut_slice() } else { &mut [] };
    for line in linked {
        let taken = addresses.and_then(|addresses| addresses.taken_from(&line.text));
        let Some((text, found)) = taken else { continue };
        if text.split_whitespace().count() >= LINKED_WORDS_MIN {
            hrefs.extend(found);
        }
        // "#[1]News [2]RSS": what the head of a page links to.
        if text.starts_with('#') {
            line.role = Role::Chrome;
        }
        line.text = Cow::Owned(text.trim().to_owned());
    }
    for line in &mut lines {
        if let Some(text) = lexicon.without_hints(&line.text) {
            line.text = Cow::Owned(text);
        }
        line.words = count_words(&line.text);
        line.sentence = ends_sentence(&line.text);
        // Of a long line only the label can matter, which is a few words long.
        if line.words <= CHROME_WORDS_MAX {
            folded.fold(&line.text);
            // "Read more:" is a button, and where a colon ends it the head of pointers.
            let heads = || line.text.ends_with(':') && lexicon.begun_by(&folded) == Some(Chrome::Related);
            let chrome = lexicon.chrome(&folded).or_else(|| glued_counter(line, lexicon));
            let chrome = if chrome.is_some() && heads() { Some((Chrome::Related, true)) } else { chrome };
            let chrome = chrome.filter(|(chrome, is_whole)| {
                *is_whole
                    || match chrome {
                        Chrome::Related => is_pointer(&line.text, &folded, lexicon),
                        Chrome::Share | Chrome::Navigation => {
                            !prose::goes_on_without_sign(&line.text, &folded, lexicon)
                        }
                        _ => true,
                    }
            });
            let chrome = chrome.or_else(|| {
                (is_titled_pointer(line, lexicon) || is_glued_pointer(line, lexicon))
                    .then_some((Chrome::Related, false))
            });
            line.chrome = chrome.or_else(|| {
                let foot = bar::chrome(&line.text, line.words, lexicon, &mut Folded::default());
                foot.map(|chrome| (chrome, true))
            });
        } else {
            folded.fold_words(&line.text, LABEL_WORDS_MAX);
        }
        line.label = lexicon
            .label(&folded)
            .filter(|(_, end)| !super::times::is_given_name_at(&line.text, *end, lexicon));
        line.key = key(&line.text, &folded);
    }
    (lines, hrefs)
}

/// The head of other articles that touches a title: "Lire aussiLe lac a gelé".
fn is_glued_pointer(line: &Line<'_>, lexicon: &Lexicon) -> bool {
    let bytes = line.text.as_bytes();
    let ends = |at: &usize| bytes[at - 1].is_ascii_lowercase() && bytes[*at].is_ascii_uppercase();
    let Some(at) = (POINTER_BYTES_MIN..bytes.len().min(POINTER_BYTES_MAX)).find(ends) else { return false };
    // Between two letters of ASCII a text may be cut.
    let (head, title) = line.text.split_at(at);
    head.contains(' ')
        && title.split_whitespace().count() >= TITLE_WORDS_MIN
        && matches!(lexicon.chrome_of(head, &mut Folded::default()), Some((Chrome::Related, true)))
}

/// A counter that touches what it counts: "23PARTAGES".
fn glued_counter(line: &Line<'_>, lexicon: &Lexicon) -> Option<(Chrome, bool)> {
    let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let word = &line.text[digits..];
    if line.words != 1 || digits == 0 || !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let counted = format!("{} {word}", &line.text[..digits]);
    let chrome = lexicon.chrome_of(&counted, &mut Folded::default());
    chrome.filter(|(chrome, is_whole)| *is_whole && matches!(chrome, Chrome::Share | Chrome::CommentFrame))
}

/// "RELATED: District faces shortfall": a title behind the head of other articles and a colon.
fn is_titled_pointer(line: &Line<'_>, lexicon: &Lexicon) -> bool {
    let Some((head, title)) = line.text.split_once(": ").filter(|_| !line.sentence && !line.is_item()) else {
        return false;
    };
    head.len() <= POINTER_BYTES_MAX
        && title.split_whitespace().count() >= TITLE_WORDS_MIN
        && matches!(lexicon.chrome_of(head, &mut Folded::default()), Some((Chrome::Related, true)))
}

/// Bytes of the head of other articles before a title, and words of that.
const POINTER_BYTES_MAX: usize = 24;
const POINTER_BYTES_MIN: usize = 6;
const TITLE_WORDS_MIN: usize = 3;

/// Whether a line that begins as a pointer does is one: behind a single word stands a sign, or it is in capitals. "Watch: the
/// lake froze", but not "Watch the boat race".
fn is_pointer(text: &str, folded: &Folded, lexicon: &Lexicon) -> bool {
    let is_long = lexicon.phrase(folded).is_none_or(|(_, phrase, _)| phrase.contains(' '));
    let first = text.split_whitespace().next().unwrap_or_default();
    let behind =
        text.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_start_matches(char::is_alphabetic);
    is_long
        || !first.contains(char::is_lowercase)
        || behind.trim_start().starts_with([':', '.', '|', '–', '!'])
}

/// The words of a line between a dash and another one, as dispatches have their headings.
fn between_dashes<'t>(unmarked: &str, bare: &'t str) -> Option<&'t str> {
    let dash = unmarked.chars().next().filter(|c| matches!(c, '-' | '–' | '—'))?;
    let inner = bare.strip_suffix(dash)?.strip_suffix(' ')?.trim_end();
    let words = inner.split_whitespace().count();
    ((1..=DASHED_WORDS_MAX).contains(&words) && !inner.ends_with(dash)).then_some(inner)
}

/// Words of a heading between dashes.
const DASHED_WORDS_MAX: usize = 10;

/// "– FIN –", "-ENDS-": the end of a press release.
fn is_end_mark(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '*');
    let word = line.trim_matches(|c: char| dash(c) || c == ' ');
    line.starts_with(dash)
        && line.ends_with(dash)
        && (2..=8).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Words of a line of which the links are the article's; menus have fewer.
const LINKED_WORDS_MIN: usize = 8;

/// The width at which the text was broken by hand, in characters; `None` when its paragraphs are single lines. A few
/// lines, such as addresses, may stand past the margin.
fn wrap_width(text: &str) -> Option<usize> {
    const WIDTHS: std::ops::RangeInclusive<usize> = WRAPPED_MIN..=100;
    let (mut widest, mut full, mut pairs, mut continued, mut wide) = (0, 0, 0, 0, 0);
    // The line above, where it is long enough to be full, and its length.
    let mut before: Option<(&str, usize)> = None;
    for raw in text.split('\n').take(2000) {
        let line = raw.trim_end();
        if line.trim_start().is_empty() {
            before = None;
            continue;
        }
        let length = line.chars().count();
        if length > *WIDTHS.end() {
            wide += 1;
            before = None;
            continue;
        }
        if let Some((before, before_length)) = before {
            // An address may stand past the margin, but not within a paragraph.
            widest = widest.max(before_length).max(length);
            pairs += 1;
            let is_full = !ends_sentence(before);
            full += usize::from(is_full);
            // Headlines below one another begin with capitals.
            continued += usize::from(is_full && !line.trim_start().starts_with(char::is_uppercase));
        }
        before = Some((line, length)).filter(|(_, length)| length >= WIDTHS.start());
    }
    let is_wrapped =
        pairs >= 4 && full * 2 > pairs && continued * 3 >= full && wide * WRAPPED_TO_WIDE <= full;
    (is_wrapped && WIDTHS.contains(&widest)).then_some(widest)
}

/// Full lines are not shorter than this, in characters.
const WRAPPED_MIN: usize = 50;

/// Wrapped lines to one that is past the margin.
const WRAPPED_TO_WIDE: usize = 4;

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

pub(super) fn strip_quote(line: &str) -> (bool, &str) {
    match line.strip_prefix('>') {
        Some(rest) if rest.starts_with([' ', '>']) => (true, rest.trim_start_matches(['>', ' '])),
        _ => (false, line),
    }
}

fn strip_hashes(line: &str) -> (bool, &str) {
    let rest = line.trim_start_matches('#');
    let marked = (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ');
    if marked { (true, rest.trim_matches([' ', '#'])) } else { (false, line) }
}

/// Takes a bullet off. A number stays, since it is part of what the item says.
/// Bullets that may stand on a line of their own.
const BULLETS: [&str; 6] = ["•", "◦", "▪", "●", "■", "‣"];

fn strip_bullet(line: &str) -> (bool, &str) {
    let mut characters = line.chars();
    match characters.next() {
        Some('•' | '◦' | '▪' | '▸' | '►' | '●' | '○' | '‣' | '⁃' | '■' | '□' | '➤' | '✓' | '✔' | '·') => {
            (true, characters.as_str().trim_start_matches(is_blank))
        }
        Some('-' | '*' | '–') if characters.as_str().starts_with([' ', '\t', '\u{a0}']) => {
            (true, characters.as_str().trim_start_matches(is_blank))
        }
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_short = line.len() - rest.len() <= 3;
            let has_sign = || {
                rest.strip_prefix(['.', ')', '/']).is_some_and(|rest| rest.starts_with([' ', '\t', '\u{a0}']))
            };
            // "1 - The price"; but "3 - 0" is a result.
            let has_dash = || {
                let behind = rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – "));
                behind.is_some_and(|rest| rest.starts_with(char::is_uppercase))
            };
            (is_short && (has_sign() || has_dash()), line)
        }
        _ => (false, line),
    }
}

/// Words, where they are set apart; two characters count as one in scripts that do not set them apart.
fn count_words(text: &str) -> usize {
    let spaced = text.split_ascii_whitespace().filter(|word| word.len() > 1 || word.is_ascii()).count();
    // The lead bytes of those scripts; Latin text has none of them.
    if !text.bytes().any(|byte| (0xe3..=0xe9).contains(&byte)) {
        return spaced;
    }
    spaced.max(text.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count() / 2)
}

/// Whether a line ends as a sentence does, quotation marks and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '“')
    })
    .ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// The key that a line of these words has.
pub(super) fn key_of(text: &str) -> u64 {
    let mut folded = Folded::default();
    folded.fold(text);
    key(text, &folded)
}

fn key(text: &str, folded: &Folded) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    if folded.is_whole() && !folded.as_str().contains('#') {
        folded.as_str().hash(&mut hasher);
    } else {
        text.hash(&mut hasher);
    }
    hasher.finish()
}
