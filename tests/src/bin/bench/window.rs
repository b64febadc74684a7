//! The real window: from the event to the paint, from the start to the first paint, and its size.

use std::error::Error;
use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use pop_tests::desktop::Desktop;
use pop_tests::programs::built;
use pop_tests::signed::{Sender, chat};

use crate::app::App;
use crate::memory;
use crate::report::{Measure, quantile};

/// How many pops are measured; the first ones warm the webview up and do not count.
const POPS: usize = 120;
const WARM_UP: usize = 20;

/// After how many pops the memory is looked at once more.
const MANY_POPS: usize = 500;

/// How many starts are measured.
const STARTS: usize = 5;

pub(crate) fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let desktop = Desktop::start()?;
    let mut measures = starts(&desktop)?;
    let app = App::start(&desktop, "pops")?;
    let sender = App::sender(&desktop)?;
    measures.extend(memory::idle(app.child.id(), &desktop)?);
    measures.extend(pops(&app, &sender)?);
    for number in POPS..MANY_POPS {
        pop(&app, &sender, &format!("bench-{number}"))?;
    }
    measures.push(Measure::only(
        "private memory of the own process, after 500 pops",
        megabytes(memory::private(app.child.id())?),
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
    let floor = painted_after(app, again, "that it painted the acceptance")? - again;
    // The next one finds the window at rest.
    app.forget();
    let over = now();
    sender.post(&chat(id, "ended", "12345"))?;
    painted_after(app, over, "that it painted the end")?;
    Ok(Pop {
        to_painted: (first - sent) / 1_000.0,
        answer_to_painted: (confirmed - matched) / 1_000.0,
        floor: floor / 1_000.0,
    })
}

/// When a card was first painted after a time.
fn painted_after(app: &App, time: f64, awaited: &str) -> Result<f64, Box<dyn Error>> {
    loop {
        let line = app.next(awaited)?;
        let at = line.pointer("/painted/at_us");
        if let Some(at) = at.and_then(serde_json::Value::as_f64)
            && at >= time
        {
            return Ok(at);
        }
    }
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
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
