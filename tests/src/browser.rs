//! Drives the real window: the true app binary with its real webview, opened by `WebKitWebDriver`.
//!
//! The driver starts the app itself, as it would start a browser. An app must be built so that it
//! lets itself be driven; how a window is found, read and clicked is `fantoccini`'s.

use std::{
    ffi::OsString,
    fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::desktop::{Desktop, DesktopError, wait_until};

/// The driver only has to bind a port; the rest is for a machine that is busy building.
const DRIVER_LIMIT: Duration = Duration::from_secs(20);

/// A start fills the app's folders; a window that does not let itself be driven never opens.
const OPEN_LIMIT: Duration = Duration::from_secs(25);

/// How often an app is started before it counts as one that cannot be driven.
const OPEN_TRIES: u32 = 3;

/// The app as the driver is to start it.
#[derive(Debug, Clone, Default)]
pub struct App {
    /// The built program.
    pub binary: PathBuf,
    /// Its command line.
    pub arguments: Vec<String>,
    /// What its environment holds besides the desktop's.
    pub environment: Vec<(OsString, OsString)>,
}

/// What can go wrong before the window can be driven.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The desktop failed.
    #[error(transparent)]
    Desktop(#[from] DesktopError),
    /// The app's window did not let itself be driven in time.
    #[error("the app did not open, or was not built to be driven")]
    Silent,
    /// The driver did not open the app.
    #[error("the driver could not open the app: {0}")]
    Session(#[source] Box<fantoccini::error::NewSessionError>),
    /// The driver did not close the app.
    #[error("the driver could not close the app: {0}")]
    Close(#[source] Box<fantoccini::error::CmdError>),
}

impl From<fantoccini::error::NewSessionError> for BrowserError {
    fn from(error: fantoccini::error::NewSessionError) -> Self {
        Self::Session(Box::new(error))
    }
}

impl From<fantoccini::error::CmdError> for BrowserError {
    fn from(error: fantoccini::error::CmdError) -> Self {
        Self::Close(Box::new(error))
    }
}

/// An open app and the driver that holds it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    driver: Driver,
    /// Which processes are this app's: its program, on this desktop.
    binary: PathBuf,
    home: PathBuf,
}

impl Browser {
    /// Opens the app on a desktop and waits until its window can be driven.
    ///
    /// Now and then a driver never hears of the window that it has started; then both are ended
    /// and started again.
    pub async fn open(desktop: &Desktop, app: &App) -> Result<Self, BrowserError> {
        for _ in 1..OPEN_TRIES {
            match Self::try_open(desktop, app).await {
                Err(BrowserError::Silent) => end(&app.binary, desktop.home())?,
                opened => return opened,
            }
        }
        Self::try_open(desktop, app).await
    }

    async fn try_open(desktop: &Desktop, app: &App) -> Result<Self, BrowserError> {
        let (driver, address) = Driver::start(desktop, app)?;
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": app.binary, "args": app.arguments },
        });
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&address);
        match tokio::time::timeout(OPEN_LIMIT, client).await {
            Ok(client) => Ok(Self {
                client: client?,
                driver,
                binary: app.binary.clone(),
                home: desktop.home().to_owned(),
            }),
            Err(_) => Err(BrowserError::Silent),
        }
    }

    /// Returns the window's client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Kills the app, as a crash would, and its driver.
    pub fn kill(self) -> Result<(), BrowserError> {
        for process in running(&self.binary, &self.home) {
            let mut kill = Command::new("kill");
            kill.arg("-KILL").arg(process);
            kill.status().map_err(DesktopError::from)?;
        }
        drop(self.driver);
        end(&self.binary, &self.home)?;
        Ok(())
    }

    /// Closes the app and waits until it and its driver are gone: a second start of the same app
    /// would only bring up a first one that is still there.
    pub async fn close(self) -> Result<(), BrowserError> {
        self.client.close().await?;
        drop(self.driver);
        end(&self.binary, &self.home)?;
        Ok(())
    }
}

/// Ends what runs of a program on a desktop: a driver that ends leaves the app alone at times.
fn end(binary: &Path, home: &Path) -> Result<(), DesktopError> {
    wait_until("the app to end", DRIVER_LIMIT, || {
        let running = running(binary, home);
        for process in &running {
            Command::new("kill").arg(process).status()?;
        }
        Ok(running.is_empty().then_some(()))
    })
}

/// The processes of a program on the desktop with this home.
fn running(binary: &Path, home: &Path) -> Vec<OsString> {
    let home = format!("HOME={}", home.display()).into_bytes();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .map(|process| process.path())
        .filter(|process| {
            fs::read_link(process.join("exe")).is_ok_and(|program| program == binary)
                && fs::read(process.join("environ"))
                    .is_ok_and(|environ| environ.split(|byte| *byte == 0).any(|line| line == home))
        })
        .filter_map(|process| process.file_name().map(OsString::from))
        .collect()
}

/// A `WebKitWebDriver` of our own. Ending it ends the app that it has started.
#[derive(Debug)]
struct Driver(Child);

impl Driver {
    fn start(desktop: &Desktop, app: &App) -> Result<(Self, String), DesktopError> {
        let port = free_port()?;
        let mut command = desktop.command("WebKitWebDriver");
        command.args(["--host=127.0.0.1", &format!("--port={port}")]);
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(app.environment.iter().map(|(name, value)| (name, value)));
        let driver = Self(desktop.spawn(command.stdin(Stdio::null()))?);
        wait_until("the window's driver", DRIVER_LIMIT, || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())
        })?;
        Ok((driver, format!("http://127.0.0.1:{port}")))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only if it has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Asks the system for a port that nobody uses now.
fn free_port() -> Result<u16, DesktopError> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
