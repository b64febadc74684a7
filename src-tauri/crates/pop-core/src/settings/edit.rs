//! Changes one setting in the user's file and leaves the rest of it, comments included, as it was.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstRootNode};
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::settings::{Broker, Connection, FileFault, Layer, Proxy, layers::load};

/// The settings that a person may change in the window, unless machine policy has set them.
const EDITABLE: &[&str] = &[
    "agent.id",
    "appearance.always_on_top",
    "appearance.density",
    "appearance.theme",
    "attention.announce",
    "attention.name",
    "attention.notify",
    "attention.quiet",
    "attention.shown_by",
    "attention.sound",
    "listener.enabled",
    "listener.port",
    "phone.default_region",
    "pop.open",
    "privacy.lock_after_minutes",
    "privacy.no_capture",
    "sandbox.enabled",
    "shortcuts.copy_id",
    "shortcuts.curtain",
    "shortcuts.new_case",
    "shortcuts.open_record",
    "shortcuts.show",
    "source.gateway.url",
    "window.dock",
    "window.start_at_sign_in",
];

/// Why a setting was not changed.
#[derive(Debug, Error)]
pub enum EditFault {
    /// There is no such setting, or it cannot be changed in the window.
    #[error("“{0}” is not a setting that can be changed here")]
    Unknown(String),
    /// The new value does not fit.
    #[error("{}", .0.first().map_or_else(String::new, |fault| fault.expected.clone()))]
    Value(Vec<FileFault>),
    /// The file as it stands cannot be read.
    #[error("the settings file cannot be read: {0}")]
    File(String),
}

/// The user's file with one setting changed.
pub fn set(text: &str, name: &str, value: &Value) -> Result<String, EditFault> {
    if !EDITABLE.contains(&name) {
        return Err(EditFault::Unknown(name.to_owned()));
    }
    let path: Vec<&str> = name.split('.').collect();
    checked(put(text, &path, Some(value))?)
}

/// The user's file with one connection added, replaced, or removed.
pub fn set_connection(
    text: &str,
    name: &str,
    connection: Option<&Connection>,
) -> Result<String, EditFault> {
    let value = connection
        .map(serde_json::to_value)
        .transpose()
        .map_err(|error| EditFault::File(error.to_string()))?;
    checked(put(text, &["connections", name], value.as_ref())?)
}

/// The user's file with the broker without enrolment changed or removed.
pub fn set_broker(text: &str, broker: Option<&Broker>) -> Result<String, EditFault> {
    set_way(text, "broker", broker)
}

/// The user's file with the proxy on the way to the broker changed or removed.
pub fn set_proxy(text: &str, proxy: Option<&Proxy>) -> Result<String, EditFault> {
    set_way(text, "proxy", proxy)
}

fn set_way<W: Serialize>(text: &str, name: &str, way: Option<&W>) -> Result<String, EditFault> {
    let value = way
        .map(serde_json::to_value)
        .transpose()
        .map_err(|error| EditFault::File(error.to_string()))?;
    checked(put(text, &["source", "gateway", name], value.as_ref())?)
}

/// A settings file, a user's or the machine policy's, that takes bundles from this place, if one of
/// these keys has signed them.
pub fn enrol(text: &str, from: &str, keys: &[String]) -> Result<String, EditFault> {
    let text = put(text, &["distribution", "from"], Some(&from.into()))?;
    let text = put(&text, &["distribution", "keys"], Some(&keys.into()))?;
    let layer = Layer {
        file: "settings.jsonc",
        text: &text,
    };
    // As a policy, because it may hold what only one may.
    load(None, Some(layer)).map_err(EditFault::Value)?;
    Ok(text)
}

/// The user's file that takes bundles from this place, if this key has signed them; `None`: from
/// nowhere.
pub fn enrol_user(text: &str, enrolled: Option<(&str, &str)>) -> Result<String, EditFault> {
    let value = enrolled.map(|(from, key)| serde_json::json!({ "from": from, "keys": [key] }));
    checked(put(text, &["distribution"], value.as_ref())?)
}

fn put(text: &str, path: &[&str], value: Option<&Value>) -> Result<String, EditFault> {
    let text = if text.trim().is_empty() {
        "{\n}\n"
    } else {
        text
    };
    let root = CstRootNode::parse(text, &ParseOptions::default())
        .map_err(|error| EditFault::File(error.to_string()))?;
    let mut object = root.object_value_or_set();
    let Some((last, parents)) = path.split_last() else {
        return Ok(text.to_owned());
    };
    for parent in parents {
        object = object.object_value_or_set(parent);
    }
    match (object.get(last), value) {
        (Some(property), Some(value)) => property.set_value(input(value)),
        (None, Some(value)) => {
            object.append(last, input(value));
        }
        (Some(property), None) => property.remove(),
        (None, None) => {}
    }
    Ok(root.to_string())
}

fn checked(text: String) -> Result<String, EditFault> {
    load(
        Some(Layer {
            file: "settings.jsonc",
            text: &text,
        }),
        None,
    )
    .map_err(EditFault::Value)?;
    Ok(text)
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(yes) => CstInputValue::Bool(*yes),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(items) => CstInputValue::Array(items.iter().map(input).collect()),
        Value::Object(members) => CstInputValue::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), input(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_changes_and_comments_stay() {
        let text = "{\n  // mine\n  \"pop\": { \"open\": \"offer\" }\n}\n";
        let changed = set(text, "appearance.theme", &"dark".into()).expect("a right value");
        assert!(
            changed.contains("// mine"),
            "the comment is kept: {changed}"
        );
        assert!(
            changed.contains("\"offer\"") && changed.contains("\"dark\""),
            "{changed}"
        );
    }

    #[test]
    fn a_wrong_value_or_name_changes_nothing_and_says_why() {
        let fault = set("", "appearance.theme", &"pink".into()).expect_err("no such theme");
        assert!(matches!(fault, EditFault::Value(_)), "{fault}");
        let fault = set("", "security.allow_loopback_http", &true.into()).expect_err("not here");
        assert!(matches!(fault, EditFault::Unknown(_)), "{fault}");
        set("", "appearance.theme", &"dark".into()).expect("the control: a right one is taken");
    }

    #[test]
    fn a_connection_is_added_and_removed() {
        let connection = Connection {
            definition: "rest".into(),
            label: "Meridian".into(),
            fields: [("server".to_owned(), "https://crm.example.com".into())].into(),
            method: "token".into(),
            user: None,
            overlay: None,
            test_customer: None,
        };
        let with = set_connection("", "main", Some(&connection)).expect("a right connection");
        assert!(with.contains("Meridian"), "{with}");
        let without = set_connection(&with, "main", None).expect("removing always works");
        assert!(!without.contains("Meridian"), "{without}");
    }

    #[test]
    fn the_way_to_a_broker_is_changed_and_removed_and_a_wrong_one_is_refused() {
        let proxy = Proxy {
            url: "http://proxy.acme.example:3128".into(),
            user: Some("jordan".into()),
        };
        let with = set_proxy("", Some(&proxy)).expect("a right proxy");
        assert!(with.contains("proxy.acme.example"), "{with}");
        let without = set_proxy(&with, None).expect("removing always works");
        assert!(!without.contains("acme"), "{without}");
        let topics = |interactions: &str| crate::settings::Topics {
            interactions: interactions.into(),
            control: None,
            ack: None,
            presence: None,
        };
        let broker = |interactions: &str| Broker {
            urls: vec!["wss://broker.acme.example/mqtt".into()],
            username: "acme.agent01".into(),
            client_id: None,
            topics: topics(interactions),
        };
        set_broker("", Some(&broker("acme/agent01"))).expect("a right broker");
        let fault = set_broker("", Some(&broker("acme/#"))).expect_err("everybody's topics");
        assert!(matches!(fault, EditFault::Value(_)), "{fault}");
    }
}
