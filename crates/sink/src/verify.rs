//! Holding a whole store against its promises.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use document::{ContentId, Digester};

use crate::disk;
use crate::error::{Error, IoContext};
use crate::line::{FactLine, QuarantineEvent, Record, Sighting, StoryJoin};
use crate::quarantine;
use crate::read::{SegmentView, View};
use crate::state::Stream;
use references::References;

mod references;

/// So many wrong lines of one file are told; what is wrong with the others seldom says more.
const LINE_FAULTS_MAX: usize = 10;

/// What a verification found.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Segments read.
    pub segments: u64,
    /// Article records read.
    pub articles: u64,
    /// Quarantine entries read.
    pub quarantined: u64,
    /// Joins of stories read.
    pub joins: u64,
    /// Sightings read.
    pub sightings: u64,
    /// Lines of facts read.
    pub facts: u64,
    /// What is wrong, one entry a finding. Of many wrong lines of a file the first are told, and how many there are more.
    pub faults: Vec<Fault>,
    /// Faults that have no entry of their own.
    pub untold: u64,
}

/// Something wrong with a store.
#[derive(Debug)]
pub struct Fault {
    /// The file it is in.
    pub path: PathBuf,
    /// The line of the segment, counted from 1; `None` when it concerns the file.
    pub line: Option<u64>,
    /// What it is.
    pub what: String,
}

/// Reads everything that is committed: the ledger, each segment's length, checksum and digest, every line, whether
/// ids are unique, whether stories, joins, sightings and facts say what the articles say, whether the totals agree.
/// Findings are in the verdict; an error means that the store could not be read at all.
pub fn verify(store: &Path) -> Result<Verdict, Error> {
    let view = View::open(store)?;
    let mut verdict = Verdict::default();
    let mut references = References::default();
    for stream in Stream::ALL {
        let mut ids = HashSet::new();
        for segment in view.segments(stream) {
            verdict.segments += 1;
            match segment.reader()? {
                None => {
                    references.incomplete |= stream == Stream::Articles;
                    references.facts_incomplete |= stream == Stream::Facts;
                    verdict.fault(&segment.path, None, "the file is gone".to_owned());
                }
                Some(reader) => {
                    let check = |line: &[u8]| check(stream, line, store, &mut references);
                    verdict.segment(stream, &segment, reader, &mut ids, check);
                }
            }
        }
    }
    for id in references.told_too_late() {
        verdict.fault(store, None, format!("the article {id} tells a story that had joined another"));
    }
    if let untold @ 1.. = references.untold_facts() {
        verdict.fault(store, None, format!("{untold} facts of articles have no line of their own"));
    }
    let totals = view.totals();
    let counts = [
        ("articles", totals.stored, verdict.articles),
        ("quarantine entries", totals.quarantined, verdict.quarantined),
        ("joins of stories", totals.joins, verdict.joins),
        ("sightings", totals.sightings, verdict.sightings),
        ("facts", totals.facts, verdict.facts),
    ];
    for (what, committed, found) in counts {
        if committed != found {
            verdict.fault(
                store,
                None,
                format!("the ledger counts {committed} {what}, the segments hold {found}"),
            );
        }
    }
    Ok(verdict)
}

impl Verdict {
    fn fault(&mut self, path: &Path, line: Option<u64>, what: String) {
        self.faults.push(Fault { path: path.to_owned(), line, what });
    }

    fn segment(
        &mut self,
        stream: Stream,
        segment: &SegmentView,
        mut reader: crate::read::SegmentReader,
        ids: &mut HashSet<ContentId>,
        mut check: impl FnMut(&[u8]) -> Result<Option<ContentId>, String>,
    ) {
        let path = reader.path().to_owned();
        let mut number = 0;
        let mut wrong = Vec::new();
        let mut more = 0_u64;
        let ended = loop {
            match reader.next_line() {
                Ok(Some(line)) => {
                    number += 1;
                    let what = match check(line) {
                        Ok(Some(id)) if !ids.insert(id) => format!("the id {id} is there twice"),
                        Ok(Some(_)) => {
                            self.count(stream);
                            continue;
                        }
                        Ok(None) => continue,
                        Err(what) => what,
                    };
                    if wrong.len() < LINE_FAULTS_MAX {
                        wrong.push((number, what));
                    } else {
                        more += 1;
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(error.to_string()),
            }
        };
        // What is wrong with the file comes first: it is why its lines are wrong.
        if ended.is_none() && reader.crc() != segment.crc() {
            self.fault(&path, None, "the checksum of the lines differs from the committed one".to_owned());
        }
        self.digest(segment, &path);
        match ended {
            Some(what) => self.fault(&path, Some(number + 1), what),
            None if number != segment.lines => {
                self.fault(
                    &path,
                    None,
                    format!("{} lines were committed, {number} are there", segment.lines),
                );
            }
            None => {}
        }
        for (number, what) in wrong {
            self.fault(&path, Some(number), what);
        }
        if more > 0 {
            self.fault(&path, None, format!("and {more} more"));
            self.untold += more - 1;
        }
    }

    fn count(&mut self, stream: Stream) {
        match stream {
            Stream::Articles => self.articles += 1,
            Stream::Quarantine => self.quarantined += 1,
            Stream::Stories => self.joins += 1,
            Stream::Sightings => self.sightings += 1,
            Stream::Facts => self.facts += 1,
        }
    }

    /// Holds the bytes of a sealed segment against its digest.
    fn digest(&mut self, segment: &SegmentView, path: &Path) {
        let Some(expected) = segment.digest() else { return };
        // What was read may have got its final name meanwhile.
        match digest(path).or_else(|_| digest(&segment.path)) {
            Ok(found) if found != expected => {
                self.fault(path, None, format!("the digest is {found}, and {expected} was committed"));
            }
            Ok(_) => {}
            Err(error) => self.fault(path, None, error.to_string()),
        }
    }
}

/// The id of a line that is right; `None` for one that has none.
fn check(
    stream: Stream,
    line: &[u8],
    store: &Path,
    references: &mut References,
) -> Result<Option<ContentId>, String> {
    fn read<'a, Line: serde::Deserialize<'a>>(line: &'a [u8]) -> Result<Line, String> {
        serde_json::from_slice(line).map_err(|error| error.to_string())
    }
    match stream {
        Stream::Articles => {
            let record: Record<'_> = read(line)?;
            let referred = references.article(&record);
            record.contradiction().map_or(Ok(()), Err).and(referred).map(|()| Some(record.id))
        }
        Stream::Quarantine => event(line, store),
        Stream::Stories => references.join(&read::<StoryJoin>(line)?).map(Some),
        Stream::Sightings => references.sighting(&read::<Sighting<'_>>(line)?).map(Some),
        Stream::Facts => references.fact(&read::<FactLine<'_>>(line)?).map(Some),
    }
}

/// The id of an entry; `None` for a resolution.
fn event(line: &[u8], store: &Path) -> Result<Option<ContentId>, String> {
    let entry = match serde_json::from_slice(line).map_err(|error| error.to_string())? {
        QuarantineEvent::Entry(entry) => entry,
        QuarantineEvent::Resolution(_) => return Ok(None),
    };
    let body = quarantine::body_path(store, &entry.source.digest);
    match disk::len(&body) {
        Ok(Some(bytes)) if bytes == entry.kept_bytes => Ok(Some(entry.id)),
        // Whoever wants the room may remove kept documents; their lines stay.
        Ok(None) => Ok(Some(entry.id)),
        Ok(Some(bytes)) => {
            Err(format!("the kept document {} has {bytes} bytes, not {}", body.display(), entry.kept_bytes))
        }
        Err(error) => Err(error.to_string()),
    }
}

fn digest(path: &Path) -> Result<document::Digest, Error> {
    use std::io::Read;

    let mut file = disk::open_read(path).on("open", path)?;
    let mut digester = Digester::default();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer).on("read", path)? {
            0 => return Ok(digester.digest()),
            count => digester.update(&buffer[..count]),
        }
    }
}
