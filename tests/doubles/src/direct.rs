//! A plain HTTP client for the double's own tests and for driving a sign-in: no limits of its own.
//! The product's client is in `pop-crm`, which this crate does not know.

use std::time::Instant;

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use pop_core::http::{HeaderValue, Http, HttpFault, Request, Response, Timing};

/// Sends requests over plain http and keeps its connections.
pub struct Direct(Client<HttpConnector, Full<Bytes>>);

impl Default for Direct {
    fn default() -> Self {
        Self(Client::builder(TokioExecutor::new()).build_http())
    }
}

#[async_trait]
impl Http for Direct {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let limit = request.limit;
        tokio::time::timeout(limit, self.exchange(request))
            .await
            .unwrap_or(Err(HttpFault::AnswerTimeout))
    }
}

impl Direct {
    async fn exchange(&self, request: Request) -> Result<Response, HttpFault> {
        let mut builder = hyper::Request::builder()
            .method(request.method.word())
            .uri(&request.url);
        for (name, value) in &request.headers {
            let value = match value {
                HeaderValue::Plain(text) => text,
                HeaderValue::Secret(secret) => secret.expose("a credential goes out in its header"),
            };
            builder = builder.header(name, value);
        }
        let body = Full::from(request.body.unwrap_or_default());
        let whole = builder.body(body).map_err(|_| HttpFault::BadRequest)?;
        let start = Instant::now();
        let sent = self.0.request(whole).await.map_err(|fault| {
            if fault.is_connect() {
                HttpFault::Refused
            } else {
                HttpFault::Cut
            }
        })?;
        let wait = start.elapsed();
        let (head, body) = sent.into_parts();
        let body = body.collect().await.map_err(|_| HttpFault::Cut)?.to_bytes();
        if body.len() > request.max_body {
            return Err(HttpFault::TooLarge);
        }
        let headers = head.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.as_str().to_owned(), value.into_owned())
        });
        Ok(Response {
            status: head.status.as_u16(),
            headers: headers.collect(),
            body: body.to_vec(),
            timing: Timing {
                wait: Some(wait),
                body: Some(start.elapsed().saturating_sub(wait)),
                ..Timing::default()
            },
        })
    }
}
