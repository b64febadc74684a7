//! The tray icon: what it shows is a pure function of the live interactions and connections.

use std::collections::BTreeMap;

use pop_core::desk::{Phase, Pop, PopId};
use pop_core::language::Language;
use pop_core::status::Status;
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use crate::window;

const ID: &str = "main";

/// The four states, each with a shape of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    #[default]
    Ready,
    Live,
    Attention,
    Problem,
}

/// What the tray's state follows from.
#[derive(Debug, Default)]
pub(crate) struct Live {
    phases: BTreeMap<PopId, Phase>,
    problem: bool,
}

impl Live {
    pub(crate) fn pop(&mut self, pop: &Pop) {
        self.phases.insert(pop.id, pop.phase);
    }

    pub(crate) fn gone(&mut self, pop: PopId) {
        self.phases.remove(&pop);
    }

    pub(crate) fn status(&mut self, status: &Status) {
        self.problem = status
            .connections
            .iter()
            .any(|connection| connection.fault.is_some())
            || !status.file_faults.is_empty();
    }

    /// The state to show: what needs the agent first.
    pub(crate) fn state(&self) -> State {
        let any = |phase| self.phases.values().any(|known| *known == phase);
        if any(Phase::Offered) {
            State::Attention
        } else if self.problem {
            State::Problem
        } else if any(Phase::Accepted) {
            State::Live
        } else {
            State::Ready
        }
    }
}

/// Puts the icon into the tray.
///
/// # Errors
/// When the desktop has no tray.
pub(crate) fn build(app: &AppHandle, language: Language) -> tauri::Result<()> {
    let menu = menu(app, language)?;
    TrayIconBuilder::with_id(ID)
        .icon(image(State::Ready)?)
        .tooltip("Screenpop")
        .menu(&menu)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "show" => window::bring_up(app, window::Raise::Focus),
            "quit" => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::DoubleClick { .. } = event {
                window::bring_up(tray.app_handle(), window::Raise::Focus);
            }
        })
        .build(app)?;
    Ok(())
}

/// Writes the menu in another language.
pub(crate) fn speak(app: &AppHandle, language: Language) {
    let Some(tray) = app.tray_by_id(ID) else {
        return;
    };
    let written = menu(app, language).and_then(|menu| tray.set_menu(Some(menu)));
    if let Err(error) = written {
        tracing::warn!(%error, "the tray's menu could not be written anew");
    }
}

fn menu(app: &AppHandle, language: Language) -> tauri::Result<Menu<Wry>> {
    let item = |id| {
        let text = language.say(&format!("tray-{id}"), &[]);
        MenuItem::with_id(app, id, text, true, None::<&str>)
    };
    Menu::with_items(app, &[&item("show")?, &item("quit")?])
}

/// Shows a state.
pub(crate) fn draw(app: &AppHandle, state: State) {
    let Some(tray) = app.tray_by_id(ID) else {
        return;
    };
    let shown = image(state).and_then(|image| tray.set_icon(Some(image)));
    if let Err(error) = shown {
        tracing::warn!(%error, "the tray icon could not be changed");
    }
}

fn image(state: State) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match state {
        State::Ready => include_bytes!("../../icons/tray/ready-on-dark.png"),
        State::Live => include_bytes!("../../icons/tray/live-on-dark.png"),
        State::Attention => include_bytes!("../../icons/tray/attention-on-dark.png"),
        State::Problem => include_bytes!("../../icons/tray/problem-on-dark.png"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rings_comes_before_what_is_broken() {
        let mut live = Live {
            problem: true,
            ..Live::default()
        };
        assert_eq!(
            live.state(),
            State::Problem,
            "a problem is shown while nothing rings"
        );
        live.phases.insert(PopId(1), Phase::Offered);
        assert_eq!(
            live.state(),
            State::Attention,
            "an offer needs the agent now"
        );
        live.phases.insert(PopId(1), Phase::Accepted);
        live.problem = false;
        assert_eq!(live.state(), State::Live, "an accepted one is live");
        live.gone(PopId(1));
        assert_eq!(live.state(), State::Ready, "and then it is calm again");
    }
}
