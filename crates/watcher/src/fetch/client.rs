use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use reqwest::Client;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tracing::warn;

use super::failure::Refused;
use crate::config::Fetch;
use crate::guard::Guard;

/// The fetcher cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The text cannot stand in a header.
    #[error("watcher.fetch.contact or watcher.fetch.agent cannot stand in a header")]
    Agent,
    /// A file of certificates cannot be used.
    #[error("cannot use the certificates in {path}: {what}")]
    Authority {
        /// The file as configured.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The TLS settings are refused.
    #[error("cannot set up TLS")]
    Tls(#[source] rustls::Error),
    /// The client is refused.
    #[error("cannot make the HTTP client")]
    Client(#[source] reqwest::Error),
}

/// How the addresses of a name are found.
#[derive(Clone)]
pub(crate) enum Lookup {
    /// As the system does.
    System,
    /// As a test says.
    #[cfg(test)]
    Scripted(Arc<Script>),
}

/// The addresses of a name, as a test says.
#[cfg(test)]
pub(crate) type Script = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

/// The client: no redirects, no proxy, no cookies, certificates checked, and addresses guarded as they are resolved.
pub(super) fn build(config: &Fetch, guard: Guard, lookup: Lookup) -> Result<Client, ClientError> {
    let agent = format!("{}/{} (+{})", config.agent, env!("CARGO_PKG_VERSION"), config.contact);
    let agent = reqwest::header::HeaderValue::from_str(&agent).map_err(|_| ClientError::Agent)?;
    Client::builder()
        .user_agent(agent)
        .redirect(reqwest::redirect::Policy::none())
        // A proxy would look names up and connect for us, past the guard.
        .no_proxy()
        .referer(false)
        .connect_timeout(config.connect_wait_max)
        .pool_max_idle_per_host(config.domain_connections_max.max(2))
        .dns_resolver(Arc::new(Resolver { guard, lookup }))
        .tls_backend_preconfigured(tls(config)?)
        .build()
        .map_err(ClientError::Client)
}

fn tls(config: &Fetch) -> Result<ClientConfig, ClientError> {
    let mut roots = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    for error in &system.errors {
        warn!(%error, "a certificate of the system is not used");
    }
    roots.add_parsable_certificates(system.certs);
    for path in &config.authorities {
        let wrong = |what: String| ClientError::Authority { path: path.clone(), what };
        let pem = fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let mut count = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
            count += 1;
        }
        if count == 0 {
            return Err(wrong("there are none".to_owned()));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(ClientError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

/// Looks names up, and gives out only addresses that may be spoken to. The connection is made to one of them without
/// another look-up, so an answer that changes afterwards changes nothing.
struct Resolver {
    guard: Guard,
    lookup: Lookup,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, lookup) = (self.guard.clone(), self.lookup.clone());
        Box::pin(async move {
            let found = match lookup {
                Lookup::System => addresses(name.as_str()).await?,
                #[cfg(test)]
                Lookup::Scripted(answer) => answer(name.as_str()),
            };
            if found.is_empty() {
                return Err(io::Error::other(format!("the name {} has no address", name.as_str())).into());
            }
            let admitted: Vec<_> = found.iter().filter(|address| guard.admits(**address)).copied().collect();
            if admitted.is_empty() {
                return Err(Refused(found).into());
            }
            // The port is the one of the address that is asked for.
            let admitted: Addrs = Box::new(admitted.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(admitted)
        })
    }
}

async fn addresses(name: &str) -> io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
}
