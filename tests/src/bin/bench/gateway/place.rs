//! The gateway's program with settings for the bench.

use std::fmt::Write as _;

use pop_doubles::mosquitto::{GATEWAY, GATEWAY_PASSWORD, Mosquitto, TENANT};
use pop_tests::gateway::Gateway;

use super::Outcome;

/// The account of the desktops that listen.
pub(super) const USER: &str = "bench";
pub(super) const PASSWORD: &str = "a-long-random-value-of-the-bench";
/// The key by which the platform signs, as Standard Webhooks writes it.
pub(super) const SIGNING: &str = "whsec_NWU1ZTVlNWU1ZTVlNWU1ZTVlNWU1ZTVlNWU1ZTU=";

/// Starts the program with so many agents in its directory.
pub(super) fn start(broker: &Mosquitto, agents: usize) -> Outcome<Gateway> {
    let secrets = [
        ("store", &*"5e".repeat(32)),
        ("signing", SIGNING),
        ("broker", GATEWAY_PASSWORD),
    ];
    let settings = settings(broker.plain, agents)?;
    Ok(Gateway::start(
        &settings,
        &secrets,
        "--release -p pop-gateway",
    )?)
}

fn settings(broker: u16, agents: usize) -> Result<String, std::fmt::Error> {
    let mut text = format!(
        r#"
tenant = "{TENANT}"
[listen]
address = "127.0.0.1:0"
url = "https://hooks.acme.example"
[operations]
address = "127.0.0.1:0"
[store]
folder = "queue"
key = "store"
[broker]
url = "mqtt://127.0.0.1:{broker}"
client_id = "{GATEWAY}"
username = "{GATEWAY}"
password = "broker"
[source.glia]
path = "/glia"
mapping = "glia"
verify = "standard"
secrets = ["signing"]
"#
    );
    for agent in 0..agents {
        writeln!(text, "[agent.a{agent}]\nplatform_id.glia = \"op-{agent}\"")?;
    }
    Ok(text)
}
