//! Which checks each connection offers itself to: asked once, of a connection that is there.

use pop_tests::connections::{self, Subject, Vendor};
use tokio::runtime::Runtime;

use crate::checks::{self, Check};
use crate::sign_in;

/// One connection and, for every check, whether it can do the thing at all.
pub(crate) struct Offer {
    pub(crate) vendor: &'static Vendor,
    pub(crate) checks: Vec<(Check, bool)>,
}

/// All connections, in the order of the table.
pub(crate) fn all(runtime: &Runtime) -> Vec<Offer> {
    let offer = |vendor: &'static Vendor| runtime.block_on(of(vendor));
    connections::ALL.iter().map(offer).collect()
}

async fn of(vendor: &'static Vendor) -> Offer {
    let usual = (vendor.start)().await;
    let in_browser = match vendor.by_browser {
        Some(start) => Some(start().await),
        None => None,
    };
    let asked = |check: &Check| -> &Subject {
        match &in_browser {
            Some(subject) if check.group == sign_in::GROUP => subject,
            Some(_) | None => &usual,
        }
    };
    let checks = checks::all().into_iter();
    Offer {
        vendor,
        checks: checks
            .map(|check| (check, (check.applies)(asked(&check))))
            .collect(),
    }
}
