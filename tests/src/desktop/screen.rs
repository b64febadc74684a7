//! Windows, keys and pictures of a private desktop.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use super::{Desktop, DesktopError, wait_until};

/// A webview's first window takes a second or two; more on a machine that is busy building.
const WINDOW_LIMIT: Duration = Duration::from_secs(30);
/// Time between two keys: a fast typist.
const KEY_PAUSE_MS: &str = "12";

/// A window on the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window(String);

/// Another program's window in which the agent is typing.
#[derive(Debug)]
pub struct Bystander {
    window: Window,
    log: PathBuf,
}

impl Desktop {
    /// Waits for a visible window whose whole title matches a pattern.
    pub fn wait_for_window(&self, title: &str) -> Result<Window, DesktopError> {
        let pattern = format!("^({title})$");
        wait_until(&format!("a window \"{title}\""), WINDOW_LIMIT, || {
            // Finding nothing is an error to xdotool and none to us.
            let found = self.ask("xdotool", &["search", "--onlyvisible", "--name", &pattern]);
            Ok(found
                .ok()
                .and_then(|ids| ids.lines().next().map(|id| Window(id.to_owned()))))
        })
    }

    /// Returns the window that has the keyboard, if any has.
    pub fn active_window(&self) -> Result<Option<Window>, DesktopError> {
        let answer = self.ask("xprop", &["-root", "-notype", "_NET_ACTIVE_WINDOW"])?;
        let number = answer.trim().rsplit("# 0x").next().unwrap_or_default();
        let number = u64::from_str_radix(number, 16).unwrap_or_default();
        Ok((number != 0).then(|| Window(number.to_string())))
    }

    /// Gives a window the keyboard, as a click of the user does.
    pub fn activate(&self, window: &Window) -> Result<(), DesktopError> {
        self.ask("xdotool", &["windowactivate", "--sync", &window.0])?;
        wait_until("the window to become active", WINDOW_LIMIT, || {
            Ok((self.active_window()?.as_ref() == Some(window)).then_some(()))
        })
    }

    /// Types a text into whatever window has the keyboard.
    pub fn type_text(&self, text: &str) -> Result<(), DesktopError> {
        self.ask("xdotool", &["type", "--delay", KEY_PAUSE_MS, "--", text])
            .map(drop)
    }

    /// Presses a key or a chord such as `ctrl+k` in whatever window has the keyboard.
    pub fn press(&self, chord: &str) -> Result<(), DesktopError> {
        self.ask("xdotool", &["key", "--", chord]).map(drop)
    }

    /// Asks for another size of a window, in pixels; whether it gets it is for the window to say.
    pub fn resize(&self, window: &Window, width: u32, height: u32) -> Result<(), DesktopError> {
        let (width, height) = (width.to_string(), height.to_string());
        self.ask("xdotool", &["windowsize", &window.0, &width, &height])
            .map(drop)
    }

    /// Puts a window out of sight, as a click on its button does.
    pub fn minimise(&self, window: &Window) -> Result<(), DesktopError> {
        self.ask("xdotool", &["windowminimize", "--sync", &window.0])
            .map(drop)
    }

    /// Returns how wide and how high a window is, in pixels.
    pub fn size(&self, window: &Window) -> Result<(u32, u32), DesktopError> {
        self.geometry(window, ["WIDTH=", "HEIGHT="])
    }

    /// Returns where a window stands: pixels from the left and from the top.
    pub fn position(&self, window: &Window) -> Result<(u32, u32), DesktopError> {
        self.geometry(window, ["X=", "Y="])
    }

    fn geometry(&self, window: &Window, names: [&str; 2]) -> Result<(u32, u32), DesktopError> {
        let told = self.ask("xdotool", &["getwindowgeometry", "--shell", &window.0])?;
        let number = |name: &str| {
            let line = told.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|number| number.trim().parse().ok())
                .ok_or_else(|| io::Error::other(format!("no {name} of a window in: {told}")))
        };
        Ok((number(names[0])?, number(names[1])?))
    }

    /// Writes a picture of one window, without its frame, to a file.
    pub fn picture_window(&self, window: &Window, to: &Path) -> Result<(), DesktopError> {
        self.picture(&window.0, to)
    }

    /// Writes a picture of the whole screen to a file.
    pub fn picture_screen(&self, to: &Path) -> Result<(), DesktopError> {
        self.picture("root", to)
    }

    fn picture(&self, what: &str, to: &Path) -> Result<(), DesktopError> {
        let to = std::path::absolute(to)?;
        let to = to
            .to_str()
            .ok_or_else(|| io::Error::other("the picture's path is no text"))?;
        self.ask("import", &["-silent", "-window", what, to])
            .map(drop)
    }

    /// Opens another program's window, gives it the keyboard, and lets the agent type there.
    pub fn open_bystander(&self, title: &str) -> Result<Bystander, DesktopError> {
        let log = self.home().join(format!("{title}.bystander.log"));
        let mut program = self.command("xev");
        program.args(["-name", title, "-event", "keyboard"]);
        program
            .stdin(Stdio::null())
            .stdout(fs::File::create(&log)?)
            .stderr(Stdio::null());
        self.family.keep(self.spawn(&mut program)?);
        let window = self.wait_for_window(title)?;
        self.activate(&window)?;
        Ok(Bystander { window, log })
    }
}

impl Bystander {
    /// Returns its window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Waits until it has received a whole text, and returns all that it has received.
    pub fn wait_for_text(&self, text: &str) -> Result<String, DesktopError> {
        wait_until(
            &format!("the bystander to receive \"{text}\""),
            WINDOW_LIMIT,
            || {
                let received = self.received()?;
                Ok(received.contains(text).then_some(received))
            },
        )
    }

    /// Returns the characters it has received so far.
    pub fn received(&self) -> Result<String, DesktopError> {
        let log = fs::read_to_string(&self.log)?;
        Ok(log
            .split("\n\n")
            .filter(|event| event.contains("KeyPress event"))
            .map(typed)
            .collect())
    }
}

/// Reads the character from one of xev's descriptions of an event.
fn typed(event: &str) -> &str {
    let bytes = event
        .split_once("XLookupString gives ")
        .map_or("", |(_, rest)| rest);
    bytes.split('"').nth(1).unwrap_or_default()
}
