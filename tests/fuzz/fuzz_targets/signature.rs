//! Gives `signature` to the fuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (pop_tests::fuzz::target("signature").take)(bytes));
