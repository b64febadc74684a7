//! Every door by which strangers' bytes come in takes the real samples of this repository, what a
//! fuzzer once made of them, and both spoilt in many ways: nothing falls over, nothing hangs.
//!
//! The functions are in `pop_tests::fuzz`; `tests/fuzz` gives them to cargo-fuzz, which looks further
//! and watches the memory. `SCREENPOP_SPOILT` sets how often each is spoilt, `SCREENPOP_SEED` how.

use std::env;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use pop_tests::dice::Dice;
use pop_tests::fuzz::{TARGETS, seeds, spoil};

/// How often each target gets something spoilt in an ordinary run.
const USUAL: usize = 300;

/// Targets that read whole files against a schema, or connect anew each time, get a tenth of it.
const HEAVY: [&str; 4] = ["bundle", "crm_answer", "definition", "settings"];

/// A computer that builds something else meanwhile is slow, but not that slow.
const HANGS: Duration = Duration::from_secs(20);

#[test]
fn whatever_comes_in_by_any_door_is_read_or_refused() {
    let number = |name| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let times = number("SCREENPOP_SPOILT").map_or(USUAL, |times| {
        usize::try_from(times).expect("a number of tries")
    });
    let seed = number("SCREENPOP_SEED").unwrap_or(1);
    for target in TARGETS {
        let times = if HEAVY.contains(&target.name) {
            times / 10
        } else {
            times
        };
        let samples = seeds(target.name);
        assert!(!samples.is_empty(), "{} begins with something", target.name);
        let mut dice = Dice::new(seed);
        let begun = Instant::now();
        let mut slowest = Duration::ZERO;
        let mut take = |bytes: &[u8]| {
            let begun = Instant::now();
            if catch_unwind(|| (target.take)(bytes)).is_err() {
                let text = String::from_utf8_lossy(bytes);
                panic!("{} falls over ({bytes:?}):\n{text}", target.name);
            }
            slowest = slowest.max(begun.elapsed());
        };
        for sample in &samples {
            take(sample);
        }
        for _ in 0..times {
            let (Some(sample), Some(other)) = (dice.one_of(&samples), dice.one_of(&samples)) else {
                continue;
            };
            take(&spoil(sample, other, &mut dice));
        }
        println!(
            "{}: {} samples, {times} spoilt, slowest {slowest:?}, {:?} in all",
            target.name,
            samples.len(),
            begun.elapsed()
        );
        assert!(slowest < HANGS, "{} hangs: {slowest:?}", target.name);
    }
}

/// Control: a target that falls over is noticed.
#[test]
fn a_target_that_falls_over_is_noticed() {
    let falls = |bytes: &[u8]| assert!(!bytes.contains(&b'%'), "it falls over");
    let mut dice = Dice::new(1);
    let found = (0..1_000).any(|_| {
        let spoilt = spoil(b"a sample", b"another", &mut dice);
        catch_unwind(|| falls(&spoilt)).is_err()
    });
    assert!(found, "something spoilt has a percent sign in it");
}
