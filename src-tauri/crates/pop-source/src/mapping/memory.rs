//! What is remembered between two deliveries, where a platform sends no ids and no times.
//!
//! Nothing is kept here: what was remembered comes in through [`Memory`], and what is to be
//! remembered goes out as [`Change`]s, so that whoever reads a delivery can store both its events
//! and its changes in one step. A change says what it was made from; when that is no longer what
//! is stored, the delivery is read again.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::interaction::{AgentRef, Channel, Direction};
use serde_json::{Map, Value, json};

/// How long something is remembered after it last changed: no interaction lasts longer.
pub const KEEP: Duration = Duration::from_hours(24);

/// What earlier deliveries left behind.
pub trait Memory {
    /// What stands under a key; `None` when nothing does, or [`KEEP`] has passed.
    fn recall(&self, key: &str) -> Option<String>;
}

/// Something to be remembered for [`KEEP`]. It holds ids of agents and interactions, so it is kept
/// sealed; it never holds anything about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The key.
    pub key: String,
    /// What stood there when the delivery was read.
    pub was: Option<String>,
    /// What stands there from now on.
    pub is: String,
}

/// A memory in plain memory: for tests, for trying a file, and for a single process.
#[derive(Clone, Debug, Default)]
pub struct Notes(BTreeMap<String, String>);

impl Notes {
    /// Remembers the changes of one delivery.
    pub fn keep(&mut self, changes: &[Change]) {
        for change in changes {
            self.0.insert(change.key.clone(), change.is.clone());
        }
    }
}

impl Memory for Notes {
    fn recall(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }
}

/// The changes of the delivery that is being read, in front of what was remembered before.
pub(super) struct Draft<'m> {
    memory: &'m dyn Memory,
    changes: Vec<Change>,
}

impl<'m> Draft<'m> {
    pub(super) fn of(memory: &'m dyn Memory) -> Self {
        Self {
            memory,
            changes: Vec::new(),
        }
    }

    /// What stands there as JSON; something unreadable counts as nothing.
    pub(super) fn recall(&self, key: &str) -> Option<Value> {
        let changed = self.changes.iter().find(|change| change.key == key);
        let text = match changed {
            Some(change) => Some(change.is.clone()),
            None => self.memory.recall(key),
        };
        serde_json::from_str(&text?).ok()
    }

    pub(super) fn keep(&mut self, key: &str, value: &Value) {
        let is = value.to_string();
        match self.changes.iter_mut().find(|change| change.key == key) {
            Some(change) => change.is = is,
            None => self.changes.push(Change {
                key: key.to_owned(),
                was: self.memory.recall(key),
                is,
            }),
        }
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes
            .into_iter()
            .filter(|change| change.was.as_ref() != Some(&change.is))
            .collect()
    }
}

/// One item of a snapshot as it is remembered: enough to say that it is gone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) state: String,
    /// How often the state changed; part of the event's id.
    pub(super) turns: u64,
    pub(super) source: String,
    pub(super) interaction: String,
    pub(super) channel: Channel,
    pub(super) direction: Direction,
    pub(super) agent: AgentRef,
}

impl Item {
    pub(super) fn to_json(&self) -> Value {
        json!({
            "state": self.state,
            "turns": self.turns,
            "source": self.source,
            "interaction": self.interaction,
            "channel": self.channel.word(),
            "direction": self.direction.word(),
            "agent": agent_to_json(&self.agent),
        })
    }

    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        Some(Self {
            state: text("state")?.to_owned(),
            turns: value.get("turns")?.as_u64()?,
            source: text("source").unwrap_or_default().to_owned(),
            interaction: text("interaction").unwrap_or_default().to_owned(),
            channel: text("channel").and_then(Channel::parse)?,
            direction: text("direction").and_then(Direction::parse)?,
            agent: agent_from_json(value.get("agent")?),
        })
    }
}

/// The agent without the name, which nobody is found by.
pub(super) fn agent_to_json(agent: &AgentRef) -> Value {
    let members = [
        ("id", &agent.id),
        ("platform_id", &agent.platform_id),
        ("email", &agent.email),
        ("extension", &agent.extension),
    ];
    let told = members
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), Value::String(text.clone()?))));
    Value::Object(told.collect::<Map<_, _>>())
}

pub(super) fn agent_from_json(value: &Value) -> AgentRef {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    AgentRef {
        id: text("id"),
        platform_id: text("platform_id"),
        email: text("email"),
        name: None,
        extension: text("extension"),
    }
}
