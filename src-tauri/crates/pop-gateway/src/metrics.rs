//! Counters in the text form that Prometheus reads.
//!
//! Labels are names of the settings file and words of closed lists, never what came from outside
//! (security rule G1).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Every counter, with what it counts.
const COUNTERS: [(&str, &str); 14] = [
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
        "for_nobody_total",
        "Messages for desktops that were not back yet; they are tried again.",
    ),
    (
        "enrolments_total",
        "Requests of desktops to be let in or out, by what came of them.",
    ),
    ("acks_total", "What desktops say became of their events."),
    ("unread_total", "What desktops said and nobody could read."),
    (
        "route_total",
        "Questions about routing, by what they were answered.",
    ),
    (
        "route_rule_faults_total",
        "Conditions of routing rules that read a value of another type.",
    ),
];

/// Every histogram, with what it measures.
const HISTOGRAMS: [(&str, &str); 2] = [
    (
        "delivery_seconds",
        "From a delivery to what a desktop says of its event.",
    ),
    (
        "route_seconds",
        "From a question about routing to its answer.",
    ),
];

/// The upper bounds of a histogram's buckets, in milliseconds.
const BUCKETS: [u64; 12] = [2, 5, 10, 25, 50, 100, 250, 500, 800, 1_000, 2_500, 5_000];

/// How long things took.
#[derive(Clone, Copy, Default)]
struct Spread {
    /// As many were at most as long as each of [`BUCKETS`], and not as the one before.
    buckets: [u64; BUCKETS.len()],
    count: u64,
    micros: u64,
}

/// What is counted and measured.
#[derive(Default)]
pub(crate) struct Metrics {
    counts: Mutex<BTreeMap<(&'static str, String), u64>>,
    spreads: Mutex<BTreeMap<(&'static str, String), Spread>>,
    waiting: AtomicU64,
    connected: AtomicBool,
    control: AtomicBool,
    agents: AtomicU64,
    devices: AtomicU64,
}

impl Metrics {
    /// Counts under labels; `name` is one of [`COUNTERS`].
    pub(crate) fn count(&self, name: &'static str, labels: &[(&str, &str)], by: u64) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((name, written(labels))).or_default() += by;
    }

    /// Measures under labels; `name` is one of [`HISTOGRAMS`].
    pub(crate) fn observe(&self, name: &'static str, labels: &[(&str, &str)], took: Duration) {
        let mut spreads = self.spreads.lock().unwrap_or_else(PoisonError::into_inner);
        let spread = spreads.entry((name, written(labels))).or_default();
        let mut bounds = BUCKETS.iter().map(|bound| Duration::from_millis(*bound));
        let at = bounds.position(|bound| took <= bound);
        if let Some(bucket) = at.and_then(|at| spread.buckets.get_mut(at)) {
            *bucket += 1;
        }
        spread.count += 1;
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        spread.micros = spread.micros.saturating_add(micros);
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

    pub(crate) fn set_online(&self, agents: u64, devices: u64) {
        self.agents.store(agents, Ordering::Relaxed);
        self.devices.store(devices, Ordering::Relaxed);
    }

    fn write_spreads(&self, page: &mut String) {
        let spreads = self.spreads.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, help) in HISTOGRAMS {
            // Writing into a string cannot fail.
            let _ = writeln!(page, "# HELP screenpop_gateway_{name} {help}");
            let _ = writeln!(page, "# TYPE screenpop_gateway_{name} histogram");
            for ((_, labels), spread) in spreads.iter().filter(|((of, _), _)| *of == name) {
                let name = format!("screenpop_gateway_{name}");
                let (comma, whole) = match labels.as_str() {
                    "" => ("", String::new()),
                    labels => (",", format!("{{{labels}}}")),
                };
                let mut below = 0;
                for (bound, count) in BUCKETS.iter().zip(spread.buckets) {
                    below += count;
                    let bound = Duration::from_millis(*bound).as_secs_f64();
                    let _ = writeln!(
                        page,
                        "{name}_bucket{{{labels}{comma}le=\"{bound}\"}} {below}"
                    );
                }
                let count = spread.count;
                let seconds = Duration::from_micros(spread.micros).as_secs_f64();
                let _ = writeln!(page, "{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {count}");
                let _ = writeln!(page, "{name}_sum{whole} {seconds}");
                let _ = writeln!(page, "{name}_count{whole} {count}");
            }
        }
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
        drop(counts);
        self.write_spreads(&mut page);
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
            (
                "agents_online",
                "Agents of whom a desktop is there.",
                self.agents.load(Ordering::Relaxed),
            ),
            (
                "devices_online",
                "Desktops that are there.",
                self.devices.load(Ordering::Relaxed),
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

/// Labels as they stand between braces.
fn written(labels: &[(&str, &str)]) -> String {
    let labels: Vec<_> = labels
        .iter()
        .map(|(label, value)| format!("{label}=\"{value}\""))
        .collect();
    labels.join(",")
}
