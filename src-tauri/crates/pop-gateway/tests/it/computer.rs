//! An agent's computer: the real engine with real files and a real CRM, its window a recorder.
//!
//! What is passed in is what the shell passes in, but for the certificate of the test's broker,
//! which no system trusts, and a keychain in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::desk::{Desk, Matching, Pop, PopId};
use pop_core::http::{Http, Method, Request, Response};
use pop_core::interaction::InteractionKey;
use pop_core::link::{LoopbackOrigin, RecordUrl};
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::status::{GatewayStatus, Status};
use pop_core::stream::StreamFault;
use pop_crm::{ReqwestHttp, SignInAddress, SystemClock};
use pop_doubles::Direct;
use pop_engine::ports::{Access, Desktop, Network, Places, Ports, Training};
use pop_engine::{Engine, Enrolling};
use pop_sandbox::{Options, Sandbox};
use pop_source::broker::Trust;
use pop_store::{Key, KeyName, Keychain, KeychainError, Lock, Mark};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::{Mutex as Turns, watch};

use crate::kit::PATIENCE;

const TOKEN: &str = "token-of-the-embedded-crm";

/// The computer; the engine can be started on it again and again.
pub(crate) struct Computer {
    folder: TempDir,
    keychain: Arc<Keys>,
    pub(crate) clock: Arc<Shifted>,
    network: Arc<Loopback>,
    crm: Arc<Crm>,
}

/// The engine while it runs.
pub(crate) struct Run {
    pub(crate) engine: Engine,
    pub(crate) screen: Arc<Screen>,
}

impl Computer {
    /// One whose settings name the gateway, and that trusts the broker.
    pub(crate) fn new(gateway: &str, authority: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, value: serde_json::Value| {
            fs::write(folder.path().join(name), value.to_string()).expect("written");
        };
        write(
            "settings.jsonc",
            json!({ "source": { "gateway": { "url": gateway } }, "sandbox": { "enabled": true } }),
        );
        write(
            "policy.jsonc",
            json!({ "security": { "allow_loopback_http": true } }),
        );
        let certificate = CertificateDer::from_pem_file(authority).expect("a certificate");
        Self {
            folder,
            keychain: Arc::default(),
            clock: Arc::new(Shifted(watch::Sender::new(Duration::ZERO))),
            network: Arc::new(Loopback(certificate)),
            crm: Arc::default(),
        }
    }

    /// Where its files are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the engine.
    pub(crate) fn start(&self) -> Run {
        let screen = Arc::new(Screen::default());
        let ports = Ports {
            clock: self.clock.clone(),
            network: self.network.clone(),
            keychain: self.keychain.clone(),
            desktop: screen.clone(),
            training: self.crm.clone(),
        };
        let place = |name: &str| self.folder.path().join(name);
        let places = Places {
            data: place("data"),
            settings: place("settings.jsonc"),
            policy: place("policy.jsonc"),
            runtime: None,
            channel: "test",
        };
        let engine = Engine::start(ports, places).expect("it starts");
        Run { engine, screen }
    }
}

impl Run {
    /// Signs in with the browser, as a person does who agrees to everything; the device's account.
    pub(crate) async fn sign_in(&self) -> String {
        let Enrolling::Yes(account) = self.try_to_sign_in().await else {
            panic!("somebody signs in");
        };
        self.hears().await;
        account
    }

    /// The same; how it ended, whatever the issuer sends the browser back with.
    pub(crate) async fn try_to_sign_in(&self) -> Enrolling {
        self.screen
            .is_deaf("nobody is signed in", StreamFault::SignInNeeded)
            .await;
        let before = self.screen.lock().sign_ins.len();
        let browser = async {
            let address = self
                .screen
                .until("a sign-in", |shown| shown.sign_ins.get(before).cloned());
            let answer = get(address.await).await;
            let back = answer.header("location").expect("sent back").to_owned();
            assert_eq!(get(back).await.status, 200, "the page says that it is over");
        };
        let (enrolled, ()) = tokio::join!(self.engine.sign_in_gateway(), browser);
        enrolled.expect("it runs")
    }

    /// Waits until the broker is heard.
    pub(crate) async fn hears(&self) {
        let heard = self.screen.until("the broker", |shown| {
            let gateway = &shown.status.as_ref()?.gateway;
            matches!(gateway, GatewayStatus::Connected { .. }).then_some(())
        });
        // The random wait of a start is for thousands, not for one.
        self.engine.hurry_gateway().await;
        heard.await;
    }

    pub(crate) async fn stop(self) {
        self.engine.stop().await;
    }
}

async fn get(url: String) -> Response {
    let request = Request {
        method: Method::Get,
        url,
        headers: Vec::new(),
        body: None,
        limit: PATIENCE,
        max_body: 1 << 16,
    };
    Direct::default().send(request).await.expect("a page")
}

/// What is on screen, what was handed to the browser, and all that ever was on screen.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    pub(crate) cards: BTreeMap<PopId, Pop>,
    /// The cards that each interaction ever had.
    pub(crate) ever: BTreeMap<String, BTreeSet<PopId>>,
    pub(crate) opened: Vec<String>,
    status: Option<Status>,
    sign_ins: Vec<String>,
}

impl Shown {
    /// How many cards an interaction ever had.
    pub(crate) fn pops(&self, interaction: &str) -> usize {
        self.ever.get(interaction).map_or(0, BTreeSet::len)
    }
}

/// The window, the browser and the notifications.
pub(crate) struct Screen {
    shown: Mutex<Shown>,
    changed: watch::Sender<()>,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            shown: Mutex::default(),
            changed: watch::Sender::new(()),
        }
    }
}

impl Screen {
    pub(crate) fn now(&self) -> Shown {
        self.lock().clone()
    }

    /// Waits until the screen shows something.
    pub(crate) async fn until<T>(&self, what: &str, find: impl Fn(&Shown) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let found = async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = find(&self.lock()) {
                    return found;
                }
                changed.changed().await.expect("the screen is there");
            }
        };
        tokio::time::timeout(PATIENCE, found)
            .await
            .unwrap_or_else(|_| {
                let shown = self.now();
                let gateway = shown.status.map(|status| status.gateway);
                panic!("not shown: {what}; {gateway:?}, {:?}", shown.ever)
            })
    }

    /// Waits until an interaction has its card.
    pub(crate) async fn card(&self, interaction: &str) {
        let has = |shown: &Shown| (shown.pops(interaction) > 0).then_some(());
        self.until(interaction, has).await;
    }

    /// Waits until an interaction's card shows this customer for sure.
    pub(crate) async fn customer(&self, interaction: &str, id: &str) {
        let found = |shown: &Shown| {
            let mut cards = shown.cards.values();
            let card =
                cards.find(|pop| pop.key.as_ref().is_some_and(|key| key.id == interaction))?;
            matches!(&card.matching, Matching::One { customer, sure: true } if customer.id == id)
                .then_some(())
        };
        self.until(interaction, found).await;
    }

    /// Waits until so many records were opened.
    pub(crate) async fn records(&self, count: usize) {
        let opened = |shown: &Shown| (shown.opened.len() >= count).then_some(());
        self.until("records", opened).await;
    }

    /// Waits until nothing is heard for this reason.
    pub(crate) async fn is_deaf(&self, what: &str, expected: StreamFault) {
        let deaf = |shown: &Shown| {
            let gateway = &shown.status.as_ref()?.gateway;
            matches!(gateway, GatewayStatus::Broken { fault, .. } if *fault == expected)
                .then_some(())
        };
        self.until(what, deaf).await;
    }

    /// Waits until nothing is heard: which side of a connection notices first decides why.
    pub(crate) async fn is_deaf_somehow(&self, what: &str) {
        let deaf = |shown: &Shown| {
            let gateway = &shown.status.as_ref()?.gateway;
            matches!(gateway, GatewayStatus::Broken { .. }).then_some(())
        };
        self.until(what, deaf).await;
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("no panic")
    }

    fn change(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.lock());
        self.changed.send_replace(());
    }
}

impl Desktop for Screen {
    fn show(&self, pop: &Pop, _: &Desk, _: &Status) {
        self.change(|shown| {
            if let Some(key) = &pop.key {
                let cards = shown.ever.entry(key.id.clone()).or_default();
                cards.insert(pop.id);
            }
            shown.cards.insert(pop.id, pop.clone());
        });
    }

    fn gone(&self, pop: PopId) {
        self.change(|shown| {
            shown.cards.remove(&pop);
        });
    }

    fn status(&self, status: &Status) {
        self.change(|shown| shown.status = Some(status.clone()));
    }

    fn open(&self, url: &RecordUrl) -> Result<(), String> {
        self.change(|shown| shown.opened.push(url.as_str().to_owned()));
        Ok(())
    }

    fn sign_in(&self, address: &SignInAddress) -> Result<(), String> {
        self.change(|shown| shown.sign_ins.push(address.as_str().to_owned()));
        Ok(())
    }

    fn notify(&self, _: PopId) {}

    fn since_input(&self) -> Option<Duration> {
        None
    }

    fn hush(&self, _: PopId) {}

    fn completed(&self, _: &InteractionKey, _: &[Mark]) {}
}

/// The machine's clock, which can be wrong.
pub(crate) struct Shifted(watch::Sender<Duration>);

impl Shifted {
    /// Puts the clock forward.
    pub(crate) fn forward(&self, by: Duration) {
        self.0.send_modify(|shift| *shift += by);
    }
}

#[async_trait]
impl Clock for Shifted {
    fn now(&self) -> Moment {
        SystemClock.now().after(*self.0.borrow())
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }
}

/// The real client, to this computer only, and trust in one broker.
struct Loopback(CertificateDer<'static>);

impl Network for Loopback {
    fn client(&self, loopback: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String> {
        let http = ReqwestHttp::new(loopback).map_err(|fault| fault.to_string())?;
        Ok(Arc::new(http))
    }

    fn trust(&self) -> Result<Trust, StreamFault> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.clone()).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Trust::by(config))
    }
}

/// A keychain in memory.
#[derive(Default)]
struct Keys(Mutex<HashMap<KeyName, [u8; 32]>>);

impl Keychain for Keys {
    fn lock(&self) -> Result<Lock, KeychainError> {
        Ok(Lock::Open)
    }

    fn read(&self, name: &KeyName) -> Result<Key, KeychainError> {
        let keys = self.0.lock().expect("no panic");
        let bytes = keys.get(name).ok_or(KeychainError::NotFound)?;
        Key::from_bytes(bytes).ok_or(KeychainError::NotFound)
    }

    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError> {
        let bytes = *key.expose("the fake keeps it");
        let mut keys = self.0.lock().expect("no panic");
        keys.insert(name.clone(), bytes);
        Ok(())
    }

    fn delete(&self, name: &KeyName) -> Result<(), KeychainError> {
        let removed = self.0.lock().expect("no panic").remove(name);
        removed.map(drop).ok_or(KeychainError::NotFound)
    }
}

/// The embedded CRM.
#[derive(Default)]
struct Crm(Turns<Option<Sandbox>>);

#[async_trait]
impl Training for Crm {
    async fn start(&self) -> Result<Access, String> {
        let mut running = self.0.lock().await;
        if running.is_none() {
            let mut options = Options::new(TOKEN);
            options.customers = 10;
            *running = Some(Sandbox::start(options).await.expect("the CRM starts"));
        }
        let origin = running.as_ref().expect("just started").origin();
        let port = origin.rsplit(':').next().and_then(|port| port.parse().ok());
        Ok(Access {
            origin: LoopbackOrigin::of_own_sandbox(port.ok_or("no port")?),
            token: Secret::new(TOKEN.to_owned()),
        })
    }

    async fn stop(&self) {
        if let Some(sandbox) = self.0.lock().await.take() {
            sandbox.stop().await;
        }
    }
}
