//! A browser that is not ours, on an agent's desktop: somebody's page is open in it.
//!
//! It is only started and ended; what its page found out the page tells its own site.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::desktop::{Desktop, DesktopError};
use crate::site::Site;

/// Which engine draws the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium.
    Chromium,
    /// WebKit's own small browser, which comes with the library that draws our window.
    WebKit,
}

/// The browser while it runs. It ends when it is dropped.
#[derive(Debug)]
pub struct Surfer(Child);

impl Surfer {
    /// Opens an address. Names go by the site's proxy, this computer's own address does not.
    pub fn open(
        desktop: &Desktop,
        engine: Engine,
        proxy: &Site,
        url: &str,
    ) -> Result<Self, DesktopError> {
        let mut command = match engine {
            Engine::Chromium => {
                let mut command = desktop.command("chromium");
                let profile = desktop.home().join("chromium");
                command
                    .arg(format!("--user-data-dir={}", profile.display()))
                    .arg(format!("--proxy-server={}", proxy.url()))
                    .args(["--headless=new", "--no-sandbox", "--no-first-run"])
                    .args(["--disable-gpu", "--disable-background-networking"])
                    // Not every browser protects local addresses of its own accord.
                    .arg("--disable-features=LocalNetworkAccessChecks,HttpsUpgrades");
                command
            }
            Engine::WebKit => {
                let mut command = desktop.command(mini_browser()?);
                command
                    .arg(format!("--proxy={}", proxy.url()))
                    .arg("--ignore-host=127.0.0.1");
                command
            }
        };
        command.arg(url);
        Self::spawn(desktop, command)
    }

    /// Opens an address in a window of Chromium that has nothing around it, as large as ours.
    pub fn app(desktop: &Desktop, url: &str) -> Result<Self, DesktopError> {
        let mut command = desktop.command("chromium");
        let profile = desktop.home().join("chromium");
        command
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(["--no-sandbox", "--no-first-run"])
            .args(["--disable-background-networking", "--window-size=420,780"])
            .arg(format!("--app={url}"));
        Self::spawn(desktop, command)
    }

    /// Its process, whose children draw the page.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    fn spawn(desktop: &Desktop, mut command: Command) -> Result<Self, DesktopError> {
        command.stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(desktop.spawn(&mut command)?))
    }
}

impl Drop for Surfer {
    fn drop(&mut self) {
        // Both fail only if it has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where the library keeps its browser: every distribution has a folder of its own for it.
fn mini_browser() -> io::Result<PathBuf> {
    let below = |folder: &str| fs::read_dir(folder).into_iter().flatten().flatten();
    let architectures = below("/usr/lib").map(|entry| entry.path());
    let mut folders = architectures.chain(["/usr/libexec", "/usr/lib"].map(PathBuf::from));
    folders
        .find_map(|folder| {
            let path = folder.join(Path::new("webkit2gtk-4.1/MiniBrowser"));
            path.is_file().then_some(path)
        })
        .ok_or_else(|| io::Error::other("WebKitGTK came without its MiniBrowser"))
}
