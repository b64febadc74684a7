//! Tells the organisation how this desktop is, where the setting `fleet.report_to` names a place for
//! it: one small file of each desktop in a folder, over https or on a share.
//!
//! What is told is `pop-core`'s ([`FleetReport`]). Nothing waits for it, and a place that cannot be
//! reached is tried again later and troubles nobody.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pop_core::fleet::FleetReport;
use pop_core::http::{HeaderValue, Http, Method, Request};
use pop_core::moment::Moment;
use pop_core::settings;

use crate::room::Room;
use crate::telling::origin_of;

/// The longest that one report may take.
const LIMIT: Duration = Duration::from_secs(10);

/// When this desktop tells again, and what it told.
#[derive(Default)]
pub(crate) struct Fleet {
    next: Option<Moment>,
    /// The bundle's version and trouble of the last report: another one is told at once.
    told: Option<(Option<u32>, Option<&'static str>)>,
}

impl Fleet {
    /// The clock was set back by so much.
    pub(crate) fn turn_back(&mut self, by: Duration) {
        self.next = self.next.map(|next| next.before(by));
    }
}

enum Place {
    Address { url: String, http: Arc<dyn Http> },
    File(PathBuf),
}

impl Room {
    /// Tells how this desktop is, when it is time.
    pub(crate) fn report_to_fleet(&mut self) {
        let now = self.ports.clock.now();
        let settings::Fleet {
            report_to: Some(to),
            every_minutes,
        } = self.status.settings.fleet.clone()
        else {
            self.fleet = Fleet::default();
            return;
        };
        let bundle = self.status.bundle.as_ref();
        let version = bundle.and_then(|it| it.active.as_ref().map(|it| it.version));
        let trouble = bundle.and_then(|it| it.trouble.as_ref().map(|it| it.code));
        let is_news = self.fleet.told != Some((version, trouble));
        if !is_news && self.fleet.next.is_some_and(|next| now < next) {
            return;
        }
        self.fleet.told = Some((version, trouble));
        self.fleet.next = Some(now.after(Duration::from_secs(u64::from(every_minutes) * 60)));
        let seed = self.bundle.seed();
        let app = env!("CARGO_PKG_VERSION");
        let report = FleetReport::of(&self.status, seed, std::env::consts::OS, app, now);
        let Some(place) = self.place_of(&to, &report.desktop) else {
            return;
        };
        tokio::spawn(async move {
            if let Err(why) = place.put(&report).await {
                tracing::warn!(why, "the fleet could not be told how this desktop is");
            }
        });
    }

    fn place_of(&self, to: &str, desktop: &str) -> Option<Place> {
        let file = format!("{desktop}.json");
        if !settings::is_address(to) {
            return Some(Place::File(PathBuf::from(to).join(file)));
        }
        let permitted = self.status.settings.security.allow_loopback_http;
        let loopback = origin_of(to).filter(|_| permitted);
        let client = self.ports.network.client(loopback.into_iter().collect());
        let url = format!("{}/{file}", to.trim_end_matches('/'));
        client.ok().map(|http| Place::Address { url, http })
    }
}

impl Place {
    async fn put(self, report: &FleetReport) -> Result<(), String> {
        let body = serde_json::to_vec_pretty(report).map_err(|error| error.to_string())?;
        match self {
            Self::Address { url, http } => {
                let kind = HeaderValue::Plain("application/json".to_owned());
                let request = Request {
                    method: Method::Put,
                    url,
                    headers: vec![("content-type".to_owned(), kind)],
                    body: Some(body),
                    limit: LIMIT,
                    max_body: 64 << 10,
                };
                let response = http.send(request).await;
                let response = response.map_err(|fault| format!("no answer ({fault:?})"))?;
                match response.status {
                    200..=299 => Ok(()),
                    status => Err(format!("the address answered with {status}")),
                }
            }
            Self::File(path) => {
                let written = tokio::task::spawn_blocking(move || {
                    let new = path.with_extension("new");
                    std::fs::write(&new, body).and_then(|()| std::fs::rename(&new, &path))
                });
                let written = written.await.map_err(|error| error.to_string())?;
                written.map_err(|error| error.to_string())
            }
        }
    }
}
