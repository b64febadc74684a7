//! Decides whether and when a record opens by itself (rules U7 and P3 of the security page).

use std::time::Duration;

use crate::desk::Desk;
use crate::desk::policy::OpenPolicy;
use crate::desk::pop::{CandidateRef, Matching, Pop, RecordState};
use crate::desk::vocabulary::{At, Dropped, Effect, Mark, Place, PopId};
use crate::explain::NotOpening;
use crate::interaction::Direction;
use crate::moment::Moment;
use crate::profile::{ConnectionId, RecordKind, RecordRef};

/// At most this many records open by themselves within [`SPAN`].
///
/// Rule U7 also allows at most 20 in a minute; 3 in 10 seconds are never more than 18.
const MOST_OPENINGS: usize = 3;

/// The time within which automatic openings are counted.
const SPAN: Duration = Duration::from_secs(10);

impl Desk {
    /// Opens the record if the policy says so, at most once for each interaction.
    pub(super) fn maybe_open(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let wanted = self.pop(at.pop).and_then(|pop| self.wanted(pop)).is_some();
        if wanted && !self.waits_for_pause(at.pop, now, effects) {
            self.open_now(at.pop, now, effects);
        }
    }

    /// Opens the record if the policy still says so.
    pub(super) fn open_now(&mut self, id: PopId, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop(id) else { return };
        let Some(record) = self.wanted(pop) else {
            return;
        };
        let at = pop.at();
        let elsewhere = self.open_elsewhere(at, &record);
        let allowed = elsewhere.is_some() || self.openings.allow(now);
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.auto_opened = true;
        pop.tried.push(record.kind);
        if let Some(state) = elsewhere {
            pop.record = state;
        } else if allowed {
            pop.hand_over(record.clone());
            effects.push(Effect::Open {
                at,
                record,
                asked: false,
            });
        } else {
            pop.record = RecordState::HeldBack;
            effects.push(Effect::Mark(at.pop, Mark::HeldBack));
        }
    }

    /// The state of a record that another live card opened or is opening.
    fn open_elsewhere(&self, at: At, record: &RecordRef) -> Option<RecordState> {
        self.pops
            .iter()
            .filter(|other| other.id != at.pop && other.phase.is_live())
            .find(|other| other.record.of() == Some(record))
            .map(|other| other.record.clone())
    }

    /// The record the policy wants open now, if any.
    fn wanted(&self, pop: &Pop) -> Option<RecordRef> {
        self.to_open(pop).ok()
    }

    /// The record that is to open by itself now, or why none is.
    pub(super) fn to_open(&self, pop: &Pop) -> Result<RecordRef, NotOpening> {
        let customer = match &pop.matching {
            Matching::One {
                customer,
                sure: true,
            } => customer,
            Matching::One { sure: false, .. } => return Err(NotOpening::NotSure),
            Matching::Several { conflict, .. } if *conflict => return Err(NotOpening::Conflict),
            Matching::Several { .. } => return Err(NotOpening::Several),
            Matching::Looking => return Err(NotOpening::Looking),
            Matching::Nothing | Matching::None | Matching::Failed => {
                return Err(NotOpening::Nobody);
            }
        };
        if pop.auto_opened {
            return Err(NotOpening::Used);
        }
        if !pop.phase.is_live() {
            return Err(NotOpening::Over);
        }
        match self.open_policy(pop) {
            OpenPolicy::Accept if !pop.counts_as_accepted() => Err(NotOpening::BeforeAccept),
            OpenPolicy::Offer | OpenPolicy::Accept => {
                let record = pop.first_record(customer);
                record.ok_or(NotOpening::NoRecord)
            }
            OpenPolicy::Never => Err(NotOpening::Never),
        }
    }

    /// When the record of a card opens by itself.
    pub(super) fn open_policy(&self, pop: &Pop) -> OpenPolicy {
        let by_direction = match pop.direction {
            Direction::Outbound => self.policy.open_outbound,
            Direction::Inbound | Direction::Internal | Direction::Unknown => self.policy.open,
        };
        pop.ruling.open.unwrap_or(by_direction)
    }

    /// The agent asks for a record of the card.
    pub(super) fn open_record(
        &mut self,
        at: At,
        case: Option<(ConnectionId, String)>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let Some(record) = pop.record_of(case) else {
            effects.push(Effect::Count(Dropped::StaleCommand));
            return;
        };
        if record.kind == RecordKind::Customer {
            pop.hand_over(record.clone());
            pop.auto_opened = true;
        }
        effects.push(Effect::Open {
            at,
            record,
            asked: true,
        });
        self.show(at.pop, effects);
    }

    /// The agent asks for the company of the card's customer.
    pub(super) fn open_account(&mut self, at: At, effects: &mut Vec<Effect>) {
        let Some(record) = self.pop(at.pop).and_then(Pop::account) else {
            effects.push(Effect::Count(Dropped::StaleCommand));
            return;
        };
        effects.push(Effect::Open {
            at,
            record,
            asked: true,
        });
    }

    /// The agent asks for the customer's record in another connection.
    pub(super) fn open_beside(
        &mut self,
        at: At,
        connection: &ConnectionId,
        effects: &mut Vec<Effect>,
    ) {
        let beside = self.pop(at.pop).and_then(|pop| {
            let mut beside = pop.beside.iter();
            beside.find(|it| it.connection == *connection)
        });
        let Some(record) = beside.map(CandidateRef::record) else {
            effects.push(Effect::Count(Dropped::StaleCommand));
            return;
        };
        effects.push(Effect::Open {
            at,
            record,
            asked: true,
        });
    }

    /// A record was opened, or could not be.
    pub(super) fn opened(
        &mut self,
        at: At,
        outcome: Result<Place, String>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let has_failed = outcome.is_err();
        let Some(pop) = self.pop_mut(at.pop).filter(|pop| {
            pop.generation == at.generation || pop.handed_over == Some(at.generation)
        }) else {
            effects.push(Effect::Count(Dropped::StaleAnswer));
            return;
        };
        let mark = match &outcome {
            Ok(Place::Browser) => Mark::Opened,
            Ok(Place::Crm) => Mark::ShownInCrm,
            Err(_) => Mark::OpenFailed,
        };
        effects.push(Effect::Mark(at.pop, mark));
        pop.handed_over = None;
        let opening = match &pop.record {
            RecordState::Opening(record) => Some(record.clone()),
            RecordState::NotOpened
            | RecordState::Opened(..)
            | RecordState::HeldBack
            | RecordState::Failed(_) => None,
        };
        let Some(record) = opening else {
            if let Err(why) = outcome {
                pop.record = RecordState::Failed(why);
            }
            effects.push(Effect::Keep(at.pop));
            self.show(at.pop, effects);
            return;
        };
        self.open_ended(&record, outcome, effects);
        if has_failed {
            self.open_next(at, &record, now, effects);
        }
    }

    /// Tells every card that waited for a record, because it is opened once for all of them.
    fn open_ended(
        &mut self,
        record: &RecordRef,
        outcome: Result<Place, String>,
        effects: &mut Vec<Effect>,
    ) {
        let state = match outcome {
            Ok(place) => RecordState::Opened(record.clone(), place),
            Err(why) => RecordState::Failed(why),
        };
        let waited = RecordState::Opening(record.clone());
        let mut told = Vec::new();
        for pop in self.pops.iter_mut().filter(|pop| pop.record == waited) {
            pop.record = state.clone();
            told.push(pop.id);
        }
        for id in told {
            effects.push(Effect::Keep(id));
            self.show(id, effects);
        }
    }
}

impl CandidateRef {
    /// The customer's record.
    pub(super) fn record(&self) -> RecordRef {
        RecordRef {
            connection: self.connection.clone(),
            kind: RecordKind::Customer,
            id: self.id.clone(),
        }
    }
}

impl RecordState {
    /// The record that was opened or is being opened.
    pub(super) fn of(&self) -> Option<&RecordRef> {
        match self {
            Self::Opening(record) | Self::Opened(record, _) => Some(record),
            Self::NotOpened | Self::HeldBack | Self::Failed(_) => None,
        }
    }
}

impl Pop {
    fn hand_over(&mut self, record: RecordRef) {
        self.record = RecordState::Opening(record);
        self.handed_over = Some(self.generation);
    }

    /// The record of the customer's company.
    pub(super) fn account(&self) -> Option<RecordRef> {
        let (connection, hit) = self.customer()?;
        Some(RecordRef {
            connection: connection.clone(),
            kind: RecordKind::Account,
            id: hit.customer.account_id.clone()?,
        })
    }

    /// The record of a case on this card, or of its customer.
    fn record_of(&self, case: Option<(ConnectionId, String)>) -> Option<RecordRef> {
        let Some((connection, id)) = case else {
            return self.matching.one().map(CandidateRef::record);
        };
        self.case(&connection, &id)?;
        Some(RecordRef {
            connection,
            kind: RecordKind::Case,
            id,
        })
    }
}

/// The latest automatic openings.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings(Vec<Moment>);

impl Openings {
    /// Whether one more may follow now; if so, it is counted.
    fn allow(&mut self, now: Moment) -> bool {
        self.0.retain(|opened| now.since(*opened) < SPAN);
        if self.0.len() >= MOST_OPENINGS {
            return false;
        }
        self.0.push(now);
        true
    }
}
