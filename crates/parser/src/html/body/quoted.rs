//! Words of the text that a page shows once more, set large between its paragraphs, and the quotation marks that it sets
//! around others.

use memchr::memmem;

use super::Verdict;
use crate::html::blocks::{Blocks, Kind};
use crate::html::role::Roles;
use crate::html::tables::Table;

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

/// Takes pull quotes out of the text that say what another block says among more, and quotation marks in cells of their own.
pub(super) fn leave_out(blocks: &Blocks, tables: &[Table], verdicts: &mut [Verdict]) {
    let mut looked_for = 0;
    for (index, block) in blocks.list.iter().enumerate() {
        if !verdicts[index].is_kept() {
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
            if stands_in_text(blocks, verdicts, index) {
                verdicts[index] = Verdict::Out(REPEATED);
            }
        }
    }
}

/// Whether another block of the text has the words of a block among its own.
fn stands_in_text(blocks: &Blocks, verdicts: &[Verdict], index: usize) -> bool {
    let is_around = |c: char| !c.is_alphanumeric();
    let block = &blocks.list[index];
    let text = blocks.text_of(block);
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
    fn quotation_marks_alone_are_no_paragraph() {
        let said = "On l'a senti dans tout le port, à trois kilomètres.";
        let quote = format!("<table class=q><tr><td>“</td><td>{said}</td><td>”</td></tr></table>");
        let text = text(&quote);
        assert!(text.contains(said) && !text.contains(['“', '”']), "{text}");
    }
}
