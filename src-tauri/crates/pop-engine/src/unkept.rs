//! Keeping what happened, also where the disk does not take it for a while: the pops go on, a banner
//! says so, and it is kept before anything newer as soon as the disk is well again.
//!
//! What is to be sent is not kept here: the outbox says itself what it could not keep.

use pop_store::{Change, StoreError, StoreHandle};

use crate::room::Room;

/// Changes that wait for the disk: a shift's interactions. Later ones are lost, and the log says so.
const MOST: usize = 5_000;

/// What the disk did not take.
#[derive(Default)]
pub(crate) struct Unkept {
    changes: Vec<Change>,
    /// Why, as long as it is so.
    pub(crate) why: Option<String>,
}

impl Room {
    /// Keeps changes and new marks; what cannot be kept is said, and the pops go on.
    pub(crate) async fn keep(&mut self, mut changes: Vec<Change>) {
        changes.extend(self.timelines.take_new());
        let waiting = std::mem::take(&mut self.unkept.changes);
        if changes.is_empty() && waiting.is_empty() {
            return;
        }
        let mut failed = None;
        for part in [waiting, changes] {
            if failed.is_none()
                && let Err(error) = try_to_keep(&self.store, &part).await
            {
                tracing::error!(%error, "what happened could not be kept");
                failed = Some(error).filter(StoreError::is_of_the_disk);
            }
            if failed.is_some() {
                let room = MOST.saturating_sub(self.unkept.changes.len());
                self.unkept.changes.extend(part.into_iter().take(room));
            }
        }
        let why = failed.map(|error| error.to_string());
        if std::mem::replace(&mut self.unkept.why, why.clone()) != why {
            self.redraw_banners();
        }
    }
}

async fn try_to_keep(store: &StoreHandle, changes: &[Change]) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let changes = changes.to_vec();
    store.run(move |store| store.apply(&changes)).await
}
