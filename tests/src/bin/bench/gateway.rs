//! The gateway's promises: webhooks a second that are verified, mapped, durable and published, and
//! how long one takes to a desktop, with ten thousand desktops connected.
//!
//! The gateway is the shipped program and the broker a Mosquitto with the documented settings, on
//! the cores that the load comes from as well. What the same broker takes from a client that only
//! publishes is measured in the same run, because a rate means little without the machine's own;
//! and so is the time on a processor of each who takes part, which a busy machine does not change:
//! the platform's calls and the desktops' ears are this program's, and share the cores.

mod desktops;
mod place;
mod platform;

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use pop_doubles::mosquitto::{Mosquitto, resident};

use crate::report::{Measure, quantile};
use desktops::Desktops;
use place::{PASSWORD, USER};
use platform::Platform;

/// Desktops that are held, each an agent with a topic of its own.
const AGENTS: usize = 10_000;
const WEBHOOKS: usize = 30_000;
/// A quarter of a thousand agents' busiest hour each second.
const PACED: usize = 2_000;
const PER_SECOND: u32 = 200;
/// Open files: a desktop is one here and one at the broker.
const FILES: &str = "--nofile=20480:";
/// What takes longer than this does not come.
const PATIENCE: Duration = Duration::from_mins(2);

type Outcome<T> = Result<T, Box<dyn Error>>;

pub(crate) async fn measure() -> Outcome<Vec<Measure>> {
    raise_limit();
    let broker = Mosquitto::start_with(&[("max_connections 16", "max_connections -1")])?;
    let topics = ("subscribePattern", "sp/v1/acme/agents/+/interactions");
    let (heard, said) = ("publishClientReceive", "publishClientSend");
    broker.allow(
        USER,
        PASSWORD,
        &[topics, (heard, topics.1), (said, topics.1)],
    )?;
    let empty_broker = broker.resident();

    let small = place::start(&broker, 1)?;
    let without = resident(small.process());
    drop(small);
    let gateway = place::start(&broker, AGENTS)?;
    let with = resident(gateway.process());

    let desktops = Desktops::connect(broker.plain, AGENTS, WEBHOOKS + PACED).await?;
    let held = desktops.held();
    let full_broker = broker.resident();

    let raw = platform::publish_raw(broker.plain, AGENTS, WEBHOOKS).await?;
    let mut platform = Platform::new(gateway.webhooks, WEBHOOKS + PACED, AGENTS)?;
    let taking_part = [gateway.process(), broker.id(), std::process::id()];
    let (before, begun) = (taking_part.map(busy), Instant::now());
    platform.rush(WEBHOOKS).await?;
    let accepted = begun.elapsed();
    desktops.wait_for(WEBHOOKS, PATIENCE).await?;
    let published = begun.elapsed();
    let [used, by_broker, by_load] = since(before, taking_part.map(busy));

    platform.pace(PACED, PER_SECOND, &desktops).await?;
    desktops.wait_for(WEBHOOKS + PACED, PATIENCE).await?;
    let mut took = desktops.took(WEBHOOKS);
    let lost = WEBHOOKS + PACED - desktops.heard();

    let rate = per_second(WEBHOOKS, published);
    let name = |what: &str| format!("gateway: {what}");
    Ok(vec![
        Measure::at_least(name("webhooks published"), rate, "1/s", 3_000.0),
        Measure::only(
            name("webhooks accepted"),
            per_second(WEBHOOKS, accepted),
            "1/s",
        ),
        Measure::only(name("broker alone, published"), raw, "1/s"),
        Measure::only(name("share of the broker alone"), rate / raw * 100.0, "%"),
        Measure::only(
            name("processor time per webhook"),
            micros(used, WEBHOOKS),
            "us",
        ),
        Measure::only(
            name("the broker's, beside it"),
            micros(by_broker, WEBHOOKS),
            "us",
        ),
        Measure::only(
            name("the load's own, beside it"),
            micros(by_load, WEBHOOKS),
            "us",
        ),
        Measure::only(
            name("webhook to desktop, p50"),
            quantile(&mut took, 0.5),
            "ms",
        ),
        Measure::at_most(
            name("webhook to desktop, p99"),
            quantile(&mut took, 0.99),
            "ms",
            50.0,
        ),
        Measure::at_most(name("webhooks that reached nobody"), count(lost), "", 0.0),
        Measure::at_least(name("desktops held"), count(held), "", count(AGENTS)),
        Measure::only(name("memory of 10,000 agents"), mebi(with, without), "MiB"),
        Measure::only(
            name("memory after the rush"),
            mebi(resident(gateway.process()), 0),
            "MiB",
        ),
        Measure::only(
            name("broker's memory of 10,000 desktops"),
            mebi(full_broker, empty_broker),
            "MiB",
        ),
    ])
}

/// More files than a login shell allows, for this process and those it starts.
fn raise_limit() {
    let own = std::process::id().to_string();
    let mut prlimit = std::process::Command::new("prlimit");
    // Where it may not be raised, the desktops that do not fit are missing in the report.
    let _ = prlimit.args(["--pid", &own, FILES]).status();
}

fn per_second(number: usize, took: Duration) -> f64 {
    count(number) / took.as_secs_f64()
}

fn micros(took: Duration, each: usize) -> f64 {
    took.as_secs_f64() * 1e6 / count(each)
}

/// The times that processes have had a processor since.
fn since(before: [Duration; 3], mut now: [Duration; 3]) -> [Duration; 3] {
    for (now, before) in now.iter_mut().zip(before) {
        *now = now.saturating_sub(before);
    }
    now
}

/// The time that a process has had a processor.
fn busy(process: u32) -> Duration {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold spaces; user and system time are the 12th and 13th after it.
    let after = text.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|it| it.parse::<u64>().ok()).sum();
    // The system's clock for this ticks a hundred times a second.
    Duration::from_millis(ticks * 10)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "far fewer than a float can count"
)]
fn mebi(kibi: u64, less: u64) -> f64 {
    kibi.saturating_sub(less) as f64 / 1_024.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "far fewer than a float can count"
)]
fn count(number: usize) -> f64 {
    number as f64
}
