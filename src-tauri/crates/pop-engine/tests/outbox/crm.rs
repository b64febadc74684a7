//! A real CRM over HTTP, whose answers are lost and whose requests come twice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use pop_core::http::{HeaderValue, Http, HttpFault, Method, Request, Response};
use pop_core::interaction::AgentRef;
use pop_core::link::LoopbackOrigin;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_core::write::WriteState;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Definition, Ports, ReqwestHttp, Traffic, built_in,
};
use pop_engine::outbox::CrmWay;
use pop_sandbox::{Fault, FaultRule, Options, Sandbox};
use pop_store::Store;

use crate::stage::{Stage, is_kept, is_over, is_parked};

const TOKEN: &str = "outbox-token";

/// How many writes a run takes.
const WRITES: usize = 60;

/// A network that loses answers and brings requests twice, each in so many of a hundred.
struct Lossy {
    inner: ReqwestHttp,
    dice: Mutex<u64>,
    lost: u64,
    doubled: u64,
    troubles: AtomicU64,
}

impl Lossy {
    fn roll(&self) -> u64 {
        let mut dice = self.dice.lock().unwrap();
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        *dice % 100
    }
}

#[async_trait]
impl Http for Lossy {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        if request.method == Method::Get {
            return self.inner.send(request).await;
        }
        if self.roll() < self.doubled {
            self.troubles.fetch_add(1, Ordering::SeqCst);
            self.inner.send(twin(&request)).await?;
        }
        let answer = self.inner.send(request).await?;
        if self.roll() < self.lost {
            self.troubles.fetch_add(1, Ordering::SeqCst);
            return Err(HttpFault::Cut);
        }
        Ok(answer)
    }
}

fn twin(request: &Request) -> Request {
    let headers = request.headers.iter().map(|(name, value)| {
        let value = match value {
            HeaderValue::Plain(text) => HeaderValue::Plain(text.clone()),
            HeaderValue::Secret(secret) => {
                let text = secret.expose("the network brings the same request twice");
                HeaderValue::Secret(Secret::new(text.to_owned()))
            }
        };
        (name.clone(), value)
    });
    Request {
        method: request.method,
        url: request.url.clone(),
        headers: headers.collect(),
        body: request.body.clone(),
        limit: request.limit,
        max_body: request.max_body,
    }
}

struct Office {
    sandbox: Sandbox,
    http: Arc<Lossy>,
    stage: Stage,
}

async fn office(idempotent: bool, lost: u64, doubled: u64) -> Office {
    let mut options = Options::new(TOKEN);
    options.customers = 20;
    let sandbox = Sandbox::start(options).await.unwrap();
    let port = sandbox
        .origin()
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let loopback = vec![LoopbackOrigin::of_own_sandbox(port)];
    let http = Arc::new(Lossy {
        inner: ReqwestHttp::new(loopback).unwrap(),
        dice: Mutex::new(0x2545_F491_4F6C_DD1D),
        lost,
        doubled,
        troubles: AtomicU64::new(0),
    });
    let stage = Stage::over(Store::in_memory().unwrap(), None);
    let office = Office {
        sandbox,
        http,
        stage,
    };
    office.connect(TOKEN, idempotent);
    office
}

impl Office {
    fn connect(&self, token: &str, idempotent: bool) {
        let origin = self.sandbox.origin();
        let port = origin.rsplit(':').next().unwrap().parse().unwrap();
        let (id, text) = built_in().iter().find(|(id, _)| *id == "rest").unwrap();
        let secret = Secret::new(token.to_owned());
        let account = Account {
            id: ConnectionId("crm".to_owned()),
            definition: Arc::new(Definition::load(id, text, &[]).unwrap()),
            settings: BTreeMap::from([
                ("server".to_owned(), origin.into()),
                ("idempotent".to_owned(), idempotent.into()),
            ]),
            auth: AuthChoice {
                method: "token".to_owned(),
                secrets: BTreeMap::from([("secret".to_owned(), secret)]),
            },
            phone_rules: PhoneRules::default(),
            loopback: vec![LoopbackOrigin::of_own_sandbox(port)],
            budgets: Budgets::default(),
        };
        let ports = Ports {
            http: Arc::<Lossy>::clone(&self.http),
            clock: Arc::<crate::stage::Hasty>::clone(&self.stage.clock),
            traffic: Arc::new(Traffic::default()),
            tokens: Arc::new(MemoryTokens::default()),
        };
        let connection =
            Connection::open(account, ports).unwrap_or_else(|faults| panic!("{faults:?}"));
        let way = CrmWay::new(Arc::new(connection), AgentRef::default());
        self.stage.open_road(Some(Arc::new(way)));
    }

    fn queue_all(&self) {
        for number in 0..WRITES {
            let write = self
                .stage
                .write(&format!("w-{number:03}"), &format!("i-{}", number % 20));
            self.stage.queue(write);
        }
    }

    /// How often each case is in the CRM, by its subject.
    async fn cases(&self) -> BTreeMap<String, u32> {
        let http = ReqwestHttp::new(vec![LoopbackOrigin::of_own_sandbox(
            self.sandbox
                .origin()
                .rsplit(':')
                .next()
                .unwrap()
                .parse()
                .unwrap(),
        )])
        .unwrap();
        let request = Request {
            method: Method::Get,
            url: format!(
                "{}/api/customers/12345/cases?limit=100",
                self.sandbox.origin()
            ),
            headers: vec![(
                "authorization".to_owned(),
                HeaderValue::Secret(Secret::new(format!("Bearer {TOKEN}"))),
            )],
            body: None,
            limit: std::time::Duration::from_secs(10),
            max_body: 1 << 24,
        };
        let answer = http.send(request).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let mut counts = BTreeMap::new();
        for case in body["items"].as_array().unwrap() {
            let subject = case["subject"].as_str().unwrap_or_default();
            if subject.starts_with("Case w-") {
                *counts.entry(subject.to_owned()).or_default() += 1;
            }
        }
        counts
    }
}

#[tokio::test]
async fn with_a_native_key_lost_answers_and_doubled_requests_make_each_case_once() {
    let mut office = office(true, 30, 5).await;
    office.queue_all();
    let ended = office.stage.ended(WRITES).await;
    let done = |state: &WriteState| matches!(state, WriteState::Done(_));
    assert!(ended.iter().all(|(_, state)| done(state)), "{ended:?}");
    let cases = office.cases().await;
    assert_eq!(cases.len(), WRITES, "none is lost");
    assert!(
        cases.values().all(|times| *times == 1),
        "none is doubled: {cases:?}"
    );
    let troubles = office.http.troubles.load(Ordering::SeqCst);
    assert!(
        troubles >= 10,
        "control: the network failed {troubles} times"
    );
}

#[tokio::test]
async fn without_any_means_a_lost_answer_waits_for_a_person_and_nothing_is_doubled() {
    let mut office = office(false, 30, 0).await;
    office.queue_all();
    let ended = office.stage.ended(WRITES).await;
    let cases = office.cases().await;
    let mut parked = 0;
    for (id, state) in &ended {
        let is_there = cases.contains_key(&format!("Case {id}"));
        assert!(
            is_there || is_parked(state),
            "{id} is called done and is not there"
        );
        parked += u32::from(is_parked(state));
    }
    assert!(parked > 0, "some answers were lost, and a person is asked");
    assert!(cases.values().all(|times| *times == 1), "{cases:?}");
}

#[tokio::test]
async fn a_token_that_runs_out_in_between_waits_for_the_sign_in() {
    let mut office = office(true, 0, 0).await;
    office
        .sandbox
        .renew_token("another-token-0123456789")
        .unwrap();
    office.stage.queue(office.stage.write("w-001", "i-1"));
    let waits = |state: &WriteState| matches!(state, WriteState::Waiting { last: Some(_), .. });
    office.stage.until("w-001", waits).await;
    office.connect("another-token-0123456789", true);
    let state = office.stage.until("w-001", is_over).await;
    assert!(matches!(state, WriteState::Done(_)), "{state:?}");
}

#[tokio::test]
async fn a_crm_that_is_down_is_left_alone_by_its_breaker_and_gets_everything_afterwards() {
    let mut office = office(true, 0, 0).await;
    let down = Fault::ServerError { status: 503 };
    office
        .sandbox
        .set_fault(Some(FaultRule::always(down).times(40)));
    office.queue_all();
    office.stage.until("w-000", is_kept).await;
    let ended = office.stage.ended(WRITES).await;
    assert!(ended.iter().all(|(_, state)| is_over(state)), "{ended:?}");
    assert_eq!(office.cases().await.len(), WRITES);
    let requests = office.sandbox.requests();
    let posts = requests.iter().filter(|it| it.method == "POST").count();
    assert!(posts > WRITES, "control: it was down for some of {posts}");
}
