//! The way of an interaction as the window draws it, why a card is as it is, and what would become
//! of an event.

use std::time::Duration;

use pop_core::explain::{Section, Sign};
use pop_core::flight::{Flight, Group, Row, TraceId};
use pop_core::language::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::pop::ChannelView;

/// Which interaction: the one on a card, or one of the day's list.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct FlightRequest {
    /// The card's number.
    pub pop: Option<u32>,
    /// The number in the day's list, where it is not on a card.
    pub past: Option<u32>,
}

/// The way of one interaction.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FlightView {
    /// When it came in, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at: i64,
    /// The channel.
    pub channel: ChannelView,
    /// The trace that its requests carried.
    pub trace: Option<String>,
    /// Its steps, in groups with a long silence between them.
    pub groups: Vec<FlightGroupView>,
    /// All of it as lines.
    pub text: String,
    /// All of it as JSON.
    pub json: String,
}

/// Steps that follow each other without a long silence.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlightGroupView {
    /// When it begins, microseconds from the first step.
    #[ts(type = "number")]
    pub from_us: u64,
    /// How long it is, microseconds.
    #[ts(type = "number")]
    pub span_us: u64,
    /// Its steps.
    pub rows: Vec<FlightRowView>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlightRowView {
    /// What happened.
    pub label: String,
    /// About what, how many, with which result.
    pub detail: String,
    /// When, microseconds from the beginning of its group.
    #[ts(type = "number")]
    pub at_us: u64,
    /// How long it took, microseconds, for a request.
    #[ts(type = "number | null")]
    pub took_us: Option<u64>,
    /// Where that time went: looking up the name, connecting, waiting, reading.
    pub parts: Vec<FlightPartView>,
    /// The CRM's id of the request.
    pub request: Option<String>,
    /// The call of the definition.
    pub call: Option<String>,
    /// Whether it went wrong.
    pub bad: bool,
}

/// A part of a request's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FlightPartView {
    /// Which.
    pub part: FlightPart,
    /// How long, microseconds.
    #[ts(type = "number")]
    pub us: u64,
}

/// The parts of a request's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlightPart {
    /// Looking up the name.
    Dns,
    /// Connecting, with TLS.
    Connect,
    /// Waiting for the answer.
    Wait,
    /// Reading the answer.
    Body,
}

/// A file that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedView {
    /// Where it lies.
    pub path: String,
}

/// Why a card is as it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ExplainView {
    /// The reasons.
    pub sections: Vec<WhyView>,
}

/// Some reasons below one title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WhyView {
    /// The title.
    pub title: String,
    /// The reasons.
    pub lines: Vec<WhyLineView>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WhyLineView {
    /// What kind of reason it is.
    pub sign: WhySign,
    /// The reason.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
}

/// What kind of reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhySign {
    /// It speaks for what came out.
    For,
    /// It speaks against something.
    Against,
    /// Somebody has to look.
    Careful,
    /// It is said for completeness.
    Plain,
}

/// An event of which is to be shown what would become.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DryRunRequest {
    /// The body, as a platform would send it.
    pub body: String,
    /// The mapping that reads it; absent: the product's own form.
    pub mapping: Option<String>,
}

/// What would become of an event.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DryRunView {
    /// It cannot be read: where, and what belongs there.
    Unreadable {
        /// Why.
        why: String,
    },
    /// It was read.
    Read {
        /// What it would lead to, card by card; none: no card.
        cards: Vec<DryCardView>,
        /// Why there would be no card.
        dropped: Vec<String>,
    },
}

/// A card that would come up.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DryCardView {
    /// Who it would be.
    pub name: Option<String>,
    /// The address that would open.
    pub link: Option<String>,
    /// Why it would be so.
    pub sections: Vec<WhyView>,
}

impl FlightView {
    /// The view of a flight, in the reader's language.
    pub fn draw(flight: &Flight, language: Language) -> Self {
        let groups = flight.groups(language);
        Self {
            at: flight.at.millis(),
            channel: flight.channel.into(),
            trace: flight.trace().map(TraceId::as_str).map(str::to_owned),
            groups: groups.iter().map(FlightGroupView::from).collect(),
            text: flight.text(language),
            json: serde_json::to_string_pretty(&flight.json()).unwrap_or_default(),
        }
    }
}

impl From<&Group> for FlightGroupView {
    fn from(group: &Group) -> Self {
        Self {
            from_us: micros(group.from),
            span_us: micros(group.span),
            rows: group.rows.iter().map(FlightRowView::from).collect(),
        }
    }
}

impl From<&Row> for FlightRowView {
    fn from(row: &Row) -> Self {
        let request = row.request.as_ref();
        let timing = request.map(|request| request.timing).unwrap_or_default();
        let parts = [
            (FlightPart::Dns, timing.dns),
            (FlightPart::Connect, timing.connect),
            (FlightPart::Wait, timing.wait),
            (FlightPart::Body, timing.body),
        ];
        let parts = parts.into_iter();
        Self {
            label: row.label.clone(),
            detail: row.detail.clone(),
            at_us: micros(row.at),
            took_us: row.took.map(micros),
            parts: parts
                .filter_map(|(part, span)| {
                    Some(FlightPartView {
                        part,
                        us: micros(span?),
                    })
                })
                .collect(),
            request: request
                .and_then(|request| request.request.as_ref())
                .map(|id| id.as_str().to_owned()),
            call: request.map(|request| request.call.clone()),
            bad: row.bad,
        }
    }
}

impl From<&Section> for WhyView {
    fn from(section: &Section) -> Self {
        let lines = section.lines.iter();
        Self {
            title: section.title.clone(),
            lines: lines
                .map(|line| WhyLineView {
                    sign: match line.sign {
                        Sign::For => WhySign::For,
                        Sign::Against => WhySign::Against,
                        Sign::Careful => WhySign::Careful,
                        Sign::Plain => WhySign::Plain,
                    },
                    text: line.text.clone(),
                    detail: line.detail.clone(),
                })
                .collect(),
        }
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}
