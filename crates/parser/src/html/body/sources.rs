//! Lists of sources below the text that are paragraphs.

use super::Verdict;
use crate::html::blocks::Blocks;
use crate::html::features::Phrase;
use crate::html::links;
use crate::lexicon::Chrome;

/// Why a line of a list of sources is left out.
pub(in crate::html) const SOURCES: &str = "of a list of sources";

/// Characters of the longest line that heads sources.
const HEAD_CHARS: u32 = 80;

/// Takes out of the text the paragraphs below a head of sources that are a link each, where nothing else follows; their links
/// are references.
pub(super) fn leave_out(blocks: &Blocks, phrases: &[Phrase], verdicts: &mut [Verdict]) {
    let is_head =
        |at: &usize| phrases[*at].whole() == Some(Chrome::Sources) && blocks.list[*at].chars <= HEAD_CHARS;
    let Some(head) = (0..phrases.len()).rev().find(is_head) else { return };
    let end = (head + 1..verdicts.len()).find(|at| !links::is_all_link(&blocks.list[*at]));
    let end = end.unwrap_or(verdicts.len());
    let goes_on = verdicts[end..].iter().any(|verdict| verdict.is_kept());
    if end == head + 1 || goes_on || !verdicts[..head].iter().any(|verdict| verdict.is_kept()) {
        return;
    }
    for verdict in &mut verdicts[head..end] {
        *verdict = Verdict::Out(SOURCES);
    }
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    #[test]
    fn paragraphs_that_are_links_below_a_head_of_sources_are_references() {
        let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
        let read = |below: &str| {
            let page = format!(
                "<title>Le lac a gelé</title><article><h1>Le lac a gelé</h1>{prose}{prose}{prose}{below}"
            );
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            (article.text.contains("Rapport annuel"), article.references.len())
        };
        let links = "<p><a href=https://a.example/r.pdf>Rapport annuel 2014</a></p><p><a href=https://b.example/q>La carrière de Holm</a></p>";
        assert_eq!(read(&format!("<p><strong>Sources</strong></p>{links}")), (false, 2));
        assert_eq!(read(&format!("<p><strong>Sources</strong></p>{links}{prose}")).1, 2);
        let cited = "<p>Le <a href=https://a.example/r.pdf>Rapport annuel 2014</a> le dit, et personne ne l'avait lu jusqu'au bout.</p>";
        assert_eq!(read(&format!("<h2>Sources</h2>{cited}")), (true, 1));
    }
}
