//! Carries out what the core's attention says: tray, badge, taskbar, notice, sound, curtain.
//!
//! Every signal is applied under one lock; what follows from it is carried out after it, so that
//! no call to the system can wait for another signal.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::attention::{Attention, CurtainSignal, Shown, Signal, Sound};
use pop_core::clock::Clock as _;
use pop_core::desk::PopId;
use pop_core::moment::Moment;
use pop_core::settings::{self, Help, Settings};
use pop_core::status::Status;
use pop_crm::SystemClock;
use pop_wire::{CanView, NoticeView, PopView, Update, WindowView};
use tauri::Manager;

use crate::desktop::Screen;
use crate::hotkeys::Hotkeys;
use crate::notice::Notices;
use crate::window::geometry::Geometry;
use crate::{outside, system, tray, window};

/// How often the hands are looked at while the settings hide customer data after a time.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// All that decides what is seen outside the cards.
pub(crate) struct Seen {
    attention: Attention,
    shown: Shown,
    cards: BTreeMap<PopId, PopView>,
    settings: Settings,
    /// Whether the settings in force have come once.
    followed: bool,
    window: WindowView,
    /// The tray's menu, as drawn last.
    menu: tray::Shown,
    /// What waits to be sent.
    unsent: Unsent,
    /// When a tick is on its way.
    due: Option<Moment>,
}

/// What waits to be sent.
#[derive(Clone, Copy, Default)]
pub(crate) struct Unsent {
    pub(crate) count: u32,
    /// Whether it is sent after the next start, if the app ends before.
    pub(crate) kept: bool,
}

/// What one signal changed.
struct Change {
    before: Shown,
    after: Shown,
    sound: Option<Sound>,
    due: Option<Moment>,
}

impl Seen {
    pub(crate) fn new() -> Mutex<Self> {
        let settings = settings::defaults().settings;
        Mutex::new(Self {
            attention: Attention::new(settings.attention.clone()),
            shown: Shown::default(),
            cards: BTreeMap::new(),
            settings,
            followed: false,
            window: WindowView::default(),
            menu: tray::Shown::default(),
            unsent: Unsent::default(),
            due: None,
        })
    }

    fn apply(&mut self, signal: Signal) -> Change {
        let sound = self.attention.apply(SystemClock.now(), signal);
        let after = self.attention.shown();
        let before = std::mem::replace(&mut self.shown, after);
        let next = self.attention.next_deadline();
        let due = next.filter(|_| next != self.due);
        self.due = next;
        Change {
            before,
            after,
            sound,
            due,
        }
    }
}

impl Screen {
    /// Takes a signal and carries out what follows.
    pub(crate) fn signal(&self, signal: Signal) {
        let change = self.seen().apply(signal);
        if let Some(sound) = change.sound {
            self.send(Update::Sound {
                sound: sound.into(),
            });
        }
        if let Some(due) = change.due {
            self.tick_at(due);
        }
        self.carry_out(change.before, change.after);
    }

    /// The agent pressed the curtain's key, clicked on it, or the system speaks of the screen.
    pub(crate) fn curtain(&self, signal: CurtainSignal) {
        self.signal(Signal::Curtain(signal));
    }

    /// Tells of a card, looking first at how much the agent sees: on a thread that may wait.
    pub(crate) fn arrived(&self, pop: PopId) {
        let app = self.app().clone();
        tauri::async_runtime::spawn_blocking(move || {
            let screen = app.state::<std::sync::Arc<Screen>>();
            let quiet = system::wants_quiet().unwrap_or(false);
            screen.signal(Signal::Disturb { quiet });
            screen.signal(Signal::Window(window::in_view(&app)));
            screen.signal(Signal::Arrived(pop));
        });
    }

    /// A card as drawn.
    pub(crate) fn keep_card(&self, view: PopView) {
        self.seen().cards.insert(PopId(view.id), view);
    }

    /// A card is gone.
    pub(crate) fn drop_card(&self, pop: PopId) {
        self.seen().cards.remove(&pop);
        self.signal(Signal::Gone(pop));
        self.draw_menu();
        self.fit_bar();
    }

    /// A card as the agent last saw it.
    pub(crate) fn card(&self, pop: PopId) -> Option<PopView> {
        self.seen().cards.get(&pop).cloned()
    }

    /// Draws what depends on a card once more: the notice about it, the menu, the compact bar.
    pub(crate) fn redraw_around(&self, pop: PopId) {
        if self.seen().shown.notice.is_some_and(|it| it.pop == pop) {
            self.draw_notice();
        }
        self.draw_menu();
        self.fit_bar();
    }

    /// New settings; what they change outside the cards.
    pub(crate) fn follow(&self, settings: &Settings) {
        let before = {
            let mut seen = self.seen();
            let before = std::mem::replace(&mut seen.settings, settings.clone());
            std::mem::replace(&mut seen.followed, true).then_some(before)
        };
        if before
            .as_ref()
            .is_none_or(|before| before.attention != settings.attention)
        {
            self.signal(Signal::Settings(settings.attention.clone()));
        }
        outside::follow(self.app(), before.as_ref(), settings);
        self.follow_hotkeys();
    }

    /// What the desktop can do, which is known a moment after the start.
    pub(crate) fn learn(&self, can: CanView) {
        self.change_window(|window| window.can = can);
        self.follow_hotkeys();
    }

    fn follow_hotkeys(&self) {
        let (followed, wanted, can) = {
            let seen = self.seen();
            (
                seen.followed,
                seen.settings.shortcuts.clone(),
                seen.window.can,
            )
        };
        if !followed {
            return;
        }
        let hotkeys = self.app().state::<Hotkeys>();
        if let Some(problems) = hotkeys.follow(self.app(), &wanted, can.place) {
            self.change_window(|window| window.hotkeys = problems);
        }
    }

    /// Changes the window's own state and tells the page.
    pub(crate) fn change_window(&self, change: impl FnOnce(&mut WindowView)) {
        let view = {
            let mut seen = self.seen();
            let before = seen.window.clone();
            change(&mut seen.window);
            (seen.window != before).then(|| seen.window.clone())
        };
        if let Some(view) = view {
            let view = Box::new(view);
            self.send(Update::Window { view });
        }
    }

    /// The window's own state, as told last.
    pub(crate) fn window_view(&self) -> WindowView {
        self.seen().window.clone()
    }

    /// Watches the hands, for the curtain that follows a long absence.
    pub(crate) fn watch_hands(&self) {
        let app = self.app().clone();
        tauri::async_runtime::spawn(async move {
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                let screen = app.state::<std::sync::Arc<Screen>>().inner().clone();
                let minutes = screen.seen().settings.privacy.lock_after_minutes;
                if minutes == 0 {
                    continue;
                }
                let limit = Duration::from_mins(minutes.into());
                let idle = tauri::async_runtime::spawn_blocking(system::since_input).await;
                if idle.ok().flatten().is_some_and(|idle| idle >= limit) {
                    screen.curtain(CurtainSignal::Idle);
                }
            }
        });
    }

    /// Draws the tray's menu: the live interactions stand in it by name, unless they are hidden.
    pub(crate) fn draw_menu(&self) {
        let language = self.spoken();
        let menu = {
            let mut seen = self.seen();
            let cards = seen.cards.values().filter(|_| seen.shown.curtain.is_none());
            let menu = tray::Shown {
                live: cards.map(|card| (card.id, card.title.clone())).collect(),
                paused: seen.shown.paused.is_some(),
                simulates: seen.settings.sandbox.enabled && seen.settings.features.simulate,
                compact: seen.window.compact,
                language,
            };
            if seen.menu == menu {
                return;
            }
            seen.menu = menu.clone();
            menu
        };
        tray::draw_menu(self.app(), menu);
    }

    /// Makes the window the compact bar, or the panel again.
    pub(crate) fn compact(&self, on: bool) {
        self.change_window(|window| window.compact = on);
        self.fit_bar();
        self.draw_menu();
    }

    /// What explains the app here.
    pub(crate) fn help(&self) -> Help {
        self.seen().settings.help.clone()
    }

    /// What waits to be sent.
    pub(crate) fn unsent(&self) -> Unsent {
        self.seen().unsent
    }

    /// Notes what waits to be sent.
    pub(crate) fn note_unsent(&self, status: &Status) {
        let waits = status.queue.iter().filter(|item| !item.is_over());
        self.seen().unsent = Unsent {
            count: u32::try_from(waits.count()).unwrap_or(u32::MAX),
            kept: status.keeps(),
        };
    }

    /// Whether pops are paused.
    pub(crate) fn is_paused(&self) -> bool {
        self.seen().shown.paused.is_some()
    }

    /// Gives the window the size of the bar of as many rows as there are cards, or the panel's.
    ///
    /// All of it on the main thread, one after the other and by what holds then: a card that changes
    /// while the agent leaves the bar must not make the window a bar again.
    fn fit_bar(&self) {
        let app = self.app().clone();
        let asked = self.app().run_on_main_thread(move || {
            let (compact, rows) = {
                let screen = app.state::<std::sync::Arc<Screen>>();
                let seen = screen.seen();
                (seen.window.compact, seen.cards.len())
            };
            let Some(window) = app.get_webview_window(window::MAIN) else {
                return;
            };
            let geometry = app.state::<Geometry>();
            if let Err(error) = geometry.compact(&window, compact.then_some(rows)) {
                tracing::warn!(%error, "the window does not change its size");
            }
        });
        if let Err(error) = asked {
            tracing::warn!(%error, "the window could not be asked to change its size");
        }
    }

    fn carry_out(&self, before: Shown, after: Shown) {
        let app = self.app();
        if after.tray != before.tray {
            tray::draw(app, after.tray);
        }
        if after.badge != before.badge {
            window::badge(app, after.badge);
        }
        if after.calls != before.calls {
            window::call(app, after.calls);
        }
        if after.notice != before.notice {
            self.draw_notice();
        }
        if after.curtain != before.curtain {
            self.change_window(|window| window.curtain = after.curtain.map(Into::into));
        }
        if after.curtain != before.curtain || after.paused != before.paused {
            self.draw_menu();
        }
    }

    fn draw_notice(&self) {
        let language = self.spoken();
        let (view, by) = {
            let seen = self.seen();
            let view = seen.shown.notice.and_then(|notice| {
                let card = seen.cards.get(&notice.pop)?;
                Some(NoticeView::draw(card, notice, &seen.settings, language))
            });
            let by = if seen.window.can.notice {
                seen.settings.attention.shown_by
            } else {
                settings::ShownBy::System
            };
            (view, by)
        };
        self.app()
            .state::<Notices>()
            .show(self.app(), view, by, language);
    }

    fn tick_at(&self, due: Moment) {
        let app = self.app().clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(due.since(SystemClock.now())).await;
            let screen = app.state::<std::sync::Arc<Screen>>();
            screen.signal(Signal::Tick);
        });
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
