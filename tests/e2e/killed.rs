//! The whole app is killed while it writes: what it took, and what it called saved, is in the CRM
//! once.
//!
//! Where it is killed again and again no driver is there: each life takes signed events, by which
//! rules write, and dies at some moment of its work; what is kept is sent by later lives.
//! `SCREENPOP_KILLS` in the environment makes it a few dozen lives, for a release.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use pop_tests::desktop::{Keychain, wait_until};
use pop_tests::programs::built;
use pop_tests::signed::{Sender, chat};
use serde_json::Value;

use crate::app::{Place, SETTINGS, START_LIMIT};

/// Lives of an ordinary run, and of one for a release.
const LIVES: u32 = 6;
const MANY_LIVES: u32 = 48;

/// Interactions of each life.
const EACH: u32 = 2;

/// Customers of the sandbox whose pages show every case that comes about here.
const CUSTOMERS: [&str; 8] = [
    "12345", "20001", "20002", "20003", "20004", "20005", "20006", "20007",
];

/// Everything waits five seconds to be undone; the rest is for a machine that is busy building.
const SENT_LIMIT: Duration = Duration::from_mins(2);

const RULES: &str = r#"{
  "agent": { "id": "agent01" },
  "sandbox": { "enabled": true },
  "listener": { "enabled": true, "port": 0 },
  "automatic": [
    { "on": "ended", "do": "create_case", "input": { "subject": "After {interaction.id}" } }
  ]
}
"#;

/// One life of the app.
struct Life {
    child: Child,
    sender: Sender,
    lines: Receiver<String>,
}

impl Life {
    fn begin(place: &Place) -> Self {
        // The last life could not take it away.
        let file = place.desktop.runtime().join("screenpop/listener.json");
        if file.exists() {
            fs::remove_file(&file).unwrap();
        }
        let binary = built("screenpop", "-p screenpop --features automation").unwrap();
        let mut command = place.desktop.command(binary);
        command
            .env("SCREENPOP_PROFILE", place.profile())
            .env("SCREENPOP_TIMELINE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = place.desktop.spawn(&mut command).unwrap();
        let output = child.stdout.take().unwrap();
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        wait_until("the app to listen", START_LIMIT, || {
            Ok(file.exists().then_some(()))
        })
        .unwrap();
        let sender = Sender::of(place.desktop.runtime()).unwrap();
        Self {
            child,
            sender,
            lines,
        }
    }

    /// Takes an interaction until its customer is on the card.
    fn pop(&self, interaction: &str, customer: &str) {
        self.post(interaction, "accepted", customer);
        let end = Instant::now() + START_LIMIT;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).expect("the card is painted");
            let line: Value = serde_json::from_str(&line).unwrap_or_default();
            let marks = line["pop"]["timeline"].as_array();
            let painted = |mark: &Value| mark["mark"] == "painted";
            if line["pop"]["interaction"] == interaction
                && marks.is_some_and(|marks| marks.iter().any(painted))
            {
                return;
            }
        }
    }

    fn post(&self, interaction: &str, what: &str, customer: &str) {
        let event = chat(interaction, what, customer);
        assert_eq!(self.sender.post(&event).unwrap(), 202, "{interaction}");
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A page of the sandbox, as a browser gets it.
fn page(record: &str) -> String {
    let (host, path) = record
        .trim_start_matches("http://")
        .split_once('/')
        .unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

fn settings(sandbox: bool) -> String {
    SETTINGS.replace(
        "\"enabled\": true },\n  \"listener\"",
        &format!("\"enabled\": {sandbox} }},\n  \"listener\""),
    )
}

#[tokio::test]
async fn a_case_made_while_the_crm_is_off_survives_a_kill_and_is_there_once() {
    let place = Place::new();
    let app = place.open().await;
    let accepted = chat("i-1", "accepted", CUSTOMERS[0]);
    assert_eq!(app.sender.post(&accepted).unwrap(), 202);
    app.read("main h1", "Cesar Gonzalez").await;
    app.see("button[aria-label='New case']")
        .await
        .click()
        .await
        .unwrap();
    let subject = app.see(".pane:not([hidden]) form input[type=text]").await;
    subject.clear().await.unwrap();
    subject.send_keys("Card lost on a train").await.unwrap();
    app.see(".pane:not([hidden]) button[type=submit]")
        .await
        .click()
        .await
        .unwrap();
    app.read("body", "saved").await;
    let file = place.profile().join("settings.jsonc");
    fs::write(&file, settings(false)).unwrap();
    app.read(".status", "No CRM connected").await;
    app.read(".status", "1 ").await;
    app.browser.kill().unwrap();

    let app = Life::begin(&place);
    let opened = place.desktop.opener().calls().unwrap().len();
    fs::write(&file, settings(true)).unwrap();
    app.post("i-2", "accepted", CUSTOMERS[0]);
    let calls = place.desktop.opener().wait_for_calls(opened + 1).unwrap();
    let record = calls.last().unwrap()[0].clone();
    let times = || page(&record).matches("Card lost on a train<").count();
    wait_until("the case to be made", SENT_LIMIT, || {
        Ok((times() > 0).then_some(()))
    })
    .unwrap();
    assert_eq!(times(), 1, "it is there once");
    app.kill();
}

#[tokio::test]
async fn what_the_app_took_is_in_the_crm_once_however_often_it_is_killed() {
    let lives = match env::var_os("SCREENPOP_KILLS") {
        Some(_) => MANY_LIVES,
        None => LIVES,
    };
    let place = Place::with(Keychain::Unlocked, RULES);
    let mut taken = BTreeMap::new();
    for life in 0..lives {
        let app = Life::begin(&place);
        for number in 0..EACH {
            let interaction = format!("i-{life}-{number}");
            let customer = CUSTOMERS[usize::try_from(life * EACH + number).unwrap() % 8];
            app.pop(&interaction, customer);
            app.post(&interaction, "ended", customer);
            taken.insert(format!("After {interaction}<"), customer);
        }
        // Not a wait for anything: the moment of the kill is the point of it.
        let moment = Duration::from_millis(u64::from(life * 397 % 2_900));
        tokio::time::sleep(moment).await;
        app.kill();
    }

    let app = Life::begin(&place);
    let opened = place.desktop.opener().calls().unwrap().len();
    app.pop("i-last", CUSTOMERS[0]);
    let calls = place.desktop.opener().wait_for_calls(opened + 1).unwrap();
    let record = calls.last().unwrap()[0].clone();
    let pages = || {
        let of = |customer| page(&record.replace(CUSTOMERS[0], customer));
        CUSTOMERS.map(|customer| (customer, of(customer)))
    };
    let all_there = wait_until("everything to be sent", SENT_LIMIT, || {
        let pages = BTreeMap::from(pages());
        let mut taken = taken.iter();
        let all = taken.all(|(subject, customer)| pages[customer].contains(subject));
        Ok(all.then_some(pages))
    });
    let pages = all_there.unwrap_or_else(|_| BTreeMap::from(pages()));
    let times = |subject: &String, customer: &&str| pages[customer].matches(subject).count();
    let counted = taken
        .iter()
        .map(|(subject, customer)| (subject, times(subject, customer)));
    let wrong: Vec<_> = counted.filter(|(_, times)| *times != 1).collect();
    println!(
        "{lives} kills, {} writes taken, wrong: {wrong:?}",
        taken.len()
    );
    assert_eq!(wrong, [], "each is there once");
    app.kill();
}
