//! CloudEvents in their three modes, read by the schema.

use pop_core::identifier::{Assurance, Kind};
use pop_core::interaction::{AgentRef, Channel, Direction, Event, What};
use pop_core::life::Role;
use pop_core::moment::Moment;
use pop_source::canonical::{Arrival, EventFault, Framing, read};
use serde_json::{Value, json};

use crate::testkit::{noon, rules};

pub(crate) fn arrival() -> Arrival<'static> {
    Arrival {
        received: noon(),
        delivery_id: None,
        traceparent: None,
    }
}

/// The example of the reference page.
pub(crate) fn offered() -> Value {
    json!({
        "specversion": "1.0", "id": "WR1:reservation.created:1", "source": "/twilio/AC1/WS1",
        "type": "app.screenpop.interaction.offered.v1", "subject": "WT1",
        "time": "2026-01-06T15:57:41.252Z", "datacontenttype": "application/json",
        "dataschema": "https://schemas.example.com/screenpop/interaction/1.json",
        "expirytime": "2026-01-06T15:58:26.252Z",
        "correlationid": "0b8f1c1e-6d0a-4a58-9a55-3c0b7b7f7a10",
        "sequence": "1767715061252-01-0000000001",
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "data": {
            "interactionId": "WT1", "state": "offered", "channel": "voice", "direction": "inbound",
            "agent": {"id": "agent01", "platformId": "WK1", "email": "jordan.green@example.com"},
            "queue": {"id": "WQ1", "name": "Billing"},
            "customer": {"customerId": "12345", "phone": "+14155550123",
                "phoneRaw": "(415) 555-0123", "name": "Jane Doe", "identityAssurance": "ani"},
            "language": "en-US", "attributes": {"VIP": "false"},
            "startedAt": "2026-01-06T15:57:28Z", "offeredAt": "2026-01-06T15:57:41.252Z",
            "offerTimeoutSeconds": 45,
            "platform": {"name": "twilio", "accountId": "AC1", "eventType": "reservation.created"}
        }
    })
}

pub(crate) fn structured(event: &Value) -> Result<Event, EventFault> {
    let body = serde_json::to_vec(event).expect("a value is JSON");
    read(&Framing::Structured, &body, arrival(), &rules())
        .map(|mut events| events.pop().expect("one event"))
}

/// The example with one member set; the path names it as in a fault.
pub(crate) fn with(path: &str, value: Value) -> Value {
    let mut event = offered();
    let mut place = &mut event;
    for name in path.split('.') {
        place = &mut place[name];
    }
    *place = value;
    event
}

fn framing(fields: &[(&str, &str)]) -> Option<Framing> {
    Framing::of(fields.iter().map(|(name, value)| (*name, value.as_bytes())))
}

#[test]
fn the_example_of_the_reference_becomes_an_event() {
    let event = structured(&offered()).expect("the example is good");
    assert_eq!(event.id, "WR1:reservation.created:1");
    assert_eq!(
        (event.key.source.as_str(), event.key.id.as_str()),
        ("/twilio/AC1/WS1", "WT1")
    );
    assert!(event.names_interaction && event.reports_acceptance && !event.authenticated);
    assert_eq!((event.what, event.channel), (What::Offered, Channel::Voice));
    assert_eq!(event.direction, Direction::Inbound);
    assert_eq!(Some(event.at), Moment::parse("2026-01-06T15:57:41.252Z"));
    assert_eq!(event.expires, Moment::parse("2026-01-06T15:58:26.252Z"));
    assert_eq!(event.agent.id.as_deref(), Some("agent01"));
    assert_eq!(event.agent.platform_id.as_deref(), Some("WK1"));
    assert_eq!(
        event.agent.email.as_deref(),
        Some("jordan.green@example.com")
    );
    assert_eq!(event.queue.as_deref(), Some("Billing"));
    assert_eq!(event.name.as_deref(), Some("Jane Doe"));
    assert_eq!(event.language.as_deref(), Some("en-US"));
    assert_eq!(
        event.attributes.get("VIP").map(String::as_str),
        Some("false")
    );
    assert_eq!(event.offer_timeout.map(|time| time.as_secs()), Some(45));
    assert!(
        event
            .traceparent
            .is_some_and(|trace| trace.starts_with("00-4bf9"))
    );
    let identifiers: Vec<_> = event
        .identifiers
        .iter()
        .map(|it| (it.kind(), it.display(), it.assurance))
        .collect();
    let expected = [
        (Kind::RecordId, "12345".to_owned(), Assurance::Attached),
        (
            Kind::Phone,
            "+1 415-555-0123".to_owned(),
            Assurance::CallerNumber,
        ),
    ];
    assert_eq!(identifiers, expected, "the caller's number is the weakest");
    assert!(event.refused.is_empty());
}

#[test]
fn each_kind_of_event_is_told_by_its_type() {
    for (what, word) in What::ALL {
        let mut event = with(
            "type",
            json!(format!("app.screenpop.interaction.{word}.v1")),
        );
        event["data"]["state"] = json!(if what == What::Updated { "held" } else { word });
        assert_eq!(structured(&event).expect("type and state agree").what, what);
    }
    let states = [
        "offered",
        "accepted",
        "held",
        "declined",
        "transferred",
        "wrapup",
        "ended",
    ];
    for (what, word) in What::ALL {
        for state in states {
            let mut event = with(
                "type",
                json!(format!("app.screenpop.interaction.{word}.v1")),
            );
            event["data"]["state"] = json!(state);
            let wrapped_up = what == What::Ended && state == "wrapup";
            let agrees = what == What::Updated || word == state || wrapped_up;
            assert_eq!(structured(&event).is_ok(), agrees, "{word} {state}");
        }
    }
    let mut event = with("type", json!("app.screenpop.interaction.ended.v1"));
    event["data"]["state"] = json!("wrapup");
    assert_eq!(
        structured(&event).expect("wrap-up has ended").what,
        What::Ended
    );
    event["data"]["state"] = json!("accepted");
    let fault = structured(&event).expect_err("a type and a state that contradict each other");
    assert_eq!(fault.at, "data.state");
    for foreign in [
        "com.example.someevent",
        "app.screenpop.interaction.offered.v2",
        "offered",
        "app.screenpop.interaction..v1",
        "APP.SCREENPOP.INTERACTION.OFFERED.V1",
        "app.screenpop.interaction.offered.v1.v1",
    ] {
        let fault = structured(&with("type", json!(foreign))).expect_err("not a type of ours");
        assert_eq!(fault.at, "type", "{foreign}");
        assert!(fault.expected.contains("offered|accepted"), "{fault}");
    }
}

#[test]
fn structured_mode_is_told_by_its_content_type_with_or_without_charset() {
    for media in [
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "Application/CloudEvents+JSON;charset=\"UTF-8\"",
    ] {
        assert_eq!(
            framing(&[("Content-Type", media)]),
            Some(Framing::Structured),
            "{media}"
        );
    }
    for media in ["application/json", "application/json; charset=utf-8"] {
        assert_eq!(
            framing(&[("content-type", media)]),
            Some(Framing::Simple),
            "{media}"
        );
    }
    let batch = framing(&[("content-type", "application/cloudevents-batch+json")]);
    assert_eq!(batch, Some(Framing::Batch));
    for media in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/cloudevents",
        "application/cloudevents+xml",
        "application/jsonx",
        "application/json; charset=utf-16",
        "text/json",
        "application/json, text/plain",
        "application/json; charset",
        "*/*",
    ] {
        assert_eq!(framing(&[("content-type", media)]), None, "{media}");
    }
    let twice = [
        ("content-type", "application/json"),
        ("Content-Type", "application/json"),
    ];
    assert_eq!(framing(&twice), None, "twice");
    assert_eq!(framing(&[]), None, "none");
}

fn binary(fields: &[(&str, &str)], data: &Value) -> Result<Event, EventFault> {
    let framing = framing(fields).expect("binary mode");
    let body = serde_json::to_vec(data).expect("a value is JSON");
    read(&framing, &body, arrival(), &rules()).map(|mut events| events.pop().expect("one event"))
}

fn binary_fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("ce-specversion", "1.0"),
        ("CE-Type", "app.screenpop.interaction.offered.v1"),
        ("ce-time", "2026-01-06T15:57:41.252Z"),
        ("ce-id", "WR1:reservation.created:1"),
        ("ce-source", "/twilio/AC1/WS1"),
        ("ce-expirytime", "2026-01-06T15:58:26.252Z"),
        ("ce-sequence", "1767715061252-01-0000000001"),
        (
            "ce-traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ),
        ("content-type", "application/json"),
    ]
}

#[test]
fn binary_mode_gives_the_same_event_as_structured_mode() {
    let expected = structured(&offered()).expect("the example is good");
    for media in ["application/json", "application/json; charset=utf-8"] {
        let mut fields = binary_fields();
        fields.retain(|(name, _)| *name != "content-type");
        fields.push(("content-type", media));
        assert_eq!(
            binary(&fields, &offered()["data"]).expect("all attributes"),
            expected
        );
    }
    for lacking in ["ce-specversion", "CE-Type", "ce-id", "ce-source"] {
        let mut fields = binary_fields();
        fields.retain(|(name, _)| *name != lacking);
        let fault = binary(&fields, &offered()["data"]).expect_err("a required attribute lacks");
        assert_eq!(fault.at, lacking.to_ascii_lowercase());
    }
    let mut twice = binary_fields();
    twice.push(("Ce-Id", "another"));
    binary(&twice, &offered()["data"]).expect_err("an attribute stands twice");
    let fault = binary(&binary_fields(), &json!({"interactionId": "1"})).expect_err("data lacks");
    assert_eq!(fault.at, "data.state");
}

#[test]
fn attributes_in_header_fields_are_unquoted_and_percent_decoded_once() {
    let id = |sent: &'static str| {
        let mut fields = binary_fields();
        fields.retain(|(name, _)| *name != "ce-id");
        fields.push(("ce-id", sent));
        binary(&fields, &offered()["data"]).map(|event| event.id)
    };
    for (sent, meant) in [
        ("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"),
        ("100%25", "100%"),
        ("%2525", "%25"),
        ("\"a \\\"b\\\" c\"", "a \"b\" c"),
        ("a b", "a b"),
    ] {
        assert_eq!(id(sent).as_deref(), Ok(meant), "{sent}");
    }
    for sent in [
        "%",
        "%4",
        "%zz",
        "%ff",
        "\"open",
        "\"a\"b\"",
        "Euro €",
        "tab\there",
    ] {
        id(sent).expect_err(sent);
    }
}

#[test]
fn a_batch_is_read_whole_or_refused_whole() {
    let batch = |events: &Value| {
        let body = serde_json::to_vec(events).expect("a value is JSON");
        read(&Framing::Batch, &body, arrival(), &rules())
    };
    let one = structured(&offered()).expect("the example is good");
    let second = with("id", json!("WR2"));
    let events = batch(&json!([offered(), second])).expect("both are good");
    assert_eq!((events.len(), &events[0]), (2, &one));
    assert_eq!(events[1].id, "WR2");
    assert_eq!(
        batch(&json!([])),
        Ok(Vec::new()),
        "an empty batch is a batch"
    );
    let fault = batch(&json!([offered(), with("data.channel", json!("fax"))])).expect_err("fax");
    assert_eq!(fault.at, "[1].data.channel");
    let fault = batch(&json!([offered(), 7])).expect_err("a number is no event");
    assert_eq!(fault.at, "[1]");
    batch(&offered()).expect_err("one event is no batch");
    structured(&json!([offered()])).expect_err("and a batch is not one event");
}

#[test]
fn data_may_come_as_base64_but_not_twice() {
    use base64::Engine as _;
    let expected = structured(&offered()).expect("the example is good");
    let mut event = offered();
    let data = event["data"].take().to_string();
    event["data_base64"] = json!(base64::engine::general_purpose::STANDARD.encode(&data));
    assert_eq!(
        structured(&event),
        Ok(expected),
        "data is null, so it is not there"
    );
    event["data"] = offered()["data"].take();
    assert_eq!(structured(&event).expect_err("both").at, "data");
    for bad in ["***", "bm90IGpzb24="] {
        let mut event = offered();
        event["data"] = Value::Null;
        event["data_base64"] = json!(bad);
        assert_eq!(structured(&event).expect_err(bad).at, "data_base64");
    }
}

#[test]
fn unknown_members_and_extensions_are_ignored() {
    let expected = structured(&offered()).expect("the example is good");
    let mut event = offered();
    event["myextension"] = json!("x");
    event["dataref"] = json!("https://evil.example/transcript");
    event["data"]["openUrl"] = json!("https://evil.example/");
    event["data"]["customer"]["html"] = json!({"deep": ["<script>"]});
    assert_eq!(structured(&event), Ok(expected));
}

#[test]
fn two_members_of_one_name_and_deep_nesting_are_refused() {
    let text = offered().to_string();
    let read = |text: &str| read(&Framing::Structured, text.as_bytes(), arrival(), &rules());
    read(&text).expect("the control");
    let twice = text.replacen("\"channel\"", "\"channel\":\"chat\",\"channel\"", 1);
    let fault = read(&twice).expect_err("twice");
    assert!(fault.at.starts_with("line 1, column "), "{fault}");
    assert!(fault.expected.contains("a key stands twice"), "{fault}");
    let deep = |levels| {
        let filler = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        text.replacen("\"data\":{", &format!("\"data\":{{\"deep\":{filler},"), 1)
    };
    read(&deep(30)).expect("32 levels with the envelope and the data");
    read(&deep(31)).expect_err("33 levels");
    for broken in [
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{}",
        "\u{feff}{}",
        "{} {}",
    ] {
        read(broken).expect_err(broken);
    }
}

#[test]
fn a_fault_names_the_place_and_never_what_stood_there() {
    let leak = "SECRET-NAME";
    for path in [
        "id.x",
        "type",
        "time",
        "expirytime",
        "data.state",
        "data.channel",
        "data.attributes",
        "data.agent",
        "data.customer.phone",
        "data.customer.identityAssurance",
        "data.queue",
    ] {
        let fault = match path {
            "id.x" => structured(&with("id", json!({leak: leak}))),
            "data.attributes" => structured(&with(path, json!({leak: {"x": leak}}))),
            _ => structured(&with(path, json!(leak))),
        }
        .expect_err(path);
        assert!(!format!("{fault} {fault:?}").contains(leak), "{fault}");
        assert!(fault.to_string().starts_with("E_EVENT at "), "{fault}");
    }
}

#[test]
fn a_number_of_the_telephone_network_is_never_more_than_a_caller_number() {
    let read = |declared: &str, channel: &str| {
        let mut event = with("data.customer.identityAssurance", json!(declared));
        event["data"]["channel"] = json!(channel);
        event["data"]["customer"]["email"] = json!("Jane@Example.com");
        event["data"]["customer"]["externalId"] = json!("E-9");
        let event = structured(&event).expect("a good event");
        let ranks: Vec<_> = event
            .identifiers
            .iter()
            .map(|it| (it.kind(), it.assurance))
            .collect();
        (event.authenticated, ranks)
    };
    let order = [Kind::RecordId, Kind::ExternalId, Kind::Email, Kind::Phone];
    for (declared, rank) in [
        ("authenticated", Assurance::Authenticated),
        ("claimed", Assurance::Claimed),
        ("none", Assurance::Claimed),
        ("ani", Assurance::Attached),
    ] {
        let expected = order.map(|kind| (kind, rank));
        assert_eq!(
            read(declared, "chat"),
            (declared == "authenticated", expected.to_vec())
        );
        let mut expected = expected;
        expected[3].1 = Assurance::CallerNumber;
        assert_eq!(
            read(declared, "voice").1,
            expected,
            "{declared} on the telephone"
        );
    }
}

#[test]
fn what_never_matches_anybody_is_set_aside_with_its_reason() {
    for (path, value, reason) in [
        ("phoneRaw", "", "blank"),
        ("phoneRaw", "anonymous", "withheld"),
        ("phoneRaw", "1001", "too short"),
        ("phoneRaw", "(415) 555-0199", "one of our own"),
        ("phoneRaw", "call me", "not a telephone number"),
        ("email", " ", "blank"),
        ("email", "jane", "not an e-mail"),
        ("customerId", "   ", "blank"),
        ("customerId", "1\u{202e}2", "cannot be seen"),
        ("externalId", "a\nb", "cannot be seen"),
        ("externalId", "..", "step through folders"),
    ] {
        let mut customer = json!({"name": "Jane"});
        customer[path] = json!(value);
        let event = structured(&with("data.customer", customer)).expect("still an event");
        assert!(event.identifiers.is_empty(), "{path} {value:?}");
        let [refused] = event.refused.as_slice() else {
            panic!("one is refused: {value:?}")
        };
        assert_eq!(refused.raw, value);
        assert!(
            refused.reason.contains(reason),
            "{value:?}: {}",
            refused.reason
        );
    }
    let good = with("data.customer", json!({"phoneRaw": "(415) 555-0123"}));
    let event = structured(&good).expect("a good event");
    assert_eq!(
        (event.identifiers.len(), event.refused.len()),
        (1, 0),
        "the control matches"
    );
}

#[test]
fn the_raw_number_counts_only_where_no_international_one_was_sent() {
    let raw = with(
        "data.customer",
        json!({"phone": "+14155550123", "phoneRaw": "anonymous"}),
    );
    let event = structured(&raw).expect("a good event");
    assert_eq!((event.identifiers.len(), event.refused.len()), (1, 0));
}

#[test]
fn a_reason_is_taken_from_the_data_or_from_the_attributes() {
    let event = with("data.attributes", json!({"reason": "Refund"}));
    assert_eq!(
        structured(&event).expect("good").reason.as_deref(),
        Some("Refund")
    );
    let mut event = event;
    event["data"]["reason"] = json!("Card stolen");
    assert_eq!(
        structured(&event).expect("good").reason.as_deref(),
        Some("Card stolen")
    );
    assert_eq!(structured(&offered()).expect("good").reason, None);
}

#[test]
fn a_transfer_names_both_sides_beside_the_agent_who_is_told() {
    let mut event = with("type", json!("app.screenpop.interaction.transferred.v1"));
    event["data"]["state"] = json!("transferred");
    let read = |event: &Value| structured(event).expect("a good event");
    assert_eq!(read(&event).agent.id.as_deref(), Some("agent01"));
    assert_eq!(read(&event).life.transfer, None, "nobody else is named");
    event["data"]["transfer"] = json!({
        "kind": "blind", "fromAgent": {"name": "Sam Blue"}, "toAgent": {"id": "agent22"},
        "note": "Wants a date", "previousInteractionId": "c0"
    });
    let told = read(&event);
    assert_eq!(told.agent.id.as_deref(), Some("agent01"), "who is told");
    let transfer = told.life.transfer.expect("a transfer");
    let name = |agent: Option<AgentRef>| agent.and_then(|it| it.display().map(str::to_owned));
    assert_eq!(name(transfer.from).as_deref(), Some("Sam Blue"));
    assert_eq!(name(transfer.to).as_deref(), Some("agent22"));
    assert_eq!(transfer.note.as_deref(), Some("Wants a date"));
    assert_eq!(transfer.previous.as_deref(), Some("c0"));
}

#[test]
fn hold_wrap_up_parties_and_voicemail_are_read() {
    let read = |what: &str, state: &str, more: Value| {
        let mut event = with(
            "type",
            json!(format!("app.screenpop.interaction.{what}.v1")),
        );
        event["data"]["state"] = json!(state);
        for (name, value) in more.as_object().expect("members") {
            event["data"][name] = value.clone();
        }
        structured(&event).expect("a good event").life
    };
    assert_eq!(read("updated", "held", json!({})).held, Some(true));
    assert_eq!(
        read("updated", "accepted", json!({"held": false})).held,
        Some(false)
    );
    assert_eq!(read("updated", "accepted", json!({})).held, None);
    assert!(read("ended", "wrapup", json!({})).wrapping_up);
    assert!(!read("ended", "ended", json!({})).wrapping_up);
    let missed = read("declined", "declined", json!({"declineReason": "timeout"}));
    assert!(missed.is_missed() && !missed.voicemail);
    assert!(read("declined", "declined", json!({"voicemail": true})).voicemail);
    let both = read(
        "updated",
        "accepted",
        json!({"parties": [{"name": "Sam", "role": "conference"}], "parentInteractionId": "c0"}),
    );
    let parties = both.parties.expect("parties");
    assert_eq!(parties[0].name, "Sam");
    assert_eq!(parties[0].role, Role::Conference);
    assert_eq!(both.parent.as_deref(), Some("c0"));
}

#[test]
fn an_event_without_a_time_happened_when_it_came_in() {
    let event = structured(&with("time", Value::Null)).expect("null is absent");
    assert_eq!(event.at, noon());
}

#[test]
fn a_trace_that_is_none_is_dropped_and_the_event_is_kept() {
    for trace in [
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nx: y",
    ] {
        let event = structured(&with("traceparent", json!(trace))).expect("still an event");
        assert_eq!(event.traceparent, None, "{trace:?}");
    }
}
