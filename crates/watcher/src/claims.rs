use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

/// Lets one task at a time work on an article, whichever sources lead to it.
#[derive(Debug, Default)]
pub(crate) struct Claims(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

/// An article is being worked on, until this is dropped.
#[derive(Debug)]
pub(crate) struct Claim(#[expect(dead_code, reason = "held for its Drop")] OwnedMutexGuard<()>);

/// Claims that are kept before those that nobody holds are swept out.
const SWEPT_AT: usize = 1024;

impl Claims {
    /// Waits until nobody else works on the article with this key.
    pub(crate) async fn claim(&self, key: &str) -> Claim {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() >= SWEPT_AT {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(turns.entry(key.to_owned()).or_default())
        };
        Claim(turn.lock_owned().await)
    }
}
