//! Asks the connections who it is, takes their answers, and ends what takes too long.

use std::time::Duration;

use crate::desk::matching::merge;
use crate::desk::pop::{Hit, Part, Phase, Pop};
use crate::desk::vocabulary::{Answer, At, Dropped, Effect, Findings, Question, Ticket};
use crate::desk::{Desk, LOOKUP_ENDS};
use crate::fault::{Fault, FaultKind};
use crate::identifier::Identifier;
use crate::moment::Moment;
use crate::profile::{Activity, Case, ConnectionId};
use crate::usual::SLOW_AFTER;

/// How one connection answered.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The connection.
    pub connection: ConnectionId,
    /// When it was asked first.
    pub since: Moment,
    /// Whether something that is still being asked takes long.
    pub slow: bool,
    /// How long that is here.
    slow_after: Duration,
    /// When it answered last.
    pub(super) heard: Option<Moment>,
    /// How long its latest answer took.
    pub took: Option<Duration>,
    /// Whom it found.
    pub hits: Vec<Hit>,
    /// What went wrong while finding; with hits, only a part of it did.
    pub fault: Option<Fault>,
    /// Open cases.
    pub cases: Part<Case>,
    /// What happened before.
    pub activities: Part<Activity>,
    /// Whether it does not answer who the interaction's customer is: a choice of the agent cut it
    /// short, narrowed it to one record, or made a new identifier pointless.
    pub(super) incomplete: bool,
    /// Questions on the way.
    asks: Vec<Ask>,
    /// Weaker identifiers of the same assurance that are asked if the one before finds nobody.
    waiting: Vec<Identifier>,
}

/// A question on the way.
#[derive(Clone, Debug)]
struct Ask {
    ticket: Ticket,
    /// When its time began; identifiers asked one after the other share the time of the first.
    since: Moment,
    question: Question,
}

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
        let slow_after = self.usual(&connection).slow_after();
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.lookups.retain(|lookup| lookup.connection != connection);
        pop.lookups.push(Lookup {
            slow_after,
            ..Lookup::new(connection.clone(), waiting, now)
        });
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
        pop.lookups.sort_by_key(|lookup| {
            let place = order.iter().position(|known| *known == lookup.connection);
            place.unwrap_or(usize::MAX)
        });
    }

    /// Asks one question, whose time began at `since`.
    pub(super) fn ask(
        &mut self,
        at: At,
        connection: &ConnectionId,
        question: Question,
        since: Moment,
        effects: &mut Vec<Effect>,
    ) {
        self.asked += 1;
        let number = self.asked;
        let Some(lookup) = self.lookup_mut(at, connection) else {
            return;
        };
        let ticket = Ticket {
            pop: at.pop,
            generation: at.generation,
            connection: connection.clone(),
            number,
        };
        lookup.asks.push(Ask {
            ticket: ticket.clone(),
            since,
            question: question.clone(),
        });
        effects.push(Effect::Ask { ticket, question });
    }

    /// Takes an answer, unless nobody waits for it any more (rule P1).
    ///
    /// What was asked for an earlier customer of the card was withdrawn when it turned, so the
    /// whole ticket, generation included, must be one that is waited for.
    pub(super) fn answered(
        &mut self,
        ticket: &Ticket,
        answer: Answer,
        took: Duration,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(at) = self.pop(ticket.pop).map(Pop::at) else {
            effects.push(Effect::Count(Dropped::StaleAnswer));
            return;
        };
        let lookup = self.lookup_mut(at, &ticket.connection);
        let Some((lookup, ask)) = lookup.and_then(|lookup| {
            let ask = lookup.take(ticket, &answer)?;
            Some((lookup, ask))
        }) else {
            effects.push(Effect::Count(Dropped::StaleAnswer));
            return;
        };
        let is_good = answer.is_good();
        lookup.took = Some(took);
        lookup.heard = Some(now);
        match (ask.question, answer) {
            (Question::Find(identifier), Answer::Found(result)) => {
                if let Some(next) = lookup.found(&identifier, result) {
                    let question = Question::Find(next);
                    self.ask(at, &ticket.connection, question, ask.since, effects);
                }
            }
            (_, Answer::Cases(result)) => lookup.cases = Part::from(result),
            (_, Answer::Activities(result)) => lookup.activities = Part::from(result),
            (Question::Cases(_) | Question::Activities(_), Answer::Found(_)) => {}
        }
        if let Some(lookup) = self.lookup_mut(at, &ticket.connection) {
            lookup.slow = lookup.is_slow(now);
        }
        if is_good {
            let usual = self.usual.entry(ticket.connection.clone());
            usual.or_default().note(took);
        }
        self.settle(at, now, effects);
    }

    /// Asks a connection again for every card that lacks something of it.
    pub(super) fn connection_is_ready(
        &mut self,
        connection: &ConnectionId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let lacking: Vec<At> = self
            .pops
            .iter()
            .filter(|pop| pop.phase.is_live() || pop.phase == Phase::LookedUp)
            .filter(|pop| pop.lacks_answer_of(connection))
            .map(Pop::at)
            .collect();
        for at in lacking {
            self.retry(at, connection.clone(), now, effects);
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

    pub(super) fn lookup_mut(&mut self, at: At, connection: &ConnectionId) -> Option<&mut Lookup> {
        self.pop_mut(at.pop)?.lookup_mut(connection)
    }
}

/// Whether the connection has no way to ask with this identifier, which is no failure.
fn cannot_be_asked(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::NotSupported | FaultKind::UnsafeValue)
}

impl Lookup {
    fn new(connection: ConnectionId, waiting: Vec<Identifier>, now: Moment) -> Self {
        Self {
            connection,
            since: now,
            slow: false,
            slow_after: SLOW_AFTER,
            heard: None,
            took: None,
            hits: Vec::new(),
            fault: None,
            cases: Part::Off,
            activities: Part::Off,
            incomplete: false,
            asks: Vec::new(),
            waiting,
        }
    }

    /// What a connection once told, as if it were its answer.
    pub(super) fn of_copy(connection: ConnectionId, mut hit: Hit, read: Moment) -> Self {
        let cases = hit.customer.cases.take().map_or(Part::Off, Part::Ready);
        let activities = hit.customer.activities.take();
        Self {
            cases,
            activities: activities.map_or(Part::Off, Part::Ready),
            hits: vec![hit],
            ..Self::new(connection, Vec::new(), read)
        }
    }

    /// Whether every question about who it is has been answered.
    pub fn is_decided(&self) -> bool {
        !self.asks.iter().any(Ask::is_about_who)
    }

    /// Whether it found somebody, but could not look everywhere: there may be more.
    pub fn is_partial(&self) -> bool {
        self.fault.is_some() && !self.hits.is_empty()
    }

    /// Whether somebody still waits for the answer to this question.
    pub fn waits_for(&self, ticket: &Ticket) -> bool {
        self.asks.iter().any(|ask| ask.ticket == *ticket)
    }

    /// Whether a part of the card that belongs to its customer failed.
    pub(super) fn has_failed_part(&self) -> bool {
        matches!(self.cases, Part::Failed(_)) || matches!(self.activities, Part::Failed(_))
    }

    /// Whether anything is still being asked.
    pub fn is_pending(&self) -> bool {
        !self.asks.is_empty()
    }

    /// The next moment at which something about this lookup changes by itself.
    pub(super) fn next_deadline(&self) -> Option<Moment> {
        let since = self.asks.iter().map(|ask| ask.since).min()?;
        Some(since.after(if self.slow {
            LOOKUP_ENDS
        } else {
            self.slow_after
        }))
    }

    /// Waits for nothing any more: the card turns to another customer.
    pub(super) fn withdraw_all(&mut self) {
        self.incomplete |= !self.is_decided();
        self.asks.clear();
        self.cases = Part::Off;
        self.activities = Part::Off;
    }

    /// Waits no more for what belongs to a customer who is known.
    pub(super) fn withdraw_parts(&mut self) {
        self.asks.retain(Ask::is_about_who);
        self.cases = Part::Off;
        self.activities = Part::Off;
    }

    /// Takes the question that an answer belongs to, if it is waited for.
    fn take(&mut self, ticket: &Ticket, answer: &Answer) -> Option<Ask> {
        let place = self
            .asks
            .iter()
            .position(|ask| ask.ticket == *ticket && ask.is_answered_by(answer))?;
        Some(self.asks.remove(place))
    }

    /// Takes whom an identifier found; the weaker identifier to ask next, if it found nobody.
    fn found(
        &mut self,
        identifier: &Identifier,
        result: Result<Findings, Fault>,
    ) -> Option<Identifier> {
        let Findings { customers, missed } = result.unwrap_or_else(|fault| Findings {
            customers: Vec::new(),
            missed: Some(fault),
        });
        let is_found = !customers.is_empty();
        merge(&mut self.hits, customers, identifier);
        if let Some(fault) = missed.filter(|fault| !cannot_be_asked(fault)) {
            self.fault = Some(fault);
            return None;
        }
        if is_found {
            return None;
        }
        let next = self
            .waiting
            .iter()
            .position(|waiting| waiting.assurance == identifier.assurance)?;
        Some(self.waiting.remove(next))
    }

    fn is_slow(&self, now: Moment) -> bool {
        self.asks
            .iter()
            .any(|ask| ask.since.after(self.slow_after) <= now)
    }

    /// Marks it as slow and ends what is over its time; whether anything changed.
    fn check_deadlines(&mut self, now: Moment) -> bool {
        let is_over = |ask: &mut Ask| ask.since.after(LOOKUP_ENDS) <= now;
        let over: Vec<Ask> = self.asks.extract_if(.., is_over).collect();
        let slow = self.is_slow(now);
        let touched = slow != self.slow || !over.is_empty();
        self.slow = slow;
        for ask in over {
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

impl Ask {
    fn is_about_who(&self) -> bool {
        matches!(self.question, Question::Find(_))
    }

    fn is_answered_by(&self, answer: &Answer) -> bool {
        matches!(
            (&self.question, answer),
            (Question::Find(_), Answer::Found(_))
                | (Question::Cases(_), Answer::Cases(_))
                | (Question::Activities(_), Answer::Activities(_))
        )
    }
}
