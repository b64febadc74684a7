//! The desktop app: puts the engine behind a window, a tray icon and the system's doors.
//!
//! Nothing is decided here: what happens is the desk's and the engine's business, what it looks
//! like the window's. This file says in which order things start and end.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod again;
mod attention;
mod audit;
mod clicked;
mod commands;
mod definitions;
mod deliveries;
mod desktop;
mod doctor;
mod environment;
mod gateway;
mod hotkeys;
mod insight;
mod keychain;
mod leaving;
mod logging;
mod network;
mod notice;
mod opener;
mod organisation;
mod outside;
#[cfg(test)]
mod packaging;
mod saved;
mod simulate;
mod system;
mod training;
mod tray;
mod window;
mod writing;

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use pop_crm::SystemClock;
use pop_engine::Engine;
use pop_engine::ports::Ports;
use tauri::{App, AppHandle, Manager, RunEvent};
use tauri_plugin_deep_link::DeepLinkExt as _;

use crate::desktop::Screen;
use crate::hotkeys::Hotkeys;
use crate::keychain::SystemKeychain;
use crate::leaving::Leaving;
use crate::network::SystemNetwork;
use crate::notice::Notices;
use crate::training::EmbeddedSandbox;
use crate::window::geometry::Geometry;
use crate::window::{AgentAsked, Raise};

fn main() {
    let removed = environment::clean();
    let tried = environment::tried();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, _folder| {
                take_arguments(app, arguments.into_iter().skip(1).collect());
            },
        ))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(hotkeys::plugin())
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .arg("--hidden")
                .build(),
        )
        .invoke_handler(tauri::generate_handler![
            commands::outside::answer,
            commands::outside::compact,
            commands::outside::copy_id,
            commands::outside::copy_link,
            commands::outside::lift_curtain,
            commands::outside::notice_drawn,
            commands::outside::notice_open,
            commands::outside::notice_over,
            commands::outside::notice_show,
            commands::outside::notice_subscribe,
            commands::outside::pause,
            audit::write_audit,
            insight::dry_run,
            insight::evidence,
            insight::explain,
            insight::flight,
            insight::mappings,
            insight::save_evidence,
            insight::save_flight,
            commands::already_there,
            commands::cancel_sign_in,
            commands::close,
            commands::connect,
            commands::definitions,
            commands::forget,
            commands::history,
            commands::not_this_person,
            commands::open_record,
            commands::open_search,
            commands::painted,
            commands::pin,
            commands::reopen,
            commands::followed_up,
            commands::retry,
            commands::search,
            commands::seen,
            commands::set_setting,
            commands::simulate,
            commands::subscribe,
            commands::test_connection,
            commands::unlock_keychain,
            commands::use_customer,
            deliveries::deliveries,
            deliveries::discard_delivery,
            deliveries::resend_delivery,
            doctor::diagnose,
            doctor::open_help,
            gateway::gateway_broker,
            gateway::gateway_proxy,
            gateway::gateway_sign_in,
            gateway::gateway_sign_out,
            gateway::gateway_try,
            organisation::join_organisation,
            organisation::leave_organisation,
            organisation::look_at_organisation,
            writing::discard,
            writing::draft,
            writing::extend_wrap_up,
            writing::form,
            writing::resend,
            writing::similar_case,
            writing::undo,
            writing::wrap_up,
            writing::write,
            writing::write_form,
        ])
        .setup(move |app| start(app, &removed))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(|app, event| at_its_end(app, &event)),
        Err(error) => {
            again::start(&error, tried);
            tracing::error!(%error, "the app cannot start");
            // The log may not have begun.
            let _ = writeln!(std::io::stderr(), "Screenpop cannot start: {error}");
            std::process::exit(1);
        }
    }
}

/// Holds the end where the agent must be asked, and stops in order.
fn at_its_end(app: &AppHandle, event: &RunEvent) {
    if let RunEvent::ExitRequested { api, .. } = event
        && leaving::holds(app)
    {
        api.prevent_exit();
    }
    if let RunEvent::Exit = event
        && let Some(engine) = app.try_state::<Engine>()
    {
        tauri::async_runtime::block_on(engine.stop());
    }
}

fn start(app: &mut App, removed: &[&'static str]) -> Result<(), Box<dyn Error>> {
    let handle = app.handle().clone();
    let places = environment::places(&handle)?;
    logging::start(&places.data.join("logs"));
    for name in removed {
        tracing::warn!(name, "an environment variable was removed");
    }
    // Another part of the process may have chosen one already; any is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let screen = Arc::new(Screen::new(handle.clone()));
    let sandbox = Arc::new(EmbeddedSandbox::new(&places.data));
    let ports = Ports {
        clock: Arc::new(SystemClock),
        network: Arc::new(SystemNetwork),
        keychain: Arc::new(SystemKeychain),
        desktop: Arc::clone(&screen) as _,
        training: Arc::clone(&sandbox) as _,
    };
    let geometry = Geometry::read(places.data.join("window.json"));
    let begin = geometry.begin(&handle);
    app.manage(geometry);
    app.manage(Hotkeys::default());
    let acting = handle.clone();
    app.manage(Notices::new(move |at, acted| {
        outside::take(&acting, at, acted);
    }));
    app.manage(Arc::clone(&screen));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // First, because the webview's own processes start while the engine does. Nothing that the page
    // asks is heard before this function is over.
    window::build(&handle, begin, arguments == ["--hidden"])?;
    let engine = tauri::async_runtime::block_on(async { Engine::start(ports, places) })?;
    app.manage(engine);
    app.manage(sandbox);
    app.manage(Leaving::default());
    app.manage(insight::Previewed::default());
    if let Err(error) = tray::build(&handle, screen.spoken()) {
        tracing::warn!(%error, "the desktop has no tray");
    }
    outside::begin(&handle, &screen);
    let links = handle.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            take_arguments(&links, vec![url.into()]);
        }
    });
    if !arguments.is_empty() {
        take_arguments(&handle, arguments);
    }
    Ok(())
}

/// Passes a command line to the core, and brings the window up as it says.
fn take_arguments(app: &AppHandle, arguments: Vec<String>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let engine = app.state::<Engine>().inner().clone();
        match engine.arguments(arguments).await {
            pop_engine::Raise::Stay => {}
            pop_engine::Raise::Show => window::bring_up(&app, Raise::Show),
            pop_engine::Raise::Focus => {
                window::bring_up(&app, Raise::Focus(AgentAsked::Start));
            }
        }
    });
}
