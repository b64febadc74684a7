//! Signing in with an `OpenID` Connect issuer that somebody else names: the browser's round trip of
//! a CRM's sign-in, for an `id_token` that says who sits here.
//!
//! Nothing is kept: whoever asked shows the token to the one who named the issuer, and that one
//! verifies it. No access token is used, so none is looked at.

use std::sync::Arc;
use std::time::Duration;

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier};
use pop_core::clock::Clock;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::{HeaderValue, Http, Method, Request, Response};
use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use serde::Deserialize;
use url::{Url, form_urlencoded};

use crate::language::oauth::Redirect;
use crate::net::origin::Origin;
use crate::run::error::printable;
use crate::sign_in::browser::{STATE, SignInAddress, code_of};
use crate::sign_in::endpoint::LIMIT;
use crate::sign_in::fault::SignInFault;
use crate::sign_in::loopback::{Loopback, LoopbackFault};
use crate::sign_in::registration::Browser;

/// Where the issuer's description lies below its address.
const DESCRIPTION: &str = "/.well-known/openid-configuration";

/// The path of the page that the browser comes back to.
const PAGE: &str = "/signed-in";

/// Descriptions and answers are a few kilobytes.
const LARGEST: usize = 256 * 1_024;

/// An issuer, as its description names its doors.
pub struct OpenId {
    issuer: String,
    authorize: Url,
    token: Url,
    client_id: String,
    scopes: Vec<String>,
}

/// How to ask: the way out, the time, and the plain-http origins that are vouched for.
#[derive(Clone)]
pub struct OpenIdPorts {
    /// The way out.
    pub http: Arc<dyn Http>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Origins on this computer that may be asked by plain http (rule N5).
    pub loopback: Vec<LoopbackOrigin>,
}

/// A sign-in that waits for the browser.
pub struct OpenIdSignIn {
    open_id: OpenId,
    ports: OpenIdPorts,
    page: Loopback,
    browser: Browser,
    address: SignInAddress,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

#[derive(Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

#[derive(Deserialize)]
struct Issued {
    id_token: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl OpenId {
    /// Asks an issuer for its doors.
    pub async fn discover(
        issuer: &str,
        client_id: &str,
        scopes: Vec<String>,
        ports: &OpenIdPorts,
    ) -> Result<Self, Fault> {
        let fault = |kind| Fault::new(kind, ports.clock.now());
        let address = format!("{}{DESCRIPTION}", issuer.trim_end_matches('/'));
        let address = own(&address, ports).ok_or_else(|| fault(FaultKind::ForeignAddress))?;
        let response = ports.send(Method::Get, &address, None).await?;
        let description: Option<Description> = (response.status == 200)
            .then(|| serde_json::from_slice(&response.body).ok())
            .flatten();
        let description = description.ok_or_else(|| fault(FaultKind::AnswerNotUnderstood))?;
        if description.issuer != issuer {
            return Err(fault(FaultKind::ForeignAddress));
        }
        let authorize = own(&description.authorization_endpoint, ports);
        let token = own(&description.token_endpoint, ports);
        let (Some(authorize), Some(token)) = (authorize, token) else {
            return Err(fault(FaultKind::ForeignAddress));
        };
        Ok(Self {
            issuer: issuer.to_owned(),
            authorize,
            token,
            client_id: client_id.to_owned(),
            scopes,
        })
    }

    /// Begins to sign in: the page for the browser's answer is there when this returns.
    pub async fn sign_in(self, ports: OpenIdPorts) -> Result<OpenIdSignIn, SignInFault> {
        let redirect = Redirect {
            by_name: false,
            path: PAGE.to_owned(),
        };
        let page = Loopback::open(&redirect, &[]).await;
        let page = page.map_err(|fault| match fault {
            LoopbackFault::Taken => SignInFault::PortsTaken { ports: Vec::new() },
            LoopbackFault::System(error) => SignInFault::NoListener(error.to_string()),
        })?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new_random_len(STATE);
        let mut address = self.authorize.clone();
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", page.redirect())
            .append_pair("scope", &self.scopes.join(" "))
            .append_pair("state", state.secret())
            .append_pair("code_challenge", challenge.as_str())
            .append_pair("code_challenge_method", "S256");
        let browser = Browser {
            authorize: self.authorize.clone(),
            issuer: Some(self.issuer.clone()),
            extra: Vec::new(),
            redirect,
            ports: Vec::new(),
        };
        Ok(OpenIdSignIn {
            open_id: self,
            ports,
            page,
            browser,
            address: SignInAddress::of(address),
            state,
            verifier,
        })
    }
}

impl OpenIdSignIn {
    /// The address that the system's browser is to open.
    pub fn address(&self) -> &SignInAddress {
        &self.address
    }

    /// Waits for the browser and fetches the token. Dropping this ends the sign-in.
    pub async fn finish(self, limit: Duration) -> Result<Secret, SignInFault> {
        let redirect = self.page.redirect().to_owned();
        let hit = tokio::select! {
            biased;
            hit = self.page.hit(self.state.secret()) => hit,
            () = self.ports.clock.sleep(limit) => {
                return Err(SignInFault::TimedOut { redirect });
            }
        };
        let hit = hit.map_err(|error| SignInFault::NoListener(error.to_string()))?;
        let code = code_of(hit, &self.browser)?;
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", &code)
            .append_pair("redirect_uri", &redirect)
            .append_pair("client_id", &self.open_id.client_id)
            .append_pair("code_verifier", self.verifier.secret())
            .finish();
        let token = &self.open_id.token;
        let answer = self.ports.send(Method::Post, token, Some(body)).await;
        let response = answer.map_err(|fault| SignInFault::Token(Box::new(fault)))?;
        issued(&response, &self.ports)
    }
}

fn issued(response: &Response, ports: &OpenIdPorts) -> Result<Secret, SignInFault> {
    let issued: Option<Issued> = serde_json::from_slice(&response.body).ok();
    let fault = |kind| {
        let mut fault = Fault::new(kind, ports.clock.now());
        fault.status = Some(response.status);
        fault
    };
    match issued {
        Some(Issued {
            id_token: Some(token),
            ..
        }) if response.status == 200 => Ok(Secret::new(token)),
        Some(Issued {
            error: Some(code),
            error_description,
            ..
        }) => {
            let mut fault = fault(FaultKind::SignInNeeded);
            fault.code = Some(printable(&code));
            fault.message = error_description.as_deref().map(printable);
            Err(SignInFault::Token(Box::new(fault)))
        }
        Some(_) | None => Err(SignInFault::Token(Box::new(fault(
            FaultKind::AnswerNotUnderstood,
        )))),
    }
}

/// An address that may be asked: https, or one on this computer that is vouched for.
fn own(text: &str, ports: &OpenIdPorts) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    Origin::of(&url, &ports.loopback).is_some().then_some(url)
}

impl OpenIdPorts {
    async fn send(
        &self,
        method: Method,
        address: &Url,
        form: Option<String>,
    ) -> Result<Response, Fault> {
        let plain = |name: &str, value: &str| {
            let value = HeaderValue::Plain(value.to_owned());
            (name.to_owned(), value)
        };
        let mut headers = vec![plain("accept", "application/json")];
        if form.is_some() {
            headers.push(plain("content-type", "application/x-www-form-urlencoded"));
        }
        let request = Request {
            method,
            url: address.as_str().to_owned(),
            headers,
            body: form.map(String::into_bytes),
            limit: LIMIT,
            max_body: LARGEST,
        };
        let sent = self.http.send(request).await;
        sent.map_err(|fault| Fault::new(FaultKind::Network(fault), self.clock.now()))
    }
}
