//! Features in words, for people who want to know why a block was kept or left out.

use super::{NAMES, Row};

/// How the value of a feature is told; `{}` stands for it.
#[derive(Clone, Copy)]
enum Told {
    /// As it is.
    Number(&'static str),
    /// It is the logarithm of a number of characters.
    Characters(&'static str),
    /// It is a share.
    Percent(&'static str),
    /// It says yes or no.
    Either(&'static str, &'static str),
    /// It is how many elements further out the nearest one stands that plays this part.
    Part(&'static str),
    /// The same for many parts together.
    Around(&'static str, &'static str),
    /// It is a place in a list.
    Choice(&'static str, &'static [&'static str]),
}
use Told::{Around, Characters, Choice, Either, Number, Part, Percent};

/// Distance of a part that is nowhere around a block.
const NOWHERE: f32 = 29.5;

/// What the lists of phrases are for, in the order of [`crate::lexicon::Chrome`]; none first.
const PHRASES: &[&str] = &[
    "nothing",
    "menus",
    "subscription prompts",
    "share bars",
    "advertising",
    "feet of pages",
    "other articles",
    "comment threads",
    "readers' pictures",
    "comments",
    "lists of sources",
];

/// What labels announce, in the order of [`crate::lexicon::Label`]; none first.
const LABELS: &[&str] = &[
    "nothing",
    "authors",
    "the date of publication",
    "the date of change",
    "tags",
    "a caption",
    "a credit",
    "sources",
    "the headline",
    "the stand-first",
    "the address",
    "the outlet",
    "the reading time",
    "the day of writing",
];

const KINDS: &[&str] = &["paragraph", "heading", "list item", "quotation", "table cell", "preformatted text"];

const TAGS: &[&str] = &["p", "div", "li", "section, article or main", "td", "another kind"];

/// Each feature as it is told.
const WORDS: &[(&str, Told)] = &[
    ("chars", Characters("{} characters")),
    ("words", Number("{} words")),
    ("link_density", Number("link density {}")),
    ("links", Number("{} links")),
    ("punctuation", Number("{} punctuation marks a word")),
    ("ends_sentence", Either("ends as a sentence does", "does not end as a sentence does")),
    ("ends_colon", Either("ends in a colon", "does not end in a colon")),
    ("begins_lower", Either("begins with a small letter", "does not begin with a small letter")),
    ("digits", Percent("{} digits")),
    ("capitals", Percent("{} of the letters are capitals")),
    ("strong", Percent("{} in bold")),
    ("kind", Choice("a {}", KINDS)),
    ("heading_level", Number("heading level {}")),
    ("tag", Choice("element of the kind {}", TAGS)),
    ("copyright", Either("has a copyright sign", "has no copyright sign")),
    ("phrase", Choice("has a phrase of {}", PHRASES)),
    ("phrase_whole", Either("is such a phrase as a whole", "is no such phrase as a whole")),
    ("label", Choice("begins with a label of {}", LABELS)),
    ("has_by", Either("has an @ sign", "has no @ sign")),
    ("title_likeness", Percent("{} like the headline")),
    ("description_likeness", Percent("{} like the description")),
    ("in_body_metadata", Percent("{} of it is in the articleBody of the metadata")),
    ("body_metadata", Either("metadata have an articleBody", "metadata have no articleBody")),
    ("duplicate", Number("stands {} more times on the page")),
    ("duplicate_before", Either("stood on the page before", "did not stand on the page before")),
    ("navigation", Part("navigation")),
    ("footer", Part("footer")),
    ("sidebar", Part("sidebar")),
    ("related", Part("related")),
    ("share", Part("share")),
    ("comment", Part("comment")),
    ("advert", Part("advert")),
    ("prompt", Part("prompt")),
    ("caption", Part("caption")),
    ("byline", Part("byline")),
    ("biography", Part("biography")),
    ("date", Part("date")),
    ("tags", Part("tags")),
    ("overlay", Part("overlay")),
    ("hidden", Part("hidden")),
    ("standfirst", Part("standfirst")),
    ("body", Part("body")),
    ("content", Part("content")),
    ("title", Part("title")),
    ("media", Part("media")),
    ("teaser", Part("teaser")),
    ("embed", Part("embed")),
    ("inset", Part("inset")),
    ("header", Part("header")),
    ("contents", Part("table of contents")),
    ("kicker", Part("kicker")),
    ("notes", Part("notes")),
    ("tools", Part("tools")),
    ("near_chrome", Around("inside a part of the site, such as a menu or a foot", "in no part of the site")),
    ("near_content", Around("inside the body of an article", "in no element called an article's body")),
    (
        "in_container",
        Either("inside the element with most of the text", "outside the element with most of the text"),
    ),
    ("container_depth", Number("{} levels below the element with most of the text")),
    ("container_share", Percent("the element with most of the text has {} of it")),
    ("in_article", Either("inside an article element", "in no article element")),
    ("in_main", Either("inside a main element", "in no main element")),
    ("in_aside", Either("inside an aside element", "in no aside element")),
    ("in_header", Either("inside a header element", "in no header element")),
    ("in_table", Either("inside a table", "in no table")),
    ("in_form", Either("inside a form", "in no form")),
    ("in_figure", Either("inside a figure", "in no figure")),
    ("in_list", Either("inside a list", "in no list")),
    ("list_links", Number("link density {} in its list")),
    ("list_items", Number("{} blocks in its list")),
    ("list_prose", Percent("{} of its list is running text")),
    ("in_quote", Either("inside a quotation", "in no quotation")),
    ("depth", Number("{} elements deep")),
    ("parent_blocks", Number("{} blocks in the element around it")),
    ("parent_links", Number("link density {} in the element around it")),
    ("parent_prose", Percent("{} of the element around it is running text")),
    ("parent_chars", Characters("{} characters in the element around it")),
    ("grand_links", Number("link density {} two elements further out")),
    ("grand_prose", Percent("{} of what is two elements further out is running text")),
    ("grand_blocks", Number("{} blocks two elements further out")),
    ("card_count", Number("{} elements like the one around it side by side")),
    ("card_links", Number("link density {} in the elements side by side")),
    ("card_prose", Percent("{} of the elements side by side is running text")),
    ("same_parent_as_most", Either("beside most of the text", "not beside most of the text")),
    (
        "same_shape_as_most",
        Either("in elements like those of most of the text", "in other elements than most of the text"),
    ),
    (
        "same_class_as_most",
        Either("of the class of most of the text", "of another class than most of the text"),
    ),
    ("position", Percent("after {} of the blocks of the page")),
    ("position_chars", Percent("after {} of the characters of the page")),
    ("from_headline", Number("{} blocks from the headline")),
    ("after_headline", Either("below the headline", "not below the headline")),
    ("prose_before", Percent("{} of the running text stands above it")),
    ("prose_after", Percent("{} of the running text stands below it")),
    ("since_prose", Number("{} blocks after running text")),
    ("until_prose", Number("{} blocks before running text")),
    ("previous_chars", Characters("{} characters in the block before")),
    ("previous_links", Number("link density {} in the block before")),
    ("previous_prose", Either("running text before it", "no running text right before it")),
    ("previous_heading", Either("a heading before it", "no heading right before it")),
    ("previous_chrome", Either("a part of a site before it", "no part of a site right before it")),
    ("next_chars", Characters("{} characters in the block after it")),
    ("next_links", Number("link density {} in the block after it")),
    ("next_prose", Either("running text after it", "no running text right after it")),
    ("next_heading", Either("a heading after it", "no heading right after it")),
    ("next_chrome", Either("a part of a site after it", "no part of a site right after it")),
    ("next2_prose", Either("running text two blocks after it", "no running text two blocks after it")),
    ("previous2_prose", Either("running text two blocks before it", "no running text two blocks before it")),
    ("heading_phrase", Choice("under a heading with a phrase of {}", PHRASES)),
    ("since_stop", Number("{} blocks after the first phrase below the text")),
    (
        "after_stop",
        Either("after a phrase of sites below the text", "before any phrase of sites below the text"),
    ),
    ("stop_kind", Choice("the first phrase below the text is of {}", PHRASES)),
    ("page_prose", Characters("{} characters of running text on the page")),
    ("page_blocks", Number("{} blocks on the page")),
    ("page_links", Number("link density {} of the page")),
    ("articles", Number("{} article elements on the page")),
    ("prose_left_in_container", Percent("{} of the running text around it comes after it")),
    ("first_prose", Either("the first running text", "not the first running text")),
    (
        "previous_same_class",
        Either("of the class of the block before", "of another class than the block before"),
    ),
    (
        "next_same_class",
        Either("of the class of the block after it", "of another class than the block after it"),
    ),
    ("class_count", Number("{} blocks of its class")),
    ("class_links", Number("link density {} in blocks of its class")),
    ("class_prose_share", Percent("blocks of its class have {} of the running text")),
    ("link_only", Either("nothing but a link", "more than a link")),
    ("question", Either("a question", "no question")),
    ("quote_marks", Number("{} quotation marks")),
    ("slash", Number("{} bars and slashes")),
    ("average_word", Number("{} letters a word")),
    ("headlines_passed", Number("below {} further headlines")),
    ("bylines_passed", Number("below {} further bylines")),
    ("article_number", Number("in article element {} of the page")),
    ("article_share", Percent("its article element has {} of the running text")),
    ("box_share", Percent("the nearest large element has {} of the running text")),
    ("first", Number("first weighing {}")),
    ("first_previous", Number("first weighing {} of the block before")),
    ("first_previous2", Number("first weighing {} two blocks before")),
    ("first_previous3", Number("first weighing {} three blocks before")),
    ("first_next", Number("first weighing {} of the block after it")),
    ("first_next2", Number("first weighing {} two blocks after it")),
    ("first_next3", Number("first weighing {} three blocks after it")),
    ("first_near", Number("first weighing {} of the blocks nearby")),
    ("first_far", Number("first weighing {} of the blocks further around")),
    ("first_parent", Percent("{} of the element around it is text by the first weighing")),
    ("first_grand", Percent("{} of the next element further out is text by the first weighing")),
    ("first_great", Percent("{} of what is two elements further out is text by the first weighing")),
    ("first_class", Number("first weighing {} of blocks of its class")),
    (
        "first_container",
        Either(
            "inside the element with most of the text by the first weighing",
            "outside the element with most of the text by the first weighing",
        ),
    ),
    (
        "first_container_mean",
        Percent("{} of the element with most of the text is text by the first weighing"),
    ),
    (
        "first_container_share",
        Percent("the element with most of the text has {} of it by the first weighing"),
    ),
    ("first_before", Percent("{} of the text stands above it by the first weighing")),
    ("first_after", Percent("{} of the text stands below it by the first weighing")),
    ("first_since", Number("{} blocks after text by the first weighing")),
    ("first_until", Number("{} blocks before text by the first weighing")),
    ("first_gap_before", Number("{} characters after text by the first weighing")),
    ("first_gap_after", Number("{} characters before text by the first weighing")),
    ("first_mass", Characters("{} characters of text on the page by the first weighing")),
    ("first_heading", Number("first weighing {} of the heading above it")),
    ("first_under", Number("first weighing {} of what stands under it")),
    ("first_article_share", Percent("its article element has {} of the text by the first weighing")),
];

/// A feature of a row in words, with its value: "link density 0.8", "inside an element called 'related'".
pub(in crate::html) fn told(feature: usize, row: &Row) -> String {
    let (Some(name), Some(value)) = (NAMES.get(feature), row.get(feature)) else { return String::new() };
    let Some((_, told)) = WORDS.iter().find(|(known, _)| known == name) else { return (*name).to_owned() };
    let with = |form: &str, value: &str| form.replacen("{}", value, 1);
    match told {
        Number(form) => counted(form, &number(*value)),
        Characters(form) => counted(form, &number(value.exp_m1().round())),
        // What is not there at all has no share.
        Percent(_) if *value < 0.0 => format!("{} unknown", name.replace('_', " ")),
        Percent(form) => with(form, &format!("{:.0} %", value * 100.0)),
        Either(yes, no) => (if *value > 0.5 { *yes } else { *no }).to_owned(),
        Around(inside, outside) => (if *value > NOWHERE { *outside } else { *inside }).to_owned(),
        Part(part) if *value > NOWHERE => format!("in no element called '{part}'"),
        Part(part) if *value < 0.5 => format!("called '{part}' itself"),
        Part(part) => format!("inside an element called '{part}'"),
        Choice(form, list) => with(form, list.get(*value as usize).unwrap_or(&"another kind")),
    }
}

/// A number in its words, of which the first plural is a singular where the number is 1.
fn counted(form: &str, number: &str) -> String {
    let told = form.replacen("{}", number, 1);
    if number != "1" || !form.starts_with("{} ") {
        return told;
    }
    let plural = told.split(' ').find(|word| word.ends_with('s'));
    plural.map_or_else(|| told.clone(), |word| told.replacen(word, &word[..word.len() - 1], 1))
}

/// A number as people write it: one decimal, and none where it is zero.
fn number(value: f32) -> String {
    let text = format!("{value:.1}");
    let short = text.strip_suffix(".0").unwrap_or(&text);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::features::COUNT;

    #[test]
    fn every_feature_has_words() {
        let names: Vec<&str> = WORDS.iter().map(|(name, _)| *name).collect();
        for name in NAMES {
            assert_eq!(names.iter().filter(|known| *known == name).count(), 1, "{name}");
        }
        assert_eq!(names.len(), COUNT);
    }

    #[test]
    fn a_value_stands_in_its_words() {
        let check = |name: &str, value: f32, expected: &str| {
            let feature = NAMES.iter().position(|known| *known == name).unwrap();
            let mut row = [0.0; COUNT];
            row[feature] = value;
            assert_eq!(told(feature, &row), expected);
        };
        check("link_density", 0.8, "link density 0.8");
        check("words", 12.0, "12 words");
        check("words", 1.0, "1 word");
        check("articles", 1.0, "1 article element on the page");
        check("parent_blocks", 1.0, "1 block in the element around it");
        check("chars", 11_f32.ln_1p(), "11 characters");
        check("related", 2.0, "inside an element called 'related'");
        check("related", 0.0, "called 'related' itself");
        check("related", 30.0, "in no element called 'related'");
        check("phrase", 3.0, "has a phrase of share bars");
        check("first", -2.04, "first weighing -2");
        check("prose_before", 0.25, "25 % of the running text stands above it");
        check("question", 0.0, "no question");
    }
}
