//! How records look on the wire.
//!
//! A customer begins with the four members of the integration guide. E-mail and phone are null when
//! unknown and the other members are left out: clients must cope with both.

use jiff::Timestamp;
use serde::Serialize;

use crate::store::{Case, Customer, Found, Interaction, Note};

/// One page of a list.
#[derive(Serialize)]
pub(crate) struct List<T> {
    items: Vec<T>,
    total: i64,
}

impl<T> List<T> {
    pub(super) fn of<R>(found: Found<R>, shape: impl Fn(R) -> T) -> Self {
        Self {
            items: found.items.into_iter().map(shape).collect(),
            total: found.total,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomerShape {
    customer_id: String,
    name: String,
    status: &'static str,
    open_cases: i64,
    email: Option<String>,
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_year: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<String>,
    url: String,
}

impl CustomerShape {
    pub(super) fn of(customer: Customer, origin: &str) -> Self {
        let (language, language_name) = customer.language.unzip();
        Self {
            url: format!("{origin}/customers/{}", customer.id),
            customer_id: customer.id,
            name: customer.name,
            status: customer.tier.word(),
            open_cases: customer.open_cases,
            email: customer.email,
            phone: customer.phone.map(|phone| phone.e164()),
            language,
            language_name,
            region: customer.region,
            country: customer.country,
            city: customer.city,
            company: customer.company,
            since: customer.since,
            birth_year: customer.birth_year,
            account: customer.account,
            manager: customer.manager,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CaseShape {
    case_id: String,
    number: String,
    subject: String,
    status: &'static str,
    status_label: &'static str,
    priority: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<i64>,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
    url: String,
    customer_id: String,
    owner: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// Only where one case is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<Vec<NoteShape>>,
}

impl CaseShape {
    pub(super) fn of(case: Case, origin: &str) -> Self {
        Self {
            case_id: case.id.to_string(),
            number: case.number(),
            subject: case.subject,
            status: case.status.word(),
            status_label: case.status.label(),
            priority: case.priority.word(),
            severity: case.severity,
            created_at: case.created_at,
            updated_at: case.updated_at,
            due_at: case.due_at,
            url: format!("{origin}/cases/{}", case.id),
            customer_id: case.customer_id,
            owner: case.owner,
            description: case.description,
            channel: case.channel,
            reference: case.reference,
            notes: None,
        }
    }

    pub(super) fn with_notes(self, notes: Vec<Note>) -> Self {
        Self {
            notes: Some(notes.into_iter().map(NoteShape::of).collect()),
            ..self
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NoteShape {
    id: String,
    case_id: String,
    text: String,
    author: String,
    at: Timestamp,
}

impl NoteShape {
    pub(super) fn of(note: Note) -> Self {
        Self {
            id: note.id.to_string(),
            case_id: note.case_id.to_string(),
            text: note.text,
            author: note.author,
            at: note.at,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InteractionShape {
    id: String,
    customer_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    agent: String,
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    case_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl InteractionShape {
    pub(super) fn of(interaction: Interaction) -> Self {
        Self {
            id: interaction.id.to_string(),
            customer_id: interaction.customer_id,
            channel: interaction.channel,
            summary: interaction.summary,
            outcome: interaction.outcome,
            agent: interaction.agent,
            at: interaction.at,
            case_id: interaction.case_id.map(|id| id.to_string()),
            seconds: interaction.seconds,
            reference: interaction.reference,
        }
    }
}
