use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use document::address;
use document::{
    Article, Inbox, Newest, Outbox, ParsedArticle, RawDocument, Reason, Rejected, Stage, panic_message,
    worker_count,
};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::{debug, warn};
use url::Url;

use crate::format::Format;
use crate::{Error, ParseError, Parser};

/// Reads documents from `inbox` with the newest of `parsers`, on so many threads (0 for one a core), until it is closed
/// and drained, or until a next stage is gone. Never fails because of a document.
pub async fn run(
    workers: usize,
    parsers: watch::Receiver<Arc<Parser>>,
    inbox: Inbox<RawDocument>,
    outbox: Outbox<ParsedArticle>,
    rejects: Outbox<Rejected>,
) -> Result<(), Error> {
    let mut working = JoinSet::new();
    for _ in 0..worker_count(workers) {
        let (parsers, inbox) = (parsers.clone(), inbox.clone());
        let (outbox, rejects) = (outbox.clone(), rejects.clone());
        // Reading is computation: each worker is a thread that may block.
        working.spawn_blocking(move || work(Newest::of(parsers), &inbox, &outbox, &rejects));
    }
    // The workers hold the queues now; each closes when the last of them ends.
    drop((inbox, outbox, rejects));
    while let Some(ended) = working.join_next().await {
        ended?;
    }
    Ok(())
}

fn work(
    mut parsers: Newest<Parser>,
    inbox: &Inbox<RawDocument>,
    outbox: &Outbox<ParsedArticle>,
    rejects: &Outbox<Rejected>,
) {
    while let Ok(envelope) = inbox.recv_blocking() {
        let parser = parsers.get();
        let sent = match attempt(parser, &envelope.document) {
            Ok(article) => outbox.send_blocking(envelope.map(|raw| parsed(raw, article))).is_ok(),
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

/// What goes on. Data that were handed over without an address are known by the one that they tell: who writes `url`
/// beside a text means the article there. A page is not believed so, since nothing says from which site it came.
fn parsed(mut raw: RawDocument, article: Article) -> ParsedArticle {
    if raw.identity.is_none() && article.media_type == Format::Json.media_type() {
        let url = article.url.as_deref().and_then(|url| Url::parse(url).ok());
        raw.identity = url.filter(|url| !address::is_front(url)).map(|url| address::key(&url));
    }
    ParsedArticle { raw, article }
}

/// Reads one document; gives why not, for the quarantine.
fn attempt(parser: &Parser, raw: &RawDocument) -> Result<Article, (Reason, String)> {
    guard(|| parser.parse(raw))
}

/// Reads under guard. A panic on a document is a defect of ours: the document is rejected and the worker goes on, which
/// is sound since a parser holds nothing that reading changes.
fn guard(read: impl FnOnce() -> Result<Article, ParseError>) -> Result<Article, (Reason, String)> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(article)) => Ok(article),
        Ok(Err(error)) => Err((error.reason(), error.to_string())),
        Err(payload) => {
            Err((Reason::Panic, format!("reading panicked: {}", panic_message(payload.as_ref()))))
        }
    }
}

#[cfg(test)]
mod tests {
    use document::{Envelope, Origin, Outcome, Reservation, SourceKind, channel};

    use super::*;
    use crate::{Config, JsonFields};

    fn parsers(config: &Config) -> watch::Sender<Arc<Parser>> {
        watch::Sender::new(Arc::new(Parser::new(config).unwrap()))
    }

    fn raw(body: &str) -> RawDocument {
        let origin = Origin {
            kind: SourceKind::File,
            name: "test".to_owned(),
            uri: "file:///a.txt".to_owned(),
            media_type: None,
            charset: None,
            observed_at: "2026-11-22T00:00:00Z".parse().unwrap(),
            http: None,
        };
        RawDocument::new(origin, body.to_owned().into())
    }

    const ARTICLE: &str = "Le lac a gelé en une nuit\n\nLes patineurs sont arrivés avant le jour.";

    #[tokio::test]
    async fn every_document_ends_read_or_rejected_and_the_stage_ends_with_its_inbox() {
        let (to_parser, inbox) = channel(4);
        let (outbox, parsed) = channel(64);
        let (rejects, rejected) = channel(64);
        let stage = tokio::spawn(run(2, parsers(&Config::built_in()).subscribe(), inbox, outbox, rejects));
        for index in 0..40 {
            let body = if index % 4 == 0 { " " } else { ARTICLE };
            let (envelope, _) = Envelope::new(raw(body), None, Reservation::default());
            to_parser.send(envelope).await.unwrap();
        }
        drop(to_parser);
        stage.await.unwrap().unwrap();
        let mut count = (0, 0);
        while let Ok(envelope) = parsed.recv().await {
            assert_eq!(envelope.document.article.title.as_deref(), Some("Le lac a gelé en une nuit"));
            count.0 += 1;
        }
        while let Ok(envelope) = rejected.recv().await {
            assert_eq!((envelope.document.stage, envelope.document.reason), (Stage::Parser, Reason::Empty));
            count.1 += 1;
        }
        assert_eq!(count, (30, 10));
    }

    #[test]
    fn data_are_known_by_the_address_that_they_tell() {
        let parser = Parser::new(&Config::built_in()).unwrap();
        let check = |body: &str, known: Option<&str>, expected: Option<&str>| {
            let mut raw = raw(body);
            raw.identity = known.map(str::to_owned);
            let article = attempt(&parser, &raw).unwrap();
            assert_eq!(parsed(raw, article).raw.identity.as_deref(), expected, "{body}");
        };
        let data = |url: &str| {
            format!(
                r#"{{"title": "Le lac a gelé", "text": "Les patineurs sont arrivés avant le jour.", "url": "{url}"}}"#
            )
        };
        check(&data("https://www.lac.example/gel/?utm_source=x"), None, Some("//lac.example/gel"));
        check(&data("https://lac.example/gel"), Some("//lac.example/1"), Some("//lac.example/1"));
        check(&data("https://www.lac.example/"), None, None);
        check(&data("lac.example"), None, None);
        let page = "<html><head><link rel=canonical href='https://lac.example/gel'></head><body><article><p>Les \
                    patineurs sont arrivés avant le jour sur le lac qui avait gelé.</p></article></body></html>";
        check(page, None, None);
    }

    #[tokio::test]
    async fn the_stage_ends_when_the_next_is_gone() {
        let (to_parser, inbox) = channel(4);
        let (outbox, parsed) = channel(1);
        let (rejects, _rejected) = channel(1);
        drop(parsed);
        let stage = tokio::spawn(run(1, parsers(&Config::built_in()).subscribe(), inbox, outbox, rejects));
        let (envelope, delivery) = Envelope::new(raw(ARTICLE), None, Reservation::default());
        to_parser.send(envelope).await.unwrap();
        stage.await.unwrap().unwrap();
        assert_eq!(delivery.outcome().await, Outcome::Lost);
    }

    #[tokio::test]
    async fn the_next_document_is_read_by_a_parser_that_was_renewed() {
        let (to_parser, inbox) = channel(4);
        let (outbox, parsed) = channel(4);
        let (rejects, _rejected) = channel(1);
        let config = |field: &str| {
            let json_fields = JsonFields { text: vec![field.to_owned()], ..JsonFields::default() };
            Config { json_fields, ..Config::built_in() }
        };
        let parsers = parsers(&config("/un"));
        let stage = tokio::spawn(run(1, parsers.subscribe(), inbox, outbox, rejects));
        for text in ["Le lac a gelé en une nuit.", "Les patineurs sont venus avant le jour."] {
            let body =
                r#"{"un": "Le lac a gelé en une nuit.", "deux": "Les patineurs sont venus avant le jour."}"#;
            let (envelope, _) = Envelope::new(raw(body), None, Reservation::default());
            to_parser.send(envelope).await.unwrap();
            assert_eq!(&*parsed.recv().await.unwrap().document.article.text, text);
            parsers.send_replace(Arc::new(Parser::new(&config("/deux")).unwrap()));
        }
        drop(to_parser);
        stage.await.unwrap().unwrap();
    }

    #[test]
    fn a_phrase_list_that_cannot_be_read_is_told() {
        let config = Config { lexicon: Some("/nowhere/at/all".into()), ..Config::built_in() };
        let error = Parser::new(&config).unwrap_err();
        assert_eq!(error.to_string(), "cannot read the phrase list /nowhere/at/all");
    }

    #[test]
    fn a_panic_becomes_a_reason() {
        let guarded = guard(|| panic!("the third bolt broke"));
        assert_eq!(guarded, Err((Reason::Panic, "reading panicked: the third bolt broke".to_owned())));
        assert_eq!(guard(|| Err(crate::ParseError::Pdf)).unwrap_err().0, Reason::Pdf);
    }
}
