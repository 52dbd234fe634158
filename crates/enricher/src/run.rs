use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use document::{
    EnrichedArticle, Envelope, Inbox, Newest, Outbox, ParsedArticle, Reason, Rejected, Stage, panic_message,
    worker_count,
};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::error;

use crate::{Enricher, Error};

/// Enriches what comes in with the newest of `enrichers`, on so many threads (0 for one a core), until the inbox is closed
/// and drained, or the next stage is gone.
///
/// A document that enriching panics on is rejected whole; the worker goes on with the next one.
pub async fn run(
    workers: usize,
    enrichers: watch::Receiver<Arc<Enricher>>,
    inbox: Inbox<ParsedArticle>,
    outbox: Outbox<EnrichedArticle>,
    rejects: Outbox<Rejected>,
) -> Result<(), Error> {
    let mut working = JoinSet::new();
    for _ in 0..worker_count(workers) {
        let (enrichers, inbox) = (enrichers.clone(), inbox.clone());
        let (outbox, rejects) = (outbox.clone(), rejects.clone());
        working.spawn_blocking(move || work(Newest::of(enrichers), &inbox, &outbox, &rejects));
    }
    // The workers hold the only handles, so that the next stage sees the end as soon as the last of them returns.
    drop((inbox, outbox, rejects));
    while let Some(ended) = working.join_next().await {
        ended?;
    }
    Ok(())
}

fn work(
    mut enrichers: Newest<Enricher>,
    inbox: &Inbox<ParsedArticle>,
    outbox: &Outbox<EnrichedArticle>,
    rejects: &Outbox<Rejected>,
) {
    while let Ok(envelope) = inbox.recv_blocking() {
        let enricher = enrichers.get();
        // The enricher only reads, so a panic leaves nothing half done behind.
        let found = catch_unwind(AssertUnwindSafe(|| {
            let article = &envelope.document.article;
            let enrichment = enricher.enrich(article);
            let sketch = story::sketch(article, &enrichment);
            (enrichment, sketch)
        }));
        let sent = match found {
            Ok((enrichment, sketch)) => outbox
                .send_blocking(envelope.map(|ParsedArticle { raw, article }| EnrichedArticle {
                    raw,
                    article,
                    enrichment,
                    sketch,
                }))
                .is_ok(),
            Err(panic) => rejects.send_blocking(reject(envelope, &*panic)).is_ok(),
        };
        if !sent {
            break; // The next stage is gone; what is still in flight counts as lost.
        }
    }
}

fn reject(envelope: Envelope<ParsedArticle>, panic: &(dyn Any + Send)) -> Envelope<Rejected> {
    let message = panic_message(panic);
    error!(uri = envelope.document.raw.origin.uri, message, "enriching panicked");
    envelope.map(|parsed| Rejected::new(parsed.raw, Stage::Enricher, Reason::Panic, message))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use document::{Article, Language, Origin, Outcome, RawDocument, Reservation, SourceKind, Text, channel};
    use jiff::Timestamp;

    use super::*;
    use crate::Config;

    fn enrichers() -> watch::Receiver<Arc<Enricher>> {
        watch::channel(Arc::new(Enricher::new(&Config::built_in()).unwrap())).1
    }

    fn parsed(text: &str) -> ParsedArticle {
        let origin = Origin {
            kind: SourceKind::Push,
            name: "test".to_owned(),
            uri: "test:1".to_owned(),
            media_type: None,
            charset: None,
            observed_at: Timestamp::UNIX_EPOCH,
            http: None,
        };
        ParsedArticle {
            raw: RawDocument::new(origin, Bytes::copy_from_slice(text.as_bytes())),
            article: Article::bare("text/plain", Text::new(text).unwrap()),
        }
    }

    #[tokio::test]
    async fn every_document_goes_on_and_the_end_is_passed_on() {
        let (out, inbox) = channel(4);
        let (outbox, enriched) = channel(4);
        let (rejects, rejected) = channel(4);
        let stage = tokio::spawn(run(2, enrichers(), inbox, outbox, rejects));
        let mut deliveries = Vec::new();
        for _ in 0..3 {
            let text =
                "La ministre a déclaré que les travaux de la gare seront finis avant la fin de l'année.";
            let (envelope, delivery) = Envelope::new(parsed(text), None, Reservation::none());
            out.send(envelope).await.unwrap();
            deliveries.push(delivery);
        }
        drop(out);
        while let Ok(envelope) = enriched.recv().await {
            let (document, ticket) = envelope.split();
            assert_eq!(document.enrichment.language.code(), "fr");
            assert_ne!(document.enrichment.language, Language::Undetermined);
            ticket.settle(Outcome::Stored);
        }
        for delivery in deliveries {
            assert_eq!(delivery.outcome().await, Outcome::Stored);
        }
        assert!(rejected.recv().await.is_err());
        stage.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn it_ends_when_the_next_stage_is_gone() {
        let (out, inbox) = channel(4);
        let (outbox, enriched) = channel(4);
        let (rejects, _rejected) = channel(4);
        drop(enriched);
        let stage = tokio::spawn(run(1, enrichers(), inbox, outbox, rejects));
        let (envelope, delivery) = Envelope::new(parsed("Bonjour."), None, Reservation::none());
        out.send(envelope).await.unwrap();
        assert_eq!(delivery.outcome().await, Outcome::Lost);
        stage.await.unwrap().unwrap();
    }

    #[test]
    fn a_panic_quarantines_the_document_with_its_message() {
        let (envelope, _delivery) = Envelope::new(parsed("Bonjour."), None, Reservation::none());
        let panic = catch_unwind(|| panic!("index {} out of range", 3)).unwrap_err();
        let rejected = reject(envelope, &*panic).split().0;
        assert_eq!((rejected.stage, rejected.reason), (Stage::Enricher, Reason::Panic));
        assert_eq!(rejected.message, "index 3 out of range");
        assert_eq!(&rejected.raw.body[..], b"Bonjour.");
    }
}
