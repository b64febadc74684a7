//! The client of a broker, at a real Mosquitto with the settings that are documented.

use std::time::Duration;

use pop_core::clock::Clock as _;
use pop_core::stream::StreamFault;
use pop_doubles::mosquitto::Mosquitto;
use pop_source::source::{Accepted, Source as _};

use crate::broker_kit::{Desk, Ear, Gateway, config, offer, plain};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_was_not_kept_comes_again_and_one_that_was_does_not() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let gateway = Gateway::at(&broker).await;
    // The disk never says that it has it, and then the program is killed.
    let desk = Desk::hearing(config(&account, &plain(&broker)), Ear::new(None));
    desk.hears().await;
    gateway.publish(&account, &offer("e-1", "a17"), 300).await;
    assert_eq!(desk.ear.heard(1).await, ["e-1"]);
    drop(desk);

    let desk = Desk::start(config(&account, &plain(&broker)));
    assert_eq!(desk.ear.heard(1).await, ["e-1"], "it was not acknowledged");
    desk.hears().await;
    desk.broker.stop().await;

    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    gateway.publish(&account, &offer("e-2", "a17"), 300).await;
    assert_eq!(
        desk.ear.heard(1).await,
        ["e-2"],
        "the first was acknowledged"
    );
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_kept_now_is_not_acknowledged_and_comes_again() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let gateway = Gateway::at(&broker).await;
    let ear = Ear::new(Some(Accepted::Unavailable));
    let desk = Desk::hearing(config(&account, &plain(&broker)), ear);
    desk.hears().await;
    gateway.publish(&account, &offer("e-1", "a17"), 300).await;
    assert_eq!(desk.is_deaf().await, StreamFault::NotKept);
    desk.ear.answer(Accepted::New);
    desk.hears().await;
    let heard = desk.ear.heard(2).await;
    assert!(heard.iter().all(|id| id == "e-1"), "{heard:?}");
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_while_away_is_delivered_unless_it_is_over() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let gateway = Gateway::at(&broker).await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    desk.broker.stop().await;

    gateway.publish(&account, &offer("over", "a17"), 1).await;
    gateway.publish(&account, &offer("fresh", "a17"), 300).await;
    // Its second must pass: the broker counts whole ones.
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    let delivery = desk.ear.deliveries(1).await.remove(0);
    assert_eq!(delivery.id, "fresh", "the other never comes");
    let left = delivery
        .expires
        .expect("the broker said")
        .since(delivery.received);
    let left = left.as_secs();
    assert!((200..300).contains(&left), "what remained counts: {left} s");
    assert_eq!(delivery.events[0].expires, delivery.expires);
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_killed_is_found_again_when_it_is_back() {
    let mut broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    broker.kill().expect("killed");
    let fault = desk.is_deaf().await;
    let expected = [StreamFault::Cut, StreamFault::Refused];
    assert!(expected.contains(&fault), "{fault:?}");
    broker.start_again().expect("started again");
    desk.hears().await;
    let gateway = Gateway::at(&broker).await;
    gateway.publish(&account, &offer("e-1", "a17"), 300).await;
    assert_eq!(desk.ear.heard(1).await, ["e-1"]);
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_sleep_the_connection_is_made_anew() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let desk = Desk::start(config(&account, &plain(&broker)));
    let before = desk.hears().await;
    desk.wall.forward(Duration::from_secs(400));
    let woke = desk.wall.now();
    let again = desk.until("anew", |state| match state {
        pop_source::source::State::Hearing { since, .. } if *since > before => Some(*since),
        pop_source::source::State::Hearing { .. }
        | pop_source::source::State::Connecting { .. }
        | pop_source::source::State::Deaf { .. } => None,
    });
    assert!(again.await >= woke, "it did not trust the old connection");
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_hears_a_neighbours_topic() {
    let broker = Mosquitto::start().expect("a broker");
    let (mine, other) = (
        broker.enrol("a17", "dev").expect("an account"),
        broker.enrol("a18", "dev").expect("an account"),
    );
    let mut nosy = config(&mine, &plain(&broker));
    nosy.topics.interactions = other.topic("interactions");
    let desk = Desk::start(nosy);
    assert_eq!(desk.is_deaf().await, StreamFault::TopicRefused);
    desk.broker.stop().await;
    let desk = Desk::start(config(&mine, &plain(&broker)));
    desk.hears().await;
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_sign_in_and_one_that_is_used_twice_are_named() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let mut wrong = config(&account, &plain(&broker));
    wrong.password = pop_core::secret::Secret::new("another".to_owned());
    let desk = Desk::start(wrong);
    assert_eq!(desk.is_deaf().await, StreamFault::NotAuthorised);
    desk.broker.stop().await;
    let first = Desk::start(config(&account, &plain(&broker)));
    first.hears().await;
    let second = Desk::start(config(&account, &plain(&broker)));
    second.hears().await;
    // The library may notice the closed connection before the reason that came with it.
    let fault = first.is_deaf().await;
    let expected = [StreamFault::TakenOver, StreamFault::Cut];
    assert!(expected.contains(&fault), "{fault:?}");
    first.broker.stop().await;
    second.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_event_for_this_agent_is_counted_and_does_not_come_again() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let gateway = Gateway::at(&broker).await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    gateway
        .publish(&account, &offer("theirs", "a18"), 300)
        .await;
    let topic = account.topic("interactions");
    let long = "x".repeat(70 * 1_024);
    gateway.send(topic.clone(), long, Some(300)).await;
    gateway.send(topic, "no event".to_owned(), Some(300)).await;
    gateway.publish(&account, &offer("mine", "a17"), 300).await;
    assert_eq!(desk.ear.heard(1).await, ["mine"]);
    let refused = desk.broker.health().refused;
    let counted: Vec<_> = refused.into_iter().collect();
    assert_eq!(
        counted,
        [("E_EVENT", 1), ("body_too_large", 1), ("not_ours", 1)]
    );
    desk.broker.stop().await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    gateway.publish(&account, &offer("next", "a17"), 300).await;
    assert_eq!(desk.ear.heard(1).await, ["next"]);
    desk.broker.stop().await;
}
