//! Asks the connections and takes their answers.

use std::time::Duration;

use crate::desk::matching::{decide, merge};
use crate::desk::pop::{Ask, CandidateRef, Lookup, Matching, Part, Phase, Pop, RecordState};
use crate::desk::vocabulary::{Answer, At, Dropped, Effect, Mark, Question, Ticket};
use crate::desk::{Desk, LOOKUP_ENDS, SLOW_AFTER};
use crate::fault::{Fault, FaultKind};
use crate::identifier::{Assurance, Identifier, Value};
use crate::moment::Moment;
use crate::profile::{ConnectionId, Listed};

impl Desk {
    /// Asks every connection from the beginning; earlier answers are forgotten.
    pub(super) fn look_up(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let connections = self.policy.connections.clone();
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.lookups.clear();
        let identifiers = pop.identifiers.clone();
        for connection in connections {
            self.ask_who(at, connection, &identifiers, now, effects);
        }
        self.settle(at, now, effects);
    }

    /// Asks one connection who it is: the strongest identifier of each assurance at once.
    pub(super) fn ask_who(
        &mut self,
        at: At,
        connection: ConnectionId,
        identifiers: &[Identifier],
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let mut first: Vec<Identifier> = Vec::new();
        let mut waiting = Vec::new();
        for identifier in identifiers {
            if first
                .iter()
                .any(|other| other.assurance == identifier.assurance)
            {
                waiting.push(identifier.clone());
            } else {
                first.push(identifier.clone());
            }
        }
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.lookups.retain(|lookup| lookup.connection != connection);
        pop.lookups
            .push(Lookup::new(connection.clone(), waiting, now));
        for identifier in first {
            self.ask(at, &connection, Question::Find(identifier), now, effects);
        }
        self.order_lookups(at);
    }

    fn order_lookups(&mut self, at: At) {
        let order = self.policy.connections.clone();
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.lookups
            .sort_by_key(|lookup| order.iter().position(|known| *known == lookup.connection));
    }

    fn ask(
        &mut self,
        at: At,
        connection: &ConnectionId,
        question: Question,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        self.asked += 1;
        let number = self.asked;
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let generation = pop.generation;
        let Some(lookup) = pop.lookup_mut(connection) else {
            return;
        };
        lookup.asks.push(Ask {
            number,
            asked: now,
            question: question.clone(),
        });
        let connection = connection.clone();
        effects.push(Effect::Ask {
            ticket: Ticket {
                pop: at.pop,
                generation,
                connection,
                number,
            },
            question,
        });
    }

    /// Takes an answer, unless the card has moved on since it was asked (rule P1).
    pub(super) fn answered(
        &mut self,
        ticket: &Ticket,
        answer: Answer,
        took: Duration,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(question) = self.take_ask(ticket, took) else {
            effects.push(Effect::Count(Dropped::StaleAnswer));
            return;
        };
        let at = At {
            pop: ticket.pop,
            generation: ticket.generation,
        };
        match (question, answer) {
            (Question::Find(identifier), Answer::Found(result)) => {
                self.found(at, &ticket.connection, &identifier, result, now, effects);
            }
            (Question::Cases(_), Answer::Cases(result)) => {
                if let Some(lookup) = self.lookup_mut(at, &ticket.connection) {
                    lookup.cases = Part::from(result);
                }
            }
            (Question::Activities(_), Answer::Activities(result)) => {
                if let Some(lookup) = self.lookup_mut(at, &ticket.connection) {
                    lookup.activities = Part::from(result);
                }
            }
            (Question::Find(_) | Question::Cases(_) | Question::Activities(_), _) => {
                effects.push(Effect::Count(Dropped::StaleAnswer));
            }
        }
        self.settle(at, now, effects);
    }

    fn take_ask(&mut self, ticket: &Ticket, took: Duration) -> Option<Question> {
        let pop = self.pop_mut(ticket.pop)?;
        if pop.generation != ticket.generation {
            return None;
        }
        let lookup = pop.lookup_mut(&ticket.connection)?;
        let place = lookup
            .asks
            .iter()
            .position(|ask| ask.number == ticket.number)?;
        lookup.took = Some(took);
        Some(lookup.asks.remove(place).question)
    }

    fn found(
        &mut self,
        at: At,
        connection: &ConnectionId,
        identifier: &Identifier,
        result: Result<Vec<crate::profile::Customer>, Fault>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(lookup) = self.lookup_mut(at, connection) else {
            return;
        };
        let found = match result {
            Ok(found) => found,
            Err(fault) if cannot_be_asked(&fault) => Vec::new(),
            Err(fault) => {
                lookup.fault = Some(fault);
                return;
            }
        };
        if !found.is_empty() {
            merge(&mut lookup.hits, found, identifier);
            return;
        }
        let next = lookup
            .waiting
            .iter()
            .position(|waiting| waiting.assurance == identifier.assurance)
            .map(|place| lookup.waiting.remove(place));
        if let Some(next) = next {
            self.ask(at, connection, Question::Find(next), now, effects);
        }
    }

    /// Decides anew who it is and does what follows: asks for the parts, opens, marks, shows.
    pub(super) fn settle(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop(at.pop) else { return };
        let matching = decide(pop, &self.remembered);
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let changed = pop.matching != matching;
        let who = |matching: &Matching| match matching {
            Matching::One { customer, .. } => Some(customer.clone()),
            Matching::Nothing
            | Matching::Looking
            | Matching::Several { .. }
            | Matching::None
            | Matching::Failed => None,
        };
        let turned = who(&pop.matching) != who(&matching);
        pop.matching = matching;
        if changed {
            if turned && matches!(pop.record, RecordState::Failed(_) | RecordState::HeldBack) {
                pop.record = RecordState::NotOpened;
            }
            effects.extend(mark_of(&pop.matching).map(|mark| Effect::Mark(at.pop, mark)));
            effects.push(Effect::Keep(at.pop));
        }
        if turned {
            self.ask_parts(at, now, effects);
        }
        self.maybe_open(at, now, effects);
        self.show(at.pop, effects);
    }

    /// Asks for what a known customer's card still lacks.
    pub(super) fn ask_parts(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some((connection, customer)) = self
            .pop(at.pop)
            .and_then(Pop::customer)
            .map(|(connection, hit)| (connection.clone(), hit.customer.clone()))
        else {
            return;
        };
        let Some(lookup) = self.lookup_mut(at, &connection) else {
            return;
        };
        lookup.cases = customer.cases.clone().map_or(Part::Waiting, Part::Ready);
        lookup.activities = customer
            .activities
            .clone()
            .map_or(Part::Waiting, Part::Ready);
        let (ask_cases, ask_activities) = (
            lookup.cases == Part::Waiting,
            lookup.activities == Part::Waiting,
        );
        if ask_cases {
            let question = Question::Cases(Box::new(customer.clone()));
            self.ask(at, &connection, question, now, effects);
        }
        if ask_activities {
            let question = Question::Activities(Box::new(customer));
            self.ask(at, &connection, question, now, effects);
        }
    }

    /// Asks a connection again: who it is when that failed, otherwise for the parts.
    pub(super) fn retry(
        &mut self,
        at: At,
        connection: ConnectionId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let known = pop
            .customer()
            .is_some_and(|(matched, _)| *matched == connection);
        let failed = pop
            .lookup(&connection)
            .is_none_or(|lookup| lookup.fault.is_some());
        if known && !failed {
            self.ask_parts(at, now, effects);
            self.show(at.pop, effects);
            return;
        }
        pop.rejected.clear();
        let identifiers = match &pop.chosen {
            Some((_, id)) => vec![typed(id)],
            None => pop.identifiers.clone(),
        };
        self.ask_who(at, connection, &identifiers, now, effects);
        self.settle(at, now, effects);
    }

    /// The agent says who it is.
    pub(super) fn choose(
        &mut self,
        at: At,
        connection: ConnectionId,
        id: String,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let candidate = CandidateRef {
            connection: connection.clone(),
            id: id.clone(),
        };
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.generation += 1;
        let at = pop.at();
        pop.chosen = Some((connection.clone(), id.clone()));
        pop.rejected.clear();
        for lookup in &mut pop.lookups {
            lookup.asks.clear();
        }
        let known = pop.hit(&candidate).is_some();
        let identifiers = pop.identifiers.clone();
        self.remembered.keep(&identifiers, &candidate);
        if !known {
            self.ask_who(at, connection, &[typed(&id)], now, effects);
        }
        self.settle(at, now, effects);
    }

    /// The agent says that it is not this person.
    pub(super) fn not_this_person(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let Matching::One { customer, .. } = pop.matching.clone() else {
            return;
        };
        pop.generation += 1;
        let at = pop.at();
        let was_chosen = pop.chosen.take().is_some();
        if !was_chosen {
            pop.rejected.push(customer.clone());
        }
        pop.record = RecordState::NotOpened;
        for lookup in &mut pop.lookups {
            lookup.asks.clear();
            lookup.cases = Part::Off;
            lookup.activities = Part::Off;
        }
        let found_by_hand = pop.hit(&customer).is_none_or(|hit| {
            hit.by
                .iter()
                .all(|(_, assurance)| *assurance == Assurance::Claimed)
        });
        self.remembered.forget(&customer);
        if was_chosen && found_by_hand {
            self.look_up(at, now, effects);
        } else {
            self.settle(at, now, effects);
        }
    }

    /// Marks slow lookups and ends those that are over their time (rule B2).
    pub(super) fn check_deadlines(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let mut changed = Vec::new();
        for pop in &mut self.pops {
            let mut touched = false;
            for lookup in &mut pop.lookups {
                touched |= lookup.check_deadlines(now);
            }
            if touched {
                changed.push(pop.at());
            }
        }
        for at in changed {
            self.settle(at, now, effects);
        }
    }

    fn lookup_mut(&mut self, at: At, connection: &ConnectionId) -> Option<&mut Lookup> {
        self.pop_mut(at.pop)?.lookup_mut(connection)
    }
}

/// A record id that the agent picked by hand.
fn typed(id: &str) -> Identifier {
    Identifier {
        value: Value::RecordId(id.to_owned()),
        assurance: Assurance::Claimed,
    }
}

/// Whether the connection has no way to ask with this identifier, which is no failure.
fn cannot_be_asked(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::NotSupported | FaultKind::UnsafeValue)
}

fn mark_of(matching: &Matching) -> Option<Mark> {
    match matching {
        Matching::One { .. } => Some(Mark::MatchedOne),
        Matching::Several { .. } => Some(Mark::MatchedSeveral),
        Matching::None => Some(Mark::MatchedNone),
        Matching::Failed => Some(Mark::MatchFailed),
        Matching::Nothing | Matching::Looking => None,
    }
}

impl Lookup {
    fn new(connection: ConnectionId, waiting: Vec<Identifier>, now: Moment) -> Self {
        Self {
            connection,
            since: now,
            slow: false,
            took: None,
            hits: Vec::new(),
            fault: None,
            cases: Part::Off,
            activities: Part::Off,
            asks: Vec::new(),
            waiting,
        }
    }

    /// The next moment at which something about this lookup changes by itself.
    pub(super) fn next_deadline(&self) -> Option<Moment> {
        let asked = self.asks.iter().map(|ask| ask.asked).min()?;
        Some(if self.slow {
            asked.after(LOOKUP_ENDS)
        } else {
            asked.after(SLOW_AFTER)
        })
    }

    fn check_deadlines(&mut self, now: Moment) -> bool {
        let mut touched = false;
        let slow = self
            .asks
            .iter()
            .any(|ask| ask.asked.after(SLOW_AFTER) <= now);
        if slow != self.slow {
            self.slow = slow;
            touched = true;
        }
        let (over, rest): (Vec<Ask>, Vec<Ask>) = self
            .asks
            .drain(..)
            .partition(|ask| ask.asked.after(LOOKUP_ENDS) <= now);
        self.asks = rest;
        for ask in over {
            touched = true;
            let fault = Fault::new(FaultKind::TimedOut, now);
            match ask.question {
                Question::Find(_) => self.fault = Some(fault),
                Question::Cases(_) => self.cases = Part::Failed(fault),
                Question::Activities(_) => self.activities = Part::Failed(fault),
            }
        }
        touched
    }
}

impl<T> From<Result<Listed<T>, Fault>> for Part<T> {
    fn from(result: Result<Listed<T>, Fault>) -> Self {
        match result {
            Ok(listed) => Self::Ready(listed),
            Err(fault) if fault.kind == FaultKind::NotSupported => Self::Off,
            Err(fault) => Self::Failed(fault),
        }
    }
}

impl Phase {
    /// Whether the policy may still open the record by itself.
    pub(super) fn may_open(self) -> bool {
        self.is_live()
    }
}
