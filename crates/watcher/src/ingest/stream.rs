//! Reads documents from a pipe: one, or an archive of many.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::thread;

use document::SourceKind;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::{INGEST, Meter, Progress};
use crate::archive::unpack::{Sending, Settled};
use crate::archive::{self, Format, HEAD_BYTES, Kind, Limits, MORE_BYTES, Mark, Member, Stopped, Trouble};
use crate::folder::patience;
use crate::folder::read::Reader;
use crate::{Config, Error, Line, Summary};

/// URI of standard input.
pub const STANDARD_INPUT: &str = "file:///dev/stdin";
/// Members that are read before they can be sent.
const AHEAD: usize = 4;

/// Offers what comes out of `input`: JSON lines and archives that can be read once from start to end document by document
/// as they come, anything else as one document.
///
/// What is lost cannot be offered again, because the input is gone; it is counted. Cancelling `stop` ends it early, after
/// the receipts of what is in flight.
///
/// # Errors
///
/// When the work cannot begin, or `input` cannot be read to its end.
pub async fn ingest_stream(
    config: Config,
    input: Box<dyn Read + Send>,
    line: Line,
    stop: CancellationToken,
    progress: watch::Sender<Progress>,
) -> Result<Summary, Error> {
    let limits = Limits::of(&config);
    let reader = Reader {
        source: Arc::from(INGEST),
        remembers: false,
        since: None,
        limits,
        patience: patience(&config),
        line,
        stop: stop.clone(),
        runtime: tokio::runtime::Handle::current(),
        meter: Meter::new(progress),
    };
    // Two threads: the one that reads may wait for ever for a writer that says nothing, and holds no end of the line.
    let (pieces, pieces_in) = mpsc::channel(AHEAD);
    let (ended, end) = oneshot::channel();
    let read = move || read(input, limits, &pieces);
    thread::Builder::new().name("ingest-read".to_owned()).spawn(read).map_err(Error::Thread)?;
    let send = move || {
        let summary = send(&reader, pieces_in);
        drop(reader);
        // Nobody asks when the program goes down.
        let _ = ended.send(summary);
    };
    thread::Builder::new().name("ingest-send".to_owned()).spawn(send).map_err(Error::Thread)?;
    end.await.unwrap_or(Err(Error::SourceLost))
}

/// What the reading thread tells.
#[expect(clippy::large_enum_variant, reason = "nearly all are members")]
enum Piece {
    /// What the input is; before anything else.
    Is(SourceKind, &'static str),
    Member(Member),
    /// How reading ended.
    End(Result<(), Trouble>),
}

fn read(mut input: Box<dyn Read + Send>, limits: Limits, pieces: &mpsc::Sender<Piece>) {
    let mut head = Vec::new();
    let recognised = recognise(&mut input, &mut head);
    let (format, input) = match recognised {
        Ok(format) => (format, Cursor::new(head).chain(input)),
        Err(error) => {
            let _ = pieces.blocking_send(Piece::End(Err(Trouble::Failed(error))));
            return;
        }
    };
    let kind = match format {
        Some(Format { kind, .. }) if !matches!(kind, Kind::JsonLines | Kind::JsonList) => SourceKind::Archive,
        _ => SourceKind::Push,
    };
    let name = format.map_or("document", |format| format.kind.name());
    if pieces.blocking_send(Piece::Is(kind, name)).is_err() {
        return;
    }
    let meet = &mut |member| pieces.blocking_send(Piece::Member(member)).map_err(|_| Stopped);
    let read = match format {
        Some(format) => archive::read_stream(Box::new(input), format, &limits, meet),
        None => archive::read_document(Box::new(input), &limits, meet),
    };
    let _ = pieces.blocking_send(Piece::End(read));
}

/// Reads as much as it takes to tell what the input is.
fn recognise(input: &mut dyn Read, head: &mut Vec<u8>) -> io::Result<Option<Format>> {
    let mut looked_at = 0;
    loop {
        let before = head.len();
        head.resize(before + (64 << 10), 0);
        let filled = loop {
            match input.read(&mut head[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                filled => break filled?,
            }
        };
        head.truncate(before + filled);
        if filled == 0 || head.len() >= MORE_BYTES {
            return Ok(archive::sniff(head, ""));
        }
        // A first whole line of JSON is enough: whoever writes lines may write the next one in an hour.
        if let Some(format) = archive::sniff_line(head) {
            return Ok(Some(format));
        }
        if head.len() >= HEAD_BYTES && head.len() >= 2 * looked_at {
            looked_at = head.len();
            match archive::sniff(head, "") {
                None if archive::wants_more(head) => {}
                format => return Ok(format),
            }
        }
    }
}

fn send(reader: &Reader, mut pieces: mpsc::Receiver<Piece>) -> Result<Summary, Error> {
    let mut sending = Sending::new(reader, STANDARD_INPUT.to_owned(), SourceKind::Push, Mark::default());
    let mut name = "";
    let mut failed = None;
    // Ends with the reading thread, or when we are to stop.
    while let Some(Some(piece)) = reader.unless_stopped(pieces.recv()) {
        let met = match piece {
            Piece::Is(kind, what) => {
                name = what;
                sending.kind = kind;
                Ok(())
            }
            Piece::Member(member) => sending.meet(member),
            Piece::End(read) => {
                // The input is gone: what of it could not be read cannot be shown.
                failed = sending.conclude(name, read, |offset| (Vec::new(), offset.max(1)));
                break;
            }
        };
        if met.is_err() {
            break;
        }
    }
    let (mut summary, settled) = sending.finish(true);
    if let Settled::Lost(lost) = settled {
        summary.lost += lost;
    }
    failed.map_or(Ok(summary), |error| Err(Error::Input(error)))
}
