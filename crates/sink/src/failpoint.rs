//! Named points between the steps of a commit and of a seal, where tests let the program die.
//!
//! In a release build they are nothing. With the feature `failpoints`, a process whose environment says
//! `DEPECHE_CRASH_AT=<name>` (or `<name>:<n>`, at the n-th passage) aborts there, as a kill -9 would. In this crate's
//! own tests the simulated crash is an error that the test armed.

use std::io;

/// Every point, in the order in which a document passes them.
pub const POINTS: &[&str] = &[
    "open:recovered",
    "open:ledger-written",
    "open:ledger-renamed",
    "commit:segment-created",
    "commit:body-written",
    "commit:data-written",
    "commit:data-synced",
    "commit:ledger-written",
    "commit:ledger-synced",
    "commit:indexed",
    "commit:settled",
    "seal:compressed",
    "seal:synced",
    "seal:ledger-written",
    "seal:ledger-synced",
    "seal:renamed",
    "seal:removed",
    "rotate:snapshot-written",
    "rotate:renamed",
    "rotate:removed",
    "stories:written",
    "stories:renamed",
];

/// Passes the point `name`, or dies there.
#[cfg(all(not(test), not(feature = "failpoints")))]
#[expect(clippy::unnecessary_wraps, reason = "the other two forms can fail")]
#[inline]
pub(crate) fn hit(_name: &str) -> io::Result<()> {
    Ok(())
}

#[cfg(all(not(test), feature = "failpoints"))]
#[expect(clippy::unnecessary_wraps, reason = "the form of this crate's own tests can fail")]
pub(crate) fn hit(name: &str) -> io::Result<()> {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static ARMED: OnceLock<Option<(String, AtomicU64)>> = OnceLock::new();
    let armed = ARMED.get_or_init(|| {
        let value = std::env::var("DEPECHE_CRASH_AT").ok()?;
        let (name, passage) = match value.rsplit_once(':') {
            Some((name, passage)) if passage.parse::<u64>().is_ok() => (name, passage.parse().unwrap_or(1)),
            _ => (value.as_str(), 1),
        };
        Some((name.to_owned(), AtomicU64::new(passage)))
    });
    if let Some((armed, left)) = armed
        && armed == name
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        std::process::abort();
    }
    Ok(())
}

#[cfg(test)]
thread_local! {
    static COUNTDOWN: std::cell::Cell<Option<u64>> = const { std::cell::Cell::new(None) };
}

/// Lets the `passages`-th point passed from now on fail; `None` disarms.
#[cfg(test)]
pub(crate) fn arm(passages: Option<u64>) {
    COUNTDOWN.set(passages);
}

#[cfg(test)]
thread_local! {
    static PASSED: std::cell::RefCell<Option<std::collections::BTreeSet<String>>> =
        const { std::cell::RefCell::new(None) };
}

/// Starts or ends taking note of the points passed, and returns those passed since the last call.
#[cfg(test)]
pub(crate) fn record(on: bool) -> std::collections::BTreeSet<String> {
    PASSED.replace(on.then(Default::default)).unwrap_or_default()
}

#[cfg(test)]
pub(crate) fn hit(name: &str) -> io::Result<()> {
    assert!(POINTS.contains(&name), "{name} is not in POINTS");
    PASSED.with_borrow_mut(|passed| passed.as_mut().map(|passed| passed.insert(name.to_owned())));
    match COUNTDOWN.get() {
        Some(0) => Err(io::Error::other(format!("simulated crash at {name}"))),
        Some(left) => {
            COUNTDOWN.set(Some(left - 1));
            Ok(())
        }
        None => Ok(()),
    }
}
