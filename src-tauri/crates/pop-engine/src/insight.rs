//! What happened in an interaction, and why, for whoever asks: the way of a card and its reasons.
//!
//! Reads only: nothing here changes a card, a setting or a CRM. What would become of an event is in
//! `trial`, what is handed to support in `evidence`.

use std::collections::BTreeMap;

use pop_core::desk::PopId;
use pop_core::explain::{Explanation, Held};
use pop_core::flight::Flight;
use pop_core::interaction::{Channel, InteractionKey};
use pop_core::refusal::Refusal;
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::engine::Engine;
use crate::evidence::{Evidence, EvidenceWanted};
use crate::room::Room;
use crate::tick::{Ask, Refused};
use crate::trial::Trial;

/// What is asked about what happened.
pub(crate) enum InsightAsk {
    /// The way of an interaction.
    Flight {
        of: FlightOf,
        reply: oneshot::Sender<Result<Flight, Refused>>,
    },
    /// Why a card is as it is.
    Explain {
        pop: PopId,
        reply: oneshot::Sender<Result<Explained, Refused>>,
    },
    /// What would become of an event.
    DryRun {
        body: String,
        mapping: Option<String>,
        reply: oneshot::Sender<Result<Trial, String>>,
    },
    /// What support is handed.
    Evidence {
        wanted: EvidenceWanted,
        reply: oneshot::Sender<Result<Evidence, Refused>>,
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

/// Why a card is as it is.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The reasons.
    pub explanation: Explanation,
    /// What keeps every record from opening by itself.
    pub held: Option<Held>,
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

    /// Why a card is as it is.
    ///
    /// # Errors
    /// When the card is gone.
    pub async fn explain(&self, pop: PopId) -> Result<Explained, Refused> {
        self.ask(|reply| Ask::Insight(InsightAsk::Explain { pop, reply }))
            .await?
    }

    /// What would become of an event: the connections are asked, and nothing opens, is written or
    /// is kept.
    ///
    /// # Errors
    /// When the program is ending; a body that holds no event is said inside.
    pub async fn dry_run(
        &self,
        body: String,
        mapping: Option<String>,
    ) -> Result<Result<Trial, String>, Refused> {
        let ask = |reply| InsightAsk::DryRun {
            body,
            mapping,
            reply,
        };
        self.ask(|reply| Ask::Insight(ask(reply))).await
    }

    /// What support is handed, searched for what must not leave this computer.
    ///
    /// # Errors
    /// When the interaction is not known, or the store cannot be read.
    pub async fn evidence(&self, wanted: EvidenceWanted) -> Result<Evidence, Refused> {
        self.ask(|reply| Ask::Insight(InsightAsk::Evidence { wanted, reply }))
            .await?
    }
}

impl Room {
    pub(crate) async fn insight(&mut self, ask: InsightAsk) {
        match ask {
            InsightAsk::Flight { of, reply } => answer(reply, self.flight(of).await),
            InsightAsk::Explain { pop, reply } => answer(reply, self.explain(pop)),
            InsightAsk::DryRun {
                body,
                mapping,
                reply,
            } => self.dry_run(&body, mapping.as_deref(), reply),
            InsightAsk::Evidence { wanted, reply } => {
                let evidence = self.evidence(wanted).await;
                answer(reply, evidence);
            }
        }
    }

    fn explain(&self, pop: PopId) -> Result<Explained, Refused> {
        let explanation = self.desk.explain(pop);
        let gone = || self.refused(&Refusal::CardChanged);
        Ok(Explained {
            explanation: explanation.ok_or_else(gone)?,
            held: self.held(),
            labels: self.labels(),
        })
    }

    pub(crate) async fn flight(&mut self, of: FlightOf) -> Result<Flight, Refused> {
        let key = match of {
            FlightOf::Card(pop) => self.desk.pop(pop).and_then(|pop| pop.key.clone()),
            FlightOf::Past(number) => self.day.numbered(number).cloned(),
        };
        let unknown = || self.refused(&Refusal::NotInHistory);
        let key = key.ok_or_else(unknown)?;
        self.flight_of(key).await
    }

    pub(crate) async fn flight_of(&mut self, key: InteractionKey) -> Result<Flight, Refused> {
        // What was noted of late is read with the rest.
        self.note_requests();
        self.keep(Vec::new()).await;
        let entry = self.day.entry(&key);
        let (at, channel) = entry.map_or((self.ports.clock.now(), Channel::Other), |entry| {
            (entry.at, entry.channel)
        });
        let steps = self.store.run(move |store| store.marks(&key)).await;
        let mut steps = steps.map_err(|error| self.refused(&Refusal::Disk(error.to_string())))?;
        steps.sort_by_key(|step| step.at);
        Ok(Flight {
            at,
            channel,
            steps,
            labels: self.labels(),
        })
    }

    /// What people call the connections.
    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        let connections = self.status.connections.iter();
        connections
            .map(|status| (status.id.0.clone(), status.label.clone()))
            .collect()
    }
}
