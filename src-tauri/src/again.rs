//! Starting once more where the first instance is known but dead.
//!
//! After a crash or a kill the session's bus may still hold the name of the program that is gone.
//! The next start then finds a first instance that does not answer, and cannot become the first one
//! itself. A person would start it again; so does the program, in its own place. That a living
//! first instance takes over the arguments is the single-instance plugin's business.

use std::time::Duration;

/// How often a start is tried again, and how long the bus gets to notice in between.
const TRIES: u8 = 10;
const WAIT: Duration = Duration::from_millis(300);

/// Replaces this process by a new start of the same program with the same arguments, where that can
/// help. Returns where it cannot.
#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells when the bus forgets a name whose owner hangs, and no clock of the engine runs yet"
)]
pub(crate) fn start(error: &tauri::Error, tried: u8) {
    let tauri::Error::PluginInitialization(plugin, _) = error else {
        return;
    };
    if plugin == "single-instance" && tried < TRIES {
        std::thread::sleep(WAIT);
        replace(tried + 1);
    }
}

#[cfg(unix)]
fn replace(tried: u8) {
    use std::os::unix::process::CommandExt as _;
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut command = std::process::Command::new(program);
    command.args(std::env::args_os().skip(1));
    let (name, value) = crate::environment::retry(tried);
    // Comes back only where the program could not be started.
    let error = command.env(name, value).exec();
    tracing::warn!(%error, "the program cannot start itself again");
}

/// Elsewhere the system frees the name of a program that is gone.
#[cfg(not(unix))]
fn replace(_tried: u8) {}
