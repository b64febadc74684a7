//! The world of an example: a CRM that answers what the file says, and a clock that stands still.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::http::{HeaderValue, Http, HttpFault, Request, Response, Timing};
use pop_core::link::LoopbackOrigin;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use serde_json::{Map, Value};

use crate::language::auth::AuthChoice;
use crate::language::definition::Definition;
use crate::language::example::{Answer, Example};
use crate::language::setting::SettingKind;
use crate::net::traffic::Traffic;
use crate::run::budget::Budgets;
use crate::run::connection::{Account, ConnectFault, Connection, Ports};

/// A connection to the CRM of the example, and its base address.
pub(crate) fn connect(
    definition: &Arc<Definition>,
    example: &Example,
    http: &Arc<Script>,
) -> Result<(Connection, String), String> {
    let mut settings = BTreeMap::new();
    for setting in definition.settings() {
        let needed = setting.default.is_none() && !setting.optional;
        if let Some(value) = setting.example.as_ref().filter(|_| needed) {
            settings.insert(setting.name.clone(), Value::String(value.clone()));
        } else if needed && setting.kind == SettingKind::Text {
            settings.insert(setting.name.clone(), Value::from("example"));
        }
    }
    if let Some(Value::Object(given)) = example.given.get("setting") {
        settings.extend(given.clone());
    }
    let secrets = ["secret", "username", "password"];
    let secrets = secrets.map(|name| (name.to_owned(), Secret::new("example".to_owned())));
    // One whose token would be fetched signs in with nothing here.
    let methods = definition.auth_methods();
    let usual = methods.iter().find(|method| method.oauth().is_none());
    let method = usual.or(methods.first());
    let account = Account {
        id: ConnectionId("example".into()),
        definition: Arc::clone(definition),
        settings,
        auth: AuthChoice {
            method: method.map(|method| method.name.clone()).unwrap_or_default(),
            secrets: secrets.into_iter().collect(),
        },
        phone_rules: PhoneRules::default(),
        loopback: Vec::new(),
        budgets: Budgets {
            // Nobody waits for a second try.
            worthwhile: Duration::MAX,
            ..Budgets::default()
        },
    };
    let mut connection = Connection::build(account, ports(http))
        .map_err(|faults| format!("settings that connect: {faults:?}"))?;
    connection.suppose(&example.given);
    let base = connection
        .base()
        .map_err(|kind| format!("a base: {kind:?}"))?;
    Ok((connection, base.as_str().trim_end_matches('/').to_owned()))
}

impl Connection {
    /// A connection that nobody answers, to see what its settings, requests and links come to.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn dry(
        definition: &Arc<Definition>,
        settings: &BTreeMap<String, Value>,
        loopback: Vec<LoopbackOrigin>,
    ) -> Result<Self, Vec<ConnectFault>> {
        let account = Account {
            id: ConnectionId("dry".into()),
            definition: Arc::clone(definition),
            settings: settings.clone(),
            auth: AuthChoice {
                method: String::new(),
                secrets: BTreeMap::new(),
            },
            phone_rules: PhoneRules::default(),
            loopback,
            budgets: Budgets::default(),
        };
        Self::build(account, ports(&Arc::new(Script::new(&[]))))
    }
}

fn ports(http: &Arc<Script>) -> Ports {
    Ports {
        http: Arc::<Script>::clone(http),
        clock: Arc::new(Still),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    }
}

/// Answers with what the example says, in the order of the requests.
pub(crate) struct Script {
    answers: Mutex<VecDeque<Answer>>,
    pub(crate) sent: Mutex<Vec<Sent>>,
}

/// What one request looked like.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

impl Script {
    pub(crate) fn new(answers: &[Answer]) -> Self {
        Self {
            answers: Mutex::new(answers.iter().cloned().collect()),
            sent: Mutex::default(),
        }
    }

    /// How many requests there were.
    pub(crate) fn requests(&self) -> usize {
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    pub(crate) fn forget_after(&self, requests: usize) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.truncate(requests);
    }
}

#[async_trait]
impl Http for Script {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let plain = |(name, value)| match value {
            HeaderValue::Plain(text) => Some((name, text)),
            HeaderValue::Secret(_) => None,
        };
        let sent = Sent {
            line: format!("{} {}", request.method.word(), request.url),
            headers: request.headers.into_iter().filter_map(plain).collect(),
            body: request.body,
        };
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(sent);
        let answer = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let answer = answer.ok_or(HttpFault::BadRequest)?;
        Ok(Response {
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            timing: Timing::default(),
        })
    }
}

/// A clock on which nothing passes: what has to wait does not come back.
struct Still;

#[async_trait]
impl Clock for Still {
    fn now(&self) -> Moment {
        Moment::from_millis(1_800_000_000_000)
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending::<()>().await;
    }
}

impl Connection {
    /// Takes what an example says is known already.
    fn suppose(&mut self, given: &Map<String, Value>) {
        if let Some(token) = given.get("token") {
            self.names.bind("token", token.clone());
        }
        let now = self.now();
        let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        learned.me = given.get("me").cloned();
        if let Some(Value::Object(refs)) = given.get("ref") {
            for (name, value) in refs {
                learned.refs.insert(name.clone(), (now, value.clone()));
            }
        }
        drop(learned);
        self.within = self.hosts(&self.plan.http.within);
    }
}
