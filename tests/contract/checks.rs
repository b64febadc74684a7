//! What a check is, and all of them in the order of the table.

use std::future::Future;
use std::pin::Pin;

use crate::{errors, finding, links, outbox, profile, sign_in, writes};
use pop_tests::connections::{Start, Subject, Vendor};

/// One thing that every connection does.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    /// The heading it stands under in the table.
    pub(crate) group: &'static str,
    /// What is checked, as a sentence in words joined by underscores.
    pub(crate) name: &'static str,
    /// Whether this connection can do it at all.
    pub(crate) applies: fn(&Subject) -> bool,
    pub(crate) run: fn(Subject) -> Pin<Box<dyn Future<Output = ()>>>,
}

/// A check from an `async fn` that takes the subject; its name is the function's.
macro_rules! check {
    ($group:expr, $applies:expr, $($module:ident)::+) => {
        $crate::checks::Check {
            group: $group,
            name: {
                let path = stringify!($($module)::+);
                match path.rfind("::") {
                    Some(at) => path.split_at(at + 2).1,
                    None => path,
                }
            },
            applies: $applies,
            run: |subject| Box::pin($($module)::+(subject)),
        }
    };
}
pub(crate) use check;

impl Check {
    /// How a connection is started for this check.
    pub(crate) fn start(&self, vendor: &Vendor) -> Start {
        match vendor.by_browser {
            Some(by_browser) if self.group == sign_in::GROUP => by_browser,
            Some(_) | None => vendor.start,
        }
    }
}

/// Every check, grouped.
pub(crate) fn all() -> Vec<Check> {
    let groups = [
        sign_in::checks(),
        finding::checks(),
        profile::checks(),
        links::checks(),
        writes::checks(),
        outbox::checks(),
        errors::checks(),
    ];
    groups.into_iter().flatten().collect()
}

/// For checks that every connection must pass.
pub(crate) fn always(_: &Subject) -> bool {
    true
}
