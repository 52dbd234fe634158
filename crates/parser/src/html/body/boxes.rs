//! Boxes between the paragraphs that ask for something or advertise: a form with what is said about it, and what stands under
//! a mark of advertising.

use std::ops::Range;

use super::{Verdict, kept_chars, leave_out_kept};
use crate::html::blocks::Blocks;
use crate::html::features::Phrase;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::Chrome;

/// Why a box is left out.
const FORM: &str = "a form, and what it is for";
const ADVERT: &str = "below a mark of advertising";

/// Characters of the longest box.
const BOX_CHARS: u32 = 600;

/// Blocks of it.
const BOX_BLOCKS: usize = 40;

/// Characters of the longest mark of advertising.
const MARK_CHARS: u32 = 60;

/// Elements around a form or a mark of which one is the box.
const AROUND: usize = 8;

/// Elements beside a box that are looked at.
const BESIDE: usize = 100;

/// Nodes of a form in which its fields are looked for.
const FORM_NODES: usize = 60;

/// Takes boxes out of the text.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    phrases: &[Phrase],
    verdicts: &mut [Verdict],
) {
    let headline = headline.unwrap_or_default();
    let mut boxes: Vec<(Range<usize>, &'static str)> = Vec::new();
    for id in tree.all(Tag::Form).filter(|id| *id > headline && asks_for_address(tree, *id)) {
        boxes.extend(largest_box(tree, blocks, id, headline).map(|inside| (inside, FORM)));
    }
    for (index, block) in blocks.list.iter().enumerate() {
        let is_mark = phrases[index].whole() == Some(Chrome::Advertising) && block.chars <= MARK_CHARS;
        if is_mark && block.first > headline {
            boxes.extend(box_below(tree, blocks, index, verdicts).map(|inside| (inside, ADVERT)));
        }
    }
    let all = kept_chars(blocks, verdicts, 0..verdicts.len());
    boxes.retain(|(inside, _)| kept_chars(blocks, verdicts, inside.clone()) * 3 <= all);
    for (inside, why) in boxes {
        leave_out_kept(&mut verdicts[inside], why);
    }
}

/// Whether a form has a field for an address of mail.
fn asks_for_address(tree: &Tree<'_>, form: NodeId) -> bool {
    tree.descendants(form).take(FORM_NODES).any(|id| {
        let has = |name| {
            tree.raw_attribute(id, name).is_some_and(|value| value.to_ascii_lowercase().contains("mail"))
        };
        tree.tag(id) == Tag::Input && (has(Name::Type) || has(Name::Name) || has(Name::Id))
    })
}

/// The blocks of the largest element around a form that is no longer than a box, and holds no more than that.
fn largest_box(tree: &Tree<'_>, blocks: &Blocks, form: NodeId, headline: NodeId) -> Option<Range<usize>> {
    let around = std::iter::once(form).chain(tree.ancestors(form)).take(AROUND);
    let inside = |id: NodeId| blocks.between(id, tree.node(id).end);
    let is_box = |id: &NodeId| !tree.contains(*id, headline) && is_short(blocks, inside(*id));
    around.take_while(is_box).last().map(inside)
}

/// The blocks of the element that begins with a mark of advertising, if it is a box with a link. Where elements of its kind
/// beside it hold the text, it holds the next piece of that.
fn box_below(tree: &Tree<'_>, blocks: &Blocks, mark: usize, verdicts: &[Verdict]) -> Option<Range<usize>> {
    let block = &blocks.list[mark];
    let inside = |id: NodeId| blocks.between(id, tree.node(id).end);
    let around = std::iter::once(block.node).chain(tree.ancestors(block.node)).take(AROUND);
    let (id, found) = around.map(|id| (id, inside(id))).find(|(_, inside)| inside.len() > 1)?;
    let has_link = || blocks.list[found.clone()].iter().any(|block| block.links > 0);
    let is_of_text =
        |other: NodeId| inside(other).any(|at| verdicts[at] == Verdict::Text && blocks.list[at].is_prose());
    let is_box = found.start == mark && is_short(blocks, found.clone()) && has_link();
    (is_box && !alike_beside(tree, id).any(is_of_text)).then_some(found)
}

/// The elements of the same name and class beside an element, the next of them.
fn alike_beside<'t>(tree: &'t Tree<'_>, id: NodeId) -> impl Iterator<Item = NodeId> + 't {
    let parent = tree.parent(id);
    let end = tree.node(parent).end;
    let class = move |id| tree.raw_attribute(id, Name::Class);
    let next = move |other: &NodeId| Some(tree.node(*other).end).filter(|next| *next < end);
    std::iter::successors(Some(parent + 1).filter(|first| *first < end), next)
        .take(BESIDE)
        .filter(move |other| *other != id && tree.tag(*other) == tree.tag(id) && class(*other) == class(id))
}

/// Whether blocks are few and short enough for a box.
fn is_short(blocks: &Blocks, range: Range<usize>) -> bool {
    range.len() <= BOX_BLOCKS && blocks.list[range].iter().map(|block| block.chars).sum::<u32>() <= BOX_CHARS
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn text(between: &str) -> String {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>{PROSE}{PROSE}\
             {PROSE}{between}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris.</p>\
             </article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn a_box_with_a_form_is_no_text() {
        for between in [
            "<div class=b><h3>La lettre du lac</h3><p>Chaque jour à 7 heures, l'essentiel de ce qui se dit au port, dans votre \
             boîte.</p><form><input type=email><button>OK</button></form></div>",
            "<section><h3>Get the Morning Ice</h3><p>Our free daily letter with the stories that matter on the lake, at seven.</p>\
             <form action=/s><input name=EMAIL></form></section>",
        ] {
            assert_eq!(text(between), text(""), "{between}");
        }
    }

    #[test]
    fn a_box_below_a_mark_of_advertising_is_no_text() {
        for between in [
            "<div class=k><div>Anzeige</div><h4>Strom vom Dach</h4><p>Mit der neuen Anlage von Sonnwerk sparen Sie bis zu 900 Euro \
             im Jahr, und das Dach zahlt sich selbst.</p><a href=https://sonnwerk.example>Mehr</a></div>",
            "<aside><p>Publicité</p><p><a href=https://ski.example>Les skis Holm glissent sur la glace comme sur la neige, et pour \
             la moitié du prix des autres.</a></p></aside>",
        ] {
            assert_eq!(text(between), text(""), "{between}");
        }
    }

    #[test]
    fn a_piece_of_the_text_may_begin_with_a_mark_of_advertising() {
        let piece = |mark: &str, more: &str| {
            format!("<section class=group>{mark}{PROSE}<p>{more} <a href=/b>Le rapport</a>.</p></section>")
        };
        let between = piece("", "On l'avait prédit.") + &piece("<p>Publicité</p>", "Le vent s'est tu.");
        let text = text(&between);
        assert!(text.contains("s'est tu") && !text.contains("Publicité"), "{text}");
    }

    #[test]
    fn what_goes_on_is_text() {
        let goes_on = "<p>Le garde du port n'a jamais vu cela, et son père non plus, qui gardait le port avant lui.</p>";
        assert!(text(&format!("<p>Publicité</p>{goes_on}")).contains("son père"));
        assert!(
            text(&format!("{goes_on}<form action=/vote><input type=radio name=v></form>"))
                .contains("son père")
        );
    }
}
