//! A family of processes that ends together, even when the test that started it was killed.
//!
//! All belong to one process group whose first member, the warden, waits on a pipe from us. The
//! pipe closes when the family is dropped and equally when this process dies in any other way;
//! then the warden ends the whole group. No process is ever looked up by its name.

use std::{
    io,
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, PoisonError},
};

/// Reads until the pipe closes, then ends everything in its own group including itself.
const WARDEN: &str = "trap '' HUP INT TERM; read -r _; kill -KILL 0";

#[derive(Debug)]
pub(crate) struct Family {
    warden: Child,
    life_line: Option<ChildStdin>,
    group: i32,
    daemons: Mutex<Vec<Child>>,
}

impl Family {
    pub(crate) fn found() -> io::Result<Self> {
        let mut warden = Command::new("/bin/sh")
            .args(["-c", WARDEN])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let group = i32::try_from(warden.id()).map_err(io::Error::other)?;
        let life_line = warden.stdin.take();
        Ok(Self {
            warden,
            life_line,
            group,
            daemons: Mutex::default(),
        })
    }

    /// Makes a command a member from its start on.
    pub(crate) fn adopt(&self, command: &mut Command) {
        command.process_group(self.group);
    }

    /// Keeps a daemon that lives as long as the family.
    pub(crate) fn keep(&self, daemon: Child) {
        self.daemons
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(daemon);
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        drop(self.life_line.take());
        // Nothing to do about a failed wait: the process is gone or was never ours.
        let _ = self.warden.wait();
        for daemon in self
            .daemons
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
        {
            let _ = daemon.wait();
        }
    }
}
