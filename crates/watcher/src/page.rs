//! Watches pages, each an article: for change, or until each was fetched once.

use std::sync::Arc;

use document::Outcome;
use document::address;
use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::info;

use crate::article::{Desk, Lead, Mode, Visited};
use crate::fetch::Failure;
use crate::poll::{Poll, Seen};
use crate::source::{Page, WebUrl};
use crate::{Summary, clock};

/// Pages of one source that are on their way at the same time.
const VISITS_MAX: usize = 8;

/// Watches the pages until the watcher is to stop, or until each was fetched when once is enough.
pub(crate) async fn run(desk: Desk, settings: Page) -> Summary {
    desk.web
        .memory
        .forget_looks(&desk.source, |known| settings.urls.iter().any(|url| url.0.as_str() == known));
    info!(source = %desk.source, pages = settings.urls.len(), once = settings.once, "pages are watched");
    let visits = Arc::new(Semaphore::new(VISITS_MAX));
    let settings = Arc::new(settings);
    let mut pages = JoinSet::new();
    for number in 0..settings.urls.len() {
        let (desk, settings, visits) = (desk.clone(), Arc::clone(&settings), Arc::clone(&visits));
        pages.spawn(async move { watch(&desk, &settings, &settings.urls[number], &visits).await });
    }
    let mut summary = Summary::default();
    while let Some(ended) = pages.join_next().await {
        if let Ok(one) = ended {
            summary += one;
        }
    }
    if settings.once && !desk.stop.is_cancelled() {
        info!(source = %desk.source, "all pages were fetched");
        // The source stays, so that its neighbours are not told that something ended.
        desk.stop.cancelled().await;
    }
    summary
}

/// Watches one page.
async fn watch(desk: &Desk, settings: &Page, url: &WebUrl, visits: &Semaphore) -> Summary {
    let poll = Poll::new(desk, url, settings.interval);
    poll.begin();
    let mut summary = Summary::default();
    while !(settings.once && desk.known(&address::key(&url.0)).is_some()) && poll.until_due().await {
        let Some(Ok(permit)) = desk.unless_stopped(visits.acquire()).await else { break };
        let address = poll.address();
        let lead = Lead { url: address.clone(), own: None, announced: None, identity: None };
        // Another source may bring the page while this one waits for its turn.
        let mode = if settings.once { Mode::New } else { Mode::Since(clock::now()) };
        let visited = desk.visit(lead, mode).await;
        drop(permit);
        match visited {
            Visited::Settled(outcome) => {
                summary.count(outcome);
                poll.succeeded(&Seen { news: outcome == Outcome::Stored, ..Seen::default() });
            }
            Visited::Known | Visited::Unchanged => poll.succeeded(&Seen::default()),
            Visited::Failed(failure) => {
                poll.failed(&address, &failure);
                if settings.once && failure.is_lasting() && !matches!(failure, Failure::Gone) {
                    info!(source = %desk.source, url = %url, %failure, "page is given up");
                    break;
                }
            }
            Visited::Stopped => break,
            Visited::Lost => {
                summary.count(Outcome::Lost);
                let pause = desk.web.config.retry_wait_max;
                let again = clock::now().saturating_add(pause).unwrap_or(Timestamp::MAX);
                poll.ended(|look| look.due_at = Some(again));
            }
        }
    }
    if settings.once && desk.known(&address::key(&url.0)).is_some() {
        poll.ended(|look| look.due_at = None);
    }
    summary
}
