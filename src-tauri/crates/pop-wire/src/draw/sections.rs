//! Draws the sections of a card: what every connection that knows the customer has, as one list.

use std::cmp::Reverse;

use pop_core::desk::{Desk, Item, Lookup, Matching, Part, Pop};
use pop_core::interaction::Channel;
use pop_core::moment::Moment;
use pop_core::profile::{Activity, Case};
use pop_core::settings::CardPart;
use pop_core::status::Status;

use crate::draw::coming::{coming_case, with_write};
use crate::draw::{count, count_long};
use crate::parts::{
    ActivitiesView, ActivityView, CaseView, CasesView, PartSourceView, PartState, PriorityView,
};
use crate::pop::ChannelView;

pub(super) fn cases(pop: &Pop, desk: &Desk, status: &Status) -> CasesView {
    let records = pop.records();
    let parts = records.iter().map(|(lookup, hit)| {
        let counted = hit.customer.open_cases.map(count_long);
        (*lookup, &lookup.cases, counted)
    });
    let section = Section::of(parts.collect(), pop, status).shown_as(CardPart::Cases, status);
    let mut items: Vec<(&Lookup, &Case)> = section.rows;
    items.sort_by_key(|(_, case)| (Reverse(case.priority), case.due, case.created));
    let writes: Vec<&Item> = desk.writes_of(pop).collect();
    let coming: Vec<CaseView> = writes
        .iter()
        .filter_map(|item| coming_case(item, section.several, status))
        .collect();
    let there = items.into_iter().map(|(lookup, case)| {
        let view = draw_case(lookup, case, section.several, status);
        with_write(view, &writes)
    });
    CasesView {
        state: section.state,
        total: section.total.map(|total| total + count(coming.len())),
        items: coming.iter().cloned().chain(there).collect(),
        sources: section.sources,
    }
}

fn draw_case(lookup: &Lookup, case: &Case, several: bool, status: &Status) -> CaseView {
    CaseView {
        connection: lookup.connection.0.clone(),
        source: several.then(|| status.label(&lookup.connection).to_owned()),
        id: case.id.clone(),
        number: case.number.clone(),
        subject: case.subject.clone().unwrap_or_else(|| case.id.clone()),
        status: case.status.clone(),
        priority: case.priority.map(PriorityView::from),
        created: case.created.map(Moment::millis),
        due: case.due.map(Moment::millis),
        made: true,
        write: None,
    }
}

pub(super) fn activities(pop: &Pop, status: &Status) -> ActivitiesView {
    let records = pop.records();
    let parts = records
        .iter()
        .map(|(lookup, _)| (*lookup, &lookup.activities, None));
    let section = Section::of(parts.collect(), pop, status).shown_as(CardPart::Activities, status);
    let mut items: Vec<(&Lookup, &Activity)> = section.rows;
    items.sort_by_key(|(_, activity)| Reverse(activity.at));
    ActivitiesView {
        state: section.state,
        total: section.total,
        items: items
            .into_iter()
            .map(|(lookup, activity)| draw_activity(lookup, activity, section.several, status))
            .collect(),
        sources: section.sources,
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

/// One section over all connections that know the customer.
struct Section<'a, T> {
    /// Complete as soon as one connection has answered: the others complete it in place.
    state: PartState,
    rows: Vec<(&'a Lookup, &'a T)>,
    /// How many there are in all, as far as every connection that answered says so.
    total: Option<u32>,
    sources: Vec<PartSourceView>,
    /// Whether rows of more than one connection can stand here.
    several: bool,
}

impl<'a, T> Section<'a, T> {
    fn of(parts: Vec<(&'a Lookup, &'a Part<T>, Option<u32>)>, pop: &Pop, status: &Status) -> Self {
        let asked: Vec<_> = parts
            .into_iter()
            .map(|(lookup, part, counted)| (lookup, part, counted, state_of(part)))
            .filter(|(_, _, _, state)| *state != PartState::Off)
            .collect();
        let has = |wanted| asked.iter().any(|(_, _, _, state)| *state == wanted);
        let state = if has(PartState::Ready) {
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
        for (lookup, part, counted, _) in &asked {
            let Part::Ready(listed) = part else { continue };
            let listed_here = listed.total.map(count_long).or(*counted);
            let here = listed_here.unwrap_or_else(|| count(listed.items.len()));
            total = Some(total.unwrap_or(0) + here);
            rows.extend(listed.items.iter().map(|row| (*lookup, row)));
        }
        Self {
            state,
            rows,
            total,
            several: asked.len() > 1,
            sources: asked
                .iter()
                .map(|(lookup, _, _, state)| PartSourceView {
                    connection: lookup.connection.0.clone(),
                    label: status.label(&lookup.connection).to_owned(),
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
