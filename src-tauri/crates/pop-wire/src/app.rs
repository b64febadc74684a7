//! Everything that is not one interaction, as the window draws it.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::bundle::BundleView;
use crate::gateway::GatewayView;
use crate::parts::{CaseView, ProblemView};
use crate::pop::{CandidateView, ChannelView, PhaseView};
use crate::settings::{FeatureView, SettingsView};
use crate::writing::{WrapUpPolicyView, WriteView};

/// Connections, health, settings and the day's numbers.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that are true or not, each by itself"
)]
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppView {
    /// Grows with every snapshot.
    pub seq: u32,
    /// Whether anything is connected; if not, the first run is shown.
    pub first_run: bool,
    /// The agent's id, if it is set.
    pub agent: Option<String>,
    /// The connected CRMs.
    pub connections: Vec<ConnectionView>,
    /// Where interactions come from: the listener on this computer.
    pub listener: ListenerView,
    /// And a gateway's broker.
    pub gateway: GatewayView,
    /// Permanent notices: memory-only mode, unencrypted loopback.
    pub banners: Vec<BannerView>,
    /// The day's numbers.
    pub today: TodayView,
    /// The customers whom the agent keeps at hand, the last used first.
    pub pinned: Vec<CandidateView>,
    /// The customers of the last interactions who are not among them, the newest first.
    pub recent: Vec<CandidateView>,
    /// The settings in force.
    pub settings: SettingsView,
    /// What the organisation has switched off.
    pub off: Vec<FeatureView>,
    /// The organisation's own words for some texts, by the names of the settings file.
    pub words: BTreeMap<String, String>,
    /// Whether a person may name an organisation whose settings they want.
    pub may_join: bool,
    /// The organisation's bundle; absent where none is distributed to this desktop.
    pub bundle: Option<BundleView>,
    /// Mistakes in settings and definition files, with their places.
    pub file_faults: Vec<FileFaultView>,
    /// Events that were refused, per code.
    pub refusals: Vec<RefusalView>,
    /// What waits to be sent, oldest first.
    pub queue: Vec<WriteView>,
    /// When a CRM that could not answer is asked again, or what waits is sent again, milliseconds
    /// since the Unix epoch.
    #[ts(type = "number | null")]
    pub next_try: Option<i64>,
    /// Whether what is written is on the disk before it is called saved; otherwise it is gone with
    /// this run.
    pub keeps: bool,
    /// How many other systems are told of what happens.
    pub webhooks: u32,
    /// What is asked when an interaction is over.
    pub wrap_up: WrapUpPolicyView,
    /// Until when pops are paused, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub paused_until: Option<i64>,
    /// Whether the sandbox CRM runs and an interaction can be simulated.
    pub sandbox: bool,
    /// The language that people read, as BCP 47 writes it.
    pub language: String,
    /// The product's version.
    pub version: String,
}

/// One connected CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Its name in the settings.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// The definition's name, such as `REST CRM`.
    pub crm: String,
    /// The definition's id, such as `rest`; absent for the sandbox.
    pub definition: Option<String>,
    /// What was filled in when it was connected; no secrets.
    pub fields: BTreeMap<String, String>,
    /// The way to sign in.
    pub method: Option<String>,
    /// The user name, for ways to sign in that have one.
    pub user: Option<String>,
    /// Whether it can be used.
    pub state: ConnectionState,
    /// How long the last answer took, milliseconds.
    pub latency_ms: Option<u32>,
    /// When it was last heard of, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub heard: Option<i64>,
    /// When somebody must sign in again, where that is known, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub sign_in_ends: Option<i64>,
    /// Who is signed in, as the CRM says.
    pub signed_in_as: Option<String>,
    /// What is wrong.
    pub problem: Option<ProblemView>,
    /// Until when the CRM wants to be left alone, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub waits_until: Option<i64>,
    /// What may still be asked, as far as the CRM says so.
    pub allowances: Vec<AllowanceView>,
    /// Whether it is the embedded sandbox.
    pub sandbox: bool,
    /// The server's address.
    pub address: String,
    /// Whether an admin set it, so that it cannot be removed here.
    pub managed: bool,
}

/// How much of one kind a CRM lets us ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AllowanceView {
    /// What it is about and for how long, as the definition says it.
    pub label: String,
    /// How much is left.
    pub left: u32,
    /// How much there is in all.
    pub limit: Option<u32>,
    /// When the CRM said so, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
}

/// Whether a connection can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Not asked yet.
    Unknown,
    /// The last answer was good.
    Ok,
    /// Slower than usual.
    Slow,
    /// The sign-in is missing or over.
    SignIn,
    /// The last answer was a failure.
    Problem,
}

/// The loopback listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListenerView {
    /// Whether it listens.
    pub state: ListenerState,
    /// Where, such as `127.0.0.1:21720`.
    pub address: Option<String>,
    /// Why it does not, in words.
    pub why: Option<String>,
    /// How many events were accepted since the start.
    pub accepted: u32,
    /// When the last one came, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub last: Option<i64>,
}

/// Whether the listener listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListenerState {
    /// Switched off.
    Off,
    /// Listening.
    On,
    /// Switched on, but it cannot listen.
    Failed,
}

/// A permanent notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BannerView {
    /// Which one; stable, for tests and styles.
    pub code: String,
    /// What it says.
    pub text: String,
}

/// The day's numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayView {
    /// Interactions handled today.
    pub handled: u32,
    /// Of these, how many are over and not logged yet, although that is asked.
    pub to_log: u32,
    /// How long a pop usually takes from event to confirmed customer, milliseconds.
    pub typical_pop_ms: Option<u32>,
    /// Today's interactions, newest first.
    pub items: Vec<HistoryItemView>,
}

/// One interaction of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryItemView {
    /// The store's number of it.
    pub id: u32,
    /// Its card, as long as that is on screen.
    pub pop: Option<u32>,
    /// When it came, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// The channel.
    pub channel: ChannelView,
    /// The customer's name or the best identifier.
    pub title: String,
    /// What it was about.
    pub reason: Option<String>,
    /// How it ended.
    pub phase: PhaseView,
    /// Whether the customer can be shown again.
    pub can_reopen: bool,
    /// Why somebody has to be called back, until the agent says that it is done.
    pub follow_up: Option<FollowUpView>,
    /// Whether it is over and how it went was not said, although that is asked.
    pub not_logged: bool,
}

/// Why somebody has to be called back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpView {
    /// Nobody answered.
    Missed,
    /// The customer left a message.
    Voicemail,
}

/// History as the window asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct HistoryView {
    /// Newest first.
    pub items: Vec<HistoryItemView>,
}

/// Results of a search.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct SearchView {
    /// Found customers, each with its connection.
    pub items: Vec<CandidateView>,
    /// Open cases of these customers, and others with the words, as far as they are known here.
    pub cases: Vec<FoundCaseView>,
    /// Interactions of the day with these customers, or with the words.
    pub today: Vec<HistoryItemView>,
    /// Connections that could not answer.
    pub problems: Vec<ProblemView>,
}

/// Whether a customer who is to be made is there already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct AlreadyThereView {
    /// Who has what is typed; absent: nobody.
    pub customer: Option<CandidateView>,
}

/// An open case among the results of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FoundCaseView {
    /// The case.
    pub case: CaseView,
    /// The id of its customer's record in the same connection.
    pub customer: String,
    /// The customer's name.
    pub name: String,
}

/// A mistake in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FileFaultView {
    /// The file's name.
    pub file: String,
    /// The line, from 1; 0 where there is none.
    pub line: u32,
    /// The key.
    pub key: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// A kind of refused event, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RefusalView {
    /// The code.
    pub code: String,
    /// What it means and what to do.
    pub text: String,
    /// How often since the start.
    pub count: u32,
}

/// The audit, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AuditView {
    /// The file.
    pub path: String,
    /// How many lines it has.
    pub lines: u32,
    /// Whether no line was changed and none is missing.
    pub whole: bool,
}

/// A refused command: why, for people, and a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CommandFault {
    /// The code, such as `E_ARG`.
    pub code: String,
    /// What it means.
    pub text: String,
}
