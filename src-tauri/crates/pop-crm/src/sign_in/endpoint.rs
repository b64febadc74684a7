//! Requests to the token endpoint, through the `Http` port.
//!
//! The requests and the answers are the `oauth2` crate's; what goes over the wire is ours, so that
//! the time limit, the breaker and the fault vocabulary are those of every other request. An
//! endpoint that says no with a code of its own ends the sign-in; one that is unwell does not.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet,
    EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, Scope, StandardRevocableToken, StandardTokenResponse,
    TokenResponse, TokenUrl,
};
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::{HeaderValue, Method, Request, Response};
use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use crate::language::auth::AuthChoice;
use crate::language::errors::ErrorPart;
use crate::net::origin::Origin;
use crate::net::traffic::Lane;
use crate::run::answer::Answer;
use crate::run::budget::LARGEST_ANSWER;
use crate::run::connection::Ports;
use crate::run::error::failure;
use crate::run::names::Names;
use crate::sign_in::registration::Registration;

/// Rule B3: how long a request to the token endpoint may take.
pub(crate) const LIMIT: Duration = Duration::from_secs(5);

/// Codes that say "later", not "no", whatever the status.
const LATER: &[&str] = &[
    "temporarily_unavailable",
    "slow_down",
    "rate_limit_exceeded",
];

/// Members of an answer that definitions never read.
const NEVER_NAMED: &[&str] = &["id_token", "signature"];

/// The longest value of `token.…`.
const LONGEST_NAME: usize = 2_000;

/// A token endpoint, as our client knows it.
pub(crate) type App = oauth2::Client<
    BasicErrorResponse,
    StandardTokenResponse<Told, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What an answer says beside the tokens.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Told {
    #[serde(flatten)]
    names: Map<String, Value>,
}

impl ExtraTokenFields for Told {}

/// What the token endpoint gave.
pub(crate) struct Issued {
    pub(crate) access: Secret,
    pub(crate) refresh: Option<Secret>,
    pub(crate) expires_in: Option<Duration>,
    /// What definitions read as `token.…`.
    pub(crate) names: Map<String, Value>,
}

/// What a token is asked for with.
pub(crate) enum Proof<'p> {
    Code {
        code: String,
        verifier: PkceCodeVerifier,
        redirect: RedirectUrl,
    },
    Refresh(&'p Secret),
    Client,
}

/// The token endpoint of one connection.
pub(crate) struct Endpoint {
    pub(crate) registration: Registration,
    pub(crate) auth: Arc<AuthChoice>,
    pub(crate) ports: Ports,
    pub(crate) loopback: Vec<LoopbackOrigin>,
}

/// A fault on its way through the `oauth2` crate.
#[derive(Debug, thiserror::Error)]
#[error("the token endpoint gave no token")]
pub(crate) struct Refused(Box<Fault>);

impl<'c> AsyncHttpClient<'c> for Endpoint {
    type Error = Refused;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Refused>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.post(request))
    }
}

impl Endpoint {
    /// Our client, as the `oauth2` crate knows it.
    pub(crate) fn app(&self) -> App {
        let registration = &self.registration;
        let app = oauth2::Client::new(ClientId::new(registration.client_id.clone()))
            .set_token_uri(TokenUrl::from_url(registration.token.clone()))
            .set_auth_type(AuthType::RequestBody);
        match self.client_secret() {
            Some(secret) => app.set_client_secret(ClientSecret::new(secret.to_owned())),
            None => app,
        }
    }

    /// The secret that makes the client confidential, if it was filled in.
    pub(crate) fn client_secret(&self) -> Option<&str> {
        let place = self.registration.client_secret.as_ref()?;
        let secret = self.auth.secrets.get(&place.setting)?;
        (!secret.is_empty())
            .then(|| secret.expose("a confidential client proves itself to its token endpoint"))
    }

    /// Asks for a token.
    pub(crate) async fn ask(&self, proof: Proof<'_>) -> Result<Issued, Fault> {
        let app = self.app();
        let client = self;
        let extra = &self.registration.token_extra;
        let scopes = || self.registration.scope.iter().cloned().map(Scope::new);
        let answer = match proof {
            Proof::Code {
                code,
                verifier,
                redirect,
            } => {
                let app = app.set_redirect_uri(redirect);
                let mut request = app
                    .exchange_code(AuthorizationCode::new(code))
                    .set_pkce_verifier(verifier);
                for (name, value) in extra {
                    request = request.add_extra_param(name, value);
                }
                request.request_async(client).await
            }
            Proof::Refresh(token) => {
                let token = token.expose("a refresh token is spent at its own endpoint");
                let token = RefreshToken::new(token.to_owned());
                let mut request = app.exchange_refresh_token(&token);
                for (name, value) in extra {
                    request = request.add_extra_param(name, value);
                }
                request.request_async(client).await
            }
            Proof::Client => {
                let mut request = app.exchange_client_credentials().add_scopes(scopes());
                for (name, value) in extra {
                    request = request.add_extra_param(name, value);
                }
                request.request_async(client).await
            }
        };
        match answer {
            Ok(answer) => Ok(issued(&answer)),
            Err(RequestTokenError::Request(Refused(fault))) => Err(*fault),
            Err(
                RequestTokenError::ServerResponse(_)
                | RequestTokenError::Parse(..)
                | RequestTokenError::Other(_),
            ) => Err(self.fault(FaultKind::AnswerNotUnderstood)),
        }
    }

    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind, self.ports.clock.now())
    }

    async fn post(&self, request: HttpRequest) -> Result<HttpResponse, Refused> {
        let sent = self.send_form(request.body()).await;
        let answer = sent.map_err(|fault| Refused(Box::new(fault)))?;
        let body = tidy(answer.body).to_string().into_bytes();
        // Its status and type were judged already.
        Ok(HttpResponse::new(body))
    }

    async fn send_form(&self, form: &[u8]) -> Result<Answer, Fault> {
        let (kind, body) = if self.registration.json {
            let pairs = url::form_urlencoded::parse(form);
            let object = pairs.map(|(name, value)| (name.into_owned(), Value::from(value)));
            let object = Value::Object(object.collect());
            ("application/json", object.to_string().into_bytes())
        } else {
            ("application/x-www-form-urlencoded", form.to_owned())
        };
        let header =
            |name: &str, text: &str| (name.to_owned(), HeaderValue::Plain(text.to_owned()));
        let request = Request {
            method: Method::Post,
            url: self.registration.token.to_string(),
            headers: vec![
                header("accept", "application/json"),
                header("content-type", kind),
            ],
            body: Some(body),
            limit: LIMIT,
            max_body: LARGEST_ANSWER,
        };
        let response = self.send(&self.registration.token, request).await?;
        self.judge(&response)
    }

    /// Sends a request to one of the sign-in's own addresses, within the breaker of its origin.
    pub(crate) async fn send(&self, url: &Url, request: Request) -> Result<Response, Fault> {
        let origin = Origin::of(url, &self.loopback);
        let origin = origin.ok_or_else(|| self.fault(FaultKind::ForeignAddress))?;
        let lane = self.ports.traffic.lane(&origin);
        let start = self.ports.clock.now();
        lane.ask(start).map_err(|until| Fault {
            retry_after: Some(until.since(start)),
            ..self.fault(FaultKind::Paused)
        })?;
        let sent = self.ports.http.send(request).await;
        self.count(
            &lane,
            start,
            sent.as_ref().map(|response| response.status).ok(),
        );
        sent.map_err(|fault| self.fault(FaultKind::Network(fault)))
    }

    fn count(&self, lane: &Lane, start: pop_core::moment::Moment, status: Option<u16>) {
        let now = self.ports.clock.now();
        match status {
            Some(status) if status < 500 => lane.answered(now, now.since(start)),
            Some(_) | None => lane.failed(now),
        }
    }

    /// An answer with a token, or what it is instead.
    #[expect(
        clippy::result_large_err,
        reason = "it goes on as the answer's own fault"
    )]
    fn judge(&self, response: &Response) -> Result<Answer, Fault> {
        let answer = Answer::read(response);
        let has_token = answer
            .body
            .get("access_token")
            .is_some_and(Value::is_string);
        if (200..300).contains(&answer.status) && has_token {
            return Ok(answer);
        }
        let now = self.ports.clock.now();
        let code = answer.body.get("error").and_then(Value::as_str);
        let told = match answer.status {
            400..=499 if code.is_some_and(|code| LATER.contains(&code)) => {
                Some(FaultKind::Unavailable)
            }
            // Too early or too often says nothing about the sign-in, a page of a proxy neither.
            404 | 407 | 408 | 425 | 429 => None,
            400..=499 if answer.is_json => Some(FaultKind::SignInNeeded),
            _ => None,
        };
        let part = ErrorPart::default();
        let fault = *failure(&part, &answer, &Names::default(), &[], now).fault;
        Err(match told {
            Some(kind) => Fault { kind, ..fault },
            None => fault,
        })
    }
}

fn issued(answer: &StandardTokenResponse<Told, BasicTokenType>) -> Issued {
    let mut names = answer.extra_fields().names.clone();
    names.retain(|name, value| {
        let fits = match value {
            Value::String(text) => text.len() <= LONGEST_NAME,
            Value::Number(_) | Value::Bool(_) => true,
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        fits && !NEVER_NAMED.contains(&name.as_str())
    });
    let refresh = answer.refresh_token();
    Issued {
        access: Secret::new(answer.access_token().secret().clone()),
        refresh: refresh.map(|token| Secret::new(token.secret().clone())),
        expires_in: answer.expires_in(),
        names,
    }
}

/// An answer in the form of RFC 6749, where a server is only nearly right: no type of token, a
/// number in quotes, scopes as a list.
fn tidy(mut body: Value) -> Value {
    if let Value::Object(members) = &mut body {
        members
            .entry("token_type")
            .or_insert_with(|| Value::from("bearer"));
        let seconds = members.get("expires_in").and_then(Value::as_str);
        if let Some(seconds) = seconds.and_then(|text| text.parse::<u64>().ok()) {
            members.insert("expires_in".to_owned(), Value::from(seconds));
        }
        if members.get("scope").is_some_and(|scope| !scope.is_string()) {
            members.remove("scope");
        }
        if members
            .get("refresh_token")
            .is_some_and(|token| token.as_str() == Some(""))
        {
            members.remove("refresh_token");
        }
    }
    body
}
