//! What a message was read from: its fields, the part that was chosen, and what became of each block of that.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::cut::{Cut, Fate};
use super::digest::put_heads_back;
use super::header::{date, subject, without_reply_marks};
use super::{TextBody, article_of, decoded, innermost, parse};
use crate::lexicon::Lexicon;
use crate::{ExplainedBlock, ParseError, html, plain};

/// Explains a message.
pub(crate) fn explain(bytes: &[u8], lexicon: &Lexicon) -> Result<Vec<ExplainedBlock>, ParseError> {
    let outer = parse(bytes)?;
    let message = innermost(&outer, lexicon);
    let mut told = Vec::new();
    if !std::ptr::eq(message, &raw const outer) {
        told.push(ExplainedBlock::of_field(
            "part",
            "message/rfc822",
            "part",
            "the message that another one carries is the article",
        ));
    }
    let subject = subject(message);
    let (subject, is_forward) =
        subject.as_deref().map(|subject| without_reply_marks(subject, lexicon)).unwrap_or_default();
    if !subject.is_empty() {
        let reason = "the field Subject, without marks of answers and forwards";
        told.push(ExplainedBlock::of_field("headline", subject.as_str(), "headline", reason));
    }
    if let Some(date) = date(message) {
        let reason = "the field Date; that of a forwarded message comes before it";
        told.push(ExplainedBlock::of_field("published", date, "metadata", reason));
    }
    if let Some(sender) = message.from().and_then(|from| from.first()?.name.as_deref()) {
        let reason = "the field From: an author if it names a person, else the publisher";
        told.push(ExplainedBlock::of_field("sender", sender, "metadata", reason));
    }
    let page = message.html_bodies().find_map(|part| {
        let PartType::Html(page) = &part.body else { return None };
        let page = decoded(message, part, page).text.into_owned();
        Some((part, html::read(&page, None, lexicon).ok()?, page))
    });
    let Some((chosen, mut article, page)) = page else {
        told.extend(parts(message, None));
        told.extend(in_text(message, &subject, is_forward, lexicon)?);
        return Ok(told);
    };
    told.extend(parts(message, Some(chosen)));
    let heads = put_heads_back(&mut article, &page, Some(subject.as_str()), lexicon);
    let fates = Cut::of(&article, &page, is_forward, lexicon).fates;
    let mut at = 0;
    for mut block in html::explain_blocks(&page, lexicon, None) {
        if !block.is_kept() && heads.contains(&block.text) {
            (block.verdict, block.reason) = ("text", "the head of an article in a digest".to_owned());
        }
        if block.is_kept() {
            // A table is one block of the article, and each of its cells one of the page.
            let holds = |at: &usize| {
                let block_of = article.blocks.get(*at).and_then(|block| block.span.of(&article.text));
                block_of.is_some_and(|text| text.contains(&block.text))
            };
            at = (at..article.blocks.len()).take(SIGHT).find(holds).unwrap_or(at);
            if let Some((verdict, reason)) =
                fates.get(at).and_then(|fate| of_fate(*fate, &block.text, lexicon))
            {
                (block.verdict, block.reason) = (verdict, reason);
            }
        }
        told.push(block);
    }
    Ok(told)
}

/// Blocks ahead among which that of an explained one is looked for: they come in the same order.
const SIGHT: usize = 16;

/// What became of a block for what a message is; `None` where it is text.
fn of_fate(fate: Fate, text: &str, lexicon: &Lexicon) -> Option<(&'static str, String)> {
    Some(match fate {
        Fate::Text => return None,
        Fate::Above => ("metadata", "stands above a forwarded message, or is its header".to_owned()),
        Fate::Card => ("out", "the sender's card, or below it".to_owned()),
        Fate::Byline => ("metadata", "who wrote it, or when".to_owned()),
        Fate::OfTheSender(chrome) => ("out", chrome.told_of(text, lexicon)),
    })
}

/// The lines of the text parts.
fn in_text(
    message: &Message<'_>,
    subject: &str,
    is_forward: bool,
    lexicon: &Lexicon,
) -> Result<Vec<ExplainedBlock>, ParseError> {
    let TextBody { text, .. } = TextBody::of(message, lexicon);
    let (head, body) = article_of(&text, is_forward, lexicon);
    let start = body.as_ptr() as usize - text.as_ptr() as usize;
    let (above, below) = (text[..start].trim_end_matches(head).trim(), text[start + body.len()..].trim());
    let mut told = Vec::new();
    if !above.is_empty() {
        told.push(ExplainedBlock::of_rules(above, "out", "stands above a forwarded message"));
    }
    if !head.is_empty() {
        told.push(ExplainedBlock::of_rules(head, "metadata", "the header of the forwarded message"));
    }
    told.extend(plain::explain_below(body, Some(subject).filter(|subject| !subject.is_empty()), lexicon)?);
    if !below.is_empty() {
        told.push(ExplainedBlock::of_rules(below, "out", "the message that is answered, quoted"));
    }
    Ok(told)
}

/// Each part of a message, with whether it was read; `html` is the part that was, where it is HTML.
fn parts(message: &Message<'_>, html: Option<&MessagePart<'_>>) -> Vec<ExplainedBlock> {
    let is_text_body = |part: &MessagePart<'_>| message.text_bodies().any(|body| std::ptr::eq(body, part));
    let told = message.parts.iter().filter_map(|part| {
        let (verdict, reason) = match &part.body {
            PartType::Multipart(_) => return None,
            PartType::Html(_) if html.is_some_and(|chosen| std::ptr::eq(chosen, part)) => {
                ("part", "read: an HTML part comes before the text")
            }
            PartType::Html(_) if html.is_some() => ("out", "another HTML part is read"),
            PartType::Html(_) => ("out", "an HTML part without text"),
            PartType::Text(_) if html.is_some() => ("out", "an HTML part is read instead"),
            PartType::Text(_) if is_text_body(part) => ("part", "read: there is no HTML part with text"),
            PartType::Message(_) => ("out", "a message that is attached to another one"),
            PartType::Text(_) | PartType::Binary(_) | PartType::InlineBinary(_) => ("out", "an attachment"),
        };
        let kind = part.content_type().map_or_else(
            || "text/plain".to_owned(),
            |kind| kind.ctype().to_owned() + &kind.subtype().map(|sub| format!("/{sub}")).unwrap_or_default(),
        );
        let name = part.attachment_name().map(|name| format!(" {name}")).unwrap_or_default();
        let bytes = part.offset_end.saturating_sub(part.offset_body);
        Some(ExplainedBlock::of_field("part", format!("{kind}{name}, {bytes} bytes"), verdict, reason))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_was_chosen_is_told() {
        let message = "From: Bo Ek <bo@lake.example>\r\nDate: Tue, 3 Mar 2026 21:14:00 +0100\r\nSubject: Fwd: Le lac\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
            --x\r\nContent-Type: text/plain\r\n\r\nLe lac.\r\n\
            --x\r\nContent-Type: text/html\r\n\r\n<p>Pour demain.</p><p>De : Bo Ek<br>Envoy&eacute; : 5 f&eacute;vrier 2026<br>\
            Objet : Le lac</p><p>Le lac a gel&eacute; cette nuit.</p><p>Se d&eacute;sabonner de cette lettre</p>\r\n--x--\r\n";
        let told = explain(message.as_bytes(), &Lexicon::load(None).unwrap()).unwrap();
        let told: Vec<String> =
            told.iter().map(|told| format!("{} {}: {}", told.verdict, told.text, told.reason)).collect();
        assert_eq!(told[0], "headline Le lac: the field Subject, without marks of answers and forwards");
        for expected in [
            "out text/plain, 7 bytes: an HTML part is read instead",
            "metadata De : Bo Ek\nEnvoyé : 5 février 2026\nObjet : Le lac: stands above a forwarded message, or is its header",
            "text Le lac a gelé cette nuit.: the inside of an article, without a page around it",
        ] {
            assert!(told.iter().any(|told| told == expected), "{expected}: {told:#?}");
        }
        assert!(told.iter().any(|told| told.starts_with("part text/html, ")), "{told:#?}");
    }

    #[test]
    fn a_text_part_is_told_line_by_line() {
        let message = "From: Bo Ek <bo@lake.example>\r\nSubject: TR: Le lac\r\n\r\nPour demain.\r\n\r\n\
            De : Ann Lee\r\nEnvoyé : 5 février 2026\r\nObjet : Le lac\r\n\r\nLe lac a gelé cette nuit, dit le garde du port.\r\n";
        let told = explain(message.as_bytes(), &Lexicon::load(None).unwrap()).unwrap();
        let verdicts: Vec<(&str, &str)> =
            told.iter().map(|told| (told.verdict, told.text.as_str())).collect();
        assert_eq!(
            verdicts[3..],
            [
                ("out", "Pour demain."),
                ("metadata", "De : Ann Lee\nEnvoyé : 5 février 2026\nObjet : Le lac"),
                ("text", "Le lac a gelé cette nuit, dit le garde du port."),
            ]
        );
    }
}
