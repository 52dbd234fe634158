//! Web archives (ISO 28500:2017, WARC 1.0 and 1.1), a record at a time.

use std::io::{self, BufRead, Read};

use document::Reason;
use document::address::{self, shown};
use jiff::Timestamp;
use url::Url;

use super::fields::Head;
use super::http::{self, NoAnswer};
use super::{Counted, Input, Limits, Member, Trouble, path, read_body};

/// Reads the documents from here on, `passed` being before them. Records that hold no document by their type (requests,
/// metadata, revisits), answers that carry none (redirections, errors), and what is declared to be an image, a sound,
/// a film, a font, a style sheet or a program is passed over.
pub(super) fn read(
    input: &mut Input,
    passed: u64,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    let mut members = passed;
    while next_record(input)? {
        let head = Head::read(input)?;
        if !head.first.starts_with("WARC/") {
            return Err(Trouble::Damaged("a record does not begin with its version".to_owned()));
        }
        let Some(length) = head.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
            return Err(Trouble::Damaged("a record has no length".to_owned()));
        };
        let mut block = Read::take(&mut *input, length);
        let member = match head.get("warc-type").unwrap_or_default() {
            "response" => response(&head, &mut block, length, limits)?,
            "resource" => Some(resource(&head, &mut block, length, limits)?),
            _ => None,
        };
        let left = block.limit();
        input.skip(left)?;
        let Some(mut member) = member.filter(is_document) else { continue };
        members += 1;
        // The empty lines after the record are passed, so that the mark is that of the next record. Should that be
        // damaged, this one is not.
        let next = next_record(input);
        member.next = input.mark(members);
        meet(member.weigh(limits))?;
        next?;
    }
    Ok(())
}

/// Passes the empty lines between two records; tells whether there is another one.
fn next_record(input: &mut Input) -> io::Result<bool> {
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok(false);
        }
        let empty = available.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if empty < available.len() {
            input.consume(empty);
            return Ok(true);
        }
        input.consume(empty);
    }
}

/// What the head of a record says of its document.
fn member(head: &Head) -> Member {
    // Old writers put the target between angle brackets.
    let target = head.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']);
    let url = Url::parse(target).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    // The address is told as it is of what is fetched.
    let told = url.as_ref().map(|url| shown(&address::without_tracking(url)));
    Member {
        fragment: path::url_fragment(told.as_deref().unwrap_or(target)),
        target: url,
        observed_at: head.get("warc-date").and_then(|date| date.parse::<Timestamp>().ok()),
        ..Member::default()
    }
}

fn resource(head: &Head, block: &mut dyn Read, length: u64, limits: &Limits) -> io::Result<Member> {
    let (media_type, charset) = head.content_type();
    let (body, bytes) = read_body(block, limits.document_bytes, length)?;
    Ok(Member { body, bytes, media_type, charset, ..member(head) })
}

fn response(
    head: &Head,
    block: &mut dyn BufRead,
    length: u64,
    limits: &Limits,
) -> Result<Option<Member>, Trouble> {
    let about = member(head);
    // An answer to a look-up of a name is a response too.
    if !head.get("content-type").is_none_or(|kind| kind.starts_with("application/http")) {
        return Ok(None);
    }
    Ok(match http::read(block, length, limits) {
        Ok(answer) => {
            let (media_type, charset) = answer.head.content_type();
            let http = Some(answer.http);
            let (body, bytes) = (answer.body, answer.bytes);
            Some(Member { body, bytes, media_type, charset, http, ..about })
        }
        Err(NoAnswer::Status) => None,
        Err(NoAnswer::NotHttp(message) | NoAnswer::Coding(message)) => {
            Some(Member { bytes: length, refused: Some((Reason::Malformed, message)), ..about })
        }
        Err(NoAnswer::Archive(trouble)) => return Err(trouble),
    })
}

/// Whether a member may be a document, as far as its declared media type says.
fn is_document(member: &Member) -> bool {
    let Some(media_type) = &member.media_type else { return true };
    let (kind, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
    !matches!(kind, "image" | "audio" | "video" | "font")
        && !matches!(
            subtype,
            "css" | "javascript" | "x-javascript" | "ecmascript" | "wasm" | "font-woff" | "vnd.ms-fontobject"
        )
}
