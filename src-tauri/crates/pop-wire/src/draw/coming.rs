//! Draws cases as they will be: those that the CRM does not have yet, and those whose latest change
//! is on its way.

use pop_core::action::ActionKind;
use pop_core::desk::Item;
use pop_core::profile::Priority;
use pop_core::status::Status;
use pop_core::write::WriteState;

use crate::parts::{CaseView, PriorityView};

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
pub(super) fn coming_case(item: &Item, several: bool, status: &Status) -> Option<CaseView> {
    let write = &item.write;
    let waits = is_coming(item) || matches!(item.state, Some(WriteState::Parked(_)));
    (write.kind == ActionKind::CreateCase && waits).then(|| CaseView {
        connection: write.connection.0.clone(),
        source: several.then(|| status.label(&write.connection).to_owned()),
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
        copy: false,
        made: false,
        write: Some(write.id.0.clone()),
    })
}

/// A case as it will be once its latest write is done; as it was read where that was refused.
pub(super) fn with_write(mut view: CaseView, writes: &[&Item]) -> CaseView {
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
