//! Who signs the text: lines that say nothing but that are no part of it, at its foot and wherever the authors were found.

use super::{HEAD_LINE, Verdict};
use crate::byline;
use crate::date::Order;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::role::Roles;
use crate::html::source::Source;
use crate::html::tag::Tag;
use crate::html::tree::Tree;
use crate::lexicon::{Label, Lexicon, WordSet, fold};
use crate::plain;

/// Lines at the foot of a text that sign it.
const FOOT_LINES: usize = 3;

/// Characters of the longest of them; a longer one says more than whose the text is.
const FOOT_CHARS: u32 = 70;

/// Characters of the longest byline.
const LINE_CHARS: u32 = 120;

/// Words beside the names in a byline: a label, a role, a place.
const BESIDE_WORDS: usize = 6;

/// Takes lines that say nothing but who wrote the text, and when, off its foot, and gives their blocks. A line right below
/// the text that the weighing left out already signs it as well.
pub(super) fn foot_lines(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &mut [Verdict],
    lexicon: &Lexicon,
) -> Vec<usize> {
    let list = &blocks.list;
    let is_kept = |at: &usize| verdicts[*at].is_kept();
    let signs = |at: &usize| {
        let block = &list[*at];
        block.kind == Kind::Paragraph
            && block.chars <= FOOT_CHARS
            && is_signature(blocks.text_of(block), lexicon)
    };
    let Some(end) = (0..list.len()).rev().find(is_kept) else { return Vec::new() };
    let mut lines: Vec<usize> = (0..=end).rev().filter(is_kept).take(FOOT_LINES).take_while(signs).collect();
    let first = lines.last().copied().unwrap_or(end + 1);
    if !(0..first).any(|at| is_kept(&at) && list[at].is_prose()) {
        return Vec::new();
    }
    let around = tree.parent(list[end].node);
    let is_beside = |at: &usize| {
        let block = &list[*at];
        verdicts[*at] == Verdict::Out("")
            && !block.roles.any(Roles::CHROME | Roles::CAPTION | Roles::MEDIA)
            && tree.parent(block.node) == around
    };
    lines.extend((end + 1..list.len()).take(FOOT_LINES).take_while(|at| is_beside(at) && signs(at)));
    for at in &lines {
        verdicts[*at] = Verdict::Out(HEAD_LINE);
    }
    lines
}

/// Whether a line is a byline, or the name of a person by a known given name: "— Ann Lee".
fn is_signature(line: &str, lexicon: &Lexicon) -> bool {
    let bare = line.trim_start_matches(['-', '–', '—', '(', ' ']).trim_end_matches([')', ' ']);
    let first = bare.split([' ', '-']).next().unwrap_or_default();
    let is_name = || {
        lexicon.has(WordSet::GivenNames, &fold(first))
            && (byline::is_people(bare, lexicon) || byline::is_people_of_outlet(bare, lexicon))
    };
    is_name() || are_initials(line) || plain::head_line(bare, lexicon, Order::DayFirst).is_some()
}

/// Whether a line is the letters that an author and an agency go by: "(wa)", "(til/dpa)".
fn are_initials(line: &str) -> bool {
    let inner = line.trim().strip_prefix('(').and_then(|line| line.strip_suffix(')'));
    inner.is_some_and(|letters| {
        (2..=INITIALS_BYTES).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'/')
            && letters.split('/').all(|part| (2..=4).contains(&part.len()))
    })
}

/// Bytes of the longest of these.
const INITIALS_BYTES: usize = 9;

/// Takes the bylines that name these authors out of the text: in an element called one or an address, behind its label, or
/// where the authors were found. A line that says more is kept.
pub(in crate::html) fn leave_out_byline(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &mut [Verdict],
    (authors, source): (&[String], Option<Source>),
    lexicon: &Lexicon,
) {
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        if !verdict.is_kept()
            || block.chars > LINE_CHARS
            || block.is_prose() && !block.roles.any(Roles::BYLINE)
            || matches!(block.kind, Kind::Heading(_))
        {
            continue;
        }
        let text = blocks.text_of(block);
        let is_called = || {
            block.roles.any(Roles::BYLINE)
                || matches!(source, Some(Source::Element(id)) if is_around(tree, block, id))
                || tree.tag(block.node) == Tag::Address
                || matches!(lexicon.label_of(text), Some((Label::Byline, _)))
        };
        if says_only(text, authors, lexicon) && is_called() {
            *verdict = Verdict::Out(HEAD_LINE);
        }
    }
}

/// Whether an element and a block stand in each other.
fn is_around(tree: &Tree<'_>, block: &Block, id: u32) -> bool {
    (block.first..block.last).contains(&id)
        || tree.contains(id, block.first) && block.last <= tree.node(id).end
}

/// Whether a line names one of these people at least, and says little else.
fn says_only(line: &str, people: &[String], lexicon: &Lexicon) -> bool {
    let named: Vec<&String> = people.iter().filter(|name| line.contains(name.as_str())).collect();
    let is_title =
        |word: &&str| word.len() > 1 && lexicon.has(WordSet::Degrees, &fold(word)) && !word.contains('(');
    let words = |text: &str| text.split_whitespace().filter(|word| !is_title(word)).count();
    let said: usize = named.iter().map(|name| words(name)).sum();
    !named.is_empty() && words(line) <= said + BESIDE_WORDS && !plain::ends_sentence(line)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn check(head: &str, foot: &str, authors: &[&str], is_text: bool) {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>{head}{PROSE}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p>{foot}</article></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.authors, authors, "{head} {foot}");
        let has = ["Lam", "Ann Lee", "Oslo"].iter().any(|word| article.text.contains(word));
        assert_eq!(has, is_text, "{head} {foot} {}", article.text.as_str());
    }

    #[test]
    fn who_signs_the_text_wrote_it() {
        check("", "<p><strong>Zoé Lam</strong></p>", &["Zoé Lam"], false);
        check("", "<p>— Ann Lee</p>", &["Ann Lee"], false);
        check("<p>Von Ann Lee</p>", "<p>(Oslo)</p>", &["Ann Lee"], true);
        check("", "<p><em>di Anna Lam</em></p>", &["Anna Lam"], false);
        check("", "<p>Zoé Lam, 3 mars 2026</p>", &["Zoé Lam"], false);
        check("", "<p>Ann Lee</p><p>3 March 2026</p>", &["Ann Lee"], false);
    }

    #[test]
    fn the_line_that_names_the_authors_is_no_text() {
        check("<address>Ann Lee, Port Harrow</address>", "", &["Ann Lee"], false);
        check("<address><a href=/author/ann-lee>Ann Lee</a><br>Oslo</address>", "", &["Ann Lee"], false);
        check("<p>Von Ann Lee, Oslo</p>", "", &["Ann Lee"], false);
        check(
            "<p class=byline>Ann Lee and Paul Decker in London, and Anna Weber in Berlin</p>",
            "",
            &["Ann Lee", "Paul Decker", "Anna Weber"],
            false,
        );
        check("<p>Par Zoé Lam, envoyée spéciale à Oslo</p>", "", &["Zoé Lam"], false);
    }

    #[test]
    fn a_name_in_the_text_is_text() {
        check("", "<p>« Le lac, c'est fini », dit Ann Lee.</p>", &[], true);
        check("", &format!("<p><b>Ann Lee</b></p>{PROSE}"), &[], true);
        check(
            "",
            "<h3>Ann Lee</h3><p>Elle garde le port depuis vingt ans, et n'a jamais vu cela.</p>",
            &[],
            true,
        );
    }
}
