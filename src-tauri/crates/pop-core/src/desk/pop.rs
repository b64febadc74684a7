//! One card: what is known of one interaction and of the customer behind it.

use crate::desk::asking::Lookup;
use crate::desk::saved::Saved;
use crate::desk::vocabulary::{At, Place, PopId};
use crate::desk::wrap_up::WrapUp;
use crate::fault::{Fault, FaultKind};
use crate::identifier::{Assurance, Identifier, Kind, Value};
use crate::interaction::{Channel, Direction, InteractionKey, RefusedIdentifier};
use crate::life::{Order, Party, Transfer};
use crate::moment::Moment;
use crate::profile::{Case, ConnectionId, Customer, Listed, RecordKind, RecordRef};
use crate::ruling::Ruling;

/// One card.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own, and they go with each other in any way"
)]
pub struct Pop {
    /// The desk's number of it.
    pub id: PopId,
    /// Grows with every change that is shown.
    pub seq: u32,
    /// Grows whenever the card turns to another customer.
    pub generation: u32,
    /// Which interaction; `None` when the agent looked the customer up by hand.
    pub key: Option<InteractionKey>,
    /// The channel.
    pub channel: Channel,
    /// Who began it.
    pub direction: Direction,
    /// Where it stands.
    pub phase: Phase,
    /// Since when.
    pub phase_since: Moment,
    /// When its first event came in.
    pub received: Moment,
    /// Where the latest event of it stands among its events.
    pub told: Order,
    /// Where the latest event that says how it stands is among them.
    pub state_told: Order,
    /// Whether its end was told, which is final whatever is told later.
    pub(super) over: bool,
    /// Whether it rings, as far as the desk knows.
    pub rings: bool,
    /// When the ringing is over by what the platform said.
    pub(super) rings_until: Option<Moment>,
    /// From whom it came, or to whom it went.
    pub transfer: Option<Transfer>,
    /// Who takes part beside the agent and the customer, as the platform says.
    pub(super) parties: Vec<Party>,
    /// Side calls to colleagues.
    pub(super) side_calls: Vec<SideCall>,
    /// Whether the customer waits on hold.
    pub held: bool,
    /// Whether the customer left a message because nobody answered.
    pub voicemail: bool,
    /// Other live cards about the same customer.
    pub also: Vec<PopId>,
    /// Whether the source ever reports acceptance.
    pub reports_acceptance: bool,
    /// Who the customer is said to be, strongest first.
    pub identifiers: Vec<Identifier>,
    /// What was sent and never matches.
    pub refused: Vec<RefusedIdentifier>,
    /// The name the platform gave.
    pub name: Option<String>,
    /// The title of the customer's wish.
    pub reason: Option<String>,
    /// The customer's own words, or a summary.
    pub quote: Option<String>,
    /// The queue.
    pub queue: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The trace that the CRM's requests continue.
    pub traceparent: Option<String>,
    /// How each connection answered, in policy order.
    pub lookups: Vec<Lookup>,
    /// Who it is.
    pub matching: Matching,
    /// The same human's records in other connections.
    pub(super) beside: Vec<CandidateRef>,
    /// What connections once told of the customer, as long as they have not told better.
    pub(super) saved: Vec<Saved>,
    /// The agent's own choice.
    pub chosen: Option<(ConnectionId, String)>,
    /// Candidates of whom the agent said that it is not they.
    pub rejected: Vec<CandidateRef>,
    /// What happened to the record in the browser.
    pub record: RecordState,
    /// What the organisation's rules come to.
    pub ruling: Ruling,
    /// The kinds of records that were opened by themselves, the latest last: what has no address
    /// is not tried again.
    pub(super) tried: Vec<RecordKind>,
    /// Whether the one automatic opening was used.
    pub auto_opened: bool,
    /// The generation at which the record was handed to the system, if its answer is awaited.
    pub(super) handed_over: Option<u32>,
    /// Whether the agent has not looked at the latest change.
    pub unseen: bool,
    /// Whether the agent has said how it went.
    pub wrap_up: WrapUp,
}

/// A side call to a colleague, which has no card of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SideCall {
    /// The platform's id of it.
    pub(super) id: String,
    /// Who is called.
    pub(super) party: Party,
}

/// Where an interaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The agent looked the customer up by hand.
    LookedUp,
    /// It rings.
    Offered,
    /// The agent talks.
    Accepted,
    /// It was withdrawn or rejected; the card goes by itself.
    Withdrawn,
    /// Nobody answered; the card goes by itself, and it is kept for a call back.
    Missed,
    /// It went to a colleague; the card waits for a short wrap-up.
    Transferred,
    /// The talk is over, and the platform waits for the agent's wrap-up.
    WrapUp,
    /// It is over; the card waits for the agent.
    Ended,
}

impl Phase {
    /// Whether the interaction still goes on.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted)
    }

    /// Whether nobody took the offer, so that the card goes by itself.
    pub fn was_not_taken(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Missed)
    }
}

/// Somebody a connection found, and by which identifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Who.
    pub customer: Customer,
    /// The identifiers that found them, strongest first.
    pub by: Vec<(Kind, Assurance)>,
    /// What found them.
    pub(super) values: Vec<Value>,
}

/// A part of the card that is asked for once the customer is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<T> {
    /// Nobody is asked: there is no one customer, or the CRM has no such list.
    Off,
    /// Being asked.
    Waiting,
    /// Complete.
    Ready(Listed<T>),
    /// Failed.
    Failed(Fault),
}

/// Who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// There is nothing to look for.
    Nothing,
    /// Being asked.
    Looking,
    /// Exactly one.
    One {
        /// Who.
        customer: CandidateRef,
        /// Whether every identifier was asked and everything asked has answered, so that nobody
        /// else can be meant.
        sure: bool,
    },
    /// Several; nothing opens until the agent picks.
    Several {
        /// Ranked, best first.
        candidates: Vec<CandidateRef>,
        /// Whether identifiers of different assurance found different people.
        conflict: bool,
    },
    /// Every connection answered, and none knows the customer.
    None,
    /// No connection could answer, or there is none.
    Failed,
}

/// A candidate: its connection and the record's id there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CandidateRef {
    /// The connection.
    pub connection: ConnectionId,
    /// The record's id.
    pub id: String,
}

/// What happened to the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// Nothing yet.
    NotOpened,
    /// Handed over; whether it was taken is on the way.
    Opening(RecordRef),
    /// Opened, and where.
    Opened(RecordRef, Place),
    /// The policy would open it, but too many were opened in a short time.
    HeldBack,
    /// It could not be opened; why, in words.
    Failed(String),
}

impl Pop {
    /// A card of which nothing is known yet.
    pub(super) fn blank(id: PopId, phase: Phase, now: Moment) -> Self {
        Self {
            id,
            seq: 0,
            generation: 1,
            key: None,
            channel: Channel::Other,
            direction: Direction::Unknown,
            phase,
            phase_since: now,
            received: now,
            told: Order::before(now),
            state_told: Order::before(now),
            over: false,
            rings: false,
            rings_until: None,
            transfer: None,
            parties: Vec::new(),
            side_calls: Vec::new(),
            held: false,
            voicemail: false,
            also: Vec::new(),
            reports_acceptance: true,
            identifiers: Vec::new(),
            refused: Vec::new(),
            name: None,
            reason: None,
            quote: None,
            queue: None,
            language: None,
            traceparent: None,
            lookups: Vec::new(),
            matching: Matching::Looking,
            beside: Vec::new(),
            saved: Vec::new(),
            chosen: None,
            rejected: Vec::new(),
            record: RecordState::NotOpened,
            ruling: Ruling::default(),
            tried: Vec::new(),
            auto_opened: false,
            handed_over: None,
            unseen: false,
            wrap_up: WrapUp::NotYet,
        }
    }

    /// The card at its present generation.
    pub fn at(&self) -> At {
        At {
            pop: self.id,
            generation: self.generation,
        }
    }

    /// The lookup of a connection.
    pub fn lookup(&self, connection: &ConnectionId) -> Option<&Lookup> {
        self.lookups
            .iter()
            .find(|lookup| lookup.connection == *connection)
    }

    /// The hit behind a candidate.
    pub fn hit(&self, candidate: &CandidateRef) -> Option<&Hit> {
        self.lookup(&candidate.connection)?
            .hits
            .iter()
            .find(|hit| hit.is(&candidate.id))
    }

    /// The one customer, if it is known who it is.
    pub fn customer(&self) -> Option<(&ConnectionId, &Hit)> {
        let Matching::One { customer, .. } = &self.matching else {
            return None;
        };
        self.hit(customer).map(|hit| (&customer.connection, hit))
    }

    /// What a person would search for by hand: the name that the platform gave, else the identifier
    /// that says most.
    pub fn words_to_search(&self) -> Option<String> {
        let name = self.name.clone().filter(|name| !name.trim().is_empty());
        name.or_else(|| self.identifiers.first().map(Identifier::searched))
    }

    /// How far the identity can be trusted: by what found the customer, or what was sent.
    pub fn assurance(&self) -> Option<Assurance> {
        match self.customer() {
            Some((_, hit)) => hit.by.iter().map(|(_, assurance)| *assurance).max(),
            None => self
                .identifiers
                .iter()
                .map(|identifier| identifier.assurance)
                .max(),
        }
    }

    /// A case on this card.
    pub fn case(&self, connection: &ConnectionId, id: &str) -> Option<&Case> {
        let records = self.records();
        let (lookup, _) = records
            .iter()
            .find(|(lookup, _)| lookup.connection == *connection)?;
        let Part::Ready(listed) = &lookup.cases else {
            return None;
        };
        listed.items.iter().find(|case| case.id == id)
    }

    /// Turns the card to another customer: what was asked before is of no use any more, and
    /// commands and answers that were meant for the customer before do nothing (rule P1).
    pub(super) fn turn(&mut self) -> At {
        self.generation += 1;
        self.matching = Matching::Looking;
        self.beside.clear();
        self.saved.clear();
        for lookup in &mut self.lookups {
            lookup.withdraw_all();
        }
        self.at()
    }

    pub(super) fn lookup_mut(&mut self, connection: &ConnectionId) -> Option<&mut Lookup> {
        self.lookups
            .iter_mut()
            .find(|lookup| lookup.connection == *connection)
    }
}

impl<T> Part<T> {
    /// What is complete.
    pub fn ready(&self) -> Option<&Listed<T>> {
        match self {
            Self::Ready(listed) => Some(listed),
            Self::Off | Self::Waiting | Self::Failed(_) => None,
        }
    }
}

impl Matching {
    /// The one customer, if there is one.
    pub(super) fn one(&self) -> Option<&CandidateRef> {
        match self {
            Self::One { customer, .. } => Some(customer),
            Self::Nothing | Self::Looking | Self::Several { .. } | Self::None | Self::Failed => {
                None
            }
        }
    }
}

impl Hit {
    /// Whether an id is this human's, in this CRM.
    pub(super) fn is(&self, id: &str) -> bool {
        self.customer.id == id || self.customer.also.iter().any(|other| other == id)
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
