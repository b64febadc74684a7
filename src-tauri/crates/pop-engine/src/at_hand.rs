//! The customers whom the search offers before a word is typed: those the agent keeps at hand, and
//! those of the last interactions.
//!
//! Only what was on a card before is offered; the record itself is fetched anew when it is chosen.

use std::time::Duration;

use pop_core::desk::{At, Pop};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, Customer, RecordKind};
use pop_core::refusal::Refusal;
use pop_core::status::AtHand;
use pop_store::{Change, HistoryEntry, Pin};

use crate::room::Room;
use crate::tick::Refused;

/// How many customers of the last interactions are offered.
const MOST_RECENT: usize = 8;

/// How many the agent can keep; with one more, the one that was unused the longest goes.
const MOST_KEPT: usize = 50;

/// A pin is written again at most this often only because it was used.
const USED_EVERY: Duration = Duration::from_hours(24);

impl Room {
    /// Takes over what earlier runs have kept.
    pub(crate) async fn take_over_pins(&mut self) {
        match self.store.run(pop_store::Store::pins).await {
            Ok(pins) => self.pins = pins,
            Err(error) => tracing::error!(%error, "the customers at hand cannot be read"),
        }
    }

    /// Keeps the customer of a card at hand, or no more.
    pub(crate) async fn pin(&mut self, at: At, wanted: bool) -> Result<(), Refused> {
        let pop = self.desk.pop(at.pop).filter(|_| self.desk.is_current(at));
        let customer = pop.and_then(Pop::customer);
        let Some((connection, hit)) = customer else {
            return Err(self.refused(&Refusal::CardChanged));
        };
        let pin = pin_of(connection, &hit.customer, self.ports.clock.now());
        let mut pins = self.pins.clone();
        pins.retain(|known| !is_same(known, &pin));
        let mut changes = vec![Change::Unpin(pin.connection.clone(), pin.id.clone())];
        if wanted {
            changes = vec![Change::Pin(pin.clone())];
            pins.insert(0, pin);
            let over = pins.drain(pins.len().min(MOST_KEPT)..);
            changes.extend(over.map(|old| Change::Unpin(old.connection, old.id)));
        }
        let kept = self.store.run(move |store| store.apply(&changes)).await;
        kept.map_err(|error| self.refused(&Refusal::Disk(error.to_string())))?;
        self.pins = pins;
        self.draw_status();
        Ok(())
    }

    /// A customer at hand is on a card again: the name may have changed, and the time begins anew.
    pub(crate) fn use_pin(&mut self, used: Option<&Pin>) -> Option<Change> {
        let used = used?;
        let known = self.pins.iter_mut().find(|known| is_same(known, used))?;
        let told = known.name != used.name || known.line != used.line;
        if !told && used.used.since(known.used) < USED_EVERY {
            return None;
        }
        *known = used.clone();
        Some(Change::Pin(used.clone()))
    }

    /// Forgets the pins of a connection's customers, or all.
    pub(crate) fn forget_pins(&mut self, of: Option<&ConnectionId>) {
        self.pins
            .retain(|pin| of.is_some_and(|of| pin.connection != *of));
    }

    /// Draws the lists anew.
    pub(crate) fn note_at_hand(&mut self) {
        self.status.pinned = self.pins.iter().map(of_pin).collect();
        let mut recent: Vec<AtHand> = Vec::new();
        for entry in self.day.newest() {
            let Some(found) = of_entry(entry) else {
                continue;
            };
            let is_there =
                |known: &AtHand| known.connection == found.connection && known.id == found.id;
            if recent.len() == MOST_RECENT {
                break;
            }
            if !recent.iter().chain(&self.status.pinned).any(is_there) {
                recent.push(found);
            }
        }
        self.status.recent = recent;
    }
}

/// What would be kept of a card's customer.
pub(crate) fn pin_on(pop: &Pop, now: Moment) -> Option<Pin> {
    let (connection, hit) = pop.customer()?;
    Some(pin_of(connection, &hit.customer, now))
}

fn pin_of(connection: &ConnectionId, customer: &Customer, now: Moment) -> Pin {
    Pin {
        connection: connection.clone(),
        id: customer.id.clone(),
        name: customer.name.clone().unwrap_or_else(|| customer.id.clone()),
        line: customer.line(),
        used: now,
    }
}

fn is_same(one: &Pin, other: &Pin) -> bool {
    one.connection == other.connection && one.id == other.id
}

fn of_pin(pin: &Pin) -> AtHand {
    AtHand {
        connection: pin.connection.clone(),
        id: pin.id.clone(),
        name: pin.name.clone(),
        line: pin.line.clone(),
    }
}

fn of_entry(entry: &HistoryEntry) -> Option<AtHand> {
    let record = entry.record.as_ref()?;
    Some(AtHand {
        connection: record.connection.clone(),
        id: record.id.clone(),
        name: entry
            .name
            .clone()
            .filter(|_| record.kind == RecordKind::Customer)?,
        line: entry.reason.clone().unwrap_or_default(),
    })
}
