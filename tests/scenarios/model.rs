//! A model beside the desk, which knows only what was sent and what each CRM has.
//!
//! It carries out steps, keeps the answers that are on their way, and checks after each step what
//! must hold then.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use pop_core::desk::{
    Answer, At, CandidateRef, Command, Desk, Effect, Findings, Input, Mark, Matching, OpenPolicy,
    Part, Place, Policy, Pop, PopId, Question, Ticket,
};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Identifier;
use pop_core::interaction::{InteractionKey, What};
use pop_core::life::Unanswered;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordRef};
use proptest::sample::Index;

use crate::hands::Hands;
use crate::people::{START, Told, case, connection, key, told};
use crate::stage::policy;
use crate::world::{CONNECTIONS, Course, Fails, Step, case_of, identifier, world};

const LOOKUP_ENDS: Duration = Duration::from_secs(10);

/// Whose desktop it is.
const ME: &str = "agent17";

/// What was sent and asked, beside the desk.
#[derive(Clone)]
pub(crate) struct Model {
    pub(crate) desk: Desk,
    now: Moment,
    pub(crate) tickets: Vec<(Ticket, Question, Moment)>,
    pub(crate) answered: BTreeSet<u32>,
    sent: BTreeMap<InteractionKey, Vec<Identifier>>,
    picks: BTreeMap<PopId, CandidateRef>,
    openings: Vec<At>,
    /// What the agent saw and wants because of it.
    pub(crate) hands: Hands,
    opened: BTreeMap<InteractionKey, u32>,
    popped: BTreeMap<InteractionKey, u32>,
    /// How often it may have left this agent without an end.
    left: BTreeMap<InteractionKey, u32>,
    over: BTreeSet<InteractionKey>,
    keys: BTreeMap<PopId, InteractionKey>,
}

impl Model {
    pub(crate) fn new(open: OpenPolicy) -> Self {
        Self::asking(&CONNECTIONS, open)
    }

    /// A desk that asks these CRMs.
    pub(crate) fn asking(connections: &[&str], open: OpenPolicy) -> Self {
        Self {
            desk: Desk::new(Policy {
                open,
                open_outbound: open,
                agent_id: Some(ME.into()),
                connections: connections.iter().map(|name| connection(name)).collect(),
                ..policy()
            }),
            now: START,
            tickets: Vec::new(),
            answered: BTreeSet::new(),
            sent: BTreeMap::new(),
            picks: BTreeMap::new(),
            openings: Vec::new(),
            hands: Hands::default(),
            opened: BTreeMap::new(),
            popped: BTreeMap::new(),
            left: BTreeMap::new(),
            over: BTreeSet::new(),
            keys: BTreeMap::new(),
        }
    }

    pub(crate) fn run(&mut self, step: Step) {
        match step {
            Step::Event {
                interaction,
                what,
                at,
                carries,
                course,
            } => self.event(interaction, (what, course), at, carries),
            Step::Answer {
                ticket,
                fails,
                again,
            } => self.answer(ticket, fails, again),
            Step::Browser { opening, fails } => {
                if let Some(at) = one_of(opening, &self.openings) {
                    let outcome = if fails {
                        Err("no browser".into())
                    } else {
                        Ok(Place::Browser)
                    };
                    self.give(Input::Opened { at, outcome });
                }
            }
            Step::Pick {
                card,
                customer,
                stale,
            } => self.pick(card, customer, stale),
            Step::No { card } => {
                if let Some(at) = self.card(card) {
                    self.picks.remove(&at.pop);
                    self.give(Input::Command(Command::NotThisPerson(at)));
                }
            }
            Step::Retry { card, second } => {
                let connection = connection(CONNECTIONS[usize::from(second)]);
                if let Some(at) = self.card(card) {
                    self.give(Input::Command(Command::Retry { at, connection }));
                }
            }
            Step::Open { card } => {
                if let Some(at) = self.card(card) {
                    self.give(Input::Command(Command::OpenRecord { at, case: None }));
                }
            }
            Step::Close { card } => {
                if let Some(at) = self.card(card) {
                    self.give(Input::Command(Command::Close(at.pop)));
                }
            }
            Step::Look { card, second } => self.look(card, second),
            Step::Wish { seen, kind } => self.wish(seen, kind),
            Step::OpenSeen { seen } => self.open_seen(seen),
            Step::Wrote { write, state } => self.wrote(write, state),
            Step::Undo { write } => self.undo(write),
            Step::Wait(millis) => self.wait(Duration::from_millis(millis.into())),
        }
    }

    fn event(
        &mut self,
        interaction: u8,
        (what, course): (What, Course),
        at: u8,
        carries: [bool; 3],
    ) {
        let name = format!("c{interaction}");
        let event = told(what, &name).seconds(at.into()).agent(ME);
        let mut event = on_its_way(event, course).0;
        event.identifiers = (0..3)
            .filter(|which| carries[*which])
            .map(|which| identifier(interaction, which))
            .collect();
        let sent = self.sent.entry(key(&name)).or_default();
        sent.extend(event.identifiers.clone());
        if matches!(what, What::Declined | What::Transferred) {
            *self.left.entry(key(&name)).or_default() += 1;
        }
        if what == What::Ended {
            self.over.insert(key(&name));
        }
        self.give(Input::Event(Box::new(event)));
    }

    fn answer(&mut self, ticket: Index, fails: Fails, again: bool) {
        let open: Vec<_> = self
            .tickets
            .iter()
            .filter(|(ticket, _, _)| again || !self.answered.contains(&ticket.number))
            .cloned()
            .collect();
        if let Some((ticket, question, _)) = one_of(ticket, &open) {
            self.answer_to(ticket, question, fails);
        }
    }

    /// A CRM answers a question.
    pub(crate) fn answer_to(&mut self, ticket: Ticket, question: Question, fails: Fails) {
        self.answered.insert(ticket.number);
        let fault = || Fault::new(FaultKind::Unavailable, self.now);
        let answer = match question {
            Question::Find(_) if fails == Fails::Whole => Answer::Found(Err(fault())),
            Question::Find(who) => Answer::Found(Ok(Findings {
                customers: world(&ticket.connection, &who.value),
                missed: (fails == Fails::InPart).then(fault),
            })),
            Question::Cases(_) if fails != Fails::Not => Answer::Cases(Err(fault())),
            Question::Cases(customer) => Answer::Cases(Ok(case(&case_of(&customer.id)))),
            Question::Activities(_) if fails != Fails::Not => Answer::Activities(Err(fault())),
            Question::Activities(_) => Answer::Activities(Ok(pop_core::profile::Listed::default())),
        };
        let took = Duration::from_millis(5);
        self.give(Input::Answered {
            ticket,
            answer,
            took,
        });
    }

    fn pick(&mut self, card: Index, customer: u8, stale: bool) {
        if let Some(at) = self.card(card) {
            self.pick_for(at, customer, stale);
        }
    }

    /// The agent says which customer a card is about.
    pub(crate) fn pick_for(&mut self, mut at: At, customer: u8, stale: bool) {
        let connection = connection(CONNECTIONS[usize::from(customer % 2)]);
        let id = format!("{}-{customer}", connection.0);
        if stale {
            at.generation -= 1;
        } else {
            let (connection, id) = (connection.clone(), id.clone());
            self.picks.insert(at.pop, CandidateRef { connection, id });
        }
        self.give(Input::Command(Command::Choose { at, connection, id }));
    }

    fn wait(&mut self, wait: Duration) {
        let until = self.now.after(wait);
        while let Some(due) = self.desk.next_deadline().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.give(Input::Tick);
            let next = self.desk.next_deadline();
            assert!(next.is_none_or(|next| next > due), "a deadline passes");
        }
        self.now = until;
    }

    pub(crate) fn give(&mut self, input: Input) {
        let effects = self.desk.apply(self.now, input);
        let asks_idle = effects.contains(&Effect::AskIdle);
        for pop in self.desk.pops() {
            if let Some(key) = &pop.key {
                self.keys.insert(pop.id, key.clone());
            }
        }
        for effect in effects {
            match effect {
                Effect::Ask { ticket, question } => {
                    self.tickets.push((ticket, question, self.now));
                }
                Effect::Open { at, record, asked } => {
                    self.check_opening(at, &record, asked);
                    self.openings.push(at);
                }
                Effect::Write(write) => self.check_write(*write),
                Effect::Mark(pop, Mark::Popped) => {
                    *self.popped.entry(self.keys[&pop].clone()).or_default() += 1;
                }
                Effect::Show(_)
                | Effect::Gone(_)
                | Effect::Notify(_)
                | Effect::Hush(_)
                | Effect::Settled(_)
                | Effect::AskIdle
                | Effect::Keep(_)
                | Effect::KeepEnded(_)
                | Effect::Mark(_, _)
                | Effect::Read(_, _)
                | Effect::Count(_)
                | Effect::Undo(_)
                | Effect::Resend { .. }
                | Effect::Discard { .. }
                | Effect::KeepDraft { .. }
                | Effect::KeepCopy(_)
                | Effect::ForgetCopies(_)
                | Effect::Queue => {}
            }
        }
        for pop in self.desk.pops() {
            self.check_card(pop);
        }
        self.check_once();
        if asks_idle {
            // Now the agent types, now the system cannot tell.
            let types = self.now.millis() % 2 == 0;
            self.give(Input::Idle(types.then_some(Duration::ZERO)));
        }
    }

    /// A record opens only for a card that is about exactly that customer at that moment.
    fn check_opening(&mut self, at: At, record: &RecordRef, asked: bool) {
        let pop = self.desk.pop(at.pop).expect("the card is there");
        assert!(
            self.desk.is_current(at),
            "it is opened for the card as it is"
        );
        let Matching::One { customer, sure } = &pop.matching else {
            panic!("opened without one customer: {:?}", pop.matching);
        };
        assert_eq!(
            (&customer.connection, &customer.id),
            (&record.connection, &record.id)
        );
        if asked {
            self.check_asked_opening(record);
            return;
        }
        assert!(sure, "nothing doubtful opens by itself");
        assert!(pop.phase.is_live(), "nothing opens when it is over");
        if !self.picks.contains_key(&at.pop) {
            let lookup = pop.lookup(&customer.connection).expect("it was asked");
            assert_eq!(
                lookup.fault, None,
                "nothing opens that a silent part may contradict"
            );
            assert!(
                !self.still_asks_who(pop, &customer.connection),
                "nothing opens while an answer may contradict"
            );
        }
        let key = pop.key.clone().expect("an interaction");
        *self.opened.entry(key).or_default() += 1;
    }

    /// Whether an identifier of this card is still being asked at this CRM or a more important one.
    fn still_asks_who(&self, pop: &Pop, at: &ConnectionId) -> bool {
        let place = |id: &ConnectionId| CONNECTIONS.iter().position(|name| id.0 == *name);
        self.tickets.iter().any(|(ticket, question, asked)| {
            ticket.pop == pop.id
                && ticket.generation == pop.generation
                && place(&ticket.connection) <= place(at)
                && matches!(question, Question::Find(_))
                && !self.answered.contains(&ticket.number)
                && asked.after(LOOKUP_ENDS) > self.now
                && self.is_latest_round(ticket)
        })
    }

    /// Asking again replaces what was asked before.
    fn is_latest_round(&self, ticket: &Ticket) -> bool {
        let lookup = self
            .desk
            .pop(ticket.pop)
            .and_then(|pop| pop.lookup(&ticket.connection));
        let asked = self
            .tickets
            .iter()
            .find(|(other, _, _)| other == ticket)
            .map(|(_, _, asked)| *asked);
        lookup
            .zip(asked)
            .is_some_and(|(lookup, asked)| asked > lookup.since)
    }

    /// A card shows only whom its own identifiers find, or whom its agent picked.
    fn check_card(&self, pop: &Pop) {
        let shown: Vec<&CandidateRef> = match &pop.matching {
            Matching::One { customer, .. } => vec![customer],
            Matching::Several { candidates, .. } => candidates.iter().collect(),
            Matching::Nothing | Matching::Looking | Matching::None | Matching::Failed => Vec::new(),
        };
        for candidate in shown {
            assert!(
                self.is_meant(pop, candidate),
                "a stranger is on the card: {candidate:?}"
            );
        }
        check_lists(pop);
        let key = pop.key.as_ref();
        let is_live = pop.phase.is_live();
        assert!(
            !is_live || key.is_none_or(|key| !self.over.contains(key)),
            "what is over goes on"
        );
        assert!(is_live || !pop.rings, "what is over rings");
        assert!(is_live || pop.others().next().is_none(), "nobody is left");
        for other in &pop.also {
            let other = self.desk.pop(*other).expect("the other card is there");
            assert_eq!(
                other.customer().map(|(_, hit)| &hit.customer.id),
                pop.customer().map(|(_, hit)| &hit.customer.id),
                "another card of the same customer"
            );
        }
        if let Some(pick) = self.picks.get(&pop.id) {
            assert!(
                pop.chosen.as_ref() == Some(&(pick.connection.clone(), pick.id.clone())),
                "what the agent picked stays picked"
            );
        }
        for lookup in &pop.lookups {
            for hit in &lookup.hits {
                assert!(!hit.by.is_empty(), "every hit has a reason");
            }
        }
    }

    /// Whether the card's own identifiers find somebody, or its agent picked them.
    pub(crate) fn is_meant(&self, pop: &Pop, candidate: &CandidateRef) -> bool {
        let sent = pop.key.as_ref().and_then(|key| self.sent.get(key));
        let is_found = sent.into_iter().flatten().any(|identifier| {
            world(&candidate.connection, &identifier.value)
                .iter()
                .any(|customer| customer.id == candidate.id)
        });
        is_found || self.picks.get(&pop.id) == Some(candidate)
    }

    fn check_once(&self) {
        for (key, times) in &self.opened {
            assert!(*times <= 1, "{} was opened {times} times by itself", key.id);
        }
        for (key, times) in &self.popped {
            let left = self.left.get(key).copied().unwrap_or(0);
            assert!(*times <= 1 + left, "{} popped {times} times", key.id);
        }
        let keys: BTreeSet<_> = self.desk.pops().iter().map(|pop| &pop.key).collect();
        assert_eq!(
            keys.len(),
            self.desk.pops().len(),
            "one card for each interaction"
        );
    }

    /// Without answers it is decided in ten seconds who it is, and the rest in ten more.
    pub(crate) fn check_the_end(&mut self) {
        self.wait(LOOKUP_ENDS);
        for pop in self.desk.pops() {
            let decided = pop.lookups.iter().all(pop_core::desk::Lookup::is_decided);
            assert!(decided, "a question has no end");
            assert!(
                pop.matching != Matching::Looking,
                "a card looks for somebody whom nobody is asked for"
            );
        }
        self.wait(LOOKUP_ENDS);
        for pop in self.desk.pops() {
            let waits = pop.lookups.iter().any(pop_core::desk::Lookup::is_pending);
            assert!(!waits, "a question has no end");
            let skeleton = pop
                .customer()
                .and_then(|(connection, _)| pop.lookup(connection));
            assert!(
                skeleton
                    .is_none_or(|lookup| lookup.cases != Part::Waiting
                        && lookup.activities != Part::Waiting),
                "a card waits for something that nobody is asked for"
            );
        }
        assert_eq!(
            self.desk.next_deadline(),
            None,
            "nothing is left to wait for"
        );
    }

    pub(crate) fn card(&self, index: Index) -> Option<At> {
        let cards: Vec<At> = self.desk.pops().iter().map(Pop::at).collect();
        one_of(index, &cards)
    }
}

/// Beside a customer stand only that customer's own cases.
fn check_lists(pop: &Pop) {
    for (lookup, hit) in pop.records() {
        let Part::Ready(listed) = &lookup.cases else {
            continue;
        };
        for case in &listed.items {
            assert!(
                case.id.starts_with(&case_of(&hit.customer.id)),
                "{} stands beside {}",
                case.id,
                hit.customer.id
            );
        }
    }
}

/// The event with what it says of the interaction's course.
fn on_its_way(event: Told, course: Course) -> Told {
    match course {
        Course::Plain => event,
        Course::ToMe => event.moves(Some("agent22"), Some(ME)),
        Course::ToAColleague => event.moves(Some(ME), Some("agent22")),
        Course::Missed => event.because(Unanswered::Timeout),
        Course::Voicemail => event.voicemail(),
        Course::Held(held) => event.held(held),
        Course::WrapUp => event.wrapping_up(),
        Course::SideCall => event.side_call_of("c0"),
    }
}

pub(crate) fn one_of<T: Clone>(index: Index, list: &[T]) -> Option<T> {
    (!list.is_empty()).then(|| index.get(list).clone())
}
