//! What happens by itself: writes by rule, and messages to other systems.

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::write::WriteState;
use pop_sandbox::Sandbox;
use pop_source::signature::{Sender, SenderKeys, SignatureHeaders, VerifyKey, new_secret};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::office::{Office, Run};
use crate::sender::chat;
use crate::training::serve;
use crate::writes::case;

const TOKEN: &str = "token-of-the-bank";

/// Longer than anybody can take something back.
const LATER: Duration = Duration::from_secs(6);

/// Another system: takes messages, and says what it is told to say.
pub(crate) struct Other {
    pub(crate) url: String,
    secret: Secret,
    got: Arc<Mutex<Vec<Value>>>,
    seen: watch::Receiver<usize>,
}

impl Other {
    /// It answers the first so many messages with 503.
    async fn start(down: usize) -> Self {
        Self::saying(down, "503 Busy").await
    }

    /// It answers the first so many messages with a status.
    pub(crate) async fn saying(down: usize, refusal: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let secret = new_secret().expect("random");
        let text = secret.expose("the other system has it too").to_owned();
        let key = VerifyKey::parse(&Secret::new(text)).expect("a key");
        let sender = Sender::new("screenpop", vec![key]).expect("a sender");
        let keys = SenderKeys::new(vec![sender]).expect("keys");
        let got = Arc::new(Mutex::new(Vec::new()));
        let (count, seen) = watch::channel(0);
        let kept = Arc::clone(&got);
        tokio::spawn(async move {
            for number in 0_usize.. {
                let Ok((mut stream, _)) = listener.accept().await else {
                    return;
                };
                let (head, body) = read(&mut stream).await;
                let fields = head.lines().filter_map(|line| line.split_once(": "));
                let fields = fields.map(|(name, value)| (name, value.as_bytes()));
                let signed = SignatureHeaders::read(fields).expect("signed");
                let now = Moment::from_millis(now_millis());
                let window = Duration::from_mins(5);
                keys.verify(&signed, body.as_bytes(), now, window)
                    .expect("the right signature");
                let says = if number < down { refusal } else { "204 Taken" };
                if number >= down {
                    let read = serde_json::from_str(&body).expect("JSON");
                    kept.lock().expect("no panic").push(read);
                }
                let answer =
                    format!("HTTP/1.1 {says}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.expect("answered");
                count.send_replace(number + 1);
            }
        });
        Self {
            url,
            secret,
            got,
            seen,
        }
    }

    /// The policy's entry for it.
    pub(crate) fn policy(&self, office: &Office, events: &[&str], body: Option<Value>) -> Value {
        let file = office.data().with_file_name("hook.secret");
        let text = self.secret.expose("the policy's file holds it");
        fs::write(&file, text).expect("written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("ours");
        }
        let mut hook = json!({ "url": self.url, "events": events, "secret_file": file });
        if let Some(body) = body {
            hook["body"] = body;
        }
        json!({ "webhooks": [hook] })
    }

    pub(crate) async fn got(&mut self, count: usize) -> Vec<Value> {
        let got = self.seen.wait_for(|seen| *seen >= count);
        tokio::time::timeout(Duration::from_secs(20), got)
            .await
            .expect("in time")
            .expect("it runs");
        self.got.lock().expect("no panic").clone()
    }
}

fn now_millis() -> i64 {
    let since = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
    i64::try_from(since.as_millis()).expect("it fits")
}

async fn read(stream: &mut tokio::net::TcpStream) -> (String, String) {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4_096];
        let count = stream.read(&mut part).await.expect("it is sent");
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0) {
            return (head.to_owned(), body.to_owned());
        }
    }
}

pub(crate) async fn connected(office: &Office, crm: &Sandbox) -> Run {
    let run = office.start().await;
    run.connect(crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run
}

fn cases(crm: &Sandbox) -> usize {
    let requests = crm.requests();
    let made = requests.iter();
    made.filter(|request| request.method == "POST" && request.path == "/api/cases")
        .count()
}

#[tokio::test]
async fn a_chat_that_is_over_makes_a_case_by_rule_once() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.set_policy(&json!({ "automatic": [
        { "on": "ended", "when": "interaction.channel == 'chat'", "do": "create_case",
          "input": { "subject": "Chat of {customer.name}" } },
        { "on": "ended", "when": "interaction.channel == 'voice'", "do": "create_case",
          "input": { "subject": "Call" } }
    ] }));
    let run = connected(&office, &crm).await;
    assert_eq!(cases(&crm), 0, "not while it lasts");
    run.sender().post(&chat("c1", "ended", "12345")).await;
    run.screen
        .until("the write", |shown| {
            (!shown.writes.is_empty()).then_some(())
        })
        .await;
    office.clock.forward(LATER);
    run.screen
        .until("a case", |shown| {
            let mut writes = shown.writes.values();
            writes
                .any(pop_core::write::WriteState::is_over)
                .then_some(())
        })
        .await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    run.stop().await;
    assert_eq!(cases(&crm), 1, "one rule applies, once");
}

#[tokio::test]
async fn another_system_is_told_signed_until_it_takes_it() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::start(1).await;
    let events = ["interaction.popped", "interaction.completed"];
    office.set_policy(&other.policy(&office, &events, None));
    let run = connected(&office, &crm).await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    let got = other.got(3).await;
    run.stop().await;
    let types: Vec<_> = got.iter().map(|told| told["type"].clone()).collect();
    let expected = [
        "app.screenpop.interaction.popped.v1",
        "app.screenpop.interaction.completed.v1",
    ];
    assert_eq!(
        types, expected,
        "in order, although the first was refused at first"
    );
    assert_eq!(got[1]["data"]["customer"]["id"], "12345");
    assert!(!got[1].to_string().contains("Cesar"), "ids, not names");
}

#[tokio::test]
async fn another_system_gets_the_simple_payload_where_the_policy_gives_one() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::start(0).await;
    let body = json!({ "event": "chat_completed", "customerId": "{customer.id}", "note": "{interaction.reason?}" });
    office.set_policy(&other.policy(&office, &["interaction.completed"], Some(body)));
    let run = connected(&office, &crm).await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    let got = other.got(1).await;
    run.stop().await;
    assert_eq!(got[0]["event"], "chat_completed");
    assert_eq!(got[0]["customerId"], "12345");
}

#[tokio::test]
async fn a_secret_that_everybody_can_read_is_refused_by_name() {
    let office = Office::new();
    let other = Other::start(0).await;
    let policy = other.policy(&office, &["case.created"], None);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = office.data().with_file_name("hook.secret");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("ours");
    }
    office.set_policy(&policy);
    let run = office.start().await;
    run.screen
        .until("the mistake", |shown| {
            let faults = &shown.status.as_ref()?.file_faults;
            let mut faults = faults.iter();
            faults
                .find(|fault| fault.key == "webhooks.0.secret_file")
                .map(|_| ())
        })
        .await;
    run.stop().await;
}

#[tokio::test]
async fn another_system_is_told_of_a_case_that_was_made_and_of_none_that_was_not() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::start(0).await;
    office.set_policy(&other.policy(&office, &["case.created"], None));
    let run = connected(&office, &crm).await;
    let pop = run.screen.customer("c1", "12345").await;
    run.engine.command(case(&pop, "w-1")).await.expect("taken");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Held)
        .await;
    assert_eq!(
        run.engine.deliveries().await.expect("it runs")[0].deliveries,
        []
    );
    office.clock.forward(LATER);
    run.screen.wrote("w-1", WriteState::is_over).await;
    let got = other.got(1).await;
    run.stop().await;
    assert_eq!(got.len(), 1);
    assert_eq!(got[0]["type"], "app.screenpop.case.created.v1");
    assert_eq!(got[0]["data"]["write"]["id"], "w-1");
}
