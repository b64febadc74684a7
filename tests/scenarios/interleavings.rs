//! What must hold in whatever order events, answers and commands come.
//!
//! Up to five interactions overlap; their events are repeated and reordered, answers are delayed,
//! doubled or lost, the agent picks, undoes, asks again, and writes for whom was on the card a while
//! ago. The model beside the desk knows only what was sent and what each CRM has.
//! `SCREENPOP_INTERLEAVINGS` sets how many are tried (a release run: 10000000), and
//! `SCREENPOP_SEED` where chance begins; a failing one is shown shortened, with its seed.

use std::cell::Cell;
use std::env;
use std::thread;

use pop_core::desk::OpenPolicy;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::model::Model;
use crate::world::step;

/// The variable that sets how many are tried.
pub(crate) const NUMBER_TRIED: &str = "SCREENPOP_INTERLEAVINGS";

/// How many an ordinary run tries.
const USUAL: u32 = 400;

#[test]
fn no_order_of_things_shows_opens_or_writes_for_the_wrong_customer() {
    let number = |name| env::var(name).ok().and_then(|text| text.parse().ok());
    let cases = number(NUMBER_TRIED).unwrap_or(USUAL);
    let seed = number("SCREENPOP_SEED").unwrap_or(1);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = u32::try_from(threads).expect("a few");
    let each = cases.div_ceil(threads);
    let (written, refused) = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || by_chance(seed + thread, each)))
            .collect();
        let ended = running.into_iter().map(thread::ScopedJoinHandle::join);
        ended.fold((0, 0), |(written, refused), ended| {
            let (more, fewer) = ended.expect("no order is wrong");
            (written + more, refused + fewer)
        })
    });
    assert!(written > cases / 4, "control: {written} writes in {cases}");
    assert!(refused > cases / 4, "control: {refused} refused in {cases}");
}

/// Tries so many; how often something was written, and how often it was refused.
fn by_chance(seed: u32, cases: u32) -> (u32, u32) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let open = prop_oneof![Just(OpenPolicy::Offer), Just(OpenPolicy::Accept)];
    let steps = prop::collection::vec(step(), 1..100);
    let (written, refused) = (Cell::new(0), Cell::new(0));
    let tried = runner.run(&(steps, open), |(steps, open)| {
        let mut model = Model::new(open);
        for step in steps {
            model.run(step);
        }
        model.check_the_end();
        let writes = u32::try_from(model.hands.written.len()).expect("few");
        written.set(written.get() + writes);
        refused.set(refused.get() + model.hands.wishes - writes);
        Ok(())
    });
    if let Err(wrong) = tried {
        panic!("SCREENPOP_SEED={seed}: {wrong}");
    }
    (written.get(), refused.get())
}
