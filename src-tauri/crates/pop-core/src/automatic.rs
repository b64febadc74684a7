//! Writes by rule: whether one applies to an interaction, and what is filled in.
//!
//! That the customer is certain is checked by the desk, as for every write (rule P3). A name
//! without value writes nothing and is said.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::action::ActionKind;
use crate::desk::Pop;
use crate::expr::{Expr, Scope};
use crate::moment::Moment;
use crate::settings::Automatic;
use crate::template::{Encoding, Missing, Template};

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
