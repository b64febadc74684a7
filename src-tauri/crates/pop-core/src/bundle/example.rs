//! `[[example]]`: an interaction and a customer go in, and what must come out stands beside them.
//!
//! How an example is played is in `playing.rs`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::{Case, Customer, RecordRef};
use crate::settings::AutomaticAction;

/// One example.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Its name, for people.
    #[schemars(length(min = 1, max = 120))]
    pub name: String,
    /// What comes in.
    #[serde(default)]
    pub interaction: ExampleInteraction,
    /// Who is found; without it nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<ExampleCustomer>,
    /// The cases of that customer.
    #[serde(default)]
    #[schemars(length(max = 32))]
    pub cases: Vec<ExampleCase>,
    /// What must come out; what is not named here may be anything.
    pub expect: Expected,
}

/// What comes in.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExampleInteraction {
    /// `voice`, `chat`, `email` and so on; `chat` without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// `inbound`, `outbound` or `internal`; `inbound` without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// The queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The customer's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether the agent does not take it.
    pub only_offered: bool,
}

/// Who is found.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExampleCustomer {
    /// The connection that knows them; the first of the bundle without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// The record's id.
    pub id: String,
    /// The CRM's type of the record, such as `Contact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The id of the company's record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Whether the CRM marks them as very important.
    pub vip: bool,
    /// The language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The record's own page, if the CRM sends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// How many others are found beside them.
    pub others: u8,
}

/// A case of the customer.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleCase {
    /// The record's id.
    pub id: String,
    /// The number that people use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Whether it is closed.
    #[serde(default)]
    pub closed: bool,
    /// `low`, `normal`, `high` or `urgent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// The record's own page, if the CRM sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// What must come out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Expected {
    /// Whether there is a card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pops: Option<bool>,
    /// The address that opens by itself; `nothing` where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    /// Whether the customer is very important.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<bool>,
    /// The priority; `none` where no rule says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// The queue; `none` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The language; `none` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What is written by itself when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writes: Option<Vec<ExpectedWrite>>,
}

/// Something that is written by itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedWrite {
    /// What.
    #[serde(rename = "do")]
    pub does: AutomaticAction,
    /// What is filled in.
    #[serde(default)]
    pub input: BTreeMap<String, String>,
}

/// What comes out of an interaction.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Outcome {
    /// Whether there is a card.
    pub pops: bool,
    /// The address that opens by itself; `nothing` where none does.
    pub opens: String,
    /// Why the record that was to open could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails: Option<String>,
    /// Whether the customer is very important.
    pub vip: bool,
    /// The priority; `none` where no rule says one.
    pub priority: String,
    /// The queue; `none` where there is none.
    pub queue: String,
    /// The language; `none` where there is none.
    pub language: String,
    /// What is written by itself when it is over.
    pub writes: Vec<ExpectedWrite>,
}

/// A record that is to be opened, and what its address is made of.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// The record.
    pub record: &'w RecordRef,
    /// Whose it is.
    pub customer: &'w Customer,
    /// The case, if it is one.
    pub case: Option<&'w Case>,
}
