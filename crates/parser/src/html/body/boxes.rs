//! Boxes between the paragraphs that ask for something, advertise or lead to other articles: a form with what is said about
//! it, what a button to subscribe ends, and what stands under a mark of advertising or a label of other articles.

use std::ops::Range;

use super::{Verdict, kept_chars, leave_out_kept, pointers};
use crate::html::blocks::{Block, Blocks};
use crate::html::features::Phrase;
use crate::html::tag::{Name, Tag};
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Folded, Lexicon};

/// Why a box is left out.
const FORM: &str = "a form, and what it is for";
const ADVERT: &str = "below a mark of advertising";
const RELATED: &str = "a box that leads to other articles";
const PROMPT: &str = "above a button to subscribe";
const PLAYER: &str = "above a button that shows what others host";

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

/// Words of the shortest title, and characters of the longest excerpt, of another article.
const TITLE_WORDS: u32 = 3;
const EXCERPT_CHARS: u32 = 320;

/// Characters of the longest button, and characters beside the link of one that is a link.
const BUTTON_CHARS: u32 = 60;
const SIGNS: u32 = 3;

/// Blocks above a button that belong to it.
const PROMPT_BLOCKS: usize = 4;

/// Takes boxes out of the text.
pub(super) fn leave_out(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: Option<NodeId>,
    phrases: &[Phrase],
    lexicon: &Lexicon,
    verdicts: &mut [Verdict],
) {
    let headline = headline.unwrap_or_default();
    let mut boxes: Vec<(Range<usize>, &'static str)> = Vec::new();
    for id in tree.all(Tag::Form).filter(|id| *id > headline && asks_for_address(tree, *id)) {
        boxes.extend(largest_box(tree, blocks, id, headline).map(|inside| (inside, FORM)));
    }
    boxes.extend(above_controls(tree, blocks, headline, verdicts, lexicon));
    for (index, block) in blocks.list.iter().enumerate() {
        let Some((chrome, whole)) = phrases[index].chrome.filter(|_| block.chars <= MARK_CHARS) else {
            continue;
        };
        if block.first <= headline {
            continue;
        }
        let found = match chrome {
            Chrome::Advertising if whole => {
                box_below(tree, blocks, index, verdicts).map(|inside| (inside, ADVERT))
            }
            Chrome::Related if whole && block.links == 0 => box_below(tree, blocks, index, verdicts)
                .filter(|inside| are_excerpts(tree, blocks, inside.start + 1..inside.end))
                .map(|inside| (inside, RELATED)),
            Chrome::Subscription if is_link(block) => {
                box_above(tree, blocks, block.first, index, verdicts).map(|inside| (inside, PROMPT))
            }
            _ => None,
        };
        boxes.extend(found);
    }
    let all = kept_chars(blocks, verdicts, 0..verdicts.len());
    boxes.retain(|(inside, _)| kept_chars(blocks, verdicts, inside.clone()) * 3 <= all);
    for (inside, why) in boxes {
        leave_out_kept(&mut verdicts[inside], why);
    }
}

/// Whether a form has a field for an address of mail.
fn asks_for_address(tree: &Tree<'_>, form: NodeId) -> bool {
    tree.descendants(form).take(FORM_NODES).any(|id| is_field_for_address(tree, id))
}

/// Whether an element is a field for an address of mail.
fn is_field_for_address(tree: &Tree<'_>, id: NodeId) -> bool {
    let has =
        |name| tree.raw_attribute(id, name).is_some_and(|value| value.to_ascii_lowercase().contains("mail"));
    tree.tag(id) == Tag::Input && (has(Name::Type) || has(Name::Name) || has(Name::Id))
}

/// The boxes around fields for an address without a form, and above buttons that ask readers to subscribe or show what they
/// have to consent to. Only controls right below a block of the text are read.
fn above_controls(
    tree: &Tree<'_>,
    blocks: &Blocks,
    headline: NodeId,
    verdicts: &[Verdict],
    lexicon: &Lexicon,
) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let mut folded = Folded::default();
    let first = tree.controls.partition_point(|id| *id <= headline);
    for id in tree.controls[first..].iter().copied() {
        let at = blocks.list.partition_point(|block| block.first < id);
        if !at.checked_sub(1).is_some_and(|above| verdicts[above].is_kept()) {
            continue;
        }
        if is_field_for_address(tree, id) {
            if !tree.ancestors(id).any(|around| tree.tag(around) == Tag::Form) {
                found.extend(largest_box(tree, blocks, id, headline).map(|inside| (inside, FORM)));
            }
            continue;
        }
        let words = tree.short_text(id, BUTTON_CHARS as usize).filter(|words| !words.is_empty());
        let Some(words) = words.filter(|_| tree.tag(id) == Tag::Button) else { continue };
        folded.fold(&words);
        match lexicon.chrome(&folded) {
            Some((Chrome::Subscription, _)) => {
                found.extend(box_above(tree, blocks, id, at, verdicts).map(|inside| (inside, PROMPT)));
            }
            Some((Chrome::Advertising, true)) => {
                found.extend(notice_above(tree, blocks, id, at, verdicts).map(|inside| (inside, PLAYER)));
            }
            _ => {}
        }
    }
    found
}

/// Whether a block is a link and nothing else.
fn is_link(block: &Block) -> bool {
    block.links > 0 && block.chars.saturating_sub(block.link_chars) <= SIGNS
}

/// Whether the blocks below a label are titles of other articles that lead there, and no more than an excerpt of each.
fn are_excerpts(tree: &Tree<'_>, blocks: &Blocks, below: Range<usize>) -> bool {
    let list = &blocks.list[below];
    let titles = list.iter().filter(|block| is_link(block) && block.words >= TITLE_WORDS).count();
    let is_excerpt = |block: &&Block| !is_link(block);
    list.first().is_some_and(|first| {
        is_link(first) && first.words >= TITLE_WORDS && pointers::leads_away(tree, first)
    }) && list.iter().filter(is_excerpt).count() <= titles
        && list.iter().filter(is_excerpt).all(|block| block.chars <= EXCERPT_CHARS)
}

/// The blocks of the smallest element that a button at a block ends and a title begins, with no more than one paragraph
/// between them.
fn box_above(
    tree: &Tree<'_>,
    blocks: &Blocks,
    button: NodeId,
    at: usize,
    verdicts: &[Verdict],
) -> Option<Range<usize>> {
    let inside = |id: NodeId| blocks.between(id, tree.node(id).end);
    let prose = |range: Range<usize>| blocks.list[range].iter().filter(|block| block.is_prose()).count();
    let is_one = |range: Range<usize>| {
        // A link is a block itself.
        (at..=at + 1).contains(&range.end)
            && (2..=PROMPT_BLOCKS).contains(&range.len())
            && !blocks.list[range.start].is_prose()
            && blocks.list[range.start].links == 0
            && prose(range) <= 1
    };
    let around = tree.ancestors(button).take(AROUND).map(|id| (id, inside(id)));
    let mut short = around.take_while(|(_, range)| is_short(blocks, range.clone()));
    let (id, found) = short.find(|(_, range)| is_one(range.clone()))?;
    (!holds_pieces(tree, blocks, id, verdicts)).then_some(found)
}

/// The blocks of the smallest element that a button ends and that has words: a notice in place of what it shows.
fn notice_above(
    tree: &Tree<'_>,
    blocks: &Blocks,
    button: NodeId,
    at: usize,
    verdicts: &[Verdict],
) -> Option<Range<usize>> {
    let around = tree.ancestors(button).take(AROUND);
    let inside = |id: NodeId| blocks.between(id, tree.node(id).end);
    let (id, found) = around.map(|id| (id, inside(id))).find(|(_, inside)| !inside.is_empty())?;
    let is_notice = found.end == at && found.len() <= PROMPT_BLOCKS && is_short(blocks, found.clone());
    (is_notice && !holds_pieces(tree, blocks, id, verdicts)).then_some(found)
}

/// Whether elements of a kind with one beside it hold the text: then that holds the next piece of it.
fn holds_pieces(tree: &Tree<'_>, blocks: &Blocks, id: NodeId, verdicts: &[Verdict]) -> bool {
    let is_of_text = |other: NodeId| {
        blocks
            .between(other, tree.node(other).end)
            .any(|at| verdicts[at] == Verdict::Text && blocks.list[at].is_prose())
    };
    alike_beside(tree, id).any(is_of_text)
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
    let is_box = found.start == mark && is_short(blocks, found.clone()) && has_link();
    (is_box && !holds_pieces(tree, blocks, id, verdicts)).then_some(found)
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
    fn a_button_to_subscribe_ends_a_box() {
        let said = "Chaque vendredi à midi, ce qui se dit au port et sur le lac, par notre rédaction.";
        for between in [
            format!(
                "<div class=s><h3>La lettre</h3><p>{said}</p><input type=email><button>OK</button></div>"
            ),
            format!("<div class=s><p>La lettre du lac</p><p>{said}</p><a href=/l>Je m'inscris</a></div>"),
            format!(
                "<div class=s><h3>Der Seebrief</h3><div><p>{said}</p><button>Jetzt abonnieren</button></div></div>"
            ),
            format!(
                "<div class=s><h3>The Lake Letter</h3><p>{said}</p><div><a href=/l>Sign up for free</a></div></div>"
            ),
        ] {
            assert_eq!(text(&between), text(""), "{between}");
        }
        for between in [
            format!("<p>{said}</p><button>Jetzt abonnieren</button>"),
            format!(
                "<div class=s><p>{said} On le lit partout.</p><p>{said}</p><a href=/l>Je m'inscris</a></div>"
            ),
            format!("<div class=s><h3>La pêche</h3><p>{said}</p><button>Partager</button></div>"),
        ] {
            assert!(text(&between).contains("vendredi"), "{between}");
        }
    }

    #[test]
    fn a_notice_in_place_of_a_film_is_no_text() {
        let said =
            "Le port montre ici le film du gel, que garde un autre site. Il faut l'accepter pour le voir.";
        let notice = |button: &str| format!("<div class=v><p>{said}</p><button>{button}</button></div>");
        assert_eq!(text(&notice("Afficher le contenu")), text(""));
        assert!(text(&notice("Imprimer")).contains("le film du gel"));
    }

    #[test]
    fn a_box_below_a_label_of_other_articles_is_no_text() {
        let excerpt =
            "Le département a refusé pour la troisième fois en dix ans de remettre le bac en service.";
        for between in [
            format!(
                "<div class=s><p>À lire aussi</p><a href=/x>Le bac ne reviendra pas</a><p>{excerpt}</p></div>"
            ),
            format!(
                "<div class=s><div>Recommended</div><a href=/x><h4>Ferry idea sinks again</h4></a><p>{excerpt}</p></div>"
            ),
            format!(
                "<div><b>Lesen Sie auch</b><div><h4><a href=/x>Die Fähre kommt nicht</a></h4><p>{excerpt}</p></div></div>"
            ),
        ] {
            assert_eq!(text(&between), text(""), "{between}");
        }
        for between in [
            format!(
                "<div class=s><p>À lire aussi</p><p>{excerpt} <a href=/x>Le rapport</a> le dit.</p></div>"
            ),
            format!(
                "<div class=s><h3>Related</h3><p>{excerpt}</p><a href=/x>Ferry idea sinks again</a></div>"
            ),
            format!("<p>À lire aussi</p><p><a href=/x>Le bac ne reviendra pas</a></p><p>{excerpt}</p>"),
        ] {
            assert!(text(&between).contains("remettre le bac"), "{between}");
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
