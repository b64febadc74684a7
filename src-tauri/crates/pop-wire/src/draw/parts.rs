//! Draws the sections of a card.

use pop_core::Words;
use pop_core::desk::{Lookup, Matching, Part, Place, Pop, RecordState};
use pop_core::fault::Fault;
use pop_core::interaction::Channel;
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::{Activity, Case, ConnectionId, Customer, Listed};
use pop_core::status::Status;

use crate::draw::{count, count_long};
use crate::parts::{
    ActivitiesView, ActivityView, CaseView, CasesView, FactName, FactView, PartState, PriorityView,
    ProblemAction, ProblemView, RecordStateView, SeverityView,
};
use crate::pop::ChannelView;

/// The state of a part, its rows and their total.
fn part<T: Clone>(part: Option<&Part<T>>, pop: &Pop) -> (PartState, Listed<T>) {
    let waiting = pop.matching == Matching::Looking;
    match part {
        None if waiting => (PartState::Waiting, Listed::default()),
        None | Some(Part::Off) => (PartState::Off, Listed::default()),
        Some(Part::Waiting) => (PartState::Waiting, Listed::default()),
        Some(Part::Ready(listed)) => (PartState::Ready, listed.clone()),
        Some(Part::Failed(_)) => (PartState::Failed, Listed::default()),
    }
}

fn matched_lookup(pop: &Pop) -> Option<&Lookup> {
    pop.customer()
        .and_then(|(connection, _)| pop.lookup(connection))
}

pub(super) fn cases(pop: &Pop, status: &Status) -> CasesView {
    let lookup = matched_lookup(pop);
    let (state, mut listed) = part(lookup.map(|lookup| &lookup.cases), pop);
    listed
        .items
        .sort_by_key(|case| (std::cmp::Reverse(case.priority), case.due, case.created));
    let counted = pop.customer().and_then(|(_, hit)| hit.customer.open_cases);
    let total = listed.total.or(counted).map(count_long);
    CasesView {
        state,
        total: total.or((state == PartState::Ready).then(|| count(listed.items.len()))),
        source: lookup.map(|lookup| status.label(&lookup.connection).to_owned()),
        items: lookup
            .map(|lookup| {
                listed
                    .items
                    .iter()
                    .map(|case| draw_case(lookup, case))
                    .collect()
            })
            .unwrap_or_default(),
    }
}

fn draw_case(lookup: &Lookup, case: &Case) -> CaseView {
    CaseView {
        connection: lookup.connection.0.clone(),
        id: case.id.clone(),
        number: case.number.clone(),
        subject: case.subject.clone().unwrap_or_else(|| case.id.clone()),
        status: case.status.clone(),
        priority: case.priority.map(PriorityView::from),
        created: case.created.map(Moment::millis),
        due: case.due.map(Moment::millis),
    }
}

pub(super) fn activities(pop: &Pop, status: &Status) -> ActivitiesView {
    let lookup = matched_lookup(pop);
    let (state, mut listed) = part(lookup.map(|lookup| &lookup.activities), pop);
    listed
        .items
        .sort_by_key(|activity| std::cmp::Reverse(activity.at));
    ActivitiesView {
        state,
        total: listed.total.map(count_long),
        source: lookup.map(|lookup| status.label(&lookup.connection).to_owned()),
        items: listed.items.iter().map(draw_activity).collect(),
    }
}

fn draw_activity(activity: &Activity) -> ActivityView {
    let detail = [&activity.outcome, &activity.agent]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ");
    ActivityView {
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

pub(super) fn facts(customer: &Customer, opens_accounts: bool) -> Vec<FactView> {
    let fact = |name, value: &String, copy: bool, ltr: bool| FactView {
        name,
        label: None,
        value: value.clone(),
        copy: copy.then(|| value.clone()),
        opens: false,
        ltr,
    };
    let phones = customer
        .phones
        .iter()
        .map(|phone| fact(FactName::Phone, phone, true, true));
    let emails = customer
        .emails
        .iter()
        .map(|email| fact(FactName::Email, email, true, true));
    let company = customer.company.iter().map(|it| FactView {
        opens: opens_accounts && customer.account_id.is_some(),
        ..fact(FactName::Company, it, false, false)
    });
    let owner = customer
        .owner
        .iter()
        .map(|it| fact(FactName::Owner, it, false, false));
    let extra = customer.extra.iter().map(|extra| FactView {
        name: FactName::Extra,
        label: Some(extra.label.clone()),
        value: extra.value.clone(),
        copy: None,
        opens: false,
        ltr: false,
    });
    phones
        .chain(emails)
        .chain(company)
        .chain(owner)
        .chain(extra)
        .collect()
}

pub(super) fn record(pop: &Pop) -> RecordStateView {
    match &pop.record {
        RecordState::NotOpened if pop.customer().is_none() => RecordStateView::Nothing,
        RecordState::NotOpened | RecordState::Opening(_) => RecordStateView::NotOpened,
        RecordState::Opened(_, Place::Browser) => RecordStateView::Opened,
        RecordState::Opened(_, Place::Crm) => RecordStateView::Shown,
        RecordState::HeldBack => RecordStateView::HeldBack,
        RecordState::Failed(why) => RecordStateView::Failed { why: why.clone() },
    }
}

pub(super) fn problems(pop: &Pop, status: &Status) -> Vec<ProblemView> {
    let mut problems: Vec<ProblemView> = Vec::new();
    for lookup in &pop.lookups {
        let finding = lookup.fault.as_ref().map(|fault| {
            let (label, language) = (status.label(&lookup.connection), status.language());
            if lookup.is_partial() {
                let words = fault.words_of_a_part(label, language);
                ProblemView::with(words, fault, &lookup.connection.0)
            } else {
                ProblemView::of(fault, &lookup.connection.0, label, language)
            }
        });
        let parts = [failure(&lookup.cases), failure(&lookup.activities)]
            .into_iter()
            .flatten()
            .map(|fault| ProblemView::draw(&lookup.connection, fault, status));
        for problem in finding.into_iter().chain(parts) {
            if !problems.iter().any(|known| known.title == problem.title) {
                problems.push(problem);
            }
        }
    }
    if pop.matching == Matching::Failed && status.connections.is_empty() {
        problems.push(nothing_connected(pop, status.language()));
    }
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    problems
}

fn nothing_connected(pop: &Pop, language: Language) -> ProblemView {
    let id = "fault-nothing_connected";
    ProblemView {
        connection: String::new(),
        title: language.say(id, &[]),
        text: language.say_of(id, "text", &[]),
        severity: SeverityView::Caution,
        action: ProblemAction::Connect,
        code: String::new(),
        request_id: None,
        at: pop.received.millis(),
    }
}

fn failure<T>(part: &Part<T>) -> Option<&Fault> {
    match part {
        Part::Failed(fault) => Some(fault),
        Part::Off | Part::Waiting | Part::Ready(_) => None,
    }
}

impl ProblemView {
    /// Draws a fault of a connection.
    pub fn draw(connection: &ConnectionId, fault: &Fault, status: &Status) -> Self {
        Self::of(
            fault,
            &connection.0,
            status.label(connection),
            status.language(),
        )
    }

    /// Draws a fault of the CRM that people call `label`.
    pub fn of(fault: &Fault, connection: &str, label: &str, language: Language) -> Self {
        Self::with(fault.words(label, language), fault, connection)
    }

    /// Draws a failure that has words of its own.
    pub fn told(words: Words, code: String, at: Moment) -> Self {
        Self {
            title: words.title,
            text: words.text,
            severity: if words.mild {
                SeverityView::Caution
            } else {
                SeverityView::Critical
            },
            action: words.remedy.into(),
            code,
            at: at.millis(),
            connection: String::new(),
            request_id: None,
        }
    }

    fn with(words: Words, fault: &Fault, connection: &str) -> Self {
        Self {
            connection: connection.to_owned(),
            title: words.title,
            text: words.text,
            severity: if words.mild {
                SeverityView::Caution
            } else {
                SeverityView::Critical
            },
            action: words.remedy.into(),
            code: fault.support_line(),
            request_id: fault.request_id.clone(),
            at: fault.at.millis(),
        }
    }
}
