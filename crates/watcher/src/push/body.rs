//! A body as it comes: under its limit, in its time, whole or line by line.

use std::time::Duration;

use axum::body::Body;
use bytes::{Buf, Bytes, BytesMut};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::answer::Refused;

/// A caller may keep us waiting for a body for so long …
const BODY_WAIT: Duration = Duration::from_secs(10);
/// … and a second more for each so many bytes of it that have come.
const BODY_BYTES_PER_SECOND: u64 = 1024;
/// Lines of one request: what became of each is in the answer.
const LINES_MAX: u64 = 10_000;

/// A body that is read.
pub(super) struct Incoming {
    body: Body,
    /// It may have so many bytes.
    limit: usize,
    received: usize,
    /// How long the caller kept us waiting.
    waited: Duration,
    stop: CancellationToken,
    /// What came and is not taken yet.
    buffer: BytesMut,
    /// Bytes of the buffer that hold no line end.
    searched: usize,
    ended: bool,
    lines: u64,
}

/// A line of a body, not blank.
#[derive(Debug, PartialEq)]
pub(super) struct BodyLine {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its bytes; its head when it is too long.
    pub(super) body: Bytes,
    /// Its length in bytes.
    pub(super) bytes: u64,
}

impl Incoming {
    /// A body that may have `limit` bytes. Once `stop` is cancelled, no more of it is read.
    pub(super) fn new(body: Body, limit: usize, stop: CancellationToken) -> Self {
        Self {
            body,
            limit,
            received: 0,
            waited: Duration::ZERO,
            stop,
            buffer: BytesMut::new(),
            searched: 0,
            ended: false,
            lines: 0,
        }
    }

    /// All of it.
    pub(super) async fn whole(mut self) -> Result<Bytes, Refused> {
        while self.more().await? {}
        Ok(self.buffer.freeze())
    }

    /// The next line that is not blank, of a longer one than `line_max` bytes its head; `None` at the end.
    pub(super) async fn line(&mut self, line_max: usize) -> Result<Option<BodyLine>, Refused> {
        loop {
            let Some((mut body, mut bytes)) = self.next_line(line_max).await? else { return Ok(None) };
            self.lines += 1;
            if self.lines == 1 && body.starts_with(b"\xef\xbb\xbf") {
                body.advance(3);
                bytes -= 3;
            }
            let whole = bytes == body.len() as u64;
            if whole && body.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if self.lines > LINES_MAX {
                return Err(Refused::too_large(format!("a request may have {LINES_MAX} lines")));
            }
            if whole && body.last() == Some(&b'\r') {
                body.truncate(body.len() - 1);
                bytes -= 1;
            }
            return Ok(Some(BodyLine { number: self.lines, body, bytes }));
        }
    }

    async fn next_line(&mut self, line_max: usize) -> Result<Option<(Bytes, u64)>, Refused> {
        // The head of a line that is too long, and how much of it has come.
        let mut long: Option<(Bytes, u64)> = None;
        loop {
            let end = memchr::memchr(b'\n', &self.buffer[self.searched..]).map(|at| self.searched + at);
            if end.is_none() && !self.ended && self.buffer.len() <= line_max {
                self.searched = self.buffer.len();
                self.ended = !self.more().await?;
                continue;
            }
            let part = self.buffer.split_to(end.unwrap_or(self.buffer.len())).freeze();
            self.searched = 0;
            if end.is_some() {
                self.buffer.advance(1);
            }
            let length = part.len() as u64;
            match &mut long {
                Some((_, bytes)) => *bytes += length,
                None => long = Some((part.slice(..part.len().min(line_max)), length)),
            }
            if end.is_some() || self.ended {
                // A body that ends in a line end has no line after it.
                return Ok(long.filter(|(_, bytes)| end.is_some() || *bytes > 0));
            }
        }
    }

    /// Waits for more; `false` at the end.
    async fn more(&mut self) -> Result<bool, Refused> {
        let earned = Duration::from_secs(self.received as u64 / BODY_BYTES_PER_SECOND);
        let allowed = (BODY_WAIT + earned).saturating_sub(self.waited);
        let began = Instant::now();
        let frame = tokio::select! {
            biased;
            frame = timeout(allowed, self.body.frame()) => frame.map_err(|_| Refused::slow())?,
            () = self.stop.cancelled() => return Err(Refused::unwritable("the daemon is stopping")),
        };
        self.waited += began.elapsed();
        match frame {
            None => Ok(false),
            // Half a body is no document, whoever broke it off.
            Some(Err(error)) => Err(Refused::bad(format!("the body broke off: {error}"))),
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { return Ok(true) };
                self.received += data.len();
                if self.received > self.limit {
                    return Err(Refused::too_large(format!("the body may have {} bytes", self.limit)));
                }
                self.buffer.extend_from_slice(&data);
                Ok(true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use hyper::body::Frame;

    use super::*;

    /// A body that comes in these pieces.
    struct Pieces(VecDeque<Bytes>);

    impl hyper::body::Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
        }
    }

    /// The lines of a body that comes in pieces of `size` bytes.
    async fn lines(text: &str, size: usize, line_max: usize) -> Vec<(u64, String, u64)> {
        let pieces = text.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect();
        let mut incoming = Incoming::new(Body::new(Pieces(pieces)), 1 << 20, CancellationToken::new());
        let mut lines = Vec::new();
        while let Some(BodyLine { number, body, bytes }) = incoming.line(line_max).await.unwrap() {
            lines.push((number, String::from_utf8_lossy(&body).into_owned(), bytes));
        }
        lines
    }

    #[tokio::test]
    async fn lines_are_the_same_however_they_come() {
        let text = "\u{feff}{1}\r\n\n  \n{22}\nabcdefghij\n{3}";
        let expected = [(1, "{1}", 3), (4, "{22}", 4), (5, "abcdefgh", 10), (6, "{3}", 3)];
        for size in 1..text.len() {
            let lines = lines(text, size, 8).await;
            let lines: Vec<_> =
                lines.iter().map(|(number, line, bytes)| (*number, line.as_str(), *bytes)).collect();
            assert_eq!(lines, expected, "{size}");
        }
    }

    #[tokio::test]
    async fn a_body_has_a_limit() {
        let body = || Body::from("0123456789");
        let whole = Incoming::new(body(), 10, CancellationToken::new()).whole().await;
        assert_eq!(whole.unwrap(), "0123456789");
        let refused = Incoming::new(body(), 9, CancellationToken::new()).whole().await.unwrap_err();
        assert_eq!(refused.status.as_u16(), 413);
    }

    /// A body of which nothing ever comes.
    struct Silence;

    impl hyper::body::Body for Silence {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_sender_is_cut_off() {
        let began = Instant::now();
        let refused = Incoming::new(Body::new(Silence), 10, CancellationToken::new()).whole().await;
        assert_eq!(refused.unwrap_err().status.as_u16(), 408);
        assert!(began.elapsed() < 2 * BODY_WAIT);
        let stop = CancellationToken::new();
        stop.cancel();
        let refused = Incoming::new(Body::new(Silence), 10, stop).whole().await;
        assert_eq!(refused.unwrap_err().status.as_u16(), 503);
    }
}
