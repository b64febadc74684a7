//! The page of this computer that the browser comes back to: one answer, then it is gone.
//!
//! Security rule O2 and section 1.2 of the CRM reference. The ports are those that are registered
//! with the CRM, tried in order; where it ignores the port, a free one. Whatever is not the
//! browser's own way back (another path, another host, an image or a script of some page) gets a
//! 404 and changes nothing.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use subtle::ConstantTimeEq;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::language::oauth::Redirect;
use crate::sign_in::page;

/// Connections that are served at once; a browser opens a few ahead of time.
const VISITORS: usize = 16;
/// A head that has not arrived by then never will.
const HEAD_LIMIT: Duration = Duration::from_secs(5);
/// How long one connection may take in all.
const VISIT_LIMIT: Duration = Duration::from_secs(10);
/// How often a free port is looked for that is free under both addresses.
const FREE_PORTS: usize = 8;

/// The page, waiting.
pub(crate) struct Loopback {
    listener: TcpListener,
    second: Option<TcpListener>,
    host: String,
    redirect: String,
    path: String,
}

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum LoopbackFault {
    /// All of these are taken.
    Taken,
    /// What the system said.
    System(io::Error),
}

/// What the browser brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hit {
    /// An answer to our own question.
    Answer(Vec<(String, String)>),
    /// An answer to no question of ours.
    WrongState,
}

impl Loopback {
    /// Takes the first of the ports that is free.
    pub(crate) async fn open(redirect: &Redirect, ports: &[u16]) -> Result<Self, LoopbackFault> {
        let free = [0; FREE_PORTS];
        let ports = if ports.is_empty() { &free[..] } else { ports };
        for port in ports {
            let (listener, second) = match listen(redirect, *port).await {
                Ok(listeners) => listeners,
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => continue,
                Err(error) => return Err(LoopbackFault::System(error)),
            };
            let port = listener.local_addr().map_err(LoopbackFault::System)?.port();
            let host = format!("{}:{port}", redirect.host());
            return Ok(Self {
                listener,
                second,
                redirect: format!("http://{host}{}", redirect.path),
                host,
                path: redirect.path.clone(),
            });
        }
        Err(LoopbackFault::Taken)
    }

    /// The address that the browser is sent back to.
    pub(crate) fn redirect(&self) -> &str {
        &self.redirect
    }

    /// Waits for the browser; the page is gone when this returns.
    pub(crate) async fn hit(self, state: &str) -> io::Result<Hit> {
        let door = Arc::new(Door {
            host: self.host,
            path: self.path,
            state: state.to_owned(),
            is_answered: AtomicBool::new(false),
        });
        // One hit is all there ever is.
        let (sender, mut hits) = mpsc::channel(1);
        let mut visitors = JoinSet::new();
        loop {
            let has_room = visitors.len() < VISITORS;
            let stream = tokio::select! {
                Some(hit) = hits.recv() => return Ok(hit),
                _ = visitors.join_next(), if !visitors.is_empty() => continue,
                accepted = self.listener.accept(), if has_room => accepted?.0,
                accepted = accept(self.second.as_ref()), if has_room => accepted?.0,
            };
            visitors.spawn(visit(stream, Arc::clone(&door), sender.clone()));
        }
    }
}

/// Where a browser may come back to, and whether one has.
struct Door {
    host: String,
    path: String,
    state: String,
    is_answered: AtomicBool,
}

impl Door {
    /// What a request brings; `None` when it is not the browser on its way back.
    fn hit(&self, request: &Request<Incoming>) -> Option<Hit> {
        let headers = request.headers();
        let mut hosts = headers.get_all(HOST).iter();
        let is_ours = hosts.next().is_some_and(|host| host == self.host.as_str());
        // A page of somebody else can have an image or a script here, but not the person's window.
        let mode = headers.get("sec-fetch-mode");
        let is_window = mode.is_none_or(|mode| mode == "navigate");
        let is_early = headers.contains_key("sec-purpose") || headers.contains_key("purpose");
        let fits = request.method() == Method::GET && request.uri().path() == self.path;
        if !(is_ours && hosts.next().is_none() && is_window && !is_early && fits) {
            return None;
        }
        let query = request.uri().query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let pairs = pairs.collect::<Vec<_>>();
        if !pairs
            .iter()
            .any(|(name, _)| name == "code" || name == "error")
        {
            return None;
        }
        if self.is_answered.swap(true, Ordering::Relaxed) {
            return None;
        }
        Some(self.judge(pairs))
    }

    fn judge(&self, pairs: Vec<(String, String)>) -> Hit {
        let values = |name: &str| {
            let values = pairs.iter().filter(|(known, _)| known == name);
            values.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let is_once = ["code", "error", "iss"]
            .iter()
            .all(|name| values(name).len() <= 1);
        let is_ours = match values("state").as_slice() {
            [state] => bool::from(state.as_bytes().ct_eq(self.state.as_bytes())),
            _ => false,
        };
        if is_ours && is_once {
            Hit::Answer(pairs)
        } else {
            Hit::WrongState
        }
    }
}

/// Serves one request of one connection; a hit is handed on when its page is sent.
async fn visit(stream: TcpStream, door: Arc<Door>, hits: mpsc::Sender<Hit>) {
    let taken = Mutex::new(None);
    let answer = |request: Request<Incoming>| {
        let hit = door.hit(&request);
        let response = respond(hit.as_ref());
        if hit.is_some() {
            *taken.lock().unwrap_or_else(PoisonError::into_inner) = hit;
        }
        async move { Ok::<_, Infallible>(response) }
    };
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service_fn(answer));
    // However the connection ends: what it brought counts.
    let _ = tokio::time::timeout(VISIT_LIMIT, served).await;
    let hit = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(hit) = hit {
        // Nobody waits any more when the time was over meanwhile.
        let _ = hits.send(hit).await;
    }
}

fn respond(hit: Option<&Hit>) -> Response<Full<Bytes>> {
    let (status, text) = match hit {
        None => (StatusCode::NOT_FOUND, ""),
        Some(Hit::WrongState) => (StatusCode::BAD_REQUEST, page::REFUSED),
        Some(Hit::Answer(pairs)) => {
            let is_code = pairs.iter().any(|(name, _)| name == "code");
            (
                StatusCode::OK,
                if is_code { page::TAKEN } else { page::REFUSED },
            )
        }
    };
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'"),
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, http::HeaderValue::from_static(value));
    }
    response
}

/// Listens on what the browser will find under the redirect's host.
async fn listen(redirect: &Redirect, port: u16) -> io::Result<(TcpListener, Option<TcpListener>)> {
    let at = |address: IpAddr, port| TcpListener::bind(SocketAddr::new(address, port));
    let listener = at(Ipv4Addr::LOCALHOST.into(), port).await?;
    if !redirect.by_name {
        return Ok((listener, None));
    }
    let port = listener.local_addr()?.port();
    match at(Ipv6Addr::LOCALHOST.into(), port).await {
        Ok(second) => Ok((listener, Some(second))),
        // `localhost` may lead there, so somebody else's page would get our answer.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        // No such address on this computer.
        Err(_) => Ok((listener, None)),
    }
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}
