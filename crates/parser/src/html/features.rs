//! What is known of each block when it is judged: its words, its markup, its place, and what stands around it.

mod context;
mod likeness;
mod page;
mod phrases;
mod signs;
mod told;

use rustc_hash::{FxBuildHasher, FxHashMap};

pub(super) use self::context::add_context;
use self::likeness::{Known, Words};
use self::page::{Sum, card, class_key, container_prose_left, headline_block, shape};
pub(super) use self::phrases::{Phrase, phrases};
use self::signs::Signs;
pub(super) use self::told::told;
use super::blocks::{Block, Blocks, Kind};
use super::metadata::Metadata;
use super::role::Roles;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::lexicon::Chrome;

/// Declares the features by name, as model files have them.
macro_rules! features {
    ($($name:ident),+ $(,)?) => {
        /// Index of a feature in a block's row.
        // Named as model files have them; those of the roles are written through the index of the first of them.
        #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        #[repr(usize)]
        enum F { $($name),+, COUNT }
        /// Names of the features, in the order of a row.
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

features! {
    chars, words, link_density, links, punctuation, ends_sentence, ends_colon, begins_lower, digits, capitals, strong,
    kind, heading_level, tag, copyright, phrase, phrase_whole, label, has_by, title_likeness, description_likeness,
    in_body_metadata, body_metadata, duplicate, duplicate_before,
    navigation, footer, sidebar, related, share, comment, advert, prompt, caption, byline, biography, date, tags, overlay,
    hidden, standfirst, body, content, title, media, teaser, embed, inset, header, contents, kicker, notes, tools,
    near_chrome, near_content, in_container, container_depth, container_share, in_article, in_main, in_aside, in_header,
    in_table, in_form, in_figure, in_list, list_links, list_items, list_prose, in_quote,
    depth, parent_blocks, parent_links, parent_prose, parent_chars, grand_links, grand_prose, grand_blocks,
    card_count, card_links, card_prose, same_parent_as_most, same_shape_as_most, same_class_as_most,
    position, position_chars, from_headline, after_headline, prose_before, prose_after, since_prose, until_prose,
    previous_chars, previous_links, previous_prose, previous_heading, previous_chrome, next_chars,
    next_links, next_prose, next_heading, next_chrome, next2_prose, previous2_prose, heading_phrase, since_stop,
    after_stop, stop_kind, page_prose, page_blocks, page_links, articles, prose_left_in_container, first_prose,
    previous_same_class, next_same_class, class_count, class_links, class_prose_share, link_only, question, quote_marks, slash, average_word, headlines_passed, bylines_passed, article_number, article_share, box_share,
    // What the first weighing said of the block and of those around it.
    first, first_previous, first_previous2, first_previous3, first_next, first_next2, first_next3, first_near, first_far,
    first_parent, first_grand, first_great, first_class, first_container, first_container_mean, first_container_share,
    first_before, first_after, first_since, first_until, first_gap_before, first_gap_after, first_mass, first_heading,
    first_under, first_article_share,
}

/// Number of features of a block.
pub(super) const COUNT: usize = F::COUNT as usize;

/// Characters of a block beyond which its phrase says nothing: longer ones begin with one and go on.
const PHRASE_CHARS: u32 = 400;

/// The feature that is all the first weighing says of a block.
pub(super) const FIRST: usize = F::first as usize;

/// One row of features.
pub(super) type Row = [f32; COUNT];

/// Whether a block is so plainly not of the article that nothing needs weighing: short links of a menu, foot or bar.
pub(super) fn is_plain_chrome(block: &Block) -> bool {
    block.roles.any(
        Roles::NAVIGATION
            | Roles::FOOTER
            | Roles::SHARE
            | Roles::OVERLAY
            | Roles::PROMPT
            | Roles::SIDEBAR
            | Roles::RELATED
            | Roles::ADVERT,
    ) && !block.roles.any(Roles::BODY)
        && block.chars < 200
        && block.link_chars * 2 > block.chars
}

/// The rows of all blocks of a page; those of plain chrome stay empty. Beside them a number for the name and class of the
/// element of each block.
pub(super) fn rows(
    tree: &Tree<'_>,
    blocks: &Blocks,
    metadata: &Metadata<'_>,
    title: Option<&str>,
    container: NodeId,
    phrases: &[Phrase],
) -> (Vec<Row>, Vec<u64>) {
    let list = &blocks.list;
    let count = list.len();
    let mut sums = vec![Sum::default(); tree.len() as usize];
    for block in list {
        let sum = &mut sums[block.node as usize];
        sum.chars += block.chars;
        sum.link_chars += block.link_chars;
        sum.prose += if block.is_prose() { block.chars } else { 0 };
        sum.blocks += 1;
    }
    for id in blocks.holders.iter().rev() {
        let sum = sums[*id as usize];
        let parent = &mut sums[tree.parent(*id) as usize];
        parent.chars += sum.chars;
        parent.link_chars += sum.link_chars;
        parent.prose += sum.prose;
        parent.blocks += sum.blocks;
    }
    let page = sums[0];
    let page_prose = (page.prose as f32).ln_1p();
    let chars: Vec<f32> = list.iter().map(|block| (block.chars as f32).ln_1p()).collect();
    let shapes: Vec<u64> = list.iter().map(|block| shape(tree, block)).collect();
    // Elements of the same name and class under the same parent, counted.
    let mut keys = vec![0_u64; tree.len() as usize];
    let mut alike: FxHashMap<(NodeId, u64), u32> =
        FxHashMap::with_capacity_and_hasher(blocks.holders.len(), FxBuildHasher);
    for id in &blocks.holders {
        let key = class_key(tree, *id);
        keys[*id as usize] = key;
        *alike.entry((tree.parent(*id), key)).or_default() += 1;
    }
    let class_keys: Vec<u64> = list.iter().map(|block| keys[block.node as usize]).collect();
    let mut by_class: FxHashMap<u64, Sum> = FxHashMap::default();
    let mut by_parent: FxHashMap<NodeId, u32> = FxHashMap::default();
    let mut by_shape: FxHashMap<u64, u32> = FxHashMap::default();
    for (index, block) in list.iter().enumerate() {
        let sum = by_class.entry(class_keys[index]).or_default();
        sum.chars += block.chars;
        sum.link_chars += block.link_chars;
        sum.blocks += 1;
        if block.is_prose() {
            sum.prose += block.chars;
            if tree.contains(container, block.first) {
                *by_parent.entry(tree.parent(block.node)).or_default() += block.chars;
                *by_shape.entry(shapes[index]).or_default() += block.chars;
            }
        }
    }
    let most = |map: FxHashMap<NodeId, u32>| {
        map.into_iter().max_by_key(|(id, chars)| (*chars, std::cmp::Reverse(*id))).map(|(id, _)| id)
    };
    let top_parent = most(by_parent);
    let top_shape =
        by_shape.into_iter().max_by_key(|(shape, chars)| (*chars, *shape)).map(|(shape, _)| shape);
    let top_class = by_class.iter().max_by_key(|(key, sum)| (sum.prose, **key)).map(|(key, _)| *key);

    let title_words = Known::words(title.unwrap_or_default());
    let description_words = Known::words(metadata.description().as_deref().unwrap_or_default());
    let body_shingles = metadata.jsonld.body.as_deref().filter(|body| body.len() > 200).map(Known::shingles);
    let headline_block = headline_block(tree, blocks, metadata, title);
    let container_sum = sums[container as usize];
    let articles = tree.all(Tag::Article).count();
    // Blocks of the same words have one number; how often each stands on the page, and whether it did already.
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut times: Vec<(u32, bool)> = Vec::with_capacity(count);
    let said: Vec<usize> = list
        .iter()
        .map(|block| {
            let number = *numbers.entry(blocks.text_of(block)).or_insert(times.len());
            if number == times.len() {
                times.push((0, false));
            }
            times[number].0 += 1;
            number
        })
        .collect();

    let mut own_words = Words::default();
    let phrase_of = |at: usize| {
        if list[at].chars <= PHRASE_CHARS { phrases[at] } else { Phrase::default() }
    };

    let mut prose_before = vec![0_u32; count + 1];
    for (index, block) in list.iter().enumerate() {
        prose_before[index + 1] = prose_before[index] + if block.is_prose() { block.chars } else { 0 };
    }
    let mut until = vec![0_u32; count];
    let mut since_next = 100;
    for index in (0..count).rev() {
        until[index] = since_next;
        since_next = if list[index].is_prose() { 0 } else { (since_next + 1).min(100) };
    }

    let mut rows = vec![[0.0; COUNT]; count];
    let mut since_prose = 100_u32;
    let mut chars_before = 0_u32;
    let mut stop: Option<(usize, u8)> = None;
    let mut heading_phrase = 0_u8;
    let mut seen_prose = false;
    let mut ancestors: Vec<NodeId> = Vec::with_capacity(64);
    let mut headlines_passed = 0_u32;
    let mut bylines_passed = 0_u32;
    let mut articles_met: Vec<NodeId> = Vec::new();
    for (index, block) in list.iter().enumerate() {
        if is_plain_chrome(block) {
            times[said[index]].1 = true;
            chars_before += block.chars;
            since_prose = (since_prose + 1).min(100);
            continue;
        }
        let row = &mut rows[index];
        let mut set = |feature: F, value: f32| row[feature as usize] = value;
        let text = blocks.text_of(block);
        let known = phrase_of(index);
        let phrase = known.chrome.map_or(0, |(chrome, _)| chrome as u8 + 1);
        let label = known.label.map_or(0, |label| label as u8 + 1);

        // Its words.
        set(F::chars, chars[index]);
        set(F::words, block.words as f32);
        set(F::link_density, block.link_density());
        set(F::links, f32::from(block.links));
        set(F::punctuation, block.punctuation as f32 / block.words.max(1) as f32);
        let end = text
            .trim_end_matches(['"', '”', '»', '’', ')', '\'', ' ', '“'])
            .chars()
            .next_back()
            .unwrap_or(' ');
        set(F::ends_sentence, f32::from(matches!(end, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।')));
        set(F::ends_colon, f32::from(end == ':'));
        set(F::begins_lower, f32::from(text.chars().next().is_some_and(char::is_lowercase)));
        let signs = Signs::of(text);
        let sampled = block.chars.clamp(1, Signs::CHARACTERS) as f32;
        set(F::digits, signs.digits as f32 / sampled);
        set(F::capitals, signs.capitals as f32 / signs.letters.max(1) as f32);
        set(F::slash, signs.slashes as f32);
        set(F::quote_marks, signs.quotes as f32);
        set(F::average_word, signs.letters as f32 / block.words.clamp(1, 100) as f32);
        set(F::strong, block.strong_chars as f32 / block.chars.max(1) as f32);
        set(F::question, f32::from(end == '?'));
        set(F::copyright, f32::from(signs.copyright));
        set(F::phrase, f32::from(phrase));
        set(F::phrase_whole, f32::from(known.whole().is_some()));
        set(F::label, f32::from(label));
        set(F::has_by, f32::from(memchr::memchr(b'@', text.as_bytes()).is_some()));
        if text.len() <= 600 || body_shingles.is_some() {
            own_words.take(text);
        }
        if text.len() <= 600 {
            set(F::title_likeness, own_words.likeness(&title_words));
            set(F::description_likeness, own_words.likeness(&description_words));
        }
        if let Some(body) = &body_shingles {
            set(F::body_metadata, 1.0);
            set(F::in_body_metadata, own_words.coverage(body));
        } else {
            set(F::in_body_metadata, -1.0);
        }
        let (count_of_text, said_before) = &mut times[said[index]];
        set(F::duplicate, (*count_of_text - 1) as f32);
        set(F::duplicate_before, f32::from(std::mem::replace(said_before, true)));
        set(F::link_only, f32::from(block.links > 0 && block.link_chars + 2 >= block.chars));

        // Its markup.
        set(
            F::kind,
            match block.kind {
                Kind::Paragraph => 0.0,
                Kind::Heading(_) => 1.0,
                Kind::Item => 2.0,
                Kind::Quote => 3.0,
                Kind::Cell => 4.0,
                Kind::Preformatted => 5.0,
            },
        );
        set(F::heading_level, if let Kind::Heading(level) = block.kind { f32::from(level) } else { 0.0 });
        set(
            F::tag,
            match tree.tag(block.node) {
                Tag::P => 0.0,
                Tag::Div => 1.0,
                Tag::Li => 2.0,
                Tag::Section | Tag::Article | Tag::Main => 3.0,
                Tag::Td | Tag::Th => 4.0,
                _ => 5.0,
            },
        );
        ancestors.clear();
        ancestors.push(block.node);
        ancestors.extend(tree.ancestors(block.node));
        let mut distances = [99.0_f32; 32];
        for (distance, id) in ancestors.iter().enumerate() {
            let mut bits = blocks.own_roles[*id as usize].0;
            while bits != 0 {
                let bit = bits.trailing_zeros() as usize;
                distances[bit] = distances[bit].min(distance as f32);
                bits &= bits - 1;
            }
        }
        // Inline elements that hold all of the block count as its own.
        let own = block.roles & !blocks.roles[block.node as usize];
        for (bit, distance) in distances.iter_mut().enumerate() {
            if own.0 & (1 << bit) != 0 {
                *distance = 0.0;
            }
        }
        for (bit, distance) in distances.iter().enumerate().take(28) {
            row[F::navigation as usize + bit] = distance.min(30.0);
        }
        let mut set = |feature: F, value: f32| row[feature as usize] = value;
        let nearest = |roles: Roles| {
            let of_role = distances.iter().enumerate().filter(|(bit, _)| roles.0 & (1 << bit) != 0);
            of_role.map(|(_, distance)| *distance).fold(99.0, f32::min)
        };
        set(F::near_chrome, nearest(Roles::CHROME));
        set(F::near_content, nearest(Roles::BODY));
        let inside = tree.contains(container, block.first);
        set(F::in_container, f32::from(inside));
        set(
            F::container_depth,
            if inside {
                f32::from(tree.node(block.node).depth) - f32::from(tree.node(container).depth)
            } else {
                -1.0
            },
        );
        set(F::container_share, container_sum.prose as f32 / page.prose.max(1) as f32);
        let (mut in_list, mut outer_article) = (None, None);
        for (distance, id) in ancestors.iter().enumerate() {
            let distance = (distance + 1) as f32;
            match tree.tag(*id) {
                Tag::Article => {
                    set(F::in_article, distance);
                    outer_article = Some(*id);
                }
                Tag::Main => set(F::in_main, distance),
                Tag::Aside => set(F::in_aside, distance),
                Tag::Header => set(F::in_header, distance),
                Tag::Table => set(F::in_table, distance),
                Tag::Form => set(F::in_form, distance),
                Tag::Figure => set(F::in_figure, distance),
                Tag::Blockquote => set(F::in_quote, distance),
                Tag::Ul | Tag::Ol | Tag::Dl if in_list.is_none() => in_list = Some(*id),
                _ => {}
            }
        }
        if let Some(id) = in_list {
            let sum = sums[id as usize];
            set(F::in_list, 1.0);
            set(F::list_links, sum.links());
            set(F::list_items, sum.blocks as f32);
            set(F::list_prose, sum.prose());
        }
        set(F::depth, f32::from(tree.node(block.node).depth));
        let parent = ancestors.get(1).map_or(page, |id| sums[*id as usize]);
        let grand = ancestors.get(2).map_or(page, |id| sums[*id as usize]);
        set(F::parent_blocks, parent.blocks as f32);
        set(F::parent_links, parent.links());
        set(F::parent_prose, parent.prose());
        set(F::parent_chars, (parent.chars as f32).ln_1p());
        set(F::grand_links, grand.links());
        set(F::grand_prose, grand.prose());
        set(F::grand_blocks, grand.blocks as f32);
        let (cards, card) = card(tree, &ancestors, container, &sums, &alike, &keys);
        set(F::card_count, cards as f32);
        set(F::card_links, card.links());
        set(F::card_prose, card.prose());
        set(F::same_parent_as_most, f32::from(top_parent == Some(tree.parent(block.node))));
        set(F::same_shape_as_most, f32::from(top_shape == Some(shapes[index])));
        set(F::same_class_as_most, f32::from(top_class == Some(class_keys[index])));
        let class = by_class.get(&class_keys[index]).copied().unwrap_or_default();
        set(F::class_count, class.blocks as f32);
        set(F::class_links, class.links());
        set(F::class_prose_share, class.prose as f32 / page.prose.max(1) as f32);

        // Its place.
        set(F::position, index as f32 / count as f32);
        set(F::position_chars, chars_before as f32 / page.chars.max(1) as f32);
        let from_headline = headline_block.map_or(-200.0, |at| index as f32 - at as f32);
        set(F::from_headline, from_headline.clamp(-200.0, 200.0));
        set(F::after_headline, f32::from(from_headline > 0.0));
        let prose = page.prose.max(1) as f32;
        set(F::prose_before, prose_before[index] as f32 / prose);
        set(F::prose_after, (page.prose - prose_before[index + 1]) as f32 / prose);
        set(F::since_prose, since_prose as f32);
        set(F::until_prose, until[index] as f32);
        set(F::first_prose, f32::from(block.is_prose() && !seen_prose));
        set(
            F::prose_left_in_container,
            if inside {
                container_prose_left(tree, blocks, container, index, &prose_before) as f32
                    / container_sum.prose.max(1) as f32
            } else {
                -1.0
            },
        );
        let (since, kind) = stop.map_or((0, 0), |(at, kind)| (index - at, kind));
        set(F::after_stop, f32::from(stop.is_some()));
        set(F::since_stop, since as f32);
        set(F::stop_kind, f32::from(kind));
        set(F::heading_phrase, f32::from(heading_phrase));

        // Its neighbours.
        let chrome = |at: usize| {
            f32::from(list[at].roles.any(Roles::CHROME)) + f32::from(phrase_of(at).chrome.is_some())
        };
        if let Some(before) = index.checked_sub(1) {
            set(F::previous_chars, chars[before]);
            set(F::previous_links, list[before].link_density());
            set(F::previous_prose, f32::from(list[before].is_prose()));
            set(F::previous_heading, f32::from(matches!(list[before].kind, Kind::Heading(_))));
            set(F::previous_chrome, chrome(before));
            set(F::previous_same_class, f32::from(class_keys[before] == class_keys[index]));
            if let Some(before) = before.checked_sub(1) {
                set(F::previous2_prose, f32::from(list[before].is_prose()));
            }
        }
        if let Some(next) = list.get(index + 1) {
            set(F::next_chars, chars[index + 1]);
            set(F::next_links, next.link_density());
            set(F::next_prose, f32::from(next.is_prose()));
            set(F::next_heading, f32::from(matches!(next.kind, Kind::Heading(_))));
            set(F::next_chrome, chrome(index + 1));
            set(F::next_same_class, f32::from(class_keys[index + 1] == class_keys[index]));
            if let Some(next) = list.get(index + 2) {
                set(F::next2_prose, f32::from(next.is_prose()));
            }
        }

        // Its page.
        set(F::page_prose, page_prose);
        set(F::page_blocks, count as f32);
        set(F::page_links, page.links());
        set(F::articles, articles as f32);
        set(F::headlines_passed, headlines_passed as f32);
        set(F::bylines_passed, bylines_passed as f32);
        // The outermost article element tells the page's article from those that follow it.
        if let Some(outer) = outer_article {
            if articles_met.last() != Some(&outer) {
                articles_met.push(outer);
            }
            set(F::article_number, articles_met.len() as f32);
            set(F::article_share, sums[outer as usize].prose as f32 / page.prose.max(1) as f32);
        }
        // The smallest element around that holds a fair part of the prose of the page.
        let large = ancestors
            .iter()
            .map(|id| sums[*id as usize].prose as f32 / page.prose.max(1) as f32)
            .find(|share| *share > 0.1);
        set(F::box_share, large.unwrap_or(0.0));
        if headline_block.is_none_or(|at| index > at)
            && (block.kind == Kind::Heading(1) || block.roles.any(Roles::TITLE))
        {
            headlines_passed += 1;
        }
        if seen_prose && block.chars < 120 && block.roles.any(Roles::BYLINE | Roles::DATE) {
            bylines_passed += 1;
        }

        chars_before += block.chars;
        since_prose = if block.is_prose() { 0 } else { (since_prose + 1).min(100) };
        seen_prose |= block.is_prose() && inside;
        // A mark of advertising that is set as a heading heads nothing of the text below it, nor ends the one above.
        let is_heading = matches!(block.kind, Kind::Heading(_));
        let is_mark = is_heading && known.whole() == Some(Chrome::Advertising);
        if is_heading && !is_mark {
            heading_phrase = phrase;
        }
        if phrase != 0 && stop.is_none() && seen_prose && !is_mark {
            stop = Some((index, phrase));
        }
    }
    (rows, class_keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_mark_of_advertising_heads_nothing_and_ends_no_text() {
        let last = |heading: &str| {
            let prose =
                "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port.</p>";
            let page = format!("<article><h1>Le lac</h1>{prose}<h3>{heading}</h3>{prose}</article>");
            let tree = Tree::parse(&page);
            let (blocks, metadata) = (Blocks::of(&tree), Metadata::at(&tree, None));
            let phrases = phrases(&blocks, &Lexicon::load(None).unwrap());
            let (rows, _) = rows(&tree, &blocks, &metadata, None, 0, &phrases);
            let row = rows.last().unwrap();
            [F::heading_phrase, F::after_stop].map(|feature| row[feature as usize] > 0.0)
        };
        assert_eq!(last("Reklama"), [false, false]);
        assert_eq!(last("À lire aussi"), [true, true]);
    }
}
