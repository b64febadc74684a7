//! The gateway's program with settings for the bench.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pop_doubles::mosquitto::{GATEWAY, GATEWAY_PASSWORD, Mosquitto, TENANT};
use pop_tests::programs::built;
use serde_json::Value;
use tempfile::TempDir;

use super::Outcome;

/// The account of the desktops that listen.
pub(super) const USER: &str = "bench";
pub(super) const PASSWORD: &str = "a-long-random-value-of-the-bench";
/// The key by which the platform signs, as Standard Webhooks writes it.
pub(super) const SIGNING: &str = "whsec_NWU1ZTVlNWU1ZTVlNWU1ZTVlNWU1ZTVlNWU1ZTU=";

/// The program while it runs.
pub(super) struct Gateway {
    /// Where platforms call.
    pub(super) webhooks: SocketAddr,
    child: Child,
    _folder: TempDir,
}

impl Gateway {
    /// Starts it with so many agents in its directory.
    pub(super) fn start(broker: &Mosquitto, agents: usize) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        for (name, text) in [
            ("store", "5e".repeat(32).as_str()),
            ("signing", SIGNING),
            ("broker", GATEWAY_PASSWORD),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, text)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        }
        let config = folder.path().join("gateway.toml");
        fs::write(&config, settings(broker.plain, agents)?)?;
        let program = built("pop-gateway", "--release -p pop-gateway")?;
        let mut child = Command::new(program)
            .args(["run", "--config"])
            .arg(&config)
            .env("CREDENTIALS_DIRECTORY", folder.path())
            .stderr(Stdio::piped())
            .spawn()?;
        let log = child.stderr.take().ok_or("the gateway has no log")?;
        let mut lines = BufReader::new(log).lines().map_while(Result::ok);
        let said = lines
            .find(|line| line.contains("listens"))
            .ok_or("the gateway did not start")?;
        // Somebody must go on reading, or the program would wait for room in the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let said: Value = serde_json::from_str(&said)?;
        let address = said
            .pointer("/fields/webhooks")
            .and_then(Value::as_str)
            .ok_or("no address")?;
        Ok(Self {
            webhooks: address.parse()?,
            child,
            _folder: folder,
        })
    }

    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }

    /// The time that it has had a processor.
    pub(super) fn busy(&self) -> Duration {
        super::busy(self.child.id())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
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
