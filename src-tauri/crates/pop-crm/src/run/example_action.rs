//! Running the examples of actions and of links to new records.

use std::pin::pin;

use pop_core::action::{ActionKind, Form, Next, Outcome};
use pop_core::email::Email;
use pop_core::identifier::{self, Assurance, Identifier};
use pop_core::interaction::{AgentRef, Channel, Direction, InteractionKey};
use pop_core::link::LinkFault;
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::{Case, Customer, RecordKind};
use serde_json::{Map, Value};

use crate::file::tree::{Place, join};
use crate::language::action::ActionPart;
use crate::language::parts::parse_duration;
use crate::run::about::About;
use crate::run::act::{ActFault, Write, Written};
use crate::run::connection::Connection;
use crate::run::context::{Context, InteractionFacts, object};
use crate::run::example::{UNANSWERED, driven, given_text};
use crate::run::link::NewRecord;
use crate::run::script::Script;
use crate::run::shown;

/// What the example of an action did.
pub(crate) struct Acted {
    pub(crate) result: Result<Value, Value>,
    pub(crate) filled: Vec<String>,
    /// How many requests it took; showing the form is not part of it.
    pub(crate) requests: usize,
}

/// Does what an example says, and shows the form for it.
pub(crate) fn act(
    connection: &Connection,
    http: &Script,
    name: &str,
    given: &Map<String, Value>,
) -> Result<Acted, String> {
    let part = ActionKind::parse(name).and_then(|kind| connection.plan.action(kind));
    let part = part.ok_or("the name of an action")?;
    let context = context(given)?;
    let write = write(connection, given)?;
    let acted = driven(pin!(connection.act(part.kind, &write, &context)));
    let acted = acted.ok_or(UNANSWERED)?;
    let requests = http.requests();
    let form = pin!(connection.form(part.kind, &write.about, &context));
    let form = driven(form).and_then(Result::ok).flatten();
    let mut filled = vec![key(part)];
    let result = match acted {
        Ok(written) => {
            filled.extend(filled_by(part, &written));
            Ok(with_form(shown_written(&written), form.as_ref()))
        }
        Err(fault) => Err(with_form(shown_fault(&fault), form.as_ref())),
    };
    let shown = form.iter().flat_map(|form| &form.fields);
    for field in shown {
        let key = format!("{}.form.{}", key(part), field.name);
        let choices = (!field.choices.is_empty()).then(|| join(&key, "choices"));
        let default = field.default.as_ref().map(|_| join(&key, "default"));
        filled.extend(choices.into_iter().chain(default));
    }
    Ok(Acted {
        result,
        filled,
        requests,
    })
}

/// Makes the link that an example says.
pub(crate) fn link(
    connection: &Connection,
    name: &str,
    given: &Map<String, Value>,
) -> Result<Result<Value, Value>, String> {
    let about = about(given)?;
    let customer = about.customer.clone().unwrap_or_default();
    let new = |new| connection.link_to_new(new, &about, &object_of(given, "input"));
    let link = match name {
        "customer" => connection.link(RecordKind::Customer, &customer, None),
        "case" => connection.link(RecordKind::Case, &customer, about.case.as_ref()),
        "account" => connection.link(RecordKind::Account, &customer, None),
        "new_case" => new(NewRecord::Case),
        "new_customer" => new(NewRecord::Customer),
        "search" => connection.link_to_search(&crate::run::example::given_text(given, "words")),
        _ => return Err("customer, case, account, search, new_case or new_customer".to_owned()),
    };
    let shown = |fault: LinkFault| {
        let name = match &fault {
            LinkFault::Missing { name } => Some(Value::from(name.clone())),
            LinkFault::UrlScheme
            | LinkFault::UrlHost
            | LinkFault::UrlForm
            | LinkFault::TplSyntax(_)
            | LinkFault::TplPlace { .. }
            | LinkFault::TplValue { .. }
            | LinkFault::TplShape => None,
        };
        object([("fault", Some(Value::from(fault.code()))), ("name", name)])
    };
    let link = link.map(|link| object([("link", Some(Value::from(link.as_str())))]));
    Ok(link.map_err(shown))
}

/// Every key of an action that an example has to fill, with its place.
pub(crate) fn keys(part: &ActionPart) -> Vec<(Place, String)> {
    let mut keys = vec![(part.place, key(part))];
    for (name, reading) in part.result.readings() {
        keys.push((reading.place, format!("{}.result.{name}", key(part))));
    }
    if let Some(look) = &part.look_first {
        for (name, reading) in look.result.readings() {
            keys.push((
                reading.place,
                format!("{}.look_first.result.{name}", key(part)),
            ));
        }
    }
    for field in &part.form {
        let readings = [("choices", &field.choices), ("default", &field.default)];
        for (name, reading) in readings {
            let Some(reading) = reading else {
                continue;
            };
            let key = format!("{}.form.{}.{name}", key(part), field.name);
            keys.push((reading.place, key));
        }
    }
    keys
}

fn key(part: &ActionPart) -> String {
    join("action", part.kind.word())
}

fn filled_by(part: &ActionPart, written: &Written) -> Vec<String> {
    let map = if written.earlier {
        "look_first.result"
    } else {
        "result"
    };
    let members = [
        ("id", written.id.is_some()),
        ("number", written.number.is_some()),
        ("link", written.link.is_some()),
    ];
    let there = members.into_iter().filter(|(_, is_there)| *is_there);
    there
        .map(|(name, _)| format!("{}.{map}.{name}", key(part)))
        .collect()
}

fn shown_written(written: &Written) -> Map<String, Value> {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let link = written.link.as_ref().map(|link| Value::from(link.as_str()));
    members(object([
        ("done", Some(Value::Bool(true))),
        ("id", text(&written.id)),
        ("number", text(&written.number)),
        ("link", link),
        ("earlier", Some(Value::Bool(written.earlier))),
    ]))
}

fn shown_fault(fault: &ActFault) -> Map<String, Value> {
    let outcome = match fault.outcome {
        Outcome::NotDone => "not_done",
        Outcome::Unknown => "unknown",
    };
    let next = match fault.next {
        Next::Retry => "retry",
        Next::LookFirst => "look_first",
        Next::Park => "park",
    };
    let wrong = fault.fields.iter().map(|fault| {
        let problem = Value::from(fault.problem.slug());
        (fault.field.as_str(), Some(problem))
    });
    let mut shown = members(shown::fault(&fault.fault));
    shown.extend(members(object([
        ("outcome", Some(Value::from(outcome))),
        ("next", Some(Value::from(next))),
        ("wrong", Some(object(wrong))),
    ])));
    shown
}

fn with_form(mut shown: Map<String, Value>, form: Option<&Form>) -> Value {
    let fields = form.map(|form| {
        let fields = form.fields.iter().map(|field| {
            let choices = field.choices.iter().map(|choice| {
                let value = Value::from(choice.value.clone());
                let label = Value::from(choice.label.clone());
                object([("value", Some(value)), ("label", Some(label))])
            });
            let members = object([
                ("label", Some(Value::from(field.label.clone()))),
                ("default", field.default.clone().map(Value::from)),
                ("choices", Some(choices.collect())),
            ]);
            (field.name.as_str(), Some(members))
        });
        object(fields)
    });
    shown.extend(fields.map(|fields| ("form".to_owned(), fields)));
    Value::Object(shown)
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

fn write(connection: &Connection, given: &Map<String, Value>) -> Result<Write, String> {
    let sent = match given.get("sent").and_then(Value::as_str) {
        Some(ago) => {
            let ago = parse_duration(ago).ok_or("given.sent, such as 10m, for how long ago")?;
            let now = connection.now().micros();
            let ago = i64::try_from(ago.as_micros()).unwrap_or(i64::MAX);
            Some(Moment::from_micros(now.saturating_sub(ago)))
        }
        None => None,
    };
    let item = given_text(given, "item.id");
    Ok(Write {
        item_id: if item.is_empty() {
            "item-1".to_owned()
        } else {
            item
        },
        about: about(given)?,
        input: object_of(given, "input"),
        sent,
        seen: None,
    })
}

fn about(given: &Map<String, Value>) -> Result<About, String> {
    let text = |path: &str| Some(given_text(given, path)).filter(|text| !text.is_empty());
    let mut identifiers = Vec::new();
    if let Some(email) = text("email") {
        let email = Email::parse(&email).map_err(|fault| fault.to_string())?;
        identifiers.push(identifier::Value::Email(email));
    }
    if let Some(phone) = text("phone") {
        let phone = Phone::parse(&phone, &PhoneRules::default());
        identifiers.push(identifier::Value::Phone(
            phone.map_err(|fault| fault.to_string())?,
        ));
    }
    identifiers.extend(text("external_id").map(identifier::Value::ExternalId));
    Ok(About {
        customer: given.contains_key("customer").then(|| Customer {
            id: given_text(given, "customer.id"),
            kind: text("customer.type"),
            name: text("customer.name"),
            link: text("customer.link"),
            account_id: text("account.id"),
            keep: object_of(&object_of(given, "customer"), "keep")
                .into_iter()
                .collect(),
            ..Customer::default()
        }),
        case: given.contains_key("case").then(|| Case {
            id: given_text(given, "case.id"),
            number: text("case.number"),
            subject: text("case.subject"),
            status: text("case.status"),
            link: text("case.link"),
            stamp: text("case.stamp"),
            ..Case::default()
        }),
        identifiers: identifiers
            .into_iter()
            .map(|value| Identifier {
                value,
                assurance: Assurance::Attached,
            })
            .collect(),
        name: text("interaction.name"),
    })
}

fn context(given: &Map<String, Value>) -> Result<Context, String> {
    let text = |path: &str| Some(given_text(given, path)).filter(|text| !text.is_empty());
    let of_agent = |name: &str| text(&join("agent", name));
    let of_it = |name: &str| text(&join("interaction", name));
    let mut context = Context {
        agent: AgentRef {
            id: of_agent("id"),
            platform_id: of_agent("platform_id"),
            email: of_agent("email"),
            name: of_agent("name"),
            extension: of_agent("extension"),
        },
        ..Context::default()
    };
    if !given.contains_key("interaction") {
        return Ok(context);
    }
    let at = of_it("at").unwrap_or_else(|| "2026-11-20T10:00:00Z".to_owned());
    let channel = of_it("channel").map_or(Some(Channel::Voice), |word| Channel::parse(&word));
    let direction = of_it("direction");
    let direction = direction.map_or(Some(Direction::Inbound), |word| Direction::parse(&word));
    let seconds = given
        .get("interaction")
        .and_then(|facts| facts.get("seconds"));
    context.interaction = Some(InteractionFacts {
        key: InteractionKey {
            source: of_it("source").unwrap_or_else(|| "/example".to_owned()),
            id: of_it("id").unwrap_or_else(|| "i-1".to_owned()),
        },
        channel: channel.ok_or("a channel such as voice")?.word(),
        direction: direction.ok_or("a direction such as inbound")?.word(),
        queue: of_it("queue"),
        at: Moment::parse(&at).ok_or("a time such as 2026-11-20T10:00:00Z")?,
        title: of_it("title").unwrap_or_else(|| "Interaction".to_owned()),
        reason: of_it("reason"),
        language: of_it("language"),
        summary: of_it("summary"),
        seconds: seconds.and_then(Value::as_u64),
    });
    Ok(context)
}

fn object_of(given: &Map<String, Value>, key: &str) -> Map<String, Value> {
    given
        .get(key)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}
