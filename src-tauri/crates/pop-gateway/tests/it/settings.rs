//! The settings file: everything that is wrong is said at once.

use std::fs;

use pop_gateway::Config;

use crate::kit::{Place, secret};
use crate::mosquitto::free_port;

fn faults(place: &Place) -> Vec<String> {
    let loaded = Config::load(&place.config, &place.secrets());
    let faults = loaded.err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

fn changed(change: impl FnOnce(&str) -> String) -> Place {
    let place = Place::new(free_port());
    let text = fs::read_to_string(&place.config).expect("reads");
    fs::write(&place.config, change(&text)).expect("writes");
    place
}

#[test]
fn the_settings_of_the_documentation_are_right() {
    let place = changed(|_| {
        let page = include_str!("../../../../docs/gateway.md");
        let (_, rest) = page.split_once("```toml\n").expect("the example");
        let (example, _) = rest.split_once("```").expect("its end");
        example.to_owned()
    });
    let own = rcgen::generate_simple_self_signed(["hooks.acme.example".to_owned()]);
    let own = own.expect("a certificate");
    fs::write(place.folder.path().join("chain.pem"), own.cert.pem()).expect("writes");
    secret(
        place.folder.path(),
        "tls-key",
        &own.signing_key.serialize_pem(),
    );
    for name in [
        "glia-header",
        "twilio-token",
        "broker-password",
        "route-ivr",
        "crm-token",
    ] {
        secret(place.folder.path(), name, "a-long-random-value");
    }
    secret(place.folder.path(), "store-key", &"5e".repeat(32));
    assert_eq!(faults(&place), Vec::<String>::new());
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_line() {
    let place = changed(|text| {
        text.replace("tenant = \"acme\"", "tenant = \"a/b\"")
            .replace("mapping = \"glia\"", "mapping = \"glai\"")
            .replace("platform_id.glia = \"op-1\"", "platform_id.gila = \"op-1\"")
            .replace("path = \"/glia\"", "path = \"/v1/enrolment\"")
            .replace("key = \"store\"", "key = \"none\"\ncolour = 1")
    });
    let faults = faults(&place);
    let said = |words: &str| faults.iter().any(|fault| fault.contains(words));
    assert!(said(":2: tenant: found \"a/b\""), "{faults:#?}");
    assert!(said("source.glia.mapping: found \"glai\""), "{faults:#?}");
    assert!(
        said("agent.agent01.platform_id.gila: found an unknown source"),
        "{faults:#?}"
    );
    assert!(said("store.key: found no such file"), "{faults:#?}");
    assert!(said("store.colour: found an unknown key"), "{faults:#?}");
    assert!(
        said("source.glia.path: found \"/v1/enrolment\""),
        "{faults:#?}"
    );
    assert_eq!(faults.len(), 6, "{faults:#?}");
}

#[test]
fn nothing_goes_out_or_comes_in_without_tls_but_on_this_computer() {
    let place = changed(|text| {
        text.replace("127.0.0.1:0\"\nurl", "0.0.0.0:0\"\nurl")
            .replace("mqtt://127.0.0.1", "mqtt://broker.acme.example")
    });
    let faults = faults(&place);
    let said = |words: &str| faults.iter().any(|fault| fault.contains(words));
    assert!(said("listen.address"), "{faults:#?}");
    assert!(said("broker.url"), "{faults:#?}");
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn a_secret_that_stands_in_the_settings_is_refused_and_not_repeated() {
    let place = changed(|text| {
        text.replace(
            "secrets = [\"glia\"]",
            "secrets = [\"hunter2-hunter2-hunter2\"]",
        )
    });
    let faults = faults(&place);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(!faults[0].contains("hunter2"), "{}", faults[0]);
}

#[test]
fn two_agents_with_one_name_are_a_fault() {
    let place = changed(|text| text.replace("\"op-22\"", "\"op-1\""));
    let faults = faults(&place);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(
        faults[0].contains("agent.agent02.platform_id.glia"),
        "{}",
        faults[0]
    );
}
