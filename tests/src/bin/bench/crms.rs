//! Every CRM at a distance: how long until somebody is on screen and until the card is complete, how
//! many requests that takes, and how the same card would come about naively, in the same run.

use std::error::Error;
use std::time::{Duration, Instant};

use pop_core::identifier::Identifier;
use pop_tests::connections::{ALL, Subject, Vendor, fresh, id};

use crate::report::{Measure, quantile};

/// How long each server takes to answer.
const LATENCY: Duration = Duration::from_millis(80);

/// What a new connection costs before its first request: TCP and TLS, a round trip each.
const CONNECTING: Duration = Duration::from_millis(160);

const POPS: usize = 5;

pub(crate) async fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = Vec::new();
    for vendor in &ALL {
        measures.extend(of(vendor).await?);
    }
    Ok(measures)
}

/// One CRM by each identifier.
async fn of(vendor: &Vendor) -> Result<Vec<Measure>, Box<dyn Error>> {
    let subject = (vendor.start)().await;
    // What changes slowly is learned once and is no part of a pop.
    subject.pop(&id(&subject.cast.jurgen.id)).await;
    subject.server.set_latency(LATENCY);
    let mut measures = Vec::new();
    for identifier in subject.identifiers(&subject.cast.ann) {
        let name = |what: &str| format!("{} by {:?}: {what}", vendor.id, identifier.kind());
        let warm = warm(&subject, &identifier).await?;
        let naive = naive(vendor, &identifier).await?;
        let answer = LATENCY.as_secs_f64() * 1_000.0 * 1.05;
        let trips = count(warm.depth);
        let promised = subject.promised(identifier.kind());
        measures.extend([
            Measure::only(name("somebody on screen, p50"), warm.first, "ms"),
            Measure::at_most(
                name("card complete, p50"),
                warm.complete,
                "ms",
                answer * trips,
            ),
            Measure::at_most(name("round trips"), trips, "", count(promised)),
            Measure::only(name("requests"), count(warm.requests), ""),
            Measure::only(name("naive over ours"), naive / warm.complete, "x"),
        ]);
    }
    Ok(measures)
}

struct Warm {
    first: f64,
    complete: f64,
    depth: usize,
    requests: usize,
}

async fn warm(subject: &Subject, identifier: &Identifier) -> Result<Warm, Box<dyn Error>> {
    let (mut first, mut complete) = (Vec::new(), Vec::new());
    for _ in 0..POPS {
        subject.wire.forget();
        let begun = Instant::now();
        let found = subject.connection.find(identifier, &fresh()).await;
        let found = found.map_err(|fault| format!("{identifier:?}: {fault:?}"))?;
        first.push(millis(begun));
        let [customer] = found.customers.as_slice() else {
            return Err(format!("{identifier:?} finds {found:?}").into());
        };
        let context = fresh();
        let (cases, activities) = tokio::join!(
            subject.connection.cases(customer, &context),
            subject.connection.activities(customer, &context),
        );
        cases.map_err(|fault| format!("{fault:?}"))?;
        activities.map_err(|fault| format!("{fault:?}"))?;
        complete.push(millis(begun));
    }
    Ok(Warm {
        first: quantile(&mut first, 0.5),
        complete: quantile(&mut complete, 0.5),
        depth: subject.wire.depth(),
        requests: subject.wire.sent().len(),
    })
}

/// A new client for each pop, and one request after the other.
async fn naive(vendor: &Vendor, identifier: &Identifier) -> Result<f64, Box<dyn Error>> {
    let mut samples = Vec::new();
    for _ in 0..POPS {
        let subject = (vendor.start)().await;
        subject.server.set_latency(LATENCY);
        subject.server.set_connecting(CONNECTING);
        // A sign-in by the browser has left a connection open.
        subject.cool_down();
        let context = fresh();
        let begun = Instant::now();
        let found = subject.connection.find(identifier, &context).await;
        let found = found.map_err(|fault| format!("{fault:?}"))?;
        let customer = found.customers.first().ok_or("nobody was found")?;
        let cases = subject.connection.cases(customer, &context).await;
        cases.map_err(|fault| format!("{fault:?}"))?;
        let activities = subject.connection.activities(customer, &context).await;
        activities.map_err(|fault| format!("{fault:?}"))?;
        samples.push(millis(begun));
    }
    Ok(quantile(&mut samples, 0.5))
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a pop has few requests")]
fn count(requests: usize) -> f64 {
    requests as f64
}
