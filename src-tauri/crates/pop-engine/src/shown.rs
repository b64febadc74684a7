//! What the window shows of the program itself: banners, counters and the list of the day.

use std::collections::BTreeMap;

use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::settings::Loaded;
use pop_core::status::{Allowance, Banner, GatewayStatus, ListenerStatus, Status, WayKept};

use crate::room::{Room, Secrets};
use crate::tick::Tick;

/// How full the outbox is when people are warned (rule Q8).
const WARNS_AT: f64 = 0.8;

impl Room {
    /// Draws the status again, with its counters.
    pub(crate) fn draw_status(&mut self) {
        self.note_listener();
        self.note_gateway();
        let mut refusals = self.dropped.clone();
        self.sources.refusals(&mut refusals);
        self.status.refusals = refusals;
        self.note_allowances();
        self.status.typical_pop = self.timelines.typical();
        self.status.today = self.day.past(start_of_day(self.ports.clock.now()));
        self.note_at_hand();
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
        let nothing = self.nothing_kept.as_ref().or(self.unkept.why.as_ref());
        let nothing = nothing.cloned().map(Banner::NothingKept);
        let plain = plain.into_iter().map(Banner::LoopbackHttp);
        let filling = self.filling.map(Banner::OutboxFilling);
        let leaving = self.leaving.map(|warned| Banner::Unsent(warned.left));
        let first = leaving.into_iter().chain(secrets).chain(nothing);
        let ending = self.ending.clone();
        first.chain(filling).chain(ending).chain(plain).collect()
    }

    /// Draws the banners again, after one of them came or went.
    pub(crate) fn redraw_banners(&mut self) {
        let banners = std::mem::take(&mut self.status.banners).into_iter();
        let plain = banners.filter_map(|banner| match banner {
            Banner::LoopbackHttp(connection) => Some(connection),
            Banner::MemoryOnly(_)
            | Banner::KeychainLocked
            | Banner::SecretsRefused
            | Banner::NothingKept(_)
            | Banner::OutboxFilling(_)
            | Banner::SignInEnds { .. }
            | Banner::Unsent(_) => None,
        });
        self.status.banners = self.banners(plain.collect());
        self.draw_status();
    }

    /// Asks how full the outbox is, on a task of its own: a disk may take its time.
    pub(crate) fn ask_filling(&mut self) {
        if std::mem::replace(&mut self.asks_filling, true) {
            return;
        }
        let (store, ticks) = (self.store.clone(), self.ticks.clone());
        tokio::spawn(async move {
            let fill = store.run(|store| store.outbox_fill()).await;
            // A disk that does not answer is told of elsewhere; the engine may have ended.
            let _ = ticks.send(Tick::Filled(fill.unwrap_or_default())).await;
        });
    }

    pub(crate) fn filled(&mut self, fill: f64) {
        self.asks_filling = false;
        let filling = (fill >= WARNS_AT).then(|| percent(fill));
        if std::mem::replace(&mut self.filling, filling) != filling {
            self.redraw_banners();
        }
    }
}

/// A part of a whole in percent, never more than there is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between 0 and 100"
)]
fn percent(part: f64) -> u8 {
    (part * 100.0).floor().clamp(0.0, 100.0) as u8
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
        gateway: GatewayStatus::Off,
        way_kept: WayKept::default(),
        banners: Vec::new(),
        today: Vec::new(),
        pinned: Vec::new(),
        recent: Vec::new(),
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
