//! The embedded sandbox CRM behind the engine's port, and the interactions it can simulate.

use std::fmt::Write as _;
use std::path::PathBuf;

use async_trait::async_trait;
use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use pop_engine::ports::{Access, Training};
use pop_sandbox::{Options, Sandbox, Scene};
use tokio::sync::Mutex;

/// The sandbox of this process, while it runs.
pub(crate) struct EmbeddedSandbox {
    database: PathBuf,
    running: Mutex<Option<Running>>,
}

struct Running {
    sandbox: Sandbox,
    token: String,
}

impl EmbeddedSandbox {
    /// A sandbox that keeps its customers in a folder.
    pub(crate) fn new(folder: &std::path::Path) -> Self {
        Self {
            database: folder.join("sandbox.db"),
            running: Mutex::new(None),
        }
    }

    /// Switches the fault that a scene needs; whether the sandbox runs.
    pub(crate) async fn set_scene(&self, scene: Scene) -> bool {
        let running = self.running.lock().await;
        if let Some(running) = running.as_ref() {
            running.sandbox.set_fault(scene.fault());
        }
        running.is_some()
    }
}

#[async_trait]
impl Training for EmbeddedSandbox {
    async fn start(&self) -> Result<Access, String> {
        let mut running = self.running.lock().await;
        if running.is_none() {
            let token = token()?;
            if let Some(folder) = self.database.parent() {
                std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
            }
            let mut options = Options::new(token.clone());
            options.database = Some(self.database.clone());
            let sandbox = Sandbox::start(options)
                .await
                .map_err(|error| error.to_string())?;
            *running = Some(Running { sandbox, token });
        }
        let running = running.as_ref().ok_or("the sandbox has ended")?;
        let origin = running.sandbox.origin();
        let port = origin.rsplit(':').next().and_then(|port| port.parse().ok());
        Ok(Access {
            origin: LoopbackOrigin::of_own_sandbox(port.ok_or("the sandbox has no port")?),
            token: Secret::new(running.token.clone()),
        })
    }

    async fn stop(&self) {
        if let Some(running) = self.running.lock().await.take() {
            running.sandbox.stop().await;
        }
    }
}

/// A token for this run.
fn token() -> Result<String, String> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
