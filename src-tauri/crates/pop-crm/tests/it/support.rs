//! A CRM that answers what a test says, a clock that jumps, and a small definition to start from.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::email::Email;
use pop_core::http::{HeaderValue, Http, HttpFault, Request, Response, Timing};
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::link::LoopbackOrigin;
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules, Region};
use pop_core::profile::{ConnectionId, Customer};
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, ConnectFault, Connection, Definition, LoadFault, Overlay, Ports,
    Traffic,
};
use serde_json::json;

/// The start of every definition of these tests.
pub(crate) const HEAD: &str = r#"
language = 1
id   = "desk"
name = "Help desk"
[setting]
server = { kind = "origin", default = "https://crm.example" }
[auth.token]
kind   = "secret"
header = { Authorization = "Bearer {secret}" }
[http]
base   = "{setting.server}/v1"
within = ["{setting.server}"]
[ids]
pattern = '[A-Za-z0-9_-]{1,40}'
[customer]
id     = "it.id"
name   = "it.name"
phones = "present(it.phone)"
[case]
id      = "it.id"
subject = "it.subject"
open    = "it.open"
[activity]
id = "it.id"
at = "it.at"
"#;

/// A find by id, which most tests need.
pub(crate) const BY_ID: &str = r#"
[find.id]
by    = "id"
call  = "GET /people/{id}"
each  = "[body]"
check = ["it.id"]
"#;

/// A find by e-mail that may bring several.
pub(crate) const BY_EMAIL: &str = r#"
[find.email]
by    = "email"
call  = "GET /people"
query = { email = "{email}" }
each  = "body.items"
check = ["it.email"]
"#;

pub(crate) fn text(parts: &[&str]) -> String {
    parts.concat()
}

pub(crate) fn load(text: &str) -> Result<Definition, Vec<LoadFault>> {
    Definition::load("desk.toml", text, &[])
}

pub(crate) fn loaded(text: &str) -> Arc<Definition> {
    with_overlays(text, &[])
}

pub(crate) fn with_overlays(text: &str, overlays: &[&str]) -> Arc<Definition> {
    let overlays = overlays.iter().enumerate().map(|(at, text)| Overlay {
        file: format!("overlay{at}.toml"),
        text: (*text).to_owned(),
    });
    let overlays = overlays.collect::<Vec<_>>();
    match Definition::load("desk.toml", text, &overlays) {
        Ok(definition) => Arc::new(definition),
        Err(faults) => panic!("{}", lines(&faults)),
    }
}

pub(crate) fn lines(faults: &[LoadFault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The faults of a definition, as lines.
pub(crate) fn faults_of(text: &str) -> String {
    load(text)
        .err()
        .map(|faults| lines(&faults))
        .unwrap_or_default()
}

/// What one request looked like on the wire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    pub(crate) limit: Duration,
}

impl Seen {
    /// The value of a query parameter, decoded as a server does it.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let (_, address) = self.line.split_once(' ')?;
        let url = url::Url::parse(address).ok()?;
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The path below the base.
    pub(crate) fn path(&self) -> String {
        let (_, address) = self.line.split_once(' ').unwrap_or_default();
        let url = url::Url::parse(address).expect("a request goes to an address");
        url.path()
            .strip_prefix("/v1")
            .unwrap_or(url.path())
            .to_owned()
    }
}

/// What the CRM does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: String,
    },
    Fault(HttpFault),
    /// The same, but others get their turn before.
    Later(Box<Self>),
    /// Nothing, for ever.
    Silence,
}

impl Reply {
    pub(crate) fn json(body: &serde_json::Value) -> Self {
        Self::of(200, "application/json", &body.to_string())
    }

    pub(crate) fn of(status: u16, kind: &str, body: &str) -> Self {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Self::Answer {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    pub(crate) fn later(self) -> Self {
        Self::Later(Box::new(self))
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::of(status, "application/json", "{}")
    }

    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        match self {
            Self::Answer {
                status,
                mut headers,
                body,
            } => {
                headers.push((name.to_owned(), value.to_owned()));
                Self::Answer {
                    status,
                    headers,
                    body,
                }
            }
            other @ (Self::Fault(_) | Self::Later(_) | Self::Silence) => other,
        }
    }
}

type Handler = Box<dyn Fn(&Seen, usize) -> Reply + Send + Sync>;

/// A CRM in memory.
pub(crate) struct Crm {
    seen: Mutex<Vec<Seen>>,
    handler: Handler,
}

impl Crm {
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen
            .lock()
            .expect("no test panics while it holds this")
            .clone()
    }
}

#[async_trait]
impl Http for Crm {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let mut headers = BTreeMap::new();
        for (name, value) in &request.headers {
            let text = match value {
                HeaderValue::Plain(text) => text.clone(),
                HeaderValue::Secret(secret) => secret.expose("the test looks at it").to_owned(),
            };
            assert_eq!(
                headers.insert(name.clone(), text),
                None,
                "{name} is sent once"
            );
        }
        let body = String::from_utf8(request.body.unwrap_or_default()).expect("bodies are text");
        let line = format!("{} {}", request.method.word(), request.url);
        let seen = Seen {
            line,
            headers,
            body,
            limit: request.limit,
        };
        let count = {
            let mut list = self
                .seen
                .lock()
                .expect("no test panics while it holds this");
            list.push(seen.clone());
            list.len()
        };
        let mut reply = (self.handler)(&seen, count);
        while let Reply::Later(later) = reply {
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            reply = *later;
        }
        match reply {
            Reply::Answer {
                status,
                headers,
                body,
            } => Ok(Response {
                status,
                headers,
                body: body.into_bytes(),
                timing: Timing::default(),
            }),
            Reply::Fault(fault) => Err(fault),
            Reply::Later(_) => unreachable!("it was waited for above"),
            Reply::Silence => std::future::pending().await,
        }
    }
}

/// A clock on which waiting takes no time: it jumps. Stopped, nobody who waits comes back.
pub(crate) struct JumpingClock {
    now: Mutex<Moment>,
    stopped: AtomicBool,
}

impl JumpingClock {
    pub(crate) fn jump(&self, by: Duration) {
        let mut now = self.now.lock().expect("no test panics while it holds this");
        *now = now.after(by);
    }

    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

#[async_trait]
impl Clock for JumpingClock {
    fn now(&self) -> Moment {
        *self.now.lock().expect("no test panics while it holds this")
    }

    async fn sleep(&self, wait: Duration) {
        if self.stopped.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        self.jump(wait);
    }
}

/// A connection with the CRM and the clock behind it.
pub(crate) struct Desk {
    pub(crate) connection: Connection,
    pub(crate) crm: Arc<Crm>,
    pub(crate) clock: Arc<JumpingClock>,
}

/// What differs between the connections of these tests.
pub(crate) struct Given {
    pub(crate) settings: serde_json::Value,
    pub(crate) secrets: Vec<(&'static str, &'static str)>,
    pub(crate) method: &'static str,
    pub(crate) loopback: Vec<LoopbackOrigin>,
    pub(crate) budgets: Budgets,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            settings: json!({}),
            secrets: vec![("secret", "s3cret")],
            method: "token",
            loopback: Vec::new(),
            budgets: Budgets::default(),
        }
    }
}

pub(crate) fn open(
    definition: &Arc<Definition>,
    given: Given,
    handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
) -> Result<Desk, Vec<ConnectFault>> {
    let crm = Arc::new(Crm {
        seen: Mutex::default(),
        handler: Box::new(handler),
    });
    let start = Moment::parse("2026-11-20T10:00:00Z").expect("a time");
    let clock = Arc::new(JumpingClock {
        now: Mutex::new(start),
        stopped: AtomicBool::new(false),
    });
    let secrets = given.secrets.into_iter();
    let settings = given.settings.as_object().cloned().unwrap_or_default();
    let account = Account {
        id: ConnectionId("main".into()),
        definition: Arc::clone(definition),
        settings: settings.into_iter().collect(),
        auth: AuthChoice {
            method: given.method.to_owned(),
            secrets: secrets
                .map(|(name, secret)| (name.to_owned(), Secret::new(secret.to_owned())))
                .collect(),
        },
        phone_rules: phone_rules(),
        loopback: given.loopback,
        budgets: given.budgets,
    };
    let ports = Ports {
        http: Arc::<Crm>::clone(&crm),
        clock: Arc::<JumpingClock>::clone(&clock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    };
    Connection::open(account, ports).map(|connection| Desk {
        connection,
        crm,
        clock,
    })
}

/// A connection to a CRM that answers with this.
pub(crate) fn desk(
    text: &str,
    handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
) -> Desk {
    match open(&loaded(text), Given::default(), handler) {
        Ok(desk) => desk,
        Err(faults) => panic!("{faults:?}"),
    }
}

pub(crate) fn phone_rules() -> PhoneRules {
    PhoneRules {
        default_region: Region::parse("ES"),
        own_numbers: Vec::new(),
    }
}

fn identifier(value: Value) -> Identifier {
    Identifier {
        value,
        assurance: Assurance::Attached,
    }
}

pub(crate) fn id(id: &str) -> Identifier {
    identifier(Value::RecordId(id.to_owned()))
}

pub(crate) fn external_id(id: &str) -> Identifier {
    identifier(Value::ExternalId(id.to_owned()))
}

pub(crate) fn email(address: &str) -> Identifier {
    identifier(Value::Email(Email::parse(address).expect("an address")))
}

pub(crate) fn phone(number: &str) -> Identifier {
    identifier(Value::Phone(
        Phone::parse(number, &phone_rules()).expect("a number"),
    ))
}

pub(crate) fn customer(id: &str) -> Customer {
    Customer {
        id: id.to_owned(),
        ..Customer::default()
    }
}

/// The ids of the customers that were found.
pub(crate) fn ids(customers: &[Customer]) -> Vec<&str> {
    customers
        .iter()
        .map(|customer| customer.id.as_str())
        .collect()
}
