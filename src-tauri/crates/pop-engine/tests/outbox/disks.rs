//! What can be wrong with a disk, made for one process.

use std::path::Path;
use std::process::{Child, Command};

/// The disk of one life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disk {
    /// Nothing is wrong.
    Sound,
    /// No file may have more blocks of 512 bytes than these.
    Full(u32),
    /// Calls on the store's files fail or take long, as `strace -e inject` takes it.
    Failing(&'static str),
}

impl Disk {
    /// The program on this disk.
    pub(crate) fn command(self, program: &Path, folder: &Path) -> Command {
        match self {
            Self::Sound => Command::new(program),
            Self::Full(blocks) => {
                // A write beyond the limit fails, as on a full disk, where nobody listens to its
                // signal.
                let mut shell = Command::new("sh");
                let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
                shell.arg("-c").arg(script).arg(program);
                shell
            }
            Self::Failing(calls) => {
                let folder = std::fs::canonicalize(folder).unwrap();
                let mut strace = Command::new("strace");
                strace.args(["-f", "-qq", "-e", "signal=none", "-o", "/dev/null"]);
                let (names, _) = calls.split_once(':').unwrap();
                strace.args(["-e", &format!("trace={names}")]);
                strace.args(["-e", &format!("inject={calls}")]);
                for name in ["store.db", "store.db-wal"] {
                    strace.arg("-P").arg(folder.join(name));
                }
                strace.arg(program);
                strace
            }
        }
    }

    /// Kills a life; it may have ended by itself.
    pub(crate) fn end(self, mut child: Child, pid: Option<String>) {
        match (self, pid) {
            // Killed without what it watches, `strace` would let it live.
            (Self::Failing(_), Some(pid)) => {
                let _ = Command::new("kill").args(["-9", &pid]).status();
            }
            (Self::Failing(_), None) => {}
            (Self::Sound | Self::Full(_), _) => drop(child.kill()),
        }
        child.wait().unwrap();
    }
}
