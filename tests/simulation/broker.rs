//! The broker of a shift: MQTT 5 over plain TCP on this computer, as far as the desktop speaks it.
//!
//! What it knows (`sessions`) outlives the program, as a broker's does. Its connections are tasks
//! beside the program's own, so that it is seen when nothing happens any more, and what comes late
//! comes by the shift's time.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard};

use pop_core::clock::Clock as _;
use pop_core::secret::Secret;
use pop_core::settings::{Broker as Settings, Topics};
use pop_doubles::mqtt;
use pop_source::broker::Backoff;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

use crate::sessions::{Message, Sessions, Step};
use crate::time::SharedTime;
use pop_tests::dice::Dice;

/// Events come here.
pub(crate) const INTERACTIONS: &str = "sp/v1/acme/agents/agent01/interactions";
/// What the desktop is asked for comes here.
pub(crate) const CONTROL: &str = "sp/v1/acme/agents/agent01/control";
/// The desktop says here what became of events.
pub(crate) const ACK: &str = "sp/v1/acme/agents/agent01/ack";
/// The desktop says here that it is there.
pub(crate) const PRESENCE: &str = "sp/v1/acme/agents/agent01/presence";

pub(crate) const USER: &str = "acme.agent01.desk";
pub(crate) const PASSWORD: &str = "open-sesame-of-the-broker";

pub(crate) struct Broker {
    time: SharedTime,
    door: TcpListener,
    sessions: Mutex<Sessions>,
}

/// A connection while it is served; it is over when this is gone, also when the program is killed.
struct Line {
    broker: Arc<Broker>,
    number: u64,
}

impl Broker {
    pub(crate) fn new(time: SharedTime, dice: Dice) -> Self {
        let door = TcpListener::bind("127.0.0.1:0").unwrap();
        door.set_nonblocking(true).unwrap();
        Self {
            sessions: Mutex::new(Sessions::new(dice)),
            door,
            time,
        }
    }

    /// What it knows now.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Sessions> {
        let mut sessions = self.sessions.lock().unwrap();
        sessions.is_now(self.time.passed());
        sessions
    }

    /// What the agent fills in to be connected.
    pub(crate) fn settings(&self) -> (Settings, Secret) {
        let settings = Settings {
            urls: vec![format!("mqtt://{}", self.door.local_addr().unwrap())],
            username: USER.to_owned(),
            client_id: None,
            topics: Topics {
                interactions: INTERACTIONS.to_owned(),
                control: Some(CONTROL.to_owned()),
                ack: Some(ACK.to_owned()),
                presence: Some(PRESENCE.to_owned()),
            },
        };
        (settings, Secret::new(PASSWORD.to_owned()))
    }

    /// How long the desktop waits before it comes again: as random as everything else.
    pub(crate) fn backoff(self: &Arc<Self>) -> Backoff {
        let broker = Arc::clone(self);
        Backoff::new(move || broker.lock().share())
    }

    /// Serves whoever comes while the program runs.
    pub(crate) fn serve(self: &Arc<Self>, runtime: &Runtime) {
        let broker = Arc::clone(self);
        let _inside = runtime.enter();
        let door = self.door.try_clone().unwrap();
        let door = tokio::net::TcpListener::from_std(door).unwrap();
        runtime.spawn(async move {
            loop {
                let (stream, _) = door.accept().await.expect("somebody comes");
                stream.set_nodelay(true).unwrap();
                let number = broker.lock().comes();
                let broker = Arc::clone(&broker);
                tokio::spawn(Line { broker, number }.serve(stream));
            }
        });
    }

    /// A platform tells of something; whether the broker has anybody for whom to keep it.
    pub(crate) fn publish(&self, message: Message) -> bool {
        self.lock().publish(message)
    }
}

impl Line {
    async fn serve(self, mut stream: TcpStream) {
        let wake = self.broker.lock().wake_of(self.number);
        let (mut came, mut bytes) = (Vec::new(), [0; 4_096]);
        loop {
            let Step { says, ends, waits } = self.broker.lock().step(self.number);
            // Whoever is gone hears nothing; the next reading says so.
            let said = stream.write_all(&says).await;
            if ends || said.is_err() {
                return;
            }
            let until_due = async {
                match waits {
                    Some(wait) => self.broker.time.sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                read = stream.read(&mut bytes) => {
                    let Ok(1..) = read else {
                        return;
                    };
                    came.extend(&bytes[..read.unwrap_or_default()]);
                    while let Some((head, body)) = mqtt::take(&mut came) {
                        self.broker.lock().hear(self.number, head, &body);
                    }
                }
                () = wake.notified() => {}
                () = until_due => {}
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.broker.lock().goes(self.number);
    }
}
