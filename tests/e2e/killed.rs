//! The whole app is killed: what it called saved is in the CRM once.
//!
//! `SCREENPOP_APP_KILLS` sets how often the window is killed while it writes (a release run: 30).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use pop_tests::desktop::wait_until;
use pop_tests::dice::Dice;
use pop_tests::programs::built;
use pop_tests::signed::{Sender, chat};

use crate::app::{Open, Place, SETTINGS, START_LIMIT};

/// The customer whom the guide knows.
const CESAR: &str = "12345";

/// Customers of the sandbox: a page lists the newest of their cases.
const CUSTOMERS: [&str; 4] = [CESAR, "20001", "20002", "88120"];

/// Everything waits five seconds to be undone; the rest is for a machine that is busy building.
const SENT_LIMIT: Duration = Duration::from_mins(2);

/// A kill comes before a case is kept, while it can be undone, while it is sent, or after.
const KILLED_WITHIN: usize = 6_500;

/// How often the window is killed in a run for a release.
const KILLS: &str = "SCREENPOP_APP_KILLS";

/// One life of the app.
struct Life {
    child: Child,
    sender: Sender,
}

impl Life {
    fn begin(place: &Place) -> Self {
        let file = clear(place);
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

/// Takes away what tells where the last life listened, because it could not.
fn clear(place: &Place) -> PathBuf {
    let file = place.desktop.runtime().join("screenpop/listener.json");
    if file.exists() {
        fs::remove_file(&file).unwrap();
    }
    file
}

/// A page of the sandbox, as a browser gets it.
fn page(record: &str) -> String {
    let (host, path) = place_and_path(record);
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// What the window says once a case is kept.
const SAVED: &str = ": saved";

/// Fills in the form of a case.
async fn fill_in(app: &Open, subject: &str) {
    app.click("button[aria-label='New case']").await;
    let field = app.see(".pane:not([hidden]) form input[type=text]").await;
    field.clear().await.unwrap();
    field.send_keys(subject).await.unwrap();
    app.holds(".pane:not([hidden]) form input[type=text]", subject)
        .await;
}

/// Sends the form off.
async fn send_off(app: &Open) {
    app.see(".pane:not([hidden]) button[type=submit]")
        .await
        .click()
        .await
        .unwrap();
}

/// Waits until the moment of a kill; whether the window has said by then that a case is kept.
async fn until(app: &Open, moment: Duration) -> bool {
    let begun = Instant::now();
    let mut saved = false;
    while let Some(left) = moment.checked_sub(begun.elapsed()) {
        if !saved {
            saved = app.text("body").await.contains(SAVED);
        }
        tokio::time::sleep(left.min(Duration::from_millis(20))).await;
    }
    saved
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
    fill_in(&app, "Card lost on a train").await;
    let file = place.profile().join("settings.jsonc");
    fs::write(&file, settings(false)).unwrap();
    app.read(".status", "No CRM connected").await;
    send_off(&app).await;
    app.read("body", SAVED).await;
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

/// The cases of one subject.
#[derive(Debug, Default)]
struct Written {
    /// The page of their customer, without the place of the server.
    page: String,
    sent_off: usize,
    /// How often the window said that one is kept.
    saved: usize,
}

#[tokio::test]
async fn what_the_window_called_saved_is_there_once_although_it_is_killed_again_and_again() {
    let kills = env::var(KILLS).map_or(3, |kills| kills.parse().unwrap());
    let place = Place::new();
    let mut dice = Dice::new(6);
    let mut written = BTreeMap::<usize, Written>::new();
    for kill in 0..kills {
        // The control: the first two lives write the same, and what is counted must show both.
        let is_control = kill < 2;
        let number = if is_control { 0 } else { kill };
        let customer = CUSTOMERS[number % CUSTOMERS.len()];
        clear(&place);
        let app = place.open().await;
        let opened = place.desktop.opener().calls().unwrap().len();
        let event = chat(&format!("k-{kill}"), "accepted", customer);
        assert_eq!(app.sender.post(&event).unwrap(), 202);
        let calls = place.desktop.opener().wait_for_calls(opened + 1).unwrap();
        let record = calls.last().unwrap()[0].clone();
        fill_in(&app, &subject(number)).await;
        send_off(&app).await;
        if is_control {
            app.read("body", SAVED).await;
        }
        let moment = Duration::from_millis(dice.below(KILLED_WITHIN) as u64);
        let saved = until(&app, moment).await || is_control;
        app.browser.kill().unwrap();
        let case = written.entry(number).or_default();
        case.page = place_and_path(&record).1;
        case.sent_off += 1;
        case.saved += usize::from(saved);
    }
    clear(&place);
    let app = place.open().await;
    let opened = place.desktop.opener().calls().unwrap().len();
    let last = chat("k-last", "accepted", CESAR);
    assert_eq!(app.sender.post(&last).unwrap(), 202);
    let calls = place.desktop.opener().wait_for_calls(opened + 1).unwrap();
    let server = place_and_path(calls.last().unwrap()[0].as_str()).0;
    let times = |number: usize, case: &Written| {
        let page = page(&format!("http://{server}/{}", case.page));
        page.matches(&format!("{}<", subject(number))).count()
    };
    wait_until("what was called saved", SENT_LIMIT, || {
        let mut cases = written.iter();
        let all = cases.all(|(number, case)| times(*number, case) >= case.saved);
        Ok(all.then_some(()))
    })
    .unwrap();
    let end = Instant::now() + SENT_LIMIT;
    while app.count(".status .queue").await > 0 {
        assert!(Instant::now() < end, "something waits for ever");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let (mut saved, mut unsaid) = (0, 0);
    for (number, case) in &written {
        let there = times(*number, case);
        assert!(
            there <= case.sent_off,
            "{}: {there}, {case:?}",
            subject(*number)
        );
        saved += case.saved;
        unsaid += there - case.saved;
    }
    assert_eq!(
        times(0, &written[&0]),
        kills.min(2),
        "the control shows two"
    );
    println!("{kills} kills: {saved} called saved and there once, {unsaid} there unsaid");
    app.close().await;
}

fn subject(number: usize) -> String {
    format!("Written in life {number}")
}

/// Where the server of an address is, and what stands after it.
fn place_and_path(record: &str) -> (String, String) {
    let after = record.trim_start_matches("http://");
    let (place, path) = after.split_once('/').unwrap();
    (place.to_owned(), path.to_owned())
}
