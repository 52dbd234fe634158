//! Pointers to other articles that stand in the text: a label with links behind it, or a list of links below one.

use super::Verdict;
use crate::html::blocks::{Blocks, Kind};
use crate::html::topics;
use crate::html::tree::Tree;
use crate::lexicon::{Chrome, Folded, Lexicon};

/// Why a pointer is left out.
const POINTER: &str = "a pointer to other articles";

/// Characters of the longest label.
const LABEL_CHARS: u32 = 60;

/// Characters of the longest line that is a label with links behind it.
const LINE_CHARS: u32 = 300;

/// Links of the longest list.
const LINKS_MAX: usize = 25;

/// Takes pointers out of the text: "Related: The port froze", "Sur le même sujet" above links.
pub(super) fn leave_out(tree: &Tree<'_>, blocks: &Blocks, verdicts: &mut [Verdict], lexicon: &Lexicon) {
    let mut folded = Folded::default();
    let mut is_label = |text: &str| {
        lexicon.fold_known(text, &mut folded)
            && matches!(lexicon.chrome(&folded), Some((Chrome::Related, true)))
    };
    for index in 0..blocks.list.len() {
        let block = &blocks.list[index];
        if block.links > 0 {
            let is_line = verdicts[index] == Verdict::Text
                && block.chars <= LINE_CHARS
                && block.link_density() > 0.3
                && matches!(block.kind, Kind::Paragraph | Kind::Item);
            if is_line && topics::words_before_list(tree, block).is_some_and(|before| is_label(&before)) {
                verdicts[index] = Verdict::Out(POINTER);
            }
            continue;
        }
        let leads = blocks.list.get(index + 1).is_some_and(|next| next.links > 0);
        if block.chars > LABEL_CHARS || !leads || !is_label(blocks.text_of(block)) {
            continue;
        }
        let count = topics::list_below(tree, blocks, index).take(LINKS_MAX + 1).count();
        if (1..=LINKS_MAX).contains(&count) {
            for verdict in &mut verdicts[index..=index + count] {
                if *verdict == Verdict::Text {
                    *verdict = Verdict::Out(POINTER);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    /// How many links a text keeps with this between its paragraphs.
    fn check(between: &str, kept: usize) {
        let page = format!(
            "<html><head><title>Le lac a gelé</title></head><body><article><h1>Le lac a gelé</h1>{PROSE}{between}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = read(&page, Some("https://lac.example/a/gel"), &Lexicon::load(None).unwrap()).unwrap();
        assert_eq!(article.references.len(), kept, "{between} {}", article.text.as_str());
        assert_eq!(article.text.contains("fermée"), kept > 0, "{between} {}", article.text.as_str());
    }

    #[test]
    fn a_label_before_links_points_to_other_articles() {
        for between in [
            "<p><strong>Related:</strong> <a href=/b>La piscine est fermée</a></p>",
            "<p>Lire aussi : <a href=/b>La piscine est fermée</a> et <a href=/c>Le stade</a></p>",
            "<p><b>Mehr zum Thema:</b> <a href=/b>La piscine est fermée</a></p>",
            "<div><p>Sur le même sujet</p><ul><li><a href=/b>La piscine est fermée</a></li><li><a href=/c>Le stade</a></li></ul></div>",
            "<h3>À lire aussi</h3><div><p><a href=/b>La piscine est fermée</a></p><p><a href=/c>Le stade fait débat</a></p></div>",
        ] {
            check(between, 0);
        }
    }

    #[test]
    fn links_in_what_is_said_stay() {
        check("<p>Site : <a href=/b>la piscine fermée</a></p>", 1);
        check(
            "<p>La piscine est fermée, écrit <a href=/b>le journal du port</a>, et personne ne sait pourquoi.</p>",
            1,
        );
        check("<p>Plus : <a href=/b>la piscine</a> est fermée jusqu'en septembre, dit la mairie.</p>", 1);
    }
}
