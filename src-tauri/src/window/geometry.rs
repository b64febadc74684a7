//! Where the main window stands: remembered for each screen, docked to a side, or the compact bar.
//!
//! The sums are `pop_core::attention::place`; here they are read from and given to the system.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::attention::place::{Area, LOWEST, NARROWEST, USUAL, USUAL_HEIGHT};
use pop_core::settings::Dock;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Monitor, WebviewWindow};

use crate::window::MAIN;

/// How long the system has to do what it was asked, before it is asked again.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// How often it is asked.
const ASKED: usize = 20;

/// What is remembered of the window between starts.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Remembered {
    /// Whether the agent was told what the close button does.
    told_of_closing: bool,
    /// The screen the window was on.
    last: Option<String>,
    /// Where it was, screen by screen.
    screens: BTreeMap<String, Place>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Place {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

/// The window's place, and the file that remembers it.
pub(crate) struct Geometry {
    file: PathBuf,
    kept: Mutex<Remembered>,
    /// Where the panel was while the window is the compact bar.
    panel: Mutex<Option<Area>>,
    /// How often the window has changed between bar and panel.
    changes: AtomicU64,
}

impl Geometry {
    /// Reads what is remembered; without it the window begins as it did the first time.
    pub(crate) fn read(file: PathBuf) -> Self {
        let kept = std::fs::read(&file)
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default();
        Self {
            file,
            kept: Mutex::new(kept),
            panel: Mutex::default(),
            changes: AtomicU64::default(),
        }
    }

    /// Whether the agent was told what the close button does; from now on they were.
    pub(crate) fn told_of_closing(&self) -> bool {
        let before = std::mem::replace(&mut self.kept().told_of_closing, true);
        self.keep();
        before
    }

    /// Where the window begins: where it was on the screen it was on, if that screen is there.
    pub(crate) fn begin(&self, app: &AppHandle) -> Area {
        let usual = Area {
            x: 0,
            y: 0,
            width: USUAL,
            height: USUAL_HEIGHT,
        };
        let monitors = app.available_monitors().unwrap_or_default();
        let kept = self.kept();
        let last = monitors
            .iter()
            .find(|monitor| kept.last.as_ref() == Some(&name(monitor)));
        let place = last.and_then(|monitor| kept.screens.get(&name(monitor)));
        match (last, place) {
            (Some(monitor), Some(place)) => area(*place).within(work_of(monitor)),
            _ => usual,
        }
    }

    /// Remembers where the window is, unless it is the compact bar.
    pub(crate) fn remember(&self, window: &WebviewWindow) {
        if self.panel().is_some() || window.is_minimized().unwrap_or(false) {
            return;
        }
        let (Some(now), Ok(Some(monitor))) = (area_of(window), window.current_monitor()) else {
            return;
        };
        let name = name(&monitor);
        let mut kept = self.kept();
        kept.last = Some(name.clone());
        kept.screens.insert(
            name,
            Place {
                x: now.x,
                y: now.y,
                width: now.width,
                height: now.height,
            },
        );
        drop(kept);
        self.keep();
    }

    /// Docks the window to a side of its screen, as wide as it was there before.
    pub(crate) fn dock(&self, window: &WebviewWindow, side: Dock) -> tauri::Result<()> {
        if self.panel().is_some() {
            return Ok(());
        }
        let Some((work, scale)) = work_area(window.app_handle()) else {
            return Ok(());
        };
        let width = area_of(window).map_or(USUAL, |now| now.width);
        let Some(docked) = work.docked(side, width) else {
            return Ok(());
        };
        let (outer, inner) = (window.outer_size()?, window.inner_size()?);
        let frame = inner_height(outer.height.saturating_sub(inner.height), scale);
        put(
            window,
            Area {
                height: docked.height - frame,
                ..docked
            },
        )
    }

    /// Makes the window the compact bar of so many rows, or the panel again.
    pub(crate) fn compact(&self, window: &WebviewWindow, rows: Option<usize>) -> tauri::Result<()> {
        let before = *self.panel();
        if rows.is_none() && before.is_none() {
            return Ok(());
        }
        let Some((work, _)) = work_area(window.app_handle()) else {
            return Ok(());
        };
        match (rows, before) {
            (Some(rows), panel) => {
                let Some(panel) = panel.or_else(|| area_of(window)) else {
                    return Ok(());
                };
                if before.is_none() {
                    self.remember(window);
                    *self.panel() = Some(panel);
                    window.set_min_size(None::<LogicalSize<f64>>)?;
                    window.set_decorations(false)?;
                }
                self.insist(window, work.bar(panel, rows))
            }
            (None, Some(panel)) => {
                *self.panel() = None;
                window.set_decorations(true)?;
                window.set_min_size(Some(LogicalSize::new(
                    f64::from(NARROWEST),
                    f64::from(LOWEST),
                )))?;
                self.insist(window, panel.within(work))
            }
            (None, None) => Ok(()),
        }
    }

    /// Puts the window somewhere and looks whether it has the size: while its frame is taken away or
    /// given back, the system may overlook one.
    fn insist(&self, window: &WebviewWindow, area: Area) -> tauri::Result<()> {
        put(window, area)?;
        let change = self.changes.fetch_add(1, Ordering::Relaxed) + 1;
        let window = window.clone();
        tauri::async_runtime::spawn(async move {
            for _ in 0..ASKED {
                tokio::time::sleep(LOOK_AGAIN).await;
                let is_last = window.state::<Self>().changes.load(Ordering::Relaxed) == change;
                let fits = |now: Area| (now.width, now.height) == (area.width, area.height);
                if !is_last || area_of(&window).is_none_or(fits) {
                    return;
                }
                if let Err(error) = put(&window, area) {
                    tracing::warn!(%error, "the window does not take its size");
                }
            }
        });
        Ok(())
    }

    fn keep(&self) {
        let kept = serde_json::to_vec_pretty(&*self.kept()).map_err(std::io::Error::other);
        if let Err(error) = kept.and_then(|text| std::fs::write(&self.file, text)) {
            tracing::warn!(%error, "the window's place could not be kept");
        }
    }

    fn kept(&self) -> MutexGuard<'_, Remembered> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn panel(&self) -> MutexGuard<'_, Option<Area>> {
        self.panel.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts a window somewhere, in the pixels of its screen.
pub(crate) fn put(window: &WebviewWindow, area: Area) -> tauri::Result<()> {
    window.set_size(LogicalSize::new(area.width, area.height))?;
    window.set_position(LogicalPosition::new(area.x, area.y))
}

/// The part of the screen that windows may use, of the screen that the panel is on, and its scale.
pub(crate) fn work_area(app: &AppHandle) -> Option<(Area, f64)> {
    let own = app
        .get_webview_window(MAIN)
        .and_then(|window| window.current_monitor().ok().flatten());
    let monitor = own.or_else(|| app.primary_monitor().ok().flatten())?;
    Some((work_of(&monitor), monitor.scale_factor()))
}

fn work_of(monitor: &Monitor) -> Area {
    let (work, scale) = (monitor.work_area(), monitor.scale_factor());
    let at = work.position.to_logical::<i32>(scale);
    let size = work.size.to_logical::<i32>(scale);
    Area {
        x: at.x,
        y: at.y,
        width: size.width,
        height: size.height,
    }
}

fn area_of(window: &WebviewWindow) -> Option<Area> {
    let scale = window.scale_factor().ok()?;
    let at = window.outer_position().ok()?.to_logical::<i32>(scale);
    let size = window.inner_size().ok()?.to_logical::<i32>(scale);
    Some(Area {
        x: at.x,
        y: at.y,
        width: size.width,
        height: size.height,
    })
}

fn inner_height(pixels: u32, scale: f64) -> i32 {
    tauri::PhysicalSize::new(0, pixels)
        .to_logical::<i32>(scale)
        .height
}

fn area(place: Place) -> Area {
    let Place {
        x,
        y,
        width,
        height,
    } = place;
    Area {
        x,
        y,
        width,
        height,
    }
}

fn name(monitor: &Monitor) -> String {
    monitor.name().cloned().unwrap_or_else(|| {
        let size = monitor.size();
        format!("{}x{}", size.width, size.height)
    })
}
