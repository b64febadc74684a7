//! A server with a token endpoint and a few records, over real HTTP.
//!
//! It refuses what RFC 6749 and RFC 7636 refuse: a wrong client, redirect address or verifier, a
//! code that was used, a refresh token that is unknown or, where it rotates, spent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use pop_crm::SignInAddress;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

/// What happened, in the order in which it happened: at the server, and in the test's store.
pub(crate) type Log = Arc<Mutex<Vec<String>>>;

/// How the server behaves.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each habit is one of its own"
)]
pub(crate) struct Habits {
    pub(crate) client_id: &'static str,
    pub(crate) secret: Option<&'static str>,
    pub(crate) redirects: Vec<String>,
    pub(crate) expires_in: Option<u64>,
    pub(crate) rotates: bool,
    pub(crate) gives_refresh: bool,
    /// What else a token answer holds.
    pub(crate) extra: Value,
    /// The answer of the token endpoint in place of a token.
    pub(crate) refusal: Option<(u16, Value)>,
    /// Every access token is refused.
    pub(crate) refuses_all: bool,
    pub(crate) reads_json: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            client_id: "desk-app",
            secret: None,
            redirects: Vec::new(),
            expires_in: Some(1_800),
            rotates: true,
            gives_refresh: true,
            extra: json!({}),
            refusal: None,
            refuses_all: false,
            reads_json: false,
        }
    }
}

#[derive(Default)]
struct Issued {
    codes: BTreeMap<String, Code>,
    /// Refresh tokens that can be used.
    refresh: BTreeSet<String>,
    /// Access tokens that are taken.
    access: BTreeSet<String>,
    count: usize,
}

#[derive(Clone)]
struct Code {
    challenge: String,
    redirect: String,
}

pub(crate) struct TokenServer {
    pub(crate) port: u16,
    pub(crate) log: Log,
    habits: Mutex<Habits>,
    issued: Mutex<Issued>,
    forms: Mutex<Vec<BTreeMap<String, String>>>,
}

impl TokenServer {
    pub(crate) async fn start(habits: Habits) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = Arc::new(Self {
            port: listener.local_addr().expect("it is bound").port(),
            log: Log::default(),
            habits: Mutex::new(habits),
            issued: Mutex::default(),
            forms: Mutex::default(),
        });
        let serving = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = Arc::clone(&serving);
                let answer = move |request| {
                    let server = Arc::clone(&server);
                    async move { Ok::<_, std::convert::Infallible>(server.answer(request).await) }
                };
                let connection = http1::Builder::new();
                let connection =
                    connection.serve_connection(TokioIo::new(stream), service_fn(answer));
                tokio::spawn(connection);
            }
        });
        server
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn habits(&self) -> MutexGuard<'_, Habits> {
        self.habits
            .lock()
            .expect("no test panics while it holds this")
    }

    fn issued(&self) -> MutexGuard<'_, Issued> {
        self.issued
            .lock()
            .expect("no test panics while it holds this")
    }

    /// What the log says so far.
    pub(crate) fn told(&self) -> Vec<String> {
        self.log
            .lock()
            .expect("no test panics while it holds this")
            .clone()
    }

    /// How often something is in the log.
    pub(crate) fn count(&self, what: &str) -> usize {
        self.told()
            .iter()
            .filter(|line| line.starts_with(what))
            .count()
    }

    fn note(&self, line: String) {
        self.log
            .lock()
            .expect("no test panics while it holds this")
            .push(line);
    }

    /// The forms that the token endpoint has read.
    pub(crate) fn forms(&self) -> Vec<BTreeMap<String, String>> {
        self.forms
            .lock()
            .expect("no test panics while it holds this")
            .clone()
    }

    /// Every access token so far has ended.
    pub(crate) fn expire_all(&self) {
        self.issued().access.clear();
    }

    /// Every refresh token so far is worth nothing any more.
    pub(crate) fn withdraw_all(&self) {
        self.issued().refresh.clear();
    }

    /// The page where the person says yes: checks the question, and gives the address that the
    /// browser is sent back to.
    pub(crate) fn consent(&self, address: &SignInAddress) -> String {
        let address = url::Url::parse(address.as_str()).expect("an address");
        let question = address
            .query_pairs()
            .into_owned()
            .collect::<BTreeMap<_, _>>();
        let value = |name: &str| question.get(name).cloned().unwrap_or_default();
        assert_eq!(value("response_type"), "code");
        assert_eq!(value("client_id"), self.habits().client_id);
        assert_eq!(
            value("code_challenge_method"),
            "S256",
            "plain is not accepted"
        );
        assert!(
            !question.contains_key("client_secret"),
            "the browser knows no secret"
        );
        let redirect = value("redirect_uri");
        let registered = &self.habits().redirects;
        assert!(
            registered.is_empty() || registered.contains(&redirect),
            "redirect_uri_mismatch: {redirect}"
        );
        let mut issued = self.issued();
        issued.count += 1;
        let code = format!("code-{}", issued.count);
        let challenge = value("code_challenge");
        let facts = Code {
            challenge,
            redirect: redirect.clone(),
        };
        issued.codes.insert(code.clone(), facts);
        format!("{redirect}?code={code}&state={}", value("state"))
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let line = format!("{} {}", request.method(), request.uri().path());
        let bearer = request.headers().get("authorization");
        let bearer = bearer.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let bearer = bearer.unwrap_or_default().to_owned();
        let kind = request.headers().get("content-type").cloned();
        let body = request.into_body().collect().await.expect("a whole body");
        let body = body.to_bytes();
        let (status, answer) = match line.as_str() {
            "POST /token" => {
                let is_json = kind.is_some_and(|kind| kind == "application/json");
                assert_eq!(is_json, self.habits().reads_json, "the type of the form");
                self.token(&body, is_json)
            }
            "POST /revoke" => self.revoke(&form(&body, false)),
            "DELETE /tokens/current" => {
                self.note(format!("deleted {bearer}"));
                (204, Value::Null)
            }
            _ => self.record(&line, &bearer),
        };
        let text = if answer.is_null() {
            String::new()
        } else {
            answer.to_string()
        };
        let mut response = Response::new(Full::from(text));
        *response.status_mut() = status.try_into().expect("a status");
        let kind = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert("content-type", kind);
        response
    }

    fn token(&self, body: &[u8], is_json: bool) -> (u16, Value) {
        let form = form(body, is_json);
        self.forms
            .lock()
            .expect("no test panics while it holds this")
            .push(form.clone());
        let value = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        self.note(format!("token {}", value("grant_type")));
        let habits = self.habits();
        if let Some(refusal) = &habits.refusal {
            return refusal.clone();
        }
        let refused = |code: &str| (400, json!({ "error": code, "error_description": "no" }));
        if value("client_id") != habits.client_id
            || form.get("client_secret").map(String::as_str) != habits.secret
        {
            return (401, json!({ "error": "invalid_client" }));
        }
        let mut issued = self.issued();
        let is_granted = match value("grant_type") {
            "authorization_code" => {
                let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(value("code_verifier")));
                let code = issued.codes.remove(value("code"));
                code.is_some_and(|code| {
                    code.challenge == challenge && code.redirect == value("redirect_uri")
                })
            }
            "refresh_token" => {
                let token = value("refresh_token");
                let is_known = issued.refresh.contains(token);
                if habits.rotates {
                    issued.refresh.remove(token);
                    issued.access.clear();
                }
                is_known
            }
            "client_credentials" => true,
            _ => return refused("unsupported_grant_type"),
        };
        if !is_granted {
            return refused("invalid_grant");
        }
        issued.count += 1;
        let access = format!("access-{}", issued.count);
        issued.access.insert(access.clone());
        let mut answer = json!({ "access_token": access, "token_type": "Bearer" });
        if let Some(seconds) = habits.expires_in {
            answer["expires_in"] = json!(seconds);
        }
        if habits.gives_refresh && value("grant_type") != "client_credentials" {
            if habits.rotates || value("grant_type") == "authorization_code" {
                let refresh = format!("refresh-{}", issued.count);
                issued.refresh.insert(refresh.clone());
                answer["refresh_token"] = json!(refresh);
            } else {
                answer["refresh_token"] = json!(value("refresh_token"));
            }
        }
        for (name, value) in habits.extra.as_object().expect("an object") {
            answer[name] = value.clone();
        }
        (200, answer)
    }

    fn revoke(&self, form: &BTreeMap<String, String>) -> (u16, Value) {
        let token = form.get("token").cloned().unwrap_or_default();
        self.issued().refresh.remove(&token);
        self.note(format!("revoked {token}"));
        (200, Value::Null)
    }

    fn record(&self, line: &str, bearer: &str) -> (u16, Value) {
        let is_taken = self.issued().access.contains(bearer) && !self.habits().refuses_all;
        self.note(format!(
            "{line} {bearer}{}",
            if is_taken { "" } else { " refused" }
        ));
        if !is_taken {
            return (401, json!({ "error": { "code": "session_over" } }));
        }
        match line {
            "GET /v1/me" => (
                200,
                json!({ "id": "7", "name": "Ada Byron", "mail": "ada@example.com" }),
            ),
            "GET /v1/people/7" => (200, json!({ "id": "7", "name": "Ann" })),
            _ => (404, json!({})),
        }
    }
}

fn form(body: &[u8], is_json: bool) -> BTreeMap<String, String> {
    if !is_json {
        return url::form_urlencoded::parse(body).into_owned().collect();
    }
    let object = serde_json::from_slice::<BTreeMap<String, String>>(body);
    object.expect("an object of texts")
}
