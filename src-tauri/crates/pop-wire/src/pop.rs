//! One interaction as the window draws it.

use serde::Serialize;
use ts_rs::TS;

use crate::parts::{ActivitiesView, CasesView, FactView, ProblemView, RecordStateView};
use crate::writing::WritingView;

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
    /// Whether the agent began it, as a call that the agent makes.
    pub outbound: bool,
    /// Whether it rings, as far as is known.
    pub rings: bool,
    /// From whom it came, as people call them.
    pub transferred_by: Option<String>,
    /// To whom it went.
    pub transferred_to: Option<String>,
    /// Who takes part beside the agent and the customer.
    pub others: Vec<PartyView>,
    /// Other live cards about the same customer.
    pub also: Vec<AlsoView>,
    /// Whether the customer left a message because nobody answered.
    pub voicemail: bool,
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
    /// Whether the id is hidden until the pointer or a key asks for it.
    pub id_masked: bool,
    /// What the customer wants: a title and a line of their own words.
    pub reason: Option<ReasonView>,
    /// The parts below the head, in their order.
    pub parts: Vec<CardPartView>,
    /// Routing readouts: priority, queue, language, region; empty ones are left out.
    pub hints: Vec<HintView>,
    /// Who it is.
    pub matching: MatchView,
    /// That what is shown of the customer is a copy from before, as long as no connection has told
    /// who it is.
    pub saved: Option<SavedCopyView>,
    /// How each connection answered.
    pub sources: Vec<SourceView>,
    /// Open cases, most urgent first.
    pub cases: CasesView,
    /// Earlier interactions, newest first.
    pub activities: ActivitiesView,
    /// Contact facts in policy order.
    pub facts: Vec<FactView>,
    /// The other connections that know the same customer.
    pub also_in: Vec<RecordView>,
    /// Whom other connections found by the same identifiers, and who may be somebody else.
    pub somebody_else: Vec<CandidateView>,
    /// What happened to the record in the browser.
    pub record: RecordStateView,
    /// What went wrong, most severe first.
    pub problems: Vec<ProblemView>,
    /// Whether the agent has not looked at the latest change.
    pub unseen: bool,
    /// Whether the record can be opened now.
    pub can_open: bool,
    /// Whether the record has an address to copy, as far as a saved copy tells it.
    pub can_copy_link: bool,
    /// Whether none of the connections is reached, so that opening a record would fail.
    pub out_of_reach: bool,
    /// Whether the agent chose this customer among several and can undo it.
    pub can_undo_choice: bool,
    /// Whether nothing here leaves the sandbox.
    pub sandbox: bool,
    /// What can be written, is half typed, and is on its way.
    pub writing: WritingView,
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
    /// The customer waits on hold.
    Held,
    /// It was withdrawn or rejected; the tab goes by itself.
    Withdrawn,
    /// Nobody answered; the tab goes by itself, and it is kept for a call back.
    Missed,
    /// It went to a colleague; a short wrap-up is left.
    Transferred,
    /// The talk is over, and the platform waits for the agent's wrap-up.
    WrapUp,
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

/// Somebody who takes part beside the agent and the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PartyView {
    /// What people call them; empty when the platform does not say.
    pub name: String,
    /// What they do there.
    pub role: RoleView,
}

/// What somebody does in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RoleView {
    /// A colleague who is asked while the customer waits.
    Consulted,
    /// Somebody who talks with the agent and the customer together.
    Conference,
    /// Somebody who listens, or helps the agent.
    Supervisor,
}

/// Another live card about the same customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AlsoView {
    /// The card.
    pub id: u32,
    /// Its channel.
    pub channel: ChannelView,
}

/// What the customer wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReasonView {
    /// The title of the wish.
    pub title: Option<String>,
    /// The customer's first message, menu choice, or a colleague's note.
    pub quote: Option<String>,
    /// The colleague whose note it is.
    pub by: Option<String>,
    /// Whether the quote is hidden until the pointer or a key asks for it.
    pub masked: bool,
}

/// A part of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the core's CardPart")]
pub enum CardPartView {
    Cases,
    Activities,
    Facts,
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

/// A copy of what connections told before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedCopyView {
    /// When they told it, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// The connections' names for people, the most important first.
    pub labels: Vec<String>,
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

/// The customer's record in another connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecordView {
    /// The connection.
    pub connection: String,
    /// Its name for people.
    pub label: String,
    /// The record's id.
    pub id: String,
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
    /// How long answers of this connection usually take, milliseconds; absent before there are
    /// enough of them.
    pub usual_ms: Option<u32>,
    /// Whether this customer can be searched for on a page of its own.
    pub searches: bool,
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
    /// Found somebody, but a part of it could not answer.
    Partial,
    /// Knows nobody.
    None,
    /// Could not answer.
    Failed,
}
