//! Draws what another system was told.

use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::write::WriteState;

use crate::deliveries::{DeliveryView, TryView};
use crate::draw::writing::state_of;
use crate::parts::ProblemView;

impl DeliveryView {
    /// Draws a message to the system at an address; its tries are added one by one.
    pub fn draw(
        id: &str,
        event: &str,
        at: Moment,
        state: &WriteState,
        address: &str,
        language: Language,
    ) -> Self {
        let label = host_of(address);
        let (fault, next) = match state {
            WriteState::Waiting { next, last, .. } => (last.as_ref(), Some(*next)),
            WriteState::Parked(parked) => (Some(&parked.fault), None),
            WriteState::Held
            | WriteState::Sending
            | WriteState::Done(_)
            | WriteState::Discarded
            | WriteState::NotSaved(_) => (None, None),
        };
        Self {
            id: id.to_owned(),
            event: event.to_owned(),
            state: state_of(Some(state)),
            at: at.millis(),
            next: next.map(Moment::millis),
            problem: fault.map(|fault| ProblemView::of(fault, "", label, language)),
            reason: None,
            tries: Vec::new(),
        }
    }
}

impl TryView {
    /// Draws a try with the hashes of what was sent and answered.
    pub fn draw(
        at: Moment,
        code: &str,
        status: Option<u16>,
        sent: Option<&[u8; 32]>,
        answer: Option<&[u8; 32]>,
    ) -> Self {
        Self {
            at: at.millis(),
            code: code.to_owned(),
            status,
            sent: sent.map(hex),
            answer: answer.map(hex),
        }
    }
}

/// The name that people know an address by.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().fold(String::with_capacity(64), |text, byte| {
        format!("{text}{byte:02x}")
    })
}
