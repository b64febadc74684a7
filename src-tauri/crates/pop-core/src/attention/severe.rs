//! Whether a card's customer has a severe case open, as far as it is known.

use crate::desk::{Matching, Part, Pop};
use crate::profile::{Case, Priority};

/// Whether a severe case is open; `None` while a CRM is still being asked.
pub fn severe(pop: &Pop) -> Option<bool> {
    match pop.matching {
        Matching::Looking => return None,
        Matching::One { .. } => {}
        Matching::Nothing | Matching::Several { .. } | Matching::None | Matching::Failed => {
            return Some(false);
        }
    }
    pop.customer()?;
    let told: Vec<Option<bool>> = pop
        .records()
        .iter()
        .map(|(lookup, _)| in_cases(&lookup.cases))
        .collect();
    if told.contains(&Some(true)) {
        return Some(true);
    }
    (!told.contains(&None)).then_some(false)
}

/// The same of one connection's cases; every connection that knows the customer has a say.
fn in_cases(cases: &Part<Case>) -> Option<bool> {
    match cases {
        Part::Waiting => None,
        Part::Ready(cases) => Some(
            cases
                .items
                .iter()
                .any(|case| case.open && case.priority == Some(Priority::Urgent)),
        ),
        Part::Off | Part::Failed(_) => Some(false),
    }
}
