//! What a CRM is asked because of a write: everything that the card knew, for the agent who decided
//! it, and not while it wants to be left alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::{ActionKind, Next, Outcome};
use pop_core::clock::Clock as _;
use pop_core::fault::FaultKind;
use pop_core::http::{Http, HttpFault, Request, Response, Timing};
use pop_core::identifier::Value;
use pop_core::interaction::{AgentRef, InteractionKey};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_core::write::{Facts, Write, WriteId};
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Context, Definition, Overlay, Ports, SystemClock,
    Traffic, built_in,
};
use pop_store::{Item, Message};

use crate::outbox::{CrmWay, Sends, about};

/// How a case is looked for that may be there already.
const LOOK: &str = r#"
[action.create_case.look_first]
call   = "GET /api/cases"
query  = { reference = "{item.id}" }
each   = "body.items"
check  = ["it.reference"]
result = { id = "it.caseId", number = "it.number" }
"#;

/// Answers in turn, and remembers what it was asked.
#[derive(Default)]
struct Crm {
    answers: Mutex<Vec<(u16, &'static str)>>,
    asked: Mutex<Vec<Request>>,
}

#[async_trait]
impl Http for Crm {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        self.asked.lock().expect("no panic").push(request);
        let mut answers = self.answers.lock().expect("no panic");
        let (status, body) = answers.remove(0);
        Ok(Response {
            status,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("retry-after".to_owned(), "90".to_owned()),
            ],
            body: body.as_bytes().to_vec(),
            timing: Timing::default(),
        })
    }
}

fn agent() -> AgentRef {
    AgentRef {
        id: Some("agent01".to_owned()),
        email: Some("agent01@example.com".to_owned()),
        ..AgentRef::default()
    }
}

/// The way to a CRM that answers so, with what differs from its definition.
fn way(answers: Vec<(u16, &'static str)>, overlay: &str) -> (CrmWay, Arc<Crm>) {
    let crm = Arc::new(Crm {
        answers: Mutex::new(answers),
        asked: Mutex::default(),
    });
    let (id, text) = built_in().iter().find(|(id, _)| *id == "rest").expect("it");
    let overlay = Overlay {
        file: "overlay".to_owned(),
        text: overlay.to_owned(),
    };
    let definition = Definition::load(id, text, &[overlay]).expect("it is right");
    let secret = Secret::new("a-token-of-the-bank".to_owned());
    let account = Account {
        id: ConnectionId("crm".to_owned()),
        definition: Arc::new(definition),
        settings: BTreeMap::from([("server".to_owned(), "https://crm.example.com".into())]),
        auth: AuthChoice {
            method: "token".to_owned(),
            secrets: BTreeMap::from([("secret".to_owned(), secret)]),
        },
        phone_rules: PhoneRules::default(),
        loopback: Vec::new(),
        budgets: Budgets::default(),
    };
    let ports = Ports {
        http: Arc::<Crm>::clone(&crm),
        clock: Arc::new(SystemClock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    };
    let connection = Connection::open(account, ports).expect("it can be made");
    (CrmWay::new(Arc::new(connection), agent()), crm)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "everything that it is for is optional"
)]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A case of somebody of whom the card knew everything.
fn write() -> Write {
    Write {
        id: WriteId("w-1".to_owned()),
        interaction: Some(InteractionKey {
            source: "/glia".to_owned(),
            id: "i-1".to_owned(),
        }),
        connection: ConnectionId("crm".to_owned()),
        kind: ActionKind::CreateCase,
        customer: some("12345"),
        case: some("88"),
        input: BTreeMap::from([("subject".to_owned(), "Card lost".to_owned())]),
        expected: some("open"),
        agent: some("agent01"),
        asked: SystemClock.now(),
        not_before: SystemClock.now(),
        facts: Facts {
            customer_kind: some("Contact"),
            customer_name: some("Cesar Gonzalez"),
            also: vec!["23456".to_owned()],
            account: some("a-7"),
            case_number: some("CS-88"),
            case_subject: some("Card blocked"),
            case_stamp: some("2026-11-01"),
            email: some("cesar@example.com"),
            phone: some("+34600012345"),
            external_id: some("x-1"),
            name: some("Cesar"),
            channel: some("chat"),
            direction: some("inbound"),
            queue: some("Service"),
            began: Some(1_800_000_000_000_000),
            seconds: Some(61),
            reason: some("Card declined"),
            language: some("es"),
            summary: some("Asked for a new card"),
            traceparent: some("00-0af7-b7ad-01"),
            shown: some("Closed"),
        },
    }
}

fn item(write: Write) -> Item {
    Item::Write(Box::new(write))
}

fn message() -> Item {
    Item::Message(Message {
        id: "m-1".to_owned(),
        to: "https://hooks.example/screenpop".to_owned(),
        event: "interaction.popped".to_owned(),
        interaction: None,
        asked: Moment::default(),
        content_type: "application/json".to_owned(),
        body: "{}".to_owned(),
    })
}

#[test]
fn everything_that_the_card_knew_of_customer_and_case_goes_along() {
    let about = about(&write());
    let customer = about.customer.expect("somebody");
    assert_eq!(customer.id, "12345");
    assert_eq!(customer.kind, some("Contact"));
    assert_eq!(customer.name, some("Cesar Gonzalez"));
    assert_eq!(customer.account_id, some("a-7"));
    assert_eq!(customer.also, ["23456"]);
    let case = about.case.expect("one");
    assert_eq!(case.id, "88");
    assert_eq!(case.number, some("CS-88"));
    assert_eq!(case.subject, some("Card blocked"));
    assert_eq!(case.status, some("open"));
    assert_eq!(case.stamp, some("2026-11-01"));
    assert!(case.open);
    assert_eq!(about.name, some("Cesar"));
    let values = about.identifiers.iter().map(|it| match &it.value {
        Value::Email(email) => email.as_str().to_owned(),
        Value::Phone(phone) => phone.e164().to_owned(),
        Value::ExternalId(id) => id.clone(),
        Value::RecordId(id) => panic!("nobody said so: {id}"),
    });
    let values: Vec<String> = values.collect();
    assert_eq!(values, ["cesar@example.com", "+34600012345", "x-1"]);
}

#[test]
fn a_write_is_its_agents_also_where_somebody_else_sits_now() {
    let (way, _) = way(Vec::new(), "");
    let context = |agent: Option<&str>| -> Context {
        way.context(&Write {
            agent: agent.map(str::to_owned),
            ..write()
        })
    };
    for agent in [Some("agent01"), None] {
        let context = context(agent);
        assert_eq!(context.agent.id, some("agent01"));
        assert_eq!(context.agent.email, some("agent01@example.com"));
    }
    let other = context(Some("agent02")).agent;
    assert_eq!((other.id, other.email), (some("agent02"), None));

    let context = context(None);
    assert!(context.fresh, "nothing that was read before counts");
    assert_eq!(context.traceparent, some("00-0af7-b7ad-01"));
    let facts = context.interaction.expect("an interaction");
    assert_eq!((facts.channel, facts.direction), ("chat", "inbound"));
    assert_eq!(facts.title, "Card declined");
    assert_eq!(facts.at, Moment::from_micros(1_800_000_000_000_000));
    let unsaid = way.context(&Write {
        facts: Facts::default(),
        ..write()
    });
    let facts = unsaid.interaction.expect("an interaction");
    assert_eq!((facts.channel, facts.direction), ("other", "unknown"));
    assert_eq!(facts.title, "Interaction by other");
}

#[tokio::test]
async fn a_crm_that_asks_to_be_left_alone_is_left_alone_as_long() {
    let (way, _) = way(vec![(429, "{}")], "");
    let now = SystemClock.now();
    assert_eq!(way.rests_until(now), None, "the control");
    let sent = way.send(&item(write()), None).await;
    let not = sent.result.expect_err("it was too much");
    assert_eq!(not.fault.kind, FaultKind::RateLimited);
    let rests = way.rests_until(now).expect("it asked for it").since(now);
    let around = Duration::from_secs(89)..Duration::from_mins(2);
    assert!(around.contains(&rests), "{rests:?}");
}

#[tokio::test]
async fn a_crm_that_fails_again_and_again_is_left_alone() {
    let (way, crm) = way(vec![(500, "{}"); 5], "");
    for _ in 0..5 {
        assert_eq!(way.rests_until(SystemClock.now()), None);
        let sent = way.send(&item(write()), None).await;
        sent.result.expect_err("it fails");
    }
    let now = SystemClock.now();
    let rests = way.rests_until(now).expect("its breaker is open");
    assert!(rests > now);
    assert_eq!(crm.asked.lock().expect("no panic").len(), 5);
}

#[tokio::test]
async fn what_may_be_done_already_is_looked_for_where_that_can_be_asked() {
    let now = SystemClock.now();
    let (blind, _) = way(Vec::new(), "");
    assert!(!blind.can_tell(&item(write()), now), "nobody can tell");
    let there = r#"{"items":[{"reference":"w-1","caseId":"9","number":"CS-9"}]}"#;
    let none = r#"{"items":[]}"#;
    let (way, crm) = way(vec![(200, there), (200, none), (403, "{}")], LOOK);
    assert!(way.can_tell(&item(write()), now));
    let found = way.find(&item(write())).await.expect("it was asked");
    let found = found.expect("it is there");
    assert_eq!((found.id, found.number), (some("9"), some("CS-9")));
    assert_eq!(way.find(&item(write())).await, Ok(None), "it is not there");
    let not = way.find(&item(write())).await.expect_err("it may not look");
    assert_eq!(not.outcome, Outcome::NotDone);
    let asked = crm.asked.lock().expect("no panic");
    assert!(asked.iter().all(|request| request.body.is_none()));
}

#[tokio::test]
async fn a_message_is_nothing_for_a_crm() {
    let (way, crm) = way(Vec::new(), LOOK);
    assert!(!way.can_tell(&message(), SystemClock.now()));
    assert_eq!(way.find(&message()).await, Ok(None));
    let sent = way.send(&message(), None).await;
    assert_eq!(
        sent.result.expect_err("a person must know").next,
        Next::Park
    );
    assert!(crm.asked.lock().expect("no panic").is_empty());
}
