//! All that the window may ask and see.
//!
//! Views go out, requests come in; both are plain data with generated TypeScript types in
//! `ui/src/bindings`. Nothing here decides: a view is a pure function of the core's state (the
//! `draw` functions), a request is checked and passed on.

mod app;
mod bindings;
mod bundle;
mod connect;
mod deliveries;
mod doctor;
mod draw;
mod evidence;
mod flight;
mod gateway;
mod parts;
mod pop;
mod request;
mod settings;
mod window;
mod writing;

pub use app::*;
pub use bindings::{COMMANDS, bindings};
pub use bundle::*;
pub use connect::*;
pub use deliveries::*;
pub use doctor::*;
pub use evidence::*;
pub use flight::*;
pub use gateway::*;
pub use parts::*;
pub use pop::*;
pub use request::*;
pub use settings::*;
pub use window::*;
pub use writing::*;

use serde::Serialize;
use ts_rs::TS;

/// One change of what is on screen. The first updates after a subscription give the whole state.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Update {
    /// Everything that is not one interaction.
    App {
        /// The whole view; it replaces the one before.
        view: Box<AppView>,
    },
    /// One interaction, whole.
    Pop {
        /// The whole view; an older `seq` than one already shown is to be dropped.
        view: Box<PopView>,
    },
    /// An interaction's tab is gone.
    Gone {
        /// Which.
        pop: u32,
    },
    /// The window's own state, whole.
    Window {
        /// The whole view; it replaces the one before.
        view: Box<WindowView>,
    },
    /// The agent wants to go somewhere, by the tray, a notice or a hotkey.
    Go {
        /// Where.
        to: GoView,
    },
    /// A sound is to be heard.
    Sound {
        /// Which.
        sound: SoundView,
    },
}
