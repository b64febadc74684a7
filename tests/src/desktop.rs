//! A private desktop: an X display, a window manager, a session bus, a real keychain and a real
//! notification daemon, all of its own and all gone when it is dropped.
//!
//! The daemons are the ones that agents' machines run; nothing here imitates them. Only the opener
//! is ours, because the test wants to know what a browser would have been given. The desktop knows
//! nothing of the app: `browser` drives its window, `xtask` shows it.

mod daemons;
mod error;
mod family;
mod files;
mod keychain;
mod screen;
mod wait;

use std::{
    env,
    ffi::OsString,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::Duration,
};

use tempfile::TempDir;

pub use self::{
    error::DesktopError,
    screen::{Bystander, Window},
    wait::wait_until,
};
use crate::{opener::Opener, recorder::Recorder};
use family::Family;

/// The daemon shows a notice at once; the rest is for a machine that is busy building.
const NOTICE_LIMIT: Duration = Duration::from_secs(10);

/// Whether the desktop has a keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keychain {
    /// `gnome-keyring` runs and is unlocked, as after a sign-in.
    Unlocked,
    /// Nothing answers, as on a bare window manager.
    Absent,
}

/// A notice that the app has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The program that sent it.
    pub app: String,
    /// Its title.
    pub summary: String,
    /// Its text.
    pub body: String,
}

/// A running desktop. Everything started on it ends with it.
#[derive(Debug)]
pub struct Desktop {
    // The family first: it must be gone before its files are.
    family: Family,
    home: TempDir,
    runtime: PathBuf,
    environment: Vec<(OsString, OsString)>,
    opener: Opener,
    notices: Recorder,
}

impl Desktop {
    /// Starts a desktop with everything an agent's machine has.
    pub fn start() -> Result<Self, DesktopError> {
        Self::start_with(Keychain::Unlocked)
    }

    /// Starts a desktop with or without a keychain.
    pub fn start_with(keychain: Keychain) -> Result<Self, DesktopError> {
        let home = tempfile::Builder::new().prefix("desktop-").tempdir()?;
        let programs = home.path().join("programs");
        let runtime = home.path().join("run");
        for folder in [&programs, &runtime] {
            fs::create_dir(folder)?;
        }
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700))?;
        let notice_program = home.path().join("notices");
        let notices = Recorder::install(&notice_program)?;
        files::write(home.path(), &runtime, &notice_program)?;

        let mut desktop = Self {
            family: Family::found()?,
            opener: Opener::install(&programs)?,
            environment: environment(home.path(), &runtime, &programs),
            home,
            runtime,
            notices,
        };
        desktop.start_display()?;
        desktop.start_bus()?;
        desktop.start_window_manager()?;
        desktop.start_notices()?;
        if keychain == Keychain::Unlocked {
            desktop.start_keychain()?;
        }
        Ok(desktop)
    }

    /// Returns a command that runs on this desktop, with its environment and no other.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        self.family.adopt(&mut command);
        command
    }

    /// Starts a command of this desktop.
    pub fn spawn(&self, command: &mut Command) -> Result<Child, DesktopError> {
        let program = command.get_program().to_string_lossy().into_owned();
        command
            .spawn()
            .map_err(|source| DesktopError::Start { program, source })
    }

    /// Returns the user's home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Returns the user's runtime folder, `XDG_RUNTIME_DIR`.
    pub fn runtime(&self) -> &Path {
        &self.runtime
    }

    /// Returns the recording opener.
    pub fn opener(&self) -> &Opener {
        &self.opener
    }

    /// Waits until `count` notices were shown, and returns them.
    pub fn wait_for_notices(&self, count: usize) -> Result<Vec<Notice>, DesktopError> {
        wait_until(&format!("{count} notices"), NOTICE_LIMIT, || {
            let notices = self.notices()?;
            Ok((notices.len() >= count).then_some(notices))
        })
    }

    /// Returns the notices shown so far, oldest first.
    pub fn notices(&self) -> Result<Vec<Notice>, DesktopError> {
        let calls = self.notices.calls()?.into_iter();
        Ok(calls
            .map(|call| {
                let mut call = call.into_iter();
                let mut next = || call.next().unwrap_or_default();
                Notice {
                    app: next(),
                    summary: next(),
                    body: next(),
                }
            })
            .collect())
    }
}

/// The whole environment of the desktop's programs, before the display and the bus are known.
fn environment(home: &Path, runtime: &Path, programs: &Path) -> Vec<(OsString, OsString)> {
    let inherited = env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let mut path = OsString::from(programs);
    path.push(":");
    path.push(inherited);
    let below = |name: &str| home.join(name).into_os_string();
    [
        ("PATH", path),
        ("HOME", home.into()),
        ("XDG_CACHE_HOME", below(".cache")),
        ("XDG_CONFIG_HOME", below(".config")),
        ("XDG_DATA_HOME", below(".local/share")),
        ("XDG_STATE_HOME", below(".local/state")),
        ("XDG_RUNTIME_DIR", runtime.into()),
        ("XDG_SESSION_TYPE", "x11".into()),
        ("FONTCONFIG_FILE", below(".config/fonts.conf")),
        ("GDK_BACKEND", "x11".into()),
        ("GSETTINGS_BACKEND", "memory".into()),
        ("LANG", "C.UTF-8".into()),
        ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
        ("NO_AT_BRIDGE", "1".into()),
        ("TZ", "UTC".into()),
    ]
    .map(|(name, value)| (name.into(), value))
    .to_vec()
}
