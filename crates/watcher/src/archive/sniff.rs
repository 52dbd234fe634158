//! What is it? Told from the first bytes; a name is asked only where the bytes leave it open.

use std::io::Read;

use serde::de::IgnoredAny;

use super::tar::{self, BLOCK};
use super::{Kind, Packing, list, mbox};

/// Bytes that are asked for first; most files need no more.
pub(crate) const HEAD_BYTES: usize = 4096;
/// Bytes that are looked at where the first ones do not tell: the first line of a file of JSON lines is a whole article.
pub(crate) const MORE_BYTES: usize = 1 << 20;

/// How an archive is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) packing: Packing,
    pub(crate) kind: Kind,
}

const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Whether more than [`HEAD_BYTES`] are needed to tell.
pub(crate) fn wants_more(head: &[u8]) -> bool {
    head.starts_with(GZIP) || head.starts_with(ZSTD) || start_of_object(head).is_some() || mbox::may_be(head)
}

/// Tells what archive begins with `head` and has this name; `None` for a document.
pub(crate) fn sniff(head: &[u8], name: &str) -> Option<Format> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return (!is_program_file(head)).then_some(Format { packing: Packing::None, kind: Kind::Zip });
    }
    let (packing, kind) = if head.starts_with(GZIP) {
        let inner = start_of(flate2::read::MultiGzDecoder::new(head));
        (Packing::Gzip, plain(&inner, stem(name))?)
    } else if head.starts_with(ZSTD) {
        let inner = zstd::Decoder::with_buffer(head).map(start_of).unwrap_or_default();
        (Packing::Zstd, plain(&inner, stem(name))?)
    } else {
        (Packing::None, plain(head, name)?)
    };
    Some(Format { packing, kind })
}

/// Tells JSON lines from their first line alone, for input of which the second may be long in coming. A document of one
/// line is none the worse for being read as lines.
pub(crate) fn sniff_line(head: &[u8]) -> Option<Format> {
    let (first, _) = first_line(head)?;
    serde_json::from_slice::<IgnoredAny>(first).ok()?;
    Some(Format { packing: Packing::None, kind: Kind::JsonLines })
}

/// What can be decompressed of a beginning, as much as it takes to tell.
fn start_of(mut decoder: impl Read) -> Vec<u8> {
    let mut start = Vec::new();
    // The rest is not there, so it ends in an error.
    let _ = decoder.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut start);
    if start_of_object(&start).is_some() || mbox::may_be(&start) {
        let _ = decoder.take(MORE_BYTES as u64).read_to_end(&mut start);
    }
    start
}

fn stem(name: &str) -> &str {
    [".gz", ".zst", ".zstd"].iter().find_map(|ending| strip_ending(name, ending)).unwrap_or(name)
}

fn strip_ending<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    let at = name.len().checked_sub(ending.len())?;
    name.get(at..)?.eq_ignore_ascii_case(ending).then(|| &name[..at])
}

fn plain(head: &[u8], name: &str) -> Option<Kind> {
    if head.strip_prefix(b"WARC/").and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit) {
        return Some(Kind::Warc);
    }
    if let Some(block) = head.first_chunk::<BLOCK>()
        && block[0] != 0
        && tar::header(block).is_some()
    {
        return Some(Kind::Tar);
    }
    let by_name = || {
        // Bytes that no text has are not lines, whatever the name says.
        !head.is_empty()
            && !head[..head.len().min(HEAD_BYTES)].contains(&0)
            && [".jsonl", ".ndjson"].iter().any(|ending| strip_ending(name, ending).is_some())
    };
    if are_json_lines(head) || by_name() {
        return Some(Kind::JsonLines);
    }
    if mbox::is_mbox(head, name) {
        return Some(Kind::Mbox);
    }
    list::is_list(head).then_some(Kind::JsonList)
}

fn start_of_object(head: &[u8]) -> Option<&[u8]> {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    start.starts_with(b"{").then_some(start)
}

/// Whether the first line is a JSON object, and the next one begins as one.
fn are_json_lines(head: &[u8]) -> bool {
    let Some((first, rest)) = first_line(head) else { return false };
    rest.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(first).is_ok()
}

/// The first line of what begins as a JSON object, and what follows it.
fn first_line(head: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = start_of_object(head)?;
    memchr::memchr(b'\n', start).map(|end| start.split_at(end))
}

/// Whether a zip is the file of a program, which no more holds documents than a word processor's file does: Office
/// Open XML, `OpenDocument`, EPUB, Java, Android. All of them have a first member that tells.
fn is_program_file(head: &[u8]) -> bool {
    const NAME_AT: usize = 30;
    let length = head.get(26..28).map_or(0, |length| usize::from(u16::from_le_bytes([length[0], length[1]])));
    let name = head.get(NAME_AT..NAME_AT + length).unwrap_or_default();
    let part =
        |folder: &[u8]| name.starts_with(folder) && (name.ends_with(b".xml") || name.ends_with(b".rels"));
    matches!(
        name,
        b"mimetype" | b"[Content_Types].xml" | b"_rels/.rels" | b"AndroidManifest.xml" | b"classes.dex"
    ) || name.starts_with(b"META-INF/")
        || [&b"word/"[..], b"xl/", b"ppt/", b"docProps/"].into_iter().any(part)
}
