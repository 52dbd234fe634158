use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::available_parallelism;

use document::{Article, Inbox, Outbox, ParsedArticle, RawDocument, Reason, Rejected, Stage};
use tokio::task::JoinSet;
use tracing::{debug, warn};

use crate::{Config, Error, Parser};

/// Reads documents from `inbox` until it is closed and drained, or until a next stage is gone.
///
/// Fails when the phrase lists cannot be read; never because of a document.
pub async fn run(
    config: Config,
    inbox: Inbox<RawDocument>,
    outbox: Outbox<ParsedArticle>,
    rejects: Outbox<Rejected>,
) -> Result<(), Error> {
    let parser = Arc::new(Parser::new(&config)?);
    let mut workers = JoinSet::new();
    for _ in 0..worker_count(config.workers) {
        let (parser, inbox) = (Arc::clone(&parser), inbox.clone());
        let (outbox, rejects) = (outbox.clone(), rejects.clone());
        // Reading is computation: each worker is a thread that may block.
        workers.spawn_blocking(move || work(&parser, &inbox, &outbox, &rejects));
    }
    // The workers hold the queues now; each closes when the last of them ends.
    drop((inbox, outbox, rejects));
    while let Some(ended) = workers.join_next().await {
        ended?;
    }
    Ok(())
}

fn worker_count(configured: usize) -> usize {
    match configured {
        0 => available_parallelism().map_or(1, std::num::NonZero::get),
        count => count,
    }
}

fn work(
    parser: &Parser,
    inbox: &Inbox<RawDocument>,
    outbox: &Outbox<ParsedArticle>,
    rejects: &Outbox<Rejected>,
) {
    while let Ok(envelope) = inbox.recv_blocking() {
        let sent = match attempt(parser, &envelope.document) {
            Ok(article) => outbox.send_blocking(envelope.map(|raw| ParsedArticle { raw, article })).is_ok(),
            Err((reason, message)) => {
                let uri = envelope.document.origin.uri.as_str();
                if reason == Reason::Panic {
                    warn!(uri, reason = reason.as_str(), message, "document rejected");
                } else {
                    debug!(uri, reason = reason.as_str(), message, "document rejected");
                }
                let reject = |raw| Rejected::new(raw, Stage::Parser, reason, message);
                rejects.send_blocking(envelope.map(reject)).is_ok()
            }
        };
        if !sent {
            break; // The next stage is gone; what is still in flight counts as lost.
        }
    }
}

/// Reads one document. A panic on it is a defect of ours: the document is rejected and the worker goes on, which
/// is sound since a parser holds nothing that reading changes.
fn attempt(parser: &Parser, raw: &RawDocument) -> Result<Article, (Reason, String)> {
    match catch_unwind(AssertUnwindSafe(|| parser.parse(raw))) {
        Ok(Ok(article)) => Ok(article),
        Ok(Err(error)) => Err((error.reason(), error.to_string())),
        Err(payload) => {
            Err((Reason::Panic, format!("reading panicked: {}", panic_message(payload.as_ref()))))
        }
    }
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(message), _) => message,
        (None, Some(message)) => message,
        (None, None) => "no message",
    }
}
