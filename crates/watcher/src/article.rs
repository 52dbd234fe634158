//! From a link to a committed article: fetched if it is not known, offered to the line, and known from then on by the
//! positions that are committed with it.
//!
//! Two kinds of position belong to it. Under the reserved source [`FETCHED`], for each address of the article, what it
//! costs a 304 to ask again and when it was fetched: all sources share these, so an article that two feeds and a
//! sitemap lead to is fetched once. Under the source's own name, what the source said of it, to tell an edit.

use std::io;
use std::sync::Arc;

use axum::http::StatusCode;
use bytes::Bytes;
use document::address::{self, masked, shown};
use document::{
    Announced, Closed, Delivery, Digest, Envelope, Http, Origin, Outcome, Position, RawDocument, Reason,
    Rejected, SourceKind, Stage,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};
use url::Url;

use crate::Line;
use crate::canonical;
use crate::fetch::{ACCEPT_PAGE, Answer, Failure, Fetched, Request};
use crate::web::Web;

/// Name of the source whose positions tell which addresses were fetched, for all sources together.
pub const FETCHED: &str = "fetched";

/// A connection that an answer came over, while it is held.
type Connection = Option<Arc<OwnedSemaphorePermit>>;

/// What one source needs to offer articles.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) web: Arc<Web>,
    pub(crate) line: Line,
    pub(crate) source: Arc<str>,
    pub(crate) kind: SourceKind,
    pub(crate) document_bytes_max: usize,
    pub(crate) stop: CancellationToken,
}

/// A link to an article.
#[derive(Debug, Clone)]
pub(crate) struct Lead {
    pub(crate) url: Url,
    /// The key under which the source remembers the article, and the state in which it announced it.
    pub(crate) own: Option<(String, String)>,
    pub(crate) announced: Option<Box<Announced>>,
    /// The identity under which the source knows the article already.
    pub(crate) identity: Option<String>,
}

/// Whether an article that is known is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Only one that is not known.
    New,
    /// Also one that is known, unless it was fetched at this time or later.
    Since(Timestamp),
    /// Also one that is known: it may have been edited.
    Again,
}

/// What became of a link.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Visited {
    /// Its document's fate is on disk.
    Settled(Outcome),
    /// It was known.
    Known,
    /// It was known, and is what it was.
    Unchanged,
    /// It could not be fetched.
    Failed(Failure),
    /// The store could not take it.
    Lost,
    /// The watcher is to stop, and nothing was offered.
    Stopped,
}

/// What is known of an address that was fetched, as the value of its position.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Known {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    /// Digest of the body, when there was one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    /// The article's identity, where it is not the address's own key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<String>,
    pub(crate) at: Timestamp,
}

impl Mode {
    /// Whether what is known is enough.
    pub(crate) fn is_content_with(self, known: &Known) -> bool {
        match self {
            Self::New => true,
            Self::Since(changed) => known.at >= changed,
            Self::Again => false,
        }
    }
}

impl Desk {
    /// What is known of the address with this key.
    pub(crate) fn known(&self, key: &str) -> Option<Known> {
        serde_json::from_str(&self.line.positions.value(FETCHED, key)?).ok()
    }

    /// The state in which this source announced the article that it remembers under `key`, and its identity.
    pub(crate) fn remembered(&self, key: &str) -> Option<(String, String)> {
        let value = self.line.positions.value(&self.source, key)?;
        let (state, identity) = value.split_once(' ')?;
        Some((state.to_owned(), identity.to_owned()))
    }

    /// Fetches the article that a link leads to, if it is to be fetched, and waits until its fate is on disk.
    pub(crate) async fn visit(&self, lead: Lead, mode: Mode) -> Visited {
        let key = address::key(&lead.url);
        let Some(_claim) = self.unless_stopped(self.web.claims.claim(&key)).await else {
            return Visited::Stopped;
        };
        // Only now: another source may have brought it while this one waited.
        let known = self.known(&key);
        if known.as_ref().is_some_and(|known| mode.is_content_with(known)) {
            return Visited::Known;
        }
        let known = known.unwrap_or_default();
        let request = Request {
            url: &lead.url,
            etag: known.etag.as_deref(),
            last_modified: known.last_modified.as_deref(),
            accept: ACCEPT_PAGE,
            bytes_max: self.document_bytes_max,
        };
        // Boxed, so that the thousands that wait for their turn are small.
        let fetching = Box::pin(self.web.fetcher.fetch_held(request));
        let answer = match self.unless_stopped(fetching).await {
            None => return Visited::Stopped,
            Some(Err(failure)) => return Visited::Failed(failure),
            Some(Ok(Fetched::Unchanged { .. })) => return Visited::Unchanged,
            Some(Ok(Fetched::Whole(answer))) => *answer,
        };
        let digest = Digest::of(&answer.body);
        if known.digest == Some(digest) {
            return Visited::Unchanged;
        }
        self.keep(&answer).await;
        Box::pin(self.offer(lead, &key, known.identity, answer, digest)).await
    }

    /// Keeps an answer as it came, where that is configured. The article goes on whether or not it could be kept.
    async fn keep(&self, answer: &Answer) {
        let Some(archive) = self.web.raw_archive.as_ref().filter(|_| !answer.cut) else { return };
        let Ok(status) = StatusCode::from_u16(answer.status) else { return };
        let archive = Arc::clone(archive);
        let target = target(&answer.url);
        let (at, fields, body) = (answer.observed_at, answer.fields.clone(), answer.body.clone());
        let keeping = move || archive.keep(&target, at, status, &fields, &body);
        kept(&answer.url, tokio::task::spawn_blocking(keeping).await);
    }

    /// The same for an article that a feed carries: what is kept is the page that was made of it.
    async fn keep_content(&self, url: &Url, at: Timestamp, page: &Bytes) {
        let Some(archive) = &self.web.raw_archive else { return };
        let archive = Arc::clone(archive);
        let (target, page) = (target(url), page.clone());
        let keeping = move || archive.keep_made(&target, at, "text/html; charset=utf-8", &page);
        kept(url, tokio::task::spawn_blocking(keeping).await);
    }

    /// Offers a document that was fetched.
    async fn offer(
        &self,
        lead: Lead,
        key: &str,
        known_identity: Option<String>,
        answer: Answer,
        digest: Digest,
    ) -> Visited {
        let own_key = address::key(&canonical::named(&answer.url, &answer.body));
        let own = if own_key == key { None } else { self.known(&own_key) };
        let own_is_new = own_key != key && own.is_none();
        let identity = lead.identity.or(known_identity).or_else(|| own?.identity);
        let identity = identity.unwrap_or_else(|| own_key.clone());
        let known = |key: &str| Known {
            etag: answer.etag.clone(),
            last_modified: answer.last_modified.clone(),
            digest: Some(digest),
            identity: (identity != key).then(|| identity.clone()),
            at: answer.observed_at,
        };
        let mut positions = vec![position(key, &known(key))];
        if own_is_new {
            // Validators belong to the address that gave them.
            let other = Known { etag: None, last_modified: None, digest: None, ..known(&own_key) };
            positions.push(position(&own_key, &other));
        }
        positions.extend(lead.own.map(|own| self.own_position(own, &identity)));
        let origin = Origin {
            kind: self.kind,
            name: self.source.to_string(),
            uri: shown(&address::without_tracking(&answer.url)),
            media_type: answer.media_type,
            charset: answer.charset,
            observed_at: answer.observed_at,
            http: Some(Http {
                status: answer.status,
                etag: answer.etag.clone(),
                last_modified: answer.last_modified.clone(),
            }),
        };
        let raw = RawDocument {
            origin,
            body: answer.body,
            digest,
            identity: Some(identity),
            announced: lead.announced,
        };
        if answer.cut {
            let message = format!(
                "the answer has {} bytes or more, the limit is {} (document-bytes-max)",
                answer.length, self.document_bytes_max
            );
            let rejected = Rejected {
                raw,
                bytes: answer.length,
                stage: Stage::Watcher,
                reason: Reason::TooLarge,
                message,
            };
            return self.reject(rejected, positions, answer.connection).await;
        }
        self.send(raw, positions, answer.connection).await
    }

    /// Offers an article whose text is in the feed itself. `key` is that of its address, where it has one.
    pub(crate) async fn offer_content(
        &self,
        lead: Lead,
        key: Option<String>,
        identity: String,
        page: String,
        mode: Mode,
    ) -> Visited {
        let claim = self.web.claims.claim(key.as_deref().unwrap_or(&identity));
        let Some(_claim) = self.unless_stopped(claim).await else { return Visited::Stopped };
        let known = key.as_deref().and_then(|key| self.known(key));
        if known.is_some_and(|known| mode.is_content_with(&known)) {
            return Visited::Known;
        }
        let now = crate::clock::now();
        let page = Bytes::from(page);
        let mut positions = Vec::new();
        if let Some(key) = key {
            self.keep_content(&lead.url, now, &page).await;
            let known =
                Known { identity: (identity != key).then(|| identity.clone()), at: now, ..Known::default() };
            positions.push(position(&key, &known));
        }
        positions.extend(lead.own.map(|own| self.own_position(own, &identity)));
        let origin = Origin {
            kind: self.kind,
            name: self.source.to_string(),
            uri: shown(&address::without_tracking(&lead.url)),
            media_type: Some("text/html".to_owned()),
            charset: Some("utf-8".to_owned()),
            observed_at: now,
            http: None,
        };
        let mut raw = RawDocument::new(origin, page);
        raw.identity = Some(identity);
        raw.announced = lead.announced;
        self.send(raw, positions, None).await
    }

    fn own_position(&self, (key, state): (String, String), identity: &str) -> Position {
        Position { source: Arc::clone(&self.source), key, value: format!("{state} {identity}") }
    }

    /// Offers a document, and waits for its receipt. Its connection is given up once the line has taken it: where the
    /// line is slower than the web, no more is fetched than it takes.
    async fn send(&self, raw: RawDocument, positions: Vec<Position>, connection: Connection) -> Visited {
        debug!(uri = raw.origin.uri, bytes = raw.body.len(), "document offered");
        let Some(Ok(_room)) = self.unless_stopped(self.web.offered.acquire()).await else {
            return Visited::Stopped;
        };
        let sending = async {
            let _connection = connection;
            let reservation = self.line.budget.reserve(raw.body.len()).await;
            let (envelope, delivery) = Envelope::new(raw, positions, reservation);
            self.line.documents.send(envelope).await.map(|()| delivery)
        };
        self.settle(self.unless_stopped(sending).await).await
    }

    async fn reject(&self, rejected: Rejected, positions: Vec<Position>, connection: Connection) -> Visited {
        let Some(Ok(_room)) = self.unless_stopped(self.web.offered.acquire()).await else {
            return Visited::Stopped;
        };
        let sending = async {
            let _connection = connection;
            let reservation = self.line.budget.reserve(rejected.raw.body.len()).await;
            let (envelope, delivery) = Envelope::new(rejected, positions, reservation);
            self.line.rejects.send(envelope).await.map(|()| delivery)
        };
        self.settle(self.unless_stopped(sending).await).await
    }

    /// Waits for a receipt. What is on its way is waited for, also by a watcher that is to stop.
    async fn settle(&self, sent: Option<Result<Delivery, Closed>>) -> Visited {
        match sent {
            Some(Ok(delivery)) => match delivery.outcome().await {
                Outcome::Lost => Visited::Lost,
                outcome => Visited::Settled(outcome),
            },
            Some(Err(Closed)) => {
                // Nobody takes anything any more.
                self.stop.cancel();
                Visited::Stopped
            }
            None => Visited::Stopped,
        }
    }

    /// Reads a list (a feed, a sitemap) on a thread that may take its time. A reader that panics is a list that cannot
    /// be read; `None` when the watcher is to stop.
    pub(crate) async fn read<T: Send + 'static, E: ToString + Send + 'static>(
        &self,
        read: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Option<Result<T, String>> {
        let Ok(_permit) = self.unless_stopped(self.web.readers.acquire()).await? else { return None };
        Some(match tokio::task::spawn_blocking(read).await {
            Ok(read) => read.map_err(|error| error.to_string()),
            Err(_) => Err("reading it hit a defect of ours".to_owned()),
        })
    }

    /// Waits for `work`; `None` when the watcher is to stop first.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => None,
            done = work => Some(done),
        }
    }
}

/// Under which address something is kept: that where it was found, from which a replay makes the same record.
fn target(url: &Url) -> String {
    masked(&address::without_tracking(url)).into()
}

/// Says when something could not be kept.
fn kept(url: &Url, keeping: Result<io::Result<()>, tokio::task::JoinError>) {
    if let Ok(Err(error)) = keeping {
        warn!(url = shown(url), %error, "what was fetched could not be kept in the raw archive");
    }
}

/// The position of an address that was fetched.
fn position(key: &str, known: &Known) -> Position {
    // A map of texts, which JSON can always hold.
    let value = serde_json::to_string(known).unwrap_or_default();
    Position { source: Arc::from(FETCHED), key: key.to_owned(), value }
}
