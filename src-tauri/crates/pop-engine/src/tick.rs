//! Everything that can happen to the engine, as one closed list.

use std::sync::Arc;

use pop_core::desk::{At, Input, KnownCase, Place, PopId};
use pop_core::doctor::Report;
use pop_core::fault::Fault;
use pop_core::interaction::Event;
use pop_core::language::Language;
use pop_core::link::RecordUrl;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, Customer, RecordRef};
use pop_core::refusal::Refusal;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::status::Past;
use pop_crm::SignInFault;
use pop_source::source::Steps;
use pop_store::{Chain, EventTicket, HistoryEntry, KeptAudit, KeptItem, VaultState};
use tokio::sync::oneshot;

use crate::bundle::{EnrolAsk, News};
use crate::by_hand::Way;
use crate::definitions::Definitions;
use crate::deliveries::DeliveryAsk;
use crate::enrol_fault::EnrolFault;
use crate::forms::WritingAsk;
use crate::gateway::Account;
use crate::insight::InsightAsk;
use crate::outbox;
use crate::ports::Access;
use crate::unseen::Sought;

/// Something happened.
pub(crate) enum Tick {
    /// Events came in; the ticket says that they are kept until they are handled.
    Events {
        events: Vec<Event>,
        ticket: Option<EventTicket>,
        received: Moment,
        steps: Steps,
    },
    /// The desk has something to take: an answer, a command, time.
    Desk(Input),
    /// A record was opened, or could not be.
    Opened {
        record: RecordRef,
        outcome: Result<Place, String>,
    },
    /// A connection answered; for the status and the timeline.
    Answered {
        connection: ConnectionId,
        took: std::time::Duration,
        fault: Option<Fault>,
        /// For which card, if it was asked for one.
        pop: Option<ForPop>,
    },
    /// Something that is to be sent came further.
    Wrote(Box<outbox::Report>),
    /// The customer of an interaction that ended without a card was looked up.
    Sought(Box<Sought>),
    /// The doctor has looked.
    Diagnosed(Box<Report>),
    /// How full the outbox is: 1 is full.
    Filled(f64),
    /// The window painted a snapshot.
    Painted { pop: PopId, seq: u32, at: Moment },
    /// The vault is open, locked, or cannot be used.
    Vault(VaultState),
    /// The embedded CRM runs, or does not.
    Training(Result<Access, String>),
    /// The history was read for the window.
    Described {
        entries: Vec<HistoryEntry>,
        reply: oneshot::Sender<Vec<Past>>,
    },
    /// The connections have answered a search.
    Searched {
        words: String,
        found: Found,
        reply: oneshot::Sender<Result<Found, Refused>>,
    },
    /// The organisation's bundle was looked for.
    Bundle(Box<News>),
    /// A source has something to say beside its events.
    Source(pop_source::source::News),
    /// Look whether the settings files changed and whether the keychain was unlocked.
    Look,
    /// The window asks.
    Ask(Ask),
    /// End.
    Stop(oneshot::Sender<()>),
}

/// An answer that a card waits for.
#[derive(Clone, Copy)]
pub(crate) struct ForPop {
    pub(crate) pop: PopId,
    /// The mark of what was asked.
    pub(crate) asked: &'static str,
    /// How many were found or listed.
    pub(crate) count: usize,
}

/// What the window asks the engine itself, rather than the desk.
pub(crate) enum Ask {
    /// Draw everything again.
    Redraw,
    /// Look for the organisation's bundle at once.
    LookForBundle,
    /// Search for customers by words.
    Search {
        words: String,
        reply: oneshot::Sender<Result<Found, Refused>>,
    },
    /// Who is known by an e-mail address or a telephone number that is typed for a new customer.
    AlreadyThere {
        typed: String,
        reply: oneshot::Sender<Option<(ConnectionId, Customer)>>,
    },
    /// Take settings from an organisation, or look at them.
    Enrol(EnrolAsk),
    /// List what happened since a moment.
    History {
        since: Moment,
        reply: oneshot::Sender<Vec<Past>>,
    },
    /// Keep a card's customer at hand, or no more.
    Pin {
        at: At,
        wanted: bool,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// The address of the record of a card's customer.
    Link {
        at: At,
        reply: oneshot::Sender<Result<RecordUrl, Refused>>,
    },
    /// Open a connection's own page with what a search for a card's customer finds.
    OpenSearch {
        at: At,
        connection: ConnectionId,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Show an interaction's customer again.
    Reopen {
        number: u32,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Somebody was called back because of an interaction.
    FollowedUp {
        number: u32,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Change one of the user's settings.
    Set {
        name: String,
        value: serde_json::Value,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Tell which definitions there are.
    Definitions {
        reply: oneshot::Sender<Arc<Definitions>>,
    },
    /// Connect a CRM, or sign in to one again.
    Connect {
        wanted: Box<Wanted>,
        reply: oneshot::Sender<Connected>,
    },
    /// A connection was tested and may be kept.
    Keep {
        wanted: Box<Wanted>,
        name: Option<String>,
        /// What the browser's sign-in left to be kept.
        grant: Option<Secret>,
        reply: oneshot::Sender<Connected>,
    },
    /// End the sign-in that waits for the browser.
    CancelSignIn,
    /// Test a connection.
    Test {
        connection: ConnectionId,
        reply: oneshot::Sender<Connected>,
    },
    /// Look what is wrong with a connection, or with this computer alone.
    Diagnose {
        connection: Option<ConnectionId>,
        reply: oneshot::Sender<Result<Report, Refused>>,
    },
    /// Tell what was found last.
    LastReport {
        connection: ConnectionId,
        reply: oneshot::Sender<Option<Report>>,
    },
    /// Forget a connection and its secret.
    Forget {
        connection: ConnectionId,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Everything for a connection was tried once more: sign out, unless something is left.
    SignOut {
        connection: ConnectionId,
        left: usize,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Tell the lines of the audit after a number.
    Audit {
        after: i64,
        limit: usize,
        reply: oneshot::Sender<Result<(Vec<KeptAudit>, Chain), Refused>>,
    },
    /// Tell what is in the outbox.
    Outbox {
        wanted: pop_store::Wanted,
        limit: usize,
        reply: oneshot::Sender<Result<Vec<KeptItem>, Refused>>,
    },
    /// What other systems were told, or a decision about it.
    Delivery(DeliveryAsk),
    /// Quit, unless something would be lost of which the agent does not know.
    Leave {
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Everything was tried once more: so much would be lost.
    Left {
        left: u32,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Let the keychain ask its user.
    Unlock,
    /// A form, or what was filled in.
    Writing(WritingAsk),
    /// What happened, and why.
    Insight(InsightAsk),
    /// Pause pops for so long; no time: no longer.
    Pause(std::time::Duration),
    /// Sign in to the gateway with the browser.
    SignInGateway { reply: oneshot::Sender<Enrolling> },
    /// The sign-in to the gateway is over; without a reason the person gave up.
    KeepGateway {
        outcome: Result<Box<Account>, Option<EnrolFault>>,
        reply: oneshot::Sender<Enrolling>,
    },
    /// Sign out of the gateway.
    SignOutGateway {
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Go another way to the broker; says what is wrong with which field.
    SetWay {
        way: Box<Way>,
        secret: Option<Secret>,
        reply: oneshot::Sender<Result<Vec<(&'static str, String)>, Refused>>,
    },
    /// Try to reach the gateway's broker now.
    HurryGateway,
    /// A command to a card; refused when the card is not as it was seen.
    Command {
        command: pop_core::desk::Command,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// A link or a command line; says how the window comes up.
    Arguments {
        arguments: Vec<String>,
        reply: oneshot::Sender<Raise>,
    },
}

/// A CRM that the person wants to connect.
pub struct Wanted {
    /// The connection to sign in to again; `None`: a new one.
    pub again: Option<ConnectionId>,
    /// What is kept in the settings.
    pub connection: settings::Connection,
    /// What is kept in the vault: a token, key, password, or the secret of a client; empty where
    /// there is none, or where the kept one stays.
    pub secret: Secret,
}

/// What a search found.
#[derive(Default)]
pub struct Found {
    /// Customers with their connections, the most important connection first.
    pub customers: Vec<(ConnectionId, Customer)>,
    /// Open cases that are known without asking for each customer.
    pub cases: Vec<KnownCase>,
    /// Interactions of the day with one of these customers, or with the words.
    pub today: Vec<Past>,
    /// Connections that could not answer.
    pub faults: Vec<(ConnectionId, Fault)>,
}

/// How connecting went.
pub enum Connected {
    /// Connected and tested.
    Yes {
        /// The connection's name in the settings.
        connection: ConnectionId,
        /// Who is signed in, as the CRM says.
        signed_in_as: Option<String>,
    },
    /// What was filled in is not right: field and what is expected.
    Refused(Vec<(String, String)>),
    /// The CRM could not be asked.
    Failed {
        /// The name for people.
        label: String,
        /// Why.
        fault: Fault,
    },
    /// Nobody signed in with the browser.
    NotSignedIn {
        /// The name for people.
        label: String,
        /// Why.
        why: SignInFault,
        /// When that was clear.
        at: Moment,
    },
    /// The person gave up, or began anew.
    Cancelled,
}

/// How signing in to the gateway went.
pub enum Enrolling {
    /// Signed in; as whom.
    Yes(String),
    /// Not signed in.
    No {
        /// Why.
        why: EnrolFault,
        /// When that was clear.
        at: Moment,
    },
    /// The person gave up, or began anew.
    Cancelled,
}

/// How the window comes up after a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raise {
    /// It stays as it is.
    Stay,
    /// It is shown, but does not take the focus: a call came in while the agent works elsewhere.
    Show,
    /// It is shown and focused: the person started the program again.
    Focus,
}

/// A request that was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The code, such as `E_ARG`.
    pub code: &'static str,
    /// Why, in words.
    pub why: String,
}

impl Refused {
    /// A refusal, told in the person's language.
    pub fn because(refusal: &Refusal, language: Language) -> Self {
        Self {
            code: refusal.code(),
            why: refusal.words(language),
        }
    }
}
