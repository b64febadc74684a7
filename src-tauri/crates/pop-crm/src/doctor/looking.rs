//! How the doctor looks: by which names, through which proxy, with whose trust, how long.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use hyper_util::client::proxy::matcher::Matcher;
use pop_core::clock::Clock;
use rustls::client::danger::ServerCertVerifier;

use crate::net::client::ClientFault;
use crate::net::clock::SystemClock;

/// How long one stage of the way may take: as long as the HTTP client waits for a connection.
const STAGE: Duration = Duration::from_secs(3);

/// Where a page of the network itself would answer.
const PLAIN_PORT: u16 = 80;

/// Finds the addresses of a name.
#[async_trait]
pub trait Resolver: Send + Sync {
    /// The addresses of a host.
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Which proxy is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proxying {
    /// The one that the system or the environment names for an address, if any.
    System,
    /// None.
    Direct,
    /// This one.
    By {
        /// Its host.
        host: String,
        /// Its port.
        port: u16,
    },
}

/// A proxy to be asked, with what it is told of who we are.
pub(crate) struct Proxy {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) login: Option<http::HeaderValue>,
}

/// How the doctor looks.
#[derive(Clone)]
pub struct Looking {
    /// Finds the addresses of a name.
    pub resolver: Arc<dyn Resolver>,
    /// Which proxy is used.
    pub proxying: Proxying,
    /// Who decides whether a certificate is good.
    pub trust: Arc<dyn ServerCertVerifier>,
    /// This computer's time.
    pub clock: Arc<dyn Clock>,
    /// How long one stage may take.
    pub stage: Duration,
    /// The port at which a page of the network itself is looked for.
    pub plain_port: u16,
}

impl Looking {
    /// As this computer does it.
    ///
    /// # Errors
    /// When the computer has no trust store.
    pub fn of_this_computer() -> Result<Self, ClientFault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let trust = rustls_platform_verifier::Verifier::new(provider);
        Ok(Self {
            resolver: Arc::new(SystemResolver),
            proxying: Proxying::System,
            trust: Arc::new(trust.map_err(ClientFault::of)?),
            clock: Arc::new(SystemClock),
            stage: STAGE,
            plain_port: PLAIN_PORT,
        })
    }

    /// The proxy for a server, if there is one.
    pub(crate) fn proxy(&self, host: &str, port: u16) -> Option<Proxy> {
        match &self.proxying {
            Proxying::Direct => None,
            Proxying::By { host, port } => Some(Proxy {
                host: host.clone(),
                port: *port,
                login: None,
            }),
            Proxying::System => {
                let server = format!("https://{host}:{port}/").parse().ok()?;
                let found = Matcher::from_system().intercept(&server)?;
                let uri = found.uri();
                Some(Proxy {
                    host: uri.host()?.trim_matches(['[', ']']).to_owned(),
                    port: uri.port_u16().unwrap_or(PLAIN_PORT),
                    login: found.basic_auth().cloned(),
                })
            }
        }
    }
}

/// The system's resolver.
struct SystemResolver;

#[async_trait]
impl Resolver for SystemResolver {
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((host, port)).await?.collect())
    }
}
