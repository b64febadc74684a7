//! The real keychain of a private desktop, unlocked, locked and unlocked again.

use std::{
    io::Write,
    process::{Child, Stdio},
};

use super::{Desktop, DesktopError, daemons::START_LIMIT, wait_until};

/// The password of a keychain that exists for one test and holds nothing of value.
const PASSWORD: &str = "only for tests";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

impl Desktop {
    pub(super) fn start_keychain(&self) -> Result<(), DesktopError> {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args([
            "--foreground",
            "--unlock",
            "--components=secrets",
            "--control-directory",
        ]);
        daemon.arg(self.runtime().join("keyring"));
        let mut child = self.spawn(
            daemon
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(PASSWORD.as_bytes())?;
        }
        self.family.keep(child);
        self.wait_for_service("org.freedesktop.secrets")?;
        self.wait_for_locked(false)
    }

    /// Locks the keychain, as a user or an idle timer does.
    pub fn lock_keychain(&self) -> Result<(), DesktopError> {
        let method = "org.freedesktop.Secret.Service.Lock";
        self.call_keychain(
            "/org/freedesktop/secrets",
            method,
            &format!("['{COLLECTION}']"),
        )?;
        self.wait_for_locked(true)
    }

    /// Unlocks the keychain, as its user does by typing the password.
    pub fn unlock_keychain(&self) -> Result<(), DesktopError> {
        self.give_password(&[])?.wait()?;
        self.wait_for_locked(false)
    }

    /// Starts the daemon or, if it runs already, speaks to it; either way with the password.
    fn give_password(&self, options: &[&str]) -> Result<Child, DesktopError> {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon
            .arg("--unlock")
            .args(options)
            .arg("--control-directory");
        daemon.arg(self.runtime().join("keyring"));
        daemon
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = self.spawn(&mut daemon)?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(PASSWORD.as_bytes())?;
        }
        Ok(child)
    }

    fn wait_for_locked(&self, locked: bool) -> Result<(), DesktopError> {
        let what = if locked {
            "the keychain to be locked"
        } else {
            "the keychain to be unlocked"
        };
        let property = "'org.freedesktop.Secret.Collection' 'Locked'";
        wait_until(what, START_LIMIT, || {
            let method = "org.freedesktop.DBus.Properties.Get";
            let answer = self.call_keychain(COLLECTION, method, property);
            // Before the first unlock the collection does not exist, which is an error here.
            Ok(answer
                .is_ok_and(|answer| answer.contains(&locked.to_string()))
                .then_some(()))
        })
    }

    fn call_keychain(
        &self,
        object: &str,
        method: &str,
        arguments: &str,
    ) -> Result<String, DesktopError> {
        let mut call = vec!["call", "--session", "--dest", "org.freedesktop.secrets"];
        call.extend(["--object-path", object, "--method", method]);
        call.extend(arguments.split_whitespace());
        self.ask("gdbus", &call)
    }
}
