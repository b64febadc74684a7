//! Sends requests that were written by hand.

use std::time::Duration;

use pop_core::http::{HeaderValue, Http as _, HttpFault, Method, Request, Response};
use pop_doubles::{Double, Routed};
use serde_json::Value;
use url::form_urlencoded;

/// Values that some query language takes for more than a value.
pub(crate) const HOSTILE: &[&str] = &[
    "O'Neil",
    "x\" OR 1=1 \"",
    "\\",
    "a\\\"b",
    "^ORname=x",
    "100%_*?",
    "{[(x)]}",
    "javascript:1",
    "a OR 1=1 AND NOT b",
    "-role:admin key:value<1",
    "😀 Groß",
];

/// A client of one double, with a token or without.
pub(crate) struct Client<'d> {
    routed: Routed,
    host: &'d str,
    headers: Vec<(String, String)>,
}

impl<'d> Client<'d> {
    pub(crate) fn of(double: &'d Double) -> Self {
        Self {
            routed: Routed::new(&[double]),
            host: &double.hosts()[0],
            headers: vec![],
        }
    }

    pub(crate) fn signed_in(double: &'d Double) -> Self {
        let token = double.oauth().grant("").access_token;
        Self::of(double).with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn at(mut self, host: &'d str) -> Self {
        self.host = host;
        self
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) async fn try_send(
        &self,
        method: &str,
        target: &str,
        body: Option<(&str, String)>,
    ) -> Result<Response, HttpFault> {
        let mut headers = self
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::Plain(value.clone())))
            .collect::<Vec<_>>();
        let body = body.map(|(kind, text)| {
            headers.push(("content-type".into(), HeaderValue::Plain(kind.into())));
            text.into_bytes()
        });
        let request = Request {
            method: Method::parse(method).expect("a method"),
            url: format!("https://{}{target}", self.host),
            headers,
            body,
            limit: Duration::from_secs(10),
            max_body: 8 << 20,
        };
        self.routed.send(request).await
    }

    pub(crate) async fn get(&self, target: &str) -> Response {
        self.try_send("GET", target, None).await.expect("an answer")
    }

    pub(crate) async fn json(&self, method: &str, target: &str, body: &Value) -> Response {
        let body = Some(("application/json", body.to_string()));
        self.try_send(method, target, body)
            .await
            .expect("an answer")
    }

    pub(crate) async fn form(&self, target: &str, members: &[(&str, &str)]) -> Response {
        let text = form(members);
        let body = Some(("application/x-www-form-urlencoded", text));
        self.try_send("POST", target, body)
            .await
            .expect("an answer")
    }
}

pub(crate) fn form(members: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(members)
        .finish()
}

pub(crate) fn value(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or(Value::Null)
}
