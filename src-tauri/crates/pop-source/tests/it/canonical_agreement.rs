//! The published schema and the reader agree: what one takes, the other takes.

use pop_source::canonical::{Framing, event_schema, read};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::canonical::{arrival, offered, structured, with};
use crate::testkit::rules;

fn validator() -> jsonschema::Validator {
    let schema = serde_json::from_str(event_schema()).expect("the schema is JSON");
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a good schema")
}

/// Every member of the schema, with values on both sides of each of its limits.
fn cases() -> Vec<(&'static str, Vec<Value>, Vec<Value>)> {
    let text = |length: usize| json!("x".repeat(length));
    let agent = json!({"extension": "7"});
    let many = |count: usize| {
        Value::Object(
            (0..count)
                .map(|name| (name.to_string(), json!("x")))
                .collect(),
        )
    };
    let id = || {
        (
            vec![text(1), text(256), json!("é".repeat(256))],
            vec![text(0), text(257), json!(1)],
        )
    };
    let time = || {
        let good = [
            "2026-01-06T15:57:41Z",
            "2026-01-06t15:57:41.1234567z",
            "2026-01-06T15:57:41.1+02:00",
        ];
        let bad = [
            "",
            "noon",
            "2026-01-06",
            "2026-01-06 15:57:41Z",
            "2026-01-06T15:57Z",
            "20260106T155741Z",
            "2026-01-06T15:57:41",
            "2026-01-06T15:57:41+02",
            "2026-01-06T15:57:41+0200",
            "2026-01-06T15:57:41Z[UTC]",
            "2026-02-30T15:57:41Z",
            "2026-01-06T15:57:41.Z",
            "2026-01-06T25:57:41Z",
            "2026-01-06T15:57:41Z ",
        ];
        let bad = bad.map(Value::from).into_iter().chain([json!(7)]).collect();
        (good.map(Value::from).to_vec(), bad)
    };
    let free = || {
        (
            vec![text(0), text(5_000)],
            vec![json!(7), json!([]), json!({})],
        )
    };
    let at_most = |most| (vec![text(0), text(most)], vec![text(most + 1), json!(7)]);
    let of = |good: &[&str]| {
        let good = good.iter().map(|word| json!(word)).collect();
        (good, vec![json!("nonsense"), json!(""), json!(1)])
    };
    let cases = [
        ("specversion", of(&["1.0"])),
        ("id", id()),
        (
            "source",
            (
                vec![text(512), json!("/a#b?c")],
                vec![text(0), text(513), json!("a b"), json!("ä")],
            ),
        ),
        ("time", time()),
        ("expirytime", time()),
        (
            "datacontenttype",
            (
                vec![json!("application/json; charset=utf-8"), Value::Null],
                vec![json!("text/xml")],
            ),
        ),
        (
            "data",
            (
                vec![],
                vec![json!([]), json!("text"), json!({}), Value::Null],
            ),
        ),
        ("data.interactionId", id()),
        ("data.parentInteractionId", id()),
        ("data.state", of(&["offered"])),
        (
            "data.channel",
            of(&[
                "voice",
                "video",
                "chat",
                "messaging",
                "sms",
                "email",
                "social",
                "callback",
                "cobrowse",
                "other",
            ]),
        ),
        (
            "data.media",
            (
                vec![json!([]), json!(["a", "b", "c", "d", "e", "f", "g", "h"])],
                vec![json!([1]), json!(vec!["a"; 9]), json!("a")],
            ),
        ),
        (
            "data.direction",
            of(&["inbound", "outbound", "internal", "unknown"]),
        ),
        (
            "data.agent",
            (
                vec![
                    agent.clone(),
                    json!({"id": "1"}),
                    json!({"platformId": ""}),
                    json!({"email": "x"}),
                ],
                vec![
                    json!({}),
                    json!({"name": "Ann"}),
                    json!({"id": ""}),
                    json!("agent01"),
                ],
            ),
        ),
        ("data.agent.name", free()),
        (
            "data.queue",
            (vec![json!({})], vec![json!("Billing"), json!({"name": 1})]),
        ),
        ("data.queue.id", free()),
        (
            "data.customer",
            (vec![json!({})], vec![json!("Jane"), json!([])]),
        ),
        ("data.customer.customerId", id()),
        ("data.customer.externalId", id()),
        ("data.customer.visitorId", id()),
        (
            "data.customer.phone",
            (
                vec![json!("+12"), json!("+123456789012345")],
                vec![
                    json!("+1"),
                    json!("+0123456"),
                    json!("+1234567890123456"),
                    json!("123"),
                    json!("+12a"),
                    json!("+12\n"),
                    json!(""),
                ],
            ),
        ),
        ("data.customer.phoneRaw", at_most(128)),
        ("data.customer.email", at_most(320)),
        ("data.customer.name", at_most(256)),
        (
            "data.customer.identityAssurance",
            of(&["authenticated", "claimed", "ani", "none"]),
        ),
        (
            "data.dialed",
            (
                vec![json!({"phone": "", "phoneRaw": "", "name": ""})],
                vec![json!({"phone": 1}), json!("x")],
            ),
        ),
        ("data.reason", at_most(1_024)),
        ("data.language", at_most(35)),
        (
            "data.attributes",
            (
                vec![json!({}), many(100), json!({"a": "x".repeat(4_096)})],
                vec![
                    many(101),
                    json!({"a": "x".repeat(4_097)}),
                    json!({"a": null}),
                    json!([]),
                ],
            ),
        ),
        ("data.startedAt", time()),
        ("data.offeredAt", time()),
        ("data.acceptedAt", time()),
        ("data.endedAt", time()),
        (
            "data.offerTimeoutSeconds",
            (
                vec![json!(1), json!(3_600)],
                vec![json!(0), json!(3_601), json!(-1), json!(1.5), json!("45")],
            ),
        ),
        (
            "data.declineReason",
            of(&[
                "rejected",
                "timeout",
                "canceled",
                "answered_elsewhere",
                "error",
                "unknown",
            ]),
        ),
        ("data.parentInteractionId", id()),
        (
            "data.voicemail",
            (
                vec![json!(true), json!(false)],
                vec![json!("true"), json!(1)],
            ),
        ),
        (
            "data.held",
            (
                vec![json!(true), json!(false)],
                vec![json!("true"), json!(1)],
            ),
        ),
        (
            "data.parties",
            (
                vec![
                    json!([]),
                    json!([{"name": "Sam", "role": "consulted"}, {"name": "", "role": "supervisor"}]),
                ],
                vec![
                    json!({}),
                    json!(["Sam"]),
                    json!([{"name": "Sam"}]),
                    json!([{"role": "conference"}]),
                    json!([{"name": "Sam", "role": "boss"}]),
                    json!(vec![json!({"name": "Sam", "role": "conference"}); 17]),
                ],
            ),
        ),
        ("data.endReason", at_most(128)),
        (
            "data.transfer",
            (
                vec![
                    json!({}),
                    json!({"fromAgent": {"name": "Sam"}, "note": "n".repeat(4_096)}),
                    json!({"kind": "queue", "toQueue": {}, "fromAgent": agent, "toAgent": agent, "previousInteractionId": "1"}),
                ],
                vec![
                    json!({"kind": "x"}),
                    json!({"toAgent": {}}),
                    json!({"fromAgent": 1}),
                    json!({"toQueue": "x"}),
                    json!({"note": "n".repeat(4_097)}),
                    json!({"previousInteractionId": ""}),
                ],
            ),
        ),
        ("data.summary", at_most(16_384)),
        (
            "data.namesInteraction",
            (
                vec![json!(true), json!(false)],
                vec![json!("true"), json!(1)],
            ),
        ),
        (
            "data.reportsAcceptance",
            (
                vec![json!(true), json!(false)],
                vec![json!("true"), json!(0)],
            ),
        ),
        (
            "data.platform",
            (
                vec![json!({"name": "x", "other": "y"})],
                vec![json!({}), json!({"name": "x", "other": 1}), json!("x")],
            ),
        ),
    ];
    cases
        .into_iter()
        .map(|(path, (good, bad))| (path, good, bad))
        .collect()
}

#[test]
fn each_limit_of_the_schema_is_the_limit_of_the_reader() {
    let validator = validator();
    assert!(validator.is_valid(&offered()), "the example fits");
    for (path, good, bad) in cases() {
        for value in good {
            let event = with(path, value);
            let text: String = event.to_string().chars().take(200).collect();
            assert!(validator.is_valid(&event), "schema takes {path}: {text}");
            structured(&event).unwrap_or_else(|fault| panic!("reader takes {path}: {fault}"));
        }
        for value in bad {
            let shown: String = value.to_string().chars().take(60).collect();
            let event = with(path, value);
            assert!(
                !validator.is_valid(&event),
                "schema refuses {path}: {shown}"
            );
            let fault = structured(&event).expect_err("the reader refuses what the schema refuses");
            assert!(
                fault
                    .at
                    .starts_with(path.split('.').next().expect("a name")),
                "{path}: {fault}"
            );
        }
    }
}

#[test]
fn each_member_that_the_schema_requires_is_required() {
    let validator = validator();
    for path in [
        "specversion",
        "id",
        "source",
        "type",
        "data",
        "data.interactionId",
        "data.state",
        "data.channel",
        "data.direction",
        "data.agent",
        "data.platform.name",
    ] {
        let mut event = offered();
        let (place, name) = path.rsplit_once('.').unwrap_or(("", path));
        let place = place.split('.').filter(|name| !name.is_empty());
        let object = place.fold(&mut event, |place, name| &mut place[name]);
        object.as_object_mut().expect("an object").remove(name);
        assert!(!validator.is_valid(&event), "{path}");
        assert_eq!(structured(&event).expect_err(path).at, path);
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
        Just(json!("+14155550123")),
        Just(json!("2026-01-06T15:57:41Z")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{1,10}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        cases()
            .into_iter()
            .map(|(path, _, _)| path)
            .collect::<Vec<_>>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_takes_nothing_that_the_schema_refuses(path in any_path(), value in any_value()) {
        thread_local!(static VALIDATOR: jsonschema::Validator = validator());
        let event = with(path, value);
        let fits = VALIDATOR.with(|validator| validator.is_valid(&event));
        // The state must agree with the type, which the schema says in words only.
        prop_assert_eq!(structured(&event).is_ok(), fits, "{}", event);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for framing in [Framing::Structured, Framing::Batch, Framing::Simple,
            Framing::Binary(vec![("id".to_owned(), bytes.clone())])] {
            let _ = read(&framing, &bytes, arrival(), &rules());
        }
    }

    #[test]
    fn any_fields_give_a_framing_or_none(name in "\\PC{0,20}", value in prop::collection::vec(any::<u8>(), 0..40)) {
        let fields = [("content-type", value.as_slice()), (name.as_str(), &value)];
        let _ = Framing::of(fields);
    }
}
