//! What waits for each other must come to an end: finds by `if_none`, references by what they need,
//! steps by the steps they name.

use std::collections::BTreeSet;

use crate::file::section::Section;
use crate::language::names::Needs;
use crate::language::parts::{FindPart, MePart, RefPart};
use crate::language::request::Step;

/// `if_none` names finds of the same identifier, and leads nowhere in a circle.
pub(crate) fn check_if_none(root: &Section<'_>, finds: &[FindPart]) {
    for find in finds {
        let key = format!("find.{}.if_none", find.name);
        for name in &find.if_none {
            let named = finds.iter().find(|other| other.name == *name);
            if named.is_none_or(|other| other.by != find.by || other.name == find.name) {
                let expected = "another find of the same identifier";
                root.faults
                    .add(find.rows.asking.place, &key, format!("{name:?}"), expected);
            }
        }
    }
    let mut done = BTreeSet::new();
    while let Some(next) = finds.iter().find(|find| {
        !done.contains(find.name.as_str())
            && find.if_none.iter().all(|name| {
                done.contains(name.as_str()) || !finds.iter().any(|find| find.name == *name)
            })
    }) {
        done.insert(next.name.as_str());
    }
    for find in finds
        .iter()
        .filter(|find| !done.contains(find.name.as_str()))
    {
        let key = format!("find.{}.if_none", find.name);
        root.faults.add(
            find.rows.asking.place,
            key,
            "a circle",
            "finds that come to an end",
        );
    }
}

/// References and `me` may build on each other, but not in a circle.
pub(crate) fn check_reference_circles(root: &Section<'_>, me: Option<&MePart>, refs: &[RefPart]) {
    let mut done = BTreeSet::new();
    let mut me_done = me.is_none();
    loop {
        let before = (done.len(), me_done);
        let ready = |needs: &Needs, done: &BTreeSet<&str>, me_done: bool| {
            needs.refs.iter().all(|name| done.contains(name.as_str())) && (me_done || !needs.me)
        };
        me_done = me_done || me.is_some_and(|me| ready(&me.needs, &done, true));
        for reference in refs {
            if ready(&reference.needs, &done, me_done) {
                done.insert(reference.name.as_str());
            }
        }
        if (done.len(), me_done) == before {
            break;
        }
    }
    for reference in refs
        .iter()
        .filter(|reference| !done.contains(reference.name.as_str()))
    {
        let key = format!("ref.{}", reference.name);
        root.faults.add(
            reference.asking.place,
            key,
            "a circle",
            "references that come to an end",
        );
    }
}

/// Steps wait for each other, but not in a circle.
pub(crate) fn check_steps(section: &Section<'_>, steps: &[Step]) {
    let mut done = BTreeSet::new();
    loop {
        let before = done.len();
        for step in steps {
            let name = step.name.as_deref().unwrap_or_default();
            if step
                .needs
                .steps
                .iter()
                .all(|needed| done.contains(needed.as_str()))
            {
                done.insert(name);
            }
        }
        if done.len() == before {
            break;
        }
    }
    if done.len() < steps.len() {
        section.missing("step", "steps that do not wait for each other in a circle");
    }
}
