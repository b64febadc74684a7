//! The real HTTP client: one constructor, no way to weaken it.
//!
//! Security rules N1, N2, N4 and N5: TLS checked by the platform's trust store, no redirects, no
//! referrer, no cookies, no retries of its own; plain http goes only to loopback origins that were
//! allowed, and never through a proxy. Which origins a connection may use, and when to try again,
//! is decided before a request gets here.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use http::Uri;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use pop_core::http::{HeaderValue, Http, HttpFault, Method, Request, Response, Timing};
use pop_core::link::LoopbackOrigin;
use reqwest::{Client, ClientBuilder, redirect};
use rustls_platform_verifier::BuilderVerifierExt;
use tower::util::MapFutureLayer;
use tower_service::Service;
use url::Url;

use crate::net::gzip;
use crate::net::origin::Origin;
use crate::net::stopwatch::{Parts, TimedResolver, connecting};

/// Rule B2: no connection within this time is no connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);
/// Longer than the usual pause between two calls, so that a pop finds its connection warm.
const IDLE_LIMIT: Duration = Duration::from_secs(90);

/// The name under which the library's fault of a proxy's tunnel can be reached.
type TunnelFault = <Tunnel<HttpConnector> as Service<Uri>>::Error;

/// Sends requests over the network.
pub struct ReqwestHttp {
    outside: Client,
    inside: Client,
    loopback: Vec<LoopbackOrigin>,
}

/// Why there is no client: the platform's trust store or TLS cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be set up")]
pub struct ClientFault(#[source] Box<dyn Error + Send + Sync>);

impl ClientFault {
    pub(crate) fn of(error: rustls::Error) -> Self {
        Self(Box::new(error))
    }
}

impl ReqwestHttp {
    /// Makes the client; plain http goes to `loopback` and nowhere else.
    pub fn new(loopback: Vec<LoopbackOrigin>) -> Result<Self, ClientFault> {
        let outside = common().https_only(true);
        let inside = common().no_proxy();
        let build = |builder: ClientBuilder| -> Result<Client, Box<dyn Error + Send + Sync>> {
            Ok(builder.tls_backend_preconfigured(tls()?).build()?)
        };
        Ok(Self {
            outside: build(outside).map_err(ClientFault)?,
            inside: build(inside).map_err(ClientFault)?,
            loopback,
        })
    }

    fn client_for(&self, url: &Url) -> Option<&Client> {
        Origin::of(url, &self.loopback)?;
        Some(if url.scheme() == "http" {
            &self.inside
        } else {
            &self.outside
        })
    }

    async fn exchange(&self, request: Request, parts: &Parts) -> Result<Response, HttpFault> {
        let url = Url::parse(&request.url).map_err(|_| HttpFault::BadRequest)?;
        let client = self.client_for(&url).ok_or(HttpFault::BadRequest)?;
        let mut builder = client
            .request(method(request.method), url)
            .timeout(request.limit)
            .header(ACCEPT_ENCODING, "gzip");
        for (name, value) in &request.headers {
            builder = match value {
                HeaderValue::Plain(text) => builder.header(name, text),
                HeaderValue::Secret(secret) => {
                    let text = secret.expose("a credential goes out in its header");
                    let mut value =
                        http::HeaderValue::from_str(text).map_err(|_| HttpFault::BadRequest)?;
                    value.set_sensitive(true);
                    builder.header(name, value)
                }
            };
        }
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        let start = Instant::now();
        let response = builder.send().await.map_err(|error| fault(&error))?;
        let headed = start.elapsed();
        read(
            response,
            request.max_body,
            Watch {
                parts,
                start,
                headed,
            },
        )
        .await
    }
}

#[async_trait]
impl Http for ReqwestHttp {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let parts = Parts::default();
        parts.clone().during(self.exchange(request, &parts)).await
    }
}

struct Watch<'w> {
    parts: &'w Parts,
    start: Instant,
    headed: Duration,
}

impl Watch<'_> {
    fn timing(&self) -> Timing {
        let parts = self.parts.read();
        let before = parts.dns.unwrap_or_default() + parts.connect.unwrap_or_default();
        Timing {
            wait: Some(self.headed.saturating_sub(before)),
            body: Some(self.start.elapsed().saturating_sub(self.headed)),
            ..parts
        }
    }
}

async fn read(
    mut response: reqwest::Response,
    most: usize,
    watch: Watch<'_>,
) -> Result<Response, HttpFault> {
    let status = response.status().as_u16();
    if status == http::StatusCode::PROXY_AUTHENTICATION_REQUIRED.as_u16() {
        return Err(HttpFault::Proxy);
    }
    let packed = response.headers().get(CONTENT_ENCODING).cloned();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| fault(&error))? {
        if body.len() + chunk.len() > most {
            return Err(HttpFault::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    // A codec we did not ask for is not unpacked: the body then reads as what it is, no JSON.
    if packed.is_some_and(|codec| codec.as_bytes().eq_ignore_ascii_case(b"gzip"))
        && !body.is_empty()
    {
        body = gzip::unpack(&body, most)?;
    }
    Ok(Response {
        status,
        headers,
        body,
        timing: watch.timing(),
    })
}

fn common() -> ClientBuilder {
    Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .user_agent(concat!("Screenpop/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_LIMIT)
        .pool_idle_timeout(IDLE_LIMIT)
        .dns_resolver(TimedResolver)
        .connector_layer(MapFutureLayer::new(connecting))
}

fn tls() -> Result<rustls::ClientConfig, Box<dyn Error + Send + Sync>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    }
}

/// Names the fault by the types in its chain of causes, never by its words.
fn fault(error: &reqwest::Error) -> HttpFault {
    let mut io_kind = None;
    for cause in causes(error) {
        if cause.is::<rustls::Error>() {
            return HttpFault::Tls;
        }
        if cause.is::<TunnelFault>() {
            return HttpFault::Proxy;
        }
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            io_kind = Some(error.kind());
        }
    }
    if error.is_timeout() {
        return if error.is_connect() {
            HttpFault::ConnectTimeout
        } else {
            HttpFault::AnswerTimeout
        };
    }
    if error.is_dns() {
        return HttpFault::Dns;
    }
    if error.is_builder() {
        return HttpFault::BadRequest;
    }
    // TLS that breaks off on the server's side reaches us as an end of the stream.
    let broke_off = matches!(
        io_kind,
        Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset)
    );
    if error.is_connect() && !broke_off {
        HttpFault::Refused
    } else {
        HttpFault::Cut
    }
}

/// An error and what caused it; what an I/O error wraps is a cause too.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> Vec<&'e (dyn Error + 'static)> {
    let mut list = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        list.push(cause);
        let wrapped = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    list
}
