//! Notifications of the desktop, with actions where its server has them.

use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use pop_core::desk::{At, PopId};
use pop_core::language::Language;
use pop_wire::NoticeView;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::Value;

use crate::notice::{Acted, words};
use crate::system::session;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// As long as a notice of our own; the server may hold it longer under the pointer.
const STAYS_MS: i32 = 8_000;

/// The notification on screen: its number with the server, and the card.
type OnScreen = Arc<Mutex<Option<(u32, At)>>>;

/// A way to the thread that speaks with the server, in the order of what was asked.
pub(super) struct Notifications(Sender<(Option<NoticeView>, Language)>);

impl Notifications {
    /// Starts the thread; `acted` hears what the agent does with a notification.
    pub(super) fn start(acted: impl Fn(At, Acted) + Send + 'static) -> Self {
        let (asks, asked) = mpsc::channel();
        std::thread::spawn(move || run(&asked, acted));
        Self(asks)
    }

    /// Shows a notification in place of the one before, or none.
    pub(super) fn show(&self, view: Option<NoticeView>, language: Language) {
        // Without a bus the thread has ended, and nobody can be told.
        let _ = self.0.send((view, language));
    }
}

fn run(
    asked: &Receiver<(Option<NoticeView>, Language)>,
    acted: impl Fn(At, Acted) + Send + 'static,
) {
    let Some(session) = session() else { return };
    let on_screen = OnScreen::default();
    let heard = Arc::clone(&on_screen);
    std::thread::spawn(move || hear(session, &heard, acted));
    let has_actions = capabilities(session).contains(&"actions".to_owned());
    while let Ok((view, language)) = asked.recv() {
        let mut shown = on_screen.lock().unwrap_or_else(PoisonError::into_inner);
        let replaced = shown.take().map_or(0, |(number, _)| number);
        match view {
            Some(view) => {
                let at = At {
                    pop: PopId(view.pop),
                    generation: view.generation,
                };
                *shown = notify(session, replaced, &view, has_actions, language)
                    .map(|number| (number, at));
            }
            None if replaced != 0 => {
                // A notification that is gone already cannot be closed.
                let _ = call(session, "CloseNotification", &(replaced));
            }
            None => {}
        }
    }
}

fn notify(
    session: &Connection,
    replaced: u32,
    view: &NoticeView,
    has_actions: bool,
    language: Language,
) -> Option<u32> {
    let (show, open) = (words::show(language), words::open(language));
    let actions: Vec<&str> = match (has_actions, view.can_open) {
        (false, _) => Vec::new(),
        (true, false) => vec!["default", &show, "show", &show],
        (true, true) => vec!["default", &show, "show", &show, "open", &open],
    };
    let hints: HashMap<&str, Value<'_>> = [
        ("desktop-entry", Value::from("screenpop")),
        ("category", Value::from("im.received")),
        ("urgency", Value::from(1_u8)),
    ]
    .into();
    let body = (
        "Screenpop",
        replaced,
        "screenpop",
        words::title(view, language),
        words::body(view),
        actions,
        hints,
        STAYS_MS,
    );
    match call(session, "Notify", &body) {
        Ok(answer) => answer.body().deserialize().ok(),
        Err(error) => {
            tracing::warn!(%error, "the notification was not shown");
            None
        }
    }
}

fn capabilities(session: &Connection) -> Vec<String> {
    call(session, "GetCapabilities", &())
        .ok()
        .and_then(|answer| answer.body().deserialize().ok())
        .unwrap_or_default()
}

/// Hears what the agent does with the notification on screen.
fn hear(session: &Connection, on_screen: &OnScreen, acted: impl Fn(At, Acted)) {
    let rule = zbus::MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(NAME)
        .map(|rule| rule.build().to_owned());
    let messages = rule.and_then(|rule| MessageIterator::for_match_rule(rule, session, None));
    let Ok(messages) = messages else { return };
    for message in messages.flatten() {
        let header = message.header();
        let member = header.member().map(zbus::names::MemberName::as_str);
        let body = message.body();
        let (number, act) = match member {
            Some("ActionInvoked") => match body.deserialize::<(u32, &str)>() {
                Ok((number, "open")) => (number, Acted::Open),
                Ok((number, _)) => (number, Acted::Show),
                Err(_) => continue,
            },
            Some("NotificationClosed") => match body.deserialize::<(u32, u32)>() {
                Ok((number, _)) => (number, Acted::Closed),
                Err(_) => continue,
            },
            _ => continue,
        };
        let shown = on_screen.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = shown.filter(|(known, _)| *known == number);
        drop(shown);
        if let Some((_, at)) = ours {
            acted(at, act);
        }
    }
}

fn call<B>(session: &Connection, method: &str, body: &B) -> zbus::Result<zbus::message::Message>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    session.call_method(Some(NAME), PATH, Some(NAME), method, body)
}
