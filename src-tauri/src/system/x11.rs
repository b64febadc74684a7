//! The X server: the time since the last input, the order of windows, and an old-style tray.

use std::sync::OnceLock;
use std::time::Duration;

use pop_core::attention::place::Area;
use x11rb::connection::Connection as _;
use x11rb::protocol::screensaver::ConnectionExt as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, MapState, Window};
use x11rb::rust_connection::RustConnection;

/// The most windows that are looked at; nobody has more open.
const MOST_WINDOWS: u32 = 1_024;

struct Display {
    connection: RustConnection,
    root: Window,
    screen: usize,
}

/// How long nothing was typed or clicked.
pub(super) fn since_input() -> Option<Duration> {
    let display = display()?;
    let asked = display
        .connection
        .screensaver_query_info(display.root)
        .ok()?;
    let idle = asked.reply().ok()?.ms_since_user_input;
    Some(Duration::from_millis(idle.into()))
}

/// Whether one other window hides most of our window with this title.
pub(super) fn is_covered(title: &str) -> Option<bool> {
    let display = display()?;
    let stacked = display.numbers(display.root, "_NET_CLIENT_LIST_STACKING")?;
    let own = stacked
        .iter()
        .position(|window| display.is_ours(*window, title))?;
    let area = display.area(*stacked.get(own)?)?;
    let above = stacked.get(own + 1..)?;
    Some(
        above
            .iter()
            .filter(|window| display.is_shown(**window))
            .filter_map(|window| display.area(*window))
            .any(|other| area.is_covered_by(other)),
    )
}

/// Whether an old-style tray is there.
pub(super) fn has_tray() -> bool {
    display().is_some_and(|display| {
        let name = format!("_NET_SYSTEM_TRAY_S{}", display.screen);
        let owner = display.atom(&name).and_then(|atom| {
            let asked = display.connection.get_selection_owner(atom).ok()?;
            Some(asked.reply().ok()?.owner)
        });
        owner.is_some_and(|owner| owner != x11rb::NONE)
    })
}

fn display() -> Option<&'static Display> {
    static DISPLAY: OnceLock<Option<Display>> = OnceLock::new();
    DISPLAY
        .get_or_init(|| {
            let (connection, screen) = x11rb::connect(None).ok()?;
            let root = connection.setup().roots.get(screen)?.root;
            Some(Display {
                connection,
                root,
                screen,
            })
        })
        .as_ref()
}

impl Display {
    fn atom(&self, name: &str) -> Option<u32> {
        let asked = self.connection.intern_atom(false, name.as_bytes()).ok()?;
        Some(asked.reply().ok()?.atom)
    }

    fn numbers(&self, window: Window, property: &str) -> Option<Vec<u32>> {
        let property = self.atom(property)?;
        let asked = self
            .connection
            .get_property(false, window, property, AtomEnum::ANY, 0, MOST_WINDOWS)
            .ok()?;
        Some(asked.reply().ok()?.value32()?.collect())
    }

    fn is_ours(&self, window: Window, title: &str) -> bool {
        let process = self.numbers(window, "_NET_WM_PID");
        let named = || {
            let property = self.atom("_NET_WM_NAME")?;
            let asked = self
                .connection
                .get_property(false, window, property, AtomEnum::ANY, 0, MOST_WINDOWS)
                .ok()?;
            Some(asked.reply().ok()?.value == title.as_bytes())
        };
        process.is_some_and(|process| process == [std::process::id()]) && named() == Some(true)
    }

    fn is_shown(&self, window: Window) -> bool {
        let asked = self.connection.get_window_attributes(window);
        asked
            .ok()
            .and_then(|asked| asked.reply().ok())
            .is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    fn area(&self, window: Window) -> Option<Area> {
        let size = self.connection.get_geometry(window).ok()?.reply().ok()?;
        let asked = self
            .connection
            .translate_coordinates(window, self.root, 0, 0);
        let place = asked.ok()?.reply().ok()?;
        Some(Area {
            x: place.dst_x.into(),
            y: place.dst_y.into(),
            width: size.width.into(),
            height: size.height.into(),
        })
    }
}
