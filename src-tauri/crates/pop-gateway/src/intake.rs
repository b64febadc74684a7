//! One verified delivery becomes messages for agents.
//!
//! A delivery whose mapping remembered something that changed meanwhile is read again; what has no
//! addressee becomes a letter that names who was meant and never the customer.

use std::sync::Arc;

use pop_core::interaction::{AgentRef, Event};
use pop_core::moment::Moment;
use pop_source::delivery::Delivery;
use pop_source::mapping::{Change, Read, Unreadable};
use pop_store::{DeadLetter, Intake, Note, Taken};
use serde_json::json;

use crate::config::Config;
use crate::desktops::Desktops;
use crate::directory::Nobody;
use crate::message;
use crate::metrics::Metrics;
use crate::queue::{NotTaken, Queue};
use crate::source::Source;

/// How often a delivery is read again before the platform is asked to come back.
const ATTEMPTS: usize = 8;

/// Why a delivery was not accepted.
pub(crate) enum NotAccepted {
    /// The mapping reads no event from it.
    Unreadable(Unreadable),
    /// It could not be made durable.
    NotTaken(NotTaken),
}

/// Makes a delivery durable; when this returns `Ok`, it is on disk.
pub(crate) async fn accept(
    config: &Config,
    source: &Source,
    delivery: &Delivery<'_>,
    queue: &Queue,
    metrics: &Arc<Metrics>,
    desktops: &Desktops,
) -> Result<(), NotAccepted> {
    for _ in 0..ATTEMPTS {
        let read = {
            let remembered = queue.remembered(delivery.received);
            source
                .mapping
                .read(delivery, &remembered, &config.rules)
                .map_err(NotAccepted::Unreadable)?
        };
        let (intake, told) = intake(config, source, read, delivery.received, desktops);
        if intake.messages.is_empty() && intake.notes.is_empty() && intake.dead.is_empty() {
            told.count(source, metrics, 0, 0);
            return Ok(());
        }
        match queue.take(intake).await.map_err(NotAccepted::NotTaken)? {
            Taken::Kept { new, repeated } => {
                told.count(source, metrics, new, repeated);
                return Ok(());
            }
            Taken::Outdated => {}
        }
    }
    Err(NotAccepted::NotTaken(NotTaken::Store))
}

/// What is counted once the delivery is durable.
#[derive(Default)]
struct Told {
    ignored: Vec<&'static str>,
    left_out: u64,
    late: u64,
    unreached: Vec<Nobody>,
}

impl Told {
    fn count(&self, source: &Source, metrics: &Metrics, new: usize, repeated: usize) {
        let name = ("source", source.name.as_str());
        let count = |counter, label, word, by| {
            if by > 0 {
                metrics.count(counter, &[name, (label, word)], by);
            }
        };
        count("events_total", "outcome", "new", new as u64);
        count("events_total", "outcome", "repeated", repeated as u64);
        count("events_total", "outcome", "late", self.late);
        for word in &self.ignored {
            count("ignored_total", "why", word, 1);
        }
        for nobody in &self.unreached {
            count("unreached_total", "why", nobody.word(), 1);
        }
        if self.left_out > 0 {
            metrics.count("left_out_total", &[name], self.left_out);
        }
    }
}

fn intake(
    config: &Config,
    source: &Source,
    read: Read,
    received: Moment,
    desktops: &Desktops,
) -> (Intake, Told) {
    let mut told = Told {
        ignored: read.ignored.iter().map(|it| it.why.word()).collect(),
        left_out: read.left_out.len() as u64,
        ..Told::default()
    };
    let mut intake = Intake {
        at: received,
        notes: read.changes.into_iter().map(note).collect(),
        ..Intake::default()
    };
    for event in read.events {
        match config.directory.find(&source.name, &event.agent) {
            Ok(agent) => {
                desktops.await_back(agent, &event.key.source, &event.id, received);
                match message::outgoing(event, &config.tenant, agent, received) {
                    Some(outgoing) => intake.messages.push(outgoing),
                    None => told.late += 1,
                }
            }
            Err(nobody) => {
                intake.dead.push(letter(source, &event, nobody));
                told.unreached.push(nobody);
            }
        }
    }
    (intake, told)
}

fn note(change: Change) -> Note {
    let Change { key, was, is } = change;
    Note { key, was, is }
}

/// Who was meant, for whoever looks after the directory.
fn letter(source: &Source, event: &Event, nobody: Nobody) -> DeadLetter {
    let AgentRef {
        id,
        platform_id,
        email,
        name: _,
        extension,
    } = &event.agent;
    let agent = json!({
        "id": id,
        "platform_id": platform_id,
        "email": email,
        "extension": extension,
    });
    let letter = json!({
        "source": source.name,
        "why": nobody.word(),
        "what": event.what.word(),
        "agent": agent,
    });
    DeadLetter {
        id: format!("{}\n{agent}", source.name).into_bytes(),
        letter: letter.to_string().into_bytes(),
    }
}
