//! Erases one customer's local data because an admin asks for it (rule P4).
//!
//! The request comes by a file of the profile's folder (see `pop_store::erasing`). It waits until the
//! keychain has answered, because without the key nobody can say whose rows are whose.

use pop_core::desk::{Input, Policy, Pop};
use pop_core::profile::{RecordKind, RecordRef};
use pop_core::write::WriteState;
use pop_store::erasing::{EraseAnswer, EraseRequest, Erased, answer, requested, withdraw};
use pop_store::{AuditAction, AuditEntry, AuditOutcome};

use crate::keep::audit_named;
use crate::room::{Room, Secrets};

impl Room {
    /// Carries out the request that waits, if there is one.
    pub(crate) async fn take_erasing(&mut self) {
        let memory_only = match &self.secrets {
            Secrets::Open { memory_only, .. } => memory_only.is_some(),
            Secrets::Opening | Secrets::Locked(_) => return,
        };
        let asked = match requested(&self.places.data) {
            Ok(Some(asked)) => asked,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "a request to erase a customer cannot be read");
                // It would be read again and again.
                let _ = withdraw(&self.places.data);
                return;
            }
        };
        let result = if memory_only {
            Err("no_keychain".to_owned())
        } else {
            self.erase_customer(&asked).await
        };
        let told = EraseAnswer {
            id: asked.id,
            result,
        };
        if let Err(error) = answer(&self.places.data, &told) {
            tracing::error!(%error, "what was erased cannot be told");
        }
        self.draw_status();
    }

    async fn erase_customer(&mut self, asked: &EraseRequest) -> Result<Erased, String> {
        let record = RecordRef {
            connection: pop_core::profile::ConnectionId(asked.connection.clone()),
            kind: RecordKind::Customer,
            id: asked.customer.clone(),
        };
        if self.desk.pops().iter().any(|pop| shows(pop, &record)) {
            return Err("on_card".to_owned());
        }
        // What is on its way to the file must not come after.
        self.outbox.kept().await;
        // The line names no customer: they are to be forgotten.
        let line = AuditEntry {
            from: "admin".to_owned(),
            ..audit_named(
                &self.who(),
                AuditAction::Erased,
                &record.connection.0,
                AuditOutcome::Done,
                self.ports.clock.now(),
            )
        };
        let (of, unsent) = (record.clone(), asked.unsent);
        let erased = self
            .store
            .run(move |store| store.erase_customer(&of, unsent, line))
            .await
            .map_err(|error| error.to_string())?;
        self.forget_customer(&record, asked.unsent).await;
        Ok(erased)
    }

    /// Forgets a customer in memory too.
    async fn forget_customer(&mut self, record: &RecordRef, unsent: bool) {
        self.day.forget_customer(record);
        self.pins
            .retain(|pin| pin.connection != record.connection || pin.id != record.id);
        self.bundle.heard.forget(&record.connection);
        self.connections.renew(&record.connection);
        self.reconnect().await;
        // Copies are only for speed: the desk lets go of all of them.
        let policy = self.desk_policy(Vec::new());
        let without = Policy {
            saved_copy: None,
            ..policy.clone()
        };
        self.desk_input(Input::Policy(without)).await;
        self.desk_input(Input::Policy(policy)).await;
        if !unsent {
            return;
        }
        self.outbox.reload();
        let writes = self.desk.writes().iter().map(|item| item.write.clone());
        let gone: Vec<_> = writes
            .filter(|write| {
                write.connection == record.connection && write.customer.as_ref() == Some(&record.id)
            })
            .collect();
        for write in gone {
            self.desk_input(Input::Wrote {
                write: Box::new(write),
                state: WriteState::Discarded,
            })
            .await;
        }
    }
}

/// Whether a customer is on a card, or can be chosen there.
fn shows(pop: &Pop, record: &RecordRef) -> bool {
    let mut lookups = pop.lookups.iter();
    let lookup = lookups.find(|lookup| lookup.connection == record.connection);
    lookup.is_some_and(|lookup| {
        let mut hits = lookup.hits.iter().map(|hit| &hit.customer);
        hits.any(|customer| customer.id == record.id || customer.also.contains(&record.id))
    })
}
