//! The real window: from the event to the paint, from the start to the first paint, and its size.

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use pop_tests::desktop::{Desktop, wait_until};
use pop_tests::programs::built;
use pop_tests::signed::{Sender, chat};

use crate::app::App;
use crate::report::{Measure, quantile};

/// How many pops are measured; the first ones warm the webview up and do not count.
const POPS: usize = 120;
const WARM_UP: usize = 20;

/// After how many pops the memory is looked at once more.
const MANY_POPS: usize = 500;

/// What of a process's memory is its own.
const PRIVATE: [&str; 2] = ["Private_Clean:", "Private_Dirty:"];

/// How many starts are measured.
const STARTS: usize = 5;

pub(crate) fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let desktop = Desktop::start()?;
    let mut measures = starts(&desktop)?;
    let app = App::start(&desktop, "pops")?;
    let sender = App::sender(&desktop)?;
    measures.extend(memory(app.child.id())?);
    measures.extend(pops(&app, &sender)?);
    for number in POPS..MANY_POPS {
        pop(&app, &sender, &format!("bench-{number}"))?;
    }
    measures.push(Measure::only(
        "private memory of the own process, after 500 pops",
        megabytes(sum(app.child.id(), &PRIVATE)?),
        "MB",
    ));
    app.end()?;
    let binary = built("screenpop", "--release -p screenpop --features automation")?;
    let bytes = fs::metadata(binary)?.len();
    measures.push(Measure::at_most(
        "binary size, stripped",
        megabytes(bytes),
        "MB",
        25.0,
    ));
    Ok(measures)
}

fn starts(desktop: &Desktop) -> Result<Vec<Measure>, Box<dyn Error>> {
    // The first start fills the sandbox; the ones that count find it filled.
    App::start(desktop, "starts")?.end()?;
    let (mut listening, mut painted) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let app = App::start(desktop, "starts")?;
        listening.push(millis(app.to_listening));
        painted.push(millis(app.to_painted));
        app.end()?;
    }
    Ok(vec![
        Measure::at_most(
            "cold start to listening, p50",
            quantile(&mut listening, 0.5),
            "ms",
            300.0,
        ),
        Measure::at_most(
            "cold start to painted, p50",
            quantile(&mut painted, 0.5),
            "ms",
            800.0,
        ),
    ])
}

/// What one pop took, in milliseconds.
struct Pop {
    to_painted: f64,
    answer_to_painted: f64,
    floor: f64,
}

fn pops(app: &App, sender: &Sender) -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for number in 0..POPS {
        let pop = pop(app, sender, &format!("bench-{number}"))?;
        if number >= WARM_UP {
            samples.push(pop);
        }
    }
    let of = |value: fn(&Pop) -> f64, part: f64| {
        quantile(&mut samples.iter().map(value).collect::<Vec<_>>(), part)
    };
    let floor = of(|pop| pop.floor, 0.5);
    let over = |value: fn(&Pop) -> f64, part: f64| of(value, part) - floor;
    let to_painted: fn(&Pop) -> f64 = |pop| pop.to_painted;
    let answered: fn(&Pop) -> f64 = |pop| pop.answer_to_painted;
    Ok(vec![
        Measure::only("driver's floor: same path, one word new, p50", floor, "ms"),
        Measure::only("event to painted, p50", of(to_painted, 0.5), "ms"),
        Measure::only("event to painted, p95", of(to_painted, 0.95), "ms"),
        Measure::only("event to painted, p99", of(to_painted, 0.99), "ms"),
        Measure::at_most(
            "event to painted over the floor, p95",
            over(to_painted, 0.95),
            "ms",
            16.7,
        ),
        Measure::only("answer to painted, p50", of(answered, 0.5), "ms"),
        Measure::at_most(
            "answer to painted over the floor, p95",
            over(answered, 0.95),
            "ms",
            16.7,
        ),
    ])
}

/// One interaction: offered, painted, complete; then accepted, which takes the same way and
/// changes one word on screen: the floor; then ended.
fn pop(app: &App, sender: &Sender, id: &str) -> Result<Pop, Box<dyn Error>> {
    app.forget();
    let offered = chat(id, "offered", "12345");
    let sent = now();
    sender.post(&offered)?;
    let (mut first, mut paints) = (None, Vec::new());
    let timeline = loop {
        let line = app.next("that the pop is complete")?;
        if let Some(at) = line
            .pointer("/painted/at_us")
            .and_then(serde_json::Value::as_f64)
        {
            first = first.or((at >= sent).then_some(at));
            paints.push(at);
        }
        if let Some(timeline) = line.pointer("/pop/timeline") {
            break timeline.clone();
        }
    };
    let matched = timeline
        .as_array()
        .into_iter()
        .flatten()
        .find(|mark| mark.get("mark").is_some_and(|name| name == "matched_one"))
        .and_then(|mark| mark.get("at_us")?.as_f64())
        .ok_or("the customer was not matched")?;
    let confirmed = paints
        .iter()
        .copied()
        .find(|at| *at >= matched)
        .ok_or("nothing was painted")?;
    let first = first.ok_or("nothing was painted")?;
    app.forget();
    let accepted = chat(id, "accepted", "12345");
    let again = now();
    sender.post(&accepted)?;
    let floor = loop {
        let line = app.next("that it painted the acceptance")?;
        if let Some(at) = line
            .pointer("/painted/at_us")
            .and_then(serde_json::Value::as_f64)
            .filter(|at| *at >= again)
        {
            break at - again;
        }
    };
    sender.post(&chat(id, "ended", "12345"))?;
    Ok(Pop {
        to_painted: (first - sent) / 1_000.0,
        answer_to_painted: (confirmed - matched) / 1_000.0,
        floor: floor / 1_000.0,
    })
}

fn memory(process: u32) -> Result<Vec<Measure>, Box<dyn Error>> {
    let settled = Instant::now() + Duration::from_secs(3);
    wait_until("the app to settle", Duration::from_secs(10), || {
        Ok((Instant::now() >= settled).then_some(()))
    })?;
    let own = sum(process, &PRIVATE)?;
    let mut tree = sum(process, &["Pss:"])?;
    for child in descendants(process)? {
        tree += sum(child, &["Pss:"]).unwrap_or(0);
    }
    Ok(vec![
        Measure::at_most(
            "private memory of the own process, idle",
            megabytes(own),
            "MB",
            60.0,
        ),
        Measure::only(
            "memory of the process tree (PSS), window shown",
            megabytes(tree),
            "MB",
        ),
    ])
}

/// The sum of some lines of a process's memory, in bytes.
fn sum(process: u32, names: &[&str]) -> Result<u64, Box<dyn Error>> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let kilobytes: u64 = rollup
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)))
        .filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .sum();
    Ok(kilobytes * 1_024)
}

fn descendants(process: u32) -> Result<Vec<u32>, Box<dyn Error>> {
    let mut found = vec![process];
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc")?.filter_map(Result::ok) {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        let Ok(status) = fs::read_to_string(entry.path().join("status")) else {
            continue;
        };
        let parent = status
            .lines()
            .find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok());
        all.extend(parent.map(|parent: u32| (id, parent)));
    }
    loop {
        let more: Vec<u32> = all
            .iter()
            .filter(|(id, parent)| found.contains(parent) && !found.contains(id))
            .map(|(id, _)| *id)
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found.retain(|id| *id != process);
    Ok(found)
}

/// Microseconds since the Unix epoch, as the app counts them.
fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64()
        * 1e6
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
