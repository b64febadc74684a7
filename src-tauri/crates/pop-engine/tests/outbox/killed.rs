//! A small program that is the store and the drain alone, killed at every step, again and again.
//!
//! `SCREENPOP_KILLS` sets how often (a release run: 100000). Each life takes new writes and says
//! which it has saved; each is killed at one exact step, or at any moment of a commit. In the end
//! the last life sends the rest: everything that was called saved is done once, or waits for a
//! person who is told why.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use pop_core::action::Outcome;
use pop_core::write::WriteState;
use pop_store::{Chain, Keeping, Store, Wanted};

use crate::disks::Disk;
use crate::ledger::{Ledger, LedgerWay, Means, Trouble};
use crate::stage::{Stage, is_kept, is_over, is_parked, sealer};

/// How often the program is killed in a run for a release.
pub(crate) const KILLS: &str = "SCREENPOP_KILLS";

/// After so long without news a child goes on to the step at which it is killed.
const SILENCE: Duration = Duration::from_millis(200);

const FOLDER: &str = "POP_OUTBOX_FOLDER";
const LEDGER: &str = "POP_OUTBOX_LEDGER";
pub(crate) const MEANS: &str = "POP_OUTBOX_MEANS";
const NEW: &str = "POP_OUTBOX_NEW";
pub(crate) const STEP: &str = "POP_OUTBOX_STEP";
const FORGETFUL: &str = "POP_OUTBOX_FORGETFUL";
const BOASTFUL: &str = "POP_OUTBOX_BOASTFUL";

/// Kills of one profile before its last life.
const LIVES: u32 = 25;

/// New writes of each life.
const NEW_ONES: u32 = 3;

/// Steps of a life that a kill can hit exactly; later ones are hit by their chance.
const STEPS: u32 = 30;

static STEPS_LEFT: AtomicI64 = AtomicI64::new(i64::MAX);

/// One step of the child; at its last one it says so and waits to be killed.
fn point() {
    if STEPS_LEFT.fetch_sub(1, Ordering::SeqCst) == 0 {
        println!("\nhere");
        std::io::stdout().flush().unwrap();
        let _ = std::io::stdin().read(&mut [0]);
    }
}

/// Runs in the child only.
#[test]
fn child() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    println!("\npid {}", std::process::id());
    let text = |name: &str| env::var(name).unwrap_or_default();
    let means = Means::parse(&text(MEANS));
    if let Ok(step) = text(STEP).parse() {
        STEPS_LEFT.store(step, Ordering::SeqCst);
    }
    let way = LedgerWay {
        address: text(LEDGER).parse::<SocketAddr>().unwrap(),
        means,
        forgetful: !text(FORGETFUL).is_empty(),
        point,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let new = text(NEW);
    let boastful = !text(BOASTFUL).is_empty();
    // Another window may have the folder, or the disk may not even be read.
    let store = match Store::open(Path::new(&folder), Keeping::Sealed(sealer())) {
        Ok(store) => store,
        Err(error) => {
            println!("\nclosed {error}");
            return;
        }
    };
    runtime.block_on(live(
        store,
        way,
        new.split_terminator(',').collect(),
        boastful,
    ));
}

async fn live(store: Store, way: LedgerWay, new: Vec<&str>, boastful: bool) {
    let mut stage = Stage::over(store, Some(Arc::new(way)));
    point();
    for (number, id) in new.iter().enumerate() {
        // Two writes of one interaction leave in order, the third beside them.
        let interaction = format!("i-{}", number / 2);
        if boastful {
            println!("\nsaved {id}");
            point();
        }
        stage.queue(stage.write(id, &interaction));
    }
    let mut saved = BTreeSet::new();
    loop {
        let waiting = stage.store.run(|store| store.queued()).await.unwrap();
        let all_parked = waiting.iter().all(|item| item.parked);
        let all_saved = new.iter().all(|id| saved.contains(*id));
        if all_saved && all_parked && stage.reports.is_empty() {
            break;
        }
        let Ok(report) = tokio::time::timeout(SILENCE, stage.reports.recv()).await else {
            // A full disk does not even take the note that something is being sent.
            point();
            continue;
        };
        let report = report.unwrap();
        point();
        if is_kept(&report.state) && saved.insert(report.id.clone()) {
            println!("\nsaved {}", report.id);
            point();
        }
        if matches!(report.state, WriteState::NotSaved(_)) {
            // The disk takes nothing more.
            println!("\nrefused {}", report.id);
            break;
        }
        if is_over(&report.state) || is_parked(&report.state) {
            point();
        }
    }
    println!("\nrested");
}

/// What happened in all lives of some profiles.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) kills: u32,
    /// What was called not saved.
    pub(crate) refused: BTreeSet<String>,
    pub(crate) saved: usize,
    pub(crate) done: usize,
    pub(crate) parked: usize,
    pub(crate) lost: Vec<String>,
    pub(crate) doubled: Vec<String>,
    /// What waits without a reason, or is done although it was called not saved.
    pub(crate) unexplained: Vec<String>,
}

#[derive(Clone, Copy)]
pub(crate) struct Given {
    pub(crate) means: Means,
    pub(crate) trouble: Trouble,
    pub(crate) forgetful: bool,
    pub(crate) boastful: bool,
    pub(crate) disk: Disk,
}

impl Given {
    pub(crate) fn sound(means: Means) -> Self {
        Self {
            means,
            // What the network doubles can only be known again by its key.
            trouble: Trouble {
                lost: 30,
                doubled: if means == Means::Key { 5 } else { 0 },
                down: 5,
            },
            forgetful: false,
            boastful: false,
            disk: Disk::Sound,
        }
    }
}

/// Some kills of one profile, and its last life.
fn profile(given: Given, number: u32, tally: &mut Tally) {
    let folder = folder();
    let ledger = Ledger::start(given.means, given.trouble);
    let mut saved = BTreeSet::new();
    for life in 0..LIVES {
        let new: Vec<String> = (0..NEW_ONES)
            .map(|one| format!("w-{number}-{life}-{one}"))
            .collect();
        let step = (number * LIVES + life) * 7 % STEPS;
        // Every third life is killed at any moment, also in the middle of a commit.
        let blind = (life % 3 == 2).then(|| Duration::from_micros(u64::from(step) * 900));
        saved.extend(run(given, folder.path(), &ledger, &new, step, blind, tally));
        tally.kills += 1;
    }
    ledger.set(Trouble::default());
    let given = Given {
        disk: Disk::Sound,
        ..given
    };
    saved.extend(run(
        given,
        folder.path(),
        &ledger,
        &[],
        u32::MAX,
        None,
        tally,
    ));
    judge(folder.path(), &ledger, &saved, tally);
}

/// One life of the child; what it called saved.
pub(crate) fn run(
    given: Given,
    folder: &Path,
    ledger: &Ledger,
    new: &[String],
    step: u32,
    blind: Option<Duration>,
    tally: &mut Tally,
) -> Vec<String> {
    let program = env::current_exe().unwrap();
    let mut command = given.disk.command(&program, folder);
    as_child(&mut command, folder, ledger, new);
    command
        .env(MEANS, given.means.word())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if blind.is_none() && step != u32::MAX {
        command.env(STEP, step.to_string());
    }
    if given.forgetful {
        command.env(FORGETFUL, "1");
    }
    if given.boastful {
        command.env(BOASTFUL, "1");
    }
    let mut child = command.spawn().unwrap();
    let output = child.stdout.take().unwrap();
    if let Some(blind) = blind {
        // Not a wait for anything: the moment of the kill is the point of it.
        thread::sleep(blind);
        child.kill().unwrap();
    }
    let (mut saved, mut pid) = (Vec::new(), None);
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Some(id) = line.strip_prefix("saved ") {
            saved.push(id.to_owned());
        }
        if let Some(id) = line.strip_prefix("refused ") {
            tally.refused.insert(id.to_owned());
        }
        pid = pid.or_else(|| line.strip_prefix("pid ").map(str::to_owned));
        if line == "here" || line == "rested" {
            break;
        }
    }
    given.disk.end(child, pid);
    // What was on its way when it died arrives before anybody looks for it: the product waits as
    // long as a request can take, and the clock of these lives does not.
    ledger.settle();
    saved
}

/// Makes this program the child: it takes new writes and sends them to a system that knows its keys.
pub(crate) fn as_child(command: &mut Command, folder: &Path, ledger: &Ledger, new: &[String]) {
    command
        .args([
            "--exact",
            "killed::child",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FOLDER, folder)
        .env(LEDGER, ledger.address.to_string())
        .env(MEANS, Means::Key.word())
        .env(NEW, new.join(","));
}

pub(crate) fn judge(folder: &Path, ledger: &Ledger, saved: &BTreeSet<String>, tally: &mut Tally) {
    let store = Store::open(folder, Keeping::Sealed(sealer())).unwrap();
    assert!(
        matches!(store.verify_chain().unwrap(), Chain::Whole(_)),
        "the audit is whole"
    );
    let parked: BTreeMap<String, WriteState> = store
        .outbox(Wanted::Open, usize::MAX)
        .unwrap()
        .into_iter()
        .map(|item| (item.queued.id, item.state))
        .collect();
    let done = ledger.done();
    tally.saved += saved.len();
    tally.done += done.len();
    tally.parked += parked.len();
    for id in saved {
        let explained = matches!(
            parked.get(id),
            Some(WriteState::Parked(fault)) if fault.outcome == Outcome::Unknown
        );
        if !done.contains_key(id) && !explained {
            tally.lost.push(id.clone());
        }
    }
    tally.doubled.extend(
        done.iter()
            .filter(|(_, times)| **times > 1)
            .map(|(id, _)| id.clone()),
    );
    let open = parked.iter().filter(|(_, state)| !is_parked(state));
    tally.unexplained.extend(open.map(|(id, _)| id.clone()));
    let refused = tally.refused.iter();
    let there = refused.filter(|id| done.contains_key(*id) || parked.contains_key(*id));
    tally.unexplained.extend(there.cloned());
}

/// In memory where the system has such a place: what survives a kill does not depend on the disk.
pub(crate) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// So many kills, over the kinds of systems, two profiles at a time.
fn kills(given: &[Given], count: u32) -> Vec<Tally> {
    let profiles = count
        .div_ceil(LIVES * u32::try_from(given.len()).unwrap())
        .max(1);
    let of = |given: Given, first: u32| {
        let mut tally = Tally::default();
        for number in (first..profiles).step_by(2) {
            profile(given, number, &mut tally);
        }
        tally
    };
    let mut tallies = Vec::new();
    for given in given {
        let (even, odd) = thread::scope(|scope| {
            let even = scope.spawn(|| of(*given, 0));
            let odd = scope.spawn(|| of(*given, 1));
            (even.join().unwrap(), odd.join().unwrap())
        });
        println!("{}: {even:?} {odd:?}", given.means.word());
        tallies.extend([even, odd]);
    }
    tallies
}

#[test]
fn whatever_is_called_saved_is_done_once_however_often_the_program_is_killed() {
    let count = env::var(KILLS).ok().and_then(|count| count.parse().ok());
    let given = Means::ALL.map(|(means, _)| Given::sound(means));
    for tally in kills(&given, count.unwrap_or(2_000)) {
        assert_eq!(tally.lost, [""; 0], "lost, of {} saved", tally.saved);
        assert_eq!(tally.doubled, [""; 0], "doubled, of {} done", tally.done);
        assert_eq!(tally.unexplained, [""; 0], "left without a reason");
        assert!(
            tally.kills == 0 || tally.saved > 0,
            "something was at stake"
        );
    }
}

#[test]
fn a_program_that_forgets_what_it_has_sent_doubles_and_one_that_boasts_loses() {
    let forgetful = Given {
        forgetful: true,
        ..Given::sound(Means::Look)
    };
    let tallies = kills(&[forgetful], 2 * LIVES);
    assert!(
        tallies.iter().any(|tally| !tally.doubled.is_empty()),
        "{tallies:?}"
    );
    let boastful = Given {
        boastful: true,
        ..Given::sound(Means::Key)
    };
    let tallies = kills(&[boastful], 2 * LIVES);
    assert!(
        tallies.iter().any(|tally| !tally.lost.is_empty()),
        "{tallies:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_disk_that_runs_full_saves_nothing_more_says_so_and_loses_and_doubles_nothing() {
    let full = Given {
        disk: Disk::Full(420),
        ..Given::sound(Means::Look)
    };
    let tallies = kills(&[full], LIVES);
    let refused: usize = tallies.iter().map(|tally| tally.refused.len()).sum();
    assert!(refused > 0, "the disk was full at some time: {tallies:?}");
    for tally in tallies {
        assert_eq!((tally.lost, tally.doubled), (Vec::new(), Vec::new()));
        assert_eq!(tally.unexplained, [""; 0], "called not saved, and done");
    }
    let roomy = Given {
        disk: Disk::Sound,
        ..full
    };
    let refused: usize = kills(&[roomy], LIVES)
        .iter()
        .map(|tally| tally.refused.len())
        .sum();
    assert_eq!(refused, 0, "control: with room nothing is refused");
}
