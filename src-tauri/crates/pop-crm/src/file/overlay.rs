//! Laying one tree over another: tables by key, everything else replaced whole.
//!
//! Variants and the admin's overlays go through here alike. What may be changed at all is decided
//! by the caller; dialects may only be added.

use crate::file::fault::Faults;
use crate::file::tree::{Data, Node, Table, join};

/// An admin's changes to a definition.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The file's name, for faults.
    pub file: String,
    /// The TOML text.
    pub text: String,
}

/// Lays `over` on `base`; its `remove` list is applied first.
pub(crate) fn lay(base: &mut Table, over: &Table, faults: &Faults) {
    if let Some(list) = over.get("remove") {
        remove_all(base, list, faults);
    }
    for (key, node) in over.iter().filter(|(key, _)| *key != "remove") {
        if key == "dialect" {
            refuse_changed_dialects(base, node, faults);
        }
        lay_member(base, key, node);
    }
}

fn lay_member(base: &mut Table, key: &str, over: &Node) {
    if let (Data::Table(over_table), Some(old)) = (&over.data, base.get_mut(key))
        && let Data::Table(old_table) = &mut old.data
    {
        for (inner, node) in over_table.iter() {
            if HOLDS_TEXTS.contains(&key) {
                old_table.insert(inner, node.clone());
            } else {
                lay_member(old_table, inner, node);
            }
        }
        return;
    }
    base.insert(key, over.clone());
}

/// What stands in these is one value each, although a text of a dialect (`q.soql = "…"`) is spelt
/// as a table.
const HOLDS_TEXTS: &[&str] = &["query", "text"];

fn remove_all(base: &mut Table, list: &Node, faults: &Faults) {
    let Data::List(items) = &list.data else {
        faults.add(list.place, "remove", list.found(), "a list of dotted keys");
        return;
    };
    for item in items {
        let removed = item.text().is_some_and(|path| remove(base, path).is_some());
        if !removed {
            faults.add(
                item.place,
                "remove",
                item.found(),
                "a dotted key that is there",
            );
        }
    }
}

fn remove(base: &mut Table, path: &str) -> Option<Node> {
    if let Some(node) = base.remove(path) {
        return Some(node);
    }
    // A member's name may itself hold dots, so every way to cut the path is tried.
    let cuts = path
        .match_indices('.')
        .map(|(at, _)| at)
        .collect::<Vec<_>>();
    for at in cuts {
        let (Some(head), Some(rest)) = (path.get(..at), path.get(at + 1..)) else {
            continue;
        };
        if let Some(Node {
            data: Data::Table(inner),
            ..
        }) = base.get_mut(head)
            && let Some(node) = remove(inner, rest)
        {
            return Some(node);
        }
    }
    None
}

fn refuse_changed_dialects(base: &Table, over: &Node, faults: &Faults) {
    let old = base.get("dialect").and_then(Node::table);
    let new = over.table();
    for (name, node) in new.into_iter().flat_map(Table::iter) {
        if old.is_some_and(|old| old.get(name).is_some()) {
            let key = join("dialect", name);
            faults.add(
                node.place,
                key,
                "a changed dialect",
                "a dialect of another name",
            );
        }
    }
}
