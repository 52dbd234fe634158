//! A door at which others hand documents in over HTTP: `POST /v1/articles`, and `GET /healthz` for who watches the door.
//!
//! `200` is said only after the commit. A sender who gets no answer may ask again with the same `Idempotency-Key`: what
//! was committed under a key is remembered, in the same commit, and is not taken a second time.

mod answer;
mod body;
mod door;
mod request;

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use self::door::Door;
use crate::source::{Push, Secret};
use crate::{Config, Error, Kind, Line, Source, Summary};

/// Callers that are served at one time; others wait to be let in.
const CONNECTIONS_MAX: usize = 256;
/// A caller who has not sent the head of a request by then is cut off, also between two requests.
const HEAD_WAIT: Duration = Duration::from_secs(15);
/// Bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Pause after the system could not let a caller in: it is out of something.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A door that can be opened.
#[derive(Debug)]
pub(crate) struct Ready {
    token: Option<Secret>,
    /// `None` while another door of ours has the address, which will be closed.
    listener: Option<TcpListener>,
}

/// Makes sure that a door can be opened: its token is there, and nobody else listens at its address.
///
/// # Errors
///
/// When the address cannot be listened at, or the token that is configured is not there.
pub(crate) async fn prepare(source: &Source, push: &Push, is_ours: bool) -> Result<Ready, Error> {
    let token = push.token.as_ref().map(|token| token.read(&source.name)).transpose()?;
    let listener = if is_ours { None } else { Some(bind(source, push).await?) };
    Ok(Ready { token, listener })
}

impl Ready {
    /// Digest of the door's token.
    pub(crate) fn token(&self) -> Option<blake3::Hash> {
        self.token.as_ref().map(digest)
    }
}

/// Digest of the token that a door would have now; `None` where it has none, and for a source that is no door.
pub(crate) fn token(source: &Source) -> Option<blake3::Hash> {
    let Kind::Push(Push { token: Some(token), .. }) = &source.kind else { return None };
    token.read(&source.name).ok().as_ref().map(digest)
}

/// To compare digests takes the same time wherever the tokens differ.
fn digest(token: &Secret) -> blake3::Hash {
    blake3::hash(token.expose().as_bytes())
}

async fn bind(source: &Source, push: &Push) -> Result<TcpListener, Error> {
    let listen = |error| Error::Listen { source_name: source.name.clone(), address: push.listen, error };
    TcpListener::bind(push.listen).await.map_err(listen)
}

/// Serves until `stop`, then ends the requests that are under way.
pub(crate) async fn run(
    config: &Config,
    source: &Source,
    push: &Push,
    ready: Ready,
    line: Line,
    stop: CancellationToken,
) -> Summary {
    let door = Arc::new(Door::new(config, source, push, ready.token.as_ref(), line, stop.clone()));
    let listener = match ready.listener {
        Some(listener) => listener,
        None => match bind_again(config, source, push, &stop).await {
            Some(listener) => listener,
            None => return Summary::default(),
        },
    };
    let address = listener.local_addr().unwrap_or(push.listen);
    info!(source = source.name, %address, token = push.token.is_some(), "documents can be handed in");
    serve(&listener, address, &door, &stop).await;
    door.finish().await
}

/// Takes an address over that a door of ours had. Should somebody else have been quicker, it is tried again until
/// `stop`: the daemon has other sources.
async fn bind_again(
    config: &Config,
    source: &Source,
    push: &Push,
    stop: &CancellationToken,
) -> Option<TcpListener> {
    loop {
        match bind(source, push).await {
            Ok(listener) => return Some(listener),
            Err(error) => {
                error!(%error, cause = error.source().map(tracing::field::display), "it is tried again");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(config.retry_wait_max) => {}
        }
    }
}

/// Whether two doors cannot be open at the same time.
pub(crate) fn collide(one: SocketAddr, other: SocketAddr) -> bool {
    // Port 0 is any that is free; an unspecified address is all of them.
    let any = |address: SocketAddr| address.ip().is_unspecified();
    one.port() == other.port() && one.port() != 0 && (one.ip() == other.ip() || any(one) || any(other))
}

async fn serve(listener: &TcpListener, address: SocketAddr, door: &Arc<Door>, stop: &CancellationToken) {
    let app = Router::new()
        .route("/v1/articles", post(door::articles))
        .route("/healthz", get(door::healthz))
        .with_state(Arc::clone(door));
    let mut callers = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            Some(_) = callers.join_next() => {}
            accepted = listener.accept(), if callers.len() < CONNECTIONS_MAX => match accepted {
                Ok((stream, _)) => {
                    callers.spawn(attend(stream, app.clone(), stop.clone()));
                }
                Err(error) => {
                    warn!(%address, %error, "a caller could not be let in");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    let under_way = callers.len();
    info!(%address, under_way, "no more documents are taken in");
    while callers.join_next().await.is_some() {}
}

async fn attend(stream: TcpStream, app: Router, stop: CancellationToken) {
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WAIT)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app));
    tokio::pin!(serving);
    let served = tokio::select! {
        served = serving.as_mut() => served,
        () = stop.cancelled() => {
            // The request under way is answered; then the connection closes.
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = served {
        debug!(%error, "a caller was cut off");
    }
}

#[cfg(test)]
mod tests;
