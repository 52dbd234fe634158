//! Markdown told from plain text by its marks, where neither name nor type say what it is.

/// Bytes that are looked at.
const HEAD: usize = 1 << 16;

/// Marks that plain text does not have by chance, as many as make it Markdown.
const MARKS_MIN: usize = 3;

/// Bytes of a line that is a paragraph of its own, and no wrapped one's beginning.
const PARAGRAPH_BYTES: usize = 120;

/// What of Markdown a text has.
#[derive(Debug, Default)]
struct Marks {
    headings: usize,
    links: usize,
    fences: usize,
    tables: usize,
    strong: usize,
    items: usize,
    quotes: usize,
}

/// Whether a text has several marks of Markdown, of more than one kind, and keeps its paragraphs apart as Markdown has to.
///
/// Text that was scraped may begin lines with `#`, `-` or `>` as well, so that these alone say nothing; and where each
/// line is a paragraph, reading it as Markdown would make one of all of them.
pub(crate) fn looks_like_markdown(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(HEAD)];
    let marks = Marks::of(text);
    // Nobody writes a link or a table so by chance.
    let certain = marks.headings + 2 * (marks.links + marks.fences / 2 + marks.tables) + marks.strong.min(2);
    let is_there = |marks: usize, least: usize| usize::from(marks >= least);
    let kinds = is_there(marks.headings, 1)
        + is_there(marks.links, 1)
        + is_there(marks.fences, 2)
        + is_there(marks.tables, 1)
        + is_there(marks.strong, 1)
        + is_there(marks.items, 2)
        + is_there(marks.quotes, 1);
    let has_structure = marks.headings + marks.links + marks.tables > 0 || marks.fences >= 2;
    certain >= MARKS_MIN
        && kinds >= 2
        && has_structure
        && !has_fields(text)
        && !has_lines_for_paragraphs(text)
}

/// Where the text begins below a title block as Pandoc has it: two or three lines that begin with a sign of percent, and a
/// blank one.
pub(crate) fn title_block(start: &str) -> Option<usize> {
    let (mut at, mut lines) = (0, 0);
    for line in start.split_inclusive('\n').take(TITLE_BLOCK_LINES) {
        let bare = line.trim_end();
        if bare == "%" && lines > 0
            || bare.strip_prefix("% ").is_some_and(|rest| !rest.trim_start().starts_with('%'))
        {
            lines += 1;
        } else if bare.is_empty() {
            break;
        } else if lines == 0 || !line.starts_with([' ', '\t']) {
            return None;
        }
        at += line.len();
    }
    (2..=3).contains(&lines).then_some(at)
}

/// Lines of a title block, with those that go on.
const TITLE_BLOCK_LINES: usize = 16;

/// Whether a text that is called Markdown has any mark of it, also one that plain text may have by chance. A list has two items;
/// one line with a bullet, as in *+ 1 !* or in a dialogue, makes none.
pub(super) fn may_be_markdown(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(HEAD)];
    let Marks { headings, links, fences, tables, strong, items, quotes } = Marks::of(text);
    let escapes = |(at, _): (usize, &str)| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_punctuation);
    headings + links + fences + tables + strong + quotes > 0
        || items >= 2
        || text.lines().filter(|line| is_numbered(line)).nth(1).is_some()
        || text.matches('`').nth(1).is_some()
        || text.match_indices('\\').any(escapes)
        || text.contains("](")
        || text.contains("][")
        || has_emphasis(text)
        || text.lines().zip(text.lines().skip(1)).any(|(line, next)| {
            let is_break = line.ends_with("  ") && !line.trim().is_empty() && !next.trim().is_empty();
            is_break || !line.trim().is_empty() && is_underline(next.trim_end())
        })
        || !super::markup::has_no_markup(text)
}

/// Whether stars or low lines stand around words: `*gelé*`, `_gelé_`. A name with low lines in it has none.
fn has_emphasis(text: &str) -> bool {
    text.lines().any(|line| {
        ['*', '_'].iter().any(|sign| {
            let mut before = ' ';
            let mut is_open = false;
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                if c == *sign {
                    let opens =
                        !before.is_alphanumeric() && chars.peek().is_some_and(|c| c.is_alphanumeric());
                    let closes =
                        before.is_alphanumeric() && chars.peek().is_none_or(|c| !c.is_alphanumeric());
                    if is_open && closes {
                        return true;
                    }
                    is_open |= opens;
                }
                before = c;
            }
            false
        })
    })
}

/// Whether a line makes a heading of the one above it.
fn is_underline(line: &str) -> bool {
    ['=', '-'].iter().any(|sign| line.len() >= 2 && line.chars().all(|c| c == *sign))
}

/// Whether a line is an item of a numbered list: `1. Un`.
fn is_numbered(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "))
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self::default();
        let mut fenced = false;
        let mut blank_before = true;
        for line in text.lines() {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let start = line.trim_start();
            if indent <= 3 && (start.starts_with("```") || start.starts_with("~~~")) {
                marks.fences += 1;
                fenced = !fenced;
            } else if !fenced {
                marks.take(start.trim_end(), blank_before);
            }
            blank_before = start.is_empty();
        }
        marks
    }

    fn take(&mut self, line: &str, blank_before: bool) {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let after = &line[hashes..];
        // A heading stands apart, and is no tag: "#économie".
        self.headings += usize::from(
            (1..=6).contains(&hashes) && blank_before && after.starts_with(' ') && after.len() > 2,
        );
        self.items += usize::from(["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet)));
        self.quotes += usize::from(blank_before && line.starts_with("> "));
        self.tables += usize::from(is_table_rule(line));
        self.links += links(line);
        self.strong += line.matches("**").count() / 2;
    }
}

/// Bytes of the longest address of a link, and of its words.
const ADDRESS_BYTES_MAX: usize = 2_000;

/// Links and images of a line: `[words](address)`.
fn links(line: &str) -> usize {
    let leads = |(at, _): &(usize, &str)| {
        let target = &line[at + 2..];
        let target = &target[..target.floor_char_boundary(ADDRESS_BYTES_MAX)];
        let address = target.split([')', ' ']).next().unwrap_or_default();
        let is_address = ["http://", "https://", "/", "./", "../", "#", "mailto:", "<"]
            .iter()
            .any(|start| address.starts_with(start))
            || address.contains('.') && address.contains('/');
        let words = &line[line.floor_char_boundary(at.saturating_sub(ADDRESS_BYTES_MAX))..*at];
        is_address && target.contains(')') && words.contains('[')
    };
    line.match_indices("](").filter(leads).count()
}

/// `| --- | :---: |` below the head of a table.
fn is_table_rule(line: &str) -> bool {
    line.contains('|')
        && line.contains("--")
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Whether a text begins with the fields of an export: `Title: …`, `URL Source: …`. They are told by their labels.
fn has_fields(text: &str) -> bool {
    let is_field = |line: &&str| {
        line.split_once(": ").is_some_and(|(name, _)| {
            name.len() <= 20 && name.starts_with(char::is_uppercase) && name.split(' ').count() <= 2
        })
    };
    text.trim_start().lines().take_while(is_field).nth(1).is_some()
}

/// Whether paragraphs stand on lines next to each other: long lines that end as sentences do, each right after another.
fn has_lines_for_paragraphs(text: &str) -> bool {
    let is_paragraph = |line: &str| {
        line.len() >= PARAGRAPH_BYTES
            && line.trim_end().ends_with(['.', '!', '?', '"', '»', '”', '…', ':'])
            && line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '«' | '“' | '„'))
    };
    let (mut apart, mut together, mut before) = (0, 0, false);
    for line in text.lines() {
        let paragraph = is_paragraph(line);
        apart += usize::from(paragraph && !before);
        together += usize::from(paragraph && before);
        before = paragraph;
    }
    together > apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(looks_like_markdown(text), expected, "{text}");
    }

    #[test]
    fn several_marks_make_markdown() {
        check(
            "# Le lac a gelé\n\nLe port est [fermé](https://lac.example/port).\n\n## La suite\n\nLe vent.\n",
            true,
        );
        check("# Le lac\n\nLe port est [fermé](https://lac.example/port) depuis lundi.\n", true);
        check("Le lac\n\n- [Le port](/port)\n- [La plage](/plage)\n- [Le ciel](/ciel)\n", true);
        check("# Lac\n\n```\n# pas un titre\n```\n\nLe **vent**.\n", true);
        check("# Lac\n\n| Jour | Degrés |\n| --- | ---: |\n| 8 | -3 |\n", true);
        check("![Le lac](lac/gel.jpg)\n\n# Le lac\n\n**Par Zoé Lam**\n\nLe lac a gelé.\n", true);
    }

    #[test]
    fn scraped_text_is_none() {
        check("Le lac a gelé\n\n## La suite\n\n## La fin\n\n## Le début\n\nLe vent.\n", false);
        check("#lac #gel #port\n\n- Le port\n- La plage\n> Le vent\n", false);
        check("Le lac [1](note) a gelé (voir [2]).\n\nTable | Prix\n-- 3 --\n", false);
        check("Title: Le lac\nURL Source: https://lac.example\n\n# Lac\n\n[a](/a) [b](/b)\n", false);
        let line = "Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port à qui veut l'entendre ce matin-là.\n";
        let long = line.replace('\n', " ") + line;
        check(&format!("# Lac\n\n[a](/a) [b](/b)\n{}", long.repeat(4)), false);
        check(&format!("# Lac\n\n[a](/a) [b](/b)\n\n{}", (long + "\n").repeat(4)), true);
    }
}
