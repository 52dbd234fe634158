//! What stands at the foot of the text: corrections and editors' notes, which are the article's, and what is said below a head
//! that asks for something, which is the site's.

use super::{PHRASE, Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::features::Phrase;
use crate::html::place::is_in_foot_of_article;
use crate::html::role::Roles;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Folded, Lexicon, WordSet};
use crate::plain;

/// Why a line below the head of a prompt is left out.
const PROMPT: &str = "below a head of the site";

/// Characters of the longest prompt.
const PROMPT_CHARS: u32 = 400;

/// How much longer than it the text is.
const TIMES_THE_PROMPT: u32 = 3;

/// Leaves out what the weighing kept at the foot of the text below a rule and a head of subscriptions or other articles.
pub(super) fn below_head(tree: &Tree<'_>, blocks: &Blocks, phrases: &[Phrase], verdicts: &mut [Verdict]) {
    let Some(end) = verdicts.iter().rposition(|verdict| verdict.is_kept()) else { return };
    // The last heading above the end of the text that the page shows.
    let Some(head) = (0..end).rev().find(|at| matches!(blocks.list[*at].kind, Kind::Heading(_))) else {
        return;
    };
    let is_of_site =
        matches!(phrases[head].chrome, Some((Chrome::Subscription | Chrome::Related | Chrome::Share, _)));
    // One that leads to another article stands above nothing.
    if verdicts[head].is_kept() || blocks.list[head].links > 0 || !is_of_site {
        return;
    }
    let Some(above) = (0..head).rev().find(|at| verdicts[*at].is_kept()) else { return };
    let is_ruled = || (blocks.list[above].last..blocks.list[head].first).any(|id| tree.tag(id) == Tag::Hr);
    let chars = kept_chars(blocks, verdicts, head..end + 1);
    if is_ruled()
        && chars <= PROMPT_CHARS
        && chars * TIMES_THE_PROMPT <= kept_chars(blocks, verdicts, 0..head)
    {
        leave_out_kept(&mut verdicts[head..=end], PROMPT);
    }
}

/// Blocks below the last paragraph among which a correction is.
const BLOCKS_BELOW: usize = 12;

/// Words and characters of a correction behind its label.
const WORDS: usize = 6;
const CHARS: u32 = 1500;

/// Words of the longest label of one, and characters behind it before its colon: "Correction, 4 March 2026: …".
const LABEL_WORDS: usize = 5;
const ASIDE_CHARS: usize = 40;

/// Parts of a page that hold no correction of the article, whatever they say.
const AWAY: Roles = Roles(
    Roles::CHROME.0 & !Roles::TOOLS.0 & !Roles::FOOTER.0 & !Roles::SIDEBAR.0
        | Roles::CAPTION.0
        | Roles::MEDIA.0,
);

/// Takes corrections and editors' notes below the text into it: "Correction: An earlier version of this article …".
pub(super) fn corrections(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    verdicts: &mut [Verdict],
    lexicon: &Lexicon,
) {
    let list = &blocks.list;
    let is_prose = |at: &usize| verdicts[*at].is_kept() && list[*at].is_prose();
    let Some(end) = (0..list.len()).rev().find(is_prose) else { return };
    let headline = headline.unwrap_or(list[end].first);
    for index in end + 1..list.len().min(end + 1 + BLOCKS_BELOW) {
        let block = &list[index];
        let is_open = matches!(verdicts[index], Verdict::Out("" | PHRASE));
        if !is_open || !is_of_article(tree, blocks, block, headline) {
            continue;
        }
        if tells_of_change(blocks.text_of(block), lexicon) {
            verdicts[index] = Verdict::Text;
        }
        if verdicts[index] != Verdict::Out("") {
            continue;
        }
        match behind_label(blocks.text_of(block), lexicon) {
            Some("") => {
                let Some(next) = list.get(index + 1) else { return };
                if verdicts[index + 1] == Verdict::Out("")
                    && is_of_article(tree, blocks, next, headline)
                    && says_something(blocks.text_of(next), lexicon)
                {
                    verdicts[index] = Verdict::Text;
                    verdicts[index + 1] = Verdict::Text;
                }
            }
            Some(rest) if says_something(rest, lexicon) => verdicts[index] = Verdict::Text,
            _ => {}
        }
    }
}

/// Whether a block stands in the article or right below it, and not in the parts of a page that say something of the site.
fn is_of_article(tree: &Tree<'_>, blocks: &Blocks, block: &Block, headline: NodeId) -> bool {
    let is_article = |id: &NodeId| matches!(tree.tag(*id), Tag::Article | Tag::Main);
    let is_beside = |id: NodeId| tree.ancestors(id).filter(is_article).any(|id| tree.contains(id, headline));
    block.chars <= CHARS
        && block.link_chars * 2 < block.chars
        && !block.roles.any(AWAY)
        && (!block.roles.any(Roles::FOOTER) || is_in_foot_of_article(tree, blocks, block.node, headline))
        && (!block.roles.any(Roles::SIDEBAR) || is_beside(block.node))
        && !tree.ancestors(block.node).any(|id| tree.tag(id) == Tag::Form)
}

/// Whether a line begins with a sentence that tells of a correction, and says what was wrong: "This article was amended on 3 May.
/// An earlier version …".
fn tells_of_change(text: &str, lexicon: &Lexicon) -> bool {
    let mut folded = Folded::default();
    folded.fold_words(text, AMENDED_WORDS);
    let begins = folded.beginnings().any(|(words, _)| lexicon.has(WordSet::Amendments, words));
    let behind = || text.split_once(". ").map_or("", |(_, behind)| behind);
    begins && (says_something(text, lexicon) || says_something(behind(), lexicon))
}

/// Words of the longest beginning of such a sentence.
const AMENDED_WORDS: usize = 7;

/// What stands behind the label of a correction; nothing where the line is no more than it.
fn behind_label<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let mut folded = Folded::default();
    folded.fold_words(text, LABEL_WORDS);
    let (_, end) = folded.beginnings().find(|(words, _)| lexicon.has(WordSet::Corrections, words))?;
    let rest = text[end..].trim();
    if !rest.contains(char::is_alphanumeric) {
        return Some("");
    }
    let aside = || {
        let at = rest.find(':').filter(|at| rest[..*at].chars().count() <= ASIDE_CHARS)?;
        rest.starts_with([',', '(', '[']).then_some(&rest[at..])
    };
    let behind = if rest.starts_with([':', '–', '—', '-']) { rest } else { aside()? };
    Some(behind[1..].trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether words are a sentence of the article, and no phrase of sites.
fn says_something(text: &str, lexicon: &Lexicon) -> bool {
    text.split_whitespace().nth(WORDS - 1).is_some()
        && plain::ends_sentence(text.trim_end_matches([')', ']']))
        && lexicon.chrome_of(text, &mut Folded::default()).is_none()
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>The lake froze over night, and nobody had seen that coming, said the keeper of the port to all who asked.</p>";

    /// Whether the text has this with something below it in the article and below that.
    fn has(inside: &str, below: &str, wanted: &str) -> bool {
        let page = format!(
            "<html><head><title>Ice on the lake</title></head><body><main><article><h1>Ice on the lake</h1>{PROSE}{PROSE}{PROSE}\
             <p>The wind fell before midnight, and then the sky cleared at once.</p>{inside}</article>{below}</main></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        assert!(article.text.contains("The wind fell"), "{inside}");
        article.text.contains(wanted)
    }

    #[test]
    fn corrections_below_the_text_are_text() {
        for note in [
            "Correction: An earlier version of this article gave the wrong depth of the lake.",
            "Correction, 4 March 2026: An earlier version of this article gave the wrong depth of the lake.",
            "Editor's note: An earlier version of this story gave the wrong depth of the lake.",
            "Rectificatif : une première version de cet article donnait the wrong depth of the lake.",
            "This article was amended on 29 June 2026. An earlier version gave the wrong depth of the lake.",
            "A previous version of this story gave the wrong depth of the lake.",
            "[Note de la rédaction : une première version donnait the wrong depth of the lake.]",
        ] {
            let wanted = "the wrong depth";
            for inside in [
                format!("<footer><p>{note}</p></footer>"),
                format!("<hr><p><em>{note}</em></p>"),
                format!("<footer class=article-footer><p class=correction>{note}</p><p>Share</p></footer>"),
                format!("<aside class=article-note><p>{note}</p></aside>"),
            ] {
                assert!(has(&inside, "", wanted), "{inside}");
            }
            assert!(has("", &format!("<div class=corrections><p>{note}</p></div>"), wanted), "{note}");
        }
        let headed = "<footer class=article-footer><h4>Correction</h4><p>An earlier version of this article gave the wrong depth.</p></footer>";
        assert!(has(headed, "", "the wrong depth"));
    }

    #[test]
    fn what_a_site_says_of_corrections_is_no_text() {
        for line in [
            "Corrections: Write to the desk of the Courier whenever you see a mistake on a page.",
            "Correction: To report an error in an article, write to the desk of the Courier.",
            "The correction of the depth of the lake is a matter for the council of the Courier, says the foot.",
        ] {
            assert!(
                !has("", &format!("<footer class=site-footer><p>{line}</p></footer>"), "the Courier"),
                "{line}"
            );
        }
    }

    #[test]
    fn what_asks_for_something_below_the_text_is_no_text() {
        let related = "<h3>Related</h3><ul><li><a href=/a>Ferry runs aground near the mole</a></li></ul>";
        let prompt = "<hr><h3>Sign up for our newsletter</h3><p>Get the best of the Courier on your desk every morning.</p>";
        assert!(!has(&format!("{prompt}{related}"), "", "the Courier"));
        let pointer = "<hr><h4>Read more: <a href=/a>Ferry runs aground near the mole</a></h4><p>The best of the Courier is on his desk every morning, the keeper of the port of Holm said on Tuesday.</p>";
        assert!(has(pointer, "", "the Courier"));
        let note =
            "<hr><h3>What the keeper says</h3><p>The best of the Courier is on his desk every morning.</p>";
        assert!(has(note, "", "the Courier"));
    }
}
