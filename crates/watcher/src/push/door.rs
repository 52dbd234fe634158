//! Takes documents in: each on its own way through the line, told of when its receipt is back.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use document::address::{self, shown};
use document::{
    Delivery, Digest, Envelope, Origin, Outcome, Position, RawDocument, Reason, Receipt, Rejected,
    SourceKind, Stage,
};
use jiff::Timestamp;
use tokio::time::{interval, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::answer::{Refused, Told, answer};
use super::body::{BodyLine, Incoming};
use super::request::{self, Asked, Form};
use crate::archive::{JSON, begins_as_json, encoded};
use crate::source::{Push, Secret};
use crate::{Config, Line, Source, Summary};

/// How long the first document of a request waits for room in the line, before the caller is told to come again.
const ROOM_WAIT: Duration = Duration::from_secs(1);
/// The same for further lines of a request, for which the caller is kept waiting.
const MORE_ROOM_WAIT: Duration = Duration::from_secs(30);
/// How often a caller who waits for a commit is remembered when nothing can be committed.
const LOOK: Duration = Duration::from_millis(250);

/// What all requests share.
pub(super) struct Door {
    source: Arc<str>,
    /// Digest of the token.
    token: Option<blake3::Hash>,
    document_bytes_max: usize,
    body_bytes_max: usize,
    line: Line,
    stop: CancellationToken,
    /// Keys of the requests that are under way.
    busy: Mutex<HashSet<String>>,
    summary: Arc<Mutex<Summary>>,
    requests: TaskTracker,
}

/// `POST /v1/articles`.
pub(super) async fn articles(State(door): State<Arc<Door>>, request: Request) -> Response {
    let requests = door.requests.clone();
    // A caller who hangs up ends what he is told, not what he asked for.
    let taking = requests.spawn(async move { door.take(request).await });
    match taking.await {
        Ok(Ok(response)) => response,
        Ok(Err(refused)) => refused.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// `GET /healthz`: 200 where documents can be taken in and committed, 503 where they cannot.
pub(super) async fn healthz(State(door): State<Arc<Door>>) -> Response {
    match door.open() {
        Ok(()) => ([(CONTENT_TYPE, "application/json")], "{\"status\":\"ok\"}\n").into_response(),
        Err(refused) => refused.into_response(),
    }
}

impl Door {
    pub(super) fn new(
        config: &Config,
        source: &Source,
        push: &Push,
        token: Option<&Secret>,
        line: Line,
        stop: CancellationToken,
    ) -> Self {
        let document_bytes_max = config.of(source).document_bytes_max;
        Self {
            source: Arc::from(source.name.as_str()),
            token: token.map(super::digest),
            document_bytes_max,
            body_bytes_max: push.body_bytes_max.unwrap_or(4 * document_bytes_max),
            line,
            stop,
            busy: Mutex::default(),
            summary: Arc::default(),
            requests: TaskTracker::new(),
        }
    }

    /// Waits until all requests are done, also those whose callers have gone.
    pub(super) async fn finish(&self) -> Summary {
        self.requests.close();
        self.requests.wait().await;
        *lock(&self.summary)
    }

    async fn take(self: Arc<Self>, request: Request) -> Result<Response, Refused> {
        let (head, body) = request.into_parts();
        if let Some(token) = &self.token {
            let shown = request::bearer(&head.headers).ok_or_else(Refused::token)?;
            if blake3::hash(shown) != *token {
                return Err(Refused::token());
            }
        }
        self.open()?;
        let asked = request::read(&head.uri, &head.headers)?;
        let limit = match asked.form {
            Form::Document { .. } => self.document_bytes_max.min(self.body_bytes_max),
            Form::Lines => self.body_bytes_max,
        };
        if asked.length.is_some_and(|length| length > limit as u64) {
            return Err(Refused::too_large(format!("the body may have {limit} bytes")));
        }
        let _turn = match &asked.key {
            Some(key) => Some(Turn::take(&self, key)?),
            None => None,
        };
        let body = Incoming::new(body, limit, self.stop.clone());
        match asked.form {
            Form::Document { .. } => self.take_document(&asked, body).await,
            Form::Lines => Ok(self.take_lines(&asked, body).await),
        }
    }

    /// Whether documents can be taken in and committed.
    fn open(&self) -> Result<(), Refused> {
        if self.stop.is_cancelled() {
            return Err(Refused::unwritable("the daemon is stopping"));
        }
        match self.line.writable.trouble() {
            Some(reason) => Err(Refused::unwritable(format!("the store cannot be written: {reason}"))),
            None => Ok(()),
        }
    }

    async fn take_document(&self, asked: &Asked, body: Incoming) -> Result<Response, Refused> {
        let body = body.whole().await?;
        if body.is_empty() {
            return Err(Refused::bad("the body is empty"));
        }
        let Asked { form, waits, key, location, .. } = asked;
        let (media_type, charset) = match form {
            Form::Document { media_type, charset } => (media_type.clone(), charset.clone()),
            Form::Lines => (None, None),
        };
        let digest = Digest::of(&body).hex();
        let uri = match location {
            Some(location) => shown(location),
            None => self.uri(key.as_deref().unwrap_or(&digest[..16])),
        };
        let mut raw = RawDocument::new(self.origin(uri, media_type, charset), body);
        raw.identity = location.as_ref().map(address::key);
        let (told, replayed) = match self.offer(key.as_deref(), None, raw, None, ROOM_WAIT).await? {
            Offered::Known(receipt) => (Ok(Told::of(None, receipt)), true),
            Offered::Sent(delivery) => (self.tell(None, delivery, *waits).await, false),
        };
        Ok(match told {
            Ok(told) => answer(&[told], None, replayed),
            Err((told, refused)) => answer(&[told], Some(&refused), false),
        })
    }

    async fn take_lines(&self, asked: &Asked, mut body: Incoming) -> Response {
        let mut offered = Vec::new();
        let mut refused = None;
        let mut replayed = true;
        loop {
            let line = match body.line(self.document_bytes_max).await {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(why) => {
                    refused = Some(why);
                    break;
                }
            };
            let number = line.number;
            let wait = if offered.is_empty() { ROOM_WAIT } else { MORE_ROOM_WAIT };
            match self.offer_line(asked.key.as_deref(), line, wait).await {
                Ok(one) => {
                    replayed &= matches!(one, Offered::Known(_));
                    offered.push((number, one));
                }
                Err(why) => {
                    refused = Some(why);
                    offered.push((number, Offered::Known(Receipt { outcome: Outcome::Lost, id: None })));
                    break;
                }
            }
        }
        if offered.is_empty() && refused.is_none() {
            refused = Some(Refused::bad("the body holds no document"));
        }
        let mut documents = Vec::with_capacity(offered.len());
        for (number, offered) in offered {
            let line = Some(number);
            documents.push(match offered {
                Offered::Known(receipt) => Told::of(line, receipt),
                // Who cannot be told of one commit is not kept waiting for the others.
                Offered::Sent(delivery) if refused.is_none() || asked.waits => {
                    match self.tell(line, delivery, asked.waits).await {
                        Ok(told) => told,
                        Err((told, why)) => {
                            refused.get_or_insert(why);
                            told
                        }
                    }
                }
                Offered::Sent(_) => Told::queued(line),
            });
        }
        answer(&documents, refused.as_ref(), replayed && documents.iter().any(Told::is_taken))
    }

    async fn offer_line(
        &self,
        key: Option<&str>,
        line: BodyLine,
        wait: Duration,
    ) -> Result<Offered, Refused> {
        let BodyLine { number, body, bytes } = line;
        let digest = Digest::of(&body).hex();
        let mut uri = self.uri(key.unwrap_or(&digest[..16]));
        // Writing to a string cannot fail.
        let _ = write!(uri, "#L{number}");
        let refused = if bytes > body.len() as u64 {
            let limit = self.document_bytes_max;
            Some((
                Reason::TooLarge,
                format!("line {number} has {bytes} bytes, the limit is {limit} (document-bytes-max)"),
                bytes,
            ))
        } else if begins_as_json(&body) {
            None
        } else {
            Some((Reason::Malformed, format!("line {number} is not a JSON document"), bytes))
        };
        let origin = self.origin(uri, Some(JSON.to_owned()), None);
        self.offer(key, Some(number), RawDocument::new(origin, body), refused, wait).await
    }

    /// Sends a document on its way, unless its receipt is known under the key.
    async fn offer(
        &self,
        key: Option<&str>,
        line: Option<u64>,
        raw: RawDocument,
        refused: Option<(Reason, String, u64)>,
        wait: Duration,
    ) -> Result<Offered, Refused> {
        let digest = &raw.digest.hex()[..32];
        let position = match key {
            None => None,
            Some(key) => {
                let key = line.map_or_else(|| format!("key {key}"), |line| format!("key {key} {line}"));
                if let Some(known) = self.line.positions.value(&self.source, &key) {
                    return match Position::parse_receipt(&known) {
                        Some((of, receipt)) if of == digest => Ok(Offered::Known(receipt)),
                        _ => Err(Refused::other_body()),
                    };
                }
                Some(Position::receipt(Arc::clone(&self.source), key, digest))
            }
        };
        self.open()?;
        let sending = async {
            let reservation = self.line.budget.reserve(raw.body.len()).await;
            match refused {
                None => {
                    let (envelope, delivery) = Envelope::new(raw, position, reservation);
                    self.line.documents.send(envelope).await.map(|()| delivery)
                }
                Some((reason, message, bytes)) => {
                    let rejected = Rejected { raw, bytes, stage: Stage::Watcher, reason, message };
                    let (envelope, delivery) = Envelope::new(rejected, position, reservation);
                    self.line.rejects.send(envelope).await.map(|()| delivery)
                }
            }
        };
        match timeout(wait, sending).await {
            Ok(Ok(delivery)) => Ok(Offered::Sent(delivery)),
            Ok(Err(document::Closed)) => Err(Refused::unwritable("the daemon is stopping")),
            Err(_) => self.open().and(Err(Refused::full())),
        }
    }

    /// Waits for a receipt; or no longer than the store can be written.
    async fn tell(
        &self,
        line: Option<u64>,
        delivery: Delivery,
        waits: bool,
    ) -> Result<Told, (Told, Refused)> {
        if !waits {
            let summary = Arc::clone(&self.summary);
            self.requests.spawn(async move {
                let outcome = delivery.outcome().await;
                lock(&summary).count(outcome);
            });
            return Ok(Told::queued(line));
        }
        let mut look = interval(LOOK);
        let receipt = delivery.receipt();
        tokio::pin!(receipt);
        loop {
            tokio::select! {
                biased;
                receipt = &mut receipt => {
                    if receipt.id.is_none() {
                        let refused = Refused::unwritable("nothing was committed; ask again");
                        return Err((Told::not_taken(line), refused));
                    }
                    lock(&self.summary).count(receipt.outcome);
                    return Ok(Told::of(line, receipt));
                }
                _ = look.tick() => {
                    if let Some(reason) = self.line.writable.trouble() {
                        let reason = format!("the store cannot be written, the document waits: {reason}");
                        return Err((Told::queued(line), Refused::unwritable(reason)));
                    }
                }
            }
        }
    }

    fn uri(&self, name: &str) -> String {
        format!("push:{}/{}", encoded(&self.source), encoded(name))
    }

    fn origin(&self, uri: String, media_type: Option<String>, charset: Option<String>) -> Origin {
        Origin {
            kind: SourceKind::Push,
            name: self.source.to_string(),
            uri,
            media_type,
            charset,
            observed_at: Timestamp::now(),
            http: None,
        }
    }
}

/// A document that was offered.
enum Offered {
    /// It was committed before, and this was said then.
    Known(Receipt),
    /// It is on its way.
    Sent(Delivery),
}

/// The right to work on a key, given back when it is dropped.
struct Turn<'a> {
    door: &'a Door,
    key: &'a str,
}

impl<'a> Turn<'a> {
    fn take(door: &'a Door, key: &'a str) -> Result<Self, Refused> {
        if !lock(&door.busy).insert(key.to_owned()) {
            return Err(Refused::busy());
        }
        Ok(Self { door, key })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(&self.door.busy).remove(self.key);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind it is whole at any moment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
