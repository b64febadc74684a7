//! What is written by rule, and told to other systems, when an interaction ends that has no card any
//! more: its card was in an earlier run of the program, or the agent has closed it. One that never
//! had a card is in `unseen`.
//!
//! An event counts as handled only when the writes that it led to are kept. If the program dies
//! before, the next start hears of it again. The history says whom it was about, and that it had not
//! ended; a write's id is the same as it would have been with the card, so that it is made once.
//! What the history does not know, because it was never known or nothing is kept on this computer,
//! cannot be written: that is counted where people see what was refused.

use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::automatic::{NotWritten, id_of_rule, wanted};
use pop_core::desk::{Dropped, Effect};
use pop_core::interaction::{Event, InteractionKey, What};
use pop_core::moment::Moment;
use pop_core::profile::RecordRef;
use pop_core::settings::WebhookEvent;
use pop_core::write::{Facts, Write, WriteId};
use pop_store::{Change, EventTicket, HistoryEntry};
use serde_json::{Map, Value, json};

use crate::room::Room;

/// The stable word for a rule that wrote nothing.
const UNWRITTEN: &str = "rule_without_facts";

impl Room {
    /// Notes that an event was handled, as soon as everything that is to be kept before is kept.
    pub(crate) fn handled_when_kept(&self, ticket: EventTicket) {
        self.apply_when_kept(vec![Change::Handled(ticket)]);
    }

    /// Keeps changes as soon as everything that is to be sent is kept.
    pub(crate) fn apply_when_kept(&self, changes: Vec<Change>) {
        let (outbox, store) = (self.outbox.clone(), self.store.clone());
        tokio::spawn(async move {
            outbox.kept().await;
            let handled = store.run(move |store| store.apply(&changes));
            if let Err(error) = handled.await {
                tracing::error!(%error, "a handled event is heard again at the next start");
            }
        });
    }

    /// Interactions that had their card, or were over, when the program died, and have no card any
    /// more.
    pub(crate) fn over_before(&mut self, events: &[Event]) {
        for event in events {
            if self.has_card(&event.key) {
                continue;
            }
            // What never had a card is looked up when the event is taken, in a moment.
            let known = self.day.entry(&event.key).cloned();
            let Some(entry) = known.filter(|entry| entry.offered.is_some()) else {
                continue;
            };
            self.tell_without_card(WebhookEvent::InteractionPopped, event, &entry);
            // What has not ended yet ends when the event is taken, in a moment.
            if entry.ended.is_some() && self.policy.borrow().leaves_me(event) {
                self.over_without_card(event, &entry);
            }
        }
    }

    /// Makes an interaction of long ago known of which an event tells the end: some last for days.
    pub(crate) async fn recall(&mut self, event: &Event) {
        let known = self.has_card(&event.key) || self.day.entry(&event.key).is_some();
        if event.what != What::Ended || !event.names_interaction || known {
            return;
        }
        let key = event.key.clone();
        match self.store.run(move |store| store.entry(&key)).await {
            Ok(entry) => self.day.fill(entry.into_iter().collect()),
            Err(error) => tracing::error!(%error, "an earlier interaction cannot be read"),
        }
    }

    /// Takes an event that the desk has no card for, if it is of an interaction that had one.
    pub(crate) fn gone_on(
        &mut self,
        event: &Event,
        effects: &mut Vec<Effect>,
        changes: &mut Vec<Change>,
    ) {
        let Some(key) = self.had_card(event, effects) else {
            return;
        };
        let leaves = self.policy.borrow().leaves_me(event);
        let Some(entry) = self.day.entry(&key).cloned() else {
            return;
        };
        // What was refused before it was accepted may be told late.
        let outdated = event.what == What::Declined && entry.accepted.is_some();
        let nothing_new = !leaves && entry.accepted.is_some();
        if outdated || nothing_new {
            return;
        }
        let kept = |effect: &Effect| {
            matches!(effect, Effect::KeepEnded(_) | Effect::Count(Dropped::Stale))
        };
        effects.retain(|effect| !kept(effect));
        if leaves {
            let named = Event {
                key: key.clone(),
                ..event.clone()
            };
            self.over_without_card(&named, &entry);
        }
        let now = self.ports.clock.now();
        changes.extend(
            self.day
                .went_on(&key, event, leaves, now)
                .map(Change::History),
        );
    }

    /// The interaction of an event that the desk has no card for, if it had one and has not ended.
    fn had_card(&self, event: &Event, effects: &[Effect]) -> Option<InteractionKey> {
        let tells = match event.what {
            What::Accepted | What::Declined | What::Transferred | What::Ended => true,
            What::Offered | What::Updated => false,
        };
        if !tells || self.has_card(&event.key) || !self.policy.borrow().concerns_me(event) {
            return None;
        }
        if event.names_interaction {
            let entry = self.day.entry(&event.key)?;
            let lasts = entry.offered.is_some() && entry.ended.is_none();
            return lasts.then(|| event.key.clone());
        }
        let is_kept = |effect: &Effect| matches!(effect, Effect::KeepEnded(_));
        let unnamed = event.what == What::Ended && effects.iter().any(is_kept);
        self.day.unnamed(event).filter(|_| unnamed).cloned()
    }

    fn has_card(&self, key: &InteractionKey) -> bool {
        let mut pops = self.desk.pops().iter();
        pops.any(|pop| pop.key.as_ref() == Some(key))
    }

    fn over_without_card(&mut self, event: &Event, entry: &HistoryEntry) {
        let facts = self.tell_without_card(WebhookEvent::InteractionCompleted, event, entry);
        // What the agent never took became another's.
        if event.what == What::Declined && entry.accepted.is_none() {
            return;
        }
        match &entry.record {
            Some(record) => self.write_by_rule(event, entry, record, &facts),
            None if self.status.settings.automatic.is_empty() => {}
            None => self.note_unwritten(),
        }
    }

    /// Tells other systems what they would have been told of the card; the facts it has.
    pub(crate) fn tell_without_card(
        &self,
        what: WebhookEvent,
        event: &Event,
        entry: &HistoryEntry,
    ) -> Value {
        let facts = self.facts_without_card(event, entry);
        let key = &event.key;
        self.send_told(what, &facts, Some(key), &[&key.source, &key.id]);
        facts
    }

    fn facts_without_card(&self, event: &Event, entry: &HistoryEntry) -> Value {
        let agent = self.status.settings.agent.id.clone();
        let record = entry.record.as_ref();
        // When one without a card began, nobody said here.
        let talked = entry.offered.map(|_| event.at.since(entry.at));
        json!({
            "interaction": interaction(event, entry, talked),
            "customer": record.map_or_else(|| json!({}), |record| given([
                ("connection", Some(record.connection.0.clone().into())),
                ("id", Some(record.id.clone().into())),
                ("name", entry.name.clone().map(Value::from)),
                ("tier", entry.tier.clone().map(Value::from)),
                ("language", entry.language.clone().map(Value::from)),
            ])),
            "agent": given([("id", agent.map(Value::from))]),
            "write": {},
        })
    }

    /// A rule is there, and what it needs is not known: people can see that.
    pub(crate) fn note_unwritten(&mut self) {
        *self.dropped.entry(UNWRITTEN).or_default() += 1;
    }

    /// Says why rules write nothing.
    pub(crate) fn say_unwritten(&mut self, why: &[NotWritten]) {
        for why in why {
            tracing::warn!(%why, "a rule writes nothing");
            self.note_unwritten();
        }
    }

    fn write_by_rule(
        &mut self,
        event: &Event,
        entry: &HistoryEntry,
        record: &RecordRef,
        facts: &Value,
    ) {
        let now = self.ports.clock.now();
        let agent = self.status.settings.agent.id.clone();
        let talked = event.at.since(entry.at);
        for rule in self.status.settings.automatic.clone() {
            let wanted = match wanted(&rule, facts) {
                Ok(Some(wanted)) => wanted,
                Ok(None) => continue,
                Err(why) => {
                    self.say_unwritten(&[why]);
                    continue;
                }
            };
            let is_note = wanted.kind == ActionKind::AddNote;
            if is_note && entry.case.is_none() {
                self.say_unwritten(&[NotWritten::NoCase]);
                continue;
            }
            self.queue_write(Box::new(Write {
                id: WriteId(id_of_rule(&event.key, &rule)),
                interaction: Some(event.key.clone()),
                connection: record.connection.clone(),
                kind: wanted.kind,
                customer: Some(record.id.clone()),
                case: entry.case.clone().filter(|_| is_note),
                input: wanted.input,
                expected: None,
                agent: agent.clone(),
                asked: now,
                not_before: now,
                facts: facts_of(event, entry, talked),
            }));
        }
    }
}

fn interaction(event: &Event, entry: &HistoryEntry, talked: Option<Duration>) -> Value {
    let channel = entry.channel.word();
    let reason = entry.reason.clone().map(Value::from);
    let title = reason.clone();
    given([
        ("id", Some(event.key.id.clone().into())),
        ("source", Some(event.key.source.clone().into())),
        ("channel", Some(channel.into())),
        ("direction", Some(entry.direction.word().into())),
        ("queue", entry.queue.clone().map(Value::from)),
        ("at", Some(entry.at.rfc3339().into())),
        (
            "title",
            title.or_else(|| Some(format!("Interaction by {channel}").into())),
        ),
        ("reason", reason),
        ("language", event.language.clone().map(Value::from)),
        ("summary", event.summary.clone().map(Value::from)),
        ("seconds", talked.map(|talked| talked.as_secs().into())),
    ])
}

fn facts_of(event: &Event, entry: &HistoryEntry, talked: Duration) -> Facts {
    Facts {
        customer_name: entry.name.clone(),
        name: entry.name.clone(),
        channel: Some(entry.channel.word().to_owned()),
        direction: Some(entry.direction.word().to_owned()),
        queue: entry.queue.clone(),
        began: Some(Moment::micros(entry.at)),
        seconds: Some(talked.as_secs()),
        reason: entry.reason.clone(),
        language: event.language.clone(),
        summary: event.summary.clone(),
        traceparent: event.traceparent.clone(),
        ..Facts::default()
    }
}

/// An object of the members that have a value.
fn given<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members.into_iter();
    let members = members.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}
