//! Deliveries twice and in the wrong order, through the real broker to the desk: nothing pops twice,
//! and nothing pops that is over.
//!
//! The platform repeats and reorders, and so does the broker: a message that a desktop has not
//! confirmed when its line is cut comes again. What arrives is given to a desk as the desktop does.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use pop_core::desk::{Desk, Input, OpenPolicy, Policy, WrapUpPolicy};
use pop_core::interaction::{Event, What};
use pop_core::moment::Moment;
use pop_core::ruling::Rules;
use pop_doubles::mqtt::{self, Client, Connect};

use crate::faults::Stage;
use crate::kit::{KEY, PATIENCE, event, metric_becomes, post, send, start_of};

/// A platform without a memory of its own: the mapping reads what comes, in whatever order.
const SIMPLE: &str = "
[source.simple]
path = \"/simple\"
mapping = \"simple\"
verify = \"header\"
header = \"authorization\"
secrets = [\"glia\"]
";

fn desk() -> Desk {
    Desk::new(Policy {
        open: OpenPolicy::Never,
        open_outbound: OpenPolicy::Never,
        agent_id: Some("agent01".to_owned()),
        agent_email: None,
        connections: Vec::new(),
        already: Vec::new(),
        wrap_up: WrapUpPolicy::default(),
        saved_copy: None,
        rules: Rules::default(),
    })
}

fn give(desk: &mut Desk, event: Event) {
    let now: Moment = event.at.after(Duration::from_millis(20));
    desk.apply(now, Input::Event(Box::new(event)));
}

fn cards(desk: &Desk) -> Vec<&str> {
    let keys = desk.pops().iter().filter_map(|pop| pop.key.as_ref());
    keys.map(|key| key.id.as_str()).collect()
}

/// Says what happened in the words of the simple form.
async fn says(to: SocketAddr, what: &str, id: &str, interaction: &str) -> u16 {
    let body = format!(
        r#"{{"event":"call_{what}","id":"{id}","interactionId":"{interaction}","agent":"agent01"}}"#
    );
    let key = format!("Authorization: {KEY}\r\n");
    send(to, "POST", "/simple", &key, &body).await.status
}

/// Receives a message and is cut off before it is confirmed.
fn hears_and_is_cut_off(stage: &Stage) -> Event {
    let connect = Connect {
        id: &stage.device.username,
        login: Some((&stage.device.username, &stage.device.password)),
        session: 300,
        will: None,
    };
    let mut line = TcpStream::connect(("127.0.0.1", stage.broker.plain)).expect("it listens");
    line.set_read_timeout(Some(PATIENCE)).expect("sets");
    line.write_all(&connect.packet()).expect("sends");
    let (mut came, mut buffer) = (Vec::new(), [0; 4_096]);
    loop {
        while let Some((head, body)) = mqtt::take(&mut came) {
            if let Some(message) = mqtt::message(head, &body) {
                return event(&message.said);
            }
        }
        let count = line.read(&mut buffer).expect("a message");
        assert!(count > 0, "the broker closed the line");
        came.extend_from_slice(&buffer[..count]);
    }
}

fn hears(desktop: &mut Client) -> Event {
    event(&desktop.hear().expect("a message").said)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_platform_and_broker_repeat_pops_once() {
    let stage = Stage::new();
    drop(stage.desktop());
    let gateway = stage.gateway().await;
    for _ in 0..3 {
        assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    }
    metric_becomes(gateway.operations, "published_total", 1).await;
    let mut desk = desk();
    give(&mut desk, hears_and_is_cut_off(&stage));
    give(&mut desk, hears_and_is_cut_off(&stage));
    let mut desktop = stage.desktop();
    assert!(desktop.session_present);
    let again = hears(&mut desktop);
    assert_eq!(again.key.id, "eng-1", "it was never confirmed");
    give(&mut desk, again);
    assert_eq!(cards(&desk), ["eng-1"]);
    // Another one is another card, and eng-1 does not come before it.
    assert_eq!(post(gateway.webhooks, &start_of("eng-2")).await, 202);
    give(&mut desk, hears(&mut desktop));
    assert_eq!(cards(&desk), ["eng-1", "eng-2"]);
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interaction_that_is_over_does_not_pop_when_its_offer_comes_late() {
    let stage = Stage::new();
    let settings = fs::read_to_string(&stage.place.config).expect("reads");
    fs::write(&stage.place.config, settings + SIMPLE).expect("writes");
    let mut desktop = stage.desktop();
    let gateway = stage.gateway().await;
    let to = gateway.webhooks;
    for (what, id, interaction) in [
        ("ended", "e3", "over"),
        ("ringing", "e1", "over"),
        ("answered", "e2", "over"),
        ("answered", "f2", "live"),
        ("ringing", "f1", "live"),
        ("answered", "f2", "live"),
        ("ended", "e3", "over"),
        ("ringing", "g1", "next"),
    ] {
        assert_eq!(says(to, what, id, interaction).await, 202, "{id}");
    }
    let mut desk = desk();
    let mut heard = Vec::new();
    while heard.last().is_none_or(|(id, _)| id != "g1") {
        let event = hears(&mut desktop);
        heard.push((event.id.clone(), event.what));
        give(&mut desk, event);
    }
    let ids: Vec<_> = heard.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["e3", "e1", "e2", "f2", "f1", "g1"], "each once");
    assert_eq!(heard[0].1, What::Ended, "they do come in the wrong order");
    assert_eq!(cards(&desk), ["live", "next"]);
    metric_becomes(gateway.operations, "waiting", 0).await;
    gateway.stop().await;
}
