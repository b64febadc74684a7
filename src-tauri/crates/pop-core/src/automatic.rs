//! Writes by rule: for whose interactions, whether one applies, and what is filled in.
//!
//! Rules on an end are about interactions that this agent had. That the customer is certain is
//! checked by the desk, as for every write (rule P3); where there is no card, by [`whose`]. A name
//! without value writes nothing and is said.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::action::ActionKind;
use crate::desk::{Matching, Part, Pop, Wish};
use crate::expr::{Expr, Scope};
use crate::interaction::InteractionKey;
use crate::moment::Moment;
use crate::profile::ConnectionId;
use crate::settings::Automatic;
use crate::template::{Encoding, Missing, Template};
use crate::write::WriteId;

/// What a rule wants written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub kind: ActionKind,
    /// What is filled in.
    pub input: BTreeMap<String, String>,
}

/// Why a rule that applies writes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// The condition has no value here.
    #[error("its condition cannot be told: {0}")]
    Condition(String),
    /// A name in what is filled in has no value.
    #[error("`{0}` has no value")]
    Missing(String),
    /// There is no open case on the card, or several.
    #[error("it is not clear to which case")]
    NoCase,
}

/// Whose interaction it was that ended without a card, by what the connections say of its customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One customer's, certainly: rules may write.
    One(ConnectionId),
    /// It may be of several.
    Several,
    /// Nobody is known by what the event says.
    Nobody,
    /// No card by a rule of the organisation, so nothing is written either.
    Silent,
    /// A connection could not be asked, which may know somebody, or somebody else.
    Unknown,
}

/// Whose interaction a card would have shown; `None`: it would have had no card.
pub fn whose(pop: Option<&Pop>) -> Whose {
    let Some(pop) = pop else {
        return Whose::Silent;
    };
    match &pop.matching {
        Matching::One {
            customer,
            sure: true,
        } => {
            // A connection that is more important and did not answer may know somebody else.
            let lookups = pop.lookups.iter();
            let mut above = lookups.take_while(|it| it.connection != customer.connection);
            if above.any(|lookup| lookup.fault.is_some()) {
                return Whose::Unknown;
            }
            Whose::One(customer.connection.clone())
        }
        Matching::Several { .. } => Whose::Several,
        Matching::None | Matching::Nothing => Whose::Nobody,
        Matching::One { sure: false, .. } | Matching::Looking | Matching::Failed => Whose::Unknown,
    }
}

/// What the rules want written for a card's customer when its interaction is over, and why some of
/// them write nothing.
pub fn wishes(
    rules: &[Automatic],
    pop: &Pop,
    key: &InteractionKey,
    connection: &ConnectionId,
    facts: &Value,
) -> (Vec<Wish>, Vec<NotWritten>) {
    let (mut wishes, mut not_written) = (Vec::new(), Vec::new());
    if pop.phase.was_not_taken() {
        return (wishes, not_written);
    }
    for rule in rules {
        let wanted = match wanted(rule, facts) {
            Ok(Some(wanted)) => wanted,
            Ok(None) => continue,
            Err(why) => {
                not_written.push(why);
                continue;
            }
        };
        let is_note = wanted.kind == ActionKind::AddNote;
        let case = only_case(pop, connection).filter(|_| is_note);
        if is_note && case.is_none() {
            not_written.push(NotWritten::NoCase);
            continue;
        }
        wishes.push(Wish {
            id: WriteId(id_of_rule(key, rule)),
            at: pop.at(),
            connection: connection.clone(),
            kind: wanted.kind,
            case,
            input: wanted.input,
            shown: None,
            opens: false,
        });
    }
    (wishes, not_written)
}

/// The only open case on the card.
pub fn only_case(pop: &Pop, connection: &ConnectionId) -> Option<String> {
    let mut lookups = pop.lookups.iter();
    let lookup = lookups.find(|lookup| lookup.connection == *connection)?;
    let Part::Ready(cases) = &lookup.cases else {
        return None;
    };
    let mut open = cases.items.iter().filter(|case| case.open);
    let only = open.next()?;
    open.next().is_none().then(|| only.id.clone())
}

/// The id of what a rule writes for an interaction: the same however often its end is heard.
pub fn id_of_rule(key: &InteractionKey, rule: &Automatic) -> String {
    let said = serde_json::to_string(rule).unwrap_or_default();
    id_of(&["rule", &key.source, &key.id, &said])
}

/// An id that is the same for the same parts.
pub fn id_of(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let hash = hash.finalize();
    let half = hash.iter().take(16);
    half.fold(String::new(), |id, byte| format!("{id}{byte:02x}"))
}

/// What one rule wants written; `None`: it does not apply.
pub fn wanted(rule: &Automatic, facts: &Value) -> Result<Option<Wanted>, NotWritten> {
    if let Some(when) = &rule.when {
        let told = Expr::compile(when).map_err(|error| error.to_string());
        let told = told.and_then(|when| {
            let value = when.eval_bool(&scope(facts));
            value.map_err(|error| error.to_string())
        });
        if !told.map_err(NotWritten::Condition)? {
            return Ok(None);
        }
    }
    let mut input = BTreeMap::new();
    for (name, text) in &rule.input {
        match filled(text, facts) {
            Ok(text) => {
                input.insert(name.clone(), text);
            }
            Err(missing) if missing.optional => {}
            Err(missing) => return Err(NotWritten::Missing(missing.name)),
        }
    }
    Ok(Some(Wanted {
        kind: rule.does.into(),
        input,
    }))
}

/// A body whose texts are templates, filled; a member with an optional name without value is left
/// out.
pub fn filled_body(body: &Value, facts: &Value) -> Result<Value, Missing> {
    Ok(match body {
        Value::String(text) => match Template::parse(text) {
            Ok(template) if template.only_name().is_some() => {
                let name = template.only_name();
                let path = name.map(crate::template::Name::path).unwrap_or_default();
                match at(facts, path) {
                    Some(value) => value.clone(),
                    None => Value::String(filled(text, facts)?),
                }
            }
            Ok(_) | Err(_) => Value::String(filled(text, facts)?),
        },
        Value::Array(items) => {
            let items = items.iter().map(|item| filled_body(item, facts));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let mut object = Map::new();
            for (name, member) in members {
                match filled_body(member, facts) {
                    Ok(value) => drop(object.insert(name.clone(), value)),
                    Err(missing) if missing.optional => {}
                    Err(missing) => return Err(missing),
                }
            }
            Value::Object(object)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
    })
}

/// What rules and messages can read of a card.
pub fn facts_of(pop: &Pop, agent: Option<&str>, now: Moment) -> Value {
    let customer = pop.customer().map(|(connection, hit)| {
        let customer = &hit.customer;
        given(json!({
            "connection": connection.0,
            "id": customer.id,
            "name": customer.name,
            "tier": customer.tier,
            "language": customer.language,
        }))
    });
    let interaction = given(json!({
        "id": pop.key.as_ref().map(|key| &key.id),
        "source": pop.key.as_ref().map(|key| &key.source),
        "channel": pop.channel.word(),
        "direction": pop.direction.word(),
        "queue": pop.queue,
        "at": pop.received.rfc3339(),
        "title": pop.reason.clone().unwrap_or_else(|| format!("Interaction by {}", pop.channel.word())),
        "reason": pop.reason,
        "language": pop.language,
        "summary": pop.quote,
        "seconds": now.since(pop.received).as_secs(),
    }));
    json!({
        "interaction": interaction,
        "customer": customer.unwrap_or_else(|| json!({})),
        "agent": given(json!({ "id": agent })),
        "write": {},
    })
}

/// An object without the members that have no value.
fn given(mut object: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    object
}

fn scope(facts: &Value) -> Scope {
    let members = facts.as_object().into_iter().flatten();
    members.fold(Scope::new(), |scope, (name, value)| scope.with(name, value))
}

fn filled(text: &str, facts: &Value) -> Result<String, Missing> {
    let Ok(template) = Template::parse(text) else {
        // Files are checked when they are loaded.
        return Ok(text.to_owned());
    };
    let value = |path: &str| match at(facts, path)? {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Some(other.to_string())
        }
    };
    template.expand(value, Encoding::None)
}

fn at<'f>(facts: &'f Value, path: &str) -> Option<&'f Value> {
    path.split('.')
        .try_fold(facts, |value, name| value.get(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{AutomaticAction, AutomaticOn};

    fn rule(when: Option<&str>, subject: &str) -> Automatic {
        Automatic {
            on: AutomaticOn::Ended,
            when: when.map(str::to_owned),
            does: AutomaticAction::CreateCase,
            input: BTreeMap::from([("subject".to_owned(), subject.to_owned())]),
        }
    }

    fn facts() -> Value {
        json!({
            "interaction": { "id": "c1", "channel": "chat", "summary": "Card lost" },
            "customer": { "id": "12345" },
            "agent": {},
            "write": {},
        })
    }

    #[test]
    fn a_rule_that_applies_fills_in_what_it_says() {
        let chat = rule(
            Some("interaction.channel == 'chat'"),
            "Chat: {interaction.summary}",
        );
        let wanted_now = wanted(&chat, &facts()).expect("it can be told");
        let input = wanted_now.expect("it applies").input;
        assert_eq!(input["subject"], "Chat: Card lost");
        let voice = rule(Some("interaction.channel == 'voice'"), "Call");
        assert_eq!(
            wanted(&voice, &facts()),
            Ok(None),
            "control: another channel"
        );
    }

    #[test]
    fn a_name_without_value_writes_nothing_and_is_said() {
        let missing = wanted(&rule(None, "{interaction.reason}"), &facts());
        let name = "interaction.reason".to_owned();
        assert_eq!(missing, Err(NotWritten::Missing(name)));
        let optional = wanted(&rule(None, "{interaction.reason?}"), &facts());
        let input = optional.expect("it can be told").expect("it applies").input;
        assert!(input.is_empty(), "the member is left out");
        let unclear = wanted(&rule(Some("customer.tier == 'vip'"), "x"), &facts());
        assert!(
            matches!(unclear, Err(NotWritten::Condition(_))),
            "{unclear:?}"
        );
    }

    #[test]
    fn a_body_keeps_its_shape_and_types() {
        let body = json!({
            "event": "chat_completed",
            "customerId": "{customer.id}",
            "agent": "{agent.id?}",
            "list": ["{interaction.id}"],
            "version": 1,
        });
        let filled = filled_body(&body, &facts()).expect("everything is there");
        let expected = json!({
            "event": "chat_completed",
            "customerId": "12345",
            "list": ["c1"],
            "version": 1,
        });
        assert_eq!(filled, expected);
        let missing = filled_body(&json!({ "agent": "{agent.id}" }), &facts());
        assert_eq!(missing.expect_err("it has none").name, "agent.id");
    }
}
