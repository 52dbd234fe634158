//! Takes up the sources of a configuration that changed while the daemon runs.

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

/// The configuration file is looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Hands out the configured sources anew after a SIGHUP, and after the file changed, for as long as somebody takes
/// them. A configuration that is wrong is told in the log, and changes nothing. `started` is the configuration that the
/// daemon started with.
pub async fn reload(settings: Settings, started: Table, mut hangup: Signal, wanted: watch::Sender<Wanted>) {
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
            let settings = settings.clone();
            tokio::task::spawn_blocking(move || {
                let config = settings.load()?;
                validate(&config)?;
                anyhow::Ok(config)
            })
        };
        match loading.await {
            Ok(Ok(config)) => {
                info!(why, "configuration read anew");
                let changed = changed(&started, &config.table);
                if !changed.is_empty() {
                    let settings = changed.join(", ");
                    warn!(settings, "not only sources changed; these settings take effect at the next start");
                }
                wanted.send_replace(Wanted { config: config.watcher, sources: config.sources });
            }
            Ok(Err(error)) => {
                error!(
                    why,
                    error = crate::told(&error),
                    "configuration is wrong, the sources stay as they were"
                );
            }
            // The runtime is going down.
            Err(_) => return,
        }
    }
}

/// The settings that are not what they were at the start, but for those that the watcher takes up or tells of itself.
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
    changed.retain(|name| !matches!(name.as_str(), "watcher.fetch" | "watcher.raw-archive"));
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
        let started =
            table("source = []\n[sink]\nstore = 'a'\nx = 1\n[log]\nlevel = 'info'\n[watcher]\nfetch = 1");
        let check =
            |now: &str, expected: &[&str]| assert_eq!(changed(&started, &table(now)), expected, "{now}");
        check("source = [1]\n[sink]\nstore = 'a'\nx = 1\n[log]\nlevel = 'info'\n[watcher]\nfetch = 2", &[]);
        check(
            "[sink]\nstore = 'b'\ny = 1\n[log]\nlevel = 'info'\n[watcher]\nreaders = 2",
            &["sink.store", "sink.x", "sink.y", "watcher.readers"],
        );
    }
}
