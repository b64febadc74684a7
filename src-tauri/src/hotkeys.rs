//! Keys that work from every other window: registered as the settings say, none at first.
//!
//! A key of the agent's own is the only way in which the panel takes the keyboard from outside.

use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex, PoisonError};

use pop_core::attention::CurtainSignal;
use pop_core::settings::Shortcuts;
use pop_wire::{GoView, HotkeyProblem, HotkeyView, Update};
use tauri::{AppHandle, Manager};
use tauri_plugin_global_shortcut::{GlobalShortcutExt as _, Modifiers, Shortcut, ShortcutState};

use crate::desktop::Screen;
use crate::window::{self, AgentAsked, Raise};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Show,
    OpenRecord,
    NewCase,
    CopyId,
    Curtain,
}

/// The keys that are registered now.
#[derive(Default)]
pub(crate) struct Hotkeys {
    /// What was asked for last, and whether the desktop could do it.
    set: Mutex<Option<(Shortcuts, bool)>>,
    known: Mutex<BTreeMap<u32, Does>>,
}

impl Hotkeys {
    /// Registers the keys of new settings; those that do not work, and why.
    pub(crate) fn follow(
        &self,
        app: &AppHandle,
        wanted: &Shortcuts,
        supported: bool,
    ) -> Option<Vec<HotkeyView>> {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = (wanted.clone(), supported);
        if set.as_ref() == Some(&asked) {
            return None;
        }
        let is_first = set.replace(asked).is_none();
        drop(set);
        if !is_first && let Err(error) = app.global_shortcut().unregister_all() {
            tracing::warn!(%error, "the former hotkeys could not be given back");
        }
        let mut known = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, keys, does) in named(wanted) {
            let Some(keys) = keys else { continue };
            let taken = register(app, keys, &known, supported);
            match taken {
                Ok(shortcut) => {
                    known.insert(shortcut.id(), does);
                }
                Err(problem) => problems.push(HotkeyView {
                    name: name.to_owned(),
                    keys: keys.clone(),
                    problem,
                }),
            }
        }
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
        Some(problems)
    }

    fn does(&self, shortcut: &Shortcut) -> Option<Does> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&shortcut.id()).copied()
    }
}

/// The plugin that hears the keys.
pub(crate) fn plugin() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    tauri_plugin_global_shortcut::Builder::new()
        .with_handler(|app, shortcut, event| {
            if event.state() != ShortcutState::Pressed {
                return;
            }
            if let Some(does) = app.state::<Hotkeys>().does(shortcut) {
                pressed(app, does);
            }
        })
        .build()
}

fn pressed(app: &AppHandle, does: Does) {
    let screen = app.state::<Arc<Screen>>().inner().clone();
    let go = |to| screen.send(Update::Go { to });
    match does {
        Does::Show => window::bring_up(app, Raise::Focus(AgentAsked::Hotkey)),
        Does::OpenRecord => go(GoView::OpenRecord),
        Does::NewCase => {
            // A form has no room in the compact bar.
            screen.compact(false);
            window::bring_up(app, Raise::Focus(AgentAsked::Hotkey));
            go(GoView::NewCase);
        }
        Does::CopyId => go(GoView::CopyId),
        Does::Curtain => screen.curtain(CurtainSignal::Key),
    }
}

fn named(wanted: &Shortcuts) -> [(&'static str, Option<&String>, Does); 5] {
    [
        ("shortcuts.show", wanted.show.as_ref(), Does::Show),
        (
            "shortcuts.open_record",
            wanted.open_record.as_ref(),
            Does::OpenRecord,
        ),
        (
            "shortcuts.new_case",
            wanted.new_case.as_ref(),
            Does::NewCase,
        ),
        ("shortcuts.copy_id", wanted.copy_id.as_ref(), Does::CopyId),
        ("shortcuts.curtain", wanted.curtain.as_ref(), Does::Curtain),
    ]
}

fn register(
    app: &AppHandle,
    keys: &str,
    known: &BTreeMap<u32, Does>,
    supported: bool,
) -> Result<Shortcut, HotkeyProblem> {
    let shortcut = Shortcut::from_str(keys).map_err(|_| HotkeyProblem::NoKeys)?;
    let strong = Modifiers::CONTROL | Modifiers::ALT | Modifiers::SUPER;
    if !shortcut.mods.intersects(strong) {
        return Err(HotkeyProblem::NoModifier);
    }
    if !supported {
        return Err(HotkeyProblem::Unsupported);
    }
    if known.contains_key(&shortcut.id()) {
        return Err(HotkeyProblem::Twice);
    }
    app.global_shortcut().register(shortcut).map_err(|error| {
        tracing::info!(%error, "a hotkey is taken");
        HotkeyProblem::Taken
    })?;
    Ok(shortcut)
}
