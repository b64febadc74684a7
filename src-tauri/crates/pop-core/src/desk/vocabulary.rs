//! What goes into the desk and what comes out of it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::desk::drafts::DraftOwner;
use crate::desk::policy::Policy;
use crate::desk::saved::SavedCopy;
use crate::desk::withdrawn::Left;
use crate::desk::wrap_up::Wrapping;
use crate::desk::writing::Wish;
use crate::fault::Fault;
use crate::identifier::Identifier;
use crate::interaction::{Event, InteractionKey};
use crate::moment::Moment;
use crate::profile::{Activity, Case, ConnectionId, Customer, Listed, RecordRef};
use crate::write::{Write, WriteId, WriteState};

/// The desk's number of one card; stable while the card lives, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PopId(pub u32);

/// A card at the generation somebody was looking at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The card.
    pub pop: PopId,
    /// Its generation: it grows whenever the card turns to another customer.
    pub generation: u32,
}

/// Where a record was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The system's browser took its address.
    Browser,
    /// The CRM shows it in the window in which the agent has it open.
    Crm,
}

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Input {
    /// A platform, a link or the sandbox tells of an interaction.
    Event(Box<Event>),
    /// A connection answered.
    Answered {
        /// Which question.
        ticket: Ticket,
        /// The answer.
        answer: Answer,
        /// How long it took.
        took: Duration,
    },
    /// A record was opened, or could not be.
    Opened {
        /// The card.
        at: At,
        /// Where it was opened; why not, in words.
        outcome: Result<Place, String>,
    },
    /// The agent did something.
    Command(Command),
    /// The policy changed.
    Policy(Policy),
    /// A connection that could not be asked can be asked from now on.
    Ready(ConnectionId),
    /// The agent signed out of a connection: nothing that it told may stay readable.
    SignedOut(ConnectionId),
    /// A write came further, or was found again at the start.
    Wrote {
        /// The write, as it is kept now.
        write: Box<Write>,
        /// How far it has come.
        state: WriteState,
    },
    /// What was typed before the program was started anew.
    Drafted {
        /// Whose it is.
        owner: DraftOwner,
        /// The form.
        form: String,
        /// What was typed, by the names of its fields.
        fields: BTreeMap<String, String>,
    },
    /// How long nothing was typed or clicked anywhere on this computer, as [`Effect::AskIdle`]
    /// asked; `None`: the system cannot tell.
    Idle(Option<Duration>),
    /// Copies that an earlier run has kept.
    Copies(Vec<SavedCopy>),
    /// Interactions that left this agent without an end before the program was started.
    Left(Vec<Left>),
    /// Time passed.
    Tick,
}

/// What the agent does.
#[derive(Clone, Debug)]
pub enum Command {
    /// Looks at a card.
    Seen(PopId),
    /// Closes a card.
    Close(PopId),
    /// Says which customer it is: one of the candidates, or one found by hand.
    Choose {
        /// The card.
        at: At,
        /// The connection.
        connection: ConnectionId,
        /// The record's id.
        id: String,
    },
    /// Takes a choice back.
    NotThisPerson(At),
    /// Asks a connection again.
    Retry {
        /// The card.
        at: At,
        /// The connection.
        connection: ConnectionId,
    },
    /// Opens a record in the browser.
    OpenRecord {
        /// The card.
        at: At,
        /// The connection and id of a case on the card; `None`: the customer.
        case: Option<(ConnectionId, String)>,
    },
    /// Opens the company of a card's customer.
    OpenAccount(At),
    /// Opens the customer's record in another connection that knows the same human.
    OpenBeside {
        /// The card.
        at: At,
        /// The connection.
        connection: ConnectionId,
    },
    /// Shows a customer found by hand on a card of its own.
    Show {
        /// The connection.
        connection: ConnectionId,
        /// The record's id.
        id: String,
    },
    /// Wants something done in a CRM.
    Write(Box<Wish>),
    /// Takes a write back before it is sent.
    Undo(WriteId),
    /// Sends a write that waits, with what was filled in anew.
    Resend {
        /// Which.
        id: WriteId,
        /// What was filled in.
        input: BTreeMap<String, String>,
        /// The label of what was chosen, where it is one choice.
        shown: Option<String>,
    },
    /// Gives a write up that waits.
    Discard {
        /// Which.
        id: WriteId,
        /// Why, in the agent's words.
        reason: String,
    },
    /// Pauses while typing in a form; without fields there is nothing more to keep.
    Draft {
        /// The card.
        pop: PopId,
        /// The form.
        form: String,
        /// What is typed.
        fields: BTreeMap<String, String>,
    },
    /// Says how an interaction went, which closes it.
    WrapUp(Box<Wrapping>),
    /// Asks for more time to say how it went; granted once.
    ExtendWrapUp(PopId),
}

/// Everything the desk wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask a connection; the answer comes back with the ticket.
    Ask {
        /// The question's number.
        ticket: Ticket,
        /// The question.
        question: Question,
    },
    /// Draw a card again.
    Show(PopId),
    /// Remove a card from the screen.
    Gone(PopId),
    /// Open a record in the browser.
    Open {
        /// The card.
        at: At,
        /// The record.
        record: RecordRef,
        /// Whether the agent asked for it; otherwise the policy did.
        asked: bool,
    },
    /// Tell the agent that an interaction came in.
    Notify(PopId),
    /// It rings no more: take back what the agent was told about that.
    Hush(PopId),
    /// Nobody has to be called back because of this interaction any more.
    Settled(InteractionKey),
    /// Ask the system how long nothing was typed or clicked; the answer is [`Input::Idle`].
    AskIdle,
    /// Keep what is known of a card in the history.
    Keep(PopId),
    /// Keep an interaction without a card: it ended, was missed, or its offer came too late.
    KeepEnded(Box<Event>),
    /// Leave a mark in the flight recorder.
    Mark(PopId, Mark),
    /// Say in the audit that a customer's record came on a card.
    Read(PopId, RecordRef),
    /// Count something that was dropped.
    Count(Dropped),
    /// Keep a write and do it; what becomes of it comes back as [`Input::Wrote`].
    Write(Box<Write>),
    /// Take a write back, if nothing was sent yet.
    Undo(WriteId),
    /// Send a write that waits, with other input.
    Resend {
        /// Which.
        id: WriteId,
        /// What was filled in.
        input: BTreeMap<String, String>,
        /// The label of what was chosen, where it is one choice.
        shown: Option<String>,
    },
    /// Give a write up, with the reason for the audit.
    Discard {
        /// Which.
        id: WriteId,
        /// Why.
        reason: String,
    },
    /// Keep what is typed in a form; nothing typed: forget it.
    KeepDraft {
        /// Whose it is.
        owner: DraftOwner,
        /// The form.
        form: String,
        /// What is typed.
        fields: BTreeMap<String, String>,
    },
    /// Keep a copy of what a connection told of a customer, in place of an earlier one.
    KeepCopy(Box<SavedCopy>),
    /// Forget the copies whose time is over at this moment.
    ForgetCopies(Moment),
    /// Draw the list of what waits to be sent again.
    Queue,
}

/// Which question an answer belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// The card.
    pub pop: PopId,
    /// The card's generation when it was asked.
    pub generation: u32,
    /// The connection.
    pub connection: ConnectionId,
    /// The question's own number.
    pub number: u32,
}

/// What a connection is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Who is this?
    Find(Identifier),
    /// Which cases are open?
    Cases(Box<Customer>),
    /// What happened before?
    Activities(Box<Customer>),
}

/// What a connection answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To [`Question::Find`]: everybody it can be.
    Found(Result<Findings, Fault>),
    /// To [`Question::Cases`].
    Cases(Result<Listed<Case>, Fault>),
    /// To [`Question::Activities`].
    Activities(Result<Listed<Activity>, Fault>),
}

/// Whom a connection found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Everybody it can be, as far as the connection could look.
    pub customers: Vec<Customer>,
    /// Why a part of it could not look: there may be more customers than these.
    pub missed: Option<Fault>,
}

impl Answer {
    /// Whether the connection answered what it was asked.
    pub(super) fn is_good(&self) -> bool {
        match self {
            Self::Found(result) => result.is_ok(),
            Self::Cases(result) => result.is_ok(),
            Self::Activities(result) => result.is_ok(),
        }
    }
}

impl From<Vec<Customer>> for Findings {
    fn from(customers: Vec<Customer>) -> Self {
        Self {
            customers,
            missed: None,
        }
    }
}

/// What the flight recorder keeps of a card's way; never personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The card was made.
    Popped,
    /// Exactly one customer is meant.
    MatchedOne,
    /// Several may be meant.
    MatchedSeveral,
    /// Nobody knows the customer.
    MatchedNone,
    /// No connection could answer.
    MatchFailed,
    /// The agent accepted.
    Accepted,
    /// The record's address was handed to the system.
    Opened,
    /// The CRM showed the record in its own window.
    ShownInCrm,
    /// The record could not be opened.
    OpenFailed,
    /// The policy wanted to open it, but too many were opened.
    HeldBack,
    /// The interaction ended.
    Ended,
}

impl Mark {
    /// The stable word of this mark.
    pub fn word(self) -> &'static str {
        match self {
            Self::Popped => "popped",
            Self::MatchedOne => "matched_one",
            Self::MatchedSeveral => "matched_several",
            Self::MatchedNone => "matched_none",
            Self::MatchFailed => "match_failed",
            Self::Accepted => "accepted",
            Self::Opened => "opened",
            Self::ShownInCrm => "shown_in_crm",
            Self::OpenFailed => "open_failed",
            Self::HeldBack => "held_back",
            Self::Ended => "ended",
        }
    }
}

/// Why something was dropped; each is counted and shown in the health view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dropped {
    /// The event is for another agent.
    ForeignAgent,
    /// An interaction that gets no card by the organisation's rules.
    ByRule,
    /// The offer had expired when it came.
    Late,
    /// The interaction is over, or an older event came after a newer one.
    Stale,
    /// The answer belongs to an earlier customer or question of the card.
    StaleAnswer,
    /// The command was given to a card as it no longer is.
    StaleCommand,
    /// Something was to be written while it is not clear whose record it is for.
    NotDecided,
}

impl Dropped {
    /// The stable word of this reason.
    pub fn word(self) -> &'static str {
        match self {
            Self::ByRule => "by_rule",
            Self::ForeignAgent => "foreign_agent",
            Self::Late => "late",
            Self::Stale => "stale_event",
            Self::StaleAnswer => "stale_answer",
            Self::StaleCommand => "stale_command",
            Self::NotDecided => "not_decided",
        }
    }
}
