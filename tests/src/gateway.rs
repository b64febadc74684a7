//! The gateway's program while it runs, with settings and secrets of whoever starts it, and the
//! whole way that a platform's interaction takes to a desktop: broker, issuer and gateway.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pop_core::http::{Http as _, Method, Request};
use pop_doubles::Direct;
use pop_doubles::issuer::Issuer;
use pop_doubles::mosquitto::{GATEWAY, GATEWAY_PASSWORD, Mosquitto, TENANT};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::programs::built;

/// The agent who is entered in the directory.
pub const AGENT: &str = "jordan.green@example.com";
const GLIA_KEY: &str = "a-long-random-value-of-glia";
const CALLER_KEY: &str = "a-long-random-value-of-the-ivr";
/// Nothing here is slow; only what fails waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program while it runs. It ends when it is dropped.
pub struct Gateway {
    /// Where platforms and desktops call.
    pub webhooks: SocketAddr,
    /// Where health and counters are.
    pub operations: SocketAddr,
    child: Child,
    _folder: TempDir,
}

impl Gateway {
    /// Starts it; `build` says how the program is built.
    pub fn start(settings: &str, secrets: &[(&str, &str)], build: &str) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        for (name, text) in secrets {
            let path = folder.path().join(name);
            fs::write(&path, text)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        }
        let config = folder.path().join("gateway.toml");
        fs::write(&config, settings)?;
        let mut child = Command::new(built("pop-gateway", build)?)
            .args(["run", "--config"])
            .arg(&config)
            .env("CREDENTIALS_DIRECTORY", folder.path())
            .stderr(Stdio::piped())
            .spawn()?;
        let log = child.stderr.take().ok_or_else(silent)?;
        let mut lines = BufReader::new(log).lines().map_while(Result::ok);
        let said = lines.find(|line| line.contains("listens"));
        let said: Value = serde_json::from_str(&said.ok_or_else(silent)?)?;
        // Somebody must go on reading, or the program would wait for room in the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let address = |name: &str| {
            let address = said.pointer(&format!("/fields/{name}"));
            let address = address.and_then(Value::as_str);
            address.and_then(|it| it.parse().ok()).ok_or_else(silent)
        };
        Ok(Self {
            webhooks: address("webhooks")?,
            operations: address("operations")?,
            child,
            _folder: folder,
        })
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The value of a counter or a gauge, named with its labels; 0 while it has none.
    pub fn metric(&self, name: &str) -> io::Result<f64> {
        let (_, page) = exchange(self.operations, "GET", "/metrics", "", "")?;
        let name = format!("screenpop_gateway_{name} ");
        let line = page.lines().find_map(|line| line.strip_prefix(&name));
        Ok(line
            .and_then(|value| value.parse().ok())
            .unwrap_or_default())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything between a platform and a desktop.
pub struct Relay {
    /// The program.
    pub gateway: Gateway,
    _broker: Mosquitto,
    _issuer: Issuer,
}

impl Relay {
    /// Starts a Mosquitto with the documented settings, an issuer at which the agent agrees at
    /// once, and a gateway for Glia.
    pub async fn start() -> io::Result<Self> {
        let broker = Mosquitto::start()?;
        let issuer = Issuer::start(&[]).await?;
        issuer.signs_in(AGENT);
        let secrets = [
            ("store", "5e".repeat(32)),
            ("glia", GLIA_KEY.to_owned()),
            ("ivr", CALLER_KEY.to_owned()),
            ("broker", GATEWAY_PASSWORD.to_owned()),
        ];
        let secrets = secrets
            .each_ref()
            .map(|(name, text)| (*name, text.as_str()));
        let settings = settings(broker.plain, &issuer.url);
        Ok(Self {
            gateway: Gateway::start(&settings, &secrets, "-p pop-gateway")?,
            _broker: broker,
            _issuer: issuer,
        })
    }

    /// What a desktop's settings say of it, as a member of their document.
    pub fn source(&self) -> Value {
        json!({ "gateway": { "url": format!("http://{}", self.gateway.webhooks) } })
    }

    /// Posts a body as Glia does; the status of the answer.
    pub fn post(&self, body: &Value) -> io::Result<u16> {
        let key = format!("authorization: {GLIA_KEY}\r\n");
        let body = body.to_string();
        Ok(exchange(self.gateway.webhooks, "POST", "/glia", &key, &body)?.0)
    }

    /// Asks where an interaction should go, as a telephone system does; the status of the answer.
    pub fn ask(&self, body: &Value) -> io::Result<u16> {
        let key = format!("authorization: Bearer {CALLER_KEY}\r\n");
        let body = body.to_string();
        Ok(exchange(self.gateway.webhooks, "POST", "/v1/route", &key, &body)?.0)
    }

    /// Tells desktops something, as whoever runs the gateway does; the status of the answer.
    pub fn tell(&self, body: &Value) -> io::Result<u16> {
        let body = body.to_string();
        Ok(exchange(self.gateway.operations, "POST", "/control", "", &body)?.0)
    }
}

/// What the person does whose browser is sent to a sign-in: they agree, and are sent back.
pub async fn agree(address: &str) -> io::Result<()> {
    let answer = get(address).await?;
    let back = answer.ok_or_else(|| io::Error::other("the issuer sends nobody back"))?;
    get(&back).await.map(drop)
}

/// Gets a page; where it sends the browser.
async fn get(url: &str) -> io::Result<Option<String>> {
    let request = Request {
        method: Method::Get,
        url: url.to_owned(),
        headers: Vec::new(),
        body: None,
        limit: PATIENCE,
        max_body: 1 << 16,
    };
    let response = Direct::default().send(request).await;
    let response = response.map_err(|fault| io::Error::other(format!("{url}: {fault:?}")))?;
    Ok(response.header("location").map(str::to_owned))
}

fn exchange(
    to: SocketAddr,
    method: &str,
    path: &str,
    fields: &str,
    body: &str,
) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(to)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n{fields}\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
    Ok((status.ok_or_else(silent)?, answer))
}

fn settings(broker: u16, issuer: &str) -> String {
    format!(
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
enrol = "mosquitto"
[enrolment]
issuer = "{issuer}"
urls = ["mqtt://127.0.0.1:{broker}"]
[source.glia]
path = "/glia"
mapping = "glia"
verify = "header"
header = "authorization"
secrets = ["glia"]
[route.caller.ivr]
secrets = ["ivr"]
[route.crm.main]
definition = "rest"
method = "token"
setting.server = "http://127.0.0.1:9"
secret.secret = "ivr"
[[route.rule]]
when = "matches > 1"
queue = "front-desk"
reason = "several customers share this number"
[agent.agent01]
email = "{AGENT}"
platform_id.glia = "op-1"
"#
    )
}

fn silent() -> io::Error {
    io::Error::other("the gateway did not start, or did not answer")
}
