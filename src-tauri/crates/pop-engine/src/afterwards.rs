//! What is written by rule when the program dies just after it has accepted an interaction's end.
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

    /// Interactions that were over when the program died, and have no card any more.
    pub(crate) fn over_before(&mut self, events: &[Event]) {
        for event in events.iter().filter(|event| event.what == What::Ended) {
            let mut pops = self.desk.pops().iter();
            if pops.any(|pop| pop.key.as_ref() == Some(&event.key)) {
                continue;
            }
            let known = self.day.entry(&event.key).cloned();
            let known = known.and_then(|entry| Some((entry.record.clone()?, entry)));
            if let Some((record, entry)) = known {
                self.over_without_card(event, &entry, &record);
            }
        }
    }

    fn over_without_card(&mut self, event: &Event, entry: &HistoryEntry, record: &RecordRef) {
        let now = self.ports.clock.now();
        let agent = self.status.settings.agent.id.clone();
        let talked = event.at.since(entry.at);
        let facts = json!({
            "interaction": interaction(event, entry, talked),
            "customer": given([
                ("connection", Some(record.connection.0.clone().into())),
                ("id", Some(record.id.clone().into())),
                ("name", entry.name.clone().map(Value::from)),
            ]),
            "agent": given([("id", agent.clone().map(Value::from))]),
            "write": {},
        });
        for rule in self.status.settings.automatic.clone() {
            let wanted = match wanted(&rule, &facts) {
                Ok(Some(wanted)) if wanted.kind != ActionKind::AddNote => wanted,
                // To which case is not known any more.
                Ok(Some(_) | None) => continue,
                Err(error) => {
                    tracing::warn!(%error, "a rule writes nothing");
                    continue;
                }
            };
            self.queue_write(Box::new(Write {
                id: WriteId(id_of_rule(&event.key, &rule)),
                interaction: Some(event.key.clone()),
                connection: record.connection.clone(),
                kind: wanted.kind,
                customer: Some(record.id.clone()),
                case: None,
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
