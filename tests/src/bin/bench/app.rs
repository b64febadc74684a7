//! The true app in its release build, on a private desktop, telling what it paints.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use pop_tests::desktop::{Desktop, wait_until};
use pop_tests::programs::built;
use pop_tests::signed::Sender;
use serde_json::Value;

/// What the app tells at all it tells within this time.
const TELLS_WITHIN: Duration = Duration::from_secs(30);

/// How long the session bus may take to notice that the app has ended.
const NAME_FREE_AFTER: Duration = Duration::from_secs(1);

const SETTINGS: &str = r#"{
  "agent": { "id": "agent01" },
  "sandbox": { "enabled": true },
  "listener": { "enabled": true, "port": 0 },
  "pop": { "open": "never" }
}
"#;

pub(crate) struct App {
    pub(crate) child: Child,
    lines: Receiver<Value>,
    /// From the start of the process to its first word of each kind.
    pub(crate) to_listening: Duration,
    pub(crate) to_painted: Duration,
}

impl App {
    /// Starts the app on a profile and waits until it listens and is painted.
    pub(crate) fn start(desktop: &Desktop, profile: &str) -> Result<Self, Box<dyn Error>> {
        let folder = desktop.home().join(profile);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("settings.jsonc"), SETTINGS)?;
        let mut command = desktop.command(built(
            "screenpop",
            "--release -p screenpop --features automation",
        )?);
        command
            .env("SCREENPOP_PROFILE", &folder)
            .env("SCREENPOP_TIMELINE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let begun = Instant::now();
        let mut child = desktop.spawn(&mut command)?;
        let output = child.stdout.take().ok_or("the app has no output")?;
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            let values = BufReader::new(output)
                .lines()
                .map_while(Result::ok)
                .filter_map(|line| serde_json::from_str::<Value>(&line).ok());
            for value in values {
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        let mut app = Self {
            child,
            lines,
            to_listening: Duration::ZERO,
            to_painted: Duration::ZERO,
        };
        while app.to_listening.is_zero() || app.to_painted.is_zero() {
            let line = app.next("that it listens and is painted")?;
            if line.get("listening").is_some() && app.to_listening.is_zero() {
                app.to_listening = begun.elapsed();
            }
            if line.get("window").is_some() && app.to_painted.is_zero() {
                app.to_painted = begun.elapsed();
            }
        }
        Ok(app)
    }

    /// Who sends events to it.
    pub(crate) fn sender(desktop: &Desktop) -> Result<Sender, Box<dyn Error>> {
        let file = desktop.runtime().join("screenpop/listener.json");
        wait_until("the listener's file", TELLS_WITHIN, || {
            Ok(file.exists().then_some(()))
        })?;
        Ok(Sender::of(desktop.runtime())?)
    }

    /// The next thing the app tells; `awaited` is what the caller waits for, for the error.
    pub(crate) fn next(&self, awaited: &str) -> Result<Value, Box<dyn Error>> {
        let line = self.lines.recv_timeout(TELLS_WITHIN);
        Ok(line.map_err(|_| format!("the app did not tell {awaited} within {TELLS_WITHIN:?}"))?)
    }

    /// Forgets what it told and nobody asked.
    pub(crate) fn forget(&self) {
        while self.lines.try_recv().is_ok() {}
    }

    /// Ends it.
    pub(crate) fn end(mut self) -> Result<(), Box<dyn Error>> {
        self.child.kill()?;
        self.child.wait()?;
        // The session bus gives the app's name back a moment after its end; a start before that
        // would only bring up an app that is gone.
        let free = Instant::now() + NAME_FREE_AFTER;
        wait_until("the app's name", TELLS_WITHIN, || {
            Ok((Instant::now() >= free).then_some(()))
        })?;
        Ok(())
    }
}
