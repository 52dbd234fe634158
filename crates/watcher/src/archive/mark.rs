use std::fmt;

use crate::folder::fingerprint::{Change, Fingerprint, Head, Stat};

/// A place between two members of an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Members before it; for lines, lines; for a zip, entries of its directory.
    pub(crate) members: u64,
    /// Bytes of the file before the part in which it lies; a gzip member can be read from its start.
    pub(crate) offset: u64,
    /// Bytes before it in that part, after decompression.
    pub(crate) skip: u64,
}

/// How far an archive is read: the value of its position.
///
/// A whole one has the text of a [`Fingerprint`] alone, as any file that was read. One that is read in part has `part`,
/// the three numbers of the mark, and the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    /// To its end.
    End(Fingerprint),
    /// To this place, all before it being settled.
    Part(Mark, Fingerprint),
}

impl Reached {
    /// Reads a position back.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let Some(rest) = text.strip_prefix("part ") else {
            return Fingerprint::parse(text).map(Self::End);
        };
        let mut parts = rest.splitn(4, ' ');
        let mut number = || parts.next()?.parse().ok();
        let mark = Mark { members: number()?, offset: number()?, skip: number()? };
        Some(Self::Part(mark, Fingerprint::parse(parts.next()?)?))
    }

    /// Where to go on in the archive that is there now: at the mark, if it is still the same one.
    pub(crate) fn resume(self, stat: &Stat, head: Head) -> Mark {
        let Self::Part(mark, fingerprint) = self else { return Mark::default() };
        match fingerprint.change(stat) {
            Change::Same => mark,
            Change::AskHead if fingerprint.head() == head => mark,
            Change::AskHead | Change::Changed => Mark::default(),
        }
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End(fingerprint) => fingerprint.fmt(formatter),
            Self::Part(Mark { members, offset, skip }, fingerprint) => {
                write!(formatter, "part {members} {offset} {skip} {fingerprint}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STAT: Stat = Stat { device: 1, inode: 2, bytes: 3, modified_ns: 4, links: 1 };

    #[test]
    fn a_changed_archive_is_read_from_its_start() {
        let head = Head::of(b"x");
        let mark = Mark { members: 7, offset: 5, skip: 3 };
        let reached = Reached::Part(mark, Fingerprint::new(&STAT, head));
        assert_eq!(reached.resume(&STAT, head), mark);
        assert_eq!(reached.resume(&Stat { inode: 9, ..STAT }, head), mark);
        assert_eq!(reached.resume(&Stat { inode: 9, ..STAT }, Head::of(b"y")), Mark::default());
        assert_eq!(reached.resume(&Stat { bytes: 9, ..STAT }, head), Mark::default());
        let end = Reached::End(Fingerprint::new(&STAT, head));
        assert_eq!(end.resume(&STAT, head), Mark::default());
        // A scan that asks whether the file is known must not take a part for the whole.
        assert_eq!(Fingerprint::parse(&reached.to_string()), None);
        assert!(Fingerprint::parse(&end.to_string()).is_some());
    }

    proptest! {
        #[test]
        fn a_position_reads_back(members: u64, offset: u64, skip: u64, bytes: u64) {
            let fingerprint = Fingerprint::new(&Stat { bytes, ..STAT }, Head::of(b"x"));
            for reached in [Reached::Part(Mark { members, offset, skip }, fingerprint), Reached::End(fingerprint)] {
                prop_assert_eq!(Reached::parse(&reached.to_string()), Some(reached));
            }
        }

        #[test]
        fn any_text_is_read_as_a_position_or_refused(text in "(part )?[0-9a-f -]*") {
            let _ = Reached::parse(&text);
        }
    }
}
