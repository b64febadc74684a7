//! What the window shows of the program itself: banners, counters and the list of the day.

use std::collections::BTreeMap;

use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::settings::Loaded;
use pop_core::status::{Allowance, Banner, ListenerStatus, Status};

use crate::listening::Listening;
use crate::room::{Room, Secrets};

impl Room {
    /// Draws the status again, with its counters.
    pub(crate) fn draw_status(&mut self) {
        if let Some(listening) = &self.listening {
            self.status.listener = listening.status(self.last_event);
        }
        let mut refusals = self.dropped.clone();
        for (code, count) in self.listening.iter().flat_map(Listening::refusals) {
            *refusals.entry(code).or_default() += count;
        }
        self.status.refusals = refusals;
        self.note_allowances();
        self.status.typical_pop = self.timelines.typical();
        self.status.today = self.day.past(start_of_day(self.ports.clock.now()));
        self.status.queue = self.desk.writes().to_vec();
        self.status.bundle = self.bundle.status(self.ports.clock.now());
        self.status.seq += 1;
        self.ports.desktop.status(&self.status);
    }

    /// Takes over what each connection may still be asked.
    fn note_allowances(&mut self) {
        for status in &mut self.status.connections {
            let Some(connection) = self.connections.get(&status.id) else {
                status.waits_until = None;
                status.allowances.clear();
                continue;
            };
            let health = connection.state();
            status.waits_until = health.waits_until;
            let quotas = health.quotas.into_iter();
            let told = quotas.filter_map(|quota| {
                Some(Allowance {
                    label: quota.label,
                    left: quota.left?,
                    limit: quota.limit,
                    at: quota.at,
                })
            });
            status.allowances = told.collect();
        }
    }

    pub(crate) fn banners(&self, plain: Vec<ConnectionId>) -> Vec<Banner> {
        let secrets = match &self.secrets {
            Secrets::Opening => None,
            Secrets::Locked(_) => Some(Banner::KeychainLocked),
            Secrets::Open {
                memory_only: Some(why),
                ..
            } => Some(Banner::MemoryOnly(why.clone())),
            Secrets::Open {
                vault,
                memory_only: None,
            } => vault.was_refused().then_some(Banner::SecretsRefused),
        };
        let nothing = self.nothing_kept.clone().map(Banner::NothingKept);
        let plain = plain.into_iter().map(Banner::LoopbackHttp);
        secrets.into_iter().chain(nothing).chain(plain).collect()
    }
}

/// The status before anything has happened.
pub(crate) fn first_status(loaded: Loaded, system_language: Language) -> Status {
    Status {
        seq: 0,
        settings: loaded.settings,
        system_language,
        locked: loaded.locked,
        by_bundle: loaded.by_bundle,
        bundle: None,
        connections: Vec::new(),
        listener: ListenerStatus::Off,
        banners: Vec::new(),
        today: Vec::new(),
        paused: None,
        typical_pop: None,
        file_faults: Vec::new(),
        refusals: BTreeMap::new(),
        queue: Vec::new(),
    }
}

/// Midnight of the computer's time zone.
fn start_of_day(now: Moment) -> Moment {
    let zone = jiff::tz::TimeZone::system();
    jiff::Timestamp::from_microsecond(now.micros())
        .ok()
        .and_then(|now| now.to_zoned(zone).start_of_day().ok())
        .map_or(now, |start| {
            Moment::from_micros(start.timestamp().as_microsecond())
        })
}
