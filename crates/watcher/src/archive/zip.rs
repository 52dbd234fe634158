//! Zip archives: by their directory where there is one, else by the headers before their members.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use ::zip::read::{Config, ZipFile, read_zipfile_from_stream};
use ::zip::result::ZipError;
use ::zip::unstable::read::ZipIterable;
use ::zip::{CompressionMethod, ZipReadOptions};
use document::Reason;

use super::input::source_error;
use super::path;
use super::{Counted, Input, Limits, Mark, Member, Packing, Trouble};

/// Reads the files of an archive that come after `from` in its directory. One whose directory is damaged or cut off is
/// read by the headers before its members, as far as that leads, and said to be damaged.
pub(super) fn read_file(
    file: File,
    length: u64,
    from: Mark,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    let again = file.try_clone()?;
    let reader = BufReader::new(Seekable(file));
    let mut archive = match ZipIterable::try_new(reader, Config::default()) {
        Ok(archive) => archive,
        Err(error) => {
            let error = Trouble::from(error);
            if matches!(error, Trouble::Failed(_)) {
                return Err(error);
            }
            let mut input = Input::open(again, Packing::None, Mark::default(), *limits)?;
            let rest = &mut |member: Member| match member.next.members {
                number if number <= from.members => Ok(()),
                _ => meet(member),
            };
            read_stream(&mut input, limits, rest)?;
            return Err(error);
        }
    };
    let mut budget = Budget { left: limits.unpacked_max(length) };
    let files = archive.files()?;
    let mut number = 0;
    while let Some(entry) = files.next() {
        let entry = entry?;
        number += 1;
        if number <= from.members {
            continue;
        }
        let path = entry.name_raw().to_owned();
        if !entry.is_file() || path::is_ignored(&path) {
            continue;
        }
        let mut member = Member {
            fragment: fragment(&entry.name(), &path),
            bytes: entry.size(),
            refused: path::leads_out(&path).or_else(|| unreadable(entry.encrypted(), entry.compression())),
            next: Mark { members: number, ..Mark::default() },
            ..Member::default()
        };
        if member.refused.is_none() {
            match entry.with_reader(files.reader_mut(), ZipReadOptions::default()) {
                Ok(mut file) => take_body(&mut member, &mut file, limits, &mut budget)?,
                Err(error) => member.refused = Some(refusal(error)?),
            }
        }
        meet(member.weigh(limits))?;
    }
    Ok(())
}

/// Reads the files of an archive that comes once, by the headers before its members.
pub(super) fn read_stream(input: &mut Input, limits: &Limits, meet: &mut Counted<'_>) -> Result<(), Trouble> {
    // What comes out is bounded by the length of what was read so far; that is not known before the end.
    let mut budget = Budget { left: u64::MAX };
    let mut number = 0;
    while let Some(mut file) = read_zipfile_from_stream(input).map_err(without_directory)? {
        number += 1;
        let path = file.name_raw().to_owned();
        // What the header does not say (a folder, an encrypted member) is said by the name and the flags.
        if path.ends_with(b"/") || path::is_ignored(&path) {
            io::copy(&mut file, &mut io::sink())?;
            continue;
        }
        let mut member = Member {
            fragment: fragment(&file.name(), &path),
            bytes: file.size(),
            refused: path::leads_out(&path).or_else(|| unreadable(file.encrypted(), file.compression())),
            next: Mark { members: number, ..Mark::default() },
            ..Member::default()
        };
        if member.refused.is_none() {
            take_body(&mut member, &mut file, limits, &mut budget)?;
        }
        // Dropping the file reads to its end, which is where the next one begins.
        drop(file);
        meet(member.weigh(limits))?;
    }
    Ok(())
}

/// Why the headers before the members do not lead on.
fn without_directory(error: ZipError) -> Trouble {
    match error {
        ZipError::UnsupportedArchive(_) => Trouble::Damaged(
            "without the directory at its end, it cannot be told where its members end or how they are read"
                .to_owned(),
        ),
        other => other.into(),
    }
}

/// Bytes that may still come out of an archive, whose members may overlap.
struct Budget {
    left: u64,
}

fn take_body<R: Read + ?Sized>(
    member: &mut Member,
    file: &mut ZipFile<'_, R>,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<(), Trouble> {
    let limit = limits.document_bytes as u64;
    let allowed = limits.unpacked_max(file.compressed_size());
    let mut body = Vec::with_capacity(file.size().min(limit).min(1 << 20) as usize);
    // One byte more than may be, to see that there is more.
    let read = Read::by_ref(file).take(limit.min(allowed) + 1).read_to_end(&mut body);
    let count = body.len() as u64;
    member.body = body;
    match read {
        Err(error) => match Trouble::from(error) {
            Trouble::Damaged(what) => {
                let message = format!("the member is damaged: {what}");
                member.bytes = member.bytes.max(count);
                member.refused = Some((Reason::Malformed, message));
            }
            trouble => return Err(trouble),
        },
        Ok(_) if count > allowed => {
            let message = format!("the member decompresses to more than {} times its length", limits.ratio);
            member.bytes = member.bytes.max(count);
            member.refused = Some((Reason::TooLarge, message));
        }
        // The length that the archive declares may be a lie both ways.
        Ok(_) if count > limit => member.bytes = member.bytes.max(count),
        Ok(_) => member.bytes = count,
    }
    member.body.truncate(limits.document_bytes);
    budget.left = budget.left.checked_sub(count).ok_or_else(|| {
        Trouble::TooLarge(format!("it decompresses to more than {} times its length", limits.ratio))
    })?;
    Ok(())
}

/// Why a member cannot be read, as far as its header says.
fn unreadable(encrypted: bool, method: CompressionMethod) -> Option<(Reason, String)> {
    if encrypted {
        return Some((Reason::UnsupportedFormat, "the member is encrypted".to_owned()));
    }
    match method {
        CompressionMethod::Stored | CompressionMethod::Deflated | CompressionMethod::Zstd => None,
        other => {
            let message = format!("the member is compressed by a method that is not read ({other})");
            Some((Reason::UnsupportedFormat, message))
        }
    }
}

/// Why a member cannot be read, unless that is the system's fault.
fn refusal(error: ZipError) -> Result<(Reason, String), Trouble> {
    match Trouble::from(error) {
        Trouble::Damaged(what) => Ok((Reason::Malformed, format!("the member is damaged: {what}"))),
        trouble => Err(trouble),
    }
}

/// The member's name, read in the charset that the archive has for names; its bytes where that fails.
fn fragment(decoded: &Result<std::borrow::Cow<'_, str>, ZipError>, raw: &[u8]) -> String {
    path::fragment(decoded.as_ref().map_or(raw, |name| name.as_bytes()))
}

impl From<ZipError> for Trouble {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => error.into(),
            other => Self::Damaged(other.to_string()),
        }
    }
}

/// A file whose errors are told apart from those of the archive in it.
struct Seekable(File);

impl Read for Seekable {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out).map_err(source_error)
    }
}

impl Seek for Seekable {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self.0.seek(to) {
            // An offset that no file has is the archive's error.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Err(error),
            sought => sought.map_err(source_error),
        }
    }
}
