//! The way to a server, stage by stage: name, proxy, connection, certificate, first answer.
//!
//! Each stage has its own time limit and its own cause, and the first that fails ends the way.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pop_core::doctor::{self, Cause, Check, CheckName, Detail, Part, Skip, Spent};
use pop_core::fault::FaultKind;
use pop_core::http::HttpFault;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;

use crate::doctor::certificate::{self, Listening};
use crate::doctor::looking::{Looking, Proxy};
use crate::doctor::page::Page;

/// What the way showed.
pub(crate) struct Way {
    pub(crate) checks: Vec<Check>,
    pub(crate) spent: Spent,
    pub(crate) page: Option<Page>,
}

/// One walk.
pub(super) struct Walk<'w> {
    pub(super) looking: &'w Looking,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) secure: bool,
    way: Way,
}

/// What ends a walk; its check is written already.
struct Ended;

impl Looking {
    /// Walks to the server of an address.
    pub(crate) async fn walk(&self, url: &Url) -> Way {
        let host = url.host_str().unwrap_or_default();
        let secure = url.scheme() == "https";
        let mut walk = Walk {
            looking: self,
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port_or_known_default().unwrap_or_default(),
            secure,
            way: Way {
                checks: Vec::new(),
                spent: Spent::default(),
                page: None,
            },
        };
        // What is missing on a way that ended early was not looked at.
        let _ = walk.go().await;
        let known: Vec<_> = walk.way.checks.iter().map(|check| check.name).collect();
        let stages = [
            CheckName::Name,
            CheckName::Proxy,
            CheckName::Route,
            CheckName::Certificate,
            CheckName::Page,
            CheckName::Clock,
        ];
        let missing = stages.into_iter().filter(|name| !known.contains(name));
        let missing = missing.map(|name| Check::skipped(name, Skip::Before));
        walk.way.checks.extend(missing.collect::<Vec<_>>());
        walk.way
    }
}

impl Walk<'_> {
    async fn go(&mut self) -> Result<(), Ended> {
        // Plain http stays on this computer and never goes through a proxy.
        let proxy = self
            .secure
            .then(|| self.looking.proxy(&self.host, self.port))
            .flatten();
        let Some(proxy) = proxy else {
            self.add(Check::skipped(CheckName::Proxy, Skip::NotSetUp));
            let addresses = self.name().await?;
            let stream = self.route(&addresses).await?;
            return self.talk(stream).await;
        };
        self.add(Check::skipped(CheckName::Name, Skip::NotSetUp));
        self.add(Check::skipped(CheckName::Route, Skip::NotSetUp));
        let stream = self.through(&proxy).await?;
        self.talk(stream).await
    }

    fn add(&mut self, check: Check) {
        self.way.checks.push(check);
    }

    fn end<T>(&mut self, check: Check) -> Result<T, Ended> {
        self.add(check);
        Err(Ended)
    }

    async fn name(&mut self) -> Result<Vec<SocketAddr>, Ended> {
        let begun = Instant::now();
        let found = self.looking.resolver.addresses(&self.host, self.port);
        let found = timeout(self.looking.stage, found).await;
        let took = begun.elapsed();
        self.way.spent.add(Part::Name, took);
        let (addresses, came) = match found {
            Ok(Ok(addresses)) if !addresses.is_empty() => {
                let texts = addresses.iter().map(|address| address.ip().to_string());
                let came = texts.collect::<Vec<_>>().join(", ");
                (addresses, came)
            }
            Ok(Ok(_)) => (Vec::new(), "no address".to_owned()),
            Ok(Err(error)) => (Vec::new(), error.to_string()),
            Err(_) => (Vec::new(), "no answer".to_owned()),
        };
        let name = CheckName::Name;
        let check = if addresses.is_empty() {
            Check::failed(name, network(HttpFault::Dns))
        } else {
            Check::passed(name)
        };
        let check = check
            .told(
                format!("the addresses of {}", self.host),
                "an address",
                came,
            )
            .with(Detail::Took(took))
            .within(took);
        if addresses.is_empty() {
            return self.end(check);
        }
        self.add(check);
        Ok(addresses)
    }

    /// Connects by each family apart, so that a broken one is seen beside one that works.
    async fn route(&mut self, addresses: &[SocketAddr]) -> Result<TcpStream, Ended> {
        let begun = Instant::now();
        let first = |six: bool| {
            let mut all = addresses.iter();
            all.find(|address| address.is_ipv6() == six).copied()
        };
        let stage = self.looking.stage;
        let (four, six) = tokio::join!(tried(first(false), stage), tried(first(true), stage));
        let took = [&four, &six]
            .into_iter()
            .flatten()
            .filter_map(|(tried, took)| tried.is_ok().then_some(*took))
            .min();
        let took = took.unwrap_or_else(|| begun.elapsed());
        self.way.spent.add(Part::Connect, took);
        let tried = addresses.iter().map(ToString::to_string);
        let tried = format!("connecting to {}", tried.collect::<Vec<_>>().join(", "));
        let told = |check: Check, came: String| {
            check
                .told(tried.clone(), "a connection by each family", came)
                .with(Detail::Took(took))
                .within(took)
        };
        let name = CheckName::Route;
        match (four.map(|four| four.0), six.map(|six| six.0)) {
            (Some(Ok(stream)), Some(Err(fault))) => {
                let came = format!("IPv4 connected, IPv6: {}", slug(fault));
                self.add(told(Check::warned(name, Cause::Ipv6Broken), came));
                Ok(stream)
            }
            (Some(Ok(stream)), _) | (_, Some(Ok(stream))) => {
                self.add(told(Check::passed(name), "connected".to_owned()));
                Ok(stream)
            }
            (Some(Err(fault)), _) | (None, Some(Err(fault))) => {
                let cause = self.or_captive(network(fault)).await;
                self.end(told(Check::failed(name, cause), slug(fault).to_owned()))
            }
            (None, None) => self.end(Check::failed(name, network(HttpFault::Dns))),
        }
    }

    async fn through(&mut self, proxy: &Proxy) -> Result<TcpStream, Ended> {
        let begun = Instant::now();
        let called = proxy.called();
        let tried = format!("CONNECT {}:{} by {called}", self.host, self.port);
        let name = CheckName::Proxy;
        let stage = self.looking.stage;
        let reached = async {
            let found = self.looking.resolver.addresses(&proxy.host, proxy.port);
            let addresses = found.await?;
            TcpStream::connect(addresses.as_slice()).await
        };
        let reached = timeout(stage, reached).await;
        let told = |check: Check, came: String, took: Duration| {
            check
                .told(tried.clone(), "200: a way through", came)
                .with(Detail::Text(called.clone()))
                .within(took)
        };
        let Ok(Ok(mut stream)) = reached else {
            let proxy = called.clone();
            let check = Check::failed(name, Cause::ProxyUnreachable { proxy });
            return self.end(told(check, "no connection".to_owned(), begun.elapsed()));
        };
        let asked = proxy.tunnel(&mut stream, &self.host, self.port);
        // A proxy waits itself until the server connects.
        let asked = timeout(stage * 2, asked).await;
        let took = begun.elapsed();
        self.way.spent.add(Part::Proxy, took);
        let (cause, came) = match asked {
            Ok(Ok(status)) => {
                self.add(told(Check::passed(name), status.to_string(), took));
                return Ok(stream);
            }
            Ok(Err(refused)) => refused,
            Err(_) => {
                let proxy = called.clone();
                (Cause::ProxyUnreachable { proxy }, "no answer".to_owned())
            }
        };
        self.end(told(Check::failed(name, cause), came, took))
    }

    async fn talk(&mut self, stream: TcpStream) -> Result<(), Ended> {
        let host = format!("{}:{}", self.host, self.port);
        let page = if self.secure {
            let stream = self.agree(stream).await?;
            Page::ask(stream, &host, self.looking.stage).await
        } else {
            self.add(Check::skipped(CheckName::Certificate, Skip::NotSetUp));
            Page::ask(stream, &host, self.looking.stage).await
        };
        let Some(page) = page else {
            // That nothing comes is judged where a real request is sent.
            return Err(Ended);
        };
        let name = CheckName::Page;
        let check = if page.is_captive() {
            Check::failed(name, Cause::CaptivePage)
        } else {
            Check::passed(name)
        };
        let tried = "a path that nobody has, without a sign-in";
        self.add(
            check
                .told(tried, "no page in its place", page.line())
                .with(Detail::Text(page.status.to_string())),
        );
        self.clock(&page);
        self.way.page = Some(page);
        Ok(())
    }

    fn clock(&mut self, page: &Page) {
        let here = self.looking.clock.now();
        let Some(there) = page.date else { return };
        let name = CheckName::Clock;
        let check = match doctor::clock(here, there) {
            Some(cause) => Check::failed(name, cause),
            None => Check::passed(name),
        };
        self.add(check.told("the date of the answer", here.rfc3339(), there.rfc3339()));
    }

    async fn agree(&mut self, stream: TcpStream) -> Result<TlsStream<TcpStream>, Ended> {
        let begun = Instant::now();
        let listening = self.listening();
        let agreed = self.handshake(stream, &self.host, &listening).await;
        let took = begun.elapsed();
        self.way.spent.add(Part::Tls, took);
        let shown = listening.shown();
        let name = CheckName::Certificate;
        let tried = format!("TLS with {}", self.host);
        match agreed {
            Some(Ok(stream)) => {
                let until = shown.until.map_or(Detail::None, Detail::Until);
                let came = format!("issued by {}", shown.issuer);
                self.add(
                    Check::passed(name)
                        .told(tried, "a certificate that is trusted", came)
                        .with(until)
                        .within(took),
                );
                Ok(stream)
            }
            Some(Err(error)) => {
                let now = self.looking.clock.now();
                let cause = certificate::cause(&error, &shown, now);
                let cause = self.or_intercepted(cause, &shown).await;
                let cause = self.or_captive(cause).await;
                let name = if matches!(cause, Cause::ClockOff { .. }) {
                    CheckName::Clock
                } else {
                    name
                };
                let came = format!("{error}; issued by “{}”", shown.issuer);
                let check = Check::failed(name, cause);
                self.end(
                    check
                        .told(tried, "a certificate that is trusted", came)
                        .within(took),
                )
            }
            None => {
                let check = Check::failed(name, network(HttpFault::AnswerTimeout));
                self.end(check.told(tried, "TLS", "silence").within(took))
            }
        }
    }

    pub(super) fn listening(&self) -> Arc<Listening> {
        let (trust, clock) = (&self.looking.trust, &self.looking.clock);
        Arc::new(Listening::new(Arc::clone(trust), Arc::clone(clock)))
    }

    /// Agrees on TLS; `None` when the time was up.
    pub(super) async fn handshake(
        &self,
        stream: TcpStream,
        name: &str,
        listening: &Arc<Listening>,
    ) -> Option<io::Result<TlsStream<TcpStream>>> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ClientConfig::builder_with_provider(provider);
        let Ok(builder) = builder.with_safe_default_protocol_versions() else {
            return Some(Err(io::ErrorKind::Unsupported.into()));
        };
        let verifier = Arc::<Listening>::clone(listening);
        let mut config = builder
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let Ok(name) = ServerName::try_from(name.to_owned()) else {
            return Some(Err(io::ErrorKind::InvalidInput.into()));
        };
        let agreed = TlsConnector::from(Arc::new(config)).connect(name, stream);
        timeout(self.looking.stage, agreed).await.ok()
    }
}

/// One connection to one address, if there is one; how long it took.
async fn tried(
    address: Option<SocketAddr>,
    stage: Duration,
) -> Option<(Result<TcpStream, HttpFault>, Duration)> {
    let address = address?;
    let begun = Instant::now();
    let tried = match timeout(stage, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
            Err(HttpFault::Refused)
        }
        // No route, no network, and silence.
        Ok(Err(_)) | Err(_) => Err(HttpFault::ConnectTimeout),
    };
    Some((tried, begun.elapsed()))
}

fn network(fault: HttpFault) -> Cause {
    Cause::Fault(FaultKind::Network(fault))
}

fn slug(fault: HttpFault) -> &'static str {
    FaultKind::Network(fault).slug()
}
