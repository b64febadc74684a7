//! Parts of settings by their dotted names: `pop.open`, or `pop` for all below it.

use serde_json::{Map, Value};

/// Takes everything below a name out of a layer.
pub(super) fn take(layer: &mut Value, name: &str) {
    let (parents, last) = name.rsplit_once('.').unwrap_or(("", name));
    let mut node = Some(layer);
    for step in parents.split('.').filter(|step| !step.is_empty()) {
        node = node.and_then(|node| node.get_mut(step));
    }
    if let Some(members) = node.and_then(Value::as_object_mut) {
        members.remove(last);
    }
}

/// What stands below any of the names, and the rest.
pub(super) fn split(layer: &Value, names: &[String]) -> (Value, Value) {
    let mut rest = layer.clone();
    let mut chosen = Value::Object(Map::new());
    for name in names {
        let steps: Vec<&str> = name.split('.').collect();
        let found = steps.iter().try_fold(layer, |node, step| node.get(step));
        if let Some(found) = found {
            put(&mut chosen, &steps, found.clone());
            take(&mut rest, name);
        }
    }
    (chosen, rest)
}

/// The names of all settings below one; the name itself where there are none.
pub(super) fn names(known: &Value, name: &str, into: &mut Vec<String>) {
    let found = name.split('.').try_fold(known, |node, step| node.get(step));
    match found
        .and_then(Value::as_object)
        .filter(|members| !members.is_empty())
    {
        Some(members) => {
            for member in members.keys() {
                names(known, &format!("{name}.{member}"), into);
            }
        }
        None => into.push(name.to_owned()),
    }
}

/// Sets what stands below a name.
pub(super) fn set(layer: &mut Value, name: &str, value: Value) {
    let steps: Vec<&str> = name.split('.').collect();
    put(layer, &steps, value);
}

fn put(into: &mut Value, steps: &[&str], value: Value) {
    let Some(members) = into.as_object_mut() else {
        return;
    };
    match steps {
        [] => {}
        [last] => {
            members.insert((*last).to_owned(), value);
        }
        [first, rest @ ..] => {
            let below = members
                .entry(*first)
                .or_insert_with(|| Value::Object(Map::new()));
            put(below, rest, value);
        }
    }
}
