//! How cost grows with what an organisation has more of: connections, cases, history, interactions
//! at once, rules. Each point is the median of a few rounds, with the spread beside it.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use pop_core::clock::Clock as _;
use pop_core::desk::{Desk, Input, OpenPolicy, Policy, WrapUpPolicy};
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::interaction::{Channel, Direction, Event, InteractionKey};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::{ConnectionId, Customer};
use pop_core::ruling::Rules;
use pop_core::settings::Rule;
use pop_crm::{Context, SystemClock};
use pop_sandbox::{Fault, FaultRule, Options, Sandbox};
use pop_source::canonical::{Arrival, Framing, read};
use pop_store::{Change, HistoryEntry, HistoryQuery, Keeping, MatchOutcome, Phase, Sealer, Store};
use pop_tests::signed::chat;
use pop_tests::site::Site;
use serde_json::json;

use crate::report::Measure;
use crate::rooms::{connected, connected_to, decide};

/// How long each CRM takes where several are asked.
const CRM_TAKES: Duration = Duration::from_millis(50);
/// How many rows are written to the history at once.
const AT_ONCE: usize = 1_000;

pub(crate) async fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = connections().await?;
    measures.extend(cases().await?);
    measures.extend(history()?);
    measures.extend(live()?);
    measures.extend(rules()?);
    Ok(measures)
}

/// The name of a point; what stands before the colon is the chart, what stands behind it the place.
fn point(what: &str, samples: &mut [f64], number: usize) -> Measure {
    Measure::median(format!("{what}: {number}"), samples, "ms")
}

/// All connections are asked side by side: it takes as long as the slowest.
async fn connections() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut sandboxes = Vec::new();
    let mut open = Vec::new();
    let mut measures = Vec::new();
    let who = somebody();
    let context = Context {
        fresh: true,
        ..Context::default()
    };
    for number in 1..=6 {
        let sandbox = Sandbox::start(Options {
            customers: 40,
            ..Options::new("bench-token")
        })
        .await?;
        let millis = u64::try_from(CRM_TAKES.as_millis())?;
        sandbox.set_fault(Some(FaultRule::always(Fault::Slow { millis })));
        open.push(connected(&sandbox)?);
        sandboxes.push(sandbox);
        let mut samples = Vec::new();
        // The first round opens the connection.
        for round in 0..8 {
            let begun = Instant::now();
            let asked = open
                .iter()
                .map(|connection| connection.find(&who, &context));
            let found = try_join_all(asked).await;
            found.map_err(|fault| format!("{fault:?}"))?;
            if round > 0 {
                samples.push(millis_since(begun));
            }
        }
        measures.push(point(
            "Connections asked at once, each 50 ms away",
            &mut samples,
            number,
        ));
    }
    for sandbox in sandboxes {
        sandbox.stop().await;
    }
    Ok(measures)
}

fn somebody() -> Identifier {
    Identifier {
        value: Value::RecordId("12345".to_owned()),
        assurance: Assurance::Attached,
    }
}

/// A customer's open cases, from a server that gives all of them.
async fn cases() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = Vec::new();
    for number in [1, 10, 100, 1_000, 5_000] {
        let at = "2026-01-06T15:57:41Z";
        let items: Vec<_> = (0..number)
            .map(|case| {
                json!({
                    "caseId": format!("c{case}"), "customerId": "12345", "number": format!("CS-{case}"),
                    "subject": "Card declined abroad", "status": "open", "priority": "high",
                    "createdAt": at, "updatedAt": at,
                })
            })
            .collect();
        let page = json!({ "items": items, "total": number }).to_string();
        let server = Site::answering(move |_| Some(("application/json", page.clone())))?;
        let connection = connected_to(&server.url())?;
        let customer = Customer {
            id: "12345".to_owned(),
            ..Customer::default()
        };
        let context = Context {
            fresh: true,
            ..Context::default()
        };
        let mut samples = Vec::new();
        for _ in 0..9 {
            let begun = Instant::now();
            let found = connection.cases(&customer, &context).await;
            found.map_err(|fault| format!("{fault:?}"))?;
            samples.push(millis_since(begun));
        }
        measures.push(point(
            "Cases of one customer, read and sorted",
            &mut samples,
            number,
        ));
    }
    Ok(measures)
}

/// The first page of the history, sealed row by row.
fn history() -> Result<Vec<Measure>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let sealer = Arc::new(Sealer::ephemeral()?);
    let mut store = Store::open(folder.path(), Keeping::Sealed(sealer))?;
    let begin = SystemClock.now();
    let query = HistoryQuery {
        since: begin,
        limit: 50,
        text: None,
        channel: None,
    };
    let mut measures = Vec::new();
    let mut written = 0;
    for number in [10, 100, 1_000, 10_000, 100_000, 1_000_000] {
        while written < number {
            let next = (written + AT_ONCE).min(number);
            let rows: Vec<_> = (written..next)
                .map(|row| Change::History(entry(row, begin)))
                .collect();
            store.apply(&rows)?;
            written = next;
        }
        let mut samples = Vec::new();
        for _ in 0..15 {
            let begun = Instant::now();
            let rows = store.history(&query)?;
            samples.push(millis_since(begun));
            assert_eq!(rows.len(), number.min(50), "a page of it");
        }
        measures.push(point(
            "Rows of history, first page of 50",
            &mut samples,
            number,
        ));
    }
    Ok(measures)
}

fn entry(row: usize, begin: Moment) -> HistoryEntry {
    let at = begin.after(Duration::from_millis(
        u64::try_from(row).unwrap_or_default(),
    ));
    HistoryEntry {
        key: InteractionKey {
            source: "/bench".to_owned(),
            id: format!("i-{row}"),
        },
        at,
        channel: Channel::Chat,
        direction: Direction::Inbound,
        phase: Phase::Ended,
        outcome: MatchOutcome::One,
        opened: true,
        offered: Some(at),
        accepted: Some(at),
        ended: Some(at),
        name: Some("Cesar Gonzalez".to_owned()),
        reason: Some("Card declined".to_owned()),
        queue: Some("Loans".to_owned()),
        record: None,
        case: None,
        tier: None,
        language: None,
        follow_up: None,
        not_logged: false,
    }
}

/// One more event while others are live.
fn live() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = Vec::new();
    for number in [1, 2, 5, 10, 25, 50] {
        let mut desk = Desk::new(policy(&[]));
        for other in 0..number - 1 {
            tell(&mut desk, &format!("other-{other}"), "accepted")?;
        }
        let mut samples = Vec::new();
        for round in 0..200 {
            let begun = Instant::now();
            let id = format!("i-{round}");
            let events = events(&id, "offered")?;
            for event in events {
                decide(&mut desk, SystemClock.now(), Input::Event(Box::new(event)));
            }
            samples.push(millis_since(begun));
            tell(&mut desk, &id, "declined")?;
        }
        measures.push(point(
            "Interactions live at once, one more event",
            &mut samples,
            number,
        ));
    }
    Ok(measures)
}

/// One event under so many rules, each with a condition.
fn rules() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = Vec::new();
    for number in [1, 10, 100, 1_000] {
        let rules: Vec<_> = (0..number)
            .map(|rule| Rule {
                name: format!("Rule {rule}"),
                when: Some(format!(
                    "interaction.channel == 'chat' && interaction.queue == 'q{rule}'"
                )),
                vip: Some(true),
                ..Rule::default()
            })
            .collect();
        let mut desk = Desk::new(policy(&rules));
        let mut samples = Vec::new();
        for round in 0..20 {
            let begun = Instant::now();
            let id = format!("i-{round}");
            tell(&mut desk, &id, "offered")?;
            samples.push(millis_since(begun));
            tell(&mut desk, &id, "declined")?;
        }
        measures.push(point(
            "Rules with a condition, one event",
            &mut samples,
            number,
        ));
    }
    Ok(measures)
}

fn policy(rules: &[Rule]) -> Policy {
    Policy {
        open: OpenPolicy::Offer,
        open_outbound: OpenPolicy::Offer,
        agent_id: Some("agent01".to_owned()),
        agent_email: None,
        connections: vec![ConnectionId("crm".to_owned())],
        already: Vec::new(),
        wrap_up: WrapUpPolicy::default(),
        saved_copy: None,
        rules: Rules::of(rules),
    }
}

fn tell(desk: &mut Desk, id: &str, what: &str) -> Result<(), Box<dyn Error>> {
    for event in events(id, what)? {
        decide(desk, SystemClock.now(), Input::Event(Box::new(event)));
    }
    Ok(())
}

fn events(id: &str, what: &str) -> Result<Vec<Event>, Box<dyn Error>> {
    let arrival = Arrival {
        received: SystemClock.now(),
        delivery_id: None,
        traceparent: None,
    };
    let body = chat(id, what, "12345").to_string();
    let rules = PhoneRules::default();
    Ok(read(
        &Framing::Structured,
        body.as_bytes(),
        arrival,
        &rules,
    )?)
}

fn millis_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}
