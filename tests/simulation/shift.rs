//! One shift: an agent's computer with the whole program on it, on virtual time.
//!
//! The program is started, killed and started again here, and time passes. What people, servers and
//! the world do meanwhile is in `acts`, what must hold in `checks`.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock as _;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_doubles::zammad::{ACCESS_TOKEN, CUSTOMER_NUMBER};
use pop_doubles::{Call, Vendor as _};
use pop_engine::ports::{Access, Places, Ports, Training};
use pop_engine::{Connected, Engine, Refused, Wanted};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::acts::Known;
use crate::admin::Admin;
use crate::broker::{Broker, PASSWORD};
use crate::checks::Told;
use crate::crms::Crms;
use crate::keychain::Keys;
use crate::quiet::Threads;
use crate::screen::Screen;
use crate::time::{SharedTime, Time};
use crate::wires::{Net, Wires};
use pop_tests::dice::Dice;

/// Longer than anything takes on a computer that does not hang.
const HANGS: Duration = Duration::from_mins(1);

/// A bundle counts longer than any shift.
const BUNDLES_LAST: Duration = Duration::from_hours(24 * 100);

/// Something that is broken on purpose, so that it is seen that its check sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// What was kept is lost when the program is killed.
    Disk,
    /// The network brings everything twice, also what must not be repeated.
    Twice,
    /// The platform means somebody else than it says.
    Somebody,
    /// One of the CRMs is not among the configured ones.
    Origin,
    /// Something that stands in every address is taken for a credential.
    Secret,
    /// Something that lies on the disk is taken for a credential.
    Lying,
    /// A lookup is called late as soon as it is asked.
    Deadline,
    /// The network never gets better.
    Forever,
    /// The organisation trusts also a stranger's key.
    Careless,
    /// The broker takes messages for confirmed that it has not sent.
    Hasty,
    /// One of the broker's topics is not among the configured ones.
    Topic,
    /// The broker never comes back.
    Away,
}

pub(crate) struct Shift {
    pub(crate) dice: Dice,
    pub(crate) time: SharedTime,
    pub(crate) wires: Arc<Wires>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) screen: Arc<Screen>,
    /// Where events may come from beside the listener.
    pub(crate) broker: Option<Arc<Broker>>,
    /// What happens to and by the broker, so that a shift without one stays as it is.
    pub(crate) dice_of_broker: Dice,
    pub(crate) folder: TempDir,
    pub(crate) running: Option<Running>,
    pub(crate) broken: Option<Broken>,
    /// Who has been in touch.
    pub(crate) known: Vec<Known>,
    pub(crate) told: Told,
    /// What happened, for whoever has to find out why.
    pub(crate) story: Vec<String>,
    pub(crate) wrongs: Vec<String>,
}

/// The program while it runs.
pub(crate) struct Running {
    pub(crate) runtime: Runtime,
    pub(crate) engine: Engine,
}

impl Shift {
    /// The program is installed and connected to both CRMs.
    pub(crate) fn begin(seed: u64, broken: Option<Broken>) -> Self {
        let time = Arc::new(Time::default());
        let crms = Arc::new(Crms::new());
        let mut dice = Dice::new(seed);
        let of_wires = Dice::new(dice.any());
        let zammad = format!("https://{}", crms.zammad.hosts()[0]);
        let ends = time.now().after(BUNDLES_LAST);
        let admin = Admin::new(ends, zammad);
        let mut wires = Wires::new(crms, admin, Arc::clone(&time), of_wires);
        wires.doubles_all = broken == Some(Broken::Twice);
        wires.is_narrow = broken == Some(Broken::Origin);
        if broken == Some(Broken::Secret) {
            wires.also_look_for("my.salesforce.com");
        }
        wires.also_look_for(PASSWORD);
        let mut dice_of_broker = Dice::new(!seed);
        let has_broker = broken.is_some() || dice_of_broker.happens(70);
        let of_sessions = Dice::new(dice_of_broker.any());
        let broker = has_broker.then(|| Arc::new(Broker::new(Arc::clone(&time), of_sessions)));
        if let Some(broker) = &broker {
            broker.lock().is_narrow = broken == Some(Broken::Topic);
        }
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            TempDir::new_in(memory)
        } else {
            TempDir::new()
        };
        let mut shift = Self {
            dice,
            time,
            wires: Arc::new(wires),
            keys: Arc::new(Keys::default()),
            screen: Arc::new(Screen::default()),
            broker,
            dice_of_broker,
            folder: folder.unwrap(),
            running: None,
            broken,
            known: Vec::new(),
            told: Told::default(),
            story: Vec::new(),
            wrongs: Vec::new(),
        };
        shift.write_policy();
        shift.write_settings(&json!({ "source": { "gateway": { "proxy": { "url": "" } } } }));
        shift.start();
        shift.sign_in(None);
        shift.connect_zammad(None);
        shift.connect_broker();
        shift
    }

    pub(crate) fn say(&mut self, what: impl Into<String>) {
        let at = self.time.passed() / 1_000;
        self.story.push(format!("{at:>9} ms  {}", what.into()));
    }

    /// Starts the program and waits until it has settled.
    pub(crate) fn start(&mut self) {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let ports = Ports {
            clock: self.time.clone(),
            network: Arc::new(Net {
                wires: Arc::clone(&self.wires),
                broker: self.broker.clone(),
            }),
            keychain: self.keys.clone(),
            desktop: self.screen.clone(),
            training: Arc::new(NoTraining),
        };
        let places = Places {
            data: self.data(),
            settings: self.settings(),
            policy: self.policy(),
            runtime: Some(self.runtime_file()),
            channel: "simulation",
        };
        if let Some(broker) = &self.broker {
            broker.serve(&runtime);
        }
        let engine = {
            let _inside = runtime.enter();
            Engine::start(ports, places).expect("it starts")
        };
        self.running = Some(Running { runtime, engine });
        self.settle();
    }

    /// The program dies, as it does when its process is killed.
    pub(crate) fn kill(&mut self) {
        if let Some(Running { runtime, engine }) = self.running.take() {
            drop(engine);
            drop(runtime);
        }
        Threads::until_none_is_called("store");
        Threads::until_none_is_called("store-check");
        self.screen.close();
        if self.broken == Some(Broken::Disk) {
            for name in ["store.db", "store.db-wal", "store.db-shm"] {
                // Whichever there are.
                let _ = fs::remove_file(self.data().join(name));
            }
        }
    }

    /// The program ends in order.
    pub(crate) fn quit(&mut self) {
        if let Some(running) = self.running.take() {
            running.runtime.block_on(running.engine.stop());
        }
        self.screen.close();
    }

    /// Waits until nothing happens any more, while time stands.
    pub(crate) fn settle(&mut self) {
        if let Some(running) = &self.running {
            running.runtime.block_on(Threads::default().quiet());
        }
        self.hear_what_was_confirmed();
    }

    /// Does something that needs no time to pass.
    pub(crate) fn at_once<T>(&mut self, does: impl AsyncFnOnce(&Engine) -> T) -> Option<T> {
        let running = self.running.as_ref()?;
        let done = running
            .runtime
            .block_on(async { tokio::time::timeout(HANGS, does(&running.engine)).await });
        if done.is_err() {
            self.wrongs.push("the program hangs".to_owned());
        }
        done.ok()
    }

    /// Does something while time passes as far as it is waited for.
    fn in_time<T>(&mut self, does: impl AsyncFnOnce(&Engine) -> T) -> T {
        let running = self.running.as_ref().expect("it runs");
        let time = Arc::clone(&self.time);
        let passes = async move {
            let mut threads = Threads::default();
            loop {
                threads.quiet().await;
                if let Some(next) = time.next() {
                    time.move_to(next);
                }
            }
        };
        running.runtime.block_on(async {
            tokio::select! {
                done = does(&running.engine) => done,
                () = passes => unreachable!("time has no end"),
            }
        })
    }

    /// Lets time pass; whoever waits meanwhile wakes in turn.
    pub(crate) fn pass(&mut self, micros: i64) {
        let until = self.time.passed() + micros;
        self.settle();
        while let Some(next) = self.time.next().filter(|next| *next <= until) {
            self.time.move_to(next);
            self.settle();
            self.check_cards();
        }
        self.time.move_to(until);
        self.settle();
        self.check_cards();
    }

    /// The agent signs in to Salesforce with the browser.
    pub(crate) fn sign_in(&mut self, again: Option<ConnectionId>) {
        let crms = Arc::clone(&self.wires.crms);
        let first = settings::Connection {
            definition: "salesforce".to_owned(),
            label: "Salesforce".to_owned(),
            fields: [
                ("client_id".to_owned(), "screenpop-client".into()),
                ("key_field".to_owned(), "Interaction_Id__c".into()),
            ]
            .into(),
            method: "browser".to_owned(),
            user: None,
            overlay: Some("[auth.browser]\nports = []\n".to_owned()),
            test_customer: None,
        };
        let wanted = self.wanted(again, first, "");
        let screen = Arc::clone(&self.screen);
        screen.lock().sign_ins.clear();
        let connected = self.in_time(async |engine| {
            let person = async {
                let address = loop {
                    if let Some(address) = screen.lock().sign_ins.pop() {
                        break address;
                    }
                    tokio::task::yield_now().await;
                };
                agree(&crms, &address).await;
                std::future::pending::<()>().await;
            };
            tokio::select! {
                connected = engine.connect(wanted) => connected,
                () = person => unreachable!("a person waits"),
            }
        });
        self.connected("Salesforce", connected);
    }

    /// The agent gives Zammad's token.
    pub(crate) fn connect_zammad(&mut self, again: Option<ConnectionId>) {
        let server = format!("https://{}", self.wires.crms.zammad.hosts()[0]);
        let first = settings::Connection {
            definition: "zammad".to_owned(),
            label: "Zammad".to_owned(),
            fields: [
                ("server".to_owned(), server.into()),
                ("external_id_field".to_owned(), CUSTOMER_NUMBER.into()),
            ]
            .into(),
            method: "token".to_owned(),
            user: None,
            overlay: None,
            test_customer: None,
        };
        let wanted = self.wanted(again, first, ACCESS_TOKEN);
        let connected = self.in_time(async |engine| engine.connect(wanted).await);
        self.connected("Zammad", connected);
    }

    /// Whoever signs in again does it to the connection as it is set now.
    fn wanted(
        &self,
        again: Option<ConnectionId>,
        first: settings::Connection,
        secret: &str,
    ) -> Wanted {
        let set = &self.screen.lock().connections;
        let known = again.as_ref().and_then(|again| set.get(&again.0));
        Wanted {
            connection: known.cloned().unwrap_or(first),
            again,
            secret: Secret::new(secret.to_owned()),
        }
    }

    fn connected(&mut self, name: &str, connected: Result<Connected, Refused>) {
        let why = match connected {
            Ok(Connected::Yes { .. }) => return self.say(format!("the agent signs in to {name}")),
            Ok(Connected::Refused(fields)) => format!("{fields:?}"),
            Ok(Connected::NotSignedIn { why, .. }) => format!("{why:?}"),
            Ok(Connected::Failed { fault, .. }) => format!("{fault:?}"),
            Ok(Connected::Cancelled) => "it was given up".to_owned(),
            Err(refused) => refused.why,
        };
        self.wrongs.push(format!("no sign-in to {name}: {why}"));
    }
}

/// The person in the browser agrees, and the browser comes back to this computer.
async fn agree(crms: &Crms, address: &str) {
    let address = Url::parse(address).expect("an address");
    let mut pairs = address.query_pairs();
    let redirect = pairs.find(|(name, _)| name == "redirect_uri").unwrap().1;
    crms.salesforce.oauth().register(&redirect);
    let host = address.host_str().unwrap();
    let target = format!("{}?{}", address.path(), address.query().unwrap());
    let answer = crms.answer(&Call::new("GET", host, &target)).unwrap();
    let back = Url::parse(answer.header("location").expect("sent back")).unwrap();
    let port = back.port().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!(
        "GET {}?{} HTTP/1.1\r\nhost: {}:{port}\r\nconnection: close\r\n\r\n",
        back.path(),
        back.query().unwrap(),
        back.host_str().unwrap(),
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut page = Vec::new();
    // The page may be cut off when the sign-in is over.
    let _ = stream.read_to_end(&mut page).await;
}

/// No embedded CRM in a shift.
struct NoTraining;

#[async_trait]
impl Training for NoTraining {
    async fn start(&self) -> Result<Access, String> {
        Err("not in a simulation".to_owned())
    }

    async fn stop(&self) {}
}
