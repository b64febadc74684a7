//! Dedupe by state, for a platform that sends neither ids nor times.
//!
//! The state of an interaction is whatever the file says tells two events apart: at Glia, who has
//! the engagement. The same state again is a repeat; what begins an interaction cannot come after
//! anything else; what comes after the end is late. Two true transfers to and fro stay two, but a
//! transfer that is repeated after the next one cannot be told from a true one.
//!
//! When an interaction moves to another agent, the one who had it is told where it went, and the
//! other from whom it comes. Who had it last is told of its end, whoever the end names.

use pop_core::interaction::{AgentRef, Event, What};
use pop_core::life::sequence;
use serde_json::{Value, json};

use crate::mapping::event::Made;
use crate::mapping::language::Rule;
use crate::mapping::memory::{agent_from_json, agent_to_json};
use crate::mapping::read::Reader;
use crate::mapping::{Unreadable, Why};

/// Takes an event if it changes the state of its interaction.
pub(super) fn apply(
    reader: &mut Reader<'_>,
    rule: &Rule,
    mut made: Made,
) -> Result<(), Unreadable> {
    let ends = made.event.what == What::Ended;
    let Some(state) = made.state.clone().or_else(|| ends.then(String::new)) else {
        return reader.push(rule, made, None);
    };
    let key = format!(
        "{}/state/{}/{}",
        reader.language.id, made.event.key.source, made.event.key.id
    );
    let known = reader.draft.recall(&key);
    if let Some(known) = &known {
        let why = match (text(known, "over").is_some(), ends) {
            (true, true) => Some(Why::Repeat),
            (true, false) => Some(Why::Late),
            (false, true) => None,
            (false, false) if text(known, "state") == Some(&state) => Some(Why::Repeat),
            (false, false) => rule.begins.then_some(Why::Late),
        };
        if let Some(why) = why {
            reader.ignore(rule, why);
            return Ok(());
        }
    }
    let turns = known
        .as_ref()
        .and_then(|known| known.get("turns")?.as_u64())
        .map_or(0, |turns| turns + 1);
    let words = |part: &str| {
        let interaction = &made.event.key.id;
        format!("{}:{interaction}:{state}:{turns}{part}", rule.name)
    };
    let (own, former) = (words(""), words(":from"));
    if let Some(agent) = known.as_ref().filter(|_| ends).and_then(agent_of) {
        made.event.agent = agent;
    }
    let now = json!({
        "state": state,
        "turns": turns,
        "over": ends.then_some("yes"),
        "agent": agent_to_json(&made.event.agent),
        "name": made.event.agent.name,
    });
    reader.draft.keep(&key, &now);
    made.event.sequence = Some(in_order(&made.event, turns));
    if let Some(event) = known.and_then(|known| for_the_former(&known, &mut made.event)) {
        let gone = Made {
            event,
            id: None,
            state: None,
        };
        reader.push(rule, gone, Some(former))?;
    }
    reader.push(rule, made, Some(own))
}

/// Where an event stands, by the number of changes that were seen of its interaction.
fn in_order(event: &Event, turns: u64) -> String {
    sequence(event.what, event.life.wrapping_up, event.at, turns)
}

/// Tells the agent who had it that it went to somebody else, and the one who gets it from whom.
fn for_the_former(known: &Value, event: &mut Event) -> Option<Event> {
    let former = agent_of(known)?;
    let moved =
        event.what == What::Transferred && agent_to_json(&former) != agent_to_json(&event.agent);
    if !moved {
        return None;
    }
    let transfer = event.life.transfer.get_or_insert_default();
    transfer.from.get_or_insert_with(|| former.clone());
    transfer.to.get_or_insert_with(|| event.agent.clone());
    Some(Event {
        agent: former,
        identifiers: Vec::new(),
        refused: Vec::new(),
        name: None,
        authenticated: false,
        attributes: std::collections::BTreeMap::new(),
        ..event.clone()
    })
}

/// Who had an interaction when something was last seen of it.
fn agent_of(known: &Value) -> Option<AgentRef> {
    let agent = agent_from_json(known.get("agent")?);
    let name = text(known, "name").map(str::to_owned);
    (agent != AgentRef::default()).then_some(AgentRef { name, ..agent })
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
