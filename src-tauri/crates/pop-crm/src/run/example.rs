//! Running the examples of a definition: the request must be the one it says, the answer must
//! become what it says, and every key of a map must be filled by one of them.
//!
//! The answers come from the file, so nothing waits: a request that is not answered there fails.

use std::collections::BTreeSet;
use std::future::Future;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::task::{Context as Turn, Poll, Wake, Waker};
use std::thread;

use pop_core::email::Email;
use pop_core::fault::Fault;
use pop_core::identifier::{self, Assurance, Identifier};
use pop_core::interaction::AgentRef;
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::Customer;
use serde_json::{Map, Value, json};

use crate::file::fault::{Faults, LoadFault};
use crate::file::tree::{Place, join};
use crate::language::definition::Definition;
use crate::language::example::{Example, Subject};
use crate::language::plan::Plan;
use crate::run::connection::Connection;
use crate::run::context::Context;
use crate::run::example_action as acting;
use crate::run::script::{Script, Sent, connect};
use crate::run::shown;

impl Definition {
    /// Runs every example of the file; what does not come out as it says is returned.
    pub fn run_examples(self: &Arc<Self>) -> Vec<LoadFault> {
        // On a thread of its own: on one of a runtime, whatever gives way to other tasks would wait
        // for a turn that only the runtime gives, and its answer would seem to be missing.
        let ran = thread::scope(|scope| scope.spawn(|| self.failing_examples()).join());
        ran.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn failing_examples(self: &Arc<Self>) -> Vec<LoadFault> {
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

/// Why an example that waits for something cannot run.
pub(crate) const UNANSWERED: &str = "answers for all requests of the example";

/// What one example did.
struct Run {
    sent: Vec<Sent>,
    /// What came out, or the fault as data.
    result: Result<Value, Value>,
    /// The keys that it filled beside those of records.
    filled: Vec<String>,
}

impl Run {
    fn of(definition: &Arc<Definition>, example: &Example) -> Result<Self, String> {
        let http = Arc::new(Script::new(&example.answers));
        let (connection, base) = connect(definition, example, &http)?;
        let context = Context {
            agent: agent(&example.given),
            ..Context::default()
        };
        let (result, filled) = match &example.subject {
            Subject::Action(name) => {
                let acted = acting::act(&connection, &http, name, &example.given)?;
                http.forget_after(acted.requests);
                (acted.result, acted.filled)
            }
            Subject::Link(name) => (acting::link(&connection, name, &example.given)?, Vec::new()),
            Subject::Me
            | Subject::Find(_)
            | Subject::Search(_)
            | Subject::Cases(_)
            | Subject::Activities(_) => {
                let asked = pin!(ask(&connection, example, &context));
                let result = driven(asked).ok_or(UNANSWERED)??;
                (result.map_err(|fault| shown::fault(&fault)), Vec::new())
            }
        };
        let sent = http.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sent = sent.clone();
        for request in &mut sent {
            request.line = request.line.replacen(&base, "", 1);
        }
        Ok(Self {
            sent,
            result,
            filled,
        })
    }

    fn compare(
        &self,
        example: &Example,
        filled: &mut BTreeSet<String>,
        wrong: &mut impl FnMut(String, String),
    ) {
        self.compare_sent(example, wrong);
        let (Ok(given) | Err(given)) = &self.result;
        filled.extend(self.filled.iter().cloned());
        for key in keys(given, &example.subject) {
            filled.insert(key);
        }
        if let Err(fault) = &self.result
            && !example.gives.contains_key("fault")
        {
            let expected = Value::Object(example.gives.clone()).to_string();
            return wrong(format!("the fault {fault}"), expected);
        }
        for (key, expected) in &example.gives {
            let found = given.get(key).unwrap_or(&Value::Null);
            if let Some((at, found, expected)) = difference(key, found, expected) {
                wrong(format!("{at} = {found}"), expected);
            }
        }
    }
}

/// What comes out if nothing has to be waited for; those that are ready may still take turns.
pub(crate) fn driven<T>(mut asked: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    struct Again(AtomicBool);
    impl Wake for Again {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let again = Arc::new(Again(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&again));
    while again.0.swap(false, Ordering::Relaxed) {
        if let Poll::Ready(result) = asked.as_mut().poll(&mut Turn::from_waker(&waker)) {
            return Some(result);
        }
    }
    None
}

impl Run {
    fn compare_sent(&self, example: &Example, wrong: &mut impl FnMut(String, String)) {
        for (at, expected) in example.sends.iter().enumerate() {
            let Some(sent) = self.sent.get(at) else {
                wrong("no request".to_owned(), expected.call.clone());
                continue;
            };
            let is_same = match expected.call.strip_suffix('…') {
                Some(start) => sent.line.starts_with(start),
                None => sent.line == expected.call,
            };
            if !is_same {
                wrong(sent.line.clone(), expected.call.clone());
            }
            for (name, value) in &expected.headers {
                let found = sent.headers.iter().find(|(known, _)| known == name);
                if found.is_none_or(|(_, found)| found != value) {
                    let found = found.map_or("nothing", |(_, found)| found);
                    wrong(format!("{name}: {found}"), format!("{name}: {value}"));
                }
            }
            let body = sent.body.as_deref().unwrap_or_default();
            let body = serde_json::from_slice::<Value>(body).unwrap_or_default();
            if let Some(json) = expected.json.as_ref().filter(|json| **json != body) {
                wrong(body.to_string(), json.to_string());
            }
        }
        // What is written beyond what the example says would be a second record.
        if matches!(example.subject, Subject::Action(_)) {
            for sent in self.sent.iter().skip(example.sends.len()) {
                wrong(sent.line.clone(), "no further request".to_owned());
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
        Subject::Action(_) | Subject::Link(_) => return Err("something that is asked".to_owned()),
        Subject::Me => connection
            .whoami(context)
            .await
            .map(|me| json!({ "me": me })),
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

pub(crate) fn given_text(given: &Map<String, Value>, path: &str) -> String {
    let mut parts = path.split('.');
    let first = parts.next().and_then(|part| given.get(part));
    let value = parts.fold(first, |value, part| value?.get(part));
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn agent(given: &Map<String, Value>) -> AgentRef {
    let text = |path: &str| Some(given_text(given, path)).filter(|text| !text.is_empty());
    AgentRef {
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
        Subject::Action(_) | Subject::Link(_) => return Vec::new(),
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

/// The keys that no example fills, with their places.
fn unfilled(plan: &Plan, filled: &BTreeSet<String>) -> Vec<(Place, String)> {
    let of = |family: &str, keys: Vec<(String, Place)>| {
        let keys = keys.into_iter();
        keys.map(|(key, place)| (place, join(family, &key)))
            .collect::<Vec<_>>()
    };
    let me = plan.me.iter().flat_map(|me| &me.map);
    let me = me
        .map(|(name, reading)| (name.clone(), reading.place))
        .collect();
    let all = [
        of("me", me),
        of("customer", plan.customer.keys()),
        of("case", plan.case.keys()),
        of("activity", plan.activity.keys()),
    ];
    let acting = plan.actions.iter().flat_map(acting::keys);
    all.into_iter()
        .flatten()
        .chain(acting)
        .filter(|(_, key)| !filled.contains(key))
        .collect()
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
