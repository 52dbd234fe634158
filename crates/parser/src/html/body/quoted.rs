//! Words of the text that a page shows once more, set large between its paragraphs, and the quotation marks that it sets
//! around others.

use memchr::memmem;

use super::{Verdict, leave_out_kept};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::role::Roles;
use crate::html::tables::Table;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};
use crate::plain::ends_sentence;

/// Why they are left out.
const REPEATED: &str = "words of the text, once more";
const SIGNS: &str = "signs that set off a quotation";

/// Words of a pull quote.
const WORDS: std::ops::RangeInclusive<u32> = 4..=60;

/// Characters that another quotation has more than the pull quote of it.
const MORE_CHARS: u32 = 15;

/// Characters of a quotation mark in a cell of its own.
const SIGN_CHARS: u32 = 3;

/// Blocks of a page that are looked for in its text, and places of one where its words stand.
const QUOTES_MAX: usize = 64;
const PLACES_MAX: usize = 64;

/// Words of the longest line that says whose words a pull quote has, lines of one, and elements around it that hold both.
const NAME_WORDS: u32 = 12;
const NAME_LINES: usize = 2;
const AROUND: usize = 4;

/// Takes pull quotes out of the text that say what another block says among more, with the lines that say whose words they
/// are, and quotation marks in cells of their own.
pub(super) fn leave_out(tree: &Tree<'_>, blocks: &Blocks, tables: &[Table], verdicts: &mut [Verdict]) {
    let mut looked_for = 0;
    for (index, block) in blocks.list.iter().enumerate() {
        // Whose words they are may be left where the weighing took the words out.
        if !verdicts[index].is_kept() && (verdicts[index] != Verdict::Out("") || block.kind != Kind::Quote) {
            continue;
        }
        if block.kind == Kind::Cell && block.words == 0 && block.chars <= SIGN_CHARS {
            let is_quotation_mark = |c: char| "“”„«»\"‘’".contains(c);
            if blocks.text_of(block).chars().all(is_quotation_mark)
                && !tables.iter().any(|table| table.blocks.contains(&index))
            {
                verdicts[index] = Verdict::Out(SIGNS);
            }
            continue;
        }
        let may_repeat = (block.kind == Kind::Quote || block.roles.any(Roles::INSET))
            && WORDS.contains(&block.words)
            && !matches!(block.kind, Kind::Heading(_) | Kind::Item)
            && !block.roles.any(Roles::EMBED);
        if may_repeat && looked_for < QUOTES_MAX {
            looked_for += 1;
            let text = blocks.text_of(block);
            let words = without_name(tree, block, text);
            if stands_in_text(blocks, verdicts, index, text)
                || words.len() < text.len() && stands_in_text(blocks, verdicts, index, words)
            {
                verdicts[index] = Verdict::Out(REPEATED);
                leave_out_name(tree, blocks, verdicts, index);
            }
        }
    }
}

/// The words of a pull quote without the line of the same block that says whose they are.
fn without_name<'t>(tree: &Tree<'_>, block: &Block, text: &'t str) -> &'t str {
    let is_cited = || (block.first..block.last).any(|id| matches!(tree.tag(id), Tag::Cite | Tag::Small));
    match text.rsplit_once('\n') {
        Some((words, name)) if name.split(' ').count() <= NAME_WORDS as usize && is_cited() => words,
        _ => text,
    }
}

/// Leaves out the lines beside a pull quote that say whose words it has: all else that its element, or one around it, holds.
fn leave_out_name(tree: &Tree<'_>, blocks: &Blocks, verdicts: &mut [Verdict], index: usize) {
    let around = std::iter::once(blocks.list[index].node).chain(tree.ancestors(blocks.list[index].node));
    let is_name = |at: usize| {
        let block = &blocks.list[at];
        let is_cited = || {
            let around = std::iter::once(block.node).chain(tree.ancestors(block.node)).take(AROUND);
            around.chain(block.first..block.last).any(is_citation(tree))
        };
        block.words <= NAME_WORDS
            && !matches!(block.kind, Kind::Heading(_))
            && (is_cited() || !ends_sentence(blocks.text_of(block)))
    };
    for outer in around.take(AROUND) {
        let inside = blocks.between(outer, tree.node(outer).end);
        let others = || inside.clone().filter(|at| verdicts[*at].is_kept());
        let are_names = others().take(NAME_LINES + 1).all(is_name) && others().count() <= NAME_LINES;
        if inside.len() > 2 * NAME_LINES || !are_names {
            return;
        }
        leave_out_kept(&mut verdicts[inside], REPEATED);
    }
}

/// Whether an element says whose words stand beside it.
fn is_citation(tree: &Tree<'_>) -> impl Fn(NodeId) -> bool {
    |id| matches!(tree.tag(id), Tag::Cite | Tag::Footer | Tag::Figcaption)
}

/// Whether another block of the text has these words of a block among its own.
fn stands_in_text(blocks: &Blocks, verdicts: &[Verdict], index: usize, text: &str) -> bool {
    let is_around = |c: char| !c.is_alphanumeric();
    let block = &blocks.list[index];
    let above = (0..index).rev().find(|at| verdicts[*at].is_kept());
    let is_announced =
        above.is_some_and(|above| blocks.text_of(&blocks.list[above]).trim_end().ends_with([':', '：']));
    // Behind a dash stands who said what is quoted, behind a colon what a box shows.
    if is_announced || text.starts_with(['—', '–']) || text.ends_with([':', '：']) {
        return false;
    }
    let words = text.trim_matches(is_around);
    // A clause begins with a small letter in its sentence.
    let mut rest = words.chars();
    rest.next();
    let rest = rest.as_str();
    let says = |at: usize| {
        let at = blocks.list.partition_point(|block| block.stop <= at);
        at != index && verdicts.get(at).is_some_and(|verdict| verdict.is_kept())
    };
    let ends_in = |at: usize| {
        let other = blocks.list.partition_point(|block| block.stop <= at);
        blocks.list.get(other).is_some_and(|other| {
            let is_of_text = other.kind == Kind::Paragraph && !other.roles.any(Roles::INSET);
            let has_more = other.chars >= block.chars + MORE_CHARS;
            at + rest.len() <= other.stop && other.start < at && (is_of_text || has_more)
        })
    };
    !rest.is_empty()
        && memmem::find_iter(blocks.text.as_bytes(), rest.as_bytes())
            .take(PLACES_MAX)
            .any(|at| says(at) && ends_in(at))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(between: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>{PROSE}{PROSE}\
             {between}<p>« Le vent est tombé avant minuit », dit-on, puis le ciel s'est dégagé d'un coup, et l'eau a pris.</p>\
             </article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn a_pull_quote_is_read_once() {
        for quote in [
            "<figure class=wp-block-pullquote><blockquote><p>Le vent est tombé avant minuit</p></blockquote></figure>",
            "<aside class=pullquote>Puis le ciel s'est dégagé d'un coup</aside>",
            "<blockquote>« Le vent est tombé avant minuit. »</blockquote>",
        ] {
            assert_eq!(text(quote), text(""), "{quote}");
        }
        let announced = "<p>Le garde du port l'a écrit ainsi :</p><blockquote>Le vent est tombé avant minuit</blockquote>";
        assert_eq!(text(announced).matches("tombé avant minuit").count(), 2);
        assert!(text("<blockquote>Le vent est tombé pour de bon</blockquote>").contains("pour de bon"));
    }

    #[test]
    fn whose_words_a_pull_quote_has_is_left_out_with_it() {
        let quoted = "Le vent est tombé avant minuit";
        for quote in [
            format!(
                "<blockquote class=pull-quote><p>{quoted}</p><footer>Zoé Lam, garde du port</footer></blockquote>"
            ),
            format!("<blockquote><p>{quoted}</p><cite>Zoé Lam, garde du port</cite></blockquote>"),
            format!("<blockquote>{quoted}<br><cite>Zoé Lam, garde du port</cite></blockquote>"),
            format!("<div class=x><blockquote>{quoted}</blockquote><p>Zoé Lam, garde du port</p></div>"),
        ] {
            assert_eq!(text(&quote), text(""), "{quote}");
        }
        // What the text says nowhere else stays, and so does who said it.
        let other = "<blockquote><p>On repousse tout à dimanche, et tant pis pour la fête.</p><footer>Zoé Lam</footer></blockquote>";
        assert!(text(other).contains("tant pis"), "{other}");
    }

    #[test]
    fn quotation_marks_alone_are_no_paragraph() {
        let said = "On l'a senti dans tout le port, à trois kilomètres.";
        let quote = format!("<table class=q><tr><td>“</td><td>{said}</td><td>”</td></tr></table>");
        let text = text(&quote);
        assert!(text.contains(said) && !text.contains(['“', '”']), "{text}");
    }
}
