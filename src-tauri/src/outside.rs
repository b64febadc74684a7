//! Joins the windows, the system's signals and the settings that concern them.
//!
//! What follows from an event is `attention.rs`; how a window stands is `window`.

use std::sync::Arc;

use pop_core::attention::{CurtainSignal, InView, Signal};
use pop_core::desk::At;
use pop_core::settings::{Dock, Settings};
use pop_engine::Engine;
use pop_wire::{AskView, PopRequest};
use tauri::{AppHandle, Manager, WebviewWindow, WindowEvent};
use tauri_plugin_autostart::ManagerExt as _;

use crate::commands::outside;
use crate::desktop::Screen;
use crate::notice::Acted;
use crate::window::geometry::Geometry;
use crate::{system, window};

/// Begins to hear of the window, the screen and the hands; called once, when all is there.
pub(crate) fn begin(app: &AppHandle, screen: &Arc<Screen>) {
    let Some(window) = app.get_webview_window(window::MAIN) else {
        return;
    };
    let hearing = app.clone();
    let own = window.clone();
    window.on_window_event(move |event| heard(&hearing, &own, event));
    let watching = Arc::clone(screen);
    system::watch_lock(move |locked| watching.curtain(CurtainSignal::Screen { locked }));
    screen.watch_hands();
    let asking = Arc::clone(screen);
    tauri::async_runtime::spawn_blocking(move || {
        asking.learn(system::can());
    });
}

/// Carries out what new settings say about the window; `before` is absent at the start.
pub(crate) fn follow(app: &AppHandle, before: Option<&Settings>, now: &Settings) {
    window::keep_on_top(app, now.appearance.always_on_top);
    let docked = before.map(|before| before.window.dock);
    if docked.unwrap_or(Dock::Free) != now.window.dock {
        dock(app, now.window.dock);
    }
    let hidden = before.map(|before| before.privacy.no_capture);
    if hidden.unwrap_or(false) != now.privacy.no_capture {
        window::keep_from_captures(app, now.privacy.no_capture);
    }
    let starts = before.map(|before| before.window.start_at_sign_in);
    if starts.unwrap_or(false) != now.window.start_at_sign_in {
        start_at_sign_in(app, now.window.start_at_sign_in);
    }
}

/// What the agent did with a notification of the system.
pub(crate) fn take(app: &AppHandle, at: At, acted: Acted) {
    let screen = app.state::<Arc<Screen>>().inner().clone();
    match acted {
        Acted::Show => outside::show(app, &screen, at.pop.0),
        Acted::Closed => screen.signal(Signal::NoticeOver(at.pop)),
        Acted::Open => {
            let engine = app.state::<Engine>().inner().clone();
            tauri::async_runtime::spawn(async move {
                let request = PopRequest {
                    pop: at.pop.0,
                    generation: at.generation,
                };
                if let Err(fault) = outside::open(&engine, request).await {
                    tracing::info!(code = fault.code, "a notice came too late");
                }
            });
        }
    }
}

fn heard(app: &AppHandle, window: &WebviewWindow, event: &WindowEvent) {
    let screen = app.state::<Arc<Screen>>();
    if let WindowEvent::Focused(gained) = event {
        if *gained {
            screen.signal(Signal::Window(InView::Focused));
        } else {
            app.state::<Geometry>().remember(window);
        }
    } else if let WindowEvent::CloseRequested { api, .. } = event {
        api.prevent_close();
        app.state::<Geometry>().remember(window);
        close(app, &screen);
    }
}

/// The close button: the agent is told once what it does, then it does it.
fn close(app: &AppHandle, screen: &Screen) {
    let tray = screen.window_view().can.tray;
    if app.state::<Geometry>().told_of_closing() {
        window::put_away(app, tray);
    } else {
        screen.change_window(|window| window.asks = Some(AskView::Close { tray }));
    }
}

fn dock(app: &AppHandle, side: Dock) {
    let Some(window) = app.get_webview_window(window::MAIN) else {
        return;
    };
    if let Err(error) = app.state::<Geometry>().dock(&window, side) {
        tracing::warn!(%error, "the window could not be docked");
    }
}

fn start_at_sign_in(app: &AppHandle, wanted: bool) {
    let starting = app.autolaunch();
    let done = if wanted {
        starting.enable()
    } else {
        starting.disable()
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the start at sign-in could not be changed");
    }
}
