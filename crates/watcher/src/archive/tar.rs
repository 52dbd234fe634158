//! Tar archives, a block at a time. The headers are read by the `tar` crate; its iterator is not used, because it holds
//! long names whole, however long they claim to be.

use std::io::{self, Read};

use ::tar::{EntryType, Header, PaxExtensions};
use document::Reason;

use super::path;
use super::{Counted, Input, Limits, Member, Trouble, read_body};

/// Length of a block in bytes; every header is one.
pub(super) const BLOCK: usize = 512;
/// A longer name, or longer extended attributes, are no archive that anybody means.
const EXTENSION_BYTES_MAX: u64 = 1 << 20;

/// Reads the files from here on, `passed` being before them.
pub(super) fn read(
    input: &mut Input,
    passed: u64,
    limits: &Limits,
    meet: &mut Counted<'_>,
) -> Result<(), Trouble> {
    let mut members = passed;
    let mut block = [0; BLOCK];
    let mut extended = Extended::default();
    loop {
        // Not every program writes the two empty blocks of an end.
        if input.is_at_end()? {
            return Ok(());
        }
        input.read_exact(&mut block)?;
        if block.iter().all(|byte| *byte == 0) {
            // What follows the end is no member, but its compression still tells whether all came whole.
            io::copy(input, &mut io::sink())?;
            return Ok(());
        }
        let Some(header) = header(&block) else {
            return Err(Trouble::Damaged("the checksum of a header is wrong".to_owned()));
        };
        let declared = header.entry_size()?;
        let kind = header.entry_type();
        match kind {
            EntryType::GNULongName => {
                let mut path = extension(input, declared)?;
                path.truncate(path.iter().position(|byte| *byte == 0).unwrap_or(path.len()));
                extended.path = Some(path);
                continue;
            }
            EntryType::XHeader => {
                extended.take(&extension(input, declared)?);
                continue;
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => {
                input.skip(padded(declared)?)?;
                continue;
            }
            _ => {}
        }
        let Extended { path, size } = std::mem::take(&mut extended);
        let path = path.unwrap_or_else(|| header.path_bytes().into_owned());
        let size = size.unwrap_or(declared);
        let length = padded(size)?;
        let sparse = kind == EntryType::GNUSparse;
        if !(kind.is_file() || kind.is_contiguous() || sparse) || path::is_ignored(&path) {
            // The lengths that links declare are those of what they lead to.
            if kind.is_file() || sparse || !(kind.is_dir() || kind.is_hard_link() || kind.is_symlink()) {
                input.skip(length)?;
            }
            continue;
        }
        let (body, bytes) = read_body(&mut Read::by_ref(input).take(size), limits.document_bytes, size)?;
        if bytes < size {
            return Err(Trouble::Damaged("it ends in the middle of a member".to_owned()));
        }
        // A last member may lack what fills its block; and whatever follows, this one is whole.
        let filling = input.is_at_end().and_then(|end| if end { Ok(()) } else { input.skip(length - size) });
        members += 1;
        let refused = if sparse {
            Some((Reason::UnsupportedFormat, "the member is a sparse file".to_owned()))
        } else {
            path::leads_out(&path)
        };
        let member = Member {
            fragment: path::fragment(&path),
            body,
            bytes,
            refused,
            next: input.mark(members),
            ..Member::default()
        };
        meet(member.weigh(limits))?;
        filling?;
    }
}

/// What extensions say of the next member.
#[derive(Default)]
struct Extended {
    path: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Extended {
    fn take(&mut self, data: &[u8]) {
        for extension in PaxExtensions::new(data).flatten() {
            match extension.key_bytes() {
                b"path" => self.path = Some(extension.value_bytes().to_owned()),
                b"size" => self.size = extension.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }
}

/// The header that a block is; `None` when its checksum is not right.
pub(super) fn header(block: &[u8; BLOCK]) -> Option<&Header> {
    let header = Header::from_byte_slice(block);
    // The checksum counts its own eight bytes as spaces.
    let sum = block.iter().enumerate().map(|(at, byte)| match at {
        148..156 => u32::from(b' '),
        _ => u32::from(*byte),
    });
    (header.cksum().ok()? == sum.sum::<u32>()).then_some(header)
}

fn extension(input: &mut Input, size: u64) -> Result<Vec<u8>, Trouble> {
    if size > EXTENSION_BYTES_MAX {
        return Err(Trouble::TooLarge(format!("a member's name or attributes have {size} bytes")));
    }
    let mut data = Vec::new();
    Read::by_ref(input).take(size).read_to_end(&mut data)?;
    if (data.len() as u64) < size {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    input.skip(padded(size)? - size)?;
    Ok(data)
}

/// A length with what fills its last block.
fn padded(size: u64) -> Result<u64, Trouble> {
    size.checked_next_multiple_of(BLOCK as u64)
        .ok_or_else(|| Trouble::Damaged(format!("a member declares a length of {size} bytes")))
}
