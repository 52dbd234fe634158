//! Forwarded messages: where one begins in the text of another, and what its quoted header says.

use document::{Article, Basis, Published, Text};

use super::sender::Sender;
use crate::date::{self, Order};
use crate::lexicon::{Lexicon, WordSet, fold};

/// Lines that somebody writes above what he forwards.
const LINES_ABOVE_MAX: usize = 200;

/// Fields of a quoted header at most; those for recipients may be several.
const FIELDS_MAX: usize = 12;

/// A text without the signs by which Apple Mail quotes what it forwards below its mark.
pub(super) fn unquoted(text: String, lexicon: &Lexicon) -> String {
    let Some(below) =
        below_apple_mark(&text, lexicon).filter(|below| text[*below..].trim_start().starts_with('>'))
    else {
        return text;
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..below]);
    for line in text[below..].split_inclusive('\n') {
        let bare = line.strip_prefix('>').unwrap_or(line);
        out.push_str(if bare.len() < line.len() { bare.strip_prefix(' ').unwrap_or(bare) } else { bare });
    }
    out
}

/// Whether a text forwards a message as Apple Mail does: its mark, and the quoted header right below it.
pub(super) fn has_apple_mark(text: &str, lexicon: &Lexicon) -> bool {
    below_apple_mark(text, lexicon)
        .is_some_and(|below| is_header(text[below..].trim_start().lines(), lexicon))
}

/// Where the line below Apple's mark begins.
fn below_apple_mark(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let mut next = 0;
    text.split_inclusive('\n').take(LINES_ABOVE_MAX).find_map(|line| {
        next += line.len();
        (!line.starts_with('>') && is_apple_mark(line, lexicon)).then_some(next)
    })
}

fn is_apple_mark(line: &str, lexicon: &Lexicon) -> bool {
    line.len() <= 60 && lexicon.has(WordSet::Forwarded, fold(line).trim())
}

/// The header and the body of the message that a text forwards.
pub(super) fn parted<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(&'t str, &'t str)> {
    let mut next = 0;
    let head = text.split_inclusive('\n').take(LINES_ABOVE_MAX).find_map(|line| {
        let start = next;
        next += line.len();
        if is_mark(line.trim(), lexicon) {
            return Some(next);
        }
        // Outlook sets no line above the header.
        (is_sender(line, lexicon) && is_header(text[start..].lines(), lexicon)).then_some(start)
    })?;
    let blank =
        text[head..].trim_start().find("\n\n").map(|at| text.len() - text[head..].trim_start().len() + at)?;
    Some((&text[head..blank], &text[blank..]))
}

/// The header and the body of the message inside of one that is forwarded, and inside of that: each passes on the next, with
/// no more than a few words above it.
pub(super) fn innermost<'t>(mut message: (&'t str, &'t str), lexicon: &Lexicon) -> (&'t str, &'t str) {
    for _ in 0..FORWARDS_MAX {
        let Some(inner) = parted(message.1, lexicon).filter(|(head, _)| {
            let above = &message.1[..head.as_ptr() as usize - message.1.as_ptr() as usize];
            // A line between dashes may head a part of a text as well.
            is_note(above.lines()) && is_header(head.trim_start().lines(), lexicon)
        }) else {
            break;
        };
        message = inner;
    }
    message
}

/// Messages that are followed inside of one another.
const FORWARDS_MAX: usize = 20;

/// Lines and words that somebody writes above a message that he passes on, in one that is passed on itself.
const NOTE_LINES_MAX: usize = 10;
const NOTE_WORDS_MAX: usize = 80;

/// Whether lines are no more than a note.
fn is_note<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let (mut count, mut words) = (0, 0);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        count += 1;
        words += line.split_whitespace().count();
        if count > NOTE_LINES_MAX || words > NOTE_WORDS_MAX {
            return false;
        }
    }
    true
}

/// The header of a forwarded message among the blocks of a text, and the number of the first block of its body: of the
/// innermost, where one passes on another.
pub(super) fn head_in(blocks: &[&str], lexicon: &Lexicon) -> Option<(String, usize)> {
    let mut found = first_head_in(blocks, lexicon)?;
    for _ in 0..FORWARDS_MAX {
        let (_, below) = found;
        let Some((head, start, end)) = next_head_in(&blocks[below..], lexicon) else { break };
        let fields = head.lines().skip_while(|line| is_mark(line, lexicon));
        let is_inner = is_note(blocks[below..below + start].iter().flat_map(|block| block.lines()))
            && is_header(fields, lexicon);
        if !is_inner {
            break;
        }
        found = (head, below + end);
    }
    Some(found)
}

fn first_head_in(blocks: &[&str], lexicon: &Lexicon) -> Option<(String, usize)> {
    next_head_in(blocks, lexicon).map(|(head, _, below)| (head, below))
}

/// The first header among blocks, the block it begins with, and the first below it.
fn next_head_in(blocks: &[&str], lexicon: &Lexicon) -> Option<(String, usize, usize)> {
    // The header may be one block, or several.
    let fields = |from: usize| {
        let is_field_block = |text: &&&str| !text.is_empty() && text.lines().all(is_field);
        from + blocks[from..].iter().take(FIELDS_MAX).take_while(is_field_block).count()
    };
    blocks.iter().enumerate().find_map(|(index, text)| {
        let first = text.lines().next().unwrap_or_default();
        if is_mark(first, lexicon) {
            let below = fields(index + 1);
            return Some((blocks[index..below].join("\n"), index, below));
        }
        if !is_sender(first, lexicon) {
            return None;
        }
        let below = fields(index);
        let head = blocks[index..below].join("\n");
        is_header(head.lines(), lexicon).then_some((head, index, below))
    })
}

/// Whether a line says that a forwarded message follows: words between dashes, or Apple's words for it.
fn is_mark(line: &str, lexicon: &Lexicon) -> bool {
    let inner = line.trim_matches(['-', '_', ' ', '>']);
    let dashed = line.starts_with("---") && line.ends_with("---");
    let words = inner.split_whitespace().count();
    dashed && (1..=5).contains(&words) && inner.chars().any(char::is_alphabetic)
        || is_apple_mark(line, lexicon)
}

/// Whether a line is a field of a header as mail programs quote one: `From: …`, `*Envoyé :* …`.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        let name = name.trim_matches(['*', ' ', '>', '\u{a0}']);
        !name.is_empty() && name.split_whitespace().count() <= 2 && name.chars().count() <= 20
    })
}

/// The folded name and the value of a field.
fn field(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':').filter(|_| is_field(line))?;
    Some((fold(name), value.trim_matches(|c: char| c == '*' || c.is_whitespace())))
}

/// Whether a line is the field of a quoted header that says who sent a message.
pub(super) fn is_sender(line: &str, lexicon: &Lexicon) -> bool {
    field(line).is_some_and(|(name, value)| lexicon.has(WordSet::Sender, &name) && !value.is_empty())
}

/// Whether lines begin with a quoted header: sender, time, and to whom or about what.
fn is_header<'t>(lines: impl Iterator<Item = &'t str>, lexicon: &Lexicon) -> bool {
    let names: Vec<String> =
        lines.take(FIELDS_MAX).map_while(|line| field(line.trim()).map(|(name, _)| name)).collect();
    let has = |set| names.iter().any(|name| lexicon.has(set, name));
    names.first().is_some_and(|name| lexicon.has(WordSet::Sender, name))
        && has(WordSet::Sent)
        && has(WordSet::Addressed)
}

/// Takes sender and date from the quoted header of a forwarded message; gives whether it names its sender.
pub(super) fn read_header(head: &str, article: &mut Article, lexicon: &Lexicon) -> bool {
    let mut has_sender = false;
    for (name, value) in head.lines().filter_map(field) {
        if lexicon.has(WordSet::Sender, &name) {
            let sender = value.split(['<', '[']).next().unwrap_or_default().trim_matches(['"', ' ']);
            has_sender = true;
            let address = value.split(['<', '[']).nth(1).unwrap_or_default();
            let Sender { authors, publisher } = Sender::of(sender, address, false, lexicon);
            article.authors = authors;
            if let Some(publisher) = publisher.and_then(Text::new) {
                article.publisher = Some(publisher);
            }
        } else if lexicon.has(WordSet::Sent, &name)
            && let Some((date, _)) = date::prefix(value, Order::DayFirst)
        {
            article.published = Some(Published { edtf: date.edtf(), basis: Basis::Metadata });
        }
    }
    has_sender
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_message_is_found_below_its_mark() {
        let lexicon = Lexicon::load(None).unwrap();
        let text = "Pour demain.\n\n---------- Message transféré ---------\nDe : Bo Ek\nDate : jeu. 5 févr. 2026\n\nLe vent.\n";
        assert_eq!(parted(text, &lexicon), Some(("De : Bo Ek\nDate : jeu. 5 févr. 2026", "\n\nLe vent.\n")));
        assert_eq!(parted("Le vent.\n\n-----\n\nLa pluie.", &lexicon), None);
    }

    #[test]
    fn apple_mail_quotes_what_it_forwards() {
        let lexicon = Lexicon::load(None).unwrap();
        let text = "Pour demain.\n\nDébut du message réexpédié\u{a0}:\n\n> De: Bo Ek <bo@lake.example>\n> Objet: Glace\n\
            > Date: 5 février 2026\n> À: Ann Lee\n> \n> Le vent\n> > est tombé.\n>\n> Oui.\n";
        let text = unquoted(text.to_owned(), &lexicon);
        assert!(has_apple_mark(&text, &lexicon));
        let head = "\nDe: Bo Ek <bo@lake.example>\nObjet: Glace\nDate: 5 février 2026\nÀ: Ann Lee";
        assert_eq!(parted(&text, &lexicon), Some((head, "\n\nLe vent\n> est tombé.\n\nOui.\n")));
        for other in ["Oui.\n\n> Begin forwarded message:\n>\n> Le vent.\n", "> Le vent.\n"] {
            assert_eq!(unquoted(other.to_owned(), &lexicon), other);
        }
        assert!(!has_apple_mark("Begin forwarded message:\n\nLe vent.\n", &lexicon));
    }

    #[test]
    fn a_header_of_outlook_needs_no_mark() {
        let lexicon = Lexicon::load(None).unwrap();
        for head in [
            "From: Bo Ek <bo@lake.example>\nSent: Thursday, February 5, 2026 9:00 AM\nTo: Ann Lee\nSubject: Ice",
            "De : Bo Ek\nEnvoyé : jeudi 5 février 2026 09:00\nÀ : Ann Lee\nObjet : Glace",
            "Von: Bo Ek\nGesendet: Donnerstag, 5. Februar 2026 09:00\nAn: Ann Lee\nBetreff: Eis",
        ] {
            let text = format!("Pour demain.\n\n{head}\n\nLe vent.\n");
            assert_eq!(parted(&text, &lexicon), Some((head, "\n\nLe vent.\n")));
            let blocks = ["Pour demain.", head, "Le vent."];
            assert_eq!(head_in(&blocks, &lexicon), Some((head.to_owned(), 2)));
            let apart: Vec<&str> =
                std::iter::once("Pour demain.").chain(head.lines()).chain(["Le vent."]).collect();
            assert_eq!(head_in(&apart, &lexicon), Some((head.to_owned(), 5)));
        }
        assert_eq!(parted("De : Paris\nA : Lyon\n\nLe train.\n", &lexicon), None);
        assert_eq!(head_in(&["Le vent.", "De : Paris"], &lexicon), None);
    }

    #[test]
    fn the_innermost_message_is_the_article() {
        let lexicon = Lexicon::load(None).unwrap();
        let gmail = |name: &str| {
            format!(
                "---------- Forwarded message ---------\nFrom: {name}\nDate: Thu, Feb 5, 2026\nSubject: Ice\nTo: Ann"
            )
        };
        let outlook = "De : Zoé Lam\nEnvoyé : jeudi 5 février 2026 09:00\nÀ : Ann Lee\nObjet : Glace";
        for inner in [gmail("Bo Ek"), outlook.to_owned()] {
            let text =
                format!("For tomorrow.\n\n{}\n\nSee below.\nAnn\n\n{inner}\n\nLe vent.\n", gmail("Ann Lee"));
            let outer = parted(&text, &lexicon).unwrap();
            assert_eq!(innermost(outer, &lexicon).1, "\n\nLe vent.\n");
            let outer = gmail("Ann Lee");
            let mut blocks = vec!["For tomorrow.", outer.lines().next().unwrap()];
            blocks.extend(outer.lines().skip(1));
            blocks.extend(["See below."]);
            blocks.extend(inner.lines());
            blocks.push("Le vent.");
            assert_eq!(head_in(&blocks, &lexicon).unwrap().1, blocks.len() - 1);
        }
        // An article in which a message is quoted is no note above it.
        let article = "Le vent est tombé dans la nuit, et personne ne l'avait prévu. ".repeat(9);
        let text = format!("{}\n\n{article}\n\n{outlook}\n\nLe port.\n", gmail("Ann Lee"));
        let outer = parted(&text, &lexicon).unwrap();
        assert_eq!(innermost(outer, &lexicon), outer);
    }
}
