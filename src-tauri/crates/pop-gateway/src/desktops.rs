//! What desktops say: whether they are there, and what became of the events that they were sent.
//!
//! Kept in memory only: it is for counters and for telling two devices of one agent apart. Nothing
//! that must not be lost depends on it.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::moment::Moment;
use serde::Deserialize;

use crate::directory::is_opaque;
use crate::metrics::Metrics;

/// How many events are awaited back at once; more are not measured.
const AWAITED: usize = 50_000;
/// How long an event is awaited back: no event is of use for longer.
const AWAITED_FOR: Duration = Duration::from_mins(10);
/// How many devices of one agent are told apart.
const DEVICES: usize = 16;
const LONGEST: usize = 256;

/// All desktops.
pub(crate) struct Desktops {
    metrics: Arc<Metrics>,
    clock: fn() -> Moment,
    hasher: RandomState,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The devices of each agent who is there, the leader first.
    online: HashMap<String, Vec<String>>,
    awaited: HashMap<u64, Awaited>,
    /// In the order in which they came.
    order: VecDeque<(u64, Moment)>,
}

/// An event that was sent.
struct Awaited {
    since: Moment,
    said: [bool; 3],
}

/// What a desktop says became of an event.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Received,
    Popped,
    Failed,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Popped => "popped",
            Self::Failed => "failed",
        }
    }
}

#[derive(Deserialize)]
struct Ack {
    source: String,
    id: String,
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Being {
    Online,
    Offline,
}

#[derive(Deserialize)]
struct Presence {
    state: Being,
    /// Absent with a desktop that is a release older; then its session is told by when it began.
    device: Option<String>,
    since: String,
}

impl Desktops {
    pub(crate) fn new(metrics: Arc<Metrics>, clock: fn() -> Moment) -> Self {
        Self {
            metrics,
            clock,
            hasher: RandomState::new(),
            state: Mutex::default(),
        }
    }

    /// An event is on its way to an agent since this moment.
    pub(crate) fn await_back(&self, agent: &str, source: &str, id: &str, since: Moment) {
        let key = self.hasher.hash_one((agent, source, id));
        let mut state = self.state();
        while let Some((oldest, at)) = state.order.front().copied()
            && (state.order.len() >= AWAITED || since.since(at) > AWAITED_FOR)
        {
            state.order.pop_front();
            state.awaited.remove(&oldest);
        }
        if state.awaited.contains_key(&key) {
            return;
        }
        let said = [false; 3];
        state.awaited.insert(key, Awaited { since, said });
        state.order.push_back((key, since));
    }

    /// Takes what a desktop says of an event.
    pub(crate) fn acked(&self, agent: &str, body: &[u8]) {
        let Ok(ack) = serde_json::from_slice::<Ack>(body) else {
            return self.metrics.count("unread_total", &[("what", "ack")], 1);
        };
        let labels = [("what", ack.what.word())];
        let key = self.hasher.hash_one((agent, &*ack.source, &*ack.id));
        let now = (self.clock)();
        let mut state = self.state();
        let awaited = state.awaited.get_mut(&key);
        // Two devices, or one that says it twice, count once.
        let first = awaited.and_then(|awaited| {
            let said = awaited.said.get_mut(ack.what as usize)?;
            let took = now.since(awaited.since);
            (!std::mem::replace(said, true)).then_some(took)
        });
        drop(state);
        self.metrics.count("acks_total", &labels, 1);
        if let Some(took) = first {
            self.metrics.observe("delivery_seconds", &labels, took);
        }
    }

    /// Takes whether a desktop is there; the leader is returned when the agent's devices must be
    /// told which of them it is.
    pub(crate) fn presence(&self, agent: &str, body: &[u8]) -> Option<String> {
        if body.is_empty() || !is_opaque(agent) {
            // Somebody took a retained message away.
            return None;
        }
        let Ok(presence) = serde_json::from_slice::<Presence>(body) else {
            self.metrics
                .count("unread_total", &[("what", "presence")], 1);
            return None;
        };
        let device = presence.device.unwrap_or(presence.since);
        if device.len() > LONGEST {
            return None;
        }
        let mut state = self.state();
        let devices = state.online.entry(agent.to_owned()).or_default();
        let before = devices.clone();
        match presence.state {
            Being::Online if devices.contains(&device) => {}
            Being::Online => {
                if devices.len() >= DEVICES {
                    devices.pop();
                }
                devices.push(device);
            }
            Being::Offline => devices.retain(|known| *known != device),
        }
        let leader = devices.first().cloned();
        // One that was always alone leads without being told.
        let changed = *devices != before && before.len().max(devices.len()) > 1;
        if devices.is_empty() {
            state.online.remove(agent);
        }
        let agents = state.online.len() as u64;
        let devices = state.online.values().map(|all| all.len() as u64).sum();
        drop(state);
        self.metrics.set_online(agents, devices);
        leader.filter(|_| changed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A holder that panicked has left whole entries; at worst one is measured wrongly.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        Moment::from_millis(1_000_250)
    }

    fn desktops() -> Desktops {
        Desktops::new(Arc::default(), now)
    }

    fn presence(state: &str, device: &str) -> Vec<u8> {
        let at = "2026-01-06T15:57:41Z";
        format!(r#"{{"protocol":1,"state":"{state}","device":"{device}","since":"{at}"}}"#).into()
    }

    #[test]
    fn the_first_of_two_devices_leads_until_it_leaves() {
        let desktops = desktops();
        let says = |state, device| desktops.presence("a17", &presence(state, device));
        assert_eq!(says("online", "one"), None, "alone");
        assert_eq!(says("online", "two").as_deref(), Some("one"));
        assert_eq!(says("online", "two"), None, "nothing new");
        assert_eq!(says("offline", "one").as_deref(), Some("two"));
        assert_eq!(says("offline", "two"), None, "nobody is left to be told");
        assert_eq!(desktops.presence("a17", b"{}"), None);
        assert_eq!(desktops.presence("a17", b""), None);
    }

    #[test]
    fn an_event_is_measured_once_however_often_it_is_acknowledged() {
        let desktops = desktops();
        let sent = Moment::from_millis(1_000_000);
        desktops.await_back("a17", "/glia", "e1", sent);
        desktops.await_back("a17", "/glia", "e1", now());
        let ack = br#"{"protocol":1,"source":"/glia","id":"e1","what":"popped","at":"now"}"#;
        for agent in ["a17", "a17", "a18"] {
            desktops.acked(agent, ack);
        }
        let page = desktops.metrics.page();
        let says = |line: &str| page.contains(&format!("screenpop_gateway_{line}\n"));
        assert!(says("acks_total{what=\"popped\"} 3"), "{page}");
        assert!(says("delivery_seconds_count{what=\"popped\"} 1"), "{page}");
        assert!(says("delivery_seconds_sum{what=\"popped\"} 0.25"), "{page}");
    }

    #[test]
    fn what_is_awaited_is_bounded() {
        let desktops = desktops();
        for number in 0..=AWAITED {
            desktops.await_back("a17", "/glia", &number.to_string(), now());
        }
        let state = desktops.state();
        assert_eq!(state.awaited.len(), AWAITED);
        assert_eq!(state.order.len(), AWAITED);
    }
}
