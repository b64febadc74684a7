//! An agent's computer: its folders, its keychain and its clock, on which the engine runs and runs
//! again.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pop_core::http::Http;
use pop_core::link::LoopbackOrigin;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::status::{Banner, ListenerStatus, Past};
use pop_crm::ReqwestHttp;
use pop_engine::ports::{Network, Places, Ports};
use pop_engine::{Connected, Engine, Wanted};
use pop_sandbox::Sandbox;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::clock::ShiftedClock;
use crate::keychain::{FakeKeychain, Mood};
use crate::screen::{Screen, Shown};
use crate::sender::Sender;
use crate::training::Embedded;

/// The folder of what is the machine's.
const MACHINE: &str = "machine";

pub(crate) struct Office {
    folder: TempDir,
    pub(crate) keychain: Arc<FakeKeychain>,
    pub(crate) clock: Arc<ShiftedClock>,
    pub(crate) training: Arc<Embedded>,
    /// The way out of this computer.
    pub(crate) network: Arc<dyn Network>,
}

/// The engine while it runs.
pub(crate) struct Run {
    pub(crate) engine: Engine,
    pub(crate) screen: Arc<Screen>,
    runtime: PathBuf,
}

impl Office {
    /// A listener on a free port, and no CRM.
    pub(crate) fn new() -> Self {
        let office = Self {
            folder: tempfile::tempdir().expect("a folder"),
            keychain: Arc::new(FakeKeychain::new(Mood::Open)),
            clock: Arc::new(ShiftedClock::new()),
            training: Arc::new(Embedded::new()),
            network: Arc::new(Loopback),
        };
        office.set(&json!({}));
        office
    }

    /// A listener on a free port, and the embedded CRM.
    pub(crate) fn with_sandbox() -> Self {
        let office = Self::new();
        office.set(&json!({ "sandbox": { "enabled": true } }));
        office
    }

    /// Writes the user's settings; the listener is always on.
    pub(crate) fn set(&self, settings: &Value) {
        let mut settings = settings.clone();
        settings["listener"] = json!({ "enabled": true, "port": 0 });
        self.write("settings.jsonc", &settings);
    }

    /// Writes the machine's policy.
    pub(crate) fn permit_plain_http(&self) {
        self.set_policy(&json!({}));
    }

    /// Writes the machine's policy; plain http is always permitted.
    pub(crate) fn set_policy(&self, policy: &Value) {
        let mut policy = policy.clone();
        policy["security"] = json!({ "allow_loopback_http": true });
        fs::create_dir_all(self.folder.path().join(MACHINE)).expect("a folder");
        self.write(&format!("{MACHINE}/policy.jsonc"), &policy);
    }

    /// Writes a definition file beside the user's settings; where it lies.
    pub(crate) fn define(&self, name: &str, text: &str) -> PathBuf {
        Self::write_definition(&self.folder.path().join("definitions"), name, text)
    }

    /// Writes a definition file beside the machine's policy; where it lies.
    pub(crate) fn define_for_all(&self, name: &str, text: &str) -> PathBuf {
        let folder = self.folder.path().join(MACHINE).join("definitions");
        Self::write_definition(&folder, name, text)
    }

    fn write_definition(folder: &Path, name: &str, text: &str) -> PathBuf {
        fs::create_dir_all(folder).expect("a folder");
        let path = folder.join(name);
        fs::write(&path, text).expect("written");
        path
    }

    fn write(&self, name: &str, settings: &Value) {
        fs::write(self.folder.path().join(name), settings.to_string()).expect("written");
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Makes the store's file look as if it were so long, which costs nothing: the rest is a hole.
    pub(crate) fn swell_store(&self, bytes: u64) {
        let path = self.data().join("store.db");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .expect("it was made");
        let mut head = [0; 18];
        file.read_exact(&mut head).expect("it has a head");
        assert!(head.starts_with(b"SQLite"), "and is not open");
        let page = u64::from(u16::from_be_bytes([head[16], head[17]]));
        let pages = u32::try_from(bytes / page).expect("so many");
        file.seek(SeekFrom::Start(28)).expect("the count of pages");
        file.write_all(&pages.to_be_bytes()).expect("written");
        file.set_len(u64::from(pages) * page).expect("a hole");
    }

    /// Everything in every file, as far as it is text.
    pub(crate) fn on_disk(&self) -> String {
        let mut all = String::new();
        for folder in [self.folder.path().to_owned(), self.data()] {
            for entry in fs::read_dir(folder).expect("a folder") {
                let bytes = fs::read(entry.expect("an entry").path()).unwrap_or_default();
                all.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
        all
    }

    /// Starts the engine and waits until it listens.
    pub(crate) async fn start(&self) -> Run {
        let run = self.begin();
        run.screen
            .until("a listener", |shown| {
                let listener = &shown.status.as_ref()?.listener;
                matches!(listener, ListenerStatus::On { .. }).then_some(())
            })
            .await;
        run
    }

    /// Starts the engine, whether it comes to listen or not.
    pub(crate) fn begin(&self) -> Run {
        let screen = Arc::new(Screen::new());
        let runtime = self.folder.path().join("run").join("listener.json");
        let ports = Ports {
            clock: self.clock.clone(),
            network: self.network.clone(),
            keychain: self.keychain.clone(),
            desktop: screen.clone(),
            training: self.training.clone(),
        };
        let places = Places {
            data: self.data(),
            settings: self.folder.path().join("settings.jsonc"),
            policy: self.folder.path().join(MACHINE).join("policy.jsonc"),
            runtime: Some(runtime.clone()),
            channel: "test",
        };
        let engine = Engine::start(ports, places).expect("it starts");
        Run {
            engine,
            screen,
            runtime,
        }
    }
}

impl Run {
    pub(crate) fn sender(&self) -> Sender {
        Sender::of(&self.runtime)
    }

    /// Waits until a banner is on screen.
    pub(crate) async fn banner(&self, banner: &Banner) {
        let is_there = |shown: &Shown| {
            let banners = &shown.status.as_ref()?.banners;
            banners.contains(banner).then_some(())
        };
        self.screen.until("a banner", is_there).await;
    }

    /// Everything in the history.
    pub(crate) async fn history(&self) -> Vec<Past> {
        let since = Moment::from_micros(0);
        self.engine.history(since).await.expect("it runs")
    }

    /// Connects a CRM as the form does.
    pub(crate) async fn connect(&self, crm: &Sandbox, label: &str, secret: &str) -> Connected {
        self.connect_again(None, crm, label, secret).await
    }

    /// Signs in to a connection again as the form does.
    pub(crate) async fn connect_again(
        &self,
        again: Option<ConnectionId>,
        crm: &Sandbox,
        label: &str,
        secret: &str,
    ) -> Connected {
        self.connect_by("rest", again, crm, label, secret).await
    }

    /// Connects the sandbox by a definition as the form does.
    pub(crate) async fn connect_by(
        &self,
        definition: &str,
        again: Option<ConnectionId>,
        crm: &Sandbox,
        label: &str,
        secret: &str,
    ) -> Connected {
        let wanted = Wanted {
            again,
            connection: settings::Connection {
                definition: definition.to_owned(),
                label: label.to_owned(),
                fields: [("server".to_owned(), crm.origin().into())].into(),
                method: "token".to_owned(),
                user: None,
                overlay: None,
                test_customer: None,
            },
            secret: Secret::new(secret.to_owned()),
        };
        self.engine.connect(wanted).await.expect("it runs")
    }

    pub(crate) async fn stop(self) {
        self.engine.stop().await;
    }
}

/// The real client, to this computer only.
struct Loopback;

impl Network for Loopback {
    fn client(&self, loopback: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String> {
        match ReqwestHttp::new(loopback) {
            Ok(http) => Ok(Arc::new(http)),
            Err(fault) => Err(fault.to_string()),
        }
    }
}

/// The settings' file of an office.
pub(crate) fn settings_of(office: &Office) -> String {
    let path: &Path = office.folder.path();
    fs::read_to_string(path.join("settings.jsonc")).expect("settings")
}
