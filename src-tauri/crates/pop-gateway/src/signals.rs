//! What the service manager or a person tells the program while it runs.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// What it was told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// To end in order: SIGTERM, SIGINT, Ctrl-C.
    Stop,
    /// To read its settings again: SIGHUP. A system without signals has no such thing.
    #[cfg_attr(windows, expect(dead_code, reason = "there is no SIGHUP"))]
    Reload,
}

/// From [`Signals::listen`] on, none ends the program by itself and none is lost.
#[cfg(unix)]
pub(crate) struct Signals {
    hangup: Signal,
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
impl Signals {
    /// # Errors
    /// When the system refuses to tell.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.interrupt.recv() => Told::Stop,
            _ = self.terminate.recv() => Told::Stop,
            _ = self.hangup.recv() => Told::Reload,
        }
    }
}

/// From [`Signals::listen`] on, Ctrl-C does not end the program by itself.
#[cfg(windows)]
pub(crate) struct Signals {
    interrupt: CtrlC,
}

#[cfg(windows)]
impl Signals {
    /// # Errors
    /// When the system refuses to tell.
    pub(crate) fn listen() -> io::Result<Self> {
        ctrl_c().map(|interrupt| Self { interrupt })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) -> Told {
        self.interrupt.recv().await;
        Told::Stop
    }
}
