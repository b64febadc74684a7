//! What the layers come to, and how mistakes in them are named.

use super::*;
use crate::settings::Open;

const FILE: &str = "settings.jsonc";

fn user(text: &str) -> Result<Loaded, Vec<FileFault>> {
    load(Some(Layer { file: FILE, text }), None)
}

#[test]
fn the_defaults_stand_alone() {
    let loaded = load(None, None).expect("the shipped defaults fit their schema");
    assert!(
        !loaded.settings.listener.enabled,
        "the listener is off unless switched on"
    );
    assert!(
        loaded.locked.is_empty(),
        "nothing is locked without machine policy"
    );
}

#[test]
fn machine_policy_wins_over_the_user_and_locks() {
    let mine = Layer {
        file: FILE,
        text: r#"{ "pop": { "open": "offer" } }"#,
    };
    let policy = Layer {
        file: "policy",
        text: r#"{ "pop": { "open": "never" } }"#,
    };
    let loaded = load(Some(mine), Some(policy)).expect("both files are right");
    assert_eq!(
        loaded.settings.pop.open,
        Open::Never,
        "policy is above the user"
    );
    assert_eq!(
        loaded.locked,
        ["pop.open"],
        "and only what it says is locked"
    );
}

#[test]
fn every_mistake_is_named_at_once_with_its_line() {
    let text = "{\n  // a comment\n  \"pop\": { \"open\": \"sometimes\" },\n  \"lisener\": {},\n  \"listener\": {\n    \"port\": \"high\"\n  }\n}";
    let faults = user(text).expect_err("three mistakes");
    let places: Vec<(u32, &str)> = faults
        .iter()
        .map(|fault| (fault.line, fault.key.as_str()))
        .collect();
    assert!(places.contains(&(3, "pop.open")), "{faults:#?}");
    assert!(places.contains(&(6, "listener.port")), "{faults:#?}");
    assert!(places.contains(&(4, "lisener")), "{faults:#?}");
}

#[test]
fn broken_json_is_named_with_its_line() {
    let faults = user("{\n  \"pop\": {\n").expect_err("the braces are not closed");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0].file, FILE, "the file is named");
}

#[test]
fn a_user_cannot_allow_what_only_policy_may() {
    let text = "{\n \"security\": { \"allow_loopback_http\": true }\n}";
    let faults = user(text).expect_err("only machine policy may");
    assert_eq!((faults[0].line, faults[0].key.as_str()), (2, "security"));
    let policy = Layer {
        file: "policy",
        text,
    };
    let loaded = load(None, Some(policy)).expect("as policy it is right");
    assert!(loaded.settings.security.allow_loopback_http, "policy may");
}

#[test]
fn a_users_overlay_never_reaches_a_connection_of_the_policy() {
    let mine = r#"{ "connections": {
        "bank": { "definition": "rest", "label": "CRM", "method": "token", "overlay": "[http]" },
        "own": { "definition": "rest", "label": "CRM", "method": "token", "overlay": "[http]" } } }"#;
    let policy = r#"{ "connections": { "bank": { "definition": "rest", "label": "CRM", "method": "token" } } }"#;
    let layer = |text| Layer { file: FILE, text };
    let loaded = load(Some(layer(mine)), Some(layer(policy))).expect("both are right");
    let overlay = |name: &str| loaded.settings.connections[name].overlay.clone();
    assert_eq!(overlay("bank"), None, "it could move the hosts");
    assert_eq!(overlay("own"), Some("[http]".to_owned()), "his own is his");
    let locked = "connections.bank.overlay".to_owned();
    assert!(loaded.locked.contains(&locked), "{:?}", loaded.locked);
}

#[test]
fn every_mistake_of_a_rule_is_named_at_load() {
    let text = r#"{
      "automatic": [
        { "on": "ended", "when": "interaction.channel ==", "do": "create_case",
          "input": { "subject": "{interaction.summary", "note": "{who.name}" } }
      ],
      "webhooks": [
        { "url": "http://example.com/hook", "events": ["case.created"],
          "secret_file": "secret", "body": { "id": "{customr.id}" } }
      ] }"#;
    let policy = Layer {
        file: "policy",
        text,
    };
    let faults = load(None, Some(policy)).expect_err("six mistakes");
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    let expected = [
        "automatic.0.when",
        "automatic.0.input.subject",
        "automatic.0.input.note",
        "webhooks.0.url",
        "webhooks.0.secret_file",
        "webhooks.0.body.id",
    ];
    assert_eq!(keys, expected, "{faults:#?}");
    assert!(faults.iter().all(|fault| fault.line > 0), "{faults:#?}");
    let user = user(text).expect_err("and a user sets no webhooks at all");
    assert!(!user.is_empty());
}

#[test]
fn a_mistake_reads_as_a_person_would_write_it() {
    let text = r#"{
      "pop": { "open": "sometimes", "opne": "offer" },
      "listener": { "enabled": "yes" },
      "wrap_up": { "seconds": 9000 },
      "connections": { "crm": { "definition": "rest", "label": "", "method": "token" } }
    }"#;
    let faults = user(text).expect_err("five mistakes");
    let said = |key: &str| {
        let fault = faults.iter().find(|fault| fault.key == key);
        let fault = fault.unwrap_or_else(|| panic!("{key} is named: {faults:#?}"));
        assert!(fault.line > 1, "{fault:?}");
        (fault.found.clone(), fault.expected.clone())
    };
    let pair = |found: &str, expected: &str| (found.to_owned(), expected.to_owned());
    let unknown = pair("a key that is not known", "one of open, outbound");
    assert_eq!(said("pop.opne"), unknown);
    let choice = "\"offer\" or \"accept\" or \"never\"";
    assert_eq!(said("pop.open"), pair("\"sometimes\"", choice));
    assert_eq!(said("listener.enabled"), pair("\"yes\"", "true or false"));
    assert_eq!(said("wrap_up.seconds"), pair("9000", "3600 or less"));
    let empty = pair("\"\"", "a text that is not empty");
    assert_eq!(said("connections.crm.label"), empty);
}

fn bundle(text: &str) -> Bundle {
    let head = "[bundle]\ntenant = \"meridian\"\nversion = 1\nexpires = \"2027-06-01T00:00:00Z\"\n";
    Bundle::read("b.toml", &format!("{head}{text}")).expect("a right bundle")
}

#[test]
fn a_bundle_stands_above_the_user_and_below_the_machine_policy() {
    let mine = Layer {
        file: FILE,
        text: r#"{ "pop": { "open": "offer" }, "history": { "keep_days": 5 } }"#,
    };
    let policy = Layer {
        file: "policy",
        text: r#"{ "history": { "keep_days": 90 } }"#,
    };
    let ours = bundle("[pop]\nopen = \"never\"\n[history]\nkeep_days = 60\n");
    let loaded = load_over(Some(mine), Some(&ours), Some(policy)).expect("all are right");
    assert_eq!(
        loaded.settings.pop.open,
        Open::Never,
        "the bundle is above the user"
    );
    assert_eq!(
        loaded.settings.history.keep_days, 90,
        "and below the policy"
    );
    assert_eq!(
        loaded.by_bundle,
        ["pop.open"],
        "what the policy sets is the policy's"
    );
    assert!(
        loaded.locked.contains(&"history.keep_days".to_owned()),
        "{:?}",
        loaded.locked
    );
    let without = load_over(Some(mine), None, None).expect("the control");
    assert_eq!(without.settings.pop.open, Open::Offer);
}

#[test]
fn what_the_bundle_leaves_to_each_person_is_theirs() {
    let mine = Layer {
        file: FILE,
        text: r#"{ "appearance": { "theme": "dark" }, "listener": { "enabled": true } }"#,
    };
    let text = "personal = [\"appearance\"]\nlocked = [\"listener\"]\n\
        [appearance]\ntheme = \"light\"\ndensity = \"compact\"\n";
    let loaded = load_over(Some(mine), Some(&bundle(text)), None).expect("both are right");
    let appearance = &loaded.settings.appearance;
    assert_eq!(
        appearance.theme,
        crate::settings::Theme::Dark,
        "the person has chosen"
    );
    assert_eq!(
        appearance.density,
        crate::settings::Density::Compact,
        "and here they have not"
    );
    assert!(
        !loaded.settings.listener.enabled,
        "what nobody may set stays as it was"
    );
    assert_eq!(loaded.by_bundle, ["listener.enabled", "listener.port"]);
    let loaded = load(Some(mine), None).expect("the control");
    assert!(
        loaded.settings.listener.enabled,
        "without the bundle it is the person's"
    );
}

#[test]
fn a_persons_key_never_counts_beside_the_policys_address() {
    let key = "0123-4567-89AB-CDEF-0123-4567-89AB-CDEF";
    let mine =
        format!(r#"{{ "distribution": {{ "from": "https://evil.example", "keys": ["{key}"] }} }}"#);
    let mine = Layer {
        file: FILE,
        text: &mine,
    };
    let policy = Layer {
        file: "policy",
        text: r#"{ "distribution": { "from": "https://config.example" } }"#,
    };
    let loaded = load(Some(mine), Some(policy)).expect("both are right");
    let distribution = &loaded.settings.distribution;
    assert_eq!(distribution.from.as_deref(), Some("https://config.example"));
    assert!(
        distribution.keys.is_empty(),
        "none of the person's keys is trusted"
    );
    assert!(loaded.locked.contains(&"distribution.keys".to_owned()));
    let alone = load(Some(mine), None).expect("the control: without a policy a person may");
    assert_eq!(alone.settings.distribution.trusted().len(), 1);
}
