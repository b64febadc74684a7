//! What the agent wants done in CRMs: who it is for is certain, or nothing is written.
//!
//! The desk decides that something is written, for which record, and what the card shows of it
//! meanwhile. Keeping it, sending it and trying again is the engine's and the store's part.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::action::ActionKind;
use crate::desk::Desk;
use crate::desk::pop::{Matching, Pop};
use crate::desk::vocabulary::{At, Dropped, Effect, PopId};
use crate::interaction::InteractionKey;
use crate::moment::Moment;
use crate::profile::ConnectionId;
use crate::write::{Facts, Write, WriteId, WriteState};

/// How long a write can be taken back before it is sent.
pub const UNDO: Duration = Duration::from_secs(5);

/// How many writes that have ended are remembered, so that the window can say what became of them.
const MOST_OVER: usize = 50;

/// Something that the agent wants done in a CRM for a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The id of the write that it becomes.
    pub id: WriteId,
    /// The card as the agent saw it.
    pub at: At,
    /// The connection.
    pub connection: ConnectionId,
    /// What is to be done.
    pub kind: ActionKind,
    /// The case on the card.
    pub case: Option<String>,
    /// What was filled in, by the names of the form.
    pub input: BTreeMap<String, String>,
    /// The label of what was chosen, where it is one choice.
    pub shown: Option<String>,
    /// Whether what is made is opened as soon as the CRM has it.
    pub opens: bool,
}

/// A write, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The write.
    pub write: Write,
    /// How far it has come; `None`: it is not kept yet.
    pub state: Option<WriteState>,
    /// The card it was decided on, while that is there.
    pub pop: Option<PopId>,
    /// Since when it is in its state.
    pub since: Moment,
    /// What it replaced on the card, for the case that it is not done.
    before: Option<String>,
    /// Whether the agent wants it back.
    pub(super) undone: bool,
    /// Whether the agent wants what is made opened; not known any more after a start.
    pub(super) opens: bool,
}

/// The writes of this run, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing {
    items: Vec<Item>,
}

impl Item {
    /// Whether it may still be taken back: nothing of it was sent.
    pub fn can_be_undone(&self) -> bool {
        match &self.state {
            None | Some(WriteState::Held | WriteState::Waiting { attempts: 0, .. }) => true,
            Some(
                WriteState::Waiting { .. }
                | WriteState::Sending
                | WriteState::Parked(_)
                | WriteState::Done(_)
                | WriteState::Discarded
                | WriteState::NotSaved(_),
            ) => false,
        }
    }

    /// Whether it waits for a person, or for a later try.
    /// Whether it is kept and waits for something.
    pub fn waits(&self) -> bool {
        matches!(
            self.state,
            Some(WriteState::Parked(_) | WriteState::Waiting { .. })
        )
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        self.state.as_ref().is_some_and(WriteState::is_over)
    }
}

impl Desk {
    /// Every write that has not ended, and the latest that have; oldest first.
    pub fn writes(&self) -> &[Item] {
        &self.writing.items
    }

    /// The writes that a card shows: those for its present customer.
    pub fn writes_of<'d>(&'d self, pop: &'d Pop) -> impl Iterator<Item = &'d Item> {
        self.writing
            .items
            .iter()
            .filter(|item| item.pop == Some(pop.id) && pop.is_about(&item.write))
    }

    pub(super) fn item(&self, id: &WriteId) -> Option<&Item> {
        self.writing.items.iter().find(|item| item.write.id == *id)
    }

    /// Why something cannot be written as the card is now.
    pub fn refuses(&self, wish: &Wish) -> Option<Dropped> {
        let Some(pop) = self.pop(wish.at.pop).filter(|_| self.is_current(wish.at)) else {
            return Some(Dropped::StaleCommand);
        };
        if self.item(&wish.id).is_some() {
            return Some(Dropped::StaleCommand);
        }
        let is_known = |case: &String| pop.case(&wish.connection, case).is_some();
        let matched = pop.known_to(&wish.connection).is_some();
        let fits = match wish.kind {
            ActionKind::CreateCustomer => !matches!(pop.matching, Matching::Several { .. }),
            ActionKind::CreateCase | ActionKind::UpdateCustomer => matched,
            ActionKind::LogInteraction => matched && wish.case.iter().all(is_known),
            ActionKind::AddNote | ActionKind::SetStatus | ActionKind::SetPriority => {
                matched && wish.case.as_ref().is_some_and(is_known)
            }
            ActionKind::ShowInCrm => false,
        };
        (!fits).then_some(Dropped::NotDecided)
    }

    pub(super) fn write(&mut self, wish: Wish, now: Moment, effects: &mut Vec<Effect>) {
        let at = wish.at;
        let form = wish.kind.word();
        if self.emit(wish, UNDO, now, effects) {
            self.forget_draft(at.pop, form, effects);
        }
    }

    /// Wants a write kept and done; whether it may be.
    pub(super) fn emit(
        &mut self,
        wish: Wish,
        hold: Duration,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if let Some(dropped) = self.refuses(&wish) {
            effects.push(Effect::Count(dropped));
            return false;
        }
        let Some(pop) = self.pop(wish.at.pop) else {
            return false;
        };
        let hit = pop.known_to(&wish.connection);
        let hit = hit.filter(|_| wish.kind != ActionKind::CreateCustomer);
        let case = wish.case.as_ref();
        let case = case.and_then(|case| pop.case(&wish.connection, case));
        let read = match wish.kind {
            ActionKind::SetStatus => case.and_then(|case| case.status.clone()),
            ActionKind::CreateCase
            | ActionKind::LogInteraction
            | ActionKind::AddNote
            | ActionKind::SetPriority
            | ActionKind::CreateCustomer
            | ActionKind::UpdateCustomer
            | ActionKind::ShowInCrm => None,
        };
        let write = Write {
            facts: Facts {
                shown: wish.shown,
                ..pop.facts(hit, case, now)
            },
            interaction: pop.key.clone(),
            customer: hit.map(|hit| hit.customer.id.clone()),
            expected: read.clone(),
            id: wish.id,
            connection: wish.connection,
            kind: wish.kind,
            case: wish.case,
            input: wish.input,
            agent: self.policy.agent_id.clone(),
            asked: now,
            not_before: now.after(hold),
        };
        effects.push(Effect::Write(Box::new(write.clone())));
        self.writing.items.push(Item {
            write,
            state: None,
            pop: Some(wish.at.pop),
            since: now,
            before: read,
            undone: false,
            opens: wish.opens,
        });
        self.show(wish.at.pop, effects);
        true
    }

    pub(super) fn undo(&mut self, id: &WriteId, effects: &mut Vec<Effect>) {
        let found = self.writing.items.iter_mut();
        let found = found.filter(|item| item.can_be_undone());
        match found.into_iter().find(|item| item.write.id == *id) {
            Some(item) => {
                item.undone = true;
                effects.push(Effect::Undo(id.clone()));
            }
            None => effects.push(Effect::Count(Dropped::StaleCommand)),
        }
    }

    pub(super) fn resend(
        &mut self,
        id: WriteId,
        input: BTreeMap<String, String>,
        shown: Option<String>,
        effects: &mut Vec<Effect>,
    ) {
        let waits = self.item(&id).is_some_and(Item::waits);
        effects.push(if waits {
            Effect::Resend { id, input, shown }
        } else {
            Effect::Count(Dropped::StaleCommand)
        });
    }

    pub(super) fn discard(&mut self, id: &WriteId, reason: String, effects: &mut Vec<Effect>) {
        let waits = self.item(id).is_some_and(Item::waits) && !reason.trim().is_empty();
        effects.push(if waits {
            let id = id.clone();
            Effect::Discard { id, reason }
        } else {
            Effect::Count(Dropped::StaleCommand)
        });
    }

    /// Takes note of how far a write has come, and shows it on its card.
    pub(super) fn wrote(
        &mut self,
        write: Write,
        state: WriteState,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let place = self.place_of(&write, now);
        let Some(item) = self.writing.items.get_mut(place) else {
            return;
        };
        item.write = write;
        item.state = Some(state.clone());
        item.since = now;
        let told = item.clone();
        item.opens &= !item.is_over();
        let item = told;
        if let Some(id) = item.pop {
            match &state {
                WriteState::Done(record) => {
                    self.done(id, &item.write, record, now);
                    self.open_made(id, &item, record, now, effects);
                }
                WriteState::Discarded | WriteState::NotSaved(_) => {
                    self.not_done(id, &item, effects);
                }
                WriteState::Held
                | WriteState::Waiting { .. }
                | WriteState::Sending
                | WriteState::Parked(_) => {}
            }
            self.show(id, effects);
        }
        self.forget_over();
        effects.push(Effect::Queue);
    }

    /// The place of a write; one that was kept before the start gets the card of its interaction.
    fn place_of(&mut self, write: &Write, now: Moment) -> usize {
        let items = &mut self.writing.items;
        if let Some(place) = items.iter().position(|item| item.write.id == write.id) {
            return place;
        }
        let card = self
            .pops
            .iter()
            .find(|pop| pop.key.is_some() && pop.key == write.interaction);
        items.push(Item {
            write: write.clone(),
            state: None,
            pop: card.map(|pop| pop.id),
            since: now,
            before: write.expected.clone(),
            undone: false,
            opens: false,
        });
        items.len() - 1
    }

    /// Gives the writes that were kept before the start to the card of their interaction.
    pub(super) fn adopt_writes(&mut self, key: &InteractionKey) {
        let card = self.pops.iter().find(|pop| pop.key.as_ref() == Some(key));
        let Some(id) = card.map(|pop| pop.id) else {
            return;
        };
        for item in &mut self.writing.items {
            if item.pop.is_none() && item.write.interaction.as_ref() == Some(key) {
                item.pop = Some(id);
            }
        }
    }

    fn forget_over(&mut self) {
        let items = &mut self.writing.items;
        let over = items.iter().filter(|item| item.is_over()).count();
        let mut surplus = over.saturating_sub(MOST_OVER);
        items.retain(|item| {
            let goes = surplus > 0 && item.is_over();
            surplus -= usize::from(goes);
            !goes
        });
    }

    /// A card goes; what it wanted done is done all the same.
    pub(super) fn leave_writes(&mut self, id: PopId) {
        for item in &mut self.writing.items {
            if item.pop == Some(id) {
                item.pop = None;
            }
        }
    }
}

impl Pop {
    /// Whether a write is for the customer that the card shows now, or for nobody yet.
    pub(super) fn is_about(&self, write: &Write) -> bool {
        match (&write.customer, self.known_to(&write.connection)) {
            (None, _) => true,
            (Some(id), Some(hit)) => hit.is(id),
            (Some(_), None) => false,
        }
    }
}
