//! One request without any credential, for a path that nobody has: it shows the server's date, and
//! whether a page of the network answers in its place.

use std::time::Duration;

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use pop_core::moment::Moment;
use tokio::io::{AsyncRead, AsyncWrite};

/// A path that no server has a record at.
const NOWHERE: &str = "/.well-known/screenpop-doctor";

/// What a network answers that wants a sign-in first (RFC 6585).
const WANTS_NETWORK_SIGN_IN: u16 = 511;

/// What answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) date: Option<Moment>,
    /// The host it sends to, where that is another one.
    pub(crate) elsewhere: Option<String>,
    pub(crate) html: bool,
}

impl Page {
    /// Asks for a page that does not exist.
    pub(crate) async fn ask<S>(stream: S, host: &str, limit: Duration) -> Option<Self>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        tokio::time::timeout(limit, Self::exchange(stream, host))
            .await
            .ok()?
    }

    async fn exchange<S>(stream: S, host: &str) -> Option<Self>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream));
        let (mut sender, connection) = handshake.await.ok()?;
        // It ends with the sender.
        tokio::spawn(async move {
            let _ = connection.await;
        });
        let request = http::Request::get(NOWHERE)
            .header(http::header::HOST, host)
            .header(http::header::ACCEPT, "application/json")
            .header(http::header::USER_AGENT, "Screenpop")
            .body(Empty::<Bytes>::new())
            .ok()?;
        let answer = sender.send_request(request).await.ok()?;
        let field = |name: http::HeaderName| answer.headers().get(name)?.to_str().ok();
        let date = field(http::header::DATE).and_then(|text| httpdate::parse_http_date(text).ok());
        let date = date.and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok());
        let date = date.and_then(|date| i64::try_from(date.as_millis()).ok());
        let kind = field(http::header::CONTENT_TYPE).unwrap_or_default();
        let to = field(http::header::LOCATION).and_then(|to| url::Url::parse(to).ok());
        let to = to.and_then(|to| to.host_str().map(str::to_owned));
        let own = host.rsplit_once(':').map_or(host, |(name, _)| name);
        Some(Self {
            status: answer.status().as_u16(),
            date: date.map(Moment::from_millis),
            elsewhere: to.filter(|to| !to.eq_ignore_ascii_case(own)),
            html: kind.to_lowercase().contains("html"),
        })
    }

    /// Whether it is a page of the network: it wants a sign-in, or leads every path away.
    pub(crate) fn is_captive(&self) -> bool {
        let leads_away = (300..400).contains(&self.status) && self.elsewhere.is_some();
        self.status == WANTS_NETWORK_SIGN_IN || leads_away
    }

    /// Whether plain http is answered as only a network's own page would: not by a way to https.
    pub(crate) fn is_captive_plainly(&self) -> bool {
        self.is_captive() || (self.status == 200 && self.html)
    }

    pub(crate) fn line(&self) -> String {
        let html = if self.html { ", a page" } else { "" };
        let to = self.elsewhere.as_deref();
        let to = to.map_or(String::new(), |to| format!(", to {to}"));
        format!("{}{html}{to}", self.status)
    }
}
