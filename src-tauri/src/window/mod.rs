//! The main window: made once, brought up without taking focus, never navigated away.
//!
//! No event gives it the keyboard: [`AgentAsked`] is the only way there, and is made where the
//! agent's own click, key or second start arrives.

pub(crate) mod geometry;

use pop_core::attention::InView;
use pop_core::attention::place::{Area, LOWEST, NARROWEST};
use tauri::utils::config::BackgroundThrottlingPolicy;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager, Url, UserAttentionType, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};

use crate::system;

/// The label of the main window.
pub(crate) const MAIN: &str = "main";

/// The title, by which the window is found again among those of the system.
pub(crate) const TITLE: &str = "Screenpop";

/// How the window comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raise {
    /// Shown, but the agent goes on typing where they are.
    Show,
    /// Shown and focused: the agent asked for it.
    Focus(AgentAsked),
}

/// What the agent did themselves to have the window; nothing else gives it the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentAsked {
    /// Chose it in the tray.
    Tray,
    /// Pressed the key they had set for it.
    Hotkey,
    /// Clicked in a notice.
    Notice,
    /// Started the program again.
    Start,
}

/// Makes the window.
///
/// # Errors
/// When the system has no webview.
pub(crate) fn build(app: &AppHandle, begin: Area, hidden: bool) -> tauri::Result<WebviewWindow> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title(TITLE)
        .inner_size(f64::from(begin.width), f64::from(begin.height))
        .min_inner_size(f64::from(NARROWEST), f64::from(LOWEST))
        .visible(!hidden)
        .focused(!hidden)
        // A hidden window must be painted the moment it comes up.
        .background_throttling(BackgroundThrottlingPolicy::Disabled)
        .zoom_hotkeys_enabled(true)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let placed = (begin.x, begin.y) != (0, 0);
    let builder = if placed {
        builder.position(f64::from(begin.x), f64::from(begin.y))
    } else {
        builder
    };
    let window = builder.build()?;
    quiet_mapping(&window);
    Ok(window)
}

/// Only the app's own pages (rule V4).
pub(crate) fn is_own(url: &Url) -> bool {
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
        Raise::Focus(_) => window.unminimize().and_then(|()| focus(&window)),
    });
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought up");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one door of focus: the agent asked for the window"
)]
fn focus(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_focus()
}

/// How much of the window the agent sees. Asks the system: belongs on a thread for waiting.
pub(crate) fn in_view(app: &AppHandle) -> InView {
    let Some(window) = app.get_webview_window(MAIN) else {
        return InView::Hidden;
    };
    let out_of_sight =
        !window.is_visible().unwrap_or(false) || window.is_minimized().unwrap_or(false);
    if out_of_sight {
        InView::Hidden
    } else if window.is_focused().unwrap_or(false) {
        InView::Focused
    } else if system::is_covered(TITLE).unwrap_or(true) {
        InView::Covered
    } else {
        InView::Visible
    }
}

/// Takes the window out of sight: into the tray, or minimised where there is none.
pub(crate) fn put_away(app: &AppHandle, tray: bool) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let away = if tray {
        window.hide()
    } else {
        window.minimize()
    };
    if let Err(error) = away {
        tracing::warn!(%error, "the window could not be put away");
    }
}

/// Shows how many interactions wait for the agent, where the desktop has a place for it.
pub(crate) fn badge(app: &AppHandle, count: usize) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let count = i64::try_from(count).ok().filter(|count| *count > 0);
    if let Err(error) = window.set_badge_count(count) {
        tracing::debug!(%error, "the desktop has no badge");
    }
}

/// Lets the taskbar ask for the agent, or no longer; never in a way that takes the keyboard.
pub(crate) fn call(app: &AppHandle, calls: bool) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let kind = calls.then_some(UserAttentionType::Informational);
    if let Err(error) = window.request_user_attention(kind) {
        tracing::debug!(%error, "the desktop has no attention to give");
    }
}

/// Leaves the window out of screen captures, or not; some systems cannot.
pub(crate) fn keep_from_captures(app: &AppHandle, wanted: bool) {
    for window in app.webview_windows().values() {
        if let Err(error) = window.set_content_protected(wanted) {
            tracing::warn!(%error, "the window cannot be left out of captures");
        }
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
