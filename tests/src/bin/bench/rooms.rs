//! The rooms without a window: the engine's own cost per pop, a lookup's time over the CRM's, and
//! a commit.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pop_core::clock::Clock as _;
use pop_core::desk::{Answer, Desk, Effect, Input, OpenPolicy, Policy, Question, WrapUpPolicy};
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::link::{HostPattern, LinkTemplate, LinkValue, LoopbackOrigin};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::{ConnectionId, Customer};
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Context, Definition, Ports, ReqwestHttp, SystemClock,
    Traffic,
};
use pop_sandbox::{Fault, FaultRule, Options, Sandbox};
use pop_source::canonical::{Arrival, Framing, read};
use pop_source::signature::{
    Sender, SenderKeys, SignatureHeaders, SigningKey, VerifyKey, new_secret, sign,
};
use pop_store::{IncomingEvent, Keeping, Sealer, Store};
use pop_tests::signed::chat;

use crate::report::{Measure, quantile};

const ROUNDS: usize = 5_000;
const LOOKUPS: usize = 60;
const COMMITS: usize = 300;

/// How long the CRM takes to answer in the lookup's measure.
const CRM_TAKES: Duration = Duration::from_millis(50);

pub(crate) async fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = vec![engine()?];
    measures.extend(lookup().await?);
    measures.push(commit()?);
    Ok(measures)
}

/// Verify, map, decide, template: all that a pop costs without network, disk and window.
fn engine() -> Result<Measure, Box<dyn Error>> {
    let secret = new_secret()?;
    let signing = [SigningKey::parse(&secret)?];
    let sender = Sender::new("bench", vec![VerifyKey::parse(&secret)?])?;
    let keys = SenderKeys::new(vec![sender])?;
    let rules = PhoneRules::default();
    let crm = ConnectionId("crm".to_owned());
    let policy = Policy {
        open: OpenPolicy::Offer,
        open_outbound: OpenPolicy::Offer,
        agent_id: Some("agent01".to_owned()),
        agent_email: None,
        connections: vec![crm],
        already: Vec::new(),
        wrap_up: WrapUpPolicy::default(),
        saved_copy: None,
        rules: pop_core::ruling::Rules::default(),
    };
    let within = [HostPattern::parse("crm.example.com").ok_or("a host")?];
    let link = LinkTemplate::parse(
        "https://crm.example.com/customers/{customer.id}",
        &within,
        &[],
    )?;
    let mut desk = Desk::new(policy);
    let mut samples = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let body = chat(&format!("bench-{round}"), "offered", "12345")
            .to_string()
            .into_bytes();
        let now = SystemClock.now();
        let signed = sign(&signing, &format!("delivery-{round}"), now, &body)?;
        let fields = signed.fields();
        let begun = Instant::now();
        let headers =
            SignatureHeaders::read(fields.iter().map(|(name, value)| (*name, value.as_bytes())))?;
        keys.verify(&headers, &body, now, Duration::from_mins(5))?;
        let arrival = Arrival {
            received: now,
            delivery_id: None,
            traceparent: None,
        };
        let events = read(&Framing::Structured, &body, arrival, &rules)?;
        for event in events {
            decide(&mut desk, now, Input::Event(Box::new(event)));
        }
        let url = link.expand(|_| Some(LinkValue::Id("12345".to_owned())))?;
        samples.push(begun.elapsed().as_secs_f64() * 1_000.0);
        assert!(url.as_str().ends_with("12345"), "the template was filled");
    }
    let worst = quantile(&mut samples, 0.99);
    let measure = Measure::at_most("engine's own cost per pop, p99", worst, "ms", 1.0);
    Ok(measure.among(&mut samples))
}

/// Gives the desk an input and answers its questions at once.
pub(crate) fn decide(desk: &mut Desk, now: Moment, input: Input) {
    for effect in desk.apply(now, input) {
        if let Effect::Ask {
            ticket,
            question: Question::Find(_),
        } = effect
        {
            let customer = Customer {
                id: "12345".to_owned(),
                ..Customer::default()
            };
            let answer = Answer::Found(Ok(vec![customer].into()));
            desk.apply(
                now,
                Input::Answered {
                    ticket,
                    answer,
                    took: Duration::ZERO,
                },
            );
        }
    }
}

/// A lookup against a CRM that answers in a known time, connection warm.
async fn lookup() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut options = Options::new("bench-token");
    options.customers = 200;
    let sandbox = Sandbox::start(options).await?;
    let connection = connected(&sandbox)?;
    let who = Identifier {
        value: Value::RecordId("12345".to_owned()),
        assurance: Assurance::Attached,
    };
    // Every time anew: an answer that is kept would be measured only once.
    let context = Context {
        fresh: true,
        ..Context::default()
    };
    let mut own = lookups(&connection, &who, &context).await?;
    let millis = u64::try_from(CRM_TAKES.as_millis())?;
    sandbox.set_fault(Some(FaultRule::always(Fault::Slow { millis })));
    let mut slow = lookups(&connection, &who, &context).await?;
    sandbox.stop().await;
    let ratio = quantile(&mut slow, 0.5) / (CRM_TAKES.as_secs_f64() * 1_000.0);
    Ok(vec![
        Measure::median("lookup in the sandbox, p50", &mut own, "ms"),
        Measure::at_most("lookup over the CRM's own 50 ms, p50", ratio, "x", 1.05),
    ])
}

/// The product's connection to a sandbox; its writes carry a key.
pub(crate) fn connected(sandbox: &Sandbox) -> Result<Connection, Box<dyn Error>> {
    connected_to(&sandbox.origin())
}

/// The product's connection to a plain REST interface on this computer.
pub(crate) fn connected_to(origin: &str) -> Result<Connection, Box<dyn Error>> {
    let port = origin
        .rsplit(':')
        .next()
        .and_then(|port| port.parse().ok())
        .ok_or("a port")?;
    let loopback = vec![LoopbackOrigin::of_own_sandbox(port)];
    let mut built_in = pop_crm::built_in().iter();
    let rest = built_in.find(|(id, _)| *id == "rest");
    let (id, text) = rest.ok_or("the REST definition is built in")?;
    let definition = Definition::load(id, text, &[]).map_err(|faults| format!("{faults:?}"))?;
    let secrets = BTreeMap::from([("secret".to_owned(), Secret::new("bench-token".to_owned()))]);
    let ports = Ports {
        http: Arc::new(ReqwestHttp::new(loopback.clone())?),
        clock: Arc::new(SystemClock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    };
    let account = Account {
        id: ConnectionId("sandbox".to_owned()),
        definition: Arc::new(definition),
        settings: BTreeMap::from([
            ("server".to_owned(), origin.into()),
            ("idempotent".to_owned(), true.into()),
        ]),
        auth: AuthChoice {
            method: "token".to_owned(),
            secrets,
        },
        phone_rules: PhoneRules::default(),
        loopback,
        budgets: Budgets::default(),
    };
    Ok(Connection::open(account, ports).map_err(|faults| format!("{faults:?}"))?)
}

async fn lookups(
    connection: &Connection,
    who: &Identifier,
    context: &Context,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for _ in 0..LOOKUPS {
        let begun = Instant::now();
        let found = connection
            .find(who, context)
            .await
            .map_err(|fault| format!("{fault:?}"))?;
        samples.push(begun.elapsed().as_secs_f64() * 1_000.0);
        assert_eq!(found.customers.len(), 1, "the customer is found");
    }
    Ok(samples)
}

/// From an event that is accepted to one that is on disk.
fn commit() -> Result<Measure, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut store = Store::open(
        folder.path(),
        Keeping::Sealed(Arc::new(Sealer::ephemeral()?)),
    )?;
    let mut samples = Vec::new();
    for number in 0..COMMITS {
        let incoming = IncomingEvent {
            sender: "bench".to_owned(),
            id: format!("delivery-{number}"),
            body_hash: [0; 32],
            event: chat("bench", "offered", "12345").to_string().into_bytes(),
            at: SystemClock.now(),
        };
        let begun = Instant::now();
        store.accept_event(&incoming)?;
        samples.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    let worst = quantile(&mut samples, 0.99);
    let measure = Measure::at_most("event accepted to durable, p99", worst, "ms", 5.0);
    Ok(measure.among(&mut samples))
}
