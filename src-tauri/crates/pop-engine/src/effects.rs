//! Carries out what the desk wants done, and feeds the results back to it.

use std::sync::Arc;

use pop_core::automatic::only_case;
use pop_core::desk::{Effect, Input, Mark, PopId};
use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::profile::RecordRef;
use pop_store::{AuditAction, AuditOutcome, Change, EventTicket};

use crate::at_hand::pin_on;
use crate::keep::audit_record;
use crate::room::Room;
use crate::tick::Tick;
use crate::timeline::{Arrived, of_desk};

/// What the audit calls this desktop's user when the settings do not name the agent.
const SOMEBODY: &str = "desktop user";

impl Room {
    /// Takes events: each goes to the desk, and the kept delivery is handled.
    pub(crate) async fn events(
        &mut self,
        events: Vec<Event>,
        ticket: Option<EventTicket>,
        arrived: Arrived,
    ) {
        self.last_event = Some(arrived.received);
        let mut changes = Vec::new();
        let over = events
            .iter()
            .any(|event| self.policy.borrow().leaves_me(event));
        let tells = !self.status.settings.webhooks.is_empty();
        let mut unseen = false;
        for mut event in events {
            let (key, id) = (event.key.clone(), event.id.clone());
            let now = self.ports.clock.now();
            self.trace(&mut event);
            self.recall(&event).await;
            let input = Input::Event(Box::new(event.clone()));
            let mut effects = self.desk.apply(now, input);
            self.gone_on(&event, &mut effects, &mut changes);
            let ended_unseen = self.ended_unseen(&event, &effects);
            let is_popped = |effect: &Effect| matches!(effect, Effect::Mark(_, Mark::Popped));
            if effects.iter().any(is_popped) {
                self.sources.popped(&key.source, &id);
            }
            if let Some(pop) = self
                .desk
                .pops()
                .iter()
                .find(|pop| pop.key.as_ref() == Some(&key))
            {
                self.timelines.begin(pop, arrived);
            }
            self.carry_out(effects, &mut changes);
            if ended_unseen {
                self.take_unseen(event, ticket, arrived.received);
                unseen = true;
            }
        }
        match ticket {
            // It is handled when its customer has been looked up.
            Some(_) if unseen => {}
            Some(ticket) if over || tells => self.handled_when_kept(ticket),
            Some(ticket) => changes.push(Change::Handled(ticket)),
            None => {}
        }
        self.keep(changes).await;
        if unseen {
            self.seek_unseen();
        }
        self.draw_status();
    }

    /// Gives the desk something and carries out what follows.
    pub(crate) async fn desk_input(&mut self, input: Input) {
        let mut changes = Vec::new();
        let effects = self.desk.apply(self.ports.clock.now(), input);
        self.carry_out(effects, &mut changes);
        self.keep(changes).await;
    }

    fn carry_out(&mut self, effects: Vec<Effect>, changes: &mut Vec<Change>) {
        // What is on screen first: nothing else may hold the card up.
        for effect in &effects {
            if let Effect::Show(pop) = effect {
                self.show(*pop);
            }
        }
        let mut day_changed = false;
        for effect in effects {
            match effect {
                Effect::Show(pop) => self.note_case(pop, changes),
                Effect::Undo(id) => self.undo_write(id),
                Effect::Resend { id, input, shown } => self.resend_write(id, input, shown),
                Effect::Discard { id, reason } => self.discard_write(id, reason),
                Effect::KeepDraft {
                    owner,
                    form,
                    fields,
                } => changes.push(self.draft(owner, form, fields)),
                Effect::Ask { ticket, question } => self.send(ticket, question),
                Effect::Gone(pop) => {
                    self.day.gone(pop);
                    self.timelines.end(pop);
                    self.ports.desktop.gone(pop);
                    day_changed = true;
                }
                Effect::Open { at, record, asked } => self.open(at, record, asked, changes),
                Effect::Notify(pop) => self.ports.desktop.notify(pop),
                Effect::Hush(pop) => self.ports.desktop.hush(pop),
                Effect::Settled(key) => {
                    let entry = self.day.settled(&key);
                    day_changed |= entry.is_some();
                    changes.extend(entry.map(Change::History));
                }
                Effect::AskIdle => self.ask_idle(),
                Effect::Keep(pop) => day_changed |= self.remember(pop, changes),
                Effect::KeepEnded(event) => {
                    let entry = self.day.without_card(&event, self.ports.clock.now());
                    changes.push(Change::History(entry));
                    day_changed = true;
                }
                Effect::Mark(pop, mark) => self.mark(pop, mark),
                Effect::Read(pop, record) => changes.push(self.read(pop, record)),
                Effect::Count(reason) => *self.dropped.entry(reason.word()).or_default() += 1,
                Effect::Write(write) => self.queue_write(write),
                Effect::KeepCopy(copy) => changes.push(Change::SavedCopy(copy)),
                Effect::ForgetCopies(now) => changes.push(Change::ForgetCopies(now)),
                Effect::Queue => day_changed = true,
            }
        }
        self.send_out();
        if day_changed {
            self.draw_status();
        }
        for input in std::mem::take(&mut self.at_once) {
            let effects = self.desk.apply(self.ports.clock.now(), input);
            self.carry_out(effects, changes);
        }
    }

    fn show(&mut self, pop: PopId) {
        let Some(pop) = self.desk.pop(pop) else {
            return;
        };
        self.timelines.shown(pop, self.ports.clock.now());
        self.ports.desktop.show(pop, &self.desk, &self.status);
    }

    fn remember(&mut self, pop: PopId, changes: &mut Vec<Change>) -> bool {
        let Some(pop) = self.desk.pop(pop) else {
            return false;
        };
        let now = self.ports.clock.now();
        let entry = self.day.update(pop, now);
        let changed = entry.is_some();
        let used = pin_on(pop, now).filter(|_| changed);
        changes.extend(entry.map(Change::History));
        changes.extend(self.use_pin(used.as_ref()));
        changed
    }

    /// Keeps which case is the only open one, as soon as that is known.
    fn note_case(&mut self, pop: PopId, changes: &mut Vec<Change>) {
        let Some(card) = self.desk.pop(pop) else {
            return;
        };
        let known = card.key.as_ref().and_then(|key| self.day.entry(key));
        let customer = card.customer();
        let case = customer.and_then(|(connection, _)| only_case(card, connection));
        if case.is_some() && known.is_some_and(|entry| entry.case != case) {
            self.remember(pop, changes);
        }
    }

    fn mark(&mut self, pop: PopId, mark: Mark) {
        let now = self.ports.clock.now();
        let about = self.desk.pop(pop);
        let kept = about.map_or_else(
            || pop_store::Mark::new(mark.word(), now),
            |pop| of_desk(mark, pop, now),
        );
        self.timelines.mark(pop, kept);
        if mark == Mark::Popped {
            self.tell_popped(pop);
        } else if mark == Mark::Ended {
            self.record(pop);
            self.over(pop);
        }
    }

    /// The audit's line of a record that came on a card.
    fn read(&self, pop: PopId, record: RecordRef) -> Change {
        let key = self.desk.pop(pop).and_then(|pop| pop.key.clone());
        Change::Audit(audit_record(
            &self.who(),
            AuditAction::Read,
            record,
            AuditOutcome::Done,
            key,
            self.ports.clock.now(),
        ))
    }

    pub(crate) fn who(&self) -> String {
        self.status
            .settings
            .agent
            .id
            .clone()
            .unwrap_or_else(|| SOMEBODY.to_owned())
    }

    /// Asks the system how long nothing was typed, on a thread that may wait.
    fn ask_idle(&self) {
        let (desktop, ticks) = (Arc::clone(&self.ports.desktop), self.ticks.clone());
        tokio::spawn(async move {
            let idle = tokio::task::spawn_blocking(move || desktop.since_input()).await;
            let idle = Input::Idle(idle.unwrap_or_default());
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Desk(idle)).await;
        });
    }

    pub(crate) async fn painted(&mut self, pop: PopId, seq: u32, at: Moment) {
        if let Some((key, marks)) = self.timelines.painted(pop, seq, at) {
            self.ports.desktop.completed(&key, &marks);
            self.keep(Vec::new()).await;
        }
    }
}
