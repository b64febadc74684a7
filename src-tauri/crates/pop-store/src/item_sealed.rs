//! The sealed parts of the outbox, as JSON: an item, and how far it has come.
//!
//! The types of the outbox are deliberately not serialisable: these forms are the file's and change
//! only with its version. A fault is kept by its word, so that a word of a newer version is read as
//! an answer that was not understood.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::action::{ActionKind, FieldFault, FieldKind, FieldProblem, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::write::{Facts, Write, WriteFault, WriteId, WriteState, WrittenRecord};
use serde::{Deserialize, Serialize};

use crate::item::{Item, Message, Progress, Queued};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SealedItem {
    Write(Box<SealedWrite>),
    Message(SealedMessage),
}

#[derive(Serialize, Deserialize)]
struct SealedWrite {
    id: String,
    interaction: Option<(String, String)>,
    connection: String,
    kind: String,
    customer: Option<String>,
    case: Option<String>,
    input: BTreeMap<String, String>,
    expected: Option<String>,
    agent: Option<String>,
    asked: i64,
    not_before: i64,
    facts: Facts,
}

#[derive(Serialize, Deserialize)]
struct SealedMessage {
    id: String,
    to: String,
    event: String,
    interaction: Option<(String, String)>,
    asked: i64,
    content_type: String,
    body: String,
}

/// What the last step of an item left to be told.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Last {
    fault: Option<SealedFault>,
    fields: Vec<SealedField>,
    unknown: bool,
    id: Option<String>,
    number: Option<String>,
    link: Option<String>,
    reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct SealedFault {
    kind: String,
    names: Vec<String>,
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    request: Option<String>,
    wait_ms: Option<u64>,
    answer: Option<[u8; 32]>,
    at: i64,
}

#[derive(Serialize, Deserialize)]
struct SealedField {
    field: String,
    problem: String,
    most: Option<usize>,
    kind: Option<String>,
}

pub(crate) fn item_bytes(item: &Item) -> Vec<u8> {
    let key = |key: &InteractionKey| (key.source.clone(), key.id.clone());
    let sealed = match item {
        Item::Write(write) => SealedItem::Write(Box::new(SealedWrite {
            id: write.id.0.clone(),
            interaction: write.interaction.as_ref().map(key),
            connection: write.connection.0.clone(),
            kind: write.kind.word().to_owned(),
            customer: write.customer.clone(),
            case: write.case.clone(),
            input: write.input.clone(),
            expected: write.expected.clone(),
            agent: write.agent.clone(),
            asked: write.asked.micros(),
            not_before: write.not_before.micros(),
            facts: write.facts.clone(),
        })),
        Item::Message(message) => SealedItem::Message(SealedMessage {
            id: message.id.clone(),
            to: message.to.clone(),
            event: message.event.clone(),
            interaction: message.interaction.as_ref().map(key),
            asked: message.asked.micros(),
            content_type: message.content_type.clone(),
            body: message.body.clone(),
        }),
    };
    // Texts and numbers always have a form in JSON.
    serde_json::to_vec(&sealed).unwrap_or_default()
}

pub(crate) fn item_from(bytes: &[u8]) -> Option<Item> {
    let key = |(source, id): (String, String)| InteractionKey { source, id };
    Some(match serde_json::from_slice(bytes).ok()? {
        SealedItem::Write(write) => Item::Write(Box::new(Write {
            id: WriteId(write.id),
            interaction: write.interaction.map(key),
            connection: ConnectionId(write.connection),
            kind: ActionKind::parse(&write.kind)?,
            customer: write.customer,
            case: write.case,
            input: write.input,
            expected: write.expected,
            agent: write.agent,
            asked: Moment::from_micros(write.asked),
            not_before: Moment::from_micros(write.not_before),
            facts: write.facts,
        })),
        SealedItem::Message(message) => Item::Message(Message {
            id: message.id,
            to: message.to,
            event: message.event,
            interaction: message.interaction.map(key),
            asked: Moment::from_micros(message.asked),
            content_type: message.content_type,
            body: message.body,
        }),
    })
}

impl Last {
    /// What is to be told of a step; `None`: what was told before stays.
    pub(crate) fn of(progress: &Progress) -> Option<Self> {
        let last = match &progress.state {
            WriteState::Held | WriteState::Sending | WriteState::Waiting { last: None, .. } => {
                return None;
            }
            WriteState::Waiting {
                last: Some(fault), ..
            } => Self {
                fault: Some(fault.into()),
                ..Self::default()
            },
            WriteState::Parked(parked) => Self {
                fault: Some((&parked.fault).into()),
                fields: parked.fields.iter().map(SealedField::from).collect(),
                unknown: parked.outcome == Outcome::Unknown,
                ..Self::default()
            },
            WriteState::Done(record) => Self {
                id: record.id.clone(),
                number: record.number.clone(),
                link: record.link.clone(),
                ..Self::default()
            },
            WriteState::Discarded | WriteState::NotSaved(_) => Self::default(),
        };
        Some(Self {
            reason: progress.reason.clone(),
            ..last
        })
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        // Texts and numbers always have a form in JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The state of a row with this word, and the reason that was given.
    pub(crate) fn state(
        last: Option<Self>,
        word: &str,
        queued: &Queued,
    ) -> (WriteState, Option<String>) {
        let last = last.unwrap_or_default();
        let fault = last.fault.map(Fault::from);
        let state = match word {
            "sending" => WriteState::Sending,
            "parked" => WriteState::Parked(WriteFault {
                fault: fault
                    .unwrap_or_else(|| Fault::new(FaultKind::AnswerNotUnderstood, queued.asked)),
                fields: last
                    .fields
                    .into_iter()
                    .filter_map(SealedField::read)
                    .collect(),
                outcome: if last.unknown {
                    Outcome::Unknown
                } else {
                    Outcome::NotDone
                },
            }),
            "done" => WriteState::Done(WrittenRecord {
                id: last.id,
                number: last.number,
                link: last.link,
            }),
            "discarded" => WriteState::Discarded,
            _ => WriteState::Waiting {
                attempts: queued.attempts,
                next: queued.next,
                last: fault,
            },
        };
        (state, last.reason)
    }
}

/// The kinds of faults that carry nothing; their words are [`Fault::slug`]'s.
const KINDS: [FaultKind; 24] = [
    FaultKind::SignInNeeded,
    FaultKind::KeychainLocked,
    FaultKind::Forbidden,
    FaultKind::NotFound,
    FaultKind::Ambiguous,
    FaultKind::Conflict,
    FaultKind::RateLimited,
    FaultKind::Unavailable,
    FaultKind::AnswerNotUnderstood,
    FaultKind::Redirect,
    FaultKind::ForeignAddress,
    FaultKind::UnsafeValue,
    FaultKind::Network(HttpFault::Dns),
    FaultKind::Network(HttpFault::Refused),
    FaultKind::Network(HttpFault::ConnectTimeout),
    FaultKind::Network(HttpFault::AnswerTimeout),
    FaultKind::Network(HttpFault::Cut),
    FaultKind::Network(HttpFault::Tls),
    FaultKind::Network(HttpFault::Proxy),
    FaultKind::Network(HttpFault::TooLarge),
    FaultKind::Network(HttpFault::BadRequest),
    FaultKind::TimedOut,
    FaultKind::Paused,
    FaultKind::NotSupported,
];

impl From<&Fault> for SealedFault {
    fn from(fault: &Fault) -> Self {
        Self {
            kind: fault.slug().to_owned(),
            names: if let FaultKind::Invalid(fields) = &fault.kind {
                fields.clone()
            } else if let FaultKind::MissingName(name) = &fault.kind {
                vec![name.clone()]
            } else {
                Vec::new()
            },
            status: fault.status,
            code: fault.code.clone(),
            message: fault.message.clone(),
            request: fault.request_id.clone(),
            wait_ms: fault
                .retry_after
                .and_then(|wait| u64::try_from(wait.as_millis()).ok()),
            answer: fault.answer,
            at: fault.at.micros(),
        }
    }
}

impl From<SealedFault> for Fault {
    fn from(sealed: SealedFault) -> Self {
        let at = Moment::from_micros(sealed.at);
        let kind = match sealed.kind.as_str() {
            "invalid" => FaultKind::Invalid(sealed.names),
            "missing_name" => {
                FaultKind::MissingName(sealed.names.into_iter().next().unwrap_or_default())
            }
            word => KINDS
                .into_iter()
                .find(|kind| Self::new(kind.clone(), at).slug() == word)
                .unwrap_or(FaultKind::AnswerNotUnderstood),
        };
        Self {
            status: sealed.status,
            code: sealed.code,
            message: sealed.message,
            request_id: sealed.request,
            retry_after: sealed.wait_ms.map(Duration::from_millis),
            answer: sealed.answer,
            ..Self::new(kind, at)
        }
    }
}

impl From<&FieldFault> for SealedField {
    fn from(fault: &FieldFault) -> Self {
        let (most, kind) = match fault.problem {
            FieldProblem::TooLong(most) => (Some(most), None),
            FieldProblem::NotA(kind) => (None, Some(kind)),
            FieldProblem::Required
            | FieldProblem::SeveralLines
            | FieldProblem::NoText
            | FieldProblem::NoChoice
            | FieldProblem::NoField
            | FieldProblem::Refused => (None, None),
        };
        let word = |kind: FieldKind| {
            let known = FieldKind::ALL.into_iter();
            known
                .filter(|(known, _)| *known == kind)
                .map(|(_, word)| word.to_owned())
                .next()
        };
        Self {
            field: fault.field.clone(),
            problem: fault.problem.slug().to_owned(),
            most,
            kind: kind.and_then(word),
        }
    }
}

impl SealedField {
    fn read(self) -> Option<FieldFault> {
        let problem = match self.problem.as_str() {
            "required" => FieldProblem::Required,
            "too_long" => FieldProblem::TooLong(self.most?),
            "several_lines" => FieldProblem::SeveralLines,
            "no_text" => FieldProblem::NoText,
            "wrong_kind" => FieldProblem::NotA(FieldKind::parse(&self.kind?)?),
            "no_choice" => FieldProblem::NoChoice,
            "no_field" => FieldProblem::NoField,
            _ => FieldProblem::Refused,
        };
        Some(FieldFault {
            field: self.field,
            problem,
        })
    }
}
