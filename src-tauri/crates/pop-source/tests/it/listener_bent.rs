//! Requests with one bit changed, or made of any bytes: none is taken for something it is not.

use pop_source::listener::Pace;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tokio::io::AsyncWriteExt as _;

use crate::testkit::{Bench, Recorder, rest, status};

/// Sends bytes, says that there are no more, and reads the answer.
async fn all_said(bench: &Bench, bytes: &[u8]) -> u16 {
    let mut stream = bench.connect().await;
    // The listener may have answered and closed before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    status(&rest(&mut stream).await)
}

async fn unhurried() -> Bench {
    let pace = Pace {
        per_second: 1,
        burst: 1_000_000,
    };
    let paces = |config: &mut pop_source::listener::ListenerConfig| {
        config.limits.per_sender = pace;
        config.limits.all_senders = pace;
    };
    Bench::with(paces, Recorder::default()).await
}

#[tokio::test]
async fn a_request_with_one_bit_changed_says_the_same_or_nothing() {
    let bench = unhurried().await;
    let good = bench.request(|_| {});
    assert_eq!(all_said(&bench, &good).await, 202, "the control is taken");
    let original = bench.sink.deliveries.lock().expect("no panic")[0].clone();
    for place in 0..good.len() {
        for bit in [place % 8, (place + 5) % 8] {
            let mut bent = good.clone();
            bent[place] ^= 1 << bit;
            all_said(&bench, &bent).await;
        }
    }
    let deliveries = bench.sink.deliveries.lock().expect("no panic");
    assert!(
        deliveries.iter().all(|delivery| *delivery == original),
        "only what does not matter, such as the case of a field name, may change"
    );
    let refused: u64 = bench.listener.counters().refused.values().sum();
    let sent = u64::try_from(2 * good.len() + 1).expect("few");
    let taken = u64::try_from(deliveries.len()).expect("few");
    assert_eq!(taken + refused, sent, "each is taken or counted as refused");
}

#[tokio::test]
async fn any_bytes_are_refused_or_closed_and_the_listener_goes_on() {
    let bench = unhurried().await;
    let mut runner = TestRunner::deterministic();
    let bytes = prop::collection::vec(any::<u8>(), 0..400);
    let text = "(POST|GET|[A-Z]{1,5}) [!-~]{1,20} HTTP/1\\.1\r\n([!-~]{1,12}: [ -~]{0,20}\r\n){0,4}\r\n\\PC{0,40}";
    let text = proptest::string::string_regex(text)
        .expect("a pattern")
        .prop_map(String::into_bytes);
    let any_request = prop_oneof![bytes, text];
    for _ in 0..200 {
        let bytes = any_request
            .new_tree(&mut runner)
            .expect("a value")
            .current();
        let status = all_said(&bench, &bytes).await;
        assert_ne!(status, 202, "{bytes:?}");
    }
    assert_eq!(bench.sink.count(), 0);
    assert_eq!(bench.status(|_| {}).await, 202, "the control is taken");
}
