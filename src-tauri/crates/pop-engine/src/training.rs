//! The embedded CRM as part of the engine: switched on and off by the settings.

use std::sync::Arc;

use crate::connections::Sandbox;
use crate::ports::Access;
use crate::room::Room;
use crate::tick::Tick;

impl Room {
    pub(crate) fn switch_sandbox(&mut self) {
        let (training, ticks) = (Arc::clone(&self.ports.training), self.ticks.clone());
        if self.status.settings.sandbox.enabled {
            self.sandbox = Sandbox::Starting;
            tokio::spawn(async move {
                // The engine may have ended meanwhile.
                let _ = ticks.send(Tick::Training(training.start().await)).await;
            });
        } else {
            self.sandbox = Sandbox::Off;
            tokio::spawn(async move { training.stop().await });
        }
    }

    pub(crate) async fn sandbox_started(&mut self, access: Result<Access, String>) {
        if !self.status.settings.sandbox.enabled {
            return;
        }
        self.sandbox = match access {
            Ok(access) => Sandbox::Running(access),
            Err(why) => {
                tracing::error!(%why, "the sandbox does not run");
                Sandbox::Failed
            }
        };
        self.reconnect().await;
    }
}
