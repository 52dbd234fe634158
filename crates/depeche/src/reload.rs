//! Takes up the sources and the lists of a configuration that changed while the daemon runs.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use tokio::signal::unix::Signal;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use toml::{Table, Value};
use tracing::{error, info, warn};
use watcher::Wanted;

use crate::Settings;
use crate::commands::check::validate;
use crate::readers::Readers;

/// The configuration file is looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Who takes up what may change.
pub struct Takers {
    /// The watcher.
    pub wanted: watch::Sender<Wanted>,
    /// The parser and the enricher.
    pub readers: Readers,
}

/// Hands out the configured sources, phrase lists and word lists anew after a SIGHUP, and after the file changed, for as
/// long as somebody takes them: all of it, or, where something is wrong, nothing, which is told in the log. `started` is
/// the configuration that the daemon started with.
pub async fn reload(settings: Settings, started: Table, mut hangup: Signal, takers: Takers) {
    let Takers { wanted, readers } = takers;
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = settings.config.as_deref().and_then(stamp);
    // A file that is being written is waited for: it counts once two looks found it the same.
    let mut settling = None;
    loop {
        let why = tokio::select! {
            () = wanted.closed() => return,
            Some(()) = hangup.recv() => "SIGHUP",
            _ = looks.tick() => {
                let now = settings.config.as_deref().and_then(stamp);
                if now == known || now.is_none() {
                    settling = None;
                    continue;
                }
                if settling != now {
                    settling = now;
                    continue;
                }
                "the file changed"
            }
        };
        known = settings.config.as_deref().and_then(stamp);
        settling = None;
        let loading = {
            let (settings, readers) = (settings.clone(), readers.clone());
            tokio::task::spawn_blocking(move || {
                let config = settings.load()?;
                validate(&config)?;
                let read = readers.read_anew(&config)?;
                anyhow::Ok((config, read))
            })
        };
        match loading.await {
            Ok(Ok((config, (parser, enricher)))) => {
                let changed = changed(&started, &config.table);
                if !changed.is_empty() {
                    let settings = changed.join(", ");
                    warn!(settings, "these settings changed too, and take effect at the next start");
                }
                readers.parser.send_replace(parser);
                readers.enricher.send_replace(enricher);
                wanted.send_replace(Wanted { config: config.watcher, sources: config.sources });
                info!(why, "configuration and lists read anew");
            }
            Ok(Err(error)) => {
                error!(
                    why,
                    error = crate::told(&error),
                    "configuration is wrong, sources and lists stay as they were"
                );
            }
            // The runtime is going down.
            Err(_) => return,
        }
    }
}

/// The settings that are not what they were at the start, but for those that are taken up, or told of by who takes them.
fn changed(started: &Table, now: &Table) -> Vec<String> {
    let mut changed = Vec::new();
    for (section, after) in now {
        let (Some(Value::Table(before)), Value::Table(after)) = (started.get(section), after) else {
            continue;
        };
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let differ = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
        changed.extend(differ.map(|key| format!("{section}.{key}")));
    }
    changed.retain(|name| match name.split_once('.') {
        Some(("watcher", key)) => !matches!(key, "fetch" | "raw-archive"),
        Some(("parser" | "enricher", key)) => key == "workers",
        _ => true,
    });
    changed
}

/// What changes when a file is written or replaced.
fn stamp(path: &Path) -> Option<(u64, u64, i64, i64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.ino(), metadata.size(), metadata.mtime(), metadata.mtime_nsec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_wait_for_the_next_start_are_named() {
        let table = |text: &str| text.parse::<Table>().unwrap();
        let started = table(
            "source = []\n[sink]\nstore = 'a'\nx = 1\n[log]\nlevel = 'info'\n[watcher]\nfetch = 1\n[parser]\nworkers = 1",
        );
        let check =
            |now: &str, expected: &[&str]| assert_eq!(changed(&started, &table(now)), expected, "{now}");
        check("source = [1]\n[sink]\nstore = 'a'\nx = 1\n[log]\nlevel = 'info'\n[watcher]\nfetch = 2", &[]);
        check(
            "[sink]\nstore = 'b'\ny = 1\n[log]\nlevel = 'info'\n[watcher]\nreaders = 2\n[parser]\nworkers = 2\nlexicon = 'x'",
            &["parser.workers", "sink.store", "sink.x", "sink.y", "watcher.readers"],
        );
    }
}
