//! What goes by itself when its time is over, and what goes when the agent signs out.

use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::Input;
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_core::settings;
use pop_store::{AuditAction, Change, Retention, Vault};

use crate::account::account;
use crate::bundle;
use crate::files;
use crate::grants;
use crate::room::{Room, Secrets};
use crate::tick::Refused;

/// How often what is over its time is looked for.
pub(crate) const PRUNE_EVERY: Duration = Duration::from_hours(24);

impl Room {
    /// Deletes what is older than it may be, on disk and in memory.
    pub(crate) async fn prune(&mut self) {
        let now = self.ports.clock.now();
        self.prune_at = now.after(PRUNE_EVERY);
        let days = u64::from(self.status.settings.history.keep_days);
        let retention = Retention {
            history: Duration::from_hours(24 * days),
        };
        self.day.prune(now, retention.history);
        self.pins
            .retain(|pin| now.since(pin.used) <= retention.history);
        let pruned = self.store.run(move |store| store.prune(now, &retention));
        if let Err(error) = pruned.await {
            tracing::error!(%error, "what is over its time could not be deleted");
        }
        // What an earlier run has left is read first, as soon as the vault is open.
        if !matches!(self.secrets, Secrets::Opening | Secrets::Locked(_)) {
            self.prune_events().await;
        }
    }

    /// Forgets the ids of events that are over their time, and those that nobody handled.
    pub(crate) async fn prune_events(&mut self) {
        let now = self.ports.clock.now();
        let forgotten = self.store.run(move |store| store.prune_events(now));
        if let Err(error) = forgotten.await {
            tracing::error!(%error, "events that are over their time could not be deleted");
        }
    }

    /// Signs out of a connection: its secret, its settings and what it told go (rules K8 and P4).
    ///
    /// With the last secret the vault and its key go too, and everything local about customers.
    pub(crate) async fn forget(&mut self, id: &ConnectionId) -> Result<(), Refused> {
        let status = self.status.connection(id);
        if status.is_some_and(|status| status.managed) {
            return Err(self.refused(&Refusal::Managed));
        }
        let Some(vault) = self.secrets.vault().cloned() else {
            return Err(self.refused(&Refusal::KeychainLocked));
        };
        let places = [account(&id.0), grants::place(id)];
        let kept = vault.accounts();
        let had_secret = places.iter().any(|place| kept.contains(place));
        if let Some(connection) = self.connections.get(id) {
            // The CRM may take its time; here it is forgotten at once.
            tokio::spawn(async move { connection.sign_out().await });
        }
        for place in &places {
            let forgotten = vault.forget(place);
            forgotten.map_err(|error| self.refused(&Refusal::Vault(error.to_string())))?;
        }
        let text = settings::set_connection(&files::user_text(&self.places), &id.0, None)
            .map_err(|fault| self.refused(&Refusal::Setting(fault.to_string())))?;
        self.write_settings(&text)?;
        self.bundle.heard.forget(id);
        self.connections.renew(id);
        let left = vault.accounts();
        let everything = had_secret && left.iter().all(|place| place == bundle::MARK);
        self.erase(id, everything).await?;
        self.reload().await;
        self.audit(AuditAction::SignedOut, &id.0).await;
        if everything {
            self.renew_vault(vault);
        }
        Ok(())
    }

    /// Takes back what a connection told, or everything that is known of customers.
    async fn erase(&mut self, id: &ConnectionId, everything: bool) -> Result<(), Refused> {
        let change = if everything {
            Change::EraseEverybody
        } else {
            Change::EraseConnection(id.clone())
        };
        let erased = self.store.run(move |store| store.apply(&[change]));
        let erased = erased.await;
        erased.map_err(|error| self.refused(&Refusal::Disk(error.to_string())))?;
        if everything {
            self.day.clear();
            self.unseen.clear();
            self.forget_pins(None);
        } else {
            self.day.forget(id);
            self.forget_pins(Some(id));
        }
        self.desk_input(Input::SignedOut(id.clone())).await;
        self.keep_cards().await;
        Ok(())
    }

    /// Keeps the cards on screen anew, because their entries may have gone.
    pub(crate) async fn keep_cards(&mut self) {
        let now = self.ports.clock.now();
        let pops = self.desk.pops();
        let entries = pops.iter().filter_map(|pop| self.day.entry_of(pop, now));
        let changes = entries.map(Change::History).collect();
        self.keep(changes).await;
    }

    /// Deletes the vault with its key, and opens a new one.
    fn renew_vault(&mut self, vault: Arc<Vault>) {
        self.secrets = Secrets::Opening;
        self.settled.send_replace(false);
        self.open_vault_after(move || {
            if let Err(error) = vault.forget_all() {
                tracing::warn!(%error, "the emptied vault could not be deleted");
            }
        });
    }
}
