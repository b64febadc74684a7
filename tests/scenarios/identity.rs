//! Who vouches for a customer, from a platform's delivery to the mark on the card.
//!
//! Each delivery is a sample of a mapping file that comes with the program. It takes the way of the
//! field: read by the file, written as the gateway writes it, read as the desktop reads it.

use pop_core::desk::Input;
use pop_core::interaction::Event;
use pop_core::phone::PhoneRules;
use pop_source::canonical::{self, Arrival, Beside, Framing};
use pop_source::delivery::Delivery;
use pop_source::mapping::{BUILT_IN, Mapping, Notes};
use pop_wire::{IdentityView, PopView};
use serde_json::json;

use crate::drawing::{named, status};
use crate::people::{START, connection, customer};
use crate::stage::Stage;

/// The body of a sample, by the file and the words of its name.
fn sample(mapping: &str, name: &str) -> &'static str {
    let (_, text) = BUILT_IN
        .iter()
        .find(|(known, _)| *known == mapping)
        .expect("it comes along");
    let (_, from) = text
        .split_once(&format!("= {name:?}"))
        .expect("a sample of this name");
    from.split("'''").nth(1).expect("its body")
}

/// What the platform's delivery has become when it reaches the desk.
fn arrives(mapping: &str, name: &str, visitors: Option<&str>) -> Event {
    let mut file = Mapping::built_in(mapping)
        .expect("it comes along")
        .expect("it is right");
    if let Some(visitors) = visitors {
        file.set("visitors", json!(visitors)).expect("a choice");
    }
    let delivery = Delivery {
        headers: &[],
        body: sample(mapping, name).as_bytes(),
        received: START,
        url: "",
    };
    let rules = PhoneRules::default();
    let read = file.read(&delivery, &Notes::default(), &rules);
    let mut event = read.expect("an event").events.remove(0);
    // The samples are of their own days.
    (event.at, event.expires) = (START, None);
    let beside = Beside {
        correlation: "c",
        recorded: START,
    };
    let body = canonical::write(&event, beside);
    let arrival = Arrival {
        received: START,
        delivery_id: None,
        traceparent: None,
    };
    let read = canonical::read(&Framing::Structured, &body, arrival, &rules);
    read.expect("an event").remove(0)
}

/// The mark on the card when this is found by what is asked.
fn mark(event: Event, asked: &str) -> IdentityView {
    let mut stage = Stage::new();
    stage.give(Input::Event(Box::new(event)));
    stage.finds(asked, &[customer("ann")]);
    let [card] = stage.desk().pops() else {
        panic!("one card");
    };
    let status = status(vec![named(connection("crm"), "Meridian")]);
    PopView::draw(card, stage.desk(), &status).identity
}

#[test]
fn a_visitor_whom_the_platform_signed_in_is_marked_as_verified() {
    let name = "start, of a visitor who signed in";
    let verified = arrives("glia", name, Some("authenticated"));
    let mail = "john.smith@example.com";
    assert_eq!(mark(verified, mail), IdentityView::Verified);
    // The same delivery where a page says who it is.
    let claimed = arrives("glia", name, Some("claimed"));
    assert_eq!(mark(claimed, mail), IdentityView::Claimed);
}

#[test]
fn a_caller_of_whom_only_the_number_is_known_is_marked_as_unverified() {
    for (mapping, name) in [("zoom-phone", "ringing"), ("ringcentral", "ringing")] {
        let event = arrives(mapping, name, None);
        let mark = mark(event, "+1 415-555-0123");
        assert_eq!(mark, IdentityView::CallerNumber, "{mapping}");
    }
}

#[test]
fn what_the_contact_centre_attached_is_marked_as_such_and_never_as_verified() {
    let event = arrives("genesys-cloud", "ringing", None);
    assert_eq!(mark(event, "12345"), IdentityView::Attached);
}
