//! What was committed of late, in memory: whoever publishes need not read it back from the disk.
//!
//! It is only a shorter way. What is not here is read from the queue, which has everything.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pop_store::Waiting;

/// The most messages that are held; older ones are read from the disk.
const MOST: usize = 1_024;

/// The newest messages.
pub(crate) struct Fresh(Mutex<Held>);

struct Held {
    /// Every message after this row is in `waiting`.
    after: i64,
    waiting: VecDeque<Waiting>,
}

impl Fresh {
    /// Nothing is held yet, and this is the newest row.
    pub(crate) fn new(newest: i64) -> Self {
        Self(Mutex::new(Held {
            after: newest,
            waiting: VecDeque::new(),
        }))
    }

    /// Holds what was just committed.
    pub(crate) fn push(&self, new: Vec<Waiting>) {
        let mut held = self.held();
        held.waiting.extend(new);
        while held.waiting.len() > MOST {
            held.drop_first();
        }
    }

    /// Takes what comes after a row; `None` where not all of it is held.
    pub(crate) fn take(&self, after: i64, limit: usize) -> Option<Vec<Waiting>> {
        let mut held = self.held();
        if after < held.after {
            return None;
        }
        while held.waiting.front().is_some_and(|first| first.row <= after) {
            held.drop_first();
        }
        let count = limit.min(held.waiting.len());
        let taken: Vec<_> = held.waiting.drain(..count).collect();
        if let Some(last) = taken.last() {
            held.after = last.row;
        }
        Some(taken)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A holder that panicked has left whole messages, in order.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn drop_first(&mut self) {
        if let Some(first) = self.waiting.pop_front() {
            self.after = first.row;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pop_core::moment::Moment;

    fn waiting(rows: std::ops::RangeInclusive<i64>) -> Vec<Waiting> {
        let one = |row| Waiting {
            row,
            expires: Moment::default(),
            message: None,
        };
        rows.map(one).collect()
    }

    fn rows(taken: Option<Vec<Waiting>>) -> Option<Vec<i64>> {
        taken.map(|taken| taken.iter().map(|it| it.row).collect())
    }

    #[test]
    fn what_follows_a_row_is_given_in_order_and_once() {
        let fresh = Fresh::new(4);
        assert_eq!(rows(fresh.take(3, 9)), None, "row 4 is on the disk alone");
        assert_eq!(rows(fresh.take(4, 9)), Some(vec![]), "there is no row 5");
        fresh.push(waiting(5..=8));
        assert_eq!(rows(fresh.take(4, 2)), Some(vec![5, 6]));
        assert_eq!(rows(fresh.take(4, 2)), None, "5 is not held any more");
        assert_eq!(rows(fresh.take(7, 2)), Some(vec![8]), "7 was had elsewhere");
    }

    #[test]
    fn no_more_is_held_than_fits_and_what_is_missing_is_known() {
        let fresh = Fresh::new(0);
        let most = i64::try_from(MOST).expect("a small number");
        fresh.push(waiting(1..=most + 2));
        assert_eq!(rows(fresh.take(0, 1)), None);
        assert_eq!(rows(fresh.take(1, 1)), None);
        assert_eq!(rows(fresh.take(2, 1)), Some(vec![3]));
    }
}
