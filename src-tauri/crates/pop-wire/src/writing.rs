//! Writing as the window sees it: what can be done, forms, what waits, and what the agent asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::connect::FieldFaultView;
use crate::parts::{CaseView, ProblemView};
use crate::request::PopRequest;

/// What can be written for a card's customer, is half typed, and is on its way.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WritingView {
    /// What can be done, by connection.
    pub actions: Vec<ActionView>,
    /// What is half typed, by form.
    pub drafts: Vec<DraftView>,
    /// The writes of this card, oldest first; those that ended of late are among them.
    pub writes: Vec<WriteView>,
    /// Whether the agent has said how it went.
    pub wrap_up: WrapUpView,
    /// Whether the card may not be closed before that.
    pub must_log: bool,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActionView {
    /// The connection.
    pub connection: String,
    /// Its name for people.
    pub label: String,
    /// What can be done there.
    pub kind: WriteKind,
}

/// What can be done in a CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the core's ActionKind")]
pub enum WriteKind {
    CreateCase,
    LogInteraction,
    AddNote,
    SetStatus,
    SetPriority,
    CreateCustomer,
    UpdateCustomer,
}

/// What is half typed in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DraftView {
    /// The form.
    pub form: String,
    /// What is typed, by the names of its fields.
    pub fields: BTreeMap<String, String>,
}

/// One write.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WriteView {
    /// Its id.
    pub id: String,
    /// What is to be done.
    pub kind: WriteKind,
    /// The connection.
    pub connection: String,
    /// Its name for people.
    pub label: String,
    /// The customer's name or id.
    pub customer: Option<String>,
    /// What it is about: the new case's subject, or the number of the case.
    pub subject: Option<String>,
    /// The id of the case it is about.
    pub case: Option<String>,
    /// What was filled in.
    pub input: BTreeMap<String, String>,
    /// The label of what was chosen, where it is one choice.
    pub shown: Option<String>,
    /// How far it has come.
    pub state: WriteStateView,
    /// When it was decided, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub asked: i64,
    /// Until when it can be taken back, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub undo_until: Option<i64>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub next: Option<i64>,
    /// What went wrong last.
    pub problem: Option<ProblemView>,
    /// What is wrong with which field.
    pub faults: Vec<FieldFaultView>,
    /// Whether the CRM may have done it all the same.
    pub maybe_done: bool,
    /// The number that people use of what was made.
    pub number: Option<String>,
    /// The id of what was made.
    pub made: Option<String>,
    /// The card it was decided on, while that is there.
    pub pop: Option<u32>,
}

/// How far a write has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WriteStateView {
    /// It is not kept yet.
    Saving,
    /// Kept; it can be taken back.
    Held,
    /// Waits for its turn or its next try.
    Waiting,
    /// On its way.
    Sending,
    /// Waits for a person.
    Parked,
    /// Done.
    Done,
    /// Taken back or given up.
    Discarded,
    /// It could not be kept.
    NotSaved,
}

/// Whether the agent has said how an interaction went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WrapUpView {
    /// It goes on, or nothing is asked.
    NotYet,
    /// To be said now.
    Due {
        /// Until when, milliseconds since the Unix epoch.
        #[ts(type = "number | null")]
        ends: Option<i64>,
        /// Whether the time was extended.
        extended: bool,
    },
    /// Said.
    Logged {
        /// The id of the write that carries it.
        write: Option<String>,
    },
    /// Its time was over; it still can be said.
    NotLogged,
}

/// What is asked when an interaction is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WrapUpPolicyView {
    /// How it can have gone.
    pub outcomes: Vec<String>,
    /// Which of `outcome` and `note` must be said.
    pub required: Vec<String>,
    /// Seconds that it may take; 0: no limit.
    pub seconds: u32,
}

/// A form, as the CRM's definition makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FormView {
    /// What it is for.
    pub kind: WriteKind,
    /// Its fields, in order.
    pub fields: Vec<FormFieldView>,
    /// Whether what it makes can be opened as soon as the CRM has it.
    pub opens: bool,
}

/// The open case that a new one would repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SimilarView {
    /// The case on the card; absent where none has enough in common.
    pub case: Option<CaseView>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FormFieldView {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What is filled in.
    pub kind: FormFieldKind,
    /// Whether there must be a value.
    pub required: bool,
    /// The most characters.
    pub max: Option<u32>,
    /// How many lines are shown.
    pub lines: u32,
    /// What can be chosen.
    pub choices: Vec<ChoiceView>,
    /// What stands there at first.
    pub default: Option<String>,
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChoiceView {
    /// The value.
    pub value: String,
    /// The label for people.
    pub label: String,
}

/// What is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the core's FieldKind")]
pub enum FormFieldKind {
    Text,
    Choice,
    Email,
    Phone,
    Number,
    Switch,
    Date,
}

/// What became of something that was filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WroteView {
    /// It is a write now; the card says how far it comes.
    Taken {
        /// Its id.
        id: String,
    },
    /// Something filled in is not right; nothing was written.
    Wrong {
        /// Which field and why.
        faults: Vec<FieldFaultView>,
    },
}

/// A form for a card.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FormRequest {
    /// The card.
    pub pop: PopRequest,
    /// The connection.
    pub connection: String,
    /// What it is for.
    pub action: WriteKind,
    /// The case on the card.
    pub case: Option<String>,
}

/// Something to be done in a CRM for a card.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WriteRequest {
    /// The card.
    pub pop: PopRequest,
    /// The connection.
    pub connection: String,
    /// What is to be done.
    pub action: WriteKind,
    /// The case on the card.
    pub case: Option<String>,
    /// What was filled in.
    pub input: BTreeMap<String, String>,
    /// The label of what was chosen, where it is one choice.
    pub shown: Option<String>,
    /// Whether a new case is opened as soon as the CRM has it.
    pub opens: bool,
}

/// The subject of a new case, as far as it is typed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SimilarRequest {
    /// The card.
    pub pop: PopRequest,
    /// The subject.
    pub subject: String,
}

/// A write.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WriteIdRequest {
    /// Its id.
    pub id: String,
}

/// A write to be sent again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ResendRequest {
    /// Its id.
    pub id: String,
    /// What was filled in anew.
    pub input: BTreeMap<String, String>,
    /// The label of what was chosen, where it is one choice.
    pub shown: Option<String>,
}

/// A write to be given up.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DiscardRequest {
    /// Its id.
    pub id: String,
    /// Why, 1 to 200 characters.
    pub reason: String,
}

/// What is half typed in a form.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftRequest {
    /// The card's number.
    pub pop: u32,
    /// The form.
    pub form: String,
    /// What is typed; nothing: there is no draft any more.
    pub fields: BTreeMap<String, String>,
}

/// How an interaction went.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WrapUpRequest {
    /// The card.
    pub pop: PopRequest,
    /// Where it is logged; absent: nowhere but here.
    pub connection: Option<String>,
    /// How it went.
    pub outcome: Option<String>,
    /// What was said.
    pub note: String,
    /// The case it was about.
    pub case: Option<String>,
    /// The case's new status.
    pub status: Option<ChoiceRequest>,
    /// The day of the follow-up, as 2026-11-30.
    pub follow_up: Option<String>,
}

/// A value that was chosen, with its label.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChoiceRequest {
    /// The value.
    pub value: String,
    /// The label.
    pub label: String,
}
