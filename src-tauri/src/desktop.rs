//! The window, the browser and the notifications behind the engine's port.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pop_core::attention::{Signal, severe};
use pop_core::desk::{Desk, Pop, PopId};
use pop_core::interaction::InteractionKey;
use pop_core::language::Language;
use pop_core::link::RecordUrl;
use pop_core::profile::ConnectionId;
use pop_core::status::{ListenerStatus, Status};
use pop_crm::SignInAddress;
use pop_engine::ports::Desktop;
use pop_store::Mark;
use pop_wire::{AppView, PaintedRequest, PopView, Update};
use tauri::AppHandle;
use tauri::ipc::Channel;

use crate::attention::Seen;
use crate::{environment, opener, system};

/// Everything the engine shows goes through here.
pub(crate) struct Screen {
    app: AppHandle,
    updates: Mutex<Option<Channel<Update>>>,
    pub(crate) seen: Mutex<Seen>,
    labels: Mutex<BTreeMap<ConnectionId, String>>,
    spoken: Mutex<Language>,
    /// Whether it is known if clicked numbers are looked up, whether they are, and whose turn it is.
    looks_up: Arc<(AtomicBool, AtomicBool, Mutex<()>)>,
    /// Whether made-up interactions may happen.
    simulates: AtomicBool,
    prints: bool,
}

impl Screen {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self {
            app,
            updates: Mutex::new(None),
            seen: Seen::new(),
            labels: Mutex::default(),
            spoken: Mutex::new(environment::language()),
            looks_up: Arc::default(),
            simulates: AtomicBool::new(false),
            prints: environment::prints_timeline(),
        }
    }

    pub(crate) fn app(&self) -> &AppHandle {
        &self.app
    }

    /// From now on the window hears of changes through this channel.
    pub(crate) fn subscribe(&self, updates: Channel<Update>) {
        *self.updates.lock().unwrap_or_else(PoisonError::into_inner) = Some(updates);
        let view = Box::new(self.window_view());
        self.send(Update::Window { view });
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

    /// Whether made-up interactions may happen.
    pub(crate) fn simulates(&self) -> bool {
        self.simulates.load(Ordering::SeqCst)
    }

    fn speak(&self, language: Language) {
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = std::mem::replace(&mut *spoken, language) != language;
        drop(spoken);
        if changed {
            self.draw_menu();
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

    /// Tells the window of a change.
    pub(crate) fn send(&self, update: Update) {
        let updates = self.updates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = updates.as_ref().map(|updates| updates.send(update)) {
            tracing::warn!(%error, "the window does not take updates");
        }
    }
}

impl Desktop for Screen {
    fn language(&self) -> Language {
        environment::language()
    }

    fn show(&self, pop: &Pop, desk: &Desk, status: &Status) {
        let view = PopView::draw(pop, desk, status);
        self.send(Update::Pop {
            view: Box::new(view.clone()),
        });
        self.keep_card(view);
        self.signal(Signal::Card {
            pop: pop.id,
            phase: pop.phase,
            severe: severe(pop),
        });
        self.redraw_around(pop.id);
    }

    fn gone(&self, pop: PopId) {
        self.send(Update::Gone { pop: pop.0 });
        self.drop_card(pop);
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
        self.look_up_clicked(status.settings.links.tel);
        let simulates = status.settings.features.simulate;
        self.simulates.store(simulates, Ordering::SeqCst);
        self.speak(status.language());
        self.signal(Signal::Problem(status.has_problem()));
        self.signal(Signal::Pause(status.paused));
        self.note_unsent(status);
        self.follow(&status.settings);
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

    fn browser(&self) -> Result<(), String> {
        opener::browser()
    }

    fn sign_in(&self, address: &SignInAddress) -> Result<(), String> {
        opener::sign_in(address)
    }

    fn notify(&self, pop: PopId) {
        self.arrived(pop);
    }

    fn since_input(&self) -> Option<Duration> {
        system::since_input()
    }

    fn hush(&self, pop: PopId) {
        self.signal(Signal::Hushed(pop));
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
