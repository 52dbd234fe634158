use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::GzDecoder;

use super::{Limits, Mark, Packing};

/// Bytes that are decompressed at a time.
const BUFFER_BYTES: usize = 64 << 10;
/// A larger window of a zstd frame is refused; it is what `zstd -d` allows (128 MiB).
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// The bytes of an archive after decompression, with the place in the file where each of them can be found again.
pub(crate) struct Input {
    stream: Stream,
    limits: Limits,
    /// What was decompressed last, all of it out of one gzip member.
    buffer: Vec<u8>,
    /// How much of the buffer is taken.
    taken: usize,
    /// Where the buffer begins.
    base: Place,
    /// Where reading began, in the file.
    began: u64,
    /// Bytes that came out since.
    unpacked: u64,
}

#[derive(Clone, Copy, Default)]
struct Place {
    offset: u64,
    skip: u64,
}

enum Stream {
    Plain(Raw),
    /// `None` at the end.
    Gzip(Option<Box<GzDecoder<BufReader<Raw>>>>, Place),
    Zstd(Box<zstd::Decoder<'static, BufReader<Raw>>>),
}

impl Input {
    /// The bytes of `file` from a mark on.
    pub(crate) fn open(mut file: File, packing: Packing, from: Mark, limits: Limits) -> io::Result<Self> {
        file.seek(SeekFrom::Start(from.offset)).map_err(|error| io::Error::other(Source(error)))?;
        let mut input = Self::new(Raw::new(Box::new(file), from.offset), packing, limits)?;
        let skipped = io::copy(&mut Read::by_ref(&mut input).take(from.skip), &mut io::sink())?;
        if skipped < from.skip {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(input)
    }

    /// The bytes of a stream that comes once.
    pub(crate) fn new(raw: Raw, packing: Packing, limits: Limits) -> io::Result<Self> {
        let began = raw.passed;
        let base = Place { offset: began, skip: 0 };
        let buffered = |raw| BufReader::with_capacity(BUFFER_BYTES, raw);
        let stream = match packing {
            Packing::None => Stream::Plain(raw),
            Packing::Gzip => Stream::Gzip(Some(Box::new(GzDecoder::new(buffered(raw)))), base),
            Packing::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(buffered(raw))?;
                decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
                Stream::Zstd(Box::new(decoder))
            }
        };
        Ok(Self { stream, limits, buffer: Vec::new(), taken: 0, base, began, unpacked: 0 })
    }

    /// The mark of this place, after `members` members.
    pub(crate) fn mark(&self, members: u64) -> Mark {
        let Place { offset, skip } = self.base;
        match self.stream {
            Stream::Plain(_) => Mark { members, offset: offset + self.taken as u64, skip: 0 },
            _ => Mark { members, offset, skip: skip + self.taken as u64 },
        }
    }

    /// Whether nothing is left.
    pub(crate) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.fill_buf()?.is_empty())
    }

    /// Takes `count` bytes and drops them; an error when there are fewer.
    pub(crate) fn skip(&mut self, count: u64) -> io::Result<()> {
        match io::copy(&mut Read::by_ref(self).take(count), &mut io::sink())? {
            skipped if skipped == count => Ok(()),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.base.skip += self.buffer.len() as u64;
        self.taken = 0;
        self.buffer.resize(BUFFER_BYTES, 0);
        let filled = self.stream.read(&mut self.buffer, &mut self.base);
        self.buffer.truncate(*filled.as_ref().unwrap_or(&0));
        let filled = filled?;
        self.unpacked += filled as u64;
        let packed = match &self.stream {
            Stream::Plain(_) | Stream::Gzip(None, _) => return Ok(()),
            Stream::Gzip(Some(decoder), _) => decoder.get_ref().get_ref().passed,
            Stream::Zstd(decoder) => decoder.get_ref().get_ref().passed,
        };
        if self.unpacked > self.limits.unpacked_max(packed - self.began) {
            let message = format!("it decompresses to more than {} times its length", self.limits.ratio);
            return Err(io::Error::other(Ratio(message)));
        }
        Ok(())
    }
}

impl Stream {
    /// Decompresses what comes next, and says where it begins.
    fn read(&mut self, buffer: &mut [u8], base: &mut Place) -> io::Result<usize> {
        match self {
            Self::Plain(raw) => {
                *base = Place { offset: raw.passed, skip: 0 };
                raw.read(buffer)
            }
            Self::Zstd(decoder) => decoder.read(buffer),
            Self::Gzip(current, member) => {
                while let Some(decoder) = current {
                    let filled = decoder.read(buffer)?;
                    if filled > 0 {
                        *base = *member;
                        member.skip += filled as u64;
                        return Ok(filled);
                    }
                    let Some(decoder) = current.take() else { break };
                    let mut packed = decoder.into_inner();
                    // Some tapes and tools fill up with zeros (as gzip(1) knows).
                    while let first = packed.fill_buf()?
                        && !first.is_empty()
                        && first[0] == 0
                    {
                        let zeros = first.iter().take_while(|byte| **byte == 0).count();
                        packed.consume(zeros);
                    }
                    if !packed.fill_buf()?.is_empty() {
                        let offset = packed.get_ref().passed - packed.buffer().len() as u64;
                        *member = Place { offset, skip: 0 };
                        *current = Some(Box::new(GzDecoder::new(packed)));
                    }
                }
                Ok(0)
            }
        }
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.buffer.len() {
            self.fill()?;
        }
        Ok(&self.buffer[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        self.taken = (self.taken + amount).min(self.buffer.len());
    }
}

impl Read for Input {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// The bytes of a file or pipe as they are, counted. Its errors are told apart from those of who reads it.
pub(crate) struct Raw {
    inner: Box<dyn Read + Send>,
    /// Bytes of the file that are before the next one.
    passed: u64,
}

impl Raw {
    /// Reads `inner`, whose first byte is at `offset` of the file.
    pub(crate) fn new(inner: Box<dyn Read + Send>, offset: u64) -> Self {
        Self { inner, passed: offset }
    }
}

impl Read for Raw {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out).map_err(source_error)?;
        self.passed += count as u64;
        Ok(count)
    }
}

/// Marks an error as one of the system, not of the data.
pub(super) fn source_error(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::Interrupted => error,
        _ => io::Error::other(Source(error)),
    }
}

/// What an error comes from.
pub(super) enum Cause {
    /// The system failed to read.
    Source(io::Error),
    /// More came out than may.
    Ratio(String),
    /// The data are wrong.
    Data(io::Error),
}

/// Tells what an error of reading an [`Input`] comes from.
pub(super) fn cause(error: io::Error) -> Cause {
    let error = match error.downcast::<Source>() {
        Ok(Source(error)) => return Cause::Source(error),
        Err(error) => error,
    };
    match error.downcast::<Ratio>() {
        Ok(Ratio(message)) => Cause::Ratio(message),
        Err(error) => Cause::Data(error),
    }
}

#[derive(Debug)]
struct Source(io::Error);

#[derive(Debug)]
struct Ratio(String);

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for Source {}
impl Error for Ratio {}
