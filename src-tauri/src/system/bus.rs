//! The session bus and the system bus: idle time, quiet, the tray, and the locked screen.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use zbus::MatchRule;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};

/// A desktop that does not answer within this time does not answer.
const ANSWERS_WITHIN: Duration = Duration::from_millis(500);

const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const SESSION: &str = "org.freedesktop.login1.Session";

/// The connection to the session bus, where there is one.
pub(crate) fn session() -> Option<&'static Connection> {
    static SESSION: OnceLock<Option<Connection>> = OnceLock::new();
    SESSION
        .get_or_init(|| {
            let builder = Builder::session().ok()?;
            builder.method_timeout(ANSWERS_WITHIN).build().ok()
        })
        .as_ref()
}

/// Whether there is a session bus.
pub(super) fn is_there() -> bool {
    session().is_some()
}

/// How long nothing was typed or clicked, as GNOME or KDE say.
pub(super) fn since_input() -> Option<Duration> {
    const MUTTER: &str = "org.gnome.Mutter.IdleMonitor";
    const SAVER: &str = "org.freedesktop.ScreenSaver";
    let by_gnome = ask(
        MUTTER,
        "/org/gnome/Mutter/IdleMonitor/Core",
        MUTTER,
        "GetIdletime",
    )
    .and_then(|answer| answer.body().deserialize::<u64>().ok());
    let by_kde = || {
        ask(SAVER, "/ScreenSaver", SAVER, "GetSessionIdleTime")
            .and_then(|answer| answer.body().deserialize::<u32>().ok())
            .map(u64::from)
    };
    by_gnome.or_else(by_kde).map(Duration::from_millis)
}

/// Whether whoever shows notices holds them back: KDE while a screen is shared, others on wish.
pub(super) fn inhibits_notices() -> Option<bool> {
    const NOTICES: (&str, &str) = (
        "org.freedesktop.Notifications",
        "/org/freedesktop/Notifications",
    );
    property(NOTICES.0, NOTICES.1, NOTICES.0, "Inhibited")
        .or_else(|| property(NOTICES.0, NOTICES.1, "org.dunstproject.cmd0", "paused"))
}

/// Whether a tray of today is there.
pub(super) fn has_tray() -> bool {
    let Some(session) = session() else {
        return false;
    };
    let asked = session.call_method(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        Some("org.freedesktop.DBus"),
        "NameHasOwner",
        &("org.kde.StatusNotifierWatcher"),
    );
    asked.is_ok_and(|answer| answer.body().deserialize::<bool>().unwrap_or(false))
}

/// Hears of every time the screen is locked or unlocked.
///
/// The desktops' screen savers tell on the session bus, the login manager on the system bus. A
/// signal that anybody sends hides customer data at most, so nobody has to prove who they are.
pub(super) fn watch_lock(heard: impl Fn(bool) + Clone + Send + 'static) {
    let by_saver = heard.clone();
    std::thread::spawn(move || {
        let Some(session) = session() else { return };
        for message in signals(session, None, "ActiveChanged") {
            if let Ok(locked) = message.body().deserialize::<bool>() {
                by_saver(locked);
            }
        }
    });
    std::thread::spawn(move || watch_login(heard));
}

/// The login manager tells of locks in words, and of another user in front by a property.
fn watch_login(heard: impl Fn(bool) + Clone + Send + 'static) {
    let Ok(system) = Connection::system() else {
        return;
    };
    let own = own_session(&system);
    if let Some(own) = own.clone() {
        let (system, heard) = (system.clone(), heard.clone());
        std::thread::spawn(move || {
            for message in signals(&system, Some(PROPERTIES), "PropertiesChanged") {
                if path(&message).is_some_and(|path| path == own)
                    && let Some(active) = changed_active(&message)
                {
                    heard(!active);
                }
            }
        });
    }
    let (unlocking, unlocked, ours) = (system.clone(), heard.clone(), own.clone());
    std::thread::spawn(move || {
        for message in signals(&unlocking, Some(SESSION), "Unlock") {
            if is_own(&message, ours.as_deref()) {
                unlocked(false);
            }
        }
    });
    for message in signals(&system, Some(SESSION), "Lock") {
        if is_own(&message, own.as_deref()) {
            heard(true);
        }
    }
}

/// Without knowing which session is ours, every one counts: rather hidden than seen.
fn is_own(message: &Message, own: Option<&str>) -> bool {
    own.is_none_or(|own| path(message).is_some_and(|path| path == own))
}

fn path(message: &Message) -> Option<String> {
    let header = message.header();
    header.path().map(|path| path.as_str().to_owned())
}

fn changed_active(message: &Message) -> Option<bool> {
    type Changed<'m> = (
        String,
        HashMap<String, zbus::zvariant::Value<'m>>,
        Vec<String>,
    );
    let body = message.body();
    let (_, changed, _) = body.deserialize::<Changed<'_>>().ok()?;
    changed.get("Active")?.downcast_ref::<bool>().ok()
}

/// The path of the session in which this program runs.
fn own_session(system: &Connection) -> Option<String> {
    const MANAGER: (&str, &str, &str) = (
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
    );
    let id = std::env::var("XDG_SESSION_ID").ok()?;
    let asked = system.call_method(
        Some(MANAGER.0),
        MANAGER.1,
        Some(MANAGER.2),
        "GetSession",
        &(id.as_str()),
    );
    let answer = asked.ok()?;
    let path = answer
        .body()
        .deserialize::<zbus::zvariant::OwnedObjectPath>();
    path.ok().map(|path| path.as_str().to_owned())
}

fn signals(
    connection: &Connection,
    interface: Option<&str>,
    member: &str,
) -> Box<dyn Iterator<Item = Message>> {
    /// More signals than that never wait; the oldest would be dropped.
    const WAITING: usize = 16;
    let rule = || {
        let rule = MatchRule::builder().msg_type(Type::Signal).member(member)?;
        let rule = match interface {
            Some(interface) => rule.interface(interface)?,
            None => rule,
        };
        let rule = rule.build().to_owned();
        MessageIterator::for_match_rule(rule, connection, Some(WAITING))
    };
    match rule() {
        Ok(messages) => Box::new(messages.flatten()),
        Err(error) => {
            tracing::warn!(%error, member, "the system's signals are not heard");
            Box::new(std::iter::empty())
        }
    }
}

fn ask(service: &str, path: &str, interface: &str, method: &str) -> Option<Message> {
    session()?
        .call_method(Some(service), path, Some(interface), method, &())
        .ok()
}

fn property(service: &str, path: &str, interface: &str, name: &str) -> Option<bool> {
    let answer = session()?
        .call_method(
            Some(service),
            path,
            Some(PROPERTIES),
            "Get",
            &(interface, name),
        )
        .ok()?;
    let body = answer.body();
    let value = body.deserialize::<zbus::zvariant::Value<'_>>().ok()?;
    value.downcast_ref::<bool>().ok()
}
