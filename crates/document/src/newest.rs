use std::sync::Arc;

use tokio::sync::watch;

/// The newest of a thing that somebody may make anew while it is used, held by one thread.
#[derive(Debug)]
pub struct Newest<T> {
    news: watch::Receiver<Arc<T>>,
    held: Arc<T>,
}

impl<T> Newest<T> {
    /// Holds what there is now.
    pub fn of(mut news: watch::Receiver<Arc<T>>) -> Self {
        let held = Arc::clone(&news.borrow_and_update());
        Self { news, held }
    }

    /// The newest there is. Where whoever makes it anew is gone, the one that is held stays.
    pub fn get(&mut self) -> &T {
        if self.news.has_changed().unwrap_or(false) {
            self.held = Arc::clone(&self.news.borrow_and_update());
        }
        &self.held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_anew_is_got_and_what_is_held_stays() {
        let sender = watch::Sender::new(Arc::new(1));
        let mut newest = Newest::of(sender.subscribe());
        assert_eq!(*newest.get(), 1);
        sender.send_replace(Arc::new(2));
        assert_eq!(*newest.get(), 2);
        drop(sender);
        assert_eq!(*newest.get(), 2);
    }
}
