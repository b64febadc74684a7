//! How many requests an account may make before its vendor refuses more.

use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) struct Budget {
    used: AtomicU64,
    most: AtomicU64,
}

impl Budget {
    pub(crate) fn new(most: u64) -> Self {
        Self {
            used: AtomicU64::new(0),
            most: AtomicU64::new(most),
        }
    }

    /// Counts one request; `false` when it is one too many.
    pub(crate) fn take(&self) -> bool {
        self.used.fetch_add(1, Ordering::Relaxed) < self.most()
    }

    pub(crate) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    pub(crate) fn most(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }

    pub(crate) fn left(&self) -> u64 {
        self.most().saturating_sub(self.used())
    }

    pub(crate) fn set_left(&self, left: u64) {
        self.most
            .store(self.used().saturating_add(left), Ordering::Relaxed);
    }
}
