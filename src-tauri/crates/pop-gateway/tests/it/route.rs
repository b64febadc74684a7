//! Where an interaction should go: real HTTP in, the sandbox as the CRM, the admin's own rules.

use std::fs;

use pop_gateway::{Config, Running};
use pop_sandbox::{Fault, FaultRule, Options, Sandbox};
use serde_json::{Value, json};

use crate::kit::{Answer, KEY, Place, START, metric, secret, send};
use crate::mosquitto::free_port;

const CRM_TOKEN: &str = "a-long-random-value-of-the-crm";
const CALLER: &str = "a-long-random-value-of-the-ivr";

const RULES: &str = r#"
[[route.rule]]
when     = "customer.vip"
queue    = "private-banking"
priority = 1
reason   = "a very important customer"

[[route.rule]]
when     = "customer.language == 'German' || interaction.language.startsWith('de')"
language = "de"
reason   = "speaks German"

[[route.rule]]
when     = "cases.exists(it, it.priority == 'high')"
queue    = "open-cases"
reason   = "has an urgent case"

[[route.rule]]
when     = "matches > 1"
queue    = "front-desk"
reason   = "several customers share this number"

[[route.example]]
customer = { vip = true, language = "German" }
expect   = { queue = "private-banking", priority = 1, language = "de", reasons = ["a very important customer", "speaks German"] }

[[route.example]]
matches = 3
expect  = { queue = "front-desk", reasons = ["several customers share this number"] }

[[route.example]]
customer = { vip = false }
expect   = "no opinion"
"#;

fn settings(crm: &str, more: &str, rules: &str) -> Place {
    let route = format!(
        r#"
[route]
{more}
[route.caller.ivr]
secrets = ["ivr"]
per_second = 50
[route.crm.main]
definition = "rest"
method = "token"
setting.server = "{crm}"
secret.secret = "crm"
{rules}"#
    );
    let place = Place::with(free_port(), "address = \"127.0.0.1:0\"", &route);
    secret(place.folder.path(), "crm", CRM_TOKEN);
    secret(place.folder.path(), "ivr", CALLER);
    place
}

/// A gateway that answers, and its CRM.
struct Desk {
    gateway: Running,
    crm: Sandbox,
}

impl Desk {
    async fn open(more: &str) -> Self {
        let crm = Sandbox::start(Options::new(CRM_TOKEN)).await;
        let crm = crm.expect("the sandbox starts");
        let gateway = settings(&crm.origin(), more, RULES).start().await;
        Self { gateway, crm }
    }

    async fn ask_with(&self, path: &str, fields: &str, body: &str) -> Answer {
        send(self.gateway.webhooks, "POST", path, fields, body).await
    }

    async fn ask(&self, body: &Value) -> Answer {
        let field = format!("Authorization: Bearer {CALLER}\r\n");
        self.ask_with("/v1/route", &field, &body.to_string()).await
    }

    async fn decided(&self, body: &Value) -> Value {
        let answer = self.ask(body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    async fn counted(&self, outcome: &str) -> u64 {
        let name = format!("route_total{{caller=\"ivr\",outcome=\"{outcome}\"}}");
        metric(self.gateway.operations, &name).await
    }
}

fn call(phone: &str) -> Value {
    json!({ "channel": "voice", "customer": { "phone": phone, "identityAssurance": "ani" } })
}

fn no_opinion(why: &str) -> Value {
    json!({ "decision": null, "reason": format!("no opinion: {why}") })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_decide_over_the_customer_and_the_answer_says_nothing_else() {
    let desk = Desk::open("deadline_ms = 5000").await;
    let answer = desk.ask(&call("+493023125042")).await;
    let decision = json!({ "queue": "private-banking", "priority": 1, "language": "de",
        "reasons": ["a very important customer", "speaks German"] });
    let said: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(said, json!({ "decision": decision }), "and not a word more");
    let whole = format!("{}\n{}", answer.head, answer.body);
    for theirs in [
        "Annelore",
        "Weissenberg",
        "a.wh@",
        "40812",
        "3023125042",
        "Berlin",
        "Brandt",
    ] {
        assert!(!whole.contains(theirs), "{theirs} leaks: {whole}");
    }
    let asked = desk.crm.requests();
    assert!(!asked.is_empty(), "the CRM was asked");

    let open_case = desk.decided(&call("+34600012345")).await;
    let urgent = json!({ "queue": "open-cases", "reasons": ["has an urgent case"] });
    assert_eq!(open_case, json!({ "decision": urgent }));
    let shared = desk.decided(&call("+34600012777")).await;
    let front = json!({ "queue": "front-desk",
        "reasons": ["several customers share this number"] });
    assert_eq!(
        shared,
        json!({ "decision": front }),
        "nobody of them counts"
    );
    let stranger = desk.decided(&call("+4930999999")).await;
    assert_eq!(stranger, no_opinion("no rule fits"));
    let unknown = json!({ "language": "de-AT" });
    let unknown = desk.decided(&unknown).await;
    let german = json!({ "language": "de", "reasons": ["speaks German"] });
    assert_eq!(
        unknown,
        json!({ "decision": german }),
        "without any identifier"
    );
    assert_eq!(desk.counted("decided").await, 4);
    assert_eq!(desk.counted("no_rule").await, 1);
    assert_eq!(
        metric(desk.gateway.operations, "route_seconds_count").await,
        5
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identifier_that_contradicts_another_counts_for_nobody() {
    let desk = Desk::open("deadline_ms = 5000").await;
    let both = json!({ "channel": "chat", "customer": {
        "customerId": "40812", "phone": "+34600012345", "identityAssurance": "authenticated" } });
    let sure = desk.decided(&both).await;
    assert_eq!(sure["decision"]["queue"], "private-banking");
    let contradicts = json!({ "channel": "voice", "customer": {
        "customerId": "40812", "phone": "+34600012345", "identityAssurance": "authenticated" } });
    let doubt = desk.decided(&contradicts).await;
    assert_eq!(doubt["decision"]["queue"], "front-desk", "{doubt}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crm_that_is_slow_or_broken_gives_no_opinion_and_no_wrong_one() {
    let desk = Desk::open("deadline_ms = 300").await;
    let slow = FaultRule::always(Fault::Slow { millis: 60_000 });
    desk.crm.set_fault(Some(slow));
    let late = desk.decided(&call("+493023125042")).await;
    assert!(
        late == no_opinion("it took too long") || late == no_opinion("the CRM could not be asked"),
        "{late}"
    );
    for fault in [
        Fault::Forbidden,
        Fault::TruncatedJson,
        Fault::ServerError { status: 500 },
    ] {
        desk.crm.set_fault(Some(FaultRule::always(fault.clone())));
        let broken = desk.decided(&call("+34600012345")).await;
        assert_eq!(broken["decision"], Value::Null, "{fault:?}: {broken}");
        assert_ne!(broken, no_opinion("no rule fits"), "{fault:?}");
    }
    let known = desk.counted("decided").await;
    assert_eq!(known, 0, "nothing was decided without the customer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_who_has_a_secret_asks_and_not_too_often() {
    let desk = Desk::open("deadline_ms = 5000").await;
    let body = json!({}).to_string();
    for fields in [
        String::new(),
        "Authorization: Bearer guess\r\n".to_owned(),
        format!("Authorization: Bearer {CALLER}x\r\n"),
        format!("Authorization: Bearer {KEY}\r\n"),
        format!("Authorization: Basic {CALLER}\r\n"),
    ] {
        let answer = desk.ask_with("/v1/route", &fields, &body).await;
        assert_eq!(answer.status, 401, "{fields}");
    }
    assert!(desk.crm.requests().is_empty(), "nobody was looked up");
    let mut refused = None;
    for _ in 0..1_000 {
        let answer = desk.ask(&json!({})).await;
        if answer.status != 200 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("more than 50 in a second");
    assert_eq!(refused.status, 429);
    assert!(refused.head.to_lowercase().contains("retry-after: 1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_may_be_a_platforms_own_and_what_cannot_be_read_is_said() {
    let desk = Desk::open("deadline_ms = 5000").await;
    let field = format!("Authorization: Bearer {CALLER}\r\n");
    let body = START
        .replace("+14155550100", "+493023125042")
        .replace("ann.o'neil@example.com", "a.wh@example.com");
    let glia = desk.ask_with("/v1/route?source=glia", &field, &body).await;
    assert!(glia.body.contains("private-banking"), "{}", glia.body);
    for (path, body) in [
        ("/v1/route?source=glai", &*body),
        ("/v1/route?source=glia", "{}"),
        ("/v1/route", "[]"),
        ("/v1/route", "{\"channel\":\"pigeon\"}"),
    ] {
        let answer = desk.ask_with(path, &field, body).await;
        assert_eq!(answer.status, 422, "{path} {body}: {}", answer.body);
    }
}

#[test]
fn rules_that_contradict_their_examples_are_refused_with_the_rest() {
    let wrong = RULES
        .replace("when     = \"customer.vip\"", "when     = \"costumer.vip\"")
        .replace("matches > 1", "matches > 3");
    let wrong = format!("{wrong}\n[[route.rule]]\nwhen = \"matches ==\"\nreason = \"x\"\n");
    let place = settings("http://127.0.0.1:9", "deadline_ms = 5001", &wrong);
    let text = fs::read_to_string(&place.config).expect("reads");
    let text = text.replace("method = \"token\"", "method = \"browser\"");
    fs::write(&place.config, text).expect("writes");
    let faults = Config::load(&place.config, &place.secrets());
    let faults: Vec<_> = faults.err().unwrap_or_default();
    let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
    let said = |words: &str| faults.iter().any(|fault| fault.contains(words));
    assert!(said("route.rule[0].when: found `costumer`"), "{faults:#?}");
    assert!(said("route.example[1].expect: found null"), "{faults:#?}");
    assert!(said("route.rule[4].when"), "{faults:#?}");
    assert!(said("route.rule[4].queue"), "{faults:#?}");
    assert!(said("route.deadline_ms"), "{faults:#?}");
    assert!(
        said("route.crm.main.method: found \"browser\""),
        "{faults:#?}"
    );
}
