//! Snapshots: a delivery that tells how things are. What happened is the difference to the one
//! before.
//!
//! An older snapshot than the last is late, one that changes nothing a repeat. Each item that is new
//! or has another state is read as an event; an item that is no longer there becomes what `gone`
//! says, with what was remembered of it. Without `gone`, only what changed is told.

use std::collections::BTreeMap;

use pop_core::expr::Scope;
use pop_core::interaction::{Event, InteractionKey, What};
use pop_core::life::{Life, Unanswered};
use pop_core::moment::Moment;
use serde_json::{Map, Value, json};

use crate::mapping::event::{self, Made};
use crate::mapping::language::{Rule, Snapshot};
use crate::mapping::memory::Item;
use crate::mapping::read::Reader;
use crate::mapping::reading::{Level, Reading};
use crate::mapping::{Unreadable, Why, value};

/// Reads one snapshot.
pub(super) fn read(
    reader: &mut Reader<'_>,
    rule: &Rule,
    snapshot: &Snapshot,
    scope: &Scope,
) -> Result<(), Unreadable> {
    let of = needed(reader, &snapshot.of, scope)?;
    let key = format!("{}/snapshot/{}/{of}", reader.language.id, rule.name);
    let known = reader.draft.recall(&key).unwrap_or_default();
    let order = snapshot
        .order
        .as_ref()
        .and_then(|order| reader.value(order, scope));
    if let (Some(order), Some(last)) = (&order, known.get("order"))
        && !is_newer(order, last)
    {
        let why = if order == last {
            Why::Repeat
        } else {
            Why::Late
        };
        reader.ignore(rule, why);
        return Ok(());
    }
    let before: BTreeMap<String, Item> = known
        .get("items")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(id, item)| Some((id.clone(), Item::from_json(item)?)))
        .collect();
    let list = snapshot
        .list
        .expr
        .eval_list(scope)
        .map_err(|why| unreadable(&snapshot.list, why.to_string()))?;
    reader.note(snapshot.list.line, &snapshot.list.key);
    let (events, ignored) = (reader.events().len(), reader.out.ignored.len());
    let mut items = BTreeMap::new();
    for one in &list {
        let scope = reader.with_calcs(scope.clone().with("one", one), Level::Item);
        let id = needed(reader, &snapshot.id, &scope)?;
        let item = changed(reader, rule, snapshot, &scope, (&of, &id, before.get(&id)))?;
        items.extend(item.map(|item| (id, item)));
    }
    for (id, item) in before {
        if items.contains_key(&id) {
            continue;
        }
        match &snapshot.gone {
            Some(word) => gone(reader, rule, word, scope, (&of, &id, item))?,
            // A platform that tells only what changed: who is not named is still there.
            None => {
                items.insert(id, item);
            }
        }
    }
    if reader.events().len() == events && reader.out.ignored.len() == ignored {
        reader.ignore(rule, Why::Repeat);
    }
    let items: Map<String, Value> = items
        .into_iter()
        .map(|(id, item)| (id, item.to_json()))
        .collect();
    reader
        .draft
        .keep(&key, &json!({ "order": order, "items": items }));
    Ok(())
}

/// Reads an item that may have changed, and says what is to be remembered of it.
fn changed(
    reader: &mut Reader<'_>,
    rule: &Rule,
    snapshot: &Snapshot,
    scope: &Scope,
    (of, id, before): (&str, &str, Option<&Item>),
) -> Result<Option<Item>, Unreadable> {
    let state = needed(reader, &snapshot.state, scope)?;
    let before_state = before.map_or("", |item| item.state.as_str());
    if before_state == state {
        return Ok(before.cloned());
    }
    let scope = scope
        .clone()
        .with("before", &Value::String(before_state.to_owned()));
    let scope = reader.with_calcs(scope, Level::Change);
    if !reader.is_meant(rule, &scope) {
        reader.ignore(rule, Why::NotMeant);
        return Ok(before.map(|item| Item {
            state,
            ..item.clone()
        }));
    }
    let made = event::make(reader, rule, &scope)?;
    let turns = before.map_or(0, |item| item.turns + 1);
    let event = &made.event;
    let item = Item {
        turns,
        source: event.key.source.clone(),
        interaction: event.key.id.clone(),
        channel: event.channel,
        direction: event.direction,
        agent: event.agent.clone(),
        state,
    };
    let words = format!("{}:{of}:{id}:{}:{turns}", rule.name, item.state);
    reader.push(rule, made, Some(words))?;
    Ok(Some(item))
}

/// Says that an item is no longer there, if that means anything.
fn gone(
    reader: &mut Reader<'_>,
    rule: &Rule,
    gone: &Reading,
    scope: &Scope,
    (of, id, item): (&str, &str, Item),
) -> Result<(), Unreadable> {
    let scope = scope
        .clone()
        .with("before", &Value::String(item.state.clone()));
    let word = reader.value(gone, &scope);
    let Some(word) = word
        .as_ref()
        .and_then(Value::as_str)
        .filter(|word| !word.is_empty())
    else {
        return Ok(());
    };
    let what = What::parse(word).ok_or_else(|| {
        let words: Vec<_> = What::ALL.into_iter().map(|(_, word)| word).collect();
        unreadable(gone, format!("expected one of {}", words.join(", ")))
    })?;
    let at = rule
        .fields
        .get("at")
        .and_then(|at| reader.value(at, &scope))
        .and_then(|value| value::moment(&value).ok().flatten())
        .unwrap_or(reader.delivery.received);
    let words = format!("{}:{of}:{id}:gone:{}", rule.name, item.turns + 1);
    let unanswered = rule
        .fields
        .get("unanswered")
        .filter(|_| what == What::Declined)
        .and_then(|unanswered| reader.value(unanswered, &scope))
        .and_then(|value| Unanswered::parse(value.as_str()?));
    let mut event = gone_event(reader, item, what, at);
    event.life.unanswered = unanswered;
    let made = Made {
        event,
        id: None,
        state: None,
    };
    reader.push(rule, made, Some(words))
}

fn gone_event(reader: &Reader<'_>, item: Item, what: What, at: Moment) -> Event {
    Event {
        id: String::new(),
        key: InteractionKey {
            source: item.source,
            id: item.interaction,
        },
        names_interaction: true,
        what,
        at,
        expires: None,
        reports_acceptance: reader.language.reports_acceptance,
        channel: item.channel,
        direction: item.direction,
        agent: item.agent,
        queue: None,
        identifiers: Vec::new(),
        refused: Vec::new(),
        name: None,
        authenticated: false,
        reason: None,
        language: None,
        attributes: BTreeMap::new(),
        summary: None,
        offer_timeout: None,
        traceparent: None,
        sequence: None,
        life: Life::default(),
    }
}

fn needed(reader: &mut Reader<'_>, reading: &Reading, scope: &Scope) -> Result<String, Unreadable> {
    let value = reader.value(reading, scope);
    match value.as_ref().map(value::text) {
        Some(Ok(Some(text))) if text.chars().count() <= 256 => Ok(text),
        Some(_) | None => Err(unreadable(
            reading,
            "no value; expected a text of at most 256 characters".to_owned(),
        )),
    }
}

fn unreadable(reading: &Reading, why: String) -> Unreadable {
    Unreadable {
        key: reading.key.clone(),
        line: reading.line,
        why,
    }
}

/// Whether a snapshot is newer than the last: by number, or by time.
fn is_newer(order: &Value, last: &Value) -> bool {
    if let (Some(order), Some(last)) = (order.as_i64(), last.as_i64()) {
        return order > last;
    }
    let time = |value: &Value| value.as_str().and_then(Moment::parse);
    match (time(order), time(last)) {
        (Some(order), Some(last)) => order > last,
        // Not the same kind of order as before: there is nothing to compare, so it counts.
        (None | Some(_), _) => true,
    }
}
