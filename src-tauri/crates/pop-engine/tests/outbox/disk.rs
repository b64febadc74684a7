//! Slow disks, two windows, an old profile, and power that goes.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use pop_store::{Chain, Keeping, Store, StoreError, Wanted};

use crate::ledger::{Ledger, LedgerWay, Means, Trouble};
use crate::stage::{Scripted, Stage, is_kept, is_over, sealer};

fn open(folder: &Path) -> Store {
    Store::open(folder, Keeping::Sealed(sealer())).unwrap()
}

fn copy(from: &Path, to: &Path) {
    for name in ["store.db", "store.db-wal"] {
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
}

fn way(ledger: &Ledger, means: Means) -> Arc<LedgerWay> {
    Arc::new(LedgerWay {
        address: ledger.address,
        means,
        forgetful: false,
        point: || {},
    })
}

/// Whether a way remembers that something may have been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Memory {
    Sound,
    Forgetful,
}

#[tokio::test]
async fn two_windows_have_one_writer() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::open(folder.path(), None);
    let second = Store::open(folder.path(), Keeping::Sealed(sealer())).err();
    assert!(
        matches!(second, Some(StoreError::OtherWriter)),
        "{second:?}"
    );
    let elsewhere = tempfile::tempdir().unwrap();
    drop(open(elsewhere.path()));
    stage.outbox.stop().await;
}

#[tokio::test]
async fn an_old_profile_that_is_put_back_doubles_nothing_that_can_be_known_again() {
    let kinds = [
        (Means::Key, Memory::Sound, false),
        (Means::Look, Memory::Sound, false),
        // The controls: nobody can be asked, and nobody asks.
        (Means::None, Memory::Sound, true),
        (Means::Look, Memory::Forgetful, true),
    ];
    for (means, memory, doubled) in kinds {
        let folder = tempfile::tempdir().unwrap();
        let old = tempfile::tempdir().unwrap();
        let ledger = Ledger::start(means, Trouble::default());
        let mut stage = Stage::open(folder.path(), None);
        stage.queue(stage.write("w-1", "i-1"));
        stage.until("w-1", is_kept).await;
        copy(folder.path(), old.path());
        stage.open_road(Some(way(&ledger, means)));
        stage.until("w-1", is_over).await;

        let again = Arc::new(LedgerWay {
            address: ledger.address,
            means,
            forgetful: memory == Memory::Forgetful,
            point: || {},
        });
        let mut stage = Stage::open(old.path(), Some(again));
        stage.queue(stage.write("w-2", "i-1"));
        stage.until("w-1", is_over).await;
        stage.until("w-2", is_over).await;
        assert_eq!(ledger.done()["w-2"], 1, "what is new is sent");
        let times = ledger.done()["w-1"];
        assert_eq!(times > 1, doubled, "{means:?}: {times} times");
    }
}

/// What is on the disk when the power goes: the file, and of its log all that was flushed. What was
/// written after the last flush may be missing, cut, or garbled.
fn after_power_loss(from: &Path, flushed: usize, garble: u8) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    copy(from, folder.path());
    let path = folder.path().join("store.db-wal");
    let mut log = fs::read(&path).unwrap();
    match garble {
        0 => log.truncate(flushed),
        1 => log.truncate(flushed + (log.len() - flushed) / 2),
        _ => log[flushed..].fill(garble),
    }
    fs::write(&path, log).unwrap();
    let store = open(folder.path());
    (folder, store)
}

#[tokio::test]
async fn what_was_flushed_survives_a_power_loss_and_what_was_not_leaves_no_half_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::open(folder.path(), None);
    let log = folder.path().join("store.db-wal");
    let mut flushed = Vec::new();
    for number in 0..20 {
        let id = format!("w-{number}");
        stage.queue(stage.write(&id, "i-1"));
        stage.until(&id, is_kept).await;
        // A commit returns after its flush: all of the log is on the disk now.
        flushed.push(usize::try_from(fs::metadata(&log).unwrap().len()).unwrap());
    }
    for (number, flushed) in flushed.iter().enumerate().skip(1).step_by(3) {
        for garble in [0, 1, 0xA5] {
            let (_folder, store) = after_power_loss(folder.path(), *flushed, garble);
            let kept = store.outbox(Wanted::Open, 100).unwrap();
            assert!(
                kept.len() > number,
                "{} of {} are there",
                kept.len(),
                number + 1
            );
            assert!(kept.iter().all(|item| item.item.is_some()), "none is torn");
            let lines = u64::try_from(kept.len()).unwrap();
            assert_eq!(
                store.verify_chain().unwrap(),
                Chain::Whole(lines),
                "each has its line"
            );
        }
    }
    // The control: a log that is not flushed at each commit, as `synchronous = NORMAL` leaves it.
    let (_folder, store) = after_power_loss(folder.path(), flushed[9], 0);
    let kept = store.outbox(Wanted::Open, 100).unwrap();
    assert!(
        kept.len() < 20,
        "an unflushed commit is lost, and the test sees it"
    );
}

#[tokio::test]
async fn a_slow_disk_holds_nobody_up_and_loses_nothing() {
    let way = Scripted::answering(Vec::new());
    let mut stage = Stage::over(
        Store::in_memory().unwrap(),
        Some(Arc::<Scripted>::clone(&way) as _),
    );
    let (release, held) = std::sync::mpsc::channel::<()>();
    let busy = stage.store.clone();
    let slow = tokio::spawn(async move {
        busy.run(move |_| {
            // The disk stands still until the test lets it go.
            let _ = held.recv();
            Ok(())
        })
        .await
    });
    tokio::task::yield_now().await;
    for number in 0..10 {
        let id = format!("w-{number}");
        stage.queue(stage.write(&id, &id));
    }
    assert!(
        stage.reports.try_recv().is_err(),
        "nothing is called saved before it is"
    );
    release.send(()).unwrap();
    slow.await.unwrap().unwrap();
    stage.ended(10).await;
    assert_eq!(way.ids().len(), 10);
}
