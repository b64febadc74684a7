//! What arrives at the app.

use pop_core::identifier::{Assurance, Identifier};
use pop_core::interaction::{Channel, Direction, What};
use serde_json::Value;

use crate::support::{App, outcome, program};

#[tokio::test]
async fn an_interaction_is_offered_and_accepted_unless_told_otherwise() {
    let app = App::start().await;
    let outcome = app
        .simulate(&["--customer", "12345", "--channel", "chat"])
        .await;
    outcome.succeeded();
    assert_eq!(app.whats(), [What::Offered, What::Accepted]);
    let lines: Vec<_> = outcome.out.lines().map(str::trim).collect();
    assert!(lines[0].ends_with(": chat, for agent01"), "{lines:?}");
    assert_eq!(
        lines[1..],
        ["offered   taken (202)", "accepted  taken (202)"]
    );
}

#[tokio::test]
async fn events_come_in_order_up_to_the_one_asked_for() {
    let order = [What::Offered, What::Accepted, What::Ended];
    for (until, count) in [("offered", 1), ("accepted", 2), ("ended", 3)] {
        let app = App::start().await;
        app.simulate(&["--until", until]).await.succeeded();
        assert_eq!(app.whats(), order[..count], "{until}");
        let events = app.events();
        assert!(
            events.is_sorted_by(|first, second| first.at <= second.at && first.id != second.id),
            "each is an event of its own, none older than the one before"
        );
        assert!(
            events.iter().all(|event| event.key == events[0].key),
            "all are of one interaction"
        );
    }
}

#[tokio::test]
async fn what_no_option_says_is_not_in_the_event() {
    let app = App::start().await;
    app.simulate(&["--until", "ended"]).await.succeeded();
    for event in app.events() {
        assert_eq!(event.agent.id.as_deref(), Some("agent01"));
        assert_eq!(event.channel, Channel::Chat);
        assert_eq!(event.direction, Direction::Inbound);
        assert_eq!((event.identifiers, event.refused), (vec![], vec![]));
        assert_eq!((event.name, event.reason), (None, None));
        assert_eq!((event.queue, event.language), (None, None));
        assert_eq!(event.summary, None);
        assert!(event.attributes.is_empty());
        assert!(!event.authenticated, "nobody is vouched for");
    }
}

#[tokio::test]
async fn every_option_arrives() {
    let app = App::start().await;
    let options = [
        ["--until", "ended"],
        ["--interaction", "chat-77"],
        ["--channel", "messaging"],
        ["--agent", "agent07"],
        ["--customer", "12345"],
        ["--external-id", "P-9"],
        ["--email", "c.gonzalez@example.com"],
        ["--phone", "+34600012345"],
        ["--name", "Cesar Gonzalez"],
        ["--queue", "Loans"],
        ["--reason", "Asked about loan status"],
        ["--quote", "Hola, ¿hay novedades?"],
        ["--summary", "Documents sent"],
        ["--language", "es"],
    ];
    app.simulate(options.as_flattened()).await.succeeded();
    for event in app.events() {
        let shown: Vec<_> = event.identifiers.iter().map(Identifier::display).collect();
        let wanted = ["12345", "P-9", "c.gonzalez@example.com", "+34 600 01 23 45"];
        assert_eq!(shown, wanted);
        assert_eq!(event.key.id, "chat-77");
        assert_eq!(event.channel, Channel::Messaging);
        assert_eq!(event.agent.id.as_deref(), Some("agent07"));
        assert_eq!(event.name.as_deref(), Some("Cesar Gonzalez"));
        assert_eq!(event.queue.as_deref(), Some("Loans"));
        assert_eq!(event.reason.as_deref(), Some("Asked about loan status"));
        assert_eq!(event.language.as_deref(), Some("es"));
        let told = if event.what == What::Ended {
            "Documents sent"
        } else {
            "Hola, ¿hay novedades?"
        };
        assert_eq!(event.summary.as_deref(), Some(told), "{:?}", event.what);
    }
}

#[tokio::test]
async fn a_customer_is_vouched_for_as_a_platform_would() {
    use Assurance::{Attached, Authenticated, CallerNumber, Claimed};
    let cases: [(&[&str], &[Assurance]); 12] = [
        (&["--phone", "+34600012345"], &[Claimed]),
        (
            &["--customer", "12345", "--phone", "+34600012345"],
            &[Authenticated, Authenticated],
        ),
        (&["--customer", "12345"], &[Authenticated]),
        (&["--external-id", "P-9"], &[Authenticated]),
        (&["--customer", "12345", "--unverified"], &[Claimed]),
        (&["--email", "a@example.com"], &[Claimed]),
        (
            &["--email", "a@example.com", "--verified"],
            &[Authenticated],
        ),
        (
            &["--channel", "voice", "--phone", "+34600012345"],
            &[CallerNumber],
        ),
        (
            &[
                "--channel",
                "voice",
                "--phone",
                "+34600012345",
                "--unverified",
            ],
            &[CallerNumber],
        ),
        (&["--channel", "voice", "--customer", "12345"], &[Attached]),
        (
            &["--channel", "voice", "--customer", "12345", "--unverified"],
            &[Claimed],
        ),
        (
            &[
                "--channel",
                "voice",
                "--customer",
                "1",
                "--phone",
                "+34600012345",
                "--verified",
            ],
            &[Authenticated, CallerNumber],
        ),
    ];
    for (options, wanted) in cases {
        let app = App::start().await;
        app.simulate(options).await.succeeded();
        for event in app.events() {
            let assurances: Vec<_> = event.identifiers.iter().map(|it| it.assurance).collect();
            assert_eq!(assurances, wanted, "{options:?}");
            let is_authenticated = wanted[0] == Authenticated;
            assert_eq!(event.authenticated, is_authenticated, "{options:?}");
        }
    }
}

#[tokio::test]
async fn a_number_comes_as_a_switch_spells_it() {
    let app = App::start().await;
    let call = ["--channel", "voice", "--until", "offered", "--phone"];
    for number in ["+34600012345", "0034 600 012 345", "anonymous"] {
        app.simulate(&[&call[..], &[number]].concat())
            .await
            .succeeded();
    }
    let members: Vec<_> = app.bodies().iter().map(|body| customer(body)).collect();
    assert_eq!(
        members,
        [
            r#"{"phone":"+34600012345","identityAssurance":"ani"}"#,
            r#"{"phoneRaw":"0034 600 012 345","identityAssurance":"ani"}"#,
            r#"{"phoneRaw":"anonymous","identityAssurance":"ani"}"#,
        ],
        "only +digits are called a number by the schema"
    );
    let events = app.events();
    assert_eq!(events[2].identifiers, [], "a withheld number is nobody's");
    assert_eq!(events[2].refused[0].raw, "anonymous");
}

#[tokio::test]
async fn each_run_is_an_interaction_of_its_own_unless_it_is_named() {
    let app = App::start().await;
    for options in [
        &[][..],
        &[],
        &["--interaction", "chat-1"],
        &["--interaction", "chat-1"],
    ] {
        let options = [options, &["--until", "offered"]].concat();
        app.simulate(&options).await.succeeded();
    }
    let events = app.events();
    let ids: Vec<_> = events.iter().map(|event| event.key.id.as_str()).collect();
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[2..], ["chat-1", "chat-1"]);
    assert_ne!(events[2].id, events[3].id, "another event of it");
}

#[tokio::test]
async fn json_tells_what_was_sent_and_answered() {
    let app = App::start().await;
    let outcome = app.simulate(&["--customer", "12345", "--json"]).await;
    outcome.succeeded();
    let lines: Vec<Value> = outcome
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("one value on each line"))
        .collect();
    let sent: Vec<_> = lines.iter().map(|line| line["event"].to_string()).collect();
    assert_eq!(sent, app.bodies(), "byte by byte");
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["what"].as_str(), line["status"].as_u64()))
        .collect();
    let (offered, accepted) = (Some("offered"), Some("accepted"));
    assert_eq!(told, [(offered, Some(202)), (accepted, Some(202))]);
    assert!(
        !outcome.out.contains(&app.secret),
        "the secret is told to nobody"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_running_app_is_found_by_itself() {
    let app = App::start().await;
    let mut command = program();
    command
        .arg("simulate")
        .env("XDG_RUNTIME_DIR", app.runtime_folder())
        .env("http_proxy", "http://127.0.0.1:9")
        .env("ALL_PROXY", "http://127.0.0.1:9");
    outcome(&mut command).await.succeeded();
    assert_eq!(app.whats(), [What::Offered, What::Accepted]);
}

fn customer(body: &str) -> String {
    let event: Value = serde_json::from_str(body).expect("JSON");
    event["data"]["customer"].to_string()
}
