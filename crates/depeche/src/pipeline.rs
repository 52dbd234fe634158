//! The whole line on one page.

use std::sync::Arc;

use anyhow::Context;
use document::{ByteBudget, EnrichedArticle, ParsedArticle, RawDocument, Rejected, channel};
use sink::{Health, Store};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use watcher::Summary;

use crate::config::Config;
use crate::readers::Readers;

/// What can be seen of a running line from outside.
#[derive(Clone)]
pub struct Gauges {
    /// Whether the store can be written.
    pub health: watch::Receiver<Health>,
    /// Bytes of documents on their way.
    pub budget: ByteBudget,
    /// How many documents wait between two stages, in the order of the line.
    pub queues: [Depth; 4],
}

/// The name of a queue, and how to ask how many documents wait in it.
pub type Depth = (&'static str, Arc<dyn Fn() -> usize + Send + Sync>);

/// Runs the line until `source` ends and everything it offered is settled.
///
/// `source` gets the line's entrance, and the gauges; when it drops the entrance, each stage drains, returns, and so
/// closes the next one. If a stage fails, `stop` is cancelled, the rest drains, and the first error is returned.
pub async fn run<Source, Offering>(
    config: &Config,
    readers: &Readers,
    store: Store,
    stop: &CancellationToken,
    source: Source,
) -> anyhow::Result<Summary>
where
    Source: FnOnce(watcher::Line, Gauges) -> Offering,
    Offering: Future<Output = anyhow::Result<Summary>>,
{
    let depth = config.line.queue_depth;
    let (raw_out, raw_in) = channel::<RawDocument>(depth);
    let (parsed_out, parsed_in) = channel::<ParsedArticle>(depth);
    let (enriched_out, enriched_in) = channel::<EnrichedArticle>(depth);
    let (rejected_out, rejected_in) = channel::<Rejected>(depth);
    let (health_out, health_in) = watch::channel(Health::Writing);

    let positions = store.positions();
    let gauges = Gauges {
        health: health_in,
        budget: ByteBudget::new(config.line.in_flight_bytes_max),
        queues: [
            waiting("raw", &raw_in),
            waiting("parsed", &parsed_in),
            waiting("enriched", &enriched_in),
            waiting("rejected", &rejected_in),
        ],
    };
    let health = gauges.health.clone();
    let line = watcher::Line {
        documents: raw_out,
        rejects: rejected_out.clone(),
        budget: gauges.budget.clone(),
        positions: watcher::Positions::new(move |source, key| positions.get(source, key)),
        writable: watcher::Writable::new(move || match &*health.borrow() {
            Health::Writing => None,
            Health::Waiting { reason, .. } => Some(reason.clone()),
        }),
    };

    let watch = source(line, gauges);
    let (parsers, enrichers) = (readers.parser.subscribe(), readers.enricher.subscribe());
    let parse = parser::run(config.parser.workers, parsers, raw_in, parsed_out, rejected_out.clone());
    let enrich = enricher::run(config.enricher.workers, enrichers, parsed_in, enriched_out, rejected_out);
    let store = sink::run(store, enriched_in, rejected_in, health_out, stop.clone());

    // Boxed, so that whoever holds this future does not hold all four stages on its stack.
    let (watch, parse, enrich, store) = tokio::join!(
        Box::pin(or_stop(stop, watch)),
        Box::pin(or_stop(stop, async { parse.await.context("the parser failed") })),
        Box::pin(or_stop(stop, async { enrich.await.context("the enricher failed") })),
        Box::pin(or_stop(stop, async { store.await.context("the store failed") })),
    );
    // The store first: when it fails, the stages before it fail because of it.
    store?;
    enrich?;
    parse?;
    watch
}

/// Stops the sources as soon as a stage fails.
async fn or_stop<T>(
    stop: &CancellationToken,
    stage: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    let ended = stage.await;
    if ended.is_err() {
        stop.cancel();
    }
    ended
}

fn waiting<T: Send + 'static>(name: &'static str, inbox: &document::Inbox<T>) -> Depth {
    // A gauge must not keep a queue open: it looks at the queue only while somebody else holds it.
    let gauge = inbox.gauge();
    (name, Arc::new(move || gauge.waiting()))
}
