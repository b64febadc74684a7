//! The mapping files that come with the program: their samples, their settings, what they remember,
//! and that no body, however bent, is repeated or breaks anything.

use pop_core::interaction::Event;
use pop_core::phone::PhoneRules;
use pop_source::canonical::{self, Arrival, Framing};
use pop_source::mapping::{self, BUILT_IN, Mapping, Notes};
use serde_json::{Value, json};

use crate::mapping::{read, read_with};
use crate::testkit::noon;

#[test]
fn every_file_that_comes_with_the_program_does_what_its_samples_say() {
    let mut faults = Vec::new();
    for (name, text) in BUILT_IN {
        match Mapping::load(&format!("{name}.toml"), text) {
            Ok(mapping) => faults.extend(mapping.check()),
            Err(found) => faults.extend(found),
        }
    }
    let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn a_setting_has_one_of_its_choices() {
    let mut glia = Mapping::built_in("glia")
        .expect("it comes with us")
        .expect("it is right");
    let refused = glia
        .set("visitors", "anybody".into())
        .expect_err("no such choice");
    assert_eq!(
        refused.to_string(),
        "`visitors` is one of claimed, authenticated"
    );
    assert!(glia.set("visitors", true.into()).is_err(), "another kind");
    assert!(glia.set("guests", true.into()).is_err(), "no such setting");
    let body = r#"{"export_type":"engagement_start","engagement_id":"e1","site_id":"s1",
                   "operator":{"id":"o1"},"visitor":{"email":"ann@example.com"}}"#;
    let vouched = |glia: &Mapping| read(glia, body).expect("a start").events[0].authenticated;
    assert!(!vouched(&glia), "a page's word is a claim");
    glia.set("visitors", "authenticated".into())
        .expect("a choice");
    assert!(vouched(&glia), "the customer signs visitors in");
}

#[test]
fn changes_say_what_they_were_made_from_and_hold_nothing_about_the_customer() {
    let glia = Mapping::built_in("glia")
        .expect("it comes with us")
        .expect("it is right");
    let body = |operator: &str| {
        format!(
            r#"{{"export_type":"engagement_transfer","engagement_id":"e1","site_id":"s1",
               "operator":{{"id":"{operator}"}},"visitor":{{"name":"Ann","email":"ann@example.com"}}}}"#
        )
    };
    let mut notes = Notes::default();
    let first = read_with(&glia, &notes, &body("o1"), &[]).expect("a transfer");
    assert_eq!(first.changes[0].was, None, "nothing was known");
    assert!(
        !first.changes[0].is.to_lowercase().contains("ann"),
        "{first:?}"
    );
    notes.keep(&first.changes);
    let second = read_with(&glia, &notes, &body("o2"), &[]).expect("a transfer");
    let was = second.changes[0].was.as_ref();
    assert_eq!(was, Some(&first.changes[0].is), "made from the first");
    let whats: Vec<_> = second
        .events
        .iter()
        .map(|event| event.what.word())
        .collect();
    assert_eq!(whats, ["transferred"; 2], "each of the two is told");
    let told: Vec<_> = second.events.iter().map(|event| &event.agent).collect();
    let transfer = second.events[0].life.transfer.as_ref().expect("a transfer");
    assert_eq!(told[0].platform_id.as_deref(), Some("o1"), "who had it");
    assert_eq!(transfer.from.as_ref(), Some(told[0]));
    assert_eq!(transfer.to.as_ref(), Some(told[1]));
    let again = read_with(&glia, &notes, &body("o1"), &[]).expect("a repetition");
    assert_eq!(
        (again.events.len(), again.changes.len()),
        (0, 0),
        "nothing changes"
    );
}

/// Bodies of the samples of every file that comes along.
fn bodies() -> Vec<(&'static str, Vec<&'static str>)> {
    let of = |text: &'static str| text.split("'''").skip(1).step_by(2).collect();
    BUILT_IN
        .iter()
        .map(|(name, text)| (*name, of(text)))
        .collect()
}

/// Every leaf of a body in turn becomes something else.
fn bent(body: &str) -> Vec<String> {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return Vec::new();
    };
    let mut places = Vec::new();
    leaves(&value, &mut String::new(), &mut places);
    let others = [Value::Null, json!({}), json!("\u{0}")];
    let bend = |place: &String, other: &Value| {
        let mut bent = value.clone();
        *bent.pointer_mut(place).expect("a place of this body") = other.clone();
        bent.to_string()
    };
    places
        .iter()
        .flat_map(|place| others.iter().map(move |other| bend(place, other)))
        .collect()
}

fn leaves(value: &Value, place: &mut String, places: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            let escaped = |name: &String| name.replace('~', "~0").replace('/', "~1");
            members
                .iter()
                .map(|(name, value)| (escaped(name), value))
                .collect()
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered
                .map(|(index, value)| (index.to_string(), value))
                .collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    places.push(place.clone());
    for (name, value) in inner {
        let length = place.len();
        place.push('/');
        place.push_str(&name);
        leaves(value, place, places);
        place.truncate(length);
    }
}

#[test]
fn a_body_that_is_bent_anywhere_is_read_or_refused_and_never_repeated() {
    let (mut events, mut refused) = (0, 0);
    for (name, bodies) in bodies() {
        let mapping = Mapping::built_in(name)
            .expect("it comes along")
            .expect("it is right");
        for body in bodies {
            for bent in bent(body) {
                match read(&mapping, &bent) {
                    Ok(read) => {
                        let named =
                            |event: &Event| !event.id.is_empty() && !event.key.id.is_empty();
                        assert!(read.events.iter().all(named), "{name}: {bent}");
                        events += read.events.len();
                    }
                    Err(fault) => {
                        let told = fault.to_string();
                        assert!(!told.contains("@example.com"), "{name}: {told}");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(
        events > 500 && refused > 500,
        "{events} events, {refused} refused"
    );
}

#[test]
fn the_simple_file_and_the_listener_read_the_simple_form_alike() {
    let mapping = Mapping::built_in("simple")
        .expect("it comes along")
        .expect("it is right");
    for body in [
        r#"{"event":"chat_completed","id":"e1","customerId":"12345","agent":"agent01","summary":"x"}"#,
        r#"{"event":"call_ringing","id":"e1","interactionId":"i1","agent":"a","phone":"+14155550100","name":"Ann",
            "email":"ann@example.com","externalId":"7","queue":"q","reason":"r","language":"de",
            "direction":"inbound","attributes":{"k":"v"}}"#,
        r#"{"event":"sms_incoming","id":"e1","agent":"a","phone":"anonymous","queue":" "}"#,
        r#"{"event":"video_updated","id":"e1","agent":"a","customerId":null}"#,
    ] {
        let arrival = Arrival {
            received: noon(),
            delivery_id: None,
            traceparent: None,
        };
        let rules = PhoneRules::default();
        let own = canonical::read(&Framing::Simple, body.as_bytes(), arrival, &rules);
        let file = read(&mapping, body).expect("an event").events;
        assert_eq!(own.expect("an event"), file, "{body}");
    }
}

#[test]
fn the_page_of_the_platforms_says_what_the_files_say() {
    let load = |text: &str| Mapping::load("one.toml", text).expect("it is right");
    let all: Vec<_> = BUILT_IN.iter().map(|(_, text)| load(text)).collect();
    let page = mapping::page(&all);
    let kept = include_str!("../../../../docs/platforms.md");
    assert!(page == kept, "stale: run `cargo xtask generate`");
    let (_, glia) = BUILT_IN
        .iter()
        .find(|(name, _)| *name == "glia")
        .expect("it comes along");
    let other = glia.replacen("under Exports", "under Exports | 2", 1);
    let changed = mapping::page(&[load(&other)]);
    assert!(changed.contains("under Exports | 2"), "{changed}");
    assert!(!page.contains("under Exports | 2"), "another file's page");
}
