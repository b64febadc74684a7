//! What a CRM knows about a customer, in our own words.
//!
//! How an answer becomes these values is the definition's business (`pop-crm`).

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// One CRM account that is connected: its name in the settings, such as `main` or `sandbox`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConnectionId(pub String);

/// Which record in which CRM.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecordRef {
    /// The connection that holds the record.
    pub connection: ConnectionId,
    /// The kind of record.
    pub kind: RecordKind,
    /// The record's id there.
    pub id: String,
}

/// The kinds of records that can be opened in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A person or company.
    Customer,
    /// A case.
    Case,
    /// The company that a person belongs to.
    Account,
}

/// A customer as one connection knows them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// The record's id.
    pub id: String,
    /// The CRM's type of the record, such as `Contact` or `Lead`.
    pub kind: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers as stored.
    pub phones: Vec<String>,
    /// The company.
    pub company: Option<String>,
    /// The id of the account the person belongs to.
    pub account_id: Option<String>,
    /// The tier, such as `premium`.
    pub tier: Option<String>,
    /// Whether the CRM marks the customer as very important.
    pub vip: bool,
    /// The preferred language.
    pub language: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// Who looks after the customer.
    pub owner: Option<String>,
    /// The record's own page, if the CRM sends it.
    pub link: Option<String>,
    /// How many cases are open, if the CRM counts them.
    pub open_cases: Option<u64>,
    /// Other ids of the same human in this CRM.
    pub also: Vec<String>,
    /// Further facts, in the definition's order.
    pub extra: Vec<Fact>,
    /// Cases that came with the customer; `None`: ask.
    pub cases: Option<Listed<Case>>,
    /// Activities that came with the customer; `None`: ask.
    pub activities: Option<Listed<Activity>>,
    /// Values for later requests of the same definition only; never shown or stored.
    #[serde(skip)]
    pub keep: Vec<(String, serde_json::Value)>,
}

impl Customer {
    /// What tells people of the same name apart, in a line: tier, company, region.
    pub fn line(&self) -> String {
        let parts = [&self.tier, &self.company, &self.region];
        let known = parts.into_iter().flatten().map(String::as_str);
        known.collect::<Vec<_>>().join(" · ")
    }
}

/// A fact with its label, as the definition names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The definition's name of it.
    pub name: String,
    /// The label for people.
    pub label: String,
    /// The value as stored.
    pub value: String,
    /// Whether it is shown only in part.
    pub masked: bool,
}

/// The first page of a list, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed<T> {
    /// The rows of the first page.
    pub items: Vec<T>,
    /// How many there are, if the CRM says so.
    pub total: Option<u64>,
    /// How many rows were dropped because they belong to somebody else.
    pub strangers: u32,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            total: None,
            strangers: 0,
        }
    }
}

/// How urgent a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Can wait.
    Low,
    /// The usual.
    Normal,
    /// Soon.
    High,
    /// Now: the card shows the whole row as a signal.
    Urgent,
}

impl Priority {
    /// Every priority, with its word in definitions.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Low, "low"),
        (Self::Normal, "normal"),
        (Self::High, "high"),
        (Self::Urgent, "urgent"),
    ];

    /// The word of this priority.
    pub fn word(self) -> &'static str {
        let known = Self::ALL
            .into_iter()
            .find(|(priority, _)| *priority == self);
        known.map_or("normal", |(_, word)| word)
    }

    /// Reads the word of a priority; `None` when there is no such priority.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(priority, _)| priority)
    }
}

/// A case of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// The record's id.
    pub id: String,
    /// The number that people use.
    pub number: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The status as the CRM labels it.
    pub status: Option<String>,
    /// Whether it is still open.
    pub open: bool,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// When it must be done.
    pub due: Option<Moment>,
    /// Who works on it.
    pub owner: Option<String>,
    /// The record's own page, if the CRM sends it.
    pub link: Option<String>,
    /// The version that was read, for a write that must not overwrite another.
    pub stamp: Option<String>,
}

/// Something that happened with a customer before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Activity {
    /// The record's id.
    pub id: String,
    /// The kind or channel, such as `chat`.
    pub kind: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// When it happened.
    pub at: Option<Moment>,
    /// More text.
    pub text: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Who handled it.
    pub agent: Option<String>,
}
