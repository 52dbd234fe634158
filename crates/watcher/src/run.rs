use std::collections::HashSet;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{Config, Error, Kind, Line, Source, Summary, folder, push};

/// Watches the sources and offers their documents to `line` until `stop` is cancelled.
///
/// Then nothing more is offered, the watcher's ends of the queues are dropped, which closes the line, and `run`
/// returns once the receipts of all that was in flight are back. It also ends so when the line closes by itself.
///
/// # Errors
///
/// When a source cannot be watched at all: its folder is missing, is not a folder, or cannot be opened; or when two
/// sources share a name. Nothing was offered then. A folder that goes away later is waited for.
pub async fn run(
    config: Config,
    sources: Vec<Source>,
    line: Line,
    stop: CancellationToken,
) -> Result<Summary, Error> {
    let mut names = HashSet::new();
    for source in &sources {
        if !names.insert(source.name.as_str()) {
            return Err(Error::SameName(source.name.clone()));
        }
    }
    let opened = tokio::task::spawn_blocking(move || {
        sources.iter().try_for_each(|source| match &source.kind {
            Kind::Folder(settings) => folder::open(&source.name, settings),
            Kind::Push(_) => Ok(()),
            kind => Err(Error::KindUnknown { source_name: source.name.clone(), kind: kind.name() }),
        })?;
        Ok(sources)
    });
    let sources = match opened.await {
        Ok(opened) => opened?,
        // The runtime is going down.
        Err(_) => return Ok(Summary::default()),
    };

    if sources.is_empty() {
        // The line stays open for as long as the program is to run.
        stop.cancelled().await;
    }
    let stop = stop.child_token();
    let mut watched = JoinSet::new();
    for source in sources {
        let (config, line, stop) = (config.clone(), line.clone(), stop.child_token());
        watched.spawn(async move {
            match &source.kind {
                Kind::Folder(settings) => folder::run(&config, &source, settings, line, stop).await,
                Kind::Push(settings) => push::run(&config, &source, settings, line, stop).await,
                kind => Err(Error::KindUnknown { source_name: source.name.clone(), kind: kind.name() }),
            }
        });
    }
    drop(line);
    let mut total = Ok(Summary::default());
    while let Some(ended) = watched.join_next().await {
        match (ended, &mut total) {
            (Ok(Ok(summary)), Ok(total)) => *total += summary,
            (Ok(Err(error)), Ok(_)) => {
                stop.cancel();
                total = Err(error);
            }
            (Err(_), Ok(_)) => {
                stop.cancel();
                total = Err(Error::SourceLost);
            }
            _ => (),
        }
    }
    total
}
