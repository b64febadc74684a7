//! Draws the sections of a card: what every connection that knows the customer has, as one list.

use std::cmp::Reverse;

use pop_core::desk::{Desk, Hit, Item, KnownCase, Lookup, Matching, Part, Pop};
use pop_core::interaction::Channel;
use pop_core::moment::Moment;
use pop_core::profile::{Activity, Case, ConnectionId};
use pop_core::settings::CardPart;
use pop_core::status::Status;

use crate::app::FoundCaseView;
use crate::draw::coming::{coming_case, with_write};
use crate::draw::{count, count_long};
use crate::parts::{
    ActivitiesView, ActivityView, CaseView, CasesView, PartSourceView, PartState, PriorityView,
};
use crate::pop::ChannelView;
use crate::writing::SimilarView;

pub(super) fn cases(pop: &Pop, desk: &Desk, status: &Status) -> CasesView {
    let parts = told(
        pop,
        |lookup| &lookup.cases,
        |hit| hit.customer.open_cases.map(count_long),
    );
    let section = Section::of(parts, pop, status).shown_as(CardPart::Cases, status);
    let mut items: Vec<Row<'_, Case>> = section.rows;
    items.sort_by_key(|row| (Reverse(row.item.priority), row.item.due, row.item.created));
    let writes: Vec<&Item> = desk.writes_of(pop).collect();
    let coming: Vec<CaseView> = writes
        .iter()
        .filter_map(|item| coming_case(item, section.several, status))
        .collect();
    let there = items.into_iter().map(|row| {
        let view = draw_case(&row, section.several, status);
        with_write(view, &writes)
    });
    CasesView {
        state: section.state,
        total: section.total.map(|total| total + count(coming.len())),
        items: coming.iter().cloned().chain(there).collect(),
        sources: section.sources,
        as_of: section.as_of.map(Moment::millis),
    }
}

fn draw_case(row: &Row<'_, Case>, several: bool, status: &Status) -> CaseView {
    let connection = &row.lookup.connection;
    CaseView {
        source: several.then(|| status.label(connection).to_owned()),
        copy: row.copy,
        ..plain_case(connection, row.item)
    }
}

impl From<&KnownCase> for FoundCaseView {
    fn from(known: &KnownCase) -> Self {
        let customer = &known.customer;
        Self {
            case: plain_case(&known.connection, &known.case),
            customer: customer.id.clone(),
            name: customer.name.clone().unwrap_or_else(|| customer.id.clone()),
        }
    }
}

impl SimilarView {
    /// Draws the case that a new one would repeat.
    pub fn draw(found: Option<&(ConnectionId, Case)>) -> Self {
        Self {
            case: found.map(|(connection, case)| plain_case(connection, case)),
        }
    }
}

/// A case that the CRM has.
fn plain_case(connection: &ConnectionId, case: &Case) -> CaseView {
    CaseView {
        connection: connection.0.clone(),
        source: None,
        id: case.id.clone(),
        number: case.number.clone(),
        subject: case.subject.clone().unwrap_or_else(|| case.id.clone()),
        status: case.status.clone(),
        priority: case.priority.map(PriorityView::from),
        created: case.created.map(Moment::millis),
        due: case.due.map(Moment::millis),
        copy: false,
        made: true,
        write: None,
    }
}

pub(super) fn activities(pop: &Pop, status: &Status) -> ActivitiesView {
    let parts = told(pop, |lookup| &lookup.activities, |_| None);
    let section = Section::of(parts, pop, status).shown_as(CardPart::Activities, status);
    let mut items: Vec<Row<'_, Activity>> = section.rows;
    items.sort_by_key(|row| Reverse(row.item.at));
    ActivitiesView {
        state: section.state,
        total: section.total,
        items: items
            .into_iter()
            .map(|row| draw_activity(row.lookup, row.item, section.several, status))
            .collect(),
        sources: section.sources,
        as_of: section.as_of.map(Moment::millis),
    }
}

fn draw_activity(
    lookup: &Lookup,
    activity: &Activity,
    several: bool,
    status: &Status,
) -> ActivityView {
    let detail = [&activity.outcome, &activity.agent]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ");
    ActivityView {
        connection: lookup.connection.0.clone(),
        source: several.then(|| status.label(&lookup.connection).to_owned()),
        id: activity.id.clone(),
        channel: activity
            .kind
            .as_deref()
            .and_then(Channel::parse)
            .map(ChannelView::from),
        subject: activity
            .subject
            .clone()
            .or_else(|| activity.text.clone())
            .unwrap_or_else(|| activity.id.clone()),
        detail: (!detail.is_empty()).then_some(detail),
        at: activity.at.map(Moment::millis),
    }
}

/// What one connection told for a section.
struct Told<'a, T> {
    lookup: &'a Lookup,
    part: &'a Part<T>,
    /// How many the customer's record counts.
    counted: Option<u32>,
    /// What it told before, and when, as long as it has not told it now.
    copy: Option<(&'a Part<T>, Moment)>,
}

/// One row, and whose it is.
struct Row<'a, T> {
    lookup: &'a Lookup,
    item: &'a T,
    copy: bool,
}

/// What the connections on a card told, or once told.
fn told<T>(
    pop: &Pop,
    part: fn(&Lookup) -> &Part<T>,
    counted: impl Fn(&Hit) -> Option<u32>,
) -> Vec<Told<'_, T>> {
    let all_is_copy = pop.is_saved_copy();
    let shown = pop.shown().into_iter();
    let told = shown.map(|(lookup, hit)| {
        let own = part(lookup);
        let is_open = all_is_copy || matches!(own, Part::Waiting | Part::Failed(_));
        let mut copies = pop.saved().iter().filter(|_| is_open);
        let copy = copies.find_map(|saved| {
            let (known, _) = saved.record()?;
            let same = known.connection == lookup.connection;
            (same && part(known).ready().is_some()).then(|| (part(known), saved.read))
        });
        Told {
            lookup,
            part: own,
            counted: counted(hit),
            copy,
        }
    });
    told.collect()
}

/// One section over all connections that know the customer.
struct Section<'a, T> {
    /// Complete as soon as one connection has answered: the others complete it in place.
    state: PartState,
    rows: Vec<Row<'a, T>>,
    /// How many there are in all, as far as every connection that answered says so.
    total: Option<u32>,
    sources: Vec<PartSourceView>,
    /// When the oldest copy among the rows was told.
    as_of: Option<Moment>,
    /// Whether rows of more than one connection can stand here.
    several: bool,
}

impl<'a, T> Section<'a, T> {
    fn of(parts: Vec<Told<'a, T>>, pop: &Pop, status: &Status) -> Self {
        let asked: Vec<_> = parts
            .into_iter()
            .map(|told| (state_of(told.part), told))
            .filter(|(state, _)| *state != PartState::Off)
            .collect();
        let has = |wanted| asked.iter().any(|(state, _)| *state == wanted);
        let has_copy = asked.iter().any(|(_, told)| told.copy.is_some());
        let state = if has(PartState::Ready) || has_copy {
            PartState::Ready
        } else if has(PartState::Waiting) || pop.matching == Matching::Looking {
            PartState::Waiting
        } else if has(PartState::Failed) {
            PartState::Failed
        } else {
            PartState::Off
        };
        let mut total = None;
        let mut rows = Vec::new();
        for (_, told) in &asked {
            let part = told.copy.map_or(told.part, |(part, _)| part);
            let Some(listed) = part.ready() else { continue };
            let listed_here = listed.total.map(count_long).or(told.counted);
            let here = listed_here.unwrap_or_else(|| count(listed.items.len()));
            total = Some(total.unwrap_or(0) + here);
            rows.extend(listed.items.iter().map(|item| Row {
                lookup: told.lookup,
                item,
                copy: told.copy.is_some(),
            }));
        }
        let copies = asked.iter().filter_map(|(_, told)| told.copy);
        Self {
            state,
            rows,
            total,
            several: asked.len() > 1,
            as_of: copies.map(|(_, read)| read).min(),
            sources: asked
                .iter()
                .map(|(state, told)| PartSourceView {
                    connection: told.lookup.connection.0.clone(),
                    label: status.label(&told.lookup.connection).to_owned(),
                    state: *state,
                })
                .collect(),
        }
    }
}

impl<T> Section<'_, T> {
    /// Nothing, where the organisation's layout has no such part.
    fn shown_as(self, part: CardPart, status: &Status) -> Self {
        if status.settings.card.parts.contains(&part) {
            return self;
        }
        Self {
            state: PartState::Off,
            rows: Vec::new(),
            total: None,
            sources: Vec::new(),
            as_of: None,
            several: false,
        }
    }
}

fn state_of<T>(part: &Part<T>) -> PartState {
    match part {
        Part::Off => PartState::Off,
        Part::Waiting => PartState::Waiting,
        Part::Ready(_) => PartState::Ready,
        Part::Failed(_) => PartState::Failed,
    }
}
