use std::fmt;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

/// How many bytes of a file its head is.
pub(crate) const HEAD_BYTES: usize = 4096;

/// What the system says about a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stat {
    /// Device that the file is on.
    pub(crate) device: u64,
    /// Its number there; used again after it is deleted.
    pub(crate) inode: u64,
    /// Its length in bytes.
    pub(crate) bytes: u64,
    /// When it was last written, in nanoseconds since 1970; negative before.
    pub(crate) modified_ns: i128,
    /// How many names it has.
    pub(crate) links: u64,
}

impl Stat {
    /// What the metadata of a file say.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            bytes: metadata.len(),
            modified_ns: i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec()),
            links: metadata.nlink(),
        }
    }

    /// Whether nothing was written between the two looks.
    pub(crate) fn is_unwritten_since(&self, before: &Self) -> bool {
        self.bytes == before.bytes && self.modified_ns == before.modified_ns
    }
}

/// Digest of the first [`HEAD_BYTES`] of a file, cut short: it only has to tell apart two files that agree in size
/// and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head(u64);

impl Head {
    /// The head of a file with this body, or with a body that starts so.
    pub(crate) fn of(body: &[u8]) -> Self {
        let digest = blake3::hash(&body[..body.len().min(HEAD_BYTES)]);
        let mut short = [0; 8];
        short.copy_from_slice(&digest.as_bytes()[..8]);
        Self(u64::from_be_bytes(short))
    }
}

/// What a folder remembers of a file that it read: the value of the file's position.
///
/// As text: the version `1`, device, inode, bytes, nanoseconds of the last write, and the head in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    device: u64,
    inode: u64,
    bytes: u64,
    modified_ns: i128,
    head: Head,
}

/// What a fingerprint says about the file that has its path now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is the same file, unwritten since.
    Same,
    /// It was written since, or is another file.
    Changed,
    /// Another inode with the same size and time: a restored backup or a remounted disk if the heads agree.
    AskHead,
}

impl Fingerprint {
    /// The fingerprint of a file that was read.
    pub(crate) fn new(stat: &Stat, head: Head) -> Self {
        Self {
            device: stat.device,
            inode: stat.inode,
            bytes: stat.bytes,
            modified_ns: stat.modified_ns,
            head,
        }
    }

    /// Reads a fingerprint back; `None` for a text of another version or none at all.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("1 ")?.split(' ');
        let fingerprint = Self {
            device: parts.next()?.parse().ok()?,
            inode: parts.next()?.parse().ok()?,
            bytes: parts.next()?.parse().ok()?,
            modified_ns: parts.next()?.parse().ok()?,
            head: Head(u64::from_str_radix(parts.next()?, 16).ok()?),
        };
        parts.next().is_none().then_some(fingerprint)
    }

    /// What became of the file, as far as that can be told without opening it.
    ///
    /// Equal size and time are trusted because no file is read while its time could still hide a later write (see
    /// [`Evidence`](super::ready::Evidence)).
    pub(crate) fn change(&self, now: &Stat) -> Change {
        if (self.bytes, self.modified_ns) != (now.bytes, now.modified_ns) {
            Change::Changed
        } else if (self.device, self.inode) == (now.device, now.inode) {
            Change::Same
        } else {
            Change::AskHead
        }
    }

    /// The head that the file had.
    pub(crate) fn head(&self) -> Head {
        self.head
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { device, inode, bytes, modified_ns, head: Head(head) } = self;
        write!(formatter, "1 {device} {inode} {bytes} {modified_ns} {head:016x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STAT: Stat =
        Stat { device: 7, inode: 9, bytes: 2048, modified_ns: 1_700_000_000_000_000_001, links: 1 };

    fn check(now: Stat, expected: Change) {
        assert_eq!(Fingerprint::new(&STAT, Head::of(b"x")).change(&now), expected, "{now:?}");
    }

    #[test]
    fn what_became_of_a_file() {
        check(STAT, Change::Same);
        check(Stat { links: 2, ..STAT }, Change::Same);
        check(Stat { modified_ns: STAT.modified_ns + 1, ..STAT }, Change::Changed);
        check(Stat { bytes: 2049, ..STAT }, Change::Changed);
        check(Stat { inode: 10, ..STAT }, Change::AskHead);
        check(Stat { device: 8, ..STAT }, Change::AskHead);
        check(Stat { inode: 10, modified_ns: 0, ..STAT }, Change::Changed);
    }

    #[test]
    fn only_the_head_is_digested() {
        let long = vec![b'a'; 3 * HEAD_BYTES];
        assert_eq!(Head::of(&long), Head::of(&long[..HEAD_BYTES]));
        assert_ne!(Head::of(&long), Head::of(&long[..HEAD_BYTES - 1]));
    }

    proptest! {
        #[test]
        fn a_fingerprint_reads_back(
            device: u64, inode: u64, bytes: u64, seconds in i64::MIN..i64::MAX, head: u64
        ) {
            let modified_ns = i128::from(seconds) * 1_000_000_000;
            let stat = Stat { device, inode, bytes, modified_ns, links: 1 };
            let fingerprint = Fingerprint::new(&stat, Head(head));
            prop_assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        }

        #[test]
        fn any_text_is_read_as_a_fingerprint_or_refused(text in "(1 )?[0-9a-f -]*") {
            let _ = Fingerprint::parse(&text);
        }
    }
}
