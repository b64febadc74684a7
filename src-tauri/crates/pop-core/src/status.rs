//! How the product itself is doing, in our own words: connections, the listener, the day, files.
//!
//! The engine keeps it up to date; the window draws it. One interaction's state is the desk's.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::action::ActionKind;
use crate::bundle::Expiry;
use crate::desk::{Item, Phase, PopId};
use crate::fault::Fault;
use crate::interaction::Channel;
use crate::language::Language;
use crate::life::FollowUp;
use crate::moment::Moment;
use crate::profile::ConnectionId;
use crate::settings::{FileFault, Settings};
use crate::stream::StreamFault;
use crate::write::WriteState;

/// Everything about the product itself that people see.
#[derive(Clone, Debug)]
pub struct Status {
    /// Grows with every change.
    pub seq: u32,
    /// The settings in force.
    pub settings: Settings,
    /// The language that this computer speaks.
    pub system_language: Language,
    /// Dotted names of the settings that machine policy or the bundle has set.
    pub locked: Vec<String>,
    /// Those of them that the organisation's bundle has set.
    pub by_bundle: Vec<String>,
    /// The organisation's bundle; `None` where none is distributed to this desktop.
    pub bundle: Option<BundleStatus>,
    /// The connected CRMs, the most important first.
    pub connections: Vec<ConnectionStatus>,
    /// The loopback listener.
    pub listener: ListenerStatus,
    /// The events that come from a gateway through its broker.
    pub gateway: GatewayStatus,
    /// Which secrets of the way to a broker are kept.
    pub way_kept: WayKept,
    /// Permanent notices.
    pub banners: Vec<Banner>,
    /// Today's interactions, newest first.
    pub today: Vec<Past>,
    /// The customers whom the agent keeps at hand, the last used first.
    pub pinned: Vec<AtHand>,
    /// The customers of the last interactions who are not among them, the newest first.
    pub recent: Vec<AtHand>,
    /// Until when pops are paused.
    pub paused: Option<Moment>,
    /// How long it usually takes from the event to the confirmed customer.
    pub typical_pop: Option<Duration>,
    /// Mistakes in settings and definition files.
    pub file_faults: Vec<FileFault>,
    /// What was refused or dropped since the start, by code.
    pub refusals: BTreeMap<&'static str, u64>,
    /// What waits to be sent, and what has ended of late; oldest first.
    pub queue: Vec<Item>,
}

impl Status {
    /// Whether what waits to be sent survives the end of this run.
    pub fn keeps(&self) -> bool {
        !self.banners.iter().any(Banner::forgets)
    }

    /// The language that people read.
    pub fn language(&self) -> Language {
        self.settings.appearance.language.on(self.system_language)
    }

    /// What people call a connection.
    pub fn label<'s>(&'s self, connection: &'s ConnectionId) -> &'s str {
        self.connection(connection)
            .map_or(&connection.0, |status| &status.label)
    }

    /// Whether anything of the product itself is broken.
    pub fn has_problem(&self) -> bool {
        let broken = |connection: &ConnectionStatus| connection.fault.is_some();
        self.connections.iter().any(broken) || !self.file_faults.is_empty()
    }

    /// Whether the organisation has set a setting, or anything in it.
    pub fn locks(&self, name: &str) -> bool {
        let mut locked = self.locked.iter();
        locked.any(|locked| {
            let rest = locked.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// When a connection that could not answer is asked again, or what waits is sent again: the
    /// earlier.
    pub fn next_try(&self) -> Option<Moment> {
        let connections = self.connections.iter().filter_map(|status| status.next_try);
        let items = self.queue.iter().filter_map(|item| match &item.state {
            Some(WriteState::Waiting { attempts, next, .. }) if *attempts > 0 => Some(*next),
            _ => None,
        });
        connections.chain(items).min()
    }

    /// A connection.
    pub fn connection(&self, connection: &ConnectionId) -> Option<&ConnectionStatus> {
        self.connections
            .iter()
            .find(|status| status.id == *connection)
    }
}

/// Which secrets of the way to a broker are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WayKept {
    /// The password or token of a broker without enrolment.
    pub broker: bool,
    /// The proxy's password.
    pub proxy: bool,
}

/// One connected CRM.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one line of the health page, and they combine freely"
)]
pub struct ConnectionStatus {
    /// Its name in the settings.
    pub id: ConnectionId,
    /// Its name for people.
    pub label: String,
    /// The definition's name.
    pub crm: String,
    /// The server's address.
    pub address: String,
    /// Whether it is the embedded sandbox.
    pub sandbox: bool,
    /// Whether machine policy set it.
    pub managed: bool,
    /// How long the last answer took.
    pub latency: Option<Duration>,
    /// Whether it is slower than usual.
    pub slow: bool,
    /// When it was last heard of: an answer, or that there was none.
    pub heard: Option<Moment>,
    /// When somebody must sign in again, where that is known.
    pub sign_in_ends: Option<Moment>,
    /// Who is signed in, as the CRM says.
    pub signed_in_as: Option<String>,
    /// What the last answer said, if it was a failure.
    pub fault: Option<Fault>,
    /// When it is asked again by itself, if it could not answer.
    pub next_try: Option<Moment>,
    /// Whether it has a page that lists what is searched for.
    pub opens_search: bool,
    /// Whether the company of its customers can be opened.
    pub opens_accounts: bool,
    /// What can be done in it.
    pub actions: Vec<ActionKind>,
    /// Until when the CRM wants to be left alone, because it was asked too often.
    pub waits_until: Option<Moment>,
    /// What may still be asked, as far as the CRM says so.
    pub allowances: Vec<Allowance>,
}

/// How much of one kind a CRM lets us ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// What it is about and for how long, for people.
    pub label: String,
    /// How much is left.
    pub left: u64,
    /// How much there is in all.
    pub limit: Option<u64>,
    /// When the CRM said so.
    pub at: Moment,
}

/// The organisation's bundle on this desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleStatus {
    /// Where it comes from.
    pub from: String,
    /// The one in force.
    pub active: Option<ActiveBundle>,
    /// When it was last looked for.
    pub checked: Option<Moment>,
    /// A newer version that is for others at first, and for how many in a hundred people.
    pub waiting: Option<(u32, u8)>,
    /// Why the latest was not taken, or could not be reached.
    pub trouble: Option<BundleTrouble>,
}

/// The bundle in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveBundle {
    /// Whose it is.
    pub tenant: String,
    /// Its version.
    pub version: u32,
    /// For how many in a hundred people it is.
    pub percent: u8,
    /// Since when it is in force here.
    pub since: Moment,
    /// What is new, in the admin's words.
    pub note: Option<String>,
    /// The fingerprints of the keys that signed it.
    pub signed_by: Vec<String>,
    /// When it ends.
    pub ends: Moment,
    /// How far that is.
    pub expiry: Expiry,
    /// Until when it may still be taken back by itself.
    pub probation: Option<Moment>,
}

/// Why a bundle was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleTrouble {
    /// The code, such as `E_CFG_SIG`.
    pub code: &'static str,
    /// The version, where it is known.
    pub version: Option<u32>,
    /// Why, in words.
    pub why: String,
    /// When.
    pub at: Moment,
}

/// The loopback listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenerStatus {
    /// Switched off.
    Off,
    /// Listening.
    On {
        /// Where.
        address: String,
        /// How many deliveries were accepted since the start.
        accepted: u64,
        /// When the last one came.
        last: Option<Moment>,
    },
    /// Switched on, but it cannot listen; why, in words.
    Failed(String),
}

/// The events that come from a gateway through its broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayStatus {
    /// None is set up.
    Off,
    /// The person is signing in with the browser.
    SigningIn {
        /// The gateway's address.
        gateway: String,
    },
    /// The broker is being reached for the first time.
    Connecting {
        /// The broker's address.
        broker: String,
    },
    /// Events are heard.
    Connected {
        /// The broker's address.
        broker: String,
        /// The agent and device that are signed in.
        account: String,
        /// Since when.
        since: Moment,
        /// How many events came since the start.
        accepted: u64,
        /// When the last one came.
        last: Option<Moment>,
        /// Whether another device of this agent leads, so that nothing opens by itself here.
        follows: bool,
    },
    /// Nothing is heard.
    Broken {
        /// The address that was tried, or the gateway's.
        place: String,
        /// Why.
        fault: StreamFault,
        /// Since when.
        since: Moment,
        /// Whether the sign-in can be ended here.
        signed_in: bool,
    },
}

/// A permanent notice on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banner {
    /// Nothing is kept beyond this run (rule K6); why, in words.
    MemoryOnly(String),
    /// The keychain waits to be unlocked (rule K4).
    KeychainLocked,
    /// The kept secrets could not be opened and were set aside: sign in again.
    SecretsRefused,
    /// A connection goes to plain http on this computer (rule N5).
    LoopbackHttp(ConnectionId),
    /// The store could not be opened; why, in words.
    NothingKept(String),
    /// What waits to be sent fills its room (rule Q8); how much of it, in percent.
    OutboxFilling(u8),
    /// The agent quits, and so many writes would be lost with this run.
    Unsent(u32),
    /// A sign-in that only a person renews is over in so many whole days.
    SignInEnds {
        /// Of which connection; `None`: the one at the gateway.
        of: Option<ConnectionId>,
        /// Days.
        days: u32,
    },
}

impl Banner {
    /// Whether nothing that waits to be sent survives the end of this run.
    fn forgets(&self) -> bool {
        match self {
            Self::MemoryOnly(_) | Self::KeychainLocked | Self::NothingKept(_) => true,
            Self::SecretsRefused
            | Self::SignInEnds { .. }
            | Self::LoopbackHttp(_)
            | Self::OutboxFilling(_)
            | Self::Unsent(_) => false,
        }
    }
}

/// A customer whom the search offers before a word is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtHand {
    /// The connection that knows the customer.
    pub connection: ConnectionId,
    /// The id there.
    pub id: String,
    /// The name, as it was last seen.
    pub name: String,
    /// What tells the customer from others, or what the last interaction was about.
    pub line: String,
}

/// One interaction of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The engine's number of it, for showing it again.
    pub number: u32,
    /// The card, if it is still on screen.
    pub pop: Option<PopId>,
    /// When it came.
    pub at: Moment,
    /// The channel.
    pub channel: Channel,
    /// The customer's name, if it is known.
    pub name: Option<String>,
    /// What it was about.
    pub reason: Option<String>,
    /// How it ended.
    pub phase: Phase,
    /// Whether its customer can be shown again.
    pub can_reopen: bool,
    /// Why somebody has to be called back, until the agent says that it is done.
    pub follow_up: Option<FollowUp>,
    /// Whether it is over and how it went was not said, although that is asked.
    pub not_logged: bool,
}
