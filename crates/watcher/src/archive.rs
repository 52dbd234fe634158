//! Opens archives: containers of documents, each of which goes its own way with its own receipt.
//!
//! What a file is is told from its bytes ([`sniff()`]). [`read`] hands out its members one by one, from any [`Mark`] on,
//! holding no more of it than one member; [`unpack`] sends them, and commits with each how far all before it are
//! settled. Archives in archives are not opened, and said to be there.

mod fields;
mod http;
mod input;
mod lines;
mod list;
mod mark;
mod mbox;
mod path;
mod sniff;
mod tar;
pub(crate) mod unpack;
mod warc;
mod zip;

use std::fs::File;
use std::io::{self, Read};

use document::{Http, Reason};
use jiff::Timestamp;
use url::Url;

pub(crate) use self::fields::media_type;
pub(crate) use self::input::{Input, Raw};
pub use self::lines::is_json_line;
pub(crate) use self::lines::{MEDIA_TYPE as JSON, begins_as_json};
pub(crate) use self::mark::{Mark, Reached};
pub(crate) use self::path::encoded;
pub(crate) use self::sniff::{Format, HEAD_BYTES, MORE_BYTES, sniff, sniff_line, wants_more};
use crate::Config;

/// Whether a file of these bytes and this name is a container whose documents are opened one by one. One of a single line,
/// item or message is not: it may be read as that document.
pub fn holds_several(config: &Config, body: &[u8], name: &str) -> bool {
    let Some(format) = sniff(&body[..body.len().min(MORE_BYTES)], name) else { return false };
    if matches!(format.kind, Kind::Warc | Kind::Zip | Kind::Tar) {
        return true;
    }
    let mut members = 0;
    let mut meet = |_| {
        members += 1;
        if members > 1 { Err(Stopped) } else { Ok(()) }
    };
    // What cannot be read on after its first documents holds several all the same.
    let _ = read_stream(Box::new(io::Cursor::new(body.to_vec())), format, &Limits::of(config), &mut meet);
    members > 1
}

/// The containers that are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Web archive (ISO 28500): its `response` records with a good answer, and its `resource` records.
    Warc,
    /// Zip (APPNOTE.TXT): its files.
    Zip,
    /// Tar (POSIX ustar and pax, GNU, the old form): its files.
    Tar,
    /// One JSON document a line.
    JsonLines,
    /// An array of JSON documents, alone or under a key.
    JsonList,
    /// Mail folder in one file (RFC 4155): its messages.
    Mbox,
}

impl Kind {
    /// Its name, for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Warc => "web archive",
            Self::Zip => "zip archive",
            Self::Tar => "tar archive",
            Self::JsonLines => "file of JSON lines",
            Self::JsonList => "list of JSON documents",
            Self::Mbox => "mail folder",
        }
    }
}

/// What a container is compressed with as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Nothing.
    None,
    /// Gzip (RFC 1952), one member or many.
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// What an archive may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// A longer member is rejected; so many bytes of it are kept.
    pub(crate) document_bytes: usize,
    /// No more members are read of one archive.
    pub(crate) members: u64,
    /// Bytes after decompression for each byte before, once past [`RATIO_FREE_BYTES`].
    pub(crate) ratio: u64,
}

/// Up to here any ratio is honest.
pub(crate) const RATIO_FREE_BYTES: u64 = 1 << 20;

impl Limits {
    /// The limits that are configured.
    pub(crate) fn of(config: &Config) -> Self {
        Self {
            document_bytes: config.document_bytes_max,
            members: config.archive_members_max,
            ratio: config.archive_ratio_max,
        }
    }

    /// How many bytes may come out of `packed`.
    fn unpacked_max(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).saturating_add(RATIO_FREE_BYTES)
    }
}

/// A document in an archive.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Member {
    /// What stands after `#` in its URI: its path, its target URI, its line, or its number in a list or a mail folder.
    pub(crate) fragment: String,
    /// Its address on the web, if the archive says one.
    pub(crate) target: Option<Url>,
    /// Its bytes; its head when it is too long.
    pub(crate) body: Vec<u8>,
    /// Its length in bytes, as far as that is known.
    pub(crate) bytes: u64,
    /// Why it is not offered to be read, if it is not.
    pub(crate) refused: Option<(Reason, String)>,
    /// Media type that the archive declares for it.
    pub(crate) media_type: Option<String>,
    /// Charset that the archive declares for it.
    pub(crate) charset: Option<String>,
    /// What HTTP said when it was archived.
    pub(crate) http: Option<Http>,
    /// When it was archived, if the archive says so.
    pub(crate) observed_at: Option<Timestamp>,
    /// Where the next member begins.
    pub(crate) next: Mark,
}

/// Why the reading of an archive ends before its end.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The caller wants no more.
    Stopped,
    /// It breaks the rules of its format.
    Damaged(String),
    /// It would cost more than is allowed.
    TooLarge(String),
    /// The system fails to read it.
    Failed(io::Error),
}

/// The caller wants no more members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

impl From<Stopped> for Trouble {
    fn from(Stopped: Stopped) -> Self {
        Self::Stopped
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match input::cause(error) {
            input::Cause::Source(error) => Self::Failed(error),
            input::Cause::Ratio(message) => Self::TooLarge(message),
            input::Cause::Data(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Self::Damaged("it ends too early".to_owned())
            }
            input::Cause::Data(error) => Self::Damaged(error.to_string()),
        }
    }
}

/// Takes members as they are read.
pub(crate) type Meet<'a> = dyn FnMut(Member) -> Result<(), Stopped> + 'a;

/// Reads the members of the archive in `file` that come after `from`; `length` is the file's, in bytes.
pub(crate) fn read(
    file: File,
    length: u64,
    format: Format,
    from: Mark,
    limits: &Limits,
    meet: &mut Meet<'_>,
) -> Result<(), Trouble> {
    let meet = &mut counted(limits.members, from.members, meet);
    if format.kind == Kind::Zip {
        return zip::read_file(file, length, from, limits, meet);
    }
    let mut input = Input::open(file, format.packing, from, *limits)?;
    read_input(&mut input, format.kind, from.members, limits, meet)
}

/// Reads the members of an archive that comes once, as from a pipe.
pub(crate) fn read_stream(
    raw: Box<dyn Read + Send>,
    format: Format,
    limits: &Limits,
    meet: &mut Meet<'_>,
) -> Result<(), Trouble> {
    let meet = &mut counted(limits.members, 0, meet);
    let mut input = Input::new(Raw::new(raw, 0), format.packing, *limits)?;
    read_input(&mut input, format.kind, 0, limits, meet)
}

/// Reads a document that comes once and is no archive.
pub(crate) fn read_document(
    mut raw: Box<dyn Read + Send>,
    limits: &Limits,
    meet: &mut Meet<'_>,
) -> Result<(), Trouble> {
    let (body, bytes) = read_body(&mut raw, limits.document_bytes, 0).map_err(Trouble::Failed)?;
    Ok(meet(Member { body, bytes, ..Member::default() }.weigh(limits))?)
}

fn read_input(
    input: &mut Input,
    kind: Kind,
    passed: u64,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    match kind {
        Kind::Warc => warc::read(input, passed, limits, meet),
        Kind::Tar => tar::read(input, passed, limits, meet),
        Kind::JsonLines => lines::read(input, passed, limits, meet),
        Kind::JsonList => list::read(input, passed, limits, meet),
        Kind::Mbox => mbox::read(input, passed, limits, meet),
        Kind::Zip => zip::read_stream(input, limits, meet),
    }
}

/// Takes members until there are too many.
pub(crate) type Counted<'a> = dyn FnMut(Member) -> Result<(), Trouble> + 'a;

fn counted<'a>(
    members_max: u64,
    passed: u64,
    meet: &'a mut Meet<'_>,
) -> impl FnMut(Member) -> Result<(), Trouble> + 'a {
    let mut members = passed;
    move |member| {
        members += 1;
        if members > members_max {
            return Err(Trouble::TooLarge(format!("it has more than {members_max} members")));
        }
        Ok(meet(member)?)
    }
}

/// Reads what is left of a member: its bytes, or its head of `limit` bytes, and how long it is altogether.
fn read_body(mut reader: &mut dyn Read, limit: usize, expected: u64) -> io::Result<(Vec<u8>, u64)> {
    let capacity = usize::try_from(expected).unwrap_or(limit).min(limit).min(1 << 20);
    let mut body = Vec::with_capacity(capacity);
    Read::by_ref(&mut reader).take(limit as u64).read_to_end(&mut body)?;
    let rest = if body.len() < limit { 0 } else { io::copy(&mut reader, &mut io::sink())? };
    let bytes = body.len() as u64 + rest;
    Ok((body, bytes))
}

impl Member {
    /// Refuses it when it is too long, or is itself an archive, and nothing else speaks against it.
    fn weigh(mut self, limits: &Limits) -> Self {
        if self.refused.is_some() {
            return self;
        }
        let limit = limits.document_bytes;
        if self.bytes > limit as u64 {
            let message = format!("it has {} bytes, the limit is {limit} (document-bytes-max)", self.bytes);
            self.refused = Some((Reason::TooLarge, message));
        } else if let Some(inner) =
            sniff(&self.body, &self.fragment).filter(|inner| inner.kind != Kind::JsonList)
        {
            // (A list may be one of a single document, which the parser reads.)
            let message = format!("the member is itself a {}, which is not opened", inner.kind.name());
            self.refused = Some((Reason::UnsupportedFormat, message));
        }
        self
    }
}

#[cfg(test)]
mod tests;
