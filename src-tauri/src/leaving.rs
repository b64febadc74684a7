//! Quitting: the engine is asked first, because on a computer that keeps nothing something may be
//! lost. If so the window comes up, where a banner says what; quitting once more goes through.

use std::sync::atomic::{AtomicBool, Ordering};

use pop_engine::Engine;
use tauri::{AppHandle, Manager};

use crate::window::{self, AgentAsked, Raise};

/// Whether the engine let the agent go, so that the next request to quit goes through.
#[derive(Default)]
pub(crate) struct Leaving(AtomicBool);

/// Whether quitting is to wait for the engine, which is asked then.
pub(crate) fn holds(app: &AppHandle) -> bool {
    let (Some(leaving), Some(engine)) = (app.try_state::<Leaving>(), app.try_state::<Engine>())
    else {
        return false;
    };
    if leaving.0.load(Ordering::SeqCst) {
        return false;
    }
    let (app, engine) = (app.clone(), engine.inner().clone());
    tauri::async_runtime::spawn(async move {
        match engine.leave().await {
            Ok(()) => {
                app.state::<Leaving>().0.store(true, Ordering::SeqCst);
                app.exit(0);
            }
            Err(refused) => {
                tracing::warn!(code = refused.code, "quitting would lose what was not sent");
                window::bring_up(&app, Raise::Focus(AgentAsked::Tray));
            }
        }
    });
    true
}
