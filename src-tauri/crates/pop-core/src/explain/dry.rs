//! An event played on a desk of its own: what would become of it, and why. Nothing is opened,
//! written or kept; what the CRMs say comes from whoever plays it.

use std::time::Duration;

use crate::desk::{Answer, Command, Desk, Dropped, Effect, Input, Policy, Question, Ticket, Wish};
use crate::interaction::Event;
use crate::moment::Moment;
use crate::profile::RecordRef;
use crate::write::Write;

/// An event that is being played.
pub struct DryRun {
    desk: Desk,
    now: Moment,
    asks: Vec<(Ticket, Question)>,
    opens: Option<RecordRef>,
    writes: Vec<Write>,
    dropped: Vec<Dropped>,
}

impl DryRun {
    /// A desk that decides by this policy, at this time.
    pub fn new(policy: Policy, now: Moment) -> Self {
        Self {
            desk: Desk::new(policy),
            now,
            asks: Vec::new(),
            opens: None,
            writes: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// Plays an event as if it happened now: one from yesterday would only be too late.
    pub fn event(&mut self, event: Event) {
        let event = Event {
            at: self.now,
            expires: None,
            ..event
        };
        self.give(Input::Event(Box::new(event)));
    }

    /// What the connections are asked, once each.
    pub fn asks(&mut self) -> Vec<(Ticket, Question)> {
        std::mem::take(&mut self.asks)
    }

    /// Plays what a connection answers.
    pub fn answer(&mut self, ticket: Ticket, answer: Answer) {
        self.give(Input::Answered {
            ticket,
            answer,
            took: Duration::ZERO,
        });
    }

    /// Plays a wish of the agent: what would be written, unless it is not clear for whom (rule P3).
    pub fn wish(&mut self, wish: Wish) -> Option<Write> {
        self.give(Input::Command(Command::Write(Box::new(wish))));
        self.writes.pop()
    }

    /// The desk as it is now.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The record that would open by itself.
    pub fn opens(&self) -> Option<&RecordRef> {
        self.opens.as_ref()
    }

    /// Why events made no card.
    pub fn dropped(&self) -> &[Dropped] {
        &self.dropped
    }

    fn give(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            for effect in self.desk.apply(self.now, input) {
                match effect {
                    Effect::Ask { ticket, question } => self.asks.push((ticket, question)),
                    Effect::Open { record, .. } => self.opens = Some(record),
                    // Nobody types while an event is tried.
                    Effect::AskIdle => inputs.push(Input::Idle(None)),
                    Effect::Count(dropped) => self.dropped.push(dropped),
                    Effect::Write(write) => self.writes.push(*write),
                    Effect::Show(_)
                    | Effect::Gone(_)
                    | Effect::Notify(_)
                    | Effect::Hush(_)
                    | Effect::Settled(_)
                    | Effect::Keep(_)
                    | Effect::KeepEnded(_)
                    | Effect::Mark(..)
                    | Effect::Read(..)
                    | Effect::Undo(_)
                    | Effect::Resend { .. }
                    | Effect::Discard { .. }
                    | Effect::KeepDraft { .. }
                    | Effect::KeepCopy(_)
                    | Effect::ForgetCopies(_)
                    | Effect::Queue => {}
                }
            }
        }
    }
}
