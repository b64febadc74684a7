//! Running the examples of a definition: the request must be the one it says, the answer must
//! become what it says, and every key of a map must be filled by one of them.
//!
//! The answers come from the file, so nothing waits: a request that is not answered there fails.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use pop_core::clock::Clock;
use pop_core::email::Email;
use pop_core::fault::Fault;
use pop_core::http::{Http, HttpFault, Request, Response, Timing};
use pop_core::identifier::{self, Assurance, Identifier};
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::{ConnectionId, Customer};
use pop_core::secret::Secret;
use serde_json::{Map, Value};

use crate::file::fault::{Faults, LoadFault};
use crate::language::auth::AuthChoice;
use crate::language::definition::Definition;
use crate::language::example::{Answer, Example, Subject};
use crate::language::plan::Plan;
use crate::language::setting::SettingKind;
use crate::net::traffic::Traffic;
use crate::run::budget::Budgets;
use crate::run::connection::{Account, Connection, Ports};
use crate::run::context::Context;
use crate::run::shown;

impl Definition {
    /// Runs every example of the file; what does not come out as it says is returned.
    pub fn run_examples(self: &Arc<Self>) -> Vec<LoadFault> {
        let faults = Faults::new(self.files().to_vec());
        let mut filled = BTreeSet::new();
        for example in &self.plan().examples {
            let key = format!("example.{}", example.name);
            let mut wrong = |found: String, expected: String| {
                faults.add(example.place, &key, found, expected);
            };
            match Run::of(self, example) {
                Ok(run) => run.compare(example, &mut filled, &mut wrong),
                Err(expected) => wrong("an example that cannot run".into(), expected),
            }
        }
        for (place, key) in unfilled(self.plan(), &filled) {
            faults.add(
                place,
                key,
                "a key that no example fills",
                "an example that fills it",
            );
        }
        faults.into_list()
    }
}

/// What one example did.
struct Run {
    sent: Vec<String>,
    result: Result<Value, Fault>,
}

impl Run {
    fn of(definition: &Arc<Definition>, example: &Example) -> Result<Self, String> {
        let http = Arc::new(Script::new(&example.answers));
        let (connection, base) = connect(definition, example, &http)?;
        let context = Context {
            agent: agent(&example.given),
            ..Context::default()
        };
        let result = ask(&connection, example, &context)
            .now_or_never()
            .ok_or("answers for all requests of the example")??;
        let sent = http
            .sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let sent = sent
            .into_iter()
            .map(|line| line.replacen(&base, "", 1))
            .collect();
        Ok(Self { sent, result })
    }

    fn compare(
        &self,
        example: &Example,
        filled: &mut BTreeSet<String>,
        wrong: &mut impl FnMut(String, String),
    ) {
        for (at, expected) in example.sends.iter().enumerate() {
            let sent = self.sent.get(at).map_or("no request", String::as_str);
            let is_same = match expected.strip_suffix('…') {
                Some(start) => sent.starts_with(start),
                None => sent == expected,
            };
            if !is_same {
                wrong(sent.to_owned(), expected.clone());
            }
        }
        let given = match &self.result {
            Ok(given) => given.clone(),
            Err(fault) => shown::fault(fault),
        };
        for key in keys(&given, &example.subject) {
            filled.insert(key);
        }
        for (key, expected) in &example.gives {
            let found = given.get(key).unwrap_or(&Value::Null);
            if let Some((at, found, expected)) = difference(key, found, expected) {
                wrong(format!("{at} = {found}"), expected);
            }
        }
    }
}

async fn ask(
    connection: &Connection,
    example: &Example,
    context: &Context,
) -> Result<Result<Value, Fault>, String> {
    let customer = || Customer {
        id: given_text(&example.given, "customer.id"),
        kind: Some(given_text(&example.given, "customer.type")).filter(|kind| !kind.is_empty()),
        keep: match example
            .given
            .get("customer")
            .and_then(|customer| customer.get("keep"))
        {
            Some(Value::Object(keep)) => keep.clone().into_iter().collect(),
            Some(_) | None => Vec::new(),
        },
        ..Customer::default()
    };
    let plan = &connection.plan;
    Ok(match &example.subject {
        Subject::Me => connection.test(context).await.map(|me| shown::me(&me)),
        Subject::Find(name) => {
            let identifier = identifier(&example.given)?;
            let part = plan.find(name).ok_or("the name of a find")?;
            let found = connection.find_with(&[part], &identifier, context).await;
            found.map(|found| shown::found(&found))
        }
        Subject::Search(name) => {
            let words = given_text(&example.given, "words");
            let part = plan.searches.iter().find(|part| part.name == *name);
            let part = part.ok_or("the name of a search")?;
            let listed = connection.search_with(&[part], &words, context).await;
            listed.map(|listed| shown::customers(&listed))
        }
        Subject::Cases(name) => {
            let part = plan.cases.iter().find(|part| part.name == *name);
            let part = part.ok_or("the name of a list of cases")?;
            let listed = connection.cases_of(&[part], &customer(), context).await;
            listed.map(|listed| shown::cases(&listed))
        }
        Subject::Activities(name) => {
            let part = plan.activities.iter().find(|part| part.name == *name);
            let part = part.ok_or("the name of a list of activities")?;
            let listed = connection
                .activities_of(&[part], &customer(), context)
                .await;
            listed.map(|listed| shown::activities(&listed))
        }
    })
}

fn connect(
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
    let method = definition
        .auth_methods()
        .iter()
        .find(|method| method.supported);
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
        budgets: Budgets::default(),
    };
    let ports = Ports {
        http: Arc::<Script>::clone(http),
        clock: Arc::new(Still),
        traffic: Arc::new(Traffic::default()),
    };
    let mut connection = Connection::open(account, ports)
        .map_err(|faults| format!("settings that connect: {faults:?}"))?;
    connection.suppose(&example.given);
    let base = connection
        .base()
        .map_err(|kind| format!("a base: {kind:?}"))?;
    Ok((connection, base.as_str().trim_end_matches('/').to_owned()))
}

fn identifier(given: &Map<String, Value>) -> Result<Identifier, String> {
    let text = |name: &str| given.get(name).and_then(Value::as_str);
    let value = if let Some(id) = text("id") {
        identifier::Value::RecordId(id.to_owned())
    } else if let Some(id) = text("external_id") {
        identifier::Value::ExternalId(id.to_owned())
    } else if let Some(email) = text("email") {
        identifier::Value::Email(Email::parse(email).map_err(|fault| fault.to_string())?)
    } else if let Some(phone) = text("phone") {
        let phone = Phone::parse(phone, &PhoneRules::default());
        identifier::Value::Phone(phone.map_err(|fault| fault.to_string())?)
    } else {
        return Err("given = { id, external_id, email or phone }".into());
    };
    Ok(Identifier {
        value,
        assurance: Assurance::Attached,
    })
}

fn given_text(given: &Map<String, Value>, path: &str) -> String {
    let mut parts = path.split('.');
    let first = parts.next().and_then(|part| given.get(part));
    let value = parts.fold(first, |value, part| value?.get(part));
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn agent(given: &Map<String, Value>) -> pop_core::interaction::AgentRef {
    let text = |path: &str| Some(given_text(given, path)).filter(|text| !text.is_empty());
    pop_core::interaction::AgentRef {
        id: text("agent.id"),
        email: text("agent.email"),
        ..Default::default()
    }
}

/// The keys of the maps that a result fills.
fn keys(given: &Value, subject: &Subject) -> Vec<String> {
    let (family, rows) = match subject {
        Subject::Me => ("me", vec![given.get("me")]),
        Subject::Find(_) | Subject::Search(_) => {
            let customers = given.get("customers").and_then(Value::as_array);
            (
                "customer",
                customers.into_iter().flatten().map(Some).collect(),
            )
        }
        Subject::Cases(_) => ("case", rows(given, "cases")),
        Subject::Activities(_) => ("activity", rows(given, "activities")),
    };
    let mut keys = Vec::new();
    for row in rows.into_iter().flatten() {
        shown::keys_of(family, row, &mut keys);
    }
    keys
}

fn rows<'v>(given: &'v Value, key: &str) -> Vec<Option<&'v Value>> {
    given
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(Some)
        .collect()
}

fn unfilled(plan: &Plan, filled: &BTreeSet<String>) -> Vec<(crate::file::tree::Place, String)> {
    let maps = [
        ("customer", &plan.customer),
        ("case", &plan.case),
        ("activity", &plan.activity),
    ];
    let mut list = Vec::new();
    for (family, map) in maps {
        for key in map.keys() {
            let key = format!("{family}.{key}");
            if !filled.contains(&key) {
                list.push((crate::file::tree::Place::default(), key));
            }
        }
    }
    if let Some(me) = &plan.me {
        for (name, _) in &me.map {
            let key = format!("me.{name}");
            if !filled.contains(&key) {
                list.push((me.asking.place, key));
            }
        }
    }
    list
}

/// The first place where something differs; members that are not expected do not count.
fn difference(at: &str, found: &Value, expected: &Value) -> Option<(String, String, String)> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().find_map(|(key, expected)| {
                let found = found.get(key).unwrap_or(&Value::Null);
                difference(&format!("{at}.{key}"), found, expected)
            })
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            let pairs = found.iter().zip(expected).enumerate();
            pairs.into_iter().find_map(|(index, (found, expected))| {
                difference(&format!("{at}[{index}]"), found, expected)
            })
        }
        _ if found == expected => None,
        _ => Some((at.to_owned(), found.to_string(), expected.to_string())),
    }
}

/// Answers with what the example says, in the order of the requests.
struct Script {
    answers: Mutex<std::vec::IntoIter<Answer>>,
    sent: Mutex<Vec<String>>,
}

impl Script {
    fn new(answers: &[Answer]) -> Self {
        Self {
            answers: Mutex::new(answers.to_vec().into_iter()),
            sent: Mutex::default(),
        }
    }
}

#[async_trait]
impl Http for Script {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let line = format!("{} {}", request.method.word(), request.url);
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line);
        let answer = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next();
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
