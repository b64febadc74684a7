//! How often links may come, and that one call started twice is one interaction (rule D6).

use std::collections::VecDeque;
use std::time::Duration;

use pop_core::interaction::Event;
use pop_core::moment::Moment;

use super::{Argument, LinkFault, LinkRefused};
use crate::made_id::BUCKET_SECONDS;

/// At most this many links and callers in [`SPAN`].
const MOST: usize = 5;
const SPAN: Duration = Duration::from_secs(10);

/// At most one focus change in this time.
const FOCUS_PAUSE: Duration = Duration::from_secs(2);

/// A start that repeats an earlier one within this time is the same interaction.
const SAME: Duration = Duration::from_secs(BUCKET_SECONDS.unsigned_abs());

/// Counts links and callers. Times come in; a clock that was set back begins anew.
#[derive(Debug, Default)]
pub struct LinkGate {
    passed: VecDeque<Moment>,
    unnamed: VecDeque<Event>,
    focused: Option<Moment>,
}

impl LinkGate {
    /// Lets a link or caller pass, or refuses it because there were too many.
    ///
    /// One that names no interaction and says what another said within ten seconds gets the ids
    /// of that one, also across the edge of the ten-second buckets in which ids are made.
    pub fn pass(&mut self, argument: Argument, now: Moment) -> Result<Argument, LinkRefused> {
        match argument {
            Argument::None | Argument::Hidden => Ok(argument),
            Argument::Link(event) => self.admit(*event, now).map(Box::new).map(Argument::Link),
            Argument::Caller(event) => self.admit(*event, now).map(Box::new).map(Argument::Caller),
            Argument::Clicked(event) => {
                self.admit(*event, now).map(Box::new).map(Argument::Clicked)
            }
        }
    }

    /// Whether the window may come to the front now; a yes counts.
    pub fn may_focus(&mut self, now: Moment) -> bool {
        if self
            .focused
            .is_some_and(|last| is_recent(last, now, FOCUS_PAUSE))
        {
            return false;
        }
        self.focused = Some(now);
        true
    }

    fn admit(&mut self, event: Event, now: Moment) -> Result<Event, LinkRefused> {
        self.passed.retain(|passed| is_recent(*passed, now, SPAN));
        if self.passed.len() >= MOST {
            return Err(LinkFault::TooMany.into());
        }
        self.passed.push_back(now);
        if event.names_interaction {
            return Ok(event);
        }
        self.unnamed
            .retain(|earlier| is_recent(earlier.at, now, SAME));
        if let Some(earlier) = self
            .unnamed
            .iter()
            .find(|earlier| says_the_same(earlier, &event))
        {
            return Ok(Event {
                id: earlier.id.clone(),
                key: earlier.key.clone(),
                ..event
            });
        }
        self.unnamed.push_back(event.clone());
        Ok(event)
    }
}

fn is_recent(moment: Moment, now: Moment, span: Duration) -> bool {
    moment <= now && now.since(moment) < span
}

/// Whether two events differ in nothing but their time and the ids made from it.
fn says_the_same(one: &Event, other: &Event) -> bool {
    let other = Event {
        id: one.id.clone(),
        key: one.key.clone(),
        at: one.at,
        ..other.clone()
    };
    *one == other
}
