//! What is said of the author below the text.

use super::{Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::{Blocks, Kind};
use crate::html::tree::Tree;
use crate::lexicon::{Folded, Lexicon, WordSet};

/// Why it is left out.
const BIOGRAPHY: &str = "who the author is";

/// Blocks and characters of the longest biography.
const BLOCKS: usize = 4;
const CHARS: u32 = 600;

/// Bytes before the name of an author whose address of mail a line gives.
const LED_BYTES: usize = 12;

/// Elements around a biography of which one may hold the name above it as well.
const BOX_AROUND: usize = 3;

/// A biography has at most one in so many of the characters of the text.
const SHARE: u32 = 3;

/// Takes the last blocks of a text out of it if they stand under a head that says so ("About the author"), begin with the
/// full name of an author, or stand below that name: where it is a heading, or in a box that holds it.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &mut [Verdict],
    authors: &[String],
    lexicon: &Lexicon,
) {
    let kept = || (0..verdicts.len()).rev().filter(|at| verdicts[*at].is_kept());
    let Some(last) = kept().next() else { return };
    let last_blocks: Vec<usize> = kept().take(BLOCKS).collect();
    let mut folded = Folded::default();
    let begins = |at: usize| {
        let block = &blocks.list[at];
        let text = blocks.text_of(block).trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_name = |name: &&String| {
            name.contains(' ')
                && text
                    .strip_prefix(name.as_str())
                    .is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
        };
        // "Contact Ann Lee at …@…".
        let is_address = || {
            let led = |name: &&String| {
                name.contains(' ') && text.find(name.as_str()).is_some_and(|at| at <= LED_BYTES)
            };
            text.contains('@') && authors.iter().any(|name| led(&name))
        };
        block.kind == Kind::Paragraph && (is_address() || authors.iter().any(|name| is_name(&name)))
    };
    let is_author = |at: usize| {
        let text = blocks.text_of(&blocks.list[at]);
        authors.iter().any(|name| name.contains(' ') && text == name)
    };
    let is_named = |at: usize| {
        let block = &blocks.list[at];
        if matches!(block.kind, Kind::Heading(_)) && at < last {
            return is_author(at);
        }
        // The name may be left out already, being a byline.
        at > 0
            && is_author(at - 1)
            && tree
                .ancestors(block.node)
                .take(BOX_AROUND)
                .find(|outer| tree.contains(*outer, blocks.list[at - 1].first))
                .is_some_and(|outer| blocks.between(0, outer).end == at - 1)
    };
    let mut is_headed = |at: usize| {
        // The head may be left out already, being a phrase of sites.
        let Some(above) = at.checked_sub(1) else { return false };
        let head = &blocks.list[above];
        head.chars <= 60 && head.links == 0 && {
            folded.fold(blocks.text_of(head));
            lexicon.has(WordSet::Biographies, folded.as_str())
        }
    };
    let Some(first) = last_blocks.into_iter().find(|at| begins(*at) || is_named(*at) || is_headed(*at))
    else {
        return;
    };
    let chars = kept_chars(blocks, verdicts, first..last + 1);
    let above = kept_chars(blocks, verdicts, 0..first);
    let is_below = (0..first).any(|at| verdicts[at].is_kept() && blocks.list[at].is_prose());
    if is_below && chars <= CHARS && chars.saturating_mul(SHARE - 1) <= above {
        leave_out_kept(&mut verdicts[first..=last], BIOGRAPHY);
    }
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(below: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1><p>Par Zoé Lam</p>\
             {PROSE}{PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris.</p>{below}\
             </article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn what_is_said_of_the_author_below_the_text_is_none_of_it() {
        let said = "suit les lacs et les ports depuis 2011. Elle vit à Holm avec deux chiens.";
        for below in [
            format!("<h3>À propos de l'auteur</h3><p>Zoé Lam {said}</p>"),
            format!("<h3>About the author</h3><p>Elle {said}</p>"),
            format!("<p><i>— Zoé Lam {said}</i></p>"),
            "<p>Contact Zoé Lam at 555-0134 or zoe@lac.example. Follow her on X.</p>".to_owned(),
            format!("<div class=x1><h4>Zoé Lam</h4><p>Passionnée de voile, elle {said}</p></div>"),
            format!(
                "<div class=x1><p><a href=/auteur/z>Zoé Lam</a></p><p>Passionnée de voile, elle {said}</p></div>"
            ),
            format!(
                "<div><img src=/z.jpg><div><h4>Zoé Lam</h4><p>Zoé Lam {said}</p><a href=/z>Ses articles</a></div></div>"
            ),
        ] {
            assert_eq!(text(&below), text(""), "{below}");
        }
    }

    #[test]
    fn what_the_text_says_is_text() {
        for below in [
            "<p>Zoé Lamarque suit les lacs depuis 2011, et vit à Holm avec deux chiens.</p>",
            "<h3>Le garde</h3><p>Il suit les lacs depuis 2011, et vit à Holm avec deux chiens.</p>",
        ] {
            assert!(text(below).contains("deux chiens"), "{below}");
        }
        let said = format!("<p>Zoé Lam l'avait dit, et vit à Holm avec deux chiens.</p>{}", PROSE.repeat(4));
        assert!(text(&said).contains("deux chiens"));
    }
}
