//! What is written is read as the same event: what the gateway says is what the desktop hears.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::email::Email;
use pop_core::identifier::{Assurance, Declared, Identifier, Kind, Trust, Value as Who};
use pop_core::interaction::{
    AgentRef, Channel, Direction, Event, InteractionKey, RefusedIdentifier, What,
};
use pop_core::life::{Life, Party, Role, Transfer, Unanswered};
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules};
use pop_source::canonical::{Arrival, Beside, Framing, event_schema, read, write};
use proptest::prelude::*;
use proptest::{collection, option, sample};

const RECEIVED: Moment = Moment::from_millis(1_767_715_061_252);

fn written(event: &Event) -> Vec<u8> {
    let beside = Beside {
        correlation: "0b8f1c1e-6d0a-5a58-9a55-3c0b7b7f7a10",
        recorded: RECEIVED,
    };
    write(event, beside)
}

fn read_again(body: &[u8]) -> Event {
    let arrival = Arrival {
        received: RECEIVED,
        delivery_id: None,
        traceparent: None,
    };
    let rules = PhoneRules::default();
    let events = read(&Framing::Structured, body, arrival, &rules).expect("our own event is read");
    events.into_iter().next().expect("one event")
}

fn text(longest: usize) -> impl Strategy<Value = String> {
    let sign = prop_oneof![any::<char>(), proptest::char::range('a', 'z')];
    collection::vec(sign, 1..=longest.min(24))
        .prop_map(|signs| signs.into_iter().collect::<String>())
        .prop_filter("it says something", |text| !text.trim().is_empty())
}

fn id() -> impl Strategy<Value = String> {
    "[ -~]{0,11}[!-~]"
}

fn moment() -> impl Strategy<Value = Moment> {
    (0_i64..4_000_000_000_000_000).prop_map(Moment::from_micros)
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(
    all: &'static [(T, &'static str)],
) -> impl Strategy<Value = T> {
    sample::select(all).prop_map(|(item, _)| item)
}

/// Who the customer is said to be, all by one word of assurance, as a mapping says it.
fn known(channel: Channel) -> impl Strategy<Value = (Vec<Identifier>, bool)> {
    let declared = prop_oneof![
        Just(None),
        Just(Some(Declared::Authenticated)),
        Just(Some(Declared::Claimed)),
        Just(Some(Declared::CallerNumber)),
        Just(Some(Declared::None)),
    ];
    let email = prop_oneof![Just("ann.o'neil@example.com"), Just("juergen@example.de")];
    let phone = prop_oneof![Just("+14155550100"), Just("+4930901820")];
    let values = (
        option::of("[A-Za-z0-9]{1,18}".prop_map(Who::RecordId)),
        option::of("[A-Za-z0-9]{1,18}".prop_map(Who::ExternalId)),
        option::of(email.prop_map(|text| Who::Email(Email::parse(text).expect("an address")))),
        option::of(phone.prop_map(|text| {
            Who::Phone(Phone::parse(text, &PhoneRules::default()).expect("a number"))
        })),
    );
    (declared, values).prop_map(move |(declared, (record, external, email, phone))| {
        let values = [record, external, email, phone];
        let mut known: Vec<_> = values
            .into_iter()
            .flatten()
            .map(|value| {
                let mut identifier = Identifier {
                    value,
                    assurance: Assurance::Claimed,
                };
                let kind = identifier.kind();
                identifier.assurance = Assurance::of(kind, channel, declared, Trust::Signed);
                identifier
            })
            .collect();
        Identifier::sort(&mut known);
        (known, declared == Some(Declared::Authenticated))
    })
}

fn agent() -> impl Strategy<Value = AgentRef> {
    (
        option::of(id()),
        option::of(id()),
        option::of(text(32)),
        option::of(text(32)),
        id(),
    )
        .prop_map(|(id, platform_id, email, name, extension)| AgentRef {
            id,
            platform_id,
            email,
            name,
            extension: Some(extension),
        })
}

fn texts() -> impl Strategy<Value = [Option<String>; 5]> {
    let text = || option::of(text(24));
    [text(), text(), text(), text(), text()]
}

fn life(what: What) -> impl Strategy<Value = Life> {
    let party = (text(24), one_of(&Role::ALL)).prop_map(|(name, role)| Party { name, role });
    let transfer = (
        option::of(agent()),
        option::of(agent()),
        option::of(text(24)),
        id(),
    )
        .prop_map(|(from, to, note, previous)| Transfer {
            from,
            to,
            note,
            previous: Some(previous),
        });
    (
        option::of(id()),
        option::of(transfer),
        option::of(collection::vec(party, 0..4)),
        option::of(one_of(&Unanswered::ALL)),
        (any::<bool>(), option::of(any::<bool>()), any::<bool>()),
    )
        .prop_map(move |(parent, transfer, parties, unanswered, switches)| {
            let (voicemail, held, wrapping_up) = switches;
            Life {
                parent,
                transfer,
                parties,
                unanswered,
                voicemail,
                held,
                wrapping_up: wrapping_up && what == What::Ended,
            }
        })
}

fn any_event() -> impl Strategy<Value = Event> {
    let channel = one_of(&Channel::ALL);
    let attributes = collection::btree_map("[a-z]{1,8}|reason", text(24), 0..4);
    let known = channel.prop_flat_map(|channel| (Just(channel), known(channel)));
    let trace = "00-[0-9a-f]{31}1-[0-9a-f]{15}1-0[01]";
    let times = (moment(), option::of(moment()), option::of(1_u64..=3_600));
    let course = one_of(&What::ALL).prop_flat_map(|what| (Just(what), life(what)));
    let words = (course, one_of(&Direction::ALL), known);
    (
        (id(), id(), any::<bool>(), any::<bool>()),
        words,
        times,
        agent(),
        texts(),
        attributes,
        (option::of(trace), "[0-9-]{1,26}"),
    )
        .prop_map(
            |(ids, words, times, agent, texts, attributes, (traceparent, sequence))| {
                let (event_id, key_id, names_interaction, reports_acceptance) = ids;
                let ((what, life), direction, (channel, (identifiers, authenticated))) = words;
                let (at, expires, timeout) = times;
                let [queue, name, reason, language, summary] = texts;
                Event {
                    id: event_id,
                    key: InteractionKey {
                        source: "/acme/t7".to_owned(),
                        id: key_id,
                    },
                    names_interaction,
                    what,
                    at,
                    expires,
                    reports_acceptance,
                    channel,
                    direction,
                    agent,
                    queue,
                    identifiers,
                    refused: Vec::new(),
                    name,
                    authenticated,
                    reason,
                    language,
                    attributes,
                    summary,
                    offer_timeout: timeout.map(Duration::from_secs),
                    traceparent,
                    sequence: Some(sequence),
                    life,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_written_event_is_read_as_the_same_event(event in any_event()) {
        thread_local!(static SCHEMA: jsonschema::Validator = jsonschema::validator_for(
            &serde_json::from_str(event_schema()).expect("the schema is JSON")
        ).expect("a good schema"));
        let body = written(&event);
        prop_assert_eq!(read_again(&body), event);
        let value = serde_json::from_slice(&body).expect("JSON");
        prop_assert!(SCHEMA.with(|schema| schema.is_valid(&value)), "{}", value);
    }
}

fn plain(channel: Channel) -> Event {
    Event {
        id: "e1".to_owned(),
        key: InteractionKey {
            source: "/acme/t7".to_owned(),
            id: "c1".to_owned(),
        },
        names_interaction: true,
        what: What::Offered,
        at: RECEIVED,
        expires: None,
        reports_acceptance: true,
        channel,
        direction: Direction::Inbound,
        agent: AgentRef {
            id: Some("agent01".to_owned()),
            ..AgentRef::default()
        },
        queue: None,
        identifiers: Vec::new(),
        refused: Vec::new(),
        name: None,
        authenticated: false,
        reason: None,
        language: None,
        attributes: BTreeMap::new(),
        summary: None,
        offer_timeout: None,
        traceparent: None,
        // Ours, because the event has none of its own.
        sequence: Some("1767715061252-01-0000000000".to_owned()),
        life: Life::default(),
    }
}

#[test]
fn an_event_without_a_sequence_gets_one_by_its_time_and_kind() {
    let event = plain(Channel::Voice);
    let bare = Event {
        sequence: None,
        ..event.clone()
    };
    assert_eq!(read_again(&written(&bare)), event);
}

#[test]
fn a_withheld_number_stays_withheld() {
    let event = Event {
        refused: vec![RefusedIdentifier {
            kind: Kind::Phone,
            raw: "anonymous".to_owned(),
            reason: "the number is withheld",
        }],
        ..plain(Channel::Voice)
    };
    assert_eq!(read_again(&written(&event)), event);
}

#[test]
fn no_identifier_is_read_as_stronger_than_it_was() {
    let phone = Phone::parse("+14155550100", &PhoneRules::default()).expect("a number");
    let weak = |value, assurance| Identifier { value, assurance };
    let event = Event {
        identifiers: vec![
            weak(Who::RecordId("7".to_owned()), Assurance::Claimed),
            // As a link says it: no envelope of a platform can say so in a chat.
            weak(Who::Phone(phone), Assurance::CallerNumber),
        ],
        ..plain(Channel::Chat)
    };
    let read = read_again(&written(&event)).identifiers;
    assert_eq!(read, event.identifiers[..1], "left out rather than raised");
}
