//! Rule B5: thousands of desktops lose the broker at the same moment, simulated from the constants
//! that ship.

use std::time::Duration;

use pop_source::broker::{Backoff, CAP, FIRST, STEP, WOKEN};

const CLIENTS: u64 = 5_000;

/// Numbers from a seed (`SplitMix64`).
fn dice(mut seed: u64) -> impl FnMut() -> f64 + Send + Sync + 'static {
    move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        f64::from(u32::try_from(mixed >> 32).expect("32 bits")) / f64::from(u32::MAX)
    }
}

/// Tries in each second after a loss that lasts so long, and when the last client is back.
fn storm(lasts: Duration, seed: u64) -> (Vec<u32>, Duration) {
    let mut tries = vec![0_u32; 1_000];
    let mut all_back = Duration::ZERO;
    for client in 0..CLIENTS {
        let mut backoff = Backoff::new(dice(seed * CLIENTS + client));
        let mut now = Duration::ZERO;
        loop {
            now += backoff.wait();
            let second = usize::try_from(now.as_secs()).expect("small");
            tries[second] += 1;
            if now >= lasts {
                all_back = all_back.max(now.saturating_sub(lasts));
                break;
            }
        }
    }
    (tries, all_back)
}

#[test]
fn five_thousand_desktops_never_come_in_one_moment() {
    for (seed, lasts) in [(1, 0), (2, 4), (3, 60), (4, 400)] {
        let (tries, all_back) = storm(Duration::from_secs(lasts), seed);
        let peak = tries.iter().copied().max().unwrap_or(0);
        // The first tries are 1,000 a second for five seconds; where second tries fall into the
        // same seconds they add less than as much again.
        assert!(peak <= 1_750, "{peak} a second after {lasts} s");
        let later = tries.iter().skip(20).copied().max().unwrap_or(0);
        assert!(later <= 500, "{later} a second long after the loss");
        assert!(
            all_back <= CAP,
            "the last is back {all_back:?} after the broker"
        );
    }
}

#[test]
fn a_woken_computer_waits_little_and_one_that_needs_somebody_waits_long() {
    let mut backoff = Backoff::new(|| 1.0);
    assert_eq!(backoff.wait(), FIRST);
    assert_eq!(backoff.wait(), STEP);
    backoff.woken();
    assert_eq!(backoff.wait(), WOKEN);
    assert_eq!(backoff.wait(), STEP * 2, "it goes on where it was");
    assert_eq!(backoff.wait(), CAP, "no span is longer");
    backoff.ended_after(Duration::from_secs(19));
    assert_eq!(backoff.wait(), CAP, "too short to be a good connection");
    backoff.ended_after(Duration::from_secs(20));
    assert_eq!(backoff.wait(), FIRST);
    backoff.needs_somebody();
    assert!(backoff.wait() >= CAP, "trying soon cannot help");
}
