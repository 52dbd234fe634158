use crate::Envelope;

/// A bounded queue of envelopes between two stages: at most `depth` of them wait in it.
///
/// A full queue makes its senders wait, which is how a slow stage slows the ones before it. Dropping all ends of
/// one side closes it: the receivers drain what is left, then get [`Closed`].
pub fn channel<T>(depth: usize) -> (Outbox<T>, Inbox<T>) {
    let (sender, receiver) = async_channel::bounded(depth.max(1));
    (Outbox(sender), Inbox(receiver))
}

/// The sending end of a queue. Clones send into the same queue.
#[derive(Debug)]
pub struct Outbox<T>(async_channel::Sender<Envelope<T>>);

/// The receiving end of a queue. Clones compete for the same envelopes.
#[derive(Debug)]
pub struct Inbox<T>(async_channel::Receiver<Envelope<T>>);

/// The other side of the queue is gone. An envelope that could not be sent was dropped, so its receipt says
/// [`Outcome::Lost`](crate::Outcome::Lost).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl<T> Outbox<T> {
    /// Waits for room, then sends.
    pub async fn send(&self, envelope: Envelope<T>) -> Result<(), Closed> {
        self.0.send(envelope).await.map_err(|_| Closed)
    }

    /// [`Outbox::send`] for a thread that may block.
    pub fn send_blocking(&self, envelope: Envelope<T>) -> Result<(), Closed> {
        self.0.send_blocking(envelope).map_err(|_| Closed)
    }
}

/// Tells how many envelopes wait in a queue, without keeping it open.
#[derive(Debug)]
pub struct Gauge<T>(async_channel::WeakReceiver<Envelope<T>>);

impl<T> Gauge<T> {
    /// How many envelopes wait; none when the queue is gone.
    pub fn waiting(&self) -> usize {
        self.0.upgrade().map_or(0, |receiver| receiver.len())
    }
}

impl<T> Inbox<T> {
    /// A gauge of this queue.
    pub fn gauge(&self) -> Gauge<T> {
        Gauge(self.0.downgrade())
    }

    /// Waits for an envelope.
    pub async fn recv(&self) -> Result<Envelope<T>, Closed> {
        self.0.recv().await.map_err(|_| Closed)
    }

    /// An envelope if one waits, without waiting for it.
    pub fn try_recv(&self) -> Option<Envelope<T>> {
        self.0.try_recv().ok()
    }

    /// [`Inbox::recv`] for a thread that may block.
    pub fn recv_blocking(&self) -> Result<Envelope<T>, Closed> {
        self.0.recv_blocking().map_err(|_| Closed)
    }
}

// Derived impls would ask `T: Clone` of a handle that never clones a `T`.
impl<T> Clone for Outbox<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// How many workers a stage has that is to have `configured` of them; 0 means one for each core.
pub fn worker_count(configured: usize) -> usize {
    match configured {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        count => count,
    }
}
