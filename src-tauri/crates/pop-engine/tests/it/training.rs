//! The embedded CRM: a real one, whose start can be held up.

use async_trait::async_trait;
use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use pop_engine::ports::{Access, Training};
use pop_sandbox::{Options, Sandbox};
use tokio::sync::{Mutex, watch};

const TOKEN: &str = "token-of-the-embedded-crm";

pub(crate) struct Embedded {
    may_start: watch::Sender<bool>,
    running: Mutex<Option<Sandbox>>,
}

impl Embedded {
    pub(crate) fn new() -> Self {
        Self {
            may_start: watch::Sender::new(true),
            running: Mutex::default(),
        }
    }

    pub(crate) fn hold(&self) {
        self.may_start.send_replace(false);
    }

    pub(crate) fn release(&self) {
        self.may_start.send_replace(true);
    }
}

#[async_trait]
impl Training for Embedded {
    async fn start(&self) -> Result<Access, String> {
        let mut may_start = self.may_start.subscribe();
        let held = may_start.wait_for(|may| *may).await.map(|_| ());
        held.map_err(|error| error.to_string())?;
        let mut running = self.running.lock().await;
        if running.is_none() {
            *running = Some(serve(TOKEN).await);
        }
        let origin = running.as_ref().expect("just started").origin();
        let port = origin.rsplit(':').next().and_then(|port| port.parse().ok());
        Ok(Access {
            origin: LoopbackOrigin::of_own_sandbox(port.ok_or("no port")?),
            token: Secret::new(TOKEN.to_owned()),
        })
    }

    async fn stop(&self) {
        if let Some(sandbox) = self.running.lock().await.take() {
            sandbox.stop().await;
        }
    }
}

/// A CRM with the known customers alone.
pub(crate) async fn serve(token: &str) -> Sandbox {
    let mut options = Options::new(token);
    options.customers = 10;
    Sandbox::start(options).await.expect("the CRM starts")
}
