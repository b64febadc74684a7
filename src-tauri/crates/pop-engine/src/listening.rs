//! The loopback listener as part of the engine: switched by the settings, with the file that tells
//! this user's own tools where it is.

use std::sync::Arc;

use pop_core::secret::Secret;
use pop_core::status::ListenerStatus;
use pop_source::listener::{ListenAddress, Listener, ListenerConfig};
use pop_source::runtime_file::{Published, RuntimeFile};
use pop_source::signature::{Sender, SenderKeys, VerifyKey, new_secret};
use pop_source::source::State;

use crate::ports::Places;
use crate::room::Room;
use crate::sources::Running;

/// The name under which this user's own tools send.
const OWN_TOOLS: &str = "local";

impl Room {
    /// Listens as the settings say, and no longer as they said before.
    pub(crate) async fn switch_listener(&mut self) {
        // The file goes first: nobody is told where nobody listens.
        self.published = None;
        if let Some(listener) = self.sources.listener.take() {
            listener.stop().await;
        }
        if !self.status.settings.listener.enabled {
            self.status.listener = ListenerStatus::Off;
            return;
        }
        match self.listen().await {
            Ok(()) => self.note_listener(),
            Err(why) => {
                tracing::warn!(%why, "the listener does not listen");
                self.status.listener = ListenerStatus::Failed(why);
            }
        }
    }

    /// Starts to listen with a secret made for this run.
    async fn listen(&mut self) -> Result<(), String> {
        let secret = new_secret().map_err(|fault| fault.to_string())?;
        let key = VerifyKey::parse(&secret).map_err(|fault| fault.to_string())?;
        let sender = Sender::new(OWN_TOOLS, vec![key]).map_err(|fault| fault.to_string())?;
        let keys = SenderKeys::new(vec![sender]).map_err(|fault| fault.to_string())?;
        let address = ListenAddress::ipv4(self.status.settings.listener.port);
        let config = ListenerConfig::new(address, keys, self.phone_rules.clone());
        let (sink, open) = self.sink();
        let listener = Listener::start(config, Arc::clone(&self.ports.clock), sink)
            .await
            .map_err(|fault| fault.to_string())?;
        self.published = publish(listener.address().port(), secret, &self.places)?;
        self.sources.listener = Some(Running::new(Arc::new(listener), open));
        Ok(())
    }

    /// Takes over what the listener says of itself.
    pub(crate) fn note_listener(&mut self) {
        let Some(listener) = &self.sources.listener else {
            return;
        };
        let health = listener.source.health();
        let (State::Hearing { place, .. }
        | State::Connecting { place }
        | State::Deaf { place, .. }) = health.state;
        self.status.listener = ListenerStatus::On {
            address: place,
            accepted: health.accepted,
            last: self.last_event,
        };
    }
}

fn publish(port: u16, secret: Secret, places: &Places) -> Result<Option<Published>, String> {
    let Some(path) = &places.runtime else {
        return Ok(None);
    };
    RuntimeFile { port, secret }
        .publish(path)
        .map(Some)
        .map_err(|fault| fault.to_string())
}
