//! Devices of agents who are not in the directory any more: their logins go from the broker.
//!
//! Looked after when the gateway starts and whenever its settings are read again. Only what the
//! gateway made itself is removed, and an agent's devices all at once: a broker that does not answer
//! is asked again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use crate::broker::control::NoAnswer;
use crate::config::Enrols;
use crate::enrolment::dynsec::{self, Refused};
use crate::server::Server;

/// How long until a broker that did not do it is asked again.
const AGAIN: Duration = Duration::from_secs(5);

/// Removes them whenever the directory may have changed.
pub(crate) async fn remove(server: Arc<Server>) {
    loop {
        server.directory_read.notified().await;
        while let Err(refused) = sweep(&server).await {
            if refused != Refused::NoAnswer(NoAnswer::Away) {
                tracing::warn!(?refused, "devices of former agents could not be removed");
            }
            sleep(AGAIN).await;
        }
    }
}

async fn sweep(server: &Server) -> Result<(), Refused> {
    let config = server.config();
    if config.enrolment.is_none() || config.broker.enrols != Enrols::Mosquitto {
        return Ok(());
    }
    for agent in dynsec::agents(&server.control, &config.tenant).await? {
        // Nobody is entered meanwhile, and who has come back by now stays.
        let _turn = server.entering.lock().await;
        if server.config().directory.has(&agent) {
            continue;
        }
        let removed = dynsec::forget(&server.control, &config.tenant, &agent).await?;
        if let Some(devices) = removed {
            let labels = [("outcome", "agent_left")];
            let count = u64::try_from(devices).unwrap_or(u64::MAX);
            server.metrics.count("enrolments_total", &labels, count);
            tracing::info!(agent, devices, "the devices of a former agent were removed");
        }
    }
    Ok(())
}
