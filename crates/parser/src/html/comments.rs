//! Readers' comments, each with who wrote it.

use document::{Comment, Text};

use super::blocks::{Block, Blocks};
use super::body::{self, Verdict};
use super::joints;
use super::role::Roles;
use super::tag::{Name, Tag};
use super::tree::{NodeId, Tree};
use crate::date::{self, Order};
use crate::lexicon::{Chrome, Folded, Label, Lexicon, WordSet, fold};
use crate::plain;

/// Comments kept.
const COMMENTS_MAX: usize = 1000;

/// Characters of the line above a comment.
const HEAD_CHARS: u32 = 120;

/// Words of the longest phrase between a name and that of whom a comment answers.
const ANSWER_WORDS: usize = 4;

/// Words beside the name in a line above a comment.
const BESIDE_WORDS: usize = 8;

/// The comments that a page shows, in order. Forms, buttons and counters around them are none.
pub(super) fn comments(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    order: Order,
    lexicon: &Lexicon,
) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut current: Option<(NodeId, Option<String>, String)> = None;
    let mut folded = Folded::default();
    for (index, (block, verdict)) in blocks.list.iter().zip(verdicts).enumerate() {
        if *verdict != Verdict::Comment || comments.len() >= COMMENTS_MAX {
            continue;
        }
        let Some((item, is_whole_thread)) = item(tree, blocks, block) else { continue };
        // In a thread as a whole stand buttons and forms too: a comment begins with whose it is.
        let is_head = is_whole_thread
            && block.chars <= HEAD_CHARS
            && (says_whose(tree, blocks, block, order, lexicon)
                || is_name_above_date(tree, blocks, (index, item), order, lexicon));
        let begins = |text: &str| is_head && !text.is_empty();
        if current.as_ref().is_none_or(|(other, _, text)| *other != item || begins(text)) {
            finish(current.take(), &mut comments);
            current = Some((item, None, String::new()));
        }
        if is_whole_thread && !is_signed(current.as_ref()) && !is_head {
            continue;
        }
        let Some((_, author, text)) = &mut current else { continue };
        let words = blocks.text_of(block);
        if author.is_none()
            && text.is_empty()
            && let Some((name, below)) = head_in_lines(words, lexicon, order)
        {
            *author = Some(without_says(&name, lexicon).to_owned());
            let is_said = |line: &&str| {
                let frame = lexicon.chrome_of(line, &mut folded);
                !matches!(frame, Some((Chrome::CommentFrame | Chrome::Share, true)))
            };
            *text = below.split('\n').map(str::trim).filter(is_said).collect::<Vec<_>>().join("\n");
            continue;
        }
        let names = || {
            is_name(tree, blocks, block)
                || text.is_empty() && is_name_above_date(tree, blocks, (index, item), order, lexicon)
        };
        if author.is_none() && block.chars <= 60 && names() {
            let called = name_in(tree, block).filter(|_| block.words > 1);
            *author = Some(without_says(called.as_deref().unwrap_or(words), lexicon).to_owned());
            continue;
        }
        // Below the name a sentence is what somebody says, whatever day it speaks of.
        if text.is_empty()
            && block.chars <= HEAD_CHARS
            && (author.is_none() || !plain::ends_sentence(words))
            && let Some(name) = head(tree, blocks, block, order, lexicon)
        {
            let name = without_number(words, without_says(&name, lexicon));
            *author = author.take().or((!name.is_empty()).then(|| name.to_owned()));
            continue;
        }
        folded.fold(words);
        if block.roles.any(Roles::DATE | Roles::BYLINE | Roles::TOOLS)
            || block.link_density() > 0.6
            || matches!(
                lexicon.chrome(&folded),
                Some((
                    Chrome::CommentFrame
                        | Chrome::Comments
                        | Chrome::Share
                        | Chrome::Navigation
                        | Chrome::Subscription,
                    _
                ))
            )
            || block.words < 2
        {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(words);
    }
    finish(current, &mut comments);
    comments
}

fn is_signed(current: Option<&(NodeId, Option<String>, String)>) -> bool {
    current.is_some_and(|(_, author, _)| author.is_some())
}

/// A reader's name without the words that lead to what that reader says: "Ann Lee says:", "Ann Lee a dit :".
pub(super) fn without_says<'t>(name: &'t str, lexicon: &Lexicon) -> &'t str {
    let name = name.trim_end_matches([':', ' ']).trim();
    // "Ann Lee in reply to Bo Ek".
    let mut folded = Folded::default();
    let mut ends = name.match_indices(' ').map(|(at, _)| at).take(BESIDE_WORDS);
    let answers = ends.find(|at| {
        folded.fold_words(&name[at + 1..], ANSWER_WORDS);
        folded.beginnings().any(|(words, _)| lexicon.has(WordSet::Answers, words))
    });
    let name = answers.map_or(name, |at| name[..at].trim_end());
    let one = name.rfind(' ');
    let two = one.and_then(|one| name[..one].rfind(' '));
    let is_says = |at: &usize| lexicon.has(WordSet::Says, &fold(&name[*at..]));
    two.into_iter().chain(one).find(is_says).map_or(name, |at| name[..at].trim_end())
}

/// Whose a comment is that has name and date in its first lines, and its other lines.
pub(super) fn head_in_lines<'t>(
    words: &'t str,
    lexicon: &Lexicon,
    order: Order,
) -> Option<(String, &'t str)> {
    let (first, below) = words.split_once('\n')?;
    if let Some(name) = plain::head_of_comment(first, lexicon, order).and_then(|head| head.author) {
        return Some((name, below));
    }
    let (date, rest) = below.split_once('\n').unwrap_or((below, ""));
    let name = without_says(first, lexicon);
    let is_head = may_be_name(name)
        && date.bytes().any(|byte| byte.is_ascii_digit())
        && plain::head_of_comment(date, lexicon, order).is_some_and(|date| date.author.is_none());
    is_head.then(|| (name.to_owned(), rest))
}

/// Whether a line may be the name that a reader goes by, and no more.
pub(super) fn may_be_name(line: &str) -> bool {
    line.chars().count() <= NAME_CHARS
        && (1..=NAME_WORDS).contains(&line.split_whitespace().count())
        && line.contains(char::is_alphabetic)
        && !line.contains(['?', '!', ':', '«', '"', '\n'])
        && !line.ends_with('.')
}

/// Characters and words of the longest name on a line of its own.
const NAME_CHARS: usize = 40;
const NAME_WORDS: usize = 4;

/// The name in a line above a comment, without the time and the counters beside it; blank where these stand alone, and
/// `None` where the line says something else.
fn head(tree: &Tree<'_>, blocks: &Blocks, block: &Block, order: Order, lexicon: &Lexicon) -> Option<String> {
    let line = &*joints::parted(tree, blocks, block);
    if let Some(head) = plain::head_of_comment(line, lexicon, order) {
        let author = head.author.unwrap_or_default();
        // "1 By Ann Lee": the markup tells the name from its number and its label.
        let called = name_in(tree, block).filter(|name| author.contains(name.as_str()));
        return Some(called.unwrap_or(author));
    }
    // The name may be an element of its own in the line.
    let elements = || (block.first..block.last).filter(|id| tree.tag(*id) != Tag::Text);
    let own = |id: NodeId| blocks.own_roles[id as usize];
    let is_dated = block.roles.any(Roles::DATE) || elements().any(|id| own(id).any(Roles::DATE));
    let in_element = elements().find_map(|id| {
        let names = own(id).any(Roles::BYLINE)
            || is_called_name(tree, id)
            || is_dated && tree.tag(id) == Tag::A && !own(id).any(Roles::DATE);
        names.then(|| tree.short_text(id, 60)).flatten()
    });
    let words = |text: &str| text.split_whitespace().count();
    let is_name = |name: &str| (1..=4).contains(&words(name)) && name.contains(char::is_alphabetic);
    if let Some(name) = in_element.filter(|name| is_name(name))
        // The title of a comment may be as long as that of the article.
        && (words(line) <= words(&name) + BESIDE_WORDS || line.ends_with(name.as_str()) && has_date(line, order))
        && !plain::ends_sentence(line)
    {
        return Some(name.trim().to_owned());
    }
    if let Some(name) = behind_label(line, order, lexicon).filter(|name| is_name(name)) {
        return Some(name.to_owned());
    }
    // "Ann Lee (12 posts)" in an element called the author.
    let start = line.split(['(', ',', '·', '•', '|', '–', '—', '\n']).next().unwrap_or_default().trim();
    (block.roles.any(Roles::BYLINE) && is_name(start) && start.len() < line.len()).then(|| start.to_owned())
}

/// Whether a date known to the day stands in a line.
pub(super) fn has_date(line: &str, order: Order) -> bool {
    let mut starts = line.match_indices(' ').map(|(at, _)| at + 1).take(DATE_WORDS).chain([0]);
    starts.any(|at| {
        line[at..].starts_with(|c: char| c.is_ascii_digit())
            && date::prefix(&line[at..], order).is_some_and(|(date, _)| date.day.is_some())
    })
}

/// Words of a line among which its date is.
const DATE_WORDS: usize = 24;

/// The name between the label of a byline and the date of a comment: "Submitted by Ann Lee on Mon, 05/04/2026 - 10:00".
fn behind_label<'t>(line: &'t str, order: Order, lexicon: &Lexicon) -> Option<&'t str> {
    let (Label::Byline, end) = lexicon.label_of(line)? else { return None };
    let rest = line[end..].trim_start_matches([' ', ':']);
    let mut starts = rest.match_indices(' ').map(|(at, _)| at).take(BESIDE_WORDS);
    // Figures whose order nothing tells are a date as well.
    let is_date = |text: &str| {
        let is_figure = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.');
        date::prefix(text, order).is_some_and(|(date, _)| date.day.is_some())
            || text.bytes().take_while(is_figure).count() >= FIGURES
    };
    let at = starts.find(|at| is_date(&rest[at + 1..]))?;
    let name = rest[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
    // "on Mon, 05/04/2026", "le 4 mai".
    let is_lead = |word: &str| word.len() <= LEAD_BYTES && word.starts_with(char::is_lowercase);
    let lead = name.rmatch_indices(' ').take(2).map(|(at, _)| at);
    let end = lead.filter(|at| name[at + 1..].split(' ').next().is_some_and(is_lead)).last();
    Some(name[..end.unwrap_or(name.len())].trim_end())
}

/// Figures and signs of the shortest date in figures: "5/4/2026".
const FIGURES: usize = 8;

/// Bytes of the longest word that leads to a date.
const LEAD_BYTES: usize = 3;

/// A reader's name without the number of the comment that its line begins with: "#1 Ann Lee", "2. Ann Lee".
fn without_number<'t>(line: &str, name: &'t str) -> &'t str {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let bare = name.strip_prefix('#').unwrap_or(name);
    let (count, rest) = (digits(bare), &bare[digits(bare)..]);
    let is_number = line.starts_with('#') || rest.starts_with(['.', ')']);
    let rest = rest.trim_start_matches(['.', ')', ' ']);
    if count > 0 && is_number && rest.starts_with(char::is_alphabetic) { rest } else { name }
}

/// The name that an element of a block holds which is all that its markup says whose comment it is.
fn name_in(tree: &Tree<'_>, block: &Block) -> Option<String> {
    let is_fn =
        |id: &NodeId| tree.tag(*id) == Tag::Cite || tree.raw_attribute(*id, Name::Class) == Some("fn");
    let id = (block.first..block.last).find(is_fn)?;
    tree.short_text(id, 60).filter(|name| !name.is_empty())
}

fn finish(current: Option<(NodeId, Option<String>, String)>, comments: &mut Vec<Comment>) {
    if let Some((_, author, text)) = current
        && let Some(text) = Text::new(text)
    {
        comments.push(Comment { author, text });
    }
}

/// The element that holds one comment: the innermost list item, article or element called comment around a block; else the
/// outermost one that is of comments, with whether it is that.
fn item(tree: &Tree<'_>, blocks: &Blocks, block: &Block) -> Option<(NodeId, bool)> {
    if std::iter::once(block.node).chain(tree.ancestors(block.node)).any(|id| tree.tag(id) == Tag::Form) {
        return None;
    }
    let around = || {
        std::iter::once(block.node)
            .chain(tree.ancestors(block.node))
            .take_while(|id| blocks.roles[*id as usize].any(Roles::COMMENT))
    };
    let is_comment =
        |id: &NodeId| matches!(tree.tag(*id), Tag::Li | Tag::Article) || is_called_comment(tree, *id);
    let thread = || Some((around().last().unwrap_or(block.node), true));
    around().find(is_comment).map(|id| (id, false)).or_else(thread)
}

/// Whether a block is a name by itself above a line of the same comment that is nothing but a date.
fn is_name_above_date(
    tree: &Tree<'_>,
    blocks: &Blocks,
    (index, item): (usize, NodeId),
    order: Order,
    lexicon: &Lexicon,
) -> bool {
    let Some(next) = blocks.list.get(index + 1).filter(|next| tree.contains(item, next.first)) else {
        return false;
    };
    let block = &blocks.list[index];
    let date = || plain::head_of_comment(blocks.text_of(next), lexicon, order);
    body::is_bare_name(block, without_says(blocks.text_of(block), lexicon))
        && date().is_some_and(|date| date.author.is_none())
}

/// Whether a block says whose comment follows: a name, or one beside a time.
fn says_whose(tree: &Tree<'_>, blocks: &Blocks, block: &Block, order: Order, lexicon: &Lexicon) -> bool {
    block.chars <= 60 && is_name(tree, blocks, block)
        || head(tree, blocks, block, order, lexicon).is_some_and(|name| !name.is_empty())
}

fn is_called_comment(tree: &Tree<'_>, id: NodeId) -> bool {
    let called = |value: &str| {
        value.split_ascii_whitespace().any(|word| {
            matches!(
                word,
                "comment" | "commentaire" | "kommentar" | "comentario" | "reply" | "reaction" | "avis"
            )
        })
    };
    tree.raw_attribute(id, Name::Class).is_some_and(called)
        || tree.raw_attribute(id, Name::Itemprop) == Some("comment")
}

/// Whether a block is the name of who wrote a comment.
fn is_name(tree: &Tree<'_>, blocks: &Blocks, block: &Block) -> bool {
    let text = blocks.text_of(block);
    block.roles.any(Roles::BYLINE) && !text.contains([',', '(', '·', '•', '|']) && !has_digit(text)
        || is_called_name(tree, block.node) && !has_digit(text)
        || (block.first..block.last).any(|id| {
            (tree.tag(id) == Tag::Cite || tree.raw_attribute(id, Name::Class) == Some("fn"))
                && tree.node(id).end >= block.last
        })
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether an element is called a reader's name.
fn is_called_name(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.tag(id) == Tag::Cite
        || tree.raw_attribute(id, Name::Class).is_some_and(|class| {
            class.split_ascii_whitespace().any(|word| {
                matches!(
                    word,
                    "fn" | "user"
                        | "username"
                        | "user-name"
                        | "nickname"
                        | "pseudo"
                        | "display-name"
                        | "commenter"
                )
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::body::{Judged, judge};
    use crate::html::metadata::Metadata;

    #[test]
    fn date_and_counters_are_no_part_of_a_name() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |head: &str, author: Option<&str>| {
            let page = format!(
                "<p>Le lac.</p><ol class=comments><li class=comment>{head}<p>Enfin une bonne nouvelle !</p></li></ol>"
            );
            let tree = Tree::parse(&page);
            let blocks = Blocks::of(&tree);
            let (first, second) = (|_: &[_], _: &[_]| Vec::new(), |_: &[_], _: &[_]| Vec::new());
            let Judged { verdicts, .. } =
                judge(&tree, &blocks, &Metadata::of(&tree), None, &lexicon, first, second);
            let found = comments(&tree, &blocks, &verdicts, Order::DayFirst, &lexicon);
            assert_eq!(found.len(), 1, "{head}");
            assert_eq!(
                (found[0].author.as_deref(), found[0].text.as_str()),
                (author, "Enfin une bonne nouvelle !")
            );
        };
        check("<div>Jean Dupont, il y a 3 heures, 12 likes</div>", Some("Jean Dupont"));
        check("<div class=author>Jean Dupont en réponse à Zoé</div>", Some("Jean Dupont"));
        check("<div class=author>Jean Dupont · 8 mars 2026 à 10h05</div>", Some("Jean Dupont"));
        check("<cite>Jean Dupont</cite><div>il y a 3 heures</div><div>12 likes</div>", Some("Jean Dupont"));
        check(
            "<span class=author>Jean Dupont</span> <i>il y a 3 heures</i> <i>12 likes</i>",
            Some("Jean Dupont"),
        );
        check("<div class=user>Jean Dupont</div><div>3 h</div>", Some("Jean Dupont"));
        check(
            "<div class='comment-author vcard'><b class=fn>Jean</b> <span class=says>says:</span></div>",
            Some("Jean"),
        );
        check(
            "<div class='author vcard'><cite class=fn>Jean</cite> <span class=says>dit :</span></div>",
            Some("Jean"),
        );
        check("<div class=author>Jean Dupont a dit :</div>", Some("Jean Dupont"));
        check("<div class=author>Jean Dupont sagt:</div>", Some("Jean Dupont"));
        check("<header><a href=/u/1>Jean Dupont</a><time>8 mars</time></header>", Some("Jean Dupont"));
        check("<div class=author>Jean Dupont (12 messages)</div>", Some("Jean Dupont"));
        check("<div>Par Jean Dupont le 8/03/2026 - 10:05</div>", Some("Jean Dupont"));
        check("<div>Jean Dupont • il y a 4 jours • modifié</div>", Some("Jean Dupont"));
        check("<div>il y a 3 heures</div>", None);
        check(
            "<div class=comment-meta><a href=/@jd>Jean Dupont</a><span>8 mars</span></div>",
            Some("Jean Dupont"),
        );
        check("<span class=pseudo>Jean29</span><span class=date>il y a 2 h</span>", Some("Jean29"));
        check("<span class=pseudo>Jean29</span>", Some("Jean29"));
        check(
            "<div class=comment-meta><p>Le 4 mai 2026 à 10:00, par <span class=fn>Jean D</span></p></div>",
            Some("Jean D"),
        );
        check("<p>Submitted by <span>Jean D</span> on Mon, 05/04/2026 - 10:00</p>", Some("Jean D"));
        check("<p>Submitted by jean29 on Mon, 05/04/2026 - 10:00</p>", Some("jean29"));
        check(
            "<a class=anchor>#1</a> <span class=comment-author>Jean D</span> <span class=comment-date>2026-05-04 10:00</span>",
            Some("Jean D"),
        );
        check("<span class=pseudo>29 Jean</span><span class=date>il y a 2 h</span>", Some("29 Jean"));
    }

    #[test]
    fn who_submitted_a_comment_is_told_whatever_the_order_of_its_date() {
        let prose =
            "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port.</p>";
        let page = format!(
            "<html lang=en><title>Ice on the lake</title><article><h1>Ice on the lake</h1>{prose}{prose}</article><section \
             class=comments><h2>Comments</h2><article class=comment><p>Submitted by <span>Ann L</span> on Mon, 05/04/2026 - \
             10:00</p><div><p>I crossed it every day.</p></div></article></section></html>"
        );
        let article = crate::html::read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        let told: Vec<_> =
            article.comments.iter().map(|one| (one.author.as_deref(), one.text.as_str())).collect();
        assert_eq!(told, [(Some("Ann L"), "I crossed it every day.")]);
    }

    #[test]
    fn who_wrote_a_comment_is_told_by_its_markup_from_number_label_and_title() {
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        let name = "<span class='vcard author'>De <span class=fn>Zoé</span></span>";
        let said = "<p>Bravo au garde du port, il avait raison.</p>";
        for thread in [
            format!(
                "<div class=comments><h2>2 Messages</h2><ul><li><div class=comment><p><span>1</span> <small>{name} - Le 20 mars 2026 à 09:14</small></p>{said}</div></li></ul></div>"
            ),
            format!(
                "<h2>2 Messages</h2><ul><li><div><b>Le lac a gelé cette nuit, et on y marche déjà</b> <small>20 mars 2026 09:14, par <span class='vcard author'><span class=fn>Zoé</span></span></small></div>{said}</li></ul>"
            ),
        ] {
            let page = format!(
                "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{prose}{prose}{prose}{thread}</article></body></html>"
            );
            let article = crate::html::read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            let told: Vec<_> =
                article.comments.iter().map(|one| (one.author.as_deref(), one.text.as_str())).collect();
            assert_eq!(told, [(Some("Zoé"), "Bravo au garde du port, il avait raison.")], "{thread}");
            assert!(article.authors.is_empty() && !article.text.contains("Messages"), "{thread}");
        }
    }

    #[test]
    fn reactions_are_comments() {
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        for (thread, item) in [("reactions", "reaction"), ("avis-lecteurs", "avis"), ("comments", "comment")]
        {
            let page = format!(
                "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{prose}{prose}</article>\
                 <section class={thread}><h3>Vos réactions (1)</h3><div class={item}><span class=pseudo>Zoé</span>\
                 <span class=date>il y a 2 h</span><p>Encore nos impôts qui partent dans la vase.</p><button>Répondre</button></div></section></body></html>"
            );
            let article = crate::html::read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            let told: Vec<_> =
                article.comments.iter().map(|one| (one.author.as_deref(), one.text.as_str())).collect();
            assert_eq!(told, [(Some("Zoé"), "Encore nos impôts qui partent dans la vase.")], "{thread}");
        }
    }
}
