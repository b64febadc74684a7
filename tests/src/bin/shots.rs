//! Takes the pictures of the documentation from the true window: `cargo xtask shots`.
//!
//! Every state is brought about as it comes about for an agent: by signed events and by the keys
//! and buttons of the window. Nothing here is checked; the tests do that.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use pop_sandbox::Scene;
use pop_tests::browser::{App, Browser};
use pop_tests::desktop::{Desktop, wait_until};
use pop_tests::programs::built;
use pop_tests::signed::{Sender, chat};

type Done<T> = Result<T, Box<dyn Error>>;

/// Where the pictures go.
const FOLDER: &str = "src-tauri/docs/screenshots";

/// A customer of the sandbox who is in no scene.
const NOBODY: &str = "20005";

/// What is shown at all is shown within this time.
const SHOWN: Duration = Duration::from_secs(30);

/// The narrow panel and the wide window.
const NARROW: (u32, u32) = (420, 780);
const WIDE: (u32, u32) = (960, 780);

#[tokio::main]
async fn main() -> Done<()> {
    fs::create_dir_all(FOLDER)?;
    for theme in ["light", "dark"] {
        let desktop = Desktop::start()?;
        let stage = Stage {
            desktop: &desktop,
            theme,
            size: NARROW,
        };
        stage.first_run().await?;
        stage.connect().await?;
        stage.pages().await?;
        for scene in ["single", "vip", "several", "none", "incoming", "live"] {
            stage.scene(scene).await?;
        }
        for (name, menu) in [
            ("error-401", "Sign-in expired"),
            ("slow", "Slow CRM"),
            ("offline", "CRM not reachable"),
        ] {
            stage.fault(name, menu).await?;
        }
        Stage {
            size: WIDE,
            ..stage
        }
        .scene("single")
        .await?;
        Stage {
            size: WIDE,
            ..stage
        }
        .scene("live")
        .await?;
    }
    Ok(())
}

/// One theme and size on one desktop.
#[derive(Clone, Copy)]
struct Stage<'d> {
    desktop: &'d Desktop,
    theme: &'static str,
    size: (u32, u32),
}

impl Stage<'_> {
    async fn first_run(self) -> Done<()> {
        let open = self.open("first-run", "").await?;
        self.picture(&open, "first-run").await?;
        open.browser.close().await?;
        Ok(())
    }

    /// The form for a CRM that people sign in to with the browser.
    async fn connect(self) -> Done<()> {
        let open = self.open("connect", "").await?;
        open.click("//button[contains(., 'Connect')]").await?;
        let which = open.see("//*[@id='which']").await?;
        which.select_by_label("Salesforce").await?;
        open.see("//label[contains(., 'Consumer key')]").await?;
        self.picture(&open, "connect").await?;
        open.browser.close().await?;
        Ok(())
    }

    /// The pages that need no live interaction, after a few that were.
    async fn pages(self) -> Done<()> {
        let open = self.open_with_sandbox("pages").await?;
        for (number, scene) in [Scene::One, Scene::Vip, Scene::None]
            .into_iter()
            .enumerate()
        {
            let id = format!("past-{number}");
            open.tell(scene, &id, &["accepted", "ended"])?;
        }
        open.see("(//*[@role='tab'])[3]").await?;
        for _ in 0..3 {
            self.desktop
                .activate(&self.desktop.wait_for_window("Screenpop.*")?)?;
            self.desktop.press("ctrl+w")?;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        open.see("//*[contains(., 'Ready')]").await?;
        self.picture(&open, "idle").await?;
        for (key, name) in [
            ("ctrl+h", "history"),
            ("ctrl+d", "health"),
            ("ctrl+comma", "settings"),
            ("ctrl+k", "search"),
        ] {
            self.desktop.press(key)?;
            if name == "search" {
                self.desktop.type_text("gonz")?;
                open.see("//*[contains(., 'Gonzalez')]").await?;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
            self.picture(&open, name).await?;
        }
        open.browser.close().await?;
        Ok(())
    }

    async fn scene(self, name: &str) -> Done<()> {
        let open = self
            .open_with_sandbox(&format!("{name}-{}", self.size.0))
            .await?;
        match name {
            "vip" => open.tell(Scene::Vip, "shot", &["offered", "accepted"])?,
            "several" => open.tell(Scene::Several, "shot", &["offered", "accepted"])?,
            "none" => open.tell(Scene::None, "shot", &["offered", "accepted"])?,
            "incoming" => open.tell(Scene::One, "shot", &["offered"])?,
            "live" => {
                open.tell(Scene::One, "shot", &["offered", "accepted"])?;
                open.tell(Scene::Several, "second", &["offered"])?;
                open.tell(Scene::Vip, "third", &["offered"])?;
            }
            _ => open.tell(Scene::One, "shot", &["offered", "accepted"])?,
        }
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        self.picture(&open, name).await?;
        open.browser.close().await?;
        Ok(())
    }

    async fn fault(self, name: &str, menu: &str) -> Done<()> {
        let open = self.open_with_sandbox(name).await?;
        open.click("//button[contains(., 'Simulate')]").await?;
        open.click(&format!("//*[@role='menuitem' and contains(., '{menu}')]"))
            .await?;
        open.see("//*[@role='tab']").await?;
        tokio::time::sleep(Duration::from_millis(4_500)).await;
        self.picture(&open, name).await?;
        open.browser.close().await?;
        Ok(())
    }

    async fn open_with_sandbox(self, profile: &str) -> Done<Open> {
        let switched = r#""sandbox": { "enabled": true }, "listener": { "enabled": true, "port": 0 },
            "agent": { "id": "agent01" },"#;
        let mut open = self.open(profile, switched).await?;
        let file = self.desktop.runtime().join("screenpop/listener.json");
        wait_until("the listener", SHOWN, || Ok(file.exists().then_some(())))?;
        open.sender = Some(Sender::of(self.desktop.runtime())?);
        // The connection is there when the sandbox has answered for the first time.
        // Nobody of the scenes, whom the app would then know already.
        open.tell_one(&chat("warm", "offered", NOBODY))?;
        open.see("//h1[contains(., 'K. Anonym')]").await?;
        open.tell_one(&chat("warm", "declined", NOBODY))?;
        open.gone("//*[@role='tab']").await?;
        Ok(open)
    }

    async fn open(self, profile: &str, switched: &str) -> Done<Open> {
        let folder = self
            .desktop
            .home()
            .join(format!("{profile}-{}", self.theme));
        fs::create_dir_all(&folder)?;
        let settings = format!(
            "{{ {switched} \"pop\": {{ \"open\": \"accept\" }}, \
             \"appearance\": {{ \"theme\": \"{}\" }} }}",
            self.theme
        );
        fs::write(folder.join("settings.jsonc"), settings)?;
        let app = App {
            binary: built("screenpop", "-p screenpop --features automation")?,
            arguments: Vec::new(),
            environment: vec![("SCREENPOP_PROFILE".into(), folder.into())],
        };
        let browser = Browser::open(self.desktop, &app).await?;
        let open = Open {
            browser,
            sender: None,
        };
        open.see("//h1").await?;
        self.size(&open).await?;
        Ok(open)
    }

    /// Gives the window its size, and waits until the page has it.
    async fn size(self, open: &Open) -> Done<()> {
        let (width, height) = self.size;
        let window = self.desktop.wait_for_window("Screenpop.*")?;
        self.desktop.resize(&window, width, height)?;
        for _ in 0..100 {
            let script = "return window.innerWidth";
            let now = open.browser.client().execute(script, Vec::new()).await?;
            if now.as_u64() == Some(width.into()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(format!("the window did not become {width} wide").into())
    }

    async fn picture(self, open: &Open, name: &str) -> Done<()> {
        open.painted().await?;
        let window = self.desktop.wait_for_window("Screenpop.*")?;
        let file: PathBuf =
            Path::new(FOLDER).join(format!("{name}-{}-{}.png", self.size.0, self.theme));
        self.desktop.picture_window(&window, &file)?;
        Ok(())
    }
}

/// The open app.
struct Open {
    browser: Browser,
    sender: Option<Sender>,
}

impl Open {
    fn tell(&self, scene: Scene, id: &str, whats: &[&str]) -> Done<()> {
        for what in whats {
            let time = chat(id, what, "-");
            let time = time
                .get("time")
                .and_then(|time| time.as_str())
                .unwrap_or_default();
            self.tell_one(&scene.event(id, &format!("{id}:{what}"), what, time))?;
        }
        Ok(())
    }

    fn tell_one(&self, event: &serde_json::Value) -> Done<()> {
        let sender = self.sender.as_ref().ok_or("the app does not listen")?;
        match sender.post(event)? {
            202 => Ok(()),
            status => Err(format!("the event was answered {status}").into()),
        }
    }

    /// Waits until what the page holds is on screen.
    async fn painted(&self) -> Done<()> {
        let frames = "const done = arguments[0]; \
                      const next = (left) => left === 0 ? done() \
                        : requestAnimationFrame(() => next(left - 1)); \
                      document.fonts.ready.then(() => next(4));";
        let client = self.browser.client();
        client.execute_async(frames, Vec::new()).await?;
        Ok(())
    }

    async fn see(&self, xpath: &str) -> Done<fantoccini::elements::Element> {
        let wait = self.browser.client().wait().at_most(SHOWN);
        Ok(wait.for_element(Locator::XPath(xpath)).await?)
    }

    /// Clicks what may be drawn anew at any moment.
    async fn click(&self, xpath: &str) -> Done<()> {
        for _ in 0..20 {
            let clicked = match self.see(xpath).await {
                Ok(element) => element.click().await.is_ok(),
                Err(_) => false,
            };
            if clicked {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        Err(format!("nothing could be clicked at {xpath}").into())
    }

    async fn gone(&self, xpath: &str) -> Done<()> {
        for _ in 0..100 {
            if self
                .browser
                .client()
                .find_all(Locator::XPath(xpath))
                .await?
                .is_empty()
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err("the card did not go".into())
    }
}
