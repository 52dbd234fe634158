//! What stands at the headline: the heading itself, which is no text, and the stand-first, which is.

use super::set_apart::HEADLINE;
use super::{PHRASE, Verdict};
use crate::byline;
use crate::date::Order;
use crate::html::blocks::{Block, Blocks, Kind};
use crate::html::features::Phrase;
use crate::html::headline::folded;
use crate::html::metadata::Metadata;
use crate::html::role::Roles;
use crate::html::tag::Tag;
use crate::html::tree::{NodeId, Tree};
use crate::lexicon::{Chrome, Folded, Lexicon};
use crate::plain;

/// Blocks behind the headline among which the stand-first is.
const BLOCKS: usize = 8;

/// Words and characters of a stand-first; one that the markup calls so may be shorter.
const WORDS: u32 = 6;
const MARKED_WORDS: u32 = 4;
const CHARS: u32 = 700;

/// Log-odds above which a block is text whatever it begins with: one in fifty would have to be none.
const ALL_BUT_SURE: f32 = 4.0;

/// Characters of the longest phrase of sites.
const PHRASE_CHARS: u32 = 200;

/// Characters of the longest prompt to share an article or to follow its site.
const SHARE_CHARS: u32 = 120;

/// Log-odds below which a longer paragraph that begins as one is one: what stands in for a film that needs consent.
const IN_DOUBT: f32 = 2.0;
const LONG_PHRASE_CHARS: u32 = 600;

/// Bytes of the shortest headline that is told by its words alone.
const TITLE_BYTES: usize = 10;

/// What a heading may say beside the headline, in bytes: a kicker, a badge.
const BESIDE: usize = 80;

/// Where the headline stands: the heading that says it, else the line that does, where a page has no headings.
pub(super) fn place_of(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    title: &str,
) -> Option<NodeId> {
    let wanted = folded(title);
    let says = |id: &NodeId| {
        let heading = folded(&tree.inner_text(*id));
        heading == wanted || wanted.len() >= TITLE_BYTES && heading.ends_with(&wanted)
    };
    let mut headings = metadata.headings.iter().map(|(id, _)| *id).filter(says);
    // Menus may show the newest articles by their titles.
    let is_own = |id: &NodeId| !blocks.roles[*id as usize].any(Roles::NAVIGATION);
    let first = headings.next();
    let heading = first.filter(is_own).or_else(|| headings.find(is_own)).or(first);
    let is_line = |block: &&Block| {
        let text = blocks.text_of(block);
        let line = text.split('\n').next().unwrap_or_default();
        !block.roles.any(Roles::CHROME | Roles::COMMENT)
            && block.link_chars * 2 < block.chars
            && line.len().abs_diff(title.len()) <= BESIDE
            && folded(line) == wanted
    };
    let line =
        || blocks.list.iter().filter(|_| wanted.len() >= TITLE_BYTES).find(is_line).map(|block| block.first);
    heading.or_else(line)
}

/// Leaves the heading that is the headline out of the text, with the kicker or badge that stands in it.
pub(super) fn heading(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &mut [Verdict],
    headline: NodeId,
    title: &str,
) {
    let (own, title) = (folded(&tree.inner_text(headline)), folded(title));
    if own.contains(&title) && own.len() <= title.len() + BESIDE
        || title.contains(&own) && own.len() * 2 >= title.len()
    {
        let inside = blocks.between(headline, tree.node(headline).end);
        for (block, verdict) in blocks.list[inside.clone()].iter().zip(&mut verdicts[inside]) {
            // Below the headline in its own block may stand the text.
            if verdict.is_kept() && block.stop - block.start <= 2 * title.len() + 2 * BESIDE {
                *verdict = Verdict::Out(HEADLINE);
            }
        }
    }
}

/// Takes the stand-first into the text where the weighing did not: a sentence between the headline and the first paragraph
/// that the markup calls one, that stands in the header of the article with the headline, or that is its description.
pub(super) fn standfirst(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    verdicts: &mut [Verdict],
    headline: NodeId,
    lexicon: &Lexicon,
) {
    let description = metadata.description().map(|text| folded(&text)).unwrap_or_default();
    standfirst_above(tree, blocks, &description, verdicts, headline, lexicon);
    let start = blocks.between(0, tree.node(headline).end).end;
    let Some(text) = (start..verdicts.len()).find(|index| verdicts[*index].is_kept()) else { return };
    let is_header =
        |id: &NodeId| tree.tag(*id) == Tag::Header || blocks.own_roles[*id as usize].any(Roles::HEADER);
    let header = tree.ancestors(headline).find(is_header);
    // What is said of an element that holds the headline tells nothing of what stands beside that.
    let shared = blocks.roles[tree.parent(headline) as usize];
    // What is taken already is one where it is the description, or called so, and the text goes on.
    let first = &blocks.list[text];
    let own_roles = blocks.own_roles[first.node as usize];
    if text < start + BLOCKS
        && verdicts[text] == Verdict::Text
        && is_apart(first, shared)
        && (is_sentence(first, blocks.text_of(first))
            || first.words >= WORDS && folded(blocks.text_of(first)) == description
            || is_heading_of_head(tree, blocks, headline, text))
        && (own_roles.any(Roles::STANDFIRST | Roles::TEASER)
            || header.is_some_and(|header| is_all_below_headline(tree, blocks, verdicts, header, text))
            || is_heading_of_head(tree, blocks, headline, text)
            || folded(blocks.text_of(first)) == description)
        && (text + 1..verdicts.len()).any(|at| verdicts[at].is_kept() && blocks.list[at].is_prose())
    {
        verdicts[text] = Verdict::Standfirst;
    }
    let mut fold = Folded::default();
    for index in start..text.min(start + BLOCKS) {
        let block = &blocks.list[index];
        let words = blocks.text_of(block);
        // Below the byline stands what is said of the author.
        if block.roles.any(Roles::BYLINE | Roles::BIOGRAPHY) {
            return;
        }
        let is_called = || {
            block.roles.any(Roles::STANDFIRST | Roles::TEASER)
                || header.is_some_and(|header| tree.contains(header, block.first))
                || !description.is_empty() && folded(words) == description
        };
        // What is called one need be no sentence, nor a heading between the headline and the line of who and when.
        let is_below =
            || tree.node(headline).end + 1 >= block.first && matches!(block.kind, Kind::Heading(2..));
        let is_marked = || {
            let next = blocks.list.get(index + 1);
            block.roles.any(Roles::STANDFIRST) && block.words >= MARKED_WORDS && !has_counter(words)
                || is_below() && next.is_some_and(|next| next.roles.any(Roles::BYLINE | Roles::DATE))
        };
        let is_one = || is_apart(block, shared) && (is_marked() || is_sentence(block, words) && is_called());
        if verdicts[index] != Verdict::Out("") || !is_one() {
            continue;
        }
        fold.fold(words);
        let is_repeated =
            || (start..index).any(|at| verdicts[at].is_kept() && blocks.text_of(&blocks.list[at]) == words);
        if lexicon.chrome(&fold).is_none()
            && plain::head_line(words, lexicon, Order::DayFirst).is_none()
            && !is_repeated()
        {
            verdicts[index] = Verdict::Standfirst;
        }
    }
}

/// Words of a heading below the headline that is a stand-first: those of the first section are shorter.
const HEADING_WORDS: u32 = 7;

/// Whether a block is a heading right below the headline, in its element, with the line of who and when below it.
fn is_heading_of_head(tree: &Tree<'_>, blocks: &Blocks, headline: NodeId, index: usize) -> bool {
    let block = &blocks.list[index];
    let outer = tree.parent(headline);
    let behind = blocks.list.get(index + 1);
    matches!(block.kind, Kind::Heading(2..))
        && block.words >= HEADING_WORDS
        && block.links == 0
        && tree.node(headline).end + 1 >= block.first
        && tree.contains(outer, block.first)
        && behind.is_some_and(|next| {
            next.roles.any(Roles::BYLINE | Roles::DATE | Roles::CAPTION | Roles::MEDIA)
                || next.links > 0 && !tree.contains(outer, next.first)
        })
}

/// Whether a block is all of the text that the header of an article holds beside its headline.
fn is_all_below_headline(
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    header: NodeId,
    text: usize,
) -> bool {
    let next = (text + 1..verdicts.len()).find(|at| verdicts[*at].is_kept());
    let is_inside = |at: usize| tree.contains(header, blocks.list[at].first);
    is_inside(text) && next.is_some_and(|next| !is_inside(next))
}

/// Blocks above the headline among which a stand-first is.
const BLOCKS_ABOVE: usize = 6;

/// Words of a stand-first above the headline that is no sentence: kickers are shorter.
const WORDS_ABOVE: u32 = 8;

/// Takes what stands above the headline in the element of the article for its stand-first, where the markup calls it one, or
/// it is the description. What has a few words there is the kicker.
fn standfirst_above(
    tree: &Tree<'_>,
    blocks: &Blocks,
    description: &str,
    verdicts: &mut [Verdict],
    headline: NodeId,
    lexicon: &Lexicon,
) {
    let end = blocks.between(0, headline).end;
    let is_article = |id: &NodeId| {
        matches!(tree.tag(*id), Tag::Article | Tag::Main) || blocks.own_roles[*id as usize].any(Roles::HEADER)
    };
    let Some(around) = tree.ancestors(headline).filter(is_article).last() else { return };
    let shared = blocks.roles[tree.parent(headline) as usize];
    for index in (end.saturating_sub(BLOCKS_ABOVE)..end).rev() {
        let block = &blocks.list[index];
        if !tree.contains(around, block.first) || verdicts[index] == Verdict::Standfirst {
            return;
        }
        let words = blocks.text_of(block);
        let is_called = block.roles.any(Roles::STANDFIRST)
            && (is_sentence(block, words) || block.words >= WORDS_ABOVE)
            && !block.roles.any(Roles::KICKER);
        let is_open = matches!(verdicts[index], Verdict::Out("") | Verdict::Text);
        let is_description =
            || !description.is_empty() && is_sentence(block, words) && folded(words) == description;
        if is_open
            && is_apart(block, shared)
            && (is_called || is_description())
            && lexicon.chrome_of(words, &mut Folded::default()).is_none()
        {
            verdicts[index] = Verdict::Standfirst;
            return;
        }
    }
}

/// Whether a block is no longer than a stand-first, and in no part of the page that has others.
fn is_apart(block: &Block, shared: Roles) -> bool {
    let others = Roles::CHROME & !Roles::TEASER | Roles::CAPTION | Roles::MEDIA | Roles::BYLINE | Roles::DATE;
    block.chars <= CHARS
        && block.link_chars * 4 < block.chars
        && !(block.roles & !shared).any(others)
        && matches!(block.kind, Kind::Paragraph | Kind::Heading(_))
}

/// Whether a line begins or ends in a counter or a mark that somebody gives: "(2) 4 stars of 5", "Ice at last? 104".
fn has_counter(line: &str) -> bool {
    let is_number = |word: &str| {
        let bare = word.trim_matches(['(', ')', '[', ']']);
        !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (head, last) = line.rsplit_once([' ', '\n']).unwrap_or_default();
    line.starts_with(['(', '[']) || is_number(last) && head.ends_with(['?', '!', '.', ')'])
}

/// Whether a block is a sentence, or several.
fn is_sentence(block: &Block, words: &str) -> bool {
    block.words >= WORDS && plain::ends_sentence(words)
}

/// What is called a stand-first below the first paragraph is a heading or a paragraph like the others: "article__sub-title".
pub(super) fn no_standfirst_below(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let mut is_below = false;
    for (block, verdict) in blocks.list.iter().zip(verdicts) {
        match verdict {
            Verdict::Standfirst if is_below => *verdict = Verdict::Text,
            Verdict::Text if block.is_prose() => is_below = true,
            _ => {}
        }
    }
}

/// Words of the longest prompt to listen, with the times of its player.
const PLAYER_WORDS: u32 = 10;

/// Whether a line is a phrase of sites before the times of a player: "Listen to this article00:00/04:12".
fn is_player(text: &str, lexicon: &Lexicon) -> bool {
    let said =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '/'));
    let times = &text[said.len()..];
    times.contains(':')
        && times.bytes().any(|byte| byte.is_ascii_digit())
        && lexicon.chrome_of(said, &mut Folded::default()).is_some_and(|(_, is_whole)| is_whole)
}

/// Leaves out paragraphs that are phrases of sites as a whole, whatever the weighing made of them, and those that begin as
/// prompts to subscribe, to share and to follow, marks of advertising and the foot of a page do, where it was not all but
/// sure.
pub(super) fn phrases(
    blocks: &Blocks,
    phrases: &[Phrase],
    verdicts: &mut [Verdict],
    odds: &[f32],
    lexicon: &Lexicon,
) {
    let mut folded = Folded::default();
    // "Follow @holm" begins like much that is told to do.
    let mut is_of_words = |text: &str| {
        folded.fold(text);
        lexicon.phrase(&folded).is_some_and(|(_, phrase, _)| phrase.contains(' '))
    };
    for (((block, phrase), verdict), odds) in blocks.list.iter().zip(phrases).zip(verdicts).zip(odds) {
        let text = blocks.text_of(block);
        if *verdict == Verdict::Text && block.words <= PLAYER_WORDS && is_player(text, lexicon) {
            *verdict = Verdict::Out(PHRASE);
            continue;
        }
        if *verdict == Verdict::Text && block.kind == Kind::Paragraph && byline::is_agencies(text, lexicon) {
            *verdict = Verdict::Out(PHRASE);
            continue;
        }
        let Some((chrome, whole)) = phrase.chrome else { continue };
        let is_open = *verdict == Verdict::Text && block.kind == Kind::Paragraph;
        let chars_max = if *odds < IN_DOUBT { LONG_PHRASE_CHARS } else { PHRASE_CHARS };
        // In quotation marks or behind a dash it is what somebody says: "– Ok."
        // An arrow or an emoji points to what a site offers.
        let points = |c: char| matches!(c, '\u{2190}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}');
        let begins = || {
            text.starts_with(|c: char| c.is_alphanumeric() || c == '©' || points(c))
                || text.starts_with("(c)")
        };
        if !is_open || block.chars > chars_max || !begins() {
            continue;
        }
        let mut is_prompt = || match chrome {
            Chrome::Subscription | Chrome::Advertising | Chrome::Footer => true,
            Chrome::Share => block.chars <= SHARE_CHARS && is_of_words(text),
            _ => false,
        };
        if whole || *odds < ALL_BUT_SURE && is_prompt() {
            *verdict = Verdict::Out(PHRASE);
        }
    }
}

#[cfg(test)]
mod tests {
    use document::{Article, BlockKind};

    use super::*;
    use crate::html::read;

    const PROSE: &str = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre.</p>";
    const LEAD: &str = "La mairie demande d'attendre dimanche avant de marcher sur la glace.";

    fn article(head: &str, inside: &str) -> Article {
        let page = format!(
            "<html><head><title>Le lac a gelé cette nuit</title></head><body><article>{head}<div>{PROSE}{PROSE}{inside}{PROSE}\
             <p>Le vent est tombé avant minuit, puis le ciel s'est dégagé d'un coup, et l'eau a pris jusqu'au milieu.</p></div>\
             </article></body></html>"
        );
        read(&page, None, &Lexicon::load(None).unwrap()).unwrap()
    }

    #[test]
    fn a_menu_that_shows_the_newest_titles_leads_nobody_astray() {
        let title = "<h2><a href=/x>Le lac a gelé cette nuit</a></h2>";
        let menu = format!("<nav><ul><li class=author>{title} Anna Ménard</li></ul></nav>");
        let filler = "<p><a href=/y>Les autres articles du jour</a></p>".repeat(80);
        let head = format!("{menu}{filler}<h1>Le lac a gelé cette nuit</h1><p class=byline>Zoé Lam</p>");
        assert_eq!(article(&head, "").authors, ["Zoé Lam"]);
    }

    #[test]
    fn the_stand_first_is_text_wherever_it_stands_at_the_headline() {
        let title = "<h1>Le lac a gelé cette nuit</h1>";
        for head in [
            format!("<header class=article-header>{title}<p class=chapo>{LEAD}</p></header>"),
            format!("<header>{title}<p>{LEAD}</p></header>"),
            format!("<header>{title}<h2>{LEAD}</h2></header>"),
            format!("<div class=head>{title}<div class=article-intro>{LEAD}</div></div>"),
            format!("{title}<p class=teaser>{LEAD}</p>"),
        ] {
            let article = article(&head, "");
            assert_eq!(article.blocks[0].span.of(&article.text), Some(LEAD), "{head}");
            assert_eq!(article.text.matches(LEAD).count(), 1, "{head}");
        }
        let byline = format!(
            "<header>{title}<p class=byline>Par Zoé Lam</p><p class=bio>Zoé Lam aime les lacs et les ports depuis toujours.</p></header>"
        );
        assert!(!article(&byline, "").text.contains("aime les lacs"));
    }

    #[test]
    fn what_an_element_is_called_that_holds_the_headline_too_hides_no_stand_first() {
        let title = "<h1>Le lac a gelé cette nuit</h1>";
        let head = format!("<div class=right-rail>{title}<h2 class=subheadline>{LEAD}</h2></div>");
        assert!(article(&head, "").text.starts_with(LEAD));
        let page = format!("{head}{PROSE}{PROSE}{PROSE}");
        let tree = Tree::parse(&page);
        let blocks = Blocks::of(&tree);
        let shared = blocks.roles[blocks.list[0].node as usize];
        assert!(shared.any(Roles::SIDEBAR) && is_apart(&blocks.list[1], shared));
        assert!(!is_apart(&blocks.list[1], Roles::NONE));
    }

    #[test]
    fn a_heading_that_opens_an_inner_box_is_text() {
        let inside = |heading: &str| {
            format!(
                "<div class=verdict><h3>{heading}</h3><p>Un premier essai qui tient, et qui vaut le détour à pied.</p></div>"
            )
        };
        let text =
            |inside: &str| article("<h1>Le lac a gelé cette nuit</h1>", inside).text.as_str().to_owned();
        assert!(text(&inside("Verdict")).contains("Verdict\n\nUn premier"));
        assert!(!text(&inside("Publicité")).contains("Publicité"));
    }

    #[test]
    fn the_first_paragraph_may_be_the_stand_first() {
        let kind = |class: &str, description: &str| {
            let head = format!("<h1>Le lac a gelé cette nuit</h1><p class={class}>{LEAD}</p>");
            let page = format!(
                "<title>Le lac a gelé cette nuit</title><meta name=description content=\"{description}\"><article>{head}{PROSE}{PROSE}"
            );
            let article = read(&page, None, &Lexicon::load(None).unwrap()).unwrap();
            assert_eq!(article.blocks[0].span.of(&article.text), Some(LEAD), "{class} {description}");
            article.blocks[0].kind
        };
        assert_eq!(kind("q9", LEAD), BlockKind::Standfirst);
        assert_eq!(kind("teaser", ""), BlockKind::Standfirst);
        assert_eq!(kind("q9", LEAD.trim_end_matches('.')), BlockKind::Standfirst);
        assert_eq!(kind("q9", "La mairie demande d'attendre."), BlockKind::Paragraph);
    }

    #[test]
    fn the_heading_that_is_the_headline_is_no_text() {
        for head in [
            "<h1><span class=surtitre>Holm</span><span class=titre>Le lac a gelé cette nuit</span></h1>",
            "<h1><span>Nature</span> Le lac a gelé cette nuit</h1>",
            "<div>Ce site utilise des cookies.</div><h1><span class=badge>Réservé aux abonnés</span> Le lac a gelé cette nuit</h1>",
        ] {
            let article = article(head, "");
            assert_eq!(article.title.as_deref(), Some("Le lac a gelé cette nuit"), "{head}");
            assert!(
                article.text.starts_with("Le lac a gelé cette nuit, et personne"),
                "{}",
                article.text.as_str()
            );
        }
    }

    #[test]
    fn below_the_first_paragraph_nothing_is_a_stand_first() {
        let inside = "<h2 class=article__sub-title>Pertes estimées à un million</h2>";
        let article = article("<h1>Le lac a gelé cette nuit</h1>", inside);
        let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
        assert!(kinds.contains(&BlockKind::Heading) && !kinds.contains(&BlockKind::Standfirst), "{kinds:?}");
    }

    #[test]
    fn phrases_of_sites_between_paragraphs_are_no_text() {
        let read =
            |inside: &str| article("<h1>Le lac a gelé cette nuit</h1>", inside).text.as_str().to_owned();
        for phrase in [
            "Publicité",
            "Lire aussi",
            "ADVERTISEMENT",
            "Il vous reste 62 % de cet article à lire. La suite est réservée aux abonnés.",
            "Inscrivez-vous à notre newsletter pour recevoir l'essentiel.",
            "Sign up for our morning newsletter and never miss a story.",
            "Cet article est réservé aux abonnés.",
            "Follow us on X and Facebook.",
            "Écouter cet article00:00/04:12",
            "Folgen Sie uns auf Facebook, Instagram und WhatsApp.",
            "What do you think? Let us know in the comments below.",
            "Follow us on Instagram for more of the lake.",
            "👉 Retrouvez-nous aussi sur notre chaîne pour ne rien rater.",
            "Avec AFP et Reuters",
            "© dpa-infocom, dpa:260504-930-12345/1",
            "This post may contain affiliate links.",
            "Wenn Sie über einen Link auf dieser Seite einkaufen, erhalten wir eine Provision.",
            "Zum Abspielen des Videos benötigen wir Ihre Einwilligung.",
        ] {
            assert!(!read(&format!("<p>{phrase}</p>")).contains(phrase), "{phrase}");
        }
        assert!(read("<p>– Menu, dit-il.</p>").contains("Menu"));
        assert!(read("<p>Follow the spacing rules on the back of the packs.</p>").contains("spacing rules"));
    }

    #[test]
    fn what_is_called_a_stand_first_need_be_no_sentence() {
        let title = "<h1>Le lac a gelé cette nuit</h1>";
        let line = "Tous les passagers sont sains et saufs";
        let by = "<p class=byline>Par Zoé Lam</p><p class=date>4 mars 2026</p>";
        let first = |head: &str| article(head, "").text.as_str().split("\n\n").next().unwrap().to_owned();
        assert_eq!(first(&format!("{title}<p class=subtitle>{line}</p>{by}")), line);
        assert_eq!(first(&format!("{title}<h2>{line}</h2>{by}")), line);
        assert_ne!(
            first(&format!("{title}<p class=subtitle>(2) 4 étoiles de 5</p>{by}")),
            "(2) 4 étoiles de 5"
        );
    }

    #[test]
    fn a_sentence_that_begins_like_a_foot_is_text_where_the_text_goes_on() {
        let said =
            "<p>Copyright owners have sued the port for 14 million, and expect to win before the summer.</p>";
        let read = article("<h1>Le lac a gelé cette nuit</h1>", said);
        assert!(read.text.contains("have sued"), "{}", read.text.as_str());
    }

    #[test]
    fn a_long_phrase_is_none_where_the_weighing_is_sure_of_it() {
        let lexicon = Lexicon::load(None).unwrap();
        let page = "<p>An dieser Stelle finden Sie externe Inhalte, die den Artikel ergänzen. Sie können sich diese mit einem Klick \
                    anzeigen lassen und wieder ausblenden; dabei können Daten an andere Anbieter in anderen Ländern gelangen.</p>";
        let tree = Tree::parse(page);
        let blocks = Blocks::of(&tree);
        for (odds, expected) in [(1.0, Verdict::Out(PHRASE)), (3.0, Verdict::Text)] {
            let mut verdicts = [Verdict::Text];
            let known = crate::html::features::phrases(&blocks, &lexicon);
            phrases(&blocks, &known, &mut verdicts, &[odds], &lexicon);
            assert_eq!(verdicts, [expected], "{odds}");
        }
    }

    #[test]
    fn a_byline_below_the_stand_first_is_no_text() {
        let title = "<h1>Le lac a gelé cette nuit</h1>";
        for line in [
            "<p class=byline>Par Zoé Lam</p>",
            "<p>Par Zoé Lam</p><p>Publié le 3 mars 2026 à 10h12</p>",
            "<p class=date>3 mars 2026</p>",
        ] {
            let text = article(&format!("{title}<p>{LEAD}</p>{line}"), "").text;
            assert!(!text.contains("Zoé Lam") && !text.contains("3 mars"), "{line}: {}", text.as_str());
        }
        let chronicle = article(title, "<p>3 mars 2026</p>");
        assert!(chronicle.text.contains("3 mars 2026"));
    }

    #[test]
    fn a_stand_first_may_stand_above_the_headline() {
        let title = "<h1>Le lac a gelé cette nuit</h1>";
        let first = |head: &str| {
            let article = article(head, "");
            let block = &article.blocks[0];
            (block.kind == BlockKind::Standfirst).then(|| block.span.of(&article.text).unwrap().to_owned())
        };
        for head in [
            format!("<p class=chapo>{LEAD}</p>{title}"),
            format!(
                "<header><div class=standfirst><p>{LEAD}</p></div>{title}<p class=byline>Par Zoé Lam</p></header>"
            ),
            format!("<meta name=description content=\"{LEAD}\"><p>{LEAD}</p>{title}"),
        ] {
            assert_eq!(first(&head).as_deref(), Some(LEAD), "{head}");
        }
        for head in [
            format!("<p class=rubrique>Vie des ports</p>{title}"),
            format!("<p class=subtitle>Grand froid au port</p>{title}"),
            format!("<p class=surtitre>{LEAD}</p>{title}"),
        ] {
            assert_eq!(first(&head), None, "{head}");
        }
    }
}
