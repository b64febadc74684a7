//! What the person connecting fills in.

use pop_core::link::LoopbackOrigin;
use pop_crm::ConnectFault;
use serde_json::{Value, json};

use crate::support::{BY_ID, Given, HEAD, Reply, loaded, open, text};

const SETTINGS: &str = r#"
[setting.host]
kind = "host"
optional = true
within = ["*.vendor.example"]
[setting.field]
kind = "name"
optional = true
[setting.version]
kind = "text"
default = "62.0"
pattern = '^\d\d\.0$'
[setting.edition]
kind = "choice"
choices = ["a", "b"]
default = "a"
[setting.key]
kind = "secret"
optional = true
[setting.people]
kind = "switch"
default = false
"#;

fn fault_of(settings: Value) -> Option<(String, String)> {
    let definition = loaded(&text(&[HEAD, BY_ID, SETTINGS]));
    let given = Given {
        settings,
        loopback: vec![LoopbackOrigin::of_own_sandbox(4000)],
        ..Given::default()
    };
    let faults = open(&definition, given, |_, _| Reply::Silence).err()?;
    assert_eq!(faults.len(), 1, "one wrong setting, one fault: {faults:?}");
    match &faults[0] {
        ConnectFault::Setting { name, expected } => Some((name.clone(), expected.clone())),
        other @ (ConnectFault::Auth { .. } | ConnectFault::Definition(_)) => panic!("{other:?}"),
    }
}

#[test]
fn values_that_fit_are_accepted() {
    for settings in [
        json!({}),
        json!({ "server": "https://crm.example" }),
        json!({ "server": "https://CRM.example/" }),
        json!({ "server": "https://crm.example:8443" }),
        json!({ "server": "http://127.0.0.1:4000" }),
        json!({ "host": "acme.vendor.example" }),
        json!({ "field": "Customer_No__c" }),
        json!({ "version": "63.0", "edition": "b", "people": true }),
        json!({ "host": "", "field": null }),
    ] {
        assert_eq!(fault_of(settings.clone()), None, "{settings}");
    }
}

#[test]
fn values_that_do_not_fit_are_named_without_the_value() {
    for (settings, name) in [
        (json!({ "server": "http://crm.example" }), "server"),
        (json!({ "server": "http://127.0.0.1:4001" }), "server"),
        (json!({ "server": "http://localhost:4000" }), "server"),
        (json!({ "server": "https://crm.example/path" }), "server"),
        (json!({ "server": "https://user:pw@crm.example" }), "server"),
        (json!({ "server": "https://10.0.0.1" }), "server"),
        (json!({ "server": "https://crm.example?x" }), "server"),
        (json!({ "server": "just-a-name" }), "server"),
        (json!({ "server": "javascript:alert(1)" }), "server"),
        (json!({ "server": 7 }), "server"),
        (json!({ "host": "https://acme.vendor.example" }), "host"),
        (json!({ "host": "acme.evil.test" }), "host"),
        (json!({ "host": "acme.vendor.example.evil.test" }), "host"),
        (json!({ "host": "acme.vendor.example/x" }), "host"),
        (json!({ "field": "Name = 'x' OR" }), "field"),
        (json!({ "field": "1st" }), "field"),
        (json!({ "version": "latest" }), "version"),
        (json!({ "edition": "c" }), "edition"),
        (json!({ "people": "perhaps" }), "people"),
        (json!({ "field": "a\u{202e}b" }), "field"),
        (json!({ "nobody": "asked" }), "nobody"),
        (json!({ "key": "s3cret" }), "key"),
    ] {
        let (found, expected) = fault_of(settings.clone()).unwrap_or_default();
        assert_eq!(found, name, "{settings}");
        let value = settings[name].as_str().unwrap_or("(none)");
        assert!(
            !expected.contains(value),
            "the value is not repeated: {expected}"
        );
    }
}

fn auth_fault(method: &'static str, secrets: Vec<(&'static str, &'static str)>) -> Option<String> {
    let more = "[auth.password]\nkind = \"basic\"\n[auth.browser]\nkind = \"oauth_code\"\nauthorize = \"https://crm.example/a\"\ntoken = \"https://crm.example/t\"\nclient_id = \"{setting.app}\"\n[setting.app]\nkind = \"text\"\noptional = true\n";
    let definition = loaded(&text(&[HEAD, BY_ID, more]));
    let given = Given {
        secrets,
        method,
        ..Given::default()
    };
    let faults = open(&definition, given, |_, _| Reply::Silence).err()?;
    match &faults[0] {
        ConnectFault::Auth { expected, .. } => Some(expected.clone()),
        other @ (ConnectFault::Setting { .. } | ConnectFault::Definition(_)) => panic!("{other:?}"),
    }
}

#[test]
fn a_way_to_sign_in_needs_its_secrets() {
    assert_eq!(auth_fault("token", vec![("secret", "x")]), None);
    assert_eq!(
        auth_fault("password", vec![("username", "u"), ("password", "p")]),
        None
    );
    for (method, secrets, says) in [
        ("token", vec![], "secret"),
        ("token", vec![("secret", "")], "secret"),
        ("token", vec![("secret", "a\r\nX-Evil: 1")], "line breaks"),
        ("password", vec![("username", "u")], "password"),
        ("key", vec![("secret", "x")], "offers"),
        ("browser", vec![], "a value for setting.app"),
    ] {
        let fault = auth_fault(method, secrets).unwrap_or_default();
        assert!(fault.contains(says), "{method}: {fault}");
        assert!(!fault.contains("X-Evil"), "a secret is never repeated");
    }
}
