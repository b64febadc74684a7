//! Remembers interactions that left this agent without an end, because they may come again.
//!
//! A withdrawn interaction is not over: a chat that nobody took rings again, often at the same
//! agent. Such an offer gets a card; a repeated or delayed one from before the withdrawal does not.
//! One that went to a colleague may come back, if it says that it is this agent's.

use std::collections::VecDeque;
use std::time::Duration;

use crate::desk::pop::Pop;
use crate::identifier::Identifier;
use crate::interaction::{Channel, Direction, Event, InteractionKey};
use crate::life::Order;
use crate::moment::Moment;

/// An offer that comes back within this time is the same one to the agent: no second notice.
const SAME_OFFER: Duration = Duration::from_secs(30);

/// How many are remembered; what was withdrawn longer ago is offered as a new interaction.
const MOST: usize = 200;

/// The interactions that left, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Withdrawn(VecDeque<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    key: InteractionKey,
    told: Order,
    /// Whether it went to a colleague.
    went: bool,
    card: Option<Card>,
}

/// The card that such an interaction had.
#[derive(Clone, Debug)]
struct Card {
    /// When it left the screen.
    left: Moment,
    /// Whether the one automatic opening was used.
    auto_opened: bool,
    contact: Option<Contact>,
}

/// An interaction that nobody took here, in an earlier run of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Which one.
    pub key: InteractionKey,
    /// When it left.
    pub at: Moment,
    /// Whether its record was opened.
    pub opened: bool,
}

/// Who reaches the agent and how: what two interactions must have in common to be one matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contact {
    source: String,
    channel: Channel,
    direction: Direction,
    identifiers: Vec<Identifier>,
}

/// What an offer means for an interaction that may have left before.
pub(super) enum Offer {
    /// It never did.
    First,
    /// The offer is older than what is known.
    Outdated,
    /// It is offered anew.
    Anew {
        /// Whether the agent need not be told again.
        quiet: bool,
        /// Whether the one automatic opening was used.
        auto_opened: bool,
    },
    /// It went to a colleague.
    Back {
        /// Whether the one automatic opening was used.
        auto_opened: bool,
    },
    /// Another interaction with the same contact was withdrawn a moment ago.
    Same {
        /// Which one.
        key: InteractionKey,
        /// Whether the one automatic opening was used.
        auto_opened: bool,
    },
}

impl Withdrawn {
    /// Remembers an interaction of which an event says that it left this agent.
    pub(super) fn keep(&mut self, event: &Event, went: bool) {
        self.put(event.key.clone(), event.order(), went, None);
    }

    /// Remembers an interaction whose card turned to another one.
    pub(super) fn keep_key(&mut self, key: InteractionKey, told: Order) {
        self.put(key, told, false, None);
    }

    /// Remembers an interaction whose card left the screen.
    pub(super) fn keep_card(&mut self, key: InteractionKey, pop: &Pop, now: Moment) {
        let card = Card {
            left: now,
            auto_opened: pop.auto_opened,
            contact: Contact::of(pop),
        };
        let went = !pop.phase.was_not_taken();
        self.put(key, pop.state_told.clone(), went, Some(card));
    }

    /// Remembers what left in an earlier run: an offer from after that is made anew.
    pub(super) fn take_over(&mut self, left: Vec<Left>) {
        for Left { key, at, opened } in left {
            let card = Card {
                left: at,
                auto_opened: opened,
                contact: None,
            };
            self.put(key, Order::before(at), false, Some(card));
        }
    }

    fn put(&mut self, key: InteractionKey, told: Order, went: bool, card: Option<Card>) {
        let known = self.0.iter().position(|entry| entry.key == key);
        let known = known.and_then(|place| self.0.remove(place));
        let (told, card) = match known {
            Some(known) => (told.max(known.told), card.or(known.card)),
            None => (told, card),
        };
        self.0.push_back(Entry {
            key,
            told,
            went,
            card,
        });
        while self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    /// Whether an interaction left.
    pub(super) fn has(&self, key: &InteractionKey) -> bool {
        self.0.iter().any(|entry| entry.key == *key)
    }

    /// Takes an offer; one that is made anew is no longer withdrawn.
    pub(super) fn offer(&mut self, event: &Event, now: Moment) -> Offer {
        let Some(place) = self.0.iter().position(|entry| entry.key == event.key) else {
            return self.of_same_contact(event, now);
        };
        let is_newer = |entry: &&Entry| event.order().is_later(&entry.told);
        let Some(entry) = self.0.get(place).filter(is_newer).cloned() else {
            return Offer::Outdated;
        };
        let auto_opened = entry.card.as_ref().is_some_and(|card| card.auto_opened);
        if entry.went {
            return Offer::Back { auto_opened };
        }
        self.0.remove(place);
        Offer::Anew {
            quiet: entry.card.is_some_and(|card| card.is_recent(now)),
            auto_opened,
        }
    }

    fn of_same_contact(&mut self, event: &Event, now: Moment) -> Offer {
        let Some(contact) = Contact::of_event(event) else {
            return Offer::First;
        };
        let same = |card: &mut Card| {
            card.is_recent(now) && card.contact.as_ref().is_some_and(|own| *own == contact)
        };
        let found = self.0.iter_mut().rev().find_map(|entry| {
            let waits = !entry.went && entry.card.as_mut().is_some_and(same);
            let card = entry.card.take_if(|_| waits)?;
            Some((entry.key.clone(), card.auto_opened))
        });
        match found {
            Some((key, auto_opened)) => Offer::Same { key, auto_opened },
            None => Offer::First,
        }
    }
}

impl Card {
    fn is_recent(&self, now: Moment) -> bool {
        now.since(self.left) < SAME_OFFER
    }
}

impl Contact {
    /// The contact of a card; `None` when nothing says who it is.
    pub(super) fn of(pop: &Pop) -> Option<Self> {
        let source = pop.key.as_ref()?.source.clone();
        Self::new(source, pop.channel, pop.direction, &pop.identifiers)
    }

    /// The contact of an event.
    pub(super) fn of_event(event: &Event) -> Option<Self> {
        let source = event.key.source.clone();
        Self::new(source, event.channel, event.direction, &event.identifiers)
    }

    fn new(
        source: String,
        channel: Channel,
        direction: Direction,
        identifiers: &[Identifier],
    ) -> Option<Self> {
        (!identifiers.is_empty()).then(|| Self {
            source,
            channel,
            direction,
            identifiers: identifiers.to_vec(),
        })
    }
}
