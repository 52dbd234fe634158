//! An archived HTTP answer: its head, and its body without what only the transfer needed.

use std::io::{self, BufRead, BufReader, Read};

use document::Http;

use super::fields::Head;
use super::{Limits, Trouble, read_body};

/// First bits of a brotli stream whose window may have up to 1 GiB; reserved by RFC 7932 (section 9.1), and none of HTTP.
const LARGE_WINDOW: u8 = 0b001_0001;

/// An answer, as it was archived.
pub(super) struct Answer {
    pub(super) head: Head,
    pub(super) http: Http,
    /// The body, decoded; its head when it is too long.
    pub(super) body: Vec<u8>,
    /// Length of the body in bytes, decoded; at least, when it is longer than may be.
    pub(super) bytes: u64,
}

/// Why an answer gives no document.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// It is not an answer that carries one: a redirection, an error, a part.
    Status,
    /// It is no HTTP answer at all.
    NotHttp(String),
    /// Its body is coded in a way that is not read, or not what it says.
    Coding(String),
    /// The archive could not be read.
    Archive(Trouble),
}

/// Reads an answer that is all of `input`, `length` bytes long.
pub(super) fn read(input: &mut dyn BufRead, length: u64, limits: &Limits) -> Result<Answer, NoAnswer> {
    let mut input = input;
    let head = Head::read(&mut input).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => NoAnswer::NotHttp("the head of the answer has no end".to_owned()),
        _ => NoAnswer::Archive(error.into()),
    })?;
    let status = status_of(&head.first)
        .ok_or_else(|| NoAnswer::NotHttp("the record holds no HTTP answer".to_owned()))?;
    if !matches!(status, 200 | 201 | 203) {
        return Err(NoAnswer::Status);
    }
    let http = Http {
        status,
        etag: head.get("etag").map(str::to_owned),
        last_modified: head.get("last-modified").map(str::to_owned),
    };
    let (body, bytes) = decode(input, &head, length, limits)?;
    Ok(Answer { head, http, body, bytes })
}

/// The status of a status line (RFC 9112, section 4).
fn status_of(line: &str) -> Option<u16> {
    let mut parts = line.split(' ').filter(|part| !part.is_empty());
    let version = parts.next()?;
    (version.starts_with("HTTP/") || version == "ICY").then_some(())?;
    parts.next()?.parse().ok().filter(|status| (100..1000).contains(status))
}

fn decode(
    input: &mut dyn BufRead,
    head: &Head,
    length: u64,
    limits: &Limits,
) -> Result<(Vec<u8>, u64), NoAnswer> {
    let chunked = head.get("transfer-encoding").is_some_and(|coding| names(coding, "chunked"));
    // Some archives keep the field although they took the chunks apart.
    let mut plain: Box<dyn BufRead + '_> = if chunked && begins_as_chunk(input).map_err(failed)? {
        Box::new(BufReader::with_capacity(8 << 10, Chunks { input, left: 0, state: Next::First }))
    } else {
        Box::new(input)
    };
    let coding = head.get("content-encoding").unwrap_or_default();
    let start = plain.fill_buf().map_err(failed)?;
    // The bytes decide: some archives keep the field although they decoded the body.
    let mut decoder: Box<dyn Read + '_> = if coding.is_empty() || names(coding, "identity") {
        Box::new(plain)
    } else if start.starts_with(&[0x1f, 0x8b]) {
        Box::new(flate2::bufread::MultiGzDecoder::new(plain))
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(zstd::Decoder::with_buffer(plain).map_err(failed)?)
    } else if names(coding, "br") && start.first().is_some_and(|first| first & 0x7f == LARGE_WINDOW) {
        return Err(NoAnswer::Coding("the body is brotli with a large window".to_owned()));
    } else if names(coding, "br") {
        Box::new(brotli_decompressor::Decompressor::new(plain, 8 << 10))
    } else if names(coding, "deflate") && start.first().is_some_and(|first| first & 0x0f == 8) {
        Box::new(flate2::bufread::ZlibDecoder::new(plain))
    } else if names(coding, "deflate") {
        // What some servers take for it.
        Box::new(flate2::bufread::DeflateDecoder::new(plain))
    } else {
        Box::new(plain)
    };
    let allowed = limits.unpacked_max(length);
    let read = read_body(&mut Read::by_ref(&mut decoder).take(allowed), limits.document_bytes, length);
    match read {
        Ok((_, bytes)) if bytes >= allowed => {
            Err(NoAnswer::Coding(format!("the body decodes to more than {} times its length", limits.ratio)))
        }
        Ok(read) => Ok(read),
        Err(error) => match Trouble::from(error) {
            Trouble::Damaged(what) => {
                Err(NoAnswer::Coding(format!("the body is not what its coding says: {what}")))
            }
            trouble => Err(NoAnswer::Archive(trouble)),
        },
    }
}

fn failed(error: io::Error) -> NoAnswer {
    NoAnswer::Archive(error.into())
}

/// Whether a list of codings has this one.
fn names(list: &str, coding: &str) -> bool {
    list.split(',').any(|name| {
        let name = name.trim();
        name.eq_ignore_ascii_case(coding) || name.strip_prefix("x-").is_some_and(|name| name == coding)
    })
}

fn begins_as_chunk(input: &mut dyn BufRead) -> io::Result<bool> {
    let start = input.fill_buf()?;
    let digits = start.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let after = start[digits..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    Ok((1..=16).contains(&digits) && matches!(after, Some(b'\r' | b'\n' | b';')))
}

/// A body in chunks (RFC 9112, section 7.1). One that breaks off ends where it does.
struct Chunks<'a> {
    input: &'a mut dyn BufRead,
    left: u64,
    state: Next,
}

#[derive(PartialEq)]
enum Next {
    First,
    Chunk,
    End,
}

impl Chunks<'_> {
    /// Reads the line before a chunk.
    fn begin(&mut self) -> io::Result<()> {
        if self.state == Next::Chunk {
            // The line end after the chunk before.
            self.line()?;
        }
        let line = self.line()?;
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let size = str::from_utf8(digits).ok().and_then(|digits| u64::from_str_radix(digits, 16).ok());
        self.left = size.unwrap_or(0);
        self.state = if self.left == 0 { Next::End } else { Next::Chunk };
        Ok(())
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        Read::take(&mut self.input, 4096).read_until(b'\n', &mut line)?;
        Ok(line)
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && self.state != Next::End {
            self.begin()?;
        }
        if self.left == 0 {
            return Ok(0);
        }
        let wanted = usize::try_from(self.left).map_or(out.len(), |left| left.min(out.len()));
        let count = self.input.read(&mut out[..wanted])?;
        self.left -= count as u64;
        if count == 0 {
            self.left = 0;
            self.state = Next::End;
        }
        Ok(count)
    }
}
