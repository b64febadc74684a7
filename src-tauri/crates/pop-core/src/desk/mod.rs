//! The desk: a pure state machine over the agent's live interactions.
//!
//! [`Desk::apply`] takes what happened and the time, and returns what should be done. It never
//! waits and never touches the world, so the same desk serves the app, a rehearsal and a
//! simulation. Asking connections, opening addresses and keeping things is the engine's part.

mod agent;
mod alongside;
mod asking;
mod beside;
mod deciding;
mod drafts;
mod events;
mod explaining;
mod idle;
mod known;
mod learning;
mod matching;
mod opening;
mod policy;
mod pop;
mod ruled;
mod saved;
mod signed_out;
mod similar;
mod transferring;
mod vocabulary;
mod withdrawn;
mod wrap_up;
mod writing;
mod written;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

pub use asking::Lookup;
pub use drafts::DraftOwner;
pub use idle::{LONGEST_WAIT, PAUSE};
pub use known::KnownCase;
pub use policy::{OpenPolicy, Policy};
pub use pop::{CandidateRef, Hit, Matching, Part, Phase, Pop, RecordState};
pub use saved::{Saved, SavedCopy};
pub use vocabulary::{
    Answer, At, Command, Dropped, Effect, Findings, Input, Mark, Place, PopId, Question, Ticket,
};
pub use withdrawn::Left;
pub use wrap_up::{WrapUp, WrapUpField, WrapUpPolicy, Wrapping};
pub use writing::{Item, UNDO, Wish};

use crate::interaction::InteractionKey;
use crate::moment::Moment;
use crate::profile::ConnectionId;
use crate::usual::Usual;

/// A lookup that takes longer is ended (rule B2).
pub const LOOKUP_ENDS: Duration = Duration::from_secs(10);

/// How long an interaction that nobody took stays on screen.
pub const WITHDRAWN_STAYS: Duration = Duration::from_secs(3);

/// How many cards are kept at most; no agent has that many live interactions.
const MOST_POPS: usize = 40;

/// The state of all live interactions.
#[derive(Clone, Debug)]
pub struct Desk {
    policy: Policy,
    pops: Vec<Pop>,
    done: VecDeque<InteractionKey>,
    withdrawn: withdrawn::Withdrawn,
    remembered: matching::Remembered,
    openings: opening::Openings,
    writing: writing::Writing,
    drafts: drafts::Drafts,
    waiting: idle::Waiting,
    copies: saved::Copies,
    usual: BTreeMap<ConnectionId, Usual>,
    last_id: u32,
    asked: u32,
}

impl Desk {
    /// A desk without interactions.
    pub fn new(policy: Policy) -> Self {
        let done = policy.already.iter().cloned().collect();
        Self {
            policy,
            pops: Vec::new(),
            done,
            withdrawn: withdrawn::Withdrawn::default(),
            remembered: matching::Remembered::default(),
            openings: opening::Openings::default(),
            writing: writing::Writing::default(),
            drafts: drafts::Drafts::default(),
            waiting: idle::Waiting::default(),
            copies: saved::Copies::default(),
            usual: BTreeMap::new(),
            last_id: 0,
            asked: 0,
        }
    }

    /// Takes what happened and says what should be done, in order.
    pub fn apply(&mut self, now: Moment, input: Input) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Event(event) => {
                let key = event.key.clone();
                self.event(*event, now, &mut effects);
                self.adopt_writes(&key);
            }
            Input::Answered {
                ticket,
                answer,
                took,
            } => {
                self.answered(&ticket, answer, took, now, &mut effects);
            }
            Input::Opened { at, outcome } => self.opened(at, outcome, now, &mut effects),
            Input::Command(command) => self.command(command, now, &mut effects),
            Input::Policy(policy) => self.change_policy(policy, now, &mut effects),
            Input::Ready(connection) => self.connection_is_ready(&connection, now, &mut effects),
            Input::SignedOut(connection) => self.signed_out(&connection, now, &mut effects),
            Input::Wrote { write, state } => self.wrote(*write, state, now, &mut effects),
            Input::Drafted {
                owner,
                form,
                fields,
            } => self.drafted(owner, form, fields, &mut effects),
            Input::Idle(idle) => self.idle_told(idle, now, &mut effects),
            Input::Copies(copies) => self.take_copies(copies, now, &mut effects),
            Input::Left(left) => self.withdrawn.take_over(left),
            Input::Tick => self.tick(now, &mut effects),
        }
        self.begin_wrap_ups(now, &mut effects);
        self.note_the_same_customer(&mut effects);
        self.keep_copies(now, &mut effects);
        effects
    }

    /// The cards, in order of arrival.
    pub fn pops(&self) -> &[Pop] {
        &self.pops
    }

    /// A card.
    pub fn pop(&self, id: PopId) -> Option<&Pop> {
        self.pops.iter().find(|pop| pop.id == id)
    }

    /// Whether a card is still as somebody saw it (rule P1).
    pub fn is_current(&self, at: At) -> bool {
        self.pop(at.pop)
            .is_some_and(|pop| pop.generation == at.generation)
    }

    /// Whether the agent chose this candidate before for one of the card's identifiers.
    pub fn was_chosen_before(&self, pop: &Pop, candidate: &CandidateRef) -> bool {
        self.remembered.is_choice(&pop.identifiers, candidate)
    }

    /// How long the answers of a connection usually take, as far as cards have waited for them.
    pub fn usual(&self, connection: &ConnectionId) -> Usual {
        self.usual.get(connection).cloned().unwrap_or_default()
    }

    /// When [`Input::Tick`] is due next.
    pub fn next_deadline(&self) -> Option<Moment> {
        let withdrawn = self
            .pops
            .iter()
            .filter(|pop| pop.phase.was_not_taken())
            .map(|pop| pop.phase_since.after(WITHDRAWN_STAYS));
        let rings = self.pops.iter().filter_map(Pop::rings_until);
        let lookups = self
            .pops
            .iter()
            .flat_map(|pop| &pop.lookups)
            .filter_map(Lookup::next_deadline);
        let wrap_ups = self.pops.iter().filter_map(Pop::wrap_up_deadline);
        let waiting = self.waiting.next_deadline();
        let copies = self.copies.next_deadline();
        let times = withdrawn.chain(lookups).chain(rings).chain(copies);
        times.chain(wrap_ups).chain(waiting).min()
    }

    fn command(&mut self, command: Command, now: Moment, effects: &mut Vec<Effect>) {
        let stale = match &command {
            Command::Choose { at, .. }
            | Command::NotThisPerson(at)
            | Command::Retry { at, .. }
            | Command::OpenAccount(at)
            | Command::OpenBeside { at, .. }
            | Command::OpenRecord { at, .. } => !self.is_current(*at),
            Command::Seen(id)
            | Command::Close(id)
            | Command::Draft { pop: id, .. }
            | Command::ExtendWrapUp(id) => self.pop(*id).is_none(),
            Command::Write(wish) => !self.is_current(wish.at),
            Command::WrapUp(wrapping) => !self.is_current(wrapping.at),
            Command::Undo(id) | Command::Resend { id, .. } | Command::Discard { id, .. } => {
                self.item(id).is_none()
            }
            Command::Show { .. } => false,
        };
        if stale {
            effects.push(Effect::Count(Dropped::StaleCommand));
            return;
        }
        match command {
            Command::Seen(id) => self.seen(id, effects),
            Command::Close(id) => self.close(id, now, effects),
            Command::Choose { at, connection, id } => {
                self.choose(at, connection, id, now, effects);
            }
            Command::NotThisPerson(at) => self.not_this_person(at, now, effects),
            Command::Retry { at, connection } => self.retry(at, connection, now, effects),
            Command::OpenRecord { at, case } => self.open_record(at, case, effects),
            Command::OpenAccount(at) => self.open_account(at, effects),
            Command::OpenBeside { at, connection } => self.open_beside(at, &connection, effects),
            Command::Show { connection, id } => self.show_by_hand(connection, id, now, effects),
            Command::Write(wish) => self.write(*wish, now, effects),
            Command::Undo(id) => self.undo(&id, effects),
            Command::Resend { id, input, shown } => self.resend(id, input, shown, effects),
            Command::Discard { id, reason } => self.discard(&id, reason, effects),
            Command::Draft { pop, form, fields } => self.draft(pop, form, fields, effects),
            Command::WrapUp(wrapping) => self.wrap_up(*wrapping, now, effects),
            Command::ExtendWrapUp(id) => self.extend_wrap_up(id, effects),
        }
    }

    fn change_policy(&mut self, policy: Policy, now: Moment, effects: &mut Vec<Effect>) {
        let connections_changed = self.policy.connections != policy.connections;
        for key in &policy.already {
            self.remember_done(key.clone());
        }
        let kept = std::mem::replace(&mut self.policy, policy).saved_copy;
        self.keep_copies_for(kept, now, effects);
        if !connections_changed {
            return;
        }
        let open: Vec<At> = self
            .pops
            .iter()
            .filter(|pop| pop.phase.is_live() && pop.chosen.is_none())
            .filter(|pop| pop.customer().is_none())
            .map(Pop::at)
            .collect();
        for at in open {
            self.look_up(at, now, effects);
        }
    }

    fn tick(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let over: Vec<PopId> = self
            .pops
            .iter()
            .filter(|pop| pop.phase.was_not_taken())
            .filter(|pop| pop.phase_since.after(WITHDRAWN_STAYS) <= now)
            .map(|pop| pop.id)
            .collect();
        for id in over {
            self.remove(id, now, effects);
        }
        self.check_wrap_ups(now, effects);
        self.check_ringing(now, effects);
        self.check_deadlines(now, effects);
        self.check_waits(now, effects);
        self.check_copies(now, effects);
    }

    fn remove(&mut self, id: PopId, now: Moment, effects: &mut Vec<Effect>) {
        let Some(place) = self.pops.iter().position(|pop| pop.id == id) else {
            return;
        };
        let pop = self.pops.remove(place);
        self.leave_writes(id);
        self.waiting.forget(id);
        let may_come_again = pop.phase.was_not_taken() || pop.phase == Phase::Transferred;
        match &pop.key {
            Some(key) if may_come_again => self.withdrawn.keep_card(key.clone(), &pop, now),
            Some(key) => self.remember_done(key.clone()),
            None => {}
        }
        if pop.rings {
            effects.push(Effect::Hush(id));
        }
        effects.push(Effect::Gone(id));
    }

    /// Keeps the number of cards bounded: finished ones go first, the oldest before the newer.
    fn drop_surplus(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        while self.pops.len() > MOST_POPS {
            let finished = self.pops.iter().position(|pop| !pop.phase.is_live());
            let Some(id) = self.pops.get(finished.unwrap_or(0)).map(|pop| pop.id) else {
                return;
            };
            self.remove(id, now, effects);
        }
    }

    fn show(&mut self, id: PopId, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id) else { return };
        pop.seq += 1;
        effects.retain(|effect| *effect != Effect::Show(id));
        effects.push(Effect::Show(id));
    }

    fn next_id(&mut self) -> PopId {
        self.last_id += 1;
        PopId(self.last_id)
    }

    fn pop_mut(&mut self, id: PopId) -> Option<&mut Pop> {
        self.pops.iter_mut().find(|pop| pop.id == id)
    }
}
