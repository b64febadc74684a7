//! What came in and what was refused, counted for the health view.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pop_core::moment::Moment;

use super::Refusal;

/// Counts since the listener started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Deliveries that were kept.
    pub accepted: u64,
    /// When the last of them came.
    pub last: Option<Moment>,
    /// Deliveries that were kept before.
    pub repeated: u64,
    /// Refusals by [`Refusal::slug`].
    pub refused: BTreeMap<&'static str, u64>,
    /// The latest refusal.
    pub last_refusal: Option<LastRefusal>,
}

impl Counters {
    /// How often this was refused.
    pub fn refused(&self, slug: &str) -> u64 {
        self.refused.get(slug).copied().unwrap_or(0)
    }
}

/// The latest refusal, with its reason in our words; nothing in it came from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRefusal {
    /// When.
    pub at: Moment,
    /// Why.
    pub refusal: Refusal,
}

#[derive(Default)]
pub(super) struct Tally(Mutex<Counters>);

impl Tally {
    pub(super) fn accepted(&self, at: Moment) {
        let mut counters = self.lock();
        counters.accepted += 1;
        counters.last = Some(at);
    }

    pub(super) fn repeated(&self) {
        self.lock().repeated += 1;
    }

    pub(super) fn refused(&self, at: Moment, refusal: Refusal) {
        let mut counters = self.lock();
        *counters.refused.entry(refusal.slug()).or_default() += 1;
        counters.last_refusal = Some(LastRefusal { at, refusal });
    }

    pub(super) fn counters(&self) -> Counters {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Counters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
