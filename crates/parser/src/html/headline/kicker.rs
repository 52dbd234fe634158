//! What stands before the headline in its heading, and how it is set off.

use super::folded;
use crate::html::source::Source;

/// A heading without the words before what the metadata give as the headline: "Blog » The lake froze".
///
/// What a colon sets off is cut only where the metadata give the heading in full as well (`borne_out` tells where): in one
/// form only, theirs is a shorter headline. The earlier of both forms holds.
pub(super) fn without_kicker(text: &str, meta: &[(Source, String)], borne_out: Option<usize>) -> String {
    let heading = folded(text);
    for (_, title) in meta.iter().take(borne_out.unwrap_or(3)) {
        let tail = folded(title);
        // The kicker is the lesser part.
        if tail.len() * 2 >= heading.len()
            && tail.len() < heading.len()
            && heading.ends_with(&tail)
            && heading[..heading.len() - tail.len()].ends_with(' ')
            && (borne_out.is_some() || !is_led_in(text, &tail))
        {
            return title.clone();
        }
    }
    text.to_owned()
}

/// The headline of a heading of several parts with the colon or dash that the metadata have between them, where the heading
/// sets them apart by its looks alone: "Ice on the lake", "Skaters rejoice".
pub(super) fn joined(text: &str, meta: &[(Source, String)]) -> String {
    let joints = |text: &str| text.matches([':', '–', '—', '/']).count() + text.matches(" - ").count();
    let is_letter = |c: &char| !c.is_whitespace();
    // Styles put white space between the parts: "Ice on the lake : skaters rejoice".
    let is_same = |title: &str| title.chars().filter(is_letter).eq(text.chars().filter(is_letter));
    let (words, known) = (folded(text), joints(text));
    let is_told = |title: &str| is_same(title) || joints(title) > known && folded(title) == words;
    meta.iter().find(|(_, title)| is_told(title)).map_or(text, |(_, title)| title).to_owned()
}

/// Whether a colon leads from what stands before a folded tail of a text into it: 'Pure joy: the lake froze'.
fn is_led_in(text: &str, tail: &str) -> bool {
    let letters = tail.chars().filter(|c| *c != ' ').count();
    let start = text.char_indices().rev().filter(|(_, c)| c.is_alphanumeric()).nth(letters.saturating_sub(1));
    start.is_some_and(|(at, _)| {
        text[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':').ends_with(':')
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn parts_of_a_heading_are_joined_as_the_metadata_join_them() {
        for title in ["Ice on the lake: skaters rejoice", "Ice on the lake – Skaters rejoice"] {
            check(
                &format!(
                    "<title>{title}</title><h1><span>Ice on the lake</span> <b>Skaters rejoice</b></h1>"
                ),
                title,
            );
        }
        check("<title>THE LAKE FROZE</title><h1>The lake froze</h1>", "The lake froze");
    }

    #[test]
    fn a_heading_that_the_metadata_give_whole_is_kept_whole() {
        check(
            "<title>Best of all the lakes</title><meta property=og:title content=\"What's the best of all the lakes?\">\
             <h1>What’s the best of all the lakes?</h1>",
            "What’s the best of all the lakes?",
        );
        check(
            "<title>The lake froze at last</title><h1>“Pure joy”: the lake froze at last</h1>",
            "“Pure joy”: the lake froze at last",
        );
        check(
            "<title>The lake froze at last</title><h1>Blog » The lake froze at last</h1>",
            "The lake froze at last",
        );
    }

    #[test]
    fn the_parts_of_a_heading_are_set_off_as_readers_hear_them() {
        check(
            "<title>Ice</title><h1><span>Holm<b class=visually-hidden>:</b></span> <span>The lake froze at last</span></h1>",
            "Holm: The lake froze at last",
        );
        check(
            "<title>Holm: the lake froze</title><h1><span>Holm</span> <span>:</span> <span>the lake froze</span></h1>",
            "Holm: the lake froze",
        );
        check(
            "<title>Holm - the lake froze</title><h1><span>Holm</span> <span>the lake froze</span></h1>",
            "Holm - the lake froze",
        );
    }
}
