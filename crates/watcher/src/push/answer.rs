//! What a caller is told.

use std::time::Duration;

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use document::{ContentId, Receipt};
use serde::Serialize;

/// What became of one document of a request.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Told {
    /// Its line in the body, of a body of lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u64>,
    /// `stored`, `duplicate`, `quarantined`, `queued`; or `not_taken`, of which nothing was committed.
    pub(super) outcome: &'static str,
    /// Id of the article, or of the entry in quarantine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<ContentId>,
}

impl Told {
    /// What a receipt says.
    pub(super) fn of(line: Option<u64>, receipt: Receipt) -> Self {
        let outcome = if receipt.id.is_some() { receipt.outcome.as_str() } else { NOT_TAKEN };
        Self { line, outcome, id: receipt.id }
    }

    /// A document whose fate is not known yet.
    pub(super) fn queued(line: Option<u64>) -> Self {
        Self { line, outcome: "queued", id: None }
    }

    /// A document of which nothing was committed.
    pub(super) fn not_taken(line: Option<u64>) -> Self {
        Self { line, outcome: NOT_TAKEN, id: None }
    }

    pub(super) fn is_taken(&self) -> bool {
        self.outcome != NOT_TAKEN
    }
}

const NOT_TAKEN: &str = "not_taken";

/// Why a request, or the rest of it, is not done.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    message: String,
    /// When to ask again.
    retry_after: Option<Duration>,
}

impl Refused {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), retry_after: None }
    }

    /// The request makes no sense.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// The body is of a kind that is not read.
    pub(super) fn media(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
    }

    /// The token is missing or wrong.
    pub(super) fn token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "this takes the bearer token that is configured")
    }

    /// The body is longer than it may be.
    pub(super) fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    }

    /// The body comes too slowly.
    pub(super) fn slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "the body came too slowly")
    }

    /// A request with this key is under way.
    pub(super) fn busy() -> Self {
        let refused = Self::new(StatusCode::CONFLICT, "a request with this idempotency-key is under way");
        Self { retry_after: Some(Duration::from_secs(1)), ..refused }
    }

    /// The key belongs to another body.
    pub(super) fn other_body() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "this idempotency-key was used for another document")
    }

    /// The line is full.
    pub(super) fn full() -> Self {
        let refused = Self::new(StatusCode::TOO_MANY_REQUESTS, "too many documents are on their way");
        Self { retry_after: Some(Duration::from_secs(2)), ..refused }
    }

    /// Nothing can be committed now.
    pub(super) fn unwritable(reason: impl Into<String>) -> Self {
        let refused = Self::new(StatusCode::SERVICE_UNAVAILABLE, reason);
        Self { retry_after: Some(Duration::from_secs(10)), ..refused }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Told]>::is_empty")]
    documents: &'a [Told],
}

/// Whether a remembered answer is given again (`idempotent-replayed`, as others call it).
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The answer to a request, with what became of each document, and why it is not done if it is not.
pub(super) fn answer(documents: &[Told], refused: Option<&Refused>, replayed: bool) -> Response {
    let queued = documents.iter().any(|told| told.outcome == "queued");
    let done = if queued { StatusCode::ACCEPTED } else { StatusCode::OK };
    let status = refused.map_or(done, |refused| refused.status);
    let body = Body { error: refused.map(|refused| refused.message.as_str()), documents };
    // A value of ours is always JSON.
    let mut json = serde_json::to_vec(&body).unwrap_or_default();
    json.push(b'\n');
    let mut response = (status, json).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(pause) = refused.and_then(|refused| refused.retry_after) {
        headers.insert(RETRY_AFTER, HeaderValue::from(pause.as_secs()));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if replayed {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        answer(&[], Some(&self), false)
    }
}
