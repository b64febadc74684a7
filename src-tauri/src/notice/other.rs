//! Notifications of systems whose servers take no actions from us: they are shown, and no more.

use pop_core::desk::At;
use pop_core::language::Language;
use pop_wire::NoticeView;

use crate::notice::{Acted, words};

/// The system's notifications.
pub(super) struct Notifications;

impl Notifications {
    /// Nothing comes back from the agent here.
    pub(super) fn start(_acted: impl Fn(At, Acted) + Send + 'static) -> Self {
        Self
    }

    /// Shows a notification; the system takes it away by itself.
    pub(super) fn show(&self, view: Option<NoticeView>, language: Language) {
        let Some(view) = view else { return };
        std::thread::spawn(move || {
            let shown = notify_rust::Notification::new()
                .summary(&words::title(&view, language))
                .body(&words::body(&view))
                .show();
            if let Err(error) = shown {
                tracing::warn!(%error, "the notification was not shown");
            }
        });
    }
}
