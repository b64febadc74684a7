//! Agents who leave: their devices are let in no more, and nobody else's are touched.

use std::time::Instant;

use serde_json::{Value, json};

use crate::enrolment::{Device, Office};
use crate::kit::{PATIENCE, metric_becomes};
use crate::reload::{change, reload};

const LEFT: &str = "enrolments_total{outcome=\"agent_left\"}";

async fn becomes_locked_out(port: u16, enrolled: &Value) {
    let begun = Instant::now();
    while Device::of(port, enrolled).await.is_some() {
        assert!(begun.elapsed() < PATIENCE, "the device is let in still");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_devices_of_an_agent_who_left_are_removed_and_a_group_of_the_admins_stays() {
    let office = Office::open().await;
    let port = office.broker.plain;
    let laptop = office.enrolled("laptop-1").await;
    let desktop = office.enrolled("desktop-1").await;
    // Named as ours are, and made by somebody else for something else.
    office
        .broker
        .command(&[
            json!({ "command": "createRole", "rolename": "acme.staff", "acls": [] }),
            json!({ "command": "createGroup", "groupname": "acme.staff",
                    "roles": [{ "rolename": "acme.staff" }] }),
            json!({ "command": "createClient", "username": "acme.staff.pc", "password": "pc",
                    "clientid": "acme.staff.pc", "groups": [{ "groupname": "acme.staff" }] }),
        ])
        .expect("made");
    let staff = json!({ "client_id": "acme.staff.pc", "username": "acme.staff.pc",
                        "password": "pc" });

    reload(&office.place, &office.gateway).expect("the same again");
    assert!(Device::of(port, &laptop).await.is_some(), "still entered");

    change(&office.place, "[agent.agent01]", "[agent.agent09]");
    reload(&office.place, &office.gateway).expect("taken");
    metric_becomes(office.gateway.operations, LEFT, 2).await;
    becomes_locked_out(port, &laptop).await;
    becomes_locked_out(port, &desktop).await;
    assert!(Device::of(port, &staff).await.is_some(), "not ours");

    // Whoever comes back signs in again.
    change(&office.place, "[agent.agent09]", "[agent.agent01]");
    reload(&office.place, &office.gateway).expect("taken");
    let again = office.enrolled("laptop-1").await;
    assert!(Device::of(port, &again).await.is_some());
    office.gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_left_while_the_gateway_was_off_is_removed_when_it_starts() {
    let office = Office::open().await;
    let port = office.broker.plain;
    let laptop = office.enrolled("laptop-1").await;
    let Office {
        gateway,
        broker,
        place,
        ..
    } = office;
    gateway.stop().await;
    assert!(Device::of(port, &laptop).await.is_some(), "nobody looked");
    change(&place, "[agent.agent01]", "[agent.agent09]");
    let gateway = place.start().await;
    metric_becomes(gateway.operations, LEFT, 1).await;
    becomes_locked_out(broker.plain, &laptop).await;
    gateway.stop().await;
}
