//! The simple form, which a script can write by hand.

use pop_core::identifier::{Assurance, Kind};
use pop_core::interaction::{Channel, Direction, Event, What};
use pop_source::canonical::{Arrival, EventFault, Framing, read};
use serde_json::{Value, json};

use crate::canonical::arrival;
use crate::testkit::{noon, rules};

fn simple(body: &Value) -> Result<Event, EventFault> {
    simple_at(body, arrival())
}

fn simple_at(body: &Value, arrival: Arrival<'_>) -> Result<Event, EventFault> {
    let body = serde_json::to_vec(body).expect("a value is JSON");
    read(&Framing::Simple, &body, arrival, &rules())
        .map(|mut events| events.pop().expect("one event"))
}

#[test]
fn the_example_of_the_guide_has_ended() {
    let body = json!({
        "event": "chat_completed", "customerId": "12345", "agent": "agent01", "summary": "Done"
    });
    let event = simple(&body).expect("the example is good");
    assert_eq!((event.what, event.channel), (What::Ended, Channel::Chat));
    assert_eq!(event.direction, Direction::Unknown);
    assert_eq!(event.key.source, "/webhook/simple");
    assert_eq!(event.agent.id.as_deref(), Some("agent01"));
    assert_eq!(event.summary.as_deref(), Some("Done"));
    let [customer] = event.identifiers.as_slice() else {
        panic!("one identifier")
    };
    assert_eq!(
        (customer.kind(), customer.assurance),
        (Kind::RecordId, Assurance::Claimed)
    );
    assert!(!event.authenticated && !event.names_interaction);
}

#[test]
fn every_channel_and_every_verb_of_the_table_is_read() {
    let channels = [
        ("chat", Channel::Chat),
        ("call", Channel::Voice),
        ("voice", Channel::Voice),
        ("phone", Channel::Voice),
        ("message", Channel::Messaging),
        ("messaging", Channel::Messaging),
        ("sms", Channel::Sms),
        ("email", Channel::Email),
        ("video", Channel::Video),
        ("callback", Channel::Callback),
    ];
    let verbs = [
        ("incoming offered ringing assigned alerting", What::Offered),
        ("started accepted answered connected joined", What::Accepted),
        ("missed rejected declined abandoned timeout", What::Declined),
        ("transferred", What::Transferred),
        ("completed ended closed hangup resolved", What::Ended),
        ("updated", What::Updated),
    ];
    for (word, channel) in channels {
        for (words, what) in verbs {
            for verb in words.split(' ') {
                let event = simple(&json!({"event": format!("{word}_{verb}")})).expect(verb);
                assert_eq!(
                    (event.channel, event.what),
                    (channel, what),
                    "{word}_{verb}"
                );
            }
        }
    }
}

#[test]
fn an_unknown_word_is_refused_with_the_list_of_known_ones() {
    for event in [
        "chat_exploded",
        "fax_ended",
        "chat",
        "chat_",
        "_ended",
        "chat_ended_now",
        "Chat_ended",
        "chat-ended",
        "",
        "ended_chat",
    ] {
        let fault = simple(&json!({"event": event})).expect_err(event);
        assert_eq!(fault.at, "event");
        assert!(
            fault.expected.contains("callback; incoming, offered"),
            "{fault}"
        );
    }
    simple(&json!({"event": 7})).expect_err("a number is no word");
    simple(&json!({"customerId": "12345"})).expect_err("no event at all");
    let fault = simple(&json!({"specversion": "1.0", "id": "1"})).expect_err("a CloudEvent");
    assert!(
        fault.expected.contains("application/cloudevents+json"),
        "{fault}"
    );
}

#[test]
fn extra_keys_are_taken_as_they_are() {
    let body = json!({
        "event": "call_ringing", "id": "ev-1", "interactionId": "call-7", "externalId": "E-9",
        "phone": "(415) 555-0123", "email": "jane@example.com", "visitorId": "v", "name": "Jane",
        "queue": "Billing", "language": "de", "direction": "inbound", "reason": "Refund",
        "attributes": {"plan": "gold"}, "startedAt": "2026-01-06T15:57:28Z", "unknown": [1]
    });
    let event = simple(&body).expect("all keys are known or ignored");
    assert_eq!(
        (event.id.as_str(), event.key.id.as_str()),
        ("ev-1", "call-7")
    );
    assert!(event.names_interaction);
    assert_eq!(event.name.as_deref(), Some("Jane"));
    assert_eq!(event.queue.as_deref(), Some("Billing"));
    assert_eq!(event.language.as_deref(), Some("de"));
    assert_eq!(event.reason.as_deref(), Some("Refund"));
    assert_eq!(event.direction, Direction::Inbound);
    assert_eq!(
        event.attributes.get("plan").map(String::as_str),
        Some("gold")
    );
    let kinds: Vec<_> = event
        .identifiers
        .iter()
        .map(|it| (it.kind(), it.assurance))
        .collect();
    let expected = [
        (Kind::ExternalId, Assurance::Claimed),
        (Kind::Email, Assurance::Claimed),
        (Kind::Phone, Assurance::CallerNumber),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn nothing_in_the_simple_form_authenticates_anybody() {
    let body = json!({
        "event": "chat_accepted", "customerId": "1", "identityAssurance": "authenticated",
        "customer": {"identityAssurance": "authenticated"}, "authenticated": true
    });
    let event = simple(&body).expect("unknown members are ignored");
    assert!(!event.authenticated);
    assert_eq!(event.identifiers[0].assurance, Assurance::Claimed);
}

#[test]
fn a_member_of_the_wrong_kind_or_length_is_refused_and_null_is_absent() {
    let long = |length: usize| json!("x".repeat(length));
    for (name, good, bad) in [
        ("customerId", long(256), long(257)),
        ("externalId", long(256), json!(7)),
        ("interactionId", long(256), long(257)),
        ("id", long(256), json!("")),
        ("visitorId", long(256), long(257)),
        ("agent", long(256), json!({})),
        ("email", long(320), long(321)),
        ("phone", long(128), long(129)),
        ("name", long(256), long(257)),
        ("queue", long(256), json!(["Billing"])),
        ("language", long(35), long(36)),
        ("direction", json!("inbound"), json!("in")),
        ("reason", long(1_024), long(1_025)),
        ("summary", long(16_384), long(16_385)),
        ("startedAt", json!("2026-01-06T15:57:28Z"), json!("now")),
        ("attributes", json!({"a": "b"}), json!({"a": 1})),
    ] {
        let mut body = json!({"event": "chat_ended"});
        body[name] = good;
        simple(&body).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        body[name] = bad;
        simple(&body).expect_err(name);
        body[name] = Value::Null;
        simple(&body).unwrap_or_else(|fault| panic!("{name} null: {fault}"));
    }
}

#[test]
fn an_event_without_an_id_takes_that_of_its_delivery() {
    let body = json!({"event": "chat_ended", "customerId": "1"});
    let delivered = Arrival {
        delivery_id: Some("msg_00000001"),
        ..arrival()
    };
    let event = simple_at(&body, delivered).expect("a good event");
    assert_eq!(
        (event.id.as_str(), event.key.id.as_str()),
        ("msg_00000001", "msg_00000001")
    );
}

#[test]
fn an_event_without_any_id_has_one_for_its_body_and_ten_seconds() {
    let body = json!({"event": "chat_ended", "customerId": "1"});
    let id = |body: &Value, micros: i64| {
        let received = pop_core::moment::Moment::from_micros(micros);
        simple_at(
            body,
            Arrival {
                received,
                ..arrival()
            },
        )
        .expect("a good event")
        .id
    };
    let start = noon().micros() / 10_000_000 * 10_000_000;
    let one = id(&body, start);
    assert!(
        one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{one}"
    );
    assert_eq!(one, id(&body, start + 9_999_999), "the same ten seconds");
    assert_ne!(one, id(&body, start + 10_000_000), "the next ten seconds");
    assert_ne!(
        one,
        id(&json!({"event": "chat_ended", "customerId": "2"}), start)
    );
}

#[test]
fn the_trace_of_the_request_goes_with_a_simple_event() {
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let body = json!({"event": "chat_ended"});
    let event = |trace| {
        simple_at(
            &body,
            Arrival {
                traceparent: Some(trace),
                ..arrival()
            },
        )
    };
    assert_eq!(
        event(trace).expect("good").traceparent.as_deref(),
        Some(trace)
    );
    assert_eq!(event("garbage").expect("still good").traceparent, None);
}
