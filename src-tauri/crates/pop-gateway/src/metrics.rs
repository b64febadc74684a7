//! Counters in the text form that Prometheus reads.
//!
//! Labels are names of the settings file and words of closed lists, never what came from outside
//! (security rule G1).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Every counter, with what it counts.
const COUNTERS: [(&str, &str); 9] = [
    (
        "deliveries_total",
        "Requests of platforms, by what came of them.",
    ),
    (
        "events_total",
        "Events taken for an agent, new or repeated.",
    ),
    (
        "ignored_total",
        "Parts of deliveries that hold nothing for us, and why.",
    ),
    (
        "left_out_total",
        "Members of events that could not be used.",
    ),
    (
        "unreached_total",
        "Events whose agent the directory does not know.",
    ),
    ("published_total", "Messages that the broker has taken."),
    (
        "expired_total",
        "Messages that were of no more use before the broker took them.",
    ),
    (
        "broker_refused_total",
        "Messages that the broker refused; they are tried again.",
    ),
    (
        "enrolments_total",
        "Requests of desktops to be let in or out, by what came of them.",
    ),
];

/// What is counted and measured.
#[derive(Default)]
pub(crate) struct Metrics {
    counts: Mutex<BTreeMap<(&'static str, String), u64>>,
    waiting: AtomicU64,
    connected: AtomicBool,
    control: AtomicBool,
}

impl Metrics {
    /// Counts under labels; `name` is one of [`COUNTERS`].
    pub(crate) fn count(&self, name: &'static str, labels: &[(&str, &str)], by: u64) {
        let labels: Vec<_> = labels
            .iter()
            .map(|(label, value)| format!("{label}=\"{value}\""))
            .collect();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((name, labels.join(","))).or_default() += by;
    }

    pub(crate) fn set_waiting(&self, waiting: u64) {
        self.waiting.store(waiting, Ordering::Relaxed);
    }

    pub(crate) fn set_connected(&self, connected: bool) {
        self.connected.store(connected, Ordering::Relaxed);
    }

    pub(crate) fn set_control_connected(&self, connected: bool) {
        self.control.store(connected, Ordering::Relaxed);
    }

    /// The page of `/metrics`.
    pub(crate) fn page(&self) -> String {
        let mut page = String::new();
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, help) in COUNTERS {
            // Writing into a string cannot fail.
            let _ = writeln!(page, "# HELP screenpop_gateway_{name} {help}");
            let _ = writeln!(page, "# TYPE screenpop_gateway_{name} counter");
            let of_name = counts.iter().filter(|((counter, _), _)| *counter == name);
            for ((_, labels), count) in of_name {
                let labels = match labels.as_str() {
                    "" => String::new(),
                    labels => format!("{{{labels}}}"),
                };
                let _ = writeln!(page, "screenpop_gateway_{name}{labels} {count}");
            }
        }
        let connected = u64::from(self.connected.load(Ordering::Relaxed));
        let control = u64::from(self.control.load(Ordering::Relaxed));
        let gauges = [
            (
                "waiting",
                "Messages that wait for the broker.",
                self.waiting.load(Ordering::Relaxed),
            ),
            (
                "broker_connected",
                "1 while the broker is reached.",
                connected,
            ),
            (
                "control_connected",
                "1 while the broker's other connection stands: desktops are heard and let in.",
                control,
            ),
        ];
        for (name, help, value) in gauges {
            let _ = writeln!(page, "# HELP screenpop_gateway_{name} {help}");
            let _ = writeln!(page, "# TYPE screenpop_gateway_{name} gauge");
            let _ = writeln!(page, "screenpop_gateway_{name} {value}");
        }
        page
    }
}
