//! What the weighing took for text and its words tell from it: the headline once more, lines that say nothing but who wrote
//! the article and when, and credits.

use std::ops::Range;

use super::Verdict;
use crate::byline;
use crate::date::Order;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::features::Phrase;
use crate::html::headline::folded;
use crate::html::joints;
use crate::html::role::Roles;
use crate::html::tag::Tag;
use crate::html::topics;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Label, Lexicon};
use crate::plain;

/// Why a line of names and dates is left out.
pub(in crate::html) const HEAD_LINE: &str = "who wrote it, or when";

/// Blocks at the start of a text among which a byline stands.
const HEAD_BLOCKS: usize = 4;

/// Characters of the longest line of names and dates.
const HEAD_CHARS: u32 = 200;

/// Characters of the longest caption that begins with its credit.
const CREDIT_CHARS: u32 = 300;

/// Words of the longest caption that the sign of its credit alone tells.
const CAPTION_WORDS: u32 = 40;

/// Why a block that says what the headline says is left out.
pub(in crate::html) const HEADLINE: &str = "the headline, once more";

/// Words of what may stand beside a headline: a kicker, a section, the site's name.
const BESIDE_WORDS: usize = 4;

/// Words of the shortest headline that is told from what stands beside it.
const TITLE_WORDS: usize = 3;

/// Takes paragraphs out of the text that are nothing but a rule, drawn with signs: "___", "* * *".
pub(super) fn rules(blocks: &Blocks, verdicts: &mut [Verdict]) {
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        let is_open = *verdict == Verdict::Text && matches!(block.kind, Kind::Paragraph | Kind::Heading(_));
        if is_open && block.words == 0 && blocks.text_of(block).chars().all(is_of_rule) {
            *verdict = Verdict::Out("a rule");
        }
    }
}

/// Whether a rule may be drawn with a sign; a zero-width joiner stands for an empty line.
fn is_of_rule(c: char) -> bool {
    c.is_whitespace() || "_*-–—=~∼•·#.+\u{200d}".contains(c)
}

/// Takes the headline off the head of the text: readers have it above, as a heading or in bold.
pub(super) fn headlines(blocks: &Blocks, verdicts: &mut [Verdict], title: Option<&str>) {
    let Some(title) = title else { return };
    let folded_title = folded(title);
    if folded_title.is_empty() {
        return;
    }
    let head: Vec<usize> = kept(verdicts).take(HEAD_BLOCKS).collect();
    for index in head {
        let block = &blocks.list[index];
        let text = blocks.text_of(block);
        let may_repeat = text.len() <= 2 * title.len() + BESIDE_BYTES
            && matches!(block.kind, Kind::Paragraph | Kind::Heading(_));
        if may_repeat && says_headline(text, title, &folded_title) {
            verdicts[index] = Verdict::Out(HEADLINE);
        } else if block.is_prose() {
            // What stands below the first paragraph is part of what it says.
            return;
        }
    }
}

/// Bytes of what may stand beside a headline.
const BESIDE_BYTES: usize = 80;

/// Whether a line is a headline, but for what a sign sets off before or behind either of them.
fn says_headline(line: &str, title: &str, folded_title: &str) -> bool {
    let same = folded(line);
    same == folded_title
        || is_beside_something(line, folded_title)
        || !same.is_empty() && is_beside_something(title, &same)
}

/// Whether a line has these folded words, and beside them, set off by a sign, no more than a kicker has.
fn is_beside_something(line: &str, words: &str) -> bool {
    let is_short = |text: &str| text.split_whitespace().count() <= BESIDE_WORDS;
    words.split(' ').count() >= TITLE_WORDS
        && BESIDE.iter().any(|sign| {
            let cuts = || line.match_indices(sign).take(BESIDE_WORDS);
            cuts().any(|(at, _)| {
                let (before, behind) = (&line[..at], &line[at + sign.len()..]);
                is_short(before) && folded(behind) == words || is_short(behind) && folded(before) == words
            })
        })
}

/// Signs between a headline and what stands beside it.
const BESIDE: [&str; 10] = [": ", " : ", " | ", " - ", " – ", " — ", " · ", " / ", " » ", "\n"];

/// Takes bylines and dates off the head of the text: "Par Zoé Lam | Publié le 3 mars 2026 à 10h12", and a name beside one.
pub(super) fn head_lines(tree: &Tree<'_>, blocks: &Blocks, verdicts: &mut [Verdict], lexicon: &Lexicon) {
    let kept: Vec<usize> = kept(verdicts).take(HEAD_BLOCKS + 1).collect();
    let line = |index: usize| {
        let block = &blocks.list[index];
        let is_line = matches!(block.kind, Kind::Paragraph | Kind::Item) && block.chars <= HEAD_CHARS;
        is_line.then(|| blocks.text_of(block))
    };
    let is_head_line = |index: usize| {
        line(index).is_some() && {
            let line = joints::parted(tree, blocks, &blocks.list[index]);
            plain::head_line(&line, lexicon, Order::DayFirst).is_some()
        }
    };
    let told: Vec<bool> = kept.iter().map(|index| is_head_line(*index)).collect();
    // What stands below the first paragraph is part of what it says.
    let first_prose = (0..kept.len()).find(|at| blocks.list[kept[*at]].is_prose() && !told[*at]);
    let head = first_prose.or((kept.len() > HEAD_BLOCKS).then_some(HEAD_BLOCKS)).unwrap_or(0);
    // Below a stand-first of its own kind a byline says what it is, by its label, its class or a time element.
    for (index, _) in kept.iter().zip(&told).skip(head).filter(|(_, is_told)| **is_told) {
        let block = &blocks.list[*index];
        let is_element = |id: NodeId| blocks.own_roles[id as usize].any(Roles::BYLINE | Roles::DATE);
        let is_called = block.roles.any(Roles::BYLINE | Roles::DATE)
            || (block.first..block.last).any(|id| tree.tag(id) != Tag::Text && is_element(id))
            || matches!(
                lexicon.label_of(blocks.text_of(block)),
                Some((Label::Byline | Label::Published | Label::Modified, _))
            );
        if is_called && !block.is_prose() {
            verdicts[*index] = Verdict::Out(HEAD_LINE);
        }
    }
    for (at, index) in kept[..head].iter().enumerate() {
        let is_beside = || [at.wrapping_sub(1), at + 1].iter().any(|at| told.get(*at) == Some(&true));
        let is_name = || {
            line(*index).is_some_and(|line| {
                byline::is_people(line, lexicon)
                    || byline::is_name_with_role(line, lexicon)
                    || byline::is_people_in_place(line, lexicon)
            })
        };
        if told[at] || is_beside() && is_name() {
            verdicts[*index] = Verdict::Out(HEAD_LINE);
        }
    }
}

/// Why a line of links to topics is left out.
pub(in crate::html) const TOPICS: &str = "what the article is about";

/// Takes the list of what the article is about out of the text, and gives its links.
pub(super) fn topics(
    tree: &Tree<'_>,
    blocks: &Blocks,
    phrases: &[Phrase],
    verdicts: &mut [Verdict],
    lexicon: &Lexicon,
) -> Vec<String> {
    let found = topics::listed(tree, blocks, verdicts, lexicon);
    let Some((list, topics)) = found.or_else(|| topics_in_words(blocks, phrases, verdicts, lexicon)) else {
        return Vec::new();
    };
    for verdict in &mut verdicts[list] {
        *verdict = Verdict::Out(TOPICS);
    }
    topics
}

/// Blocks at the foot of a text among which its topics stand.
const FOOT_BLOCKS: usize = 4;

/// Topics of a line, and words of each.
const TOPICS_MAX: usize = 15;
const TOPIC_WORDS: usize = 4;

/// The line at the foot of the text that gives its topics behind their label, without links, and these: "Tags: Lakes, Ice".
fn topics_in_words(
    blocks: &Blocks,
    phrases: &[Phrase],
    verdicts: &[Verdict],
    lexicon: &Lexicon,
) -> Option<(Range<usize>, Vec<String>)> {
    let kept = (0..verdicts.len()).rev().filter(|at| verdicts[*at].is_kept());
    let mut foot = kept.take(FOOT_BLOCKS).take_while(|at| !blocks.list[*at].is_prose());
    let at = foot.find(|at| phrases[*at].label == Some(Label::Tags))?;
    let block = &blocks.list[at];
    let text = blocks.text_of(block);
    let (_, end) = lexicon.label_of(text)?;
    let behind = text[end..].trim_start().strip_prefix(':')?;
    let topics: Vec<String> =
        behind.split([',', ';', '|', '·']).map(|topic| topic.trim().to_owned()).collect();
    let is_topic = |topic: &String| {
        (1..=TOPIC_WORDS).contains(&topic.split_whitespace().count()) && !topic.ends_with(['.', '!', '?'])
    };
    let are_topics = block.kind == Kind::Paragraph && block.links == 0 && topics.len() <= TOPICS_MAX;
    (are_topics && topics.iter().all(is_topic)).then_some((at..at + 1, topics))
}

/// Takes credits out of the text; those at an image are its caption, whatever the weighing made of them.
pub(super) fn credits(tree: &Tree<'_>, blocks: &Blocks, verdicts: &mut [Verdict], lexicon: &Lexicon) {
    let mut above: Option<&Block> = None; // The caption right above.
    for (index, (block, verdict)) in blocks.list.iter().zip(verdicts).enumerate() {
        let is_kept = verdict.is_kept();
        let caption = above.filter(|above| tree.parent(above.node) == tree.parent(block.node));
        above = (*verdict == Verdict::Caption).then_some(block);
        // A line of rights below a caption is called a foot.
        let is_below = caption.is_some()
            && !(block.roles & !Roles::FOOTER).any(Roles::CHROME)
            && blocks.text_of(block).starts_with('©');
        let is_open =
            is_kept || *verdict == Verdict::Out("") && (is_below || !block.roles.any(Roles::CHROME));
        let is_heading = matches!(block.kind, Kind::Heading(_));
        if !is_open || !(is_heading || block.kind == Kind::Paragraph) || block.chars > CREDIT_CHARS {
            continue;
        }
        let at_image = || {
            if is_below {
                return true;
            }
            let above = index.checked_sub(1).map_or(0, |above| blocks.list[above].last);
            let below = blocks.list.get(index + 1).map_or(tree.len(), |below| below.first);
            (above..below).any(|id| matches!(tree.tag(id), Tag::Img | Tag::Figure))
        };
        // What is left out is looked at again beside an image alone, for there are many such blocks. A heading is a credit
        // nowhere else: what it says may begin with such a word.
        let text = blocks.text_of(block);
        // At an image the sign of a credit may stand behind its caption: "Le pont en mai. • © Zoé Lam".
        let is_signed = || {
            text.contains('©')
                && !matches!(lexicon.label_of(text), Some((Label::Byline, _)))
                && plain::split_caption(Some(text.to_owned()), None, lexicon).1.is_some()
        };
        let is_credit = || {
            plain::credit_first(text, lexicon).is_some()
                || !is_kept && block.words <= CAPTION_WORDS && is_signed()
        };
        if (!is_kept || is_heading) && !at_image() || !is_credit() {
            continue;
        }
        *verdict = if !is_kept || at_image() { Verdict::Caption } else { Verdict::Out("a credit") };
    }
}

fn kept(verdicts: &[Verdict]) -> impl Iterator<Item = usize> {
    verdicts.iter().enumerate().filter(|(_, verdict)| verdict.is_kept()).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use crate::html::read;
    use crate::lexicon::Lexicon;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";

    fn check(head: &str, inside: &str, kept: &[&str]) {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>\
             {head}{PROSE}{inside}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
        );
        let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
        for line in kept {
            assert!(article.text.contains(line), "{line}: {}", article.text.as_str());
        }
        for line in ["Zoé Lam", "3 mars", "AFP"].iter().filter(|line| !kept.contains(line)) {
            assert!(!article.text.contains(line), "{line}: {}", article.text.as_str());
        }
        let shown = head.contains("Zoé Lam") && kept.is_empty();
        assert_eq!(article.authors == ["Zoé Lam"], shown, "{head}");
    }

    #[test]
    fn the_headline_is_no_first_paragraph() {
        let text = |head: &str| {
            let page = format!(
                "<html><head><title>Gel : le lac a gelé cette nuit - Le Journal</title></head><body><main>\
                 <h1>Gel : le lac a gelé cette nuit</h1>{head}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé \
                 d'un coup.</p></main></body></html>"
            );
            read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text.as_str().to_owned()
        };
        let without = text("");
        for head in [
            "<p><strong>Gel : le lac a gelé cette nuit</strong></p>",
            "<h2>Gel&nbsp;: le lac a gelé cette nuit</h2>",
            "<p>Le lac a gelé cette nuit</p>",
            "<h2><b>Gel : le lac a gelé cette nuit | Le Journal</b></h2>",
            "<p>Nature<br>Gel : le lac a gelé cette nuit</p>",
            "<div class=body-text><div><b>GEL : LE LAC A GELÉ CETTE NUIT</b></div></div>",
        ] {
            assert_eq!(text(head), without, "{head}");
        }
        for head in [
            "<h2>Le lac a gelé jusqu'au milieu</h2>",
            "<p>Le lac a gelé cette nuit : pour la première fois depuis dix ans, on y marche.</p>",
        ] {
            assert_ne!(text(head), without, "{head}");
        }
    }

    #[test]
    fn a_rule_of_signs_is_no_paragraph() {
        let page = |rule: &str| {
            let page = format!(
                "<title>Le lac a gelé</title><article><h1>Le lac a gelé</h1>{PROSE}{PROSE}{rule}{PROSE}"
            );
            read(&page, None, &Lexicon::load(None).unwrap()).unwrap().text
        };
        assert_eq!(page("<p>___</p>"), page(""));
    }

    #[test]
    fn a_byline_is_no_first_paragraph() {
        check("<p>Par Zoé Lam | Publié le 3 mars 2026 à 10h12</p>", "", &[]);
        check("<p>Par Zoé Lam</p><p>3 mars 2026, 10:12</p>", "", &[]);
        check("<ul class=meta><li>Zoé Lam</li><li>Le 3 mars</li></ul>", "", &[]);
        check(
            "",
            "<p>Le 3 mars, l'eau avait déjà pris, disait-on au port, mais personne n'y croyait vraiment.</p>",
            &["3 mars"],
        );
    }

    #[test]
    fn a_byline_below_the_stand_first_is_no_paragraph() {
        let first = "<p>Fermé depuis onze mois, le port de Holm accueille de nouveau ses barques et ses pêcheurs.</p>";
        check(
            &format!(
                "{first}<div><p><a class=journalist href=/bio/zoe>Zoé Lam</a></p><p><time>3 mars 2026</time> à 18h20</p></div>"
            ),
            "",
            &[],
        );
        let below = "<p>Le <time>3 mars 2026</time>, le port a fermé.</p>";
        check(&format!("{first}{below}"), "", &["3 mars"]);
    }

    #[test]
    fn topics_behind_their_label_are_no_paragraph() {
        let read = |foot: &str| {
            let page = format!(
                "<html><head><title>Le lac a gelé cette nuit</title></head><body><main><h1>Le lac a gelé cette nuit</h1>{PROSE}\
                 {PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p>{foot}</main></body></html>"
            );
            read(&page, None, &Lexicon::load(None).unwrap()).unwrap()
        };
        let article = read("<p>Tags: Lac, Grand froid</p>");
        assert_eq!(article.tags, ["Lac", "Grand froid"]);
        assert_eq!(article.text, read("").text);
        let said = "<p>Mots-clés : le lac a gelé deux fois en dix ans, et personne ne sait pourquoi.</p>";
        assert!(read(said).text.contains("en dix ans"));
    }

    #[test]
    fn a_credit_is_no_paragraph() {
        check("<p>© AFP</p>", "<p>« Crédit : Jean Dupont / AFP »</p>", &[]);
        check("<p><img src=/lac.jpg></p><p>© Jean Dupont / AFP</p>", "", &[]);
    }

    #[test]
    fn a_credit_at_an_image_is_no_heading() {
        let read = |inside: &str| {
            let page = format!(
                "<html><head><title>Le lac a gelé cette nuit</title></head><body><article><h1>Le lac a gelé cette nuit</h1>\
                 {PROSE}{inside}{PROSE}<p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup.</p></article></body></html>"
            );
            read(&page, None, &Lexicon::load(None).unwrap()).unwrap()
        };
        for inside in [
            "<img src=/lac.jpg><h4>Crédit : Zoé Lam / AFP</h4>",
            "<figure><img src=/lac.jpg></figure><h5>Crédit photo : Zoé Lam / AFP</h5>",
        ] {
            let article = read(inside);
            assert!(!article.text.contains("Zoé Lam"), "{inside}");
            assert_eq!(article.images[0].credit.as_deref(), Some("Zoé Lam / AFP"), "{inside}");
        }
        for heading in ["Crédit : les ménages empruntent moins", "Photo : Zoé Lam expose au port"] {
            assert!(read(&format!("<h3>{heading}</h3>")).text.contains(heading), "{heading}");
            assert!(
                read(&format!("<img src=/lac.jpg><h3>{heading}</h3>")).text.contains(heading),
                "{heading}"
            );
        }
    }
}
