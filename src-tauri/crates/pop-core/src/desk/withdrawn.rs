//! Remembers interactions that the platform withdrew, because it may offer them anew.
//!
//! A withdrawn interaction is not over: a chat that nobody took rings again, often at the same
//! agent. Such an offer gets a card; a repeated or delayed one from before the withdrawal does not.

use std::collections::VecDeque;
use std::time::Duration;

use crate::interaction::InteractionKey;
use crate::moment::Moment;

/// An offer that comes back within this time is the same one to the agent: no second notice.
const SAME_OFFER: Duration = Duration::from_secs(30);

/// How many are remembered; what was withdrawn longer ago is offered as a new interaction.
const MOST: usize = 200;

/// The interactions that were withdrawn, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Withdrawn(VecDeque<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    key: InteractionKey,
    told: Moment,
    card: Option<Card>,
}

/// The card that a withdrawn interaction had.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card {
    /// When it left the screen.
    pub(super) left: Moment,
    /// Whether the one automatic opening was used.
    pub(super) auto_opened: bool,
}

/// What an offer means for an interaction that may have been withdrawn.
pub(super) enum Offer {
    /// It never was.
    First,
    /// The offer is older than the withdrawal.
    Outdated,
    /// It is offered anew.
    Anew {
        /// Whether the agent need not be told again.
        quiet: bool,
        /// Whether the one automatic opening was used.
        auto_opened: bool,
    },
}

impl Withdrawn {
    /// Remembers an interaction that was withdrawn at `told`, and its card, if it had one.
    pub(super) fn keep(&mut self, key: InteractionKey, told: Moment, card: Option<Card>) {
        self.0.push_back(Entry { key, told, card });
        while self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    /// Whether an interaction was withdrawn.
    pub(super) fn has(&self, key: &InteractionKey) -> bool {
        self.0.iter().any(|entry| entry.key == *key)
    }

    /// Takes an offer made at `at`; one that is made anew is no longer withdrawn.
    pub(super) fn offer(&mut self, key: &InteractionKey, at: Moment, now: Moment) -> Offer {
        let Some(place) = self.0.iter().rposition(|entry| entry.key == *key) else {
            return Offer::First;
        };
        let Some(entry) = self.0.get(place).filter(|entry| at > entry.told).cloned() else {
            return Offer::Outdated;
        };
        self.0.retain(|entry| entry.key != *key);
        Offer::Anew {
            quiet: entry
                .card
                .is_some_and(|card| now.since(card.left) < SAME_OFFER),
            auto_opened: entry.card.is_some_and(|card| card.auto_opened),
        }
    }
}
