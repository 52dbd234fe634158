//! Readers' comments below the text in elements of no telling name: below a head that says so, or one like the other, each
//! with a name and a date of its own.

mod buttons;

use std::ops::Range;

use rustc_hash::FxHashSet;

pub(in crate::html) use self::buttons::is_bare_name;
use super::Verdict;
use crate::date::Order;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::byline;
use crate::html::comments;
use crate::html::features::Phrase;
use crate::html::role::Roles;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Lexicon, fold};
use crate::plain;

/// Characters of running text that stand above a thread.
const PROSE_MIN: u32 = 200;

/// Characters of the head of a thread, and of the line that says whose a comment is.
const HEAD_CHARS: u32 = 60;
const LINE_CHARS: u32 = 120;

/// Why the count above a thread is left out, and how many lines it may stand in.
const COUNT: &str = "the count of comments";
const COUNT_BLOCKS: usize = 2;

/// Blocks below the head of a thread among which its first comment is signed.
const FIRST_BLOCKS: usize = 4;

/// Bytes of a time of day: "18 h 20".
const CLOCK_BYTES: usize = 8;

/// Elements around a name or a date of which one may be the whole comment.
const AROUND: usize = 6;

/// Threads of a page that are set apart: more are no threads.
const THREADS_MAX: usize = 16;

/// Comments that are looked at.
const COMMENTS_MAX: usize = 500;

/// Characters of the shortest comment.
const COMMENT_CHARS: u32 = 12;

/// How much longer than the text above it a thread may be that nothing but its form tells: entries of a live report are
/// signed too.
const TIMES_THE_TEXT: u32 = 1;

/// Sets readers' comments apart from the text, and tells where they stand.
pub(super) fn set_apart(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    phrases: &[Phrase],
    lexicon: &Lexicon,
    verdicts: &mut [Verdict],
) -> Vec<Range<NodeId>> {
    let mut prose = 0;
    let is_below = |block: &Block| headline.is_none_or(|headline| block.first > headline);
    let from = blocks.list.iter().zip(verdicts.iter()).position(|(block, verdict)| {
        if *verdict == Verdict::Text && block.is_prose() && is_below(block) {
            prose += block.chars;
        }
        prose >= PROSE_MIN
    });
    let Some(from) = from.map(|at| at + 1).filter(|from| *from < blocks.list.len()) else {
        return Vec::new();
    };
    let page = Page { tree, blocks, headline: headline.unwrap_or_default(), phrases, lexicon };
    let mut threads = page.headed(from);
    let known = threads.clone();
    threads.extend(page.alike(from, verdicts, &known));
    threads.extend(page.with_buttons(from, &threads));
    if threads.is_empty() {
        threads = page.counted(from);
    }
    for thread in &threads {
        page.leave_out_count(thread, verdicts);
        for verdict in &mut verdicts[blocks.between(thread.start, thread.end)] {
            if verdict.is_kept() || *verdict == Verdict::Out("") {
                *verdict = Verdict::Comment;
            }
        }
    }
    threads
}

struct Page<'p, 'a> {
    tree: &'p Tree<'a>,
    blocks: &'p Blocks,
    headline: NodeId,
    phrases: &'p [Phrase],
    lexicon: &'p Lexicon,
}

impl Page<'_, '_> {
    /// What stands below heads of threads: "3 Comments".
    fn headed(&self, from: usize) -> Vec<Range<NodeId>> {
        let (tree, list) = (self.tree, &self.blocks.list);
        let mut threads = Vec::new();
        let mut index = from;
        while let Some(block) = list.get(index).filter(|_| threads.len() < THREADS_MAX) {
            let phrase = self.phrases[index];
            index += 1;
            let is_head = matches!(phrase.chrome, Some((Chrome::Comments, _))) && block.chars <= HEAD_CHARS;
            if !is_head || block.roles.any(Roles::COMMENT | Roles::NAVIGATION) {
                continue;
            }
            let Some(next) = list.get(index) else { break };
            let around = || std::iter::once(block.node).chain(tree.ancestors(block.node));
            let Some(part) = around().find(|id| tree.contains(*id, next.first)) else { continue };
            let end = self.blocks.between(block.first, tree.node(part).end).end;
            // Only a thread whose first comment is signed is walked to its end.
            let first = &list[index..end.min(index + FIRST_BLOCKS)];
            let first =
                first.split(|block| matches!(block.kind, Kind::Heading(_))).next().unwrap_or_default();
            let is_signed = |block: &Block| self.name_in_line(block).is_some() && self.is_dated_near(block);
            if !first.iter().any(is_signed) && self.name_at_head(first).is_none() {
                continue;
            }
            let end = (index..end).find(|at| self.ends_thread(block, *at)).unwrap_or(end);
            if end > index {
                threads.push(block.first..list.get(end).map_or(tree.len(), |after| after.first));
                index = end;
            }
        }
        threads
    }

    /// Leaves out the line above a thread that says how many comments there are, and no more: "2".
    fn leave_out_count(&self, thread: &Range<NodeId>, verdicts: &mut [Verdict]) {
        let at = self.blocks.list.partition_point(|block| block.first < thread.start);
        for at in (0..at).rev().take(COUNT_BLOCKS) {
            let words = self.blocks.text_of(&self.blocks.list[at]);
            let is_count = words.bytes().all(|byte| byte.is_ascii_digit() || b" ()".contains(&byte));
            if !is_count && self.phrases[at].whole() != Some(Chrome::Comments) {
                return;
            }
            if verdicts[at].is_kept() {
                verdicts[at] = Verdict::Out(COUNT);
            }
        }
    }

    /// Whether a block below the head of a thread is no part of it.
    fn ends_thread(&self, head: &Block, index: usize) -> bool {
        let block = &self.blocks.list[index];
        let is_heading = match (head.kind, block.kind) {
            (Kind::Heading(own), Kind::Heading(other)) => other <= own,
            (_, Kind::Heading(other)) => other <= 3,
            _ => false,
        };
        if is_heading || block.roles.any(Roles::FOOTER | Roles::RELATED) {
            return true;
        }
        block.chars <= HEAD_CHARS
            && matches!(self.phrases[index].whole(), Some(Chrome::Related | Chrome::Footer))
    }

    /// Elements of one kind beside each other of which each has a name, a date and something to say.
    fn alike(&self, from: usize, verdicts: &[Verdict], known: &[Range<NodeId>]) -> Vec<Range<NodeId>> {
        let tree = self.tree;
        let start = self.blocks.list[from - 1].last;
        let called = self.blocks.called.iter().chain(&tree.marked);
        let mut signs: Vec<NodeId> = called.copied().filter(|id| *id >= start && self.is_sign(*id)).collect();
        signs.sort_unstable();
        signs.dedup();
        let mut threads: Vec<Range<NodeId>> = Vec::new();
        // Elements that were looked at with those of their kind: none is looked at twice.
        let mut seen = FxHashSet::default();
        for id in &signs {
            if threads.len() >= THREADS_MAX {
                break;
            }
            let is_told = |range: &Range<NodeId>| range.contains(id);
            if known.iter().any(is_told) || threads.last().is_some_and(is_told) {
                continue;
            }
            let around = std::iter::once(*id).chain(tree.ancestors(*id)).take(AROUND);
            let around = around.take_while(|outer| *outer >= start && !tree.contains(*outer, self.headline));
            let mut thread = None;
            for outer in around {
                if seen.contains(&outer) {
                    continue;
                }
                let group = self.siblings(outer, &signs);
                seen.extend(group.iter().copied());
                if self.is_thread(&group, verdicts) {
                    thread = Some(group);
                    break;
                }
            }
            if let Some((first, last)) =
                thread.as_ref().and_then(|group| Some((*group.first()?, *group.last()?)))
            {
                threads.push(first..tree.node(last).end);
            }
        }
        threads
    }

    /// Whether an element is called or marked a name or a date.
    fn is_sign(&self, id: NodeId) -> bool {
        let own = self.blocks.own_roles[id as usize];
        self.tree.tag(id) != Tag::Text
            && (own.any(Roles::BYLINE | Roles::DATE) || byline::is_marked(self.tree, id))
            && !self.blocks.roles[id as usize].any(Roles::RELATED | Roles::HIDDEN)
    }

    /// An element and those of its kind that follow it in the same element and hold signs as well.
    fn siblings(&self, id: NodeId, signs: &[NodeId]) -> Vec<NodeId> {
        let tree = self.tree;
        let parent = tree.parent(id);
        let class = |id| {
            let class = tree.raw_attribute(id, Name::Class).unwrap_or_default();
            class.split_ascii_whitespace().next()
        };
        let has_sign = |id: NodeId| {
            let at = signs.partition_point(|sign| *sign < id);
            signs.get(at).is_some_and(|sign| *sign < tree.node(id).end)
        };
        let mut group = vec![id];
        let mut next = tree.node(id).end;
        while next < tree.len() && tree.parent(next) == parent && group.len() < COMMENTS_MAX {
            if tree.tag(next) == tree.tag(id) && class(next) == class(id) {
                if !has_sign(next) {
                    break;
                }
                group.push(next);
            } else if tree.tag(next) != Tag::Text && !matches!(tree.tag(next), Tag::Hr | Tag::Br) {
                break;
            }
            next = tree.node(next).end;
        }
        group
    }

    /// Whether elements are comments: most have a name, a date and words of their own, few are of one reader, none has a
    /// heading or is a card of another article. Those that are called comments need a date and words alone.
    fn is_thread(&self, group: &[NodeId], verdicts: &[Verdict]) -> bool {
        let (Some(begin), Some(end)) = (group.first(), group.last()) else { return false };
        if group.len() < 2 {
            return false;
        }
        let list = &self.blocks.list;
        let is_comment = |id: &&NodeId| self.blocks.roles[**id as usize].any(Roles::COMMENT);
        let are_called = group.iter().filter(is_comment).count() * 2 > group.len();
        let mut names = FxHashSet::default();
        let (mut signed, mut cards) = (0, 0);
        for id in group {
            let inside = &list[self.blocks.between(*id, self.tree.node(*id).end)];
            if !are_called && inside.iter().any(|block| matches!(block.kind, Kind::Heading(1..=4))) {
                return false;
            }
            let name = inside.iter().take(FIRST_BLOCKS).find_map(|block| self.name_in_line(block));
            let is_dated = inside.iter().any(|block| self.is_dated_near(block));
            let says = |block: &&Block| block.chars >= COMMENT_CHARS && block.link_chars * 2 < block.chars;
            let is_said =
                inside.iter().filter(says).any(|block| !block.roles.any(Roles::DATE | Roles::BYLINE));
            cards += usize::from(inside.iter().any(|block| self.is_title_of_another(block)));
            signed += usize::from(is_dated && is_said && (are_called || name.is_some()));
            names.extend(name.filter(|_| is_dated && is_said).map(|name| fold(&name)));
        }
        if signed * 4 < group.len() * 3 || cards * 2 > group.len() {
            return false;
        }
        if are_called || names.len() < 2 {
            return are_called;
        }
        let inside = self.blocks.between(*begin, self.tree.node(*end).end);
        let is_frame = |at: usize| {
            list[at].chars <= HEAD_CHARS && matches!(self.phrases[at].chrome, Some((Chrome::CommentFrame, _)))
        };
        if inside.clone().any(is_frame) {
            return true;
        }
        // Whoever writes a live report is named above it, and its entries say the time without the day.
        let above = list.partition_point(|block| block.first < self.headline)..inside.start;
        let mut heads = list[above]
            .iter()
            .filter(|block| block.chars <= LINE_CHARS)
            .map(|block| self.blocks.text_of(block));
        if heads.any(|line| names.iter().any(|name| fold(line).contains(name.as_str())))
            || self.says_clocks(inside.clone())
        {
            return false;
        }
        let prose = |range: Range<usize>| -> u32 {
            let blocks = list[range.clone()].iter().zip(&verdicts[range]);
            let text = blocks.filter(|(block, verdict)| verdict.is_kept() && block.is_prose());
            text.map(|(block, _)| block.chars).sum()
        };
        names.len() * 2 > signed
            && prose(inside.clone()) <= TIMES_THE_TEXT * prose(0..inside.start)
            && prose(inside.end..list.len()) == 0
    }

    /// Whether the times of some blocks are of one day: "18:20".
    fn says_clocks(&self, inside: Range<usize>) -> bool {
        let blocks = self.blocks.list[inside].iter().filter(|block| block.chars <= LINE_CHARS);
        let mut times = blocks.filter_map(|block| (block.first..block.last).find(|id| self.is_date(*id)));
        times.any(|id| {
            self.tree.short_text(id, CLOCK_BYTES).is_some_and(|text| {
                let is_of_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h' | 'H' | ' ');
                text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_of_clock)
            })
        })
    }

    /// Whether an element is called a date.
    fn is_date(&self, id: NodeId) -> bool {
        self.tree.tag(id) != Tag::Text && self.blocks.own_roles[id as usize].any(Roles::DATE)
    }

    /// Whose comment it is, where a line says that: an element called a name, or a name beside a time.
    fn name_in_line(&self, block: &Block) -> Option<String> {
        if block.chars > LINE_CHARS {
            return None;
        }
        let tree = self.tree;
        let is_called = |id: &NodeId| {
            tree.tag(*id) != Tag::Text
                && (self.blocks.own_roles[*id as usize].any(Roles::BYLINE) || byline::is_marked(tree, *id))
        };
        let is_name = |name: &String| {
            let words = name.split_whitespace().count();
            (1..=5).contains(&words) && name.contains(char::is_alphabetic)
        };
        let called = std::iter::once(block.node).chain(block.first..block.last).find(is_called);
        let named = called.and_then(|id| tree.short_text(id, HEAD_CHARS as usize)).filter(is_name);
        named.or_else(|| {
            plain::head_of_comment(self.blocks.text_of(block), self.lexicon, Order::DayFirst)?.author
        })
    }

    /// Whether a date stands in a block, or the block in an element with nothing but it and a date.
    fn is_dated_near(&self, block: &Block) -> bool {
        let at = self.blocks.between(0, block.first).end;
        let is_line = |block: &Block| {
            block.chars <= LINE_CHARS
                && (block.roles.any(Roles::DATE)
                    || (block.first..block.last).any(|id| self.is_date(id))
                    || self.is_signed_with_date(block)
                    || plain::head_of_comment(self.blocks.text_of(block), self.lexicon, Order::DayFirst)
                        .is_some())
        };
        self.blocks.list[at..].iter().take(2).any(is_line)
    }

    /// Whether a block ends in an element that is called a name, behind a date: "The lake, 3 May 2026, by Ann".
    fn is_signed_with_date(&self, block: &Block) -> bool {
        let is_called = |id: NodeId| {
            self.tree.tag(id) != Tag::Text && self.blocks.own_roles[id as usize].any(Roles::BYLINE)
        };
        (block.first..block.last).any(is_called)
            && comments::has_date(self.blocks.text_of(block), Order::DayFirst)
    }

    /// Whether a block is the title of another article: a link of several words and nothing else.
    fn is_title_of_another(&self, block: &Block) -> bool {
        // A date may lead to the comment itself.
        block.links > 0
            && !block.roles.any(Roles::DATE | Roles::BYLINE)
            && block.words >= 4
            && block.link_density() > 0.8
            && (block.first.saturating_sub(2)..block.last)
                .any(|id| byline::is_title_of_another(self.tree, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::features::phrases;
    use crate::html::read;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn check(below: &str, authors: &[&str], published: Option<&str>, readers: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><div class=a><h1>Le lac a gelé cette nuit</h1>\
             {PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris.</p>{below}</div></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.authors, authors, "{below}");
        assert_eq!(article.published.map(|date| date.edtf).as_deref(), published, "{below}");
        let found: Vec<_> =
            article.comments.iter().map(|comment| comment.author.as_deref().unwrap_or("")).collect();
        assert_eq!(found, readers, "{below} {}", article.text.as_str());
        assert!(readers.is_empty() || !article.text.contains("Bravo"), "{below} {}", article.text.as_str());
    }

    #[test]
    fn what_is_called_comments_is_none_of_the_text_however_it_reads() {
        let lexicon = Lexicon::load(None).unwrap();
        let check = |inside: &str, expected: bool| {
            let page = format!("<h1>Le lac a gelé</h1>{PROSE}{PROSE}{PROSE}{inside}");
            let tree = Tree::parse(&page);
            let blocks = Blocks::of(&tree);
            let mut verdicts = vec![Verdict::Text; blocks.list.len()];
            set_apart(&tree, &blocks, None, &phrases(&blocks, &lexicon), &lexicon, &mut verdicts);
            let said = blocks
                .list
                .iter()
                .zip(&verdicts)
                .filter(|(block, _)| blocks.text_of(block).contains("Bravo"));
            for (block, verdict) in said {
                assert_eq!(*verdict == Verdict::Comment, expected, "{inside}: {}", blocks.text_of(block));
            }
            assert_eq!(verdicts[1], Verdict::Text, "{inside}");
        };
        let post = |name: &str| {
            format!(
                "<li class='comment byuser comment-author-{name} depth-1'><article><footer><div class='comment-author vcard'><b \
                 class=fn>{name}</b> <span class=says>dit :</span></div><div class=comment-metadata><a href=https://lac.example/gel#c>\
                 <time datetime=2026-03-05>5 mars 2026 à 18 h 20</time></a></div></footer><p>Bravo au garde du port, il avait \
                 raison.</p></article></li>"
            )
        };
        check(&format!("<ol class=commentlist>{}{}</ol>", post("zoe"), post("marc")), true);
        // Who says it need not be told, nor need they be several.
        let line = "<div class='comment first'><div class=user>Marc</div><div class=date>2 days ago at 07:52 am</div>\
                    <div class=content>Bravo to the keeper of the port.</div></div>";
        check(&line.repeat(3), true);
        // One alone may be what the editor says of the text.
        check(line, false);
        check(&line.replace("comment first", "entry").repeat(3), false);
    }

    #[test]
    fn who_comments_did_not_write_the_article() {
        let readers = &["Marc Petit", "Ana Roux"];
        for below in [
            "<h3>2 avis</h3><div class=r><a rel=author href=/u/1>Marc Petit</a> <time datetime=2026-03-05>5 mars</time><p>Bravo au \
             garde du port, il avait raison.</p></div><div class=r><a rel=author href=/u/2>Ana Roux</a> <time datetime=2026-03-06>\
             6 mars</time><p>Et la glace, elle tiendra jusqu'à dimanche ?</p></div>",
            "<div><b>Reacties (2)</b></div><div class=x><p class=by>Door <i class=author>Marc Petit</i> op 4 maart 2026</p><p>Bravo, \
             zegt het hele dorp aan het meer.</p></div><div class=x><p class=by>Door <i class=author>Ana Roux</i> op 5 maart 2026</p>\
             <p>Eindelijk gebeurt er iets met dat gebouw.</p></div>",
            "<ul><li><b class=author>Marc Petit</b> <span class=date>March 5, 2026</span><p>Bravo to the keeper of the port.</p>\
             <li><b class=author>Ana Roux</b> <span class=date>March 6, 2026</span><p>And will the ice hold until Sunday?</p></ul>",
            "<div class=msg><span itemprop=author>Marc Petit</span> <time datetime=2026-03-05>05.03.2026</time><div>Bravo, der Wart \
             hat recht behalten.</div><a href=#>Antworten</a></div><div class=msg><span itemprop=author>Ana Roux</span> \
             <time datetime=2026-03-06>06.03.2026</time><div>Und hält das Eis bis Sonntag?</div><a href=#>Antworten</a></div>",
        ] {
            check(below, &[], None, readers);
        }
        check(
            "<h4>Commenti</h4><div><a rel=author href=/u>Ana Roux</a> <time datetime=2026-03-04>ieri</time><div>Bravo al guardiano \
               del porto.</div></div>",
            &[],
            None,
            &["Ana Roux"],
        );
    }

    #[test]
    fn entries_of_a_live_report_are_text() {
        let entry = |name: &str, time: &str| {
            format!(
                "<div class=e><b class=author>{name}</b> <time datetime=2026-03-03T18:20Z>{time}</time>{PROSE}</div>"
            )
        };
        for entries in [
            entry("Zoé Lam", "18:20") + &entry("Marc Petit", "16:05"),
            entry("Zoé Lam", "3 mars à 18h20") + &entry("Marc Petit", "3 mars à 16h05"),
        ] {
            let page = format!(
                "<html><head><title>Le lac a gelé cette nuit</title></head><body><main><h1>Le lac a gelé cette nuit</h1>\
                 <p class=byline>Par Zoé Lam et Marc Petit</p>{PROSE}{PROSE}<p>Le vent est tombé avant minuit.</p>{entries}</main></body></html>"
            );
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            assert!(article.comments.is_empty(), "{entries}");
            assert_eq!(article.text.matches("Le lac a gelé cette nuit, et personne").count(), 4, "{entries}");
        }
    }

    #[test]
    fn who_signs_below_the_text_wrote_it() {
        check(
            "<p class=author>Zoé Lam</p><time datetime=2026-03-05>5 mars</time>",
            &["Zoé Lam"],
            Some("2026-03-05"),
            &[],
        );
        check(
            "<div class=s><a rel=author href=/a>Zoé Lam</a> <time datetime=2026-03-05>5 mars</time></div>",
            &["Zoé Lam"],
            Some("2026-03-05"),
            &[],
        );
        check(
            "<p>3 commentaires</p><p class=author>Par Zoé Lam</p><p>Zoé Lam aime les lacs et les ports.</p>",
            &["Zoé Lam"],
            None,
            &[],
        );
        let boxes = "<div class=b><b class=author>Zoé Lam</b><p>Zoé Lam écrit sur les lacs et les ports du pays.</p></div>\
                     <div class=b><b class=author>Bo Ek</b><p>Bo Ek photographie les lacs et les ports du pays.</p></div>";
        check(boxes, &["Zoé Lam"], None, &[]);
    }
}
