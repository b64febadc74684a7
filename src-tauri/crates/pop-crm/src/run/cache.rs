//! What was asked a moment ago is not asked again, and what is being asked is asked once.
//!
//! Customers that are found are kept for a minute, that nobody is found for a quarter of one;
//! answers that failed or lack something are not kept at all. Data that changes slowly is kept
//! by its `[ref]`, in `learn`. What was created here is known before the CRM's index knows it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use tokio::sync::oneshot;

/// How long what was found is kept.
pub(crate) const FOUND: Duration = Duration::from_mins(1);
/// How long it is kept that there is nothing.
pub(crate) const NOTHING: Duration = Duration::from_secs(15);
/// Answers of one kind that are kept; a busy shift has fewer within a minute.
const KEPT: usize = 100;

/// Answers of one kind, kept and on their way.
pub(crate) struct Cache<T> {
    inner: Mutex<Inner<T>>,
}

struct Inner<T> {
    kept: Vec<Kept<T>>,
    flights: Vec<Flight<T>>,
    next: u64,
}

struct Kept<T> {
    key: String,
    at: Moment,
    life: Duration,
    /// The ids of the customers it is about.
    about: Vec<String>,
    value: T,
}

/// A question that is under way; a closed one is joined by nobody and not kept.
struct Flight<T> {
    ticket: u64,
    key: String,
    deadline: Moment,
    is_open: bool,
    waiting: Vec<oneshot::Sender<Result<T, Fault>>>,
}

/// One question, as the cache knows it.
pub(crate) struct Question {
    pub(crate) key: String,
    pub(crate) asked: Moment,
    pub(crate) deadline: Moment,
    /// Nothing that was asked earlier is good enough.
    pub(crate) fresh: bool,
}

/// How long an answer is kept, and whose it is.
pub(crate) struct Keep {
    pub(crate) life: Duration,
    pub(crate) about: Vec<String>,
}

enum Way<T> {
    Kept(T),
    Join(oneshot::Receiver<Result<T, Fault>>),
    Lead(u64),
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        let inner = Inner {
            kept: Vec::new(),
            flights: Vec::new(),
            next: 0,
        };
        Self {
            inner: Mutex::new(inner),
        }
    }
}

impl<T: Clone> Cache<T> {
    /// The answer that is kept, the one on its way, or a new one; and whether it was kept.
    ///
    /// Whoever asks may go away: if others wait for the same answer, one of them asks again.
    pub(crate) async fn ask(
        &self,
        question: Question,
        now: impl Fn() -> Moment,
        asking: impl Future<Output = Result<T, Fault>>,
        keep: impl Fn(&T) -> Option<Keep>,
    ) -> Result<(T, bool), Fault> {
        let ticket = loop {
            match self.way(&question) {
                Way::Kept(value) => return Ok((value, true)),
                Way::Lead(ticket) => break ticket,
                Way::Join(answer) => match answer.await {
                    // It was the other one's time that ran out.
                    Ok(Err(fault)) if fault.kind == FaultKind::TimedOut => {}
                    Ok(answer) => return answer.map(|value| (value, false)),
                    Err(_) => {}
                },
            }
        };
        let landing = Landing {
            cache: self,
            ticket,
        };
        let answer = asking.await;
        let kept = answer.as_ref().ok().and_then(keep);
        landing.land(&answer, kept, now());
        answer.map(|value| (value, false))
    }

    fn way(&self, question: &Question) -> Way<T> {
        let mut inner = self.inner();
        let kept = inner.kept.iter().find(|kept| kept.key == question.key);
        if let Some(kept) = kept.filter(|kept| kept.is_alive(question.asked) && !question.fresh) {
            return Way::Kept(kept.value.clone());
        }
        let flight = inner.flights.iter_mut().find(|flight| {
            flight.is_open && flight.key == question.key && flight.deadline <= question.deadline
        });
        if let Some(flight) = flight.filter(|_| !question.fresh) {
            let (sender, answer) = oneshot::channel();
            flight.waiting.push(sender);
            return Way::Join(answer);
        }
        let ticket = inner.next;
        inner.next = inner.next.wrapping_add(1);
        inner.flights.push(Flight {
            ticket,
            key: question.key.clone(),
            deadline: question.deadline,
            is_open: true,
            waiting: Vec::new(),
        });
        Way::Lead(ticket)
    }

    fn inner(&self) -> MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Cache<T> {
    /// Drops what is about customers of which `is_meant` holds, and keeps nothing that is on its
    /// way: it may have been read before the change.
    pub(crate) fn drop_about(&self, is_meant: impl Fn(&str) -> bool) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner
            .kept
            .retain(|kept| !kept.about.iter().any(|id| is_meant(id)));
        inner.close_flights();
    }

    /// Drops everything.
    pub(crate) fn clear(&self) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.kept.clear();
        inner.close_flights();
    }
}

impl<T> Inner<T> {
    fn close_flights(&mut self) {
        for flight in &mut self.flights {
            flight.is_open = false;
        }
    }

    fn take(&mut self, ticket: u64) -> Option<Flight<T>> {
        let at = self.flights.iter().position(|one| one.ticket == ticket)?;
        Some(self.flights.remove(at))
    }
}

impl<T> Kept<T> {
    fn is_alive(&self, now: Moment) -> bool {
        // From the future it is only if somebody has set the clock back.
        self.at <= now && now.since(self.at) < self.life
    }
}

/// Ends a flight, whatever becomes of it.
struct Landing<'c, T> {
    cache: &'c Cache<T>,
    ticket: u64,
}

impl<T: Clone> Landing<'_, T> {
    fn land(&self, answer: &Result<T, Fault>, keep: Option<Keep>, now: Moment) {
        let mut inner = self.cache.inner();
        let Some(flight) = inner.take(self.ticket) else {
            return;
        };
        for waiting in flight.waiting {
            // Whoever waited may have gone away.
            let _ = waiting.send(answer.clone());
        }
        let (Ok(value), Some(keep), true) = (answer, keep, flight.is_open) else {
            return;
        };
        inner
            .kept
            .retain(|kept| kept.key != flight.key && kept.is_alive(now));
        if inner.kept.len() >= KEPT {
            inner.kept.remove(0);
        }
        inner.kept.push(Kept {
            key: flight.key,
            at: now,
            life: keep.life,
            about: keep.about,
            value: value.clone(),
        });
    }
}

impl<T> Drop for Landing<'_, T> {
    fn drop(&mut self) {
        // Only if it has not landed: those who wait then hear that nobody answers.
        let mut inner = self
            .cache
            .inner
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        drop(inner.take(self.ticket));
    }
}
