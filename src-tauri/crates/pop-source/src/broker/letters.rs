//! What goes over the topics beside events: presence, reports of events, and the gateway's wishes.
//!
//! Gateway and desktop may differ by one release: members and kinds that are not known here are
//! passed over.

use pop_core::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::source::News;

/// The version of these documents.
const PROTOCOL: u32 = 1;

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is kept on this computer.
    Received,
    /// Its card is on screen.
    Popped,
    /// It could not be kept.
    Failed,
}

/// What the gateway wants of the desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Say again that you are there.
    Sync,
    /// Sign out.
    SignOut,
    /// Look at the settings: there may be new ones.
    Configuration,
    /// Of the agent's devices this one leads: the others open nothing by themselves.
    Leader(String),
}

#[derive(Serialize)]
struct Report<'r> {
    protocol: u32,
    source: &'r str,
    id: &'r str,
    what: What,
    at: String,
}

#[derive(Serialize)]
struct Presence<'p> {
    protocol: u32,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<&'p str>,
    version: &'p str,
    since: String,
}

#[derive(Deserialize)]
struct Told {
    protocol: u32,
    kind: String,
    leader: Option<String>,
}

/// The report of what became of an event.
pub(super) fn report(place: &str, event: &str, what: What, at: Moment) -> Vec<u8> {
    let report = Report {
        protocol: PROTOCOL,
        source: place,
        id: event,
        what,
        at: at.rfc3339(),
    };
    serde_json::to_vec(&report).unwrap_or_default()
}

/// The document that says whether this desktop is there.
pub(super) fn presence(
    online: bool,
    device: Option<&str>,
    version: &str,
    since: Moment,
) -> Vec<u8> {
    let presence = Presence {
        protocol: PROTOCOL,
        state: if online { "online" } else { "offline" },
        device,
        version,
        since: since.rfc3339(),
    };
    serde_json::to_vec(&presence).unwrap_or_default()
}

impl Letter {
    /// Reads what the gateway says; `None` for what is not known here.
    pub fn read(body: &[u8]) -> Option<Self> {
        let told: Told = serde_json::from_slice(body).ok()?;
        if told.protocol != PROTOCOL {
            return None;
        }
        match told.kind.as_str() {
            "sync" => Some(Self::Sync),
            "sign_out" => Some(Self::SignOut),
            "configuration" => Some(Self::Configuration),
            "leader" => told.leader.map(Self::Leader),
            _ => None,
        }
    }

    /// What whoever runs this device hears of it; what the session does itself is no news.
    pub(super) fn news(self, device: Option<&str>) -> Option<News> {
        match self {
            Self::Sync => None,
            Self::SignOut => Some(News::SignOut),
            Self::Configuration => Some(News::Configuration),
            Self::Leader(leader) => device.map(|device| News::Leads(leader == device)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read_and_what_is_not_known_is_passed_over() {
        let read = |text: &str| Letter::read(text.as_bytes());
        let known = r#"{"protocol":1,"kind":"sync","leader":"acme.a17.dev","new":[1]}"#;
        assert_eq!(
            read(known),
            Some(Letter::Sync),
            "unknown members do no harm"
        );
        let sign_out = r#"{"protocol":1,"kind":"sign_out"}"#;
        assert_eq!(read(sign_out), Some(Letter::SignOut));
        let leader = r#"{"protocol":1,"kind":"leader","leader":"dev"}"#;
        let read_leader = read(leader).expect("it is known");
        let news = |device| read_leader.clone().news(device);
        assert_eq!(news(Some("dev")), Some(News::Leads(true)));
        assert_eq!(news(Some("other")), Some(News::Leads(false)));
        assert_eq!(
            news(None),
            None,
            "without a name there is nothing to compare"
        );
        let configuration = r#"{"protocol":1,"kind":"configuration","version":4}"#;
        assert_eq!(read(configuration), Some(Letter::Configuration));
        for other in [
            r#"{"protocol":1,"kind":"dance"}"#,
            r#"{"protocol":1,"kind":"leader"}"#,
            r#"{"protocol":2,"kind":"sign_out"}"#,
            r#"{"kind":"sign_out"}"#,
            "sign_out",
            "",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn reports_and_presence_are_as_agreed() {
        let at = Moment::from_millis(1_767_715_061_252);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        assert_eq!(
            text(report("/glia/sites/1", "e:1", What::Popped, at)),
            r#"{"protocol":1,"source":"/glia/sites/1","id":"e:1","what":"popped","at":"2026-01-06T15:57:41.252Z"}"#
        );
        assert_eq!(
            text(presence(false, Some("dev"), "0.1.0", at)),
            r#"{"protocol":1,"state":"offline","device":"dev","version":"0.1.0","since":"2026-01-06T15:57:41.252Z"}"#
        );
    }
}
