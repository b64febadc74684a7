//! A flood of interactions and of requests that nobody may send, and a shift of many hours: the program
//! answers throughout, and holds no more memory, handles and threads afterwards than before.
//!
//! Everything but the desktop, the keychain and the clock is real. `SCREENPOP_FLOOD=20000` lets more
//! interactions come; the ordinary run has few, because each of them is kept and looked up.
//! `SCREENPOP_SOAK=240` makes the shift so many hours long.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what cannot be set up is red"
)]

// An agent's computer with the whole engine on it, as the engine's own tests have it.
#[expect(dead_code, reason = "nobody sets the clock back here")]
#[path = "../../src-tauri/crates/pop-engine/tests/it/clock.rs"]
mod clock;
#[path = "../../src-tauri/crates/pop-engine/tests/it/keychain.rs"]
#[expect(dead_code, reason = "nothing is locked here")]
mod keychain;
#[path = "../../src-tauri/crates/pop-engine/tests/it/office.rs"]
#[expect(dead_code, reason = "a flood needs little of it")]
mod office;
#[path = "../../src-tauri/crates/pop-engine/tests/it/screen.rs"]
#[expect(dead_code, reason = "a flood needs little of it")]
mod screen;
#[path = "../../src-tauri/crates/pop-engine/tests/it/sender.rs"]
mod sender;
#[path = "../../src-tauri/crates/pop-engine/tests/it/training.rs"]
#[expect(dead_code, reason = "a flood needs little of it")]
mod training;

use std::fs;
use std::time::Duration;

use pop_core::clock::Clock as _;
use pop_core::desk::{Lookup, Pop};
use serde_json::json;
use tokio::sync::Mutex;

use crate::office::{Office, Run};
use crate::sender::chat;

/// More than there can be cards, so that what is kept of each is full before it is measured.
const BEFORE: usize = 120;

/// How many interactions the ordinary flood has.
const USUAL: usize = 300;

/// How many hours the ordinary shift has, after those in which every list fills.
const SHIFT: u32 = 12;
const FIRST_HOURS: u32 = 6;

/// What a busy agent has in an hour; in between the clock goes on minute by minute.
const AN_HOUR: u32 = 20;

/// So many of them pass before the listener wants a second of rest.
const A_SECOND: usize = 20;

/// What a page of another site would send, and a request whose end is not clear.
const FOREIGN: &[u8] = b"GET / HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
const TWO_LENGTHS: &[u8] = b"POST /v1/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\
    content-length: 3\r\ncontent-length: 4\r\n\r\nabcd";

/// What is held is the whole process's, so one test at a time.
static ALONE: Mutex<()> = Mutex::const_new(());

/// What a computer holds for this process.
#[derive(Clone, Copy, Debug)]
struct Held {
    kibibytes: usize,
    handles: usize,
    threads: usize,
}

impl Held {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").expect("the system tells");
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let word = line.and_then(|line| line.split_whitespace().next());
            word.and_then(|word| word.parse().ok())
                .unwrap_or_else(|| panic!("no {name} in {status}"))
        };
        let handles = fs::read_dir("/proc/self/fd").expect("the system tells");
        Self {
            kibibytes: number("VmRSS:"),
            handles: handles.count(),
            threads: number("Threads:"),
        }
    }

    /// What has grown by more than what a busy allocator and a pool of threads keep back.
    fn outgrows(self, before: Self) -> Option<String> {
        let grown = self.kibibytes > before.kibibytes + 24 * 1_024
            || self.handles > before.handles + 16
            || self.threads > before.threads + 16;
        grown.then(|| format!("{before:?}, and then {self:?}"))
    }
}

/// So many interactions come and end.
async fn interactions(office: &Office, run: &Run, name: &str, count: usize) {
    let sender = run.sender();
    for number in 0..count {
        if number % A_SECOND == 0 {
            office.clock.forward(Duration::from_secs(1));
        }
        let interaction = format!("{name}-{number}");
        for what in ["accepted", "ended"] {
            let status = sender.post(&chat(&interaction, what, "12345")).await;
            assert_eq!(status, 202, "{interaction} {what}");
        }
    }
    let calm = |shown: &screen::Shown| {
        let mut cards = shown.cards.values();
        let waits = |pop: &Pop| pop.lookups.iter().any(Lookup::is_pending);
        (!cards.any(waits)).then_some(())
    };
    run.screen.until("every answer", calm).await;
}

/// So many hours of a shift: interactions, minutes in which nothing comes but every timer may fire, and a
/// change of the settings in each hour.
async fn hours(office: &Office, run: &Run, name: &str, count: u32) {
    let sender = run.sender();
    for hour in 0..count {
        for number in 0..AN_HOUR {
            let interaction = format!("{name}-{hour}-{number}");
            for what in ["offered", "accepted", "ended"] {
                let mut event = chat(&interaction, what, "12345");
                event["time"] = json!(office.clock.now().rfc3339());
                let request = sender.request_at(office.clock.now(), &event);
                assert_eq!(sender.send(&request).await, 202, "{interaction} {what}");
                if what == "offered" {
                    run.screen.customer(&interaction, "12345").await;
                }
                office.clock.forward(Duration::from_mins(1));
            }
        }
        let masked = if hour % 2 == 0 {
            json!(["phone"])
        } else {
            json!([])
        };
        office.set(&json!({ "sandbox": { "enabled": true }, "privacy": { "mask": masked } }));
    }
}

/// So many requests come that nobody may send; each is refused, or hung up on.
async fn bad_requests(run: &Run, count: usize) {
    let (sender, stranger) = (run.sender(), run.sender().stranger());
    let event = chat("bad", "accepted", "12345");
    for number in 0..count {
        let request = match number % 3 {
            0 => stranger.request(&event),
            1 => FOREIGN.to_vec(),
            _ => TWO_LENGTHS.to_vec(),
        };
        let answer = sender.answer(&request).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(refused, "{answer}");
    }
}

#[tokio::test]
async fn a_flood_leaves_the_program_as_it_was() {
    let _alone = ALONE.lock().await;
    let office = Office::with_sandbox();
    let run = office.start().await;
    let flood = std::env::var("SCREENPOP_FLOOD").ok();
    let flood = flood.and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    interactions(&office, &run, "before", BEFORE).await;
    bad_requests(&run, BEFORE).await;
    let before = Held::now();
    interactions(&office, &run, "flood", flood).await;
    bad_requests(&run, flood).await;
    let after = Held::now();
    assert_eq!(after.outgrows(before), None);
    println!("{before:?}, and then {after:?}");

    office.clock.forward(Duration::from_secs(1));
    let status = run.sender().post(&chat("last", "accepted", "20002")).await;
    assert_eq!(status, 202);
    run.screen.customer("last", "20002").await;
    run.stop().await;
    leaks_are_noticed();
}

#[tokio::test]
async fn a_shift_of_twelve_hours_leaves_the_program_as_it_was() {
    let _alone = ALONE.lock().await;
    let office = Office::with_sandbox();
    let run = office.start().await;
    let shift = std::env::var("SCREENPOP_SOAK").ok();
    let shift = shift.and_then(|text| text.parse().ok()).unwrap_or(SHIFT);
    hours(&office, &run, "before", FIRST_HOURS).await;
    let before = Held::now();
    hours(&office, &run, "shift", shift).await;
    let after = Held::now();
    assert_eq!(after.outgrows(before), None);
    println!("{shift} hours: {before:?}, and then {after:?}");
    run.stop().await;
}

/// Control: what is held too long is noticed.
fn leaks_are_noticed() {
    let before = Held::now();
    let memory = vec![1_u8; 64 << 20];
    assert!(Held::now().outgrows(before).is_some(), "memory");
    drop(memory);
    let files: Vec<_> = (0..40)
        .map(|_| fs::File::open("/proc/self/status"))
        .collect();
    assert!(Held::now().outgrows(before).is_some(), "handles");
    drop(files);
}
