//! The end of an interaction that never had a card on this computer: the program was started after it
//! was offered, or nobody told of its beginning.
//!
//! If something is to be written by rule or told to another system, the customer is looked up from the
//! event as for a card, on a desk of its own: nothing is shown and nothing opens. Rules write where
//! exactly one customer is certain; everything else is counted with its cause, in Health. Whom the
//! event is about is kept in the history. While a CRM cannot be asked the end waits, also over a
//! restart: its event counts as handled only when what followed from it is kept.

use std::time::Duration;

use pop_core::automatic::{Whose, facts_of, only_case, whose, wishes};
use pop_core::desk::{Dropped, Effect, OpenPolicy, Policy, Pop};
use pop_core::explain::DryRun;
use pop_core::interaction::{Event, InteractionKey, What};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::settings::WebhookEvent;
use pop_store::{
    AuditAction, AuditEntry, AuditOutcome, Change, EventTicket, HistoryEntry, MatchOutcome, Phase,
};
use serde_json::Value;

use crate::connections::Reach;
use crate::keep::audit_record;
use crate::room::Room;
use crate::tick::Tick;
use crate::trial::answer_all;

/// When a CRM that could not be asked is asked again.
const AGAIN: Duration = Duration::from_mins(1);

/// How long an end waits for its CRM: an event that nobody handled is kept for a day, and that it was
/// given up must be said before. Where the program does not run that long, the next start says it.
const WAITS: Duration = Duration::from_hours(23);

/// An end that does not name its interaction may be of the one with the same customer that ended this
/// long before.
const SAME: Duration = Duration::from_mins(10);

/// Ends whose customer is being looked up, or is to be.
#[derive(Default)]
pub(crate) struct Unseen(Vec<End>);

struct End {
    event: Event,
    ticket: Option<EventTicket>,
    received: Moment,
    /// When it is looked up next; `None`: it is being looked up.
    due: Option<Moment>,
    /// Whether it was counted as waiting.
    waits: bool,
}

/// Who was found for an end.
pub(crate) struct Sought {
    key: InteractionKey,
    dry: DryRun,
}

impl Unseen {
    /// Forgets them all, because everything about customers is forgotten.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The clock was set back by so much.
    pub(crate) fn turn_back(&mut self, by: Duration) {
        for end in &mut self.0 {
            end.received = end.received.before(by);
            end.due = end.due.map(|due| due.before(by));
        }
    }

    fn with(&mut self, key: &InteractionKey) -> Option<&mut End> {
        self.0.iter_mut().find(|end| end.event.key == *key)
    }
}

impl Room {
    /// Whether this is the end of an interaction without a card, now or ever, from which something
    /// has to follow.
    pub(crate) fn ended_unseen(&self, event: &Event, effects: &[Effect]) -> bool {
        if event.what != What::Ended || !self.something_follows() {
            return false;
        }
        let first = effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepEnded(_)));
        // One that an earlier run of the program left is known as ended, and stays so.
        let stale = effects.contains(&Effect::Count(Dropped::Stale));
        match self.day.entry(&event.key) {
            None => first,
            Some(entry) if entry.offered.is_some() => false,
            Some(entry) if entry.ended.is_none() => first,
            Some(entry) => (first || stale) && is_open(entry),
        }
    }

    /// Whether anything is written by rule, or told to another system, when an interaction is over.
    fn something_follows(&self) -> bool {
        let settings = &self.status.settings;
        let mut hooks = settings.webhooks.iter();
        let told = hooks.any(|hook| hook.events.contains(&WebhookEvent::InteractionCompleted));
        told || !settings.automatic.is_empty()
    }

    /// Counts the ends without a card that an earlier run left waiting longer than they may.
    pub(crate) async fn give_up(&mut self, events: &[Event]) {
        for event in events {
            if event.what != What::Ended || !self.something_follows() {
                continue;
            }
            self.recall(event).await;
            let had_card = |entry: &HistoryEntry| entry.offered.is_some();
            if !self.day.entry(&event.key).is_some_and(had_card) {
                self.note("end_unasked");
            }
        }
    }

    /// Takes the end of an interaction without a card.
    pub(crate) fn take_unseen(
        &mut self,
        event: Event,
        ticket: Option<EventTicket>,
        received: Moment,
    ) {
        if self.unseen.with(&event.key).is_none() {
            let due = Some(self.ports.clock.now());
            self.unseen.0.push(End {
                event,
                ticket,
                received,
                due,
                waits: false,
            });
        }
    }

    /// Asks whose the ends are that are due.
    pub(crate) fn seek_unseen(&mut self) {
        let now = self.ports.clock.now();
        let starting = |id| matches!(self.connections.reach(id), Some(Reach::Starting));
        if self.unseen.0.is_empty() || self.connections.order.iter().any(starting) {
            return;
        }
        let policy = Policy {
            open: OpenPolicy::Never,
            open_outbound: OpenPolicy::Never,
            saved_copy: None,
            ..self.desk_policy(Vec::new())
        };
        let is_due = |end: &&mut End| end.due.is_some_and(|due| due <= now);
        let mut due = Vec::new();
        for end in self.unseen.0.iter_mut().filter(is_due) {
            end.due = None;
            due.push(end.event.clone());
        }
        for event in due {
            let key = event.key.clone();
            let mut dry = DryRun::new(policy.clone(), now);
            dry.event(Event {
                what: What::Accepted,
                ..event
            });
            let pop = dry.desk().pops().first();
            let context = pop.map(|pop| self.context(pop)).unwrap_or_default();
            let (connections, ticks) = (self.connections.clone(), self.ticks.clone());
            tokio::spawn(async move {
                answer_all(&mut dry, &connections, &context, now).await;
                // The engine may have ended meanwhile.
                let _ = ticks
                    .send(Tick::Sought(Box::new(Sought { key, dry })))
                    .await;
            });
        }
    }

    /// Asks again at once, because a connection can be asked that could not.
    pub(crate) fn hurry_unseen(&mut self) {
        let now = self.ports.clock.now();
        for end in &mut self.unseen.0 {
            end.due = end.due.map(|_| now);
        }
        self.seek_unseen();
    }

    /// Does what follows from whose end it is.
    pub(crate) fn sought(&mut self, sought: Sought) {
        let Sought { key, mut dry } = sought;
        let now = self.ports.clock.now();
        // Everything may have been forgotten meanwhile.
        let Some(end) = self.unseen.with(&key) else {
            return;
        };
        let whose = whose(dry.desk().pops().first());
        if matches!(whose, Whose::Unknown) && now.since(end.received) < WAITS {
            end.due = Some(now.after(AGAIN));
            if !std::mem::replace(&mut end.waits, true) {
                self.note("end_waits");
                self.draw_status();
            }
            return;
        }
        let Some(entry) = self.day.entry(&key).cloned() else {
            return;
        };
        let place = self.unseen.0.iter().position(|end| end.event.key == key);
        let Some(end) = place.map(|place| self.unseen.0.remove(place)) else {
            return;
        };
        let entry = self.conclude(&end.event, entry, &whose, &mut dry);
        let mut changes = vec![Change::History(entry.clone())];
        changes.extend(
            entry
                .record
                .clone()
                .map(|read| self.read_unseen(read, &key)),
        );
        self.day.fill(vec![entry]);
        let shared = self.unseen.0.iter().any(|other| other.ticket == end.ticket);
        changes.extend(end.ticket.filter(|_| !shared).map(Change::Handled));
        self.apply_when_kept(changes);
        self.draw_status();
    }

    /// Writes and tells what follows, or counts why nothing is written; what is kept of it.
    fn conclude(
        &mut self,
        event: &Event,
        entry: HistoryEntry,
        whose: &Whose,
        dry: &mut DryRun,
    ) -> HistoryEntry {
        let outcome = match whose {
            Whose::One(_) => MatchOutcome::One,
            Whose::Several => MatchOutcome::Several,
            Whose::Nobody | Whose::Silent => MatchOutcome::Nobody,
            Whose::Unknown => MatchOutcome::Failed,
        };
        let entry = HistoryEntry { outcome, ..entry };
        let why = match whose {
            Whose::One(connection) => return self.conclude_one(event, entry, connection, dry),
            Whose::Several => "end_several",
            Whose::Nobody => "end_nobody",
            Whose::Unknown => "end_unasked",
            Whose::Silent => {
                self.note(Dropped::ByRule.word());
                return entry;
            }
        };
        self.tell_without_card(WebhookEvent::InteractionCompleted, event, &entry);
        if !self.status.settings.automatic.is_empty() {
            self.note(why);
        }
        entry
    }

    fn conclude_one(
        &mut self,
        event: &Event,
        entry: HistoryEntry,
        connection: &ConnectionId,
        dry: &mut DryRun,
    ) -> HistoryEntry {
        let card = dry.desk().pops().first().cloned();
        let Some((pop, hit)) = card.as_ref().and_then(|pop| Some((pop, pop.customer()?.1))) else {
            return entry;
        };
        let entry = HistoryEntry {
            name: hit.customer.name.clone().or_else(|| entry.name.clone()),
            record: Some(RecordRef {
                connection: connection.clone(),
                kind: RecordKind::Customer,
                id: hit.customer.id.clone(),
            }),
            case: only_case(pop, connection),
            tier: hit.customer.tier.clone(),
            language: hit.customer.language.clone(),
            ..entry
        };
        if !event.names_interaction && self.may_be_another(event, &entry) {
            self.note("end_repeats");
            return entry;
        }
        self.tell_without_card(WebhookEvent::InteractionCompleted, event, &entry);
        self.write_unseen(event, pop, connection, dry);
        entry
    }

    fn write_unseen(
        &mut self,
        event: &Event,
        pop: &Pop,
        connection: &ConnectionId,
        dry: &mut DryRun,
    ) {
        let settings = &self.status.settings;
        let (agent, now) = (settings.agent.id.clone(), self.ports.clock.now());
        let mut facts = facts_of(pop, agent.as_deref(), now);
        if let Some(Value::Object(interaction)) = facts.get_mut("interaction") {
            interaction.insert("at".to_owned(), event.at.rfc3339().into());
            // When it began, nobody said here.
            interaction.remove("seconds");
        }
        let (wishes, not_written) =
            wishes(&settings.automatic, pop, &event.key, connection, &facts);
        for wish in wishes {
            let Some(mut write) = dry.wish(wish) else {
                self.note(Dropped::NotDecided.word());
                continue;
            };
            write.agent.clone_from(&agent);
            write.facts.began = None;
            write.facts.seconds = None;
            // Nobody sees it who could take it back.
            write.not_before = now;
            self.queue_write(Box::new(write));
        }
        self.say_unwritten(&not_written);
    }

    /// Whether an end that names no interaction may be of one with the same customer that is known:
    /// what follows from that one's end would follow twice.
    fn may_be_another(&self, event: &Event, entry: &HistoryEntry) -> bool {
        let just = |ended: Moment| entry.at.since(ended) <= SAME;
        self.day.entries().any(|other| {
            other.key != event.key
                && other.channel == event.channel
                && other.record == entry.record
                && other.ended.is_none_or(just)
        })
    }

    /// The audit's line of a record that was read for an end (rule G5).
    fn read_unseen(&self, record: RecordRef, key: &InteractionKey) -> Change {
        let line = audit_record(
            &self.who(),
            AuditAction::Read,
            record,
            AuditOutcome::Done,
            Some(key.clone()),
            self.ports.clock.now(),
        );
        Change::Audit(AuditEntry {
            from: "policy".to_owned(),
            ..line
        })
    }

    fn note(&mut self, why: &'static str) {
        *self.dropped.entry(why).or_default() += 1;
    }
}

/// Whether nobody has said yet whose end an entry is about.
fn is_open(entry: &HistoryEntry) -> bool {
    let undecided = matches!(
        entry.outcome,
        MatchOutcome::Searching | MatchOutcome::Failed
    );
    entry.phase == Phase::Ended && undecided
}
