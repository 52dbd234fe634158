//! Takes up the sources of a configuration that changed while the daemon runs.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use tokio::signal::unix::Signal;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use tracing::{error, info};
use watcher::Source;

use crate::Settings;
use crate::commands::check::validate;

/// The configuration file is looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Hands out the configured sources anew after a SIGHUP, and after the file changed, for as long as somebody takes
/// them. A configuration that is wrong is told in the log, and changes nothing.
pub async fn reload(settings: Settings, mut hangup: Signal, sources: watch::Sender<Vec<Source>>) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = settings.config.as_deref().and_then(stamp);
    // A file that is being written is waited for: it counts once two looks found it the same.
    let mut settling = None;
    loop {
        let why = tokio::select! {
            () = sources.closed() => return,
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
                info!(why, "configuration read anew; sources are taken up, other settings at the next start");
                sources.send_replace(config.sources);
            }
            Ok(Err(error)) => {
                error!(
                    why,
                    error = format!("{error:#}"),
                    "configuration is wrong, the sources stay as they were"
                );
            }
            // The runtime is going down.
            Err(_) => return,
        }
    }
}

/// What changes when a file is written or replaced.
fn stamp(path: &Path) -> Option<(u64, u64, i64, i64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.ino(), metadata.size(), metadata.mtime(), metadata.mtime_nsec()))
}
