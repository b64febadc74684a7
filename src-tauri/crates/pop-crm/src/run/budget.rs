//! How long a call may take: security rule B2.

use std::time::Duration;

/// The limits of a read, and of one write. The connect limit is the HTTP client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// One lookup with everything in it: waiting for a place, retry, sign-in.
    pub total: Duration,
    /// One try.
    pub one_try: Duration,
    /// One write with all its steps: security rule B3.
    pub write: Duration,
    /// A second try is only begun with at least this much left.
    pub worthwhile: Duration,
    /// The shortest pause before a second try.
    pub shortest_pause: Duration,
    /// The longest pause before a second try, unless the CRM asks for more.
    pub longest_pause: Duration,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            total: Duration::from_secs(10),
            one_try: Duration::from_secs(8),
            write: Duration::from_secs(15),
            worthwhile: Duration::from_secs(1),
            shortest_pause: Duration::from_millis(100),
            longest_pause: Duration::from_millis(400),
        }
    }
}

/// The largest answer that is read: security rule N4.
pub(crate) const LARGEST_ANSWER: usize = 2 * 1024 * 1024;
