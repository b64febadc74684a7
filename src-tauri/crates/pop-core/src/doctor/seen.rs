//! Judges what was seen: where the time went, whose clock is wrong, why nobody was found.

use std::time::Duration;

use crate::doctor::cause::{Cause, Part};
use crate::moment::Moment;

/// An answer within this time is quick enough for whoever waits before a card.
const QUICK: Duration = Duration::from_secs(1);

/// A clock may be this far off: signatures and tokens count five minutes, networks need seconds.
const CLOCK_TOLERANCE: Duration = Duration::from_mins(1);

/// Where the time of one request went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent([Duration; 8]);

impl Spent {
    /// Adds time to a part.
    pub fn add(&mut self, part: Part, time: Duration) {
        for (known, spent) in Part::ALL.into_iter().zip(&mut self.0) {
            if known == part {
                *spent += time;
            }
        }
    }

    /// The time of a part.
    pub fn of(&self, part: Part) -> Duration {
        let mut parts = Part::ALL.into_iter().zip(self.0);
        parts
            .find(|(known, _)| *known == part)
            .map_or(Duration::ZERO, |(_, spent)| spent)
    }

    /// All of it.
    pub fn whole(&self) -> Duration {
        self.0.iter().sum()
    }

    /// One line for support: every part that took a millisecond or more.
    pub fn line(&self) -> String {
        let parts = Part::ALL.into_iter().zip(self.0);
        let parts = parts.filter(|(_, spent)| spent.as_millis() > 0);
        let parts = parts.map(|(part, spent)| {
            let name = part.slug().trim_start_matches("slow_");
            format!("{name} {} ms", spent.as_millis())
        });
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// Why a request is slow: the part that took most of the time; `None` when it is quick.
pub fn slow(spent: &Spent) -> Option<Cause> {
    if spent.whole() < QUICK {
        return None;
    }
    let longest = Part::ALL.into_iter().max_by_key(|part| spent.of(*part))?;
    Some(Cause::Slow(longest))
}

/// Whether this computer's clock is wrong, by the date that a server's answer bears.
pub fn clock(here: Moment, there: Moment) -> Option<Cause> {
    let off = here.since(there).max(there.since(here));
    (off > CLOCK_TOLERANCE).then_some(Cause::ClockOff {
        seconds: off.as_secs(),
    })
}

/// What is known when nobody was found by an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whether the id has the form of this CRM's ids.
    pub fits: bool,
    /// Whether a record that exists was found; `None` where none is known.
    pub known_good: Option<bool>,
}

/// Why a customer is not found, although the CRM answers.
pub fn customer(asked: Asked) -> Cause {
    match asked {
        Asked { fits: false, .. } => Cause::CustomerIdWrong,
        Asked {
            known_good: Some(false),
            ..
        } => Cause::CustomerHidden,
        Asked {
            known_good: Some(true) | None,
            ..
        } => Cause::CustomerMissing,
    }
}
