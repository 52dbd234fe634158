use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io;
use std::net::IpAddr;

use crate::politeness::Blocked;

/// Why a document was not fetched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Failure {
    /// Its site wants to be left alone for now.
    Postponed(Blocked),
    /// The site's robots.txt does not want it fetched.
    Disallowed,
    /// It is gone for good (410).
    Gone,
    /// Another status than 200.
    Status(u16),
    /// It leads to an address that must not be spoken to.
    Address(String),
    /// It redirects in a way that is not followed.
    Redirect(&'static str),
    /// The server is too slow.
    Slow(String),
    /// The connection failed, or what came over it is not HTTP.
    Connection(String),
    /// What came is broken: cut short, or compressed wrongly.
    Body(String),
}

impl Failure {
    /// An address that the guard does not admit.
    pub(super) fn refused(addresses: &[IpAddr]) -> Self {
        Self::Address(Refused(addresses.to_vec()).to_string())
    }

    pub(super) fn of(error: &reqwest::Error) -> Self {
        let mut causes = std::iter::successors(error.source(), |error| (*error).source());
        if let Some(refused) = causes.find_map(|cause| cause.downcast_ref::<Refused>()) {
            return Self::Address(refused.to_string());
        }
        // The last cause says it best, and no address with its secrets stands in it.
        let last = std::iter::successors(error.source(), |error| (*error).source()).last();
        let what = last.map_or_else(|| "it failed".to_owned(), ToString::to_string);
        if error.is_timeout() {
            Self::Slow(what)
        } else if error.is_body() || error.is_decode() {
            Self::Body(what)
        } else {
            Self::Connection(what)
        }
    }

    /// Whether asking again soon is of no use.
    pub(crate) fn is_lasting(&self) -> bool {
        match self {
            Self::Disallowed | Self::Gone | Self::Address(_) | Self::Redirect(_) => true,
            Self::Status(status) => (400..500).contains(status) && !matches!(status, 408 | 425),
            Self::Postponed(_) | Self::Slow(_) | Self::Connection(_) | Self::Body(_) => false,
        }
    }

    /// What kind of failure it is, in a word or two: many articles that fail are told of together.
    pub(crate) fn kind(&self) -> Cow<'static, str> {
        match self {
            Self::Postponed(_) => "site wants a pause".into(),
            Self::Disallowed => "robots.txt".into(),
            Self::Gone => "410".into(),
            Self::Status(500..600) => "5xx".into(),
            Self::Status(status) => status.to_string().into(),
            Self::Address(_) => "address not allowed".into(),
            Self::Redirect(_) => "redirect".into(),
            Self::Slow(_) => "too slow".into(),
            Self::Connection(_) => "no answer".into(),
            Self::Body(_) => "broken answer".into(),
        }
    }

    /// Whether it means that there is no such document, as far as a robots.txt goes.
    pub(super) fn is_absence(&self) -> bool {
        match self {
            Self::Gone | Self::Address(_) | Self::Redirect(_) => true,
            Self::Status(status) => (400..500).contains(status),
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Postponed(Blocked { until, reason }) => write!(formatter, "not before {until}: {reason}"),
            Self::Disallowed => formatter.write_str("its robots.txt does not want it fetched"),
            Self::Gone => formatter.write_str("it is gone for good (410)"),
            Self::Status(status) => write!(formatter, "it answers {status}"),
            Self::Address(what) => formatter.write_str(what),
            Self::Redirect(what) => write!(formatter, "its redirect {what}"),
            Self::Slow(what) => write!(formatter, "too slow: {what}"),
            Self::Connection(what) => write!(formatter, "no answer: {what}"),
            Self::Body(what) => write!(formatter, "broken answer: {what}"),
        }
    }
}

/// None of the addresses of a host may be spoken to.
#[derive(Debug)]
pub(super) struct Refused(pub(super) Vec<IpAddr>);

impl Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("it leads to ")?;
        for (number, address) in self.0.iter().enumerate() {
            write!(formatter, "{}{address}", if number == 0 { "" } else { ", " })?;
        }
        formatter.write_str(", no address of the public Internet; see watcher.fetch.allow-addresses")
    }
}

impl From<Refused> for io::Error {
    fn from(refused: Refused) -> Self {
        Self::other(refused)
    }
}
