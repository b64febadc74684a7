//! The diagnosis of one connection: what was looked at, what is wrong, and who can mend it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the doctor found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosisView {
    /// The connection.
    pub connection: Option<String>,
    /// What people call it.
    pub label: String,
    /// When it was looked at, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The record that it was tried with, if one is known.
    pub known_record: Option<String>,
    /// Whether the organisation has a page that explains each finding.
    pub explained: bool,
    /// The checks, in the order of causes.
    pub checks: Vec<CheckView>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// Its short stable word.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The step of the integration guide that it belongs to.
    pub step: String,
    /// How it ended.
    pub verdict: VerdictView,
    /// What stands at the end of its line.
    pub detail: DetailView,
    /// What is wrong.
    pub finding: Option<FindingView>,
    /// What was tried, for support.
    pub tried: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub came: String,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VerdictView {
    /// As it should be.
    Passed,
    /// It works, and something is not as it should be.
    Warning,
    /// It does not work.
    Failed,
    /// It was not looked at.
    Skipped,
}

/// What stands at the end of a check's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DetailView {
    /// Nothing more.
    None,
    /// How long it took.
    Took {
        /// Milliseconds.
        ms: u32,
    },
    /// How long it is good.
    Until {
        /// Milliseconds since the Unix epoch.
        #[ts(type = "number")]
        at: i64,
    },
    /// A text, as it is.
    Text {
        /// The text.
        text: String,
    },
    /// So much of all there may be was used.
    Used {
        /// In percent.
        percent: u8,
    },
}

/// What is wrong, why, what it does, and what mends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// What happened.
    pub title: String,
    /// Why.
    pub cause: String,
    /// What it does to the work.
    pub effect: String,
    /// What the agent can do.
    pub agent: String,
    /// What the admin can do.
    pub admin: String,
    /// Who can mend it.
    pub by: FixerView,
    /// The code, for support.
    pub code: String,
}

/// Who can mend something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FixerView {
    /// The agent.
    Agent,
    /// An administrator of the organisation.
    Admin,
    /// Whoever runs the CRM.
    Vendor,
}

/// A finding to read about.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HelpRequest {
    /// Its code.
    pub code: String,
}

/// A connection to look at.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DiagnoseRequest {
    /// Its name in the settings.
    pub connection: String,
    /// Whether to look again although something was found before.
    pub again: bool,
}
