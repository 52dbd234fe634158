//! The time of day, at the rim. In tests it follows tokio's clock, which they pause and advance.

use jiff::Timestamp;

/// Now.
#[cfg(not(test))]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Now, by tokio's clock.
#[cfg(test)]
pub(crate) fn now() -> Timestamp {
    use std::sync::OnceLock;

    use tokio::time::Instant;

    static START: OnceLock<(Timestamp, Instant)> = OnceLock::new();
    let (timestamp, start) = *START.get_or_init(|| (Timestamp::now(), Instant::now()));
    // A paused clock may stand before the instant at which another test looked first, or far after it.
    let now = Instant::now();
    match now.checked_duration_since(start) {
        Some(passed) => timestamp + passed,
        None => timestamp - start.duration_since(now),
    }
}
