//! The environment of the process: what it may not be steered by, and where its files lie.
//!
//! The variables that are read are named here and nowhere else.

use std::path::PathBuf;

use pop_core::language::Language;
use pop_engine::ports::Places;
use pop_source::runtime_file;
use tauri::{AppHandle, Manager};

use crate::clicked::Addresses;

/// The profile folder in place of the user's own: settings and data of a try-out or a test.
const PROFILE: &str = "SCREENPOP_PROFILE";

/// With `1`, the way of each card is printed as a line of JSON.
const TIMELINE: &str = "SCREENPOP_TIMELINE";

/// How often this start was tried before; set by the program for itself.
const TRIED: &str = "SCREENPOP_TRIED";

/// Where the machine policy's file lies: in a folder that administrators alone can write. Where the
/// system keeps policies itself, what it keeps is looked at first.
const POLICY: &str = if cfg!(windows) {
    r"C:\Program Files\Screenpop\policy\settings.jsonc"
} else if cfg!(target_os = "macos") {
    "/Library/Application Support/Screenpop/settings.jsonc"
} else {
    "/etc/screenpop/settings.jsonc"
};

/// The machine policy's file in place of the machine's own; only in builds for tests, because who
/// runs the program could weaken it.
const OTHER_POLICY: &str = "SCREENPOP_POLICY";

/// Variables that could steer the webview, its inspector, TLS or the choice of browser (V7, U6).
const REMOVED: &[&str] = &[
    "BROWSER",
    "GTK_DEBUG",
    "GTK_MODULES",
    "JSC_useRemoteInspector",
    "SSLKEYLOGFILE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
    "WEBVIEW2_USER_DATA_FOLDER",
    "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
];

/// What lets a driver steer the webview; left alone only in builds for tests.
const AUTOMATION: &[&str] = &["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER"];

/// Removes what may not steer the process. To be called first, while there is one thread.
pub(crate) fn clean() -> Vec<&'static str> {
    let driver = if cfg!(feature = "automation") {
        &[]
    } else {
        AUTOMATION
    };
    let names = REMOVED.iter().chain(driver).copied();
    names
        .filter(|name| std::env::var_os(name).is_some())
        .inspect(|name| remove(name))
        .collect()
}

/// How often this start was tried before. To be called while there is one thread.
pub(crate) fn tried() -> u8 {
    let tried = std::env::var(TRIED).ok().and_then(|text| text.parse().ok());
    remove(TRIED);
    tried.unwrap_or(0)
}

/// What tells the next try how often the start was tried.
#[cfg(unix)]
pub(crate) fn retry(tried: u8) -> (&'static str, String) {
    (TRIED, tried.to_string())
}

#[expect(
    unsafe_code,
    reason = "the environment is changed before any other thread is started"
)]
fn remove(name: &str) {
    // SAFETY: `clean` and `tried` run first in `main`, when no other thread can read the environment.
    unsafe { std::env::remove_var(name) };
}

/// Whether the way of each card is printed.
pub(crate) fn prints_timeline() -> bool {
    std::env::var_os(TIMELINE).is_some_and(|value| value == "1")
}

/// Where files lie: the user's own folders, or a profile folder.
///
/// # Errors
/// When the system has no folders for this user.
pub(crate) fn places(app: &AppHandle) -> tauri::Result<Places> {
    let (data, settings) = match std::env::var_os(PROFILE).map(PathBuf::from) {
        Some(profile) => (profile.join("data"), profile.join("settings.jsonc")),
        None => (
            app.path().app_local_data_dir()?,
            app.path().app_config_dir()?.join("settings.jsonc"),
        ),
    };
    Ok(Places {
        data,
        settings,
        policy: policy(),
        runtime: runtime_file::default_path(|name| std::env::var_os(name)),
        channel: if cfg!(debug_assertions) {
            "development"
        } else {
            "stable"
        },
    })
}

fn policy() -> PathBuf {
    let other = std::env::var_os(OTHER_POLICY).filter(|_| cfg!(feature = "automation"));
    other.map_or_else(|| PathBuf::from(POLICY), PathBuf::from)
}

/// Where the system keeps which program takes clicked telephone addresses; `None` in a try-out,
/// which changes nothing outside its profile, and where the system keeps it otherwise.
pub(crate) fn addresses(app: &AppHandle) -> Option<Addresses> {
    if !cfg!(target_os = "linux") || std::env::var_os(PROFILE).is_some() {
        return None;
    }
    Some(Addresses {
        data: app.path().data_dir().ok()?,
        config: app.path().config_dir().ok()?,
        program: std::env::current_exe().ok()?,
    })
}

/// The language that this computer speaks.
pub(crate) fn language() -> Language {
    sys_locale::get_locale().map_or(Language::En, |locale| Language::of_locale(&locale))
}
