//! What became of each block of a document, for reading in a terminal.

use std::io::{IsTerminal, Write};
use std::path::Path;

use document::{Article, RawDocument};
use parser::{ExplainedBlock, ParseError, Parser};

use crate::commands;

/// Prints what became of each block of a file. A file that is no article is the error, after its blocks if it has any.
pub(super) fn print(
    parser: &Parser,
    path: &Path,
    raw: &RawDocument,
    output: &mut impl Write,
) -> std::io::Result<Result<Option<Article>, ParseError>> {
    let blocks = match parser.explain(raw, None) {
        Ok(blocks) => blocks,
        Err(error) => return Ok(Err(error)),
    };
    let paint = Paint::of_stdout();
    // Fields and parts are told of beside the blocks, and are none.
    let of_text = || blocks.iter().filter(|block| block.field.is_none());
    let (kept, count) = (of_text().filter(|block| block.is_kept()).count(), of_text().count());
    writeln!(output, "{}{}{}", paint.bold, printable(&path.display().to_string()), paint.plain)?;
    writeln!(output, "  {kept} of {} kept", commands::counted(count as u64, "block", "blocks"))?;
    if blocks.iter().any(|block| block.log_odds.is_some()) {
        writeln!(output, "  {}{LEGEND}{}", paint.dim, paint.plain)?;
    }
    for block in &blocks {
        writeln!(output)?;
        one(block, &paint, output)?;
    }
    writeln!(output)?;
    Ok(parser.parse(raw).map(|_| None))
}

/// What the numbers of pages mean.
const LEGEND: &str = "The number before a block says how likely its words are the article's: above 0 it is kept, unless a rule \
                      says otherwise. The number behind each reason is what that added. Blocks are weighed twice: first each \
                      by itself, then with what the first weighing made of those around it.";

/// Characters of a block that are shown: enough to find it on the page.
const SHOWN_CHARS: usize = 300;

fn one(block: &ExplainedBlock, paint: &Paint, output: &mut impl Write) -> std::io::Result<()> {
    let (mark, colour) = match block.verdict {
        "text" | "standfirst" => ("+", paint.green),
        "out" | "repeat" => ("-", paint.red),
        _ => ("~", paint.yellow),
    };
    let odds = block.log_odds.map(|odds| format!(" {odds:+.1}")).unwrap_or_default();
    write!(output, "{colour}{mark} {}{odds}{}", block.field.unwrap_or(block.verdict), paint.plain)?;
    writeln!(output, "  {}{}{}", paint.dim, printable(&block.reason), paint.plain)?;
    let mut shown: String = block.text.chars().take(SHOWN_CHARS).collect();
    if shown.len() < block.text.len() {
        shown.push('…');
    }
    for line in shown.lines() {
        writeln!(output, "  {}", printable(line))?;
    }
    Ok(())
}

/// A line of text that cannot steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\u{fffd}' } else { commands::printable(c) }).collect()
}

/// Escape sequences (ECMA-48, SGR), or nothing where colours are not wanted.
struct Paint {
    bold: &'static str,
    dim: &'static str,
    red: &'static str,
    green: &'static str,
    yellow: &'static str,
    plain: &'static str,
}

impl Paint {
    /// Colours for a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    fn of_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if std::io::stdout().is_terminal() && !refused {
            Self {
                bold: "\x1b[1m",
                dim: "\x1b[2m",
                red: "\x1b[31m",
                green: "\x1b[32m",
                yellow: "\x1b[33m",
                plain: "\x1b[0m",
            }
        } else {
            Self { bold: "", dim: "", red: "", green: "", yellow: "", plain: "" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        assert_eq!(printable("a\x1b[31mb\u{202e}c\td"), "a\u{fffd}[31mb\u{fffd}c\td");
    }

    #[test]
    fn a_block_is_two_lines() {
        let block = ExplainedBlock {
            text: "Menu".to_owned(),
            verdict: "out",
            reason: "links of a menu".to_owned(),
            log_odds: Some(-4.25),
            features: Vec::new(),
            field: None,
        };
        let paint = Paint { bold: "", dim: "", red: "", green: "", yellow: "", plain: "" };
        let mut out = Vec::new();
        one(&block, &paint, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "- out -4.2  links of a menu\n  Menu\n");
    }
}
