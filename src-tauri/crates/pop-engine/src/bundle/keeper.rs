//! Which bundle is in force, which was good, and what is known of the next.
//!
//! Every change of it is remembered on the shelf before it counts here.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use pop_core::bundle::{Bundle, Expiry, PublicKey, Trusted};
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::settings::{Distribution, FileFault};
use pop_core::status::BundleTrouble;
use pop_store::{Vault, VaultError};

use crate::bundle::SOONEST;
use crate::bundle::judge::{Candidate, Judge};
use crate::bundle::shelf::{Kept, Probation, Record, Shelf, Verified};
use crate::bundle::trial::{Heard, Link, PROBATION, Trial};
use crate::ports::Places;

/// The name of the versions in the vault.
pub(crate) const MARK: &str = "bundle";

/// The bundle of this desktop.
pub(crate) struct Keeper {
    shelf: Shelf,
    record: Record,
    pub(super) active: Option<Active>,
    pub(crate) distribution: Distribution,
    /// Whether there was a bundle and none of the kept ones can be trusted.
    damaged: bool,
    /// When it is looked for next.
    pub(crate) look_at: Moment,
    /// Whether one is being looked for, judged or tried.
    pub(crate) looking: bool,
    /// Whether somebody said meanwhile that there is a new one.
    pub(crate) again: bool,
    pub(crate) checked: Option<Moment>,
    pub(crate) trouble: Option<BundleTrouble>,
    /// The mistakes of the one that was refused.
    pub(crate) faults: Vec<FileFault>,
    pub(super) waiting: Option<(u32, u8)>,
    pub(crate) heard: Heard,
    pub(crate) trial: Option<Trial>,
    /// Why the one on probation has to go.
    pub(crate) gives_up: Option<String>,
}

pub(super) struct Active {
    pub(super) bundle: Arc<Bundle>,
    text: String,
    pub(super) keys: Vec<PublicKey>,
    pub(super) since: Moment,
}

impl Keeper {
    /// The bundle that was in force when the program ended; after a crash within its probation, the
    /// one before it.
    pub(crate) fn open(places: &Places, distribution: &Distribution, now: Moment) -> Self {
        let shelf = Shelf::in_folder(&places.data);
        let record = shelf.record();
        let mut keeper = Self {
            shelf,
            record,
            active: None,
            distribution: distribution.clone(),
            damaged: false,
            look_at: now,
            looking: false,
            again: false,
            checked: None,
            trouble: None,
            faults: Vec::new(),
            waiting: None,
            heard: Heard::default(),
            trial: None,
            gives_up: None,
        };
        let crashed = keeper
            .record
            .probation
            .as_ref()
            .is_some_and(|it| it.running);
        if crashed {
            keeper.take_back(
                "the program did not end by itself since it was in force".into(),
                now,
            );
        }
        keeper.load(now);
        keeper.mark_running(true);
        keeper
    }

    /// Takes over what the settings say of the distribution; whether anything changed.
    pub(crate) fn configure(&mut self, distribution: &Distribution, now: Moment) -> bool {
        if self.distribution == *distribution {
            return false;
        }
        self.distribution = distribution.clone();
        self.look_at = now;
        self.trouble = None;
        self.faults.clear();
        self.waiting = None;
        self.record.etag = None;
        self.load(now);
        true
    }

    fn load(&mut self, now: Moment) {
        self.active = None;
        self.damaged = false;
        if self.distribution.from.is_none() {
            return;
        }
        let trusted = self.trusted();
        let kept = [self.record.active.clone(), self.record.good.clone()];
        let mut kept = kept.into_iter().flatten().peekable();
        let had_one = kept.peek().is_some();
        let found = kept.find_map(|kept| Some((self.shelf.verified(&kept, &trusted)?, kept)));
        match found {
            Some((verified, kept)) => self.active = Some(Active::of(verified, &kept)),
            None if had_one => {
                self.damaged = true;
                self.trouble = Some(BundleTrouble {
                    code: "E_CFG_DAMAGED",
                    version: None,
                    why: "the kept bundle cannot be trusted any more".to_owned(),
                    at: now,
                });
            }
            None => {}
        }
    }

    /// A random text of this installation, the same at every start once it is kept.
    pub(crate) fn seed(&self) -> &str {
        &self.record.person
    }

    pub(crate) fn bundle(&self) -> Option<&Bundle> {
        self.active.as_ref().map(|active| &*active.bundle)
    }

    /// Whether nothing opens by itself, because the bundle has ended or is damaged (C8, C10).
    pub(crate) fn stops_opening(&self, now: Moment) -> bool {
        let ended = |active: &Active| active.bundle.manifest.expiry(now) == Expiry::Ended;
        self.damaged || self.active.as_ref().is_some_and(ended)
    }

    fn trusted(&self) -> Vec<Trusted> {
        self.shelf
            .trusted(self.distribution.trusted(), &self.record.proofs)
    }

    pub(super) fn judge(&self, person: Option<String>, now: Moment) -> Judge {
        let active = self.active.as_ref();
        Judge {
            trusted: self.trusted(),
            now,
            tenant: self.record.tenant.clone(),
            highest: self.record.highest,
            blocked: self.record.blocked.clone(),
            active: active.map(|it| (it.bundle.manifest.version, it.text.clone())),
            person: person.unwrap_or_else(|| self.record.person.clone()),
            from: self.distribution.from.clone().unwrap_or_default(),
        }
    }

    /// The tag of the one in force; without one everything is fetched.
    pub(super) fn tag(&self) -> Option<String> {
        self.active.as_ref().and(self.record.etag.clone())
    }

    /// Looked: the next time is not the same for every desktop of a room.
    pub(super) fn looked(&mut self, now: Moment) {
        self.looking = false;
        self.checked = Some(now);
        let every = Duration::from_secs(u64::from(self.distribution.every_minutes) * 60);
        let spread: u32 = self.record.person.bytes().map(u32::from).sum();
        let every = every + every / 1_000 * (spread % 100);
        let wait = if std::mem::take(&mut self.again) {
            SOONEST
        } else {
            every
        };
        self.look_at = now.after(wait);
    }

    /// The clock was set back by so much.
    pub(crate) fn turn_back(&mut self, by: Duration) {
        self.look_at = self.look_at.before(by);
        self.checked = self.checked.map(|checked| checked.before(by));
        let until = self.is_on_probation_until();
        if let Some((until, probation)) = until.zip(self.record.probation.as_mut()) {
            probation.until = until.before(by).rfc3339();
            self.remember();
        }
    }

    pub(super) fn same(&mut self, tag: Option<String>) {
        self.settled();
        if let Some(tag) = tag
            && self.record.etag.as_ref() != Some(&tag)
        {
            self.record.etag = Some(tag);
            self.remember();
        }
    }

    pub(super) fn waits(&mut self, version: u32, percent: u8) {
        self.settled();
        self.waiting = Some((version, percent));
    }

    pub(super) fn unreached(&mut self, why: String, now: Moment) {
        self.trouble = Some(BundleTrouble {
            code: "E_CFG_REACH",
            version: None,
            why,
            at: now,
        });
    }

    fn settled(&mut self) {
        self.trouble = None;
        self.faults.clear();
        self.waiting = None;
    }

    /// Never tries a version again.
    pub(super) fn block(&mut self, version: u32) {
        if !self.record.blocked.contains(&version) {
            self.record.blocked.push(version);
            self.remember();
        }
    }

    /// Switches to a bundle that was judged and tried; whether it is on probation.
    pub(super) fn switch(
        &mut self,
        candidate: Candidate,
        tag: Option<String>,
        now: Moment,
    ) -> io::Result<bool> {
        let manifest = &candidate.bundle.manifest;
        let kept = self.shelf.put(&candidate.bytes, manifest.version, now)?;
        let mut record = self.record.clone();
        record.tenant = Some(manifest.tenant.clone());
        record.highest = record.highest.max(manifest.version);
        // One that is on probation itself is nothing to come back to.
        if record.probation.is_none() && self.active.is_some() {
            record.good = record.active.take();
        }
        record.active = Some(kept.clone());
        record.etag = tag;
        if !manifest.trust.is_empty() {
            record.proofs.push(kept.clone());
        }
        let until = now.after(PROBATION);
        record.probation = record.good.as_ref().map(|_| Probation {
            until: until.rfc3339(),
            running: true,
        });
        if record.probation.is_none() {
            record.good = Some(kept.clone());
        }
        self.shelf.remember(&record)?;
        self.record = record;
        self.settled();
        self.damaged = false;
        self.active = Some(Active {
            bundle: candidate.bundle,
            text: candidate.text,
            keys: candidate.keys,
            since: now,
        });
        self.shelf.tidy(&self.record);
        Ok(self.record.probation.is_some())
    }

    /// The probation is over: this is the one to come back to.
    pub(super) fn prove(&mut self) {
        self.trial = None;
        self.record.probation = None;
        self.record.good.clone_from(&self.record.active);
        self.remember();
        self.shelf.tidy(&self.record);
    }

    /// Goes back to the last good one; the version that was taken back.
    pub(super) fn take_back(&mut self, why: String, now: Moment) -> Option<u32> {
        let good = self.record.good.clone()?;
        let taken = self.record.active.replace(good)?.version;
        self.trial = None;
        self.record.probation = None;
        self.record.etag = None;
        self.record.blocked.push(taken);
        self.record.proofs.retain(|proof| proof.version != taken);
        self.remember();
        self.load(now);
        self.trouble = Some(BundleTrouble {
            code: "E_CFG_BACK",
            version: Some(taken),
            why,
            at: now,
        });
        Some(taken)
    }

    /// Takes note that the program runs, or ends by itself.
    pub(crate) fn mark_running(&mut self, running: bool) {
        if let Some(probation) = &mut self.record.probation {
            probation.running = running;
            self.remember();
        }
    }

    /// Takes note of a record that was to be opened.
    pub(super) fn heard_of(&mut self, link: Link, has_address: bool) {
        if let (false, Some(trial)) = (has_address, &mut self.trial)
            && trial.no_link(&link)
        {
            let name = &link.connection.0;
            self.gives_up = Some(format!("records of {name} have no address any more"));
        }
        self.heard.link(link);
    }

    /// Until when the one in force is on probation, also after a start.
    pub(super) fn is_on_probation_until(&self) -> Option<Moment> {
        let probation = self.record.probation.as_ref()?;
        Moment::parse(&probation.until)
    }

    /// Puts the versions into the vault: the highest, the one in force, and the one that a probation
    /// may come back to, also after a crash.
    pub(super) fn mark(&self, vault: &Vault) -> Result<(), VaultError> {
        let active = self
            .active
            .as_ref()
            .map_or(0, |it| it.bundle.manifest.version);
        let good = self.record.good.as_ref();
        let good = good.filter(|_| self.record.probation.is_some());
        let back = good.map_or(active, |it| it.version);
        let mark = format!("{} {active} {back}", self.record.highest);
        vault.put(MARK, &Secret::new(mark))
    }

    /// Compares with the versions in the vault; a folder that was put back is not believed, unless
    /// it says that the version in force was taken back, to the one that a probation comes back to.
    pub(crate) fn compare(&mut self, vault: &Vault, now: Moment) {
        let mark = vault.get(MARK).ok().flatten();
        let mark = mark
            .as_ref()
            .map(|it| it.expose("the versions are compared").to_owned());
        let numbers = mark.as_deref().unwrap_or_default().split(' ');
        let numbers: Vec<u32> = numbers.filter_map(|text| text.parse().ok()).collect();
        let [highest, active, back] = *numbers else {
            return;
        };
        self.record.highest = self.record.highest.max(highest);
        let here = self.active.as_ref().map(|it| it.bundle.manifest.version);
        let came_back = here == Some(back) && self.record.blocked.contains(&active);
        if here.is_some_and(|here| here < active) && !came_back {
            self.active = None;
            self.damaged = true;
            self.look_at = now;
            self.trouble = Some(BundleTrouble {
                code: "E_CFG_ROLLBACK",
                version: here,
                why: format!("an older state was put back; version {active} was in force"),
                at: now,
            });
        }
    }

    fn remember(&self) {
        if let Err(error) = self.shelf.remember(&self.record) {
            tracing::error!(%error, "what is known of bundles could not be kept");
        }
    }
}

impl Active {
    fn of(verified: Verified, kept: &Kept) -> Self {
        Self {
            bundle: Arc::new(verified.bundle),
            text: verified.text,
            keys: verified.keys,
            since: kept.since(),
        }
    }
}
