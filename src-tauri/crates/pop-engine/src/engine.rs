//! The engine as others see it: started once, asked, stopped.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use pop_core::desk::{At, Command, Desk, OpenPolicy, Policy, PopId};
use pop_core::doctor::Report;
use pop_core::interaction::Event;
use pop_core::language::Language;
use pop_core::link::RecordUrl;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_core::ruling::Rules;
use pop_core::secret::Secret;
use pop_core::status::Past;
use pop_crm::{Definition, Traffic};
use pop_source::source::Steps;
use pop_store::{Keeping, Store, StoreHandle};
use tokio::sync::{mpsc, oneshot, watch};

use crate::bundle::Keeper;
use crate::by_hand::Way;
use crate::connections::{Connections, Sandbox};
use crate::definitions::Definitions;
use crate::doctor::Doctor;
use crate::files;
use crate::fleet::Fleet;
use crate::forgetting::PRUNE_EVERY;
use crate::gateway::Enrolled;
use crate::keep::Day;
use crate::ports::{Places, Ports};
use crate::probing::Probes;
use crate::recording::Recorder;
use crate::room::{Room, Secrets};
use crate::shown::first_status;
use crate::sources::Sources;
use crate::tick::{Ask, Connected, Enrolling, Found, Raise, Refused, Tick, Wanted};
use crate::timeline::Timelines;
use crate::turned_back::ClockWatch;
use crate::unkept::Unkept;
use crate::unseen::Unseen;
use crate::writing::start_outbox;

/// Ticks that may wait. The listener lets in at most 2,000 events a second and the loop takes one
/// in well under a millisecond: when this many wait, senders must feel it.
const WAITING: usize = 1_024;

/// How long the end may take: what is on its way to the disk gets there.
const END_WITHIN: Duration = Duration::from_secs(5);

/// Why the engine cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// Not even a store in memory could be made.
    #[error("there is no store, not even in memory: {0}")]
    NoStore(String),
}

/// A way to the running engine. It ends with [`Engine::stop`] or when the last one is dropped.
#[derive(Clone)]
pub struct Engine {
    ticks: mpsc::Sender<Tick>,
    /// The store's thread, until its end was awaited.
    store: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Engine {
    /// Starts the engine on the present tokio runtime.
    ///
    /// # Errors
    /// When not even a store in memory can be made. Everything else that is wrong (settings,
    /// keychain, disk, listener) is shown in the status, and the pops go on.
    pub fn start(ports: Ports, places: Places) -> Result<Self, StartFault> {
        let stamp = files::stamp(&places);
        // Where the bundle comes from, no bundle says.
        let alone = files::read(&places, None);
        let distribution = &alone.loaded.settings.distribution;
        let bundle = Keeper::open(&places, distribution, ports.clock.now());
        let read = files::read(&places, bundle.bundle());
        let definitions = Arc::new(Definitions::read(&places, bundle.bundle()));
        let (store, nothing_kept) = open_store(&places)?;
        let (store, thread) =
            StoreHandle::start(store).map_err(|error| StartFault::NoStore(error.to_string()))?;
        let status = first_status(read.loaded, ports.desktop.language());
        let policy = Policy {
            open: OpenPolicy::Never,
            open_outbound: OpenPolicy::Never,
            agent_id: status.settings.agent.id.clone(),
            agent_email: status.settings.agent.email.clone(),
            connections: Vec::new(),
            already: Vec::new(),
            wrap_up: (&status.settings.wrap_up).into(),
            saved_copy: status.settings.history.saved_copy(),
            rules: Rules::of(&status.settings.rules),
        };
        let (ticks, queue) = mpsc::channel(WAITING);
        let (outbox, roads) = start_outbox(&store, &ports.clock, &ticks);
        let now = ports.clock.now();
        let room = Room {
            phone_rules: status.settings.phone.rules(),
            desk: Desk::new(Policy {
                open: status.settings.pop.open.into(),
                open_outbound: status.settings.pop.open_outbound(),
                ..policy.clone()
            }),
            ports,
            recorder: Recorder::in_folder(&places.data),
            fleet: Fleet::default(),
            places,
            status,
            connections: Connections::default(),
            traffic: Arc::new(Traffic::default()),
            store,
            secrets: Secrets::Opening,
            sandbox: Sandbox::Off,
            held: Vec::new(),
            outgoing: Vec::new(),
            looks_again: false,
            at_once: Vec::new(),
            sources: Sources::default(),
            published: None,
            enrolled: Enrolled::default(),
            last_event: None,
            policy: watch::Sender::new(policy),
            settled: watch::Sender::new(false),
            day: Day::default(),
            pins: Vec::new(),
            timelines: Timelines::default(),
            dropped: BTreeMap::new(),
            settings_faults: read.faults,
            definitions,
            bundle,
            stamp,
            nothing_kept,
            settle_at: None,
            unkept: Unkept::default(),
            unseen: Unseen::default(),
            prune_at: now.after(PRUNE_EVERY),
            clock: ClockWatch::new(now),
            unlock_next: false,
            signing_in: None,
            opening: Vec::new(),
            outbox,
            roads,
            warned: None,
            leaving: None,
            filling: None,
            asks_filling: false,
            doctor: Doctor::default(),
            probes: Probes::default(),
            ending: None,
            ticks: ticks.clone(),
        };
        tokio::spawn(room.run(queue));
        Ok(Self {
            ticks,
            store: Arc::new(Mutex::new(Some(thread))),
        })
    }

    /// Ends everything in order: no more events, what is under way is kept, the file is closed.
    pub async fn stop(&self) {
        // An engine that takes longer is left to the system.
        let _ = tokio::time::timeout(END_WITHIN, self.end()).await;
    }

    async fn end(&self) {
        let (done, ended) = oneshot::channel();
        if self.ticks.send(Tick::Stop(done)).await.is_err() || ended.await.is_err() {
            return;
        }
        let thread = self.store.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            // A store that fails while it closes is checked at the next start.
            let _ = tokio::task::spawn_blocking(|| thread.join()).await;
        }
    }

    /// Takes an event that did not come through the listener.
    pub async fn deliver(&self, event: Event, received: Moment) {
        let tick = Tick::Events {
            events: vec![event],
            ticket: None,
            received,
            steps: Steps::default(),
        };
        self.send(tick).await;
    }

    /// Takes a command line; how the window comes up.
    pub async fn arguments(&self, arguments: Vec<String>) -> Raise {
        self.ask(|reply| Ask::Arguments { arguments, reply })
            .await
            .unwrap_or(Raise::Stay)
    }

    /// Draws everything again.
    pub async fn redraw(&self) {
        self.send(Tick::Ask(Ask::Redraw)).await;
    }

    /// Looks for the organisation's bundle at once, because somebody says that there is a new one.
    pub async fn look_for_bundle(&self) {
        self.send(Tick::Ask(Ask::LookForBundle)).await;
    }

    /// Gives a command to a card.
    ///
    /// # Errors
    /// When the card is no longer as the agent saw it; nothing was done.
    pub async fn command(&self, command: Command) -> Result<(), Refused> {
        self.ask(|reply| Ask::Command { command, reply }).await?
    }

    /// Searches for customers by words, over all connections.
    ///
    /// # Errors
    /// When the organisation has switched that off.
    pub async fn search(&self, words: String) -> Result<Found, Refused> {
        self.ask(|reply| Ask::Search { words, reply }).await?
    }

    /// Lists what happened since a moment, newest first.
    pub async fn history(&self, since: Moment) -> Result<Vec<Past>, Refused> {
        self.ask(|reply| Ask::History { since, reply }).await
    }

    /// Keeps a card's customer at hand in the search, or no more.
    ///
    /// # Errors
    /// When the card is no longer as the agent saw it, or the disk refused; nothing was done.
    pub async fn pin(&self, at: At, wanted: bool) -> Result<(), Refused> {
        self.ask(|reply| Ask::Pin { at, wanted, reply }).await?
    }

    /// The address of the record of a card's customer, as it would be opened.
    ///
    /// # Errors
    /// When the card is no longer as the agent saw it, or there is no such address.
    pub async fn link(&self, at: At) -> Result<RecordUrl, Refused> {
        self.ask(|reply| Ask::Link { at, reply }).await?
    }

    /// Shows an interaction's customer again, fetched anew.
    ///
    /// # Errors
    /// When there is no such interaction, or its customer is not known.
    pub async fn reopen(&self, number: u32) -> Result<(), Refused> {
        self.ask(|reply| Ask::Reopen { number, reply }).await?
    }

    /// Takes an interaction off the list of those who have to be called back.
    ///
    /// # Errors
    /// When it is not on that list.
    pub async fn followed_up(&self, number: u32) -> Result<(), Refused> {
        self.ask(|reply| Ask::FollowedUp { number, reply }).await?
    }

    /// Changes one of the user's settings.
    ///
    /// # Errors
    /// When it is locked, unknown, or the value does not fit.
    pub async fn set(&self, name: String, value: serde_json::Value) -> Result<(), Refused> {
        self.ask(|reply| Ask::Set { name, value, reply }).await?
    }

    /// The CRMs that can be connected: those that come with the product, then those of this
    /// computer.
    pub async fn definitions(&self) -> Result<Vec<Definition>, Refused> {
        let definitions = self.ask(|reply| Ask::Definitions { reply }).await?;
        Ok(definitions.all())
    }

    /// Connects a CRM: tests it, and keeps it only when it answers.
    pub async fn connect(&self, wanted: Wanted) -> Result<Connected, Refused> {
        let wanted = Box::new(wanted);
        self.ask(|reply| Ask::Connect { wanted, reply }).await
    }

    /// Ends the sign-in that waits for the browser.
    pub async fn cancel_sign_in(&self) {
        self.send(Tick::Ask(Ask::CancelSignIn)).await;
    }

    /// Tests a connection.
    pub async fn test(&self, connection: ConnectionId) -> Result<Connected, Refused> {
        self.ask(|reply| Ask::Test { connection, reply }).await
    }

    /// Looks at a connection, or at this computer alone, and says what is wrong and why.
    ///
    /// # Errors
    /// When there is no such connection.
    pub async fn diagnose(&self, connection: Option<ConnectionId>) -> Result<Report, Refused> {
        self.ask(|reply| Ask::Diagnose { connection, reply })
            .await?
    }

    /// What was found last of a connection, without looking again.
    pub async fn last_report(&self, connection: ConnectionId) -> Result<Option<Report>, Refused> {
        self.ask(|reply| Ask::LastReport { connection, reply })
            .await
    }

    /// Forgets a connection and its secret.
    ///
    /// # Errors
    /// When machine policy has set it, or the secret cannot be removed.
    pub async fn forget(&self, connection: ConnectionId) -> Result<(), Refused> {
        self.ask(|reply| Ask::Forget { connection, reply }).await?
    }

    /// Signs in to the gateway with the browser, and keeps the account that it gives this device.
    pub async fn sign_in_gateway(&self) -> Result<Enrolling, Refused> {
        self.ask(|reply| Ask::SignInGateway { reply }).await
    }

    /// Signs out of the gateway.
    ///
    /// # Errors
    /// When the account cannot be forgotten.
    pub async fn sign_out_gateway(&self) -> Result<(), Refused> {
        self.ask(|reply| Ask::SignOutGateway { reply }).await?
    }

    /// Goes another way to the broker, and keeps its secret; without one the kept one stays.
    /// Returns what is wrong with which field, and then nothing has changed.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn set_way(
        &self,
        way: Way,
        secret: Option<Secret>,
    ) -> Result<Vec<(&'static str, String)>, Refused> {
        let way = Box::new(way);
        self.ask(|reply| Ask::SetWay { way, secret, reply }).await?
    }

    /// Tries to reach the gateway's broker now: the person asks, or the network is another one.
    pub async fn hurry_gateway(&self) {
        self.send(Tick::Ask(Ask::HurryGateway)).await;
    }

    /// Lets a locked keychain ask its user.
    pub async fn unlock(&self) {
        self.send(Tick::Ask(Ask::Unlock)).await;
    }

    /// Pauses pops for this long; no time: no longer.
    pub async fn pause(&self, time: Duration) {
        self.send(Tick::Ask(Ask::Pause(time))).await;
    }

    /// Notes that the window painted a snapshot.
    pub async fn painted(&self, pop: PopId, seq: u32, at: Moment) {
        self.send(Tick::Painted { pop, seq, at }).await;
    }

    pub(crate) async fn ask<T>(
        &self,
        make: impl FnOnce(oneshot::Sender<T>) -> Ask,
    ) -> Result<T, Refused> {
        let (reply, answer) = oneshot::channel();
        self.send(Tick::Ask(make(reply))).await;
        // Nobody is left who knows the person's language.
        answer
            .await
            .map_err(|_| Refused::because(&Refusal::Ending, Language::default()))
    }

    async fn send(&self, tick: Tick) {
        // An engine that has ended takes nothing more.
        let _ = self.ticks.send(tick).await;
    }
}

/// The store in the profile's folder; in memory when that cannot be used, and why.
fn open_store(places: &Places) -> Result<(Store, Option<String>), StartFault> {
    match Store::open(&places.data, Keeping::MemoryOnly) {
        Ok(store) => Ok((store, None)),
        Err(error) => {
            tracing::error!(%error, "the store cannot be opened");
            let store =
                Store::in_memory().map_err(|fault| StartFault::NoStore(fault.to_string()))?;
            Ok((store, Some(error.to_string())))
        }
    }
}
