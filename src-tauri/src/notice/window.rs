//! The notice's own window: made when it is first needed, never focusable, above all others.

use pop_core::attention::place::{Area, NOTICE};
use pop_core::language::Language;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::window::{self, geometry};

/// The label of the notice's window.
pub(crate) const LABEL: &str = "notice";

/// A notice is drawn before its height is known.
const USUAL_HEIGHT: i32 = 170;

/// Makes the window, hidden, unless it is there; the page shows it when it has drawn the notice.
pub(super) fn prepare(app: &AppHandle) {
    if app.get_webview_window(LABEL).is_some() {
        return;
    }
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        if handle.get_webview_window(LABEL).is_some() {
            return;
        }
        if let Err(error) = build(&handle) {
            tracing::warn!(%error, "there is no window for notices");
        }
    });
    if let Err(error) = asked {
        tracing::warn!(%error, "there is no window for notices");
    }
}

/// The page has drawn a notice of this height: it is put in its place and shown.
pub(crate) fn drawn(app: &AppHandle, height: u32, language: Language) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    let height = i32::try_from(height).unwrap_or(USUAL_HEIGHT);
    let shown = geometry::work_area(app)
        .map_or(Ok(()), |(work, _)| {
            let area = work.notice(height.clamp(1, work.height), language.is_right_to_left());
            geometry::put(&window, area)
        })
        .and_then(|()| window.show());
    if let Err(error) = shown {
        tracing::warn!(%error, "the notice could not be shown");
    }
}

/// Takes the window away.
pub(super) fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    if let Err(error) = window.hide() {
        tracing::warn!(%error, "the notice could not be hidden");
    }
}

fn build(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let size = Area {
        x: 0,
        y: 0,
        width: NOTICE,
        height: USUAL_HEIGHT,
    };
    // Not kept from being resized: GTK lets a window that is never grow smaller again. A notification
    // has no edges that a person could drag.
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("notice.html".into()))
        .title("Screenpop notice")
        .inner_size(f64::from(size.width), f64::from(size.height))
        .decorations(false)
        .shadow(true)
        .visible(false)
        .focused(false)
        .focusable(false)
        .always_on_top(true)
        .skip_taskbar(true)
        .on_navigation(window::is_own)
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
        .build()?;
    as_notification(&window);
    Ok(window)
}

/// Window managers give a notification no keyboard and no place in their lists.
#[cfg(target_os = "linux")]
fn as_notification(window: &WebviewWindow) {
    use gtk::prelude::GtkWindowExt as _;
    match window.gtk_window() {
        Ok(gtk) => {
            gtk.set_type_hint(gtk::gdk::WindowTypeHint::Notification);
            gtk.set_focus_on_map(false);
            gtk.set_accept_focus(false);
        }
        Err(error) => tracing::warn!(%error, "the notice may take focus when it is shown"),
    }
}

/// Elsewhere a window that is not focusable is enough.
#[cfg(not(target_os = "linux"))]
fn as_notification(_window: &WebviewWindow) {}
