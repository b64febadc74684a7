//! The whole app is killed: what it called saved is in the CRM once.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use pop_tests::desktop::wait_until;
use pop_tests::programs::built;
use pop_tests::signed::{Sender, chat};

use crate::app::{Place, SETTINGS, START_LIMIT};

/// The customer whom the guide knows.
const CESAR: &str = "12345";

/// Everything waits five seconds to be undone; the rest is for a machine that is busy building.
const SENT_LIMIT: Duration = Duration::from_mins(2);

/// One life of the app.
struct Life {
    child: Child,
    sender: Sender,
}

impl Life {
    fn begin(place: &Place) -> Self {
        // The last life could not take it away.
        let file = place.desktop.runtime().join("screenpop/listener.json");
        if file.exists() {
            fs::remove_file(&file).unwrap();
        }
        let binary = built("screenpop", "-p screenpop --features automation").unwrap();
        let mut command = place.desktop.command(&binary);
        command
            .env("SCREENPOP_PROFILE", place.profile())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = place.desktop.spawn(&mut command).unwrap();
        wait_until("the app to listen", START_LIMIT, || {
            Ok(file.exists().then_some(()))
        })
        .unwrap();
        let sender = Sender::of(place.desktop.runtime()).unwrap();
        Self { child, sender }
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
    let accepted = chat("i-1", "accepted", CESAR);
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
    app.post("i-2", "accepted", CESAR);
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
