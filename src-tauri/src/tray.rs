//! The tray icon and its menu: both show what the core's attention says.

use std::sync::Arc;
use std::time::Duration;

use pop_core::attention::Tray;
use pop_core::language::Language;
use pop_engine::Engine;
use pop_sandbox::Scene;
use pop_wire::{AskView, GoView, Update};
use tauri::image::Image;
use tauri::menu::{CheckMenuItem, IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::desktop::Screen;
use crate::simulate;
use crate::training::EmbeddedSandbox;
use crate::window::{self, AgentAsked, Raise};

const ID: &str = "main";

/// How long the menu pauses pops.
const PAUSE: Duration = Duration::from_mins(15);

/// The most interactions that stand in the menu by name.
const MOST_NAMED: usize = 9;

/// What the menu shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The live interactions, by number and name.
    pub(crate) live: Vec<(u32, String)>,
    /// Whether pops are paused.
    pub(crate) paused: bool,
    /// Whether an interaction can be simulated.
    pub(crate) simulates: bool,
    /// Whether the window is the compact bar.
    pub(crate) compact: bool,
    /// The language of its words.
    pub(crate) language: Language,
}

/// The scenes that can be simulated, by the ids of their words.
const SCENES: [(&str, Scene); 7] = [
    ("scene-one", Scene::One),
    ("scene-vip", Scene::Vip),
    ("scene-several", Scene::Several),
    ("scene-none", Scene::None),
    ("scene-slow", Scene::Slow),
    ("scene-expired", Scene::Expired),
    ("scene-offline", Scene::Offline),
];

/// Puts the icon into the tray.
///
/// # Errors
/// When the desktop has no tray.
pub(crate) fn build(app: &AppHandle, language: Language) -> tauri::Result<()> {
    let begin = Shown {
        language,
        ..Shown::default()
    };
    TrayIconBuilder::with_id(ID)
        .icon(image(Tray::Ready)?)
        .tooltip("Screenpop")
        .menu(&menu(app, &begin)?)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::DoubleClick { .. } = event {
                window::bring_up(tray.app_handle(), Raise::Focus(AgentAsked::Tray));
            }
        })
        .build(app)?;
    Ok(())
}

/// Shows a state.
pub(crate) fn draw(app: &AppHandle, state: Tray) {
    let Some(tray) = app.tray_by_id(ID) else {
        return;
    };
    let shown = image(state).and_then(|image| tray.set_icon(Some(image)));
    if let Err(error) = shown {
        tracing::warn!(%error, "the tray icon could not be changed");
    }
}

/// Shows a menu. Menus are made on the main thread.
pub(crate) fn draw_menu(app: &AppHandle, shown: Shown) {
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        let Some(tray) = handle.tray_by_id(ID) else {
            return;
        };
        let drawn = menu(&handle, &shown).and_then(|menu| tray.set_menu(Some(menu)));
        if let Err(error) = drawn {
            tracing::warn!(%error, "the tray's menu could not be changed");
        }
    });
    if let Err(error) = asked {
        tracing::warn!(%error, "the tray's menu could not be changed");
    }
}

fn menu(app: &AppHandle, shown: &Shown) -> tauri::Result<Menu<Wry>> {
    let item = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let line = || PredefinedMenuItem::separator(app);
    let menu = Menu::new(app)?;
    let add = |item: &dyn IsMenuItem<Wry>| menu.append(item);
    for (pop, title) in shown.live.iter().take(MOST_NAMED) {
        // An ampersand would underline the letter after it.
        add(&item(&format!("pop-{pop}"), &title.replace('&', "&&"))?)?;
    }
    if !shown.live.is_empty() {
        add(&line()?)?;
    }
    let say = |id: &str| shown.language.say(&format!("tray-{id}"), &[]);
    let own = |id: &str| item(id, &say(id));
    let check = |id, on| CheckMenuItem::with_id(app, id, say(id), true, on, None::<&str>);
    add(&own("show")?)?;
    add(&check("compact", shown.compact)?)?;
    add(&check("pause", shown.paused)?)?;
    add(&line()?)?;
    if shown.simulates {
        let scenes = Submenu::new(app, say("simulate"), true)?;
        for (id, _) in SCENES {
            scenes.append(&own(id)?)?;
        }
        add(&scenes)?;
    }
    add(&own("health")?)?;
    add(&own("settings")?)?;
    add(&line()?)?;
    add(&own("quit")?)?;
    Ok(menu)
}

/// What the agent chose in the menu.
fn chosen(app: &AppHandle, id: &str) {
    let screen = app.state::<Arc<Screen>>().inner().clone();
    let go = |to| {
        window::bring_up(app, Raise::Focus(AgentAsked::Tray));
        screen.send(Update::Go { to });
    };
    match id {
        "show" => window::bring_up(app, Raise::Focus(AgentAsked::Tray)),
        "health" => go(GoView::Health),
        "settings" => go(GoView::Settings),
        "compact" => {
            window::bring_up(app, Raise::Show);
            screen.compact(!screen.window_view().compact);
        }
        "pause" => {
            let paused = screen.is_paused();
            let engine = app.state::<Engine>().inner().clone();
            tauri::async_runtime::spawn(async move {
                engine
                    .pause(if paused { Duration::ZERO } else { PAUSE })
                    .await;
            });
        }
        "quit" => quit(app, &screen),
        other => {
            if let Some((_, scene)) = SCENES.iter().find(|(id, _)| *id == other) {
                play(app, *scene);
            } else if let Some(pop) = other.strip_prefix("pop-").and_then(|pop| pop.parse().ok()) {
                go(GoView::Card { pop });
            }
        }
    }
}

/// Ends the app; what was not sent is told first, in the window.
fn quit(app: &AppHandle, screen: &Screen) {
    let unsent = screen.unsent();
    if unsent.count == 0 {
        app.exit(0);
        return;
    }
    window::bring_up(app, Raise::Focus(AgentAsked::Tray));
    let asks = AskView::Quit {
        unsent: unsent.count,
        kept: unsent.kept,
    };
    screen.change_window(|window| window.asks = Some(asks));
}

fn play(app: &AppHandle, scene: Scene) {
    let (engine, sandbox) = (
        app.state::<Engine>().inner().clone(),
        app.state::<Arc<EmbeddedSandbox>>().inner().clone(),
    );
    tauri::async_runtime::spawn(async move {
        if let Err(refused) = simulate::run(&engine, &sandbox, scene).await {
            tracing::warn!(why = ?refused, "nothing was simulated");
        }
    });
}

fn image(state: Tray) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match state {
        Tray::Ready => include_bytes!("../../icons/tray/ready-on-dark.png"),
        Tray::Live => include_bytes!("../../icons/tray/live-on-dark.png"),
        Tray::Attention => include_bytes!("../../icons/tray/attention-on-dark.png"),
        Tray::Problem => include_bytes!("../../icons/tray/problem-on-dark.png"),
    })
}
