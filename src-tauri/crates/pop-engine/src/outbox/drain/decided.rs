//! What a person decides about an item that waits: back, away, or once more with other input.

use std::collections::BTreeMap;

use pop_core::write::WriteState;
use pop_store::{AuditAction, AuditOutcome, Change, Item, Progress, Queued};

use crate::outbox::drain::Drain;
use crate::outbox::flight::{line_of, report};

impl Drain {
    /// Takes an item back of which nothing was sent.
    pub(super) async fn undo(&mut self, id: &str, who: &str) {
        let Some(queued) = self.lanes.take(id) else {
            return self.tell(id).await;
        };
        if queued.attempts == 0 && queued.first_sent.is_none() {
            return self.give_up(queued, None, who).await;
        }
        self.lanes.put(queued, self.tools.clock.now());
        self.tell(id).await;
    }

    pub(super) async fn discard(&mut self, id: &str, reason: String, who: &str) {
        let parked = match self.kept(id).await {
            Some(kept) if kept.queued.parked => Some(kept.queued),
            Some(_) | None => None,
        };
        match parked.or_else(|| self.lanes.take(id)) {
            Some(queued) => self.give_up(queued, Some(reason), who).await,
            None => self.tell(id).await,
        }
    }

    async fn give_up(&mut self, queued: Queued, reason: Option<String>, who: &str) {
        let at = self.tools.clock.now();
        let Some(item) = self.kept(&queued.id).await.and_then(|kept| kept.item) else {
            return;
        };
        let mut line = line_of(&item, AuditAction::Discarded, AuditOutcome::Done, at);
        who.clone_into(&mut line.who);
        let progress = Progress {
            id: queued.id.clone(),
            at,
            state: WriteState::Discarded,
            first_sent: queued.first_sent,
            tried: None,
            reason,
        };
        let changes = [Change::Progress(Box::new(progress)), Change::Audit(line)];
        match self
            .tools
            .store
            .run(move |store| store.apply(&changes))
            .await
        {
            Ok(()) => report(&self.tools, item, WriteState::Discarded).await,
            Err(error) => {
                tracing::error!(%error, "giving an item up could not be noted");
                if !queued.parked {
                    self.lanes.put(queued.clone(), at);
                }
                self.tell(&queued.id).await;
            }
        }
    }

    /// Sends what waits for a person, with other input.
    pub(super) async fn resend(
        &mut self,
        id: &str,
        input: BTreeMap<String, String>,
        shown: Option<String>,
        who: &str,
    ) {
        let at = self.tools.clock.now();
        let Some(kept) = self.kept(id).await else {
            return;
        };
        let first_sent = kept.queued.first_sent;
        let Some(mut item) = kept.item else { return };
        if let Item::Write(write) = &mut item {
            write.input = input;
            write.facts.shown = shown;
            // The person has looked: what they saw before counts no more.
            write.expected = None;
        }
        let mut line = line_of(&item, AuditAction::Edited, AuditOutcome::Done, at);
        who.clone_into(&mut line.who);
        // Where nobody can tell whether an earlier try was done, the person has looked.
        let first_sent = first_sent.filter(|sent| self.can_tell(&item, *sent));
        let edit = Change::Edit {
            item: Box::new(item),
            at,
            first_sent,
        };
        let changes = [edit, Change::Audit(line)];
        match self
            .tools
            .store
            .run(move |store| store.apply(&changes))
            .await
        {
            Ok(()) => {
                if let Some(kept) = self.kept(id).await {
                    self.lanes.put(kept.queued, at);
                }
            }
            Err(error) => tracing::error!(%error, "an item could not be sent again"),
        }
        self.tell(id).await;
    }
}
