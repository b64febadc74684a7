//! The way of each card in microseconds: kept for the flight recorder and for the day's numbers.

//!
//! What the desk says, how the requests went and what became of writes comes together here, and goes
//! to the store with whatever is kept next.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::time::Duration;

use pop_core::desk::{self, Matching, Pop, PopId};
use pop_core::fault::Fault;
use pop_core::flight::Named;
use pop_core::interaction::{Event, InteractionKey};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::write::{Write, WriteState};
use pop_source::source::Steps;
use pop_store::{Change, Mark, StoreError};

use crate::room::Room;
use crate::tick::ForPop;

/// How many pops the usual time is taken from.
const TYPICAL_OF: usize = 50;

/// When an event came in, and how far it had come when.
#[derive(Clone, Copy)]
pub(crate) struct Arrived {
    pub(crate) received: Moment,
    pub(crate) steps: Steps,
}

/// The marks of the cards on screen.
#[derive(Default)]
pub(crate) struct Timelines {
    by_pop: BTreeMap<PopId, Timeline>,
    /// The latest request to a CRM that has its mark.
    noted: u64,
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
    /// How many of the rules that counted have their mark.
    rules: Vec<String>,
}

impl Timelines {
    /// Begins the timeline of a new card with the way of its event.
    pub(crate) fn begin(&mut self, pop: &Pop, arrived: Arrived) {
        let Some(key) = pop.key.clone() else { return };
        let Arrived { received, steps } = arrived;
        let way = [
            ("received", Some(received)),
            ("verified", steps.verified),
            ("mapped", steps.mapped),
        ];
        let way = way.into_iter();
        self.by_pop.entry(pop.id).or_insert_with(|| Timeline {
            key,
            rules: Vec::new(),
            marks: way
                .filter_map(|(name, at)| Some(Mark::new(name, at?)))
                .collect(),
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

    /// Leaves a mark on the card of an interaction; whether there is one.
    fn mark_of(&mut self, key: &InteractionKey, mark: &Mark) -> bool {
        let mut timelines = self.by_pop.values_mut();
        let found = timelines.find(|timeline| timeline.key == *key);
        if let Some(timeline) = found {
            timeline.marks.push(mark.clone());
            return true;
        }
        false
    }

    /// Notes that a snapshot is about to be shown, and which rules have come to count.
    pub(crate) fn shown(&mut self, pop: &Pop, now: Moment) {
        let pending = pop.lookups.is_empty() || pop.lookups.iter().any(desk::Lookup::is_pending);
        let Some(timeline) = self.by_pop.get_mut(&pop.id) else {
            return;
        };
        if timeline.complete_at.is_none() && !pending {
            timeline.complete_at = Some(pop.seq);
        }
        for rule in &pop.ruling.reasons {
            if !timeline.rules.contains(rule) {
                timeline.rules.push(rule.clone());
                timeline.marks.push(Mark {
                    about: Some(Named::rule(rule)),
                    ..Mark::new("rule", now)
                });
            }
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
            timeline.marks.push(Mark::new("painted", at));
        }
        if !complete || timeline.told {
            return None;
        }
        timeline.told = true;
        timeline.marks.push(Mark::new("painted_complete", at));
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

impl Room {
    /// Gives an event a trace of its own where the platform gives none, so that a CRM's log can be
    /// searched for it.
    pub(crate) fn trace(&self, event: &mut Event) {
        let known = |pop: &&Pop| pop.key.as_ref() == Some(&event.key);
        let known = self.desk.pops().iter().find(known);
        if event.traceparent.is_none() && known.is_none_or(|pop| pop.traceparent.is_none()) {
            event.traceparent = new_trace();
        }
    }

    /// Marks what a connection answered, after the requests that this took.
    pub(crate) fn mark_answer(
        &mut self,
        connection: &ConnectionId,
        answered: Option<ForPop>,
        fault: Option<&Fault>,
    ) {
        self.note_requests();
        let Some(ForPop { pop, asked, count }) = answered else {
            return;
        };
        let mark = Mark {
            code: Some(fault.map_or("ok", Fault::slug)),
            number: i64::try_from(count).ok(),
            about: Some(Named::connection(connection)),
            ..Mark::new(asked, self.ports.clock.now())
        };
        self.timelines.mark(pop, mark);
    }

    /// Marks which of the link's templates was chosen for a record, never its address.
    pub(crate) fn mark_link(
        &mut self,
        pop: PopId,
        record: &RecordRef,
        template: Result<u32, &String>,
    ) {
        let name = match template {
            Ok(_) => "link_chosen",
            Err(_) => "link_missing",
        };
        let mark = Mark {
            code: Some(match record.kind {
                RecordKind::Customer => "customer",
                RecordKind::Case => "case",
                RecordKind::Account => "account",
            }),
            number: template.ok().map(i64::from),
            about: Some(Named::connection(&record.connection)),
            ..Mark::new(name, self.ports.clock.now())
        };
        self.timelines.mark(pop, mark);
    }

    /// Marks how far a write has come.
    pub(crate) fn mark_write(&mut self, write: &Write, state: &WriteState) {
        self.note_requests();
        let Some(key) = &write.interaction else {
            return;
        };
        let kind = Some(write.kind.word());
        let (name, code) = match state {
            WriteState::Held => ("write_kept", kind),
            WriteState::Waiting { last: None, .. } => ("write_waiting", kind),
            WriteState::Waiting {
                last: Some(fault), ..
            } => ("write_failed", Some(fault.slug())),
            WriteState::Sending => ("write_sent", kind),
            WriteState::Parked(parked) => ("write_parked", Some(parked.fault.slug())),
            WriteState::Done(_) => ("written", kind),
            WriteState::Discarded => ("write_discarded", kind),
            WriteState::NotSaved(_) => ("write_lost", kind),
        };
        let mark = Mark {
            code,
            about: Some(Named::connection(&write.connection)),
            ..Mark::new(name, self.ports.clock.now())
        };
        self.mark_interaction(key, mark);
    }

    /// Marks the requests that were made since.
    pub(crate) fn note_requests(&mut self) {
        let new = self.traffic.log().after(self.timelines.noted);
        for logged in new {
            self.timelines.noted = logged.number;
            let mark = Mark {
                code: Some(logged.outcome),
                number: i64::try_from(logged.exchange.took.as_micros()).ok(),
                about: Some(Named::connection(&logged.connection)),
                request: Some(Box::new(logged.exchange)),
                ..Mark::new("request", logged.at)
            };
            for key in &logged.interactions {
                self.mark_interaction(key, mark.clone());
            }
        }
    }

    /// Leaves a mark, also where the card is gone.
    fn mark_interaction(&mut self, key: &InteractionKey, mark: Mark) {
        if self.timelines.mark_of(key, &mark) {
            return;
        }
        let (store, change) = (self.store.clone(), Change::Marks(key.clone(), vec![mark]));
        tokio::spawn(async move {
            match store.run(move |store| store.apply(&[change])).await {
                // Nothing is known of it any more.
                Ok(()) | Err(StoreError::UnknownInteraction) => {}
                Err(error) => tracing::error!(%error, "a mark could not be kept"),
            }
        });
    }
}

/// A mark of the desk, with what it is about.
pub(crate) fn of_desk(mark: desk::Mark, pop: &Pop, now: Moment) -> Mark {
    let plain = Mark::new(mark.word(), now);
    match &pop.matching {
        Matching::One { customer, .. } if mark == desk::Mark::MatchedOne => {
            let found = pop.hit(customer).and_then(|hit| hit.by.first());
            let by = found.map(|(kind, _)| kind.word());
            Mark {
                code: if pop.chosen.is_some() {
                    Some("chosen")
                } else {
                    by
                },
                about: Some(Named::connection(&customer.connection)),
                ..plain
            }
        }
        Matching::Several {
            candidates,
            conflict,
        } if mark == desk::Mark::MatchedSeveral => Mark {
            code: conflict.then_some("conflict"),
            number: i64::try_from(candidates.len()).ok(),
            ..plain
        },
        Matching::Nothing
        | Matching::Looking
        | Matching::One { .. }
        | Matching::Several { .. }
        | Matching::None
        | Matching::Failed => plain,
    }
}

/// A new trace of W3C Trace Context; none without random numbers.
fn new_trace() -> Option<String> {
    let mut random = [0_u8; 24];
    getrandom::fill(&mut random).ok()?;
    let mut text = "00-".to_owned();
    for (at, byte) in random.iter().enumerate() {
        if at == 16 {
            text.push('-');
        }
        // The standard forbids a trace and a span of nothing but zeros.
        let byte = if matches!(at, 15 | 23) {
            byte | 1
        } else {
            *byte
        };
        write!(text, "{byte:02x}").ok()?;
    }
    text.push_str("-01");
    Some(text)
}
