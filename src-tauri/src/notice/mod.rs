//! Notices: a window of our own that never takes the keyboard, or the system's notifications.
//!
//! When a notice is shown and what it may say is decided in `pop-core`; here is only how.

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "other.rs"]
mod system;
mod window;
mod words;

use std::sync::{Mutex, PoisonError};

use pop_core::desk::At;
use pop_core::language::Language;
use pop_core::settings::ShownBy;
use pop_wire::{NoticeUpdate, NoticeView};
use tauri::AppHandle;
use tauri::ipc::Channel;

pub(crate) use window::drawn;

/// What the agent did with a notification of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acted {
    /// They want to see the card.
    Show,
    /// They want the record opened.
    Open,
    /// It is gone.
    Closed,
}

/// The notice on screen.
pub(crate) struct Notices {
    page: Mutex<Option<Channel<NoticeUpdate>>>,
    shown: Mutex<Option<NoticeView>>,
    system: system::Notifications,
}

impl Notices {
    /// No notice yet; `acted` hears what the agent does with notifications of the system.
    pub(crate) fn new(acted: impl Fn(At, Acted) + Send + 'static) -> Self {
        Self {
            page: Mutex::default(),
            shown: Mutex::default(),
            system: system::Notifications::start(acted),
        }
    }

    /// From now on the notice's page hears of changes through this channel.
    pub(crate) fn subscribe(&self, page: Channel<NoticeUpdate>) {
        *self.page.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
        let shown = self.shown();
        self.tell_page(shown);
    }

    /// The notice on screen.
    pub(crate) fn shown(&self) -> Option<NoticeView> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.clone()
    }

    /// Shows a notice in place of the one before, or none.
    pub(crate) fn show(
        &self,
        app: &AppHandle,
        view: Option<NoticeView>,
        by: ShownBy,
        language: Language,
    ) {
        let before = {
            let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *shown, view.clone())
        };
        if before == view {
            return;
        }
        let is_new = before.map(|before| before.pop) != view.as_ref().map(|view| view.pop);
        match by {
            ShownBy::System => {
                window::hide(app);
                self.system.show(view, language);
            }
            ShownBy::Screenpop => {
                if view.is_none() {
                    window::hide(app);
                    self.system.show(None, language);
                } else if is_new {
                    window::prepare(app);
                }
                self.tell_page(view);
            }
        }
    }

    fn tell_page(&self, view: Option<NoticeView>) {
        let page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        let told = page.as_ref().map(|page| page.send(NoticeUpdate { view }));
        if let Some(Err(error)) = told {
            tracing::warn!(%error, "the notice's page does not take updates");
        }
    }
}
