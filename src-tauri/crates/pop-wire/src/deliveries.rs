//! What other systems were told, as the window lists it.

use serde::Serialize;
use ts_rs::TS;

use crate::parts::ProblemView;
use crate::writing::WriteStateView;

/// Another system, and what it was told of late.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct EndpointView {
    /// Its address.
    pub address: String,
    /// Whether the policy names it still.
    pub named: bool,
    /// What it was told, the latest first.
    pub deliveries: Vec<DeliveryView>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DeliveryView {
    /// Its id, which went along with every try.
    pub id: String,
    /// The word of what it tells, such as `interaction.popped`.
    pub event: String,
    /// How far it has come.
    pub state: WriteStateView,
    /// When it was made, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// When it is tried next, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub next: Option<i64>,
    /// What went wrong last.
    pub problem: Option<ProblemView>,
    /// Why it was given up.
    pub reason: Option<String>,
    /// Each try, the latest last.
    pub tries: Vec<TryView>,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TryView {
    /// When it ended, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// What it came to: `done`, or the word of what went wrong.
    pub code: String,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// SHA-256 of what was sent, in hexadecimal digits.
    pub sent: Option<String>,
    /// SHA-256 of what was answered.
    pub answer: Option<String>,
}
