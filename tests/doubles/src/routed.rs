//! The HTTP port that leads requests for the vendors' real https hosts to their doubles.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use pop_core::http::{HeaderValue, Http, HttpFault, Request, Response};
use url::Url;

use crate::direct::Direct;
use crate::double::Double;

/// Sends `https://<host of a double>/…` to that double over plain http, with the host in the `Host`
/// field. A request for any other host goes nowhere and is kept as a stray.
pub struct Routed {
    inner: Arc<dyn Http>,
    routes: BTreeMap<String, SocketAddr>,
    strays: Mutex<Vec<String>>,
}

impl Routed {
    /// Over a client of this crate.
    pub fn new(doubles: &[&Double]) -> Self {
        Self::over(Arc::new(Direct::default()), doubles)
    }

    /// Over another client; it must let plain http to the doubles' addresses pass.
    pub fn over(inner: Arc<dyn Http>, doubles: &[&Double]) -> Self {
        let of = |double: &&Double| {
            let address = double.address();
            let hosts = double.hosts().to_vec();
            hosts.into_iter().map(move |host| (host, address))
        };
        Self {
            inner,
            routes: doubles.iter().flat_map(of).collect(),
            strays: Mutex::default(),
        }
    }

    /// The addresses that were asked for and belong to no double.
    pub fn strays(&self) -> Vec<String> {
        let strays = self.strays.lock();
        strays.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn led(&self, url: &str) -> Option<(String, String)> {
        let parsed = Url::parse(url).ok()?;
        let host = parsed.host_str()?;
        let address = self.routes.get(host)?;
        let is_usual = parsed.scheme() == "https" && parsed.port().is_none();
        let after = url.get("https://".len()..)?;
        let target = after.find(['/', '?']).and_then(|at| after.get(at..));
        let target = target.unwrap_or("/");
        is_usual.then(|| (format!("http://{address}{target}"), host.to_owned()))
    }
}

#[async_trait]
impl Http for Routed {
    async fn send(&self, mut request: Request) -> Result<Response, HttpFault> {
        let Some((url, host)) = self.led(&request.url) else {
            let mut strays = self.strays.lock().unwrap_or_else(PoisonError::into_inner);
            strays.push(request.url);
            return Err(HttpFault::Dns);
        };
        request.url = url;
        let host = HeaderValue::Plain(host);
        request.headers.push(("host".to_owned(), host));
        self.inner.send(request).await
    }
}
