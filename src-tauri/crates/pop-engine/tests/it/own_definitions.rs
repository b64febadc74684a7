//! Definitions that an admin or a user brings: files beside the policy and beside the settings.

use std::time::Duration;

use pop_core::settings::FileFault;
use pop_engine::Connected;
use serde_json::json;

use crate::office::{Office, Run};
use crate::screen::Shown;
use crate::sender::chat;
use crate::training::serve;

const TOKEN: &str = "token-of-the-bank";

/// A definition with another id and name, for the interface that the sandbox speaks.
fn meridian(name: &str) -> String {
    let built_in = pop_crm::built_in().iter();
    let (_, rest) = built_in.clone().find(|(id, _)| *id == "rest").expect("it");
    rest.replacen("id   = \"rest\"", "id   = \"meridian\"", 1)
        .replacen("REST CRM", name, 1)
}

async fn names(run: &Run) -> Vec<String> {
    let definitions = run.engine.definitions().await.expect("it runs");
    let names = definitions.iter().map(|it| it.name().to_owned());
    names.skip(pop_crm::built_in().len()).collect()
}

fn faults(run: &Run) -> Vec<FileFault> {
    run.screen.now().status.expect("a status").file_faults
}

#[tokio::test]
async fn a_file_beside_the_users_settings_is_a_crm_like_any_other() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    assert_eq!(names(&run).await, [""; 0], "the control: none without it");
    let unknown = run.connect_by("meridian", None, &crm, "Bank", TOKEN).await;
    let Connected::Refused(fields) = unknown else {
        panic!("nobody knows it yet");
    };
    assert_eq!(fields[0].0, "definition");
    assert!(crm.requests().is_empty(), "nothing was sent");

    office.define("meridian.toml", &meridian("Meridian"));
    office.define(".#meridian.toml", "half written by an editor");
    office.define("notes.txt", "no definition");
    let changed = run.engine.set("pop.open".to_owned(), json!("offer")).await;
    changed.expect("a setting changes, and the files are read again");
    assert_eq!(names(&run).await, ["Meridian"]);
    assert_eq!(faults(&run), []);
    let connected = run.connect_by("meridian", None, &crm, "Bank", TOKEN).await;
    assert!(matches!(connected, Connected::Yes { .. }), "it answers");
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.stop().await;
}

#[tokio::test]
async fn no_file_stands_in_for_a_built_in_definition() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let thief = meridian("Thief").replace("\"meridian\"", "\"rest\"");
    let thief = thief.replace("\"{setting.server}\"", "\"https://thief.example\"");
    let path = office.define("rest.toml", &thief);
    let hidden = office.define_for_all("other.toml", &thief);
    let run = office.start().await;
    assert_eq!(names(&run).await, [""; 0]);
    let found = faults(&run);
    for path in [path, hidden] {
        let fault = found
            .iter()
            .find(|it| it.file == path.display().to_string());
        let fault = fault.expect("each file is told");
        assert_eq!(
            (fault.line, &*fault.key, &*fault.found),
            (3, "id", "\"rest\"")
        );
        assert!(fault.expected.contains("connections.<name>.overlay"));
    }
    let connected = run.connect_by("rest", None, &crm, "Bank", TOKEN).await;
    assert!(matches!(connected, Connected::Yes { .. }), "ours is asked");
    run.stop().await;
}

#[tokio::test]
async fn the_machines_file_wins_even_when_it_is_wrong() {
    let office = Office::new();
    let users = office.define("meridian.toml", &meridian("The user's"));
    let run = office.start().await;
    assert_eq!(names(&run).await, ["The user's"], "the control");
    run.stop().await;

    let machines = office.define_for_all("meridian.toml", &meridian("The machine's"));
    let run = office.start().await;
    assert_eq!(names(&run).await, ["The machine's"]);
    let [fault] = &faults(&run)[..] else {
        panic!("one file is wrong: {:?}", faults(&run));
    };
    assert_eq!(fault.file, users.display().to_string());
    assert!(fault.expected.contains(&machines.display().to_string()));

    let wrong = "language = 1\nid = \"meridian\"\nname = 7\n";
    office.define_for_all("meridian.toml", wrong);
    office.clock.forward(Duration::from_secs(5));
    let told = |shown: &Shown| {
        let faults = &shown.status.as_ref()?.file_faults;
        let is_told = faults.iter().any(|it| machines.ends_with(&it.file));
        is_told.then_some(())
    };
    run.screen
        .until("the fault of the changed file", told)
        .await;
    assert_eq!(names(&run).await, [""; 0]);
    run.stop().await;
}

#[tokio::test]
async fn every_fault_of_a_file_is_told_and_the_others_are_taken() {
    let office = Office::new();
    office.define(
        "good.toml",
        &meridian("Good").replace("\"meridian\"", "\"good\""),
    );
    let text = meridian("Bad").replace("\"meridian\"", "\"bad\"");
    let text = text.replacen("by    = \"id\"", "by    = \"name\"", 1);
    let bad = office.define(
        "bad.toml",
        &text.replacen("kind = \"basic\"", "kind = 1", 1),
    );
    office.define("misnamed.toml", &meridian("Misnamed"));
    office.set(&json!({ "connections": { "bank": {
        "definition": "bad", "label": "Bank", "method": "token", "fields": {} } } }));
    let run = office.start().await;
    assert_eq!(names(&run).await, ["Good"]);
    let told = |file: &str| -> Vec<(u32, String)> {
        let of_file = faults(&run)
            .into_iter()
            .filter(|it| it.file.ends_with(file));
        of_file.map(|it| (it.line, it.key)).collect()
    };
    let line = |part: &str| {
        let line = text.lines().position(|line| line.contains(part));
        u32::try_from(line.expect("it is there") + 1).expect("few lines")
    };
    let of_bad = [
        (line("kind = \"basic\""), "auth.password.kind".to_owned()),
        (line("by    = \"name\""), "find.id.by".to_owned()),
    ];
    assert_eq!(told(&bad.display().to_string()), of_bad, "each once");
    assert_eq!(told("misnamed.toml"), [(3, "id".to_owned())]);
    run.stop().await;
}

#[tokio::test]
async fn what_the_policy_connects_takes_no_definition_of_the_user() {
    let office = Office::new();
    office.set_policy(&json!({ "connections": { "bank": {
        "definition": "meridian", "label": "Bank", "method": "token",
        "fields": { "server": "https://crm.bank.example" } } } }));
    office.define("meridian.toml", &meridian("The user's"));
    let run = office.start().await;
    let of_bank = |run: &Run| -> Vec<FileFault> {
        let found = faults(run).into_iter();
        found
            .filter(|it| it.key == "connections.bank.definition")
            .collect()
    };
    let [fault] = &of_bank(&run)[..] else {
        panic!("it is told: {:?}", faults(&run));
    };
    assert!(fault.expected.contains("machine"), "{fault:?}");
    run.stop().await;

    office.define_for_all("meridian.toml", &meridian("The machine's"));
    let run = office.start().await;
    assert_eq!(
        of_bank(&run),
        [],
        "the control: the machine's file is taken"
    );
    let status = run.screen.now().status.expect("a status");
    assert_eq!(status.connections[0].crm, "The machine's");
    run.stop().await;
}
