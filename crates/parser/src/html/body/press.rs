//! The tail of a press release: the mark of its end, notes to editors, and whom journalists are to ask.

use super::{Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::features::Phrase;
use crate::lexicon::{Folded, Label, Lexicon, WordSet};

/// Why it is left out.
const TAIL: &str = "below the end of a press release";
const CONTACT: &str = "whom journalists are to ask";

/// A tail has at most one in so many of the characters of the text.
const SHARE: u32 = 3;

/// Characters of the longest line that ends a release.
const END_CHARS: u32 = 40;

/// Lines below the head of a contact, and words of each.
const CONTACT_LINES: usize = 8;
const CONTACT_WORDS: u32 = 25;
/// Digits of the shortest number to call.
const DIGITS: usize = 6;

/// Takes the tail of a release out of the text.
pub(super) fn leave_out(blocks: &Blocks, phrases: &[Phrase], verdicts: &mut [Verdict], lexicon: &Lexicon) {
    let all = kept_chars(blocks, verdicts, 0..verdicts.len());
    let mut folded = Folded::default();
    let mut below = 0;
    let mut end = None;
    let Some(last) = verdicts.iter().rposition(|verdict| verdict.is_kept()) else { return };
    for index in (0..=last).rev() {
        let block = &blocks.list[index];
        below += if verdicts[index].is_kept() { block.chars } else { 0 };
        if below * SHARE > all {
            break;
        }
        if block.chars <= END_CHARS && ends_release(blocks.text_of(block), &mut folded, lexicon) {
            end = Some(index);
        }
    }
    if let Some(end) = end {
        leave_out_kept(&mut verdicts[end..], TAIL);
    }
    for (index, phrase) in phrases.iter().enumerate().take(last + 1) {
        if phrase.label == Some(Label::Contact) {
            let contact = contact_at(blocks, verdicts, index, lexicon);
            if kept_chars(blocks, verdicts, contact.clone()) * SHARE <= all {
                leave_out_kept(&mut verdicts[contact], CONTACT);
            }
        }
    }
}

/// Whether a line says that the release is over: "ENDS", "###", "-30-", "Notes to editors:".
fn ends_release(line: &str, folded: &mut Folded, lexicon: &Lexicon) -> bool {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '*'));
    let is_signs = || line.bytes().filter(|byte| *byte == b'#').count() >= 3;
    if bare.is_empty() || bare.bytes().all(|byte| matches!(byte, b'#' | b' ')) {
        return is_signs();
    }
    if bare == "30" {
        return bare.len() < line.trim().len();
    }
    folded.fold(bare);
    // "Ends" heads what somebody says of the end; in capitals it is the end.
    lexicon.has(WordSet::Ends, folded.as_str())
        && (folded.as_str().contains(' ') || !bare.contains(char::is_lowercase) || bare.len() < line.len())
}

/// The blocks of a contact from its label on: what stands behind that, or the lines below it up to one that is running text.
/// Without an address or a number it is none.
fn contact_at(
    blocks: &Blocks,
    verdicts: &[Verdict],
    index: usize,
    lexicon: &Lexicon,
) -> std::ops::Range<usize> {
    let text = blocks.text_of(&blocks.list[index]);
    let behind = lexicon.label_of(text).map_or("", |(_, end)| &text[end..]);
    let behind = behind.trim_start_matches([':', ' ', '\n']);
    if !behind.is_empty() {
        let is_one = tells_how_to_reach(behind) && blocks.list[index].words <= 2 * CONTACT_WORDS;
        return index..index + usize::from(is_one);
    }
    let is_line = |at: &usize| {
        let block = &blocks.list[*at];
        is_short(block) && (!block.is_prose() || tells_how_to_reach(blocks.text_of(block)))
    };
    let last = (index + 1..verdicts.len())
        .take(CONTACT_LINES)
        .take_while(is_line)
        .filter(|at| tells_how_to_reach(blocks.text_of(&blocks.list[*at])))
        .last();
    index..last.map_or(index, |last| last + 1)
}

fn is_short(block: &Block) -> bool {
    block.words <= CONTACT_WORDS && matches!(block.kind, Kind::Paragraph | Kind::Item)
}

/// Whether words hold an address or a number to call.
fn tells_how_to_reach(text: &str) -> bool {
    text.contains('@') || text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(below: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>{PROSE}{PROSE}\
             {PROSE}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris.</p>{below}\
             </article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn below_the_end_of_a_release_nothing_is_text() {
        let about = "<p>The Harbour of Holm keeps nine locks, and has kept them since 1911.</p>";
        for mark in
            ["ENDS", "- Ends -", "###", "# # #", "-30-", "<b>Notes to editors:</b>", "Notes aux rédactions"]
        {
            assert_eq!(text(&format!("<p>{mark}</p>{about}")), text(""), "{mark}");
        }
        for mark in ["Ends and means", "30", "Notes"] {
            assert!(text(&format!("<p>{mark}</p>{about}")).contains("nine locks"), "{mark}");
        }
        assert!(text(&format!("<p>###</p>{}", PROSE.repeat(9))).matches("Le lac").count() > 10);
    }

    #[test]
    fn whom_to_ask_is_no_text() {
        for contact in [
            "<p><b>Media contact:</b></p><p>Bram Holm, press officer, +47 20 000 000</p>",
            "<p><b>Pressekontakt:</b><br>Birte Holm, Hafenamt<br>Tel. 04941 000 000</p>",
            "<h3>Contact presse</h3><ul><li>Zoé Lam</li><li>presse@lac.example</li></ul>",
        ] {
            assert_eq!(text(contact), text(""), "{contact}");
        }
        let said = "<p>Le port reste ouvert, et les bateaux passent par le chenal que le brise-glace a tracé hier.</p>";
        assert!(text(&format!("<p>Contact presse</p>{said}")).contains("brise-glace"));
        let told = "<p>Contact presse et bateaux : le port a perdu les deux, dit le garde, et n'en dit pas plus ce matin.</p>";
        assert!(text(told).contains("a perdu les deux"));
    }
}
