//! No double: a real Mosquitto, started from the very settings that an administrator copies.
//!
//! `docs/brokers/mosquitto.md` explains the files under `pop-gateway/deploy/mosquitto`. Only what
//! must differ on a machine of tests is changed (ports, addresses, folders), and a line that is not
//! found is a fault: then the page and the tests no longer speak of the same file.

use std::fs;
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const SETTINGS: &str =
    include_str!("../../../src-tauri/crates/pop-gateway/deploy/mosquitto/screenpop.conf");
const ACCOUNTS: &str =
    include_str!("../../../src-tauri/crates/pop-gateway/deploy/mosquitto/accounts.sh");

/// The tenant whose topics the gateway's account may use.
pub const TENANT: &str = "acme";
/// The account of the gateway, which is its client id as well.
pub const GATEWAY: &str = "screenpop-gateway";
/// Its password.
pub const GATEWAY_PASSWORD: &str = "a-long-random-value-of-the-gateway";

const ADMINISTRATOR_PASSWORD: &str = "a-long-random-value-of-nobody-else";
/// Everything here takes milliseconds; only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A broker. It ends when it is dropped.
pub struct Mosquitto {
    /// MQTT on this computer, for the gateway.
    pub plain: u16,
    /// MQTT over TLS, for desktops.
    pub tls: u16,
    /// MQTT over secure WebSocket, for desktops.
    pub web: u16,
    folder: TempDir,
    process: Child,
}

/// What a desktop connects with, as an enrolment hands it out.
#[derive(Clone, Debug)]
pub struct Account {
    /// The agent's id in the topics.
    pub agent: String,
    /// The user name, which is the client id as well.
    pub username: String,
    /// The password.
    pub password: String,
}

impl Account {
    /// One of the agent's four topics, for example `interactions`.
    pub fn topic(&self, what: &str) -> String {
        format!("sp/v1/{TENANT}/agents/{}/{what}", self.agent)
    }
}

impl Mosquitto {
    /// Starts a broker with the documented settings and accounts.
    pub fn start() -> io::Result<Self> {
        Self::start_with(&[])
    }

    /// Starts one with other lines in place of some of the documented ones.
    pub fn start_with(changes: &[(&str, &str)]) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (plain, tls, web) = (free_port()?, free_port()?, free_port()?);
        let path = folder.path().display();
        let mut settings = SETTINGS.to_owned();
        for (line, instead) in [
            (
                "listener 1883 127.0.0.1",
                &*format!("listener {plain} 127.0.0.1"),
            ),
            (
                "listener 8883 0.0.0.0",
                &format!("listener {tls} 127.0.0.1"),
            ),
            ("listener 443 0.0.0.0", &format!("listener {web} 127.0.0.1")),
            ("/var/lib/mosquitto/", &format!("{path}/")),
            ("/etc/mosquitto/certs/", &format!("{path}/")),
        ]
        .into_iter()
        .chain(changes.iter().copied())
        {
            if !settings.contains(line) {
                return Err(failed(format!("{line:?} is not in screenpop.conf")));
            }
            settings = settings.replace(line, instead);
        }
        fs::create_dir(folder.path().join("conf.d"))?;
        fs::write(folder.path().join("conf.d/screenpop.conf"), settings)?;
        // What Debian's own file says, and that it need not change its user.
        let main = format!(
            "user root\npersistence true\npersistence_location {path}/\n\
             log_dest file {path}/mosquitto.log\ninclude_dir {path}/conf.d\n"
        );
        fs::write(folder.path().join("mosquitto.conf"), main)?;
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
        fs::write(folder.path().join("chain.pem"), made.cert.pem())?;
        fs::write(
            folder.path().join("key.pem"),
            made.signing_key.serialize_pem(),
        )?;
        run(Command::new("mosquitto_ctrl")
            .args(["dynsec", "init"])
            .arg(folder.path().join("dynamic-security.json"))
            .args(["administrator", ADMINISTRATOR_PASSWORD]))?;
        let process = launch(folder.path(), plain)?;
        let broker = Self {
            plain,
            tls,
            web,
            folder,
            process,
        };
        broker.make_accounts()?;
        Ok(broker)
    }

    /// The certificate to trust, in PEM.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("chain.pem")
    }

    /// What the broker wrote into its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("mosquitto.log")).unwrap_or_default()
    }

    /// The accounts that its dynamic-security plugin has written down.
    pub fn accounts(&self) -> String {
        fs::read_to_string(self.folder.path().join("dynamic-security.json")).unwrap_or_default()
    }

    /// The memory that it holds, in KiB.
    pub fn resident(&self) -> u64 {
        resident(self.id())
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it without warning.
    pub fn kill(&mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(drop)
    }

    /// Loses every session, as a broker does that is killed before it wrote them down.
    pub fn forget_sessions(&mut self) -> io::Result<()> {
        self.kill()?;
        match fs::remove_file(self.folder.path().join("mosquitto.db")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Waits until what it wrote down holds something.
    pub fn wait_until_kept(&self, text: &[u8]) -> io::Result<()> {
        let begun = Instant::now();
        loop {
            // It is not there before it was written for the first time.
            let kept = fs::read(self.folder.path().join("mosquitto.db")).unwrap_or_default();
            if kept.windows(text.len()).any(|part| part == text) {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(failed("the broker wrote nothing down".to_owned()));
            }
            thread::yield_now();
        }
    }

    /// Starts it again where it was, with what it had kept.
    pub fn start_again(&mut self) -> io::Result<()> {
        self.process = launch(self.folder.path(), self.plain)?;
        Ok(())
    }

    /// Makes a device's account as the gateway does: bound to its client id, with literal topics.
    pub fn enrol(&self, agent: &str, device: &str) -> io::Result<Account> {
        let account = Account {
            agent: agent.to_owned(),
            username: format!("{TENANT}.{agent}.{device}"),
            password: format!("a-long-random-value-of-{agent}-{device}"),
        };
        let allow = |kind: &str, what: &str| json!({ "acltype": kind, "topic": account.topic(what), "allow": true });
        let rights = json!([
            allow("subscribeLiteral", "interactions"),
            allow("subscribeLiteral", "control"),
            allow("unsubscribeLiteral", "interactions"),
            allow("unsubscribeLiteral", "control"),
            allow("publishClientReceive", "interactions"),
            allow("publishClientReceive", "control"),
            allow("publishClientSend", "ack"),
            allow("publishClientSend", "presence"),
        ]);
        let (name, role) = (&account.username, format!("agent.{agent}"));
        self.control(&json!({ "commands": [
            { "command": "createRole", "rolename": role, "acls": rights },
            { "command": "createClient", "username": name, "clientid": name,
              "password": account.password, "roles": [{ "rolename": role }] },
        ] }))?;
        Ok(account)
    }

    /// Gives an account of the test's own these rights, as (kind, topic).
    pub fn allow(&self, name: &str, password: &str, rights: &[(&str, &str)]) -> io::Result<()> {
        let right = |(kind, topic): &(&str, &str)| json!({ "acltype": kind, "topic": topic, "allow": true });
        let rights: Vec<_> = rights.iter().map(right).collect();
        self.control(&json!({ "commands": [
            { "command": "createRole", "rolename": name, "acls": rights },
            { "command": "createClient", "username": name, "password": password,
              "roles": [{ "rolename": name }] },
        ] }))
    }

    /// Has the administrator give the dynamic-security plugin commands.
    pub fn command(&self, commands: &[Value]) -> io::Result<()> {
        self.control(&json!({ "commands": commands }))
    }

    fn control(&self, commands: &Value) -> io::Result<()> {
        let mut client = Command::new("mosquitto_pub")
            .args(["-h", "127.0.0.1", "-p", &self.plain.to_string()])
            // Not as the gateway, which may be connected.
            .args(["-u", "administrator", "-P", ADMINISTRATOR_PASSWORD])
            .args(["-V", "mqttv5", "-q", "1", "-s"])
            .args(["-t", "$CONTROL/dynamic-security/v1"])
            .stdin(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = client.stdin.take() {
            input.write_all(commands.to_string().as_bytes())?;
        }
        let ended = client.wait()?;
        ended
            .success()
            .then_some(())
            .ok_or_else(|| failed(format!("mosquitto_pub: {ended}")))
    }

    fn make_accounts(&self) -> io::Result<()> {
        let place = self.folder.path();
        fs::write(place.join("accounts.sh"), ACCOUNTS)?;
        fs::write(place.join("administrator"), ADMINISTRATOR_PASSWORD)?;
        fs::write(place.join("gateway"), GATEWAY_PASSWORD)?;
        run(Command::new("sh")
            .current_dir(place)
            .args(["accounts.sh", TENANT, "administrator", "gateway"])
            .arg(self.plain.to_string()))
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.kill();
    }
}

/// The memory that a process holds, in KiB; 0 when there is none.
pub fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// A port that nobody has. It lies below those that the system gives away by itself, so that it is
/// still free when a broker that was killed comes back.
pub fn free_port() -> io::Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 10_240 + u16::try_from(std::process::id() % 190).unwrap_or_default() * 50;
    for _ in 0..50 {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 50;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err(failed(format!("no port is free from {first} on")))
}

fn launch(folder: &Path, port: u16) -> io::Result<Child> {
    let mut process = Command::new("/usr/sbin/mosquitto")
        .arg("-c")
        .arg(folder.join("mosquitto.conf"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if begun.elapsed() > PATIENCE || process.try_wait()?.is_some() {
            // It may have ended already.
            let _ = process.kill();
            let log = fs::read_to_string(folder.join("mosquitto.log")).unwrap_or_default();
            return Err(failed(format!("the broker does not listen: {log}")));
        }
        thread::yield_now();
    }
    Ok(process)
}

fn run(command: &mut Command) -> io::Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(format!("{command:?}: {}: {said}", output.status)))
}

fn failed(what: String) -> io::Error {
    io::Error::other(what)
}
