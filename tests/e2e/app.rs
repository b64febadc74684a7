//! The true app on a private desktop, with its sandbox and its listener switched on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;
use pop_tests::browser::{App, Browser};
use pop_tests::desktop::{Desktop, Keychain, wait_until};
use pop_tests::programs::built;
use pop_tests::signed::Sender;
use serde_json::{Value, json};

/// A start fills the sandbox with thousands of customers, on a machine that is busy building.
pub(crate) const START_LIMIT: Duration = Duration::from_mins(1);

/// What a window shows within this time it shows at all.
pub(crate) const SHOWN_LIMIT: Duration = Duration::from_secs(20);

/// What the profile's settings say unless a test says otherwise.
pub(crate) const SETTINGS: &str = r#"{
  "agent": { "id": "agent01" },
  "sandbox": { "enabled": true },
  "listener": { "enabled": true, "port": 0 }
}
"#;

/// A desktop with the app's profile on it. The app can be opened more than once.
pub(crate) struct Place {
    pub(crate) desktop: Desktop,
    profile: PathBuf,
}

/// The open app.
pub(crate) struct Open {
    pub(crate) browser: Browser,
    pub(crate) sender: Sender,
}

impl Place {
    /// A desktop with a keychain and the usual settings.
    pub(crate) fn new() -> Self {
        Self::with(Keychain::Unlocked, SETTINGS)
    }

    /// A desktop with or without a keychain, and settings of its own.
    pub(crate) fn with(keychain: Keychain, settings: &str) -> Self {
        let desktop = Desktop::start_with(keychain).unwrap();
        let profile = desktop.home().join("profile");
        fs::create_dir(&profile).unwrap();
        fs::write(profile.join("settings.jsonc"), settings).unwrap();
        Self { desktop, profile }
    }

    /// The folder of settings and data.
    pub(crate) fn profile(&self) -> &Path {
        &self.profile
    }

    /// Writes what the machine's policy says.
    pub(crate) fn set_policy(&self, policy: &Value) {
        fs::write(self.policy(), policy.to_string()).unwrap();
    }

    /// Where the app puts temporary files.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.desktop.home().join("temporary")
    }

    fn policy(&self) -> PathBuf {
        self.profile.join("policy.jsonc")
    }

    /// Opens the app and waits until it listens and its sandbox is connected.
    pub(crate) async fn open(&self) -> Open {
        let binary = built("screenpop", "-p screenpop --features automation").unwrap();
        fs::create_dir_all(self.temporary()).unwrap();
        let environment = vec![
            ("TMPDIR".into(), self.temporary().into()),
            ("SCREENPOP_PROFILE".into(), self.profile.clone().into()),
            ("SCREENPOP_POLICY".into(), self.policy().into()),
        ];
        let app = App {
            binary,
            arguments: Vec::new(),
            environment,
        };
        let browser = Browser::open(&self.desktop, &app).await.unwrap();
        let file = self.desktop.runtime().join("screenpop/listener.json");
        wait_until("the app to listen", START_LIMIT, || {
            Ok(file.exists().then_some(()))
        })
        .unwrap();
        let sender = Sender::of(self.desktop.runtime()).unwrap();
        let open = Open { browser, sender };
        open.see(".status .part").await;
        open
    }
}

impl Open {
    /// Waits for an element and returns it.
    pub(crate) async fn see(&self, css: &str) -> Element {
        let client = self.browser.client();
        client
            .wait()
            .at_most(SHOWN_LIMIT)
            .for_element(Locator::Css(css))
            .await
            .unwrap_or_else(|error| panic!("nothing shown at {css}: {error}"))
    }

    /// Clicks an element once it stays where it is: a page that is filling moves what is below.
    pub(crate) async fn click(&self, css: &str) {
        let mut last = None;
        loop {
            let element = self.see(css).await;
            let now = element.rectangle().await.ok();
            if now.is_some() && last.replace(now) == Some(now) && element.click().await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Waits until the text of an element contains something, and returns the text.
    pub(crate) async fn read(&self, css: &str, wanted: &str) -> String {
        let end = std::time::Instant::now() + SHOWN_LIMIT;
        loop {
            let text = self.text(css).await;
            if text.contains(wanted) {
                return text;
            }
            assert!(
                std::time::Instant::now() < end,
                "“{wanted}” never stood at {css}; the last was “{text}”"
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until a field holds a text: keys arrive one after the other.
    pub(crate) async fn holds(&self, css: &str, wanted: &str) {
        let end = std::time::Instant::now() + SHOWN_LIMIT;
        loop {
            let value = self.see(css).await.prop("value").await.unwrap();
            if value.as_deref() == Some(wanted) {
                return;
            }
            assert!(
                std::time::Instant::now() < end,
                "{css} never held “{wanted}”; the last was {value:?}"
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The text of an element now; empty when there is none.
    pub(crate) async fn text(&self, css: &str) -> String {
        let client = self.browser.client();
        match client.find(Locator::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// How many elements there are now.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.browser
            .client()
            .find_all(Locator::Css(css))
            .await
            .map_or(0, |found| found.len())
    }

    /// Runs a script in the window; its last argument takes the answer.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let client = self.browser.client();
        client.execute_async(script, arguments).await.unwrap()
    }

    /// Gives the core a command, as the window's own code does.
    pub(crate) async fn command(&self, name: &str, request: &Value) -> Value {
        const COMMAND: &str = "const [name, request, done] = arguments; \
            const invoke = window.__TAURI_INTERNALS__.invoke; \
            invoke(name, { request }).then(done, (fault) => done({ fault }));";
        self.run(COMMAND, vec![json!(name), request.clone()]).await
    }

    /// Connects a CRM with a plain REST interface on this computer.
    pub(crate) async fn connect(&self, server: &str, token: &str) {
        let request = json!({
            "again": null, "definition": "rest", "label": "Meridian", "method": "token",
            "fields": { "server": server }, "user": null, "secret": token,
        });
        let answer = self.command("connect", &request).await;
        assert_eq!(answer["kind"], "connected", "{answer}");
    }

    /// Closes the app.
    pub(crate) async fn close(self) {
        self.browser.close().await.unwrap();
    }
}
