//! Simulated shifts: the real program (core, engine, store, connectors, listener, the broker's
//! client) in one process, on virtual time and over a virtual network, from a seed.
//!
//! Customers, platforms, the agent, an admin and the computer do what a seed says, and faults strike;
//! after each step it is checked that nothing acknowledged is lost, nothing is done twice, nothing
//! of one customer is on another's card or in their record, no request leaves for anywhere else, no
//! credential stands where none may, every lookup has an end, and that everything drains once all is
//! well again. `cargo xtask simulate --seeds 1000` runs more, `--seed 17` one again with its story.
//!
//! Virtual is what the engine has a port for: time, network, keychain, desktop. The listener, the
//! store and its file are real, and so is the way to the broker, at whose other end is one of ours;
//! the outbox's own tests go through every call to the disk.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do; a shift is told on the standard output"
)]

mod acts;
mod admin;
mod broker;
mod checks;
mod computer;
mod crms;
mod disk;
mod files;
mod keychain;
mod pushes;
mod quiet;
mod screen;
mod sessions;
mod shift;
mod time;
mod weather;
mod wires;

use std::collections::BTreeMap;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use libtest_mimic::{Arguments, Failed, Trial};

use shift::{Broken, Shift};
use time::seconds;

/// How many shifts a run has: in one that is built without optimising, reading the CRMs' files takes a
/// second of each.
const USUAL: u64 = if cfg!(debug_assertions) { 12 } else { 300 };

/// In so many shifts everything that can happen happens.
const ENOUGH: u64 = 300;

/// How much happens in a shift.
const ACTS: usize = 30;

/// After every how-manyth shift the disk is searched for credentials, which takes a while.
const DISK_EVERY: u64 = 10;

/// Sets how many shifts there are, and which is the first.
const SEEDS: &str = "SCREENPOP_SEEDS";
const SEED: &str = "SCREENPOP_SEED";

/// Makes this program run shifts itself: the first, every how-manyth, how many, what is broken.
const SHIFTS: &str = "SCREENPOP_SHIFTS";

/// What is broken on purpose, and how its check must tell of it.
const BROKEN: [(&str, Broken, &str); 12] = [
    ("disk", Broken::Disk, "was called kept and is nowhere"),
    ("twice", Broken::Twice, "was made 2 times"),
    ("somebody", Broken::Somebody, "not one of"),
    ("origin", Broken::Origin, "a request left for"),
    ("secret", Broken::Secret, "a credential stands in"),
    ("lying", Broken::Lying, "credential, as it is in"),
    ("deadline", Broken::Deadline, "has no end"),
    ("forever", Broken::Forever, "did not drain"),
    ("careless", Broken::Careless, "that nobody gave out"),
    (
        "hasty",
        Broken::Hasty,
        "was acknowledged and never had a card",
    ),
    ("topic", Broken::Topic, "which nobody configured"),
    ("away", Broken::Away, "the broker is not heard"),
];

fn main() -> ExitCode {
    if let Ok(shifts) = env::var(SHIFTS) {
        return run_here(&shifts);
    }
    let shifts = Trial::test(
        "whatever_happens_in_a_shift_nothing_is_lost_doubled_or_mixed_up",
        shifts,
    );
    let broken = BROKEN.iter().map(|(name, _, told)| {
        let trial = format!("control::{name}_that_is_broken_is_noticed");
        Trial::test(trial, move || is_noticed(name, told))
    });
    let trials = std::iter::once(shifts).chain(broken).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn shifts() -> Result<(), Failed> {
    let number = |name| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let first = number(SEED);
    let count = number(SEEDS).unwrap_or(if first.is_some() { 1 } else { USUAL });
    let first = first.unwrap_or(1);
    let processes = thread::available_parallelism().map_or(1, usize::from);
    let processes = u64::try_from(processes).unwrap().min(count);
    let running: Vec<_> = (0..processes)
        .map(|process| {
            let each = count / processes + u64::from(process < count % processes);
            start(&format!("{} {processes} {each} none", first + process))
        })
        .collect();
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    let mut wrongs = String::new();
    for process in running {
        let output = process.wait_with_output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in text.lines() {
            if let Some((name, number)) = line
                .strip_prefix("count ")
                .and_then(|it| it.split_once('='))
            {
                *told.entry(name.to_owned()).or_default() += number.parse::<u64>().unwrap_or(0);
            }
        }
        if !output.status.success() {
            wrongs.push_str(&text);
        } else if count == 1 {
            println!("{text}");
        }
    }
    println!("{told:?}");
    if !wrongs.is_empty() {
        return Err(wrongs.into());
    }
    if count >= ENOUGH {
        let idle: Vec<_> = told.iter().filter(|(_, count)| **count == 0).collect();
        if !idle.is_empty() {
            return Err(format!("never happened: {idle:?}").into());
        }
    }
    Ok(())
}

/// A shift in which something is broken is found out within a few seeds.
fn is_noticed(name: &str, told: &str) -> Result<(), Failed> {
    let output = start(&format!("1 1 12 {name}")).wait_with_output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    if text.contains(told) {
        return Ok(());
    }
    Err(format!("nobody said that something {told}: {text}").into())
}

/// Runs this program for some shifts. On a full disk a write fails there; it would end by a signal.
fn start(shifts: &str) -> std::process::Child {
    let mut program = Command::new("sh");
    program
        .args(["-c", "trap '' XFSZ; exec \"$0\""])
        .arg(env::current_exe().unwrap())
        .env(SHIFTS, shifts)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    program.spawn().unwrap()
}

/// Runs some shifts in this process, which has no other threads that could be mistaken for theirs.
fn run_here(shifts: &str) -> ExitCode {
    let words: Vec<&str> = shifts.split(' ').collect();
    let number = |at: usize| words[at].parse::<u64>().unwrap();
    let (first, step, count) = (number(0), number(1), number(2));
    let broken = BROKEN.iter().find(|(name, _, _)| *name == words[3]);
    let broken = broken.map(|(_, broken, _)| *broken);
    let mut totals = Totals::default();
    for seed in (0..count).map(|number| first + number * step) {
        let ran = catch_unwind(AssertUnwindSafe(|| one(seed, broken)));
        match ran {
            Ok(shift) if shift.wrongs.is_empty() => totals.add(&shift, count == 1),
            Ok(shift) => {
                println!("SEED {seed}\n  {}", shift.story.join("\n  "));
                println!("WRONG in seed {seed}:\n  {}", shift.wrongs.join("\n  "));
                return ExitCode::FAILURE;
            }
            Err(_) => {
                println!("WRONG in seed {seed}: it panicked; see the standard error");
                return ExitCode::FAILURE;
            }
        }
    }
    totals.tell();
    ExitCode::SUCCESS
}

fn one(seed: u64, broken: Option<Broken>) -> Shift {
    let mut shift = Shift::begin(seed, broken);
    shift.gets_rough();
    for _ in 0..ACTS {
        shift.act();
        let wait = seconds(i64::try_from(shift.dice.below(12)).unwrap());
        shift.pass(wait);
        if !shift.wrongs.is_empty() {
            return shift;
        }
    }
    shift.get_well();
    shift.check_the_end();
    if broken.is_some() || seed.is_multiple_of(DISK_EVERY) {
        shift.check_disk();
    }
    shift
}

#[derive(Default)]
struct Totals(BTreeMap<&'static str, u64>);

impl Totals {
    fn add(&mut self, shift: &Shift, tells: bool) {
        let (seen, looks, pushed) = (shift.wires.seen(), shift.told.looks, shift.pushed());
        let counts = [
            ("shifts", 1),
            ("requests", seen.requests),
            ("cut", seen.cut),
            ("answers_lost", seen.lost),
            ("late", seen.late),
            ("doubled", seen.doubled),
            ("truncated", seen.truncated),
            ("refused_on_the_way", seen.refused),
            ("token_answers_lost", seen.token_lost),
            ("cards_looked_at", looks.cards),
            ("writes_kept", looks.kept),
            ("writes_done", looks.done),
            ("writes_parked", looks.parked),
            (
                "writes_not_saved",
                u64::try_from(shift.told.not_saved.len()).unwrap(),
            ),
            ("interactions_acknowledged", looks.acknowledged),
            ("bundles_in_force", looks.bundles),
            ("disks_full", looks.full),
            ("powers_lost_while_written", looks.torn),
            ("without_broker", u64::from(shift.broker.is_none())),
            ("by_broker", pushed.confirmed),
            ("by_both_ways", looks.by_both),
            ("broker_cut", pushed.cut),
            ("broker_away", pushed.away),
            ("broker_refused", pushed.refused),
            ("broker_acks_lost", pushed.acks_lost),
            ("broker_redelivered", pushed.redelivered),
            ("broker_overtaken", pushed.overtaken),
            ("broker_sessions_lost", pushed.sessions_lost),
            ("broker_reports", pushed.reports),
        ];
        for (name, count) in counts {
            *self.0.entry(name).or_default() += count;
        }
        if tells {
            println!("{}", shift.story.join("\n"));
        }
    }

    fn tell(&self) {
        for (name, count) in &self.0 {
            println!("count {name}={count}");
        }
    }
}
