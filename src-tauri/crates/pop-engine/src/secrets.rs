//! The vault as part of the engine: opened beside everything else, never waited for (rule K4).

use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::{Input, Left};
use pop_core::interaction::InteractionKey;
use pop_source::source::Steps;
use pop_store::{EVENTS_KEPT, HistoryQuery, KeyName, Phase, Vault, VaultState};

use crate::room::{Room, Secrets};
use crate::tick::Tick;
use crate::timeline::Arrived;

/// The product's name in the keychain.
const PRODUCT: &str = "app.screenpop";

/// The only profile there is.
const PROFILE: &str = "default";

/// How many entries of the day are read at the start.
const MOST_ENTRIES: usize = 2_000;

/// How long a disk is left alone that did not take what was in memory: it may hold everything up.
const SETTLE_AGAIN: Duration = Duration::from_secs(30);

impl Room {
    /// Opens the vault on a thread that may wait.
    pub(crate) fn open_vault(&self) {
        self.open_vault_after(|| {});
    }

    /// Opens the vault on a thread that may wait, once something else is done there.
    pub(crate) fn open_vault_after(&self, first: impl FnOnce() + Send + 'static) {
        let (keychain, ticks) = (Arc::clone(&self.ports.keychain), self.ticks.clone());
        let folder = self.places.data.clone();
        let name = KeyName::of_vault(PRODUCT, self.places.channel, PROFILE);
        tokio::task::spawn_blocking(move || {
            first();
            let state = Vault::open(&folder, &name, keychain);
            // The engine may have ended meanwhile.
            let _ = ticks.blocking_send(Tick::Vault(state));
        });
    }

    /// Looks whether a locked keychain was unlocked meanwhile.
    pub(crate) fn retry_vault(&mut self) {
        self.with_locked(pop_store::LockedVault::retry);
    }

    /// Lets the keychain ask its user, because the user wants to unlock it.
    pub(crate) fn unlock_vault(&mut self) {
        // While somebody looks anyway, it is asked right after.
        self.unlock_next = matches!(self.secrets, Secrets::Locked(None));
        self.with_locked(pop_store::LockedVault::unlock);
    }

    fn with_locked(
        &mut self,
        again: impl FnOnce(pop_store::LockedVault) -> VaultState + Send + 'static,
    ) {
        let Secrets::Locked(locked) = &mut self.secrets else {
            return;
        };
        let Some(locked) = locked.take() else { return };
        let ticks = self.ticks.clone();
        tokio::task::spawn_blocking(move || {
            // The engine may have ended meanwhile.
            let _ = ticks.blocking_send(Tick::Vault(again(locked)));
        });
    }

    /// Takes the vault: from now on what is kept is sealed on disk, or stays in memory.
    pub(crate) async fn vault_opened(&mut self, state: VaultState) {
        if matches!(self.secrets, Secrets::Opening) {
            self.prune().await;
        }
        match state {
            VaultState::Locked(locked) => {
                let first = !matches!(self.secrets, Secrets::Locked(_));
                self.secrets = Secrets::Locked(Some(locked));
                if first {
                    self.switch_gateway().await;
                    self.settled.send_replace(true);
                    self.reconnect().await;
                }
                if std::mem::take(&mut self.unlock_next) {
                    self.unlock_vault();
                }
                return;
            }
            VaultState::MemoryOnly { vault, reason } => {
                tracing::warn!(%reason, "no keychain: nothing is kept beyond this run");
                let memory_only = Some(reason.to_string());
                self.secrets = Secrets::Open {
                    vault: Arc::new(vault),
                    memory_only,
                };
                self.switch_gateway().await;
            }
            VaultState::Ready(vault) => {
                self.secrets = Secrets::Open {
                    vault: Arc::new(vault),
                    memory_only: None,
                };
                // Who signed in there is who sits here, also for what was kept before.
                self.switch_gateway().await;
                self.settle().await;
            }
        }
        self.prune_events().await;
        self.settled.send_replace(true);
        self.compare_bundle().await;
        self.reconnect().await;
    }

    /// Puts what is in memory into the file, and takes over what is there. A disk that does not take
    /// it is asked again.
    async fn settle(&mut self) {
        let Some(sealer) = self.secrets.vault().map(|vault| vault.sealer()) else {
            return;
        };
        let was_refused = self.settle_at.take().is_some();
        match self.store.run(move |store| store.settle(sealer)).await {
            Ok(()) => {
                if was_refused {
                    self.nothing_kept = None;
                }
                self.take_over().await;
            }
            Err(error) => {
                if !was_refused {
                    tracing::error!(%error, "what is in memory could not be put into the file");
                }
                let again = self.ports.clock.now().after(SETTLE_AGAIN);
                self.settle_at = error.is_of_the_disk().then_some(again);
                self.nothing_kept = Some(error.to_string());
            }
        }
    }

    /// Asks a disk again that did not take what was in memory.
    pub(crate) async fn settle_again(&mut self) {
        let now = self.ports.clock.now();
        if self.settle_at.is_none_or(|at| now < at) {
            return;
        }
        self.settle().await;
        if self.settle_at.is_none() {
            self.prune_events().await;
            self.compare_bundle().await;
            self.reconnect().await;
            self.redraw_banners();
        }
    }

    /// Takes over what earlier runs have kept: the day's history, interactions that already had
    /// their card, and events that were accepted and not handled.
    async fn take_over(&mut self) {
        let since = self.already_since();
        let query = HistoryQuery {
            since,
            limit: MOST_ENTRIES,
            text: None,
            channel: None,
        };
        let kept = self
            .store
            .run(move |store| {
                Ok((
                    store.history(&query)?,
                    store.recent_keys(since)?,
                    store.pending_events()?,
                    store.saved_copies()?,
                ))
            })
            .await;
        let (history, recent, pending, copies) = match kept {
            Ok(kept) => kept,
            Err(error) => {
                tracing::error!(%error, "earlier interactions cannot be read");
                self.nothing_kept = Some(error.to_string());
                return;
            }
        };
        self.day.fill(history);
        self.keep_cards().await;
        let on_screen = |key: &InteractionKey| {
            let mut pops = self.desk.pops().iter();
            pops.any(|pop| pop.key.as_ref() == Some(key))
        };
        let (mut already, mut left) = (Vec::new(), Vec::new());
        for recent in recent.into_iter().filter(|recent| !on_screen(&recent.key)) {
            let (key, opened) = (recent.key, recent.opened);
            match recent.ended.filter(|_| recent.phase == Phase::Declined) {
                Some(at) => left.push(Left { key, at, opened }),
                None => already.push(key),
            }
        }
        self.desk_input(Input::Policy(self.desk_policy(already)))
            .await;
        self.desk_input(Input::Left(left)).await;
        self.desk_input(Input::Copies(copies)).await;
        self.take_over_writes().await;
        self.take_over_pins().await;
        for event in pending {
            let events = pop_source::kept::read(&event.event, &self.phone_rules);
            if events.is_none() {
                tracing::warn!("an event that was kept could not be read again");
            }
            let events = events.unwrap_or_default();
            if self.ports.clock.now().since(event.at) > EVENTS_KEPT {
                self.give_up(&events).await;
                continue;
            }
            self.over_before(&events);
            let arrived = Arrived {
                received: event.at,
                steps: Steps::default(),
            };
            self.events(events, Some(event.ticket), arrived).await;
        }
    }
}
