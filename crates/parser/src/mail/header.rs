//! What the header of a message says: its subject, and when it was sent.

use std::borrow::Cow;

use mail_parser::{HeaderName, Message};

use crate::date::{self, Order};
use crate::encoding;
use crate::lexicon::{Lexicon, WordSet, fold};

/// When a message was sent. A zone that is told by its name (RFC 5322, section 4.3, and the names in Europe) is read;
/// one that could be several leaves the time without an offset.
pub(super) fn date(message: &Message<'_>) -> Option<String> {
    let date = message.date().filter(|date| date.is_valid() && date.year > 1970)?;
    let raw = raw_field(message, &HeaderName::Date).unwrap_or_default();
    let raw = String::from_utf8_lossy(&raw[..raw.len().min(200)]);
    let raw = raw.split('(').next().unwrap_or_default().trim();
    let (rest, zone) = raw.rsplit_once(' ').unwrap_or((raw, ""));
    if !zone.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(date.to_rfc3339());
    }
    let zone = match zone.to_ascii_uppercase().as_str() {
        // Everywhere else these could be those of other continents.
        "CST" => "-0600",
        "MST" => "-0700",
        "UT" => "UTC",
        _ => zone,
    };
    date::read(&format!("{rest} {zone}"), Order::DayFirst)
        .or_else(|| date::prefix(rest, Order::DayFirst).map(|(date, _)| date))
        .map_or_else(|| Some(date.to_rfc3339()), |date| Some(date.edtf()))
}

/// The bytes of the first field with a name, up to the line break that no folded line follows (RFC 5322, section 2.2.3): the
/// library does not always end them there.
fn raw_field<'m>(message: &'m Message<'_>, name: &HeaderName<'_>) -> Option<&'m [u8]> {
    let header = message.parts.first()?.headers.iter().find(|header| header.name == *name)?;
    let raw = message.raw_message.get(header.offset_start as usize..)?;
    let goes_on = |at: &usize| matches!(raw.get(at + 1), Some(b' ' | b'\t'));
    let end = memchr::memchr_iter(b'\n', raw).find(|at| !goes_on(at)).unwrap_or(raw.len());
    Some(&raw[..end])
}

/// The subject, also where its bytes are neither ASCII nor UTF-8, nor encoded (RFC 2047) as they should be.
pub(super) fn subject<'m>(message: &'m Message<'_>) -> Option<Cow<'m, str>> {
    let read = message.subject()?;
    if !read.contains(char::REPLACEMENT_CHARACTER) {
        return Some(read.into());
    }
    let raw = raw_field(message, &HeaderName::Subject)?;
    let is_encoded = raw.windows(2).any(|pair| pair == b"=?");
    Some(if is_encoded {
        read.into()
    } else {
        encoding::decode(raw, None).without_controls().text.trim().to_owned().into()
    })
}

/// The subject without the marks of replies and forwards ("Re: Fwd: Subject"), and whether the last of them was that of
/// a forward.
pub(super) fn without_reply_marks(subject: &str, lexicon: &Lexicon) -> (String, bool) {
    let mut rest = subject.trim();
    let mut is_forward = false;
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = fold(mark);
        if lexicon.has(WordSet::ForwardMarks, &mark) {
            is_forward = true;
        } else if lexicon.has(WordSet::AnswerMarks, &mark) {
            is_forward = false;
        } else {
            break;
        }
        rest = after.trim_start();
    }
    (encoding::without_controls(rest.into()).into_owned(), is_forward)
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;

    fn check(subject: &str, expected: &str, is_forward: bool) {
        assert_eq!(
            without_reply_marks(subject, &Lexicon::load(None).unwrap()),
            (expected.to_owned(), is_forward)
        );
    }

    #[test]
    fn marks_of_replies_are_no_part_of_a_subject() {
        check("Fwd: Le lac a gelé", "Le lac a gelé", true);
        check("TR : Re: Le lac a gelé", "Le lac a gelé", false);
        check("WG: AW: WG: Der See", "Der See", true);
        check("Lac : le gel", "Lac : le gel", false);
        check("Fwd: Le la\u{ad}c a\u{200b} gelé", "Le lac a gelé", true);
    }

    #[test]
    fn a_zone_may_be_told_by_its_name() {
        let check = |date: &str, expected: &str| {
            for end in ["\r\n", "\n"] {
                let lines =
                    ["From: a@lac.example", &format!("Date: {date}"), "Subject: Lac", "", "Le vent.", ""];
                let bytes = lines.join(end);
                let message = MessageParser::default().parse(bytes.as_bytes()).unwrap();
                assert_eq!(super::date(&message).as_deref(), Some(expected), "{date}");
            }
        };
        check("Tue, 3 Mar 2026 21:14:00 +0100", "2026-03-03T21:14:00+01:00");
        check("Tue, 3 Mar 2026 21:14:00 +0100 (CET)", "2026-03-03T21:14:00+01:00");
        check("Tue, 3 Mar 2026 21:14:00 GMT", "2026-03-03T21:14:00Z");
        check("Tue, 3 Mar 2026 21:14:00 UT", "2026-03-03T21:14:00Z");
        check("Tue, 3 Mar 2026 21:14:00 CET", "2026-03-03T21:14:00+01:00");
        check("Tue, 3 Mar 2026 21:14:00 EST", "2026-03-03T21:14:00-05:00");
        check("Tue, 3 Mar 2026 21:14:00 CST", "2026-03-03T21:14:00-06:00");
        check("Tue, 3 Mar 2026 21:14:00 IST", "2026-03-03T21:14:00");
    }
}
