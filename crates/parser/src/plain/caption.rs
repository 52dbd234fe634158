//! Captions and credits of images, told by how a credit is written.

mod beside;
mod figure;

use document::Image;

use super::line::{Line, ends_sentence};
use crate::byline;
use crate::lexicon::{Folded, Label, Lexicon, WordSet};

pub(crate) use beside::split;
pub(super) use figure::{is_agency, is_person_of_agency};

/// Captions are shorter than this, in words.
const CAPTION_WORDS_MAX: usize = 70;

/// Captions are shorter than this, in bytes.
const CAPTION_BYTES_MAX: usize = 1200;

/// Credits are shorter than this, in words.
const CREDIT_WORDS_MAX: usize = 12;

/// The image that a line describes: its caption, its credit, or both.
pub(super) fn read(line: &Line<'_>, lexicon: &Lexicon) -> Option<Image> {
    if line.words > CAPTION_WORDS_MAX || line.text.len() > CAPTION_BYTES_MAX {
        return None;
    }
    let text = line.text.as_ref();
    in_brackets(text, lexicon)
        .or_else(|| alone(line, lexicon))
        .or_else(|| figure::around_sign(text, lexicon))
        .or_else(|| after_sign(text, lexicon))
        .or_else(|| figure::numbered(line, lexicon))
        .or_else(|| behind_dots(text, lexicon))
        .or_else(|| behind_slashes(text, lexicon))
        .or_else(|| labelled(line, lexicon))
        .or_else(|| after_last_stop(text, lexicon))
        .or_else(|| before_label(line, lexicon))
}

/// `The port at night Photo: Ann Lee / The Lake`: the words of a caption and the label of its credit stand together.
fn before_label(line: &Line<'_>, lexicon: &Lexicon) -> Option<Image> {
    let text = line.text.as_ref();
    let colon = text.rfind(':').filter(|_| !line.sentence)?;
    let label_start = text[..colon].trim_end().rfind(' ')? + 1;
    let (caption, label) = (text[..label_start].trim_end(), text[label_start..colon].trim_end());
    let credit = text[colon + 1..].trim();
    let name = credit.split(['/', ',', '|']).next().unwrap_or_default();
    let is_label = || matches!(lexicon.label_of(label), Some((Label::Credit, end)) if end == label.len());
    let is_credit = label.starts_with(char::is_uppercase)
        && credit.split_whitespace().count() <= CREDIT_WORDS_MAX
        && caption.split_whitespace().count() >= LABELLED_WORDS_MIN;
    (is_credit && is_label() && byline::is_people(name, lexicon)).then(|| image(caption, credit, lexicon))
}

/// `The port at night.Credit...Ann Lee for The Lake`: a page hides the label from those who see it.
fn behind_dots(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let at = text.find(HIDDEN_LABEL)?;
    let credit = text[at + HIDDEN_LABEL.len()..].trim_start_matches(['.', ' ']);
    let is_short = (1..=CREDIT_WORDS_MAX).contains(&credit.split_whitespace().count());
    (is_short && credit.starts_with(char::is_uppercase)).then(|| image(&text[..at], credit, lexicon))
}

/// `The port at night // Source : Ann Lee`, as French sites have it.
fn behind_slashes(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let (caption, labelled) = text.split_once(" // ")?;
    let (Label::Sources | Label::Credit, end) = lexicon.label_of(labelled)? else { return None };
    let credit = labelled[end..].trim_start_matches([' ', '\u{a0}']).strip_prefix(':')?.trim();
    (1..=CREDIT_WORDS_MAX)
        .contains(&credit.split_whitespace().count())
        .then(|| image(caption, credit, lexicon))
}

const HIDDEN_LABEL: &str = "Credit...";

/// Words of a caption before the label of its credit.
const LABELLED_WORDS_MIN: usize = 3;

/// `Ann Lee/Getty Images` on a line of its own.
fn alone(line: &Line<'_>, lexicon: &Lexicon) -> Option<Image> {
    let is_short = line.words <= ALONE_WORDS_MAX && !line.sentence;
    let is_credit = || {
        is_credit_of_person(&line.text, lexicon)
            && folded_words(&line.text).any(|word| lexicon.has(WordSet::Agencies, &word))
    };
    (is_short
        && (is_person_behind_letters(&line.text, lexicon)
            || figure::is_person_of_agency(&line.text, lexicon)
            || is_credit()))
    .then(|| image("", &line.text, lexicon))
}

/// `LP/Ann Lee`: a photographer behind the letters of an outlet.
fn is_person_behind_letters(text: &str, lexicon: &Lexicon) -> bool {
    text.split_once('/').is_some_and(|(outlet, name)| {
        (2..=OUTLET_LETTERS_MAX).contains(&outlet.len())
            && outlet.bytes().all(|byte| byte.is_ascii_uppercase())
            && name.split(' ').next().is_some_and(|first| byline::is_given_name(first, lexicon))
            && byline::is_people(name, lexicon)
    })
}

/// Letters of an outlet before the name of a photographer.
const OUTLET_LETTERS_MAX: usize = 4;

/// Words of a credit on a line of its own.
const ALONE_WORDS_MAX: usize = 7;

/// A caption or credit that begins with the mark of one: `© AFP`, `« Crédit : Ann Lee / AFP »`, `Photo: Ann Lee. The port`.
pub(crate) fn credit_first(text: &str, lexicon: &Lexicon) -> Option<Image> {
    // A longer line has a sign or a colon behind its credit's label.
    let is_marked = || memchr::memchr2(b':', 0xa9, text.as_bytes()).is_some() || text.contains("(c)");
    if text.len() > CAPTION_BYTES_MAX || text.len() > BARE_BYTES_MAX && !is_marked() {
        return None;
    }
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '«' | '»' | '"' | '“' | '”' | '(' | ')' | '[' | ']')
    });
    let signed = text.strip_prefix('©').or_else(|| text.strip_prefix("(c) "));
    let rest = match signed {
        // A year after the sign is a copyright notice.
        Some(rest) if rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) => return None,
        Some(rest) => rest,
        None => {
            let mut folded = Folded::default();
            folded.fold_words(text, LABEL_WORDS);
            let (Label::Credit, end) = lexicon.label(&folded)? else { return None };
            let rest = text[end..].trim_start();
            // "Photo by Ann Lee" needs no colon.
            let is_whole = text[..end].trim().contains(' ');
            rest.strip_prefix([':', '©']).or(Some(rest).filter(|_| is_whole))?
        }
    };
    let rest = rest.trim_start_matches([':', '©', ',', ' ', '\u{a0}']);
    // The caption may follow the credit.
    let cuts = [". ", " | ", " – ", " — ", "\n"].iter().filter_map(|cut| rest.find(cut));
    // Two of whose it is stand beside a short dash as well: "Ann Lee - AFP".
    let before_sentence = rest.find(" - ").filter(|at| is_whole_sentence(&rest[at + 3..]));
    let cut = cuts.chain(before_sentence).min();
    // "Ann Lee – The Agency": both are whose it is.
    let is_name =
        |at: &usize| byline::is_people(rest[*at..].trim_start_matches(['|', '–', '—', ' ']), lexicon);
    let cut = cut.filter(|at| rest[*at..].starts_with('.') || !is_name(at));
    let (credit, caption) = cut.map_or((rest, ""), |at| {
        (&rest[..at], rest[at..].trim_start_matches(['.', '|', '-', '–', '—', ' ', '\n']))
    });
    let is_short = (1..=CREDIT_WORDS_MAX).contains(&credit.split_whitespace().count());
    let is_kind = credit_kind(credit, lexicon).is_some();
    // "DR", "NASA".
    let in_capitals = || credit.chars().count() > 1 && credit.chars().all(char::is_uppercase);
    // "Ann Lee on Unsplash".
    let for_agency = || {
        folded_words(credit).any(|word| lexicon.has(WordSet::Agencies, &word))
            && credit.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || word.len() < 4)
    };
    let is_named = || byline::is_people(credit, lexicon) || in_capitals() || for_agency();
    let is_credit =
        is_short && (is_kind || credit.starts_with(char::is_uppercase) && (signed.is_some() || is_named()));
    is_credit.then(|| image(caption, credit, lexicon))
}

/// Whether words are a sentence of some length.
fn is_whole_sentence(text: &str) -> bool {
    ends_sentence(text) && text.split_whitespace().count() >= SENTENCE_WORDS_MIN
}

/// Words of the shortest sentence behind a credit and a dash.
const SENTENCE_WORDS_MIN: usize = 4;

/// `© Ann Lee / AFP` on a line of its own; a sentence or a year behind the sign is a notice.
pub(super) fn signed(text: &str, lexicon: &Lexicon) -> Option<Image> {
    has_sign(text).then(|| credit_first(text, lexicon))?
}

/// Whether a text has the sign that stands before a credit.
pub(super) fn has_sign(text: &str) -> bool {
    text.contains('©') || text.contains("(c) ")
}

/// Bytes of the longest credit without a sign or a colon.
const BARE_BYTES_MAX: usize = 120;

/// Words of the longest label of a credit.
const LABEL_WORDS: usize = 4;

/// `A minister in Oslo (AFP / ANN LEE)`, `… (Photo: Ann Lee)`, `… [© Ann Lee]`.
fn in_brackets(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let open = inner.rfind(['(', '['])?;
    let (caption, credit) = (inner[..open].trim(), inner[open + 1..].trim());
    let credit = agency_behind_label(credit, lexicon).unwrap_or(credit);
    // "The lock at night. (Photo d'illustration)".
    let is_label = || matches!(lexicon.label_of(credit), Some((Label::Caption | Label::Credit, end)) if end == credit.len());
    if !caption.is_empty() && credit.contains(' ') && is_label() {
        return Some(image(caption, "", lexicon));
    }
    let kind = credit_kind(credit, lexicon)?;
    // "(foto) (vídeo)": a caption has words of its own.
    if !caption.is_empty() && caption.ends_with(')') && caption.starts_with('(') {
        return None;
    }
    // "Ann Lee (AFP)" is the credit.
    if kind == Kind::Agency && byline::is_people(caption, lexicon) {
        return Some(image("", text.trim_end_matches('.'), lexicon));
    }
    // "…, he said. (AFP)" ends a dispatch; a caption is no sentence, or its credit names more than an agency.
    (kind == Kind::Person || !ends_sentence(caption)).then(|| image(caption, credit, lexicon))
}

/// The agency behind a label of images without a colon: "foto Ansa".
fn agency_behind_label<'t>(credit: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (Label::Credit, end) = lexicon.label_of(credit)? else { return None };
    let name = credit[end..].strip_prefix(' ')?;
    lexicon.has(WordSet::Agencies, &crate::lexicon::fold(name)).then_some(name)
}

/// The agency that a line begins with, and what it says that an image shows: "Getty Images A boat in the harbour". It is no
/// sentence, and a capital follows the agency's name.
pub(super) fn alternative_text<'t>(line: &'t Line<'_>, lexicon: &Lexicon) -> Option<(&'t str, &'t str)> {
    if line.sentence || !(ALTERNATIVE_WORDS_MIN..=CAPTION_WORDS_MAX).contains(&line.words) {
        return None;
    }
    let text = line.text.as_ref();
    let mut folded = Folded::default();
    folded.fold_words(text, AGENCY_WORDS_MAX);
    let (_, end) = folded.beginnings().find(|(words, _)| lexicon.has(WordSet::Agencies, words))?;
    let (agency, shown) = (text[..end].trim(), text[end..].trim_start());
    // "Reuters Institute warns of …" goes on with a verb, and what an image shows mostly with an article.
    let first = shown.split_whitespace().next()?;
    let begins = lexicon.has(WordSet::Articles, &crate::lexicon::fold(first)) || agency.contains(' ');
    (agency.starts_with(char::is_uppercase) && shown.starts_with(char::is_uppercase) && begins)
        .then_some((agency, shown))
}

/// Words of a line that tells what an image shows, with the agency before it.
const ALTERNATIVE_WORDS_MIN: usize = 6;

/// Words of the longest name of an agency.
const AGENCY_WORDS_MAX: usize = 3;

/// What stands before a credit in brackets that names somebody for an agency: "The port (ANN LEE / AFP)".
pub(super) fn credit_in_brackets<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let open = inner.rfind(['(', '['])?;
    let credit = &inner[open + 1..];
    let is_credit = credit.contains('/') && credit_kind(credit.trim(), lexicon) == Some(Kind::Person);
    is_credit.then(|| inner[..open].trim())
}

/// `A minister in Oslo. © Ann Lee`.
fn after_sign(text: &str, lexicon: &Lexicon) -> Option<Image> {
    let (caption, credit) = text.split_once('©').or_else(|| text.split_once("(c) "))?;
    let credit = credit.trim();
    let short = credit.split_whitespace().count() <= CREDIT_WORDS_MAX && !credit.is_empty();
    // A year after the sign is a copyright notice.
    (short && !credit.starts_with(|c: char| c.is_ascii_digit())).then(|| {
        image(caption.trim_end_matches(['(', '[', ' ', '•', '·', '|', '/', '-', '–', '—']), credit, lexicon)
    })
}

/// `Photo: Ann Lee`, `Crédit photo : AFP`, `FILE PHOTO: A minister …`, `Image caption …`.
fn labelled(line: &Line<'_>, lexicon: &Lexicon) -> Option<Image> {
    let (label, rest) = line
        .labelled_with_colon()
        .or_else(|| labelled_with_comma(line, lexicon))
        .or_else(|| figure::labelled_name(line, lexicon))?;
    match label {
        Label::Credit
            if credit_kind(rest, lexicon).is_some()
                || !byline::people(rest, lexicon).is_empty()
                || figure::is_nickname(rest) =>
        {
            Some(image("", rest, lexicon))
        }
        // "Crédit photo : Ville de Holm": a label of two words is no caption's.
        Label::Credit
            if line.text[..line.label?.1].trim().contains(' ') && line.words <= CREDIT_WORDS_MAX =>
        {
            Some(image("", rest, lexicon))
        }
        Label::Credit | Label::Caption => {
            match after_last_stop(rest, lexicon).or_else(|| in_brackets(rest, lexicon)) {
                Some(image) => Some(image),
                None if line.words < CAPTION_WORDS_MAX / 2 => Some(image(rest, "", lexicon)),
                None => None,
            }
        }
        _ => None,
    }
}

/// What a label says that the words behind it in a figure are, and these words: `Image source, Getty Images`. It has two words
/// and a sign behind it, or is all that its element says (`is_whole`).
pub(crate) fn label_of_image<'t>(
    text: &'t str,
    is_whole: bool,
    lexicon: &Lexicon,
) -> Option<(Label, &'t str)> {
    let (label @ (Label::Caption | Label::Credit), end) = lexicon.label_of(text)? else { return None };
    let is_long = text[..end].trim().contains(' ');
    let rest = text[end..].trim();
    let behind = rest.strip_prefix([',', ':']).map(str::trim_start);
    let is_label = match behind {
        Some("") => is_long || is_whole && rest == ",",
        Some(_) => is_long,
        // "Credit..." stands there for those who do not see it.
        None => is_whole && (is_long && rest.is_empty() || rest == "..."),
    };
    is_label.then(|| (label, behind.unwrap_or_default()))
}

/// `Image source, Getty Images`, `Image caption, The port`: broadcasters set a comma behind the label. It has two words, or an
/// agency behind it.
fn labelled_with_comma<'t>(line: &'t Line<'_>, lexicon: &Lexicon) -> Option<(Label, &'t str)> {
    let (label @ (Label::Caption | Label::Credit), end) = line.label? else { return None };
    let rest = line.text[end..].trim_start().strip_prefix(',')?.trim();
    let begins = rest.starts_with(|c: char| !c.is_alphanumeric() || c.is_uppercase() || c.is_ascii_digit());
    let is_whole = line.text[..end].trim().contains(' ') && !rest.is_empty() && begins;
    (is_whole || label == Label::Credit && credit_kind(rest, lexicon).is_some()).then_some((label, rest))
}

/// `A minister in Oslo. ANN LEE / AFP`, `A minister in Oslo – Reuters`, `… Photo: Ann Lee`.
fn after_last_stop(text: &str, lexicon: &Lexicon) -> Option<Image> {
    if ends_sentence(text) {
        return None;
    }
    let cuts = [". ", " / ", " | ", " – ", " — ", " - ", "! ", ".\u{a0}", "» ", "” "];
    // The full stop of an initial or of a shortened label ends nothing: "K. BERG / AFP", "Fot. Jan Bem".
    let goes_on = |text: &str| ends_in_initial(text) || ends_in_credit_label(text, lexicon);
    let last = |cut: &str| {
        let mut found = text.rmatch_indices(cut).map(|(at, _)| at);
        found.find(|at| !(cut.starts_with('.') && goes_on(&text[..*at])))
    };
    let mut ends: Vec<(usize, usize)> =
        cuts.iter().filter_map(|cut| last(cut).map(|at| (at, cut.len()))).collect();
    ends.sort_unstable_by(|a, b| b.cmp(a));
    if let Some((caption, credit)) = before_holder(text, lexicon) {
        return Some(image(caption, credit, lexicon));
    }
    // The credit may hold a cut itself ("ANN LEE / AFP"), so the longest one that reads as a credit wins.
    let is_credit = |at: usize, cut: usize| {
        // No credit begins in the middle of brackets.
        if text[..at].rfind('(') > text[..at].rfind(')') {
            return false;
        }
        credit_kind(&text[at + cut..], lexicon).is_some()
            || text[..at].contains(char::is_lowercase) && is_person_in_capitals(&text[at + cut..], lexicon)
    };
    let (at, cut) = ends.into_iter().filter(|(at, cut)| is_credit(*at, *cut)).min_by_key(|(at, _)| *at)?;
    let keeps_stop = text[at..].starts_with(['.', '!', '»', '”']);
    let first = text[at..].chars().next().map_or(0, char::len_utf8);
    let caption = &text[..if keeps_stop { at + first } else { at }];
    (caption.split_whitespace().count() >= 2).then(|| image(caption, &text[at + cut..], lexicon))
}

/// `The port, closed since Monday. | THE LAKE POST`, `… on 15 March. - OFB`: whose an image is, in capitals behind a bar, or as
/// letters behind a sentence and a dash.
fn before_holder<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(&'t str, &'t str)> {
    let parted =
        |sign: &str| text.rsplit_once(sign).map(|(caption, holder)| (caption.trim_end(), holder.trim()));
    let in_capitals =
        |holder: &str| holder.chars().all(|c| c.is_uppercase() || !c.is_alphanumeric()) && holder.len() > 1;
    let is_caption = |caption: &str| {
        caption.contains(char::is_lowercase)
            && !caption.contains('|')
            && caption.split_whitespace().count() >= HOLDER_CAPTION_WORDS_MIN
    };
    let (caption, holder) = parted(" | ")
        .filter(|(_, holder)| holder.split_whitespace().count() <= HOLDER_WORDS_MAX)
        .or_else(|| {
            parted(" - ").or_else(|| parted(" – ")).filter(|(caption, holder)| {
                ends_sentence(caption)
                    && !holder.contains(' ')
                    && holder.chars().count() <= HOLDER_LETTERS_MAX
            })
        })
        // "The lock, closed since Monday. - Ann Lee".
        .or_else(|| {
            let (caption, holder) = parted(" - ").or_else(|| parted(" – "))?;
            let given = holder.split(' ').next().is_some_and(|first| byline::is_given_name(first, lexicon));
            (ends_sentence(caption) && given && byline::is_people(holder, lexicon))
                .then_some((caption, holder))
        })
        // "Ann Lee (left) and Bo Ek. DR": rights reserved, nobody knows for whom.
        .or_else(|| parted(". ").filter(|(_, holder)| matches!(*holder, "DR" | "D.R" | "D.R.")))?;
    let is_holder = in_capitals(holder) || byline::is_people(holder, lexicon) && ends_sentence(caption);
    (is_holder && is_caption(caption)).then_some((caption, holder))
}

/// Words of who holds the rights of an image, letters where they are all of it, and words of the caption before.
const HOLDER_WORDS_MAX: usize = 6;
const HOLDER_LETTERS_MAX: usize = 5;
const HOLDER_CAPTION_WORDS_MIN: usize = 5;

/// "ANN LEE", "ANN LEE FOR “THE LAKE POST”": a photographer's name as no sentence has it.
pub(super) fn is_person_in_capitals(text: &str, lexicon: &Lexicon) -> bool {
    let words = text.split_whitespace().count();
    (2..=CREDIT_WORDS_MAX).contains(&words)
        && !text.contains(char::is_lowercase)
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!'))
        && byline::people(text, lexicon)
            .first()
            .is_some_and(|name| text.starts_with(name.as_str()) && name.split_whitespace().count() <= 4)
}

/// Letters of a shortened label; a sentence may end in a longer one ("She took the photo. ANN LEE / AFP").
const SHORTENED_MAX: usize = 3;

/// Whether a text ends in a capital by itself.
fn ends_in_initial(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next().is_some_and(char::is_uppercase) && last.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Whether the last word of a text is a label of credits, shortened: "Fot".
fn ends_in_credit_label(text: &str, lexicon: &Lexicon) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_short =
        (2..=SHORTENED_MAX).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_short && matches!(lexicon.label_of(word), Some((Label::Credit, end)) if end == word.len())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An agency and nothing else.
    Agency,
    /// Somebody, for an agency or under a label.
    Person,
}

/// Whether words name somebody for an agency: "Ann Lee/AFP".
pub(super) fn is_credit_of_person(credit: &str, lexicon: &Lexicon) -> bool {
    credit.contains('/')
        && credit.split('/').any(|part| byline::is_people(part, lexicon))
        && credit_kind(credit, lexicon) == Some(Kind::Person)
}

/// Whether words read as a credit: short, with an agency in it or a label for it, and no sentence.
fn credit_kind(credit: &str, lexicon: &Lexicon) -> Option<Kind> {
    let words = credit.split_whitespace().count();
    if words == 0 || words > CREDIT_WORDS_MAX {
        return None;
    }
    if is_photo_of_paper(credit, lexicon) {
        return Some(Kind::Person);
    }
    if credit.starts_with('©') || matches!(credit, "DR" | "D.R." | "D.R") {
        return Some(Kind::Person);
    }
    let mut folded = Folded::default();
    folded.fold(credit);
    if let Some((Label::Credit, end)) = lexicon.label(&folded) {
        let rest = credit[end..].trim_start_matches([' ', ':', '.', '\u{a0}']);
        let set_off = credit[end..].trim_start().starts_with(':') || folded.len() > 2 && words <= 6;
        if set_off && rest.starts_with(char::is_uppercase) {
            return Some(Kind::Person);
        }
    }
    let has_agency = |part: &str| {
        folded_words(part).any(|word| lexicon.has(WordSet::Agencies, &word))
            || lexicon.is_outlet(&crate::lexicon::fold(part))
    };
    if lexicon.is_outlet(folded.as_str()) && has_agency(credit) {
        return Some(Kind::Agency);
    }
    // "AFP / ANN LEE", "Ann Lee/Reuters", "REUTERS/Ann Lee/File Photo", "Ann Lee via Getty Images".
    let parts: Vec<&str> = credit.split(['/', ',', '|', '-', '–']).map(str::trim).collect();
    let agency = parts.iter().any(|part| part.split_whitespace().count() <= 3 && has_agency(part));
    // "Ann Lee/Le Courrier de Holm".
    if let [name, outlet] = parts[..]
        && credit.contains('/')
        && byline::is_people(name, lexicon)
        && byline::is_outlet_name(outlet, lexicon)
    {
        return Some(Kind::Person);
    }
    // "LP/Ann Lee": a newspaper in two to four capitals.
    if let [outlet, name] = parts[..]
        && credit.contains('/')
        && (2..=HOLDER_LETTERS_MAX).contains(&outlet.len())
        && outlet.bytes().all(|byte| byte.is_ascii_uppercase())
        && byline::is_people(name, lexicon)
    {
        return Some(Kind::Person);
    }
    // "Photo d'archives Le Progrès du lac/Bo Ek".
    if let [labelled, name] = parts[..]
        && credit.contains('/')
        && matches!(lexicon.label(&folded), Some((Label::Credit | Label::Caption, _)))
        && labelled.contains(' ')
        && byline::is_people(name, lexicon)
    {
        return Some(Kind::Person);
    }
    // "dpa/Lars Holm".
    let mut words_of = credit.split(|c: char| c.is_whitespace() || c == '/');
    let named = words_of.all(|word| !word.starts_with(char::is_lowercase) || word.len() < 4);
    if agency && named && (parts.len() > 1 || words <= 5) {
        return Some(if words > 1 { Kind::Person } else { Kind::Agency });
    }
    None
}

/// "Courier photo by Ann Lee": the paper stands before the label.
fn is_photo_of_paper(credit: &str, lexicon: &Lexicon) -> bool {
    let mut starts = credit.match_indices(' ').map(|(at, _)| at + 1).take(2);
    credit.starts_with(char::is_uppercase)
        && starts.any(|at| {
            let rest = &credit[at..];
            let Some((Label::Credit, end)) = lexicon.label_of(rest) else { return false };
            rest[..end].contains(' ') && byline::is_people(rest[end..].trim(), lexicon)
        })
}

fn folded_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .map(crate::lexicon::fold)
}

/// An image with this caption and credit, either of which may be blank; the credit without its label.
fn image(caption: &str, credit: &str, lexicon: &Lexicon) -> Image {
    let mut folded = Folded::default();
    folded.fold(credit);
    let credit = match lexicon.label(&folded) {
        Some((Label::Credit, end)) => {
            let rest = credit[end..].trim_start_matches([' ', ':', '.', '\u{a0}']);
            if rest.starts_with(char::is_uppercase) { rest } else { credit }
        }
        _ => credit,
    };
    let kept = |text: &str| {
        let text = text.trim().trim_start_matches(['©', ':', '|', '•', '·', ' ']).trim();
        let text = text.trim_end_matches(['—', '–', '|', '•', '·', ' ']);
        let text = text.strip_suffix(" -").unwrap_or(text);
        (!text.is_empty()).then(|| text.to_owned())
    };
    Image { url: None, caption: kept(caption), credit: kept(beside::bare(credit)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_may_come_first() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |text: &str, expected: Option<(Option<&str>, &str)>| {
            let found = credit_first(text, &lexicon);
            let found = found
                .as_ref()
                .map(|image| (image.caption.as_deref(), image.credit.as_deref().unwrap_or_default()));
            assert_eq!(found, expected, "{text}");
        };
        check("« Crédit : Jean Dupont / AFP »", Some((None, "Jean Dupont / AFP")));
        check("Crédit photo : Jean Dupont", Some((None, "Jean Dupont")));
        check("© AFP", Some((None, "AFP")));
        check("© Jean Dupont – Le port, lundi.", Some((Some("Le port, lundi."), "Jean Dupont")));
        check("Photo: Ann Lee. The port in Oslo.", Some((Some("The port in Oslo."), "Ann Lee")));
        check("Foto: dpa", Some((None, "dpa")));
        check("Crédits : DR", Some((None, "DR")));
        check("Photo by Ann Lee on Unsplash", Some((None, "Ann Lee on Unsplash")));
        check("© Le Phare - Le port a rouvert lundi.", Some((Some("Le port a rouvert lundi."), "Le Phare")));
        check("© Jean Dupont - AFP", Some((None, "Jean Dupont - AFP")));
        check("© Belga – Jean Dupont", Some((None, "Belga – Jean Dupont")));
        check("© 2026 Le Journal du lac", None);
        check("Crédit : les taux remontent", None);
        check("Photo : la digue vue du phare", None);
        check("Le crédit : Jean Dupont l'a obtenu.", None);
    }
}
