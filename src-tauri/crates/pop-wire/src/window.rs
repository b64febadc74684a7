//! What is on screen besides the cards: the window's own state, the notice, sounds, hotkeys.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::pop::{ChannelView, IdentityView, PhaseView};
use crate::request::PopRequest;
use crate::settings::{DensityView, ThemeView};

/// The main window's own state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WindowView {
    /// Whether it is the compact bar.
    pub compact: bool,
    /// Why all customer data is hidden, if it is.
    pub curtain: Option<CurtainView>,
    /// What the agent is asked before the window goes.
    pub asks: Option<AskView>,
    /// The hotkeys that do not work, and why.
    pub hotkeys: Vec<HotkeyView>,
    /// What this desktop can do.
    pub can: CanView,
}

/// Why all customer data is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CurtainView {
    /// The agent pressed its key.
    Key,
    /// Nothing was typed or clicked for long.
    Idle,
    /// The screen is locked.
    Screen,
}

/// What the agent is asked before the window goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AskView {
    /// Told once: the window is closed, the app goes on.
    Close {
        /// Whether it goes to the tray; otherwise it is minimised.
        tray: bool,
    },
    /// The app is to end, and something was not sent.
    Quit {
        /// How many items.
        unsent: u32,
        /// Whether they are sent after the next start; otherwise they are lost.
        kept: bool,
    },
}

/// A hotkey that does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HotkeyView {
    /// The setting's dotted name, such as `shortcuts.show`.
    pub name: String,
    /// The keys as set.
    pub keys: String,
    /// What is wrong with them.
    pub problem: HotkeyProblem,
}

/// What is wrong with a hotkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HotkeyProblem {
    /// These are no keys.
    NoKeys,
    /// They need Ctrl, Alt, Shift or the system's key, or every typed letter would be one.
    NoModifier,
    /// Another of these settings has the same keys.
    Twice,
    /// Another program has them.
    Taken,
    /// This desktop gives no keys to programs.
    Unsupported,
}

/// What this desktop can do; what it cannot is said in the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one sentence in the settings"
)]
pub struct CanView {
    /// Show an icon in a tray.
    pub tray: bool,
    /// Keep a window above others and put it somewhere.
    pub place: bool,
    /// Show a notice of our own without taking the keyboard.
    pub notice: bool,
    /// Tell how long nothing was typed.
    pub idle: bool,
    /// Tell whether its user presents or does not want to be disturbed.
    pub quiet: bool,
    /// Tell when the screen is locked.
    pub lock: bool,
    /// Leave a window out of screen captures.
    pub capture: bool,
}

/// Where the agent wants to go, by the tray, a notice or a hotkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum GoView {
    /// The health page.
    Health,
    /// The settings.
    Settings,
    /// A card.
    Card {
        /// Which.
        pop: u32,
    },
    /// The record of the customer in front, in the browser.
    OpenRecord,
    /// A new case for the customer in front.
    NewCase,
    /// The id of the customer in front, in the clipboard.
    CopyId,
}

/// A sound, played once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundView {
    /// An offer.
    Soft,
    /// An offer of a customer with a severe case.
    Severe,
}

/// A notice on screen. What may not be seen by others is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView {
    /// The card's number.
    pub pop: u32,
    /// Its generation, for the commands.
    pub generation: u32,
    /// The channel.
    pub channel: ChannelView,
    /// Where the interaction stands.
    pub phase: PhaseView,
    /// Since when, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub since: i64,
    /// The queue.
    pub queue: Option<String>,
    /// Who it is and what they want, where the policy lets a notice say it.
    pub who: Option<NoticeWho>,
    /// Whether the record can be opened.
    pub can_open: bool,
    /// How many other offers wait.
    pub more: u32,
    /// The language that people read, as BCP 47 writes it.
    pub language: String,
    /// Light, dark or as the system.
    pub theme: ThemeView,
    /// Comfortable or compact.
    pub density: DensityView,
}

/// Who it is and what they want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeWho {
    /// The name, or the best identifier known.
    pub title: String,
    /// How sure it is.
    pub identity: IdentityView,
    /// Whether the customer is very important.
    pub vip: bool,
    /// The tier.
    pub tier: Option<String>,
    /// How many cases are open.
    pub open_cases: Option<u32>,
    /// What the customer wants.
    pub reason: Option<String>,
}

/// Whether the window is the compact bar.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct CompactRequest {
    /// Whether it is to be.
    pub on: bool,
}

/// The agent's word before the window goes.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct AnswerRequest {
    /// Whether it may go.
    pub yes: bool,
}

/// How long pops are paused.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct PauseRequest {
    /// Minutes from now; 0: no longer.
    pub minutes: u32,
}

/// A change of the notice on screen.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticeUpdate {
    /// The notice; absent: none.
    pub view: Option<NoticeView>,
}

/// How high a notice is as drawn.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct NoticeDrawnRequest {
    /// The card it is about.
    pub pop: PopRequest,
    /// Its height in pixels of the page.
    pub height: u32,
}
