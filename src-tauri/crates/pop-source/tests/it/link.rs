//! Links and callers on the command line (security rules D1, D3 and D6).

use pop_core::identifier::{Assurance, Kind};
use pop_core::interaction::{Channel, Direction, Event, What};
use pop_core::moment::Moment;
use pop_source::link::{Argument, LinkFault, LinkGate, LinkRefused, parse_arguments};

use crate::testkit::{noon, rules};

pub(crate) fn parse(arguments: &[&str]) -> Result<Argument, LinkRefused> {
    parse_at(arguments, noon())
}

fn parse_at(arguments: &[&str], now: Moment) -> Result<Argument, LinkRefused> {
    let arguments: Vec<_> = arguments.iter().map(|text| (*text).to_owned()).collect();
    parse_arguments(&arguments, now, &rules())
}

fn link(text: &str) -> Event {
    match parse(&[text]) {
        Ok(Argument::Link(event)) => *event,
        other => panic!("{text}: {other:?}"),
    }
}

fn caller(arguments: &[&str]) -> Event {
    match parse(arguments) {
        Ok(Argument::Caller(event)) => *event,
        other => panic!("{arguments:?}: {other:?}"),
    }
}

fn identifiers(event: &Event) -> Vec<(Kind, String, Assurance)> {
    event
        .identifiers
        .iter()
        .map(|it| (it.kind(), it.display(), it.assurance))
        .collect()
}

#[test]
fn nothing_and_hidden_are_no_events() {
    assert_eq!(parse(&[]), Ok(Argument::None));
    assert_eq!(parse(&["--hidden"]), Ok(Argument::Hidden));
}

#[test]
fn a_link_with_every_key_is_an_event_that_nobody_vouches_for() {
    let event = link(
        "screenpop://v1/pop?phone=%2B14155550123&email=Jane%40Example.com&customerId=12345\
         &externalId=E-9&interactionId=call.7&channel=chat&direction=inbound&event=accepted&agent=agent01",
    );
    let expected = [
        (Kind::RecordId, "12345".to_owned(), Assurance::Claimed),
        (Kind::ExternalId, "E-9".to_owned(), Assurance::Claimed),
        (
            Kind::Email,
            "jane@example.com".to_owned(),
            Assurance::Claimed,
        ),
        (
            Kind::Phone,
            "+1 415-555-0123".to_owned(),
            Assurance::CallerNumber,
        ),
    ];
    assert_eq!(identifiers(&event), expected);
    assert_eq!(
        (event.key.source.as_str(), event.key.id.as_str()),
        ("/local/deeplink", "call.7")
    );
    assert_eq!((event.what, event.channel), (What::Accepted, Channel::Chat));
    assert_eq!(event.direction, Direction::Inbound);
    assert_eq!(event.agent.id.as_deref(), Some("agent01"));
    assert!(event.names_interaction && event.reports_acceptance && !event.authenticated);
    assert_eq!(event.at, noon());
}

#[test]
fn a_link_that_says_little_has_plain_defaults() {
    let event = link("screenpop://v1/pop?phone=+14155550123");
    assert_eq!((event.what, event.channel), (What::Offered, Channel::Voice));
    assert_eq!(event.direction, Direction::Unknown);
    assert!(!event.names_interaction && !event.reports_acceptance);
    let event = link("screenpop://v1/pop?customerId=12345");
    assert_eq!(event.channel, Channel::Other);
    assert!(event.refused.is_empty());
    let event = link("screenpop://v1/pop?phone=anonymous");
    assert_eq!(
        (event.identifiers.len(), event.refused.len()),
        (0, 1),
        "withheld matches nobody"
    );
}

#[test]
fn a_bare_number_is_a_call_that_rings() {
    for text in [
        "+14155550123",
        "(415) 555-0123",
        "415.555.0123",
        "0014155550123",
        "sip:+14155550123@pbx.example.com",
        "sips:+14155550123@10.0.0.1:5061;transport=tls",
        "tel:+1-415-555-0123",
        "sip:%2B14155550123@pbx",
    ] {
        let event = caller(&[text]);
        let number = if text == "0014155550123" {
            continue;
        } else {
            "+1 415-555-0123"
        };
        let expected = [(Kind::Phone, number.to_owned(), Assurance::CallerNumber)];
        assert_eq!(identifiers(&event), expected, "{text}");
        assert_eq!(event.key.source, "/local/argv");
        assert_eq!((event.what, event.channel), (What::Offered, Channel::Voice));
        assert_eq!(event.direction, Direction::Inbound);
        assert!(!event.reports_acceptance && !event.names_interaction && !event.authenticated);
    }
}

#[test]
fn a_caller_that_identifies_nobody_is_shown_and_matches_nothing() {
    for (text, reason) in [
        ("anonymous", "withheld"),
        ("Restricted", "withheld"),
        ("sip:anonymous@anonymous.invalid", "withheld"),
        ("1001", "too short"),
        ("sip:1001@pbx.example.com", "too short"),
        ("+14155550199", "our own"),
        ("sip:alice@example.com", "not a telephone number"),
    ] {
        let event = caller(&[text]);
        assert!(event.identifiers.is_empty(), "{text}");
        assert!(
            event.refused[0].reason.contains(reason),
            "{text}: {}",
            event.refused[0].reason
        );
    }
}

#[test]
fn the_four_switches_of_3cx_follow_a_call_from_ring_to_end() {
    let states = [
        ("S", What::Offered),
        ("C", What::Accepted),
        ("E", What::Ended),
    ];
    for (state, what) in states {
        let first = format!("/N:{state}");
        let event = caller(&[&first, "/C:+14155550123", "/T:I", "/I:42"]);
        assert_eq!((event.what, event.key.id.as_str()), (what, "42"));
        assert!(event.names_interaction && event.reports_acceptance);
        assert_eq!(event.identifiers.len(), 1);
    }
    let event = caller(&["/I:42", "/T:O", "/C:", "/N:S"]);
    assert_eq!(event.direction, Direction::Outbound);
    assert_eq!(
        (event.identifiers.len(), event.refused.len()),
        (0, 1),
        "withheld"
    );
    for bad in [
        vec!["/N:S"],
        vec!["/N:S", "/C:+14155550123", "/T:I"],
        vec!["/N:S", "/C:+14155550123", "/T:I", "/I:42", "/X:1"],
        vec!["/N:S", "/N:C", "/C:+14155550123", "/T:I", "/I:42"],
        vec!["/N:S", "/N:C", "/C:+14155550123", "/T:I"],
        vec!["/N:X", "/C:+14155550123", "/T:I", "/I:42"],
        vec!["/N:S", "/C:+14155550123", "/T:X", "/I:42"],
        vec!["/N:S", "/C:+14155550123", "/T:I", "/I:"],
        vec!["/N:S", "/C:+14155550123", "/T:I", "/I:a/b"],
        vec!["/N:S", "/C:Jane Doe", "/T:I", "/I:42"],
        vec!["/n:S", "/C:+14155550123", "/T:I", "/I:42"],
        vec!["/N:S", "/C:+14155550123", "/T:I", "--hidden"],
    ] {
        let refused = parse(&bad).expect_err("not the 3CX form");
        assert!(
            matches!(refused.why, LinkFault::Unknown | LinkFault::Value),
            "{bad:?}"
        );
    }
}

#[test]
fn the_same_start_within_ten_seconds_is_the_same_interaction() {
    let mut gate = LinkGate::default();
    // Straddles the edge of the ten-second buckets in which ids are made.
    let start = Moment::from_millis(noon().millis() / 10_000 * 10_000 + 9_900);
    let mut key = |text: &str, millis: i64| {
        let now = Moment::from_millis(start.millis() + millis);
        match gate.pass(parse_at(&[text], now).expect("a caller"), now) {
            Ok(Argument::Caller(event) | Argument::Link(event)) => (event.key.id, event.id),
            other => panic!("{other:?}"),
        }
    };
    let first = key("+14155550123", 0);
    assert_eq!(key("+14155550123", 200), first, "a moment later");
    assert_eq!(key("+14155550123", 9_999), first, "just within");
    assert_ne!(key("+14155550124", 9_999), first, "another caller");
    assert_ne!(
        key("+14155550123", 10_001),
        first,
        "the same caller calls again"
    );
}

#[test]
fn at_most_five_links_pass_in_ten_seconds() {
    let mut gate = LinkGate::default();
    let at = |millis: i64| Moment::from_millis(noon().millis() + millis);
    let mut pass = |number: u32, millis: i64| {
        let text = format!("screenpop://v1/pop?customerId={number}");
        let argument = parse_at(&[&text], at(millis)).expect("a link");
        gate.pass(argument, at(millis))
            .map_err(|refused| refused.why)
    };
    for number in 0..5 {
        pass(number, i64::from(number) * 100).expect("the first five");
    }
    assert_eq!(pass(6, 9_999), Err(LinkFault::TooMany));
    pass(7, 10_000).expect("the first has left the ten seconds");
    assert_eq!(pass(8, 10_001), Err(LinkFault::TooMany), "one for one");
    pass(9, -3_600_000).expect("a clock that was set back begins anew");
    let mut gate = LinkGate::default();
    for _ in 0..20 {
        assert_eq!(
            gate.pass(Argument::None, noon()),
            Ok(Argument::None),
            "showing is no link"
        );
        assert_eq!(gate.pass(Argument::Hidden, noon()), Ok(Argument::Hidden));
    }
}

#[test]
fn the_window_comes_to_the_front_once_in_two_seconds() {
    let mut gate = LinkGate::default();
    let at = |millis: i64| Moment::from_millis(noon().millis() + millis);
    assert!(gate.may_focus(at(0)));
    assert!(!gate.may_focus(at(1_999)));
    assert!(gate.may_focus(at(2_000)));
    assert!(
        !gate.may_focus(at(3_999)),
        "counted from the last that happened"
    );
    assert!(
        gate.may_focus(at(-3_600_000)),
        "a clock that was set back begins anew"
    );
}
