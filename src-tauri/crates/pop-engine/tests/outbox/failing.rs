//! A disk that fails while the program writes: full, read-only, broken, or slow. Nothing is called
//! saved that is not, nothing is called not saved that is, and afterwards everything is done once.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use crate::disks::Disk;
use crate::killed::{Given, Tally, as_child, folder, judge, run};
use crate::ledger::{Ledger, Means, Trouble};

/// What fails, from which call on: a commit writes several pages and flushes once.
const FAILING: [(&str, &str, &[&str]); 4] = [
    (
        "full",
        "pwrite64:error=ENOSPC",
        &[":when=1+", ":when=3+", ":when=7+", ":when=12+", ":when=25+"],
    ),
    (
        "read-only",
        "pwrite64,fdatasync,fsync,ftruncate:error=EROFS",
        &[":when=1+", ":when=4+", ":when=9+", ":when=20+"],
    ),
    (
        "broken",
        "pwrite64:error=EIO",
        &[":when=2+", ":when=8+", ":when=5..6", ":when=15..30"],
    ),
    (
        "not flushing",
        "fdatasync,fsync:error=EIO",
        &[":when=1+", ":when=2+", ":when=3", ":when=4+", ":when=6..7"],
    ),
];

/// A flush takes this long.
const SLOW: &str = "fdatasync,fsync:delay_exit=30000";

/// The step at which a life is killed that does not rest before: late enough to see it fail.
const LAST_STEP: u32 = 40;

/// One profile whose disk fails in every life but the first and the last.
fn lives(given: Given, disks: &[Disk]) -> Tally {
    let (folder, mut tally) = (folder(), Tally::default());
    let ledger = Ledger::start(given.means, given.trouble);
    let mut saved = BTreeSet::new();
    let healthy = [Disk::Sound];
    for (life, disk) in healthy.iter().chain(disks).chain(&healthy).enumerate() {
        let is_last = life == disks.len() + 1;
        let new: Vec<String> = (0..3).map(|one| format!("w-{life}-{one}")).collect();
        let new = if is_last { Vec::new() } else { new };
        let step = if is_last { u32::MAX } else { LAST_STEP };
        let given = Given {
            disk: *disk,
            ..given
        };
        if is_last {
            ledger.set(Trouble::default());
        }
        saved.extend(run(
            given,
            folder.path(),
            &ledger,
            &new,
            step,
            None,
            &mut tally,
        ));
    }
    judge(folder.path(), &ledger, &saved, &mut tally);
    tally
}

fn given() -> Given {
    Given {
        trouble: Trouble {
            lost: 30,
            ..Trouble::default()
        },
        ..Given::sound(Means::Look)
    }
}

fn disks(calls: &str, moments: &[&str]) -> Vec<Disk> {
    let disk = |when: &&str| {
        // Each is made once for the whole run.
        let calls: &'static str = Box::leak(format!("{calls}{when}").into_boxed_str());
        Disk::Failing(calls)
    };
    moments.iter().map(disk).collect()
}

#[test]
fn on_a_disk_that_fails_nothing_is_called_saved_that_is_not_and_everything_is_done_once() {
    for (name, calls, moments) in FAILING {
        let tally = lives(given(), &disks(calls, moments));
        println!("{name}: {tally:?}");
        assert!(!tally.refused.is_empty(), "{name}: it is said");
        assert_eq!(tally.lost, [""; 0], "{name}: of {} saved", tally.saved);
        assert_eq!(tally.doubled, [""; 0], "{name}: of {} done", tally.done);
        assert_eq!(tally.unexplained, [""; 0], "{name}: left without a reason");
    }
    let boastful = Given {
        boastful: true,
        ..given()
    };
    let (_, calls, moments) = FAILING[0];
    let tally = lives(boastful, &disks(calls, moments));
    assert!(!tally.lost.is_empty(), "control: who says so first loses");
}

#[test]
fn on_a_disk_that_is_slow_everything_is_saved_and_done_once() {
    let tally = lives(given(), &[Disk::Failing(SLOW), Disk::Failing(SLOW)]);
    println!("slow: {tally:?}");
    assert_eq!(tally.refused, BTreeSet::new(), "nothing is refused");
    assert_eq!(tally.saved, 9, "control: everything was called saved");
    assert_eq!((tally.lost, tally.doubled), (Vec::new(), Vec::new()));
    assert_eq!(tally.unexplained, [""; 0]);
}

#[test]
fn a_disk_that_cannot_be_read_is_said_and_nothing_is_called_saved() {
    let (folder, mut tally) = (folder(), Tally::default());
    let ledger = Ledger::start(Means::Key, Trouble::default());
    let new = ["w-1".to_owned()];
    let shut = Given {
        disk: Disk::Failing("openat:error=EROFS"),
        ..Given::sound(Means::Key)
    };
    let mut lives = |given, new: &[String]| {
        run(
            given,
            folder.path(),
            &ledger,
            new,
            LAST_STEP,
            None,
            &mut tally,
        )
    };
    assert_eq!(lives(shut, &new), [""; 0], "nothing is called saved");
    let again = Given {
        disk: Disk::Sound,
        ..shut
    };
    assert_eq!(lives(again, &new), new, "control: with a disk it is");
}

#[test]
fn two_programs_on_one_profile_send_nothing_twice() {
    let folder = folder();
    let ledger = Ledger::start(Means::None, Trouble::default());
    let begin = |new: &[String]| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        as_child(&mut command, folder.path(), &ledger, new);
        // What may have arrived is not sent again: the system counts each time.
        command.env(crate::killed::MEANS, Means::None.word());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    };
    // The first one stands still with the folder in its hands.
    let mut first = begin(&["w-1".to_owned()])
        .env(crate::killed::STEP, "2")
        .spawn()
        .unwrap();
    wait_for(&mut first, "here");
    let second = begin(&["w-2".to_owned()]).output().unwrap();
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(said.contains("\nclosed "), "{said}");
    assert!(!said.contains("\nsaved "), "{said}");
    first.kill().unwrap();
    first.wait().unwrap();
    ledger.settle();
    let third = begin(&["w-3".to_owned()]).output().unwrap();
    let said = String::from_utf8_lossy(&third.stdout).into_owned();
    assert!(
        said.contains("\nsaved w-3"),
        "control: alone it works: {said}"
    );
    let done = ledger.done();
    assert!(done.values().all(|times| *times == 1), "{done:?}");
    assert!(!done.contains_key("w-2"), "{done:?}");
}

fn wait_for(child: &mut std::process::Child, wanted: &str) {
    use std::io::{BufRead, BufReader};
    let output = child.stdout.as_mut().unwrap();
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == wanted), "it says {wanted}");
}
