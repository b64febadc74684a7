//! What happens to the disk: it is full for a while, and the power goes while it is written to.
//!
//! Of what was written since all was quiet the disk keeps any sectors. Nobody was told of any of it
//! yet, so any of it may be lost; what was there before may not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pop_tests::dice::Dice;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The store's file and its log of what is new; the third file beside them is made anew.
const FILES: [&str; 2] = ["store.db", LOG];
const LOG: &str = "store.db-wal";
const MADE_ANEW: &str = "store.db-shm";

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

/// The store's files as they stand; it has not all of them at any time.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Files(BTreeMap<&'static str, Vec<u8>>);

impl Files {
    pub(crate) fn of(data: &Path) -> Self {
        let read = |name: &&'static str| Some((*name, fs::read(data.join(name)).ok()?));
        Self(FILES.iter().filter_map(read).collect())
    }

    /// What the disk may hold when the power goes on the way from one to the other.
    pub(crate) fn torn(&self, after: &Self, dice: &mut Dice) -> Self {
        let mut torn = after.clone();
        let (before, file) = (self.0.get(LOG), torn.0.get_mut(LOG));
        // While the log is brought into the file, one waits for the other to be on the disk.
        let (Some(before), Some(log)) = (before, file) else {
            return torn;
        };
        if self.0.get(FILES[0]) != after.0.get(FILES[0]) {
            return torn;
        }
        for (at, sector) in log.chunks_mut(SECTOR).enumerate() {
            if dice.happens(50) {
                let old = before.get(at * SECTOR..).unwrap_or_default();
                let kept = old.len().min(sector.len());
                sector[..kept].copy_from_slice(&old[..kept]);
                // Where the file was shorter it has nothing yet.
                sector[kept..].fill(0);
            }
        }
        torn
    }

    /// Puts them back in place of whatever is there.
    pub(crate) fn put(&self, data: &Path) {
        for name in FILES.into_iter().chain([MADE_ANEW]) {
            // Whichever there are.
            let _ = fs::remove_file(data.join(name));
        }
        // However full the disk is, these lay on it before.
        let room = getrlimit(Resource::Fsize);
        limit(None);
        for (name, bytes) in &self.0 {
            fs::write(data.join(name), bytes).unwrap();
        }
        limit(room.current);
    }
}

/// Makes the disk full for whatever grows beyond what the log is long now, or gives room again.
///
/// A write beyond it fails as on a full disk: [`crate::start`] has this process not listen to the
/// signal of that.
pub(crate) fn fill(data: &Path, is_full: bool) {
    let long = fs::metadata(data.join(LOG)).map_or(0, |log| log.len());
    // Settings and the like are shorter, and are with other tests.
    limit(is_full.then_some(long.max(1 << 16)));
}

fn limit(current: Option<u64>) {
    let maximum = getrlimit(Resource::Fsize).maximum;
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).unwrap();
}

/// Whether it is full.
pub(crate) fn is_full() -> bool {
    getrlimit(Resource::Fsize).current.is_some()
}
