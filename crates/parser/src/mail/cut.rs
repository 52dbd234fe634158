//! What of a message that is HTML is no part of its article: the sender's words around it, and the header of a message that it
//! forwards.

use std::collections::HashSet;

use document::{Article, Block, BlockKind};

use super::forwarded;
use crate::body::Body;
use crate::date::Order;
use crate::lexicon::{Chrome, Folded, Lexicon};
use crate::{html, plain};

/// Takes what is not the article's off a text that was HTML, on this page; gives whether a quoted header names its sender.
pub(super) fn cut(article: &mut Article, page: &str, is_forward: bool, lexicon: &Lexicon) -> bool {
    let Cut { head, fates, authors } = Cut::of(article, page, is_forward, lexicon);
    let mut body = Body::with_capacity(article.text.len());
    let mut left_out = HashSet::new();
    for (block, fate) in article.blocks.iter().zip(fates) {
        let text = block.span.of(&article.text).unwrap_or_default();
        if fate == Fate::Text {
            body.push(block.kind, text);
        } else {
            left_out.extend(text.split(['|', '·', '•', '\n']).map(str::trim));
        }
    }
    // "Unsubscribe" and "Forward to a friend" lead to no source of the article.
    article
        .references
        .retain(|link| link.title.as_deref().is_none_or(|title| !left_out.contains(title.trim())));
    if let Some((text, blocks)) = body.finish() {
        (article.text, article.blocks) = (text, blocks);
        if article.authors.is_empty() {
            article.authors = authors;
        }
        return forwarded::read_header(&head, article, lexicon);
    }
    false
}

/// What a block of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Text,
    /// It stands above a forwarded message, or is the header of that.
    Above,
    /// It is the sender's card, or stands below it.
    Card,
    /// It says who wrote the article.
    Byline,
    /// The sender speaks of the newsletter.
    OfTheSender(Chrome),
}

/// What became of each block of a message, with what was read off those that are no text.
pub(super) struct Cut {
    head: String,
    pub(super) fates: Vec<Fate>,
    authors: Vec<String>,
}

impl Cut {
    /// Tells the sender's card at the end of a text, the phrases of newsletters in it, and what stands above a forwarded
    /// message.
    pub(super) fn of(article: &Article, page: &str, is_forward: bool, lexicon: &Lexicon) -> Self {
        let blocks = &article.blocks;
        let text_of = |block: &Block| block.span.of(&article.text).unwrap_or_default();
        let texts: Vec<&str> = blocks.iter().map(text_of).collect();
        // A text that begins with the header of another message is that message.
        let begins_forwarded = || {
            texts
                .first()
                .is_some_and(|first| forwarded::is_sender(first.lines().next().unwrap_or_default(), lexicon))
        };
        let above = if is_forward || begins_forwarded() { forwarded::head_in(&texts, lexicon) } else { None };
        let left_out = || if is_forward { head_left_out(page, &texts, lexicon) } else { None };
        let (head, below) = above.or_else(left_out).unwrap_or_default();
        let to = texts[below..]
            .iter()
            .position(|text| text.lines().next().unwrap_or_default().trim_end() == "--")
            .map_or(texts.len(), |at| below + at);
        let mut folded = Folded::default();
        let order = Order::of_languages(&lexicon.languages_like(&article.text));
        let mut authors = Vec::new();
        let fates = blocks.iter().zip(&texts).enumerate().map(|(index, (block, text))| {
            if index < below {
                return Fate::Above;
            }
            if index >= to {
                return Fate::Card;
            }
            if index - below < HEAD_BLOCKS
                && block.kind == BlockKind::Paragraph
                && let Some(line) = plain::head_line(text, lexicon, order)
            {
                if authors.is_empty() {
                    authors = line.authors;
                }
                return Fate::Byline;
            }
            folded.fold(text);
            // What a page has in bars and feet, a newsletter sets in the column of its text.
            match lexicon.chrome(&folded) {
                Some((
                    chrome @ (Chrome::Navigation | Chrome::Subscription | Chrome::Share | Chrome::Footer),
                    whole,
                )) if whole || !plain::is_report(text, &folded, lexicon) => Fate::OfTheSender(chrome),
                _ => Fate::Text,
            }
        });
        let mut fates: Vec<Fate> = fates.collect();
        let foot = foot(&texts, &fates);
        for fate in fates[foot].iter_mut().filter(|fate| **fate == Fate::Text) {
            *fate = Fate::Card;
        }
        Self { head, fates, authors }
    }
}

/// The blocks of a newsletter's foot that no phrase tells: those that are no running text, below the last of that and one
/// in which the sender speaks of subscriptions.
fn foot(texts: &[&str], fates: &[Fate]) -> std::ops::Range<usize> {
    let is_running = |(text, fate): (&&str, &Fate)| {
        *fate == Fate::Text && plain::ends_sentence(text) && text.split_whitespace().count() >= RUNNING_WORDS
    };
    let below = texts.iter().zip(fates).rposition(is_running).map_or(texts.len(), |last| last + 1);
    let starts = |fate: &Fate| matches!(fate, Fate::OfTheSender(Chrome::Subscription));
    let from = fates[below..].iter().position(starts).map_or(texts.len(), |at| below + at + 1);
    from..texts.len()
}

/// Words of running text at least.
const RUNNING_WORDS: usize = 10;

/// The header of a forwarded message on a page whose weighing left it out, and how many of the texts that were kept stand
/// above it.
fn head_left_out(page: &str, kept: &[&str], lexicon: &Lexicon) -> Option<(String, usize)> {
    let all = html::read_inside(page, None, lexicon).blocks;
    let all: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
    let (head, below) = forwarded::head_in(&all, lexicon)?;
    let above = kept.iter().take(below).take_while(|text| all[..below].contains(text)).count();
    Some((head, above))
}

/// Blocks of a message among which the byline of its article stands.
const HEAD_BLOCKS: usize = 3;
