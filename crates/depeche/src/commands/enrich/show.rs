//! An article in the terminal, with what was found in it coloured, or in brackets where there is no colour.

use std::fmt::{self, Write as _};

use anstyle::{AnsiColor, Style};
use document::{Article, Enrichment, EntityKind, Span};

use crate::commands::printable;

/// How a finding looks, and what the legend calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    name: &'static str,
    style: Style,
}

const fn look(name: &'static str, color: AnsiColor) -> Look {
    Look { name, style: color.on_default().bold() }
}

const PERSON: Look = look("person", AnsiColor::Green);
const ORGANIZATION: Look = look("organization", AnsiColor::Blue);
const PLACE: Look = look("place", AnsiColor::Yellow);
const PRODUCT: Look = look("product", AnsiColor::Magenta);
const EVENT: Look = look("event", AnsiColor::Cyan);
const AMOUNT: Look = Look { name: "amount", style: AnsiColor::Red.on_default().underline() };
const DATE: Look = Look { name: "date", style: AnsiColor::Cyan.on_default().underline() };
const QUOTE: Look = Look { name: "quote", style: Style::new().italic() };
const HEADING: Style = Style::new().bold();
const ASIDE: Style = Style::new().dimmed();

/// Everything that the text can show, in the order of the legend.
const LOOKS: [Look; 8] = [PERSON, ORGANIZATION, PLACE, PRODUCT, EVENT, AMOUNT, DATE, QUOTE];

/// The page that shows an article: headline, text with its findings, and what they come to.
pub(super) fn page(article: &Article, found: &Enrichment, colour: bool) -> String {
    let mut page = Page { out: String::with_capacity(2 * article.text.len()), colour };
    // Writing to a string cannot fail.
    let _ = page.write(article, found);
    page.out
}

struct Page {
    out: String,
    colour: bool,
}

/// A stretch of text that is something.
#[derive(Debug, Clone, Copy)]
struct Finding {
    span: Span,
    look: Look,
}

impl Page {
    fn write(&mut self, article: &Article, found: &Enrichment) -> fmt::Result {
        if let Some(title) = &article.title {
            self.styled(HEADING, title)?;
            self.out.push_str("\n\n");
        }
        self.text(&article.text, found)?;
        self.out.push_str("\n\n");
        self.legend()?;
        self.summary(&article.text, found)
    }

    /// The text with its findings; one that crosses another is passed over.
    fn text(&mut self, text: &str, found: &Enrichment) -> fmt::Result {
        let findings = findings(found);
        let mut at = 0;
        let mut next = 0;
        for quote in &found.quotes {
            self.stretch(text, &findings, &mut next, at..quote.span.start, None)?;
            self.open(QUOTE);
            self.stretch(text, &findings, &mut next, quote.span.start..quote.span.end, Some(QUOTE))?;
            self.close(QUOTE, Some(quote.speaker.as_deref().unwrap_or("?")))?;
            at = quote.span.end;
        }
        self.stretch(text, &findings, &mut next, at..text.len(), None)
    }

    /// A stretch of the text, which is all of one quote or of none.
    fn stretch(
        &mut self,
        text: &str,
        findings: &[Finding],
        next: &mut usize,
        range: std::ops::Range<usize>,
        around: Option<Look>,
    ) -> fmt::Result {
        let mut at = range.start;
        while let Some(finding) = findings.get(*next).filter(|finding| finding.span.start < range.end) {
            *next += 1;
            if finding.span.start < at || finding.span.end > range.end {
                continue;
            }
            self.plain(text.get(at..finding.span.start).unwrap_or_default());
            self.open(finding.look);
            self.plain(finding.span.of(text).unwrap_or_default());
            self.close(finding.look, None)?;
            if let Some(around) = around {
                self.open_again(around);
            }
            at = finding.span.end;
        }
        self.plain(text.get(at..range.end).unwrap_or_default());
        Ok(())
    }

    /// Text from outside: what would steer the terminal is shown as a mark instead.
    fn plain(&mut self, text: &str) {
        self.out.extend(text.chars().map(printable));
    }

    fn styled(&mut self, style: Style, text: &str) -> fmt::Result {
        if self.colour {
            write!(self.out, "{style}")?;
        }
        self.plain(text);
        if self.colour {
            write!(self.out, "{style:#}")?;
        }
        Ok(())
    }

    fn open(&mut self, look: Look) {
        if self.colour {
            let _ = write!(self.out, "{}", look.style);
        } else {
            self.out.push_str(if look == QUOTE { "{" } else { "[" });
        }
    }

    /// Goes on with a look that another one ended.
    fn open_again(&mut self, look: Look) {
        if self.colour {
            let _ = write!(self.out, "{}", look.style);
        }
    }

    fn close(&mut self, look: Look, said_by: Option<&str>) -> fmt::Result {
        if self.colour {
            write!(self.out, "{:#}", look.style)?;
            if let Some(speaker) = said_by {
                self.styled(ASIDE, &format!(" ‹{speaker}›"))?;
            }
            return Ok(());
        }
        match said_by {
            Some(speaker) => {
                self.out.push_str(" | ");
                self.plain(speaker);
                self.out.push('}');
            }
            None => write!(self.out, " {}]", look.name)?,
        }
        Ok(())
    }

    fn legend(&mut self) -> fmt::Result {
        if !self.colour {
            return Ok(());
        }
        for (place, look) in LOOKS.iter().enumerate() {
            let gap = if place == 0 { "" } else { "  " };
            write!(self.out, "{gap}{}{}{:#}", look.style, look.name, look.style)?;
        }
        self.out.push_str("\n\n");
        Ok(())
    }

    /// What the findings come to, a line for each kind.
    fn summary(&mut self, text: &str, found: &Enrichment) -> fmt::Result {
        let language = found.language;
        writeln!(self.out, "language       {} ({:.2})", language.code(), language.confidence())?;
        for (name, kind) in [
            ("people", EntityKind::Person),
            ("organizations", EntityKind::Organization),
            ("places", EntityKind::Place),
            ("products", EntityKind::Product),
            ("events", EntityKind::Event),
        ] {
            let of_kind = found.entities.iter().filter(|entity| entity.kind == kind);
            self.line(
                name,
                of_kind.map(|entity| match entity.mentions.len() {
                    0 | 1 => entity.name.clone(),
                    times => format!("{} ×{times}", entity.name),
                }),
            )?;
        }
        let words = |span: Span| span.of(text).unwrap_or_default().to_owned();
        self.line("amounts", found.amounts.iter().map(|amount| words(amount.span)))?;
        self.line(
            "dates",
            found.dates.iter().map(|date| match date.resolved.as_ref().or(date.edtf.as_ref()) {
                Some(edtf) => format!("{} ({edtf})", words(date.span)),
                None => words(date.span),
            }),
        )?;
        self.line(
            "keywords",
            found.keywords.iter().map(|keyword| format!("{} {:.2}", keyword.term, keyword.score)),
        )?;
        self.line("unsure of", found.warnings.iter().map(|warning| warning.message.clone()))
    }

    fn line(&mut self, name: &str, items: impl Iterator<Item = String>) -> fmt::Result {
        let items: Vec<String> = items.collect();
        if items.is_empty() {
            return Ok(());
        }
        write!(self.out, "{name:<15}")?;
        self.plain(&items.join(", ").replace('\n', " "));
        self.out.push('\n');
        Ok(())
    }
}

/// The entities, amounts and dates in the order of the text; of those that begin together, the longest first.
fn findings(found: &Enrichment) -> Vec<Finding> {
    let entities = found.entities.iter().flat_map(|entity| {
        let look = match entity.kind {
            EntityKind::Person => PERSON,
            EntityKind::Organization => ORGANIZATION,
            EntityKind::Place => PLACE,
            EntityKind::Product => PRODUCT,
            EntityKind::Event => EVENT,
        };
        entity.mentions.iter().map(move |&span| Finding { span, look })
    });
    let amounts = found.amounts.iter().map(|amount| Finding { span: amount.span, look: AMOUNT });
    let dates = found.dates.iter().map(|date| Finding { span: date.span, look: DATE });
    let mut findings: Vec<_> = entities.chain(amounts).chain(dates).collect();
    findings.sort_by_key(|finding| (finding.span.start, std::cmp::Reverse(finding.span.end)));
    findings
}

#[cfg(test)]
mod tests {
    use document::{ContentId, Entity, Keyword, Quote, Text};

    use super::*;

    /// The page of a text in which Liu is quoted.
    fn shown(colour: bool) -> String {
        let text = "Liu : « Foxconn \u{1b}[31mgrandit »";
        let entity = |kind, name: &str| {
            let start = text.find(name).unwrap();
            let mentions = vec![Span::new(start, start + name.len())];
            Entity { kind, name: name.to_owned(), reference: None, mentions }
        };
        let found = Enrichment {
            entities: vec![entity(EntityKind::Person, "Liu"), entity(EntityKind::Organization, "Foxconn")],
            quotes: vec![Quote {
                span: Span::new(text.find('«').unwrap(), text.len()),
                text: String::new(),
                speaker: Some("Liu".to_owned()),
                speaker_span: None,
            }],
            keywords: vec![Keyword { term: "croissance".to_owned(), score: 1.0 }],
            ..Enrichment::nothing(ContentId::of("", text))
        };
        page(&Article::bare("text/plain", Text::new(text).unwrap()), &found, colour)
    }

    #[test]
    fn findings_are_in_brackets_where_there_is_no_colour() {
        let page = shown(false);
        assert!(
            page.starts_with("[Liu person] : {« [Foxconn organization] \u{fffd}[31mgrandit » | Liu}\n"),
            "{page}"
        );
        assert!(page.contains("people         Liu\n"), "{page}");
        assert!(page.contains("keywords       croissance 1.00\n"), "{page}");
    }

    #[test]
    fn colours_end_where_they_should_and_the_text_brings_none() {
        let page = shown(true);
        assert!(page.contains("Liu\u{1b}[0m"), "{page}");
        assert!(!page.contains("\u{1b}[31mgrandit"), "{page}");
        assert!(page.contains("organization"), "{page}");
    }
}
