//! What the product understands of the sandbox's scenes.

use pop_core::identifier::{Assurance, Identifier};
use pop_core::interaction::{Channel, Direction, Event, What};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_sandbox::Scene;
use pop_source::canonical::{self, Arrival, EventFault, Framing};

const AT: &str = "2026-01-06T15:57:41.252Z";

#[test]
fn every_scene_is_read_from_its_offer_to_its_end() {
    let whats = [What::Offered, What::Accepted, What::Declined, What::Ended];
    for scene in Scene::ALL {
        for what in whats {
            let event = read(scene, what.word()).expect("an event of the schema");
            assert_eq!(event.what, what);
            assert_eq!(
                (event.id.as_str(), event.key.id.as_str()),
                ("evt-1", "sim-1")
            );
            assert_eq!(Some(event.at), Moment::parse(AT));
            assert_eq!(event.direction, Direction::Inbound);
            assert_eq!(event.agent.id.as_deref(), Some("agent01"));
            assert_eq!(event.refused, [], "whoever it is can be looked for");
        }
        assert!(read(scene, "begun").is_err(), "{scene:?}: no such event");
    }
}

#[test]
fn the_customer_of_a_chat_is_vouched_for() {
    for scene in [Scene::One, Scene::Slow, Scene::Expired, Scene::Offline] {
        let event = read(scene, "offered").expect("an event of the schema");
        assert_eq!(event.channel, Channel::Chat);
        assert_eq!(
            known(&event),
            [("12345".to_owned(), Assurance::Authenticated)]
        );
        assert!(event.authenticated);
        assert_eq!(event.name.as_deref(), Some("Cesar Gonzalez"));
        assert_eq!(event.reason.as_deref(), Some("Asked about loan status"));
        let first = "Hola, ¿hay novedades sobre mi préstamo?";
        assert_eq!(event.summary.as_deref(), Some(first));
        assert_eq!(event.queue.as_deref(), Some("Loans"));
        assert_eq!(event.language.as_deref(), Some("es"));
    }
}

#[test]
fn of_a_caller_only_the_number_is_known() {
    let calls = [
        (Scene::Vip, "+49 30 23125042", "Private Banking"),
        (Scene::Several, "+34 600 01 27 77", "Cards"),
        (Scene::None, "+49 1522 8817386", "New accounts"),
    ];
    for (scene, number, queue) in calls {
        let event = read(scene, "offered").expect("an event of the schema");
        assert_eq!(event.channel, Channel::Voice);
        assert_eq!(
            known(&event),
            [(number.to_owned(), Assurance::CallerNumber)]
        );
        assert!(!event.authenticated);
        assert_eq!(event.name, None, "the network gives no name");
        assert_eq!(event.queue.as_deref(), Some(queue));
    }
}

fn read(scene: Scene, what: &str) -> Result<Event, EventFault> {
    let body = scene.event("sim-1", "evt-1", what, AT).to_string();
    let arrival = Arrival {
        received: Moment::default(),
        delivery_id: None,
        traceparent: None,
    };
    let events = canonical::read(
        &Framing::Structured,
        body.as_bytes(),
        arrival,
        &PhoneRules::default(),
    )?;
    let [event] = <[Event; 1]>::try_from(events).expect("one body, one event");
    Ok(event)
}

fn known(event: &Event) -> Vec<(String, Assurance)> {
    let known = |it: &Identifier| (it.display(), it.assurance);
    event.identifiers.iter().map(known).collect()
}
