//! Power that goes: the true program's writes are recorded, and of what was not flushed the disk
//! keeps nothing, all, or any sectors in any order.
//!
//! At moments spread over a life, the folder is put together as the disk could hold it then, and
//! opened. The file system is taken for one that keeps a journal, as those of desktops do.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use pop_store::{Chain, Keeping, Store, StoreError, Wanted};

use crate::killed;
use crate::ledger::{Ledger, Means, Trouble};
use crate::recorded::{Deed, record};
use crate::stage::sealer;

/// Writes of the recorded life: enough for the log to be copied into the file and begun anew.
const WRITES: u32 = 120;

/// A disk writes so much at once or not at all.
const SECTOR: usize = 512;

/// Moments of the life at which the power goes; in a run for a release, and for a control.
const MOMENTS: usize = 80;
const MANY_MOMENTS: usize = 2_000;
const FEW_MOMENTS: usize = 12;

/// Which flushes reach the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flushes {
    /// As the program asked.
    All,
    /// Only those before the log is copied into the file, as `synchronous = NORMAL` leaves them.
    AtCheckpoints,
    /// None, as `synchronous = OFF` leaves them.
    None,
}

/// What a disk keeps of what was not flushed.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Nothing,
    Everything,
    Any(u64),
}

#[derive(Default)]
struct Disk {
    files: BTreeMap<String, File>,
}

#[derive(Default)]
struct File {
    flushed: Vec<u8>,
    /// Whether the disk knows that there is such a file.
    is_there: bool,
    waiting: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
    Remove,
}

impl Disk {
    fn take(&mut self, deed: &Deed, is_flushed: bool) {
        let mut put = |name: &String, change| {
            let file = self.files.entry(name.clone()).or_default();
            file.waiting.push(change);
        };
        match deed {
            Deed::Wrote(name, at, bytes) => put(name, Change::Write(*at, bytes.clone())),
            Deed::Added(name, bytes) => {
                let at = self.files.get(name).map_or(0, |file| file.seen().len());
                self.take(&Deed::Wrote(name.clone(), at, bytes.clone()), false);
            }
            Deed::Cut(name, length) => put(name, Change::Cut(*length)),
            Deed::Removed(name) => put(name, Change::Remove),
            Deed::Flushed(name) if is_flushed => {
                // A file system that keeps a journal brings the folder up to date with any flush.
                self.files.retain(|_, file| !file.is_removed());
                if let Some(file) = self.files.get_mut(name) {
                    file.flushed = file.seen();
                    file.waiting.clear();
                    file.is_there = true;
                }
            }
            Deed::Flushed(_) | Deed::Said(_) | Deed::Sent(_) => {}
        }
    }

    /// Writes down what the disk holds when the power has gone.
    fn leave(&self, luck: Luck, folder: &Path) {
        let mut dice = match luck {
            Luck::Any(seed) => seed | 1,
            Luck::Nothing | Luck::Everything => 1,
        };
        for (name, file) in &self.files {
            let (mut bytes, mut is_there) = (file.flushed.clone(), file.is_there);
            for change in &file.waiting {
                is_there |= !matches!(luck, Luck::Nothing);
                apply(change, luck, &mut dice, &mut bytes);
            }
            if is_there {
                fs::write(folder.join(name), bytes).unwrap();
            }
        }
    }
}

impl File {
    fn is_removed(&self) -> bool {
        matches!(self.waiting.last(), Some(Change::Remove))
    }

    /// What the program sees.
    fn seen(&self) -> Vec<u8> {
        let mut bytes = self.flushed.clone();
        for change in &self.waiting {
            apply(change, Luck::Everything, &mut 1, &mut bytes);
        }
        bytes
    }
}

fn apply(change: &Change, luck: Luck, dice: &mut u64, bytes: &mut Vec<u8>) {
    match change {
        Change::Write(at, written) => {
            let mut start = 0;
            while start < written.len() {
                let end = written
                    .len()
                    .min((at + start) / SECTOR * SECTOR + SECTOR - at);
                if is_kept(luck, dice) {
                    let (from, to) = (at + start, at + end);
                    bytes.resize(bytes.len().max(to), 0);
                    bytes[from..to].copy_from_slice(&written[start..end]);
                }
                start = end;
            }
        }
        Change::Cut(length) if is_kept(luck, dice) => bytes.resize(*length, 0),
        Change::Remove if is_kept(luck, dice) => bytes.clear(),
        Change::Cut(_) | Change::Remove => {}
    }
}

fn is_kept(luck: Luck, dice: &mut u64) -> bool {
    match luck {
        Luck::Nothing => false,
        Luck::Everything => true,
        Luck::Any(_) => {
            *dice ^= *dice << 13;
            *dice ^= *dice >> 7;
            *dice ^= *dice << 17;
            dice.is_multiple_of(2)
        }
    }
}

/// What was lost over all moments.
#[derive(Debug, Default)]
struct Losses {
    moments: usize,
    /// Called saved, and not there.
    saved: BTreeSet<String>,
    /// Sent, and nobody knows it.
    sent: BTreeSet<String>,
    /// Moments after which the file was damaged.
    damaged: usize,
    /// Moments after which the audit had a gap or a line too few.
    audit: usize,
}

fn life() -> (tempfile::TempDir, Vec<Deed>) {
    let folder = tempfile::tempdir().unwrap();
    let trouble = Trouble {
        lost: 30,
        ..Trouble::default()
    };
    let ledger = Ledger::start(Means::Key, trouble);
    let new: Vec<String> = (0..WRITES).map(|number| format!("w-{number}")).collect();
    let mut program = Command::new(env::current_exe().unwrap());
    killed::as_child(&mut program, folder.path(), &ledger, &new);
    let deeds = record(&program, folder.path());
    (folder, deeds)
}

/// Whether the flush at a place is one that a checkpoint makes: the file itself is written next.
fn precedes_checkpoint(deeds: &[Deed], place: usize) -> bool {
    let mut later = deeds[place + 1..].iter();
    let next = later.find_map(|deed| match deed {
        Deed::Wrote(name, ..) | Deed::Flushed(name) => Some(name),
        Deed::Added(..) | Deed::Cut(..) | Deed::Removed(_) | Deed::Said(_) | Deed::Sent(_) => None,
    });
    next.is_some_and(|name| name == "store.db")
}

fn losses(deeds: &[Deed], flushes: Flushes, moments: usize) -> Losses {
    let mut losses = Losses::default();
    let (mut disk, mut saved, mut sent) = (Disk::default(), BTreeSet::new(), BTreeSet::new());
    let every = (deeds.len() / moments).max(1);
    for (place, deed) in deeds.iter().enumerate() {
        let is_log = matches!(deed, Deed::Flushed(name) if name == "store.db-wal");
        let is_flushed = match flushes {
            Flushes::All => true,
            Flushes::AtCheckpoints => !is_log || precedes_checkpoint(deeds, place),
            Flushes::None => false,
        };
        disk.take(deed, is_flushed);
        match deed {
            Deed::Said(line) => saved.extend(line.strip_prefix("saved ").map(str::to_owned)),
            Deed::Sent(line) => sent.extend(line.strip_prefix("put ").map(str::to_owned)),
            Deed::Wrote(..)
            | Deed::Added(..)
            | Deed::Cut(..)
            | Deed::Flushed(_)
            | Deed::Removed(_) => {}
        }
        if place % every == 0 && !saved.is_empty() {
            let seed = u64::try_from(place).unwrap().wrapping_mul(0x9E37_79B9);
            for luck in [Luck::Nothing, Luck::Everything, Luck::Any(seed)] {
                look(&disk, luck, (&saved, &sent), &mut losses);
            }
        }
    }
    losses
}

/// Opens what the disk holds, and counts what is missing.
fn look(
    disk: &Disk,
    luck: Luck,
    called: (&BTreeSet<String>, &BTreeSet<String>),
    losses: &mut Losses,
) {
    losses.moments += 1;
    let folder = killed::folder();
    disk.leave(luck, folder.path());
    if count(folder.path(), called, losses).is_err() {
        losses.damaged += 1;
    }
}

/// # Errors
/// Where the store cannot be read, which nothing sound ever is.
fn count(
    folder: &Path,
    (saved, sent): (&BTreeSet<String>, &BTreeSet<String>),
    losses: &mut Losses,
) -> Result<(), StoreError> {
    let store = Store::open(folder, Keeping::Sealed(sealer()))?;
    let is_whole = match store.due_check() {
        Some(check) => check.run()?,
        None => true,
    };
    losses.damaged += usize::from(!is_whole || store.stats()?.salvaged.is_some());
    let open = store.outbox(Wanted::Open, usize::MAX)?;
    let over = store.outbox(Wanted::Over, usize::MAX)?;
    let is_torn = open.iter().any(|item| item.item.is_none());
    // One line for each that was asked, one for each that was done.
    let lines = u64::try_from(open.len() + 2 * over.len()).unwrap();
    let is_told = store.verify_chain()? == Chain::Whole(lines);
    losses.audit += usize::from(is_torn || !is_told);
    let known: BTreeMap<String, bool> = open
        .into_iter()
        .chain(over)
        .map(|item| {
            let queued = item.queued;
            let was_sent = queued.first_sent.is_some() || queued.sending || item.state.is_over();
            (queued.id, was_sent)
        })
        .collect();
    let missing = saved.iter().filter(|id| !known.contains_key(*id));
    losses.saved.extend(missing.cloned());
    let forgotten = sent.iter().filter(|id| known.get(*id) != Some(&true));
    losses.sent.extend(forgotten.cloned());
    Ok(())
}

#[test]
fn what_is_called_saved_or_was_sent_is_known_after_every_power_loss() {
    let (_folder, deeds) = life();
    let told = |wanted: &str| {
        let told = deeds.iter().filter(|deed| match deed {
            Deed::Said(line) | Deed::Sent(line) => line.starts_with(wanted),
            Deed::Flushed(name) => name == wanted,
            Deed::Wrote(..) | Deed::Added(..) | Deed::Cut(..) | Deed::Removed(_) => false,
        });
        told.count()
    };
    assert_eq!(told("saved "), usize::try_from(WRITES).unwrap());
    assert!(told("put ") > told("saved "), "answers were lost");
    assert!(told("store.db") > 0, "the log was copied into the file");

    let moments = match env::var_os(killed::KILLS) {
        Some(_) => MANY_MOMENTS,
        None => MOMENTS,
    };
    let sound = losses(&deeds, Flushes::All, moments);
    println!("{} power losses: {sound:?}", sound.moments);
    assert!(sound.moments > 2 * moments, "{sound:?}");
    assert_eq!(sound.saved, BTreeSet::new(), "called saved, and lost");
    assert_eq!(sound.sent, BTreeSet::new(), "sent, and forgotten");
    assert_eq!((sound.damaged, sound.audit), (0, 0));

    for flushes in [Flushes::AtCheckpoints, Flushes::None] {
        let careless = losses(&deeds, flushes, FEW_MOMENTS);
        let (saved, sent) = (careless.saved.len(), careless.sent.len());
        println!("{flushes:?}: {saved} lost, {sent} forgotten");
        assert!(!careless.saved.is_empty(), "control: {flushes:?} loses");
        assert!(!careless.sent.is_empty(), "control: {flushes:?} forgets");
    }
}
