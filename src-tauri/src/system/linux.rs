//! Linux: the X server where there is one, the session bus otherwise.

use std::time::Duration;

use gtk::gio::prelude::SettingsExt as _;
use pop_wire::CanView;

use crate::system::{bus, x11};

/// How long nothing was typed or clicked anywhere on this computer.
pub(crate) fn since_input() -> Option<Duration> {
    if is_wayland() {
        bus::since_input()
    } else {
        x11::since_input()
    }
}

/// Whether the user presents or does not want to be disturbed.
pub(crate) fn wants_quiet() -> Option<bool> {
    let answers = [hides_banners(), bus::inhibits_notices()];
    let told: Vec<bool> = answers.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.contains(&true))
}

/// Whether other windows cover a window of ours with this title.
pub(crate) fn is_covered(title: &str) -> Option<bool> {
    if is_wayland() {
        return None;
    }
    x11::is_covered(title)
}

/// Hears of every time the screen is locked or unlocked, or another user comes to the front.
pub(crate) fn watch_lock(heard: impl Fn(bool) + Clone + Send + 'static) {
    bus::watch_lock(heard);
}

/// What this desktop can do.
pub(crate) fn can() -> CanView {
    let wayland = is_wayland();
    CanView {
        tray: bus::has_tray() || x11::has_tray(),
        place: !wayland,
        notice: !wayland,
        idle: since_input().is_some(),
        quiet: wants_quiet().is_some(),
        lock: bus::is_there(),
        capture: false,
    }
}

fn is_wayland() -> bool {
    let told = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced_x11 = std::env::var_os("GDK_BACKEND").is_some_and(|backend| backend == "x11");
    told("WAYLAND_DISPLAY") && !forced_x11
}

/// GNOME's “Do Not Disturb”, where its settings are installed.
fn hides_banners() -> Option<bool> {
    const SCHEMA: &str = "org.gnome.desktop.notifications";
    gtk::gio::SettingsSchemaSource::default()?.lookup(SCHEMA, true)?;
    Some(!gtk::gio::Settings::new(SCHEMA).boolean("show-banners"))
}
