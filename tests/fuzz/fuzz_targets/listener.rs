//! Gives `listener` to the fuzzer; what is only made once is no part of any input.
#![no_main]

libfuzzer_sys::fuzz_target!(
    init: (pop_tests::fuzz::target("listener").take)(&[0]),
    |bytes: &[u8]| (pop_tests::fuzz::target("listener").take)(bytes)
);
