//! What happened in an interaction, and why, for whoever asks: the way of a card.
//!
//! Reads only: nothing here changes a card, a setting or a CRM.

use std::collections::BTreeMap;

use pop_core::desk::PopId;
use pop_core::interaction::{Channel, InteractionKey};
use pop_core::moment::Moment;
use pop_store::KeptMark;
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::engine::Engine;
use crate::room::Room;
use crate::tick::{Ask, Refused};

/// What is asked about what happened.
pub(crate) enum InsightAsk {
    /// The way of an interaction.
    Flight {
        of: FlightOf,
        reply: oneshot::Sender<Result<Flight, Refused>>,
    },
}

/// Which interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlightOf {
    /// The one on a card.
    Card(PopId),
    /// One of the day's list, by its number there.
    Past(u32),
}

/// The way of one interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// When it came in.
    pub at: Moment,
    /// By which channel.
    pub channel: Channel,
    /// What happened, the earliest first.
    pub marks: Vec<KeptMark>,
    /// What people call the connections.
    pub labels: BTreeMap<String, String>,
}

impl Engine {
    /// The way of an interaction, as the flight recorder has it.
    ///
    /// # Errors
    /// When nothing is known of the interaction, or the store cannot be read.
    pub async fn flight(&self, of: FlightOf) -> Result<Flight, Refused> {
        self.ask(|reply| Ask::Insight(InsightAsk::Flight { of, reply }))
            .await?
    }
}

impl Room {
    pub(crate) async fn insight(&mut self, ask: InsightAsk) {
        match ask {
            InsightAsk::Flight { of, reply } => answer(reply, self.flight(of).await),
        }
    }

    async fn flight(&mut self, of: FlightOf) -> Result<Flight, Refused> {
        let key = self.key_of(of)?;
        // What was noted of late is read with the rest.
        self.note_requests();
        self.keep(Vec::new()).await;
        let entry = self.day.entry(&key);
        let (at, channel) = entry.map_or((self.ports.clock.now(), Channel::Other), |entry| {
            (entry.at, entry.channel)
        });
        let marks = self.store.run(move |store| store.marks(&key)).await;
        let mut marks = marks.map_err(|error| Refused {
            code: "E_DISK",
            why: error.to_string(),
        })?;
        marks.sort_by_key(|mark| mark.at);
        let connections = self.status.connections.iter();
        let labels = connections.map(|status| (status.id.0.clone(), status.label.clone()));
        Ok(Flight {
            at,
            channel,
            marks,
            labels: labels.collect(),
        })
    }

    fn key_of(&self, of: FlightOf) -> Result<InteractionKey, Refused> {
        let key = match of {
            FlightOf::Card(pop) => self.desk.pop(pop).and_then(|pop| pop.key.clone()),
            FlightOf::Past(number) => self.day.numbered(number).cloned(),
        };
        key.ok_or_else(|| Refused::argument("nothing is recorded of that interaction"))
    }
}
