//! Comments that nothing but their buttons tell: in a plain list, or in elements beside each other, each has a name, a date,
//! words and a button ("Reply").

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{COMMENT_CHARS, COMMENTS_MAX, FIRST_BLOCKS, Page, THREADS_MAX};
use crate::date::Order;
use crate::html::blocks::{Block, Kind};
use crate::html::comments;
use crate::html::joints;
use crate::html::role::Roles;
use crate::html::tag::Tag;
use crate::html::tree::NodeId;
use crate::lexicon::{Chrome, fold};
use crate::plain;

/// Nodes beside a comment among which the others are.
const SIBLINGS_MAX: usize = 4 * COMMENTS_MAX;

/// Elements around a button of which one is the whole comment.
const AROUND: usize = 8;

impl Page<'_, '_> {
    /// Where comments stand with buttons below them, beside what is known already.
    pub(super) fn with_buttons(&self, from: usize, known: &[Range<NodeId>]) -> Vec<Range<NodeId>> {
        let list = &self.blocks.list;
        let start = list[from - 1].last;
        let is_known = |block: &Block| known.iter().any(|range: &Range<NodeId>| range.contains(&block.first));
        let is_button = |at: &usize| {
            self.phrases[*at].whole() == Some(Chrome::CommentFrame)
                && list[*at].kind != Kind::Preformatted
                && !is_known(&list[*at])
        };
        let buttons: Vec<usize> = (from..list.len()).filter(is_button).take(COMMENTS_MAX).collect();
        let mut threads: Vec<Range<NodeId>> = Vec::new();
        // Elements that were looked at with those beside them: none is looked at twice.
        let mut seen = FxHashSet::default();
        for pair in buttons.windows(2) {
            let (one, other) = (list[pair[0]].first, list[pair[1]].first);
            if threads.len() >= THREADS_MAX || threads.last().is_some_and(|last| last.contains(&other)) {
                continue;
            }
            let Some((first, next)) = self.beside(one, other) else { continue };
            if first < start || self.tree.contains(first, self.headline) || seen.contains(&first) {
                continue;
            }
            let group = self.alike_from(first, next);
            seen.extend(group.iter().copied());
            if self.are_comments(&group)
                && let Some(last) = group.last()
            {
                threads.push(first..self.tree.node(*last).end);
            }
        }
        threads
    }

    /// The elements of the same name beside each other of which each holds one of two nodes.
    fn beside(&self, one: NodeId, other: NodeId) -> Option<(NodeId, NodeId)> {
        let tree = self.tree;
        let outermost = |id: NodeId, other: NodeId| {
            let around = std::iter::once(id).chain(tree.ancestors(id)).take(AROUND);
            around.take_while(|outer| !tree.contains(*outer, other)).last()
        };
        let (first, next) = (outermost(one, other)?, outermost(other, one)?);
        let is_pair = tree.parent(first) == tree.parent(next) && tree.tag(first) == tree.tag(next);
        is_pair.then_some((first, next))
    }

    /// An element and those of its name that follow it in the same element.
    fn alike_from(&self, first: NodeId, next: NodeId) -> Vec<NodeId> {
        let tree = self.tree;
        let parent = tree.parent(first);
        let mut group = vec![first];
        let mut id = tree.node(first).end;
        let mut looked_at = 0;
        while id < tree.len() && tree.parent(id) == parent && looked_at < SIBLINGS_MAX {
            looked_at += 1;
            if tree.tag(id) == tree.tag(next) {
                group.push(id);
            } else if tree.tag(id) != Tag::Text && !matches!(tree.tag(id), Tag::Hr | Tag::Br) {
                break;
            }
            id = tree.node(id).end;
        }
        group
    }

    /// Whether elements are comments of different readers: nearly all have a name, a date and words, and none has a heading.
    fn are_comments(&self, group: &[NodeId]) -> bool {
        let list = &self.blocks.list;
        let mut names = FxHashSet::default();
        let mut signed = 0;
        for id in group {
            let inside = self.blocks.between(*id, self.tree.node(*id).end);
            let blocks = &list[inside];
            if blocks.iter().any(|block| matches!(block.kind, Kind::Heading(1..=4))) {
                return false;
            }
            let says = |block: &&Block| block.chars >= COMMENT_CHARS && block.link_chars * 2 < block.chars;
            // Name, date and words may be lines of one block.
            let own =
                usize::from(!blocks.first().is_some_and(|block| self.blocks.text_of(block).contains('\n')));
            if let Some(name) = self.name_at_head(blocks)
                && blocks.iter().skip(own).any(|block| says(&block))
            {
                signed += 1;
                names.insert(fold(&name));
            }
        }
        // Whoever writes a live report signs most of it.
        signed >= 2
            && signed * 4 >= group.len() * 3
            && names.len() * 2 > signed
            && !self.is_named_above(&names)
    }

    /// Whether one of these people is named between the headline and the text.
    fn is_named_above(&self, names: &FxHashSet<String>) -> bool {
        let list = &self.blocks.list;
        let begin = list.partition_point(|block| block.first < self.headline);
        let mut lines = list[begin..].iter().take_while(|block| !block.is_prose());
        lines.any(|block| {
            let line = format!(" {} ", fold(self.blocks.text_of(block)));
            names.iter().any(|name| line.contains(&format!(" {name} ")))
        })
    }

    /// Where as many comments stand in a list as the number above it says, and nothing else says so.
    pub(super) fn counted(&self, from: usize) -> Vec<Range<NodeId>> {
        let (tree, list) = (self.tree, &self.blocks.list);
        let mut threads: Vec<Range<NodeId>> = Vec::new();
        for at in from..list.len().saturating_sub(1) {
            let block = &list[at];
            if block.chars > COUNT_CHARS || threads.len() >= THREADS_MAX {
                continue;
            }
            let count = self.blocks.text_of(block).trim_matches(['(', ')', ' ']).parse();
            let Some(count) = count.ok().filter(|count: &usize| *count >= 2) else { continue };
            let next = list[at + 1].node;
            let item = std::iter::once(next).chain(tree.ancestors(next)).find(|id| tree.tag(*id) == Tag::Li);
            let Some(first) = item.filter(|item| !tree.contains(*item, block.first)) else { continue };
            let group = self.alike_from(first, first);
            if group.len() == count
                && self.are_comments(&group)
                && let Some(last) = group.last()
            {
                threads.push(first..tree.node(*last).end);
            }
        }
        threads
    }

    /// Whose comment begins with these blocks: a name beside a date, or on a line of its own above one.
    pub(super) fn name_at_head(&self, blocks: &[Block]) -> Option<String> {
        let order = Order::DayFirst;
        let head = &blocks[..blocks.len().min(FIRST_BLOCKS)];
        let mut dated = head.iter().enumerate().filter_map(|(at, block)| {
            let words = joints::parted(self.tree, self.blocks, block);
            let in_lines = comments::head_in_lines(&words, self.lexicon, order);
            let in_lines = in_lines.map(|(name, _)| Some(name));
            let head = in_lines.or_else(|| Some(plain::head_of_comment(&words, self.lexicon, order)?.author));
            Some((at, head?))
        });
        let (at, name) = dated.next()?;
        if name.is_some() {
            return name;
        }
        let above = head.get(at.checked_sub(1)?)?;
        let words = comments::without_says(self.blocks.text_of(above), self.lexicon);
        is_bare_name(above, words).then(|| words.to_owned())
    }
}

/// Characters of the longest number of comments.
const COUNT_CHARS: u32 = 5;

/// Whether a block may be the name that a reader goes by and nothing else, which these words are.
pub(in crate::html) fn is_bare_name(block: &Block, words: &str) -> bool {
    comments::may_be_name(words)
        && !matches!(block.kind, Kind::Heading(1..=3))
        && !block.roles.any(Roles::NAVIGATION | Roles::SHARE)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    /// The readers whose comments are found below a text, which has no word of them.
    fn check(below: &str, expected: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1><p class=byline>Par Zoé Lam</p>{PROSE}\
             {PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article>{below}</body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        let names: Vec<_> =
            article.comments.iter().map(|comment| comment.author.as_deref().unwrap_or("-")).collect();
        assert_eq!(names, expected, "{below}");
        assert_eq!(article.authors, ["Zoé Lam"], "{below}");
        if !expected.is_empty() {
            assert!(!article.text.contains("des années"), "{below} {}", article.text.as_str());
            assert!(article.text.ends_with("d'un coup."), "{below} {}", article.text.as_str());
        }
    }

    fn lists(one: [&str; 2], other: [&str; 2], button: &str) -> [String; 3] {
        let words = [
            "Enfin quelqu'un le dit, on attend depuis des années.",
            "Qui a signé pour ces bacs il y a des années ?",
        ];
        let join = |form: fn(&str, &str, &str, &str) -> String| {
            form(one[0], one[1], words[0], button) + &form(other[0], other[1], words[1], button)
        };
        [
            format!(
                "<ul>{}</ul>",
                join(|name, date, words, button| format!(
                    "<li><b>{name}</b> <span>{date}</span><p>{words}</p><a href=#>{button}</a></li>"
                ))
            ),
            format!(
                "<ul>{}</ul>",
                join(|name, date, words, button| format!(
                    "<li><p>{name}</p><p>{date}</p><p>{words}</p><p><a href=#>{button}</a></p></li>"
                ))
            ),
            format!(
                "<div>{}</div>",
                join(|name, date, words, button| format!(
                    "<div><div>{name}</div><div>{date}</div><div>{words}</div><div><a href=#>{button}</a></div></div>"
                ))
            ),
        ]
    }

    #[test]
    fn buttons_tell_comments_in_plain_lists() {
        for (date, button) in
            [("4 mars 2026", "Répondre"), ("4 maart 2026 om 10:05", "Antwoord"), ("3 hours ago", "Reply")]
        {
            for list in lists(["Jean Dupont", date], ["Maëlle", date], button) {
                for head in ["", "<h3>2</h3>", "<p>2</p>", "<h3>Reacties</h3>", "<h2>2 commentaires</h2>"] {
                    check(&format!("{head}{list}"), &["Jean Dupont", "Maëlle"]);
                }
            }
        }
    }

    #[test]
    fn lines_of_one_block_and_elements_that_touch_are_told() {
        let words = ["Enfin quelqu'un le dit, on attend depuis des années.", "Personne, comme toujours ici."];
        let list = |form: fn(&str, &str) -> String| {
            format!("<ul>{}{}</ul>", form("Jean Dupont", words[0]), form("Maëlle", words[1]))
        };
        for items in [
            list(|name, words| format!("<li>{name}<br>4 mars 2026<p>{words}</p><a href=#>Répondre</a></li>")),
            list(|name, words| {
                format!("<li>{name}<br>4 mars 2026<br>{words}<br><a href=#>Répondre</a></li>")
            }),
            list(|name, words| format!("<li><b>{name}</b><i>4 mars 2026</i><p>{words}</p></li>")),
            list(|name, words| {
                format!("<li><div><b>{name}</b> a dit :</div><div>4 mars 2026</div><p>{words}</p></li>")
            }),
        ] {
            check(&format!("<h3>Commentaires (2)</h3>{items}"), &["Jean Dupont", "Maëlle"]);
            check(&format!("<h3>2</h3>{items}"), &["Jean Dupont", "Maëlle"]);
        }
    }

    #[test]
    fn a_number_counts_comments_where_there_are_as_many() {
        for list in
            lists(["Jean Dupont", "4 mars 2026"], ["Maëlle", "4 mars 2026"], "Élue au port").iter().take(2)
        {
            check(&format!("<h3>2</h3>{list}"), &["Jean Dupont", "Maëlle"]);
            check(&format!("<h3>3</h3>{list}"), &[]);
        }
    }

    #[test]
    fn lists_of_people_and_live_reports_are_text() {
        for list in lists(["Jean Dupont", "4 mars 2021"], ["Anne Kervella", "5 mars 2019"], "Élue au port") {
            check(&format!("<h2>Qui siège</h2>{list}"), &[]);
        }
        // Whoever reports live is named above.
        for list in lists(["Zoé Lam", "4 mars 2026 à 10h05"], ["Zoé Lam", "4 mars 2026 à 9h30"], "Permalien")
        {
            check(&list, &[]);
        }
    }
}
