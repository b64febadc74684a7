//! Draws the sections of a card.

use pop_core::Words;
use pop_core::action::ActionKind;
use pop_core::desk::{Desk, Item, Lookup, Matching, Part, Place, Pop, RecordState};
use pop_core::fault::Fault;
use pop_core::interaction::Channel;
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::{Activity, Case, ConnectionId, Customer, Listed, Priority};
use pop_core::status::Status;
use pop_core::write::WriteState;

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

pub(super) fn cases(pop: &Pop, desk: &Desk, status: &Status) -> CasesView {
    let lookup = matched_lookup(pop);
    let (state, mut listed) = part(lookup.map(|lookup| &lookup.cases), pop);
    listed
        .items
        .sort_by_key(|case| (std::cmp::Reverse(case.priority), case.due, case.created));
    let counted = pop.customer().and_then(|(_, hit)| hit.customer.open_cases);
    let total = listed.total.or(counted).map(count_long);
    let writes: Vec<&Item> = desk.writes_of(pop).collect();
    let coming = writes.iter().filter_map(|item| coming_case(item));
    let coming: Vec<CaseView> = coming.collect();
    let total = total.or((state == PartState::Ready).then(|| count(listed.items.len())));
    let there = lookup.into_iter().flat_map(|lookup| {
        let cases = listed.items.iter();
        cases.map(|case| with_write(draw_case(lookup, case), &writes))
    });
    CasesView {
        state,
        total: total.map(|total| total + count(coming.len())),
        source: lookup.map(|lookup| status.label(&lookup.connection).to_owned()),
        items: coming.iter().cloned().chain(there).collect(),
    }
}

/// Whether a write shows on the card before the CRM has done it.
fn is_coming(item: &Item) -> bool {
    match item.state {
        None | Some(WriteState::Held | WriteState::Waiting { .. } | WriteState::Sending) => true,
        Some(
            WriteState::Parked(_)
            | WriteState::Done(_)
            | WriteState::Discarded
            | WriteState::NotSaved(_),
        ) => false,
    }
}

/// The row of a case that the CRM does not have yet.
fn coming_case(item: &Item) -> Option<CaseView> {
    let write = &item.write;
    let waits = is_coming(item) || matches!(item.state, Some(WriteState::Parked(_)));
    (write.kind == ActionKind::CreateCase && waits).then(|| CaseView {
        connection: write.connection.0.clone(),
        id: write.id.0.clone(),
        number: None,
        subject: write.input.get("subject").cloned().unwrap_or_default(),
        status: None,
        priority: write
            .input
            .get("priority")
            .and_then(|word| Priority::parse(word))
            .map(PriorityView::from),
        created: None,
        due: None,
        made: false,
        write: Some(write.id.0.clone()),
    })
}

/// A case as it will be once its latest write is done; as it was read where that was refused.
fn with_write(mut view: CaseView, writes: &[&Item]) -> CaseView {
    let latest = writes.iter().rev().find(|item| {
        let write = &item.write;
        let changes = matches!(write.kind, ActionKind::SetStatus | ActionKind::SetPriority);
        changes && write.case.as_ref() == Some(&view.id) && write.connection.0 == view.connection
    });
    let Some(item) = latest.filter(|item| !item.is_over()) else {
        return view;
    };
    view.write = Some(item.write.id.0.clone());
    if is_coming(item) {
        match item.write.kind {
            ActionKind::SetPriority => {
                let word = item.write.input.get("priority");
                let priority = word.and_then(|word| Priority::parse(word));
                view.priority = priority.map(PriorityView::from).or(view.priority);
            }
            ActionKind::SetStatus
            | ActionKind::CreateCase
            | ActionKind::LogInteraction
            | ActionKind::AddNote
            | ActionKind::CreateCustomer
            | ActionKind::UpdateCustomer
            | ActionKind::ShowInCrm => {
                let shown = item.write.facts.shown.clone();
                view.status = shown.or(view.status);
            }
        }
    }
    view
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
        made: true,
        write: None,
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
