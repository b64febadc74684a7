//! Signing in with the system's browser: authorization code with PKCE over a loopback page.
//!
//! Security rules O1 to O4. This makes the address and takes the answer; opening the browser is
//! the caller's, because only the shell may open anything.

use std::time::Duration;

use oauth2::{AuthUrl, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use pop_core::fault::{Fault, FaultKind};
use url::Url;

use crate::net::origin::Origin;
use crate::run::connection::Connection;
use crate::run::context::Context;
use crate::run::error::printable;
use crate::run::lists::Me;
use crate::sign_in::endpoint::{Issued, Proof};
use crate::sign_in::fault::SignInFault;
use crate::sign_in::loopback::{Hit, Loopback, LoopbackFault};
use crate::sign_in::registration::Browser;
use crate::sign_in::session::{GRANT_NOT_KEPT, Session};

/// How long the person has in the browser: rule O2.
pub const BROWSER_LIMIT: Duration = Duration::from_mins(2);

/// Bytes of the state: twice what rule O3 asks for.
pub(crate) const STATE: u32 = 32;

/// The address at which a person signs in; only a sign-in of ours makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInAddress(Url);

impl SignInAddress {
    pub(crate) fn of(address: Url) -> Self {
        Self(address)
    }

    /// The address: https, or plain http on this computer where somebody vouched for it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A sign-in that waits for the browser.
pub struct SignIn<'c> {
    connection: &'c Connection,
    session: &'c std::sync::Arc<Session>,
    page: Loopback,
    address: SignInAddress,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
    redirect: RedirectUrl,
}

impl Connection {
    /// Begins to sign in with the browser: the page for its answer is there when this returns.
    pub async fn sign_in(&self) -> Result<SignIn<'_>, SignInFault> {
        let session = self.session.as_ref().ok_or(SignInFault::NoBrowser)?;
        let registration = &session.endpoint.registration;
        let browser = registration
            .browser
            .as_ref()
            .ok_or(SignInFault::NoBrowser)?;
        let page = Loopback::open(&browser.redirect, &browser.ports).await;
        let page = page.map_err(|fault| match fault {
            LoopbackFault::Taken => SignInFault::PortsTaken {
                ports: browser.ports.clone(),
            },
            LoopbackFault::System(error) => SignInFault::NoListener(error.to_string()),
        })?;
        let redirect = RedirectUrl::new(page.redirect().to_owned())
            .map_err(|error| SignInFault::NoListener(error.to_string()))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let app = session
            .endpoint
            .app()
            .set_auth_uri(AuthUrl::from_url(browser.authorize.clone()))
            .set_redirect_uri(redirect.clone());
        let mut asking = app
            .authorize_url(|| CsrfToken::new_random_len(STATE))
            .set_pkce_challenge(challenge)
            .add_scopes(registration.scope.iter().cloned().map(Scope::new));
        for (name, value) in &browser.extra {
            asking = asking.add_extra_param(name, value);
        }
        let (address, state) = asking.url();
        Ok(SignIn {
            connection: self,
            session,
            page,
            address: SignInAddress(address),
            state,
            verifier,
            redirect,
        })
    }

    /// Whether a token should be fetched now, so that nobody waits for it later.
    pub fn renewal_is_due(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.is_due())
    }

    /// Fetches a token before somebody needs it.
    pub async fn keep_fresh(&self) -> Result<(), Fault> {
        match &self.session {
            Some(session) => session.keep_fresh().await,
            None => Ok(()),
        }
    }

    /// Whether nothing can be asked before somebody signs in.
    pub fn needs_sign_in(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.needs_sign_in())
    }
}

impl SignIn<'_> {
    /// The address that the system's browser is to open.
    pub fn address(&self) -> &SignInAddress {
        &self.address
    }

    /// Waits for the browser, fetches the token, keeps the grant, and says who is signed in;
    /// `None` where the definition cannot ask. Dropping this ends the sign-in.
    pub async fn finish(self, limit: Duration) -> Result<Option<Me>, SignInFault> {
        let (connection, session) = (self.connection, self.session);
        let redirect = self.page.redirect().to_owned();
        let hit = tokio::select! {
            biased;
            hit = self.page.hit(self.state.secret()) => hit,
            () = connection.ports.clock.sleep(limit) => {
                return Err(SignInFault::TimedOut { redirect });
            }
        };
        let hit = hit.map_err(|error| SignInFault::NoListener(error.to_string()))?;
        let browser = session.endpoint.registration.browser.as_ref();
        let code = code_of(hit, browser.ok_or(SignInFault::NoBrowser)?)?;
        let proof = Proof::Code {
            code,
            verifier: self.verifier,
            redirect: self.redirect,
        };
        let issued = session.endpoint.ask(proof).await;
        let issued = issued.map_err(|fault| SignInFault::Token(Box::new(fault)))?;
        connection.check_server(&issued)?;
        session.begin(issued).await.map_err(|fault| {
            if fault.code.as_deref() == Some(GRANT_NOT_KEPT) {
                SignInFault::NotKept(fault.message.unwrap_or_default())
            } else {
                SignInFault::Token(Box::new(fault))
            }
        })?;
        connection.forget();
        match connection.test(&Context::default()).await {
            Ok(me) => Ok(Some(me)),
            Err(fault) if fault.kind == FaultKind::NotSupported => Ok(None),
            Err(fault) => Err(SignInFault::WhoAmI(Box::new(fault))),
        }
    }
}

impl Connection {
    /// Rule O4: a server that the token answer names is one of the definition's own.
    fn check_server(&self, issued: &Issued) -> Result<(), SignInFault> {
        let token = serde_json::Value::Object(issued.names.clone());
        let names = self.settled_names().with("token", token);
        let base = self.base_with(&names).map_err(|kind| {
            let fault = self.fault(kind);
            SignInFault::Token(Box::new(fault))
        })?;
        let is_ours = Origin::of(&base, &self.loopback).is_some()
            && self.within.iter().any(|entry| entry.allows(&base));
        is_ours.then_some(()).ok_or(SignInFault::ForeignServer)
    }
}

/// The code that the browser brought, or why there is none.
pub(crate) fn code_of(hit: Hit, browser: &Browser) -> Result<String, SignInFault> {
    let Hit::Answer(pairs) = hit else {
        return Err(SignInFault::WrongState);
    };
    let value = |name: &str| {
        let pair = pairs.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
    };
    if let Some(issuer) = value("iss") {
        let is_asked = match &browser.issuer {
            Some(expected) => issuer == expected,
            None => Url::parse(issuer).is_ok_and(|url| url.origin() == browser.authorize.origin()),
        };
        if !is_asked {
            return Err(SignInFault::WrongIssuer);
        }
    }
    match (value("error"), value("code")) {
        (None, Some(code)) => Ok(code.to_owned()),
        (error, _) => Err(SignInFault::Refused {
            code: printable(error.unwrap_or("no_code")),
            message: value("error_description").map(printable),
        }),
    }
}
