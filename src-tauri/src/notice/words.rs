//! What a notification of the system says; it is text alone, and names nobody unless it may.

use pop_core::language::Language;
use pop_wire::{ChannelView, NoticeView, PhaseView};

/// The action that shows the panel.
pub(super) fn show(language: Language) -> String {
    language.say("notice-show", &[])
}

/// The action that opens the record.
pub(super) fn open(language: Language) -> String {
    language.say("notice-open", &[])
}

/// What happened.
pub(super) fn title(view: &NoticeView, language: Language) -> String {
    let id = match view.phase {
        PhaseView::Accepted | PhaseView::Held => "notice-accepted",
        PhaseView::Offered
        | PhaseView::Withdrawn
        | PhaseView::Missed
        | PhaseView::Transferred
        | PhaseView::WrapUp
        | PhaseView::Ended
        | PhaseView::LookedUp => "notice-offered",
    };
    language.say(id, &[("channel", word(view.channel).into())])
}

fn word(channel: ChannelView) -> &'static str {
    match channel {
        ChannelView::Voice => "voice",
        ChannelView::Video => "video",
        ChannelView::Chat => "chat",
        ChannelView::Messaging => "messaging",
        ChannelView::Sms => "sms",
        ChannelView::Email => "email",
        ChannelView::Social => "social",
        ChannelView::Callback => "callback",
        ChannelView::Cobrowse => "cobrowse",
        ChannelView::Other => "other",
    }
}

/// Who it is and what they want, as far as it may be said.
pub(super) fn body(view: &NoticeView) -> String {
    let Some(who) = &view.who else {
        return String::new();
    };
    let lines: Vec<&str> = [Some(who.title.as_str()), who.reason.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    // Servers read a little markup in bodies; what a customer wrote is text.
    lines
        .join("\n")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
