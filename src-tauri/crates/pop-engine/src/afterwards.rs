//! What is written by rule, and told to other systems, when an interaction ends that has no card any
//! more: the program died just after it had accepted the end, or before the end was heard.
//!
//! The event counts as handled only when the writes that it led to are kept. If the program dies
//! before, the next start hears of the end again. The card is gone by then; the history says whom it
//! was about, and the write's id is the same as it would have been, so that it is made once.

use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::automatic::wanted;
use pop_core::interaction::{Event, What};
use pop_core::moment::Moment;
use pop_core::profile::RecordRef;
use pop_core::settings::WebhookEvent;
use pop_core::write::{Facts, Write, WriteId};
use pop_store::{Change, EventTicket, HistoryEntry};
use serde_json::{Map, Value, json};

use crate::room::Room;
use crate::telling::id_of_rule;

impl Room {
    /// Notes that an event was handled, as soon as everything that is to be kept before is kept.
    pub(crate) fn handled_when_kept(&self, ticket: EventTicket) {
        let (outbox, store) = (self.outbox.clone(), self.store.clone());
        tokio::spawn(async move {
            outbox.kept().await;
            let handled = store.run(move |store| store.apply(&[Change::Handled(ticket)]));
            if let Err(error) = handled.await {
                tracing::error!(%error, "a handled event is heard again at the next start");
            }
        });
    }

    /// Interactions that had their card, or were over, when the program died, and have no card any
    /// more.
    pub(crate) fn over_before(&mut self, events: &[Event]) {
        for event in events {
            let mut pops = self.desk.pops().iter();
            if pops.any(|pop| pop.key.as_ref() == Some(&event.key)) {
                continue;
            }
            let Some(entry) = self.day.entry(&event.key).cloned() else {
                continue;
            };
            if entry.offered.is_some() {
                self.tell_without_card(WebhookEvent::InteractionPopped, event, &entry);
            }
            if event.what == What::Ended {
                self.over_without_card(event, &entry);
            }
        }
    }

    /// An interaction that the agent had is over, and has no card any more.
    pub(crate) fn over_late(&mut self, event: &Event) {
        let known = self.day.entry(&event.key).cloned();
        let is_due = |entry: &HistoryEntry| entry.accepted.is_some() && entry.ended.is_none();
        if let Some(entry) = known.filter(|entry| event.what == What::Ended && is_due(entry)) {
            self.over_without_card(event, &entry);
        }
    }

    fn over_without_card(&mut self, event: &Event, entry: &HistoryEntry) {
        let facts = self.tell_without_card(WebhookEvent::InteractionCompleted, event, entry);
        if let Some(record) = &entry.record {
            self.write_by_rule(event, entry, record, &facts);
        }
    }

    /// Tells other systems what they would have been told of the card; the facts it has.
    fn tell_without_card(&self, what: WebhookEvent, event: &Event, entry: &HistoryEntry) -> Value {
        let facts = self.facts_without_card(event, entry);
        let key = &event.key;
        self.send_told(what, &facts, Some(key), &[&key.source, &key.id]);
        facts
    }

    fn facts_without_card(&self, event: &Event, entry: &HistoryEntry) -> Value {
        let agent = self.status.settings.agent.id.clone();
        let record = entry.record.as_ref();
        let talked = event.at.since(entry.at);
        json!({
            "interaction": interaction(event, entry, talked),
            "customer": record.map_or_else(|| json!({}), |record| given([
                ("connection", Some(record.connection.0.clone().into())),
                ("id", Some(record.id.clone().into())),
                ("name", entry.name.clone().map(Value::from)),
            ])),
            "agent": given([("id", agent.map(Value::from))]),
            "write": {},
        })
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
                Err(error) => {
                    tracing::warn!(%error, "a rule writes nothing");
                    continue;
                }
            };
            let is_note = wanted.kind == ActionKind::AddNote;
            if is_note && entry.case.is_none() {
                tracing::warn!("a rule adds no note, because it is not clear to which case");
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

fn interaction(event: &Event, entry: &HistoryEntry, talked: Duration) -> Value {
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
        ("seconds", Some(talked.as_secs().into())),
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
