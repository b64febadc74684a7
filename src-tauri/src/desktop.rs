//! The window, the browser and the notifications behind the engine's port.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pop_core::desk::{Desk, Pop, PopId};
use pop_core::interaction::InteractionKey;
use pop_core::language::Language;
use pop_core::link::RecordUrl;
use pop_core::profile::ConnectionId;
use pop_core::status::{ListenerStatus, Status};
use pop_crm::SignInAddress;
use pop_engine::ports::{Desktop, Notice};
use pop_store::Mark;
use pop_wire::{AppView, PaintedRequest, PopView, Update};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, UserAttentionType};
use tauri_plugin_notification::NotificationExt as _;

use crate::{environment, opener, tray, window};

/// Everything the engine shows goes through here.
pub(crate) struct Screen {
    app: AppHandle,
    updates: Mutex<Option<Channel<Update>>>,
    live: Mutex<tray::Live>,
    labels: Mutex<BTreeMap<ConnectionId, String>>,
    spoken: Mutex<Language>,
    /// Whether it is known if clicked numbers are looked up, whether they are, and whose turn it is.
    looks_up: Arc<(AtomicBool, AtomicBool, Mutex<()>)>,
    prints: bool,
}

impl Screen {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self {
            app,
            updates: Mutex::new(None),
            live: Mutex::default(),
            labels: Mutex::default(),
            spoken: Mutex::new(environment::language()),
            looks_up: Arc::default(),
            prints: environment::prints_timeline(),
        }
    }

    /// From now on the window hears of changes through this channel.
    pub(crate) fn subscribe(&self, updates: Channel<Update>) {
        *self.updates.lock().unwrap_or_else(PoisonError::into_inner) = Some(updates);
    }

    /// What people call a connection.
    pub(crate) fn label(&self, connection: &ConnectionId) -> String {
        let labels = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        labels
            .get(connection)
            .cloned()
            .unwrap_or_else(|| connection.0.clone())
    }

    /// The language that people read.
    pub(crate) fn spoken(&self) -> Language {
        *self.spoken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn speak(&self, language: Language) {
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        if *spoken != language {
            *spoken = language;
            tray::speak(&self.app, language);
        }
    }

    /// Tells whoever measures that the window painted something.
    pub(crate) fn painted(&self, painted: PaintedRequest) {
        let PaintedRequest { pop, seq, at_us } = painted;
        self.print(&match pop {
            0 => serde_json::json!({ "window": "painted", "at_us": at_us }),
            _ => serde_json::json!({ "painted": { "pop": pop, "seq": seq, "at_us": at_us } }),
        });
    }

    /// Prints a line for whoever measures or drives the app.
    pub(crate) fn print(&self, line: &serde_json::Value) {
        if self.prints {
            // A closed pipe is no reason to end.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }

    /// Takes clicked telephone addresses, or gives them back, when the setting says otherwise than
    /// it did. The system's tool takes a moment, so that it has a thread; one at a time, and each
    /// follows what is wanted by then.
    fn look_up_clicked(&self, wanted: bool) {
        let known = self.looks_up.0.swap(true, Ordering::SeqCst);
        let before = self.looks_up.1.swap(wanted, Ordering::SeqCst);
        if known && before == wanted {
            return;
        }
        let Some(addresses) = environment::addresses(&self.app) else {
            return;
        };
        let looks_up = Arc::clone(&self.looks_up);
        std::thread::spawn(move || {
            let _turn = looks_up.2.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = addresses.follow(looks_up.1.load(Ordering::SeqCst)) {
                tracing::warn!(%error, "clicked telephone numbers do not follow the setting");
            }
        });
    }

    fn send(&self, update: Update) {
        let updates = self.updates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = updates.as_ref().map(|updates| updates.send(update)) {
            tracing::warn!(%error, "the window does not take updates");
        }
    }

    fn show_in_tray(&self, change: impl FnOnce(&mut tray::Live)) {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let before = live.state();
        change(&mut live);
        if live.state() != before {
            tray::draw(&self.app, live.state());
        }
    }
}

impl Desktop for Screen {
    fn language(&self) -> Language {
        environment::language()
    }

    fn show(&self, pop: &Pop, desk: &Desk, status: &Status) {
        self.send(Update::Pop {
            view: Box::new(PopView::draw(pop, desk, status)),
        });
        self.show_in_tray(|live| live.pop(pop));
    }

    fn gone(&self, pop: PopId) {
        self.send(Update::Gone { pop: pop.0 });
        self.show_in_tray(|live| live.gone(pop));
    }

    fn status(&self, status: &Status) {
        let version = self.app.package_info().version.to_string();
        self.send(Update::App {
            view: Box::new(AppView::draw(status, &version)),
        });
        *self.labels.lock().unwrap_or_else(PoisonError::into_inner) = status
            .connections
            .iter()
            .map(|connection| (connection.id.clone(), connection.label.clone()))
            .collect();
        window::keep_on_top(&self.app, status.settings.appearance.always_on_top);
        self.look_up_clicked(status.settings.links.tel);
        self.speak(status.language());
        self.show_in_tray(|live| live.status(status));
        if let ListenerStatus::On {
            address,
            accepted: 0,
            ..
        } = &status.listener
        {
            self.print(&serde_json::json!({ "listening": address }));
        }
    }

    fn open(&self, url: &RecordUrl) -> Result<(), String> {
        opener::open(url)
    }

    fn sign_in(&self, address: &SignInAddress) -> Result<(), String> {
        opener::sign_in(address)
    }

    fn notify(&self, notice: &Notice) {
        let Some(window) = self.app.get_webview_window(window::MAIN) else {
            return;
        };
        let in_view =
            window.is_visible().unwrap_or(false) && !window.is_minimized().unwrap_or(false);
        if in_view {
            return;
        }
        // Where the desktop has no attention to give, the notification stands alone.
        let _ = window.request_user_attention(Some(UserAttentionType::Informational));
        let builder = self.app.notification().builder().title(&notice.title);
        let builder = match &notice.body {
            Some(body) => builder.body(body),
            None => builder,
        };
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(error) = builder.show() {
                tracing::warn!(%error, "the notification was not shown");
            }
        });
    }

    fn hush(&self, _: PopId) {
        // The system's notification goes by itself; the attention that was asked for does not.
        if let Some(window) = self.app.get_webview_window(window::MAIN) {
            let _ = window.request_user_attention(None);
        }
    }

    fn completed(&self, key: &InteractionKey, marks: &[Mark]) {
        let timeline: Vec<serde_json::Value> = marks
            .iter()
            .map(|mark| serde_json::json!({ "mark": mark.name, "at_us": mark.at.micros() }))
            .collect();
        self.print(&serde_json::json!({
            "pop": { "interaction": key.id, "timeline": timeline }
        }));
    }
}
