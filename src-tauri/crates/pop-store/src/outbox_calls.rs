//! What the store is asked about the outbox, drafts, pins and copies; changes go through [`Store::apply`].

use pop_core::desk::SavedCopy;

use crate::deliveries;
use crate::drafts::{self, Draft};
use crate::error::StoreError;
use crate::item::{KeptItem, Queued, Wanted};
use crate::outbox;
use crate::pins::{self, Pin};
use crate::saved;
use crate::store::Store;

impl Store {
    /// What has not ended, in order, without opening it.
    pub fn queued(&self) -> Result<Vec<Queued>, StoreError> {
        outbox::queued(&self.connection)
    }

    /// One item with everything that is kept of it.
    pub fn item(&self, id: &str) -> Result<Option<KeptItem>, StoreError> {
        outbox::item(&self.connection, &self.sealer, id)
    }

    /// The items that are wanted, at most so many, with age, tries and the last answer.
    pub fn outbox(&self, wanted: Wanted, limit: usize) -> Result<Vec<KeptItem>, StoreError> {
        outbox::list(&self.connection, &self.sealer, wanted, limit)
    }

    /// The latest messages to each other system, newest first, at most so many of each; those that
    /// have ended are without their body.
    pub fn deliveries(&self, each: usize) -> Result<Vec<KeptItem>, StoreError> {
        deliveries::latest(&self.connection, &self.sealer, each)
    }

    /// How full the outbox is: 1 is full, and nothing new is taken.
    pub fn outbox_fill(&self) -> Result<f64, StoreError> {
        outbox::fill(&self.connection)
    }

    /// What is half typed, the oldest first.
    pub fn drafts(&mut self) -> Result<Vec<Draft>, StoreError> {
        let (drafts, unopened) = drafts::all(&self.connection, &self.sealer)?;
        self.unopened += unopened;
        Ok(drafts)
    }

    /// The customers whom the agent keeps at hand, the last used first.
    pub fn pins(&mut self) -> Result<Vec<Pin>, StoreError> {
        let (pins, unopened) = pins::all(&self.connection, &self.sealer)?;
        self.unopened += unopened;
        Ok(pins)
    }

    /// The copies of what CRMs told of customers.
    pub fn saved_copies(&mut self) -> Result<Vec<SavedCopy>, StoreError> {
        let (copies, unopened) = saved::all(&self.connection, &self.sealer)?;
        self.unopened += unopened;
        Ok(copies)
    }
}
