//! Simulates an interaction in the sandbox: the scene's own event takes the way of every event.

use pop_core::refusal::Refusal;
use std::time::Duration;

use pop_core::interaction::AgentRef;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_engine::Engine;
use pop_sandbox::Scene;
use pop_source::canonical::{self, Arrival, Framing};

use crate::training::EmbeddedSandbox;

/// How long it rings before the agent accepts.
const RINGS: Duration = Duration::from_millis(1_200);

/// Lets a scene happen: it is offered, and accepted a moment later.
///
/// # Errors
/// When the sandbox does not run.
pub(crate) async fn run(
    engine: &Engine,
    sandbox: &EmbeddedSandbox,
    scene: Scene,
) -> Result<(), Refusal> {
    if !sandbox.set_scene(scene).await {
        return Err(Refusal::SandboxOff);
    }
    let id = pop_source::signature::new_delivery_id()
        .map_err(|error| Refusal::System(error.to_string()))?;
    deliver(engine, scene, &id, "offered").await?;
    let engine = engine.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(RINGS).await;
        if let Err(refused) = deliver(&engine, scene, &id, "accepted").await {
            tracing::warn!(why = ?refused, "the simulated interaction was not accepted");
        }
    });
    Ok(())
}

async fn deliver(engine: &Engine, scene: Scene, id: &str, what: &str) -> Result<(), Refusal> {
    let received = now();
    let event = scene.event(id, &format!("{id}:{what}"), what, &received.rfc3339());
    let arrival = Arrival {
        received,
        delivery_id: None,
        traceparent: None,
    };
    let events = canonical::read(
        &Framing::Structured,
        event.to_string().as_bytes(),
        arrival,
        &PhoneRules::default(),
    )
    .map_err(|fault| Refusal::System(fault.to_string()))?;
    for mut event in events {
        // A scene is for whoever sits here, whatever the settings call them.
        event.agent = AgentRef::default();
        engine.deliver(event, received).await;
    }
    Ok(())
}

fn now() -> Moment {
    use pop_core::clock::Clock as _;
    pop_crm::SystemClock.now()
}
