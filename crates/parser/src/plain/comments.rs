//! Comment threads: where one starts, and who says what in it.

mod bare;
mod frame;
mod initials;

use std::collections::HashMap;

use document::{Comment, Text};

use super::line::{Line, Role, ends_sentence};
use crate::date::{self, Order};
use crate::lexicon::{Chrome, Folded, Label, Lexicon, WordSet};
pub(super) use bare::starts_bare;
use frame::Frame;

/// A comment as it is gathered.
#[derive(Debug, Default)]
struct Draft<'a> {
    author: Option<String>,
    lines: Vec<&'a str>,
}

/// Reads the thread in `lines` and marks its lines; gives the comments and how many lines the thread takes.
/// `title` is the key of the headline, which ends a thread when a site repeats it.
pub(super) fn read(
    lines: &mut [Line<'_>],
    title: Option<u64>,
    lexicon: &Lexicon,
    order: Order,
) -> (Vec<Comment>, usize) {
    let mut marks: Vec<Mark> = lines.iter().map(|line| mark(line, title, lexicon, order)).collect();
    initials::mark(lines, &mut marks, lexicon);
    let end = marks.iter().position(|mark| *mark == Mark::End).unwrap_or(lines.len());
    let structured =
        marks[..end].iter().any(|mark| matches!(mark, Mark::Starts(_) | Mark::Closes | Mark::Dated(_)));
    // Dates stand above comments or below them; the last line of a thread shows which.
    let last = marks[..end].iter().rev().find(|mark| !matches!(mark, Mark::Skipped));
    let dates_below = matches!(last, Some(Mark::Dated(None)))
        && !marks[..end].iter().any(|mark| matches!(mark, Mark::Closes | Mark::Starts(_)));
    let names_below = dates_below && bare::names_stand_below(&lines[..end], &marks, lexicon);
    let badges = badges(&lines[..end], &marks);
    let is_ranked = bare::ranks_stand_below_names(&lines[..end], &marks);
    let mut drafts: Vec<Draft<'_>> = vec![Draft::default()];
    let named_lines = if structured { Vec::new() } else { named_lines(&lines[..end], &marks) };
    for (index, (line, mark)) in lines[..end].iter().zip(&marks).enumerate() {
        // The thread has a head of its own, below buttons that lead to it.
        let is_first = !structured || drafts.len() == 1;
        if *mark == Mark::Head && is_first && drafts.iter().all(|draft| draft.author.is_none()) {
            drafts = vec![Draft::default()];
        }
        let Some(draft) = drafts.last_mut() else { break };
        let closes = *mark == Mark::Closes || dates_below && *mark == Mark::Dated(None);
        match mark {
            Mark::Starts(author) => drafts.push(Draft { author: author.clone(), lines: Vec::new() }),
            _ if closes => {
                if names_below && draft.lines.len() > 1 {
                    draft.author = draft.lines.pop().map(|line| author(line, lexicon));
                }
                if !draft.lines.is_empty() {
                    drafts.push(Draft::default());
                }
            }
            Mark::Dated(name) => {
                if draft.author.is_some() && draft.lines.is_empty() {
                    continue; // An avatar with a name came before.
                }
                if is_ranked {
                    draft.lines.pop();
                }
                // The line above the date is the author's, when the date's own line names nobody.
                let above =
                    draft.lines.last().filter(|line| is_nickname(line)).map(|line| author(line, lexicon));
                let author = match (name, above) {
                    (Some(name), _) => Some(name.clone()),
                    (None, Some(above)) => {
                        draft.lines.pop();
                        Some(above)
                    }
                    (None, None) => None,
                };
                drafts.push(Draft { author, lines: Vec::new() });
            }
            Mark::Skipped | Mark::Head | Mark::End | Mark::Closes => {}
            Mark::Says => {
                if !structured && named_lines.contains(&index) {
                    drafts.push(Draft { author: Some(author(&line.text, lexicon)), lines: Vec::new() });
                } else if badges.contains(&line.key) {
                    drafts.push(Draft::default());
                } else if !structured && badges.is_empty() && line.gap && !draft.lines.is_empty() {
                    drafts.push(Draft { author: None, lines: vec![&line.text] });
                } else {
                    draft.lines.push(&line.text);
                }
            }
        }
    }
    drafts.retain(|draft| !draft.lines.is_empty());
    // "More in Sports" below the button of a thread that is not there.
    let says_nothing = |draft: &Draft<'_>| {
        draft.author.is_none()
            && draft
                .lines
                .iter()
                .all(|line| !ends_sentence(line) && line.split_whitespace().count() <= BUTTON_WORDS_MAX)
    };
    if !structured && drafts.len() == 1 && says_nothing(&drafts[0]) {
        drafts.clear();
    }
    if structured {
        drop_what_follows(&mut drafts, ends_below_buttons(&marks[..end]));
    }
    name_authors(&mut drafts, structured, lexicon);
    initials::take_off(&mut drafts);
    let comments = drafts
        .into_iter()
        .filter_map(|draft| Some(Comment { author: draft.author, text: Text::new(draft.lines.join("\n"))? }));
    let comments = comments.collect();
    for line in &mut lines[..end] {
        line.role = Role::Thread;
    }
    (comments, end)
}

/// Whether these lines read as a thread: they hold pictures, reply buttons or dated names.
pub(super) fn is_thread(lines: &[Line<'_>], lexicon: &Lexicon, order: Order) -> bool {
    lines.iter().take(400).any(|line| {
        matches!(mark(line, None, lexicon, order), Mark::Starts(_) | Mark::Closes | Mark::Dated(_))
    })
}

/// How many comments the head of a thread announces; `None` when it gives no number.
pub(super) fn promised(head: &str) -> Option<usize> {
    let digits: String = head.chars().filter(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

/// Whether lines under a head without a number may be comments: they read as a thread, or as sentences.
pub(super) fn may_be_thread(lines: &[Line<'_>], lexicon: &Lexicon, order: Order) -> bool {
    let says = lines.iter().take(60).filter(|line| line.chrome.is_none());
    let (sentences, all) =
        says.fold((0, 0), |(sentences, all), line| (sentences + usize::from(line.sentence), all + 1));
    is_thread(lines, lexicon, order) || sentences * 2 >= all && all > 0
}

/// What a line is in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    /// A comment begins; its author, when the line names one.
    Starts(Option<String>),
    /// A comment ends.
    Closes,
    /// A comment's date, with the author when the line names one.
    Dated(Option<String>),
    /// A prompt or a button.
    Skipped,
    /// A head of the thread.
    Head,
    /// The thread is over.
    End,
    /// What somebody says.
    Says,
}

/// A comment's date, and whose comment it is when the line says so.
struct Dated {
    name: Option<String>,
}

fn mark(line: &Line<'_>, title: Option<u64>, lexicon: &Lexicon, order: Order) -> Mark {
    if Some(line.key) == title {
        return Mark::End;
    }
    match line.chrome {
        Some((Chrome::Avatar, whole)) => {
            return Mark::Starts(if whole { None } else { last_words(&line.text) });
        }
        Some((Chrome::CommentFrame, _)) => return Mark::Closes,
        // "Source ?" is what a reader asks.
        Some((Chrome::Sources, true)) if line.text.ends_with('?') => return Mark::Says,
        Some((Chrome::Related | Chrome::Footer | Chrome::Sources, true)) => return Mark::End,
        Some((Chrome::Related | Chrome::Footer, false)) if line.words < 20 => return Mark::Skipped,
        Some((Chrome::Comments, true)) => return Mark::Head,
        Some(_) => return Mark::Skipped,
        None => {}
    }
    match frame::read(&line.text, lexicon) {
        Some(Frame::Count) => return Mark::Skipped,
        Some(Frame::Button) => return Mark::Closes,
        Some(Frame::Age) => return Mark::Dated(None),
        None => {}
    }
    match dated(line, lexicon, order) {
        Some(Dated { name }) => Mark::Dated(name),
        None => Mark::Says,
    }
}

/// "Avatar de zoe42": the name is what the phrase leaves, taken from its end.
fn last_words(text: &str) -> Option<String> {
    let name = text.split_whitespace().last()?;
    Some(name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()).filter(|name| !name.is_empty())
}

/// Whether a line is a date, with at most a name before it: `zoe42 · il y a 3 heures`, `zoe42 le 8 mars à 10h`,
/// `zoe42 says: March 8, 2026 at 10:05 am`. Gives the name, if there is one.
fn dated(line: &Line<'_>, lexicon: &Lexicon, order: Order) -> Option<Dated> {
    if line.words > 14 || line.text.len() > 200 || line.sentence && line.words > 8 {
        return None;
    }
    dated_in(without_counters(&line.text, lexicon, order), lexicon, order)
}

/// A line above a comment, which says who wrote it, and when, or counts something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadOfComment {
    pub(crate) author: Option<String>,
}

/// Signs that set off what stands beside a time.
const SET_OFF: [char; 3] = ['•', '·', '|'];

/// Words of a line that nobody says.
const BUTTON_WORDS_MAX: usize = 4;

/// Words of the longest name before a time.
const NAME_WORDS: usize = 5;

/// Reads a line as one that stands above a comment; `None` if it is none.
pub(crate) fn head_of_comment(line: &str, lexicon: &Lexicon, order: Order) -> Option<HeadOfComment> {
    let words = line.split_whitespace().count();
    if words > 14 || line.len() > 200 || ends_sentence(line) && words > 8 {
        return None;
    }
    let bare = without_counters(line, lexicon, order);
    if bare.is_empty() {
        return Some(HeadOfComment { author: None });
    }
    let Dated { name } = dated_in(bare, lexicon, order)?;
    // "Par Jean Dupont le 8 mars": the label is no part of the name.
    let mut folded = Folded::default();
    let author = name.map(|name| {
        folded.fold(&name);
        match lexicon.label(&folded) {
            Some((Label::Byline, end)) => name[end..].trim().to_owned(),
            _ => name,
        }
    });
    Some(HeadOfComment { author: author.filter(|name| !name.is_empty()) })
}

/// A line without the counters at its end: "12 likes", "3 réponses", "42".
fn without_counters<'t>(line: &'t str, lexicon: &Lexicon, order: Order) -> &'t str {
    let is_separator = |c: char| matches!(c, ',' | '·' | '•' | '|' | '–' | '—' | ';' | '\n' | '\t');
    let mut folded = Folded::default();
    let mut is_counter = |part: &str| {
        let mut words = part.split_whitespace();
        let in_figures = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let counted = words.next().is_some_and(in_figures) && words.clone().count() <= 2;
        if !counted || !words.all(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’')))
        {
            return false;
        }
        folded.fold(part);
        !folded.words().any(|word| lexicon.has(WordSet::Ago, word)) && date::prefix(part, order).is_none()
    };
    let mut rest = line.trim();
    // A line has few counters, and each takes a part off it.
    for _ in 0..4 {
        let start =
            rest.rfind(is_separator).map_or(0, |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
        if !is_counter(rest[start..].trim()) {
            break;
        }
        rest = rest[..start].trim_end_matches(|c: char| is_separator(c) || c.is_whitespace());
    }
    rest
}

fn dated_in(text: &str, lexicon: &Lexicon, order: Order) -> Option<Dated> {
    let mut folded = Folded::default();
    // Few lines are as short as a time that is told from today, so that only those are folded.
    let is_set_off = text.contains(SET_OFF);
    let says = |word: &&str| word.contains(char::is_alphanumeric);
    let digit = |byte: u8| byte.is_ascii_digit();
    let last_digit = text.bytes().rposition(digit);
    let mut words_left = text.split_whitespace().filter(says).count();
    for (names, word) in text.split_whitespace().enumerate() {
        if names > NAME_WORDS {
            return None;
        }
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = text[at..].trim_start_matches(['(', '·', '•', '-', '–', '|', ' ', ',']);
        let ends = |end: usize| bare[end..].split_whitespace().all(|rest| rest.len() < 3 || rest == "min");
        // Most lines are names, and have no number.
        let is_numbered = last_digit.is_some_and(|digit| digit >= at);
        let is_date = || {
            is_numbered
                && (date::prefix(bare, order).is_some_and(|(date, end)| date.day.is_some() && ends(end))
                    || frame::day_and_time(bare).is_some_and(ends))
        };
        let is_relative = |folded: &mut Folded| {
            // "4 days ago • edited": what is set off behind the time is none of it.
            let time = if is_set_off { bare.split(SET_OFF).next().unwrap_or_default() } else { bare };
            let (words, has_digit) = if is_set_off {
                (time.split_whitespace().filter(says).count(), time.bytes().any(digit))
            } else {
                (words_left, is_numbered)
            };
            let words_max = if has_digit { 6 } else { 2 };
            if words > words_max {
                return false;
            }
            folded.fold(time);
            let is_ago = |word: &str| lexicon.has(WordSet::Ago, word);
            folded.len() <= words_max
                && (folded.words().next().is_some_and(is_ago)
                    || folded.words().last().is_some_and(is_ago) && starts_counted(time)
                    || folded.beginnings().any(|(words, _)| words.contains(' ') && is_ago(words)))
        };
        if is_date() || is_relative(&mut folded) {
            let name = author(&text[..at], lexicon);
            // "Modifié le 8 mars à 10h" names nobody.
            let is_label = matches!(
                lexicon.label_of(&name),
                Some((Label::Published | Label::Modified, end)) if end == name.len()
            );
            let name = if is_label { String::new() } else { without_byline(&name, lexicon).to_owned() };
            // "à écrit le 8 mars": nobody gave a name.
            return Some(Dated { name: (name.chars().count() > 1).then_some(name) });
        }
        words_left -= usize::from(says(&word));
    }
    None
}

/// A name without the label before it: "Par zoe42".
fn without_byline<'t>(name: &'t str, lexicon: &Lexicon) -> &'t str {
    match lexicon.label_of(name) {
        Some((Label::Byline, end)) if name[end..].starts_with([' ', ':']) => {
            name[end..].trim_start_matches([' ', ':'])
        }
        _ => name,
    }
}

fn starts_counted(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with("a ") || text.starts_with("an ")
}

/// Whether a line may be a reader's name: short, and no sentence. A full stop may end an initial.
fn is_nickname(line: &str) -> bool {
    let initial =
        || line.split_whitespace().next_back().is_some_and(|word| word.len() <= 3 && word.ends_with('.'));
    line.split_whitespace().count() <= 4 && line.len() <= 40 && (!ends_sentence(line) || initial())
}

/// A reader's name without its number in the thread and without "says".
fn author(line: &str, lexicon: &Lexicon) -> String {
    let edge = |c: char| !c.is_alphanumeric() && c != '.';
    let mut name = line.trim_matches(edge);
    if let Some((number, rest)) = name.split_once(['.', ')'])
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        name = rest.trim_matches(edge);
    }
    let mut folded = Folded::default();
    folded.fold(name);
    // "Zoé a écrit": the words are few, so trying each ending is cheap.
    for (at, _) in name.char_indices().filter(|(_, c)| c.is_whitespace()) {
        folded.fold(&name[at..]);
        if lexicon.has(WordSet::Says, folded.as_str()) {
            name = name[..at].trim_matches(edge);
            break;
        }
    }
    // "zoe42 Abonné": a mark of the site beside the name.
    if let Some((rest, last)) = name.rsplit_once(char::is_whitespace) {
        folded.fold(last);
        if matches!(lexicon.chrome(&folded), Some((Chrome::Subscription, true))) {
            name = rest.trim_matches(edge);
        }
    }
    name.to_owned()
}

/// Short lines that come again and again, as a rank or a mark beside each reader's name does.
fn badges(lines: &[Line<'_>], marks: &[Mark]) -> Vec<u64> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for (line, mark) in lines.iter().zip(marks) {
        if *mark == Mark::Says && line.words <= 2 && !line.sentence {
            *counts.entry(line.key).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= 3).map(|(key, _)| key).collect()
}

/// Lines that stand above each comment of a thread without other marks, and name its author: short lines with
/// longer ones below them, from the first line on.
fn named_lines(lines: &[Line<'_>], marks: &[Mark]) -> Vec<usize> {
    let says: Vec<usize> = (0..lines.len()).filter(|index| marks[*index] == Mark::Says).collect();
    let names: Vec<usize> = says
        .windows(2)
        .filter(|pair| {
            let (name, text) = (&lines[pair[0]], &lines[pair[1]]);
            name.words <= 3 && is_nickname(&name.text) && (text.sentence || text.words > 4) && !text.gap
        })
        .map(|pair| pair[0])
        .collect();
    if names.first() == says.first() && names.len() >= 2 { names } else { Vec::new() }
}

/// Whether a thread ends in what somebody says below a button that ends a comment, as another one before it does.
fn ends_below_buttons(marks: &[Mark]) -> bool {
    let mut said = marks.iter().rev().filter(|mark| !matches!(mark, Mark::Skipped | Mark::Head));
    matches!(said.next(), Some(Mark::Says))
        && said.find(|mark| **mark != Mark::Says) == Some(&Mark::Closes)
        && marks.iter().filter(|mark| **mark == Mark::Closes).count() > 1
}

/// Drops a last draft that is a few words without an author, below comments that all have one: a site's next head. Where each
/// comment has its button (`is_open`), what stands below the last one is no comment, unless a name and a sentence do.
fn drop_what_follows(drafts: &mut Vec<Draft<'_>>, is_open: bool) {
    let Some((last, others)) = drafts.split_last() else { return };
    let is_named = |draft: &Draft<'_>| draft.lines.len() > 1 && is_nickname(draft.lines[0]);
    let is_head = last.author.is_none()
        && matches!(last.lines.as_slice(), [line] if line.split_whitespace().count() <= 6 && !ends_sentence(line));
    let is_below = || is_open && last.author.is_none() && !(is_named(last) && ends_sentence(last.lines[1]));
    let have_authors = || others.iter().all(|draft| draft.author.is_some());
    let are_named = || others.iter().all(|draft| draft.author.is_some() || is_named(draft));
    if !others.is_empty() && (is_head && have_authors() || is_below() && are_named()) {
        drafts.pop();
    }
}

/// Where every comment begins with a short line, that line is its author's.
fn name_authors(drafts: &mut [Draft<'_>], structured: bool, lexicon: &Lexicon) {
    let unnamed = || drafts.iter().filter(|draft| draft.author.is_none());
    let all = unnamed().all(|draft| draft.lines.len() >= 2 && is_nickname(draft.lines[0]));
    if unnamed().count() >= if structured { 1 } else { 2 } && all {
        for draft in drafts.iter_mut().filter(|draft| draft.author.is_none()) {
            draft.author = Some(author(draft.lines.remove(0), lexicon));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_s_head_names_its_author() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |line: &str, expected: Option<Option<&str>>| {
            let found = head_of_comment(line, &lexicon, Order::Unknown);
            let found = found.as_ref().map(|head| head.author.as_deref());
            assert_eq!(found, expected, "{line}");
        };
        check("Jean Dupont, il y a 3 heures, 12 likes", Some(Some("Jean Dupont")));
        check("zoe42 · il y a 3 heures", Some(Some("zoe42")));
        check("Ann Lee | March 8, 2026 at 10:05 am | 3 replies | 7", Some(Some("Ann Lee")));
        check("il y a 2 jours", Some(None));
        check("12 likes, 3 réponses", Some(None));
        check("Enfin une bonne nouvelle", None);
        check("J'ai vu 12 bateaux", None);
    }

    /// The comments below a text, each as its author and its words.
    fn threads(below: &str) -> Vec<String> {
        let text = "Les premières barques ont franchi lundi l'écluse de Holm, après vingt mois de travaux.";
        let page = format!("Le canal rouvre aux barques\n\nPar Zoé Lam\n\n{text}\n\n{below}\n");
        let article = crate::plain::read(&page, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.text.as_str(), text);
        article
            .comments
            .iter()
            .map(|comment| format!("{}: {}", comment.author.as_deref().unwrap_or("-"), comment.text.as_str()))
            .collect()
    }

    #[test]
    fn a_day_without_a_year_and_a_mark_stand_above_a_comment() {
        let thread = "Commentaires (2)\nzoe42 Abonné\nLe 03/03 à 11h40\n#1\nEnfin, il était temps !\nSignaler\n\
                      bo_ek Premium\nLe 03/03 à 12h02\n#1.1\nEt les canards ?\nSignaler";
        assert_eq!(threads(thread), ["zoe42: Enfin, il était temps !", "bo_ek: Et les canards ?"]);
    }

    #[test]
    fn the_foot_of_the_page_is_no_comment() {
        for foot in ["Terms of use | Privacy | Contact", "Mentions légales | CGU"] {
            for button in ["", "Répondre\n"] {
                let thread = format!(
                    "Commentaires (1)\nzoe42\nIl y a 2 heures\nEnfin, il était temps !\n{button}\n{foot}"
                );
                assert_eq!(threads(&thread), ["zoe42: Enfin, il était temps !"], "{thread}");
            }
        }
    }

    #[test]
    fn a_thread_begins_at_its_own_head_and_ends_at_the_next() {
        let thread = "Voir les commentaires\nMon compte lecteur\nLes commentaires (2)\nzoe42\nIl y a 2 heures\n\
                      Enfin, il était temps !\nRépondre\nbo_ek\nIl y a 1 heure\nEt les canards ?\nRépondre\nLe forum des lecteurs";
        assert_eq!(threads(thread), ["zoe42: Enfin, il était temps !", "bo_ek: Et les canards ?"]);
    }

    #[test]
    fn what_stands_below_the_last_button_is_no_comment() {
        let thread =
            "Commentaires (2)\nzoe42\nEnfin, il était temps !\nRépondre\nbo_ek\nEt les canards ?\nRépondre";
        let expected = ["zoe42: Enfin, il était temps !", "bo_ek: Et les canards ?"];
        for tail in ["", "\nLecture", "\nLecture\nLe lac en direct\nTous les ports de la baie"] {
            assert_eq!(threads(&format!("{thread}{tail}")), expected, "{tail}");
        }
        let forum = "2 Comments\nComment from the forums\nzoe42\nEnfin, il était temps !\nReply\nbo_ek\n\
                     Et les canards ?\nReply\nView All 2 Comments";
        assert_eq!(threads(forum), expected);
        assert_eq!(threads("7 commentaires\nLa suite en vidéo"), [""; 0]);
    }

    #[test]
    fn the_rank_of_a_reader_is_no_name() {
        let thread = "2 commentaires\nzoe42\nExpert éminent\nLe 3 mars 2026 à 11:40\nEnfin, il était temps !\n\
                      bo_ek\nMembre averti\nLe 3 mars 2026 à 13:05\nEt les canards ?";
        assert_eq!(threads(thread), ["zoe42: Enfin, il était temps !", "bo_ek: Et les canards ?"]);
    }
}
