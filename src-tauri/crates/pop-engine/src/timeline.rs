//! The way of each card in microseconds: kept for the flight recorder and for the day's numbers.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use pop_core::desk::{Pop, PopId};
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_store::{Change, Mark};

/// How many pops the usual time is taken from.
const TYPICAL_OF: usize = 50;

/// The marks of the cards on screen.
#[derive(Default)]
pub(crate) struct Timelines {
    by_pop: BTreeMap<PopId, Timeline>,
    lookups: VecDeque<Duration>,
}

struct Timeline {
    key: InteractionKey,
    marks: Vec<Mark>,
    /// How many of the marks are on their way to the store.
    kept: usize,
    /// The snapshot with which the card became complete.
    complete_at: Option<u32>,
    told: bool,
}

impl Timelines {
    /// Begins the timeline of a new card with the moment its event was received.
    pub(crate) fn begin(&mut self, pop: &Pop, received: Moment) {
        let Some(key) = pop.key.clone() else { return };
        self.by_pop.entry(pop.id).or_insert_with(|| Timeline {
            key,
            marks: vec![Mark {
                name: "received",
                at: received,
                code: None,
                number: None,
            }],
            kept: 0,
            complete_at: None,
            told: false,
        });
    }

    /// Leaves a mark.
    pub(crate) fn mark(&mut self, pop: PopId, mark: Mark) {
        if mark.name == "matched_one"
            && let Some(timeline) = self.by_pop.get(&pop)
            && let Some(received) = timeline.marks.first()
        {
            self.lookups.push_back(mark.at.since(received.at));
            if self.lookups.len() > TYPICAL_OF {
                self.lookups.pop_front();
            }
        }
        if let Some(timeline) = self.by_pop.get_mut(&pop) {
            timeline.marks.push(mark);
        }
    }

    /// Notes that a snapshot is about to be shown.
    pub(crate) fn shown(&mut self, pop: &Pop) {
        let pending =
            pop.lookups.is_empty() || pop.lookups.iter().any(pop_core::desk::Lookup::is_pending);
        if let Some(timeline) = self.by_pop.get_mut(&pop.id)
            && timeline.complete_at.is_none()
            && !pending
        {
            timeline.complete_at = Some(pop.seq);
        }
    }

    /// Notes that the window painted a snapshot; the whole way, the first time a complete card is
    /// on screen.
    pub(crate) fn painted(
        &mut self,
        pop: PopId,
        seq: u32,
        at: Moment,
    ) -> Option<(InteractionKey, Vec<Mark>)> {
        let timeline = self.by_pop.get_mut(&pop)?;
        let first = !timeline.marks.iter().any(|mark| mark.name == "painted");
        let complete = timeline.complete_at.is_some_and(|complete| seq >= complete);
        if first {
            timeline.marks.push(Mark {
                name: "painted",
                at,
                code: None,
                number: None,
            });
        }
        if !complete || timeline.told {
            return None;
        }
        timeline.told = true;
        timeline.marks.push(Mark {
            name: "painted_complete",
            at,
            code: None,
            number: None,
        });
        let mut marks = timeline.marks.clone();
        marks.sort_by_key(|mark| mark.at);
        Some((timeline.key.clone(), marks))
    }

    /// The marks that are not yet with the store.
    pub(crate) fn take_new(&mut self) -> Vec<Change> {
        self.by_pop
            .values_mut()
            .filter(|timeline| timeline.kept < timeline.marks.len())
            .map(|timeline| {
                let new = timeline.marks.iter().skip(timeline.kept).cloned().collect();
                timeline.kept = timeline.marks.len();
                Change::Marks(timeline.key.clone(), new)
            })
            .collect()
    }

    /// Forgets a card.
    pub(crate) fn end(&mut self, pop: PopId) {
        self.by_pop.remove(&pop);
    }

    /// How long it usually takes from the event to the customer: the median of the latest.
    pub(crate) fn typical(&self) -> Option<Duration> {
        let mut lookups: Vec<Duration> = self.lookups.iter().copied().collect();
        lookups.sort_unstable();
        lookups.get(lookups.len() / 2).copied()
    }
}
