//! What people are told of the bundle.

use pop_core::moment::Moment;
use pop_core::status::{ActiveBundle, BundleStatus};

use crate::bundle::Keeper;

impl Keeper {
    /// The bundle as the settings page shows it; nothing where none is distributed.
    pub(crate) fn status(&self, now: Moment) -> Option<BundleStatus> {
        let from = self.distribution.from.clone()?;
        let active = self.active.as_ref().map(|active| {
            let manifest = &active.bundle.manifest;
            ActiveBundle {
                tenant: manifest.tenant.clone(),
                version: manifest.version,
                percent: manifest.ring.percent(),
                since: active.since,
                note: manifest.note.clone(),
                signed_by: active
                    .keys
                    .iter()
                    .map(|key| key.fingerprint().to_string())
                    .collect(),
                ends: manifest.ends(),
                expiry: manifest.expiry(now),
                probation: self.is_on_probation_until(),
            }
        });
        Some(BundleStatus {
            from,
            active,
            checked: self.checked,
            waiting: self.waiting,
            trouble: self.trouble.clone(),
        })
    }
}
