//! One interaction as the window draws it.

use serde::Serialize;
use ts_rs::TS;

/// A whole snapshot of one interaction's card.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each flag is one mark on screen"
)]
pub struct PopView {
    /// The desk's number of the card; stable while it lives.
    pub id: u32,
    /// Grows with every snapshot of this card.
    pub seq: u32,
    /// Grows whenever the card turns to another customer; commands send it back.
    pub generation: u32,
    /// The channel.
    pub channel: ChannelView,
    /// Where the interaction stands.
    pub phase: PhaseView,
    /// Since when it stands there, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub phase_since: i64,
    /// The name, or the best identifier known: what the headline says.
    pub title: String,
    /// Whether `title` is a customer's name.
    pub named: bool,
    /// How sure it is who this is.
    pub identity: IdentityView,
    /// Whether the customer is very important.
    pub vip: bool,
    /// The tier as the CRM stores it.
    pub tier: Option<String>,
    /// The customer's id for people to copy.
    pub customer_id: Option<String>,
    /// What the customer wants: a title and a line of their own words.
    pub reason: Option<ReasonView>,
    /// Routing readouts: priority, queue, language, region; empty ones are left out.
    pub hints: Vec<HintView>,
    /// Who it is.
    pub matching: MatchView,
    /// How each connection answered.
    pub sources: Vec<SourceView>,
    /// Open cases, most urgent first.
    pub cases: CasesView,
    /// Earlier interactions, newest first.
    pub activities: ActivitiesView,
    /// Contact facts in policy order.
    pub facts: Vec<FactView>,
    /// What happened to the record in the browser.
    pub record: RecordStateView,
    /// What went wrong, most severe first.
    pub problems: Vec<ProblemView>,
    /// Whether the agent has not looked at the latest change.
    pub unseen: bool,
    /// Whether the record can be opened now.
    pub can_open: bool,
    /// Whether the agent chose this customer among several and can undo it.
    pub can_undo_choice: bool,
    /// Whether nothing here leaves the sandbox.
    pub sandbox: bool,
    /// When the event was received, microseconds since the Unix epoch: the start of the timeline.
    #[ts(type = "number")]
    pub received_us: i64,
}

/// The channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the core's Channel")]
pub enum ChannelView {
    Voice,
    Video,
    Chat,
    Messaging,
    Sms,
    Email,
    Social,
    Callback,
    Cobrowse,
    Other,
}

/// Where an interaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhaseView {
    /// It rings.
    Offered,
    /// The agent talks.
    Accepted,
    /// It was withdrawn or missed; the tab goes by itself.
    Withdrawn,
    /// It went to a colleague.
    Transferred,
    /// It is over and waits to be closed.
    Ended,
    /// The agent looked the customer up by hand; there is no interaction.
    LookedUp,
}

/// How sure it is who this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IdentityView {
    /// The source delivered an authenticated customer.
    Verified,
    /// The platform attached an identifier.
    Attached,
    /// Somebody claims it.
    Claimed,
    /// Only the caller's number is known.
    CallerNumber,
    /// Nothing is known.
    Unknown,
}

/// What the customer wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReasonView {
    /// The title of the wish.
    pub title: Option<String>,
    /// The customer's first message, menu choice, or a colleague's note.
    pub quote: Option<String>,
}

/// A routing readout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HintView {
    /// Which one.
    pub name: HintName,
    /// Its value.
    pub value: String,
    /// Whether it is a signal.
    pub hot: bool,
}

/// The routing readouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum HintName {
    Priority,
    Queue,
    Language,
    Region,
}

/// Who it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MatchView {
    /// The connections are being asked.
    Looking,
    /// Nothing to look for: no identifier came with the event.
    Nothing {
        /// Why what came is not used, such as a withheld number.
        why: Option<String>,
    },
    /// Exactly one customer.
    One {
        /// Who.
        customer: CandidateView,
    },
    /// Several: the agent chooses.
    Several {
        /// Ranked, best first.
        candidates: Vec<CandidateView>,
        /// The index of the one to preselect.
        preselected: u32,
        /// Whether identifiers of different assurance found different people.
        conflict: bool,
        /// Further ones that are not listed.
        more: u32,
    },
    /// Every connection answered, and none knows the customer.
    None,
    /// No connection could answer.
    Failed,
}

/// One customer who may be meant.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CandidateView {
    /// The connection.
    pub connection: String,
    /// The record's id.
    pub id: String,
    /// The name, or the id where there is none.
    pub name: String,
    /// A line that tells people apart: tier, region, company.
    pub line: String,
    /// What speaks for and against.
    pub reasons: Vec<MatchReasonView>,
    /// How many cases are open, if known.
    pub open_cases: Option<u32>,
}

/// Something that speaks for or against a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MatchReasonView {
    /// What it is.
    pub what: MatchReasonKind,
    /// Whether it speaks for the candidate.
    pub fits: bool,
    /// How far the identifier can be trusted.
    pub assurance: Option<IdentityView>,
}

/// The things that speak for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchReasonKind {
    /// The record id that came with the event.
    RecordId,
    /// The customer number of another system.
    ExternalId,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The name the platform gave.
    Name,
    /// Chosen by the agent before for the same identifier.
    ChosenBefore,
}

/// How one connection answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// The connection.
    pub connection: String,
    /// Its name for people.
    pub label: String,
    /// The state of its lookup.
    pub state: SourceState,
    /// When the lookup began, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub since: i64,
    /// How long the last answer took, milliseconds.
    pub took_ms: Option<u32>,
}

/// The state of one connection's lookup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// Asked, no answer yet.
    Pending,
    /// Asked, and slower than usual.
    Slow,
    /// Found somebody.
    Found,
    /// Knows nobody.
    None,
    /// Could not answer.
    Failed,
}

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
    /// The connection's name.
    pub source: Option<String>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// The connection that holds it.
    pub connection: String,
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
    /// The connection's name.
    pub source: Option<String>,
}

/// One earlier interaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
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
pub struct FactView {
    /// Which one.
    pub name: FactName,
    /// The label, for facts that the definition names.
    pub label: Option<String>,
    /// The value as shown; masked where the definition says so.
    pub value: String,
    /// What the copy button copies; absent: nothing to copy.
    pub copy: Option<String>,
    /// Whether the value reads left to right in every language.
    pub ltr: bool,
}

/// The contact facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum FactName {
    Phone,
    Email,
    Company,
    Owner,
    Extra,
}

/// What happened to the record in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordStateView {
    /// There is no one record yet.
    Nothing,
    /// There is one; it was not opened.
    NotOpened,
    /// Handed to the browser.
    Opened,
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
}
