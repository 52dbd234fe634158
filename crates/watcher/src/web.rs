//! What do the sources on the web share?

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::claims::Claims;
use crate::fetch::Fetcher;
use crate::memory::Memory;
use crate::raw_archive::RawArchive;
use crate::{Config, Error};

/// Lists that are read at the same time.
const READERS: usize = 2;
/// Documents of all sources on the web that are in the line at the same time: enough for it to be busy, and far fewer
/// than its queues hold, where each may take ten times its length.
const OFFERED_MAX: usize = 256;
/// What the sources on the web share.
#[derive(Debug)]
pub(crate) struct Web {
    pub(crate) fetcher: Fetcher,
    pub(crate) memory: Memory,
    pub(crate) claims: Claims,
    /// Documents that are in the line at the same time.
    pub(crate) offered: Semaphore,
    /// Lists that are read at the same time, each on a thread of its own.
    pub(crate) readers: Semaphore,
    /// Where what is fetched is kept, where it is.
    pub(crate) raw_archive: Option<Arc<RawArchive>>,
    pub(crate) config: Config,
}

impl Web {
    /// What is shared under these settings.
    pub(crate) fn new(config: &Config, memory: Memory) -> Result<Self, Error> {
        let fetcher = fetcher(config, memory.clone())?;
        let (readers, offered) = (Semaphore::new(READERS), Semaphore::new(OFFERED_MAX));
        let raw_archive = RawArchive::open(config)?.map(Arc::new);
        let (claims, config) = (Claims::default(), config.clone());
        Ok(Self { fetcher, memory, claims, offered, readers, raw_archive, config })
    }
}

/// Who asks on the web: nobody does without saying how to be reached.
pub(crate) fn fetcher(config: &Config, memory: Memory) -> Result<Fetcher, Error> {
    if config.fetch.contact.trim().is_empty() {
        return Err(Error::NoContact);
    }
    Fetcher::new(config.fetch.clone(), memory).map_err(Error::Client)
}
