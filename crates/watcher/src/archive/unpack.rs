//! Sends the members of an archive, and remembers how far it is settled.
//!
//! Documents overtake each other on their way, so what is committed with a member is how far *all* members before it
//! were settled when it was sent: after a crash no more is read again than what was on its way. The last member is held
//! back until all others are settled; with it the archive as a whole is committed.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use bytes::Bytes;
use document::address;
use document::{
    Delivery, Envelope, Origin, Outcome, Position, RawDocument, Reason, Rejected, SourceKind, Stage,
};
use jiff::Timestamp;
use tracing::{info, warn};

use super::{Format, Mark, Member, Reached, Stopped, Trouble};
use crate::folder::fingerprint::{Fingerprint, Stat};
use crate::folder::name;
use crate::folder::read::{Answer, Opened, Reader, head};
use crate::folder::ready::{Seen, Task};
use crate::folder::refusal::Refusal;
use crate::{Summary, canonical};

/// Bytes of a damaged archive that are kept in quarantine to look at; the archive itself is where it was.
const REST_BYTES: u64 = 4096;

/// How an archive ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// All that can be read of it is settled, and that is committed.
    Whole,
    /// A member was lost; it is to be offered again, and goes on where it is settled.
    Lost,
    /// As a file would.
    As(Box<Answer>),
}

impl Reader {
    /// Sends the members of an archive, from where it was settled before.
    pub(crate) fn unpack_archive(&self, opened: Opened, format: Format, task: &Task) -> io::Result<Answer> {
        let Opened { path, file, stat, .. } = opened;
        let began = Instant::now();
        let head = head(&file)?;
        let mut key = name::key(&task.path);
        if let Some(since) = self.since {
            // How far an archive is read for one time says nothing of another.
            let _ = write!(key, " since {since}");
        }
        let remembered = self.line.positions.value(&self.source, &key);
        let from = remembered
            .and_then(|value| Reached::parse(&value))
            .map_or(Mark::default(), |reached| reached.resume(&stat, head));
        let fingerprint = Fingerprint::new(&stat, head);
        let mut sending = Sending::new(self, name::file_uri(&path), SourceKind::Archive, from);
        sending.position = Some((key, fingerprint));

        let read =
            super::read(file.try_clone()?, stat.bytes, format, from, &self.limits, &mut |member| match (
                member.observed_at,
                self.since,
            ) {
                (Some(observed), Some(since)) if observed < since => Ok(()),
                _ => sending.meet(member),
            });
        let failed = match read {
            Err(Trouble::Failed(error)) => Some(error),
            read => sending.conclude(format.kind.name(), read, rest_of(file.try_clone()?, &stat)),
        };
        let nothing = sending.met == 0;
        let after = Stat::of(&file.metadata()?);
        let unsettled = !after.is_unwritten_since(&stat) || task.overtaken.load(Ordering::Acquire);
        let (summary, settled) = sending.finish(failed.is_none() && !unsettled);
        let ended = if let Some(error) = failed {
            Ended::As(Box::new(Answer::Refused(Refusal::of_error(&error))))
        } else if matches!(settled, Settled::Lost(_)) {
            Ended::Lost
        } else if unsettled {
            Ended::As(Box::new(Answer::Unsettled(Seen::now(after))))
        } else if settled == Settled::Part && !nothing {
            Ended::As(Box::new(Answer::Stopped))
        } else {
            Ended::Whole
        };
        info!(
            source = %self.source,
            path = %path.display(),
            kind = format.kind.name(),
            resumed_after = from.members,
            stored = summary.stored,
            duplicates = summary.duplicates,
            quarantined = summary.quarantined,
            whole = matches!(ended, Ended::Whole),
            took_ms = began.elapsed().as_millis() as u64,
            "archive read"
        );
        Ok(Answer::Unpacked(summary, ended))
    }
}

/// The first bytes of an archive after `offset`, and its length; never all of it, so that nobody takes them for it.
fn rest_of(mut file: File, stat: &Stat) -> impl FnOnce(u64) -> (Vec<u8>, u64) {
    let length = stat.bytes;
    move |offset| {
        let mut rest = Vec::new();
        let wanted = REST_BYTES.min(length.saturating_sub(1));
        // What cannot be read is not shown.
        if file.seek(SeekFrom::Start(offset)).is_ok() {
            let _ = file.take(wanted).read_to_end(&mut rest);
        }
        (rest, length)
    }
}

/// How far an archive is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// All of it.
    Whole,
    /// What was sent of it.
    Part,
    /// Not all of what was sent: so many members were lost.
    Lost(u64),
}

/// The members of one archive on their way.
pub(crate) struct Sending<'a> {
    reader: &'a Reader,
    /// URI of the archive.
    uri: String,
    /// What kind of source its members come from.
    pub(crate) kind: SourceKind,
    /// Key of the archive's position, and what it is to be known by.
    position: Option<(String, Fingerprint)>,
    /// Members met.
    met: u64,
    /// The newest member, where there is a position: it may be the last.
    held: Option<Member>,
    in_flight: VecDeque<(Mark, Delivery)>,
    /// How far all members are settled.
    settled: Mark,
    /// Members that were lost.
    lost: u64,
    summary: Summary,
}

impl<'a> Sending<'a> {
    /// Nothing sent yet of the archive with this URI, which is read from a mark on.
    pub(crate) fn new(reader: &'a Reader, uri: String, kind: SourceKind, from: Mark) -> Self {
        Self {
            reader,
            uri,
            kind,
            position: None,
            met: 0,
            held: None,
            in_flight: VecDeque::new(),
            settled: from,
            lost: 0,
            summary: Summary::default(),
        }
    }

    /// Takes the next member.
    pub(crate) fn meet(&mut self, member: Member) -> Result<(), Stopped> {
        self.reader.meter.count(1, 0);
        self.met += 1;
        if self.position.is_none() {
            return self.send(member, false);
        }
        match self.held.replace(member) {
            Some(before) => self.send(before, false),
            None => Ok(()),
        }
    }

    /// Takes how the reading ended; gives the error of a system that failed. What of the archive cannot be read becomes
    /// one member, with the bytes and the length that `rest` gives for an offset.
    pub(crate) fn conclude(
        &mut self,
        kind: &str,
        read: Result<(), Trouble>,
        rest: impl FnOnce(u64) -> (Vec<u8>, u64),
    ) -> Option<io::Error> {
        let last = self.held.as_ref().map_or(self.settled, |member| member.next);
        let (reason, message) = match read {
            Err(Trouble::Failed(error)) => return Some(error),
            Err(Trouble::Stopped) => {
                self.held = None;
                return None;
            }
            Ok(()) if self.met == 0 && self.reader.since.is_none() && self.settled == Mark::default() => {
                (Reason::Empty, format!("the {kind} holds no document"))
            }
            Ok(()) => return None,
            Err(Trouble::Damaged(what)) => (Reason::Malformed, format!("the {kind} is damaged: {what}")),
            Err(Trouble::TooLarge(what)) => (Reason::TooLarge, format!("the {kind} is not read on: {what}")),
        };
        let message = format!("{message}; {} members were read", last.members);
        warn!(uri = self.uri, reason = message, "archive is read in part");
        let (body, bytes) = rest(last.offset);
        let refused = Some((reason, message));
        // Stopped meanwhile, if at all, which `finish` looks at as well.
        let _ = self.meet(Member { body, bytes, refused, next: last, ..Member::default() });
        None
    }

    /// Waits until all that was sent is settled; sends the last member, then, if that completes the archive.
    pub(crate) fn finish(mut self, complete: bool) -> (Summary, Settled) {
        self.wait();
        let mut settled = Settled::Part;
        if self.lost == 0
            && complete
            && let Some(last) = self.held.take()
            && self.send(last, true).is_ok()
        {
            self.wait();
            settled = Settled::Whole;
        }
        (self.summary, if self.lost > 0 { Settled::Lost(self.lost) } else { settled })
    }

    fn wait(&mut self) {
        while let Some((mark, delivery)) = self.in_flight.pop_front() {
            self.settle(mark, delivery.outcome_blocking());
        }
    }

    fn settle(&mut self, mark: Mark, outcome: Outcome) {
        if outcome == Outcome::Lost {
            // It will be offered again, and counted then.
            self.lost += 1;
            return;
        }
        self.summary.count(outcome);
        self.reader.meter.count(0, 1);
        if self.lost == 0 {
            self.settled = mark;
        }
    }

    fn send(&mut self, member: Member, last: bool) -> Result<(), Stopped> {
        while let Some((mark, delivery)) = self.in_flight.front_mut()
            && let Some(outcome) = delivery.try_outcome()
        {
            let mark = *mark;
            self.in_flight.pop_front();
            self.settle(mark, outcome);
        }
        if self.lost > 0 {
            return Err(Stopped);
        }
        let reader = self.reader;
        let position = self.position.as_ref().map(|(key, fingerprint)| {
            let reached =
                if last { Reached::End(*fingerprint) } else { Reached::Part(self.settled, *fingerprint) };
            Position { source: Arc::clone(&reader.source), key: key.clone(), value: reached.to_string() }
        });
        let mark = member.next;
        let origin = self.origin(&member);
        let Member { body, bytes, refused, target, .. } = member;
        let identity = target.map(|target| address::key(&canonical::named(&target, &body)));
        let sent = reader.unless_stopped(async {
            let reservation = reader.line.budget.reserve(body.len()).await;
            let mut raw = RawDocument::new(origin, Bytes::from(body));
            raw.identity = identity;
            match refused {
                None => {
                    let (envelope, delivery) = Envelope::new(raw, position, reservation);
                    reader.line.documents.send(envelope).await.map(|()| delivery)
                }
                Some((reason, message)) => {
                    let rejected = Rejected { raw, bytes, stage: Stage::Watcher, reason, message };
                    let (envelope, delivery) = Envelope::new(rejected, position, reservation);
                    reader.line.rejects.send(envelope).await.map(|()| delivery)
                }
            }
        });
        let Some(Ok(delivery)) = sent else { return Err(Stopped) };
        self.in_flight.push_back((mark, delivery));
        Ok(())
    }

    fn origin(&self, member: &Member) -> Origin {
        let mut uri = String::with_capacity(self.uri.len() + 1 + member.fragment.len());
        uri.push_str(&self.uri);
        if !member.fragment.is_empty() {
            uri.push('#');
            uri.push_str(&member.fragment);
        }
        let now = Timestamp::now();
        Origin {
            kind: self.kind,
            name: self.reader.source.to_string(),
            uri,
            media_type: member.media_type.clone(),
            charset: member.charset.clone(),
            // Nobody saw it after now.
            observed_at: member.observed_at.filter(|observed| *observed < now).unwrap_or(now),
            http: member.http.clone(),
        }
    }
}
