//! Signing in to the gateway: it says where to sign in, the person does so in the browser, and the
//! gateway gives this device an account at its broker.
//!
//! Gateway and desktop may differ by one release: members that are not known here are passed over,
//! and a gateway that no longer speaks our protocol says so (426). What goes wrong is named in
//! `enrol_fault.rs`.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::fault::Fault;
use pop_core::http::{HeaderValue, Http, Method, Request, Response};
use pop_core::link::LoopbackOrigin;
use pop_core::refusal::Refusal;
use pop_core::secret::Secret;
use pop_core::settings::Topics;
use pop_crm::{BROWSER_LIMIT, OpenId, OpenIdPorts, SignInFault};
use pop_store::AuditAction;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use url::Url;

use crate::asks::answer;
use crate::device;
use crate::enrol_fault::EnrolFault;
use crate::gateway::{ACCOUNT, Account, PASSWORD};
use crate::ports::{Network, Ports};
use crate::room::Room;
use crate::tick::{Ask, Enrolling, Refused, Tick};

/// The version of the documents.
const PROTOCOL: u32 = 1;
/// The path of enrolment.
const PATH: &str = "/v1/enrolment";
/// How long one request may take.
const LIMIT: Duration = Duration::from_secs(10);
/// The documents are small.
const LARGEST: usize = 64 * 1_024;

/// What the gateway says to anybody.
#[derive(Deserialize)]
struct Offer {
    protocol: u32,
    issuer: String,
    client_id: String,
    scopes: Vec<String>,
}

#[derive(Serialize)]
struct Wish<'w> {
    protocol: u32,
    device: &'w str,
    version: &'w str,
}

#[derive(Deserialize)]
struct Given {
    protocol: u32,
    agent: String,
    username: String,
    client_id: String,
    /// Absent where the broker takes the issuer's token for a password.
    password: Option<String>,
    urls: Vec<String>,
    topics: Topics,
}

#[derive(Default, Deserialize)]
struct Problem {
    code: Option<String>,
    cause: Option<String>,
}

impl Room {
    /// Signs in to the gateway of the settings. Whoever waited for the browser until now is told
    /// that it was ended.
    pub(crate) fn sign_in_gateway(&mut self, reply: oneshot::Sender<Enrolling>) {
        let enrolment = match self.enrolment() {
            Ok(enrolment) => enrolment,
            Err(why) => {
                let at = self.ports.clock.now();
                return answer(reply, Enrolling::No { why, at });
            }
        };
        let (cancel, cancelled) = oneshot::channel();
        self.signing_in = Some(cancel);
        self.enrolled.signing_in = true;
        self.draw_status();
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let outcome = tokio::select! {
                outcome = enrolment.run() => outcome.map_err(Some),
                _ = cancelled => Err(None),
            };
            let outcome = outcome.map(Box::new);
            // The engine may have ended meanwhile.
            let _ = ticks
                .send(Tick::Ask(Ask::KeepGateway { outcome, reply }))
                .await;
        });
    }

    fn enrolment(&self) -> Result<Enrolment, EnrolFault> {
        let wanted = &self.status.settings.source.gateway;
        let gateway = wanted.url.clone().ok_or(EnrolFault::NotSetUp)?;
        self.secrets.vault().ok_or(EnrolFault::KeychainLocked)?;
        let device = device::name(&self.places.data);
        Ok(Enrolment {
            ports: self.ports.clone(),
            gateway,
            issuer: wanted.issuer.clone(),
            allow_loopback: self.status.settings.security.allow_loopback_http,
            device: device.map_err(|error| EnrolFault::NotKept(error.to_string()))?,
        })
    }

    /// Keeps the account that the gateway gave, and connects with it.
    pub(crate) async fn keep_gateway(
        &mut self,
        outcome: Result<Box<Account>, Option<EnrolFault>>,
    ) -> Enrolling {
        self.enrolled.signing_in = false;
        let kept = match outcome {
            Ok(account) => self.keep_account(&account).map(|()| account.username),
            Err(why) => Err(why),
        };
        if kept.is_ok() {
            self.enrolled.signed_out = false;
            self.switch_gateway().await;
            // The person waits: no need to spread out what one person asks for.
            self.hurry_gateway();
            self.audit(AuditAction::SignedIn, "gateway").await;
        }
        // Who sits here may be somebody else now.
        self.reconnect().await;
        match kept {
            Ok(who) => Enrolling::Yes(who),
            Err(None) => Enrolling::Cancelled,
            Err(Some(why)) => {
                tracing::warn!(code = why.slug(), "nobody signed in to the gateway");
                let at = self.ports.clock.now();
                Enrolling::No { why, at }
            }
        }
    }

    fn keep_account(&self, account: &Account) -> Result<(), Option<EnrolFault>> {
        let vault = self.secrets.vault().ok_or(EnrolFault::KeychainLocked)?;
        let text = serde_json::to_string(account);
        let text = text.map_err(|error| EnrolFault::NotKept(error.to_string()))?;
        let kept = vault.put(ACCOUNT, &Secret::new(text));
        Ok(kept.map_err(|error| EnrolFault::NotKept(error.to_string()))?)
    }

    /// Signs out of the gateway: it removes the device, and the account is forgotten.
    pub(crate) async fn sign_out_gateway(&mut self) -> Result<(), Refused> {
        let wanted = &self.status.settings.source.gateway;
        let vault = self.secrets.vault();
        let account = wanted
            .url
            .as_ref()
            .and_then(|url| Account::kept(vault?, url));
        if let Some(account) = account {
            let allowed = self.status.settings.security.allow_loopback_http;
            let network = Arc::clone(&self.ports.network);
            // The gateway may take its time; here the account is forgotten at once.
            tokio::spawn(remove(network, account, allowed));
        }
        self.enrolled.signed_out = false;
        self.forget_gateway().await
    }

    /// Forgets the account and whatever was filled in for a broker by hand.
    pub(crate) async fn forget_gateway(&mut self) -> Result<(), Refused> {
        let Some(vault) = self.secrets.vault().cloned() else {
            return Err(self.refused(&Refusal::KeychainLocked));
        };
        for name in [ACCOUNT, PASSWORD] {
            let forgotten = vault.forget(name);
            forgotten.map_err(|error| self.refused(&Refusal::Vault(error.to_string())))?;
        }
        self.switch_gateway().await;
        self.reconnect().await;
        self.audit(AuditAction::SignedOut, "gateway").await;
        Ok(())
    }
}

/// One sign-in.
struct Enrolment {
    ports: Ports,
    gateway: String,
    issuer: Option<String>,
    allow_loopback: bool,
    device: String,
}

impl Enrolment {
    async fn run(&self) -> Result<Account, EnrolFault> {
        let way = Way::to(&*self.ports.network, &self.gateway, self.allow_loopback)?;
        let response = way.send(Method::Get, None, None).await?;
        let offer: Offer = read(&response, 200)?;
        if offer.protocol != PROTOCOL {
            return Err(EnrolFault::Protocol);
        }
        if self
            .issuer
            .as_ref()
            .is_some_and(|only| *only != offer.issuer)
        {
            return Err(EnrolFault::Issuer);
        }
        let token = self.sign_in(&offer).await?;
        let wish = Wish {
            protocol: PROTOCOL,
            device: &self.device,
            version: env!("CARGO_PKG_VERSION"),
        };
        let wish = serde_json::to_vec(&wish).unwrap_or_default();
        let bearer = token.expose("the gateway verifies who signed in");
        let proof = Secret::new(format!("Bearer {bearer}"));
        let response = way.send(Method::Post, Some(proof), Some(wish)).await?;
        let given: Given = read(&response, 201)?;
        if given.protocol != PROTOCOL {
            return Err(EnrolFault::Protocol);
        }
        Ok(Account {
            gateway: self.gateway.clone(),
            agent: given.agent,
            username: given.username,
            client_id: given.client_id,
            password: given.password.map_or(token, Secret::new),
            device: Some(self.device.clone()),
            urls: given.urls,
            topics: given.topics,
        })
    }

    /// Signs in at the issuer with the browser; the token that says who it is.
    async fn sign_in(&self, offer: &Offer) -> Result<Secret, EnrolFault> {
        let issuer = Url::parse(&offer.issuer).map_err(|_| EnrolFault::Answer)?;
        let loopback = vouched(&issuer, self.allow_loopback);
        let http = self.ports.network.client(loopback.clone());
        let ports = OpenIdPorts {
            http: http.map_err(EnrolFault::NoClient)?,
            clock: Arc::clone(&self.ports.clock),
            loopback,
        };
        let (client, scopes) = (&offer.client_id, offer.scopes.clone());
        let found = OpenId::discover(&offer.issuer, client, scopes, &ports).await;
        let found = found.map_err(|fault: Fault| EnrolFault::Issuing(Box::new(fault)))?;
        let signing = found.sign_in(ports).await.map_err(EnrolFault::Browser)?;
        let (address, desktop) = (signing.address().clone(), Arc::clone(&self.ports.desktop));
        let opened = tokio::task::spawn_blocking(move || desktop.sign_in(&address)).await;
        let opened = opened.unwrap_or_else(|_| Err("The browser could not be started.".to_owned()));
        opened.map_err(|why| EnrolFault::Browser(SignInFault::NoWindow(why)))?;
        let token = signing.finish(BROWSER_LIMIT).await;
        token.map_err(EnrolFault::Browser)
    }
}

/// The way to a gateway's enrolment.
struct Way {
    http: Arc<dyn Http>,
    address: String,
}

impl Way {
    fn to(network: &dyn Network, gateway: &str, allow_loopback: bool) -> Result<Self, EnrolFault> {
        let url = Url::parse(gateway).map_err(|_| EnrolFault::Address)?;
        let is_bare = url.query().is_none() && url.fragment().is_none();
        let loopback = vouched(&url, allow_loopback);
        if !is_bare || (url.scheme() != "https" && loopback.is_empty()) {
            return Err(EnrolFault::Address);
        }
        let http = network.client(loopback);
        Ok(Self {
            http: http.map_err(EnrolFault::NoClient)?,
            address: format!("{}{PATH}", gateway.trim_end_matches('/')),
        })
    }

    async fn send(
        &self,
        method: Method,
        proof: Option<Secret>,
        body: Option<Vec<u8>>,
    ) -> Result<Response, EnrolFault> {
        let plain = |name: &str, value: &str| {
            let value = HeaderValue::Plain(value.to_owned());
            (name.to_owned(), value)
        };
        let mut headers = vec![plain("accept", "application/json")];
        headers.extend(proof.map(|proof| ("authorization".to_owned(), HeaderValue::Secret(proof))));
        headers.extend(
            body.is_some()
                .then(|| plain("content-type", "application/json")),
        );
        let request = Request {
            method,
            url: self.address.clone(),
            headers,
            body,
            limit: LIMIT,
            max_body: LARGEST,
        };
        self.http.send(request).await.map_err(EnrolFault::Network)
    }
}

/// Removes the device at the gateway, as far as that is reached.
async fn remove(network: Arc<dyn Network>, account: Account, allow_loopback: bool) {
    let password = account.password.expose("it proves whose device this is");
    let login = Secret::new(format!("{}:{password}", account.username));
    let login = STANDARD.encode(login.expose("it is sent to the gateway that gave it"));
    let proof = Secret::new(format!("Basic {login}"));
    let sent = match Way::to(&*network, &account.gateway, allow_loopback) {
        Ok(way) => way.send(Method::Delete, Some(proof), None).await,
        Err(fault) => Err(fault),
    };
    match sent {
        Ok(response) if response.status < 300 => {}
        Ok(response) => tracing::warn!(status = response.status, "the device was not removed"),
        Err(fault) => tracing::warn!(code = fault.slug(), "the device was not removed"),
    }
}

/// The document of an answer, or why there is none.
fn read<T: for<'d> Deserialize<'d>>(response: &Response, expected: u16) -> Result<T, EnrolFault> {
    if response.status == expected {
        return serde_json::from_slice(&response.body).map_err(|_| EnrolFault::Answer);
    }
    let problem: Problem = serde_json::from_slice(&response.body).unwrap_or_default();
    Err(match (response.status, problem.code.as_deref()) {
        (401, _) => EnrolFault::Token(problem.cause.unwrap_or_default()),
        (403, Some("device_disabled")) => EnrolFault::Disabled,
        (403, _) => EnrolFault::UnknownAgent,
        (409, _) => EnrolFault::TooManyDevices,
        (426, _) => EnrolFault::Protocol,
        (429, _) => EnrolFault::TooMany,
        (503, Some("broker")) => EnrolFault::Broker,
        (500..=599, _) => EnrolFault::Down,
        (_, _) => EnrolFault::Answer,
    })
}

/// The origin of an address on this computer, where machine policy vouches for it (rule N5).
fn vouched(url: &Url, allow_loopback: bool) -> Vec<LoopbackOrigin> {
    let origin = url.origin().ascii_serialization();
    let origin = LoopbackOrigin::permitted_by_machine_policy(&origin);
    origin.into_iter().filter(|_| allow_loopback).collect()
}
