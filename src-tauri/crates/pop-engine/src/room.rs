//! The engine's state, owned by its one task, and the loop over what happens.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::{Desk, Input, Policy, Question, Ticket};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::status::{Banner, Status};
use pop_crm::{Connection, Traffic};
use pop_source::runtime_file::Published;
use pop_store::{LockedVault, Pin, StoreHandle, Vault};
use tokio::sync::{mpsc, oneshot, watch};

use crate::asks::answer;
use crate::bundle::Keeper;
use crate::connections::{Connections, Parts, Reach, Sandbox};
use crate::definitions::Definitions;
use crate::files::{self, Stamp};
use crate::fleet::Fleet;
use crate::gateway::Enrolled;
use crate::keep::Day;
use crate::leaving::Warned;
use crate::opening::Underway;
use crate::outbox::{Outbox, Roads};
use crate::ports::{Places, Ports};
use crate::probing::Probes;
use crate::recording::Recorder;
use crate::sources::Sources;
use crate::tick::Tick;
use crate::timeline::{Arrived, Timelines};
use crate::turned_back::ClockWatch;
use crate::unkept::Unkept;
use crate::unseen::Unseen;

/// How often settings files and a locked keychain are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// How far back a start looks for interactions that already had their card.
const ALREADY: Duration = Duration::from_hours(24);

/// How long the end waits for what is on its way to a CRM.
const LANDS_WITHIN: Duration = Duration::from_secs(3);

/// The engine's state.
pub(crate) struct Room {
    pub(crate) ports: Ports,
    pub(crate) places: Places,
    pub(crate) desk: Desk,
    pub(crate) status: Status,
    pub(crate) connections: Connections,
    pub(crate) traffic: Arc<Traffic>,
    pub(crate) phone_rules: PhoneRules,
    pub(crate) store: StoreHandle,
    pub(crate) secrets: Secrets,
    pub(crate) sandbox: Sandbox,
    /// Questions to connections that are starting.
    pub(crate) held: Vec<(Ticket, Question)>,
    /// Questions of the desk's present wishes, on their way out.
    pub(crate) outgoing: Vec<(Arc<Connection>, Ticket, Question)>,
    pub(crate) opening: Vec<Underway>,
    /// Whether the agent is looking again: then no answer from a moment ago is good enough.
    pub(crate) looks_again: bool,
    /// What the desk is to be told as soon as its present wishes are carried out.
    pub(crate) at_once: Vec<Input>,
    pub(crate) sources: Sources,
    /// The file that tells where the listener is.
    pub(crate) published: Option<Published>,
    pub(crate) enrolled: Enrolled,
    pub(crate) last_event: Option<Moment>,
    pub(crate) policy: watch::Sender<Policy>,
    /// Whether the vault has answered, so that what is accepted is kept as it will be.
    pub(crate) settled: watch::Sender<bool>,
    pub(crate) day: Day,
    /// The customers whom the agent keeps at hand, the last used first.
    pub(crate) pins: Vec<Pin>,
    pub(crate) timelines: Timelines,
    pub(crate) recorder: Recorder,
    pub(crate) fleet: Fleet,
    pub(crate) dropped: BTreeMap<&'static str, u64>,
    pub(crate) settings_faults: Vec<pop_core::settings::FileFault>,
    pub(crate) definitions: Arc<Definitions>,
    pub(crate) bundle: Keeper,
    pub(crate) stamp: Stamp,
    pub(crate) nothing_kept: Option<String>,
    /// When a disk is asked again that did not take what was in memory as the vault was opened.
    pub(crate) settle_at: Option<Moment>,
    /// What the disk did not take.
    pub(crate) unkept: Unkept,
    /// Ends of interactions that never had a card here.
    pub(crate) unseen: Unseen,
    pub(crate) prune_at: Moment,
    pub(crate) clock: ClockWatch,
    /// Whether the user wants to unlock the keychain while it is being looked at.
    pub(crate) unlock_next: bool,
    /// Ends the sign-in that waits for the browser when it is dropped.
    pub(crate) signing_in: Option<oneshot::Sender<()>>,
    pub(crate) outbox: Outbox,
    pub(crate) roads: watch::Sender<Arc<dyn Roads>>,
    /// The connection whose sign-out would lose something, and since when the agent knows.
    pub(crate) warned: Option<(ConnectionId, Moment)>,
    /// That quitting would lose something, and since when the agent knows.
    pub(crate) leaving: Option<Warned>,
    /// How full the outbox is, in percent, from the warning on.
    pub(crate) filling: Option<u8>,
    /// Whether that is being asked.
    pub(crate) asks_filling: bool,
    pub(crate) doctor: crate::doctor::Doctor,
    pub(crate) probes: Probes,
    /// The sign-in that is over next, if a person should know by now.
    pub(crate) ending: Option<Banner>,
    pub(crate) ticks: mpsc::Sender<Tick>,
}

/// The vault, as far as it is open.
pub(crate) enum Secrets {
    Opening,
    Locked(Option<LockedVault>),
    Open {
        vault: Arc<Vault>,
        memory_only: Option<String>,
    },
}

impl Secrets {
    pub(crate) fn vault(&self) -> Option<&Arc<Vault>> {
        match self {
            Self::Open { vault, .. } => Some(vault),
            Self::Opening | Self::Locked(_) => None,
        }
    }
}

impl Room {
    /// Runs until it is told to stop.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Tick>) {
        self.begin().await;
        let clock = Arc::clone(&self.ports.clock);
        // By what has passed: a clock that is set back would put it off.
        let mut look = clock.sleep(LOOK_EVERY);
        loop {
            let deadline = self.desk.next_deadline();
            let wait = deadline.map_or(LOOK_EVERY, |deadline| deadline.since(clock.now()));
            let tick = tokio::select! {
                biased;
                tick = queue.recv() => tick,
                () = &mut look => {
                    look = clock.sleep(LOOK_EVERY);
                    Some(Tick::Look)
                }
                () = clock.sleep(wait) => Some(Tick::Desk(Input::Tick)),
            };
            match tick {
                Some(Tick::Stop(done)) => {
                    self.end().await;
                    // With it the store is given back.
                    drop(self);
                    let _ = done.send(());
                    return;
                }
                Some(tick) => self.take(tick).await,
                None => return self.end().await,
            }
        }
    }

    async fn begin(&mut self) {
        self.open_vault();
        self.switch_sandbox();
        self.switch_links().await;
        self.switch_listener().await;
        self.switch_gateway().await;
        self.reconnect().await;
        self.look_for_bundle().await;
    }

    async fn end(&mut self) {
        self.bundle.mark_running(false);
        self.published = None;
        self.sources.stop().await;
        self.keep(Vec::new()).await;
        // What is on its way lands, if the CRM answers in time; else the next start asks for it.
        let landed = tokio::time::timeout(LANDS_WITHIN, self.outbox.stop());
        if landed.await.is_err() {
            tracing::warn!("something was on its way at the end");
        }
        self.ports.training.stop().await;
    }

    async fn take(&mut self, tick: Tick) {
        match tick {
            Tick::Events {
                events,
                ticket,
                received,
                steps,
            } => {
                self.events(events, ticket, Arrived { received, steps })
                    .await;
            }
            Tick::Desk(input) => self.desk_input(input).await,
            Tick::Opened { record, outcome } => self.opened(&record, outcome).await,
            Tick::Answered {
                connection,
                took,
                fault,
                pop,
            } => {
                self.judge_by(&connection, fault.as_ref()).await;
                self.mark_answer(&connection, pop, fault.as_ref());
                self.answered(&connection, took, fault);
                self.complete_cards().await;
            }
            Tick::Wrote(report) => self.wrote(*report).await,
            Tick::Sought(sought) => self.sought(*sought),
            Tick::Diagnosed(report) => self.diagnosed(*report),
            Tick::Filled(fill) => self.filled(fill),
            Tick::Painted { pop, seq, at } => self.painted(pop, seq, at).await,
            Tick::Vault(state) => self.vault_opened(state).await,
            Tick::Training(access) => self.sandbox_started(access).await,
            Tick::Described { entries, reply } => {
                self.day.fill(entries.clone());
                // Whoever asked may be gone.
                let _ = reply.send(self.day.describe(&entries));
            }
            Tick::Searched {
                words,
                found,
                reply,
            } => answer(reply, Ok(self.with_known(&words, found))),
            Tick::Bundle(news) => self.bundle_news(*news).await,
            Tick::Source(news) => self.source_told(news).await,
            Tick::Look => self.look().await,
            Tick::Ask(ask) => self.ask(ask).await,
            Tick::Stop(_) => {}
        }
    }

    /// Reads the settings again and carries out what changed.
    pub(crate) async fn reload(&mut self) {
        self.stamp = files::stamp(&self.places);
        let mut read = files::read(&self.places, self.bundle.bundle());
        let distribution = &read.loaded.settings.distribution;
        if self.bundle.configure(distribution, self.ports.clock.now()) {
            read = files::read(&self.places, self.bundle.bundle());
        }
        self.settings_faults = read.faults;
        self.definitions = Arc::new(Definitions::read(&self.places, self.bundle.bundle()));
        let before = std::mem::replace(&mut self.status.settings, read.loaded.settings);
        self.status.locked = read.loaded.locked;
        self.status.by_bundle = read.loaded.by_bundle;
        let now = &self.status.settings;
        let (listener, sandbox) = (
            before.listener != now.listener,
            before.sandbox != now.sandbox,
        );
        let phones = before.phone != now.phone;
        self.phone_rules = now.phone.rules();
        let gateway = before.source != now.source || before.security != now.security;
        if listener || phones {
            self.switch_listener().await;
        }
        if phones {
            self.switch_links().await;
        }
        if gateway || phones {
            self.switch_gateway().await;
        }
        if sandbox {
            self.switch_sandbox();
        }
        self.reconnect().await;
    }

    async fn look(&mut self) {
        if files::stamp(&self.places) != self.stamp {
            self.reload().await;
        }
        let now = self.ports.clock.now();
        self.look_at_the_clock(now);
        if self.status.paused.is_some_and(|until| until <= now) {
            self.status.paused = None;
            self.follow_policy().await;
        }
        if now >= self.prune_at {
            self.prune().await;
        }
        self.retry_vault();
        self.settle_again().await;
        self.keep_signed_in();
        self.probe();
        self.complete_cards().await;
        self.seek_unseen();
        self.take_erasing().await;
        self.note_endings();
        self.look_for_bundle().await;
        self.forget_warning();
        self.ask_filling();
        self.draw_status();
        self.report_to_fleet();
    }

    /// Builds the connections from what is known now, and asks those that can be asked at last.
    pub(crate) async fn reconnect(&mut self) {
        let ready = self.rebuild();
        self.follow_policy().await;
        for connection in ready {
            self.desk_input(Input::Ready(connection)).await;
        }
        self.send_held().await;
        self.hurry_unseen();
        self.draw_status();
    }

    /// Tells the desk what it may do from now on.
    pub(crate) async fn follow_policy(&mut self) {
        self.desk_input(Input::Policy(self.desk_policy(Vec::new())))
            .await;
        self.draw_status();
    }

    /// Builds the connections; those that could not be asked before and can be asked now.
    fn rebuild(&mut self) -> Vec<ConnectionId> {
        let before = std::mem::take(&mut self.status.connections);
        let vault = self.secrets.vault().cloned();
        let built = self.parts(vault.as_ref()).build();
        let ready = built.connections.ready_since(&self.connections);
        self.connections = built.connections;
        self.status.connections = built.status;
        for status in &mut self.status.connections {
            if let Some(known) = before.iter().find(|known| known.id == status.id) {
                status.latency = known.latency;
                status.heard = known.heard;
                status.signed_in_as.clone_from(&known.signed_in_as);
                let as_before =
                    self.connections.get(&status.id).is_some() && !ready.contains(&status.id);
                if as_before {
                    status.fault.clone_from(&known.fault);
                }
            }
        }
        self.status.file_faults = self.settings_faults.clone();
        let others = self.definitions.faults.iter().chain(&self.bundle.faults);
        for fault in others.cloned().chain(built.faults) {
            // A file is wrong once, however many connections name it.
            if !self.status.file_faults.contains(&fault) {
                self.status.file_faults.push(fault);
            }
        }
        self.status.banners = self.banners(built.plain);
        let policy = self.desk_policy(Vec::new());
        self.policy.send_replace(policy);
        self.open_roads();
        ready
    }

    pub(crate) fn parts<'p>(&'p self, vault: Option<&'p Arc<Vault>>) -> Parts<'p> {
        Parts {
            settings: &self.status.settings,
            definitions: &self.definitions,
            locked: &self.status.locked,
            vault,
            unsigned: self.unsigned(),
            sandbox: &self.sandbox,
            phone_rules: &self.phone_rules,
            clock: &self.ports.clock,
            traffic: &self.traffic,
            network: self.ports.network.as_ref(),
            before: &self.connections,
        }
    }

    /// How a connection is reached whose sign-in is not there: it may still come.
    fn unsigned(&self) -> Reach {
        let not = |kind| Reach::Not(Fault::new(kind, self.ports.clock.now()));
        match self.secrets {
            Secrets::Opening => Reach::Starting,
            Secrets::Locked(_) => not(FaultKind::KeychainLocked),
            Secrets::Open { .. } => not(FaultKind::SignInNeeded),
        }
    }

    /// The moment from which on interactions count as already shown.
    pub(crate) fn already_since(&self) -> Moment {
        let span = i64::try_from(ALREADY.as_micros()).unwrap_or(i64::MAX);
        Moment::from_micros(self.ports.clock.now().micros().saturating_sub(span))
    }
}
