//! What is known around one call to a CRM: who asks, for which interaction, until when.

use pop_core::interaction::{AgentRef, Event, InteractionKey};
use pop_core::moment::Moment;
use serde_json::{Map, Value};

/// Around one call.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The agent.
    pub agent: AgentRef,
    /// The interaction, if there is one.
    pub interaction: Option<InteractionFacts>,
    /// The W3C trace parent, passed on to the CRM.
    pub traceparent: Option<String>,
    /// When the answer is of no use any more, if earlier than the usual budget.
    pub deadline: Option<Moment>,
    /// Somebody looks again: nothing that was asked earlier is good enough.
    pub fresh: bool,
}

/// What definitions can read of an interaction.
#[derive(Clone, Debug)]
pub struct InteractionFacts {
    /// Which interaction.
    pub key: InteractionKey,
    /// The word of the channel.
    pub channel: &'static str,
    /// The word of the direction.
    pub direction: &'static str,
    /// The queue's name.
    pub queue: Option<String>,
    /// When it began.
    pub at: Moment,
    /// What it is about, for the subject of a record.
    pub title: String,
    /// The title of the customer's wish, as the platform gives it.
    pub reason: Option<String>,
    /// The customer's language.
    pub language: Option<String>,
    /// A summary of what was said.
    pub summary: Option<String>,
    /// How long it has lasted, in whole seconds.
    pub seconds: Option<u64>,
}

impl InteractionFacts {
    /// The facts of an event's interaction.
    pub fn of(event: &Event) -> Self {
        let channel = event.channel.word();
        Self {
            key: event.key.clone(),
            channel,
            direction: event.direction.word(),
            queue: event.queue.clone(),
            at: event.at,
            title: event
                .reason
                .clone()
                .unwrap_or_else(|| format!("Interaction by {channel}")),
            reason: event.reason.clone(),
            language: event.language.clone(),
            summary: event.summary.clone(),
            seconds: None,
        }
    }

    pub(crate) fn value(&self) -> Value {
        let at = self.at.rfc3339();
        let date = at.split('T').next().unwrap_or_default().to_owned();
        object(
            [
                ("id", Some(self.key.id.clone())),
                ("source", Some(self.key.source.clone())),
                ("channel", Some(self.channel.to_owned())),
                ("direction", Some(self.direction.to_owned())),
                ("queue", self.queue.clone()),
                ("at", Some(at)),
                ("date", Some(date)),
                ("title", Some(self.title.clone())),
                ("reason", self.reason.clone()),
                ("language", self.language.clone()),
                ("summary", self.summary.clone()),
            ]
            .into_iter()
            .map(|(name, text)| (name, text.map(Value::String)))
            .chain([("seconds", self.seconds.map(Value::from))]),
        )
    }
}

/// The agent as definitions read it.
pub(crate) fn agent(agent: &AgentRef) -> Value {
    object(
        [
            ("id", &agent.id),
            ("platform_id", &agent.platform_id),
            ("email", &agent.email),
            ("name", &agent.name),
            ("extension", &agent.extension),
        ]
        .into_iter()
        .map(|(name, text)| (name, text.clone().map(Value::String))),
    )
}

/// An object of the members that have a value.
pub(crate) fn object<'n>(members: impl IntoIterator<Item = (&'n str, Option<Value>)>) -> Value {
    let members = members.into_iter();
    Value::Object(
        members
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect::<Map<_, _>>(),
    )
}
