//! A running sandbox with a client beside it.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{HeaderMap, Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use pop_sandbox::{Options, Sandbox};
use serde_json::Value;

pub(crate) const TOKEN: &str = "test-token";

/// A sandbox with few generated customers, and a client that brings the token.
pub(crate) struct Crm {
    pub(crate) sandbox: Sandbox,
    client: Client<HttpConnector, Full<Bytes>>,
}

/// One answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// How a call failed to give an answer.
#[derive(Debug)]
pub(crate) enum Broken {
    /// Before the head of the answer.
    Nothing,
    /// After the head, with this status.
    InBody(StatusCode),
}

impl Crm {
    pub(crate) async fn start() -> Self {
        Self::of(Options {
            customers: 60,
            ..Options::new(TOKEN)
        })
        .await
    }

    pub(crate) async fn of(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        Self {
            sandbox,
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    /// Asks with the token.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], None).await
    }

    /// Writes with the token.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &[], Some(body.to_string())).await
    }

    /// Writes with the token and a key.
    pub(crate) async fn post_with_key(&self, path: &str, key: &str, body: Value) -> Answer {
        self.call(
            "POST",
            path,
            &[("idempotency-key", key)],
            Some(body.to_string()),
        )
        .await
    }

    /// Calls with the token; a body is JSON unless a header says otherwise.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let token = format!("Bearer {TOKEN}");
        let mut all = vec![("authorization", token.as_str())];
        if body.is_some() && !headers.iter().any(|(name, _)| *name == "content-type") {
            all.push(("content-type", "application/json"));
        }
        all.extend(headers);
        self.send(method, path, &all, body).await.unwrap()
    }

    /// Sends exactly this.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Result<Answer, Broken> {
        let url = format!("{}{path}", self.sandbox.origin());
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::from(body.unwrap_or_default())).unwrap();
        let answer = self
            .client
            .request(request)
            .await
            .map_err(|_| Broken::Nothing)?;
        let (parts, body) = answer.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|_| Broken::InBody(parts.status))?;
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_bytes(),
        })
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{} is no JSON: {error}", self.text());
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// The ids of a list's customers.
    pub(crate) fn customer_ids(&self) -> Vec<String> {
        ids(&self.json()["items"], "customerId")
    }

    /// Asserts a refusal and what it says about which field.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str, field: Option<&str>) {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["code"], code);
        assert_eq!(problem["errors"][0]["field"].as_str(), field, "{problem}");
        assert_eq!(problem["requestId"], self.header("x-request-id"));
    }
}

pub(crate) fn ids(items: &Value, name: &str) -> Vec<String> {
    let items = items.as_array().unwrap();
    items
        .iter()
        .map(|item| item[name].as_str().unwrap().to_owned())
        .collect()
}
