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
    let (timestamp, instant) = *START.get_or_init(|| (Timestamp::now(), Instant::now()));
    timestamp + Instant::now().saturating_duration_since(instant)
}
