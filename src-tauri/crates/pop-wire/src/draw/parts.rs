//! Draws what happened to the record, and what went wrong.

use pop_core::desk::{Lookup, Matching, Part, Place, Pop, RecordState};
use pop_core::fault::{Fault, FaultKind};
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::status::Status;
use pop_core::{Words, words_out_of_reach};

use crate::parts::{ProblemAction, ProblemView, RecordStateView, SeverityView};

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

/// Why the most important connection is not reached, if none is.
pub(super) fn out_of_reach<'a>(
    pop: &'a Pop,
    status: &'a Status,
) -> Option<(&'a ConnectionId, &'a Fault)> {
    let why = |lookup: &'a Lookup| {
        let fault = lookup.fault.as_ref().filter(|_| lookup.hits.is_empty())?;
        if fault.kind != FaultKind::Paused {
            return Some((&lookup.connection, fault));
        }
        // It is left alone because of what happened before.
        let status = status.connection(&lookup.connection)?;
        Some((&lookup.connection, status.fault.as_ref()?))
    };
    let faults: Option<Vec<_>> = pop.lookups.iter().map(why).collect();
    let faults = faults.filter(|faults| faults.iter().all(|(_, fault)| fault.is_out_of_reach()))?;
    faults.first().copied()
}

/// One problem in place of one for each, where that says no less: for a single connection its own
/// says more, unless a saved copy stands on the card.
fn one_for_all(pop: &Pop, status: &Status) -> Option<ProblemView> {
    let (connection, fault) = out_of_reach(pop, status)?;
    if pop.lookups.len() < 2 && !pop.is_saved_copy() {
        return None;
    }
    let labels = pop.lookups.iter();
    let labels: Vec<&str> = labels
        .map(|lookup| status.label(&lookup.connection))
        .collect();
    let words = words_out_of_reach(&labels, fault, status.language());
    let mut problem = ProblemView::with(words, fault, &connection.0);
    if pop.is_saved_copy() {
        problem.severity = SeverityView::Caution;
    }
    Some(problem)
}

pub(super) fn problems(pop: &Pop, status: &Status) -> Vec<ProblemView> {
    if let Some(problem) = one_for_all(pop, status) {
        return vec![problem];
    }
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
    if pop.is_saved_copy() {
        // What can be tried again is no alarm while what was known is in view.
        let passing = |problem: &&mut ProblemView| problem.action == ProblemAction::Retry;
        for problem in problems.iter_mut().filter(passing) {
            problem.severity = SeverityView::Caution;
        }
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
