//! Makes the connection that MQTT then goes over: name, TCP, proxy, TLS, each fault by its name.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use pop_core::stream::StreamFault;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::address::Address;
use super::proxy::Proxying;
use super::route::Route;

/// No connection within this time is none; what is in the way drops it silently.
const CONNECT: Duration = Duration::from_secs(5);
/// The same for the proxy's answer and for TLS.
const AGREE: Duration = Duration::from_secs(5);

/// A connection, whatever it is made of.
pub(super) type Stream = Box<dyn Both>;

/// What a connection can do.
pub(super) trait Both: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Both for S {}

/// Whom a broker's certificate may be from.
#[derive(Clone)]
pub struct Trust(Arc<ClientConfig>);

impl Trust {
    /// The authorities that this computer trusts.
    pub fn of_this_computer() -> Result<Self, StreamFault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(rustls::ConfigBuilder::with_platform_verifier)
            .map_err(|_| StreamFault::Tls)?
            .with_no_client_auth();
        Ok(Self::by(config))
    }

    /// What somebody else has decided: machine policy, or a test.
    pub fn by(mut config: ClientConfig) -> Self {
        // Whatever carries it: a broker behind a load balancer speaks HTTP/1.1 for its WebSocket.
        config.alpn_protocols = Vec::new();
        Self(Arc::new(config))
    }

    fn config(&self, is_web: bool) -> Arc<ClientConfig> {
        if !is_web {
            return Arc::clone(&self.0);
        }
        let mut config = ClientConfig::clone(&self.0);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Arc::new(config)
    }
}

/// Connects, and says which way it went.
pub(super) async fn dial(
    address: &Address,
    proxying: &Proxying,
    trust: &Trust,
) -> Result<(Stream, Route), StreamFault> {
    let Address { host, port, .. } = address;
    let (stream, route) = match proxying.of(host, *port) {
        None => connect(host, *port).await?,
        Some(proxy) => {
            let (mut stream, route) = connect(&proxy.host, proxy.port)
                .await
                .map_err(|_| StreamFault::ProxyUnreachable)?;
            let asked = timeout(AGREE, proxy.tunnel(&mut stream, host, *port)).await;
            asked.map_err(|_| StreamFault::ProxyUnreachable)??;
            (stream, route)
        }
    };
    if !address.is_secure() {
        return Ok((Box::new(stream), route));
    }
    let name = ServerName::try_from(host.clone()).map_err(|_| StreamFault::CertificateName)?;
    let connector = TlsConnector::from(trust.config(address.is_web()));
    let agreed = timeout(AGREE, connector.connect(name, stream)).await;
    let stream = agreed
        .map_err(|_| StreamFault::Silence)?
        .map_err(|error| of_tls(&error))?;
    Ok((Box::new(stream), route))
}

async fn connect(host: &str, port: u16) -> Result<(TcpStream, Route), StreamFault> {
    let found = timeout(CONNECT, lookup_host((host, port))).await;
    let addresses: Vec<_> = found
        .map_err(|_| StreamFault::Dns)?
        .map_err(|_| StreamFault::Dns)?
        .collect();
    if addresses.is_empty() {
        return Err(StreamFault::Dns);
    }
    let connected = timeout(CONNECT, TcpStream::connect(addresses.as_slice())).await;
    let stream = connected
        .map_err(|_| StreamFault::Silence)?
        .map_err(|error| of_tcp(&error))?;
    // Events are small and waited for.
    let _ = stream.set_nodelay(true);
    let (here, there) = (stream.local_addr(), stream.peer_addr());
    match (here, there) {
        (Ok(here), Ok(there)) => Ok((
            stream,
            Route {
                here: here.ip(),
                there,
            },
        )),
        (Err(_), _) | (_, Err(_)) => Err(StreamFault::Cut),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the standard library's list, which may grow"
)]
fn of_tcp(error: &io::Error) -> StreamFault {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => StreamFault::Refused,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => StreamFault::Cut,
        // No route, no network, and the system's own idea of a timeout.
        _ => StreamFault::Silence,
    }
}

fn of_tls(error: &io::Error) -> StreamFault {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    match cause {
        Some(rustls::Error::InvalidCertificate(why)) => of_certificate(why),
        Some(_) | None => StreamFault::Tls,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
fn of_certificate(why: &CertificateError) -> StreamFault {
    use CertificateError as Why;
    match why {
        Why::UnknownIssuer | Why::BadSignature => StreamFault::CertificateUntrusted,
        Why::NotValidForName | Why::NotValidForNameContext { .. } => StreamFault::CertificateName,
        Why::Expired
        | Why::ExpiredContext { .. }
        | Why::NotValidYet
        | Why::NotValidYetContext { .. } => StreamFault::CertificateTime,
        _ => StreamFault::CertificateUnfit,
    }
}
