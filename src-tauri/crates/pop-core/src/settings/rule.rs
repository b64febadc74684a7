//! The organisation's rules: what is special about an interaction and its customer.
//!
//! What a rule says is here, and checked when its file is read; what the rules together come to for
//! one card is decided in `ruling.rs`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::RecordKind;
use crate::settings::Open;

/// One rule. Every rule whose condition is true counts, in order: the first that names something
/// decides it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, for people.
    #[schemars(length(min = 1, max = 80))]
    pub name: String,
    /// The condition, in CEL; without one it always counts. What is not known is not true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 2000))]
    pub when: Option<String>,
    /// `false`: there is no card. Looked at when the first event comes, before anybody is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pop: Option<bool>,
    /// When a record opens by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
    /// Which record opens: the first of these that there is and that has an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 3))]
    pub records: Option<Vec<Record>>,
    /// Whether the customer is very important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vip: Option<bool>,
    /// The priority that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 32))]
    pub priority: Option<String>,
    /// The queue that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64))]
    pub queue: Option<String>,
    /// The language that is shown, such as `es`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 2, max = 35))]
    pub language: Option<String>,
}

/// What can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// The most urgent open case of the customer.
    Case,
    /// The company of the customer.
    Account,
    /// The customer.
    Customer,
}

impl From<Record> for RecordKind {
    fn from(record: Record) -> Self {
        match record {
            Record::Case => Self::Case,
            Record::Account => Self::Account,
            Record::Customer => Self::Customer,
        }
    }
}
