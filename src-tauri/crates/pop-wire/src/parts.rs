//! The sections of a card: cases, earlier interactions, facts, the record, and what went wrong.

use serde::Serialize;
use ts_rs::TS;

use crate::pop::ChannelView;

/// Whether a section is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// Nothing to show: there is no one customer, or the CRM has no such list.
    Off,
    /// Being asked.
    Waiting,
    /// Complete.
    Ready,
    /// Failed; `problems` says why.
    Failed,
}

/// Open cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CasesView {
    /// Whether it is complete.
    pub state: PartState,
    /// The first ones.
    pub items: Vec<CaseView>,
    /// How many there are in all.
    pub total: Option<u32>,
    /// How each connection that knows the customer answered, the most important first.
    pub sources: Vec<PartSourceView>,
    /// When it was told, where it is a copy from before, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub as_of: Option<i64>,
}

/// What one connection gave to a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PartSourceView {
    /// The connection.
    pub connection: String,
    /// Its name for people.
    pub label: String,
    /// Whether its part is complete.
    pub state: PartState,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// The connection that holds it.
    pub connection: String,
    /// The connection's name, where the card has rows of several.
    pub source: Option<String>,
    /// The record's id.
    pub id: String,
    /// The number that people use.
    pub number: Option<String>,
    /// The subject.
    pub subject: String,
    /// The status as the CRM labels it.
    pub status: Option<String>,
    /// How urgent it is.
    pub priority: Option<PriorityView>,
    /// When it was created, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub created: Option<i64>,
    /// When it must be done, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub due: Option<i64>,
    /// Whether it is a copy from before, which is neither opened nor changed.
    pub copy: bool,
    /// Whether the CRM has it; else it is still to be sent.
    pub made: bool,
    /// The id of the write that has not ended, or did not succeed, and is about this case.
    pub write: Option<String>,
}

/// How urgent a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the core's Priority")]
pub enum PriorityView {
    Low,
    Normal,
    High,
    Urgent,
}

/// Earlier interactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActivitiesView {
    /// Whether it is complete.
    pub state: PartState,
    /// The newest ones.
    pub items: Vec<ActivityView>,
    /// How many there are in all.
    pub total: Option<u32>,
    /// How each connection that knows the customer answered, the most important first.
    pub sources: Vec<PartSourceView>,
    /// When it was told, where it is a copy from before, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub as_of: Option<i64>,
}

/// One earlier interaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// The connection that holds it.
    pub connection: String,
    /// The connection's name, where the card has rows of several.
    pub source: Option<String>,
    /// The record's id.
    pub id: String,
    /// The channel, where the CRM's kind is one of ours.
    pub channel: Option<ChannelView>,
    /// The subject.
    pub subject: String,
    /// The outcome and who handled it.
    pub detail: Option<String>,
    /// When it happened, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
}

/// A contact fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of how the value is shown"
)]
pub struct FactView {
    /// Which one.
    pub name: FactName,
    /// The label, for facts that the definition names.
    pub label: Option<String>,
    /// The value as shown.
    pub value: String,
    /// What the copy button copies; absent: nothing to copy.
    pub copy: Option<String>,
    /// Whether it is a record that can be opened in the CRM.
    pub opens: bool,
    /// Whether the value reads left to right in every language.
    pub ltr: bool,
    /// The connection's name, where several know the customer.
    pub source: Option<String>,
    /// Whether another connection says otherwise.
    pub disputed: bool,
    /// Whether it is hidden until the pointer or a key asks for it.
    pub masked: bool,
}

/// The contact facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum FactName {
    Name,
    Tier,
    Phone,
    Email,
    Company,
    Owner,
    Extra,
}

/// What happened to the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordStateView {
    /// There is no one record yet.
    Nothing,
    /// There is one; it was not opened.
    NotOpened,
    /// Handed to the browser.
    Opened,
    /// The CRM shows it in its own window.
    Shown,
    /// The policy would open it, but too many were opened in a short time.
    HeldBack,
    /// It could not be opened.
    Failed {
        /// Why, in words.
        why: String,
    },
}

/// What went wrong: what happened, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    /// The connection.
    pub connection: String,
    /// What happened, with the system's name.
    pub title: String,
    /// The likely cause and what to do.
    pub text: String,
    /// How it looks.
    pub severity: SeverityView,
    /// What the button does.
    pub action: ProblemAction,
    /// Kind, status and the vendor's code, for support.
    pub code: String,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
    /// When it happened, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
}

/// How a problem looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeverityView {
    /// Late or partial.
    Caution,
    /// Failed.
    Critical,
}

/// What the button of a problem does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemAction {
    /// Ask the connection again.
    Retry,
    /// Go to the connection's settings to sign in again.
    SignIn,
    /// Copy the facts for the admin.
    CopyForAdmin,
    /// Search by hand.
    Search,
    /// Go to the settings to connect a CRM.
    Connect,
    /// Find out what stands between this computer and the CRMs.
    Diagnose,
}
