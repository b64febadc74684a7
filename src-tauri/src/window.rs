//! The main window: made once, brought up without taking focus, never navigated away.

use tauri::utils::config::BackgroundThrottlingPolicy;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

/// The label of the main window.
pub(crate) const MAIN: &str = "main";

/// How the window comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raise {
    /// Shown, but the agent goes on typing where they are.
    Show,
    /// Shown and focused: the agent asked for it.
    Focus,
}

/// Makes the window.
///
/// # Errors
/// When the system has no webview.
pub(crate) fn build(app: &AppHandle, hidden: bool) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Screenpop")
        .inner_size(420.0, 780.0)
        .min_inner_size(360.0, 480.0)
        .visible(!hidden)
        .focused(!hidden)
        // A hidden window must be painted the moment it comes up.
        .background_throttling(BackgroundThrottlingPolicy::Disabled)
        .zoom_hotkeys_enabled(true)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let hiding = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            if let Err(error) = hiding.hide() {
                tracing::warn!(%error, "the window could not be hidden");
            }
        }
    });
    quiet_mapping(&window);
    Ok(window)
}

/// Only the app's own pages (rule V4).
fn is_own(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" | "isolation" => true,
        "http" | "https" => {
            matches!(
                url.host_str(),
                Some("tauri.localhost" | "isolation.localhost")
            )
        }
        "about" => url.as_str() == "about:blank",
        _ => false,
    };
    if !own {
        tracing::warn!("the window was kept from leaving the app");
    }
    own
}

/// Brings the window up.
pub(crate) fn bring_up(app: &AppHandle, raise: Raise) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window.show().and_then(|()| match raise {
        Raise::Show => Ok(()),
        Raise::Focus => window.unminimize().and_then(|()| window.set_focus()),
    });
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought up");
    }
}

/// Keeps the window above others, or not.
pub(crate) fn keep_on_top(app: &AppHandle, wanted: bool) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    if window.is_always_on_top().is_ok_and(|now| now == wanted) {
        return;
    }
    if let Err(error) = window.set_always_on_top(wanted) {
        tracing::warn!(%error, "the window could not be kept on top");
    }
}

/// From now on showing the window does not take the focus from where the agent types.
#[cfg(target_os = "linux")]
fn quiet_mapping(window: &WebviewWindow) {
    use gtk::prelude::GtkWindowExt as _;
    match window.gtk_window() {
        Ok(gtk) => gtk.set_focus_on_map(false),
        Err(error) => tracing::warn!(%error, "the window may take focus when it is shown"),
    }
}

/// Elsewhere the system shows windows without focus when asked to.
#[cfg(not(target_os = "linux"))]
fn quiet_mapping(_window: &WebviewWindow) {}
