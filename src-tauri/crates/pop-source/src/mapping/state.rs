//! Dedupe by state, for a platform that sends neither ids nor times.
//!
//! The state of an interaction is whatever the file says tells two events apart: at Glia, who has
//! the engagement. The same state again is a repeat; what begins an interaction cannot come after
//! anything else; what comes after the end is late. Two true transfers to and fro stay two, but a
//! transfer that is repeated after the next one cannot be told from a true one.
//!
//! When an interaction moves to another agent, the one who had it is told that it is gone.

use pop_core::interaction::{Event, What};
use serde_json::{Value, json};

use crate::mapping::event::Made;
use crate::mapping::language::Rule;
use crate::mapping::memory::{agent_from_json, agent_to_json};
use crate::mapping::read::Reader;
use crate::mapping::{Unreadable, Why};

/// Takes an event if it changes the state of its interaction.
pub(super) fn apply(reader: &mut Reader<'_>, rule: &Rule, made: Made) -> Result<(), Unreadable> {
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
    let now = json!({
        "state": state,
        "turns": turns,
        "over": ends.then_some("yes"),
        "agent": agent_to_json(&made.event.agent),
    });
    reader.draft.keep(&key, &now);
    if let Some(event) = known.and_then(|known| for_the_former(&known, &made.event)) {
        let gone = Made {
            event,
            id: None,
            state: None,
        };
        reader.push(rule, gone, Some(former))?;
    }
    reader.push(rule, made, Some(own))
}

/// Tells the agent who had it that it went to somebody else: withdrawn, as the desk calls it, so
/// that it can never pop there.
fn for_the_former(known: &Value, event: &Event) -> Option<Event> {
    let agent = agent_from_json(known.get("agent")?);
    let moved = event.what == What::Transferred
        && agent_to_json(&agent) != agent_to_json(&event.agent)
        && agent != pop_core::interaction::AgentRef::default();
    moved.then(|| Event {
        what: What::Declined,
        agent,
        identifiers: Vec::new(),
        refused: Vec::new(),
        name: None,
        authenticated: false,
        attributes: std::collections::BTreeMap::new(),
        ..event.clone()
    })
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
