//! The one place from which addresses are opened (rules U1, U6).
//!
//! What comes here is a [`RecordUrl`], which only the core's checks can make, the [`SignInAddress`] of
//! a definition, or the [`HelpAddress`] of the organisation. It is handed over as one argument of one
//! system call; no shell, no chosen program.

use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use pop_core::link::RecordUrl;
use pop_core::settings::HelpAddress;
use pop_crm::SignInAddress;

/// A system opener that fails says so within this time; one that runs longer has a browser.
const FAILS_WITHIN: Duration = Duration::from_millis(1_500);

/// Hands an address to the system's browser. Waits until it is clear that it was taken.
///
/// # Errors
/// Why the system did not take it, in words.
pub(crate) fn open(url: &RecordUrl) -> Result<(), String> {
    hand_over(url.as_str())
}

/// Hands the address at which a person signs in to the system's browser.
///
/// # Errors
/// Why the system did not take it, in words.
pub(crate) fn sign_in(address: &SignInAddress) -> Result<(), String> {
    hand_over(address.as_str())
}

/// Hands the page that explains a finding to the system's browser.
///
/// # Errors
/// Why the system did not take it, in words.
pub(crate) fn help(address: &HelpAddress) -> Result<(), String> {
    hand_over(address.as_str())
}

/// Whether the system knows a browser for addresses; nothing is opened.
///
/// # Errors
/// Why none is known, in words.
pub(crate) fn browser() -> Result<(), String> {
    let missing = || Err("No browser is set for https on this computer.".to_owned());
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let asked = Command::new("xdg-settings")
        .args(["get", "default-web-browser"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match asked {
        Ok(told) if told.status.success() && told.stdout.trim_ascii().is_empty() => missing(),
        // Without that program, or on a desktop that it does not know, nothing is known.
        Ok(_) | Err(_) => Ok(()),
    }
}

fn hand_over(address: &str) -> Result<(), String> {
    for command in open::commands(address) {
        if run(command) == Some(true) {
            return Ok(());
        }
    }
    Err("No browser took the address. Check that a default browser is set.".to_owned())
}

/// Whether an opener took the address; `None` when there is no such opener.
fn run(mut command: Command) -> Option<bool> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let (ended, end) = mpsc::channel();
    std::thread::spawn(move || {
        let success = child.wait().is_ok_and(|status| status.success());
        // Nobody waits any more when the opener stays with its browser.
        let _ = ended.send(success);
    });
    Some(end.recv_timeout(FAILS_WITHIN).unwrap_or(true))
}
