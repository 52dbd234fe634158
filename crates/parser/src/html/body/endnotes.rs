//! Notes below the text, told by the links that lead back from them: "↩".

use super::{Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::Blocks;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};

/// Why a note is left out.
const NOTE: &str = "a note";

/// Elements around a link back of which one is the note.
const AROUND: usize = 6;

/// Takes notes out of the text: items of lists that hold a link back to their mark, or the paragraph that begins with one,
/// with all of the element that has a name and holds that note alone. Where they are more than half of the
/// text, they are what the page says.
pub(super) fn leave_out(tree: &Tree<'_>, blocks: &Blocks, verdicts: &mut [Verdict]) {
    if blocks.links_back.is_empty() {
        return;
    }
    let Some(first) = (0..verdicts.len()).find(|at| verdicts[*at].is_kept() && blocks.list[*at].is_prose())
    else {
        return;
    };
    let note_of = |link: &NodeId| {
        let item = tree.ancestors(*link).take(AROUND).find(|id| tree.tag(*id) == Tag::Li);
        let note = item.or_else(|| note_around(tree, blocks, *link))?;
        let inside = blocks.between(note, tree.node(note).end);
        (inside.start > first).then_some(inside)
    };
    let notes: Vec<_> = blocks.links_back.iter().filter_map(note_of).collect();
    let all = kept_chars(blocks, verdicts, 0..verdicts.len());
    // Several marks may lead to one note, which lie in order then.
    let mut chars = 0;
    let mut counted = 0;
    for note in &notes {
        chars += kept_chars(blocks, verdicts, note.start.max(counted)..note.end.max(counted));
        counted = counted.max(note.end);
    }
    if chars * 2 <= all {
        for note in notes {
            leave_out_kept(&mut verdicts[note], NOTE);
        }
    }
}

/// The element of a note that is no item of a list.
fn note_around(tree: &Tree<'_>, blocks: &Blocks, link: NodeId) -> Option<NodeId> {
    let is_block = |id: &NodeId| !tree.tag(*id).is_inline();
    let own = tree.ancestors(link).take(AROUND).find(is_block)?;
    let is_alone = |id: NodeId| {
        let at = blocks.links_back.partition_point(|other| *other < id);
        blocks.links_back[at..].iter().take_while(|other| tree.contains(id, **other)).nth(1).is_none()
    };
    let is_named = |id: &NodeId| {
        tree.raw_attribute(*id, Name::Id).is_some()
            && blocks.between(0, *id).end == blocks.between(0, own).end
            && is_alone(*id)
    };
    let named = tree.ancestors(own).take(2).find(is_named);
    named.or(Some(own)).filter(|note| is_alone(*note))
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(below: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>{PROSE}{PROSE}\
             {PROSE}<p>Le vent est tombé avant minuit<sup><a href=#fn1>1</a></sup>, puis le ciel s'est dégagé.</p>{below}\
             </article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn a_note_that_leads_back_is_no_text() {
        for note in [
            "<div><hr><ol><li id=fn1><p>Rapport annuel du port de Holm, 2014, page 12. <a href=#fnref1>↩</a></p></li></ol></div>",
            "<h2>Notas</h2><ol><li id=n1>Rapport annuel du port de Holm, 2014, page 12. <a href=#r1>↑</a></li></ol>",
            "<ol><li><a href=#cite_ref-1>^</a> Rapport annuel du port de Holm, 2014, page 12.</li></ol>",
        ] {
            assert_eq!(text(note), text(""), "{note}");
        }
    }

    #[test]
    fn a_note_that_begins_with_a_link_to_its_mark_is_no_text() {
        let mark = |number: u8| {
            format!("<span>&nbsp;[<a class=note href=#nb{number} id=nh{number}>{number}</a>]</span>")
        };
        let note = |number: u8| {
            format!(
                "<div id=nb{number}><p><span>[<a class=note href=#nh{number}>{number}</a>]&nbsp;</span>Rapport annuel du port de Holm.</p></div>"
            )
        };
        let page = |mark: &dyn Fn(u8) -> String, notes: &str| {
            format!(
                "<p>Le port{} a fermé lundi, dit le garde, et personne ne sait quand il rouvrira.</p><p>Il a gelé{} deux fois, en dix \
                 ans, et le maire voudrait que cela s'arrête.</p>{notes}",
                mark(1),
                mark(2)
            )
        };
        let notes = format!("<div class=notes><h2>Notes</h2>{}{}</div>", note(1), note(2));
        assert_eq!(text(&page(&mark, &notes)), text(&page(&|_| String::new(), "")));
    }

    #[test]
    fn an_item_that_leads_elsewhere_is_text() {
        for item in [
            "<ol><li>Le rapport annuel du port de Holm le dit à la page 12. <a href=#port>Le port</a></li><li>Le lac a gelé</li></ol>",
            "<ol><li>Le rapport annuel du port de Holm le dit à la page 12. <a href=#s1>#</a></li><li>Le lac a gelé</li></ol>",
        ] {
            assert!(text(item).contains("page 12"), "{item}");
        }
    }
}
