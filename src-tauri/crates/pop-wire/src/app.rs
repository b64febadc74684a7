//! Everything that is not one interaction, as the window draws it.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::bundle::BundleView;
use crate::gateway::GatewayView;
use crate::parts::ProblemView;
use crate::pop::{CandidateView, ChannelView, PhaseView};
use crate::writing::{WrapUpPolicyView, WriteView};

/// Connections, health, settings and the day's numbers.
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
    /// The settings in force.
    pub settings: SettingsView,
    /// The organisation's bundle; absent where none is distributed to this desktop.
    pub bundle: Option<BundleView>,
    /// Mistakes in settings and definition files, with their places.
    pub file_faults: Vec<FileFaultView>,
    /// Events that were refused, per code.
    pub refusals: Vec<RefusalView>,
    /// What waits to be sent, oldest first.
    pub queue: Vec<WriteView>,
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
    /// Connections that could not answer.
    pub problems: Vec<ProblemView>,
}

/// The settings in force, and which of them an admin has locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each flag is one switch on screen"
)]
pub struct SettingsView {
    /// When the record opens by itself.
    pub open: OpenPolicyView,
    /// Light, dark or as the system.
    pub theme: ThemeView,
    /// Comfortable or compact.
    pub density: DensityView,
    /// Whether the window stays above others.
    pub always_on_top: bool,
    /// The language, or the system's.
    pub language: LanguageView,
    /// Whether notifications are shown.
    pub notify: bool,
    /// Whether a notification names the customer.
    pub notify_name: bool,
    /// Who shows notices.
    pub shown_by: ShownByView,
    /// Whether a screen reader is told of pops.
    pub announce: bool,
    /// The sound of an offer while the window is not in view.
    pub sound: SoundChoice,
    /// Whether nothing is heard and no notice names anybody.
    pub quiet: bool,
    /// The side of the screen at which the window stays.
    pub dock: DockView,
    /// Whether it starts when the person signs in to the computer.
    pub start_at_sign_in: bool,
    /// The hotkey that shows the window.
    pub key_show: Option<String>,
    /// The hotkey that opens the record in front.
    pub key_open: Option<String>,
    /// The hotkey that begins a case.
    pub key_case: Option<String>,
    /// The hotkey that copies the id in front.
    pub key_copy: Option<String>,
    /// The hotkey that hides all customer data.
    pub key_curtain: Option<String>,
    /// What is masked, in the words of the settings file.
    pub mask: Vec<String>,
    /// After so many minutes without input customer data is hidden; 0: never.
    pub lock_after: u32,
    /// Whether the window is left out of screen captures.
    pub no_capture: bool,
    /// Whether the loopback listener is on.
    pub listener: bool,
    /// The listener's port; 0: any free one.
    pub listener_port: u16,
    /// The region of numbers without a country code, such as `ES`.
    pub region: Option<String>,
    /// The agent's id in the contact centre.
    pub agent_id: Option<String>,
    /// The gateway's address.
    pub gateway: Option<String>,
    /// Dotted names of the settings that an admin has set, such as `pop.open`.
    pub locked: Vec<String>,
}

/// Who shows notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShownByView {
    /// A window of our own.
    Screenpop,
    /// The notifications of the system.
    System,
}

/// The sound of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundChoice {
    /// None.
    Off,
    /// A soft tap.
    Tap,
}

/// The side of the screen at which the window stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum DockView {
    Free,
    Left,
    Right,
}

/// When the record opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OpenPolicyView {
    /// When the interaction is offered.
    Offer,
    /// When the agent accepts it.
    Accept,
    /// Never.
    Never,
}

/// The language that the agent wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names speak for themselves")]
pub enum LanguageView {
    /// The one that the system speaks.
    System,
    En,
    De,
    Es,
    Fr,
    Pt,
    Ar,
    Ja,
}

/// Light, dark or as the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum ThemeView {
    System,
    Light,
    Dark,
}

/// How close the rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum DensityView {
    Comfortable,
    Compact,
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
