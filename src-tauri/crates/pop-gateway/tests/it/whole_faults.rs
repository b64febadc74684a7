//! The whole way while something on it breaks: the gateway is killed, the broker restarts, the
//! connection breaks with an event in flight, the device is thrown out, the desktop's clock is
//! wrong. Whatever was accepted pops once.

use std::time::Duration;

use pop_core::stream::StreamFault;
use pop_doubles::mosquitto::free_port;
use serde_json::json;

use crate::faults::ringing_since;
use crate::killed::Program;
use crate::kit::{metric_becomes, post, try_to_post};
use crate::mosquitto::Way;
use crate::whole::{Stage, acks, visit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_is_killed_while_webhooks_come_in_loses_none_and_doubles_none() {
    let stage = Stage::new().await;
    let program = Program::start(&stage.place);
    metric_becomes(program.operations, "control_connected", 1).await;
    let url = format!("http://{}", program.webhooks);
    let computer = stage.computer(&url);
    let run = computer.start();
    run.sign_in().await;

    let webhooks = program.webhooks;
    let platform = tokio::spawn(async move {
        let mut answers = Vec::new();
        for number in 0.. {
            let name = format!("eng-{number}");
            let answer = try_to_post(webhooks, &visit(&name)).await;
            let is_gone = answer.is_none();
            answers.push((name, answer));
            if is_gone {
                break;
            }
        }
        answers
    });
    // In the middle of it: some have their cards, and more come.
    run.screen.card("eng-3").await;
    program.kill();
    let answers = platform.await.expect("no panic");
    let (last, accepted) = answers.split_last().expect("some");
    assert!(accepted.iter().all(|(_, answer)| *answer == Some(202)));

    let program = Program::start(&stage.place);
    metric_becomes(program.operations, "broker_connected", 1).await;
    for (name, _) in accepted {
        run.screen.card(name).await;
    }
    // The platform had no answer, and brings it again.
    assert_eq!(post(program.webhooks, &visit(&last.0)).await, 202);
    run.screen.card(&last.0).await;
    metric_becomes(program.operations, "waiting", 0).await;
    assert_eq!(post(program.webhooks, &visit("the-end")).await, 202);
    run.screen.card("the-end").await;
    let shown = run.screen.now();
    for (name, _) in &answers {
        assert_eq!(shown.pops(name), 1, "{name}");
    }
    assert_eq!(shown.ever.len(), answers.len() + 1, "and nothing else");
    run.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_while_the_broker_was_down_pops_once_when_it_is_back() {
    let mut stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let (_computer, run) = stage.signed_in(&gateway).await;
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.card("eng-1").await;
    metric_becomes(gateway.operations, &acks("popped"), 1).await;
    stage.broker.kill().expect("it ran");
    metric_becomes(gateway.operations, "broker_connected", 0).await;
    run.screen.is_deaf_somehow("the broker is down").await;
    assert_eq!(post(gateway.webhooks, &visit("eng-2")).await, 202);
    stage.broker.start_again().expect("it comes back");
    run.hears().await;
    run.screen.card("eng-2").await;
    assert_eq!(post(gateway.webhooks, &visit("eng-3")).await, 202);
    run.screen.card("eng-3").await;
    let shown = run.screen.now();
    for name in ["eng-1", "eng-2", "eng-3"] {
        assert_eq!(shown.pops(name), 1, "{name}");
    }
    run.stop().await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_whose_acknowledgement_is_lost_comes_again_and_pops_once() {
    let port = free_port().expect("a port");
    let stage = Stage::reached_by(Some(port)).await;
    let way = Way::open(port, stage.broker.tls);
    let gateway = stage.gateway().await;
    let (_computer, run) = stage.signed_in(&gateway).await;

    // It comes to the desktop; what the desktop says does not come back.
    way.swallow();
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.customer("eng-1", "12345").await;
    way.cut();
    run.screen.is_deaf_somehow("the way is cut").await;
    let way = Way::open(port, stage.broker.tls);
    run.hears().await;
    // The first word of the desktop about it that comes through is about its second coming.
    metric_becomes(gateway.operations, &acks("received"), 1).await;
    assert_eq!(post(gateway.webhooks, &visit("eng-2")).await, 202);
    run.screen.card("eng-2").await;
    metric_becomes(gateway.operations, &acks("received"), 2).await;
    let shown = run.screen.now();
    assert_eq!((shown.pops("eng-1"), shown.pops("eng-2")), (1, 1));
    run.stop().await;
    way.cut();
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_is_thrown_out_says_why_it_hears_nothing() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let computer = stage.computer(&format!("http://{}", gateway.webhooks));
    let run = computer.start();
    let account = run.sign_in().await;
    let password = json!({
        "command": "setClientPassword", "username": account, "password": "another",
    });
    stage
        .broker
        .command(&[password])
        .expect("the administrator may");
    // The connection stands until it breaks; the next one proves itself again.
    run.stop().await;
    let run = computer.start();
    run.engine.hurry_gateway().await;
    run.screen
        .is_deaf("its password is not taken", StreamFault::NotAuthorised)
        .await;
    run.engine.sign_out_gateway().await.expect("signs out");
    run.sign_in().await;
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.customer("eng-1", "12345").await;
    run.stop().await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_whose_clock_is_hours_ahead_pops_what_rings_and_not_what_is_over() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let computer = stage.computer(&format!("http://{}", gateway.webhooks));
    computer.clock.forward(Duration::from_hours(3));
    let run = computer.start();
    run.sign_in().await;
    let (offer, _) = ringing_since(0, "int-1");
    assert_eq!(post(gateway.webhooks, &offer).await, 202);
    run.screen.card("presence:int-1").await;
    let (over, _) = ringing_since(60, "int-2");
    assert_eq!(post(gateway.webhooks, &over).await, 202);
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.customer("eng-1", "12345").await;
    assert_eq!(run.screen.now().pops("presence:int-2"), 0);
    run.stop().await;
    gateway.stop().await;
}
